// As the README of MiniSearch suggests: https://github.com/lucaong/minisearch
"use strict";

const index = new MiniSearch({
  fields: ["title", "also", "text"],
  searchOptions: { boost: { title: 2 }, fuzzy: 0.2, prefix: true },
});
index.addAll(entries.map((entry, id) => ({ id, ...entry })));

const search = (words) => index.search(words).map(({ id }) => [entries[id].address]);
