"""“Forget everything”: one button that empties all that this site stored, and one list of what that can be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from test_browser import tab_to

PAGE = "accessibility/"
BUTTON = "[data-cp-forget]"
_STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()"


def stored_by(scripts: list[str]) -> set[str]:
    """The names under which scripts store something: those given as they are, and those given by a constant."""
    found = set()
    for text in scripts:
        for name in re.findall(r"\.setItem\(\s*([^,]+?)\s*,", text):
            constant = re.search(rf"\bconst {re.escape(name)}\s*=\s*([\"'][^\"']*[\"'])", text)
            found.add((constant[1] if constant else name).strip("\"'"))
    return found


def listed(html: str) -> dict[str, str]:
    """What the page says may be stored: in words, by name."""
    tags = LexborHTMLParser(html).css("#privacy ~ * [data-cp-kept], #privacy ~ [data-cp-kept]")
    return {tag.attributes["data-cp-kept"]: tag.text().strip() for tag in tags}


# ------------------------------------------------------------------------- the list


def test_the_page_lists_all_that_the_scripts_can_store_and_no_more(built_site: Path, root: Path) -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (root / "docs" / "assets").glob("*.js")]
    said = listed((built_site / PAGE / "index.html").read_text(encoding="utf-8"))
    assert set(said) == stored_by(scripts) and said
    assert all(name.startswith("cp-") and words for name, words in said.items()), "the button empties what begins with cp-"


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ('const SEEN = "cp-seen"; localStorage.setItem(SEEN, "1")', {"cp-seen"}),
        ("storage.setItem('cp-seen', 1); other.setItem('cp-more', 2)", {"cp-seen", "cp-more"}),
        ("storage.getItem('cp-seen'); storage.removeItem('cp-old')", set()),
    ],
)
def test_what_a_script_stores_is_found(script: str, names: set[str]) -> None:
    assert stored_by([script]) == names


# ------------------------------------------------------------------------ the button


def forget(page) -> str:
    """Press the button, and return what it says."""
    page.locator(BUTTON).press("Enter")
    status = page.locator(f"{BUTTON} ~ [role=status]")
    page.wait_for_function("(status) => status.textContent", arg=status.element_handle())
    return status.inner_text()


def test_it_empties_all_that_is_ours_says_so_and_switches_the_key_on(page, site_address: str) -> None:
    page.goto(site_address + PAGE)
    status = page.locator(f"{BUTTON} ~ [role=status]")
    assert status.count() == 1 and status.text_content() == "", "it must be there before its words come"
    page.get_by_role("button", name="Switch the / key off").click()
    page.evaluate("""async () => {
        sessionStorage.setItem("cp-visit", "1");
        localStorage.setItem("neighbour", "1");
        await caches.open("cp-pages");
        await caches.open("neighbour");
    }""")
    assert page.evaluate(_STORED) == ["cp-slash-off", "cp-visit", "neighbour"]
    assert forget(page) == "Forgotten: that you switched the / key off. Nothing is stored now."
    assert page.evaluate(_STORED) == ["neighbour"], "another site of the same host keeps what it has"
    assert page.evaluate("caches.keys()") == ["neighbour"]
    assert page.get_by_role("button", name="Switch the / key off").count() == 1
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('form.cp-search input')"), "the / key is still off"


def test_it_says_when_nothing_is_stored(page, site_address: str) -> None:
    page.goto(site_address + PAGE)
    assert forget(page) == "Nothing is stored."
    page.evaluate("sessionStorage.setItem('cp-visit', '1')")
    page.reload()
    assert forget(page) == "Forgotten. Nothing is stored now."


def test_where_storage_is_closed_nothing_is_stored(page, site_address: str) -> None:
    page.add_init_script("""
        for (const kind of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, kind, { get() { throw new DOMException("closed", "SecurityError"); } });
    """)
    page.goto(site_address + PAGE)
    assert forget(page) == "Nothing is stored."


def test_it_works_from_a_folder(page, built_site: Path) -> None:
    page.goto((built_site / PAGE / "index.html").as_uri())
    page.get_by_role("button", name="Switch the / key off").click()
    assert forget(page).startswith("Forgotten: ")
    assert page.evaluate(_STORED) == []


def test_a_keyboard_reaches_it_and_keeps_its_place(page, site_address: str) -> None:
    page.goto(site_address + PAGE)
    tab_to(page, BUTTON, at_most=120)
    box = page.locator(BUTTON).bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44
    forget(page)
    assert page.evaluate(f"document.activeElement.matches('{BUTTON}')"), "the focus is lost"


def test_without_a_script_there_is_no_button_and_the_page_says_what_to_do(browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site_address + PAGE)
    assert plain.locator(BUTTON).count() == 1 and not plain.locator(BUTTON).is_visible()
    assert plain.get_by_text("You can do it in your browser").is_visible()
    context.close()
