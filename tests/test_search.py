"""The search index: what can be found, and under which address."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coproduction import reading, search
from coproduction.model import EasyRead, Facts, Help, Resource, Review, Source, Word
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
<div class="cp-body">
<h2 id="top">From the <strong>top</strong></h2>
<p>Top <b>words</b>.</p>
<h4>Small heading</h4>
<section>
<div><h3 id="word-spade">Spade</h3><p>A tool. <q>Short quotation words</q></p><blockquote><p>Quoted “words” of a gardener.</p></blockquote>
<details class="cp-said"><summary>Where</summary><p>Source words</p></details>
<span class="cp-col" aria-hidden="true">Column words</span></div>
<table><tr><td>Table words.</td></tr></table>
</section>
<form><label>Form words</label></form> <button>Button words</button> <svg><title>Drawing words</title></svg>
<script type="application/ld+json">{"name": "Data words"}</script>
<ul><li id="resource-book"><p>The book</p></li><li id="help-storm">Go indoors.</li></ul>
<h3 id="list-tools">Tools</h3>
<h2 id="letter-s">S</h2>
<h2 id="where-next">Where next?</h2>
</div>
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
        record(Word, "word-mattock", name="Mattock", meaning="A tool.", use="old", see=("word-spade",)),
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
    help=(
        record(Help, "help-seeds", name="Seeds", urgent=False, plain="Ask a shop.", also=("seed prices",)),
        record(Help, "help-storm", name="Storm", urgent=True, plain="Go indoors.", also=("lightning",)),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"ladder/index.html": PAGE, "assets/site.css": ""})


def index(folder: Path, number: int = 1) -> dict[str, Any]:
    text = (folder / "assets" / f"search-index-{number}.js").read_text(encoding="utf-8")
    assert text.startswith("cpSearch.add(") and text.endswith(");\n") and text.count("\n") == 1
    return json.loads(text.removeprefix("cpSearch.add(").removesuffix(");\n"))


def found(folder: Path) -> dict[str, dict[str, str]]:
    """Every entry of the index by its address."""
    first = index(folder)
    entries = [entry for number in range(1, first["parts"] + 1) for entry in rows(index(folder, number)["entries"])]
    return {first["pages"][e["page"]][0] + (f"#{e['anchor']}" if e["anchor"] else ""): e for e in entries}


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The entries of a part, which travel in columns."""
    return [dict(zip(columns, values)) for values in zip(*columns.values(), strict=True)]


def entries(folder: Path, facts: Facts = FACTS, also: dict[str, tuple[str, ...]] | None = None) -> dict[str, dict[str, str]]:
    search.write(folder, facts, also or {})
    return found(folder)


def test_there_is_one_entry_for_the_page_one_for_each_heading_and_one_for_each_record(folder: Path) -> None:
    assert {address: (entry["title"], entry["kind"]) for address, entry in entries(folder).items()} == {
        "ladder/": ("The ladder", "page"),
        "ladder/#top": ("From the top", "section"),
        "ladder/#word-spade": ("Spade", "word"),
        "ladder/#resource-book": ("A book", "resource"),
        "ladder/#help-storm": ("Storm", "help"),
    }
    assert index(folder)["pages"] == [["ladder/", "The ladder"]]


def test_each_entry_holds_the_words_that_it_speaks_for_and_no_others(folder: Path) -> None:
    assert {address: entry["text"] for address, entry in entries(folder).items()} == {
        "ladder/": "Lead words. Opening words.",
        "ladder/#top": "Top words. Table words.",
        "ladder/#word-spade": "A tool. “Quoted “words” of a gardener.”",
        "ladder/#resource-book": "The book",
        "ladder/#help-storm": "Go indoors.",
    }


def test_no_word_of_the_frame_around_the_page_is_found(folder: Path) -> None:
    everything = json.dumps(entries(folder))
    for frame in (
        "Head", "Skip", "Header", "Menu", "Contents", "Source", "Column", "Form", "Button", "Drawing", "Data", "End", "Footer",
        "quotation",
    ):  # fmt: skip
        assert f"{frame} words" not in everything
    assert "On this page" not in everything and "About this page" not in everything


def test_other_words_of_a_record_are_found_with_it_and_old_ones_are_kept_apart(folder: Path) -> None:
    spade = entries(folder)["ladder/#word-spade"]
    assert spade["also"].split("|") == ["shovel", "digger", "SP", "rhaw"]
    assert spade["old"].split("|") == ["delver", "muckspoon"]


def test_an_old_word_says_which_word_is_used_today(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace('id="word-spade">Spade', 'id="word-mattock">Mattock')})
    assert entries(folder)["ladder/#word-mattock"]["today"] == "word-spade"


def test_other_words_of_a_page_and_of_a_part_come_from_its_front_matter(folder: Path) -> None:
    also = {"ladder/": ("steps",), "ladder/#top": ("summit", "peak"), "elsewhere/": ("nothing",)}
    made = entries(folder, also=also)
    assert (made["ladder/"]["also"], made["ladder/#top"]["also"]) == ("steps", "summit|peak")


def test_a_record_that_is_only_mentioned_adds_nothing(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace('id="word-spade"', 'id="spade"')})
    assert "shovel" not in json.dumps(entries(folder))


def test_help_comes_with_the_words_that_bring_it_first_the_urgent_before_the_rest(folder: Path) -> None:
    made = entries(folder)
    assert index(folder)["help"] == [
        {"id": "help-storm", "urgent": True, "words": ["lightning"]},
        {"id": "help-seeds", "urgent": False, "words": ["seed prices"]},
    ]
    assert made["ladder/#help-storm"]["also"] == ""


def test_pages_are_found_by_their_folders_and_home_by_nothing(folder: Path) -> None:
    write(folder, {"index.html": "<main><h1>Home</h1></main>", "a/b/index.html": "<main><h1>Deep</h1></main>"})
    titles = {entry["title"]: address for address, entry in entries(folder).items()}
    assert titles["Home"] == "" and titles["Deep"] == "a/b/"


@pytest.mark.parametrize("robots", ["noindex", "nofollow, noindex"])
def test_what_is_not_meant_to_be_found_is_not(robots: str, folder: Path) -> None:
    hidden = PAGE.replace("<head>", f'<head><meta name="robots" content="{robots}">')
    write(folder, {"404.html": PAGE, "x/index.html": "<h1>No main</h1>", "y/index.html": "<main>No heading</main>", "z/index.html": hidden})
    entries(folder)
    assert index(folder)["pages"] == [["ladder/", "The ladder"]]


def test_a_page_with_another_word_for_robots_is_found(folder: Path) -> None:
    write(folder, {"z/index.html": PAGE.replace("<head>", '<head><meta name="robots" content="nofollow">')})
    entries(folder)
    assert [address for address, _ in index(folder)["pages"]] == ["ladder/", "z/"]


def test_a_long_text_ends_with_a_sentence_and_every_word_is_still_found(folder: Path) -> None:
    long = "Short sentences are easy. " * 8 + "Nobody expects a rhubarb here."
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", long)})
    entry = entries(folder)["ladder/"]
    assert entry["text"] == "Short sentences are easy. " * 2 + "Short sentences are easy."
    assert entry["hidden"].split() == ["nobody", "expects", "rhubarb", "here", "opening"]


def test_a_text_without_a_full_stop_ends_with_a_whole_word(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", "marigold " * 40)})
    text = entries(folder)["ladder/"]["text"]
    assert 60 < len(text) <= 112 and set(text.split()) == {"marigold"}


def test_all_of_help_is_shown_however_long(folder: Path) -> None:
    long = "Go indoors now. " * 20
    write(folder, {"ladder/index.html": PAGE.replace("Go indoors.", long)})
    assert entries(folder)["ladder/#help-storm"]["text"] == long.strip()


def test_letters_that_end_a_line_in_a_script_are_kept_out(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", "Lead\u2028words\u2029here.")})
    assert entries(folder)["ladder/"]["text"] == "Lead words here. Opening words."
    text = (folder / "assets" / "search-index-1.js").read_text(encoding="utf-8")
    assert not {"\u2028", "\u2029"} & set(text)


def test_a_script_in_the_words_of_a_page_stays_words(folder: Path) -> None:
    write(folder, {"ladder/index.html": PAGE.replace("Lead words.", "&lt;/script&gt;&lt;b&gt; \"'\\")})
    assert entries(folder)["ladder/"]["text"] == "</script><b> \"'\\ Opening words."


def test_a_large_index_travels_in_parts_with_pages_and_records_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PART", 150)
    whole = entries(folder)
    parts = index(folder)["parts"]
    assert parts > 1 and len(whole) == 5
    assert "pages" not in index(folder, 2)
    kinds = [kind for number in range(1, parts + 1) for kind in index(folder, number)["entries"]["kind"]]
    assert kinds == sorted(kinds, key=lambda kind: kind == "section")


def test_the_index_is_the_same_each_time(folder: Path) -> None:
    write(folder, {name: f"<main><h1>{name}</h1></main>" for name in ("b/index.html", "a/index.html", "index.html")})
    assert entries(folder) == entries(folder)
    assert [page[0] for page in index(folder)["pages"]] == ["a/", "b/", "", "ladder/"]


def test_the_search_engine_stands_beside_the_index_with_its_licence(folder: Path) -> None:
    entries(folder)
    engine = (folder / "assets" / "lunr.js").read_text(encoding="utf-8")
    assert "lunr" in engine[:400] and "Copyright" in engine


def test_an_index_that_cannot_be_made_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduction import pipeline

    root, into = tiny_site(tmp_path / "project"), tmp_path / "site"
    assert pipeline.build(root, into) == []
    before = (into / "index.html").stat().st_mtime_ns
    monkeypatch.setattr(search, "_parts", lambda *_: 1 / 0)
    assert "division by zero" in pipeline.build(root, into)[0].what
    assert (into / "index.html").stat().st_mtime_ns == before


# ----------------------------------------------------------------- on the real site


def test_every_heading_and_record_of_a_real_page_has_an_entry(built_site: Path, root: Path) -> None:
    """But for sources, found through what leans on them, and pages in easy words, found as a whole, with who checked them."""
    facts = reading.read(root / "docs" / "data").facts
    wanted = set()
    for path in built_site.rglob("index.html"):
        address = path.parent.relative_to(built_site).as_posix()
        address = "" if address == "." else f"{address}/"
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if tree.css_first("meta[name=robots]"):
            continue
        main = tree.css_first("main")
        for frame in main.css("nav, .cp-end"):
            frame.decompose()
        headings = [tag.attributes["id"] for tag in main.css("h2[id], h3[id]") if len(tag.text().strip()) > 1]
        records = [tag.attributes["id"] for tag in main.css("[id]") if tag.attributes["id"] in facts.by_id]
        named = [id for id in (*headings, *records) if not id.startswith(("cp-", "list-", "where-next"))]
        ids = [id for id in named if not isinstance(facts.by_id.get(id), (EasyRead, Review, Source))]
        wanted |= {address, *(f"{address}#{id}" for id in ids)}
    assert len(wanted) > 700
    assert set(found(built_site)) == wanted


def test_all_other_words_of_the_real_facts_can_be_found(built_site: Path, root: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    first = index(built_site)
    said = "|".join(f"{entry['title']}|{entry['also']}|{entry['old']}" for entry in found(built_site).values())
    said = plain(said + "|" + "|".join(word for help in first["help"] for word in help["words"]))
    wanted = [word for _, record in facts.records for word in (*record.also, *record.also_welsh, *getattr(record, "unshown", ()))]
    assert len(wanted) > 600
    assert [word for word in wanted if plain(word) not in said] == []


def plain(text: str) -> str:
    """A text whose spelling habits do not matter: an other word is left out when only they tell it from the title."""
    return re.sub(r"[\W_]", "", text.casefold())


def test_the_page_that_answers_in_other_languages_is_there(built_site: Path, root: Path) -> None:
    script = (root / "docs" / "assets" / "search.js").read_text(encoding="utf-8")
    assert 'LANGUAGES = "languages"' in script
    assert sum(entry["anchor"] == "languages" for entry in found(built_site).values()) == 1


def test_the_sessions_that_nobody_in_danger_is_offered_are_where_the_script_says(built_site: Path, root: Path) -> None:
    script = (root / "docs" / "assets" / "search.js").read_text(encoding="utf-8")
    assert 'SESSIONS = "training/"' in script
    assert found(built_site)["training/"]["title"] == "Run a session"


def test_a_tiny_site_is_found_by_its_other_words(tmp_path: Path) -> None:
    from coproduction import pipeline

    assert pipeline.build(tiny_site(tmp_path / "project"), tmp_path / "site") == []
    made = found(tmp_path / "site")
    assert "shovel" in made["words/#word-spade"]["also"] and "steps up" in made["ladder/#framework-ladder"]["also"]
