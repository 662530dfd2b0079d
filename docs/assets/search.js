// How a question is read, mended and answered. Nothing here knows the page: see search-box.js.
// The index comes in through cpSearch.add, from the scripts that the build writes beside this one.
"use strict";

const cpSearch = (() => {
  // ------------------------------------------------------------------ words

  const FILLERS = new Set((
    "anyone anything ask does explain find give good know learn look lot make many mean meaning means much need please put show someone " +
    "happen happens happened something stand tell thing things think understand use used using want way work " +
    "always every everyone everything never often really same whether still " +
    "beth yw mae sut pwy ble pam am yn yr ac neu ar fy eich " +
    "arent cant couldnt didnt doesnt dont hasnt havent hes hows id im isnt ive shes shouldnt theres theyre weve whats wheres wont wouldnt youre"
  ).split(" "));
  const stems = new Map();

  // One spelling for each word: case, accents and British or American habits make no difference.
  function fold(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[‘’ʼ`]/g, "'")
      .replace(/'s\b/g, "")
      .replace(/'/g, "")
      .replace(/\b(?:[a-z]\.){2,}/g, (initials) => initials.replaceAll(".", "") + " ")
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/\bco[-\s]+(?!and\b|or\b)(?=[a-z])/g, "co")
      .replace(/\bcopro(?:d|duc[a-z]*)?\b/g, "coproduction");
  }

  const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

  function spelling(word) {
    if (/^(10|\d)$/.test(word)) return NUMBERS[word];
    return word
      .replace(/is(e|ed|es|ing|er|ers|ation|ations)$/, "iz$1")
      .replace(/yse(d|s)?$/, "yze$1")
      .replace(/^(.{3,})our(s|ed|ing|al|able|ful|hood)?$/, "$1or$2")
      .replace(/(.{3,})tre(s|d)?$/, "$1ter$2")
      .replace(/(.{4,})mme(s|d)?$/, "$1m$2")
      .replace(/^(licen|practi|defen|offen)s(e|ed|es|ing)$/, "$1c$2")
      .replace(/ae/, "e")
      .replace(/ll/, "l")
      .replace(/dge(ment)/, "dg$1")
      .replace(/ageing/, "aging");
  }

  function stem(word) {
    if (!stems.has(word)) stems.set(word, lunr.stemmer(new lunr.Token(spelling(word))).toString());
    return stems.get(word);
  }

  const LONGEST = 40; // letters of a word: what is longer is no word

  // The words of a text, each as its pieces: "well-being" has two.
  const runs = (text) => (fold(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) || []).map((run) => run.split("-").map((piece) => piece.slice(0, LONGEST)));

  // All of them, in a row; "well-being" is also "wellbeing".
  const words = (text) => runs(text).flatMap((pieces) => (pieces.length > 1 ? [...pieces, pieces.join("")] : pieces));

  const small = new Map();
  function isSmall(word) {
    if (!small.has(word)) small.set(word, FILLERS.has(word) || !lunr.stopWordFilter(new lunr.Token(word)));
    return small.get(word);
  }

  // The words that carry the meaning; all of them, when every one is small.
  function carrying(list) {
    const some = list.filter((word) => !isSmall(word));
    return some.length ? some : list;
  }

  const key = (list) => list.map(stem).join(" ");

  // ------------------------------------------------------------------ index

  // How far an entry of each kind stands on the main path. Small changes make no difference: see tests/search/.
  const WEIGHTS = {
    page: 1.25, framework: 1.15, ladder: 1.1, practice: 1.1, involve: 1.1, step: 1.1, principle: 1.1, behaviour: 1.1,
    definition: 1, value: 1, ask: 1, section: 0.9, reason: 0.9, law: 0.9, benefit: 0.85, scale: 0.85, idea: 0.8, example: 0.8,
    help: 0.8, word: 0.75, theme: 0.7, statement: 0.7, failing: 0.7, other: 0.6, resource: 0.6, question: 0.5, history: 0.5,
  };
  const pages = [];
  const entries = [];
  const byId = new Map();
  const engines = []; // one for each part of the index
  const names = new Map(); // what an entry is called, in stems => its entries, and how sure the name is
  const namesWith = new Map(); // stem => the names that it stands in
  const counts = new Map(); // stem => in how many entries it stands
  const spellings = new Map(); // each word that may be suggested => how weighty it is
  const helpWords = new Set(); // words that only help is found by
  const waiting = [];
  let help = [];
  let welsh = new Set();
  let parts = 0;
  let added = 0;

  function enlist(said) {
    const made = { n: names.size, text: said, stems: [...new Set(said.split(" "))], of: [] };
    names.set(said, made);
    for (const stemmed of made.stems) {
      if (!namesWith.has(stemmed)) namesWith.set(stemmed, []);
      namesWith.get(stemmed).push(made);
    }
  }

  function name(entry, text, weight, kind) {
    const short = initials(text);
    if (short) name(entry, short, 0.7, kind);
    const list = words(text);
    const whole = key(list);
    // "on benefits" is a name for "benefits" too, but a weaker one.
    for (const said of new Set([whole, key(carrying(list))])) {
      if (!said) continue;
      if (!names.has(said)) enlist(said);
      names.get(said).of.push({ entry, weight: said === whole ? weight : weight * 0.85, kind });
    }
  }

  // "British Sign Language" is asked for as BSL.
  function initials(text) {
    const capitals = text.match(/(?<!\p{L})\p{Lu}(?=\p{Ll})/gu) || [];
    return capitals.length > 2 ? capitals.join("") : "";
  }

  function learn(text, weight) {
    const seen = [];
    for (const word of words(text)) {
      seen.push(stem(word));
      if (weight && word.length > 2 && !/\d/.test(word) && !isSmall(word)) spellings.set(word, (spellings.get(word) || 0) + weight);
    }
    return seen;
  }

  // The address of a section says in a word or two what it is about. Other words of a record do it better.
  const slug = ({ id, kind }) => (kind === "section" ? id : "");

  // After the entries: what they say too is no word of help alone.
  function learnHelp(items) {
    for (const word of items.flatMap((item) => item.words.flatMap(words))) {
      if (!spellings.has(word)) helpWords.add(word);
      for (const stemmed of learn(word, 1)) counts.set(stemmed, counts.get(stemmed) || 1);
    }
  }

  // Puts the entry in row n of the columns that travelled among the others, and its words into the engine.
  function enter({ page, anchor, kind, title, text, also, old, hidden, today, see }, n, builder) {
    const [address, place] = pages[page[n]];
    const entry = {
      n: entries.length, id: anchor[n], kind: kind[n], title: title[n], text: text[n], today: today[n], place,
      begins: carrying(words(title[n])).join(" "),
      address: address + (anchor[n] && "#" + anchor[n]),
      also: also[n] ? also[n].split("|") : [],
      hidden: hidden[n] ? hidden[n].split(" ") : [],
      see: see[n] ? see[n].split(" ") : [],
    };
    entries.push(entry);
    if (entry.id) byId.set(entry.id, entry);
    // "Lived experience (LE)" is known by both its names.
    for (const title of [entry.title, ...(/^(.+) \((.+)\)$/.exec(entry.title) || []).slice(1)]) name(entry, title, 1, "title");
    for (const other of entry.also) name(entry, other, 0.8, "also");
    if (slug(entry)) name(entry, slug(entry), 0.7, "also");
    for (const other of old[n] ? old[n].split("|") : []) name(entry, other, 0.75, "old");
    const field = {
      n: entry.n,
      title: learn(title[n], 3),
      also: [...learn(also[n], 3), ...learn(old[n], 0), ...learn(slug(entry), 0), ...learn([title[n], ...entry.also].map(initials).join(" "), 0)],
      text: learn(text[n], 1),
      place: place === entry.title ? [] : words(place).map(stem),
    };
    entry.said = ` ${[...field.title, ...field.text].join(" ")} `;
    field.text.push(...learn(hidden[n], 1));
    for (const word of new Set([...field.title, ...field.also, ...field.text])) counts.set(word, (counts.get(word) || 0) + 1);
    builder.add(field, { boost: WEIGHTS[entry.kind] });
  }

  // One part of the index. The first holds what all of them share. A slow phone takes a second over a part: so that
  // the page never stands still meanwhile, others get a turn in between.
  const TURN = 40; // milliseconds
  async function add(part) {
    if (part.pages) {
      pages.push(...part.pages);
      parts = part.parts;
      welsh = new Set((part.welsh || []).flatMap(words).filter((word) => word.length > 2)); // "a" is English too
      help = part.help.map((item) => ({ ...item, words: item.words.map((phrase) => runs(phrase).flat()) }));
    }
    const builder = new lunr.Builder();
    builder.ref("n");
    for (const field of ["title", "also", "place", "text"]) builder.field(field);
    let began = performance.now();
    for (const n of (part.entries.title || []).keys()) {
      enter(part.entries, n, builder);
      if (performance.now() - began < TURN) continue;
      await new Promise((done) => setTimeout(done));
      began = performance.now();
    }
    engines.push(builder.build());
    if (part.help) learnHelp(part.help);
    mendings.clear();
    added += 1;
    for (const tell of waiting) tell();
  }

  // ------------------------------------------------------------------ spelling

  const rarity = (stemmed) => Math.log(1 + entries.length / (0.5 + (counts.get(stemmed) || 0)));
  const known = (word) => counts.has(stem(word));

  // Edits between two words: a letter more, less, other, or two that changed places. Gives up beyond the limit.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  // "easyread" was meant to be two words.
  function split(word) {
    let best = null;
    for (let at = 2; at <= word.length - 2; at += 1) {
      const halves = [word.slice(0, at), word.slice(at)];
      const weight = Math.min(...halves.map((half) => (isSmall(half) ? 2 : half.length > 2 ? spellings.get(half) || 0 : 0)));
      if (weight > 1 && (!best || weight > best.weight)) best = { weight, halves };
    }
    return best && best.halves;
  }

  // Which letters a word has, one bit each: words whose letters differ much need no closer look.
  const letters = (word) => [...word].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) % 31)), 0);

  function bits(number) {
    let count = 0;
    for (let rest = number; rest; rest &= rest - 1) count += 1;
    return count;
  }

  const mendings = new Map();

  // A word of four letters is mended only when it stands alone: among others it is near to too many.
  function mended(word, alone) {
    if (word.length < (alone ? 4 : 5) || /\d/.test(word)) return null;
    if (!mendings.has(word)) mendings.set(word, nearest(word));
    return mendings.get(word);
  }

  // The nearest word of the site: within one edit for a short word, two for a long one, three for a very long one.
  // Few people miss the first letter, and nobody should be sent to help that they did not ask for: one edit there.
  function nearest(word) {
    const limit = word.length < 7 ? 1 : word.length < 11 ? 2 : 3;
    const mine = letters(word);
    let best = null;
    for (const [other, weight] of spellings) {
      const isNear = word[0] === other[0];
      if (helpWords.has(other) && !isNear) continue;
      const most = isNear && !helpWords.has(other) ? limit : 1;
      if (Math.abs(other.length - word.length) > most || bits(mine ^ letters(other)) > 2 * most) continue;
      const edits = distance(word, other, most);
      if (edits > most) continue;
      const cost = edits + (isNear ? 0 : 0.6) - 0.12 * Math.log(weight);
      if (!best || cost < best.cost) best = { cost, edits, word: other };
    }
    if (best && best.edits === 1) return [best.word];
    return split(word) || (best && [best.word]);
  }

  const LONGEST_QUESTION = 300; // letters: enough for a whole story

  // The question in words that the site knows, which of them were mended, and what it looks like after that.
  function read(question, typing) {
    const said = runs(question.slice(0, LONGEST_QUESTION));
    // A hyphen joins when the site knows the joined word.
    const typed = said.flatMap((pieces) => (pieces.length > 1 && known(pieces.join("")) ? [pieces.join("")] : pieces));
    const list = [];
    const weak = new Set();
    for (let n = 0; n < typed.length; n += 1) {
      const word = typed[n];
      const next = typed[n + 1];
      const unfinished = typing && n === typed.length - 1;
      const isKnown = isSmall(word) || known(word);
      if (next && known(word + next)) {
        list.push(word + next);
        if (isKnown && known(next)) list.push(word);
        else n += 1;
      } else if (isKnown || (unfinished && beginnings(word).length)) {
        list.push(word);
      } else {
        const better = mended(word, typed.length === 1);
        for (const other of better || []) weak.add(stem(other));
        list.push(...(better || [word]));
      }
    }
    return { given: said.flat(), list, weak, mended: weak.size ? list.map(shown).join(" ") : "" };
  }

  const shown = (word) => word.replace(/^co(production|design|creation|commissioning|delivery|assessment)/, "co-$1");

  function beginnings(word) {
    const found = [];
    if (word.length > 1) for (const other of spellings.keys()) if (other.startsWith(word)) found.push(other);
    return found;
  }

  // ------------------------------------------------------------------ answers

  // Every run of up to `most` words that stand side by side.
  const spans = (list, most) => list.flatMap((_, from) => list.slice(from, from + most).map((_, n) => list.slice(from, from + n + 1)));

  function weigh(stemmed) {
    let sum = 0;
    for (const one of stemmed) sum += rarity(one);
    return sum;
  }

  // Help for what the site does not do: one of its phrases stands in the question. A single word counts as it is
  // spelt, several by their stems. The urgent comes before the rest, then the longest phrase.
  function helpFor(list) {
    const spelt = new Set(list.map(spelling));
    const row = ` ${key(list)} `;
    const core = ` ${key(carrying(list))} `;
    const stands = (phrase) =>
      phrase.length === 1 ? spelt.has(spelling(phrase[0])) : (phrase.some(isSmall) ? row : core).includes(` ${key(phrase)} `);
    const met = help.flatMap((item) => item.words.filter(stands).map((phrase) => ({ item, length: phrase.length })));
    met.sort((a, b) => b.item.urgent - a.item.urgent || b.length - a.length);
    return met.length ? met[0].item : null;
  }

  // Mended words may bring urgent help, and no other: nobody should be sent to the wrong place by a slip of ours.
  function helpFromMended(list) {
    const item = helpFor(list);
    return item && item.urgent ? item : null;
  }

  // How much of the question each entry is called by: 1 when it is called just that. Less when some words of the
  // name are missing, and when they are strewn over the question.
  function called(list) {
    const core = new Set(carrying(list).map(stem));
    const rows = [` ${key(list)} `, ` ${key(carrying(list))} `];
    const whole = weigh(core) || 1;
    const best = new Map();
    const near = new Set(list.flatMap((word) => namesWith.get(stem(word)) || []));
    for (const { text, stems, of } of [...near].sort((a, b) => a.n - b.n)) {
      const met = stems.filter((stemmed) => core.has(stemmed));
      const inRow = rows.some((row) => row.includes(` ${text} `));
      if (!met.length && !inRow) continue;
      const share = inRow ? weigh(met) / whole : (weigh(met) / whole) * (weigh(met) / weigh(stems)) ** 2 * 0.75;
      for (const { entry, weight, kind } of of) {
        const sure = share * weight;
        if (sure > (best.has(entry) ? best.get(entry).sure : 0)) best.set(entry, { sure, inRow, full: inRow && share > 0.99, kind });
      }
    }
    return best;
  }

  // A word explained leads on: what it says to see is half meant too.
  function lead(calls) {
    for (const [from, { sure }] of [...calls]) {
      if (sure < 0.5) continue;
      for (const id of from.see) {
        const entry = byId.get(id);
        if (entry && !(calls.has(entry) && calls.get(entry).sure > sure / 2)) calls.set(entry, { sure: sure / 2, full: false, kind: "see" });
      }
    }
  }

  // What the engine finds: for each entry how well it fits, and by which stems. Each field is asked by itself, as
  // the engine would even out what they weigh. The longer the question, the more the text says beside the names.
  function matched(core, weak, last) {
    const found = new Map();
    const fields = { title: 2, also: 4, place: 1, text: 1 + Math.min(3, 0.8 * (core.length - 1)) };
    for (const engine of engines) {
      for (const [field, weight] of Object.entries(fields)) {
        const hits = engine.query((query) => {
          for (const word of core) query.term(word, { usePipeline: false, fields: [field], boost: weak.has(word) ? 0.6 : 1 });
          for (const word of last) query.term(word, { usePipeline: false, fields: [field], boost: 0.6 });
        });
        for (const { ref, score, matchData } of hits) {
          const hit = found.get(entries[ref]) || { fit: 0, stems: [] };
          hit.fit += weight * score;
          hit.stems.push(...Object.keys(matchData.metadata));
          found.set(entries[ref], hit);
        }
      }
    }
    return found;
  }

  const NO_MATCH = { fit: 0, stems: [] };
  const NO_CALL = { sure: 0, full: false };

  // The entries that answer, best first: by what they are called and by how well their words fit.
  // `unfinished` is a last word that may go on.
  function ranked(list, weak, unfinished) {
    const core = [...new Set(carrying(list).map(stem))];
    const whole = weigh(core) || 1;
    const last = unfinished ? [...new Set(beginnings(unfinished).map(stem))].slice(0, 40) : [];
    const found = matched(core, weak, last);
    const calls = called(list);
    lead(calls);
    const most = Math.max(...[...found.values()].map((hit) => hit.fit), 1e-9);
    const results = [...new Set([...found.keys(), ...calls.keys()])].map((entry) => {
      const { fit, stems } = found.get(entry) || NO_MATCH;
      const call = calls.get(entry) || NO_CALL;
      const met = core.filter((word) => stems.includes(word) || (last.includes(word) && stems.some((other) => last.includes(other))));
      const cover = weigh(met) / whole;
      const weight = WEIGHTS[entry.kind];
      return { entry, stems, call, met, cover, score: 0.5 * (fit / most) * cover + weight * call.sure * (call.full ? 1.6 : 0.8) };
    });
    const best = (a, b) => b.score - a.score;
    results.sort(best);
    remember(results.slice(0, 40), list);
    return results.sort(best);
  }

  // Entries that say a run of the question word for word are better still.
  function remember(results, list) {
    const said = spans(list, 9)
      .filter((span) => span.length > 1)
      .sort((a, b) => b.length - a.length)
      .map((span) => ({ text: ` ${key(span)} `, share: span.length / list.length }));
    for (const result of results) {
      const longest = said.find(({ text }) => result.entry.said.includes(text));
      if (longest) result.score += 0.5 * longest.share;
    }
  }

  // What is answered when the language of the question is not ours: an anchor of the page about this site.
  const LANGUAGES = "languages";
  const MOST = 20;

  // The best answer is about something else when it is not called by its name, meets at most one word, a small part
  // of the question, and the site does not know most of the words at all.
  function isDoubtful(best, list, weak) {
    if (!best || !best.met.length) return true;
    if (best.call.inRow) return false;
    const core = carrying(list);
    return best.met.length === 1 && best.cover < 0.6 && core.filter((word) => known(word) && !weak.has(stem(word))).length <= core.length / 2;
  }

  // What the site has to say to a question.
  function ask(question) {
    const { given, list, weak, mended } = read(question, false);
    const nothing = !list.some(known);
    const ranks = nothing ? [] : ranked(list, weak).slice(0, MOST);
    const needed = helpFor(given) || helpFromMended(list) || (!nothing && isDoubtful(ranks[0], list, weak) && elsewhere());
    const now = wordOfToday(ranks.slice(0, 8), question);
    const results = new Map();
    const answers = [...rest(question, ranks, nothing, needed)];
    if (now) answers.splice(1, 0, ...unranked(now.id));
    for (const { entry, stems } of [...(needed ? unranked(needed.id) : []), ...answers]) {
      if (!results.has(entry)) results.set(entry, { ...entry, ...why(entry, list), stems });
    }
    return {
      mended,
      nothing,
      today: now ? now.title : "",
      help: needed ? (needed.urgent ? "urgent" : "other") : "",
      sure: !needed && !mended && isSure(...ranks),
      most: MOST,
      results: list.length ? [...results.values()].slice(0, MOST) : [],
    };
  }

  // The entry for what people say now, when the question is mostly an older word for it. INVOLVE is a name only in capitals.
  function wordOfToday(ranks, question) {
    const old = ranks.find(({ entry, call }) => call.inRow && call.sure > 0.35 && (call.kind === "old" || entry.today));
    if (!old || (old.entry.title === old.entry.title.toUpperCase() && !question.includes(old.entry.title))) return null;
    return byId.get(old.entry.today || old.entry.id) || null;
  }

  const SESSIONS = "training/"; // nobody who may be in danger should be offered a workshop

  // What comes after the help that is needed, if any is. Letters that English does without may mean another language.
  function rest(question, ranks, nothing, needed) {
    if (needed && needed.urgent) return ranks.filter(({ entry }) => !entry.address.startsWith(SESSIONS));
    if (!nothing) return ranks;
    const ids = [elsewhere().id, LANGUAGES];
    return unranked(...(/[^\p{ASCII}\p{P}]/u.test(question) ? ids.reverse() : ids));
  }

  const unranked = (...ids) => ids.filter((id) => byId.has(id)).map((id) => ({ entry: byId.get(id), stems: [] }));
  const elsewhere = () => help.find((item) => !item.words.length) || {};

  // One entry is called just what was asked, and no other comes near.
  const isSure = (best, next) => Boolean(best && best.call.full && best.call.kind !== "old" && (!next || best.score - next.score > 0.15));

  // Why an entry was found, when what it shows does not tell: another name for it, and words further down its text.
  function why(entry, list) {
    const shows = new Set(words(`${entry.title} ${entry.text}`).map(stem));
    const missing = new Set(carrying(list).map(stem).filter((word) => !shows.has(word)));
    const isMissing = (word) => missing.has(stem(word));
    return {
      // That page names languages; the words that lead to it are in many, and nothing here says in which.
      by: (entry.id !== LANGUAGES && entry.also.find((other) => words(other).some(isMissing))) || "",
      below: entry.hidden.filter(isMissing).join(", "),
    };
  }

  // What a reader may be about to ask for.
  function suggest(beginning) {
    const { given, list, weak } = read(beginning, true);
    if (!list.length || beginning.trim().length < 2) return [];
    const needed = helpFor(given);
    const seen = new Set();
    const typed = words(beginning).join(" ");
    const begins = ({ entry }) => Number(entry.begins.startsWith(typed));
    const likely = ranked(list, weak, /\s$/.test(beginning) ? "" : list[list.length - 1])
      .sort((a, b) => begins(b) - begins(a))
      .filter(({ entry }) => {
        const twin = entry.title + "|" + entry.place;
        return !seen.has(twin) && seen.add(twin);
      })
      .map(({ entry }) => entry);
    const first = needed ? unranked(needed.id).map(({ entry }) => entry) : [];
    return [...new Set([...first, ...likely])].slice(0, 6);
  }

  // A text in pieces, each with whether it holds one of the stems, and whether it is Welsh.
  function pieces(text, wanted) {
    const stemsWanted = new Set(wanted);
    return text.split(/([\p{L}\p{N}’'-]+)/u).map((piece, n) => {
      const said = n % 2 ? words(piece) : [];
      return { text: piece, hit: said.some((word) => stemsWanted.has(stem(word))), lang: said.some((word) => welsh.has(word)) ? "cy" : "" };
    });
  }

  return {
    add, ask, suggest, pieces,
    get ready() { return added > 0; },
    // The number of the next part of the index, or 0 when all are here.
    get missing() { return added < parts ? added + 1 : 0; },
    onPart(tell) { waiting.push(tell); },
  };
})();
