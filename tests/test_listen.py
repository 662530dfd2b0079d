"""“Listen to this page”: what is said, with which voice, what is marked meanwhile, and that nothing leaves the device."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_core import Axe
from test_browser import DESK, KINDS, PHONE, Heard, in_view, open_all, sideways, tab_to
from test_measured import LETTERS, bring_measures, measure, steps

HERE = Path(__file__).resolve().parent
KIT = "easy-read/ladder/check/"
BAR = ".cp-listen > div"
BUTTON = f"{BAR} > button"
LOCAL = {"name": "Local", "lang": "en-GB", "localService": True}
REMOTE = {"name": "Remote", "lang": "en-GB", "localService": False}
WELSH = {"name": "Welsh", "lang": "cy-GB", "localService": True}

# A voice that says nothing and goes on when the test says so. A real one cannot be asked what it said.
_FAKE = """
(voices) => {
  window.uttered = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; this.rate = 1; } };
  const fake = Object.assign(new EventTarget(), {
    voices,
    getVoices() { return this.voices; },
    come(voices) { this.voices = voices; this.dispatchEvent(new Event("voiceschanged")); },
    speak(utterance) {
      if (!utterance.text) return; // what opens the way for the first words
      this.now = utterance;
      const { text, voice, lang, rate } = utterance;
      uttered.push({ text, voice: voice?.name, lang, rate, marked: this.marked() });
    },
    marked: () => [...(CSS.highlights?.get("cp-spoken") || [])].map((range) => range.toString().replace(/\\s+/g, " ")).join(""),
    cancel() {
      const { now } = this;
      this.now = null;
      if (now) setTimeout(() => now.onerror({ error: "canceled" }));
    },
    finish() {
      const { now } = this;
      this.now = null;
      now.onend();
    },
  });
  Object.defineProperty(window, "speechSynthesis", { value: fake, configurable: true }); // it may be given more than once
}
"""


def with_voices(page, *voices: dict) -> None:
    """Give the pages that ``page`` opens from now on these voices, and no others."""
    page.add_init_script(f"({_FAKE})({list(voices)!r})".replace("True", "true").replace("False", "false"))


def listen(page) -> None:
    """Press the button, and wait for the first words."""
    page.locator(BUTTON).first.click()
    page.wait_for_function("uttered.length")


def hear_all(page) -> list[dict]:
    """What is said from here to the end of the page."""
    return page.evaluate("() => { while (speechSynthesis.now) speechSynthesis.finish(); return uttered; }")


def said(page, body: str, site_address: str) -> list[str]:
    """What is said of a page with this body, after its title."""
    html = f"""
        <!DOCTYPE html><html lang="en-GB"><script src="{site_address}assets/site.js" defer></script>
        <link rel="stylesheet" href="{site_address}assets/site.css"><details class="cp-menu"><summary>Menu</summary></details>
        <main><h1>Garden</h1><p class="cp-lead">All about it.</p><nav class="cp-contents"><h2>On this page</h2></nav>
        <div class="cp-body">{body}</div><section class="cp-end"><h2>About this page</h2></section></main></html>
    """
    page.route("**/made-up/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(site_address + "made-up/")
    listen(page)
    lines = [one["text"] for one in hear_all(page)]
    assert lines[:2] == ["Garden", "All about it."]
    return lines[2:]


# ------------------------------------------------------------------------ the offer


@pytest.mark.parametrize(
    ("voices", "offered"),
    [
        ([], False),
        ([REMOTE], False),
        ([WELSH], False),
        ([LOCAL], True),
        ([REMOTE, {**LOCAL, "lang": "en_US"}], True),
    ],
    ids=["none", "remote", "another language", "local", "local as Android writes it"],
)
def test_the_button_is_there_only_with_an_english_voice_of_the_device(
    voices: list, offered: bool, page, site_address: str
) -> None:
    with_voices(page, *voices)
    page.goto(site_address + "ladder/")
    assert page.locator(BUTTON).count() == int(offered)


def test_the_button_comes_when_the_voices_come_late_and_only_once(page, site_address: str) -> None:
    with_voices(page)
    page.goto(site_address + "ladder/")
    assert page.locator(BUTTON).count() == 0
    page.evaluate("(voices) => speechSynthesis.come(voices)", [LOCAL])
    page.evaluate("(voices) => speechSynthesis.come(voices)", [LOCAL, REMOTE])
    assert page.locator(BUTTON).count() == 1 and page.get_by_role("button", name="Listen to this page").is_visible()


def test_a_browser_without_speech_complains_of_nothing(page, site_address: str) -> None:
    heard = Heard(page)
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page.goto(site_address + "ladder/")
    assert page.locator(".cp-copy").count() > 0 and page.locator(".cp-listen").count() == 0
    assert heard.complaints == []


def test_without_a_script_there_is_no_button(browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site_address + "ladder/")
    assert plain.locator("h1").is_visible() and plain.get_by_text("Listen to this page").count() == 0
    context.close()


@pytest.mark.parametrize("path", ["", "ladder/", "easy-read/ladder/", "404.html"], ids=lambda path: path or "home")
def test_the_button_stands_near_the_top_and_can_be_hit(path: str, page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size(PHONE)
    page.goto(site_address + path)
    box = page.locator(BUTTON).bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44
    assert box["y"] > page.locator("h1").bounding_box()["y"] and box["y"] < 640
    assert sideways(page) == 0


# ------------------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<h2>Soil</h2><p>It is wet. It is <b>cold</b>,\n too.</p>", ["Soil", "It is wet.", "It is cold, too."]),
        ("<p>By Sherry R. Arnstein. It is old.</p>", ["By Sherry R. Arnstein.", "It is old."]),
        ("<p>Rung 7 of 7 · doing with</p><p>–</p>", ["Rung 7 of 7, doing with"]),
        ("<p>One<br>two <span style='display: block'>three</span></p>", ["One", "two", "three"]),
        ("<p>So. <a href='#a'>No pictures<span class='cp-hidden'>: The garden</span></a></p>", ["So.", "No pictures: The garden"]),
        (
            "<figure class='cp-quote'><blockquote><p>Dig. Then rest</p></blockquote><figcaption>Ann, 2020.</figcaption></figure>",
            ["Quotation: Dig.", "Then rest. End of quotation.", "Ann, 2020."],
        ),
        ("<ul><li>Spade</li><li>Rake<ul><li>Big</li></ul></li></ul>", ["List of 2. Spade", "Rake", "Big"]),
        ("<ol><li>Dig</li><li>Sow</li></ol>", ["List of 2. 1. Dig", "2. Sow"]),
        ("<ol reversed><li>Top</li><li>Foot</li></ol>", ["List of 2. 2. Top", "1. Foot"]),
        ("<ul><li><blockquote>Dig</blockquote></li><li>Sow</li></ul>", ["List of 2. Quotation: Dig. End of quotation.", "Sow"]),
        (
            """<table><caption>Tools</caption><thead><tr><th>Name<th>What for</tr></thead><tbody>
            <tr><th>Spade<td><span aria-hidden="true">What for</span> To dig. To cut.</tr><tr><th>Rake<td></tr></tbody></table>
            <p>So.</p>""",
            [
                "Table: Tools. 2 rows.",
                "Name: Spade",
                "What for: To dig.",
                "To cut.",
                "Name: Rake",
                "What for: nothing. End of table.",
                "So.",
            ],
        ),
        ("<table><tbody><tr><td>Spade<td>Rake</tbody></table>", ["Table: Spade", "Rake. End of table."]),
        ("<details><summary>More</summary><p>Worms.</p></details>", ["More. This part is closed."]),
        ("<details open><summary>More</summary><p>Worms.</p></details>", ["More", "Worms."]),
        (
            "<svg role=img><title>A spade.</title><text>s</text></svg><img src='data:,' alt='A rake'><img src='data:,' alt=''>",
            ["Picture: A spade.", "Picture: A rake."],
        ),
        (
            """<h2>Soil</h2><p class="cp-beside"><button>Copy link</button></p><a class="cp-permalink" href="#a">Link to Soil</a>
            <p class="cp-edit">Change these words</p><details class="cp-said"><summary>Where these words come from</summary></details>
            <p hidden>Old</p><p class="cp-print-only">From</p><nav>Letters</nav><p aria-hidden="true">x</p><p>Wet.</p>""",
            ["Soil", "Wet."],
        ),
    ],
)
def test_what_is_said_is_sensible(body: str, lines: list[str], page, site_address: str) -> None:
    with_voices(page, LOCAL)
    assert said(page, body, site_address) == lines


def torn(lines: list[str]) -> list[str]:
    """What begins with the end of something else."""
    return [line for line in lines if line[0] in ":;,.!?)·–"]


@pytest.mark.parametrize("path", [*KINDS, "easy-read/", "help-improve/changes/"], ids=lambda path: path or "home")
def test_no_words_are_torn_from_those_they_belong_to(path: str, page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + path, wait_until="networkidle")  # the 404 page and the search page bring words later
    open_all(page)
    listen(page)
    assert torn([one["text"] for one in hear_all(page)]) == []


def test_torn_words_would_be_noticed() -> None:
    assert torn(["No pictures", ": The garden", "Why?"]) == [": The garden"]


def test_a_browser_that_cannot_find_sentences_is_helped(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.add_init_script("delete Intl.Segmenter")
    assert said(page, "<p>… and wet. Is it? “Yes.” So</p>", site_address) == ["… and wet.", "Is it?", "“Yes.”", "So"]


def test_nothing_is_said_for_longer_than_browsers_allow(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    long = "We dig, " * 60 + "and rest " * 60 + "."
    lines = said(page, f"<p>{long}</p>", site_address)
    assert len(lines) > 3 and max(map(len, lines)) <= 220
    assert " ".join(lines).split() == long.split()
    assert lines[0].endswith("dig,")


def test_a_real_quotation_and_a_real_table_are_said_in_full(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + "models/scie/")
    listen(page)
    lines = [one["text"] for one in hear_all(page)]
    first = lines.index("Table: Signs to look for: SCIE’s four principles. 4 rows.")
    assert lines[first + 1 : first + 3] == [
        "Principle: Equality",
        "What you would see: People who use the service help to set the agenda.",
    ]
    assert any(line.startswith("Quotation: ") and line.endswith("End of quotation.") for line in lines)
    assert not any(word in " ".join(lines) for word in ("Copy link", "Cite these words", "On this page", "About this page"))


def test_every_word_of_a_page_is_said_in_order(page, site_address: str) -> None:
    """On a page of prose alone, without what the voice adds."""
    with_voices(page, LOCAL)
    page.goto(site_address + "why/")
    wanted = page.locator("main h1, main .cp-lead, main .cp-body > :is(p, h2):not(.cp-beside)").all_inner_texts()
    listen(page)
    heard = " ".join(one["text"] for one in hear_all(page))
    places = [heard.find(" ".join(text.split())) for text in wanted if text.strip()]
    assert len(places) > 5 and -1 not in places and places == sorted(places)


# -------------------------------------------------------------------------- the voice


@pytest.mark.parametrize(
    ("voices", "chosen"),
    [
        ([REMOTE, {**LOCAL, "name": "American", "lang": "en-US"}, LOCAL], "Local"),
        ([REMOTE, {**LOCAL, "name": "American", "lang": "en-US"}], "American"),
    ],
)
def test_a_british_voice_of_the_device_is_chosen_and_never_a_remote_one(
    voices: list, chosen: str, page, site_address: str
) -> None:
    with_voices(page, *voices)
    page.goto(site_address + "why/")
    listen(page)
    assert {one["voice"] for one in hear_all(page)} == {chosen}


@pytest.mark.parametrize(
    "voices", [[LOCAL, WELSH], [LOCAL], [LOCAL, {**WELSH, "localService": False}]], ids=["Welsh", "none", "remote"]
)
def test_welsh_words_are_said_by_a_welsh_voice_if_there_is_one(voices: list, page, site_address: str) -> None:
    with_voices(page, *voices)
    lines = said(page, '<p>In Welsh: <span lang="cy">cydgynhyrchu</span>. It is old.</p>', site_address)
    by = {one["text"]: (one["voice"], one["marked"]) for one in page.evaluate("uttered")}
    if WELSH in voices:
        assert lines == ["In Welsh:", "cydgynhyrchu", "It is old."]
        assert by["cydgynhyrchu"] == ("Welsh", "In Welsh: cydgynhyrchu.") and by["In Welsh:"][0] == "Local"
    else:
        assert lines == ["In Welsh: cydgynhyrchu.", "It is old."] and by[lines[0]][0] == "Local"


def test_a_voice_that_goes_away_or_fails_is_said_in_words(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + "why/")
    listen(page)
    page.evaluate("speechSynthesis.now.onerror({ error: 'synthesis-failed' })")
    status = page.locator(".cp-listen [role=status]")
    assert status.inner_text() == "The voice stopped. Press the button to begin again."
    page.evaluate("speechSynthesis.voices = []")
    page.locator(BUTTON).first.click()
    assert "gone" in status.inner_text()
    assert page.evaluate("uttered.length") == 1


# ------------------------------------------------------------------- keys, and states


def test_all_of_it_works_by_keyboard_and_says_in_words_what_it_does(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + "why/")
    tab_to(page, BUTTON)
    name = "() => document.activeElement.innerText.trim()"
    status = page.locator(".cp-listen [role=status]")
    assert page.evaluate(name) == "Listen to this page"
    page.keyboard.press("Enter")
    page.wait_for_function("uttered.length")
    assert page.evaluate(name) == "Pause" and page.get_by_text("Reading aloud", exact=True).is_visible()
    assert status.inner_text() == "", "a screen reader would talk over the voice"
    page.evaluate("speechSynthesis.finish()")
    page.keyboard.press("Enter")
    assert page.evaluate(name) == "Go on" and status.inner_text() == "Paused"
    assert page.evaluate("speechSynthesis.now") is None
    page.keyboard.press("Enter")
    second = page.evaluate("uttered.at(-1).text")
    assert page.evaluate(name) == "Pause" and second == page.evaluate("uttered.at(-2).text"), "it goes on where it was"

    tab_to(page, ".cp-listen select", at_most=2)
    assert page.get_by_label("Speed").evaluate("(field) => field === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("uttered.at(-1)") | {"rate": 1.5, "text": second} == page.evaluate("uttered.at(-1)")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("uttered.at(-1).rate") == 0.75

    page.keyboard.press("Shift+Tab")
    assert page.evaluate(name) == "Stop"
    page.keyboard.press("Enter")
    assert page.evaluate(name) == "Listen to this page", "the focus is lost"
    assert status.inner_text() == "Stopped" and page.evaluate("speechSynthesis.now") is None
    assert not page.get_by_role("button", name="Stop", exact=True).is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("uttered.at(-1).text") == page.evaluate("uttered[0].text"), "it begins at the top again"
    hear_all(page)
    assert page.evaluate(name) == "Listen to this page" and status.inner_text() == "That was the end of the page."


def test_the_buttons_are_large_and_free_of_faults_in_each_state(page, site_address: str, axe: Axe) -> None:
    with_voices(page, LOCAL)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.goto(site_address + "why/")
        listen(page)
        for state in ("reading", "paused"):
            for part in page.locator(".cp-listen :is(button, select)").all():
                box = part.bounding_box()
                assert min(box["width"], box["height"]) >= 44, f"{part.inner_text()} is small"
            for colours in ("light", "dark"):
                page.emulate_media(color_scheme=colours)
                assert axe(page).faults == []
            assert sideways(page) == 0, state
            page.locator(BUTTON).first.click()


def test_leaving_the_page_stops_the_voice(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + "why/")
    listen(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.now") is None


# ---------------------------------------------------------------------------- the mark


def test_the_words_that_are_said_are_marked(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    said(page, "<p>It is  wet. It is <b>cold</b>, too.</p><ol><li>Dig</li></ol><blockquote>Rest</blockquote>", site_address)
    marked = [one["marked"] for one in page.evaluate("uttered")]
    assert marked[2:] == ["It is wet.", "It is cold, too.", "Dig", "Rest"]
    assert page.evaluate("CSS.highlights.has('cp-spoken')") is False, "the mark stays after the end"


def test_where_words_cannot_be_marked_their_block_is(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.add_init_script("delete window.Highlight")
    page.goto(site_address + "why/")
    listen(page)
    marked = page.locator(".cp-spoken")
    assert marked.count() == 1 and marked.inner_text() == page.locator("h1").inner_text()
    assert marked.evaluate("(part) => parseFloat(getComputedStyle(part).outlineWidth)") >= 2
    page.evaluate("speechSynthesis.finish()")
    assert marked.count() == 1 and marked.evaluate("(part) => part.matches('.cp-lead')")
    hear_all(page)
    assert marked.count() == 0


@pytest.mark.parametrize("looks", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_the_mark_can_be_read_and_is_more_than_a_colour(looks: dict, page, site_address: str) -> None:
    page.emulate_media(**looks)
    page.goto(site_address + "why/")
    found = measure(page, "highlighted", "cp-spoken")
    assert found["contrast"] >= 7 and found["line"] == "underline"


def test_the_page_follows_the_voice_but_not_against_its_reader(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size(PHONE)
    page.goto(site_address + "ladder/")
    listen(page)
    seen = """
    () => {
      const [range] = CSS.highlights.get("cp-spoken"), box = range.getBoundingClientRect();
      const bar = document.querySelector(".cp-listen > div").getBoundingClientRect();
      return box.top >= 0 && box.bottom <= bar.top;
    }
    """
    for count in range(40):
        assert page.evaluate(seen), f"sentence {count} is out of sight"
        page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("scrollY") > 600
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("scrollY") == 0, "a reader who looks elsewhere is pulled back"
    page.locator(BUTTON).first.click()
    page.locator(BUTTON).first.click()
    assert page.evaluate(seen), "a press brings the words back"


@pytest.mark.parametrize("path", ["", "why/", "ladder/"], ids=["home", "plain", "with a page in easy words"])
def test_nothing_moves_when_the_voice_begins(path: str, page, site_address: str) -> None:
    with_voices(page, LOCAL)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.goto(site_address + path)
        before = page.locator(".cp-body").bounding_box()["y"]
        listen(page)
        assert abs(page.locator(".cp-body").bounding_box()["y"] - before) <= 1


def test_in_a_low_window_the_buttons_cover_nothing(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site_address + "why/")
    listen(page)
    assert page.locator(BAR).evaluate("(bar) => getComputedStyle(bar).position") == "static"


# Windows, with the letters that their readers set.
AS_IT_IS, LARGER, TWICE = "html { font-size: 100% }", "html { font-size: 150% !important }", LETTERS["letters of 200 %"]
TALL_PHONE = {"width": 375, "height": 800}
READERS = {
    "phone": (PHONE, AS_IT_IS),
    "phone, letters of 150 %": (TALL_PHONE, LARGER),
    "phone, letters of 200 %": (TALL_PHONE, TWICE),
    "desk": (DESK, AS_IT_IS),
    "desk, letters of 150 %": (DESK, LARGER),
    "desk, letters of 200 %": (DESK, TWICE),
}
# How much of the window the buttons take while they stay at its foot.
_SHARE = """
(bar) => (getComputedStyle(bar).position === "fixed" ? bar.offsetHeight / innerHeight : 0)
"""
# Each stop is also asked whether the buttons lie on it, or on its ring. What is higher than the room above them cannot be clear.
_AND_THE_BUTTONS = """
(bar) => {
  const { stop } = cpMeasure;
  cpMeasure.stop = () => {
    const found = stop();
    const node = document.activeElement, { bottom, height } = node.getBoundingClientRect(), { top } = bar.getBoundingClientRect();
    const isFree = bar.contains(node) || getComputedStyle(bar).position !== "fixed" || height > top || bottom + 6 <= top;
    if (found && !isFree) found.faults.push(`${node.outerHTML.slice(0, 90)} or its ring is under the buttons`);
    return found;
  };
}
"""


def walk_while_listening(page) -> tuple[list[int], list[str]]:
    """Press Tab from the top of the page to its end, and Shift+Tab back: the stops, and what is wrong with them."""
    bring_measures(page)
    page.locator(BAR).evaluate(_AND_THE_BUTTONS)
    page.evaluate("document.links[0].focus()")
    there, found = steps(page, "Tab")
    back, more = steps(page, "Shift+Tab", len(there))
    return there + back, found + more


@pytest.mark.parametrize(("size", "letters"), READERS.values(), ids=READERS)
def test_the_buttons_never_lie_on_what_has_the_focus(size: dict, letters: str, page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size(size)
    page.goto(site_address + "ladder/")
    page.add_style_tag(content=letters)
    listen(page)
    assert page.locator(BAR).evaluate(_SHARE) <= 0.25
    stops, found = walk_while_listening(page)
    assert len(stops) > 120 and found == [], "\n".join(found)


def test_buttons_that_lie_on_what_has_the_focus_would_be_noticed(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size(PHONE)
    page.goto(site_address + "ladder/")
    listen(page)
    bar = page.locator(BAR)
    assert 0 < bar.evaluate(_SHARE) <= 0.25
    page.add_style_tag(content="html.cp-listening { scroll-padding-bottom: 7rem }")  # two pixels less than they are high
    _, found = walk_while_listening(page)
    assert any("its ring is under the buttons" in line for line in found)
    page.add_style_tag(content=f"{TWICE} html {BAR} {{ position: fixed; inset: auto 0 0 }}")
    assert bar.evaluate(_SHARE) > 0.25


def test_the_room_for_the_buttons_keeps_with_the_window_and_goes_with_them(page, site_address: str) -> None:
    room = "() => parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom)"
    with_voices(page, LOCAL)
    page.set_viewport_size(DESK)
    page.goto(site_address + "why/")
    silent = page.evaluate(room)
    listen(page)
    wide = page.evaluate(room)
    page.set_viewport_size(PHONE)
    page.wait_for_function(f"({room})() > {wide}")
    assert page.evaluate(room) > page.locator(BAR).bounding_box()["height"] > wide
    page.set_viewport_size({"width": 320, "height": 256})
    page.wait_for_function(f"({room})() === {silent}")
    page.set_viewport_size(PHONE)
    page.wait_for_function(f"({room})() > {wide}")
    page.get_by_role("button", name="Stop", exact=True).click()
    assert page.evaluate(room) == silent and not page.evaluate("document.documentElement.getAttribute('style')")


# --------------------------------------------------------------------- the review kit


def go_to(page, screen: str) -> None:
    """Go on to another screen of a kit, or another place of it."""
    page.evaluate("(screen) => { location.hash = screen }", screen)
    page.wait_for_timeout(50)  # the voice hears of it last


def newly_said(page) -> list[str]:
    """What has been said since this was asked before."""
    return page.evaluate("uttered.splice(0).map((one) => one.text)")


def test_in_a_review_kit_the_voice_reads_the_question_that_is_shown_and_goes_on_with_the_next(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + KIT)
    listen(page)
    assert newly_said(page) == [page.locator("h1").inner_text()], "the first screen comes with the top of the page"
    for number in (1, 2):
        go_to(page, f"kit-{number}")
        (first,) = newly_said(page)
        assert first.startswith(f"Question {number} of ")
    go_to(page, "main")
    assert newly_said(page) == [] and page.get_by_role("button", name="Pause").count() == 1, "the question is still there"
    page.evaluate("while (speechSynthesis.now) speechSynthesis.finish()")
    rest = newly_said(page)
    assert "The ladder has seven rungs." in rest and rest[-1] == "Next"

    assert page.get_by_role("button", name="Listen again").is_visible()
    assert page.locator(".cp-listen [role=status]").inner_text() == "That was all."
    go_to(page, "kit-3")
    assert newly_said(page)[0].startswith("Question 3 of "), "whoever has heard it out presses Next as well"
    go_to(page, "kit-end")
    page.evaluate("while (speechSynthesis.now) speechSynthesis.finish()")
    assert any(line.endswith("No answer") for line in newly_said(page)), "the answers are not read"


@pytest.mark.parametrize("name", ["Pause", "Stop"])
def test_in_a_review_kit_a_voice_that_was_paused_or_stopped_says_nothing_of_the_next_question(
    name: str, page, site_address: str
) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + KIT + "#kit-2")
    listen(page)
    page.get_by_role("button", name=name, exact=True).click()
    newly_said(page)
    go_to(page, "kit-3")
    assert newly_said(page) == [] and page.evaluate("speechSynthesis.now") is None
    page.get_by_role("button", name="Listen to this page").click()
    assert newly_said(page)[0].startswith("Question 3 of ")


@pytest.mark.parametrize(("size", "letters"), READERS.values(), ids=READERS)
def test_the_button_to_listen_is_with_each_question(size: dict, letters: str, page, site_address: str) -> None:
    with_voices(page)
    page.set_viewport_size(size)
    page.goto(site_address + KIT + "#kit-1")
    page.add_style_tag(content=letters)
    page.evaluate("(voices) => speechSynthesis.come(voices)", [LOCAL])  # they come late, as in most browsers
    for number in (2, 3):
        page.locator(f"#kit-{number - 1}").get_by_role("link", name="Next").click()
        page.wait_for_selector(f"#kit-{number}.cp-now")
        assert all(in_view(part.bounding_box(), size) for part in (page.locator(BUTTON), page.locator(f"#kit-{number} legend")))
    above = page.locator("#kit-3").bounding_box()["y"]
    listen(page)
    begun = page.locator("#kit-3").bounding_box()["y"]
    page.evaluate("while (speechSynthesis.now) speechSynthesis.finish()")
    if page.locator(BAR).evaluate(_SHARE):  # where they take too much of the window, they grow in their place
        assert abs(begun - above) <= 1, "the question moves when the voice begins"
        assert in_view(page.locator(BUTTON).first.bounding_box(), size), "nobody can listen again"
    assert sideways(page) == 0


@pytest.mark.parametrize(("size", "letters"), READERS.values(), ids=READERS)
def test_in_a_kit_too_the_buttons_never_lie_on_what_has_the_focus(size: dict, letters: str, page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.set_viewport_size(size)
    page.goto(site_address + KIT + "#kit-3")
    page.add_style_tag(content=letters)
    listen(page)
    stops, found = walk_while_listening(page)
    assert len(stops) > 50 and found == [], "\n".join(found)


# ----------------------------------------------------------------------------- quiet


_STORED = "() => ({ cookies: document.cookie, kept: localStorage.length + sessionStorage.length })"


def test_nothing_is_sent_and_nothing_is_stored(page, context, site_address: str) -> None:
    heard = Heard(page)
    with_voices(page, LOCAL, REMOTE)
    page.goto(site_address + "why/", wait_until="networkidle")
    before = len(heard.requests)
    listen(page)
    page.get_by_label("Speed").select_option("slower")
    hear_all(page)
    assert heard.requests[before:] == [site_address + "assets/listen.js"]
    assert heard.complaints == [] and context.cookies() == []
    assert page.evaluate(_STORED) == {"cookies": "", "kept": 0}


def test_it_works_from_a_folder(page, built_site: Path) -> None:
    with_voices(page, LOCAL)
    page.goto((built_site / "why" / "index.html").as_uri())
    listen(page)
    assert len(hear_all(page)) > 20


def test_a_script_that_cannot_be_loaded_is_said(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.route("**/listen.js", lambda route: route.abort())
    page.goto(site_address + "why/")
    page.locator(BUTTON).click()
    page.get_by_text("This could not be loaded. Please try again later.").wait_for()


def test_paper_has_no_buttons_to_listen(page, site_address: str) -> None:
    with_voices(page, LOCAL)
    page.goto(site_address + "why/")
    assert page.locator(".cp-listen").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".cp-listen").is_visible()
