"""The site read aloud: what a screen reader is given, page by page, and in what order.

The transcripts in ``transcripts/`` are of a small garden site with words of its own in ``transcripts/site/``, so that a
changed word on a real page changes none of them. Its shapes, looks and scripts are the real ones. Read them as you would
listen. With the environment variable ``WRITE_TRANSCRIPTS`` they are written anew; CONTRIBUTING says when and how.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coproduction import findings, pipeline
from plain_host import hosted
from read_aloud import Part, columns, faults, heard, row_name, said_words, text_seen, transcript, words_in
from test_browser import DESK, KINDS, PHONE, every_page, open_all
from tiny import change, tiny_site, with_easy_words, with_statement, write

TRANSCRIPTS = Path(__file__).resolve().parent / "transcripts"
# Each kind of page, by the name of its transcript. Only the home page is written down from its very top to its foot;
# of the others we leave out what stands on all of them.
GARDEN = {
    "home": "",
    "definitions": "what/",
    "comparison": "what/compare/",
    "family-tree": "what/family-tree/",
    "framework": "models/",
    "ladder": "ladder/",
    "practice": "practice/",
    "checks": "planning-services/",
    "taking-part": "taking-part/",
    "glossary": "words/",
    "about": "about/",
    "statement": "accessibility/",
    "easy-read": "easy-read/",
    "simple-words": "easy-read/simple-words/",
    "review-kit": "easy-read/check/#kit-1",
    "search": "search/#q=spade",
    "not-found": "404.html",
}
# The transcript for each kind of page of the real site.
OF_KIND = {
    "": "home",
    "ladder/": "ladder",
    "what/compare/": "comparison",
    "what/family-tree/": "family-tree",
    "words/": "glossary",
    "models/scie/": "framework",
    "practice/": "practice",
    "involve/": "checks",
    "about/": "about",
    "search/": "search",
    "404.html": "not-found",
    "easy-read/ladder/": "easy-read",
    "easy-read/ladder/simple-words/": "simple-words",
    "easy-read/ladder/check/": "review-kit",
    "accessibility/": "statement",
}

# --------------------------------------------------------------------- transcripts


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the garden site."""
    folder = with_statement(with_easy_words(tiny_site(tmp_path_factory.mktemp("garden"))))
    shutil.copytree(TRANSCRIPTS / "site", folder, dirs_exist_ok=True)
    change(
        folder / "mkdocs.yml",
        '"Values": models/index.md\n',
        '"Values": models/index.md\n  - What is it?: [what/index.md, what/compare.md, what/family-tree.md]\n',
    )
    for name, home in {"definitions": "what/index.md", "questions": "what/compare.md", "themes": "what/compare.md"}.items():
        change(folder / "docs" / "data" / f"{name}.yml", "home: models/index.md", f"home: {home}")
    # With the looks of easy words, a kit shows one question at a time.
    change(folder / "docs" / "easy-read" / "check.md", "reading: practice", "reading: easy")
    with pytest.MonkeyPatch.context() as still:  # on a fixed day, or notes of what is late would come with the years
        still.setenv("SOURCE_DATE_EPOCH", "1795305600")
        found = pipeline.build(folder, folder / "site", site_url="https://garden.example/")
    if found:
        pytest.fail(findings.report(found), pytrace=False)
    with hosted(folder / "site") as host:
        yield host.address


def read(page, address: str) -> Part:
    """The page at the address, as it is read once it stands still."""
    page.goto(address)
    if "#q=" in address:
        page.wait_for_selector("#cp-search-results[data-for]")
    if "#kit" in address:
        page.wait_for_selector(".cp-now")
    return heard(page)


def of_its_own(whole: Part) -> Part:
    """The main part of a page without its end, which is the same on every page."""
    (main,) = whole.of("main")
    return replace(main, inside=tuple(part for part in main.inside if part.name not in ("About this page", "Previous and next")))


@pytest.mark.parametrize("name", GARDEN)
def test_a_page_is_read_as_its_transcript_says(name: str, page, garden: str) -> None:
    page.set_viewport_size(DESK)
    whole = read(page, garden + GARDEN[name])
    lines = transcript(whole if name == "home" else of_its_own(whole))
    file = TRANSCRIPTS / f"{name}.txt"
    if os.environ.get("WRITE_TRANSCRIPTS"):
        write(TRANSCRIPTS, {file.name: ("\n".join(lines) + "\n").encode()})
    assert lines == file.read_text(encoding="utf-8").splitlines()
    assert faults(whole) == []


def test_every_transcript_is_of_a_page() -> None:
    assert {file.stem for file in TRANSCRIPTS.glob("*.txt")} == set(GARDEN)


def test_every_kind_of_page_has_a_transcript() -> None:
    assert set(OF_KIND) == set(KINDS) and {*OF_KIND.values()} <= set(GARDEN)
    assert len({*OF_KIND.values()}) == len(KINDS), "two kinds have two transcripts"


def test_another_word_gives_another_transcript(page, garden: str) -> None:
    page.set_viewport_size(DESK)
    page.goto(garden + "ladder/")
    page.evaluate("document.querySelector('.cp-position').textContent = 'At the top'")
    assert transcript(of_its_own(heard(page))) != (TRANSCRIPTS / "ladder.txt").read_text(encoding="utf-8").splitlines()


# ----------------------------------------------------------------------- every page

# Two neighbours of which the second stands above the first, or at the same height and to its left: whoever
# sees the page meets them the other way round.
_SEEN_OTHERWISE = """
() => {
  const wrong = [];
  const look = (parent) => {
    let before;
    for (const part of parent.children) {
      const box = part.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !part.checkVisibility() || part.closest("svg, .cp-skip")) continue;
      look(part);
      const level = before && Math.abs(box.top - before.box.top) < 4;
      const above = before && box.bottom <= before.box.top + 4 && box.left < before.box.right - 4;
      if (above || (level && box.right <= before.box.left + 4)) {
        wrong.push(`“${part.textContent.trim().slice(0, 40)}” is seen before “${before.part.textContent.trim().slice(0, 40)}”`);
      }
      before = { part, box };
    }
  };
  look(document.body);
  return wrong;
}
"""


def unsaid(page, whole: Part) -> Counter[str]:
    """The words that can be seen, and are not read as often as they stand there."""
    return words_in(text_seen(page)) - said_words(whole)


def tables(whole: Part) -> list[tuple[str, list[str], list[str]]]:
    """Each table: its caption, what heads its columns, and its rows."""
    return [(table.name, columns(table), [row_name(row) for row in table.of("row")]) for table in whole.of("table")]


@every_page
def test_every_page_is_read_in_order_and_leaves_nothing_out(path: str, page, site_address: str, ran) -> None:
    page.goto(site_address + path)
    open_all(page)
    found, read_at, parts = [], {}, 0
    for width, size in {"1280": DESK, "320": PHONE}.items():
        page.set_viewport_size(size)
        whole = read_at[width] = heard(page)
        parts += sum(1 for _ in whole.all())
        wrong = [*faults(whole), *page.evaluate(_SEEN_OTHERWISE), *(f"“{word}” is not read" for word in unsaid(page, whole))]
        found += [f"{width}: {line}" for line in wrong]
    page.evaluate("document.querySelector('.cp-menu').open = true")
    whole = read_at["320, menu open"] = heard(page)
    found += [f"menu open: {line}" for line in faults(whole)]
    parts += sum(1 for _ in whole.all())
    assert not found, "\n".join(found)
    assert parts > 100
    # A table whose rows are laid out as cards is still a table to whoever listens.
    assert tables(read_at["320"]) == tables(read_at["1280"])
    ran(
        id="read-aloud",
        what="Every page read in order, as a screen reader is given it: its words, headings, parts and tables",
        browser="Chromium",
        version=page.context.browser.version,
        pages=[path],
        states=list(read_at),
        checks=parts,
    )


def test_the_wide_tables_are_still_tables_as_cards(page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + "what/compare/")
    assert page.evaluate("getComputedStyle(document.querySelector('.cp-cards tr')).display") == "block"
    matrix, crosswalk = heard(page).of("table")
    assert len(columns(matrix)) >= 5 and len(columns(crosswalk)) >= 3
    first = next(row for row in matrix.of("row") if row.of("cell"))
    assert row_name(first).endswith("?") and "Copy link" not in row_name(first)


def test_the_ladder_says_the_place_of_each_rung(page, site_address: str) -> None:
    page.goto(site_address + "ladder/")
    lists = ([item for item in part.inside if item.role == "listitem"] for part in heard(page, "main").of("list"))
    (rungs,) = [items for items in lists if all(item.of("heading") for item in items)]
    for number, rung in zip(range(7, 0, -1), rungs, strict=True):
        said = [part for part in rung.inside if part.role != "marker"]
        assert [part.role for part in said[:3]] == ["heading", "button", "paragraph"]
        assert said[2].words.startswith(f"Rung {number} of 7 ·")


def test_a_picture_is_silent_or_named_once(page, site_address: str) -> None:
    page.goto(site_address + "ladder/")
    (drawing,) = heard(page, "main").of("image")
    assert drawing.name.startswith("A ladder with seven rungs. From the top: Co-production") and not drawing.description
    page.goto(site_address)
    assert page.locator("svg").count() >= 5 and heard(page).of("image") == []


# ------------------------------------------------------------------------ bad twins

_GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>Beans</title></head><body>
<header><nav aria-label="Main"><ul><li><a href="#a">Home</a></li></ul></nav></header>
<main><h1>Beans</h1><p>We grow <span lang="cy">ffa</span>.</p>
<table><caption>Rows</caption><thead><tr><th scope="col">Row</th><th scope="col">Beans</th></tr></thead>
<tbody><tr><th scope="row">One</th><td>Ten</td></tr></tbody></table>
<img src="data:," alt="A bean"><h2>More</h2><p>See <a href="#b">the peas</a>.</p></main>
<footer><p>We dig.</p></footer></body></html>"""
_BAD = {
    "no language": (' lang="en-GB"', "", "the page does not say its language"),
    "no title": ("<title>Beans</title>", "", "the page has no title"),
    "an empty link": (">the peas<", "><", "link without a name"),
    "a picture without a name": (' alt="A bean"', "", "image without a name"),
    "an empty heading": (">More<", "><", "heading without words"),
    "an empty item": ('<a href="#a">Home</a>', "", "listitem without words"),
    "an empty cell": ("<td>Ten</td>", "<td></td>", "cell without words"),
    "a table without a caption": ("<caption>Rows</caption>", "", "table without a name"),
    "a row without a header": ('<th scope="row">One</th>', "<td>One</td>", "has no header: “One Ten”"),
    "columns without headers": ('<thead><tr><th scope="col">Row</th><th scope="col">Beans</th></tr></thead>', "", "have no headers"),
    "a row that is too short": ("<td>Ten</td>", "", "has 1 cells, and 2 column headers"),
    "a cell that has lost its table": ("<h2>More", '<div role="row"><b role="cell">Ten</b></div><h2>More', "stands in no table"),
    "a level left out": ("<h2>More</h2>", "<h3>More</h3>", "heading 3 “More” follows heading 1"),
    "two main headings": ("<h2>More</h2>", "<h1>More</h1>", "the page has not one main heading"),
    "a heading that is there twice": ("<h2>More</h2>", "<h2>More</h2><h2>More</h2>", "heading 2 “More” is twice in one section"),
    "a landmark without a name": (' aria-label="Main"', "", "navigation without a name"),
    "two landmarks of one name": ("<main>", '<nav aria-label="Main"><p>Peas</p></nav><main>', "2 landmarks are called “navigation: Main”"),
    "no foot": ("<footer><p>We dig.</p></footer>", "", "0 parts are “contentinfo”"),
    "words outside": ("<main>", "<p>Lost</p><main>", "“Lost” stands in no landmark"),
    "another order": ("<main>", '<main aria-owns="last"><p id="last">First</p>', "is read later than it stands"),
    "a header with its link": ('"row">One<', '"row">Early <button aria-label="Link to Early">+</button><', "says “Early” twice"),
    "a link that says it twice": (">the peas<", ">the peas<b>the peas</b><", "says “the peas” twice"),
    "a picture beside its name": ("<h2>More", "<p>A bean</p><h2>More", "“A bean” is read as image, and at once again as text"),
    "a drawing that is told twice": (
        '<img src="data:," alt="A bean">',
        '<svg role="img" aria-labelledby="t d"><title id="t">A bean</title><desc id="d">It is green</desc></svg>',
        "the description of the image “A bean It is green” says its name again",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "said"), _BAD.values(), ids=_BAD)
def test_what_a_listener_would_stumble_over_is_found(good: str, bad: str, said: str, page) -> None:
    page.set_content(_GOOD)
    assert faults(heard(page)) == []
    assert _GOOD.count(good) == 1
    page.set_content(_GOOD.replace(good, bad))
    assert any(said in line for line in faults(heard(page)))


def test_the_good_page_is_read_in_full(page) -> None:
    page.set_content(_GOOD)
    whole = heard(page)
    assert not unsaid(page, whole)
    assert page.evaluate(_SEEN_OTHERWISE) == []
    assert "  We grow (in the language cy: ffa)." in transcript(whole)
    assert "    One | Beans: Ten" in transcript(whole)


def test_a_table_that_falls_apart_on_a_narrow_screen_is_found(page) -> None:
    page.set_content(_GOOD.replace("<main>", "<style>@media (max-width: 600px) { thead { display: none } }</style><main>"))
    read_at = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        read_at.append(tables(heard(page)))
    assert read_at[0] == [("Rows", ["Row", "Beans"], ["", "One"])] != read_at[1]


def test_words_that_are_seen_and_not_read_are_found(page) -> None:
    page.set_content(_GOOD.replace("<p>We dig.</p>", "<p aria-hidden='true'>We dig.</p><p style='visibility: hidden'>Unseen</p>"))
    assert unsaid(page, heard(page)) == {"we": 1, "dig": 1}


@pytest.mark.parametrize("style", ["flex-direction: row-reverse", "flex-direction: column-reverse"])
def test_another_order_for_the_eye_is_found(style: str, page) -> None:
    page.set_content(_GOOD.replace("<h2>More</h2>", f"<div style='display: flex; {style}'><p>One</p><p>Two</p></div>"))
    assert page.evaluate(_SEEN_OTHERWISE) == ["“Two” is seen before “One”"]
