// The search page. The words stand after the # of the address, so that they never leave this device.
(function () {
  "use strict";
  var box = document.getElementById("cp-search-results");
  if (!box) return;
  var home = document.querySelector("link[rel=stylesheet]").getAttribute("href").replace(/assets\/.*$/, "");
  var input = document.querySelector("main form[role=search] input[name=q]") || document.querySelector("form[role=search] input[name=q]");
  var status = document.createElement("p");
  var list = document.createElement("ol");
  var index;
  status.setAttribute("role", "status");
  list.className = "cp-results";
  box.replaceChildren(status, list);

  // An address with ?q= may come from elsewhere: move the words behind the # at once.
  var given = new URLSearchParams(location.search).get("q");
  if (given !== null) history.replaceState(null, "", location.pathname + "#q=" + encodeURIComponent(given));

  function asked() {
    var match = /^#q=(.*)$/.exec(location.hash);
    try {
      return match ? decodeURIComponent(match[1].replace(/\+/g, " ")).trim() : "";
    } catch (error) {
      return "";
    }
  }

  function folded(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/\bco[-\u2010-\u2015 ](?=(pro|prod|design|deliver|commission|assess|creat))/g, "co");
  }

  function load(names, done) {
    if (!names.length) return done();
    var script = document.createElement("script");
    script.src = home + "assets/" + names[0];
    script.onload = function () { load(names.slice(1), done); };
    script.onerror = function () { status.textContent = "Search could not be loaded. Use the A to Z of words instead."; };
    document.head.append(script);
  }

  function build() {
    index = window.lunr(function () {
      this.ref("n");
      this.field("title", { boost: 8 });
      this.field("also", { boost: 6 });
      this.field("page", { boost: 2 });
      this.field("text");
      window.cpSearchIndex.forEach(function (entry, n) {
        this.add({ n: n, title: folded(entry.title), also: folded(entry.also), page: folded(entry.page), text: folded(entry.text) });
      }, this);
    });
  }

  function found(words) {
    return index.query(function (query) {
      window.lunr.tokenizer(folded(words)).forEach(function (token) {
        var word = token.toString();
        query.term(word, { boost: 4 });
        query.term(word, { wildcard: window.lunr.Query.wildcard.TRAILING });
        if (word.length > 3) query.term(word, { editDistance: word.length > 6 ? 2 : 1, boost: 0.5 });
      });
    });
  }

  function result(entry) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var place = document.createElement("p");
    link.href = home + entry.address;
    link.textContent = entry.title;
    place.textContent = (entry.title === entry.page ? "" : entry.page + ": ") + entry.text.slice(0, 160) + (entry.text.length > 160 ? " …" : "");
    item.append(link, place);
    return item;
  }

  function show() {
    var words = asked();
    if (input) input.value = words;
    if (!words) {
      status.textContent = "Type a word in the search box.";
      list.replaceChildren();
      return;
    }
    // Nothing of the engine or the index is loaded before somebody asks for something.
    if (!index) {
      load(["lunr.js", "search-index.js"], function () { build(); show(); });
      return;
    }
    var results = found(words).slice(0, 30).map(function (hit) { return window.cpSearchIndex[hit.ref]; });
    list.replaceChildren.apply(list, results.map(result));
    status.textContent = results.length
      ? results.length + (results.length === 1 ? " answer" : " answers") + " for “" + words + "”"
      : "Nothing found for “" + words + "”. Check the spelling, or use the A to Z of words.";
  }

  show();
  window.addEventListener("hashchange", show);
})();
