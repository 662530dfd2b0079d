"""Dates: what day it is, and what is late."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from coproduction import dates, pages, pipeline, reading
from coproduction.tables import Around, printed
from selectolax.lexbor import LexborHTMLParser
from tiny import change, tiny_site, with_statement, write


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "site"))


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "site"))


def late(site: Path, today: date) -> list[dates.Due]:
    return dates.late(reading.read(site / "docs" / "data"), pages.metas(site), today)


def soon(site: Path, today: date) -> list[dates.Due]:
    return dates.soon(reading.read(site / "docs" / "data"), pages.metas(site), today)


@pytest.mark.parametrize(("seconds", "day"), [("0", date(1970, 1, 1)), ("86399", date(1970, 1, 1)), (86400, date(1970, 1, 2))])
def test_a_day_begins_at_midnight_in_greenwich(seconds, day: date) -> None:
    assert dates.of_epoch(seconds) == day


def test_the_day_is_what_the_environment_tells_and_nothing_else(monkeypatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert dates.told() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1820000000")
    assert dates.told() == date(2027, 9, 3)


def test_nothing_is_late_on_its_own_day_but_on_the_day_after(site: Path) -> None:
    assert [(each.day, each.file, each.what) for each in late(site, date(2027, 3, 2))] == [
        (date(2027, 3, 1), "docs/data/accessibility.yml", "'failing-latch' is to be mended")
    ]
    assert late(site, date(2027, 3, 1)) == []


def test_each_late_date_names_its_file_and_line_the_oldest_first(site: Path) -> None:
    change(site / "docs" / "words.md", "review_by: 2027-11-22", "review_by: 2027-01-01")
    data = site / "docs" / "data" / "glossary.yml"
    line = change(data, "- id: word-gardener", "- id: word-gardener\n    review_by: 2027-02-01")
    assert [(each.day, each.file, each.line) for each in late(site, date(2027, 2, 28))] == [
        (date(2027, 1, 1), "docs/words.md", 0),
        (date(2027, 2, 1), "docs/data/glossary.yml", line),
    ]


@pytest.mark.parametrize(("today", "late_tests"), [(date(2027, 5, 24), []), (date(2027, 5, 25), [date(2027, 5, 24)])])
def test_tests_that_nobody_has_run_for_half_a_year_are_late(today: date, late_tests: list[date], site: Path) -> None:
    assert [each.day for each in late(site, today) if each.file == "docs/data/tested.yml"] == late_tests


@pytest.mark.parametrize(("today", "refused"), [(date(2026, 11, 20), True), (date(2026, 11, 21), False), (date(2026, 11, 22), False)])
def test_tests_of_a_day_that_has_not_come_are_refused(today: date, refused: bool, site: Path) -> None:
    found = dates.not_yet(reading.read(site / "docs" / "data"), today)
    tests = [finding.file for finding in found if finding.rule == "tested-too-soon"]
    assert tests == (["docs/data/tested.yml"] if refused else [])


def test_a_record_of_tests_from_the_future_stops_the_build(site: Path) -> None:
    change(site / "docs" / "data" / "tested.yml", "date: 2026-11-21", "date: 2999-01-01")
    (found,) = pipeline.check(site)[0]
    assert "the tests ran on 2999-01-01" in found.what and "--record" in found.fix
    assert pipeline.build(site, site / "built") == [found]


def test_what_is_late_is_told_in_one_line_and_nothing_when_nothing_is(site: Path) -> None:
    assert dates.in_a_line([], date(2027, 1, 1)) == ""
    found = late(site, date(2027, 6, 1))
    said = dates.in_a_line(found, date(2027, 6, 1))
    assert "\n" not in said and said.startswith("To be read again or mended, as of 2027-06-01: ")
    assert "docs/data/accessibility.yml (3, since 2027-03-01)" in said  # the statement, its failing twice


def test_the_list_for_a_standing_issue_has_a_line_for_each_late_date() -> None:
    day = date(2027, 1, 1)
    rest = (dates.READ, "The editors", "Words", "words.md", "Words", "")
    found = [
        dates.Due(day, "docs/words.md", 0, "the page 'Words' is to be read again", *rest),
        dates.Due(day, "docs/data/x.yml", 4, "'word-x' is", *rest),
    ]
    assert dates.in_a_list(found) == (
        "- 2027-01-01: `docs/words.md`: the page 'Words' is to be read again\n- 2027-01-01: `docs/data/x.yml`, line 4: 'word-x' is\n"
    )
    assert dates.in_a_list([]) == ""


def test_late_dates_are_no_fault(site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in 2030
    assert pipeline.check(site)[0] == []
    assert "docs/words.md" in {late.file for late in pipeline.late_dates(site)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")  # in 2026
    assert pipeline.late_dates(site) == []


def test_data_that_cannot_be_read_leave_the_telling_to_the_check(site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    change(site / "docs" / "data" / "glossary.yml", "name: Spade", "nam: Spade")
    assert pipeline.late_dates(site) == []


# ------------------------------------------------------------- the review calendar


def test_what_comes_within_three_months_is_soon_and_what_is_late_is_not(site: Path) -> None:
    change(site / "docs" / "words.md", "review_by: 2027-11-22", "review_by: 2027-01-01")
    change(site / "docs" / "training.md", "review_by: 2027-11-22", "review_by: 2027-04-03")
    change(site / "docs" / "search.md", "review_by: 2027-11-22", "review_by: 2027-04-04")
    assert [due.file for due in soon(site, date(2027, 1, 2))] == ["docs/data/accessibility.yml", "docs/training.md", "docs/search.md"]
    assert [due.file for due in soon(site, date(2027, 1, 1))] == ["docs/words.md", "docs/data/accessibility.yml", "docs/training.md"]


def test_where_nothing_comes_within_three_months_the_next_day_is_told(site: Path) -> None:
    found = soon(site, date(2026, 11, 22))
    assert {due.day for due in found} == {date(2027, 3, 1)}  # a day more than three months later
    everything = {due.day for due in dates.calendar(reading.read(site / "docs" / "data"), pages.metas(site))}
    assert soon(site, max(everything)) and soon(site, max(everything) + timedelta(days=1)) == []


def test_whose_it_is_comes_from_the_record_its_file_or_the_one_around_it(site: Path) -> None:
    glossary = site / "docs" / "data" / "glossary.yml"
    change(glossary, "every:\n", "every:\n  owner: The word group\n")
    change(glossary, "- id: word-gardener", "- id: word-gardener\n    owner: The name group")
    change(site / "docs" / "data" / "ladder.yml", "- id: framework-ladder", "- id: framework-ladder\n    owner: The step group")
    change(site / "docs" / "words.md", "owner: The editors", "owner: The page group")
    owners = {due.anchor or due.page: due.owner for due in late(site, date(2030, 1, 1))}
    wanted = {
        "word-spade": "The word group",
        "word-gardener": "The name group",
        "framework-ladder": "The step group",
        "ladder-informing": "The step group",
        "words.md": "The page group",
        "source-garden": "The editors",
    }
    assert {id: owners[id] for id in wanted} == wanted


def list_of(site: Path, today: date | None) -> LexborHTMLParser:
    """The list of what needs a look, as a reader meets it."""
    return LexborHTMLParser(html_of(site, today))


def html_of(site: Path, today: date | None) -> str:
    """The same as a page prints it."""
    of = (tuple(found(site, today)) if today else () for found in (late, soon))
    library = reading.read(site / "docs" / "data")
    return str(printed(library, "help-improve/late.md", "needs_a_look", (), around=Around(today, "", (), *of)))


def words(part) -> str:
    return " ".join(part.text(separator=" ").split())


def test_the_list_names_all_that_is_late_by_day_and_what_comes_next(site: Path) -> None:
    change(site / "docs" / "words.md", "review_by: 2027-11-22", "review_by: 2027-01-01")
    page = list_of(site, date(2027, 3, 2))
    assert words(page.body).startswith(
        "What is late? This was late on 2 March 2027, when this copy was made. "
        "By 1 January 2027. Looked after by: The editors. Words : to be read again. docs/words.md "
        "By 1 March 2027. Looked after by: The editors. A stiff latch : to be mended. docs/data/accessibility.yml "
        "What comes next? By 22 May 2027. Looked after by: The editors. "
        "2 items on Access : to be read again. docs/data/accessibility.yml"
    )
    ways = [tag.attributes["href"] for tag in page.css("a")]
    assert ways[:3] == ["../../words/", "../../accessibility/#failing-latch", "../../accessibility/"]


def test_many_entries_of_one_file_and_day_take_one_line(site: Path) -> None:
    lines = [words(tag) for tag in list_of(site, date(2028, 1, 1)).css("li")]
    assert "2 items on Words : to be read again. docs/data/glossary.yml" in lines
    assert "The whole site : to be tested again. docs/data/tested.yml" in lines
    assert len(lines) == len(set(lines)) == len({(due.file, due.day, due.task) for due in late(site, date(2028, 1, 1))})


@pytest.mark.parametrize(("today", "said"), [(None, "We cannot tell."), (date(2026, 11, 22), "Nothing was late on 22 November 2026,")])
def test_a_list_with_nothing_late_says_so_or_that_it_cannot_tell(today: date | None, said: str, site: Path) -> None:
    page = words(list_of(site, today).body)
    assert page.startswith(f"What is late? {said}") and ("What comes next?" in page) == bool(today)


LATE = "22 November 2027 (that day has passed, so parts of this page may be out of date)"


@pytest.mark.parametrize(("clock", "is_late"), [("1826900000", False), ("1826990000", True)])  # on 22 November 2027, and the day after
def test_a_page_is_said_to_be_late_only_by_a_build_that_is_told_a_later_day(clock: str, is_late: bool, site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
    change(site / "docs" / "training.md", "review_by: 2027-11-22", "review_by: 2028-01-01")
    write(site / "docs", {"late.md": _LATE_PAGE.lstrip("\n")})
    change(site / "mkdocs.yml", "not_in_nav: /search.md\n", "not_in_nav: |\n  /search.md\n  /late.md\n")
    built = site.parent / "built"
    assert pipeline.build(site, built) == []
    ends = {name: words(LexborHTMLParser((built / name / "index.html").read_text(encoding="utf-8")).css_first(".cp-end")) for name in ("words", "training")}
    assert (LATE in ends["words"]) == is_late
    assert "passed" not in ends["training"] and "To be read again by 1 January 2028" in ends["training"]
    listed = words(LexborHTMLParser((built / "late" / "index.html").read_text(encoding="utf-8")).css_first(".cp-block-late"))
    assert ("Words : to be read again." in listed.partition("What comes next?")[0]) == is_late


_LATE_PAGE = """
    ---
    title: What needs a look
    description: What is late.
    reading: practice
    found: false
    updated: 2026-11-22
    reviewed: 2026-11-22
    review_by: 2028-11-22
    owner: The editors
    ---

    We look at things.

    {{ needs_a_look() }}
    """


def test_what_is_late_is_named_in_words_that_do_nothing(site: Path) -> None:
    change(site / "docs" / "data" / "glossary.yml", "name: Spade", "name: 'Spade <3 {{ x }}'\n    review_by: 2027-01-01")
    change(site / "docs" / "words.md", "title: Words", "title: '<img src=x> Words'")
    html = html_of(site, date(2027, 1, 2))
    assert "Spade &lt;3" in html and "<img" not in html and "{" not in html
