// Makes our own HTML answer: links that stay in this session, boxes of one list, a filter, and the
// place that the address names after its "#": the browser looks for it before Streamlit has drawn
// anything, and finds nothing.
// The HTML works by itself too: a link without this script loads its page anew.
const heard = (window.explorerHeard ??= new Map());

const plain = (text) =>
  text.normalize("NFD").replace(/[\p{M}'\u2019]/gu, "").replace(/-/g, " ").toLowerCase();

// A press while the page still runs could be undone: a message that is under way with it names the
// page that was left, and Streamlit draws that one again. On a lost line it would be dropped.
const PATIENCE = 10000; // milliseconds, after which it is sent all the same
const STEP = 50;
const waiting = (window.explorerWaiting ??= new Map());

function isAtRest() {
  const app = document.querySelector("[data-testid=stApp]")?.dataset;
  return app?.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
}

function send(name, until = Date.now() + PATIENCE) {
  if (isAtRest() || Date.now() > until) {
    const value = waiting.get(name);
    waiting.delete(name);
    heard.get(name)?.(value);
  } else {
    window.setTimeout(() => send(name, until), STEP);
  }
}

function press(name, value) {
  const sends = waiting.has(name); // its timer sends the newest value
  waiting.set(name, value);
  if (!sends) {
    send(name);
  }
}

function follow(event) {
  const link = event.target.closest?.("a[data-ax-go]");
  const asked = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button;
  if (!link || asked || !heard.has("go")) {
    return; // the browser's own way: a new tab, a download, a page loaded anew
  }
  event.preventDefault();
  press("go", link.dataset.axGo);
}

function boxes(list) {
  return [...list.querySelectorAll("input[data-ax-box]")];
}

function close(list, most) {
  const all = boxes(list).filter((box) => box.type === "checkbox"); // one of the others is enough
  const isFull = most > 0 && all.filter((box) => box.checked).length >= most;
  for (const box of all) {
    box.disabled = isFull && !box.checked;
  }
}

function pick(event) {
  const box = event.target.closest?.("input[data-ax-box]");
  const list = box?.closest("[data-ax-list]");
  if (!list || !heard.has("pick")) {
    return;
  }
  close(list, Number(list.dataset.axMost));
  press("pick", boxes(list).filter((one) => one.checked).map((one) => one.dataset.axBox));
}

function find(event) {
  const field = event.target.closest?.("input[data-ax-find]");
  const list = field?.closest("[data-ax-list]");
  if (!list) {
    return;
  }
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const item of list.querySelectorAll("[data-ax-words]")) {
    const names = plain(item.dataset.axWords);
    const waits = "axTyped" in item.dataset && !words.length; // a medicine, until it is typed
    item.hidden = waits || !words.every((word) => names.includes(word));
    left += item.hidden ? 0 : 1;
  }
  const said = list.querySelector("[data-ax-none]");
  said.textContent = left ? "" : said.dataset.axNone;
}

function enter(event) {
  const field = event.target.closest?.("input[data-ax-find]");
  if (!field || event.key !== "Enter") {
    return;
  }
  const left = field.closest("[data-ax-list]").querySelectorAll("[data-ax-words]:not([hidden]) a");
  if (left.length === 1) {
    left[0].click();
  }
}

function place() {
  const fragment = window.location.hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a "%" that encodes nothing
  }
}

function open(found) {
  for (let box = found.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
}

function listenForPlace() {
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details.ax-part")) {
      box.open = true;
    }
  });
  window.addEventListener("hashchange", () => {
    const found = document.getElementById(place());
    if (found) {
      open(found);
      found.scrollIntoView();
    }
  });
}

function toPlace() {
  if (!window.explorerPlaces) {
    window.explorerPlaces = true;
    listenForPlace();
  }
  const name = place();
  if (!name || window.explorerFollowed === window.location.href) {
    return;
  }
  let left = 30;
  const look = () => {
    const found = document.getElementById(name);
    if (found) {
      window.explorerFollowed = window.location.href;
      open(found);
      found.scrollIntoView();
    } else if (left > 0) {
      left -= 1;
      window.setTimeout(look, 100);
    }
  };
  look();
}

export default function (component) {
  const { data, setTriggerValue } = component;
  if (data.place) {
    toPlace();
  }
  if (!data.hears) {
    return undefined;
  }
  if (!window.explorerListens) {
    window.explorerListens = true;
    document.addEventListener("click", follow);
    document.addEventListener("change", pick);
    document.addEventListener("input", find);
    document.addEventListener("keydown", enter);
  }
  const tell = (value) => setTriggerValue("told", value);
  heard.set(data.hears, tell);
  if (data.picked && !waiting.has("pick")) {
    for (const list of document.querySelectorAll("[data-ax-list]")) {
      for (const box of boxes(list)) {
        box.checked = data.picked.includes(box.dataset.axBox);
      }
      close(list, Number(list.dataset.axMost));
    }
  }
  return () => {
    if (heard.get(data.hears) === tell) {
      heard.delete(data.hears);
    }
  };
}
