// MiniSearch behind the few calls that our search makes of lunr's index. lunr still cuts the words to their stems.
"use strict";

lunr.Builder = class {
  constructor() {
    this.fields = [];
    this.documents = [];
  }

  ref() {}

  field(name) {
    this.fields.push(name);
  }

  add(document, { boost }) {
    this.documents.push({ ...document, boost });
  }

  build() {
    const asTheyAre = { tokenize: (text) => (Array.isArray(text) ? text : text.split(" ")), processTerm: (term) => term, stringifyField: (value) => value };
    const index = new MiniSearch({ idField: "n", fields: this.fields, storeFields: ["boost"], ...asTheyAre });
    index.addAll(this.documents);
    return { query: (ask) => answer(index, ask) };
  }
};

function answer(index, ask) {
  const boosts = new Map();
  const fields = new Set();
  ask({
    term(word, { boost = 1, fields: named }) {
      boosts.set(word, Math.max(boost, boosts.get(word) || 0));
      for (const name of named) fields.add(name);
    },
  });
  if (!boosts.size) return [];
  const options = { fields: [...fields], boostTerm: (term) => boosts.get(term), boostDocument: (id, term, stored) => stored.boost };
  return index.search([...boosts.keys()].join(" "), options).map(({ id, score, terms }) => ({
    ref: id,
    score,
    matchData: { metadata: Object.fromEntries(terms.map((term) => [term, {}])) },
  }));
}
