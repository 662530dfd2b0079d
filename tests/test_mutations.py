"""Bad input at scale: the facts and the pages of a small site, spoilt in thousands of ways.

Whatever somebody writes, by accident or on purpose, one of two things comes of it: the site says what was written,
with nothing live in it from the data, or there are findings. There is never a traceback, an endless run, a look at a
file outside the project, or a last good site that has changed.

Each run draws its own cases, and prints the seed on top. To see a run again, set ``COPRODUCTION_SEED`` to it. A case
depends on nothing but the seed and its number.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from coproduction import pipeline, reading, spelling, wording
from coproduction.findings import Finding, report
from coproduction.model import Part, Record
from coproduction.tables import Tables, printed
from selectolax.lexbor import LexborHTMLParser
from spoilt import HARMLESS, WAYS
from tiny import tiny_site, with_easy_words, with_statement

pytestmark = pytest.mark.long
PARTS, CASES_OF_A_PART = 10, 200
PARTS_OF_BUILDS, BUILDS_OF_A_PART, REFUSED_OF_A_PART = 4, 10, 3
PATIENCE = 10  # seconds that a case may take
MOST_WORDS, MOST_LETTERS = 60, 1500  # of a finding

on_this_system = pytest.mark.skipif(
    not hasattr(signal, "SIGALRM"), reason="this system has no alarm, so a case that hangs could not be stopped"
)


@dataclass(frozen=True)
class Case:
    """One way to spoil one file of a site."""

    number: int
    seed: str
    way: str
    path: Path
    good: bytes
    spoilt: bytes

    @classmethod
    def draw(cls, site: Path, seed: str, number: int, ways: Sequence[str] = tuple(WAYS)) -> Case:
        """The case of this number: each way comes in turn, so that none is left to chance; the file and the place are drawn."""
        chance = random.Random(f"{seed} {number}")
        way = ways[number % len(ways)]
        path = chance.choice(sorted([*(site / "docs" / "data").glob("*.yml"), *(site / "docs").rglob("*.md")]))
        good = path.read_bytes()
        return cls(number, seed, way, path, good, WAYS[way](good, chance))

    def __str__(self) -> str:
        return f"COPRODUCTION_SEED={self.seed}, case {self.number}: {self.way} in {self.path.name}\n{self.spoilt[:6000]!r}"

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Spoil the file, and mend it afterwards. Whatever fails in between says which case it was."""

        def give_up(*_: object) -> None:
            raise TimeoutError(f"more than {PATIENCE} seconds")

        before = signal.signal(signal.SIGALRM, give_up)
        signal.alarm(PATIENCE)
        try:
            self._put(self.spoilt)
            yield
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}\n{self}") from error
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            self._put(self.good)
            printed.cache_clear()

    def _put(self, content: bytes) -> None:
        self.path.write_bytes(content)
        # What is as long, and was written in the same instant, would be taken for the one before.
        os.utime(self.path, ns=(time.time_ns(), time.time_ns()))


class Watch:
    """What Python touches or runs where it should not."""

    _FILES = {"open", "os.listdir", "os.remove", "os.rename", "os.mkdir", "os.rmdir"}
    _PROGRAMS = {"os.system", "os.exec", "os.posix_spawn", "subprocess.Popen"}

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] = ()
        self.strays: list[str] = []
        sys.addaudithook(self._hear)  # for as long as Python runs: there is no way to take one off

    def _hear(self, event: str, arguments: tuple) -> None:
        if not self.allowed:
            return
        what = arguments[0]
        if event in self._FILES and not isinstance(what, int):
            if not os.path.join(os.path.abspath(os.fsdecode(what or ".")), "").startswith(self.allowed):
                self.strays.append(f"{event} {what}")
        elif event in self._PROGRAMS and what != "git" and not str(what).startswith(self.allowed):
            self.strays.append(f"{event} {what}")

    @contextmanager
    def over(self, project: Path, root: Path) -> Iterator[None]:
        """Hear of all that is touched but the project, the code and the packages."""
        python = [sys.prefix, sys.base_prefix, os.devnull, *(path for path in sys.path if "packages" in path)]
        code = [root / "scripts", root / "overrides", root / "tests", root / ".venv"]
        self.allowed = tuple(os.path.join(folder, "") for folder in (project, *python, *code))
        try:
            yield
        finally:
            self.allowed = ()


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def seed() -> str:
    return os.environ["COPRODUCTION_SEED"]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good site with records of every kind that the tiny ones have."""
    return with_easy_words(with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "project")))


@pytest.fixture
def project(part: int, garden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if part:  # the speller is a program of its own, and slow to start: the first part of the cases is enough for it
        monkeypatch.setattr(spelling, "check", lambda *_, **__: [])
    made = Path(shutil.copytree(garden, tmp_path / "project"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # so that git is not asked
    monkeypatch.setattr(tempfile, "tempdir", str(made))  # what a build lays down for a moment, it lays down here
    monkeypatch.chdir(made)
    return made


# ------------------------------------------------------------------ what a site says


class Said:
    """What a good site says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = reading.read(root / "docs" / "data")

    @cached_property
    def html(self) -> str:
        """All that the macros print, page by page."""
        return "\n".join(
            str(printed(self.library, path.relative_to(self.root / "docs").as_posix(), name, tuple(re.findall('"(.*?)"', ids))))
            for path in sorted((self.root / "docs").rglob("*.md"))
            for name, ids in re.findall(r"^\{\{ (\w+)\((.*)\) \}\}\s*$", path.read_text(encoding="utf-8-sig"), re.M)
            if name in Tables.MACROS
        )

    @cached_property
    def text(self) -> str:
        """The same as a reader sees it, without white space."""
        return _squeezed(LexborHTMLParser(f"<!DOCTYPE html><body>{self.html}").body.text())

    @cached_property
    def live(self) -> set[str]:
        """What is live in it: the script of the review kit, and the buttons that it needs."""
        return set(live(self.html))

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Every text of the facts, each with the kind and the key that it stands under."""
        return [found for _, record in self.library.facts.records for found in _texts(record)]

    @cached_property
    def shown(self) -> set[str]:
        """The keys whose texts are all printed."""
        hidden = {key for key, text in self.texts if _squeezed(text) not in self.text}
        return {key for key, _ in self.texts} - hidden


def _texts(part: Part) -> Iterator[tuple[str, str]]:
    for key in type(part).model_fields:
        value = getattr(part, key)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, str):
                yield f"{type(part).__name__}.{key}", child
            elif isinstance(child, Part) and not isinstance(child, Record):
                yield from _texts(child)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def holds(kept: Any, written: Any) -> bool:
    """Whether a record, or a part or value of it, holds all that its writer wrote, and nothing else in its place."""
    if isinstance(written, dict):
        return all(key in type(kept).model_fields and holds(getattr(kept, key), value) for key, value in written.items())
    if isinstance(written, list):
        return len(kept) == len(written) and all(map(holds, kept, written))
    return kept == (" ".join(written.split()) if isinstance(written, str) else written) and type(kept) in (str, type(written))


# What could act, load or lead astray.
_LIVE = (
    "script:not([type='application/ld+json']), style, iframe, object, embed, base, meta[http-equiv], link, form, input, img:not([alt])"
)


def live(html: str) -> list[str]:
    """What in this HTML is live."""
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    found = [tag.html[:120] for tag in tree.body.css(_LIVE)]
    for tag in tree.body.css("*"):
        for name, value in tag.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                found.append(tag.html[:120])
            elif name in ("href", "src") and _leads_astray(name, re.sub(r"[\s\0]", "", (value or "").lower())):
                found.append(f"{name}={value}")
    return found


def _leads_astray(name: str, address: str) -> bool:
    """Whether an address runs code; or, where something is loaded, is that of another host."""
    if name == "src":
        return re.match(r"[a-z]+:|//", address) is not None
    return re.match(r"(?!https?:|mailto:|tel:)[a-z0-9+.-]+:|//", address) is not None


EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "sane_lists", "tables"]


def as_html(page: bytes) -> str:
    """A page's own words as HTML, without what its macros print."""
    body = re.sub(r"\A---\n.*?^---\n|^\{\{.*\}\}\s*$", "", page.decode("utf-8-sig").replace("\r\n", "\n"), flags=re.S | re.M)
    return markdown.markdown(body, extensions=EXTENSIONS)


# ----------------------------------------------------------------- what may come of it


def must_help(found: list[Finding], root: Path) -> None:
    """See that findings can be read and acted on, whatever they are about."""
    for finding in found:
        told = f"{finding.what} {finding.why} {finding.fix} {finding.example}"
        assert finding.what and finding.why and finding.fix, finding
        assert "the build stopped here" not in told and "Traceback" not in told, finding
        assert len(wording.words(told)) <= MOST_WORDS and len(told) <= MOST_LETTERS, told[:3000]
        assert all(letter.isprintable() or letter == "\n" for letter in told), ascii(told)
        assert str(root) not in told, told
        lines = (root / finding.file).read_bytes().splitlines() if (root / finding.file).is_file() else []
        assert 0 <= finding.line <= len(lines) + 1, finding
    assert report(found).endswith(" to put right.")


def must_say_what_was_written(case: Case, root: Path, before: Said) -> None:
    """See that a spoilt site that was accepted says what its writer wrote, and that none of it came to life."""
    if case.path.suffix == ".md":
        # What Markdown brings to life must be seen in the built site at the latest.
        assert not live(as_html(case.spoilt)) or pipeline.build(root, root / "site"), "it would be published"
        return
    now = Said(root)
    assert set(live(now.html)) <= before.live
    if case.way in HARMLESS:
        assert now.html == before.html
    if case.path.name != reading.TESTED:
        written = yaml.load(case.spoilt, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        kept = getattr(now.library.facts, case.path.stem)
        assert len(kept) == len(written["records"])
        for record, own in zip(kept, written["records"]):
            assert holds(record, own), (record, own)
    unsaid = [(key, text) for key, text in now.texts if key in before.shown and _squeezed(text) not in now.text]
    assert unsaid == []


@on_this_system
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_written_is_said_or_refused_in_plain_words(part: int, project: Path, root: Path, watch: Watch, seed: str) -> None:
    before, came_of_it = Said(project), Counter()
    assert len(before.shown) > 50
    assert [thing for thing in before.live if not re.match('<script src=|<form id="cp-kit-answers"|<input type="radio"', thing)] == []
    for number in range(part, PARTS * CASES_OF_A_PART, PARTS):
        case = Case.draw(project, seed, number)
        with case.in_place(), watch.over(project, root):
            found, _ = pipeline.check(project)
            if found:
                assert case.way not in HARMLESS, report(found)
                must_help(found, project)
            else:
                must_say_what_was_written(case, project, before)
            came_of_it[bool(found)] += 1
    assert watch.strays == []
    assert came_of_it[True] > CASES_OF_A_PART / 4 and came_of_it[False] > CASES_OF_A_PART / 10, came_of_it
    assert Said(project).html == before.html


# -------------------------------------------------------------------- whole builds


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with a fingerprint of what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def live_in_site(site: Path) -> set[str]:
    return {thing for page in site.rglob("*.html") for thing in live(page.read_text(encoding="utf-8"))}


@on_this_system
@pytest.mark.parametrize("part", range(PARTS_OF_BUILDS))
def test_a_site_that_is_built_from_it_has_nothing_live_or_the_last_good_one_stays(
    part: int, project: Path, root: Path, watch: Watch, seed: str
) -> None:
    site = project / "site"
    assert pipeline.build(project, site) == []
    ours, builds, refused = live_in_site(site), 0, 0
    for number in range(part, sys.maxsize, PARTS_OF_BUILDS):
        case = Case.draw(project, f"{seed} to build", number, [way for way in WAYS if way not in HARMLESS])
        with case.in_place(), watch.over(project, root):
            if builds == BUILDS_OF_A_PART:
                break
            # Most are refused before the engine begins, so most of those are passed over.
            if refused == REFUSED_OF_A_PART and pipeline.check(project)[0]:
                continue
            last_good, found = snapshot(site), pipeline.build(project, site)
            builds += 1
            if found:
                refused += 1
                must_help(found, project)
                assert snapshot(site) == last_good
            else:
                assert live_in_site(site) <= ours
            assert not (project / ".build" / "site").exists()
    assert watch.strays == []
    assert builds == BUILDS_OF_A_PART and refused
