"""Each rule in plain words, with a site that breaks it and a good twin that does not."""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from pathlib import Path

import pytest
from cases import Case, of_changes, of_dates, of_doors, of_downloads, of_model, of_pages, of_pipeline, of_published, of_quotations, of_reading, of_site, of_terms
from coproduction import catalogue, wording
from coproduction.findings import Finding, Rule
from tiny import tiny_site, with_easy_words, with_statement, write

MOST_WORDS, HARDEST = 60, 8  # of a finding: its words with the example, and its reading level (ARI)
MODULES = [of_dates, of_doors, of_downloads, of_model, of_quotations, of_pages, of_published, of_reading, of_pipeline, of_site, of_changes, of_terms]
CASES = {f"{case.rule}-{number}": case for number, case in enumerate(case for module in MODULES for case in module.CASES)}
RULES = {rule.id: rule for rules in catalogue.rules().values() for rule in rules}

each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_easy_words(with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "site")))


@pytest.fixture
def good(case: Case, garden: Path, tmp_path: Path) -> Path:
    """The good twin of a case."""
    return write(Path(shutil.copytree(garden, tmp_path / "site")), dict(case.given))


def broken(case: Case, site: Path) -> int:
    """Break the rule in ``site``; return the line that must be named, or 0 for the whole file."""
    file = site / case.file
    if case.gone:
        file.unlink()
    elif not case.good:
        assert not file.exists()
        write(site, {case.file: case.bad})
        text = file.read_bytes().decode("utf-8", errors="replace")
        begins = 0
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(case.good) == 1, f"{case.good!r} stands {text.count(case.good)} times in {case.file}"
        begins, text = text.index(case.good), text.replace(case.good, case.bad)
        file.write_text(text, encoding="utf-8", newline="\n")
    if case.gone or case.at == "":
        return 0
    if case.at is not None:
        text = (site / (case.found_in or case.file)).read_text(encoding="utf-8", errors="replace")
        begins = text.index(case.at)
    return text[:begins].count("\n") + 1


def told(found: Finding) -> str:
    """A finding as one text."""
    return f"{found.what}. {found.why} {found.fix}"


@each_case
def test_the_good_twin_breaks_no_rule(case: Case, good: Path) -> None:
    assert [found.text() for found in case.seen_by(good)] == []


@each_case
def test_who_breaks_the_rule_is_told_where_in_few_and_plain_words(case: Case, good: Path) -> None:
    line = broken(case, good)
    found = case.seen_by(good)
    own = [each for each in found if each.rule == case.rule]
    assert (case.found_in or case.file, line) in {(each.file, each.line) for each in own}, [(each.file, each.line, each.what) for each in found]
    for each in own:
        assert len(wording.words(f"{told(each)} {each.example}")) <= MOST_WORDS, each.text()
        assert wording.reading([each.what + ".", each.why, each.fix]).ari <= HARDEST, each.text()
        assert str(good) not in each.text()


def test_every_rule_has_a_case_and_every_case_is_of_a_rule() -> None:
    assert {case.rule for case in CASES.values()} == set(RULES)


def test_no_two_rules_share_an_id_and_each_says_all_it_must() -> None:
    counted = Counter(rule.id for rules in catalogue.rules().values() for rule in rules)
    assert [id for id, count in counted.items() if count > 1] == []
    assert all(all(vars(rule).values()) for rule in RULES.values())


def test_nothing_is_found_but_by_a_rule_of_the_catalogue(root: Path) -> None:
    """A finding that the code makes up by hand would stand in no list."""
    rooms = root / "scripts" / "coproduction"
    made = {path.name for path in rooms.glob("*.py") if _makes(path, "Finding", "Fault")}
    with_rules = {path.stem for path in rooms.glob("*.py") if _makes(path, "Rule")}
    assert made == {"findings.py"}
    assert with_rules <= {room.__name__.rpartition(".")[2] for rooms in catalogue.ROOMS.values() for room in rooms}


def _makes(path: Path, *names: str) -> bool:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id in names for call in calls)


def test_a_finding_made_by_hand_would_be_noticed(tmp_path: Path) -> None:
    write(tmp_path, {"bad.py": "found = Finding('a', 1)", "good.py": "found = RULE.finding('a', 1)"})
    assert _makes(tmp_path / "bad.py", "Finding") and not _makes(tmp_path / "good.py", "Finding")
    assert isinstance(next(iter(RULES.values())), Rule)
