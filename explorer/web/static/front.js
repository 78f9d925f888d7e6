// Shows a page's reading until the app's own page stands, says so when it does not come, says in our
// words when the line to the server is lost, or when the server says nothing on it, and loads the page
// again when the app's script has failed and left it blank.
const LINE = {
  // A dialog that is not ours would cover the page and speak of what it runs on. It is closed before
  // it is drawn, and a line at the foot of the window stands until the server is back.
  DIALOG: "section[role=dialog]:has(> h2[slot=title]) > button[aria-label=Close]",
  PACE: 1500,
  PATIENCE: 2000,
  AGAIN: 10000,
};

const isConnected = () =>
  document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED";

// Returns what says a text at the foot of the window, and what takes that text away again.
const foot = (line) => {
  line.remove(); // an empty line would be a stop of its own for who reads the page by ear
  const say = (text) => {
    if (!line.isConnected || line.textContent !== text) {
      line.textContent = text;
      document.body.append(line);
    }
  };
  const hush = (text) => line.textContent === text && line.remove();
  return { say, hush };
};

const sayWhatIsLost = ({ say, hush }, text) => {
  new MutationObserver(() => {
    if (isConnected()) {
      hush(text);
      return;
    }
    const close = document.querySelector(LINE.DIALOG);
    if (close) {
      close.click();
      say(text);
    }
  }).observe(document.body, {
    attributeFilter: ["data-test-connection-state"],
    childList: true,
    subtree: true,
  });
};

const isAlive = async (base) => {
  try {
    const signal = AbortSignal.timeout(LINE.PATIENCE);
    return (await fetch(`${base}/_stcore/health`, { cache: "no-store", signal })).ok;
  } catch {
    return false; // refused, cut off, or too late
  }
};

// An error in the app's own script (after a line that was cut: a message for a place that is not drawn)
// takes all it has drawn away, for good. What was entered is held, so the page is loaded again, as soon
// as the server answers and not in a loop.
const comeBack = ({ say }, text, root, base) => {
  const load = async () => {
    if (performance.now() > LINE.AGAIN && (await isAlive(base))) {
      window.location.reload();
    } else {
      window.setTimeout(load, LINE.PACE);
    }
  };
  const watch = new MutationObserver(() => {
    if (root.childElementCount === 0) {
      watch.disconnect();
      say(text);
      load();
    }
  });
  watch.observe(root, { childList: true });
};

// A server that is frozen, or a network that takes everything and passes nothing on, leaves the line
// open, and the app waits without a word. Where a class is led the server is asked whether it lives.
const sayWhatIsSilent = ({ say, hush }, words, base) => {
  let answered = new Date();
  let said = "";
  const look = async () => {
    const isLed = window.location.pathname.replace(/\/$/, "") === `${base}/teach`;
    if (!isLed || !isConnected() || (!document.hidden && (await isAlive(base)))) {
      answered = new Date();
      hush(said);
    } else if (!document.hidden && isConnected()) {
      const at = answered.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      said = words.replace("{time}", at);
      say(said);
    }
    window.setTimeout(look, LINE.PACE);
  };
  look();
};

(() => {
  const LATE = 8000;
  const SETTINGS = "__streamlit";
  const NEAR_TOP = 90;
  const first = document.getElementById("first");
  const root = document.getElementById("root");
  if (!first || !root) {
    return;
  }
  // The app would look for its server under the page's own address first, and note two 404s.
  const { href } = new URL(`${first.dataset.base}/`, window.location.origin);
  window[SETTINGS] = { ...window[SETTINGS], BACKEND_BASE_URL: href };
  root.classList.add("first-waits");
  const line = first.querySelector("[data-lost]");
  const { lost, silent } = line.dataset;
  const told = foot(line);
  sayWhatIsLost(told, lost);
  sayWhatIsSilent(told, silent, first.dataset.base);
  const stands = () =>
    document.querySelector("[data-testid=stMain] :is(.ax-foot, [role=alert])") !== null &&
    document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") !== null;
  const place = () => {
    const above = [...first.querySelectorAll("[id]")].filter(
      (item) => item.getClientRects().length > 0 && item.getBoundingClientRect().top < NEAR_TOP,
    );
    return window.scrollY > NEAR_TOP && above.length > 0 ? above.at(-1).id : "";
  };
  // A screen reader that began to read these words would be left at a place that is gone when the
  // app's page stands: it says that the page loads, and reads these where the app is late, or as soon
  // as the keyboard enters them, since nothing that has the focus may be hidden.
  const words = first.querySelector("main");
  words.setAttribute("aria-hidden", "true");
  const show = () => words.removeAttribute("aria-hidden");
  words.addEventListener("focusin", show, { once: true });
  const late = window.setTimeout(() => {
    show();
    first.querySelector("[data-late]").hidden = false;
  }, LATE);
  const takeOver = () => {
    const at = place();
    const focused = first.contains(document.activeElement) ? document.activeElement.id : "";
    const rows = [...first.querySelectorAll(".gl-table details")].map((row) => row.open);
    first.remove();
    document.getElementById("first-style").remove();
    root.classList.remove("first-waits");
    for (const [number, row] of document.querySelectorAll(".gl-table details").entries()) {
      row.open ||= rows[number] ?? false;
    }
    document.getElementById(focused)?.focus({ preventScroll: true });
    document.getElementById(at)?.scrollIntoView({ block: "start" });
    comeBack(told, lost, root, first.dataset.base);
  };
  const watch = new MutationObserver(() => {
    if (stands()) {
      watch.disconnect();
      window.clearTimeout(late);
      takeOver();
    }
  });
  watch.observe(root, { attributes: true, childList: true, subtree: true });
})();
