"""Ten first contributions, each made in a fresh copy of the project by script: what people change, run and read.

``docs/help-improve/rehearsals.md`` keeps what was said, word for word. ``tests/test_rehearsals.py`` makes each of them
again and compares. To write the page anew: ``WRITE_TRANSCRIPTS=1 python3 scripts/test.py tests/test_rehearsals.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

# The packages are installed already: the verb runs inside their environment.
_RUN = """
import runpy, sys
sys.path.insert(0, "scripts")
from coproduction import environment
environment.enter = lambda *requirements: None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
CHECK = "python3 scripts/check.py"
DESCRIBE = "python3 scripts/describe_change.py main"
AS_MARKDOWN = "**What it said**, in Markdown. In a pull request, each `#` makes a heading."
FENCE = "````"  # longer than those that what is said may hold


@dataclass(frozen=True)
class Put:
    """Words put in place of others that stand in a file once; at the end of the file where there are no others."""

    file: str
    new: str
    old: str = ""

    def make(self, project: Path) -> str:
        """Make the change in ``project``; return in Markdown what was changed, in whole lines."""
        path, new, old = project / self.file, dedent(self.new).strip("\n"), dedent(self.old).strip("\n")
        text = path.read_text(encoding="utf-8")
        if not old:
            added = indent(new, "  ")
            path.write_text(f"{text.rstrip()}\n{added}\n", encoding="utf-8", newline="\n")
            return f"**Added** at the end of `{self.file}`:\n\n{_block(added)}"
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {self.file}: change what is rehearsed"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        before, after = text.partition(old)[::2]
        begin, end = before[before.rfind("\n") + 1 :], after.partition("\n")[0]
        was, now = (_block(begin + words + end) for words in (old, new))
        return f"**Before**, in `{self.file}`:\n\n{was}\n\n**After:**\n\n{now}"


@dataclass(frozen=True)
class Move:
    """A file that gets another name."""

    file: str
    to: str

    def make(self, project: Path) -> str:
        """Move it in ``project``; return in Markdown that it was."""
        (project / self.to).parent.mkdir(parents=True, exist_ok=True)
        (project / self.file).rename(project / self.to)
        return f"**Moved:** the file `{self.file}` is now `{self.to}`."


@dataclass(frozen=True)
class Step:
    """What somebody does, and what they run then."""

    says: str
    does: tuple[Put | Move, ...]
    runs: str
    ends: int  # the exit status: 0 when all is well


@dataclass(frozen=True)
class Rehearsal:
    """One contribution from the first key to the last."""

    id: str
    name: str
    steps: tuple[Step, ...]
    given: tuple[Put, ...] = ()  # what is changed beforehand: a slip that is then mended


def fresh(root: Path, into: Path, given: Iterable[Put] = ()) -> Path:
    """Make a copy of the project as a clone of it would be: a repository with one commit on ``main``, and nothing else.

    :param given: changes that this commit has already.
    """
    names = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (root / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, into / name)
    for change in given:
        change.make(into)
    _git(into, "init", "--quiet", "--initial-branch=main")
    _git(into, "add", "--all")
    _git(into, *_SOMEBODY, "commit", "--quiet", "--message", "As it was")
    return into


_SOMEBODY = ("-c", "user.name=A visitor", "-c", "user.email=visitor@example.org")


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=True)
    return done.stdout


def run(project: Path, command: str) -> tuple[int, str]:
    """Run one of our commands as a person types it; return what it ended with and all it said."""
    words = command.split()[1:]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", timeout=120, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout


def made(rehearsal: Rehearsal, project: Path) -> tuple[str, list[tuple[Step, int]]]:
    """Make a contribution in ``project``; return its transcript in Markdown, and each step with how its command ended."""
    parts, ends = [f"## {rehearsal.name} {{: #{rehearsal.id} }}"], []
    for step in rehearsal.steps:
        changes = [change.make(project) for change in step.does]
        status, said = run(project, step.runs)
        ends.append((step, status))
        label = AS_MARKDOWN if step.runs == DESCRIBE else "**What it said:**"
        parts += [step.says, *changes, label, f"{FENCE}\n$ {step.runs}\n{said.strip()}\n{FENCE}"]
    return "\n\n".join(parts) + "\n", ends


_LEVELS = re.compile(r"(?:^ *-?\d+\.\d +\d+ .*\n)+", re.MULTILINE)  # the list of how each page reads, in what check.py says


def shortened(transcript: str) -> str:
    """A transcript without the list of how each page reads, which is the same each time."""
    return _LEVELS.sub("  … one line for each page …\n", transcript)


def masked(transcript: str) -> str:
    """What must stay as it is in a transcript: all but numbers, how long it took, and the list of how each page reads."""
    return re.sub(r"\d+", "0", re.sub(r"^.*: done in .*\n", "", shortened(transcript), flags=re.MULTILINE))


def _block(words: str) -> str:
    return f"{FENCE}\n{words.rstrip()}\n{FENCE}"


# ------------------------------------------------------------------------- the ten

BUILD = "python3 scripts/build.py"
SOURCES, DEFINITIONS, GLOSSARY = "docs/data/sources.yml", "docs/data/definitions.yml", "docs/data/glossary.yml"

_PAPER = """
    - id: source-riverside-group
      grade: A
      name: What we mean by working together
      body: Riverside Group
      year: "2026"
      checked: "2026-11"
      seen: The whole paper. It is made up, for this rehearsal.
      rights: Made up. Nobody owns it.
    """
_WORDS = """
    - id: definition-riverside-group
      grade: A
      name: Riverside Group
      body: Riverside Group
      year: "2026"
      year_grade: A
      quote:
        words: We plan it together, we do it together and we look back on it together.
        source: source-riverside-group
        where: Page 1
        checked: "2026-11"
        grade: A
      plain: People plan, work and look back together.
    """

REHEARSALS = [
    Rehearsal(
        "a-definition",
        "A trainer adds a definition",
        (
            Step("The words come first. The paper that they stand in is forgotten.", (Put(DEFINITIONS, _WORDS),), CHECK, 1),
            Step(
                "The paper gets a record. Its id is mistyped where the definition names it.",
                (
                    Put(SOURCES, _PAPER),
                    Put(
                        DEFINITIONS,
                        old="- id: definition-riverside-group\n",
                        new="- id: definition-riverside-group\n    sources:\n      - source: source-riverside-gruop\n        where: Page 1\n",
                    ),
                ),
                CHECK,
                1,
            ),
            Step(
                "The id is put right. The new quotation still needs its lock.",
                (Put(DEFINITIONS, old="source-riverside-gruop", new="source-riverside-group"),),
                CHECK,
                1,
            ),
            Step("She compares the words with the paper once more, and locks them.", (), f"{CHECK} --lock", 0),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "a-word",
        "A carer adds a word to the glossary",
        (
            Step(
                "One key is forgotten, and one is mistyped.",
                (Put(GLOSSARY, "- id: word-quorum\n  name: Quorum\n  meanin: The fewest people who must be there for a vote to count."),),
                CHECK,
                1,
            ),
            Step(
                "Both are put right.",
                (Put(GLOSSARY, old="meanin: The fewest people who", new="use: neutral\n    meaning: The fewest people who"),),
                CHECK,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "a-resource",
        "A social worker adds a place to look",
        (
            Step(
                "One key has a slip in it.",
                (
                    Put(SOURCES, _PAPER),
                    Put(
                        "docs/data/resources.yml",
                        """
                        - id: resource-riverside-group
                          source: source-riverside-group
                          goodfor: Seeing how one group looks back on its work.
                          readers: [trainers]
                          format: paper
                          topics: [how to do it]
                        """,
                    ),
                ),
                CHECK,
                1,
            ),
            Step("It is put right.", (Put("docs/data/resources.yml", old="goodfor: Seeing how one", new="good_for: Seeing how one"),), CHECK, 0),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "an-example",
        "A manager adds an example",
        (
            Step(
                "One sentence is far too long.",
                (
                    Put(SOURCES, _PAPER),
                    Put(
                        "docs/data/examples.yml",
                        """
                        - id: example-riverside-group
                          sources:
                            - source: source-riverside-group
                              where: Page 2
                          grade: A
                          name: "Riverside: who chooses the trips"
                          sector: social care
                          place: A made-up day centre
                          story:
                            - >-
                              Members and staff of the day centre sat down with the money for the year,
                              looked at what each trip had cost and who had come, and then they all voted.
                          told_by: Nobody. It is made up, for this rehearsal.
                        """,
                    ),
                ),
                CHECK,
                1,
            ),
            Step(
                "It becomes three short ones.",
                (
                    Put(
                        "docs/data/examples.yml",
                        old="sat down with the money for the year,\n        looked at what each trip had cost and who had come, and then they all voted.",
                        new="looked at the money for the year.\n        They saw what each trip had cost, and who had come. Then they all voted.",
                    ),
                ),
                CHECK,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "another-name",
        "A trainer adds another name for a rung",
        (
            Step(
                "People in her sessions call the lowest rung “no say”. Search should find it by that name.",
                (
                    Put(
                        "docs/data/ladder.yml",
                        old="also: [bottom rung, first rung, forced, made to]",
                        new="also: [bottom rung, first rung, forced, made to, no say]",
                    ),
                ),
                CHECK,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "a-new-id",
        "An editor changes an id",
        (
            Step(
                "Only the id is changed. The build sees that an old link would die.",
                (Put(GLOSSARY, old="- id: word-working-together-for-change\n", new="- id: word-working-for-change\n"),),
                BUILD,
                1,
            ),
            Step(
                "The old id stays beside the new one.",
                (
                    Put(
                        GLOSSARY,
                        old="- id: word-working-for-change\n",
                        new="- id: word-working-for-change\n    formerly: [word-working-together-for-change]\n",
                    ),
                ),
                BUILD,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "a-page-moves",
        "An editor moves a page",
        (
            Step(
                "The file gets another name, and the menu with it.",
                (
                    Move("docs/about/search.md", "docs/how-search-works.md"),
                    Put("mkdocs.yml", old="How search works: about/search.md", new="How search works: how-search-works.md"),
                ),
                BUILD,
                1,
            ),
            Step(
                "The page says where it was.",
                (Put("docs/how-search-works.md", old="owner: The editors", new="owner: The editors\nformerly: [about/search.md]"),),
                BUILD,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
    ),
    Rehearsal(
        "a-slip",
        "A visitor mends a slip of the pen",
        (
            Step("The check sees it.", (), CHECK, 1),
            Step(
                "It is mended.",
                (Put("docs/why.md", old="that changd what", new="that changed what"),),
                CHECK,
                0,
            ),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
        given=(Put("docs/why.md", old="that changed what", new="that changd what"),),
    ),
    Rehearsal(
        "a-quotation-wrongly",
        "Somebody tidies a quotation",
        (
            Step(
                "“Public services” seems too narrow, so a word is taken out of NEF’s definition.",
                (Put(DEFINITIONS, old="Co-production means delivering public services in an equal", new="Co-production means delivering services in an equal"),),
                CHECK,
                1,
            ),
            Step(
                "The word is put back.",
                (Put(DEFINITIONS, old="Co-production means delivering services in an equal", new="Co-production means delivering public services in an equal"),),
                CHECK,
                0,
            ),
        ),
    ),
    Rehearsal(
        "a-quotation-rightly",
        "Somebody mends a quotation",
        (
            Step(
                "A word of NEF’s definition is missing here. The paper has it, so it is put back.",
                (Put(DEFINITIONS, old="Co-production means delivering services in an equal", new="Co-production means delivering public services in an equal"),),
                CHECK,
                1,
            ),
            Step(
                "Every word has been compared with the paper, so the day of the check is new.",
                (Put(DEFINITIONS, old='checked: "2026-11"\n      locked: 20ea4def', new='checked: "2026-11-22"\n      locked: 20ea4def'),),
                CHECK,
                1,
            ),
            Step("The new lock is written.", (), f"{CHECK} --lock", 0),
            Step("This is what a reviewer reads.", (), DESCRIBE, 0),
        ),
        given=(
            Put(DEFINITIONS, old="Co-production means delivering public services in an equal", new="Co-production means delivering services in an equal"),
            Put(DEFINITIONS, old="locked: 2677dbe8-", new="locked: 20ea4def-"),
        ),
    ),
]  # fmt: skip
