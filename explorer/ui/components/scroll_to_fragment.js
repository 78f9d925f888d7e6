// Scrolls to the place that the address names after its "#". The browser looks for it before
// Streamlit has drawn anything, and finds nothing.
let listening = false;

function place() {
  const fragment = window.location.hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a "%" that encodes nothing
  }
}

function open(found) {
  for (let box = found.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
}

function listen() {
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details.ax-part")) {
      box.open = true;
    }
  });
  window.addEventListener("hashchange", () => {
    const found = document.getElementById(place());
    if (found) {
      open(found);
      found.scrollIntoView();
    }
  });
}

export default function () {
  if (!listening) {
    listening = true;
    listen();
  }
  const name = place();
  if (!name || window.explorerFollowed === window.location.href) {
    return;
  }
  let left = 30;
  const look = () => {
    const found = document.getElementById(name);
    if (found) {
      window.explorerFollowed = window.location.href;
      open(found);
      found.scrollIntoView();
    } else if (left > 0) {
      left -= 1;
      window.setTimeout(look, 100);
    }
  };
  look();
}
