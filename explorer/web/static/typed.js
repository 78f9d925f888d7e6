// What is typed reaches the server when the box is left. If the line is lost before that, a session that
// begins anew does not know of it, and fills the box with what it knows. So the words are put back once
// the line is there again, and sent. They are held in this page's memory only.
(() => {
  const REST = 500; // milliseconds without a run: what the tab holds comes back with the second one
  const STEP = 100;
  const PATIENCE = 20000; // once the line is there again
  const BOX = "textarea, input[type=text]:not([role=combobox])";
  const MOST = 4;
  let typed = null;
  let isOurs = false;
  let wasConnected = false;
  let isAnew = false; // from the loss of the line until the run after it has ended, which fills the boxes

  const app = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  const isConnected = () => app().testConnectionState === "CONNECTED";
  const isAtRest = () => isConnected() && app().testScriptState === "notRunning";

  const keyOf = (box) =>
    [...(box.closest("[class*=st-key-]")?.classList ?? [])].find((name) =>
      name.startsWith("st-key-"),
    );

  const tell = (box, event) => {
    isOurs = true;
    box.dispatchEvent(event);
    isOurs = false;
  };

  const set = (box, value) => {
    // The library that draws the box notes each value set on it; the prototype's setter it sees.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, value);
    tell(box, new Event("input", { bubbles: true }));
  };

  const fill = (box, value) => {
    set(box, value);
    window.setTimeout(() => {
      if (document.activeElement !== box) {
        tell(box, new FocusEvent("focusout", { bubbles: true })); // once the library has drawn it
      }
    }, STEP);
  };

  const boxOf = (held) => document.querySelector(`.${CSS.escape(held.name)} :is(${BOX})`);

  // The first time wakes a session that began anew, which fills the box from what the tab holds.
  const giveBack = (held, until, quiet = 0) => {
    if (typed !== held || Date.now() > until) {
      return; // something newer was typed, or the box is no longer there
    }
    const box = boxOf(held);
    const rests = box && !box.disabled && isAtRest();
    const isLong = rests && quiet >= REST;
    if (isLong && held.times > 0 && (box.value === held.value || held.times === MOST)) {
      typed = null;
      return;
    }
    if (isLong) {
      held.times += 1;
      // What does not change is not sent: a space more wakes the session, and goes with the next.
      fill(box, box.value === held.value ? `${held.value} ` : held.value);
    }
    const end = isConnected() ? until : Date.now() + PATIENCE;
    window.setTimeout(() => giveBack(held, end, rests && !isLong ? quiet + STEP : 0), STEP);
  };

  const waitForTheRun = (quiet = 0) => {
    if (quiet > 2 * REST) {
      isAnew = false;
    } else {
      window.setTimeout(() => waitForTheRun(isAtRest() ? quiet + STEP : 0), STEP);
    }
  };

  document.addEventListener("input", ({ target }) => {
    const name = !isOurs && target.matches?.(BOX) && keyOf(target);
    if (name) {
      typed = { name, value: target.value, isLost: isAnew, isLeft: false, times: isAnew ? 1 : 0 };
      if (isAnew) {
        giveBack(typed, Date.now() + PATIENCE);
      }
    }
  });
  document.addEventListener("focusout", ({ target }) => {
    if (typed && !isOurs && target.matches?.(BOX) && keyOf(target) === typed.name) {
      typed.isLeft = true;
    }
  });
  new MutationObserver(() => {
    if (isConnected()) {
      wasConnected = true;
    } else if (wasConnected && !isAnew) {
      isAnew = true;
      waitForTheRun();
    }
    if (!typed) {
      return;
    }
    if (!isConnected()) {
      if (!typed.isLost) {
        typed.isLost = true;
        giveBack(typed, Date.now() + PATIENCE);
      }
    } else if (!typed.isLost && isAtRest()) {
      if (typed.isLeft || boxOf(typed)?.value !== typed.value) {
        typed = null; // it was sent, and the run that took it up, or emptied the box, has ended
      }
    }
  }).observe(document.body, {
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
    subtree: true,
  });
})();
