"""The real site in a real browser: what a reader meets, on a phone and on a desk, with and without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from coproduction.addresses import page_address
from selectolax.lexbor import LexborHTMLParser

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = [*(page_address(path.relative_to(DOCS).as_posix()) for path in sorted(DOCS.rglob("*.md"))), "404.html"]
# One page of each kind: home, drawing, wide tables, tree, long list, cards, steps, checks, plain words, search, not found,
KINDS = ["", "ladder/", "what/compare/", "what/family-tree/", "words/", "models/scie/", "practice/", "involve/", "about/", "search/", "404.html"]
# easy read: with pictures, without, and the kit by which people check it; and the statement, with the buttons that store and forget.
KINDS += ["easy-read/ladder/", "easy-read/ladder/simple-words/", "easy-read/ladder/check/", "accessibility/"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
SCREENS = {"320": PHONE, "1280": DESK}
PAPER = {"width": 672, "height": 970}  # what the margins leave of A4

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
each_kind = pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")


def test_the_kinds_are_pages_of_the_site() -> None:
    assert set(KINDS) <= set(PAGES) and len(PAGES) >= 20


def open_all(page) -> None:
    """Open every closed note, so that what is in it is judged as well."""
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


# ------------------------------------------------------------------------- layout


def sideways(page) -> int:
    """How many pixels of the page lie beyond the right edge of the window."""
    return page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")


def test_only_safari_is_told_what_the_parts_of_a_table_are(page, site_address: str) -> None:
    """It alone forgets, where they are set as blocks. Elsewhere a role on them would break the rules of HTML."""
    said = "[...new Set([...document.querySelectorAll('table, table *')].map((part) => part.getAttribute('role')).filter(Boolean))]"
    page.goto(site_address + "models/scie/")
    assert page.evaluate(said) == []
    page.add_init_script("window.GestureEvent = class {}")
    page.reload()
    assert page.evaluate(said) == ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"]
    assert page.locator("table th, table td").count() == page.locator("[role=columnheader], [role=rowheader], [role=cell]").count()


def test_a_page_that_is_too_wide_would_be_noticed(page) -> None:
    page.set_viewport_size(PHONE)
    page.set_content("<div style='width: 90px'>narrow</div>")
    assert sideways(page) == 0
    page.set_content("<div style='width: 400px'>wide</div>")
    assert sideways(page) > 0


# -------------------------------------------------------------------------- quiet


class Heard:
    """What a page asks for and complains of while it is open."""

    def __init__(self, page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))


KEPT = """
async () => ({
  cookies: document.cookie,
  storage: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})
"""
NOTHING_KEPT = {"cookies": "", "storage": 0, "databases": 0, "caches": 0, "workers": 0}


def files_named_by(address: str, context) -> set[str]:
    """The addresses of the styles, scripts and pictures that a page's own HTML names."""
    tree = LexborHTMLParser(context.request.get(address).text())
    tags = tree.css("link[rel~=stylesheet], script[src], img[src]")
    return {urljoin(address, tag.attributes.get("href") or tag.attributes.get("src")) for tag in tags}


@every_page
def test_a_visit_is_quiet(path: str, page, context, site_address: str) -> None:
    """One host, no complaint, nothing kept, and no file that the page does not name."""
    heard = Heard(page)
    page.goto(site_address + path, wait_until="networkidle")
    page.mouse.wheel(0, 4000)
    named = files_named_by(site_address + path, context)
    assert {urlsplit(url).netloc for url in heard.requests} == {urlsplit(site_address).netloc}
    asked = {url for url in heard.requests if not url.endswith("/icon.svg")}  # not every browser reports that one
    assert asked == {site_address + path, *named}
    assert heard.complaints == []
    assert page.evaluate(KEPT) == NOTHING_KEPT
    assert context.cookies() == []


def test_a_page_that_is_not_quiet_would_be_noticed(page, context, site_address: str) -> None:
    heard = Heard(page)
    page.goto(site_address)
    page.evaluate("document.cookie = 'seen=1'; localStorage.seen = 1; console.error('oh')")
    page.evaluate("fetch('http://localhost:9/').catch(() => 0)")
    assert heard.complaints[0] == "oh"
    assert "http://localhost:9/" in heard.requests
    assert page.evaluate(KEPT) != NOTHING_KEPT and context.cookies()


# ----------------------------------------------------------------- without a script

# What may differ: search, printing, copying and gathering answers need the script. Without it a permalink stands in for each copy button,
# and the screens of a review kit are all there at once.
WORDS = """
() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const part of main.querySelectorAll(".cp-search, .cp-needs-script, .cp-beside, .cp-permalink, .cp-copy, .cp-kit-said, #cp-search-results")) part.remove();
  for (const part of main.querySelectorAll("details")) part.open = true;
  for (const kit of main.querySelectorAll(".cp-kit-one")) kit.classList.remove("cp-kit-one"); // the script shows one question at a time
  document.body.replaceChildren(main);
  return main.innerText;
}
"""


@pytest.fixture
def plain(browser):
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


@every_page
def test_every_page_is_whole_without_a_script(path: str, page, plain, site_address: str, ran: Callable) -> None:
    page.set_viewport_size(PHONE)
    for tab in (page, plain):
        tab.goto(site_address + path)
    assert plain.locator("form").count() > 0
    assert not any(form.is_visible() for form in plain.locator("form, button").all()), "a control that needs the script is shown"
    assert plain.locator(".cp-header a", has_text="A to Z of words").is_visible()
    with_script, without = page.evaluate(WORDS), plain.evaluate(WORDS)
    assert len(without) > 150
    assert without == with_script
    ran(
        id="no-script",
        what="Every page with JavaScript off: the same words as with it",
        browser="Chromium",
        version=page.context.browser.version,
        pages=[path],
        states=["no script"],
        checks=1,
    )


def test_without_a_script_the_search_page_says_what_to_do(plain, site_address: str) -> None:
    plain.goto(site_address + "search/")
    assert "needs JavaScript" in plain.locator("#cp-search-results").inner_text()
    plain.locator("#cp-search-results a").click()
    assert plain.url == site_address + "words/"


def test_without_a_script_the_menu_opens_by_keyboard(plain, site_address: str) -> None:
    plain.goto(site_address + "ladder/")
    tab_to(plain, ".cp-menu summary")
    plain.keyboard.press("Enter")
    assert plain.locator(".cp-menu a", has_text="Words explained").is_visible()


# ----------------------------------------------------------------------- keyboard


def tab_to(page, selector: str, at_most: int = 40) -> int:
    """Press Tab until the element has the focus; return how often."""
    for count in range(1, at_most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return count
    raise AssertionError(f"Tab does not reach {selector} in {at_most} steps")


@each_kind
def test_the_menu_opens_by_keyboard_and_escape_closes_it(path: str, page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    links = page.locator(".cp-menu a")
    assert tab_to(page, ".cp-menu summary") <= 6
    assert not links.first.is_visible()
    page.keyboard.press("Enter")
    assert links.count() >= 20 and all(link.is_visible() for link in links.all())
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.cp-menu nav a'))")
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    assert page.evaluate("document.activeElement.matches('.cp-menu summary')"), "the focus is lost"


@each_kind
def test_the_skip_link_leads_past_the_header(path: str, page, site_address: str) -> None:
    page.goto(site_address + path)
    skip = page.locator("a.cp-skip")
    assert not in_view(skip.bounding_box(), page.viewport_size)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.cp-skip')")
    assert skip.inner_text() == "Skip to main content" and in_view(skip.bounding_box(), page.viewport_size)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main, footer'))"), "the next stop lies before the main part"


def in_view(box: dict, window: dict) -> bool:
    """Whether a box lies inside the window; of one that is taller than half of it, as much as half the window."""
    seen = min(box["y"] + box["height"], window["height"]) - max(box["y"], 0)
    across = box["x"] >= -1 and box["x"] + box["width"] <= window["width"] + 1
    return across and box["width"] > 0 and seen > 0 and seen >= min(box["height"], window["height"] / 2) - 1
