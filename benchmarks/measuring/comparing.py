"""How well each contender answers, and what it costs to fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bench
from plain_host import hosted

from . import ROOT
from .contenders import Contender
from .host import Weight, kilobytes, visit, weight
from .tables import aligned, for_a_page

QUERIES = {name: ROOT / "tests" / "search" / f"queries-{name}.tsv" for name in ("dev", "own", "fresh")}
PROBE = "reciprocity"  # what is asked while the bytes are counted, and from a disk
PATIENCE_WITH_A_DISK = 5_000  # milliseconds


@dataclass(frozen=True)
class Result:
    """What came out for one contender."""

    name: str
    replies: dict[str, list[bench.Reply]]
    weight: Weight
    files: int
    from_disk: bool


def measure(contender: Contender, folder: Path, browser: Any) -> Result:
    """Ask a contender whose files are in ``folder`` everything."""
    topics = bench.read_topics()
    with hosted(folder) as host:
        with visit(browser) as page:
            assert contender.ask(page, host.address, PROBE), f"{contender.name} answers nothing"
            fetched = [path for path in dict.fromkeys(host.sent) if re.fullmatch(contender.loads, path)]
        with visit(browser) as page:
            replies = {
                name: [
                    replied(query, contender.ask(page, host.address, query.words), topics) for query in bench.read_queries(path)
                ]
                for name, path in QUERIES.items()
            }
    return Result(
        contender.name,
        replies,
        sum((weight(folder / path) for path in fetched), Weight(0, 0)),
        len(fetched),
        works_from_disk(contender, folder, browser),
    )


def replied(query: bench.Query, answers: list[list[str]], topics: dict[str, tuple[str, ...]]) -> bench.Reply:
    """A reply whose answers may hold several links each. An answer is right when one of its links is."""
    right = [any(bench.rank(query, (link,), topics) for link in links) for links in answers]
    if query.in_scope:
        place = right.index(True) + 1 if True in right else 0
    else:
        place = int(right[0]) if right else bench.rank(query, (), topics)
    return bench.Reply(query, tuple(links[0] for links in answers), place)


def works_from_disk(contender: Contender, folder: Path, browser: Any) -> bool:
    """Whether it answers when its page is opened as a file."""
    from playwright.sync_api import Error

    with visit(browser) as page:
        page.set_default_timeout(PATIENCE_WITH_A_DISK)
        try:
            return bool(contender.ask(page, f"{folder.as_uri()}/", PROBE))
        except Error:
            return False


# ---------------------------------------------------------------------------- report


def report(results: list[Result], measured: str, in_markdown: bool) -> str:
    """The tables: how well, and at what cost; and of our search, how well it does with each kind of question."""
    table = for_a_page if in_markdown else aligned
    answers = [table(answer_rows(results, name)) for name in QUERIES]
    kinds = [table(kind_rows(result)) for result in results if result.name == "Ours"]
    return "\n\n".join([*answers, table(cost_rows(results)), *kinds, f"Measured: {measured}."])


def answer_rows(results: list[Result], name: str) -> list[list[str]]:
    """The share of right answers in first place and in the first three, of one set of questions; the mean of one
    divided by the place of the first right answer; and how many that have an answer got none at all."""
    rows = [[f"questions: {name}", "first", "first three", "rank", "empty"]]
    for result in results:
        score = bench.score(result.replies[name])
        shares = [share(count, score.queries) for count in (score.first, score.shown)]
        rows.append([result.name, *shares, f"{score.reciprocal:.2f}", str(score.empty)])
    return rows


def cost_rows(results: list[Result]) -> list[list[str]]:
    """What travels before the first answer, and whether a disk is enough."""
    rows = [["search", "kB, brotli", "kB, gzip", "files", "works from a disk"]]
    for one in results:
        rows.append(
            [one.name, kilobytes(one.weight.brotli), kilobytes(one.weight.gzip), str(one.files), "yes" if one.from_disk else "no"]
        )
    return rows


def kind_rows(result: Result) -> list[list[str]]:
    """How one contender does with each kind of our own questions."""
    rows = [["kind of question", "asked", "first", "first three"]]
    for kind, replies in bench.by_kind(result.replies["own"]).items():
        score = bench.score(replies)
        rows.append([kind, str(score.queries), str(score.first), str(score.shown)])
    return rows


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.0f}%"
