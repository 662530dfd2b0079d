"""The checks of pages: each has a bad case that it refuses, and a good twin that it accepts."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from coproduction import pages, pipeline, reading
from coproduction.findings import Finding
from coproduction.pages import ReadingReport
from tiny import change, front_matter, tiny_site, write

FRONT = front_matter("Practice")
FIRST = FRONT.count("\n") + 1  # the line on which the words begin
LONG = "One gardener asked another gardener about a bean that grew near a wall where no bean had ever been seen to grow before by anyone here."
CALM = "People dig here. They talk. Then they eat."


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_site(tmp_path_factory.mktemp("garden") / "site")


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    """A good tiny site that a test may spoil."""
    return Path(shutil.copytree(garden, tmp_path / "site"))


def check(site: Path) -> list[Finding]:
    return pages.check(site, reading.read(site / "docs" / "data"))[0]


def check_words(site: Path, body: str, front: str = FRONT) -> list[Finding]:
    """What is found when one page of a good site says ``body``."""
    (site / "docs" / "practice" / "index.md").write_text(front + body + "\n", encoding="utf-8", newline="\n")
    found = check(site)
    assert {finding.file for finding in found} <= {"docs/practice/index.md"}
    return found


def reports(site: Path) -> dict[str, ReadingReport]:
    return {report.file: report for report in pages.check(site, reading.read(site / "docs" / "data"))[1]}


def test_a_good_site_has_nothing_to_put_right(site: Path) -> None:
    assert check(site) == []
    assert check_words(site, CALM) == []


# ------------------------------------------- one bad line, its good twin, what is said of it

BAD_AND_GOOD = {
    "a macro that nobody knows": ("{{ laddder() }}", "{{ ladder_uses() }}", 0, "no macro is called 'laddder'", "Did you mean ladder"),
    "a macro with a number for an id": ("{{ framework(7) }}", '{{ framework("framework-garden") }}', 0, "'framework(7)' cannot be understood", '{{ framework("id") }}'),
    "a macro without its id": ("{{ framework() }}", '{{ framework("framework-garden") }}', 0, "'framework()' cannot be understood", '{{ framework("id") }}'),
    "a macro with too much": ('{{ ladder_uses("x") }}', "{{ ladder_uses() }}", 0, "cannot be understood", "{{ ladder_uses() }}"),
    "a macro with a bare word": ("{{ framework(garden) }}", '{{ framework("framework-garden") }}', 0, "'framework(garden)' cannot be understood", '{{ framework("id") }}'),
    "a macro with an open quote": ('{{ framework("framework-garden) }}', '{{ framework("framework-garden") }}', 0, "cannot be understood", '{{ framework("id") }}'),
    "a macro with curly quotes": ("{{ framework(“framework-garden”) }}", '{{ framework("framework-garden") }}', 0, "'framework(“framework-garden”)' has curly quotes", "straight ones"),
    "a macro that runs code": ('{{ framework(open("x")) }}', '{{ framework("framework-garden") }}', 0, "cannot be understood", '{{ framework("id") }}'),
    "an unknown id": ('{{ framework("framework-gardn") }}', '{{ framework("framework-garden") }}', 0, "no record has the id 'framework-gardn'", "Did you mean framework-garden?"),
    "an id like no other": ('{{ framework("zzz") }}', '{{ framework("framework-garden") }}', 0, "no record has the id 'zzz'", "Did you mean framework-garden?"),
    "an id of another kind": ('{{ definition("word-spade") }}', '{{ definition("definition-club") }}', 0, "'word-spade' is a record of another kind", "docs/data/"),
    "nothing to show": ('{{ law("wales") }}', "{{ ladder_uses() }}", 0, "There are no laws for wales", "docs/data/"),
    "an indented macro": ("- One:\n\n    {{ ladder_uses() }}", "- One.\n\n{{ ladder_uses() }}", 2, "does not begin at the start of its line", "line of its own"),
    "braces in a sentence": ("Write {{ name }} here.", "Write your name here.", 0, "double braces", "Take other braces out"),
    "a macro in a sentence": ("See {{ ladder_uses() }}.", "See this.\n\n{{ ladder_uses() }}", 0, "double braces", "line of its own"),
    "a command in braces": ("{% if x %}", "If x.", 0, "a brace with % or #", "Take it out"),
    "a note in braces": ("{# not yet #}", "Not yet.", 0, "a brace with % or #", "Take it out"),
    "an id without its colon": ("## Ask early {#ask-early }", "## Ask early {: #ask-early }", 0, "the id '#ask-early' has no colon in front", "{: #ask-early }"),
    "a second main heading": ("# Practice {: #practice }", "## Practice {: #practice }", 0, "one main heading", "##"),
    "a skipped level": ("## A {: #a }\n\n#### B {: #b }", "## A {: #a }\n\n### B {: #b }", 2, "skips from level 2 to level 4", "Begin it with ### and a space."),
    "a first heading that is too deep": ("### A {: #a }", "## A {: #a }", 0, "skips from level 1 to level 3", "Begin it with ## and a space."),
    "a doubled heading": ("## A {: #a }\n\n## a {: #b }", "## A {: #a }\n\n## B {: #b }", 2, "the heading 'a' stands twice", "what is different"),
    "a heading without an id": ("## Ask early!", "## Ask early! {: #ask-early }", 0, "no id of its own", "## Ask early! {: #ask-early }"),
    "a link to no page": ("Climb [the ladder](lader.md).", "Climb [the ladder](../ladder.md).", 0, "'lader.md', and there is no such page", "Did you mean ../ladder.md"),
    "a link to a page like no other": ("Climb [a tree](zzz.md).", "Climb [the ladder](../ladder.md).", 0, "'zzz.md', and there is no such page", "Name the page's file"),
    "a link to a folder": ("Climb [the ladder](../ladder/).", "Climb [the ladder](../ladder.md).", 0, "'../ladder/', and there is no such page", "ladder.md"),
    "a link from the root": ("Climb [the ladder](/ladder.md).", "Climb [the ladder](../ladder.md).", 0, "'/ladder.md', and there is no such page", "ladder.md"),
    "a link to no part": ("See [rung one](../ladder.md#ladder-inform).", "See [rung one](../ladder.md#ladder-informing).", 0, "'ladder.md' has no part called 'ladder-inform'", "Did you mean #ladder-informing"),
    "a link to no part of this page": ("See [A](#aa).\n\n## A {: #a }", "See [A](#a).\n\n## A {: #a }", 0, "'practice/index.md' has no part called 'aa'", "Did you mean #a?"),
    "a link over two lines": ("All.\nClimb [the\nladder](lader.md).", "All.\nClimb [the\nladder](../ladder.md).", 1, "'lader.md', and there is no such page", "ladder.md"),
    "a link without an address": ("Climb [the ladder]().", "Climb [the ladder](../ladder.md).", 0, "the link has no address", "round brackets"),
    "a link that says here": ("Click [here](../ladder.md).", "Click [the ladder](../ladder.md).", 0, "the link says only 'here'", "where the link goes"),
    "a link that says click here": ("[Click\nhere](../ladder.md)", "[Climb\nthe ladder](../ladder.md)", 0, "says only 'Click here'", "where the link goes"),
    "a link that says read more": ("[Read more](../ladder.md)", "[Read more about rungs](../ladder.md)", 0, "says only 'Read more'", "where the link goes"),
    "a picture without words": ("![](../assets/icon.svg)", "![A table](../assets/icon.svg)", 0, "no text beside it", "square brackets"),
    "a picture that is not there": ("![A table](../assets/zzz.svg)", "![A table](../assets/icon.svg)", 0, "there is no picture '../assets/zzz.svg'", "docs/assets/"),
    "a picture with a slip in its name": ("![A rung](ladde.svg)", "![A rung](../assets/easy/ladder.svg)", 0, "there is no picture 'ladde.svg'", "Did you mean ../assets/easy/ladder.svg"),
    "a script": ("<script>alert(1)</script>", "A script of a play.", 0, "this HTML tag", "Take it out"),
    "a style sheet": ("<STYLE>p { color: red }</STYLE>", "Style is a matter of taste.", 0, "this HTML tag", "Take it out"),
    "a form": ('<form action="x">', "Fill in a form.", 0, "this HTML tag", "Take it out"),
    "a frame": ('<iframe src="x">', "A frame for beans.", 0, "this HTML tag", "Take it out"),
    "a script in a tag": ('<b onclick="x()">Dig</b>', "<b>Dig on = off</b>", 0, "a script in a tag", "Take it out"),
    "a style in a tag": ('<b style="color: red">Dig</b>', "<b>Dig</b>", 0, "a style in a tag", "Take it out"),
    "an address without https": ("Go to [the shop](//shop.example).", "Go to [the shop](https://shop.example).", 0, "an address without https:", "Write https: in front"),
    "a gap in brackets": ("Ask [name of the editor] first.", "Ask [the editor](../ladder.md) first.", 0, "'[name of the editor]' looks like a gap", "Write what should stand there"),
    "a gap before a colon": ("[Name]: ask first.", "Ask [the club][1] first.\n\n[1]: https://garden.example/", 0, "'[Name]' looks like a gap", "Write what"),
    "a gap far below": ("Dig.\n\nSee [the\nladder](../ladder.md).\n\nBy [date].", "Dig.\n\nSee [the\nladder](../ladder.md).\n\nBy `[date]`.", 5, "'[date]' looks like a gap", "Write what"),
    "a gap in a heading": ("## Ask [whom] {: #ask }", "## Ask us {: #ask }", 0, "'[whom]' looks like a gap", "Write what"),
    "a note to do something": ("Dig here. TODO: where?", "What to do: dig here.", 0, "'TODO' looks like a gap", "Write what"),
    "a note in the words of a link": ("[TBC](../ladder.md)", "[To be planted](../ladder.md)", 0, "'TBC' looks like a gap", "Write what"),
    "crosses for words": ("Call us on xxx.", "The bed is 3 x 4 yards.", 0, "'xxx' looks like a gap", "Write what"),
    "words that mean nothing": ("Lorem ipsum dolor.", "Lore has it so.", 0, "'Lorem' looks like a gap", "Write what"),
    "words that will come": ("The map is coming\nsoon. It is coming soon.", "The bus is coming, and soon.", 1, "'coming soon' looks like a gap", "Write what"),
    "a long sentence": (f"Calm.\nAll.\n\n{LONG}", CALM, 3, "'One gardener asked another gardener about …' has 26 words", "Split it in two"),
    "a long sentence in a list": (f"- Calm.\n- {LONG}", f"- {CALM}\n- Calm.", 1, "has 26 words", "Split it in two"),
    "a long sentence in a box": (f'!!! note "Look"\n    {LONG}', f'!!! note "{LONG}"\n    {CALM}', 1, "has 26 words", "Split it in two"),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "good", "below", "what", "fix"), BAD_AND_GOOD.values(), ids=BAD_AND_GOOD)
def test_each_check_refuses_the_bad_line_and_accepts_its_twin(
    bad: str, good: str, below: int, what: str, fix: str, site: Path
) -> None:
    assert check_words(site, good) == []
    found = [finding for finding in check_words(site, bad) if what in finding.what]
    assert len(found) == 1, f"not found once: {what}"
    assert found[0].line == FIRST + below
    assert fix in found[0].fix and found[0].why
    assert "Traceback" not in found[0].text()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JavaScript:x"])
@pytest.mark.parametrize("form", ["[Dig]({})", '<a href="{}">Dig</a>', "<{}>", "[Dig][1]\n\n[1]: {}"])
def test_an_address_that_runs_code_is_refused(address: str, form: str, site: Path) -> None:
    found = [finding for finding in check_words(site, form.format(address)) if "an address that runs code" in finding.what]
    assert [finding.line for finding in found] == [FIRST + form.count("\n")]


@pytest.mark.parametrize("words", ["[Dig](javascript:x)", "[Dig\nwell](//shop.example)", "## Ask early {#ask-early}"])
def test_what_is_wrong_in_two_ways_is_told_once(words: str, site: Path) -> None:
    assert len(check_words(site, words)) == 1


def test_words_that_only_look_like_such_an_address_are_accepted(site: Path) -> None:
    assert check_words(site, "Look at the data: it is all there. We use no JavaScript: it is slow.") == []


@pytest.mark.parametrize("link", ["https://garden.example/", "http://garden.example", "mailto:dig@garden.example", "tel:999"])
def test_links_to_other_places_are_not_ours_to_check(link: str, site: Path) -> None:
    assert check_words(site, f"Ask [the club]({link}).") == []


def test_a_link_may_lead_to_what_a_macro_prints(site: Path) -> None:
    assert (
        check_words(
            site, "See [trust](../models/index.md#value-garden-trust) and [waiting](../models/index.md#value-garden-waiting)."
        )
        == []
    )


def test_what_a_macro_prints_away_from_home_is_no_place_to_link_to(site: Path) -> None:
    found = check_words(site, 'See [trust](#value-garden-trust).\n\n{{ values_table("framework-garden") }}')
    assert [finding.what for finding in found] == ["the page 'practice/index.md' has no part called 'value-garden-trust'"]


# ------------------------------------------------------------------- front matter


def without(line: str) -> str:
    assert line in FRONT
    return FRONT.replace(line, "")


@pytest.mark.parametrize(
    ("front", "line", "what", "fix"),
    [
        (without("title: Practice\n"), 2, "the key 'title' is missing", "Add a line 'title: …' to the front matter."),
        (without("owner: The editors\n"), 2, "the key 'owner' is missing", "front matter"),
        (FRONT.replace("owner:", "ownr:"), 8, "'ownr' is not a key", "Did you mean 'owner'?"),
        (FRONT.replace("reading: practice", "reading: pratice"), 4, "'pratice' cannot stand under 'reading'", "Did you mean 'practice'?"),
        (FRONT.replace("updated: 2026-11-22", "updated: soon"), 5, "'updated' should be a date", "2026-11-22"),
        (FRONT.replace("title: Practice", "title: 2026"), 2, "'title' should be text, but '2026' is a number", 'title: "2026"'),
        (FRONT.replace("title: Practice", 'title: " "'), 2, "it is empty", "Write the text"),
        (FRONT.replace("owner:", "title: Other\nowner:"), 8, "the key 'title' stands twice", "Keep the right one"),
        (FRONT.replace("title: Practice", "title: Dig: well"), 2, "this is not YAML", "goes in quotes"),
        (FRONT.replace("owner:", "template: hom.html\nowner:"), 8, "'hom.html' cannot stand under 'template'", "home.html"),
        (FRONT.replace("owner: The editors", "owner: TBC"), 8, "'TBC' looks like a gap", "Write what"),
        (FRONT.replace("page is about practice.", "page is about [topic]."), 3, "'[topic]' looks like a gap", "Write what"),
        (FRONT.replace("review_by: 2027-11-22", "review_by: 2026-11-22"), 7, "(2026-11-22) is not after the last one", "after 'reviewed'"),
    ],
)  # fmt: skip
def test_bad_front_matter_is_refused_on_its_line(front: str, line: int, what: str, fix: str, site: Path) -> None:
    found = [finding for finding in check_words(site, CALM, front) if what in finding.what]
    assert [(finding.line, fix in finding.fix) for finding in found] == [(line, True)]
    assert check_words(site, CALM) == []


def test_a_page_without_front_matter_is_refused(site: Path) -> None:
    found = check_words(site, CALM, front="")
    assert [(finding.line, finding.what) for finding in found] == [(1, "the page has no front matter")]
    assert "two rows of dashes" in found[0].fix


def test_front_matter_that_never_ends_is_refused(site: Path) -> None:
    assert [finding.what for finding in check_words(site, CALM, FRONT[:-4])] == ["the page has no front matter"]


def test_front_matter_with_windows_line_ends_is_read(site: Path) -> None:
    page = site / "docs" / "practice" / "index.md"
    page.write_bytes((FRONT + CALM + "\n\n## Ask\n").replace("\n", "\r\n").encode())
    assert [(finding.line, finding.what) for finding in check(site)] == [(FIRST + 2, "the heading has no id of its own")]


def test_a_page_in_another_encoding_is_refused_on_its_line(site: Path) -> None:
    (site / "docs" / "practice" / "index.md").write_bytes(FRONT.encode() + "Dig.\nDig caf\xe9s.\n".encode("latin-1"))
    found = check(site)
    assert [(f.file, f.line, f.what) for f in found] == [
        ("docs/practice/index.md", FIRST + 1, "the file is not written in UTF-8")
    ]


# ----------------------------------------------------------------------- wording

HARD = "Organisational considerations necessitate comprehensive interdisciplinary communication. "


def test_a_page_that_is_hard_to_read_is_refused_for_its_readers(site: Path) -> None:
    found = check_words(site, HARD * 3)
    assert len(found) == 1 and found[0].line == 0
    assert found[0].what.startswith("the page reads at ARI ") and found[0].what.endswith("; a practice page may have 9 at most")
    assert "reading_reason" in found[0].fix


def test_a_page_for_everybody_must_be_easier_than_one_for_people_at_work(site: Path) -> None:
    words = "Many gardeners talk with each other about their plants before they get more seeds. " * 3
    public = FRONT.replace("reading: practice", "reading: public")
    assert check_words(site, words) == []
    level = reports(site)["docs/practice/index.md"].reading.ari
    found = check_words(site, words, public)
    assert 6 < level <= 9
    assert [finding.what for finding in found] == [f"the page reads at ARI {level}; a public page may have 6 at most"]
    assert check_words(site, CALM, public) == []


def test_a_page_that_says_why_may_be_hard_to_read(site: Path) -> None:
    front = FRONT.replace("owner:", "reading_reason: It names laws.\nowner:")
    assert check_words(site, HARD * 3, front) == []
    assert reports(site)["docs/practice/index.md"].reason == "It names laws."


def test_a_page_that_says_why_without_need_is_refused(site: Path) -> None:
    found = check_words(site, CALM, FRONT.replace("owner:", "reading_reason: It names laws.\nowner:"))
    assert [(finding.line, finding.fix) for finding in found] == [(8, "Take 'reading_reason' out.")]


def test_brackets_in_a_quotation_are_its_owner_s(site: Path) -> None:
    assert check_words(site, "> They [the beans] grew.\n\nYes.") == []


def test_even_then_no_sentence_may_be_too_long(site: Path) -> None:
    found = check_words(site, LONG, FRONT.replace("owner:", "reading_reason: It names laws.\nowner:"))
    assert [finding.what for finding in found] == [
        "the sentence that begins 'One gardener asked another gardener about …' has 26 words"
    ]


def test_a_long_sentence_in_the_middle_of_a_paragraph_is_told_at_its_own_line(site: Path) -> None:
    found = check_words(site, f"Calm. All\nis well.\n{LONG} Then\nwe rest.")
    assert [finding.line for finding in found] == [FIRST + 2]


def test_the_longest_sentences_of_a_page_are_told_where_their_words_stand(site: Path) -> None:
    def longest(file: str, count: int) -> list[tuple[int, str, int]]:
        library = reading.read(site / "docs" / "data")
        found = pages.longest_sentences(site, reports(site)[file], library, count)
        return [(sentence.words, sentence.place.file, sentence.place.line) for sentence in found]

    check_words(site, "Dig. We dig\nfor\ntwo hours. Then we all eat soup.\n\nRest.")
    assert longest("docs/practice/index.md", 2) == [(5, "docs/practice/index.md", FIRST), (5, "docs/practice/index.md", FIRST + 2)]
    lines = (site / "docs" / "data" / "ladder.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, line in enumerate(lines, 1) if "higher is always better" in line)
    assert (8, "docs/data/ladder.yml", line) in longest("docs/ladder.md", 3)


def test_many_sentences_that_are_nearly_too_long_are_refused(site: Path) -> None:
    nearly = "We go to the hut to get a fork and a hoe and a rake so we can dig up the bed. "
    assert len(nearly.split()) == 22
    assert check_words(site, f"{CALM} {nearly}") == []
    found = check_words(site, f"{CALM} {nearly * 3}")
    assert [finding.what for finding in found] == ["3 of 6 sentences have more than 20 words"]


@pytest.mark.parametrize("form", ["> {}", "{{{{ ladder_uses() }}}}\n\n> {}", "## {} {{: #long }}", "| a |\n|---|\n| {} |", "`{}`"])
def test_quotations_headings_and_code_are_not_our_sentences(form: str, site: Path) -> None:
    assert check_words(site, form.format(LONG.rstrip("."))) == []


def test_the_address_of_a_link_is_no_word_of_a_sentence(site: Path) -> None:
    assert (
        check_words(
            site,
            "Ask [the club](https://garden.example/a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z) about [the\nladder](../ladder.md).",
        )
        == []
    )


def test_the_words_of_the_facts_count_on_the_pages_that_show_them(site: Path) -> None:
    before = reports(site)["docs/ladder.md"].reading
    change(site / "docs" / "data" / "ladder.yml", "Keep at it.", f"{HARD}{HARD}")
    after = reports(site)["docs/ladder.md"].reading
    assert after.words == before.words - 3 + 12 and after.ari > before.ari


def test_a_long_sentence_in_the_facts_is_refused_at_its_record(site: Path) -> None:
    data = site / "docs" / "data" / "ladder.yml"
    line = data.read_text().splitlines().index("      - id: ladder-informing") + 1
    change(data, "Someone tells you what will grow.", LONG)
    found = check(site)
    assert [(f.file, f.line) for f in found] == [("docs/data/ladder.yml", line)]
    assert "has 26 words" in found[0].what


@pytest.mark.parametrize(
    ("html", "told"), [(f"<p>{LONG}</p>", True), (f"<p>{CALM}</p>", False), (f"<blockquote><p>{LONG}</p></blockquote>", False)]
)
def test_a_long_sentence_that_a_template_says_is_refused_at_the_line_of_its_macro(html: str, told: bool, site: Path, monkeypatch) -> None:
    real = pages.printed
    monkeypatch.setattr(pages, "printed", lambda library, page, name, *rest, **more: f"{real(library, page, name, *rest, **more)}{html}")
    lines = (site / "docs" / "ladder.md").read_text(encoding="utf-8").splitlines()
    calls = [number for number, line in enumerate(lines, 1) if line.startswith("{{")]
    found = [finding for finding in check(site) if finding.file == "docs/ladder.md"]
    assert [finding.line for finding in found if "has 26 words" in finding.what] == (calls if told else [])


def test_a_long_quotation_in_the_facts_stays_as_it_is(site: Path) -> None:
    definitions = site / "docs" / "data" / "definitions.yml"
    change(definitions, "People dig the garden together as equal partners.", f"{LONG[:-1]} as equal partners.")
    definitions.write_text(re.sub(r" +locked: .*\n", "", definitions.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    assert reading.write_locks(definitions.parent) == 1
    assert check(site) == []


def test_each_page_has_a_report_of_how_it_reads(site: Path) -> None:
    found = reports(site)
    assert set(found) == {f"docs/{path.relative_to(site / 'docs').as_posix()}" for path in (site / "docs").rglob("*.md")}
    report = found["docs/practice/index.md"]
    assert (report.reading.words, report.reading.sentences, report.limit, report.reason) == (3, 1, 9, None)


# ---------------------------------------------------------------------- together


def test_two_pages_with_one_title_are_refused(site: Path) -> None:
    line = change(site / "docs" / "taking-part.md", "title: Taking part", "title: PRACTICE")
    found = check(site)
    assert [(f.file, f.line, f.what) for f in found] == [
        ("docs/taking-part.md", line, "the title 'PRACTICE' is also that of docs/practice/index.md")
    ]


def test_a_home_that_is_no_page_is_refused_at_the_record_that_names_it(site: Path) -> None:
    data = site / "docs" / "data" / "glossary.yml"
    change(data, "  - id: word-gardener\n", "  - id: word-gardener\n    home: word.md\n")
    line = data.read_text().splitlines().index("  - id: word-gardener") + 1
    found = [f for f in check(site) if "has its home" in f.what]
    assert [(f.file, f.line, f.what) for f in found] == [
        ("docs/data/glossary.yml", line, "'word-gardener' has its home on 'word.md', and there is no such page")
    ]
    assert found[0].fix.startswith("Did you mean words.md")


def test_a_link_to_a_page_that_moved_is_met_with_where_it_is_now_and_a_stranger_with_nothing(site: Path) -> None:
    words = "Look up [the words](../plot/wordbook.md)."
    (found,) = check_words(site, words)
    assert found.fix == pages.LINK_TO_NO_PAGE.fix
    change(site / "docs" / "words.md", "owner: ", "formerly: [plot/wordbook.md]\nowner: ")
    (found,) = check_words(site, words)
    assert found.fix == "Did you mean ../words.md?"


def test_a_record_that_its_home_does_not_show_is_refused(site: Path) -> None:
    change(site / "docs" / "words.md", "{{ glossary() }}", "Soon.")
    found = check(site)
    assert {f.what for f in found} == {
        "'word-spade' does not appear on its home page, docs/words.md",
        "'word-gardener' does not appear on its home page, docs/words.md",
    }
    assert all(f.file == "docs/data/glossary.yml" and f.line > 1 and "(word)" in f.fix for f in found)


def test_the_problems_of_all_pages_are_told_in_one_run(site: Path) -> None:
    docs = site / "docs"
    (docs / "help-improve.md").write_text("No front matter.\n")
    (docs / "accessibility.md").write_bytes(b"---\ntitle: \xff\n---\n")
    lines = {
        "docs/help-improve.md": 1,
        "docs/accessibility.md": 2,
        "docs/words.md": change(docs / "words.md", "Short meanings.", "Short [meanings](nowhere.md)."),
        "docs/search.md": change(docs / "search.md", "Type a word.", "Type {{ a }} word."),
        "docs/taking-part.md": change(docs / "taking-part.md", "## Ask {: #ask }", "## Ask"),
        "docs/planning-services.md": change(docs / "planning-services.md", "review_by: 2027-11-22", "review_by: 2020-11-22"),
    }
    assert {f.file: f.line for f in check(site)} == lines
    assert len(check(site)) == len(lines)


def test_a_page_may_have_several_problems_and_each_is_told(site: Path) -> None:
    found = check_words(site, "# One\n\n[here](a.md)\n\n{{ nothing() }}\n\n<script>")
    assert [f.line - FIRST for f in sorted(found)] == [0, 0, 2, 2, 4, 6]


def test_broken_facts_do_not_hide_what_is_wrong_with_the_pages(site: Path) -> None:
    change(site / "docs" / "data" / "glossary.yml", "name: Spade", "nam: Spade")
    index = site / "docs" / "models" / "index.md"
    index.write_text(index.read_text() + "\nSee [the shed](shed.md#door) and [a part](#no-such-part).\n\n{{ laddder() }}\n")
    found, reports = pipeline.check(site)
    whats = {finding.what for finding in found}
    assert "'nam' is not a key that can stand here" in whats
    assert "the link leads to 'shed.md#door', and there is no such page" in whats
    assert "no macro is called 'laddder'" in whats
    # Which parts a page has depends on the facts: nothing is said of them, and nothing of how pages read.
    assert not any("no part called" in what for what in whats) and reports == []


def test_a_home_that_every_record_of_a_file_takes_is_told_once(site: Path) -> None:
    change(site / "docs" / "data" / "glossary.yml", "home: words.md", "home: wrds.md")
    found = [finding for finding in pipeline.check(site)[0] if "no such page" in finding.what and finding.file.endswith("glossary.yml")]
    assert len(found) == 1 and "words.md" in found[0].fix


# ---------------------------------------------------------------------------- code

OUTPUT = "# Not a heading\n[not a link](nowhere.md) and not one sentence but many words that go on and on for ever in one line without an end at all, all of which are code\n"


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
def test_code_between_fences_is_not_read_as_words(fence: str, site: Path) -> None:
    inner = "```text\nmore\n```\n" if fence == "````" else ""
    assert check_words(site, f"Dig with care.\n\n{fence}\n{inner}{OUTPUT}{fence}") == []


@pytest.mark.parametrize("code", [f"```\n{OUTPUT}", f"````\n{OUTPUT}```", "```\n{{ laddder() }}\n```"])
def test_a_fence_that_does_not_end_is_refused_and_macros_are_found_in_code_too(code: str, site: Path) -> None:
    assert check_words(site, code) != []


# The engine takes none of the first lines for the beginning of code: what stands below it would be live.
@pytest.mark.parametrize("fence", ["~~~ see this", "~~~ 'text'", '```hl_lines="1"', "``` {.text}", "~~~~ a b", "``` x`"])
def test_what_the_engine_does_not_take_for_code_is_read_as_words(fence: str, site: Path) -> None:
    found = check_words(site, f"{fence}\n<script>x()</script>\n{re.match('[`~]+', fence)[0]}")
    assert {(each.line - FIRST, each.rule) for each in found} >= {(0, "code-unclear"), (1, "tag-refused")}


@pytest.mark.parametrize("fence", ["~~~ text", "```text  ", "~~~\ttext", "~~~~~"])
def test_what_the_engine_takes_for_code_is_not_live(fence: str, site: Path) -> None:
    code = f"{fence}\n<script>x()</script>\n{re.match('[`~]+', fence)[0]} "
    assert check_words(site, code) == []
    assert "<script>" not in markdown.markdown(code, extensions=["fenced_code"])


# ------------------------------------------------------------- what people paste


@pytest.mark.parametrize(
    "words",
    [
        "We met\n– in the hut –\nand dug.",
        "It was\n2010. We dug till\n12. It was hot, or\n-5 degrees, or so (see\n3) and wet.",
        "*Must* is law.\n**May I dig?** Yes.\n\n* * *\n\n3.5 miles.",
        "1. Dig.\n    - Deep.\n    - Well.\n2. Water\n  the bed.\n\n    All of it:\n\n    - once\n    - twice",
        '!!! note "Look"\n    - a spade\n    - a hat',
        "## Dig {: #dig }\n- a spade\n- a hat",
        "Spade\n:   - to dig\n    - to hold",
        "-\tone\n-\ttwo\n\n1.\tone\n2.\ttwo\n\nDig\twell.",
        "| a | b |\n|---|:-:|\n| `|` | c \\| d |\n\na | b\n--- | ---\nc | d\n\nEither | or.",
        "A `**` and a \\*\\*, and\n`https://garden.example/` and `a|b`.",
        "**Dig\nwell** and ***deep***, see [the\nladder](../ladder.md 'The ladder') or [beans](https://beans.example/Bean_(broad)).",
        "- **Dig**\n- **Water**",
        "*Dig*{: .a } `well`{: .b } [deep](../ladder.md){: .c }.\n{: .d }\n\nSpade {: .e }\n:   To dig.\n\n## Dig {: #dig }",
        "[Dig][1] well.\n\n[1]: https://garden.example/",
        "> • a spade\n> A\tb\n> C\td\n> **so https://garden.example/",
        "```\nBring:\n- a spade\nA\tb\nC\td\n| a | b |\n**so https://garden.example/\n<<<<<<< HEAD\n=======\n>>>>>>> a\n```",
        "Type:\n\n    • git log | head | tail\n    Say **so https://garden.example/\n\nGo on.",
    ],
)
def test_what_only_looks_like_a_list_a_table_or_a_sign_is_accepted(words: str, site: Path) -> None:
    assert check_words(site, words) == []


def test_a_row_of_seven_signs_below_a_heading_is_no_mark_of_two_versions(site: Path) -> None:
    assert [found.rule for found in check_words(site, "Dig\n=======")] == ["heading-underlined"]


@pytest.mark.parametrize("form", ["<<<<<<< HEAD\n{}>>>>>>> mine\n", "---\n<<<<<<< HEAD\ntitle: Dig\n=======\ntitle: Dug\n>>>>>>> mine\n---\n"])
def test_two_versions_of_a_page_or_of_its_front_matter_are_told_once(form: str, site: Path) -> None:
    (site / "docs" / "practice" / "index.md").write_text(form.format(FRONT), encoding="utf-8", newline="\n")
    assert [(found.rule, found.line) for found in check(site)] == [("two-versions", form[:form.index("<")].count("\n") + 1)]


def test_a_list_that_runs_together_is_told_once(site: Path) -> None:
    found = check_words(site, "Bring:\n\n• a spade\n• a hat\n• a fork")
    assert [(each.rule, each.line - FIRST) for each in found] == [("entry-without-list", 2)]


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("assets/IMG_1.PNG", "Did you mean docs/assets/img-1.png?"),
        ("the shed.png", "Did you mean docs/assets/the-shed.png?"),
        ("practice/My sheds/one.md", "Did you mean docs/practice/my-sheds/one.md?"),
        ("practice/The Shed.md", "Did you mean docs/practice/the-shed.md?"),
        ("assets/shed.HEIC", "Open it in a picture program, save it as PNG, and put that into docs/assets/."),
        ("shed.docx", "Copy its words into a page, and take the file out."),
    ],
)
def test_who_brings_a_file_of_another_kind_is_told_what_to_make_of_it(name: str, fix: str, site: Path) -> None:
    write(site, {f"docs/{name}": front_matter("The shed") + "We dig.\n"})
    assert [found.fix for found in check(site) if found.rule == "file-refused"] == [fix]


def test_a_macro_that_fails_hides_no_record_and_makes_no_page_hard(site: Path) -> None:
    change(site / "docs" / "words.md", "{{ glossary() }}", "{{ glosary() }}")
    assert [(found.rule, found.file) for found in check(site)] == [("macro-unknown", "docs/words.md")]


def test_an_id_without_its_colon_can_still_be_linked_to(site: Path) -> None:
    assert [found.rule for found in check_words(site, "## Dig { #dig }\n\nHow [to dig](#dig).")] == ["heading-id-without-colon"]


# ---------------------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ('<area href="x">', "<tel:999>"),
        ("<svg><a>", "<dig@garden.example>"),
        ("Two <b", "2 < 3"),
        ("<table background=x></table>", '<table class="cp-wide"></table>'),
        ('<b\nclass="x">Dig</b>', '<b class="x">Dig</b>'),
        ("<!-- not yet -->", "Not yet"),
        ("<div hidden>", '<div class="cp-needs-script" hidden></div>'),
        ("<b><i>Dig</b></i>", "<b><i>Dig</i><br></b>"),
        ("<button formaction=\"x\">Dig</button>", '<button type="button" data-cp-print>Dig</button>'),
        ("**Dig**{: hidden }", "**Dig**{: #dig .cp-dig lang=cy }"),
        ("**Dig**{ hidden }", '**Dig**{: lang="cy" }'),
        ("[the ladder](../ladder.md){: href=https://shop.example }", "[the ladder](../ladder.md){: .cp-dig }"),
    ],
)
def test_a_page_may_hold_few_kinds_of_tags_and_attributes(bad: str, good: str, site: Path) -> None:
    assert check_words(site, good) == []
    assert {found.rule for found in check_words(site, bad)} & {"tag-refused", "tag-unpaired", "attribute-refused"}


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\u2066", "\x1b", "\0", "\uffff", "\u2028", "\x0b", "\r"])
def test_a_character_that_nobody_can_see_is_refused_on_its_line(unseen: str, site: Path) -> None:
    (site / "docs" / "practice" / "index.md").write_bytes(f"{FRONT}Dig.\n\nDig{unseen} well{unseen}.\n\n- Dig\ton.\n".encode())
    assert [(found.line - FIRST, found.rule) for found in check(site)] == [(2, "unseen-character")]


# ------------------------------------------------------------------ signs without end

_WHOLE = ["[a](", "[", "![", "[a][b", '[a](b "', "<code ", "<a on", "<", "`", "` ", "{:", "{", "{{ a(", "*", "#", "|", "> ", "1 ", " "]
ENDLESS = {
    **{sign: "\n".join([(sign * pages.LONGEST_LINE)[: pages.LONGEST_LINE - 10]] * 23) for sign in _WHOLE},
    "spaces in headings": "\n".join([f"#a{' ' * 1900}x"] * 23),
    "fences": '~~~ hl_lines="\n' * 3000,
    "brackets in a macro": "{{ ladder(" + "(" * 1900 + ") }}",
    "signs in a macro": "{{ ladder(" + "-" * 1900 + "1) }}",
}
# The worst that passes.
ALLOWED = {
    "brackets": ("[" * pages.MOST_SIGNS + "\n\n") * (pages.MOST_SIGNS_OF_A_PAGE // pages.MOST_SIGNS),
    "pictures": ("![" * pages.MOST_SIGNS + "\n\n") * (pages.MOST_SIGNS_OF_A_PAGE // pages.MOST_SIGNS),
    "lists": "- a\n" * 11_000,
    "tags": ("<b></b>" * (pages.MOST_SIGNS // 2) + "\n\n") * (pages.MOST_SIGNS_OF_A_PAGE // pages.MOST_SIGNS),
    "backquotes": "`\n" * 20_000,
    "quotations": "\n".join([f"{'> ' * 12}Dig."] * 1500),
    "boxes": "!!! note\n" * 5000,
}


@pytest.fixture
def patience() -> Iterator[None]:
    """Ten seconds: what takes longer has hung."""
    if not hasattr(signal, "SIGALRM"):
        pytest.skip("this system has no alarm, so what hangs could not be stopped")

    def give_up(*_: object) -> None:
        raise TimeoutError("more than 10 seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.long
@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
def test_no_page_keeps_the_check_busy_for_ever(words: str, site: Path) -> None:
    assert isinstance(check_words(site, words), list)


@pytest.mark.long
@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("words", ALLOWED.values(), ids=ALLOWED)
def test_no_page_that_is_accepted_keeps_the_build_busy_for_ever(words: str, site: Path) -> None:
    assert check_words(site, words) == []
    assert pipeline.build(site, site / "built") == []
