"""How much there is to fetch, and how long a reader waits, as a site grows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bench
from coproduction.site import may_be_found
from plain_host import hosted
from selectolax.lexbor import LexborHTMLParser

from . import contenders, keys
from .comparing import QUERIES
from .host import Weight, kilobytes, visit, weight
from .tables import aligned, for_a_page

LARGEST_PART = 300_000  # bytes of a part of the index, as it travels
EVERY = 10  # of our own questions: one of each kind


@dataclass(frozen=True)
class Grower:
    """A search that is typed into: where its site stands, what it loads, and which files are its index."""

    name: str
    folder: str
    loads: str
    index: str
    box: str

    def entries(self, site: Path) -> int:
        """How many things can be found."""
        if self.folder == "ours":
            return len(list(contenders.index_entries(site)))
        return len(json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"])


OURS = Grower("Ours", "ours", contenders.Ours.loads, "assets/search-index-*.js", keys.OURS)
MATERIAL = Grower("Stock Material", "material", contenders.Material.loads, "search/search_index.json", keys.MATERIAL)


@dataclass(frozen=True)
class Result:
    """What came out for one search on one site."""

    site: str
    name: str
    pages: int
    entries: int
    parts: tuple[int, ...]
    before_first: int
    waits: keys.Waits
    too_large: tuple[str, ...]


def measure(grower: Grower, folder: Path, site_name: str, browser: Any) -> Result:
    """Measure one search on one site.

    :param folder: where the sites of all contenders stand.
    """
    site = folder / grower.folder
    questions = [query.words for query in bench.read_queries(QUERIES["own"])[::EVERY]]
    with hosted(site) as host:
        with visit(browser) as page:
            waits = keys.wait(page, host.address, grower.box, questions)
        # A later part is asked for when the one before it can be searched.
        fetched = [path for path in dict.fromkeys(host.sent) if re.fullmatch(grower.loads, path)]
    later = [path for path in fetched if re.search(r"search-index-(?!1\.)", path)]
    parts = sorted(site.glob(grower.index))
    return Result(
        site_name,
        grower.name,
        _pages(site),
        grower.entries(site),
        tuple(weight(part).brotli for part in parts),
        sum((weight(site / path) for path in fetched if path not in later), Weight(0, 0)).brotli,
        waits,
        tuple(too_large(parts)) if grower is OURS else (),
    )


def _pages(site: Path) -> int:
    """How many pages of a site are meant to be found."""
    return sum(may_be_found(LexborHTMLParser(path.read_text(encoding="utf-8"))) for path in site.rglob("index.html"))


def too_large(parts: list[Path], most: int = LARGEST_PART) -> list[str]:
    """What to say of each part of an index that weighs too much."""
    return [
        f"{part.name} weighs {kilobytes(size)} kB on its way, and {kilobytes(most)} kB is the most. "
        "Make the parts smaller: _PART in scripts/coproduction/search.py."
        for part in parts
        if (size := weight(part).brotli) > most
    ]


# ---------------------------------------------------------------------------- report


def report(results: list[Result], measured: str, in_markdown: bool) -> str:
    """The tables: what there is to fetch, and how long a reader waits."""
    table = for_a_page if in_markdown else aligned
    slow = f"Times on a processor slowed {keys.SLOWER} times, with files from the same machine."
    return "\n\n".join([table(size_rows(results)), table(wait_rows(results)), f"{slow} Measured: {measured}."])


def size_rows(results: list[Result]) -> list[list[str]]:
    """What there is to fetch, packed with brotli."""
    rows = [["search", "pages", "entries", "parts", "largest, kB", "all, kB", "before the first, kB"]]
    for one in results:
        sizes = [kilobytes(size) for size in (max(one.parts), sum(one.parts), one.before_first)]
        rows.append([f"{one.name}, {one.site}", f"{one.pages:,}", f"{one.entries:,}", str(len(one.parts)), *sizes])
    return rows


def wait_rows(results: list[Result]) -> list[list[str]]:
    """How long a reader waits."""
    return [["search", *keys.ROW], *([f"{one.name}, {one.site}", *one.waits.row()] for one in results)]
