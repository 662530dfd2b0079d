"""The real site in a real browser: what a reader meets, on a phone and on a desk, with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from coproduction import reading
from coproduction.addresses import page_address
from coproduction.forwarding import Forward, forwards
from coproduction.model import Facts, Withdrawn
from coproduction.pages import metas
from coproduction.tables import forward
from selectolax.lexbor import LexborHTMLParser

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
PAGES = [*(page_address(path.relative_to(DOCS).as_posix()) for path in sorted(DOCS.rglob("*.md"))), "404.html"]
# One page of each kind: home, drawing, wide tables, long list, cards, checks, plain words, search, not found.
KINDS = ["", "ladder/", "what/compare/", "words/", "models/scie/", "involve/", "about/", "search/", "404.html"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
PAPER = {"width": 672, "height": 970}  # what the margins leave of A4

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
each_kind = pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")


def test_the_kinds_are_pages_of_the_site() -> None:
    assert set(KINDS) <= set(PAGES) and len(PAGES) >= 20


# ---------------------------------------------------------------------------- axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """
async (tags) => {
  const said = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return {
    violations: said.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`)),
    rules: said.violations.map((rule) => rule.id),
    passed: said.passes.length,
    run: said.violations.length + said.passes.length + said.incomplete.length + said.inapplicable.length,
  };
}
"""


@pytest.fixture(scope="session")
def axe(node_tools) -> Callable:
    """A function that runs every accessibility rule on a page, and refuses to believe a run of few rules."""
    script = (Path(node_tools.modules) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(page) -> dict:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(script)
        said = page.evaluate(_RUN_AXE, TAGS)
        assert said["run"] >= 60, f"only {said['run']} rules ran"
        assert said["passed"] >= 15 or said["rules"], f"only {said['passed']} rules found something to judge"
        return said

    return run


def open_all(page) -> None:
    """Open every closed note, so that what is in it is judged as well."""
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


@every_page
def test_axe_finds_nothing(path: str, page, site_address: str, axe: Callable) -> None:
    found = []
    page.goto(site_address + path)
    open_all(page)
    for size in (PHONE, DESK):
        for colours in ("light", "dark"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=colours)
            said = axe(page)
            print(f"{size['width']} {colours}: {said['run']} rules run, {said['passed']} of them had something to judge")
            found += [f"{size['width']} {colours}: {line}" for line in said["violations"]]
    assert not found, "\n".join(found)


@each_kind
def test_axe_finds_nothing_in_forced_colours(path: str, page, site_address: str, axe: Callable) -> None:
    page.set_viewport_size(PHONE)
    page.emulate_media(forced_colors="active")
    page.goto(site_address + path)
    open_all(page)
    assert axe(page)["violations"] == []


@each_kind
def test_axe_finds_nothing_in_the_open_menu(path: str, page, site_address: str, axe: Callable) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    page.locator(".cp-menu summary").click()
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert axe(page)["violations"] == []


def small_pages(root: Path) -> tuple[list[Forward], Facts]:
    """A small page of each sort, and the facts: two lead to a word and a rung, one says that something was taken out."""
    facts, dates = reading.read(root / "docs" / "data").facts, {"reviewed": date(2026, 11, 22), "review_by": date(2027, 11, 22)}
    gone = Withdrawn(
        id="word-hoe", name="Hoe", plain="We took it out.", see=("word-carer",), status="ours", home="words.md", **dates
    )
    facts = Facts(**{**{name: getattr(facts, name) for name in Facts.model_fields}, "withdrawn": (gone,)})
    found = {small.here: small for small in forwards(facts, metas(root))}
    return [found["r/word-carer/"], found["r/ladder-informing/"], found["r/word-hoe/"]], facts


def answered(html: str) -> Callable:
    return lambda route: route.fulfill(body=html, content_type="text/html")


def test_axe_finds_nothing_on_a_small_page_that_leads_on(page, site_address: str, root: Path, axe: Callable) -> None:
    small, facts = small_pages(root)
    for one in small:
        html = re.sub(r"<meta http-equiv.*?>", "", forward(one, "", facts))  # or it would lead on before it could be looked at
        page.route(site_address + one.here, answered(html))
        for size, colours in product((PHONE, DESK), ("light", "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=colours)
            page.goto(site_address + one.here)
            assert page.locator("h1").inner_text() == one.name
            assert axe(page)["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_axe_accepts_the_good_page_and_rejects_its_bad_twin(page, axe: Callable) -> None:
    page.goto((HERE / "pages" / "good.html").as_uri())
    assert axe(page)["violations"] == []
    page.goto((HERE / "pages" / "bad.html").as_uri())
    assert set(axe(page)["rules"]) >= {
        "aria-roles",
        "aria-valid-attr",
        "button-name",
        "color-contrast",
        "document-title",
        "heading-order",
        "html-has-lang",
        "image-alt",
        "label",
        "landmark-one-main",
        "landmark-unique",
        "link-name",
        "list",
        "meta-viewport",
        "region",
        "tabindex",
    }


# ------------------------------------------------------------------------- layout

_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
# Boxes that hide what does not fit, and hold more than fits; a box that nobody sees may.
_CLIPPED = """
() => [...document.querySelectorAll("body *")]
  .filter((box) => ["hidden", "clip"].includes(getComputedStyle(box).overflowX) && !box.closest(".cp-hidden, svg"))
  .filter((box) => box.clientWidth > 1 && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
  .map((box) => `${box.tagName} ${box.className}`)
"""


def sideways(page) -> int:
    """How many pixels of the page lie beyond the right edge of the window."""
    return page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")


@every_page
def test_no_page_scrolls_sideways_on_a_small_phone(path: str, page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    open_all(page)
    page.locator(".cp-menu summary").click()
    assert sideways(page) == 0


@every_page
def test_wider_text_spacing_clips_nothing(path: str, page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    open_all(page)
    page.add_style_tag(content=_SPACING)
    assert sideways(page) == 0
    assert page.evaluate(_CLIPPED) == []


@each_kind
def test_text_of_twice_the_size_scrolls_down_only(path: str, page, site_address: str) -> None:
    page.set_viewport_size(DESK)
    page.goto(site_address + path)
    open_all(page)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert sideways(page) == 0


def test_a_page_that_is_too_wide_or_clips_would_be_noticed(page) -> None:
    page.set_viewport_size(PHONE)
    page.set_content(
        "<div style='width: 400px'>wide</div><p style='width: 50px; height: 1em; overflow: hidden'>One two three four</p>"
    )
    assert sideways(page) > 0
    assert page.evaluate(_CLIPPED) == ["P "]


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


_KEPT = """
async () => ({
  cookies: document.cookie,
  storage: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})
"""
_NOTHING_KEPT = {"cookies": "", "storage": 0, "databases": 0, "caches": 0, "workers": 0}


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
    assert page.evaluate(_KEPT) == _NOTHING_KEPT
    assert context.cookies() == []


def test_a_page_that_is_not_quiet_would_be_noticed(page, context, site_address: str) -> None:
    heard = Heard(page)
    page.goto(site_address)
    page.evaluate("document.cookie = 'seen=1'; localStorage.seen = 1; console.error('oh')")
    page.evaluate("fetch('http://localhost:9/').catch(() => 0)")
    assert heard.complaints[0] == "oh"
    assert "http://localhost:9/" in heard.requests
    assert page.evaluate(_KEPT) != _NOTHING_KEPT and context.cookies()


# ----------------------------------------------------------------- without a script

# What may differ: search, printing and copying need the script. Without it a permalink stands in for each copy button.
_WORDS = """
() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const part of main.querySelectorAll(".cp-search, .cp-needs-script, .cp-beside, .cp-permalink, .cp-copy, #cp-search-results")) part.remove();
  for (const part of main.querySelectorAll("details")) part.open = true;
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
def test_every_page_is_whole_without_a_script(path: str, page, plain, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    for tab in (page, plain):
        tab.goto(site_address + path)
    assert plain.locator("form").count() > 0
    assert not any(form.is_visible() for form in plain.locator("form, button").all()), "a control that needs the script is shown"
    assert plain.locator(".cp-header a", has_text="A to Z of words").is_visible()
    with_script, without = page.evaluate(_WORDS), plain.evaluate(_WORDS)
    assert len(without) > 150
    assert without == with_script


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


_STOP = """
() => {
  const stop = document.activeElement;
  if (stop === document.body || stop === document.documentElement) return null;
  const looks = getComputedStyle(stop), box = stop.getClientRects()[0];
  const middle = box && (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = box && document.elementFromPoint(box.x + box.width / 2, middle);
  stop.dataset.walked = "yes";
  return {
    what: stop.outerHTML.slice(0, 90).replace(/\\s+/g, " "),
    kind: [stop.tagName, stop.className, stop.parentElement.className].join("."),
    box: box && { x: box.x, y: box.y, width: box.width, height: box.height },
    ring: looks.outlineStyle === "none" ? 0 : parseFloat(looks.outlineWidth),
    covered: !top || !(stop.contains(top) || top.contains(stop)),
  };
}
"""
_MISSED = """
() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((stop) => stop.checkVisibility({ visibilityProperty: true }) && !stop.dataset.walked).map((stop) => stop.outerHTML.slice(0, 90))
"""


def spoken_name(page, session) -> str:
    """The name that the browser gives a screen reader for the element in focus."""
    handle = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    node = session.send("Accessibility.getPartialAXTree", {"objectId": handle, "fetchRelatives": False})["nodes"][0]
    return node.get("name", {}).get("value", "").strip()


def faults_of(page, session, stop: dict, seen: set[str]) -> list[str]:
    """What is wrong with one stop of the Tab key."""
    found = []
    if not spoken_name(page, session):
        found.append("has no name")
    if not stop["box"] or not in_view(stop["box"], page.viewport_size):
        found.append(f"lies outside the window: {stop['box']}")
    elif stop["covered"]:
        found.append("is covered")
    if stop["ring"] < 2:
        found.append("shows no ring around it")
    elif not found and stop["kind"] not in seen:
        # The styles say that there is a ring; once for each kind of stop, look whether anything is drawn.
        seen.add(stop["kind"])
        if not drawn_differently(page, stop["box"]):
            found.append("looks the same with and without the focus")
    return [f"{stop['what']} {fault}" for fault in found]


def drawn_differently(page, box: dict) -> bool:
    """Whether the element in focus looks another way when the focus is taken away."""
    window = page.viewport_size
    left, top = max(box["x"] - 8, 0), max(box["y"] - 8, 0)
    clip = {
        "x": left,
        "y": top,
        "width": min(box["width"] + 16, window["width"] - left),
        "height": min(box["height"] + 16, window["height"] - top),
    }
    focused = page.screenshot(clip=clip)
    page.evaluate("window.cpStop = document.activeElement; cpStop.blur()")
    plain = page.screenshot(clip=clip)
    page.evaluate("cpStop.focus({ preventScroll: true, focusVisible: true })")
    return focused != plain


def walk(page) -> tuple[int, list[str]]:
    """Press Tab from the top of the page to its end: how many stops there are, and what is wrong with them."""
    session = page.context.new_cdp_session(page)
    found, seen, count = [], set(), 0
    while count < 900:
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            break
        count += 1
        found += faults_of(page, session, stop, seen)
    return count, found + [f"{missed} is never reached" for missed in page.evaluate(_MISSED)]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "ladder/", "what/compare/", "taking-part/", "search/"], ids=lambda path: path or "home")
def test_a_walk_by_tab_shows_every_stop(path: str, size: dict, page, site_address: str) -> None:
    page.set_viewport_size(size)
    page.goto(site_address + path)
    count, found = walk(page)
    assert count > 30
    assert not found, "\n".join(found)


def test_a_walk_notices_bad_stops(page) -> None:
    page.set_content("""
        <a href="#1">good</a> <a href="#2"><i style="display: inline-block; width: 9px; height: 9px"></i></a> <a href="#3" style="outline: none">no ring</a>
        <a href="#4" style="position: absolute; left: -999px">outside</a>
        <div style="position: relative"><a href="#5">covered</a><div style="position: absolute; inset: 0; background: white"></div></div>
        <a href="#6" tabindex="-1">never</a> <a href="#7" class="other" style="outline: 3px solid transparent !important">invisible ring</a>
        <style>:focus { outline: 3px solid black }</style>
    """)
    count, found = walk(page)
    assert count == 6
    said = [
        re.search(r"#(\d).*(has no|shows no|lies outside|is covered|looks the same|is never)", line).groups() for line in found
    ]
    assert said == [
        ("2", "has no"),
        ("3", "shows no"),
        ("4", "lies outside"),
        ("5", "is covered"),
        ("7", "looks the same"),
        ("6", "is never"),
    ]


# -------------------------------------------------------------------------- print

# Notes of which a reader does not see everything; on paper nobody follows a link to an editor, or copies words.
_CLOSED = """
() => [...document.querySelectorAll("main details:not(.cp-cite *)")]
  .filter((part) => ![...part.children].slice(1).every((child) => child.checkVisibility() || child.matches(".cp-edit")))
  .map((part) => part.innerText.slice(0, 60))
"""


@each_kind
def test_on_paper_there_is_no_chrome_and_nothing_is_closed(path: str, plain, site_address: str) -> None:
    plain.goto(site_address + path)
    assert plain.locator("header").first.is_visible()
    plain.emulate_media(media="print")
    plain.set_viewport_size(PAPER)
    for part in ("header", "footer", "nav", "form", "button"):
        assert not any(tag.is_visible() for tag in plain.locator(part).all()), f"paper shows a {part}"
    assert plain.locator("h1").is_visible()
    assert plain.evaluate(_CLOSED) == []
    assert sideways(plain) == 0


def test_the_notes_that_paper_opens_are_closed_on_screen(plain, site_address: str) -> None:
    plain.goto(site_address + "ladder/")
    assert len(plain.evaluate(_CLOSED)) >= 2


def test_printing_opens_what_is_closed_and_closes_it_again(page, site_address: str) -> None:
    page.goto(site_address + "ladder/")
    page.evaluate("""
        window.counts = [];
        const count = () => counts.push(document.querySelectorAll("main details:not([open])").length);
        addEventListener("beforeprint", count);
        addEventListener("afterprint", count);
        count();
    """)
    paper = page.pdf()
    before, printing, after = page.evaluate("counts")
    assert paper.startswith(b"%PDF")
    assert before >= 2 and printing == 0 and after == before


def test_the_print_button_prints(page, site_address: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(site_address + "ladder/")
    page.get_by_role("button", name="Print this page").press("Enter")
    assert page.evaluate("printed")
