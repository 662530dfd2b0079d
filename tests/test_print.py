"""The site on paper: every page is printed, and the sheets are read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pypdf
import pytest
from read_aloud import text_seen, words_in
from test_browser import PAPER, each_kind, every_page, sideways

SMALLEST = 7.5  # points; typefaces with large letters are set smaller, so this is about 9 points of a usual one
# What stays in one piece when it fits on a sheet.
WHOLE = "main tr, main blockquote, .cp-rung, .cp-checks > li, .cp-asks > li, .cp-word"
HEADINGS = "main :is(h1, h2, h3, h4, caption, summary, .cp-stage, .cp-position)"


class Sheet(NamedTuple):
    """One sheet of paper, read back."""

    text: str  # without the number at its foot
    sizes: set[float]  # of its letters, in points


def sheets_of(pdf: bytes) -> list[Sheet]:
    """The sheets of a printed page."""
    made = []
    for leaf in pypdf.PdfReader(BytesIO(pdf)).pages:
        sizes: set[float] = set()

        def note(text, matrix, line, font, size, sizes=sizes) -> None:
            if text.strip() and "qq" not in text:
                sizes.add(abs(size * line[0] * matrix[0]))

        text = unicodedata.normalize("NFKC", leaf.extract_text(visitor_text=note))
        made.append(Sheet(re.sub(r"\d+\s*/\s*\d+\s*$|^\s*\d+\s*/\s*\d+", "", text), sizes))
    return made


def bare(text: str) -> str:
    """A text without its spaces, since a line or a column may end anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def lost(seen: str, sheets: list[Sheet]) -> list[str]:
    """The words that should be on paper, and are not there as often: a browser leaves out what does not fit on the sheet."""
    paper = bare("".join(sheet.text for sheet in sheets)).casefold()
    return [word for word, count in words_in(unicodedata.normalize("NFKC", seen)).items() if paper.count(word) < count]


def badly_set(sheets: list[Sheet]) -> list[str]:
    """Sheets with nothing on them, and letters that are too small."""
    found = []
    for number, (text, sizes) in enumerate(sheets, 1):
        if len(bare(text)) < 20:
            found.append(f"sheet {number} is empty")
        if min(sizes) < SMALLEST:
            found.append(f"on sheet {number} some letters have {min(sizes):.1f} points")
    return found


CHROME = "header, footer, nav, search, [role=search], button, [type=button], [type=submit]"


def chrome(page) -> list[str]:
    """What paper shows, and has no use for."""
    shown = page.locator(CHROME).evaluate_all(
        "(all) => all.filter((part) => part.checkVisibility()).map((part) => part.outerHTML)"
    )
    return [f"paper shows {html[:80]}" for html in shown]


# ----------------------------------------------------------------- what stays together

# Puts a tiny mark at the beginning and at the end of each thing, so that the sheets can be found that it stands on.
# Of a row each cell is marked. What follows a heading is marked where its words begin.
_MARK = """
([whole, headings, height]) => {
  const told = [];
  const mark = (node, letter, after) => {
    const tiny = document.createElement("i");
    tiny.textContent = `qq${told.length}${letter}qq`;
    // What stands out of the flow is not repeated with the head of a table.
    tiny.style.cssText = `position: ${letter === "h" ? "static" : "absolute"}; font: 1px sans-serif; color: #000`;
    node.parentNode.insertBefore(tiny, after ? node.nextSibling : node);
  };
  const seen = (text) => text.data.trim() && !text.parentElement.closest("svg, .cp-hidden, i")
    && text.parentElement.checkVisibility() && getComputedStyle(text.parentElement).position !== "absolute";
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode()) if (seen(text)) found.push(text);
    return found;
  };
  const tell = (sort, part) => told.push({ sort, words: part.textContent.replace(/qq\\d+[abhr]qq/g, "").replace(/\\s+/g, " ").trim().slice(0, 50) });
  for (const part of document.querySelectorAll(whole)) {
    if (part.closest("thead") || !part.checkVisibility() || part.getBoundingClientRect().height > height) continue;
    for (const box of part.matches("tr") ? part.cells : [part]) {
      const inside = texts(box);
      if (!inside.length) continue;
      mark(inside[0], "a", false);
      mark(inside.at(-1), "b", true);
    }
    tell(part.matches("tr") ? "row" : "whole", part);
  }
  const all = texts(document.querySelector("main"));
  for (const part of document.querySelectorAll(headings)) {
    const own = all.filter((text) => part.contains(text));
    const next = own.length && all[all.indexOf(own.at(-1)) + 1];
    if (!next || part.closest("thead")) continue;
    mark(own.at(-1), "a", true);
    mark(next, "b", false);
    tell("heading", part);
  }
  for (const head of document.querySelectorAll("main thead")) {
    const [first] = texts(head);
    mark(first, "h", false);
    for (const row of head.parentNode.querySelectorAll("tbody tr")) mark(texts(row)[0], "r", false);
    tell("head", head);
  }
  return told;
}
"""


def parted(page) -> list[str]:
    """Print the page, and tell what stands on two sheets though it would fit on one, and which table heads are missing."""
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    told = page.evaluate(_MARK, [WHOLE, HEADINGS, 0.9 * PAPER["height"]])
    on: dict[tuple[int, str], set[int]] = {}
    for number, sheet in enumerate(sheets_of(page.pdf(prefer_css_page_size=True))):
        for index, letter in re.findall(r"qq(\d+)([abhr])qq", bare(sheet.text)):
            on.setdefault((int(index), letter), set()).add(number)
    found = []
    for index, part in enumerate(told):
        if part["sort"] == "head":
            if not on[index, "r"] <= on[index, "h"]:
                found.append(f"the head of the table “{part['words']}” is not on every sheet of it")
        elif len(on[index, "a"] | on[index, "b"]) > 1:
            found.append(f"the {part['sort']} “{part['words']}” stands on two sheets")
    assert told, "nothing was marked"
    return found


@every_page
def test_every_page_prints_whole(path: str, page, site_address: str, ran) -> None:
    page.goto(site_address + path)
    wanted = page.evaluate(
        "[...document.querySelectorAll('[rel=canonical], .cp-end time')].map((part) => part.href || part.textContent)"
    )
    outside = page.evaluate(
        "[...document.querySelectorAll('main a[href^=http]')].filter((a) => !a.closest('.cp-cite, .cp-edit, .cp-change')).map((a) => a.href)"
    )
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    seen = text_seen(page)
    sheets = sheets_of(page.pdf(prefer_css_page_size=True))
    paper, last = bare("".join(sheet.text for sheet in sheets)), bare("".join(sheet.text for sheet in sheets[-2:]))
    answers = {
        "no chrome": chrome(page),
        "no empty sheet, no small letters": badly_set(sheets),
        "no word lost": [f"“{word}” is not on paper" for word in lost(seen, sheets)],
        "addresses of links": [f"the address {address} is not on paper" for address in outside if bare(address) not in paper],
        "its own address, and its dates": [f"the last sheet does not say {end}" for end in wanted if bare(end) not in last],
        "in one piece, with table heads": parted(page),
    }
    found = [line for lines in answers.values() for line in lines]
    assert not found, "\n".join(found)
    assert path == "404.html" or len(wanted) >= 4
    ran(
        id="print",
        what="Every page printed, and the sheets read back",
        browser="Chromium",
        version=page.context.browser.version,
        pages=[path],
        states=["print"],
        checks=len(answers),
    )


@pytest.fixture
def paper(browser) -> Iterator[object]:
    """A page in a browser that runs no script, as paper shows it."""
    context = browser.new_context(java_script_enabled=False, viewport=PAPER)
    yield context.new_page()
    context.close()


# Notes of which a reader does not see everything; on paper nobody follows a link to an editor, or copies words.
# The sheets in easy words have no notes.
_CLOSED = """
() => [...document.querySelectorAll("main details:not(.cp-cite *)")]
  .filter((part) => !part.closest(".cp-block-easy-read, .cp-block-simple-words, .cp-block-review-kit"))
  .filter((part) => ![...part.children].slice(1).every((child) => child.checkVisibility() || child.matches(".cp-edit")))
  .map((part) => part.innerText.slice(0, 60))
"""


@each_kind
def test_on_paper_there_is_no_chrome_and_nothing_is_closed(path: str, paper, site_address: str) -> None:
    paper.goto(site_address + path)
    assert chrome(paper)
    paper.emulate_media(media="print")
    assert chrome(paper) == []
    assert paper.locator("h1").is_visible()
    assert paper.evaluate(_CLOSED) == []
    assert sideways(paper) == 0


def test_the_notes_that_paper_opens_are_closed_on_screen(paper, site_address: str) -> None:
    paper.goto(site_address + "ladder/")
    assert len(paper.evaluate(_CLOSED)) >= 2


def test_printing_opens_what_is_closed_and_closes_it_again(page, site_address: str) -> None:
    page.goto(site_address + "ladder/")
    page.evaluate("""
        window.counts = [];
        const count = () => counts.push(document.querySelectorAll("main details:not([open])").length);
        addEventListener("beforeprint", count);
        addEventListener("afterprint", count);
        count();
    """)
    pdf = page.pdf()
    before, printing, after = page.evaluate("counts")
    assert pdf.startswith(b"%PDF")
    assert before >= 2 and printing == 0 and after == before


def test_the_print_button_prints(page, site_address: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(site_address + "ladder/")
    page.get_by_role("button", name="Print this page").press("Enter")
    assert page.evaluate("printed")


# ----------------------------------------------------------------------- addresses


def printed_with(page, address: str, html: str) -> str:
    """The page at the address with more in its words, printed: the letters of all sheets."""
    page.goto(address)
    page.evaluate("(html) => document.querySelector('.cp-body').insertAdjacentHTML('afterbegin', html)", html)
    return bare("".join(sheet.text for sheet in sheets_of(page.pdf(prefer_css_page_size=True))))


def test_an_address_stands_behind_each_link_that_leads_away(page, site_address: str) -> None:
    page.goto(site_address + "models/")
    own = page.evaluate("document.querySelector('[rel=canonical]').href").removeprefix("https://")
    paper = printed_with(
        page,
        site_address + "models/",
        '<p><a href="../ladder/#rungs">Seven rungs</a>, <a href="https://garden.example/dig">a garden</a>, <a href="#lists">my beans</a></p>',
    )
    assert f"Sevenrungs({own.replace('models/', 'ladder/#rungs')})" in paper
    assert "agarden(https://garden.example/dig)" in paper
    assert "mybeans(" not in paper  # it leads to another place on the same paper


def test_a_link_that_is_its_own_address_does_not_say_it_twice(page, site_address: str) -> None:
    link = '<p><a href="https://garden.example/dig">{}</a> and the rest</p>'
    for words in ("https://garden.example/dig", "garden.example/dig"):
        paper = printed_with(page, site_address + "models/", link.format(words))
        assert paper.count("garden.example/dig") == 1
    assert printed_with(page, site_address + "models/", link.format("Dig")).count("garden.example/dig") == 1


# -------------------------------------------------------------------------- length


def sheets_between(sheets: list[Sheet], first: str, last: str) -> int:
    """How many sheets there are from the words ``first``, where they stand last, to the words ``last``."""
    texts = [bare(sheet.text) for sheet in sheets]
    begins = min(number for number, text in enumerate(texts) if bare(first) in text)
    return max(number for number, text in enumerate(texts) if bare(last) in text) - begins + 1


def test_the_ladder_and_the_checks_are_a_few_sheets_to_hand_round(page, site_address: str) -> None:
    for path, parts, most in (("ladder/", ".cp-rung dd", 3), ("involve/", ".cp-checks .cp-plain", 3)):
        page.goto(site_address + path)
        texts = page.locator(parts).all_inner_texts()
        assert len(texts) > 10
        sheets = sheets_of(page.pdf(prefer_css_page_size=True))
        assert sheets_between(sheets, texts[0], texts[-1]) <= most


# ------------------------------------------------------------------------ bad twins

_LINES = "<p>Beans want a warm bed and much water. Nobody should pull at them.</p>"


@pytest.fixture
def bed(page, site_address: str):
    """A function that puts words of its own on a page of the site, with more styles."""

    def plant(html: str, style: str = "") -> object:
        page.goto(site_address + "models/")
        page.evaluate("(html) => { document.querySelector('main').innerHTML = html; }", html)
        page.add_style_tag(content=style or "p {}")
        return page

    return plant


def test_words_that_are_cut_or_empty_sheets_or_small_letters_are_found(bed) -> None:
    page = bed(_LINES)
    sheets = sheets_of(page.pdf(prefer_css_page_size=True))
    assert badly_set(sheets) == [] and lost("Beans want water", sheets) == []
    assert lost("Beans want peas, and water, and water", sheets) == ["peas", "and", "water"]
    for style, said in {
        "p { font-size: 6pt }": "points",
        "p { break-after: page } main::after { content: '.' }": "is empty",
    }.items():
        (found,) = badly_set(sheets_of(bed(_LINES, style).pdf(prefer_css_page_size=True)))
        assert said in found
    for style in (
        "p { margin-left: -30mm }",
        "p { white-space: nowrap; transform: translateX(120mm) }",
        "p { height: 5mm; width: 40mm; overflow: hidden }",
    ):
        cut = bed(_LINES, style)
        assert lost(text_seen(cut), sheets_of(cut.pdf(prefer_css_page_size=True))), style


_ROWS = "".join(f"<tr><th scope='row'>Bed {n}</th><td>{'Water it well. ' * 150}</td></tr>" for n in range(9))
_TABLE = f"<h1>Beds</h1><table><thead><tr><th>Bed</th><th>What to do</th></tr></thead><tbody>{_ROWS}</tbody></table>"
_TORN = {
    "a row": (_TABLE, "tr { break-inside: auto !important }", "the row “Bed"),
    "a head": (_TABLE, "thead { display: table-row-group !important }", "the head of the table"),
    "a quotation": ("<h1>Beds</h1><p>Dig.</p><div></div><blockquote>" + _LINES * 12 + "</blockquote>", "blockquote { break-inside: auto !important }", "the whole “Beans"),
    "a heading": ("<h1>Beds</h1><p>Dig.</p><div></div><h2>More beans</h2>" + _LINES, "h2 { break-after: page !important }", "the heading “More beans” stands on two"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "style", "said"), _TORN.values(), ids=_TORN)
def test_what_is_torn_apart_is_found(html: str, style: str, said: str, bed) -> None:
    low = "div { height: 215mm }"
    assert parted(bed(html, low)) == []
    assert any(said in line for line in parted(bed(html, low + style)))
