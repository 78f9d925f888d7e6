"use strict";
// Keeps the participant's page up to date, and retries sending an answer until it is confirmed.
// Changes are pushed by server-sent events where that works, and polled for where it does not: until
// a stream has said hello, after it was cut, and where a poll finds what was not pushed. Without this script the page works by its forms and its link to reload.
(() => {
  const room = document.getElementById("room");
  if (!room || !room.dataset.now) return;
  const status = document.getElementById("said");
  const words = room.dataset;
  const INTERVAL = Number(words.every);
  const LONGEST_INTERVAL = 6000;
  const TIMEOUT = 8000;
  const PUSHED_INTERVAL = 20000; // between polls while changes are pushed
  const HELLO = 4000; // a stream that has said nothing by then is held back on the way
  const SILENCE = 40000; // a beat comes each 15 s
  const SHORT = 30000; // a stream that is cut sooner was cut by something on the way
  const CUTS = 3;
  const SLOW = 1000; // an answer that is saved sooner is not said to be on its way, after it arrived
  const REFUSED = 30000; // until a stream is asked for again where there was no room
  const LATER = 300000; // until a stream is tried again where none lasts
  let etag = words.tag;
  let timer = 0;
  let failures = 0;
  let polling = false;
  let sending = false;
  let pending = null;
  let dirty = false;
  let stream = null;
  let pushed = false;
  let opened = 0;
  let heard = 0;
  let pushes = 0;
  let cuts = 0;
  let notBefore = 0;
  let helloTimer = 0;
  let missedTimer = 0;
  let sendingTimer = 0;

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

  const schedule = (soon) => {
    clearTimeout(timer);
    const retry = Math.min(INTERVAL * 2 ** failures, LONGEST_INTERVAL);
    const wait = soon || (pushed && !failures && !pending ? PUSHED_INTERVAL : retry);
    timer = setTimeout(tick, wait * (0.85 + 0.3 * Math.random()));
  };

  const tick = () => (pending ? send() : poll());

  const hush = (later) => {
    clearTimeout(helloTimer);
    clearTimeout(missedTimer);
    if (stream) stream.close();
    stream = null;
    pushed = false;
    notBefore = Date.now() + later * (0.85 + 0.3 * Math.random());
  };

  const awaitHello = (within) => {
    clearTimeout(helloTimer);
    // where polls fail too it is the network or the server, and no proxy
    helloTimer = setTimeout(() => hush(failures ? 0 : LATER), within);
  };

  const onPush = (event) => {
    heard = Date.now();
    pushes += 1;
    clearTimeout(missedTimer);
    if (event.lastEventId === etag || pending || sending) return;
    const template = document.createElement("template");
    template.innerHTML = event.data;
    if (template.content.firstElementChild.dataset.step === position()) return schedule(500);
    etag = event.lastEventId;
    render(event.data, true);
    // so that the server knows who has seen the question; not everybody at once
    schedule(room.querySelector("[data-live]") ? 1000 + 4000 * Math.random() : 0);
  };

  const listen = () => {
    if (pushed && Date.now() - heard > SILENCE) hush(0);
    if (stream || !window.EventSource || document.hidden || Date.now() < notBefore) return;
    stream = new EventSource(`${words.events}&id=${encodeURIComponent(etag)}`);
    awaitHello(HELLO);
    stream.addEventListener("hello", () => {
      clearTimeout(helloTimer);
      opened = heard = Date.now();
      pushed = true;
      schedule();
    });
    stream.addEventListener("beat", () => (heard = Date.now()));
    stream.addEventListener("state", onPush);
    stream.addEventListener("stop", () => {
      hush(LATER);
      schedule();
    });
    stream.addEventListener("gone", () => {
      hush(LATER);
      schedule(500 + 1000 * Math.random()); // the poll is told why
    });
    stream.addEventListener("error", () => {
      const refused = stream.readyState === EventSource.CLOSED;
      const cut = pushed;
      if (cut && Date.now() - opened > SHORT) cuts = 0;
      else if (!failures) cuts += 1;
      pushed = false;
      if (refused || cuts >= CUTS) hush(refused ? REFUSED : LATER);
      else if (cut) awaitHello(2 * HELLO); // the browser connects again by itself, in 1 to 3 s
      if (cuts >= CUTS) cuts = 0;
      if (cut) schedule(); // each attempt fails too: none may put off the next poll
    });
  };

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
    const seen = pushes;
    try {
      const result = await request(words.now, { headers: { "If-None-Match": etag } });
      const code = result.response.status;
      if (code === 200 && !pending && pushes === seen) {
        const before = position();
        update(result);
        if (pushed && position() !== before) {
          clearTimeout(missedTimer); // a push overtaken by this poll arrives at once
          missedTimer = setTimeout(() => (hush(LATER), schedule()), HELLO / 2);
        }
      }
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
    listen();
    schedule(pushes === seen ? 0 : 500); // what was answered may be older than what was pushed
  }

  async function send() {
    if (sending || !pending) return;
    sending = true;
    clearTimeout(timer);
    const mine = pending;
    const seen = pushes;
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
    else schedule(pushes === seen ? 0 : 500);
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
    clearTimeout(sendingTimer);
    sendingTimer = setTimeout(() => pending && !failures && announce(words.sending), SLOW);
    send();
  });

  const resume = () => {
    if (document.hidden) {
      hush(0); // a hidden tab leaves its connection to the others
      return clearTimeout(timer);
    }
    failures = 0;
    notBefore = Math.min(notBefore, Date.now());
    tick();
  };
  document.addEventListener("visibilitychange", resume);
  window.addEventListener("pagehide", () => hush(0));
  window.addEventListener("pageshow", (event) => event.persisted && resume());
  window.addEventListener("online", resume);
  window.addEventListener("offline", () => {
    hush(0);
    resume();
  });
  if (document.activeElement === document.body) {  // just loaded: screen readers read from here
    const target = room.querySelector("[data-notice]") || room.querySelector("h1");
    if (target) focus(target);
  }
  listen();
  schedule();
})();
