// Reads the page aloud. Loaded when a reader presses “Listen to this page”, the button that site.js makes.
// Only voices that work on the device are asked, so no word of the page leaves it. Nothing is stored.
"use strict";

{
  // ------------------------------------------------------------------- what is said

  // What helps the eye or the hand, or stands beside the text: buttons, links to copy, lists of links, closed notes on sources.
  const LEFT_OUT = [
    ".cp-listen, .cp-search, .cp-beside, .cp-permalink, .cp-copy, .cp-cite, .cp-edit, .cp-letters, .cp-end, .cp-print-only",
    ".cp-needs-script, .cp-said:not([open]), nav:not(.cp-doors), button, input, select, textarea, script, style",
    "svg:not([role=img]), [aria-hidden=true], [hidden]",
  ].join();
  const LONGEST = 220; // letters in one go: some browsers fall silent after a quarter of a minute

  const plain = (text) => text.replace(/\s+/g, " ").replaceAll(" · ", ", ").trim();
  const ended = (text) => (/[.!?:;,…][”’)]*$/.test(text) ? text : `${text}.`);
  const isShown = (part) => !part.matches(LEFT_OUT) && getComputedStyle(part).display !== "none";
  // Words for the ear alone stand in the line, though their style, which takes them out of sight, makes a block of them.
  const isInline = (part) =>
    (part.matches(".cp-hidden") || /^(inline$|contents$|inline-block$)/.test(getComputedStyle(part).display)) && !part.matches("h1, h2, h3, h4");
  // Without a Welsh voice the English one says these words as well as it can.
  const isWelsh = (node) => cpVoices("cy").length && node.parentElement.closest("[lang]").lang === "cy";
  const textOf = (part) => {
    const copy = part.cloneNode(true);
    for (const other of copy.querySelectorAll(LEFT_OUT)) other.remove();
    return plain(copy.textContent).replace(/[.:]$/, "");
  };

  // Where each sentence of `text` begins and ends. One that ends in a single capital is a name: Sherry R. Arnstein.
  const sentences = (text) => {
    const found = Intl.Segmenter
      ? [...new Intl.Segmenter("en-GB", { granularity: "sentence" }).segment(text)].map((one) => one.segment)
      : text.match(/[^.!?]*[.!?]*[”’)]*\s*/g);
    const spans = [];
    let at = 0;
    for (const sentence of found) {
      const goesOn = spans.length && /(^|\s)[A-Z]\.\s+$/.test(text.slice(0, at));
      if (goesOn) spans.at(-1)[1] = at + sentence.length;
      else spans.push([at, at + sentence.length]);
      at += sentence.length;
    }
    return spans;
  };

  // A sentence that is too long to say in one go is cut after a comma or the like, or else after a word.
  const pieces = (text, [from, to]) => {
    if (to - from <= LONGEST) return [[from, to]];
    const room = text.slice(from, from + LONGEST);
    const cut = from + (/^.*[,;:–](?= )/.exec(room)?.[0].length || room.lastIndexOf(" ") + 1 || LONGEST);
    return [[from, cut], ...pieces(text, [cut, to])];
  };

  // The words of `root` in the order in which they are said: `text`, its `language`, and the `range` that is marked meanwhile.
  const script = (root) => {
    const said = [];
    let run = []; // pieces of text that stand in one line
    let before = ""; // what the next words begin with, such as the head of their column

    const close = () => {
      const text = run.map((node) => node.data).join("").replace(/\s/g, " ");
      for (const sentence of sentences(text)) {
        for (const [from, to] of pieces(text, sentence)) add(from, to);
      }
      run = [];
    };
    const add = (from, to) => {
      const range = new Range();
      const parts = []; // a new one where the language changes
      let at = 0;
      for (const node of run) {
        const words = node.data.slice(Math.max(from - at, 0), Math.max(to - at, 0));
        const start = Math.max(from - at, 0) + words.search(/\S/);
        at += node.length;
        if (!words.trim()) {
          if (parts.length) parts.at(-1).text += words;
          continue;
        }
        if (!parts.length) range.setStart(node, start);
        range.setEnd(node, start + words.trim().length);
        const language = isWelsh(node) ? "cy" : "en";
        if (parts.at(-1)?.language === language) parts.at(-1).text += words;
        else parts.push({ text: words, language, range });
      }
      for (const part of parts) {
        const text = plain(part.text);
        if (!/[\p{L}\p{N}]/u.test(text)) continue;
        said.push({ ...part, text: part.language === "en" ? before + text : text });
        if (part.language === "en") before = "";
      }
    };
    // Says `first` before the words of `part`, and `last` after them.
    const around = (part, first, last, walk = inside) => {
      const count = said.length;
      before += first;
      walk(part);
      if (said.length > count) said.at(-1).text = ended(said.at(-1).text) + last;
    };

    const inside = (part) => {
      for (const child of part.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) run.push(child);
        else if (child.nodeType === Node.ELEMENT_NODE && isShown(child)) element(child);
      }
    };
    const element = (part) => {
      if (part.matches("br")) return close();
      if (isInline(part) && !part.matches("img, svg, table")) return inside(part);
      close();
      if (part.matches("img, svg")) picture(part);
      else if (part.matches("table")) table(part);
      else if (part.matches("ul, ol")) list(part);
      else if (part.matches("blockquote, q")) around(part, "Quotation: ", " End of quotation.", closed(inside));
      else if (part.matches("details:not([open])")) around(part.querySelector("summary"), "", " This part is closed.", closed(inside));
      else inside(part);
      close();
    };
    const closed = (walk) => (part) => {
      walk(part);
      close();
    };
    const picture = (part) => {
      const words = plain(part.getAttribute("alt") || part.querySelector("title")?.textContent || "");
      const range = new Range();
      range.selectNode(part);
      if (words) said.push({ text: `${before}Picture: ${ended(words)}`, language: "en", range });
      if (words) before = "";
    };
    const list = (part) => {
      const items = [...part.children].filter(isShown);
      if (items.length > 1) before += `List of ${items.length}. `;
      const ordered = part.matches("ol");
      for (const [index, item] of items.entries()) {
        if (ordered) before += `${part.reversed ? items.length - index : index + part.start}. `;
        element(item);
      }
    };
    const table = (part) => {
      const rows = [...part.tBodies].flatMap((body) => [...body.rows]);
      const heads = [...(part.tHead?.rows[0]?.cells || [])].map(textOf);
      around(part, "Table: ", " End of table.", () => {
        if (part.caption) around(part.caption, "", ` ${rows.length} rows.`, closed(inside));
        for (const cell of rows.flatMap((row) => [...row.cells])) {
          const head = heads[cell.cellIndex];
          const count = said.length;
          if (head) before += `${head}: `;
          closed(inside)(cell);
          if (said.length > count) continue;
          const range = new Range();
          range.selectNodeContents(cell);
          said.push({ text: `${before}nothing.`, language: "en", range });
          before = "";
        }
      });
    };

    inside(root);
    close();
    return said;
  };

  // --------------------------------------------------------------------- the buttons

  const bar = document.querySelector(".cp-listen > div");
  const [main] = bar.children;
  const name = main.querySelector("span");
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "cp-button";
  stop.textContent = "Stop";
  const speed = document.createElement("label");
  speed.innerHTML = 'Speed <select><option value="0.75">slower</option><option value="1" selected>normal</option><option value="1.5">faster</option></select>';
  const pace = speed.lastChild;
  // One line for the eye alone while the voice speaks, one that is announced once it is silent: never two voices at a time.
  const reading = document.createElement("span");
  reading.textContent = "Reading aloud";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  bar.append(stop, speed, reading, status);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Reading aloud");

  // --------------------------------------------------------------------- the reading

  // "done": a question of a review kit has been read, and the next one will be as soon as it is there.
  const states = { silent: "Listen to this page", reading: "Pause", paused: "Go on", done: "Listen again" };
  let state = "silent";
  let root; // the part of the page that is read
  let said = [];
  let at = 0;
  let speaking; // the browser forgets to say that an utterance has ended if nobody holds it

  // A review kit shows one question at a time: that alone is read. Its first screen comes with the top of the page.
  const kit = document.querySelector(".cp-kit-one");
  const shown = () => kit?.querySelector(".cp-now:not(#kit-start)") || document.querySelector("main");

  const become = (next, words) => {
    state = next;
    name.textContent = states[next];
    status.textContent = words;
    reading.hidden = next !== "reading";
    if (next === "silent" && bar.contains(document.activeElement)) main.focus();
    stop.hidden = next === "silent";
    settle();
  };

  // The buttons stay at the foot of the window if they take no more than a quarter of it, or else in their place.
  // What is in focus, and the end of the page, are kept clear of them.
  const settle = () => {
    const { classList, style } = document.documentElement;
    classList.toggle("cp-listening", state !== "silent");
    if (bar.offsetHeight > innerHeight / 4) classList.remove("cp-listening");
    if (classList.contains("cp-listening")) style.setProperty("--bar", `${bar.offsetHeight + 8}px`); // 8 for the ring
    else style.removeProperty("--bar");
  };
  addEventListener("resize", settle);

  const hush = () => {
    speaking = null;
    speechSynthesis.cancel();
  };

  const end = (words, next = "silent") => {
    hush();
    mark(null);
    become(next, words);
  };

  const say = () => {
    if (at === said.length) return kit ? end("That was all.", "done") : end("That was the end of the page.");
    const { text, language } = said[at];
    const utterance = new SpeechSynthesisUtterance(text);
    const voices = cpVoices(language);
    const voice = voices.find((one) => /GB/i.test(one.lang)) || voices[0];
    if (!voice) return end("The voice of this device is gone. Nothing can be read aloud.");
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = Number(pace.value);
    utterance.onend = () => {
      if (utterance !== speaking) return;
      const follow = isInView(said[at].range);
      at += 1;
      say();
      if (follow) show();
    };
    utterance.onerror = () => {
      if (utterance === speaking) end("The voice stopped. Press the button to begin again.");
    };
    speaking = utterance;
    mark(said[at].range);
    speechSynthesis.speak(utterance);
  };

  // A browser that cannot mark words marks the block they are in.
  let block;
  const mark = (range) => {
    if (globalThis.Highlight && CSS.highlights) {
      if (range) CSS.highlights.set("cp-spoken", new Highlight(range));
      else CSS.highlights.delete("cp-spoken");
      return;
    }
    block?.classList.remove("cp-spoken");
    const from = range?.startContainer;
    block = from && (from.nodeType === Node.TEXT_NODE ? from.parentElement : from).closest("p, li, dt, dd, td, th, h1, h2, h3, h4, summary, figcaption, caption, div");
    block?.classList.add("cp-spoken");
  };

  // The bar may cover the foot of the window.
  const foot = () => (getComputedStyle(bar).position === "fixed" ? bar.getBoundingClientRect().top : innerHeight);
  const isInView = (range) => {
    const box = range.getBoundingClientRect();
    return box.bottom > 0 && box.top < foot();
  };

  // Brings the words into view. A reader who has looked elsewhere is left there, so this is asked for only
  // by a press, or where the words before were in view.
  const show = () => {
    const range = said[at]?.range;
    if (!range) return;
    range.startContainer.parentElement.closest("td, th")?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = range.getBoundingClientRect();
    // Far enough for the words that follow, but a question stays with its answers.
    const by = kit && box.top >= 0 ? box.bottom + 16 - foot() : box.top - foot() / 4;
    if (box.height && (box.top < 0 || box.bottom > foot())) scrollBy({ top: by, behavior: "instant" });
  };

  // Pausing is stopping and remembering where: not every browser can go on in the middle of a sentence.
  const begin = () => {
    hush();
    become("reading", "");
    say();
    show();
  };
  const beginAnew = () => {
    root = shown();
    said = script(root);
    at = 0;
    begin();
  };
  main.addEventListener("click", () => {
    if (state === "paused") return begin();
    if (state !== "reading") return beginAnew();
    hush();
    become("paused", "Paused");
  });
  stop.addEventListener("click", () => end("Stopped"));
  pace.addEventListener("change", () => {
    if (state !== "reading") return;
    hush();
    say();
  });
  addEventListener("pagehide", () => state !== "silent" && end(""));
  // A review kit has gone on to another question, and the voice goes with it, unless the reader has paused or stopped it.
  addEventListener("hashchange", () => {
    if (shown() === root) return;
    if (state === "paused") end("");
    else if (state !== "silent") beginAnew();
  });

  // The press that brought this script here asked to begin.
  main.click();
}
