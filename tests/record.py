"""The record of the last whole run, ``docs/data/tested.yml``: a plugin of pytest that gathers, writes and compares it.

A test that looks at built pages calls the fixture ``ran`` with what it looked at. Calls of one id are one
run of the record: a page counts once, and a state once for each page that was looked at in it.

``scripts/test.py --record`` writes the record, when everything passed. A whole run without options compares
what it saw with the record, and fails when they disagree. It does not compare the versions of the machine's
browsers, only their names: versions differ from machine to machine. So does the number of checks that there were to make, but not by much: in
Chromium and without a browser a tenth more or less is a disagreement, elsewhere half or double is one. It compares the
tools that we pin, what was looked at, and what was found. Where a browser is wanting, what it would
have seen cannot be compared: the run says so, and ends as its tests did.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILE = "docs/data/tested.yml"
FIRST_LINE = "# Written by `python3 scripts/test.py --record` after a whole run. Do not change it by hand: run that again.\n"
COMMAND = "python3 scripts/test.py --record"
NOT_SEEN = "is in the record, and did not happen."
COMPARED = ("what", "browser", "pages", "states", "faults", "explained")
NAMED = {"browsers": "name", "tools": "name", "runs": "id"}  # what each entry of a list in the record is known by
STEADY = ("Chromium", "")  # where the number of checks hardly differs from machine to machine


@dataclass
class Run:
    """What the tests of one id looked at, and what they found."""

    what: str
    browser: str
    seen: set[tuple[str, str]] = field(default_factory=set)  # each page, with each state that it was looked at in
    checks: int = 0
    faults: int = 0
    explained: int = 0

    def as_data(self, id: str) -> dict:
        """The run as the record has it."""
        return {
            "id": id,
            "what": self.what,
            "browser": self.browser,
            "pages": len({page for page, _ in self.seen}),
            "states": len(self.seen),
            "checks": self.checks,
            "faults": self.faults,
            "explained": self.explained,
        }


class Record:
    """What all the tests looked at, with which browsers and tools."""

    def __init__(self, pinned: dict[str, str]) -> None:
        """``pinned`` has the version of each tool that may be named."""
        self.calls: list[dict] = []  # what each call of `add` was given
        self._pinned = pinned
        self._runs: dict[str, Run] = {}
        self._browsers: dict[str, str] = {}
        self._tools: set[str] = set()

    def add(
        self,
        *,
        id: str,
        what: str,
        pages: Iterable[str],
        states: Iterable[str],
        checks: int,
        faults: int = 0,
        explained: int = 0,
        browser: str = "",
        version: str = "",
        tools: Iterable[str] = (),
    ) -> None:
        """Add to the run ``id``.

        :param what: what was looked at and for what, in plain words; the same in each call of one id.
        :param pages: the addresses of the pages; each was looked at in each of ``states``.
        :param checks: how many rules or questions were put to a page or a part of it.
        :param faults: how many of the answers were wrong.
        :param explained: how many answers need a person, and have a written reason.
        :param browser: its name, or nothing when no browser was needed.
        :param version: the browser's version.
        :param tools: names of packages that the tests pin.
        """
        pages, states, tools = list(pages), list(states), list(tools)
        looked_at = {"pages": pages, "states": states, "checks": checks, "faults": faults, "explained": explained}
        self.calls.append({"id": id, "what": what, **looked_at, "browser": browser, "version": version, "tools": tools})
        run = self._runs.setdefault(id, Run(what, browser))
        if (run.what, run.browser) != (what, browser):
            raise ValueError(f"The run {id!r} was called {run.what!r} in {run.browser!r} before.")
        run.seen |= {(page, state) for page in pages for state in states}
        run.checks += checks
        run.faults += faults
        run.explained += explained
        if browser and version:
            self._browsers[browser] = version
        self._tools |= {*tools}
        if unknown := self._tools - set(self._pinned):
            raise ValueError(f"The tests pin no tool called {', '.join(sorted(unknown))}.")

    def as_data(self, day: date) -> dict:
        """Everything, as the record has it."""
        return {
            "date": day,
            "browsers": [{"name": name, "version": version} for name, version in sorted(self._browsers.items())],
            "tools": [{"name": name, "version": self._pinned[name]} for name in sorted(self._tools)],
            "runs": [run.as_data(id) for id, run in sorted(self._runs.items())],
        }


def pinned(tests: Path) -> dict[str, str]:
    """The versions of the tools that the folder of the tests pins, from npm and from Python."""
    npm = json.loads((tests / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    python = re.findall(r"^([\w.-]+)==([\w.]+)", (tests / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return {**npm, **dict(python)}


def as_yaml(data: dict) -> str:
    """The text of the record."""
    return FIRST_LINE + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=130)


def disagreements(seen: dict, recorded: object) -> list[str]:
    """Where the record says something else than this run saw: one plain line for each."""
    try:
        lines = [line for kind, key in NAMED.items() for line in _named_twice(kind, key, recorded[kind])]
        of = {kind: (_by(key, seen[kind]), _by(key, recorded[kind])) for kind, key in NAMED.items()}
        lines += _between("The browser", *of["browsers"], ()) + _between("The tool", *of["tools"], ("version",))
        return lines + _between("The run", *of["runs"], COMPARED) + _far_apart(*of["runs"])
    except (TypeError, KeyError):
        return ["The record lacks some of its keys."]


def _named_twice(kind: str, key: str, entries: list[dict]) -> list[str]:
    return [f"{name!r} stands among the {kind} twice." for name, count in Counter(entry[key] for entry in entries).items() if count > 1]


def _by(key: str, entries: list[dict]) -> dict[str, dict]:
    return {entry[key]: entry for entry in entries}


def _between(sort: str, seen: dict[str, dict], recorded: dict[str, dict], keys: Iterable[str]) -> list[str]:
    lines = [f"{sort} {name} is not in the record." for name in seen if name not in recorded]
    lines += [f"{sort} {name} {NOT_SEEN}" for name in recorded if name not in seen]
    return lines + [
        f"{sort} {name}: {key} is {seen[name][key]!r}, and the record says {recorded[name].get(key)!r}."
        for name in seen
        if name in recorded
        for key in keys
        if seen[name][key] != recorded[name].get(key)
    ]


def _far_apart(seen: dict[str, dict], recorded: dict[str, dict]) -> list[str]:
    """The runs that made far more or far fewer checks than the record says."""
    return [
        f"The run {id}: checks is {run['checks']!r}, and the record says {then!r}."
        for id, run in seen.items()
        if id in recorded and not _near(run["checks"], then := recorded[id]["checks"], run["browser"])
    ]


def _near(count: int, then: int, browser: str) -> bool:
    if browser in STEADY:
        return abs(count - then) <= then / 10
    return count == then or then / 2 < count < then * 2


# ---------------------------------------------------------------- what pytest calls

_RECORD = pytest.StashKey[Record]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the options by which ``scripts/test.py`` says what to do with the record."""
    parser.addoption("--tested", choices=["write", "compare"], help=f"write {FILE} when all is well, or compare with it")
    parser.addoption("--tested-file", type=Path, default=ROOT / FILE, help="another file, for a trial")


def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty record."""
    config.stash[_RECORD] = Record(pinned(Path(__file__).resolve().parent))
    if config.getoption("tested") and not _is_worker(config):
        config.pluginmanager.register(_Keeper(config), "keeper-of-the-record")


@pytest.fixture(scope="session")
def ran(request: pytest.FixtureRequest) -> Callable[..., None]:
    """A function that adds to the record of this run: see :meth:`Record.add`."""
    return request.config.stash[_RECORD].add


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In one of several processes that share the tests: hand over what this one looked at."""
    if _is_worker(session.config):
        session.config.workeroutput["ran"] = session.config.stash[_RECORD].calls


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Put what another process looked at into the record of all."""
    for call in getattr(node, "workeroutput", {}).get("ran", []):
        node.config.stash[_RECORD].add(**call)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


class _Keeper:
    """Writes the record at the end of a run, or compares it; tells how that went."""

    def __init__(self, config: pytest.Config) -> None:
        self._how, self._file = config.getoption("tested"), config.getoption("tested_file")
        self._record = config.stash[_RECORD]
        self._skipped: dict[str, str] = {}  # each browser test that was left out, and why
        self._left_out: list[str] = []
        self._said: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and "browser" in report.keywords:
            self._skipped[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        wrong = self._write(exitstatus) if self._how == "write" else self._compare(exitstatus)
        if wrong and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _write(self, exitstatus: int) -> bool:
        """Write the record when nothing failed and no browser was wanting; return whether that could not be."""
        if exitstatus != pytest.ExitCode.OK or self._skipped:
            reasons = [f"{name} was left out: it needs a browser that is not here." for name in self._skipped]
            self._said += ["Nothing was recorded.", *(reasons or ["Something failed: put it right, then record again."])]
            return True
        self._file.write_text(as_yaml(self._record.as_data(date.today())), encoding="utf-8", newline="\n")
        self._said.append(f"Recorded in {FILE}. Read it, then commit it.")
        return False

    def _compare(self, exitstatus: int) -> bool:
        """Compare with the record; return whether it says something else. After a failure there is nothing to compare."""
        if exitstatus != pytest.ExitCode.OK:
            return False
        try:
            recorded = yaml.safe_load(self._file.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            self._said = [f"{FILE} cannot be read: {error}"]
        else:
            lines = disagreements(self._record.as_data(date.today()), recorded)
            if self._skipped:
                self._left_out = ["A browser was wanting, so a part was not compared:", *sorted({*self._skipped.values()})]
                self._left_out += [line for line in lines if line.endswith(NOT_SEEN)]
            self._said = [line for line in lines if line not in self._left_out]
        if self._said:
            self._said += [
                f"The accessibility page prints {FILE}, so it would say something that is not so.",
                "If the new numbers are right, run this, and commit the file:",
                f"    {COMMAND}",
            ]
        return bool(self._said)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if lines := self._left_out + self._said:
            terminalreporter.section("the record of what was tested")
            for line in lines:
                terminalreporter.line(line)
