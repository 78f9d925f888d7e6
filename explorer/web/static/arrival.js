// Takes the focus to the heading of a page when another page, or another step, stands there.
// Without it a change of page is silent, the focus stays on a link that is gone, and a screen
// reader starts in its mode for forms, in which the keys for headings and tables are dead.
(() => {
  const ENTERED = "input, textarea, select, [contenteditable]";
  const STANDS = "[data-testid=stApp][data-test-script-state=notRunning]";
  let last = "";

  const heading = () => document.querySelector("[data-testid=stMain] h1");

  // Whoever types, and a place that took the focus for the new step, keep it.
  const isTaken = () => {
    const now = document.activeElement;
    return now.matches(ENTERED) || now.matches("[data-testid=stMain] [tabindex='-1']");
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
