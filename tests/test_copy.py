"""What can be copied: the address of every heading and item, and every quotation with its citation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from coproduction import reading
from coproduction.addresses import page_address
from coproduction.reading import Library
from locked import lock, locks
from selectolax.lexbor import LexborHTMLParser
from test_browser import PAGES, open_all

NCAG = re.compile("Copy with citation ?: NCAG")
SMALLEST = 24  # pixels that a target must measure, each way

# The page for a lost link has no address of its own to copy.
every_page = pytest.mark.parametrize("path", [path for path in PAGES if path != "404.html"], ids=lambda path: path or "home")


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return reading.read(root / "docs" / "data")


@pytest.fixture
def clipboard(context) -> Callable:
    """A function that reads the clipboard: the text of one kind."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = context.new_page()

    def read(site_address: str, kind: str = "text/plain") -> str:
        reader.goto(site_address + "about/")
        return reader.evaluate(
            """async (kind) => {
                for (const item of await navigator.clipboard.read())
                    if (item.types.includes(kind)) return (await item.getType(kind)).text();
                return "";
            }""",
            kind,
        )

    return read


def button(page, name: str | re.Pattern):
    return page.get_by_role("button", name=name, exact=True)


# ---------------------------------------------------------------------- every button

# Presses every copy button and keeps what each would have copied.
_PRESS_ALL = """
async () => {
  const kept = [];
  let last;
  window.ClipboardItem = class { constructor(kinds) { this.kinds = kinds } };
  Object.defineProperty(navigator, "clipboard", { value: { write: async ([item]) => { last = item.kinds["text/plain"] } } });
  for (const button of document.querySelectorAll("main .cp-copy:not(.cp-cite *, .cp-easy *)")) {
    for (let part = button.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    const name = button.textContent.trim(), box = button.getBoundingClientRect();
    button.click();
    const { width, height } = box, { tagName: tag, type } = button;
    kept.push({ name, to: await last.text(), width, height, tag, type });
  }
  return kept;
}
"""


def wanted(html: str, address: str, home: str, library: Library) -> dict[str, str]:
    """Each address that a page should let its reader copy, and the name of what is there.

    The parts of a short page in easy words have none of their own.
    """
    tree = LexborHTMLParser(html)
    for part in tree.css(".cp-easy :is(h2, h3)"):
        part.decompose()
    body = tree.css_first("main .cp-body")
    known = library.facts.by_id
    found = {}
    for tag in body.css("[id]") if body else []:
        id = tag.attributes["id"]
        if id in known:
            found[f"{home}r/{id}/"] = library.facts.title(id)
        elif tag.tag in ("h2", "h3"):
            found[f"{address}#{id}"] = " ".join(tag.text().split())
    return found


def faults(buttons: list[dict], names: dict[str, str]) -> list[str]:
    """What is wrong with the buttons of a page that has these addresses to copy."""
    found = []
    for address, name in names.items():
        of = [button for button in buttons if button["to"] == address]
        if len(of) != 1:
            found.append(f"{address} has {len(of)} buttons")
        elif not re.fullmatch(rf"Copy link to {re.escape(name)}(, in .+)?", of[0]["name"]):
            found.append(f"{address} is called '{of[0]['name']}'")
    said = [button["name"] for button in buttons]
    found += [f"'{name}' is the name of more than one" for name in sorted(set(said)) if said.count(name) > 1]
    found += [f"'{b['name']}' is small" for b in buttons if min(b["width"], b["height"]) < SMALLEST]
    found += [f"'{b['name']}' is no button" for b in buttons if (b["tag"], b["type"]) != ("BUTTON", "button")]
    return found + [f"{b['to']} was not asked for" for b in buttons if b["to"] not in names]


@every_page
def test_every_heading_and_every_item_has_one_button_that_copies_its_address(
    path: str, page, context, site_address: str, library: Library
) -> None:
    address = site_address + path
    names = wanted(context.request.get(address).text(), address, site_address, library)
    page.goto(address)
    found = faults(page.evaluate(_PRESS_ALL), names)
    assert not found, "\n".join(found)


def test_the_pages_hold_every_item(built_site: Path, library: Library) -> None:
    """So that the test above does not pass by finding nothing to look for."""
    ids = {id for id, record in library.facts.by_id.items() if record.home in {"words.md", "what/index.md", "resources.md"}}
    html = {path: (built_site / path / "index.html").read_text(encoding="utf-8") for path in ("words", "what", "resources")}
    found = {to for path in html for to in wanted(html[path], f"/{path}/", "/", library)}
    assert len(ids) > 150 and {f"/r/{id}/" for id in ids} <= found


GOOD = {"name": "Copy link to Trust", "to": "/#trust", "width": 28, "height": 28, "tag": "BUTTON", "type": "button"}


@pytest.mark.parametrize(
    ("buttons", "wrong"),
    [
        ([GOOD], []),
        ([{**GOOD, "name": "Copy link to Trust, in Values"}], []),
        ([], ["/#trust has 0 buttons"]),
        ([{**GOOD, "name": "Copy link"}], ["/#trust is called 'Copy link'"]),
        ([{**GOOD, "height": 20}], ["'Copy link to Trust' is small"]),
        ([{**GOOD, "tag": "A", "type": ""}], ["'Copy link to Trust' is no button"]),
        (
            [GOOD, {**GOOD, "to": "/#hope"}],
            ["'Copy link to Trust' is the name of more than one", "/#hope was not asked for"],
        ),
    ],
)
def test_a_button_that_is_missing_or_bad_would_be_noticed(buttons: list[dict], wrong: list[str]) -> None:
    assert faults(buttons, {"/#trust": "Trust"}) == wrong


def made_up(page, site_address: str, body: str) -> None:
    """Open a page of our own with the site's script."""
    html = f"""
        <!DOCTYPE html><script src="{site_address}assets/site.js" defer></script>
        <details class="cp-menu"><summary>Menu</summary></details>
        <main><h1>Garden</h1><div class="cp-body">{body}</div></main>
    """
    page.route("**/made-up/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(site_address + "made-up/")


def test_two_headings_of_the_same_words_have_buttons_of_different_names(page, site_address: str) -> None:
    headings = [("h2", "Spades"), ("h3", "Cost"), ("h2", "Seeds"), ("h3", "Cost")]
    parts = [f'<{tag}><a class="cp-anchor" href="#{tag}">{words}</a></{tag}>' for tag, words in headings]
    made_up(page, site_address, "".join(parts))
    names = [text.strip() for text in page.locator(".cp-copy").all_inner_texts()]
    assert names == ["Copy link to Spades", "Copy link to Cost", "Copy link to Seeds", "Copy link to Cost, in Seeds"]


def test_a_page_without_an_address_of_its_own_has_no_copy_buttons(page, site_address: str) -> None:
    page.goto(site_address + "404.html")
    assert page.locator("main h2").count() > 0 and page.locator(".cp-copy").count() == 0


def test_a_heading_is_one_stop_of_the_tab_key(page, site_address: str) -> None:
    made_up(page, site_address, '<h2 id="a"><a class="cp-anchor" href="#a">Our <em>spades</em></a></h2>')
    assert page.locator("h2 a").count() == 0
    assert page.locator("h2").inner_html() == "Our <em>spades</em>"
    assert button(page, "Copy link to Our spades").count() == 1


# ------------------------------------------------------------------------- copying


@pytest.mark.parametrize(
    ("path", "name", "address"),
    [
        ("models/scie/", "Reciprocity", "r/principle-scie-reciprocity/"),
        ("words/", "Reciprocity", "r/word-reciprocity/"),
        ("what/", "Which words can I quote?", "what/#quote"),
    ],
)
def test_the_address_is_copied_and_the_result_is_said(
    path: str, name: str, address: str, page, site_address: str, clipboard: Callable
) -> None:
    page.goto(site_address + path + "?from=mail#main")
    status = page.locator("body > [role=status]")
    assert status.count() == 1 and status.text_content() == ""
    found = button(page, f"Copy link to {name}")
    found.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    assert status.text_content() == f"Link to {name} copied"
    page.keyboard.press("Enter")
    assert page.locator(".cp-copied").count() == 1 and page.locator(".cp-copied").is_visible()
    assert page.evaluate("document.activeElement.textContent.includes('Copy link to')"), "the focus is lost"
    assert clipboard(site_address) == site_address + address


def test_the_address_is_right_in_a_sub_folder(page, sub_address: str, clipboard: Callable) -> None:
    page.goto(sub_address + "words/")
    button(page, "Copy link to Reciprocity").click()
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    assert clipboard(sub_address) == sub_address + "r/word-reciprocity/"


NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
REFUSED = "navigator.clipboard.write = async () => { throw new DOMException('no', 'NotAllowedError') }"
NO_OTHER_WAY = "document.execCommand = () => false"


@pytest.mark.parametrize("trouble", [NO_CLIPBOARD, REFUSED], ids=["absent", "refused"])
def test_without_the_clipboard_the_old_way_copies(trouble: str, page, site_address: str, clipboard: Callable) -> None:
    page.add_init_script(trouble)
    page.goto(site_address + "what/")
    button(page, "Copy link to NCAG").click()
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    assert clipboard(site_address) == site_address + "r/definition-ncag/"
    button(page, NCAG).click()
    page.wait_for_function("document.querySelector('body > [role=status]').textContent.includes('citation')")
    assert "<blockquote" in clipboard(site_address, "text/html")


def test_where_nothing_can_be_copied_the_address_is_shown(page, site_address: str) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; {NO_OTHER_WAY}")
    page.goto(site_address + "what/")
    pressed = button(page, "Copy link to NCAG")
    pressed.press("Enter")
    field = page.get_by_label("Copy this address")
    assert field.input_value() == site_address + "r/definition-ncag/"
    assert page.locator("body > [role=status]").text_content().startswith("Your browser did not copy it.")
    assert pressed.evaluate("(button) => button === document.activeElement"), "the focus is lost"
    pressed.press("Enter")
    assert field.count() == 1


def test_where_nothing_can_be_copied_the_citation_is_opened(page, site_address: str) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; {NO_OTHER_WAY}")
    page.goto(site_address + "what/")
    block = page.locator(".cp-citation", has_text="definition-ncag/")
    assert not block.is_visible()
    button(page, NCAG).press("Enter")
    block.wait_for()


# ------------------------------------------------------------------------ quotations


def test_every_quotation_at_home_can_be_cited_letter_for_letter(built_site: Path, library: Library) -> None:
    """Each that its home page shows has its block, with the words in which it is locked."""
    cited: dict[str, list[str]] = {}
    shown = 0
    for home in {record.home for _, record in library.facts.records}:
        page = LexborHTMLParser((built_site / page_address(home) / "index.html").read_text(encoding="utf-8"))
        words = {quote.text().strip() for quote in page.css("figure.cp-quote blockquote")}
        at_home = [quote for _, record in library.facts.records if record.home == home for _, quote in record.quotations()]
        shown += sum(quote.words in words for quote in at_home)
        for block in page.css(".cp-citation"):
            id = re.search(r"/r/([\w-]+)/$", block.text().strip())[1]
            cited.setdefault(id, []).append(lock(block.css_first("blockquote").text().strip()[1:-1]))
    assert len(cited) > 40 and sum(map(len, cited.values())) == shown
    assert {id: given for id, given in cited.items() if locks()[id] != given} == {}


def test_the_copied_quotation_cannot_lose_its_citation(page, site_address: str, library: Library, clipboard: Callable) -> None:
    definition = library.facts.get("definition-ncag")
    source = library.facts.get(definition.quote.source)
    page.goto(site_address + "what/")
    button(page, NCAG).click()
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    assert page.locator("body > [role=status]").text_content() == "Copied with citation: NCAG"
    text, rich = clipboard(site_address), LexborHTMLParser(clipboard(site_address, "text/html"))
    permanent = "https://co-production.example/r/definition-ncag/"
    first, *rest = text.splitlines()
    assert [lock(first[1:-1])] == locks()["definition-ncag"] and first[0] + first[-1] == "“”"
    for part in (definition.body, source.name, definition.quote.where, source.url, "Words checked", permanent):
        assert any(part in line for line in rest), f"'{part}' is missing"
    assert rich.css_first("blockquote").attributes["cite"] == source.url
    assert lock(rich.css_first("blockquote").text().strip()[1:-1]) == lock(first[1:-1])
    assert {source.url, permanent} <= {link.attributes["href"] for link in rich.css("a")}


# ------------------------------------------------------------------- without a script


@pytest.fixture
def plain(browser):
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_without_a_script_every_heading_and_item_has_a_link(built_site: Path, library: Library) -> None:
    for path in PAGES[:-1]:
        html = (built_site / path / "index.html").read_text(encoding="utf-8")
        tags = LexborHTMLParser(html).css(".cp-anchor, .cp-permalink")
        links = [urljoin(f"/{path}", tag.attributes["href"]) for tag in tags]
        assert set(wanted(html, f"/{path}", "/", library)) <= set(links)
        assert len(links) == len(set(links))


def test_without_a_script_a_heading_looks_like_the_link_it_is(plain, page, site_address: str) -> None:
    plain.goto(site_address + "what/")
    line = "getComputedStyle(document.querySelector('h2 .cp-anchor')).textDecorationLine"
    assert plain.evaluate(line) == "underline"
    assert plain.locator(".cp-permalink").first.bounding_box()["width"] >= SMALLEST


def test_without_a_script_the_whole_citation_is_selected_at_once(plain, site_address: str) -> None:
    plain.goto(site_address + "what/")
    plain.get_by_text("Cite these words: NCAG").click()
    block = plain.locator(".cp-citation", has_text="definition-ncag/")
    block.locator("p").nth(1).click()
    selected = plain.evaluate("getSelection().toString()").split("\n")
    assert [lock(selected[0][1:-1])] == locks()["definition-ncag"]
    assert selected[-1].endswith("/r/definition-ncag/")


# ------------------------------------------------------------------------ looks


@pytest.mark.parametrize("width", [320, 1280])
def test_a_word_that_something_was_copied_stays_on_the_screen_and_moves_nothing(width: int, page, site_address: str) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.add_init_script(REFUSED)
    page.goto(site_address + "words/")
    before = page.evaluate("document.documentElement.scrollHeight")
    for copy in page.locator(".cp-copy").all()[:12]:
        copy.click()
        box = copy.locator(".cp-copied").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_on_paper_nothing_is_there_to_copy(page, site_address: str) -> None:
    page.goto(site_address + "what/")
    page.emulate_media(media="print")
    open_all(page)
    assert not any(part.is_visible() for part in page.locator(".cp-copy, .cp-permalink, .cp-cite").all())
    assert page.locator("h2").first.evaluate("(heading) => getComputedStyle(heading).display") == "block"
