"""The benchmarks: what they generate, how they read a list of answers, and what they refuse. Times are measured, never asserted."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from tiny import tiny_site

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))

from benchmarks.measuring import comparing, contenders, generated, growing, tables  # noqa: E402 - only now can it be found
from coproduction import pipeline  # noqa: E402

WORDS = Counter({"the": 40, "spade": 9, "people": 9, "dig": 7, "co-production": 5, "garden": 5, "gardener’s": 3, "bean": 2, "together": 2})
TOPICS = {"spade": ("words/#word-spade", "tools/"), "help": ("resources/",), "none": ()}


def bench_query(*topics: str) -> object:
    """A query that these topics answer."""
    return comparing.bench.Query("spade", "one word", "A spade", topics)


# -------------------------------------------------------------------- generated pages


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A tiny site with twelve more pages."""
    root = tiny_site(tmp_path / "tiny")
    generated.grow(root, WORDS, 12)
    return root


def test_generated_pages_pass_every_check(grown: Path) -> None:
    assert pipeline.build(grown, grown.parent / "site") == []
    assert (grown.parent / "site" / "generated" / "page-12" / "index.html").is_file()


def test_a_generated_page_with_a_fault_would_be_found(grown: Path) -> None:
    page = grown / "docs" / "generated" / "page-1.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## A heading without an id\n", encoding="utf-8")
    assert [finding.file for finding in pipeline.check(grown)[0]] == ["docs/generated/page-1.md"]


def test_the_same_seed_makes_the_same_pages(tmp_path: Path) -> None:
    def pages(name: str, seed: int) -> list[str]:
        root = tiny_site(tmp_path / name)
        generated.grow(root, WORDS, 3, seed)
        return [path.read_text(encoding="utf-8") for path in sorted((root / "docs" / "generated").iterdir())]

    assert pages("one", 1) == pages("again", 1)
    assert pages("once more", 1) != pages("other", 2)


def test_generated_pages_stand_outside_the_real_menu_too(tmp_path: Path) -> None:
    root = generated.copy_tree(ROOT, tmp_path / "tree")
    generated.grow(root, WORDS, 1)
    switches = (root / "mkdocs.yml").read_text(encoding="utf-8")
    outside = switches.partition("\nnot_in_nav: |\n")[2].splitlines()
    assert outside[:2] == ["  /generated/", "  /search.md"]


def test_the_words_of_a_site_are_counted_on_pages_that_are_meant_to_be_found(tmp_path: Path) -> None:
    for name, head in {"one": "", "two": '<meta name="robots" content="noindex">'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<head>{head}</head><body>menu<main>Dig, dig. Co-dig</main></body>", encoding="utf-8")
    assert generated.words_of(tmp_path) == {"dig": 2, "co-dig": 1}


# --------------------------------------------------------------------- lists of answers


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ladder/?h=rung#ladder-informing", "ladder/#ladder-informing"),
        ("/what/compare/", "what/compare/"),
        ("what/compare/index.html#top", "what/compare/#top"),
        ("index.html", ""),
        ("/", ""),
    ],
)
def test_addresses_are_told_from_the_sites_root(address: str, expected: str) -> None:
    assert contenders.from_root(address) == expected


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ([["words/#word-spade"]], 1),
        ([["beds/"], ["words/", "words/#word-spade"]], 2),
        ([["beds/", "beds/#dig"]], 0),
        ([], 0),
    ],
)
def test_an_answer_is_right_when_one_of_its_links_is(answers: list[list[str]], place: int) -> None:
    assert comparing.replied(bench_query("spade"), answers, TOPICS).rank == place


@pytest.mark.parametrize(("answers", "place"), [([], 1), ([["beds/", "resources/"]], 1), ([["beds/"], ["resources/"]], 0)])
def test_where_the_site_has_no_answer_the_first_must_say_so(answers: list[list[str]], place: int) -> None:
    assert comparing.replied(bench_query("none", "help"), answers, TOPICS).rank == place


def test_an_engine_alone_gets_the_entries_of_our_index(built_site: Path) -> None:
    entries = {entry["address"]: entry for entry in contenders.index_entries(built_site)}
    assert {"title", "also", "text"} < entries["ladder/#ladder-informing"].keys()
    assert entries["ladder/#ladder-informing"]["title"] == "Informing"
    assert "|" not in "".join(entry["also"] for entry in entries.values())


# ------------------------------------------------------------------------------ rivals


def test_every_rival_is_pinned_and_has_a_checksum() -> None:
    lines = (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pins and all(re.fullmatch(r"[a-z-]+==[\d.]+ \\", pin) for pin in pins)
    lock = json.loads((ROOT / "benchmarks" / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "benchmarks" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name.removeprefix("node_modules/"): package for name, package in lock["packages"].items() if name}
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    assert {name: packages[name]["version"] for name in asked} == asked


# ------------------------------------------------------------------------------- sizes


def test_a_part_of_the_index_that_is_too_large_is_told(tmp_path: Path) -> None:
    small, large = tmp_path / "search-index-1.js", tmp_path / "search-index-2.js"
    small.write_text("spade " * 100_000, encoding="utf-8")
    large.write_text(" ".join(str(n * n) for n in range(1000)), encoding="utf-8")
    assert growing.too_large([small, large]) == []
    said = growing.too_large([small, large], most=1000)
    assert len(said) == 1 and said[0].startswith("search-index-2.js weighs 2.") and "1.0 kB is the most" in said[0]


def test_a_table_stands_straight_and_is_the_same_on_a_page() -> None:
    rows = [["", "files"], ["Ours", "4"]]
    assert tables.aligned(rows) == "      files\nOurs      4"
    page = tables.for_a_page(rows)
    assert '<thead><tr><th scope="col"></th><th scope="col">files</th></tr></thead>' in page
    assert '<tr><th scope="row">Ours</th><td>4</td></tr>' in page and "<caption>" in page
