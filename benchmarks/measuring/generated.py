"""Sites that are larger than ours: the real pages, and as many more of mixed words as a benchmark asks for."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from pathlib import Path

from coproduction import labels
from coproduction.site import may_be_found
from selectolax.lexbor import LexborHTMLParser

SECTIONS = 4  # of each generated page
FOLDER = "generated"
_LONGEST_TITLE = 43  # with the name of the site behind it, a build takes 70
_COPIED = ("mkdocs.yml", "docs", "overrides", "scripts", "tests/published_addresses.txt")
_FRONT_MATTER = """\
---
title: {title}
description: {description}
reading: practice
updated: 2026-11-22
reviewed: 2026-11-22
review_by: 2027-11-22
owner: The editors
---
"""


def words_of(site: Path) -> Counter[str]:
    """How often each word stands on the pages of a built site."""
    counted: Counter[str] = Counter()
    for path in sorted(site.rglob("index.html")):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if may_be_found(tree):
            counted.update(re.findall(r"[a-z]+(?:[’-][a-z]+)*", tree.css_first("main").text(separator=" ").lower()))
    return counted


def copy_tree(root: Path, into: Path) -> Path:
    """Copy what a build reads; return ``into``."""
    shutil.rmtree(into, ignore_errors=True)
    for name in _COPIED:
        source, target = root / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, target)
    return into


def grow(root: Path, words: Counter[str], pages: int, seed: int = 1) -> None:
    """Add ``pages`` pages to the project at ``root``, which stand outside its menu. The same seed makes the same pages.

    :param words: the words to mix, with how often each is to come.
    """
    mixer = _Mixer(words, seed)
    folder = root / "docs" / FOLDER
    folder.mkdir(parents=True)
    for number in range(1, pages + 1):
        (folder / f"page-{number}.md").write_text(mixer.page(), encoding="utf-8", newline="\n")
    switches = root / "mkdocs.yml"
    text = switches.read_text(encoding="utf-8")
    outside = re.sub(r"^not_in_nav: (?:\|\n)?\s*", f"not_in_nav: |\n  /{FOLDER}/\n  ", text, count=1, flags=re.MULTILINE)
    switches.write_text(outside, encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    """A text as front matter has it, whatever it says."""
    return json.dumps(text, ensure_ascii=False)


class _Mixer:
    """Mixes words into titles, sentences and pages.

    All of it stands in quotation marks, so that no check asks for other words.
    """

    def __init__(self, words: Counter[str], seed: int) -> None:
        self._random = random.Random(seed)
        self._words = sorted(words)
        self._often = [words[word] for word in self._words]
        self._titles: set[str] = set()

    def page(self) -> str:
        title = f"“{self._new(self._titles).capitalize()}”"
        parts = [_FRONT_MATTER.format(title=_quoted(title), description=_quoted(self._sentence())), self._paragraph()]
        headings: set[str] = set()
        for number in range(1, SECTIONS + 1):
            heading = self._new(headings)
            anchor = f"{re.sub('[^a-z]+', '-', heading)}-{number}"
            parts += [f"## “{heading.capitalize()}” {{: #{anchor} }}", self._paragraph(), self._paragraph()]
        return "\n\n".join(parts) + "\n"

    def _new(self, taken: set[str]) -> str:
        """A title that is not taken yet; now it is."""
        title = self._mixed(3, 5)
        # What "site" would refuse as the words of a link to it is no title either: "the the the".
        while title in taken or len(title) > _LONGEST_TITLE or list(labels.of_link_name(FOLDER, 0, title, "")):
            title = self._mixed(3, 5)
        taken.add(title)
        return title

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._random.randint(2, 4)))

    def _sentence(self) -> str:
        return f"“{self._mixed(5, 12).capitalize()}.”"

    def _mixed(self, fewest: int, most: int) -> str:
        return " ".join(self._random.choices(self._words, self._often, k=self._random.randint(fewest, most)))
