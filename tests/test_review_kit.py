"""The review kit: a group checks a page in easy words, one question a screen, with and without a script, and on paper."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from coproduction import reading
from coproduction.addresses import page_address
from coproduction.model import LONGEST_LINE, EasyRead
from coproduction.reading import Library
from coproduction.tables import Around, Tables
from coproduction.wording import words
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser
from test_browser import DESK, PHONE, Heard, sideways, tab_to

ROOT = Path(__file__).resolve().parent.parent
SMALLEST = 44  # pixels of each thing to press
GENERAL = 4  # questions about the page as a whole
KIT = "easy-read/ladder/check/"


@cache
def library() -> Library:
    """The real facts; read when the first test asks for them, so that a fault in them fails tests and not their collection."""
    return reading.read(ROOT / "docs" / "data")


def twins() -> tuple[EasyRead, ...]:
    """Every page in easy words."""
    return library().facts.easy_read


def ladder() -> EasyRead:
    """The page whose kit is used in a browser."""
    return next(twin for twin in twins() if page_address(twin.kit) == KIT)


def count() -> int:
    """How many questions its kit has."""
    return len(asked_about(ladder())) + GENERAL


def asked_about(twin: EasyRead) -> list[tuple[str, str]]:
    """What is asked about one by one, heading and lead first: the words, and the name of the picture."""
    lines = [(" ".join(filter(None, (line.words, line.means))), line.picture) for _, line in twin.lines()]
    return [(f"{twin.name} {twin.lead}", "leaflet"), *lines]


def kit_of(twin: EasyRead, email: str = "", heard_within: str | None = None, paid: str | None = None) -> LexborHTMLParser:
    """What the macro prints on the page of the kit, whatever an owner has agreed to by now.

    :param heard_within: what the owner has agreed to here, and so has ``paid``.
    """
    facts = library().facts
    agreed = {"heard_within": heard_within, "paid": paid}
    statements = tuple(statement.model_copy(update=agreed) for statement in facts.accessibility)
    known = Library(facts.model_copy(update={"accessibility": statements}), library().places, library().tested)
    return LexborHTMLParser(str(Tables(known, twin.kit, around=Around(email=email)).review_kit(twin.id)))


def spoken(tag) -> str:
    return " ".join(tag.text().split())


# -------------------------------------------------------------------- what is asked


def test_the_heading_the_lead_and_each_line_of_the_page_are_asked_about_with_its_picture_and_then_the_page_as_a_whole() -> None:
    for twin in twins():
        screens = kit_of(twin).css("fieldset.cp-screen")
        lines = asked_about(twin)
        assert len(screens) == len(lines) + GENERAL
        for number, screen in enumerate(screens, 1):
            asked = spoken(screen.css_first("legend"))
            assert asked.startswith(f"Question {number} of {len(screens)}: ") and asked.endswith("?")
            assert [box.attributes["value"] for box in screen.css("input")] == ["yes", "no", "change"]
            assert len({box.attributes["name"] for box in screen.css("input")}) == 1
            assert screen.css_first("img").attributes["src"].endswith(".svg")
        for (line, picture), screen in zip(lines, screens, strict=False):
            part = screen.css_first(".cp-kit-line")
            assert spoken(part) == line
            assert part.css_first("img").attributes["src"].endswith(f"/easy/{picture}.svg")
            assert screen.attributes["aria-describedby"] == part.attributes["id"]
        whole = [spoken(screen.css_first(".cp-kit-asked")) for screen in screens[len(lines) :]]
        assert len(set(whole)) == GENERAL and "Would you show it to a friend?" in whole and "Do the pictures help?" in whole


def too_long(kit: LexborHTMLParser) -> list[str]:
    """Lines and questions with more words than a line in easy words may have."""
    said = [spoken(tag) for tag in kit.css(".cp-screen li p, .cp-kit-line p, .cp-kit-asked, .cp-kit-how, .cp-kit-choices span")]
    return [text for text in said if len(words(text)) > LONGEST_LINE]


@pytest.mark.parametrize("email", ["", "us@co-production.example"])
def test_nothing_on_a_screen_is_long(email: str) -> None:
    for twin in twins():
        assert too_long(kit_of(twin, email)) == []


def test_a_long_question_would_be_noticed() -> None:
    long = " ".join(["word"] * (LONGEST_LINE + 1))
    kit = LexborHTMLParser(f'<span class="cp-kit-asked">{long}</span><div class="cp-kit-line"><p>Short.</p></div>')
    assert too_long(kit) == [long]


INBOX = "us@co-production.example"
PAID, HEARD = "You get ten pounds for an hour.", "You will hear from us within ten days."
UNPAID, UNHEARD = "Nobody is paid for this yet.", "Nobody has promised you an answer."
NO_OWNER = [UNPAID, "This copy has no inbox, and nobody has promised you an answer.", "nobody owns this site yet"]


@pytest.mark.parametrize(
    ("email", "agreed", "said"),
    [
        ("", {}, NO_OWNER),
        ("", {"heard_within": HEARD, "paid": PAID}, NO_OWNER),  # there is nobody who could keep it
        (INBOX, {}, [UNPAID, UNHEARD]),
        (INBOX, {"heard_within": HEARD}, [UNPAID, HEARD]),
        (INBOX, {"paid": PAID}, [PAID, UNHEARD]),
        (INBOX, {"heard_within": HEARD, "paid": PAID}, [PAID, HEARD]),
    ],
)
def test_the_first_screen_promises_what_an_owner_has_agreed_to_and_no_more(email: str, agreed: dict[str, str], said: list[str]) -> None:
    for twin in twins():
        text = spoken(kit_of(twin, email, **agreed).css_first("#kit-start"))
        unsaid = {*NO_OWNER, PAID, HEARD, UNPAID, UNHEARD} - set(said)
        assert [line for line in said if line not in text] + [line for line in unsaid if line in text] == [], (
            "To promise something, set 'heard_within' or 'paid' in docs/data/accessibility.yml, and leave review_kit.html as it is."
        )
        assert "You can stop at any time." in text and "Your answers stay with you." in text


def ways_out(kit: LexborHTMLParser) -> list[str]:
    """The buttons of the last screen that lead off the page, and with it off every answer."""
    return [spoken(link) for link in kit.css("#kit-end a.cp-button") if not link.attributes["href"].startswith(("#", "mailto:"))]


@pytest.mark.parametrize("email", ["", "us@co-production.example"])
def test_no_button_of_the_last_screen_leads_off_the_page_and_the_link_says_what_leaving_does(email: str) -> None:
    for twin in twins():
        kit = kit_of(twin, email)
        assert ways_out(kit) == []
        last = kit.css("#kit-end p")[-1]
        assert spoken(last) == "When you leave this page, your answers are gone. See the page in easy words"


def test_a_button_that_leads_off_the_page_would_be_noticed() -> None:
    kit = LexborHTMLParser('<p id="kit-end"><a class="cp-button" href="#a">Back</a> <a class="cp-button" href="../">See</a></p>')
    assert ways_out(kit) == ["See"]


def test_the_version_that_was_checked_is_printed() -> None:
    for twin in twins():
        kit = kit_of(twin)
        assert twin.fingerprint in kit.css_first(".cp-kit").attributes["data-cp-kit"]
        assert twin.fingerprint in spoken(kit.css_first("#kit-end"))


def test_answers_can_be_sent_only_where_somebody_reads_them() -> None:
    twin = ladder()
    assert kit_of(twin).css("[href^=mailto]") == []
    link = kit_of(twin, "us@co-production.example").css_first("[href^=mailto]")
    assert link.attributes["href"].startswith("mailto:us@co-production.example?subject=")
    first = spoken(kit_of(twin, "us@co-production.example").css_first("#kit-start"))
    assert "Your answers stay with you." in first and "inbox" not in first and "nobody owns" not in first


# ------------------------------------------------------------------- without a script


@pytest.fixture
def plain(browser):
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


# Screens that are higher than what they hold.
_EMPTY = """
() => [...document.querySelectorAll(".cp-screen")]
  .filter((screen) => screen.getBoundingClientRect().bottom - screen.lastElementChild.getBoundingClientRect().bottom > 48)
  .map((screen) => screen.id)
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_a_script_no_gaps_stand_between_the_questions(size: dict, plain, site_address: str) -> None:
    plain.set_viewport_size(size)
    plain.goto(site_address + KIT)
    assert plain.evaluate(_EMPTY) == []
    assert plain.get_by_text("at a time").count() == 0, "they are all there"
    plain.evaluate("document.querySelectorAll('.cp-screen').forEach((screen) => { screen.style.minHeight = '100vh' })")
    assert len(plain.evaluate(_EMPTY)) >= 5, "such gaps would not be noticed"


def test_without_a_script_the_questions_stand_one_under_another_and_links_lead_on_and_back(plain, site_address: str) -> None:
    plain.goto(site_address + KIT)
    screens = plain.locator(".cp-screen").all()
    assert len(screens) == count() + 2 and all(screen.is_visible() for screen in screens)
    plain.get_by_role("link", name="Start", exact=True).click()
    for number in range(1, count() + 1):
        screen = plain.locator(f"#kit-{number}")
        assert plain.url.endswith(f"#kit-{number}") and abs(screen.bounding_box()["y"]) < 40
        screen.get_by_role("link", name="Next").click()
    assert plain.url.endswith("#kit-end") and plain.get_by_text("That was the last question.").is_visible()
    plain.locator("#kit-end").get_by_role("link", name="Back").click()
    assert plain.url.endswith(f"#kit-{count()}")
    assert not any(button.is_visible() for button in plain.locator("main button").all()), "a button that needs the script"


def test_without_a_script_answers_stay_and_the_box_opens_for_a_change(plain, site_address: str) -> None:
    plain.goto(site_address + KIT)
    first, second = plain.locator("#kit-1"), plain.locator("#kit-2")
    first.get_by_label("Yes").check()
    assert not first.get_by_label("How would you change it?").is_visible()
    second.get_by_label("Change it", exact=True).check()
    second.get_by_label("How would you change it?").fill("Say it is a ladder.")
    assert first.get_by_label("Yes").is_checked(), "the questions share one answer"
    assert sideways(plain) == 0


# -------------------------------------------------------------------------- on paper


def questions_on(pages: list[str]) -> list[int]:
    """How many questions stand on each sheet, with all their parts.

    :raises AssertionError: when one is split.
    """
    found = []
    for text in pages:
        begun, ended = len(re.findall(r"Question \d+ of \d+", text)), text.count("How would you change it?")
        assert begun == ended == text.count("Change it"), f"a question is split: {text[:200]}"
        found.append(begun)
    return found


def paper(page) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_paper_a_few_questions_share_a_sheet_and_none_is_split(script: bool, browser, site_address: str) -> None:
    for twin in twins():
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(site_address + page_address(twin.kit))
        sheets = paper(page)
        counts = questions_on(sheets)
        assert sum(counts) == len(asked_about(twin)) + GENERAL
        assert all(3 <= count <= 5 for count in counts[1:-1]), counts
        assert "Nobody is paid for this yet." in sheets[0] and "No answer" not in " ".join(sheets)
        context.close()


# Words that paper cannot keep: it is not closed, and it has been printed.
ON_SCREEN = ("When you close this page", "When you leave this page", "Print your answers", "this site.")
ON_PAPER = ("Your answers stay with you, on these sheets.", "Keep these sheets, or give them to somebody you trust.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_paper_and_screen_each_say_what_is_true_of_them(script: bool, browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(site_address + KIT)
    sheets = " ".join(paper(page))
    assert [words for words in ON_SCREEN if words in sheets] == [] and all(words in sheets for words in ON_PAPER)
    seen = page.locator(".cp-kit").inner_text()
    page.goto(site_address + KIT + "#kit-end")
    seen += page.locator(".cp-kit").inner_text()
    assert [words for words in ON_PAPER if words in seen] == [] and all(words in seen for words in ON_SCREEN)
    context.close()


def test_a_question_that_is_split_would_be_noticed() -> None:
    whole = "Question 1 of 2: Easy? Yes No Change it How would you change it?"
    assert questions_on([f"{whole} {whole}", whole]) == [2, 1]
    with pytest.raises(AssertionError, match="split"):
        questions_on(["Question 1 of 2: Easy? Yes No Change it", "How would you change it?"])


def test_on_paper_there_are_boxes_to_tick_and_lines_to_write_on_and_nothing_to_press(plain, site_address: str) -> None:
    plain.goto(site_address + KIT)
    plain.emulate_media(media="print")
    box = plain.locator("#kit-1 input").first
    assert box.bounding_box()["width"] >= 20 and box.evaluate("(box) => getComputedStyle(box).borderTopStyle") == "solid"
    lines = plain.locator("#kit-1 textarea")
    assert lines.is_visible() and lines.bounding_box()["height"] >= 60
    assert not any(link.is_visible() for link in plain.locator(".cp-kit-ways").all())


# ---------------------------------------------------------------------- with a script


def current(page) -> list[str]:
    """The screens that are shown."""
    return [screen.get_attribute("id") for screen in page.locator(".cp-screen").all() if screen.is_visible()]


def begin(page, site_address: str) -> None:
    page.goto(site_address + KIT)
    page.get_by_role("link", name="Start", exact=True).click()
    page.wait_for_selector("#kit-1.cp-now")


def test_a_group_answers_one_question_at_a_time_by_keyboard_alone(page, context, site_address: str) -> None:
    """The whole way: start, answer, change one's mind, see all answers, copy them. Nothing is stored, nothing sent."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    heard = Heard(page)
    page.goto(site_address + KIT, wait_until="networkidle")
    assert current(page) == ["kit-start"]
    tab_to(page, "#kit-start a[href='#kit-1']", at_most=60)
    page.wait_for_load_state("networkidle")  # the search came when the focus passed its box
    before = len(heard.requests)
    page.keyboard.press("Enter")
    for number in range(1, count() + 1):
        page.wait_for_selector(f"#kit-{number}.cp-now")
        assert current(page) == [f"kit-{number}"]
        assert page.evaluate("document.activeElement.id") == f"kit-{number}", "the focus is not on the question"
        assert f"Question {number} of {count()}" in page.locator(f"#kit-{number} legend").inner_text()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # yes
        if number == 2:
            page.keyboard.press("ArrowDown")  # no
        if number == 3:
            page.keyboard.press("ArrowUp")  # round to: change it
            page.keyboard.press("Tab")
            page.keyboard.type("Say: two papers.")
        tab_to(page, f"#kit-{number} .cp-kit-ways a:last-child", at_most=3)
        page.keyboard.press("Enter")
    page.wait_for_selector("#kit-end.cp-now")
    lines = [" ".join(line.split()) for line in page.locator(".cp-kit-said li").all_inner_texts()]
    assert len(lines) == count()
    (first, _), _, (third, _) = asked_about(ladder())[:3]
    asked = "Is this easy to understand?"
    assert lines[0] == f"Question 1: “{first}” {asked} Yes"
    assert lines[1].endswith(f"{asked} No")
    assert lines[2] == f"Question 3: “{third}” {asked} Change it: Say: two papers."
    assert lines[-1] == f"Question {count()}: Would you show it to a friend? Yes"

    page.get_by_role("link", name="Question 2", exact=True).press("Enter")
    page.wait_for_selector("#kit-2.cp-now")
    assert page.locator("#kit-2").get_by_label("No").is_checked(), "an answer is lost"
    page.locator("#kit-2").get_by_label("Yes").check()
    page.go_back()
    page.wait_for_selector("#kit-end.cp-now")
    copy = page.get_by_role("button", name="Copy my answers")
    copy.press("Enter")
    status = page.locator("#kit-end [role=status]")
    page.wait_for_function("(status) => status.textContent", arg=status.element_handle())
    assert status.inner_text().startswith("Your answers are copied.")
    text = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert text[0] == f"My answers: {ladder().name}, version {ladder().fingerprint}" and len(text) == count() + 1
    assert text[2].endswith(f"{asked} Yes") and text[3] == lines[2]
    asked_for = {url for url in heard.requests[before:] if not url.endswith("/icon.svg")}  # Chromium asks again at each #
    assert asked_for == set() and heard.complaints == [] and context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_what_nobody_answered_is_said(page, site_address: str) -> None:
    page.goto(site_address + KIT + "#kit-end")
    lines = page.locator(".cp-kit-said li").all_inner_texts()
    assert len(lines) == count() and all(line.endswith("No answer") for line in lines)


def test_the_browser_asks_before_answers_are_lost_and_not_before(page, site_address: str) -> None:
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    begin(page, site_address)
    page.goto(site_address)
    assert asked == []
    begin(page, site_address)
    page.locator("#kit-1").get_by_label("Yes").check()
    page.goto(site_address)
    assert asked == ["beforeunload"]


_KEPT = """
() => ({
  chosen: document.querySelectorAll(".cp-kit input:checked").length,
  written: [...document.querySelectorAll(".cp-kit textarea")].map((box) => box.value).join(""),
})
"""


def fill_in(tab) -> None:
    """Answer the first question, and write something."""
    tab.locator("#kit-1 [value=change]").check()
    tab.locator("#kit-1 textarea").fill("Say: two papers.")
    assert tab.evaluate(_KEPT) == {"chosen": 1, "written": "Say: two papers."}
    tab.wait_for_timeout(300)  # only then has the browser taken note of it, to show it again


def test_who_comes_back_finds_an_empty_kit(page, context, site_address: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page, site_address)
    fill_in(page)
    page.goto(site_address + "accessibility/")
    page.get_by_role("button", name="Forget everything").click()
    page.go_back()
    page.wait_for_selector("#kit-1.cp-now")
    assert page.evaluate(_KEPT) == {"chosen": 0, "written": ""}
    fill_in(page)
    page.reload()
    page.wait_for_selector("#kit-1.cp-now")
    assert page.evaluate(_KEPT) == {"chosen": 0, "written": ""}
    assert context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_that_the_browser_keeps_whole_is_emptied_when_it_is_left(page, site_address: str) -> None:
    begin(page, site_address)
    fill_in(page)
    page.evaluate("location.hash = 'kit-end'")
    page.wait_for_selector("#kit-end.cp-now")
    assert "Say: two papers." in page.locator(".cp-kit-said").inner_text()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate(_KEPT) == {"chosen": 0, "written": ""}
    assert all(line.endswith("No answer") for line in page.locator(".cp-kit-said li").all_inner_texts())


def test_without_a_script_nothing_is_kept_or_sent_either(plain, site_address: str) -> None:
    plain.goto(site_address + KIT)
    fill_in(plain)
    plain.locator("#kit-1 [value=change]").press("Enter")
    assert plain.url == site_address + KIT
    plain.goto(site_address)
    plain.go_back()
    assert plain.evaluate(_KEPT) == {"chosen": 0, "written": ""}


def test_answers_that_a_browser_keeps_would_be_noticed(plain, site_address: str) -> None:
    def careless(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('<form autocomplete="off" hidden', "<form hidden"))

    plain.route("**/" + KIT, careless)
    plain.goto(site_address + KIT)
    fill_in(plain)
    plain.goto(site_address)
    plain.go_back()
    assert plain.evaluate(_KEPT) == {"chosen": 1, "written": "Say: two papers."}


def test_only_the_answers_are_printed_when_asked_for(page, site_address: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    begin(page, site_address)
    page.locator("#kit-1").get_by_label("Yes").check()
    page.evaluate("location.hash = 'kit-end'")
    page.wait_for_selector("#kit-end.cp-now")
    page.get_by_role("button", name="Print my answers").click()
    assert page.evaluate("printed")
    page.emulate_media(media="print")
    assert current(page) == ["kit-end"]
    assert page.locator(".cp-kit-said li").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(current(page)) == count() + 2, "all the sheets are there again"


def test_printed_answers_begin_on_the_first_sheet_below_the_title(page, site_address: str) -> None:
    page.goto(site_address + KIT + "#kit-end")
    page.get_by_role("button", name="Copy my answers").click()
    status = page.locator("#kit-end [role=status]")
    page.wait_for_function("(status) => status.textContent", arg=status.element_handle())
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print my answers").click()
    first, *others = paper(page)
    assert page.locator("h1").inner_text() in first and "Question 1:" in first and "Question 3:" in first
    assert len(others) == 1 and f"Question {count()}:" in others[0]
    assert status.text_content() not in first + others[0], "what was copied is of no use on paper"
    page.add_style_tag(content="#kit-end { break-inside: avoid !important }")
    assert "Question 1:" not in paper(page)[0], "an empty first sheet would not be noticed"


def test_what_cannot_be_copied_is_said(page, site_address: str) -> None:
    page.add_init_script("""
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
    """)
    page.goto(site_address + KIT + "#kit-end")
    page.get_by_role("button", name="Copy my answers").click()
    page.get_by_text("Your browser did not copy them. Print them instead.").wait_for()


def test_the_skip_link_keeps_the_question(page, site_address: str) -> None:
    begin(page, site_address)
    page.evaluate("location.hash = 'main'")
    page.wait_for_timeout(50)
    assert current(page) == ["kit-1"]


_SMALL = """
(smallest) => [...document.querySelectorAll(".cp-kit :is(label, a, button, textarea)")]
  .filter((part) => part.checkVisibility() && !part.matches(".cp-kit-how, .cp-kit-said a"))
  .filter((part) => Math.min(part.getBoundingClientRect().width, part.getBoundingClientRect().height) < smallest)
  .map((part) => part.outerHTML.slice(0, 80))
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_each_screen_has_large_things_to_press_and_fits(size: dict, page, site_address: str) -> None:
    page.set_viewport_size(size)
    page.goto(site_address + KIT)
    page.locator("#kit-3 [value=change]").evaluate("(box) => { box.checked = true }")
    for screen in ("kit-start", "kit-3", f"kit-{count()}", "kit-end"):
        page.evaluate("(screen) => { location.hash = screen }", screen)
        page.wait_for_selector(f"#{screen}.cp-now")
        assert page.evaluate(_SMALL, SMALLEST) == []
        assert sideways(page) == 0


def test_in_colours_that_a_reader_has_chosen_every_button_can_be_read(page, site_address: str) -> None:
    page.emulate_media(forced_colors="active")
    begin(page, site_address)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")  # and that of the plate behind the words
    colours = [link.evaluate("(link) => getComputedStyle(link).color") for link in page.locator("#kit-1 .cp-button").all()]
    assert len(colours) == 2 and ground not in colours


def test_something_small_to_press_would_be_noticed(page) -> None:
    page.set_content('<div class="cp-kit"><a href="#x" style="font-size: 12px">x</a></div>')
    assert len(page.evaluate(_SMALL, SMALLEST)) == 1


def test_it_works_from_a_folder(page, built_site: Path) -> None:
    page.goto((built_site / KIT / "index.html").as_uri())
    page.get_by_role("link", name="Start", exact=True).click()
    page.wait_for_selector("#kit-1.cp-now")
    assert current(page) == ["kit-1"]
