// Opens a file with questions that the reader chooses. It is read here, in the browser, and goes to
// the page as what is typed does: over its own connection, in no address and no request.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const field = parentElement.querySelector("input");
  parentElement.querySelector("span").textContent = data.label;
  field.onchange = async () => {
    const file = field.files[0];
    field.value = ""; // so that the same file can be chosen again
    if (!file) return;
    if (file.size > data.most) {
      setTriggerValue("told", "large:");
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 4096) {
      text += String.fromCharCode(...bytes.subarray(at, at + 4096));
    }
    setTriggerValue("told", `file:${btoa(text)}`);
  };
}
