"""Each rule in plain words, with a site that breaks it and a good twin that does not."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from cases import Case, of_changes, of_dates, of_doors, of_downloads, of_model, of_pages, of_pipeline, of_published, of_quotations, of_reading, of_settings, of_site, of_terms
from coproduction import catalogue, reading, wording
from coproduction.findings import Finding, Rule
from coproduction.model import is_id
from level import level
from tiny import tiny_site, with_easy_words, with_statement, write

MOST_WORDS, HARDEST = 60, 8  # of a finding: its words with the example, and its reading level (ARI)
MODULES = [of_dates, of_doors, of_downloads, of_model, of_quotations, of_pages, of_published, of_reading, of_settings, of_pipeline, of_site, of_changes, of_terms]
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
        assert level(each) <= HARDEST, each.text()
        assert str(good) not in each.text()


def test_every_rule_has_a_case_and_every_case_is_of_a_rule() -> None:
    assert {case.rule for case in CASES.values()} == set(RULES)


def test_no_two_rules_share_an_id_and_each_says_all_it_must() -> None:
    counted = Counter(rule.id for rules in catalogue.rules().values() for rule in rules)
    assert [id for id, count in counted.items() if count > 1] == []
    assert all(rule.what and rule.why and rule.fix and rule.example for rule in RULES.values())


# ------------------------------------------------------------------------- with made-up words in place of a contributor's


def slots(rule: Rule) -> set[str]:
    """The names in the braces of a rule."""
    return {name for text in (rule.what, rule.why, rule.fix) for _, name, _, _ in Formatter().parse(text) if name}


MESSAGES = {found.rule: found for group in catalogue.messages().values() for found in group}
_MISFIT = re.compile(r"  | [,.;](?:\s|$)|\b(\w+) \1\b")  # a gap too many, or a word that stands twice


def test_every_slot_has_a_sample_and_every_sample_a_slot() -> None:
    unfilled = {rule.id: slots(rule) - set(rule.such_as) - set(catalogue.SAMPLES) for rule in RULES.values()}
    assert {id: lacking for id, lacking in unfilled.items() if lacking} == {}
    idle = {rule.id: set(rule.such_as) - slots(rule) for rule in RULES.values()}
    assert {id: names for id, names in idle.items() if names} == {}
    assert {name for rule in RULES.values() for name in slots(rule) - set(rule.such_as)} == set(catalogue.SAMPLES)


@pytest.mark.parametrize("found", MESSAGES.values(), ids=MESSAGES)
def test_a_message_with_samples_reads_as_a_true_one_does(found: Finding) -> None:
    assert not any(f"{{{name}}}" in told(found) for name in slots(RULES[found.rule]))
    assert not _MISFIT.search(told(found)), told(found)
    assert len(wording.words(f"{told(found)} {found.example}")) <= MOST_WORDS, found.text()
    assert level(found) <= HARDEST, found.text()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_longest_names_of_the_real_files_leave_a_message_short_and_plain(rule: Rule, longest: dict[str, str]) -> None:
    said = {name: longest.get(_form_of(text), text) for name, text in {**catalogue.SAMPLES, **rule.such_as}.items()}
    for found in (rule.finding("", 0, **said), rule.finding("", 0, near=[longest["id"]] * 3, **said)):
        assert len(wording.words(f"{told(found)} {found.example}")) <= MOST_WORDS, found.text()
        assert level(found) <= HARDEST, found.text()


@pytest.fixture(scope="module")
def longest(root: Path) -> dict[str, str]:
    """The longest id of the real facts, and the longest path of a real page and of a real file, by their form."""
    pages = [path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")]
    files = [path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.*")]
    ids = [record.id for _, record in reading.read(root / "docs" / "data").facts.records]
    return {form: max(names, key=len) for form, names in (("id", ids), ("page", pages), ("file", files))}


def _form_of(text: str) -> str:
    """Whether a sample stands for an id, a page or a file; else nothing."""
    if is_id(text):
        return "id"
    return "file" if text.startswith("docs/") else "page" if text.endswith(".md") else ""


def test_a_hard_message_is_noticed_and_a_long_name_makes_none() -> None:
    def said(**words: str) -> float:
        return level(RULES["no-such-record"].finding("", 0, kind="definition", **words))

    hard = "Considerable organisational restructuring necessitates cooperation."
    assert said(id="definition-x", why=hard, fix=hard) > HARDEST
    assert said(id="definition-" + "x" * 25) == said(id="definition-x") <= HARDEST
    assert said(id="definition-x", fix="Look at docs/data/xxxxxxxx.yml.") == said(id="definition-x", fix="Look at docs/a.md.")


def test_no_two_messages_begin_alike() -> None:
    assert [what for what, count in Counter(found.what for found in MESSAGES.values()).items() if count > 1] == []


def test_a_misfit_would_be_noticed() -> None:
    assert all(map(_MISFIT.search, ("The address address is wrong.", "Two  gaps.", "It ends , here.")))
    assert not _MISFIT.search("Begin with * or ! or [: as 'a.b' is.")


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
