// A button that copies or mails a text or prints the page. Without a secure address, or where the clipboard
// is forbidden, the older way of copying is tried before the reader is told to copy by hand.
export default function (component) {
  const { parentElement, data } = component;
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  button.onclick = async () => {
    if (data.action === "print") {
      window.print();
      return;
    }
    if (data.action === "mail") {
      const [subject, body] = [data.subject, data.text].map(encodeURIComponent);
      window.location.href = `mailto:?subject=${subject}&body=${body}`;
      return;
    }
    status.textContent = (await copy(data.text)) ? data.done : data.failed;
  };
}

async function copy(text) {
  try {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // forbidden: the older way below
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.appendChild(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
  }
}
