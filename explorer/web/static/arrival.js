// Takes the focus to the heading of a page when another page, or another step, stands there.
// Without it a change of page is silent, the focus stays on a link that is gone, and a screen
// reader starts in its mode for forms, in which the keys for headings and tables are dead.
(() => {
  const ENTERED = "input, textarea, select, [contenteditable]";
  const STANDS = "[data-testid=stApp][data-test-script-state=notRunning]";
  const AFTER_FOCUS = 600;
  let last = "";

  const heading = () => document.querySelector("[data-testid=stMain] h1");

  // Whoever types, and a place that took the focus for the new step, keep it.
  const isTaken = () => {
    const now = document.activeElement;
    return now.matches(ENTERED) || now.matches("[data-testid=stMain] [tabindex='-1']");
  };

  // The focus alone does not take a screen reader's own cursor along: reading on would begin at the
  // top of the page. It comes later than the focus, or the heading would not be said; where the
  // reader has gone on meanwhile, it stays there.
  const takeCursorTo = (found) => {
    const selection = window.getSelection();
    const { anchorNode, anchorOffset } = selection;
    window.setTimeout(() => {
      const stays = anchorNode === selection.anchorNode && anchorOffset === selection.anchorOffset;
      if (document.activeElement === found && stays) {
        selection.collapse(found, 0);
      }
    }, AFTER_FOCUS);
  };

  const arrive = () => {
    const found = heading();
    if (document.getElementById("first") || !found || !document.querySelector(STANDS)) {
      return;
    }
    const name = found.textContent;
    if (name === last) {
      return;
    }
    last = name;
    const named = document.getElementById(window.location.hash.slice(1));
    if (isTaken() || named) {
      return;
    }
    found.setAttribute("tabindex", "-1");
    found.focus({ preventScroll: true });
    takeCursorTo(found);
    const { top } = found.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight) {
      found.scrollIntoView({ block: "start" });
    }
  };

  new MutationObserver(arrive).observe(document.body, {
    attributeFilter: ["data-test-script-state"],
    characterData: true,
    childList: true,
    subtree: true,
  });
})();
