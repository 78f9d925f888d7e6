// Shows a page's reading until the app's own page stands, says so when it does not come, and says
// in our words when the line to the server is lost.
// A dialog that is not ours would cover the page and speak of what it runs on. It is closed before it is drawn,
// and a line at the foot of the window stands until the line to the server is back.
const sayWhatIsLost = (line) => {
  const DIALOG = "section[role=dialog]:has(> h2[slot=title]) > button[aria-label=Close]";
  line.remove(); // an empty line would be a stop of its own for who reads the page by ear
  new MutationObserver(() => {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app) {
      return;
    }
    if (app.dataset.testConnectionState === "CONNECTED") {
      line.remove();
      return;
    }
    const close = document.querySelector(DIALOG);
    if (close) {
      close.click();
      line.textContent = line.dataset.lost;
      document.body.append(line);
    }
  }).observe(document.body, {
    attributeFilter: ["data-test-connection-state"],
    childList: true,
    subtree: true,
  });
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
  sayWhatIsLost(first.querySelector("[data-lost]"));
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
