"""The record of the last whole run: what is gathered, written and compared. Everything looked at here is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from record import COMPARED, FIRST_LINE, NAMED, Record, as_yaml, disagreements, pinned

DAY = date(2026, 11, 22)
PLOT = {"id": "plots", "what": "Plots, for weeds", "browser": "Spade", "version": "2.1", "tools": ["hoe"]}


def gathered(**other: object) -> dict:
    """A good record of two plots, looked at in two states each; ``other`` changes the last call."""
    record = Record({"hoe": "1.0", "rake": "3.0"})
    record.add(**PLOT, pages=["beans/"], states=["dry", "wet"], checks=7, explained=1)
    record.add(**{**PLOT, "pages": ["peas/"], "states": ["dry", "wet"], "checks": 5, **other})
    return record.as_data(DAY)


def test_calls_of_one_id_are_one_run_in_which_a_page_and_its_state_count_once() -> None:
    assert gathered() == {
        "date": DAY,
        "browsers": [{"name": "Spade", "version": "2.1"}],
        "tools": [{"name": "hoe", "version": "1.0"}],
        "runs": [
            {
                "id": "plots",
                "what": "Plots, for weeds",
                "browser": "Spade",
                "pages": 2,
                "states": 4,
                "checks": 12,
                "faults": 0,
                "explained": 1,
            }
        ],
    }
    again = gathered(pages=["beans/"])["runs"][0]
    assert (again["pages"], again["states"], again["checks"]) == (1, 2, 12)


@pytest.mark.parametrize("other", [{"what": "Paths"}, {"browser": "Fork"}, {"tools": ["scythe"]}])
def test_one_id_for_two_things_or_a_tool_that_nobody_pins_is_refused(other: dict) -> None:
    with pytest.raises(ValueError):
        gathered(**other)


def test_the_versions_are_those_that_the_tests_pin(root: Path) -> None:
    versions = pinned(root / "tests")
    assert versions["axe-core"].count(".") == 2 and versions["pytest"].count(".") == 2
    assert f'"axe-core": "{versions["axe-core"]}"' in (root / "tests" / "package.json").read_text(encoding="utf-8")


def test_what_is_written_is_read_again_as_it_was() -> None:
    text = as_yaml(gathered())
    assert text.startswith(FIRST_LINE) and "test.py --record" in FIRST_LINE
    assert yaml.safe_load(text) == gathered()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, None),
        ({"checks": 16}, None),
        ({"checks": 17}, "The run plots: checks is 24, and the record says 12."),
        ({"version": "9.9"}, None),
        ({"pages": ["peas/", "leeks/"]}, "The run plots: pages is 3, and the record says 2."),
        ({"states": ["dry"]}, "The run plots: states is 3, and the record says 4."),
        ({"faults": 2}, "The run plots: faults is 2, and the record says 0."),
        ({"explained": 2}, "The run plots: explained is 3, and the record says 1."),
        ({"tools": ["rake"]}, "The tool rake is not in the record."),
        ({"id": "paths"}, "The run paths is not in the record."),
    ],
)
def test_what_a_run_saw_is_compared_but_for_what_differs_between_machines(other: dict, said: str | None) -> None:
    found = disagreements(gathered(**other), gathered())
    assert said in found if said else found == []


@pytest.mark.parametrize(
    ("browser", "checks", "agrees"),
    [
        ("Chromium", 110, True),
        ("Chromium", 90, True),
        ("Chromium", 111, False),
        ("Chromium", 89, False),
        ("", 111, False),
        ("", 0, False),
        ("Firefox", 199, True),
        ("Firefox", 51, True),
        ("Firefox", 200, False),
        ("Firefox", 50, False),
        ("Firefox", 0, False),
    ],
)
def test_far_more_or_fewer_checks_disagree(browser: str, checks: int, agrees: bool) -> None:
    run = {**gathered()["runs"][0], "browser": browser}
    seen, recorded = ({**gathered(), "runs": [{**run, "checks": number}]} for number in (checks, 100))
    said = [f"The run plots: checks is {checks}, and the record says 100."]
    assert disagreements(seen, recorded) == ([] if agrees else said)


def test_a_run_that_never_had_a_check_agrees_with_itself() -> None:
    run = {**gathered()["runs"][0], "checks": 0}
    assert disagreements({**gathered(), "runs": [run]}, {**gathered(), "runs": [run]}) == []


def test_a_run_or_a_version_that_is_gone_disagrees() -> None:
    seen = {**gathered(), "runs": []}
    assert disagreements(seen, gathered()) == ["The run plots is in the record, and did not happen."]
    newer = {**gathered(), "tools": [{"name": "hoe", "version": "1.1"}]}
    assert disagreements(newer, gathered()) == ["The tool hoe: version is '1.1', and the record says '1.0'."]


@pytest.mark.parametrize("recorded", [None, [], {}, {"tools": [], "runs": [{}]}, "weeds"])
def test_a_record_that_is_none_disagrees(recorded: object) -> None:
    assert disagreements(gathered(), recorded) == ["The record lacks some of its keys."]


def test_a_record_that_says_less_than_was_seen_disagrees() -> None:
    assert disagreements(gathered(), {"runs": [], "tools": [], "browsers": []})
    assert len(disagreements(gathered(), {**gathered(), "runs": []})) == len(gathered()["runs"]) > 0


@pytest.mark.parametrize(("kind", "key"), NAMED.items())
def test_what_nobody_saw_and_what_stands_there_twice_disagrees(kind: str, key: str) -> None:
    one = gathered()[kind][0]
    more = {**gathered(), kind: [{**one, key: "safari"}, *gathered()[kind]]}
    twice = {**gathered(), kind: [{**one, "version": "9", "what": "Another"}, *gathered()[kind]]}
    assert len(disagreements(gathered(), more)) == 1
    assert f"{one[key]!r} stands among the {kind} twice." in disagreements(gathered(), twice)


def test_every_key_of_a_run_is_compared_as_it_is_but_its_name_and_its_checks() -> None:
    assert {*COMPARED} == {*gathered()["runs"][0]} - {"id", "checks"}


# --------------------------------------------------------------------- as pytest runs it

GOOD = """
    def test_beans(ran):
        ran(id="plots", what="Plots", pages=["beans/"], states=["dry"], checks=3)
"""
MORE = """
    def test_peas(ran):
        ran(id="plots", what="Plots", pages=["peas/"], states=["dry"], checks=3)
"""
BAD = """
    def test_weeds():
        assert False
"""
SKIPPED = """
    import pytest

    @pytest.mark.browser
    def test_far():
        pytest.skip("no browser is here")
"""


@pytest.fixture
def garden(root: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A function that runs small tests as ``scripts/test.py`` would; returns how it ended, what was said, and the record."""

    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(root / "tests"))  # for processes of their own

    def run(how: str, *tests: str, options: tuple[str, ...] = ()) -> tuple[int, str, str | None]:
        pytester.makeini("[pytest]\nmarkers = browser: needs one")
        pytester.makepyfile("\n".join(dedent(one) for one in tests))
        file = tmp_path / "tested.yml"
        start = pytester.runpytest_subprocess if options else pytester.runpytest_inprocess
        done = start("-p", "record", "-q", f"--tested={how}", f"--tested-file={file}", *options)
        return done.ret, done.stdout.str(), file.read_text(encoding="utf-8") if file.exists() else None

    return run


def test_a_good_run_is_recorded_and_then_agrees_with_the_record(garden) -> None:
    status, said, record = garden("write", GOOD)
    assert status == 0 and "Recorded in docs/data/tested.yml" in said
    assert record.startswith(FIRST_LINE) and yaml.safe_load(record)["runs"][0]["checks"] == 3
    status, said, same = garden("compare", GOOD)
    assert status == 0 and "record" not in said and same == record


def test_processes_that_share_the_tests_make_one_record(garden) -> None:
    _, _, alone = garden("write", GOOD, MORE)
    status, said, shared = garden("write", GOOD, MORE, options=("-p", "xdist.plugin", "-n", "2"))
    assert status == 0 and "bringing up nodes" in said
    assert shared == alone and yaml.safe_load(shared)["runs"][0]["pages"] == 2
    status, said, _ = garden("compare", GOOD, options=("-p", "xdist.plugin", "-n", "2"))
    assert status == 1 and "The run plots: pages is 1, and the record says 2." in said


def test_a_run_that_saw_something_else_fails_and_says_what_to_do(garden) -> None:
    _, _, record = garden("write", GOOD)
    status, said, same = garden("compare", GOOD, MORE)
    assert status == 1 and "The run plots: pages is 2, and the record says 1." in said
    assert "python3 scripts/test.py --record" in said and same == record


@pytest.mark.parametrize("wrong", [BAD, SKIPPED], ids=["failing", "without a browser"])
def test_a_run_that_fails_or_leaves_something_out_never_writes(wrong: str, garden) -> None:
    status, said, record = garden("write", GOOD, wrong)
    assert status == 1 and "Nothing was recorded." in said and record is None


def test_what_a_wanting_browser_did_not_see_is_not_compared_and_is_named(garden) -> None:
    far = GOOD.replace("beans", "far").replace('"plots"', '"far"')
    garden("write", GOOD, far)
    status, said, _ = garden("compare", GOOD, SKIPPED)
    assert status == 0 and "no browser is here\nThe run far is in the record, and did not happen." in said
    assert "--record" not in said
    status, said, _ = garden("compare", GOOD, MORE, SKIPPED)
    assert status == 1 and "The run plots: pages is 2, and the record says 1." in said
    status, said, _ = garden("compare", GOOD)
    assert status == 1 and "The run far is in the record, and did not happen." in said


def test_a_failure_is_told_without_a_word_about_the_record(garden) -> None:
    garden("write", GOOD)
    status, said, _ = garden("compare", GOOD, MORE, BAD)
    assert status == 1 and "1 failed" in said and "the record says" not in said


def test_a_missing_or_broken_record_is_told(garden, tmp_path: Path) -> None:
    status, said, _ = garden("compare", GOOD)
    assert status == 1 and "cannot be read" in said
    (tmp_path / "tested.yml").write_text("runs: [", encoding="utf-8")
    status, said, _ = garden("compare", GOOD)
    assert status == 1 and "cannot be read" in said
