"""What a reader comes for, walked from the home page: how many actions it takes, with and without a script.

An action is what a reader decides to do: follow a link, press a button, open a note. Moving with Tab is none.
"""

from __future__ import annotations

import pytest
from locked import lock, locks

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def plain(browser):
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


class Visit:
    """A reader who starts at the home page and uses the keyboard alone."""

    def __init__(self, page, home: str, size: dict[str, int]) -> None:
        self.page, self.actions = page, 0
        page.set_viewport_size(size)
        page.goto(home)

    def press(self, selector: str, at_most: int = 60) -> int:
        """Go to a thing with Tab and press Enter: one action. Return how many Tabs it took."""
        for tabs in range(1, at_most + 1):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                self.page.keyboard.press("Enter")
                self.actions += 1
                return tabs
        raise AssertionError(f"{at_most} Tabs do not lead to {selector}")


def in_the_top_half(page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return 0 <= box["y"] and box["y"] + box["height"] <= page.viewport_size["height"] / 2


def is_the_ncag_quotation(words: str) -> bool:
    return [lock(words)] == locks()["definition-ncag"]


# ------------------------------------------------- the meaning of a word, on a phone


def test_the_search_box_leads_to_what_scie_means_by_reciprocity_in_two_actions(page, site_address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_address)
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        page.keyboard.press(key)
        keys += 1

    while not page.evaluate("document.activeElement.matches('form.cp-search input')"):
        press("Tab")
    assert keys <= 3
    page.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    for letter in "recip":
        press(letter)
    meant = page.locator("[role=option][data-address$='#principle-scie-reciprocity']")
    meant.wait_for()
    page.wait_for_function("[...document.querySelectorAll('[role=status]')].some((one) => /^\\d+ suggestions/.test(one.textContent))")
    while meant.get_attribute("aria-selected") != "true":
        press("ArrowDown")
    press("Enter")
    page.wait_for_url("**/models/scie/#principle-scie-reciprocity")
    assert keys <= 20
    assert in_the_top_half(page, "#principle-scie-reciprocity")


def test_without_a_script_the_a_to_z_leads_to_what_scie_means_by_reciprocity(plain, site_address: str) -> None:
    visit = Visit(plain, site_address, PHONE)
    assert visit.press("a[href$='words/']") <= 3
    plain.wait_for_url("**/words/")
    visit.press("a[href='#letter-r']")
    plain.wait_for_url("**/words/#letter-r")
    visit.press("a[href$='#principle-scie-reciprocity']")
    plain.wait_for_url("**/models/scie/#principle-scie-reciprocity")
    assert visit.actions <= 3
    assert in_the_top_half(plain, "#principle-scie-reciprocity")


# ------------------------------------------------------- a definition for a paper


def test_a_definition_is_copied_with_its_citation_in_three_actions(page, context, site_address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(page, site_address, DESK)
    visit.press("a[href$='what/']")
    page.wait_for_url("**/what/")
    visit.press("#definition-ncag ~ .cp-cite .cp-copy")
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    first, *rest = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert visit.actions <= 3
    assert is_the_ncag_quotation(first[1:-1])
    citation = " ".join(rest)
    for part in ("National Co-production Advisory Group", "Words checked", "https://co-production.example/r/definition-ncag/"):
        assert part in citation


def test_without_a_script_the_same_words_are_selected_in_one_block(plain, site_address: str) -> None:
    visit = Visit(plain, site_address, DESK)
    visit.press("a[href$='what/']")
    plain.wait_for_url("**/what/")
    visit.press("#definition-ncag ~ .cp-cite summary")
    assert visit.actions <= 3
    block = plain.locator("#definition-ncag ~ .cp-cite .cp-citation")
    block.click(position={"x": 4, "y": 4})
    first, *rest = plain.evaluate("getSelection().toString()").splitlines()
    assert is_the_ncag_quotation(first[1:-1])
    assert rest[-1] == "Permanent address: https://co-production.example/r/definition-ncag/"
