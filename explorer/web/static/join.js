"use strict";
// Keeps the participant's page up to date: polls for changes, and retries sending an answer until
// it is confirmed. Without this script the page works by its forms and its link to reload.
(() => {
  const room = document.getElementById("room");
  if (!room || !room.dataset.now) return;
  const status = document.getElementById("said");
  const words = room.dataset;
  const INTERVAL = Number(words.every);
  const LONGEST_INTERVAL = 10000;
  const TIMEOUT = 8000;
  let etag = words.tag;
  let timer = 0;
  let failures = 0;
  let polling = false;
  let sending = false;
  let pending = null;
  let dirty = false;

  document.querySelectorAll(".again").forEach((link) => (link.hidden = true));

  const position = () => room.firstElementChild.dataset.step;

  const announce = (text, quiet) => {
    status.classList.toggle("quiet", Boolean(quiet));
    if (status.textContent !== text) status.textContent = text;
  };

  const focus = (element) => {
    element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  };

  const schedule = () => {
    clearTimeout(timer);
    const wait = Math.min(INTERVAL * 2 ** failures, LONGEST_INTERVAL);
    timer = setTimeout(tick, wait * (0.85 + 0.3 * Math.random()));
  };

  const tick = () => (pending ? send() : poll());

  const request = async (url, options) => {
    const controller = new AbortController();
    const timeout = setTimeout(() => controller.abort(), TIMEOUT);
    try {
      const response = await fetch(url, {
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        signal: controller.signal,
        ...options,
      });
      return { response, html: response.status === 304 ? "" : await response.text() };
    } finally {
      clearTimeout(timeout);
    }
  };

  const render = (html, moved) => {
    room.innerHTML = html;
    room.querySelectorAll(".again").forEach((link) => (link.hidden = true));
    dirty = false;
    const notice = room.querySelector("[data-notice]");
    const target = notice || (moved && room.querySelector("h1"));
    if (target) {
      focus(target);
      if (moved) window.scrollTo(0, 0);
      else target.scrollIntoView({ block: "nearest" });
    }
    announce(moved ? room.firstElementChild.dataset.say || "" : "", true);
  };

  const update = ({ response, html }) => {
    const before = position();
    etag = response.headers.get("ETag") || "";
    const template = document.createElement("template");
    template.innerHTML = html;
    const moved = template.content.firstElementChild.dataset.step !== before;
    if (dirty && !moved && !sending) return; // another tab answered: the choice made here stays
    render(html, moved);
  };

  async function poll() {
    if (polling || sending || document.hidden) return;
    polling = true;
    try {
      const result = await request(words.now, { headers: { "If-None-Match": etag } });
      const code = result.response.status;
      if (code === 200 && !pending) update(result);
      else if (code === 401 || code === 404) return location.reload();
      else if (code !== 304 && code !== 200) throw new Error();
      if (failures) announce("", true);
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1) announce(words.offline);
    } finally {
      polling = false;
    }
    schedule();
  }

  async function send() {
    if (sending || !pending) return;
    sending = true;
    clearTimeout(timer);
    const mine = pending;
    try {
      const result = await request(mine.action, {
        method: "POST",
        headers: { "X-Part": "room", "Content-Type": "application/x-www-form-urlencoded" },
        body: mine.body,
      });
      const code = result.response.status;
      if (code >= 500 || code === 429) throw new Error();
      if (code === 401 || code === 404) return location.reload();
      failures = 0;
      if (pending === mine) {
        pending = null;
        update(result);
      }
    } catch {
      failures += 1;
      announce(words.unsent);
    } finally {
      sending = false;
    }
    if (pending && pending !== mine) send();
    else schedule();
  }

  room.addEventListener("input", () => (dirty = true));
  room.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) {
      body.append(event.submitter.name, event.submitter.value);
    }
    pending = { action: form.getAttribute("action"), body: body.toString() };
    announce(words.sending);
    send();
  });

  const resume = () => {
    if (document.hidden) return clearTimeout(timer);
    failures = 0;
    tick();
  };
  document.addEventListener("visibilitychange", resume);
  window.addEventListener("pageshow", (event) => event.persisted && resume());
  window.addEventListener("online", resume);
  if (document.activeElement === document.body) {  // just loaded: screen readers read from here
    const target = room.querySelector("[data-notice]") || room.querySelector("h1");
    if (target) focus(target);
  }
  schedule();
})();
