"""Dates: what day it is, and what is late."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from coproduction import dates, pages, pipeline, reading
from tiny import change, tiny_site, with_statement


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "site"))


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "site"))


def late(site: Path, today: date) -> list[dates.Late]:
    return dates.late(reading.read(site / "docs" / "data"), pages.metas(site), today)


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
    assert [finding.file for finding in found] == (["docs/data/tested.yml"] if refused else [])


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
    found = [dates.Late(day, "docs/words.md", 0, "the page 'Words' is to be read again"), dates.Late(day, "docs/data/x.yml", 4, "'word-x' is")]
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
