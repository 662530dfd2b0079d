"""A page of each kind in Firefox: what holds in Chromium holds in a browser that was made by others.

Without Firefox these tests are left out, and say so; nobody can record without it. Where every change is checked
(``CI=true``) they fail instead: there the proof in Firefox is required.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_core import Axe
from coproduction import environment
from firefox import Failed, Firefox, Tab
from test_browser import KEPT, KINDS, NOTHING_KEPT, PHONE, SCREENS, WORDS, each_kind, open_all, sideways, tab_to
from test_measured import SPACING
from test_states import LEAST_JUDGED

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
# What a reader would set in Firefox, and Firefox can only be told before it starts.
LIGHT = {"layout.css.prefers-color-scheme.content-override": 1}
DARK = {"layout.css.prefers-color-scheme.content-override": 0}
FORCED = {"browser.display.document_color_use": 2}
NO_SCRIPT = {"javascript.enabled": False}
LOOKS = {"light": LIGHT, "dark": DARK, "forced colours": FORCED}
_LOOK = """
() => matchMedia("(forced-colors: active)").matches ? "forced colours" : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
"""


@pytest.fixture(scope="session")
def firefox(node_tools: environment.NodeTools) -> Iterator[Firefox]:
    """One Firefox for all tests, with a fresh profile."""
    try:
        found = environment.find_firefox()
    except environment.NoBrowser as none:
        if os.environ.get("CI") == "true":
            pytest.fail(f"The proof in Firefox is required here. {none}", pytrace=False)
        pytest.skip(str(none))
    with Firefox(found.path, node_tools) as started:
        yield started


@pytest.fixture(scope="session", params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    """The colours that a reader has chosen. As it belongs to the session, the tests of one look follow each other."""
    return request.param


@pytest.fixture
def tab(firefox: Firefox) -> Tab:
    """An empty page in a clean visit."""
    return firefox.visit(LIGHT)


@pytest.fixture
def proved(ran: Callable, firefox: Firefox) -> Callable:
    """A function that puts what was seen of one page into the record, and fails when there was a fault."""

    def prove(id: str, what: str, path: str, faults: dict[str, list[str]], **counts: object) -> None:
        lines = [f"{state}: {line}" for state, found in faults.items() for line in found]
        ran(
            id=id, what=what, pages=[path], states=faults, faults=len(lines), browser="Firefox", version=firefox.version, **counts
        )  # fmt: skip
        assert not lines, "\n".join(lines)

    return prove


def open_menu(tab: Tab) -> None:
    """Open the menu by keyboard."""
    assert tab_to(tab, ".cp-menu summary") <= 6
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('.cp-menu').open")


# ---------------------------------------------------------------------------- axe


@each_kind
def test_axe_finds_nothing_in_firefox(path: str, look: str, firefox: Firefox, site_address: str, axe: Axe, proved: Callable) -> None:
    tab, said = firefox.visit(LOOKS[look]), {}
    for screen, size in SCREENS.items():
        tab.set_viewport_size(size)
        tab.goto(site_address + path)
        open_all(tab)
        said[f"notes open, {screen}, {look}"] = axe(tab)
        if size is PHONE:  # a wide screen has a bar instead
            open_menu(tab)
            said[f"menu open, {screen}, {look}"] = axe(tab)
    assert tab.evaluate(_LOOK) == look
    proved(
        "axe-firefox",
        "One page of each kind in Firefox, with its notes open and with the menu open: rules for accessibility",
        path,
        {state: one.faults for state, one in said.items()},
        checks=sum(one.judged for one in said.values()),
        explained=len({number for one in said.values() for number in one.explained}),
        tools=["axe-core", "puppeteer-core"],
    )
    assert all(one.judged >= LEAST_JUDGED for one in said.values()), {state: one.judged for state, one in said.items()}


def test_axe_accepts_the_good_page_in_firefox_and_rejects_its_bad_twin(tab: Tab, axe: Axe) -> None:
    tab.goto((HERE / "pages" / "good.html").as_uri())
    assert axe(tab).faults == []
    tab.goto((HERE / "pages" / "bad.html").as_uri())
    assert axe(tab).rules >= {"aria-roles", "button-name", "color-contrast", "document-title", "heading-order", "image-alt", "label", "list"}


# ------------------------------------------------------------------ layout and keyboard

_STOP = """
() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return null;
  const ring = getComputedStyle(stop), faults = [], boxes = [...stop.getClientRects()].filter((box) => box.width && box.height);
  axe.setup(document);
  if (!axe.commons.text.accessibleText(stop)) faults.push("has no name");
  axe.teardown();
  if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) faults.push("shows no ring around it");
  const inside = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.left >= -1 && box.right <= innerWidth + 1);
  if (!inside.length) faults.push("lies outside the window");
  else if (!inside.some((box) => {
    const top = document.elementFromPoint(box.x + box.width / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
    return top && (stop.contains(top) || top.contains(stop));
  })) faults.push("is covered");
  const again = stop.dataset.walked === "yes";
  stop.dataset.walked = "yes";
  const what = stop.outerHTML.slice(0, 90).replace(/\\s+/g, " ");
  return { again, faults: faults.map((fault) => `${what} ${fault}`) };
}
"""
_MISSED = """
() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((stop) => stop.checkVisibility({ visibilityProperty: true }) && !stop.dataset.walked)
  .map((stop) => `${stop.outerHTML.slice(0, 90)} is never reached`)
"""


def walk(tab: Tab, axe: Axe) -> tuple[int, list[str]]:
    """Press Tab from the top of the page to its end: how many stops there are, and what is wrong with them."""
    axe.load(tab)
    found, count = [], 0
    while count < 900:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(_STOP)
        if stop is None or stop["again"]:  # after the last stop Firefox begins anew
            break
        count += 1
        found += stop["faults"]
    return count, found + tab.evaluate(_MISSED)


WALKS = ["", "ladder/", "what/compare/", "involve/", "search/", "404.html"]  # the others have the same parts, and hundreds of stops


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path or "home")
def test_a_walk_by_tab_in_firefox_shows_every_stop(
    path: str, firefox: Firefox, site_address: str, axe: Axe, proved: Callable
) -> None:
    counts, faults = [], {}
    for screen, size in SCREENS.items():
        tab = firefox.visit(LIGHT)  # a walk ends in the bars of the window, and begins in the page
        tab.set_viewport_size(size)
        tab.goto(site_address + path)
        count, faults[f"walked by Tab, {screen}"] = walk(tab, axe)
        counts.append(count)
    assert min(counts) > 30
    what = "Pages in Firefox, walked with the Tab key: each stop is seen, is named and shows that it has the focus"
    proved("keyboard-firefox", what, path, faults, checks=sum(counts), tools=["puppeteer-core"])


def test_a_walk_in_firefox_notices_bad_stops(tab: Tab, axe: Axe, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        """<!DOCTYPE html><html lang="en-GB"><title>Bad</title><style>:focus { outline: 3px solid black }</style>
        <a href="#1">good</a> <a href="#2"><i style="display: inline-block; width: 9px; height: 9px"></i></a>
        <a href="#3" style="outline: none">no ring</a> <a href="#4" style="position: absolute; left: -999px">outside</a>
        <div style="position: relative"><a href="#5">covered</a><div style="position: absolute; inset: 0; background: white"></div></div>
        <a href="#6" tabindex="-1">never</a>""",
        encoding="utf-8",
    )
    tab.goto(bad.as_uri())
    count, found = walk(tab, axe)
    assert count == 5
    assert [re.search(r"#(\d).*?(has no|shows no|lies outside|is covered|is never)", line).groups() for line in found] == [
        ("2", "has no"),
        ("3", "shows no"),
        ("4", "lies outside"),
        ("5", "is covered"),
        ("6", "is never"),
    ]


# Boxes that hide what does not fit, and hold more than fits; a box that nobody sees may.
_CLIPPED = """
() => [...document.querySelectorAll("body *")]
  .filter((box) => ["hidden", "clip"].includes(getComputedStyle(box).overflowX) && !box.closest(".cp-hidden, svg"))
  .filter((box) => box.clientWidth > 1 && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
  .map((box) => `${box.tagName} ${box.className}`)
"""


@each_kind
def test_a_small_window_and_wide_spacing_cut_nothing_off_in_firefox(path: str, tab: Tab, site_address: str) -> None:
    tab.set_viewport_size(PHONE)
    tab.goto(site_address + path)
    open_all(tab)
    open_menu(tab)
    assert sideways(tab) == 0
    tab.add_style_tag(content=SPACING)
    assert sideways(tab) == 0
    assert tab.evaluate(_CLIPPED) == []


def test_what_is_too_wide_or_cut_off_would_be_noticed_in_firefox(tab: Tab) -> None:
    tab.set_viewport_size(PHONE)
    tab.evaluate("document.body.innerHTML = '<div style=\"width: 400px\">wide</div><p style=\"width: 50px; height: 1em; overflow: hidden\">One two three'")
    assert sideways(tab) > 0
    assert tab.evaluate(_CLIPPED) == ["P "]


@each_kind
def test_escape_closes_the_menu_in_firefox(path: str, tab: Tab, site_address: str) -> None:
    links = "[...document.querySelectorAll('.cp-menu a')].filter((link) => link.checkVisibility()).length"
    tab.set_viewport_size(PHONE)
    tab.goto(site_address + path)
    assert tab.evaluate(links) == 0
    open_menu(tab)
    assert tab.evaluate(links) >= 20
    tab.keyboard.press("Tab")
    assert tab.evaluate("Boolean(document.activeElement.closest('.cp-menu nav a'))")
    tab.keyboard.press("Escape")
    assert tab.evaluate(links) == 0
    assert tab.evaluate("document.activeElement.matches('.cp-menu summary')"), "the focus is lost"


# --------------------------------------------------------------------------- search


def test_search_answers_in_firefox(tab: Tab, site_address: str, axe: Axe) -> None:
    tab.goto(site_address + "ladder/")
    tab_to(tab, "form.cp-search input")
    tab.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    tab.keyboard.type("informing")
    tab.wait_for_function("document.querySelectorAll('[role=option]').length")
    assert axe(tab, over=".cp-suggestions").faults == []
    tab.keyboard.press("Enter")
    tab.wait_for_function("location.pathname.endsWith('/search/') && document.querySelectorAll('#cp-search-results[data-for]').length")
    answers = tab.evaluate("[...document.querySelectorAll('main ol.cp-results > li > a')].map((link) => link.href)")
    assert f"{site_address}ladder/#ladder-informing" in answers[:3]
    assert axe(tab).faults == []
    heard = tab.heard()
    assert hosts(heard) == {urlsplit(site_address).netloc} and not any("informing" in address.partition("#")[0] for address in heard["requests"])


# ---------------------------------------------------------------------------- quiet


def hosts(heard: dict) -> set[str]:
    """The hosts that were asked for something. Firefox also reports fonts of its own, which lie in its program."""
    return {urlsplit(address).netloc for address in heard["requests"] if not address.startswith("data:")}


@each_kind
def test_a_visit_in_firefox_is_quiet(path: str, tab: Tab, site_address: str) -> None:
    tab.goto(site_address + path)
    tab.keyboard.press("End")
    heard = tab.heard()
    assert hosts(heard) == {urlsplit(site_address).netloc}
    assert heard["complaints"] == []
    assert tab.evaluate(KEPT) == NOTHING_KEPT
    assert tab.cookies() == []


def test_a_page_that_is_not_quiet_would_be_noticed_in_firefox(tab: Tab, site_address: str) -> None:
    tab.goto(site_address)
    tab.evaluate("document.cookie = 'seen=1'; localStorage.seen = 1; console.error('oh')")
    tab.evaluate("fetch('http://localhost:50999/').catch(() => 0)")
    tab.evaluate("void setTimeout(() => { throw new Error('ah') })")
    tab.wait_for_function("new Promise((done) => setTimeout(done, 200, true))")
    heard = tab.heard()
    assert "oh" in heard["complaints"] and any("ah" in line for line in heard["complaints"])
    assert "localhost:50999" in hosts(heard)
    assert tab.evaluate(KEPT) != NOTHING_KEPT and tab.cookies() == ["seen"]


# ----------------------------------------------------------------- without a script

_CONTROLS = "[...document.querySelectorAll('form, button')].filter((control) => control.checkVisibility()).length"


def test_every_kind_of_page_is_whole_in_firefox_without_a_script(firefox: Firefox, site_address: str, proved: Callable) -> None:
    words: dict[str, list[str]] = {path: [] for path in KINDS}
    for preferences in (LIGHT, NO_SCRIPT):
        tab = firefox.visit(preferences)
        tab.set_viewport_size(PHONE)
        for path in KINDS:
            tab.goto(site_address + path)
            assert bool(tab.evaluate(_CONTROLS)) == (preferences is LIGHT), f"{path} shows a control that needs the script"
            words[path].append(tab.evaluate(WORDS))
    for path, (with_script, without) in words.items():
        assert len(without) > 150, path
        faults = [] if without == with_script else [f"{path} has other words without the script"]
        what = "One page of each kind in Firefox with JavaScript off: the same words as with it"
        proved("no-script-firefox", what, path, {"no script": faults}, checks=1, tools=["puppeteer-core"])


# ------------------------------------------------------------------------ the driver


def test_what_goes_wrong_in_firefox_is_said(tab: Tab) -> None:
    with pytest.raises(Failed, match="evaluate: .*nobody"):
        tab.evaluate("nobody()")
    with pytest.raises(Failed, match="goto: "):
        tab.goto("http://127.0.0.1:9/")
    with pytest.raises(Failed, match=r"still not true after 0\.1 seconds: 1 > 2"):
        tab.wait_for_function("1 > 2", patience=0.1)
    assert tab.evaluate("1 + 1") == 2


def test_a_firefox_that_is_none_is_an_error_and_no_wait(tmp_path: Path, node_tools: environment.NodeTools) -> None:
    with Firefox(str(tmp_path / "gone"), node_tools) as firefox, pytest.raises(Failed, match="start: "):
        firefox.visit(LIGHT)


def test_a_machine_without_firefox_leaves_these_tests_out_and_says_why(monkeypatch: pytest.MonkeyPatch, node_tools) -> None:
    def none() -> None:
        raise environment.NoBrowser("Install Firefox, or say where it is.")

    monkeypatch.setattr(environment, "find_firefox", none)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Install Firefox"):
        next(firefox.__wrapped__(node_tools))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="is required here. Install Firefox"):
        next(firefox.__wrapped__(node_tools))
