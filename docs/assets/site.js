// Small comforts. Every page is whole before this runs, and without it.
"use strict";

// A block keeps the names from other scripts of the page.
{
  for (const part of document.querySelectorAll("form.cp-search, .cp-needs-script")) part.hidden = false;
  for (const part of document.querySelectorAll(".cp-no-script")) part.hidden = true;

  // The words go behind the #, which a browser keeps to itself; after a ? they would reach the host.
  for (const form of document.querySelectorAll("form.cp-search")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = form.action + (location.protocol === "file:" ? "index.html" : "") + "#q=" + encodeURIComponent(form.elements.q.value.trim());
    });
    form.addEventListener("focusin", loadSearch);
  }

  // Nothing of what only some readers want is loaded before it is asked for.
  const folder = new URL(".", document.currentScript.src);
  const load = (name, failed) => {
    const script = document.createElement("script");
    script.src = new URL(name, folder);
    script.async = false; // each may need the one before
    script.addEventListener("error", failed);
    document.head.append(script);
  };

  let searchIsLoaded = false;
  function loadSearch() {
    if (searchIsLoaded) return;
    searchIsLoaded = true;
    for (const name of ["lunr.js", "search.js", "search-box.js", "search-index-1.js"]) load(name, sayThatSearchFailed);
  }

  const results = document.getElementById("cp-search-results");
  function sayThatSearchFailed() {
    if (results) results.textContent = "Search could not be loaded. Please use the A to Z of words.";
  }

  if (results) {
    // An address with ?q= may come from elsewhere: its words go behind the # at once.
    const given = new URLSearchParams(location.search).get("q");
    if (given !== null) history.replaceState(null, "", location.pathname + "#q=" + encodeURIComponent(given));
    results.textContent = location.hash.startsWith("#q=") ? "Looking …" : "Type a word or a question in the search box.";
    const isAsked = () => location.hash.startsWith("#q=") && loadSearch();
    addEventListener("hashchange", isAsked);
    isAsked();
  }

  // The / key goes to the search box, unless the reader has switched it off: one key alone can be pressed by
  // accident, or by a voice. That choice is the only thing we ever keep on a device.
  const SLASH_OFF = "cp-slash-off";
  const store = (act, kind = "localStorage") => {
    try {
      return act(window[kind]);
    } catch {
      return null; // storage is closed to us: the key works, and cannot be switched off for longer than a page
    }
  };
  let slashIsOff = Boolean(store((storage) => storage.getItem(SLASH_OFF)));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || slashIsOff || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...document.querySelectorAll("form.cp-search input")].find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
  const slash = document.querySelector("[data-cp-slash]");
  const tellOfSlash = (said = "") => {
    if (!slash) return;
    slash.textContent = `Switch the / key ${slashIsOff ? "on" : "off"}`;
    slash.parentElement.querySelector("[role=status]")?.replaceChildren(said); // a writer of that page may have lost it
  };
  tellOfSlash();
  slash?.addEventListener("click", () => {
    slashIsOff = !slashIsOff;
    store((storage) => (slashIsOff ? storage.setItem(SLASH_OFF, "1") : storage.removeItem(SLASH_OFF)));
    tellOfSlash(`The / key is ${slashIsOff ? "off" : "on"} now.`);
  });

  // All that this site has stored goes. Each name begins with cp-, since a host may have other sites beside this one.
  const ours = (names) => names.filter((name) => name.startsWith("cp-"));
  const forgetAll = async () => {
    const gone = [];
    for (const kind of ["localStorage", "sessionStorage"]) {
      for (const name of store((storage) => ours(Object.keys(storage)), kind) || []) {
        store((storage) => storage.removeItem(name), kind);
        gone.push(name);
      }
    }
    for (const name of ours((await window.caches?.keys().catch(() => [])) || [])) {
      await caches.delete(name);
      gone.push(name);
    }
    slashIsOff = false;
    tellOfSlash();
    return gone;
  };
  const forgetter = document.querySelector("[data-cp-forget]");
  forgetter?.addEventListener("click", async () => {
    const gone = await forgetAll();
    const named = [...document.querySelectorAll("[data-cp-kept]")].filter((item) => gone.includes(item.dataset.cpKept));
    const what = named.map((item) => item.textContent.trim()).join("; ");
    const said = gone.length ? `Forgotten${what && ": "}${what}. Nothing is stored now.` : "Nothing is stored.";
    forgetter.parentElement.querySelector("[role=status]").textContent = said;
  });

  const printer = document.querySelector("[data-cp-print]");
  if (printer) printer.addEventListener("click", () => window.print());

  // A region that has nothing to scroll is no stop for the Tab key.
  const regions = document.querySelectorAll(".cp-scroll");
  const measure = () => {
    for (const region of regions) region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  };
  measure();
  addEventListener("resize", measure);

  // Safari forgets that a table is one when styles set its parts as blocks, as they do on a narrow screen. Say it there
  // again, and not in the page: by the rules of HTML it needs no saying.
  if ("GestureEvent" in window) {
    const roles = {
      table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader", td: "cell",
    };
    for (const name in roles) for (const part of document.querySelectorAll(name)) part.setAttribute("role", roles[name]);
  }

  // Paper has no "open": print what is closed, then close it again.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const part of opened) part.open = true;
    // The addresses that print.css sets behind links within the site; none behind a link whose words give it.
    const here = new URL((document.querySelector("[rel=canonical]") || location).href);
    for (const link of document.querySelectorAll("main a[href]")) {
      const { host, pathname, hash } = new URL(link.getAttribute("href"), here);
      if (host && link.textContent.includes(host)) link.dataset.at = "";
      else if (host === here.host && pathname !== here.pathname) link.dataset.at = host + pathname + hash;
    }
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });

  // ---------------------------------------------------------------- copying

  // Said aloud once something was copied, or could not be.
  const status = document.createElement("p");
  status.className = "cp-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  // One mark and one clock for all buttons: a second press begins them anew.
  const mark = document.createElement("span");
  mark.setAttribute("aria-hidden", "true"); // the status says it
  mark.textContent = "Copied";
  let fading;

  // `words` has one entry for each kind of text.
  const copied = async (words) => {
    const blobs = Object.entries(words).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      return copiedTheOldWay(words);
    }
  };

  // For a page on plain http or opened from a folder, and for older browsers.
  const copiedTheOldWay = (words) => {
    let done = false;
    const give = (event) => {
      event.preventDefault();
      for (const [kind, text] of Object.entries(words)) event.clipboardData.setData(kind, text);
      done = true;
    };
    getSelection().selectAllChildren(document.querySelector("h1")); // some copy only where something is selected
    document.addEventListener("copy", give);
    document.execCommand("copy");
    document.removeEventListener("copy", give);
    getSelection().removeAllRanges();
    return done;
  };

  window.cpCopied = copied; // kit.js copies too

  // A button that copies what `words` gives; `byHand` shows it where no way to copy is left.
  const makeButton = (label, done, words, byHand) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cp-copy";
    button.append(...label);
    button.addEventListener("click", async () => {
      const worked = await copied(words());
      mark.className = button.getBoundingClientRect().left > innerWidth / 2 ? "cp-copied cp-to-the-left" : "cp-copied";
      if (worked) button.append(mark);
      else byHand(button);
      status.textContent = worked ? done : "Your browser did not copy it. Copy the words that stand after the button.";
      clearTimeout(fading);
      fading = setTimeout(() => {
        mark.remove();
        status.textContent = "";
      }, 4000);
    });
    return button;
  };

  const hidden = (text) => {
    const part = document.createElement("span");
    part.className = "cp-hidden";
    part.textContent = text;
    return part;
  };

  const showAddress = (address) => (button) => {
    if (button.nextElementSibling?.matches(".cp-by-hand")) return;
    const label = document.createElement("label");
    const field = document.createElement("input");
    label.className = "cp-by-hand";
    field.readOnly = true;
    field.value = address;
    label.append("Copy this address ", field);
    button.after(label);
  };

  const taken = new Set();
  const linkButton = (words, section, address) => {
    const name = taken.has(words) && section ? `${words}, in ${section}` : words;
    taken.add(name);
    const label = [hidden(`Copy link to ${name}`)];
    return makeButton(label, `Link to ${name} copied`, () => ({ "text/plain": address }), showAddress(address));
  };

  // A heading is the link to itself until its button takes over: one stop for the Tab key, not two.
  let section = "";
  for (const link of document.querySelectorAll(".cp-body .cp-anchor, .cp-permalink")) {
    const words = link.textContent.trim().replace(/^Link to /, "");
    const address = link.href.replace(/\?[^#]*/, "");
    if (link.matches(".cp-permalink")) {
      link.replaceWith(linkButton(words, section, address));
      continue;
    }
    const heading = link.parentElement;
    if (heading.matches("h2")) section = words;
    link.replaceWith(...link.childNodes);
    if (heading.nextElementSibling?.matches(".cp-beside")) continue;
    const beside = document.createElement("p");
    beside.className = "cp-beside";
    beside.append(linkButton(words, section, address));
    heading.after("\n", beside);
  }

  for (const part of document.querySelectorAll(".cp-cite")) {
    const block = part.querySelector(".cp-citation");
    const whose = part.querySelector("summary span").textContent;
    const words = () => ({
      "text/plain": [...block.children].map((line) => line.textContent.trim().replaceAll("\n", " ")).join("\n"),
      "text/html": block.innerHTML,
    });
    const label = ["Copy with citation", hidden(whose)];
    const open = () => { part.querySelector("details").open = true; };
    part.prepend(makeButton(label, `Copied with citation${whose}`, words, open));
  }

  // ---------------------------------------------------------------- listening

  // Only voices that work on this device: any other would send the words of the page to its maker. listen.js asks here too.
  window.cpVoices = (language) =>
    speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));

  const lead = document.querySelector(".cp-lead");
  const offerToListen = () => {
    if (document.querySelector(".cp-listen") || !cpVoices("en").length) return;
    const place = document.createElement("div");
    place.className = "cp-listen";
    place.innerHTML =
      '<div><button class="cp-button" type="button"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9h4l5-4v14l-5-4H3zM15 9a4 4 0 0 1 0 6M18 6a9 9 0 0 1 0 12"/></svg><span>Listen to this page</span></button></div>';
    const begin = () => {
      // Some browsers let a voice begin only in the moment of a press, and the script comes later.
      speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(""), { voice: cpVoices("en")[0] }));
      load("listen.js", () => place.append("This could not be loaded. Please try again later."));
    };
    place.querySelector("button").addEventListener("click", begin, { once: true });
    (document.querySelector(".cp-twin") || lead).after(place);
  };
  if (lead && window.speechSynthesis) {
    offerToListen();
    speechSynthesis.addEventListener?.("voiceschanged", offerToListen); // they may come late
  }

  const menu = document.querySelector(".cp-menu");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
