// Brings a place into view and gives it the focus, each time the stage changes.
const STANDS = "[data-testid=stApp][data-test-script-state=notRunning]";
const STEADY = 3; // looks, 50 ms apart
const LONGEST = 100;
let seen = null;

export default function (component) {
  const { place, stage } = component.data;
  document.body.dataset.axMoves = place; // see arrival.js: until the place stands, the focus rests
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
  // A screen reader's cursor stands in what is taken away: where it falls to is not to be said.
  if (!before.matches("input, textarea, select, [contenteditable]")) {
    window.getSelection()?.removeAllRanges();
  }
  let typed = false;
  const note = () => {
    typed = true;
  };
  // Whoever has gone on by key or pointer keeps the focus too: a press of Enter on a button would
  // else fall on the place, and do nothing.
  let acted = false;
  let wentOn = false;
  const act = () => {
    acted = true;
  };
  const go = (event) => {
    wentOn ||= acted && event.target.id !== place;
  };
  const heard = { input: note, keydown: act, pointerdown: act, focusin: go };
  for (const [name, hear] of Object.entries(heard)) document.addEventListener(name, hear, true);
  const done = () => {
    for (const [name, hear] of Object.entries(heard)) document.removeEventListener(name, hear, true);
  };
  const isLost = () => document.activeElement === document.body || document.activeElement.id === "rest";
  const isElsewhere = () => writes() || (wentOn && !isLost());
  const writes = () => {
    const now = document.activeElement;
    const isBox = now.matches("input, textarea, select, [contenteditable]");
    return isBox && (typed || now !== before);
  };
  // Not before the page stands: a place that is drawn anew after it got the focus is said twice.
  // Then for a second more, since it may still be.
  let left = 20;
  let waited = 0;
  let steady = 0;
  let last = null;
  let moved = false;
  const look = () => {
    if (seen !== stage) {
      done(); // the next step has its own look: two would take the focus from each other
      return;
    }
    const found = document.getElementById(place);
    waited += 1;
    steady = found && found === last && document.querySelector(STANDS) ? steady + 1 : 0;
    last = found;
    const stands = steady >= STEADY || waited >= LONGEST;
    if (found && (stands || moved) && !isElsewhere() && (!moved || isLost())) {
      if (!moved) found.scrollIntoView({ block: "start" });
      moved = true;
      found.focus({ preventScroll: true });
    }
    if (stands || moved) left -= 1;
    if (left > 0) {
      window.setTimeout(look, 50);
    } else {
      done();
    }
  };
  window.setTimeout(look, 50);
}
