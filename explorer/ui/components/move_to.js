// Brings a place into view and gives it the focus, each time the stage changes.
let seen = null;

export default function (component) {
  const { place, stage } = component.data;
  if (seen === stage) {
    return;
  }
  const first = seen === null;
  seen = stage;
  if (first) {
    return;
  }
  // Whoever already writes in a box of the new stage keeps the focus: moved away, the rest of
  // what is typed would be lost.
  const before = document.activeElement;
  let typed = false;
  const note = () => {
    typed = true;
  };
  document.addEventListener("input", note, true);
  const done = () => document.removeEventListener("input", note, true);
  const writes = () => {
    const now = document.activeElement;
    const isBox = now.matches("input, textarea, select, [contenteditable]");
    return isBox && (typed || now !== before);
  };
  let left = 20;
  const look = () => {
    const found = document.getElementById(place);
    if (found && !writes()) {
      found.scrollIntoView({ block: "start" });
      found.focus({ preventScroll: true });
    }
    if (!found && left > 0) {
      left -= 1;
      window.setTimeout(look, 50);
    } else {
      done();
    }
  };
  window.setTimeout(look, 50);
}
