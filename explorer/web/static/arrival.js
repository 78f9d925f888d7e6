// Takes the focus to the heading of a page when another page, or another step, stands there.
// Without it a change of page is silent, the focus stays on a link that is gone, and a screen
// reader starts in its mode for forms, in which the keys for headings and tables are dead.
(() => {
  const ENTERED = "input, textarea, select, [contenteditable]";
  const STANDS = "[data-testid=stApp][data-test-script-state=notRunning]";
  const REST = "rest";
  const AFTER_REST = 250;
  const AFTER_FOCUS = 600;
  const AFTER_STEP = 3000;
  let last = "";

  const heading = () => document.querySelector("[data-testid=stMain] h1");

  // Whoever types, and a place that took the focus for the new step, keep it.
  const isTaken = () => {
    const now = document.activeElement;
    return now.matches(ENTERED) || now.matches("[data-testid=stMain] [tabindex='-1']");
  };

  // Where what had the focus is taken away, the focus falls to the page as a whole: a screen reader
  // says the page's name then, and nothing of the heading that gets the focus next. So it waits in
  // an empty place of which nothing is said: in the tree of what is read it is part of the main part,
  // whose name would be said otherwise, in the document it is not, where a press on it is listened to.
  const rest = document.createElement("span");
  rest.id = REST;
  rest.tabIndex = -1;
  rest.style.cssText = "position: fixed; top: 0; inline-size: 1px; block-size: 1px; outline: none";
  // A cursor in what is gone would be moved along with the focus, before it and without a word.
  const dropCursor = () => window.getSelection().removeAllRanges();
  const takeRest = () => {
    dropCursor();
    if (!rest.isConnected) {
      document.body.append(rest);
    }
    document.querySelector("[data-testid=stMain]").setAttribute("aria-owns", REST);
    rest.focus({ preventScroll: true });
  };
  // On a page whose steps move the focus themselves it rests as soon as it is lost. Where no step
  // takes it, it is put back to where it was lost, not to the top of the page.
  let before = null;
  document.addEventListener("focusin", ({ target }) => {
    before = target.closest("[data-testid=stMain]") ? target : null;
  });
  const putBack = (place, next) => {
    if (document.activeElement !== rest) {
      return;
    }
    if (!document.querySelector(STANDS)) {
      window.setTimeout(putBack, AFTER_STEP, place, next);
      return;
    }
    const stop = document.createElement("span");
    stop.tabIndex = -1;
    stop.style.cssText = "position: absolute; outline: none";
    stop.addEventListener("blur", () => stop.remove());
    if (place.isConnected) {
      place.insertBefore(stop, next?.parentNode === place ? next : null);
      stop.focus({ preventScroll: true });
    }
  };
  const noteLoss = (changes) => {
    if (document.activeElement !== document.body || !before || before.isConnected) {
      return;
    }
    const { target, nextSibling } = changes.find(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(before)),
    ) ?? { target: document.querySelector("[data-testid=stMain]"), nextSibling: null };
    takeRest();
    window.setTimeout(putBack, AFTER_STEP, target, nextSibling);
  };
  const isLost = () => document.activeElement === document.body && last !== "";

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

  const enter = (found) => {
    dropCursor();
    found.setAttribute("tabindex", "-1");
    found.focus({ preventScroll: true });
    takeCursorTo(found);
    const { top } = found.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight) {
      found.scrollIntoView({ block: "start" });
    }
  };

  const arrive = () => {
    const found = heading();
    if (document.getElementById("first") || !found || found.textContent === last) {
      return;
    }
    const lost = isLost();
    if (lost) {
      takeRest();
    }
    if (!document.querySelector(STANDS)) {
      return;
    }
    last = found.textContent;
    const named = document.getElementById(window.location.hash.slice(1));
    if (isTaken() || named) {
      return;
    }
    if (lost) {
      window.setTimeout(() => !isTaken() && heading() === found && enter(found), AFTER_REST);
    } else {
      enter(found);
    }
  };

  const look = (changes) => {
    if (document.body.dataset.axMoves) {
      noteLoss(changes);
    }
    arrive();
  };

  new MutationObserver(look).observe(document.body, {
    attributeFilter: ["data-test-script-state"],
    characterData: true,
    childList: true,
    subtree: true,
  });
})();
