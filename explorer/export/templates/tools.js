// Text size and reading aloud, in the app and on the pages to read. What is picked stays in this
// browser; where it refuses to hold it, it holds for the page. Speech is the browser's own.
(() => {
  const KEY = "explorer-text-size";
  const SIZES = ["1", "2", "3"];
  const page = document.documentElement;

  let size = "1";
  try {
    const kept = window.localStorage.getItem(KEY);
    size = SIZES.includes(kept) ? kept : size;
  } catch {
    // storage is denied
  }
  const mark = () => {
    for (const button of document.querySelectorAll("[data-ax-size]")) {
      const pressed = String(button.dataset.axSize === size);
      if (button.getAttribute("aria-pressed") !== pressed) {
        button.setAttribute("aria-pressed", pressed);
      }
    }
  };
  const pick = (picked) => {
    size = picked;
    page.dataset.text = size;
    mark();
    try {
      window.localStorage.setItem(KEY, size);
    } catch {
      // storage is denied
    }
  };
  page.dataset.text = size;
  new MutationObserver(mark).observe(page, { childList: true, subtree: true });

  // Only voices on this machine: those of a service would be sent what is read.
  const speech = window.speechSynthesis;
  const language = page.lang || "en";
  const voice = () =>
    speech.getVoices().find((item) => item.localService && item.lang.startsWith(language));
  const offer = () => {
    if (voice()) {
      page.dataset.speech = "";
    }
  };
  if (speech && window.SpeechSynthesisUtterance) {
    offer();
    speech.addEventListener?.("voiceschanged", offer);
    window.addEventListener("pagehide", () => speech.cancel());
  }

  const BLOCKS = "h2, h3, h4, p, li, dt, dd, td, .gl-ask, figcaption strong";
  const SILENT =
    ".ax-hidden, .gl-name, [aria-hidden=true], [popover], .ax-words, .ax-refs, .ax-aloud, .gl-sources, .gl-skip, .gl-caption, .gl-use";
  const SLOWEST = 0.5;
  const FASTEST = 2;
  const STEP = 0.25;
  let rate = 1;
  let reading;

  const isSilent = (node) => node.parentElement.closest(SILENT) !== null;

  // The words of a block and, for each sentence, the range that is marked while it is read.
  const sentencesOf = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const parts = [];
    let text = "";
    while (walker.nextNode()) {
      if (!isSilent(walker.currentNode)) {
        parts.push({ node: walker.currentNode, start: text.length });
        text += walker.currentNode.data;
      }
    }
    const place = (offset) => {
      const part = parts.findLast((item) => item.start <= offset);
      return [part.node, Math.min(offset - part.start, part.node.length)];
    };
    return [...text.matchAll(/\S[^.?!:]*(?:[.?!:](?!\s|$)[^.?!:]*)*[.?!:]*/gu)].map((found) => {
      const range = document.createRange();
      range.setStart(...place(found.index));
      range.setEnd(...place(found.index + found[0].length));
      return { block, range, text: found[0] };
    });
  };

  // A cell carries the name of its option, or that all options say the same.
  const whose = (block) => block.querySelector(".gl-name")?.textContent ?? "";

  const linesOf = (place) =>
    [...place.querySelectorAll(BLOCKS)]
      .filter(
        (block) =>
          block.querySelector(BLOCKS) === null &&
          !block.closest(SILENT) &&
          block.checkVisibility?.({ contentVisibilityAuto: true }) !== false,
      )
      .flatMap((block) => {
        const name = whose(block);
        return sentencesOf(block).map((line, at) => ({
          ...line,
          said: at ? line.text : name + line.text,
        }));
      });

  const show = (line) => {
    window.CSS.highlights?.delete("ax-spoken");
    for (const old of document.querySelectorAll(".ax-spoken")) {
      old.classList.remove("ax-spoken");
    }
    if (!line) {
      return;
    }
    if (window.CSS.highlights) {
      window.CSS.highlights.set("ax-spoken", new window.Highlight(line.range));
    } else {
      line.block.classList.add("ax-spoken");
    }
    line.block.scrollIntoView({ block: "nearest" });
  };

  const stop = () => {
    const ended = reading;
    reading = undefined;
    speech.cancel();
    show();
    if (ended) {
      delete ended.tools.dataset.state;
    }
  };

  const say = () => {
    const own = reading;
    const line = own?.lines[own.at];
    if (!line || !own.tools.isConnected) {
      stop();
      return;
    }
    show(line);
    const spoken = new SpeechSynthesisUtterance(line.said);
    spoken.rate = rate;
    spoken.lang = language;
    spoken.voice = voice() ?? null;
    spoken.addEventListener("end", () => {
      if (reading === own && own.spoken === spoken) {
        own.at += 1;
        say();
      }
    });
    own.spoken = spoken;
    speech.speak(spoken);
  };

  const again = () => {
    reading.spoken = undefined;
    speech.cancel();
    reading.tools.dataset.state = "on";
    say();
  };

  const ACTIONS = {
    start: (tools) => {
      stop();
      const place = document.getElementById(tools.dataset.axAloud);
      reading = { at: 0, lines: linesOf(place), tools };
      tools.dataset.state = "on";
      say();
    },
    pause: () => {
      speech.pause();
      reading.tools.dataset.state = "paused";
    },
    on: () => {
      speech.resume();
      reading.tools.dataset.state = "on";
    },
    stop,
    slower: () => {
      rate = Math.max(SLOWEST, rate - STEP);
      speech.resume();
      again();
    },
    faster: () => {
      rate = Math.min(FASTEST, rate + STEP);
      speech.resume();
      again();
    },
  };

  // A marked word shows its meaning where it is pressed; by keyboard the fold after the text does.
  const meaning = (word) => {
    const found = document.getElementById(word.dataset.axTerm);
    if (!found || !found.showPopover) {
      return;
    }
    let box = document.querySelector(".ax-word");
    if (!box) {
      box = document.createElement("div");
      box.className = "ax-word";
      box.popover = "auto";
    }
    document.body.append(box);
    box.innerHTML = "<strong></strong><span></span>";
    box.firstChild.textContent = found.querySelector("dt").textContent;
    box.lastChild.textContent = found.querySelector("dd").textContent;
    box.showPopover();
  };

  // What a press opens is heard at once: a fold of meanings, a line of the glance, whose words stand
  // below its answers. Escape goes back. Without it "expanded" is all that is said.
  const opened = (box) =>
    box.matches("details.ax-words")
      ? box.querySelector("dl")
      : box.matches(".gl-q details") && box.closest("tbody").querySelector(".gl-whole");

  document.addEventListener(
    "toggle",
    (event) => {
      const box = event.target;
      const isPressed = box.matches?.("details[open]") && box.firstElementChild === document.activeElement;
      const place = isPressed && opened(box);
      if (place) {
        place.focus({ preventScroll: true });
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    const inside = event.key === "Escape" && event.target.closest?.(".ax-words[open], .gl-opened, .gl-q details[open]");
    if (inside) {
      const box = inside.matches(".ax-words") ? inside : inside.closest("tbody").querySelector(".gl-q details");
      box.open = false;
      box.firstElementChild.focus();
    }
  });

  document.addEventListener("click", (event) => {
    const word = event.target.closest?.("[data-ax-term]");
    if (word) {
      meaning(word);
      return;
    }
    const button = event.target.closest?.("[data-ax-size], [data-ax-say]");
    if (button?.dataset.axSize) {
      pick(button.dataset.axSize);
      return;
    }
    const tools = button?.closest("[data-ax-aloud]");
    const action = button?.dataset.axSay;
    if (tools && (action === "start" || reading?.tools === tools)) {
      ACTIONS[action](tools);
    }
  });
})();
