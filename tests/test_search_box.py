"""The search as a reader meets it: the box with its suggestions, and the page of results."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from test_browser import DESK, PHONE, Heard, sideways, tab_to

BOX = "form.cp-search input"


def open_box(page, address: str, typed: str = "") -> None:
    """Open a page, go to its search box by keyboard, and wait until the suggestions can come."""
    page.goto(address)
    tab_to(page, BOX)
    page.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    page.keyboard.type(typed)


def results(page, address: str, words: str) -> list[str]:
    """Ask, and return where the answers lead."""
    page.goto(f"{address}search/#q={words}")
    page.wait_for_selector("#cp-search-results[data-for]")
    return [link.get_attribute("href") for link in page.locator("main ol.cp-results > li > a").all()]


def test_nothing_of_the_search_is_loaded_before_it_is_touched(page, site_address: str) -> None:
    heard = Heard(page)
    page.goto(site_address + "ladder/")
    page.keyboard.press("PageDown")
    assert not [url for url in heard.requests if re.search(r"lunr|search", url)]
    tab_to(page, BOX)
    page.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    names = [urlsplit(url).path.rsplit("/", 1)[-1] for url in heard.requests if url.endswith(".js")]
    assert names == ["site.js", "lunr.js", "search.js", "search-box.js", "search-index-1.js"]
    before = len(heard.requests)
    page.keyboard.type("reciprocity")
    page.wait_for_selector(".cp-suggestions li")
    assert len(heard.requests) == before, "typing asks the host for something"


def test_the_box_is_a_combobox_that_says_what_it_does(page, site_address: str) -> None:
    open_box(page, site_address + "ladder/", "reci")
    box, options = page.locator(f"{BOX}:focus"), page.get_by_role("option")
    assert box.get_attribute("role") == "combobox" and box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("type") == "text"  # ARIA in HTML knows no combobox of the kind "search"
    assert page.get_by_role("listbox", name="Suggestions").is_visible()
    count = options.count()
    assert 1 < count <= 6
    page.wait_for_function(f"[...document.querySelectorAll('header [role=status]')].some((one) => one.textContent.startsWith('{count} suggestions'))")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "reci"
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.get_by_role("option").count() == 0 and page.evaluate("document.activeElement !== document.body")


def test_a_suggestion_is_chosen_by_keyboard_and_by_finger(page, site_address: str) -> None:
    open_box(page, site_address + "ladder/", "informing")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ladder/#ladder-informing")
    open_box(page, site_address + "why/", "informing")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/ladder/#ladder-informing")


def test_enter_without_a_choice_asks_and_the_count_is_told(page, site_address: str) -> None:
    open_box(page, site_address, "fares")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#q=fares")
    page.wait_for_selector("#cp-search-results[data-for=fares]")
    status = page.locator("main [role=status]")
    assert re.match(r"(\d+ answers|The \d+ best answers) for “fares”", status.inner_text())
    assert page.title().startswith("Search") and "fares" not in page.title()  # a title stays in the browser's history
    assert page.locator(f"{BOX}:visible").first.input_value() == "fares"
    page.go_back()
    page.wait_for_url(site_address)


def test_many_answers_are_called_the_best_ones(page, site_address: str) -> None:
    results(page, site_address, "co-production")
    assert re.match(r"The 20 best answers for “co-production”\.", page.locator("main [role=status]").inner_text())


def test_what_is_being_typed_is_not_wiped_when_the_search_arrives(page, site_address: str) -> None:
    page.route("**/search-index-1.js", lambda route: page.wait_for_timeout(400) or route.continue_())
    page.goto(site_address + "search/")
    tab_to(page, BOX)
    page.keyboard.type("stakeholders", delay=60)
    page.wait_for_function("typeof cpSearch === 'object' && cpSearch.ready")
    assert page.locator(f"{BOX}:focus").input_value() == "stakeholders"


def test_asking_again_on_the_page_of_results_keeps_the_focus_and_the_way_back(page, site_address: str) -> None:
    results(page, site_address, "fares")
    tab_to(page, BOX)
    page.keyboard.press("Control+A")
    page.keyboard.type("ladder")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cp-search-results[data-for=ladder]")
    assert page.evaluate(f"document.activeElement.matches('{BOX}')")
    page.go_back()
    page.wait_for_selector("#cp-search-results[data-for=fares]")
    assert page.locator("main ol.cp-results > li").count() > 0


def test_search_by_keyboard_finds_a_word_and_tells_nobody(page, site_address: str) -> None:
    heard = Heard(page)
    page.set_viewport_size(PHONE)
    open_box(page, site_address, "reciprocity")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cp-search-results[data-for=reciprocity]")
    tab_to(page, "main li a[href$='reciprocity']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#(word|principle-scie)-reciprocity$"))
    assert page.evaluate("document.getElementById(location.hash.slice(1)).getBoundingClientRect().top") < PHONE["height"] / 2
    assert "reciprocity" not in " ".join(url.partition("#")[0] for url in heard.requests)
    assert {urlsplit(url).query for url in heard.requests} == {""}
    assert heard.complaints == []


def test_search_works_in_a_sub_folder(page, sub_address: str) -> None:
    heard = Heard(page)
    open_box(page, sub_address + "what/compare/", "ladder")
    assert page.evaluate("getComputedStyle(document.querySelector('.cp-skip')).position") != "static", "the looks are missing"
    page.keyboard.press("Enter")
    page.wait_for_selector("#cp-search-results[data-for=ladder]")
    page.locator("main ol.cp-results > li > a").first.click()
    assert page.url.startswith(sub_address) and page.locator("h1").is_visible()
    assert all(url.startswith(sub_address) for url in heard.requests)
    assert heard.complaints == []


def test_search_works_from_a_disk_without_a_host(page, built_site: Path) -> None:
    heard = Heard(page)
    open_box(page, (built_site / "index.html").as_uri(), "ladder")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cp-search-results[data-for=ladder]")
    page.locator("main ol.cp-results > li > a").first.click()
    page.wait_for_url("**/ladder/index.html**")
    assert page.locator("h1").inner_text() == "The ladder"
    assert {urlsplit(url).scheme for url in heard.requests} == {"file"}
    assert heard.complaints == []


def test_words_that_come_after_a_question_mark_move_behind_the_hash(page, site_address: str) -> None:
    page.goto(site_address + "search/?q=fares+and+time")
    page.wait_for_url("**/search/#q=fares%20and%20time")
    assert page.locator("main li a").first.is_visible()


@pytest.mark.parametrize("words", ["", "zzzzqqqq", "<img src=x onerror=alert(1)>", "%", "a:b^c~d", "' \" & <b>"])
def test_search_answers_strange_words_calmly(words: str, page, site_address: str) -> None:
    heard = Heard(page)
    open_box(page, site_address, words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#q=*")
    page.wait_for_function("document.querySelector('main [role=status]')?.textContent.length > 10")
    assert page.locator("main img, main b").count() == 0
    assert heard.complaints == []


def test_a_broken_address_is_no_question(page, site_address: str) -> None:
    page.goto(site_address + "search/#q=%E0%A4%A")
    page.wait_for_function("document.querySelector('main [role=status]')?.textContent.startsWith('Type a word')")


def test_words_of_harm_show_urgent_help_first_and_no_session(page, site_address: str) -> None:
    found = results(page, site_address, "report abuse of an adult in a training session")
    assert "/resources/#help-" in found[0]
    assert not [address for address in found if "/training/" in address]
    assert "get help now" in page.locator("main [role=status]").inner_text()
    assert "council" in page.locator("main ol.cp-results > li").first.inner_text()


def test_what_is_not_here_says_where_help_is(page, site_address: str) -> None:
    assert "/resources/#help-benefits" in results(page, site_address, "carers allowance rates")[0]
    assert "GOV.UK" in page.locator("main ol.cp-results > li").first.inner_text()


def test_nothing_found_still_leads_somewhere(page, site_address: str) -> None:
    results(page, site_address, "xyzzy plugh")
    assert "found nothing" in page.locator("main [role=status]").inner_text()
    for way in ("Words explained", "Other places", "Ask a person"):
        assert page.locator("main").get_by_role("link", name=way, exact=True).is_visible()


def test_an_old_word_is_answered_with_one_calm_line(page, site_address: str) -> None:
    results(page, site_address, "hard to reach")
    assert "Words have changed: see “Not yet reached”." in page.locator("main [role=status]").inner_text()


def test_the_slash_key_goes_to_the_box_until_it_is_switched_off(page, site_address: str) -> None:
    page.goto(site_address + "accessibility/")
    page.keyboard.press("/")
    assert page.evaluate(f"document.activeElement.matches('{BOX}')")
    page.keyboard.type("a/b")
    assert page.locator(f"{BOX}:focus").input_value() == "a/b"
    assert page.evaluate("localStorage.length") == 0
    told = page.locator("[data-cp-slash] ~ [role=status]")
    assert told.count() == 1 and told.text_content() == "", "it must be there before its words come"
    page.get_by_role("button", name="Switch the / key off").press("Enter")
    assert told.inner_text() == "The / key is off now."
    page.goto(site_address + "ladder/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")
    page.goto(site_address + "accessibility/")
    page.get_by_role("button", name="Switch the / key on").press("Enter")
    assert told.inner_text() == "The / key is on now."
    assert page.evaluate("localStorage.length") == 0
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate(f"document.activeElement.matches('{BOX}')")


@pytest.mark.parametrize("name", ["lunr.js", "search.js", "search-box.js", "search-index-1.js"])
def test_a_search_that_cannot_be_loaded_says_so(name: str, page, site_address: str) -> None:
    page.route(f"**/{name}", lambda route: route.abort())
    page.goto(site_address + "search/#q=fares")
    page.wait_for_function("document.querySelector('#cp-search-results').textContent.includes('could not be loaded')")
    page.wait_for_load_state("networkidle")
    assert "could not be loaded" in page.locator("#cp-search-results").inner_text()


def test_a_jump_within_the_page_of_results_keeps_the_answers(page, site_address: str) -> None:
    before = results(page, site_address, "fares")
    tab_to(page, ".cp-skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#main")
    assert [link.get_attribute("href") for link in page.locator("main ol.cp-results > li > a").all()] == before


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_open_suggestions_and_results_are_seen_and_large_enough(size: dict, colours: str, page, site_address: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(**({"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}))
    results(page, site_address, "service user involvement")
    tab_to(page, BOX)
    page.keyboard.press("Control+A")
    page.keyboard.type("reci")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option").first.is_visible()
    assert sideways(page) == 0
    unseen = "[...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).color === getComputedStyle(one).backgroundColor)"
    assert page.evaluate(f"{unseen}.map((one) => one.outerHTML)") == []  # no checker looks at forced colours
    small = page.evaluate("[...document.querySelectorAll('.cp-suggestions li')].filter((one) => one.getBoundingClientRect().height < 44).length")
    assert small == 0


def test_suggestions_stay_in_sight_at_four_hundred_per_cent(page, site_address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    open_box(page, site_address + "ladder/", "reci")
    page.keyboard.press("ArrowUp")
    box = page.get_by_role("option").last.bounding_box()
    assert 0 <= box["y"] and box["y"] + box["height"] <= 256
