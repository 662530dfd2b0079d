"""The matrix: every page, in every size and colours, and every state that a reader can bring a page into.

Every page is judged as it opens, and again with all its notes open. The other states are judged on one page
of each kind that has them. To judge one page: ``python3 scripts/test.py tests/test_states.py -k ladder``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_core import Axe, Said, explanations
from coproduction import environment, reading
from coproduction.addresses import DOORS, door
from coproduction.forwarding import Forward, forwards
from coproduction.model import Facts, Withdrawn
from coproduction.pages import metas
from coproduction.tables import forward
from selectolax.lexbor import LexborHTMLParser
from test_built_site import html_validate
from test_browser import DESK, KINDS, PAGES, PAPER, PHONE, SCREENS, each_kind, every_page, open_all
from test_listen import BAR, BUTTON, LOCAL, listen, with_voices
from test_measured import measure

HERE = Path(__file__).resolve().parent
LOOKS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
PRINT = {look: {**LOOKS[look], "media": "print"} for look in ("light", "dark")}
LEAST_JUDGED = 40  # rules that find something to judge on any page of the site; on paper there is less
LEAST_ON_PAPER = 25
LEAST_ON_A_SMALL_PAGE = 15  # it has no menu, no search box and no foot

# ------------------------------------------------------------------------- states


class State(NamedTuple):
    """A state that a page can be in."""

    name: str
    where: str  # a selector of the built page: only a page that has one can be in this state
    enter: Callable  # brings an open page into it
    screens: dict[str, dict] = SCREENS
    looks: dict[str, dict] = LOOKS
    over: str = ""  # a selector of what then lies over the page


def open_menu(page) -> None:
    page.locator(".cp-menu summary").click()


def ask_for_suggestions(page) -> None:
    box = page.locator("form.cp-search input:visible").first
    box.click()
    page.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    page.keyboard.type("reci")
    page.keyboard.press("ArrowDown")
    page.locator(".cp-suggestions [aria-selected=true]").wait_for()


def ask(words: str) -> Callable:
    """A function that asks the search page for ``words``."""

    def enter(page) -> None:
        page.evaluate("(words) => { location.hash = '#q=' + encodeURIComponent(words) }", words)
        page.wait_for_selector("#cp-search-results[data-for]")

    return enter


def copy(page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("main .cp-copy:visible").first.click()
    page.locator(".cp-copied").wait_for()


def fail_to_copy(page) -> None:
    """Press buttons where nothing can be copied: then an address, or the words of a quotation, are shown to copy by hand."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false")
    open_all(page)
    page.locator("main .cp-copy:visible").first.click()
    page.locator("main .cp-copy:visible").last.click()
    page.locator(":is(.cp-by-hand, .cp-cite [open])").first.wait_for()


def answer(page) -> None:
    """Ask for a change, in answer to the first question of a kit."""
    page.evaluate("location.hash = document.querySelector('fieldset.cp-screen').id")
    page.locator("fieldset.cp-now input[value=change]").check()


def end_the_kit(page) -> None:
    answer(page)
    page.evaluate("location.hash = [...document.querySelectorAll('.cp-screen')].at(-1).id")
    page.locator(".cp-kit-said li").first.wait_for()


def write(page) -> None:
    """Write in every box, because axe cannot judge words that are not there."""
    page.evaluate("for (const box of document.querySelectorAll('main textarea')) box.value = 'Another word'")


def switch_the_key_off(page) -> None:
    """Switch it off in a browser that has stored nothing: in another the button would switch it on."""
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("[data-cp-slash]").click()
    page.wait_for_function("localStorage.length")


def forget(page) -> None:
    """Press the button that forgets, when there is something to forget."""
    switch_the_key_off(page)
    page.locator("[data-cp-forget]").click()
    page.get_by_role("status").filter(has_text="Forgotten").wait_for()


def listen_to_it(page) -> None:
    """Give the browser a voice, and press the button that then comes."""
    with_voices(page, LOCAL)
    page.reload()
    listen(page)


def pause(page) -> None:
    listen_to_it(page)
    page.locator(BUTTON).first.click()
    page.get_by_role("status").filter(has_text="Paused").wait_for()


COPIED = "main :is(.cp-body .cp-anchor, .cp-permalink, .cp-cite):not(.cp-easy *)"  # what the script gives a button that shows
STATES = [
    State("menu open", ".cp-menu", open_menu, {"320": PHONE}),
    State("suggestions open", "form.cp-search", ask_for_suggestions, over=".cp-suggestions"),
    State("answers found", "#cp-search-results", ask("who pays for my bus fare")),
    State("urgent help found", "#cp-search-results", ask("I want to die")),
    State("nothing found", "#cp-search-results", ask("qqqq zzzz")),
    State("something copied", COPIED, copy, over=".cp-copied"),
    State("nothing could be copied", COPIED, fail_to_copy),
    State("a question answered", ".cp-kit", answer),
    State("all answers gathered", ".cp-kit", end_the_kit),
    State("the / key switched off", "[data-cp-slash]", switch_the_key_off),
    State("all forgotten", "[data-cp-forget]", forget),
    State("on paper", "main", write, {"A4": PAPER}, PRINT),
    # These two last: the voice stays with the browser.
    State("listening", ".cp-lead", listen_to_it, over=BAR),
    State("paused", ".cp-lead", pause, over=BAR),
]


def states_of(html: str) -> list[State]:
    """The states that a built page can be in."""
    tree = LexborHTMLParser(html)
    return [state for state in STATES if tree.css_first(state.where)]


def file_of(path: str) -> str:
    """The file of the built site that holds the page with this address."""
    return path if path.endswith(".html") else path + "index.html"


Seen = Iterator[tuple[str, Said]]  # each state of a page, by name, and what axe said of it there


def at_rest(page, address: str, axe: Axe) -> Seen:
    """Judge a page as it opens, and with all its notes open, on each screen and in each look."""
    page.goto(address)
    yield from in_all_looks(page, axe, "as it opens")
    if page.locator("main details:not([open])").count():
        open_all(page)
        yield from in_all_looks(page, axe, "notes open")


def in_all_looks(page, axe: Axe, name: str) -> Seen:
    for (screen, size), (look, media) in product(SCREENS.items(), LOOKS.items()):
        page.set_viewport_size(size)
        page.emulate_media(**media)
        yield f"{name}, {screen}, {look}", axe(page)


def in_states(page, address: str, axe: Axe, html: str) -> Seen:
    """Bring a page into each state that it can be in, on each screen and in each look, and judge it there."""
    for state in states_of(html):
        for (screen, size), (look, media) in product(state.screens.items(), state.looks.items()):
            page.set_viewport_size(size)
            page.emulate_media(**{"media": "screen", **media})
            page.goto("about:blank")
            page.goto(address)
            state.enter(page)
            yield f"{state.name}, {screen}, {look}", axe(page, over=state.over)


@pytest.fixture
def proved(ran, browser) -> Callable:
    """A function that puts what axe said of one page into the record, and fails when there was a fault."""

    def prove(id: str, what: str, path: str, seen: Seen, least: int) -> None:
        said = dict(seen)
        faults = [f"{state}: {line}" for state, one in said.items() for line in one.faults]
        ran(
            id=id,
            what=what,
            pages=[path],
            states=said,
            checks=sum(one.judged for one in said.values()),
            faults=len(faults),
            explained=len({number for one in said.values() for number in one.explained}),
            browser="Chromium",
            version=browser.version,
            tools=["axe-core"],
        )
        assert not faults, "\n".join(faults)
        assert all(one.judged >= least for one in said.values()), {state: one.judged for state, one in said.items()}

    return prove


@every_page
def test_axe_finds_nothing_on_any_page(path: str, page, site_address: str, axe: Axe, proved: Callable) -> None:
    seen = at_rest(page, site_address + path, axe)
    what = "Every page with words of its own, as it opens and with its notes open: accessibility rules"
    proved("axe-pages", what, path, seen, LEAST_JUDGED)


@each_kind
def test_axe_finds_nothing_in_any_state(path: str, page, site_address: str, built_site: Path, axe: Axe, proved: Callable) -> None:
    seen = in_states(page, site_address + path, axe, (built_site / file_of(path)).read_text(encoding="utf-8"))
    what = "One page of each kind, in each state that a reader can bring it into: accessibility rules"
    proved("axe-states", what, path, seen, LEAST_ON_PAPER)


NO_FAULT_OF_A_SCRIPT = {
    "attribute-empty-style": "a browser writes hidden='' for hidden, and both mean the same",
    "no-implicit-input-type": "an input that says no kind is one for text",
    "prefer-native-element": "no element of HTML suggests while somebody types, and says how many there are",
}


@each_kind
def test_what_a_script_makes_of_a_page_keeps_the_rules_of_html(
    path: str, page, site_address: str, built_site: Path, node_tools: environment.NodeTools, tmp_path: Path
) -> None:
    for number, state in enumerate(states_of((built_site / file_of(path)).read_text(encoding="utf-8"))):
        page.set_viewport_size(next(iter(state.screens.values())))
        page.goto("about:blank")
        page.goto(site_address + path)
        state.enter(page)
        (tmp_path / f"{number}.html").write_text(page.content(), encoding="utf-8")
    found = [message for messages in html_validate(node_tools, tmp_path).values() for message in messages]
    assert [f"{m['message']} ({m['ruleId']})" for m in found if m["ruleId"] not in NO_FAULT_OF_A_SCRIPT] == []


@pytest.mark.parametrize("name", [state.name for state in STATES])
def test_each_state_can_be_had_on_a_page_of_some_kind(name: str, built_site: Path) -> None:
    states = [one for path in KINDS for one in states_of((built_site / file_of(path)).read_text(encoding="utf-8"))]
    assert name in [one.name for one in states]


def test_each_explanation_is_still_needed_and_says_who_decides(page, site_address: str, built_site: Path, axe: Axe) -> None:
    """One that nothing needs any more would hide the next fault of its kind."""
    tests = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("test_*.py"))
    for number, one in enumerate(axe.explained):
        assert f"\ndef {one['proved_by']}(" in tests, f"there is no test {one['proved_by']}"
        for path in one["pages"]:
            html = (built_site / file_of(path)).read_text(encoding="utf-8")
            seen = chain(at_rest(page, site_address + path, axe), in_states(page, site_address + path, axe, html))
            is_needed = any(number in said.explained for _, said in seen)
            assert is_needed, f"{one['rule']} in {one['within']} on {path} needs no explanation"


# ------------------------------------------------------------------- words in drawings


def pale_words(page) -> tuple[int, list[str]]:
    """How many pieces of text the drawings of a page have, and those that stand out by less than 7 to 1."""
    drawn = measure(page, "wordsInDrawings")
    return len(drawn), [f"{words}: {ratio:.2f} to 1" for words, ratio in drawn if ratio < 7]


def test_words_in_drawings_stand_out(page, site_address: str, built_site: Path) -> None:
    paths = [path for path in PAGES if re.search(r"<text[ >]", (built_site / file_of(path)).read_text(encoding="utf-8"))]
    assert paths
    for path, size, media in product(paths, SCREENS.values(), LOOKS.values()):
        page.set_viewport_size(size)
        page.emulate_media(**media)
        page.goto(site_address + path)
        count, pale = pale_words(page)
        assert count > 5 and pale == [], f"{path} {size} {media}"


@pytest.mark.parametrize(
    ("fill", "words", "pale"), [("#000", "#fff", 0), ("#888", "#fff", 1), ("none", "#000", 0), ("none", "#aaa", 1)]
)
def test_pale_words_in_a_drawing_are_noticed(fill: str, words: str, pale: int, page) -> None:
    page.set_content(
        f"<svg width=200 height=100><rect width=200 height=100 fill='{fill}'/><text x=20 y=50 fill='{words}'>Spade</text></svg>"
    )
    count, found = pale_words(page)
    assert count == 1 and len(found) == pale


# ---------------------------------------------------------- words that scroll out of sight


def test_words_that_scroll_out_of_sight_stand_out_where_they_are_seen(page, site_address: str, node_tools) -> None:
    """Colours do not depend on the width: on a wide screen axe sees all of them, and needs no explanation."""
    paths = {path for one in explanations() if one["within"] == ".cp-scroll" for path in one["pages"]}
    assert paths
    page.set_viewport_size(DESK)
    for path, media in product(sorted(paths), LOOKS.values()):
        page.emulate_media(**media)
        page.goto(site_address + path)
        assert page.locator(".cp-scroll td").count() > 10
        assert Axe(node_tools, [])(page).faults == []


# ------------------------------------------------------- the ways to tell us of a mistake

WAYS_IN = [DOORS, *(door(path) for path in PAGES if not path.endswith(".html"))]


@pytest.mark.parametrize("path", WAYS_IN)
def test_axe_finds_nothing_where_a_reader_tells_us_of_a_mistake(path: str, page, site_address: str, axe: Axe) -> None:
    page.goto(site_address + path)
    said = dict(in_all_looks(page, axe, "as it opens"))
    assert [f"{state}: {line}" for state, one in said.items() for line in one.faults] == []
    assert all(one.judged >= LEAST_ON_A_SMALL_PAGE for one in said.values())


# ---------------------------------------------------------- the small pages that lead on


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


def test_axe_finds_nothing_on_a_small_page_that_leads_on(page, site_address: str, root: Path, axe: Axe, proved: Callable) -> None:
    small, facts = small_pages(root)
    what = "One small page of each sort, which leads on or says that something was taken out: accessibility rules"
    for one in small:
        html = re.sub(r"<meta http-equiv.*?>", "", forward(one, "", facts))  # or it would lead on before it could be looked at
        page.route(site_address + one.here, answered(html))
        page.goto(site_address + one.here)
        assert page.locator("h1").inner_text() == one.name
        proved("axe-small", what, one.here, in_all_looks(page, axe, "as it opens"), LEAST_ON_A_SMALL_PAGE)
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# --------------------------------------------------------------------- good and bad twins


def test_axe_accepts_the_good_page_and_rejects_its_bad_twin(page, axe: Axe) -> None:
    page.goto((HERE / "pages" / "good.html").as_uri())
    assert axe(page).faults == []
    page.goto((HERE / "pages" / "bad.html").as_uri())
    assert axe(page).rules >= {
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


GOOD = (HERE / "pages" / "good.html").read_text(encoding="utf-8")
HARD = {
    "text on a picture": ("<h1>", "<h1 style='background: linear-gradient(#fff, #000)'>", "needs review: color-contrast at h1"),
    "text of less than 7 to 1": (
        "<h1>",
        "<h1 style='font-size: 1rem; font-weight: 400; color: #666'>",
        "color-contrast-enhanced at h1",
    ),
    "one pale letter": ("<td>Beans", "<td style='color: #999'>B", "color-contrast at td"),
}


@pytest.mark.parametrize(("old", "new", "line"), HARD.values(), ids=HARD)
def test_what_is_hard_to_see_or_to_judge_is_a_fault(old: str, new: str, line: str, page, axe: Axe) -> None:
    assert old in GOOD
    page.set_content(GOOD.replace(old, new))
    assert line in "\n".join(axe(page, "garden/").faults)


def test_an_explanation_holds_for_its_rule_its_pages_and_its_part_alone(page, node_tools) -> None:
    old, new, line = HARD["text on a picture"]
    page.set_content(GOOD.replace(old, new))
    good = {"rule": "color-contrast", "pages": ["garden/"], "within": "main", "because": "", "proved_by": ""}

    def faults(path: str = "garden/", **other: object) -> list[str]:
        said = Axe(node_tools, [{**good, **other}, {**good, "rule": "color-contrast-enhanced"}])(page, path)
        assert bool(said.explained[0]) == (line not in "\n".join(said.faults))
        return said.faults

    assert faults() == []
    assert faults(rule="region") and faults(pages=["other/"]) and faults(within="nav") and faults(path="other/")
