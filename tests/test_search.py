"""The search index: what can be found, and under which address."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from coproduction import reading, search
from coproduction.model import Facts, Resource, Source, Word
from selectolax.lexbor import LexborHTMLParser
from tiny import tiny_site, write

PAGE = """\
<!DOCTYPE html>
<html lang="en-GB"><head><title>The ladder – Garden</title><meta name="description" content="Head words"></head>
<body>
<a class="cp-skip" href="#main">Skip words</a>
<header>Header words <nav>Menu words</nav></header>
<main id="main">
<h1>The <em>ladder</em></h1>
<p>Lead words.</p>
<nav aria-labelledby="c"><h2 id="c">On this page</h2><a href="#top">Contents words</a></nav>
<p>Opening words.</p>
<h2 id="top">From the <strong>top</strong></h2>
<p>Top <b>words</b>.</p>
<h4>Small heading</h4>
<div><h3 id="word-spade">Spade</h3><p>A tool.</p>
<details class="cp-said"><summary>Where</summary><p>Source words</p></details>
<span class="cp-col" aria-hidden="true">Column words</span></div>
<form><label>Form words</label></form> <button>Button words</button> <svg><title>Drawing words</title></svg>
<ul><li id="resource-book">The book</li></ul>
<section class="cp-end"><h2 id="e">About this page</h2>End words</section>
</main>
<footer>Footer words</footer>
</body></html>
"""


def record(kind: type, id: str, **said):
    dates = {"reviewed": date(2026, 11, 22), "review_by": date(2027, 11, 22)}
    return kind(id=id, status="ours", home="ladder.md", **dates, **said)


FACTS = Facts(
    sources=(record(Source, "source-book", name="A book", body="A club", checked="2026-11", seen="All.", rights="Ask."),),
    glossary=(
        record(
            Word,
            "word-spade",
            name="Spade",
            meaning="A tool.",
            use="neutral",
            short="SP",
            welsh="rhaw",
            also=("shovel", "digger"),
            old=("delver",),
            unshown=("muckspoon",),
        ),
    ),
    resources=(
        record(
            Resource,
            "resource-book",
            source="source-book",
            good_for="All.",
            readers=("all",),
            format="Book",
            topics=("digging",),
            also=("manual",),
        ),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"ladder/index.html": PAGE, "assets/site.css": ""})


def entries(folder: Path, facts: Facts = FACTS) -> list[dict[str, str]]:
    search.write(folder, facts)
    text = (folder / "assets" / "search-index.js").read_text(encoding="utf-8")
    assert text.startswith("window.cpSearchIndex=") and text.endswith(";\n") and text.count("\n") == 1
    return json.loads(text.removeprefix("window.cpSearchIndex=").removesuffix(";\n"))


def test_there_is_one_entry_for_the_page_and_one_for_each_heading_with_its_anchor(folder: Path) -> None:
    assert [(entry["title"], entry["page"], entry["address"]) for entry in entries(folder)] == [
        ("The ladder", "The ladder", "ladder/"),
        ("From the top", "The ladder", "ladder/#top"),
        ("Spade", "The ladder", "ladder/#word-spade"),
    ]


def test_each_entry_holds_the_words_below_its_heading_and_no_others(folder: Path) -> None:
    assert [entry["text"] for entry in entries(folder)] == [
        "Lead words. Opening words.",
        "Top words . Small heading",
        "A tool. The book",
    ]


def test_no_word_of_the_frame_around_the_page_is_found(folder: Path) -> None:
    found = json.dumps(entries(folder))
    for frame in ("Head", "Skip", "Header", "Menu", "Contents", "Source", "Column", "Form", "Button", "Drawing", "End", "Footer"):
        assert f"{frame} words" not in found
    assert "On this page" not in found and "About this page" not in found


def test_other_words_of_a_record_are_found_under_its_heading(folder: Path) -> None:
    assert [entry["also"] for entry in entries(folder)][:2] == ["", ""]
    assert set(entries(folder)[2]["also"].split()) >= {"shovel", "digger", "SP", "delver", "muckspoon", "rhaw"}


def test_a_record_without_a_heading_adds_its_other_words_to_the_one_above(folder: Path) -> None:
    assert entries(folder)[2]["also"].endswith(" manual")


def test_a_record_that_is_only_mentioned_adds_nothing(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace('id="word-spade"', 'id="spade"')})
    assert "shovel" not in json.dumps(entries(folder))


def test_pages_are_found_by_their_folders_and_home_by_nothing(folder: Path) -> None:
    write(folder, {"index.html": "<main><h1>Home</h1></main>", "a/b/index.html": "<main><h1>Deep</h1></main>"})
    addresses = {entry["title"]: entry["address"] for entry in entries(folder)}
    assert addresses["Home"] == "" and addresses["Deep"] == "a/b/"


def test_the_404_page_and_pages_without_a_main_part_are_not_found(folder: Path) -> None:
    write(folder, {"404.html": PAGE, "x/index.html": "<h1>No main</h1>", "y/index.html": "<main>No heading</main>"})
    assert {entry["page"] for entry in entries(folder)} == {"The ladder"}


def test_letters_that_end_a_line_in_a_script_are_kept_out(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", "Lead\u2028words\u2029here.")})
    assert entries(folder)[0]["text"] == "Lead words here. Opening words."
    text = (folder / "assets" / "search-index.js").read_text(encoding="utf-8")
    assert not {"\u2028", "\u2029"} & set(text)


def test_a_script_in_the_words_of_a_page_stays_words(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", "&lt;/script&gt;&lt;b&gt; \"'\\")})
    assert entries(folder)[0]["text"] == "</script><b> \"'\\ Opening words."


def test_the_index_is_the_same_each_time(folder: Path) -> None:
    write(folder, {name: f"<main><h1>{name}</h1></main>" for name in ("b/index.html", "a/index.html", "index.html")})
    assert entries(folder) == entries(folder)
    assert [entry["address"] for entry in entries(folder)][:2] == ["a/", "b/"]


def test_the_search_engine_stands_beside_the_index(folder: Path) -> None:
    entries(folder)
    assert "lunr" in (folder / "assets" / "lunr.js").read_text(encoding="utf-8")[:200]


# ----------------------------------------------------------------- on the real site


def test_every_heading_with_an_id_in_the_main_part_of_a_real_page_has_an_entry(built_site: Path) -> None:
    text = (built_site / "assets" / "search-index.js").read_text(encoding="utf-8")
    found = [entry["address"] for entry in json.loads(text.removeprefix("window.cpSearchIndex=").removesuffix(";\n"))]
    assert len(found) == len(set(found))
    wanted = set()
    for path in built_site.rglob("index.html"):
        address = path.parent.relative_to(built_site).as_posix()
        address = "" if address == "." else f"{address}/"
        main = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("main")
        for frame in main.css("nav, .cp-end"):
            frame.decompose()
        wanted |= {address, *(f"{address}#{tag.attributes['id']}" for tag in main.css("h2[id], h3[id]"))}
    assert set(found) == wanted


def test_all_other_words_of_the_real_facts_can_be_found(built_site: Path, root: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    text = (built_site / "assets" / "search-index.js").read_text(encoding="utf-8")
    also = " ".join(entry["also"] for entry in json.loads(text.removeprefix("window.cpSearchIndex=").removesuffix(";\n")))
    wanted = [word for _, record in facts.records for word in (*record.also, *getattr(record, "unshown", ()))]
    assert len(wanted) > 300
    assert [word for word in wanted if word not in also] == []


def test_a_tiny_site_is_found_by_its_other_words(tmp_path: Path) -> None:
    from coproduction import pipeline

    assert pipeline.build(tiny_site(tmp_path / "project"), tmp_path / "site") == []
    text = (tmp_path / "site" / "assets" / "search-index.js").read_text(encoding="utf-8")
    also = {
        entry["address"]: entry["also"] for entry in json.loads(text.removeprefix("window.cpSearchIndex=").removesuffix(";\n"))
    }
    assert "shovel" in also["words/#word-spade"] and "steps up" in also["ladder/"]
