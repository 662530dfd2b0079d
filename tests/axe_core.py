"""axe-core on an open page: what is wrong, and what axe cannot decide unless ``axe_explained.json`` says why it is right.

An explanation names one rule, the pages it may be used on, and a selector that the element or a part around it
matches. ``because`` says why axe cannot decide; ``proved_by`` names the test of ours that decides instead.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from coproduction.environment import NodeTools

HERE = Path(__file__).resolve().parent
KEYS = ("rule", "pages", "within", "because", "proved_by")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FEWEST_RUN = 90  # rules; a script or a list of tags that lost some would find nothing
FEWEST_JUDGED = 15  # of them, that find something on a page to judge

# Beyond the tags: contrast of 7 to 1, and words of one letter are words too. Where something lies `over` the page,
# contrast is judged in it alone: axe cannot judge words that are covered. `tried` are the explanations for this page.
_RUN = """
async ({ tags, tried, over }) => {
  const contrast = ["color-contrast", "color-contrast-enhanced"];
  const each = (value) => Object.fromEntries(contrast.map((name) => [name, value]));
  const run = (where, runOnly, rules) => axe.run(where, {
    runOnly, rules, checks: each({ options: { ignoreLength: true } }),
    resultTypes: ["violations", "incomplete"], elementRef: true,
  });
  const said = over ? [await run(document.querySelector(over), { type: "rule", values: contrast }, {})] : []; // it may soon fade
  said.push(await run(document, { type: "tag", values: tags }, each({ enabled: !over })));
  const rules = (sort) => said.flatMap((one) => one[sort]);
  const nodes = (sort) => rules(sort).flatMap((rule) => rule.nodes.map((node) => ({ rule, node })));
  const line = ({ rule, node }) => `${rule.id} at ${node.target.join(" ")}: ` +
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ").replace(/\\s+/g, " ");
  const reason = ({ rule, node }) => tried.findIndex((one) => one.rule === rule.id && node.element.closest(one.within));
  const unsure = nodes("incomplete");
  const judged = ["violations", "incomplete", "passes"].flatMap(rules);
  return {
    faults: [
      ...nodes("violations").map(line),
      ...unsure.filter((one) => reason(one) < 0).map((one) => "needs review: " + line(one)),
    ],
    rules: [...rules("violations"), ...rules("incomplete")].map((rule) => rule.id),
    used: unsure.map(reason).filter((number) => number >= 0),
    judged: judged.length,
    run: judged.length + rules("inapplicable").length,
  };
}
"""


@dataclass(frozen=True)
class Said:
    """What axe said of a page in one state."""

    faults: list[str]  # a line each: what breaks a rule, and what nobody has explained
    rules: set[str]  # that found a fault, or could not decide
    explained: Counter[int]  # how often each explanation was used, by its number in the file
    run: int  # rules in all
    judged: int  # rules that found something to judge


@cache
def explanations(file: Path = HERE / "axe_explained.json") -> list[dict]:
    """The explanations, each with all its keys."""
    read = json.loads(file.read_text(encoding="utf-8"))
    assert all(tuple(one) == KEYS for one in read), f"each explanation needs {', '.join(KEYS)}, in this order"
    return read


class Axe:
    """Runs the rules on the page that a browser has open."""

    def __init__(self, tools: NodeTools, explained: list[dict]) -> None:
        self._script = (Path(tools.modules) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.explained = explained

    def __call__(self, page, path: str | None = None, over: str = "") -> Said:
        """Judge ``page``.

        :param path: its address in the site, taken from the browser when left out.
        :param over: a selector of what lies over the page, when something does.
        """
        path = urlsplit(page.url).path.lstrip("/") if path is None else path
        numbers = [number for number, one in enumerate(self.explained) if path in one["pages"]]
        self.load(page)
        said = page.evaluate(_RUN, {"tags": TAGS, "tried": [self.explained[number] for number in numbers], "over": over})
        assert said["run"] >= FEWEST_RUN, f"only {said['run']} rules ran"
        assert said["judged"] >= FEWEST_JUDGED, f"only {said['judged']} rules found something to judge"
        used = Counter(numbers[index] for index in said["used"])
        return Said(said["faults"], set(said["rules"]), used, said["run"], said["judged"])

    def load(self, page) -> None:
        """See to it that the page has axe's own functions."""
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(self._script)
