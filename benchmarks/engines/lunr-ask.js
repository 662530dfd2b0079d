// As lunr's own guide begins: https://lunrjs.com/guides/getting_started.html
"use strict";

const index = lunr(function () {
  this.ref("n");
  for (const field of ["title", "also", "text"]) this.field(field);
  for (const [n, entry] of entries.entries()) this.add({ n, ...entry });
});

function search(words) {
  try {
    return index.search(words).map(({ ref }) => [entries[ref].address]);
  } catch (error) {
    return []; // signs that lunr takes for commands
  }
}
