// Chooses the largest letters with which the body of the room's screen fits its window, and has the
// buttons for the whole screen and for strong contrast.
const SMALLEST = 13;
const LARGEST = 0.056; // of the window's shorter side
const CONTRAST = "explorer-room-contrast";

const bodies = () => document.querySelectorAll(".ax-room-body");

const fits = (body) =>
  body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth;

const fit = (body) => {
  let low = SMALLEST;
  let high = Math.max(LARGEST * Math.min(window.innerWidth, window.innerHeight), SMALLEST);
  body.style.overflow = "hidden";
  while (high - low > 0.25) {
    const middle = (low + high) / 2;
    body.style.fontSize = `${middle}px`;
    if (fits(body)) low = middle;
    else high = middle;
  }
  body.style.fontSize = `${low}px`;
  // A window too small even so: what does not fit can be scrolled, also by keyboard.
  const scrolls = !fits(body);
  body.style.overflow = scrolls ? "auto" : "hidden";
  body.tabIndex = scrolls ? 0 : -1;
};

const fitAll = () => bodies().forEach(fit);

const listen = () => {
  if (window.explorerRoomFits) return;
  window.explorerRoomFits = true;
  // Before the browser paints what has changed, so that no letter is seen at the wrong size.
  new MutationObserver(fitAll).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  window.addEventListener("resize", fitAll);
  document.addEventListener("load", fitAll, true);
  document.fonts?.ready.then(fitAll);
};

const contrast = (button, data, on) => {
  document.documentElement.classList.toggle("ax-contrast", on);
  button.setAttribute("aria-pressed", String(on));
  try {
    window.sessionStorage.setItem(CONTRAST, on ? "1" : "");
  } catch {
    // a browser that stores nothing: it holds until the next reload
  }
};

const kept = () => {
  try {
    return window.sessionStorage.getItem(CONTRAST) === "1";
  } catch {
    return false;
  }
};

export default function (component) {
  const { parentElement, data } = component;
  const [full, strong] = parentElement.querySelectorAll("button");
  full.textContent = data.full;
  strong.textContent = data.contrast;
  full.hidden = !document.documentElement.requestFullscreen;
  full.onclick = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => (full.hidden = true));
  };
  contrast(strong, data, kept());
  strong.onclick = () =>
    contrast(strong, data, !document.documentElement.classList.contains("ax-contrast"));
  listen();
  fitAll();
  return () => document.documentElement.classList.remove("ax-contrast");
}
