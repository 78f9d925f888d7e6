"use strict";
// Keeps the room's page in step: asks every moment for what is new, sends answers until they are
// confirmed. Without this script the same page works by its forms and its link to look again.
(() => {
  const room = document.getElementById("room");
  if (!room || !room.dataset.now) return;
  const said = document.getElementById("said");
  const words = room.dataset;
  const EVERY = Number(words.every);
  const SLOWEST = 10000;
  const PATIENCE = 8000;
  let tag = words.tag;
  let timer = 0;
  let failures = 0;
  let looking = false;
  let sending = false;
  let pending = null;
  let dirty = false;

  document.querySelectorAll(".again").forEach((link) => (link.hidden = true));

  const step = () => room.firstElementChild.dataset.step;

  const say = (text, quiet) => {
    said.classList.toggle("quiet", Boolean(quiet));
    if (said.textContent !== text) said.textContent = text;
  };

  const plan = () => {
    clearTimeout(timer);
    const wait = Math.min(EVERY * 2 ** failures, SLOWEST);
    timer = setTimeout(go, wait * (0.85 + 0.3 * Math.random()));
  };

  const go = () => (pending ? send() : look());

  const ask = async (address, options) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(address, {
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        signal: stop.signal,
        ...options,
      }).then(async (answer) => ({ answer, html: answer.status === 304 ? "" : await answer.text() }));
    } finally {
      clearTimeout(late);
    }
  };

  const show = (html, moved) => {
    room.innerHTML = html;
    room.querySelectorAll(".again").forEach((link) => (link.hidden = true));
    dirty = false;
    const notice = room.querySelector("[data-notice]");
    const place = notice || (moved && room.querySelector("h1"));
    if (place) {
      place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
      if (moved) window.scrollTo(0, 0);
      else place.scrollIntoView({ block: "nearest" });
    }
    say(moved ? room.firstElementChild.dataset.say || "" : "", true);
  };

  const take = ({ answer, html }) => {
    const before = step();
    tag = answer.headers.get("ETag") || "";
    const found = document.createElement("template");
    found.innerHTML = html;
    const moved = found.content.firstElementChild.dataset.step !== before;
    if (dirty && !moved && !sending) return; // another tab answered: what is chosen here stays
    show(html, moved);
  };

  async function look() {
    if (looking || sending || document.hidden) return;
    looking = true;
    try {
      const got = await ask(words.now, { headers: { "If-None-Match": tag } });
      if (got.answer.status === 200 && !pending) take(got);
      else if (got.answer.status === 401 || got.answer.status === 404) return location.reload();
      else if (got.answer.status !== 304 && got.answer.status !== 200) throw new Error();
      if (failures) say("", true);
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1) say(words.offline);
    } finally {
      looking = false;
    }
    plan();
  }

  async function send() {
    if (sending || !pending) return;
    sending = true;
    clearTimeout(timer);
    const mine = pending;
    try {
      const got = await ask(mine.action, {
        method: "POST",
        headers: { "X-Part": "room", "Content-Type": "application/x-www-form-urlencoded" },
        body: mine.body,
      });
      if (got.answer.status >= 500 || got.answer.status === 429) throw new Error();
      if (got.answer.status === 401 || got.answer.status === 404) return location.reload();
      failures = 0;
      if (pending === mine) {
        pending = null;
        take(got);
      }
    } catch {
      failures += 1;
      say(words.unsent);
    } finally {
      sending = false;
    }
    if (pending && pending !== mine) send();
    else plan();
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
    say(words.sending);
    send();
  });

  const wake = () => {
    if (document.hidden) return clearTimeout(timer);
    failures = 0;
    go();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("online", wake);
  if (document.activeElement === document.body) {  // loaded anew: the voice goes to what is here
    const place = room.querySelector("[data-notice]") || room.querySelector("h1");
    if (place) {
      place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
    }
  }
  plan();
})();
