"""The form of the lists in tests/search/: other programs read them too, so each line must be as they expect."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

SEARCH = Path(__file__).resolve().parent / "search"
NEAREST = "nearest page until it has its own"
GOOD = f"start:new\twhat/ what/#plainest\nsession:slides\twhat/#quote\t{NEAREST}\nnone\t\n"


def faults(text: str) -> list[str]:
    """What is wrong with a list: each line has a topic, its addresses, and a remark while it has no page of its own."""
    lines = text.split("\n")
    found = [] if lines.pop() == "" else ["the last line has no end"]
    line_of_topic = re.compile(rf"[a-z0-9-]+(:[a-z0-9-]+)+\t\S+( \S+)*(\t{NEAREST})?|none\t")
    found += [line for line in lines if not line_of_topic.fullmatch(line)]
    topics = Counter(line.partition("\t")[0] for line in lines)
    return found + [topic for topic, times in topics.items() if times > 1]


def test_the_list_of_topics_is_as_its_readers_expect() -> None:
    assert faults((SEARCH / "topics.tsv").read_text(encoding="utf-8")) == []
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("what/ what/#plainest", "what/  what/#plainest"),
        ("what/ what/#plainest", ""),
        ("start:new", "Start:New"),
        ("start:new", "start"),
        ("session:slides", "start:new"),
        (NEAREST, "nearest page"),
        ("#quote\t", "#quote\t\t"),
        ("none\t\n", "none\t"),
        ("start:new\t", "start:new "),
    ],
)
def test_a_list_of_another_form_would_be_noticed(good: str, bad: str) -> None:
    assert good in GOOD
    assert faults(GOOD.replace(good, bad, 1)) != []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("queries-dev.tsv", ["query", "wants", "topic"]),
        ("queries-own.tsv", ["query", "kind", "wants", "topic"]),
        ("queries-fresh.tsv", ["query", "kind", "wants", "topic"]),
    ],
)
def test_the_queries_fill_every_column(name: str, columns: list[str]) -> None:
    head, *rows = (line.split("\t") for line in (SEARCH / name).read_text(encoding="utf-8").splitlines())
    assert head == columns
    assert [row for row in rows if len(row) != len(columns) or any(cell != cell.strip() or not cell for cell in row)] == []
