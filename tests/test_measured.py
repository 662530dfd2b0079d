"""What a reader can see, reach and do on every page, measured: close up, in wide letters, by the Tab key, in other colours."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from coproduction import reading
from selectolax.lexbor import LexborHTMLParser
from test_browser import DESK, PAGES, PHONE, each_kind, every_page, open_all, sideways

HERE = Path(__file__).resolve().parent
MEASURES = (HERE / "measures.js").read_text(encoding="utf-8")
# A window of 1280 by 1024 pixels, seen at 400 %.
CLOSE_UP = {"width": 320, "height": 256}
# A tall window: what lies on top of what can only be asked of what is in the window.
TALL = 2000

# What is measured on every page, as the accessibility page says it.
WHAT = {
    "reflow": "Every page at 320 pixels and on a desk, and in letters of 200 %: nothing is lost, cut off or covered",
    "spacing": "Every page in widely spaced letters and lines: nothing is lost, cut off or covered",
    "short-window": "Every page at 400 %: nothing stands still and takes the room of the words",
    "targets": "Every page: each thing to press is large enough, or has room round it",
    "signs": "Every page: nothing moves, hides until a pointer comes, or is told by colour alone",
    "contrast-more": "Every page for readers who ask for more contrast: words of 10 to 1, and clear lines",
    "forced-colours-edges": "Every page in the reader's own colours: each box keeps its edges",
    "keyboard": "Every page walked with the Tab key, and back: each stop is seen, is named and shows that it has the focus",
    "languages": "Every page: it names its language, and that of each Welsh word",
}


def bring_measures(page) -> None:
    """Put the measures into a page, once."""
    if not page.evaluate("'cpMeasure' in globalThis"):
        page.evaluate(MEASURES)


def measure(page, name: str, *given):
    """Ask one of the measures of ``measures.js``."""
    bring_measures(page)
    return page.evaluate(f"(given) => cpMeasure.{name}(...given)", list(given))


@pytest.fixture
def proved(ran: Callable, page) -> Callable:
    """A function that puts what was measured on one page into the record, and fails when there was a fault."""

    def prove(id: str, path: str, states: Iterable[str], checks: int, found: list[str]) -> None:
        where = {"browser": "Chromium", "version": page.context.browser.version, "pages": [path], "states": states}
        ran(id=id, what=WHAT[id], checks=checks, faults=len(found), **where)
        assert not found, "\n".join(found)

    return prove


def said(label: str, found: list[str]) -> list[str]:
    return [f"{label}: {line}" for line in found]


def show(page, html: str) -> None:
    """Put a small page of our own in place of what is there."""
    page.set_content(f"<!doctype html><html lang='en-GB'><title>Small</title><style>html {{ background: white }}</style><body>{html}")


# --------------------------------------------------------------------------- room

# The text spacing of WCAG 1.4.12, and letters of twice the size on a page that stays as wide.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
LETTERS = {"as it is": "", "wide spacing": SPACING, "letters of 200 %": "html { font-size: 200% !important }"}
# Tables of figures that need both directions. Each stands in a region with a name that the keyboard reaches.
WIDE_TABLES = {"about/search/"}
_STYLED = """
(css) => {
  document.getElementById("measured")?.remove();
  document.head.append(Object.assign(document.createElement("style"), { id: "measured", textContent: css }));
}
"""


def cramped(page, label: str) -> list[str]:
    """What does not find its room in the window as it is."""
    found = said(label, measure(page, "lost")) + said(f"{label}, printed over one another", measure(page, "overprinted"))
    found += said(label, measure(page, "drawnBeyond"))
    if beyond := sideways(page):
        found.append(f"{label}: the page is {beyond} pixels too wide")
    return found


@every_page
def test_nothing_is_lost_close_up_or_in_larger_or_wider_letters(path: str, page, site_address: str, proved: Callable) -> None:
    page.goto(site_address + path)
    open_all(page)
    words, views = {}, {"reflow": {}, "spacing": {}}  # each view, with how many pieces of text it has, and with its faults
    for letters, css in LETTERS.items():
        page.evaluate(_STYLED, css)
        for width in (PHONE["width"], DESK["width"]):
            page.set_viewport_size({"width": width, "height": TALL})
            found = cramped(page, f"{width}, {letters}")
            words[width, letters] = Counter(measure(page, "wordsOfMain"))
            if width == PHONE["width"] and path not in WIDE_TABLES:
                found += said(f"{width}, {letters}, moves sideways", measure(page, "scrolled"))
            found += said(f"{width}, {letters}, a cell without the name of its column", measure(page, "namelessCells"))
            views["spacing" if css is SPACING else "reflow"][f"{width}, {letters}"] = measure(page, "pieces"), found
    shown = words[DESK["width"], "as it is"]
    gone = [f"320: “{words}” is not shown" for words in shown - words[PHONE["width"], "as it is"]]
    for id, seen in views.items():
        found = [line for _, lines in seen.values() for line in lines] + (gone if id == "reflow" else [])
        proved(id, path, seen, sum(pieces for pieces, _ in seen.values()), found)


@every_page
def test_little_of_a_short_window_is_taken_by_what_stays(path: str, page, site_address: str, proved: Callable) -> None:
    """At 400 % nothing stands still while the page scrolls; on a desk the list of contents may, at the side."""
    page.goto(site_address + path)
    page.set_viewport_size(CLOSE_UP)
    found = said("400 %", [part["what"] for part in measure(page, "stuck")])
    page.set_viewport_size(DESK)
    found += said("desk", [part["what"] for part in measure(page, "stuck") if part["share"] >= 0.25])
    proved("short-window", path, ["400 %", "desk"], 2, found)


@pytest.mark.parametrize("path", sorted(WIDE_TABLES))
def test_a_table_that_moves_sideways_stands_in_a_region_with_a_name(path: str, page, site_address: str) -> None:
    page.set_viewport_size(CLOSE_UP)
    page.goto(site_address + path)
    moving = measure(page, "scrolled")
    assert moving and not [name for name in moving if "without a name" in name] and len(set(moving)) == len(moving)


def test_what_has_no_room_would_be_noticed(page) -> None:
    page.set_viewport_size(PHONE)
    show(page, "<p>All is well, and <button>here</button></p>")
    assert cramped(page, "good") == [] and measure(page, "scrolled") == [] and measure(page, "stuck") == []
    show(
        page,
        """<p style="width: 60px; height: 20px; overflow: hidden">One two three four five six</p>
        <p style="position: relative">Under<span style="position: absolute; inset: 0; background: white"></span></p>
        <p style="margin: 0">First words</p><p style="margin: -1em 0 0">Other words</p>
        <div style="overflow: auto; width: 90px"><p style="width: 300px">moves</p></div>
        <p style="position: absolute; left: 250px; white-space: nowrap">A line that goes on beyond the edge</p>
        <style>u::before { float: left; margin-left: -40px; content: "1" } b::after { position: absolute; left: -20px; content: "2" }</style>
        <u>Step</u><p><b style="position: relative">Mark</b></p>
        <p style="position: sticky; top: 0">Stays</p>""",
    )
    found = "\n".join(cramped(page, "bad"))
    for fault in ("is cut off by", "“Under” is under", "“First words” and “Other words”", "lies beyond the window", "too wide"):
        assert fault in found
    assert "</u> draws its ::before" in found and "</b> draws its ::after" in found
    assert "a part without a name" in measure(page, "scrolled")[0]
    assert "Stays" in measure(page, "stuck")[0]["what"]
    show(page, "<table class='cp-cards'><td style='display: block'>1<td style='display: block'><b class='cp-col'>Sum</b> 2</table>")
    assert len(measure(page, "namelessCells")) == 1


@each_kind
@pytest.mark.parametrize("width", [PHONE["width"], DESK["width"]])
def test_the_header_can_be_used_in_letters_of_twice_the_size(width: int, path: str, page, site_address: str) -> None:
    page.set_viewport_size({"width": width, "height": TALL})
    page.goto(site_address + path)
    page.evaluate(_STYLED, LETTERS["letters of 200 %"])
    box = page.locator("header form.cp-search input, .cp-hero form.cp-search input").locator("visible=true").first
    assert box.evaluate("(box) => box.clientWidth / parseFloat(getComputedStyle(box).fontSize)") >= 4, "no room to type"
    summary = page.locator(".cp-menu summary")
    if summary.is_visible():
        summary.click()
        assert page.locator(".cp-menu a", has_text="Words explained").is_visible()
        assert cramped(page, "menu open") == []
    else:
        assert page.locator(".cp-bar a", has_text="Words and places").is_visible()


# Each rule as the browser understands it.
_RULES = r"""
(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(/,\s+/g, ",")); // a value that waits in a variable is kept letter for letter
  const all = (rules) => [...rules].flatMap((rule) => (rule.cssRules?.length ? [rule.cssText.split("{")[0], ...all(rule.cssRules)] : [rule.cssText]));
  return all(sheet.cssRules);
}
"""


def test_styles_keep_their_meaning_when_their_white_space_goes(page, root: Path, built_site: Path) -> None:
    """“.a :is(b)” is not “.a:is(b)”; no reader meets the styles as they are written."""
    for written in sorted((root / "docs" / "assets").glob("*.css")):
        lean = (built_site / "assets" / written.name).read_text(encoding="utf-8")
        rules = page.evaluate(_RULES, written.read_text(encoding="utf-8"))
        assert len(rules) > 10, f"{written.name} was hardly read"
        assert page.evaluate(_RULES, lean) == rules
    assert page.evaluate(_RULES, ".a :is(b) { top: 0 }") != page.evaluate(_RULES, ".a:is(b) { top: 0 }")


# ------------------------------------------------------------------------ targets

SMALLEST = 24  # pixels each way, WCAG 2.5.8
COMFORTABLE = 44  # for what is used most
MAIN_CONTROLS = (
    ".cp-menu summary, .cp-search input, .cp-search button, .cp-doors a, .cp-pager a, .cp-letters a, .cp-button, "
    ".cp-beside .cp-copy, .cp-cite > .cp-copy"
)


@every_page
def test_every_target_is_large_enough(path: str, page, site_address: str, proved: Callable) -> None:
    page.goto(site_address + path)
    open_all(page)
    found, count = [], 0
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        seen = measure(page, "targets", SMALLEST)
        assert seen["count"] > 30
        count += seen["count"]
        found += said(f"{size['width']}, too small", seen["small"])
        found += said(f"{size['width']}, a main control", measure(page, "smallerThan", COMFORTABLE, MAIN_CONTROLS))
    proved("targets", path, ["320", "1280"], count, found)


def test_small_targets_would_be_noticed(page) -> None:
    page.set_viewport_size(DESK)
    show(
        page,
        """<style>button { width: 20px; height: 20px; padding: 0; border: 0; margin: 0; display: block; position: absolute; left: 9px }</style>
        <p>A sentence with <a href="#">a link</a> in it.</p><button class="crowded" style="top: 99px"></button>
        <button class="crowded" style="top: 120px"></button><button style="top: 200px"></button><button style="top: 224px"></button>
        <a class="crowded" href="#" style="position: absolute; top: 400px; font-size: 12px">Alone, </a><button style="top: 413px; width: 90px; height: 90px"></button>""",
    )
    seen = measure(page, "targets", SMALLEST)
    assert seen["count"] == 7 and len(seen["small"]) == 3 and all("crowded" in line for line in seen["small"])
    assert len(seen["spaced"]) == 2
    assert len(measure(page, "smallerThan", COMFORTABLE, "button")) == 4


# ------------------------------------------------------------- signs, motion, hover


@every_page
def test_nothing_moves_hides_or_is_told_by_colour_alone(path: str, page, site_address: str, proved: Callable) -> None:
    page.set_viewport_size(DESK)
    page.goto(site_address + path)
    open_all(page)
    answers = {}
    for motion in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=motion)
        answers[f"motion, {motion}"] = measure(page, "motion")
    for name in ("linksByColourAlone", "hereByColourAlone", "unsaid", "hiddenBehindHover", "dragged"):
        answers[name] = measure(page, name)
    assert page.evaluate("document.querySelectorAll('meta[http-equiv]').length") == 0, "a page that loads itself anew"
    page.emulate_media(forced_colors="active")
    for name in ("linksByColourAlone", "hereByColourAlone"):
        answers[f"forced colours, {name}"] = measure(page, name)
    found = [line for name, lines in answers.items() for line in said(name, lines)]
    proved("signs", path, ["light", "less motion", "forced colours"], len(answers), found)


def test_motion_hover_and_colour_alone_would_be_noticed(page) -> None:
    show(
        page,
        """<style>@keyframes turn { to { rotate: 1turn } } i { animation: turn 1s infinite } b { transition: color 1s }
        html { scroll-behavior: smooth } p:hover span { display: inline } p span { display: none } a { text-decoration: none }</style>
        <main><p>Read <a href="#">this</a>. <i>Turns</i> <b>fades</b> <span>hidden</span> <u title="more">more</u></p>
        <nav><a href="#1" aria-current="page">here</a> <a href="#2">there</a></nav>
        <p data-group="doing with">Rung</p><p draggable="true">Pull</p></main>""",
    )
    moving = "\n".join(measure(page, "motion"))
    assert all(words in moving for words in ("moves", "has an animation", "has a transition", "scrolls smoothly"))
    assert len(measure(page, "linksByColourAlone")) == 3
    assert [len(measure(page, name)) for name in ("hereByColourAlone", "unsaid", "hiddenBehindHover", "dragged")] == [1, 1, 2, 1]


def test_no_script_asks_for_a_drag(root: Path) -> None:
    """2.5.7 and 2.5.1: what a press does needs no path that a finger must follow."""
    follows = re.compile(r"(pointer|mouse|touch)move|drag(start|over)|touchstart")
    for script in sorted((root / "docs" / "assets").glob("*.js")):
        assert not follows.search(script.read_text(encoding="utf-8")), script.name
    assert follows.search("box.addEventListener('pointermove', move)")


# ------------------------------------------------------------------ other colours

WORDS_OF_MORE, LINES_OF_MORE = 10, 4.5


@every_page
def test_more_contrast_is_given_to_who_asks(path: str, page, site_address: str, proved: Callable) -> None:
    page.set_viewport_size(DESK)
    page.goto(site_address + path)
    open_all(page)
    found = []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours, contrast="more")
        found += said(f"{colours}, words", measure(page, "paleWords", WORDS_OF_MORE))
        found += said(f"{colours}, lines", measure(page, "paleLines", LINES_OF_MORE))
    proved("contrast-more", path, ["light", "dark"], 2 * measure(page, "pieces"), found)


def test_pale_words_and_lines_would_be_noticed(page) -> None:
    show(
        page,
        """<p>Black</p><p style="color: #555">Grey</p><p style="color: rgb(0 0 0 / 0.5)">Half</p>
        <svg width="90" height="40"><rect width="90" height="40" fill="#777"/><text x="9" y="20" fill="#000">Drawn</text></svg>
        <p style="border: 1px solid #999">Line</p><p style="border: 1px solid #444">Edge</p>""",
    )
    assert [re.search("“(.*)”", line).group(1) for line in measure(page, "paleWords", WORDS_OF_MORE)] == ["Grey", "Half", "Drawn"]
    assert len(measure(page, "paleLines", LINES_OF_MORE)) == 4  # each side of one box


@every_page
def test_boxes_keep_their_edges_in_forced_colours(path: str, page, site_address: str, proved: Callable) -> None:
    page.set_viewport_size(DESK)
    page.goto(site_address + path)
    count = measure(page, "boxesByGround")
    assert count > 0
    page.emulate_media(forced_colors="active")
    proved("forced-colours-edges", path, ["forced colours"], count, measure(page, "withoutEdge"))


def test_a_box_without_an_edge_would_be_noticed(page) -> None:
    show(page, "<p style='background: #eee'>One</p><p style='background: #eee; border: 1px solid #eee'>Other</p>")
    assert measure(page, "boxesByGround") == 2
    page.emulate_media(forced_colors="active")
    assert len(measure(page, "withoutEdge")) == 1


ICONS = ".cp-search button:visible, .cp-menu summary:visible, .cp-beside .cp-copy:visible, .cp-brand svg:visible"


def picture(page, box: dict) -> str:
    return base64.b64encode(page.screenshot(clip=box)).decode()


def faint_icons(page, selector: str) -> list[str]:
    """Icons that do not differ by 3:1 from what is round them."""
    found = []
    for icon in page.locator(selector).all():
        icon.scroll_into_view_if_needed()
        if measure(page, "spread", picture(page, icon.bounding_box())) < 3:
            found.append(icon.evaluate("(icon) => icon.outerHTML.slice(0, 90)"))
    return found


@each_kind
def test_icons_are_seen_in_all_colours(path: str, page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    for colours in ("light", "dark"):
        for forced in ("none", "active"):
            page.emulate_media(color_scheme=colours, forced_colors=forced)
            assert faint_icons(page, ICONS.replace(".cp-beside .cp-copy:visible", ".cp-beside .cp-copy:visible >> nth=0")) == []


def test_a_faint_icon_would_be_noticed(page) -> None:
    show(page, "<p style='width: 20px; height: 20px; border: 5px solid #eee'></p><b>Ink</b>")
    assert len(faint_icons(page, "p")) == 1 and faint_icons(page, "b") == []


# ------------------------------------------------------------------- the Tab key

MOST_STOPS = 1500
PIXELS_BELOW = 0.9  # the corners of a ring are round, and the end of a line may be outside the picture


def walk(page) -> tuple[list[int], list[str]]:
    """Press Tab from the top of the page to its end, and Shift+Tab back: the stops, and what is wrong with them."""
    stops, found = steps(page, "Tab")
    back, more = steps(page, "Shift+Tab", len(stops))
    found += [line for line in more if line not in found]
    if back != stops[::-1]:
        found.append("Shift+Tab does not lead back by the same stops")
    return stops, found + measure(page, "missed") + measure(page, "outOfOrder") + unnamed(page)


def steps(page, key: str, at_most: int = 0) -> tuple[list[int], list[str]]:
    """Press one key until the focus leaves the page, or as often as is asked."""
    bring_measures(page)
    stops, found = [], []
    while len(stops) < (at_most or MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate("cpMeasure.stop()")
        if stop is None:
            return stops, found
        if stop["number"] in stops:
            return stops, [*found, f"{key} comes back to a stop, and never leaves the page"]
        stops.append(stop["number"])
        found += stop["faults"]
    return stops, found if at_most else [*found, f"{key} does not leave the page in {MOST_STOPS} steps"]


def unnamed(page) -> list[str]:
    """Stops that a screen reader has no name or no role for."""
    session = page.context.new_cdp_session(page)
    found, left = [], [session.send("DOM.getDocument", {"depth": -1})["root"]]
    told = {node.get("backendDOMNodeId"): node for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]}
    while left:
        node = left.pop()
        left += node.get("children", [])
        if "data-stop" not in node.get("attributes", [])[::2]:
            continue
        here = told.get(node["backendNodeId"], {})
        label = f"<{node['localName']} {' '.join(node['attributes'])[:70]}>"
        if not here.get("name", {}).get("value", "").strip():
            found.append(f"{label} has no name")
        if here.get("role", {}).get("value", "") in ("generic", "none", ""):
            found.append(f"{label} has no role")
    return found


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[str, str]]:
    """Kinds of stops whose ring was looked at, in each of the colours: pages share them, and pictures take long."""
    return set()


def faint_rings(page, seen: set[tuple[str, str]]) -> list[str]:
    """Stops whose ring cannot be told from what is round it: all by their styles, and one of each kind by pictures."""
    found = []
    for colours, forced in (("light", "none"), ("dark", "none"), ("light", "active"), ("dark", "active")):
        label = f"{colours}{', forced' if forced == 'active' else ''}"
        page.emulate_media(color_scheme=colours, forced_colors=forced)
        if forced == "none":
            found += said(label, measure(page, "paleRings"))
        for kind, number in measure(page, "kinds"):
            if (kind, label) in seen:
                continue
            seen.add((kind, label))
            box = measure(page, "point", number)
            around = clip_around(box, page.viewport_size)
            focused = picture(page, around)
            measure(page, "unpoint")
            changed = measure(page, "changed", picture(page, around), focused)
            across = box["line"] if box["height"] < around["height"] else 0  # of a tall one, the window shows the sides only
            if changed < PIXELS_BELOW * 2 * 2 * (across + min(box["height"], around["height"])):
                found.append(f"{label}: {kind} shows its focus by {changed} pixels only")
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def clip_around(box: dict, window: dict) -> dict:
    """A box and the ring round it, as far as they are in the window."""
    left, top = max(box["x"] - 8, 0), max(box["y"] - 8, 0)
    right, bottom = min(box["x"] + box["width"] + 8, window["width"]), min(box["y"] + box["height"] + 8, window["height"])
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


@every_page
@pytest.mark.parametrize("size", [CLOSE_UP, DESK], ids=["close-up", "desk"])
def test_a_walk_by_tab_shows_every_stop(
    size: dict, path: str, page, site_address: str, looked_at: set[tuple[str, str]], proved: Callable
) -> None:
    page.set_viewport_size(size)
    page.goto(site_address + path)
    if size is CLOSE_UP:  # where all is open, nothing that can be reached is left out
        open_all(page)
        page.evaluate("document.querySelector('.cp-menu').open = true")
    stops, found = walk(page)
    assert len(stops) > 30
    found += faint_rings(page, looked_at)
    proved("keyboard", path, ["400 %" if size is CLOSE_UP else "desk"], len(stops), found)


def test_a_walk_notices_bad_stops(page) -> None:
    page.set_viewport_size(DESK)
    good = "<p>One <a href='#1'>first</a> and <a href='#2'>second</a></p><button>Third</button>"
    style = "<style>body { padding: 20px } :focus-visible { outline: 3px solid black; outline-offset: 3px }</style>"
    show(page, style + good)
    stops, found = walk(page)
    assert len(stops) == 3 and found == [] and faint_rings(page, set()) == []
    show(
        page,
        style
        + """<a href="#2"><i style="display: inline-block; width: 30px; height: 9px"></i></a>
        <a href="#3" class="ringless" style="outline: none">no ring</a> <a href="#4" style="position: absolute; left: -999px">outside</a>
        <div style="position: relative"><a href="#5">covered</a><div style="position: absolute; inset: 0; background: white"></div></div>
        <div style="overflow: hidden; width: 90px"><a href="#6">cut off</a></div>
        <div tabindex="0">no role</div>
        <a href="#7" class="faint" style="outline-color: #ddd">faint ring</a>
        <div style="display: flex; flex-direction: column-reverse"><a href="#8">below</a><a href="#9">above</a></div>
        <a href="#10" tabindex="-1">never</a>""",
    )
    stops, found = walk(page)
    text = "\n".join(found)
    for fault in ("#2.* has no name", "#4.* lies beyond", "#5.* is under", "#6.* ring cut off", "tabindex 0 .*has no role"):
        assert re.search(fault, text), fault
    assert re.search("#9.* is reached after .*#8.* stands above it", text)
    assert re.search("#10.* is never reached", text)
    rings = "\n".join(faint_rings(page, set()))
    assert re.search("ringless.* has no ring", rings) and re.search("faint.* has no ring", rings)
    assert re.search(r"A\|ringless.* shows its focus by 0 pixels", rings)


def test_a_stop_out_of_turn_would_be_noticed(page) -> None:
    show(page, "<p><a href='#1'>one</a></p><p><a href='#2' tabindex='1'>two</a></p>")
    _, found = walk(page)
    assert re.search("#1.* stands before .*#2.*, and is reached after it", "\n".join(found))


def test_a_trap_would_be_noticed(page) -> None:
    show(
        page,
        """<a href="#1">one</a> <a href="#2" id="two">two</a>
        <script>two.onkeydown = (event) => { event.preventDefault(); document.links[0].focus() }</script>""",
    )
    assert any("never leaves the page" in line for line in steps(page, "Tab")[1])


# ---------------------------------------------------------------------- languages


@cache
def welsh_words() -> tuple[str, ...]:
    """Every Welsh word that the facts know of."""
    return tuple(reading.read(HERE.parent / "docs" / "data").facts.welsh)


@every_page
def test_the_page_and_its_welsh_words_name_their_language(path: str, page, site_address: str, proved: Callable) -> None:
    page.goto(site_address + path)
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    words = list(welsh_words())
    proved("languages", path, ["as it opens"], 1 + len(words), measure(page, "unmarked", words, "cy"))


def test_welsh_words_in_answers_name_their_language(page, site_address: str) -> None:
    for word in welsh_words():
        page.goto(f"{site_address}search/#q={word}")
        page.wait_for_selector("#cp-search-results[data-for]")
        assert page.locator("main .cp-results [lang=cy]").count() > 0
        found = measure(page, "unmarked", [word], "cy")
        assert not [line for line in found if "cp-said-of-results" not in line]  # which repeats what the reader typed


def test_a_word_of_another_language_would_be_noticed(page) -> None:
    assert welsh_words()
    show(page, "<p>Say <i lang='cy'>cydgynhyrchu</i>.</p>")
    assert measure(page, "unmarked", ["cydgynhyrchu"], "cy") == []
    show(page, "<p>Say <i>Cydgynhyrchu</i>.</p>")
    assert len(measure(page, "unmarked", ["cydgynhyrchu"], "cy")) == 1


# ------------------------------------------------------------ status, help in its place

# Notes each live region that comes with its words already in it: many screen readers say nothing then.
_TOO_LATE = """
window.cpTooLate = [];
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes)
      for (const region of node.matches ? [node, ...node.querySelectorAll("*")] : [])
        if (region.matches("[role=status], [role=alert], [aria-live]") && region.textContent.trim()) cpTooLate.push(region.outerHTML);
}).observe(document, { childList: true, subtree: true });
"""


def test_a_live_region_stands_before_its_words_come(page, site_address: str) -> None:
    page.add_init_script(_TOO_LATE)
    page.goto(f"{site_address}search/#q=ladder")
    page.wait_for_selector("#cp-search-results[data-for]")
    assert re.search("answers for “ladder”", page.locator("main [role=status]").inner_text())
    page.goto(f"{site_address}ladder/")
    page.locator("main .cp-copy:visible").first.click()
    page.wait_for_function("[...document.querySelectorAll('[role=status]')].some((region) => /copied|did not copy/.test(region.textContent))")
    assert page.evaluate("cpTooLate") == []


def test_a_live_region_that_comes_with_its_words_would_be_noticed(page) -> None:
    page.add_init_script(_TOO_LATE)
    page.goto((HERE / "pages" / "good.html").as_uri())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p role=status>Done</p>')")
    assert page.wait_for_function("cpTooLate.length") and len(page.evaluate("cpTooLate")) == 1


def help_in(html: str, address: str) -> list[str]:
    """The ways to help in the foot of a page, in their order; the page that one is on is a link as well."""
    foot = LexborHTMLParser(html).css_first("footer")
    return [urljoin(address, link.attributes["href"]).removesuffix(".") for link in foot.css("a[href]")] if foot else []


def test_help_stands_in_the_same_place_and_order_on_every_page(built_site: Path) -> None:
    home = "https://site.example/"
    feet = {}
    for path in PAGES:
        file = built_site / (path if path.endswith(".html") else f"{path}index.html")
        feet[path] = help_in(file.read_text(encoding="utf-8").replace('href="/', f'href="{home}'), home + path)
    wanted = [f"{home}{path}" for path in ("resources/#urgent-help", "help-improve/", "accessibility/", "accessibility/#privacy")]
    for path, foot in feet.items():
        assert foot == feet[""], f"the foot of {path} is another"
    assert [link for link in feet[""] if link in wanted] == [*wanted[:3], wanted[2], wanted[3]]


def test_help_in_another_order_would_be_noticed() -> None:
    here = "https://site.example/what/"
    assert help_in("<footer><a href='../a/'>A</a><a href='./'>B</a></footer>", here) == [
        "https://site.example/a/",
        "https://site.example/what/",
    ]
    assert help_in("<footer><a href='./'>B</a><a href='../a/'>A</a></footer>", here) != help_in(
        "<footer><a href='../a/'>A</a><a href='./'>B</a></footer>", here
    )
