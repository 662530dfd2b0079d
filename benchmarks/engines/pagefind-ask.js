// As Pagefind's guide to its API says, in the order of its own results list: pages, and on each the parts with most hits.
"use strict";

const SHOWN = 10; // pages; each is a file of its own
const PARTS = 3; // of a page

async function search(words) {
  const pagefind = await import("./pagefind/pagefind.js");
  const { results } = await pagefind.search(words);
  const pages = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
  const best = (page) => page.sub_results.sort((a, b) => b.locations.length - a.locations.length).slice(0, PARTS);
  return pages.map((page) => [page.url, ...best(page).map(({ url }) => url)]);
}
