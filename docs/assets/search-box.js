// The search box with its suggestions, and the page of results. What is found, and why, is decided in search.js.
"use strict";

// Without the engine and the script before this one there is nothing to show, and site.js has said so.
if (typeof lunr === "function" && typeof cpSearch === "object") {
  const home = new URL("../", document.currentScript.src);
  // A page opened from a disk has no host that would answer for its folder.
  const addressOf = (entry) => new URL(location.protocol === "file:" ? entry.address.replace(/(?=#|$)/, "index.html") : entry.address, home).href;
  const forms = [...document.querySelectorAll("form.cp-search")];
  const results = document.getElementById("cp-search-results");
  const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  function make(tag, properties, ...inside) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...inside);
    return node;
  }

  // ------------------------------------------------------------------ suggestions

  // A combobox as the ARIA Authoring Practices describe it: the focus stays in the box, the arrows choose.
  function combobox(form, number) {
    const input = form.elements.q;
    const list = make("ul", { id: `cp-suggestions-${number}`, className: "cp-suggestions", hidden: true });
    const status = make("p", { className: "cp-hidden" });
    let chosen = -1;
    let speaking;

    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }

    // Said after a pause, so that it does not cut off the letters being typed.
    function say(words) {
      clearTimeout(speaking);
      speaking = setTimeout(() => { status.textContent = words; }, 600);
    }

    function close() {
      list.hidden = true;
      list.replaceChildren();
      choose(-1);
      input.setAttribute("aria-expanded", "false");
      clearTimeout(speaking);
    }

    function choose(number) {
      const options = [...list.children];
      chosen = number;
      for (const [n, option] of options.entries()) option.setAttribute("aria-selected", String(n === number));
      if (number < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[number].id);
      options[number].scrollIntoView({ block: "nearest" });
    }

    function option(entry, n) {
      const place = entry.place === entry.title ? "" : entry.place;
      const item = make("li", { id: `${list.id}-${n}` }, make("span", { textContent: entry.title }), ...(place ? [" ", make("small", { textContent: place })] : []));
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.address = addressOf(entry);
      return item;
    }

    function suggest() {
      if (!cpSearch.ready || document.activeElement !== input) return;
      const found = cpSearch.suggest(input.value);
      if (!found.length) {
        close();
        if (input.value.trim().length > 1) say("No suggestions. Press Enter to search.");
        return;
      }
      list.replaceChildren(...found.map(option));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(-1);
      say(`${plural(found.length, "suggestion", "suggestions")}. Use the arrow keys, or press Enter to search.`);
    }

    function go(item) {
      const { address } = item.dataset;
      close();
      location.href = address;
    }

    input.addEventListener("input", suggest);
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) go(item);
    });
    input.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first press closes the list, the next one empties the box
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) suggest();
        else if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
        else choose(chosen < 0 ? count - 1 : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        go(list.children[chosen]);
      }
    });
    cpSearch.onPart(suggest);
  }

  forms.forEach(combobox);

  // A large index comes in parts, one after the other, whatever was asked.
  cpSearch.onPart(() => {
    if (!cpSearch.missing) return;
    const src = new URL(`assets/search-index-${cpSearch.missing}.js`, home).href;
    document.head.append(make("script", { src, onerror: () => console.warn(`${src} could not be loaded: some things will not be found.`) }));
  });

  // ------------------------------------------------------------------ results

  function asked() {
    const match = /^#q=(.*)$/.exec(location.hash);
    try {
      return match ? decodeURIComponent(match[1].replace(/\+/g, " ")).trim() : "";
    } catch (error) {
      return ""; // an address that was cut in the middle of a letter
    }
  }

  const marked = (text, stems) => cpSearch.pieces(text, stems).map(({ text, hit, lang }) => {
    if (!hit && !lang) return text;
    return make(hit ? "mark" : "span", { textContent: text, ...(lang && { lang }) });
  });

  function result(entry, kind) {
    const item = make("li", kind ? { className: kind } : {}, make("a", { href: addressOf(entry) }, ...marked(entry.title, entry.stems || [])));
    if (entry.place !== entry.title) item.append(make("p", { className: "cp-where", textContent: entry.place }));
    if (entry.text) item.append(make("p", {}, ...marked(entry.text, entry.stems || [])));
    for (const [label, words] of [["People also say: ", entry.by], ["Further down: ", entry.below]]) {
      if (words) item.append(make("p", { className: "cp-where" }, label, ...marked(words, entry.stems)));
    }
    return item;
  }

  function said(words, found) {
    if (found.nothing) return `We found nothing for “${words}”. This may help.`;
    const count = found.results.length;
    const answers = count < found.most ? plural(count, "answer", "answers") : "The " + count + " best answers";
    const lines = [`${answers} for “${words}”.`];
    if (found.mended) lines.unshift(`Showing results for “${found.mended}”.`);
    if (found.today) lines.push(`Words have changed: see “${found.today}”.`);
    if (found.help) lines.push(found.help === "urgent" ? "First: where to get help now." : "First: help that we cannot give.");
    else if (found.sure) lines.push(`The first is “${found.results[0].title}”.`);
    return lines.join(" ");
  }

  if (results) {
    const status = make("p", { className: "cp-said-of-results" });
    const list = make("ol", { className: "cp-results" });
    status.setAttribute("role", "status");
    results.replaceChildren(status, list);

    const show = () => {
      if (location.hash && !location.hash.startsWith("#q=")) return; // the skip link, say: the answers stay
      const words = asked();
      // Not while somebody types in it.
      for (const form of forms) if (words && document.activeElement !== form.elements.q) form.elements.q.value = words;
      if (!words) {
        list.replaceChildren();
        status.textContent = "Type a word or a question in the search box.";
        return;
      }
      if (!cpSearch.ready) return;
      const found = cpSearch.ask(words);
      const first = found.help === "urgent" ? "cp-urgent-help" : found.help || found.sure ? "cp-answer" : "";
      list.replaceChildren(...found.results.map((entry, n) => result(entry, n === 0 ? first : "")));
      status.textContent = said(words, found);
      results.dataset.for = words; // for whoever waits until the answers stand here
    };
    cpSearch.onPart(show);
    addEventListener("hashchange", show);
    show();
  }
}
