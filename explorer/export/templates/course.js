// The self-check inside a learning platform: marks each answer, and reports through the interface
// that the platform offers: SCORM 2004, SCORM 1.2, or cmi5 by the address. Without one it still works.
(() => {
  const began = Date.now();
  const body = document.body;
  const forms = [...document.querySelectorAll("form")];
  const given = new Map();

  const above = (name) => {
    for (const start of [window, window.opener]) {
      let at = start;
      for (let step = 0; at && step < 12; step += 1) {
        try {
          if (at[name]) return at[name];
        } catch {
          at = null; // a page of another origin: no platform there
          break;
        }
        at = at.parent === at ? null : at.parent;
      }
    }
    return null;
  };

  const seconds = () => Math.round((Date.now() - began) / 1000);

  const scorm12 = (api) => {
    const set = (name, value) => api.LMSSetValue(`cmi.${name}`, String(value));
    return {
      start() {
        api.LMSInitialize("");
        const status = api.LMSGetValue("cmi.core.lesson_status");
        if (status === "not attempted" || status === "") set("core.lesson_status", "incomplete");
        return api.LMSGetValue("cmi.suspend_data");
      },
      answered(item) {
        const at = `interactions.${api.LMSGetValue("cmi.interactions._count")}`;
        set(`${at}.id`, item.id);
        set(`${at}.type`, item.type);
        set(`${at}.student_response`, item.parts.map((part) => part.join(".")).join(","));
        set(`${at}.result`, item.isRight ? "correct" : "wrong");
      },
      scored(state, score) {
        set("suspend_data", state);
        set("core.score.min", 0);
        set("core.score.max", 100);
        set("core.score.raw", Math.round(100 * score.share));
        if (score.isComplete) set("core.lesson_status", "completed");
        api.LMSCommit("");
      },
      end(isComplete) {
        const time = new Date(seconds() * 1000).toISOString().slice(11, 19);
        set("core.session_time", `00${time}`);
        set("core.exit", isComplete ? "" : "suspend");
        api.LMSFinish("");
      },
    };
  };

  const scorm2004 = (api) => {
    const set = (name, value) => api.SetValue(`cmi.${name}`, String(value));
    return {
      start() {
        api.Initialize("");
        if (api.GetValue("cmi.completion_status") !== "completed") {
          set("completion_status", "incomplete");
        }
        return api.GetValue("cmi.suspend_data");
      },
      answered(item) {
        const at = `interactions.${api.GetValue("cmi.interactions._count")}`;
        set(`${at}.id`, item.id);
        set(`${at}.type`, item.type);
        set(`${at}.learner_response`, item.parts.map((part) => part.join("[.]")).join("[,]"));
        set(`${at}.result`, item.isRight ? "correct" : "incorrect");
        set(`${at}.description`, item.name);
      },
      scored(state, score) {
        set("suspend_data", state);
        set("score.min", 0);
        set("score.max", 100);
        set("score.raw", Math.round(100 * score.share));
        set("score.scaled", score.share.toFixed(4));
        set("progress_measure", score.progress.toFixed(4));
        if (score.isComplete) set("completion_status", "completed");
        api.Commit("");
      },
      end(isComplete) {
        set("session_time", `PT${seconds()}S`);
        set("exit", isComplete ? "normal" : "suspend");
        api.Terminate("");
      },
    };
  };

  const cmi5 = (asked) => {
    const endpoint = asked.get("endpoint").replace(/\/?$/, "/");
    const actor = JSON.parse(asked.get("actor"));
    const registration = asked.get("registration");
    const activity = asked.get("activityId");
    let headers = null;
    let template = { contextActivities: {} };
    let isRecorded = true;
    let isSaid = false;
    const categories = { initialized: ["cmi5"], terminated: ["cmi5"], completed: ["cmi5", "moveon"] };
    const MOST = 40; // a page that goes away may send 64 kB, and a statement has about 1
    const outbox = [];
    let underway = null;
    const unit = { id: activity, objectType: "Activity" };
    const made = (verb, result, object = unit) => {
      const around = template.contextActivities ?? {};
      const own = (categories[verb] ?? []).map((name) => ({
        id: `https://w3id.org/xapi/cmi5/context/categories/${name}`,
        objectType: "Activity",
      }));
      const category = [...(around.category ?? []), ...own];
      return {
        id: crypto.randomUUID(),
        actor,
        verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } },
        object,
        context: { ...template, registration, contextActivities: { ...around, category } },
        timestamp: new Date().toISOString(),
        ...(result ? { result } : {}),
      };
    };
    const send = async (statements) => {
      const answer = await fetch(`${endpoint}statements`, {
        method: "POST",
        headers,
        body: JSON.stringify(statements),
        keepalive: true, // also while the page goes away
      }).catch(() => null);
      return answer?.ok ?? false;
    };
    // one request at a time, with all that waits; what does not get through waits for the next or the end
    const flush = async () => {
      while (outbox.length) {
        const now = outbox.splice(0, MOST);
        if (!(await send(now))) {
          outbox.unshift(...now);
          return;
        }
      }
    };
    const sendSoon = () => {
      underway ??= flush().finally(() => {
        underway = null;
      });
    };
    const get = async (path, more) => {
      const about = new URLSearchParams({ agent: asked.get("actor"), ...more });
      const found = await fetch(`${endpoint}${path}?${about}`, { headers });
      return found.ok ? found.json() : {};
    };
    return {
      sent: () => underway,
      async start() {
        const token = await (await fetch(asked.get("fetch"), { method: "POST" })).json();
        headers = {
          Authorization: `Basic ${token["auth-token"]}`,
          "Content-Type": "application/json",
          "X-Experience-API-Version": "1.0.3",
        };
        const launch = await get("activities/state", {
          activityId: activity,
          registration,
          stateId: "LMS.LaunchData",
        });
        template = launch.contextTemplate;
        isRecorded = launch.launchMode === "Normal"; // else to look around only
        await get("agents/profile", { profileId: "cmi5LearnerPreferences" });
        if (!(await send([made("initialized")]))) throw new Error("the platform takes no statement");
        offerWayBack(launch.returnURL);
        return "";
      },
      answered(item) {
        if (!isRecorded) return;
        const object = {
          ...unit,
          id: `${activity}/${item.name}`,
          definition: {
            type: "http://adlnet.gov/expapi/activities/cmi.interaction",
            interactionType: item.type,
            name: { en: item.name },
          },
        };
        const response = item.parts.map((part) => part.join("[.]")).join("[,]");
        outbox.push(made("answered", { success: item.isRight, response }, object));
      },
      scored(_state, score) {
        if (!isRecorded) return;
        if (score.isComplete && !isSaid) {
          isSaid = true;
          // a statement of its own: cmi5 has the score in "passed" and "failed", which we do not say
          outbox.push(made("scored", { score: { scaled: Number(score.share.toFixed(4)) } }));
          outbox.push(made("completed", { completion: true, duration: `PT${seconds()}S` }));
        }
        sendSoon();
      },
      end() {
        // a platform takes nothing after the end: while a report is under way, it ends the session itself
        if (!underway) outbox.push(made("terminated", { duration: `PT${seconds()}S` }));
        const last = outbox.splice(0).slice(-MOST);
        return last.length ? send(last) : null;
      },
    };
  };

  const platform = () => {
    const asked = new URLSearchParams(window.location.search);
    if (asked.has("endpoint") && asked.has("fetch")) return cmi5(asked);
    const newer = above("API_1484_11");
    if (newer) return scorm2004(newer);
    const older = above("API");
    return older ? scorm12(older) : null;
  };

  const answerOf = (form) => {
    if (form.dataset.kind === "number") {
      const typed = form.elements.number.value.trim().replace(",", ".");
      return /^[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/.test(typed) ? [[typed]] : [];
    }
    const menus = [...form.querySelectorAll("select")];
    if (menus.length) {
      const filled = menus.filter((menu) => menu.value);
      if (filled.length < menus.length) return [];
      if (form.dataset.kind === "sort") return menus.map((menu) => [menu.dataset.part, menu.value]);
      if (new Set(menus.map((menu) => menu.value)).size < menus.length) return [];
      return menus
        .toSorted((one, other) => Number(one.value) - Number(other.value))
        .map((menu) => [menu.dataset.part]);
    }
    return [...form.querySelectorAll("input:checked")].map((input) => [input.value]);
  };

  const isRight = (form) => {
    if (form.dataset.kind === "number") {
      const field = form.elements.number;
      const off = Math.abs(Number(field.value.trim().replace(",", ".")) - Number(field.dataset.value));
      return off <= Number(field.dataset.off) + 1e-9;
    }
    const menus = [...form.querySelectorAll("select")];
    if (menus.length) return menus.every((menu) => menu.value === menu.dataset.value);
    return [...form.querySelectorAll("input")].every(
      (input) => input.checked === "key" in input.dataset,
    );
  };

  const TYPES = { number: "numeric", order: "sequencing", sort: "matching" };

  const put = (form, parts) => {
    if (form.dataset.kind === "number") form.elements.number.value = parts[0][0];
    const menus = [...form.querySelectorAll("select")];
    menus.forEach((menu) => {
      const at = parts.findIndex((part) => part[0] === menu.dataset.part);
      menu.value = form.dataset.kind === "sort" ? (parts[at]?.[1] ?? "") : String(at + 1);
    });
    form.querySelectorAll("input[name=option]").forEach((input) => {
      input.checked = parts.some((part) => part[0] === input.value);
    });
  };

  const mark = (form) => {
    const right = isRight(form);
    form.querySelector(".said").textContent = right ? body.dataset.right : body.dataset.notRight;
    form.querySelector(".why").hidden = false;
    form.querySelector("fieldset").disabled = true;
    form.querySelector("button").disabled = true;
    return right;
  };

  const score = () => {
    const right = [...given.values()].filter((item) => item.isRight).length;
    return {
      right,
      share: right / forms.length,
      progress: given.size / forms.length,
      isComplete: given.size === forms.length,
    };
  };

  const say = () => {
    const now = score();
    const template = now.isComplete ? body.dataset.result : body.dataset.left;
    document.querySelector("#result").textContent = template
      .replace("{right}", now.right)
      .replace("{all}", forms.length)
      .replace("{n}", forms.length - given.size);
  };

  const stateNow = () =>
    [body.dataset.version, ...[...given].map(([at, item]) => `${at}=${packed(item.parts)}`)].join("|");

  const packed = (parts) => parts.map((part) => part.join(".")).join(",");

  const restore = (state) => {
    const [version, ...answers] = (state ?? "").split("|");
    if (version !== body.dataset.version) return;
    answers.forEach((said) => {
      const [at, answer] = said.split("=");
      const form = forms[Number(at)];
      if (!form || !answer) return;
      const isNumber = form.dataset.kind === "number";
      const parts = answer.split(",").map((part) => (isNumber ? [part] : part.split(".")));
      put(form, parts);
      given.set(Number(at), { parts, isRight: mark(form) });
    });
  };

  // cmi5: a unit that ends leads back to where its platform says
  const offerWayBack = (address) => {
    if (!address) return;
    const button = document.querySelector("#leave");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await lms?.sent(); // the end comes last: a platform may take nothing after it
      const ended = lms?.end(score().isComplete);
      lms = null;
      await ended;
      window.location.assign(address);
    });
  };

  let lms = platform();

  forms.forEach((form, at) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const parts = answerOf(form);
      if (!parts.length) {
        form.querySelector(".said").textContent = body.dataset.empty;
        return;
      }
      const right = mark(form);
      given.set(at, { parts, isRight: right });
      const { id, name, kind } = form.dataset;
      lms?.answered({ id, name, parts, isRight: right, type: TYPES[kind] ?? "choice" });
      lms?.scored(stateNow(), score());
      say();
    });
  });

  document.querySelector("#again").addEventListener("click", () => {
    given.clear();
    forms.forEach((form) => {
      form.reset();
      form.querySelector("fieldset").disabled = false;
      form.querySelector("button").disabled = false;
      form.querySelector(".why").hidden = true;
      form.querySelector(".said").textContent = "";
    });
    say();
    window.scrollTo(0, 0);
  });

  const alone = () => {
    lms = null;
    const line = document.querySelector("#alone");
    line.textContent = body.dataset.alone;
    line.hidden = false;
  };

  window.addEventListener("pagehide", () => {
    lms?.end(score().isComplete);
    lms = null;
  });

  if (!lms) alone();
  Promise.resolve()
    .then(() => lms?.start())
    .then((state) => {
      restore(state);
      say();
      body.dataset.ready = "yes";
    })
    .catch(() => {
      alone();
      say();
      body.dataset.ready = "yes";
    });
})();
