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
  // For a second, since the place may be drawn anew right after it got the focus.
  let left = 20;
  let moved = false;
  const look = () => {
    const found = document.getElementById(place);
    if (found && !writes() && (!moved || document.activeElement === document.body)) {
      if (!moved) found.scrollIntoView({ block: "start" });
      moved = true;
      found.focus({ preventScroll: true });
    }
    if (left > 0) {
      left -= 1;
      window.setTimeout(look, 50);
    } else {
      done();
    }
  };
  window.setTimeout(look, 50);
}
