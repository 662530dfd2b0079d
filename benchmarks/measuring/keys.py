"""How long a reader waits, on a slow processor: for the first suggestions, and after each key."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SLOWER = 4  # times
PROBE = "reci"
PAGE = "ladder/index.html"


@dataclass(frozen=True)
class Waits:
    """What a reader waits for, in milliseconds."""

    first: float  # from the focus to the first suggestions
    block: float  # the longest time that the page did not react, until all of the index was there
    keys: tuple[float, ...]  # after each key

    def row(self) -> list[str]:
        """As tables say it: the first suggestions, the longest block, a key in the middle, and how long 19 of 20 take at most."""
        slow = statistics.quantiles(self.keys, n=20, method="inclusive")[-1]
        return [f"{value:.0f}" for value in (self.first, self.block, statistics.median(self.keys), slow)]


ROW = ("first, ms", "block, ms", "key, ms", "19 of 20 keys, ms")


def wait(page: Any, address: str, box: str, questions: Iterable[str]) -> Waits:
    """Open a page, go to its search box at once, and type each question key by key.

    :param box: a script that makes ``box``: how to type into it, and how to see that an answer stands there.
    """
    page.add_init_script(_WATCH)
    page.goto(address + PAGE, wait_until="load")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(box)
    first = page.evaluate("words => box.first(words)", PROBE)
    page.evaluate("() => box.whole()")
    block = page.evaluate("() => Math.max(0, ...cpBlocks)")
    typed = [page.evaluate(_TYPE, question) for question in questions]
    return Waits(first, block, tuple(time for times in typed for time in times))


_WATCH = """
globalThis.cpBlocks = [];
new PerformanceObserver((list) => cpBlocks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
"""

_TYPE = """
async (question) => {
  const times = [];
  for (let end = 1; end <= question.length; end += 1) {
    times.push(await box.key(question.slice(0, end)));
    await new Promise((done) => setTimeout(done));
  }
  return times;
}
"""

# Ours answers before the event is over.
OURS = """
globalThis.box = {
  input: [...document.querySelectorAll("form.cp-search input")].find((input) => input.offsetParent),
  type(words) {
    this.input.value = words;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  },
  first(words) {
    const began = performance.now();
    this.input.focus();
    this.type(words);
    return new Promise((done) => {
      const look = () => (document.querySelector(".cp-suggestions li") ? done(performance.now() - began) : requestAnimationFrame(look));
      look();
    });
  },
  whole() {
    return new Promise((done) => {
      const look = () => (cpSearch.missing ? setTimeout(look, 100) : setTimeout(done, 100));
      look();
    });
  },
  key(words) {
    const began = performance.now();
    this.type(words);
    document.body.offsetHeight; // the browser works out where everything stands
    return performance.now() - began;
  },
};
0;
"""

# Stock Material answers from a worker: an answer is there when its list is written anew.
MATERIAL = """
globalThis.box = {
  input: document.querySelector("[data-md-component=search-query]"),
  type(words) {
    this.input.value = words;
    this.input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  },
  first(words) {
    const began = performance.now();
    this.input.focus();
    this.type(words);
    return new Promise((done) => {
      const look = () => (document.querySelector(".md-search-result__item") ? done(performance.now() - began) : requestAnimationFrame(look));
      look();
    });
  },
  whole: () => {},
  key(words) {
    return new Promise((done) => {
      const result = document.querySelector(".md-search-result");
      const end = () => {
        result.offsetHeight;
        watch.disconnect();
        clearTimeout(patience);
        done(performance.now() - began);
      };
      const watch = new MutationObserver(end);
      watch.observe(result, { childList: true, subtree: true, characterData: true });
      const patience = setTimeout(end, 10000);
      const began = performance.now();
      this.type(words);
    });
  },
};
0;
"""
