"""Ask a search the queries of this folder, as a reader would, and count how often the right answer comes, and how soon.

``topics.tsv`` says which addresses answer a topic. Each query names the topics that answer it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
NOTHING = "none"  # the mark of a query that the site cannot answer
SHOWN = 3  # how many answers a reader looks at, in the second measure


@dataclass(frozen=True)
class Query:
    """What somebody types, what they want, and the topics that give it, the best one first."""

    words: str
    kind: str
    wants: str
    topics: tuple[str, ...]

    @property
    def in_scope(self) -> bool:
        """Whether the site has an answer."""
        return NOTHING not in self.topics


@dataclass(frozen=True)
class Reply:
    """What a search gave for a query: addresses from the site's root, in order, and where the right one stood."""

    query: Query
    got: tuple[str, ...]
    rank: int  # 0 when it did not come

    @property
    def is_empty(self) -> bool:
        """Whether a query that has an answer got none at all."""
        return self.query.in_scope and not self.got


@dataclass(frozen=True)
class Score:
    """How a set of replies did."""

    queries: int
    first: int
    shown: int
    reciprocal: float
    empty: int


# ------------------------------------------------------------------------- files


def read_queries(path: Path) -> list[Query]:
    """The queries of a file. One that names no kinds is of the kind that its name ends in."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    named = path.stem.partition("-")[2]
    return [Query(row["query"], row.get("kind") or named, row["wants"], tuple(row["topic"].split("|"))) for row in rows]


def read_topics(path: Path = HERE / "topics.tsv") -> dict[str, tuple[str, ...]]:
    """The addresses that answer each topic."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {row[0]: tuple(row[1].split()) for row in rows}


# ----------------------------------------------------------------------- measures


def rank(query: Query, got: tuple[str, ...], topics: dict[str, tuple[str, ...]]) -> int:
    """Where the first right answer stands, from 1; 0 when it did not come.

    Where the site has no answer, the right one is none at all, or the place that says so on top.
    """
    right = {address for topic in query.topics for address in topics[topic]}
    if not query.in_scope:
        return int(not got or got[0] in right)
    return next((place for place, address in enumerate(got, 1) if address in right), 0)


def run(queries: Iterable[Query], ask: Callable[[str], list[str]], topics: dict[str, tuple[str, ...]]) -> list[Reply]:
    """Ask each query."""
    replies = []
    for query in queries:
        got = tuple(ask(query.words))
        replies.append(Reply(query, got, rank(query, got, topics)))
    return replies


def score(replies: list[Reply]) -> Score:
    """Count the right answers."""
    return Score(
        queries=len(replies),
        first=sum(reply.rank == 1 for reply in replies),
        shown=sum(1 <= reply.rank <= SHOWN for reply in replies),
        reciprocal=sum(1 / reply.rank for reply in replies if reply.rank) / len(replies),
        empty=sum(reply.is_empty for reply in replies),
    )


def by_kind(replies: list[Reply]) -> dict[str, list[Reply]]:
    """The replies to each kind of query, in the order of the file."""
    kinds: dict[str, list[Reply]] = {}
    for reply in replies:
        kinds.setdefault(reply.query.kind, []).append(reply)
    return kinds


# -------------------------------------------------------------------------- tables


def table(sets: dict[str, list[Reply]]) -> str:
    """One line for each set of replies, in columns that stand under each other."""
    rows = [("", "queries", "first", "first three", "reciprocal rank", "empty")]
    for name, replies in sets.items():
        s = score(replies)
        rows.append((name, str(s.queries), str(s.first), str(s.shown), f"{s.reciprocal:.3f}", str(s.empty)))
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join([f"{row[0]:<{widths[0]}}", *map(str.rjust, row[1:], widths[1:])]) for row in rows)


def misses(replies: list[Reply], beyond: int = SHOWN) -> str:
    """What did not come among the first ``beyond``: the words, what was wanted, and what came in its place."""
    return "\n".join(
        f"{reply.query.words}\n"
        f"    wanted {' or '.join(reply.query.topics)}\n"
        f"    got    {', '.join(reply.got[:SHOWN]) or 'nothing'}"
        for reply in replies
        if not 1 <= reply.rank <= beyond
    )


# ------------------------------------------------------------------------ our search


def ask_ours(page, address: str, words: str) -> list[str]:
    """What the results page of the site at ``address`` lists for ``words``: the first link of each item."""
    page.goto(f"{address}search/index.html#q={quote(words, safe='')}")
    page.wait_for_function("words => document.getElementById('cp-search-results').dataset.for === words", arg=words)
    links = page.eval_on_selector_all("main ol > li", "items => items.map(item => item.querySelector('a').href)")
    return [link.removeprefix(address) for link in links]
