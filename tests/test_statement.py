"""The accessibility statement: its rules, how it is printed, and what the real one says."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from coproduction import pages, pipeline, reading, settings
from coproduction.findings import Finding, report
from coproduction.model import Judgement, PeopleCheck, Statement
from coproduction.reading import Library, Unreadable
from coproduction.tables import Around, Harder, printed
from selectolax.lexbor import LexborHTMLParser
from tiny import change, tiny_site, with_statement

STATEMENT, TESTED = "accessibility.yml", "tested.yml"


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "site"))


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    """A good tiny site with a statement, which a test may spoil."""
    return Path(shutil.copytree(garden, tmp_path / "site"))


def read(site: Path) -> Library:
    return reading.read(site / "docs" / "data")


def refused(site: Path) -> list[Finding]:
    """What is wrong with the data of a site."""
    with pytest.raises(Unreadable) as caught:
        read(site)
    return caught.value.findings


def shown(library: Library, around: Around = Around()) -> LexborHTMLParser:
    return LexborHTMLParser(printed(library, "accessibility.md", "statement", (), around=around))


def text(part) -> str:
    return " ".join(part.text(separator=" ").split())


def section(library: Library, anchor: str, around: Around = Around()) -> str:
    """The words from the heading with this anchor to the next one of its level."""
    html = printed(library, "accessibility.md", "statement", (), around=around)
    found = re.search(rf'<h2 id="{anchor}">(.*?)(?=<h2|<details)', html, re.S)
    assert found, f"there is no heading #{anchor}"
    return text(LexborHTMLParser(found[1]).body)


def changed(library: Library, tested: dict | None = None, **fields) -> Library:
    """The library with another statement, or other runs."""
    statement = library.facts.accessibility[0].model_copy(update=fields)
    facts = library.facts.model_copy(update={"accessibility": (statement,)})
    facts.__dict__.pop("records", None)
    facts.__dict__.pop("by_id", None)
    return Library(facts, library.places, library.tested.model_copy(update=tested or {}))


# ------------------------------------------------------------- the record of the tests


def test_a_site_with_a_statement_and_a_record_has_nothing_to_put_right(site: Path) -> None:
    found, _ = pipeline.check(site)
    assert found == [], report(found)
    tested = read(site).tested
    assert (tested.date, [run.id for run in tested.runs]) == (date(2026, 11, 21), ["every-gate", "hinges"])
    assert tested.browsers[0].version == "2.9"


def test_a_statement_without_a_record_of_tests_is_refused_in_plain_words(site: Path) -> None:
    (site / "docs" / "data" / TESTED).unlink()
    found = refused(site)
    assert [(finding.file, finding.what) for finding in found] == [("docs/data/tested.yml", "the record of what was tested is missing")]
    assert "test.py --record" in found[0].fix and "repository" in found[0].fix
    assert pipeline.build(site, site / "built") and not (site / "built").exists()


def test_a_site_without_a_statement_needs_no_record(tmp_path: Path) -> None:
    assert read(tiny_site(tmp_path / "site")).tested is None


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("date: 2026-11-21\n", "", "the key 'date' is missing"),
        ("date: 2026-11-21", "date: soon", "'date' should be a date"),
        ("checks: 1200", "checks: many", "'checks' should be a whole number"),
        ("faults: 0\n  explained: 3", "faults: -1\n  explained: 3", "'faults' cannot be used"),
        ("what: The hinges", "wat: The hinges", "'wat' is not a key"),
        ("version: 1.0.0", "version: 1.0", "'version' should be text"),
        ("browsers:", "browsers: [", "this is not YAML"),
    ],
)
def test_a_record_of_another_form_is_refused_at_its_line(old: str, new: str, what: str, site: Path) -> None:
    line = change(site / "docs" / "data" / TESTED, old, new)
    found = refused(site)
    assert {finding.file for finding in found} == {"docs/data/tested.yml"}
    assert [finding for finding in found if what in finding.what and line <= finding.line <= line + 7 and "repository" in finding.fix]


def test_a_record_without_runs_is_read_and_claims_nothing(site: Path) -> None:
    file = site / "docs" / "data" / TESTED
    file.write_text("date: 2026-11-21\nbrowsers: []\ntools: []\nruns: []\n", encoding="utf-8")
    library = read(site)
    assert "No whole run of the tests is on record yet." in section(library, "tested")
    assert not shown(library).css("#tested ~ table")


# ------------------------------------------------------------- how far it meets the standard



def judged(verdict: str = "works", when: date = date(2026, 11, 1)) -> Judgement:
    return Judgement(who="A carer", when=when, verdict=verdict, found="The post is near.")


def people(library: Library, **judgements: tuple[Judgement, ...]) -> tuple[PeopleCheck, ...]:
    """All that only people can test, each found to work; those that are named are ``judged`` otherwise."""
    checks = library.facts.accessibility[0].only_people
    return tuple(check.model_copy(update={"judged": judgements.get(check.name, (judged(),))}) for check in checks)


@pytest.mark.parametrize(
    ("failing", "faults", "runs", "ears", "meets", "said"),
    [
        (True, 0, True, ["works"], "partly", "meets it in part"),
        (False, 1, True, ["works"], "partly", "meets it in part"),
        (False, 0, True, ["works in part"], "partly", "meets it in part"),
        (False, 0, True, ["does not work"], "not", "does not meet it (“not compliant”)"),
        (True, 1, False, ["does not work"], "not", "does not meet it (“not compliant”)"),
        (False, 0, True, [], "unknown", "We do not know yet"),
        (False, 0, False, ["works"], "unknown", "We do not know yet"),
        (False, 0, True, ["works"], "fully", "as far as we know (“fully compliant”)"),
    ],
)
def test_how_far_it_meets_the_standard_is_worked_out(failing, faults, runs, ears, meets, said, garden: Path) -> None:
    library = read(garden)
    statement = library.facts.accessibility[0]
    run = library.tested.runs[0].model_copy(update={"faults": faults})
    other = changed(
        library,
        tested={"runs": (run,) if runs else ()},
        failings=statement.failings if failing else (),
        only_people=people(library, Ears=tuple(judged(verdict) for verdict in ears)),
    )
    assert other.facts.accessibility[0].meets(other.tested) == meets
    words = section(other, "statement-garden")
    assert said in words
    assert ("until people have tested it" in words) == (ears == [])
    assert ("The computer finds no fault" in words) == (meets == "unknown" and runs)
    assert ("We know of nothing" in section(other, "gaps")) == (meets in ("unknown", "fully"))
    assert ("not yet worked out what fails" in section(other, "gaps")) == (meets in ("partly", "not") and not failing)


@pytest.mark.parametrize(
    ("judgements", "today", "answer"),
    [
        ([], None, None),
        ([judged("does not work"), judged("works", date(2026, 11, 2))], None, "works"),
        ([judged("works", date(2026, 11, 2)), judged("does not work")], None, "works"),
        ([judged("works"), judged("does not work", date(2026, 11, 2))], None, "does not work"),
        ([judged("works"), judged("does not work"), judged("works in part")], None, "does not work"),
        ([judged("works")], date(2027, 11, 2), "works"),
        ([judged("works")], date(2027, 11, 3), None),
        ([judged("does not work")], date(2027, 11, 3), "does not work"),
    ],
)
def test_the_latest_verdict_counts_and_a_good_one_for_a_year(judgements, today: date | None, answer: str | None, garden: Path) -> None:
    library = read(garden)
    other = changed(library, failings=(), only_people=people(library, Ears=tuple(judgements)))
    statement = other.facts.accessibility[0]
    (ears,) = (check for check in statement.only_people if check.name == "Ears")
    assert ears.answer(today) == answer
    assert (ears in statement.untried(today)) == (answer is None)


def test_what_was_tried_more_than_a_year_ago_has_to_be_tried_again(garden: Path) -> None:
    library = read(garden)
    other = changed(library, failings=(), only_people=people(library))
    for today, old in ((date(2027, 11, 2), False), (date(2027, 11, 3), True)):
        around = Around(today=today)
        words = section(other, "statement-garden", around)
        assert ("We do not know yet" in words) == ("until people have tested it" in words) == old
        assert ("That was more than a year ago" in section(other, "people", around)) == old


def test_nobody_can_type_how_far_it_meets_the_standard(site: Path) -> None:
    line = change(site / "docs" / "data" / STATEMENT, "prepared: 2026-11-20", "meets: fully\n    prepared: 2026-11-20")
    found = refused(site)
    assert [(finding.line, finding.what) for finding in found] == [(line, "'meets' is not a key that can stand here")]


# ------------------------------------------------------------- rules between its parts


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("review_by: 2027-05-22", "review_by: 2027-11-24", "would not be read again until 2027-11-24"),
        ("prepared: 2026-11-20", "prepared: 2026-11-23", "prepared (2026-11-23) after it was last read (2026-11-22)"),
        ("mend_by: 2027-03-01", "mend_by: 2026-11-22", "the day to mend it by (2026-11-22) is not after"),
        ('criterion: "2.5.8"', 'criterion: "2.5"', "'criterion' cannot be used"),
        ("nation: wales", "nation: wails", "'wails' cannot stand under 'nation'"),
        ("only_people:", "only_machines:", "'only_machines' is not a key"),
        ("standard: WCAG 2.2, level AA", "standard: WCAG 2.1, level AA", "'WCAG 2.1, level AA' cannot stand under 'standard'"),
        ("about: listening", "about: hearing", "'hearing' cannot stand under 'about'"),
        ("about: sheets", "about: keyboard", "'keyboard' stands under 'only_people' twice"),
        ("see: [word-spade]", "see: [word-spud]", "'word-spud' is not the id of any record"),
        ("plain: Does a wheelchair fit?", "plain: Does a [size] wheelchair fit?", "'[size]' looks like a gap"),
        ("name: The Gate Board", "name: TBC", "'TBC' looks like a gap"),
        ("law: [Gates must open.]", "law: [TODO]", "'TODO' looks like a gap"),
        ("why: It is old.", "why: Lorem ipsum.", "'Lorem' looks like a gap"),
        ("plain: There is none.", "plain: There are xxx.", "'xxx' looks like a gap"),
        ("plain: There is none.", "plain: It is coming soon.", "'coming soon' looks like a gap"),
    ],
)  # fmt: skip
def test_a_rule_that_is_broken_is_told_at_its_line(old: str, new: str, what: str, site: Path) -> None:
    line = change(site / "docs" / "data" / STATEMENT, old, new)
    assert [finding.line for finding in refused(site) if what in finding.what] == [line]


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ("", "", None),
        ("11-22", "11-23", "the day 2026-11-23 cannot be"),
        ("2026-11-22", "2025-12-31", "the day 2025-12-31 cannot be"),
        ("A carer", "Nobody", "'Nobody' says nothing under 'who'"),
        ("A carer", '"..."', "'...' says nothing under 'who'"),
        ("A carer", '"No"', "'No' says nothing under 'who'"),
        ("A carer", "J. S.", None),
        ("A carer", "JS", None),
        ("A carer", "Josephine Spade, consent_kept: In the tin", None),
        ("A carer", "Josephine Spade, consent_kept: None", "'Josephine Spade' may be somebody's name"),
        ("A carer", "Josephine Spade", "'Josephine Spade' may be somebody's name"),
        ("A carer", "A carer in Leeds", "'A carer in Leeds' may be somebody's name"),
        ("A carer", '"a carer, jane@garden.example"', "'who' holds an e-mail address"),
        ("It fits.", "Ring 07700 900123.", "'found' holds an e-mail address"),
        ("It fits.", "None.", "'None.' says nothing under 'found'"),
        ("verdict: works", "verdict: fine", "'fine' cannot stand under 'verdict'"),
        ("verdict: works, ", "", "the key 'verdict' is missing"),
    ],
)
def test_nobody_can_have_tried_it_on_a_day_to_come_or_without_a_word_of_who_and_what(good, bad, what, site: Path) -> None:
    words = "{who: A carer, when: 2026-11-22, verdict: works, found: It fits.}".replace(good, bad, 1)
    judged = f"plain: Does a wheelchair fit?\n        judged: [{words}]"
    line = change(site / "docs" / "data" / STATEMENT, "plain: Does a wheelchair fit?", judged)
    if what is None:
        assert read(site).facts.accessibility[0].only_people[0].judged[0].when == date(2026, 11, 22)
    else:
        (found,) = refused(site)
        assert what in found.what and found.line == line + 1


def test_no_question_can_be_left_out(site: Path) -> None:
    change(site / "docs" / "data" / STATEMENT, "      - {about: voice control, name: Voice, plain: Does it open when told?}\n", "")
    (found,) = refused(site)
    assert found.what == "nothing under 'only_people' is about 'voice control'"


def test_a_second_statement_is_refused(site: Path) -> None:
    file = site / "docs" / "data" / STATEMENT
    words = file.read_text(encoding="utf-8")
    second = words.partition("records:\n")[2].replace("-garden", "-shed").replace("-latch", "-bolt").replace("How open", "How shut")
    file.write_text(words + second, encoding="utf-8")
    assert [finding.what for finding in refused(site)] == ["'statement-shed' is a second accessibility statement"]


def test_gaps_are_refused_in_every_file_of_facts_but_brackets_of_others_stay(site: Path) -> None:
    data = site / "docs" / "data"
    definitions = data / "definitions.yml"
    change(definitions, "words: People dig", "words: '[Some] people say:")
    change(definitions, "as equal partners.", "as equal partners.'")
    definitions.write_text(re.sub(r" +locked: .*\n", "", definitions.read_text(encoding="utf-8")), encoding="utf-8")
    assert reading.write_locks(data) == 1
    change(data / "sources.yml", "name: The garden book", "name: 'The garden book [second edition]'")
    assert read(site).facts.get("source-garden").name.endswith("edition]")
    line = change(data / "glossary.yml", "meaning: A tool to dig with.", "meaning: A tool, TBC.")
    assert [(finding.file, finding.line) for finding in refused(site)] == [("docs/data/glossary.yml", line)]


# ------------------------------------------------------------- what is printed


def test_a_failing_says_what_fails_why_until_when_and_a_way_round(garden: Path) -> None:
    words = section(read(garden), "gaps")
    for part in (
        "A stiff latch", "too small for cold hands", "WCAG 2.5.8 Target Size (Minimum)", "It is old.", "1 March 2027", "with your foot",
    ):  # fmt: skip
        assert part in words
    assert "We know of nothing" not in words and "That day has passed" not in words


def test_where_no_failing_is_known_it_says_that_this_proves_nothing(garden: Path) -> None:
    words = section(changed(read(garden), failings=()), "gaps")
    assert "We know of nothing that fails the standard. That is not the same as nothing." in words


def test_what_is_missing_leads_to_a_way_round(garden: Path) -> None:
    links = {text(link): link.attributes["href"] for link in shown(read(garden)).css("#missing ~ ul a")}
    assert links["Sit on the wall"] == "../resources/"


def test_nobody_has_tested_it_until_somebody_has(garden: Path) -> None:
    library = read(garden)
    assert "No disabled people have tested this site yet." in section(library, "people")
    ears = (judged("works in part"), judged("does not work", date(2026, 11, 2)))
    words = section(changed(library, only_people=people(library, Ears=ears, Map=())), "people")
    assert "No disabled people" not in words
    assert "A carer, 1 November 2026: It works. The post is near." in words
    assert "1 November 2026: It works in part. The post is near. A carer, 2 November 2026: It does not work. The post" in words
    assert words.endswith("Does it fold? Nobody has tried this yet.") and words.count("Nobody has tried this yet.") == 1


def test_what_was_tested_stands_in_a_table_and_in_a_sentence(garden: Path) -> None:
    library = read(garden)
    words = section(library, "tested")
    assert "The last whole run was on 21 November 2026. It made 1,240 checks, and found no faults." in words
    assert "Browsers: Lynx 2.9." in words and "Tools: ruler 1.0.0." in words
    table = shown(library).css_first("table")
    assert table.css_first("caption") and [text(head) for head in table.css("th[scope=col]")] == ["What", "Browser", "Looked at", "Checks", "Found"]
    for part in table.css(".cp-col"):
        part.decompose()
    rows = [[text(cell) for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert rows == [
        ["Every gate, open and shut", "Lynx", "14 pages, in 28 views", "1,200", "no faults, 3 set aside"],
        ["The hinges", "No browser needed", "1 page, in 1 view", "40", "no faults"],
    ]
    one = library.tested.runs[1].model_copy(update={"faults": 1})
    assert "found 1 fault." in section(changed(library, tested={"runs": (one,)}), "tested")
    assert "Set aside" not in section(changed(library, tested={"runs": (one,)}), "tested")


def test_without_an_inbox_it_says_that_nobody_can_answer(garden: Path) -> None:
    words = section(changed(read(garden), heard_within="You will hear within ten days."), "another-format")
    assert "nobody can answer you" in words and "ten days" not in words


def test_with_an_inbox_it_says_when_you_will_hear_only_once_that_is_agreed(garden: Path) -> None:
    inbox = Around(email="gate@garden.example")
    words = section(read(garden), "another-format", inbox)
    assert "Write to gate@garden.example" in words and "We cannot say yet when" in words and "nobody can answer" not in words
    agreed = changed(read(garden), heard_within="You will hear within ten days.")
    words = section(agreed, "another-format", inbox)
    assert "within ten days" in words and "We cannot say yet" not in words
    assert shown(agreed, inbox).css_first("a[href='mailto:gate@garden.example']")


def test_harder_pages_are_listed_with_their_reason_and_an_empty_list_is_said(garden: Path) -> None:
    assert "No page is harder to read than the limit" in section(read(garden), "harder-pages")
    around = Around(harder=(Harder("practice/index.md", "Practice", "It names laws."),))
    assert "Practice : It names laws." in section(read(garden), "harder-pages", around)
    assert shown(read(garden), around).css_first("#harder-pages ~ ul a").attributes["href"] == "../practice/"


@pytest.mark.parametrize(("today", "late"), [(None, False), (date(2027, 5, 24), False), (date(2027, 5, 25), True)])
def test_a_run_of_the_tests_is_late_after_half_a_year(today: date | None, late: bool, garden: Path) -> None:
    words = section(read(garden), "tested", Around(today=today))
    assert ("It was to be run again by 24 May 2027. That day has passed" in words) == late


@pytest.mark.parametrize(
    ("today", "late", "overdue"),
    [(None, False, False), (date(2027, 3, 2), False, True), (date(2027, 5, 22), False, True), (date(2027, 5, 23), True, True)],
)
def test_a_statement_is_late_only_after_its_day(today, late: bool, overdue: bool, garden: Path) -> None:
    around = Around(today=today)
    assert ("was to be read again by 22 May 2027. That day has passed" in section(read(garden), "statement-garden", around)) == late
    assert ("1 March 2027. That day has passed" in section(read(garden), "gaps", around)) == overdue


def test_the_law_is_told_by_nation(garden: Path) -> None:
    words = section(read(garden), "law")
    assert "Gates must open." in words and "Wales: The Gate Board (GB). It looks after gates." in words
    assert "Spade" in words and "From memory" not in words
    board = read(garden).facts.accessibility[0].enforcers[0].model_copy(update={"grade": "D"})
    assert "From memory" in section(changed(read(garden), enforcers=(board,)), "law")


# ------------------------------------------------------------- the build


def built(site: Path) -> str:
    found = pipeline.build(site, site / "built")
    assert found == [], report(found)
    return (site / "built" / "accessibility" / "index.html").read_text(encoding="utf-8")


def test_a_late_statement_gets_a_calm_word_on_the_page_and_never_stops_the_build(site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 15 January 2027
    assert "That day has passed" not in built(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1820000000")  # 3 September 2027
    assert "This page was to be read again by 22 May 2027. That day has passed" in built(site)


def test_the_build_tells_the_page_of_the_inbox_and_of_harder_pages(site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    change(site / "mkdocs.yml", 'email: ""', 'email: "gate@garden.example"')
    hard = "Organisational considerations necessitate comprehensive interdisciplinary communication."
    change(site / "docs" / "practice" / "index.md", "Dig with care.", hard)
    change(site / "docs" / "practice" / "index.md", "owner:", "reading_reason: It names laws.\nowner:")
    assert pages.harder(site) == (Harder("practice/index.md", "Practice", "It names laws."),)
    page = built(site)
    assert "Write to <a" in page and "nobody can answer you" not in page
    assert '<a href="../practice/">Practice</a>: It names laws.' in page


# ------------------------------------------------------------- the real one


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return reading.read(root / "docs" / "data")


@pytest.fixture(scope="module")
def statement(library: Library) -> Statement:
    assert len(library.facts.accessibility) == 1
    return library.facts.accessibility[0]


def test_the_real_statement_has_a_body_for_each_of_the_four_nations(statement: Statement) -> None:
    nations = {enforcer.short: enforcer.nation for enforcer in statement.enforcers}
    assert nations == {"EHRC": "great-britain", "ECNI": "northern-ireland", "EASS": "great-britain"}


def test_the_real_statement_promises_no_answer_while_nobody_reads_an_inbox(root: Path, statement: Statement) -> None:
    assert settings.read(root).extra.email or statement.heard_within is None


def test_the_real_page_prints_all_of_it_and_keeps_its_anchors(built_site: Path, statement: Statement) -> None:
    page = LexborHTMLParser((built_site / "accessibility" / "index.html").read_text(encoding="utf-8"))
    ids = {tag.attributes["id"] for tag in page.css("main [id]")}
    assert {"another-format", "gaps", "keys", "law", "print", "privacy", "tested", "kept", "forget", statement.id} <= ids
    words = text(page.css_first("main"))
    said = [*statement.covers, *statement.leaves_out, *statement.other_format, *statement.law]
    said += [part.plain for part in (*statement.lacks, *statement.only_people, *statement.enforcers, *statement.failings)]
    assert [part for part in said if part not in words] == []
