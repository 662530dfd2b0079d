"""Rules on quotations."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cases import Case
from cases.of_changes import FILE, GIVEN
from coproduction import drift, pipeline
from coproduction.findings import Finding
from tiny import good_data

WORDS = "      words: People dig the garden together as equal partners.\n"
SEEN = '      source: source-garden\n      where: Page 2\n      checked: "2026-11"\n'
LOCK = "      locked: 1e1b683b-7b6c750c\n"
ALL = f"{WORDS}{SEEN}      grade: A\n{LOCK}"
DEFINITIONS, FRAMEWORKS = "docs/data/definitions.yml", "docs/data/frameworks.yml"


def remembered(site: Path) -> list[Finding]:
    """What ``check.py`` finds where git knows the definitions as they were."""
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    now = (site / DEFINITIONS).read_bytes()
    shutil.copy(good_data(site / "before") / "definitions.yml", site / DEFINITIONS)
    commit = ["-c", "user.name=A gardener", "-c", "user.email=dig@garden.example", "commit", "--quiet", "--message=Dig"]
    for words in (["init", "--quiet"], ["add", DEFINITIONS], commit):
        subprocess.run(["git", *words], cwd=site, check=True, capture_output=True, timeout=60)
    (site / DEFINITIONS).write_bytes(now)
    return drift.check(site, pipeline.check(site)[0])


def changed(words: str, seen: str = SEEN) -> str:
    """The quotation with other words, and no lock."""
    return WORDS.replace("garden together", words) + seen + "      grade: A\n"


CASES = [
    Case("quotation-changed", DEFINITIONS, WORDS, WORDS.replace("garden", "gardens"), at="words: People dig"),
    Case("quotation-changed", DEFINITIONS, ALL, changed("gardens together"), at="words: People dig", seen_by=remembered),
    Case(
        "quotation-changed",
        DEFINITIONS,
        ALL,
        changed("gardens together", SEEN.replace("2026-11", "2026-10")),
        at="words: People dig",
        seen_by=remembered,
    ),
    Case("quotation-changed", FILE, "I am fed up", "we are fed up", at="words: My chair", given=GIVEN),
    Case("quotation-not-locked", DEFINITIONS, LOCK, "", at="words: People dig"),
    Case(
        "quotation-not-locked",
        DEFINITIONS,
        WORDS + SEEN,
        (WORDS + SEEN).replace("garden together", "garden, together").replace("Page 2", "Page 2, line 3"),
        at="locked: 1e1b683b",
    ),
    Case("lock-of-nothing", FRAMEWORKS, "names: ours\n", "names: ours\n    locked: 3f9a01bc-5d21c0aa\n", at="locked: 3f9a01bc"),
    Case("lock-of-nothing", FILE, "      words: My chair gets stuck & I am fed up.\n", "", at="locked: 7907", given=GIVEN),
]
