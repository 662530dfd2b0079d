"""A first contribution that goes wrong: somebody adds a definition to the real facts, and asks the check."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from coproduction import wording
from tiny import change

PATIENCE = 10  # seconds that an answer may take
MOST_WORDS, HARDEST = 60, 8  # of a message: its words with the example, and its reading level (ARI)
FILE, GLOSSARY = "docs/data/definitions.yml", "docs/data/glossary.yml"
GOOD = """
  - id: definition-diggers
    status: paraphrased
    sources:
      - source: source-nhse-guidance
        where: the five ways of working
    grade: A
    name: The Tuesday diggers
    body: The Tuesday diggers
    plain: People plan, dig and eat together.
"""
NO_SOURCE = ("    sources:\n      - source: source-nhse-guidance\n        where: the five ways of working\n", "")
NEAR_MISS = ("source: source-nhse-guidance", "source: source-nhse-guidence")
NO_WORDS = ("    plain: People plan, dig and eat together.\n", "")

# The packages are installed already: the verb runs inside their environment.
_CHECK = """
import runpy, sys
sys.path.insert(0, "scripts")
from coproduction import environment
environment.enter = lambda *requirements: None
sys.argv = ["scripts/check.py", *sys.argv[1:]]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """All that a check reads, in a folder of its own."""
    for folder in ("docs", "scripts", "overrides"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", tmp_path)
    return tmp_path


def add(project: Path, *slips: tuple[str, str]) -> int:
    """Add the definition with these slips at the end of its file; return the line on which it begins."""
    record = GOOD
    for old, new in slips:
        assert old in record
        record = record.replace(old, new)
    file = project / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text + record, encoding="utf-8", newline="\n")
    return text.count("\n") + 2


def check(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the check as a person does; it fails when no answer comes in time."""
    command = [sys.executable, "-c", _CHECK, *words]
    return subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", timeout=PATIENCE)


def messages(project: Path) -> list[dict[str, Any]]:
    """What the check finds; each message is short, plain and whole."""
    done = check(project, "--format", "json")
    found = json.loads(done.stdout)["findings"]
    assert done.returncode == bool(found) and "Traceback" not in done.stdout + done.stderr
    for each in found:
        assert all(each[part] for part in ("file", "line", "what", "why", "fix", "example", "rule")), each
        said = [f"{each['what']}.", each["why"], each["fix"]]
        assert len(wording.words(" ".join([*said, each["example"]]))) <= MOST_WORDS, each
        assert wording.reading(said).ari <= HARDEST, each
    return found


def test_a_good_definition_has_nothing_to_put_right(project: Path) -> None:
    add(project)
    assert messages(project) == []


def test_a_definition_without_a_source_gets_one_message_that_names_line_and_field(project: Path) -> None:
    line = add(project, NO_SOURCE)
    (found,) = messages(project)
    assert (found["file"], found["line"], found["rule"]) == (FILE, line, "source-missing")
    assert "definition-diggers" in found["what"] and "'sources:'" in found["fix"] and "source:" in found["example"]


def test_a_source_that_is_nearly_right_is_met_with_the_one_that_was_meant(project: Path) -> None:
    line = add(project, NEAR_MISS)
    (found,) = messages(project)
    assert (found["file"], found["line"]) == (FILE, line + 3)
    assert "source-nhse-guidence" in found["what"] and "Did you mean source-nhse-guidance" in found["fix"]


def test_two_mistakes_get_two_messages_in_one_run(project: Path) -> None:
    line = add(project, NO_SOURCE)
    word = change(project / GLOSSARY, "see: [word-minutes]", "see: [word-minuets]")
    assert [(each["file"], each["line"]) for each in messages(project)] == [(FILE, line), (GLOSSARY, word)]


def test_two_mistakes_of_one_record_get_two_messages_in_one_run(project: Path) -> None:
    line = add(project, NEAR_MISS, NO_WORDS)
    assert {(each["file"], each["line"]) for each in messages(project)} == {(FILE, line), (FILE, line + 3)}


def test_a_person_reads_the_same_in_the_terminal_with_each_file_named_once(project: Path) -> None:
    line = add(project, NO_SOURCE)
    done = check(project)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert done.stdout.count(f"{FILE}\n\n  line {line}: ") == 1 and "1 thing to put right." in done.stdout
    for label in ("Why it matters: ", "To put it right: ", "For example:"):
        assert done.stdout.count(label) == 1
