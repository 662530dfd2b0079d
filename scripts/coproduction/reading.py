"""From the YAML files in ``docs/data/`` to the model, or to findings.

Every file is one mapping with two keys: ``records``, a list, and ``every``, what
is said once for all of them. A record takes from ``every`` what it does not say
itself; a record inside a record takes where its words come from, and its dates,
from the one around it. Nothing is guessed and nothing is dropped: a doubled key,
an unknown key or a value of the wrong kind is a finding with its true line.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.reader import Reader

from coproduction import quotations
from coproduction.findings import Fault, Finding, Rule, short
from coproduction.model import (
    LEADS_TO,
    LONGEST_ID,
    LONGEST_PATH,
    LONGEST_TEXT,
    Checked,
    Facts,
    Part,
    Record,
    Terms,
    Tested,
    dead_reference,
    faults,
    is_id,
    nearest,
)

_AT_THE_LEFT = ("every", "records")
HANDED_DOWN = ("status", "sources", "grade", "reviewed", "review_by", "owner", "home")
TESTED = "tested.yml"  # what the tests write; every other data file holds records
DEEPEST = 12
LARGEST, LARGEST_PAGE = 300_000, 50_000  # bytes
MOST_ENTRIES = 500  # of a list in a record

# libyaml is ten times faster where the wheel has it; both read the same YAML 1.1.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Where a record stands: a file, relative to the project's folder, and a line from 1."""

    file: str
    line: int


@dataclass(frozen=True, eq=False)
class Library:
    """The facts, the place of each id, what was tested, and when somebody looked at a source, with its place."""

    facts: Facts
    places: dict[str, Place]
    tested: Tested | None = None
    looked: tuple[tuple[str, Place], ...] = ()
    reviewed: tuple[tuple[date, Place], ...] = ()  # when somebody read a record, with the place of that day


@dataclass(frozen=True, eq=False)
class Rest:
    """What can still be told of data that cannot be used.

    ``ids`` are all that a link may lead to. ``lost`` are texts that may hold names which ``library`` has not.
    """

    library: Library
    ids: frozenset[str]
    lost: tuple[str, ...]


class Unreadable(Exception):
    """The data cannot be used. ``findings`` says all that is wrong, and ``rest`` holds what can be used all the same."""

    def __init__(self, findings: list[Finding], rest: Rest | None = None) -> None:
        self.findings, self.rest = findings, rest
        super().__init__(f"{len(findings)} findings in the data")


FILE_IS_A_LINK = Rule(
    "file-is-a-link",
    "this is a link to something elsewhere, not a file of its own",
    "Nobody sees a change of what it leads to. That may be private, too, and would be published.",
    "Put the file itself in its place.",
    "docs/ladder.md",
)
NOT_A_FILE = Rule(
    "not-a-file",
    "this has the name of a file, and is {kind}",
    "What has such a name is read as a file. Here nothing could be read.",
    "Give it another name, or put a file in its place.",
    "docs/ladder.md",
    {"kind": "a folder"},
)
_FOLDERS = ("docs", "overrides", "scripts")
_ENDINGS = (".md", ".yml", ".yaml", ".html", ".svg", ".png", ".css", ".js", ".py")  # of what is read or published as a file


def no_files(root: Path) -> list[Finding]:
    """What stands below ``root`` in the place of a file and is none. To be asked for before any of it is read.

    Every symbolic link is refused, one inside the project too: git on Windows makes a text file of it.
    """
    top = [root / SETTINGS, *(root / name for name in _FOLDERS)]
    inner = (Path(at, name) for start in top for at, folders, files in os.walk(start) for name in (*folders, *files))
    # A link that leads nowhere, with a dot in front: some editors keep one beside a file that is open.
    there = (path for path in (*top, *inner) if not path.name.startswith(".") or os.path.exists(path))
    kinds = {path.relative_to(root).as_posix(): kind for path in there if (kind := _kind_of_no_file(path))}
    rules = {"a link": FILE_IS_A_LINK}
    return [rules.get(kind, NOT_A_FILE).finding(name, 0, kind=kind) for name, kind in kinds.items()]


def _kind_of_no_file(path: Path) -> str:
    """What stands here, where it is neither a file nor a folder with a name of its own; "" where it is, or is not there."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder" if path.suffix in _ENDINGS else ""
    return "" if stat.S_ISREG(mode) else "a pipe or a device"


TESTS_NOT_RECORDED = Rule(
    "tests-not-recorded",
    "the record of what was tested is missing",
    "The accessibility statement prints it, and must not make it up.",
    "Get the file back from the repository, or run: python3 scripts/test.py --record",
    f"docs/data/{TESTED}",
)


def read(folder: Path) -> Library:
    """Read every data file in ``folder``, with the drawings that stand beside it in ``assets/easy``.

    The answer is kept until a file changes, because one engine asks again for each page.

    :raises Unreadable: with every finding of every file.
    """
    return _read(_stamp(_data_files(folder)), _stamp(_drawing_files(folder)))


Stamp = tuple[tuple[str, int, int], ...]  # the path of each file, and what changes with what it holds


def _stamp(paths: Iterable[Path]) -> Stamp:
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


def _data_files(folder: Path) -> list[Path]:
    """The files that hold facts or seem to. What an editor keeps beside them begins with a dot."""
    return sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() in (".yml", ".yaml") and path.is_file())


def _drawing_files(folder: Path) -> list[Path]:
    """The drawings of easy words: a check of those words counts for them as well."""
    return sorted((folder.parent / "assets" / "easy").glob("*.svg"))


@lru_cache(maxsize=2)
def _read(data: Stamp, drawings: Stamp) -> Library:
    raw, valid, tested = _gathered([Path(name) for name, _, _ in data], [Path(name) for name, _, _ in drawings])
    content = _content(valid)
    partly = frozenset(name for name in valid if name in raw.unread or len(valid[name]) < len(raw.records.get(name, ())))
    facts = Facts.model_construct(**content)
    broken = [
        fault._replace(path=_in_file(fault.path, valid)) for fault in (*faults(facts, raw.ids, partly), *quotations.faults(facts))
    ]
    raw.findings += _told_once(raw.finding(fault) for fault in raw.at_home(broken))
    places = {record.id: raw.place(_in_file(path, valid)) for path, record in facts.records}
    if raw.findings:
        lost = tuple(raw.texts_of_lost(valid))
        raise Unreadable(sorted(set(raw.findings)), Rest(Library(facts, places), raw.ids, lost))
    facts = Facts(**content)
    looked = tuple((when, raw.place(path)) for path, when in quotations.looked(facts))
    reviewed = tuple((record.reviewed, raw.place((*path, "reviewed"))) for path, record in facts.records)
    return Library(facts, places, tested, looked, reviewed)


Valid = dict[str, dict[int, Record]]  # the records of each file that can be used, by their number in it


def _gathered(paths: list[Path], drawings: list[Path]) -> tuple[_Raw, Valid, Tested | None]:
    """What the files say, and what of it can be used."""
    raw = _Raw(drawings={path.stem: path.read_text(encoding="utf-8", errors="replace") for path in drawings})
    tested = None
    for path in paths:
        if path.name == TESTED:
            tested = _tested(path, raw)
        else:
            raw.add(path)
    if "accessibility" in raw.records and not any(path.stem == Path(TESTED).stem for path in paths):
        raw.findings.append(TESTS_NOT_RECORDED.finding(f"docs/data/{TESTED}", 0))
    return raw, {name: dict(_records(raw, name)) for name in Facts.model_fields}, tested


def _content(valid: Valid) -> dict[str, tuple[Record, ...]]:
    return {name: tuple(records.values()) for name, records in valid.items()}


def _in_file(path: tuple, valid: Valid) -> tuple:
    """The path of a fault, which counts valid records only, with the number of the record in its file."""
    name, index, *inner = path
    return name, list(valid[name])[index], *inner


def exact_words(folder: Path) -> Iterator[tuple[quotations.Exact, Place]]:
    """All words in ``folder`` that are somebody's own, with the place where they stand, as far as its files can be read."""
    raw, valid, _ = _gathered(_data_files(folder), _drawing_files(folder))
    for each in quotations.exact(Facts.model_construct(**_content(valid))):
        yield each, raw.place((*_in_file(each.path, valid), each.words_key))


def plain(text: str) -> Any:
    """What a data file holds, as plain values; nothing where it cannot be read."""
    content = _REFUSED if len(text) > LARGEST else _Raw().build(lambda: text, "", ("",))
    return None if content is _REFUSED else content


def write_locks(folder: Path, but_not: Container[str] = ()) -> int:
    """Lock each quotation in ``folder`` that is new, or that somebody has compared with its source again.

    :param but_not: locks that none may have.
    :returns: how many.
    """
    raw, valid, _ = _gathered(_data_files(folder), _drawing_files(folder))
    written = 0
    # From the end of a file to its beginning, so that a new line moves none that is still to come.
    own_words = quotations.exact(Facts.model_construct(**_content(valid)))
    waiting = [(_in_file(each.path, valid), each) for each in own_words if each.is_to_lock and each.lock not in but_not]
    for path, each in sorted(waiting, key=lambda found: raw.line((*found[0], found[1].before_lock)), reverse=True):
        line = raw.line((*path, "locked" if each.locked else each.before_lock))
        written += _write_lock(folder / f"{path[0]}.yml", line, each)
    return written


def _write_lock(file: Path, line: int, each: quotations.Exact) -> bool:
    """Write a lock, in place of ``line`` where one stands there, or else below it; say whether that could be done."""
    lines = file.read_bytes().split(b"\n")
    match = re.match(rb"([ -]*)(\w+):", lines[line - 1])
    if not match or match[2].decode() != ("locked" if each.locked else each.before_lock):
        return False  # a block in one line, in braces, must be locked by hand
    before = match[1] if each.locked else b" " * len(match[1])
    end = b"\r" if lines[line - 1].endswith(b"\r") else b""
    lines[line - 1 if each.locked else line : line] = [before + f"locked: {each.lock}".encode() + end]
    file.write_bytes(b"\n".join(lines))
    return True


def _tested(path: Path, raw: _Raw) -> Tested | None:
    """The record of the last whole run of the tests; what is wrong with it goes into the findings of ``raw``."""
    where = _shown(path)
    try:
        record, _ = _part(lambda: _text(path, where), where, Tested, "the file")
    except Unreadable as error:
        anew = "Get the file back from the repository: the tests write it, and nobody need change it by hand."
        raw.findings += [replace(found, fix=anew) for found in error.findings]
        return None
    return record


def _told_once(found: Iterable[Finding]) -> list[Finding]:
    """``found`` with one finding where a line, that of ``every:`` for one, breaks one rule for many records."""
    together: dict[tuple, list[tuple[str, Finding]]] = {}
    for finding in dict.fromkeys(found):
        before, _, after = finding.what.partition("'")
        subject, _, rest = after.partition("'")
        alike = (finding.file, finding.line, before, rest, finding.why, finding.fix) if is_id(subject) else (finding,)
        together.setdefault(alike, []).append((subject, finding))
    told = []
    for (_, first), *others in together.values():
        some = " and ".join(
            [*(f"'{subject}'" for subject, _ in others[:2]), *([f"{len(others) - 2} more"] if others[2:] else [])]
        )
        told.append(replace(first, what=f"{first.what}; so it is with {some}") if others else first)
    return told


class Written(NamedTuple):
    """One value of a data file as its writer typed it."""

    file: str
    id: str  # of its record; empty for what is said once for all records of a file
    name: str  # of its record; empty where it has none
    keys: tuple[str, ...]  # that lead to it from there
    text: str
    exact: bool  # whether it is printed as somebody's exact words, or as the names that they gave


def values(folder: Path) -> Iterator[Written]:
    """Every value in the data files of ``folder``, without those of files that cannot be read and of the record of tests."""
    for path in _data_files(folder):
        if path.name != TESTED and path.resolve().is_relative_to(folder.resolve()):
            raw = _Raw()
            if raw.build(lambda: _text(path, _shown(path)), _shown(path), (path.stem,)) is not _REFUSED:
                yield from (raw.value(at) for at in raw.written)


# ------------------------------------------------------------------ YAML, strictly

FILE_UNKNOWN = Rule(
    "file-unknown",
    "no data file is called '{name}'",
    "Nothing would ever read it, so its facts would be lost without a word.",
    "Rename it to a name that is in use, or move its records into one of the other files.",
    "docs/data/glossary.yml",
    {"name": "glosary.yml"},
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    "the file is {size} kB long",
    "A file of more than {most} kB is too long for people to read, and most likely a mistake.",
    "Take out what was pasted by accident, or make two files of it.",
    "a page of 8 kB",
    {"size": "301", "most": "300"},
)
NOT_UTF_8 = Rule(
    "not-utf-8",
    "the file is not written in UTF-8",
    "Letters such as ’ or ŵ would turn into nonsense on the page.",
    "Save the file again with the encoding UTF-8.",
    "Encoding: UTF-8",
)
LIST_ENDLESS = Rule(
    "list-endless",
    "this list has {count} entries",
    "A list of more than {most} is too long for people to read, and most likely a mistake.",
    "Take out what was pasted by accident.",
    "see: [word-peer, word-carer]",
    {"count": "501", "most": "500"},
)
UNSEEN_CHARACTER = Rule(
    "unseen-character",
    "{place} holds a character that nobody can see: {names}",
    "Unseen characters can turn text round or break it apart.",
    "Delete the text and type it again by hand.",
    "name: Time bank",
    {"place": "'meaning'", "names": "ZERO WIDTH SPACE"},
)
# Pages are told so in the same words.
TWO_VERSIONS = Rule(
    "two-versions",
    "two versions of this place stand here, with marks between them",
    "Two people changed it at once. Both versions, and the marks, would be read as ours.",
    "Keep one, or make one of both. Then take out the lines that begin with <<<<<<<, ======= and >>>>>>>.",
    "name: Time bank",
)
HASH_IN_TEXT = Rule(
    "hash-in-text",
    "'{end}' would be taken for a comment",
    "YAML reads no further than a '#' with a space in front: the rest of the line would be lost.",
    "Put the whole text in quotes. Give a comment a line of its own.",
    'name: "The #1 question"',
    {"end": "#1 question"},
)
NOT_YAML = Rule(
    "not-yaml",
    "this is not YAML: {problem}",
    "Nothing after this place can be read.",
    "Look at this line and the one above it: one may begin too far left or right. Text with a colon goes in quotes.",
    'name: "Care: a guide"',
    {"problem": "a quote mark opens here and never closes"},
)
YAML_SHORTCUT = Rule(
    "yaml-shortcut",
    "the file uses {shortcut}",
    "Such shortcuts hide what a record says from the next person who edits it.",
    "Write the words out in full where they are needed. Text that begins with * or & or ! goes in quotes.",
    'name: "*Our* words"',
    {"shortcut": "an alias (*name)"},
)
NESTED_TOO_DEEP = Rule(
    "nested-too-deep",
    "the file uses more than {most} levels of nesting",
    "No record needs so many, and people would lose their way in them.",
    "Take the inner lists and blocks out. Text that begins with [ or {{ goes in quotes.",
    'name: "[Our] words"',
    {"most": "12"},
)
KEY_NOT_A_WORD = Rule(
    "key-not-a-word",
    "a list or a block stands where a key should be",
    "A key is one word that says what its value is.",
    "Write one word in front of the colon. Text that begins with [ or {{ goes in quotes.",
    'name: "{Our} words"',
)
KEY_TWICE = Rule(
    "key-twice",
    "the key '{key}' stands twice in one block",
    "Only one of the two could be kept, and nobody would see which.",
    "Keep the right one and take the other out.",
    "name: Time bank",
)
DASH_MISSING = Rule(
    "dash-missing",
    "a new record begins here, and the dash before its 'id' is missing",
    "Without the dash two records run into one.",
    "Put a dash and a space before 'id', below the dashes of the other records. Take nothing out.",
    "- id: word-time-bank\n  name: Time bank",
)
VALUE_UNREAL = Rule(
    "value-unreal",
    "'{value}' looks like a date or a number but is not one",
    "We cannot tell what it means.",
    "Write a real date such as 2026-11-22, or put text in quotes.",
    'year: "2013"',
    {"value": "2026-02-30"},
)
NOT_A_DATA_FILE = Rule(
    "not-a-data-file",
    "the file is not made of 'every:' and 'records:'",
    "Without that shape we cannot tell where a record begins.",
    "Start from another file in docs/data/: a block 'every:', then 'records:' with a list of dashes.",
    "records:\n  - id: word-time-bank",
)
KEY_AT_THE_LEFT = Rule(
    "key-at-the-left",
    "'{key}' is not a key that a data file can have",
    "Nothing reads an unknown key, so what it says would be lost without a word.",
    "Put it into 'every:' or into a record. Only those two, 'every:' and 'records:', begin at the left.",
    "records:",
    {"key": "notes"},
)
ID_UNDER_EVERY = Rule(
    "id-under-every",
    "an 'id' stands under 'every:'",
    "An id belongs to one record alone, or links could not tell records apart.",
    "Move it to its record.",
    "records:\n  - id: word-time-bank",
)
NOT_A_RECORD = Rule(
    "not-a-record",
    "this entry of the list is not a record",
    "A record is a block of keys. A bare word or number says nothing about itself.",
    "Write '- id: …' and its keys below it, each on a line of its own.",
    "- id: word-time-bank\n  name: Time bank",
)


@dataclass
class _Raw:
    """What the files say, before anybody asks whether it makes sense.

    A path is the name of a file, the number of a record, then keys and numbers inside it.
    """

    records: dict[str, tuple] = field(default_factory=dict)
    lines: dict[tuple, int] = field(default_factory=dict)
    written: dict[tuple, str] = field(default_factory=dict)  # text or number or date as the writer typed it
    origins: dict[tuple, tuple] = field(default_factory=dict)  # where a value that was handed down stands
    unread: dict[str, str] = field(default_factory=dict)  # what files that could not be read at all hold, by their names
    drawings: dict[str, str] = field(default_factory=dict)  # the text of each drawing of easy words, by its name
    findings: list[Finding] = field(default_factory=list)

    def add(self, path: Path) -> None:
        """Read one file into ``records``; what is wrong with it goes into ``findings``."""
        name, where = path.stem, _shown(path)
        if name not in Facts.model_fields or path.suffix != ".yml":
            near = nearest(name, [*Facts.model_fields, Path(TESTED).stem])
            self.findings.append(FILE_UNKNOWN.finding(where, 0, near=[f"{known}.yml" for known in near], name=path.name))
            self.unread[near[0] if near else name] = _guessed(path)
            return
        content = self.build(lambda: _text(path, where), where, (name,))
        if content is _REFUSED or not self._take(name, where, content):
            self.unread[name] = _guessed(path)

    def build(self, text: Callable[[], str], where: str, path: tuple, above: int = 0, tags: Container[str] = ()) -> Any:
        """Plain values from YAML that begins ``above`` lines down its file, or ``_REFUSED``."""
        try:
            whole = text()
            node = _compose(whole, where, above, tags)
            self.findings += _lost_ends(whole, where, above)
            return _Builder(self, where, above).build(node, path) if node else None
        except _Refused as refused:
            self.findings.append(refused.finding)
            return _REFUSED

    def _take(self, name: str, where: str, content: Any) -> bool:
        """Keep the records of one file; say whether it has the right shape."""
        slips = [
            KEY_AT_THE_LEFT.finding(where, self.line((name, key)), near=near, key=short(key))
            for key in (content if isinstance(content, dict) else ())
            if key not in _AT_THE_LEFT and (near := _meant(key, [other for other in _AT_THE_LEFT if other not in content]))
        ]
        if slips:
            self.findings += slips
            return False
        shape_ok = isinstance(content, dict) and isinstance(content.get("records"), tuple)
        every = content.get("every", {}) if shape_ok else None
        if not isinstance(every, dict):
            self.findings.append(NOT_A_DATA_FILE.finding(where, 1))
            return False
        for key in content.keys() - set(_AT_THE_LEFT):
            self.findings.append(KEY_AT_THE_LEFT.finding(where, self.line((name, key)), key=short(key)))
        if "id" in every:
            self.findings.append(ID_UNDER_EVERY.finding(where, self.line((name, "every", "id"))))
        kept = []
        for index, record in enumerate(content["records"]):
            if isinstance(record, dict):
                kept.append(self._handed_down(record, (name, index), _record_class(name), every, (name, "every")))
            else:
                kept.append(None)
                self.findings.append(NOT_A_RECORD.finding(where, self.line((name, index))))
        self.records[name] = tuple(kept)
        return True

    def _handed_down(self, record: dict, path: tuple, kind: type[Record], base: dict, base_path: tuple) -> dict:
        """``record`` with what it does not say itself taken from ``base``, and so on inside it."""
        self.origins |= {(*path, key): self._origin((*base_path, key)) for key in base.keys() - record.keys()}
        full = {**base, **record}
        inner = {key: full[key] for key in HANDED_DOWN if key in full}

        def inside(value: Any, key: str, *number: int) -> Any:
            nested = _part_at(kind, (key,))
            if isinstance(value, dict) and nested is not kind and issubclass(nested, Record):
                return self._handed_down(value, (*path, key, *number), nested, inner, path)
            return value

        return {
            key: tuple(inside(child, key, i) for i, child in enumerate(value)) if isinstance(value, tuple) else inside(value, key)
            for key, value in full.items()
        }

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every well-formed id that a link may lead to, those of broken records and broken files too.

        To be asked for when all files are read.
        """
        found = {id for text in self.unread.values() for id in _LIKE_AN_ID.findall(text) if is_id(id)}
        waiting: list[Any] = [records for name, records in self.records.items() if name != "withdrawn"]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if id := _meant_id(value):
                    found.add(id)
                waiting.extend(value.values())
            elif isinstance(value, tuple):
                waiting.extend(value)
        return frozenset(found)

    def texts_of_lost(self, valid: Valid) -> Iterator[str]:
        """What stands in files that could not be read, and in records that cannot be used."""
        yield from self.unread.values()
        yield from (text for path, text in self.written.items() if path[1:] and path[1] not in valid.get(path[0], ()))

    def at_home(self, broken: list[Fault]) -> Iterator[Fault]:
        """The faults, each at its own record where the value that breaks a rule was handed down and is right for most."""
        takers = Counter(self.origins.values())
        breakers = Counter((fault.rule, self._origin(fault.path)) for fault in broken)
        for fault in broken:
            origin = self._origin(fault.path)
            if origin != fault.path and 2 * breakers[fault.rule, origin] < takers[origin]:
                handed = next(end for end in range(len(fault.path)) if fault.path[: end + 1] in self.origins)
                fault = fault._replace(path=(*fault.path[:handed], "id"))
            yield fault

    def _origin(self, path: tuple) -> tuple:
        """Where the value at ``path`` was written: elsewhere when it, or what it stands in, was handed down."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.origins:
                return self.origins[path[:end]] + path[end:]
        return path

    def line(self, path: tuple) -> int:
        """The line of the value at ``path``, or of the nearest thing around it."""
        path = self._origin(path)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def as_written(self, path: tuple) -> str | None:
        """The words, number or date at ``path`` as the writer typed it; None for a list or a block."""
        return self.written.get(self._origin(path))

    def value(self, path: tuple) -> Written:
        """The value at ``path``, and the record that it belongs to."""
        record = next((path[:end] for end in range(len(path) - 1, 0, -1) if (*path[:end], "id") in self.written), path[:1])
        last = max(at for at, key in enumerate(path) if isinstance(key, str))
        beside = {key for key in ("source", "where") if (*path[:last], key) in self.written}
        return Written(
            f"docs/data/{path[0]}.yml",
            self.written.get((*record, "id"), ""),
            self.written.get((*record, "name"), ""),
            tuple(key for key in path[len(record) :] if isinstance(key, str)),
            self.written[path],
            (path[last] == "words" and len(beside) == 2) or (path[last] == "names" and "source" in beside) or self._own(path),
        )

    def _own(self, path: tuple) -> bool:
        """Whether the value is words that somebody sent to us, or a name in a framework whose names are quoted."""
        (file, record), inner = (*path, "")[:2], list(path[2:])
        names = self.as_written((file, record, "names")) or self.written.get((file, "every", "names"))
        is_name = inner[0:1] == ["items"] and inner[2:] == ["name"] or inner == ["names"]
        return (file == "changes" and inner == ["suggested", "words"]) or (names == "quoted" and is_name)

    def place(self, path: tuple) -> Place:
        """The file and line of the value at ``path``."""
        return Place(f"docs/data/{path[0]}.yml", self.line(path))

    def finding(self, fault: Fault) -> Finding:
        """A broken rule, with its place."""
        place = self.place(fault.path)
        return fault.at(place.file, place.line)


_LIKE_AN_ID = re.compile(r"""\bid["']? *: *["']?([a-z0-9-]+)""")


def _guessed(path: Path) -> str:
    """What a file that cannot be read most likely says, whatever its encoding."""
    return path.read_bytes().replace(b"\0", b"").decode("utf-8", errors="replace")


def _meant_id(record: dict) -> str:
    """The id of a record, or what its writer most likely meant by it; empty where that cannot be told."""
    keys = "id", *nearest("id", [key for key in record if len(key) <= len("idd")], 1)
    id = next((record[key] for key in keys if isinstance(record.get(key), str)), "")
    shaped = id if is_id(id) else re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")
    return shaped if is_id(shaped) else ""


def _shown(path: Path) -> str:
    return f"docs/data/{path.name}"


def _record_class(name: str) -> type[Record]:
    """The class of the records in the data file ``name``."""
    return get_args(Facts.model_fields[name].annotation)[0]


_REFUSED = object()


class _Refused(Exception):
    """This file cannot be read any further."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def _text(path: Path, where: str, largest: int = LARGEST) -> str:
    """The text of a file.

    :raises _Refused: when it is too large or not UTF-8.
    """
    data = path.read_bytes()
    if len(data) > largest:
        size, most = (f"{-(-length // 1000):,}" for length in (len(data), largest))
        raise _Refused(FILE_TOO_LARGE.finding(where, 0, size=size, most=most))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(NOT_UTF_8.finding(where, data[: error.start].count(b"\n") + 1)) from None


_MARK_OF_VERSIONS = re.compile(r"^(?:<{7} |={7}\r?$|>{7} )", re.M)  # what git writes around them


def two_versions(text: str, where: str, above: int = 0) -> Finding | None:
    """The first mark of two versions that git could not make one of; None where there is none.

    :param above: how many lines of the file stand above ``text``.
    """
    mark = _MARK_OF_VERSIONS.search(text)
    return TWO_VERSIONS.finding(where, above + text.count("\n", 0, mark.start()) + 1) if mark else None


# What YAML refuses, and what it takes for the end of a line although nobody sees one: all later lines would be miscounted.
_UNSEEN = re.compile(rf"{Reader.NON_PRINTABLE.pattern}|[\x85\u2028\u2029]")


def _compose(text: str, where: str, above: int, tags: Container[str] = ()) -> yaml.Node | None:
    """YAML as a tree of nodes, each of which knows its line.

    :param tags: those that may stand in it.
    :raises _Refused: when it is not YAML, or uses what we do not allow.
    """
    if unseen := _UNSEEN.search(text):
        line = above + text.count("\n", 0, unseen.start()) + 1
        raise _Refused(UNSEEN_CHARACTER.finding(where, line, place="the file", names=f"U+{ord(unseen[0]):04X}"))
    if both := two_versions(text, where, above):
        raise _Refused(both)
    try:
        _refuse_cleverness(text, where, above, tags)
        return yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        slip = _not_yaml(error, where, above)
        lost = (end for end in _lost_ends(text, where, above) if slip.line - 1 <= end.line <= slip.line)
        raise _Refused(next(lost, slip)) from None


def _lost_ends(text: str, where: str, above: int) -> Iterator[Finding]:
    """A finding for each comment that shares its line with something else, as '#1' does in 'the #1 garden'."""
    if not re.search(r"^[ \t\r#]*[^\s#][^\n]*#", text, re.M):
        return
    end = None
    with suppress(yaml.YAMLError):  # what is wrong there is told elsewhere
        for token in yaml.scan(text, _Loader):
            header = token.start_mark if getattr(token, "style", None) in ("|", ">") else None
            # A comment stands between two tokens, or behind the mark that begins a block of text.
            for start, stop in ((end, token.start_mark.index), (header, token.end_mark.index)):
                rest = re.match(r"[^\r\n\x85\u2028\u2029]*", text[start.index : stop])[0] if start and start.column else ""
                if "#" in rest:
                    yield HASH_IN_TEXT.finding(where, above + start.line + 1, end=short(rest[rest.index("#") :]))
            end = token.end_mark


# What libyaml says, and what most likely happened.
_IN_PLAIN_WORDS = {
    "mapping values are not allowed": "a colon with a space behind it stands inside text, or this line begins too far right",
    "did not find expected key": "this line does not begin right under its neighbours, or text stands behind a closing quote mark",
    "found a tab": "a line begins with a tab",
    "cannot start any token": "a line begins with a tab, or a value with a sign such as @ or % or `",
    "unknown escape character": "a backslash stands in double quotes, where it has a meaning of its own",
    "expected hexdecimal number": "a backslash stands in double quotes, where it has a meaning of its own",
    "invalid Unicode character escape": "a backslash stands in double quotes, where it has a meaning of its own",
    "undefined tag handle": "a value begins with !",
    "ing a tag:": "a value begins with !",
    "directive": "a line begins with %",
    "unexpected ':'": "a colon stands inside brackets",
    "expected node content": "a value begins with a sign such as } or ] or ,",
    "an indentation indicator": "something stands behind | or > on one line",
    "unexpected document indicator": "a quote mark opens here and never closes",
    "expected alphabetic or numeric character": "a value begins with & or *",
    "entries are not allowed": "a dash begins a list on the same line as something else",
    "mapping keys are not allowed": "a question mark stands where no key can be",
    "expected comment or line break": "something stands behind | or > on one line",
    "expected <document start>": "text stands at the left where a key should be, or after the end of it all",
    "could not find expected ':'": "a line has words but no key with a colon",
    "did not find expected '-' indicator": "a line begins too far left, or an entry of a list lacks its dash",
    "found unexpected end of stream": "a quote mark opens here and never closes",
    "did not find expected ',' or": "a bracket opens here and never closes",
    "found another document": "three dashes begin a second text in this file",
}


# What to do, where that can be told better than in the rule.
_FIXES = {
    "found a tab": "Begin lines with spaces, never with tabs: two for each step to the right.",
    "cannot start any token": "Begin lines with spaces, never with tabs. Put text that begins with a sign in quotes.",
    "ing a tag:": "Put the whole text in quotes.",
    "escape": "Write two backslashes in place of one, or put the text in single quotes.",
    "expected hexdecimal number": "Write two backslashes in place of one, or put the text in single quotes.",
    "undefined tag handle": "Put the whole text in quotes.",
    "expected alphabetic or numeric character": "Put the whole text in quotes.",
}


def _not_yaml(error: yaml.YAMLError, where: str, above: int) -> Finding:
    # A quote or a bracket that is never closed is noticed far below the place where it opens.
    open_ended = re.search("quoted|flow", getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if open_ended else "problem_mark", None)
    problem = f"{getattr(error, 'context', None)}: {getattr(error, 'problem', None)}"
    plain = next((words for said, words in _IN_PLAIN_WORDS.items() if said in problem), "something is out of place here")
    fix = next((words for said, words in _FIXES.items() if said in problem), "")
    return NOT_YAML.finding(where, above + (mark.line + 1 if mark else 1), problem=plain, fix=fix)


def _refuse_cleverness(text: str, where: str, above: int, allowed: Container[str] = ()) -> None:
    """Refuse anchors, aliases, tags and deep nesting: they hide facts, run code or never end.

    :param allowed: tags that may stand there all the same.
    """
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = above + event.start_mark.line + 1
        if depth > DEEPEST:
            raise _Refused(NESTED_TOO_DEEP.finding(where, line, most=DEEPEST))
        shortcut = (
            "an alias (*name)"
            if isinstance(event, yaml.AliasEvent)
            else "an anchor (&name)"
            if getattr(event, "anchor", None)
            else f"the tag {short(event.tag)}"
            if getattr(event, "tag", None) and event.tag not in allowed
            else None
        )
        if shortcut:
            raise _Refused(YAML_SHORTCUT.finding(where, line, shortcut=shortcut))


class _Builder:
    """Plain values from YAML nodes. Lists become tuples, so that the model can be frozen."""

    def __init__(self, raw: _Raw, where: str, above: int) -> None:
        self.raw, self.where, self.above = raw, where, above
        self.scalars = SafeConstructor()

    def build(self, node: yaml.Node, path: tuple) -> Any:
        self.raw.lines[path] = self._line(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            # The records themselves, whose path is the name of the file alone, may be as many as the file can hold.
            if len(node.value) > MOST_ENTRIES and len(path) > 1:
                raise _Refused(LIST_ENDLESS.finding(self.where, self._line(node), count=len(node.value), most=MOST_ENTRIES))
            entries = (part for child in node.value for part in self._apart(child))
            return tuple(self.build(entry, (*path, index)) for index, entry in enumerate(entries))
        self.raw.written[path] = node.value
        return self._scalar(node)

    def _apart(self, entry: yaml.Node) -> list[yaml.Node]:
        """An entry of a list; or the records that were meant, where it has more than one id, with keys between them."""
        pairs = entry.value if isinstance(entry, yaml.MappingNode) else []
        ids = [at for at, (key, _) in enumerate(pairs) if key.value == "id"]
        begins = [at for before, at in pairwise(ids) if at - before > 1]
        if not begins:
            return [entry]
        self.raw.findings += [DASH_MISSING.finding(self.where, self._line(pairs[at][0])) for at in begins]
        parts = (pairs[first:end] for first, end in pairwise((0, *begins, len(pairs))))
        return [yaml.MappingNode(entry.tag, part, part[0][0].start_mark, entry.end_mark) for part in parts]

    def _line(self, node: yaml.Node) -> int:
        return self.above + node.start_mark.line + 1

    def _mapping(self, node: yaml.MappingNode, path: tuple) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise _Refused(KEY_NOT_A_WORD.finding(self.where, line))
            key = key_node.value
            if key in content:
                self.raw.findings.append(KEY_TWICE.finding(self.where, line, key=short(key)))
            # The list of records is left out of paths, so that they match the model's.
            inner = path if len(path) == 1 and key == "records" else (*path, key)
            content[key] = self.build(value_node, inner)
            if inner != path:
                self.raw.lines[inner] = line
        return content

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.scalars.construct_object(node)
        except (ConstructorError, ValueError, OverflowError):
            raise _Refused(VALUE_UNREAL.finding(self.where, self._line(node), value=short(node.value))) from None


# --------------------------------------------------------------- records, strictly

KEY_MISSING = Rule(
    "key-missing",
    "the key '{key}' is missing",
    "The page has a place for it that would be empty.",
    "Add a line '{key}: …' to {around}.",
    "meaning: People swap hours of help.",
    {"key": "meaning", "around": "this record, or to 'every:' if it holds for all of them"},
)
KEY_UNKNOWN = Rule(
    "key-unknown",
    "'{key}' is not a key that can stand here",
    "Our pages and checks do not know it, so what it says would be lost without a word.",
    "Use one of these: {known}.",
    "owner: The editors",
    {"key": "ownr", "known": "title, description, reading, updated, easy_read, reviewed, review_by and others"},
)
WORD_UNKNOWN = Rule(
    "word-unknown",
    "{said} cannot stand under '{key}'",
    "Pages and checks know only certain words here.",
    "Use one of these: {known}.",
    "use: neutral",
    {"key": "use", "said": "'prefered'", "known": "preferred, neutral, old, legal"},
)
VALUE_EMPTY = Rule(
    "value-empty",
    "'{key}' cannot be used: it is empty",
    "An empty text would leave a hole in the page.",
    "Write the text, or take the key out.",
    "name: Time bank",
)
COLON_IN_ENTRY = Rule(
    "colon-in-entry",
    "an entry of '{key}' should be text, but the colon makes '{said}' a key",
    "No page could show a key here.",
    "Put the whole entry in quotes: {quoted}",
    '- "Note: bring a friend"',
    {"key": "also", "said": "Note", "quoted": '"Note: bring a friend"'},
)
QUOTES_MISSING = Rule(
    "quotes-missing",
    "'{key}' should be text, but {said}",
    "YAML reads bare yes, no, numbers and dates as something other than text, and a page would show the wrong thing.",
    "Put it in quotes if you mean the words: {key}: {quoted}",
    'year: "2013"',
    {"said": "'2013' is a number", "key": "year", "quoted": '"2013"'},
)
NOT_TEXT = Rule(
    "not-text",
    "'{key}' should be text, but {said}",
    "The page could not show it.",
    "Write the words behind the colon, with no brackets, dashes or keys.",
    "name: Time bank",
    {"said": "it is a list"},
)
NOT_A_DATE = Rule(
    "not-a-date",
    "'{key}' should be a date such as 2026-11-22, but {said}",
    "The page could not show it.",
    "Write a date such as 2026-11-22.",
    "reviewed: 2026-11-22",
    {"key": "reviewed", "said": "'22 November 2026' is text"},
)
NOT_YES_OR_NO = Rule(
    "not-yes-or-no",
    "'{key}' should be true or false, but {said}",
    "The page could not show it.",
    "Write true or false.",
    "main: true",
    {"key": "main", "said": "'perhaps' is text"},
)
NOT_A_NUMBER = Rule(
    "not-a-number",
    "'{key}' should be a whole number, but {said}",
    "The page could not show it.",
    "Write a whole number in digits, without quotes.",
    "pages: 14",
    {"key": "pages", "said": "'many' is text"},
)
NOT_A_LIST = Rule(
    "not-a-list",
    "'{key}' should be a list, but {said}",
    "The page could not show it.",
    "Write a list: one entry on each line, each with a dash in front.",
    "also:\n  - time credits",
    {"key": "also", "said": "'time credits' is text"},
)
NOT_A_BLOCK = Rule(
    "not-a-block",
    "'{key}' should be a block of keys, each on a line of its own, but {said}",
    "The page could not show it.",
    "Write a block of keys, each on a line of its own.",
    "ask:\n  name: A person to talk to",
    {"key": "ask", "said": "'yes' is yes or no"},
)
LIST_TOO_SHORT = Rule(
    "list-too-short",
    "'{key}' cannot be used: it needs {least} at least",
    "A shorter list would leave a hole in the page.",
    "Add an entry, or take the key out.",
    "uses:\n  - Ask each person where they think you stand.",
    {"key": "uses", "least": "an entry"},
)
ID_MISSHAPEN = Rule(
    "id-misshapen",
    "'{key}' cannot be used: {said}",
    "An id is part of an address that must work for years.",
    f"Use small letters, digits and hyphens, {LONGEST_ID} at most, beginning with the kind: word-reciprocity.",
    "id: word-time-bank",
    {"key": "id", "said": "'Time bank' is not of the right form"},
)
ADDRESS_MISSHAPEN = Rule(
    "address-misshapen",
    "'{key}' cannot be used: {said}",
    "Readers could not follow it, or it could do harm.",
    "Use a whole address that begins with https:// and has no spaces.",
    "url: https://your-group.example/paper",
    {"key": "url", "said": "'www.your-group.example' is not of the right form"},
)
MONTH_MISSHAPEN = Rule(
    "month-misshapen",
    "'{key}' should be a month or a day, but {said}",
    "Readers must know when the words were last compared.",
    'Write it in quotes: "2026-11", or "2026-11-22".',
    'checked: "2026-11-22"',
    {"key": "checked", "said": "'Nov 2026' is not of the right form"},
)
CRITERION_MISSHAPEN = Rule(
    "criterion-misshapen",
    "'{key}' cannot be used: {said}",
    "Whoever wants to know more looks it up by its number.",
    "Write the number that WCAG gives it, in quotes.",
    'criterion: "1.4.10"',
    {"key": "criterion", "said": "'1.4' is not of the right form"},
)
PICTURE_MISSHAPEN = Rule(
    "picture-misshapen",
    "'{key}' cannot be used: {said}",
    "A picture is found by its name.",
    "Name a drawing in docs/assets/easy/ without its ending, such as ladder-top.",
    "picture: ladder-top",
    {"key": "picture", "said": "'Ladder.svg' is not of the right form"},
)
VERSION_MISSHAPEN = Rule(
    "version-misshapen",
    "'{key}' cannot be used: {said}",
    "It proves which words were checked.",
    "Copy the eight characters that the page for checking shows, in quotes.",
    'words: "3f9a01bc"',
    {"key": "words", "said": "'3F9A' is not of the right form"},
)
PAGE_MISSHAPEN = Rule(
    "page-misshapen",
    "'{key}' cannot be used: {said}",
    "The record's permanent link leads to this page.",
    f"Name a file inside docs/, such as ladder.md or models/scie.md, with {LONGEST_PATH} letters at most.",
    "home: words.md",
    {"key": "home", "said": "'words' is not of the right form"},
)
TEXT_ENDLESS = Rule(
    "text-endless",
    "'{key}' has {count} letters and spaces",
    "A text of more than {most} is too long to take in, and most likely a mistake.",
    "Take out what was pasted by accident, or split the text.",
    "plain: A tool to dig with.",
    {"key": "plain", "count": "3,999", "most": "2,000"},
)
VALUE_UNFIT = Rule(
    "value-unfit",
    "'{key}' cannot be used: {said}",
    "The page could not show it.",
    "Look at other records in this file.",
    "pages: 14",
    {"key": "pages", "said": "Input should be greater than or equal to 0"},
)


def _records(raw: _Raw, name: str) -> Iterator[tuple[int, Record]]:
    """The valid records of one file and their numbers; each broken one leaves its findings in ``raw``."""
    whole = "this record, or to 'every:' if it holds for all of them"
    for index, content in enumerate(raw.records.get(name, ())):
        if content is None:
            continue
        kind = _record_class(name)
        try:
            yield index, kind.model_validate(content, context=raw.drawings)
        except ValidationError as error:
            problems = _problems(error, kind)
            for problem in problems:
                path = (name, index, *problem["loc"])
                raw.findings.append(raw.finding(_fault(path, kind, problem, raw.as_written(path), whole)))
            if all(problem["type"] == "extra_forbidden" for problem in problems):
                # With no other slip than in its keys, it can be checked as it was meant.
                with suppress(ValidationError):
                    meant = {problem["loc"]: problem.get("meant") for problem in problems}
                    yield index, kind.model_validate(_as_meant(content, meant), context=raw.drawings)
                    continue
            # The rules between records see valid ones only; where this one leads can be told all the same.
            dead = (dead_reference(path, id, raw.ids) for path, id in _references((name, index), content))
            raw.findings += [raw.finding(fault) for fault in dead if fault]


def _references(path: tuple, value: Any) -> Iterator[tuple[tuple, str]]:
    """Every id that the content of a record points to, with its path."""
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(child, (dict, tuple)):
            yield from _references((*path, key), child)
        elif isinstance(child, str) and (key in LEADS_TO or path[-1] == "see"):
            yield (*path, key), child


def _as_meant(value: Any, meant: Mapping[tuple, str | None], at: tuple = ()) -> Any:
    """The same content with the keys that were ``meant`` in place of unknown ones, and without those that nobody can guess."""
    if isinstance(value, tuple):
        return tuple(_as_meant(child, meant, (*at, number)) for number, child in enumerate(value))
    if not isinstance(value, dict):
        return value
    named = {key: meant.get((*at, key), key) for key in value}
    kept = {key for key in value if named[key] == key or (named[key] and named[key] not in value)}
    return {named[key]: _as_meant(child, meant, (*at, key)) for key, child in value.items() if key in kept}


def _problems(error: ValidationError, model: type[BaseModel]) -> list[dict[str, Any]]:
    """What pydantic found, each slip once.

    Left out are lists that it calls too short because their entries are broken, and keys that it calls missing because
    they are misspelt. Where a key is misspelt, ``meant`` is the right one.
    """
    found = error.errors(include_url=False)
    places = {problem["loc"] for problem in found}
    missing = {problem["loc"] for problem in found if problem["type"] == "missing"}
    for problem in found:
        *around, key = problem["loc"] or ("",)
        if problem["type"] == "extra_forbidden":
            lacking = [other[-1] for other in missing if list(other[:-1]) == around]
            known = [other for other in _part_at(model, tuple(around)).model_fields if other not in lacking]
            for meant in nearest(key, lacking, 1) or nearest(key, known, 1):
                problem["meant"] = meant
                missing.discard((*around, meant))

    def only_because(problem: dict[str, Any]) -> bool:
        loc = problem["loc"]
        return problem["type"] == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in places)

    return [
        problem for problem in found if not only_because(problem) and (problem["type"] != "missing" or problem["loc"] in missing)
    ]


# The rule behind an error of pydantic, by the name that pydantic gives it, or the model.
_RULES = {
    "date_type": NOT_A_DATE,
    "bool_type": NOT_YES_OR_NO,
    "int_type": NOT_A_NUMBER,
    "tuple_type": NOT_A_LIST,
    "dict_type": NOT_A_BLOCK,
    "model_type": NOT_A_BLOCK,
    "id": ID_MISSHAPEN,
    "url": ADDRESS_MISSHAPEN,
    "month": MONTH_MISSHAPEN,
    "criterion": CRITERION_MISSHAPEN,
    "picture": PICTURE_MISSHAPEN,
    "fingerprint": VERSION_MISSHAPEN,
    "page": PAGE_MISSHAPEN,
}
MOST_KEYS = 12  # that are told to somebody who needs one of them


def _fault(path: tuple, part: type[BaseModel], problem: dict[str, Any], written: str | None, whole: str) -> Fault:
    """One error of pydantic, as the rule that is broken.

    :param path: leads to the value.
    :param written: the value as its writer typed it, or None for a list or a block.
    :param whole: what a missing key would be added to.
    """
    kind, loc, value = problem["type"], problem["loc"], problem["input"]
    keys = [short(step) for step in loc if isinstance(step, str)]
    key = keys[-1] if keys else "record"
    around = _part_at(part, loc[:-1])
    if kind == "missing":
        lacking = f"'{keys[-2]}'" if len(keys) > 1 else "this record" if key == "id" else whole
        return KEY_MISSING.fault(path, why=_purpose(around, key), example=_good_line(around, key), key=key, around=lacking)
    if kind == "extra_forbidden":
        meant = problem.get("meant", "")
        near = [f"'{meant}'"] if meant else []
        return KEY_UNKNOWN.fault(path, near=near, example=_example(around, meant), key=key, known=_own_keys_first(around))
    if kind == "literal_error" and written != "":
        known, said = _choices(problem), _named(value, written)
        near = _meant(written or "", known)
        return WORD_UNKNOWN.fault(path, near=near, example=_example(around, key), key=key, said=said, known=", ".join(known))
    if kind == "empty" or written == "":
        known = _choices(problem)
        fix = f"Use one of these: {', '.join(known)}." if known else _RULES[kind].fix if kind in _RULES else ""
        return VALUE_EMPTY.fault(path, fix=fix, example=_example(around, key), key=key)
    if kind == "too_short":
        least = problem["ctx"]["min_length"]
        return LIST_TOO_SHORT.fault(path, key=key, least="an entry" if least == 1 else f"{least} entries")
    if kind == "unseen":
        return UNSEEN_CHARACTER.fault(path, place=f"'{key}'", names=short(problem["ctx"]["names"]))
    if kind == "endless":
        return TEXT_ENDLESS.fault(path, key=key, count=f"{problem['ctx']['count']:,}", most=f"{LONGEST_TEXT:,}")
    if kind == "string_type":
        return _not_text(path, key, value, written, month=_is_month(around, key))
    if kind not in _RULES:
        return VALUE_UNFIT.fault(path, key=key, said=problem["msg"])
    said = _as_it_is(value, written) if kind.endswith("_type") else f"{_named(value, written)} is not of the right form"
    return _RULES[kind].fault(path, example=_example(around, key), key=key, said=said)


def _choices(problem: dict[str, Any]) -> list[str]:
    """The words that can stand here, where only certain words can."""
    if problem["type"] != "literal_error":
        return []
    words = [word.strip("' ") for word in problem["ctx"]["expected"].replace(" or ", ", ").split(",")]
    return [_IN_YAML.get(word, word) for word in words]


def _not_text(path: tuple, key: str, value: Any, written: str | None, month: bool) -> Fault:
    """Something else stands where text should."""
    said = _as_it_is(value, written)
    if isinstance(value, dict) and value and isinstance(path[-1], int):
        before, after = next(iter(value.items()))
        line = f"{before}: {after}" if isinstance(after, str) else f"{before}: …"
        return COLON_IN_ENTRY.fault(path, key=key, said=short(before), quoted=_in_quotes(line))
    if written is None:
        return NOT_TEXT.fault(path, key=key, said=said)
    if month:
        begins = re.match(r"20[0-9]{2}-[0-9]{2}(-[0-9]{2})?", written)
        fix = f'Write it in quotes: {key}: "{begins[0]}"' if begins else ""
        return MONTH_MISSHAPEN.fault(path, fix=fix, key=key, said=said)
    return QUOTES_MISSING.fault(path, key=key, said=said, quoted=_in_quotes(written))


def _meant(name: str, known: Iterable[str]) -> list[str]:
    """The name that was most likely meant, in quotes, if any is like it."""
    return [f"'{near}'" for near in nearest(name, known, count=1)]


def _own_keys_first(part: type[BaseModel]) -> str:
    """Some keys that ``part`` can have; those that every record can have come last."""
    keys = sorted(part.model_fields, key=lambda key: key in Record.model_fields)
    return ", ".join(keys[:MOST_KEYS]) + (" and others" if len(keys) > MOST_KEYS else "")


def _as_it_is(value: Any, written: str | None) -> str:
    """What a value of the wrong kind is."""
    named = _named(value, written)
    return f"it is {named}" if written is None else f"{named} is {_kind_in_words(value)}"


def _kind_in_words(value: Any) -> str:
    names = {
        bool: "yes or no",
        int: "a number",
        float: "a number",
        str: "text",
        type(None): "nothing",
        datetime: "a date with a time",
    }
    return names.get(type(value), "a date")


def _named(value: Any, written: str | None) -> str:
    """A value as its writer would know it."""
    if written is not None:
        return f"'{short(written)}'"
    return "a list" if isinstance(value, tuple) else "a block of keys"


def _in_quotes(text: str) -> str:
    return json.dumps(short(text), ensure_ascii=False)


def _part_at(model: type[BaseModel], loc: tuple) -> type[BaseModel]:
    """The class of the part that the path ``loc`` leads to, from ``model``."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _is_month(part: type[BaseModel], key: str) -> bool:
    """Whether ``key`` asks for a month or a day in quotes."""
    return key in part.model_fields and get_args(Checked)[1] in part.model_fields[key].metadata


@cache
def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


_IN_YAML = {"True": "true", "False": "false"}
# What may stand behind a key, where its name alone does not tell.
_GOOD_VALUES = {
    "id": "word-time-bank",
    "name": "Time bank",
    "meaning": "People swap hours of help.",
    "title": "The ladder",
    "description": "Six steps from being told to sharing the say.",
    "owner": "The editors",
    "home": "words.md",
    "source": "source-scie-guide",
    "where": "Page 2",
    "year": '"2013"',
    "checked": '"2026-11-22"',
    "criterion": '"1.4.10"',
    "picture": "ladder-top",
    "site_name": "The garden",
    "email": "hello@garden.org.uk",
}


def _good_line(part: type[BaseModel], key: str) -> str:
    """A line that fills ``key``; where nobody can tell what with, its shape."""
    kind = part.model_fields[key].annotation if key in part.model_fields else None
    if get_origin(kind) is tuple:
        return f"{key}:\n  - …"
    if get_origin(kind) is Literal:
        first = str(get_args(kind)[0])
        return f"{key}: {_IN_YAML.get(first, first)}"
    return f"{key}: {_GOOD_VALUES.get(key) or {date: '2026-11-22', bool: 'true', int: '14'}.get(kind, '…')}"


def _example(part: type[BaseModel], key: str) -> str:
    """A line that fills ``key``; nothing where nobody can tell what with, so that a rule shows its own."""
    line = _good_line(part, key)
    return "" if "…" in line else line


def _purpose(part: type[BaseModel], key: str) -> str:
    info = part.model_fields.get(key)
    return f"It says: {info.description}" if info and info.description else ""


# --------------------------------------------------------------- pages


def page_text(path: Path, where: str, largest: int = LARGEST_PAGE) -> str:
    """The text of a page, with one kind of line end.

    :param where: the file's name as a finding shows it.
    :raises Unreadable: when it is too large or not UTF-8.
    """
    try:
        return _text(path, where, largest).replace("\r\n", "\n")
    except _Refused as refused:
        raise Unreadable([refused.finding]) from None


_P = TypeVar("_P", bound=Part)


def front_matter(text: str, where: str, part: type[_P]) -> tuple[_P, dict[str, int]]:
    """The front matter of a page as a ``part`` of the model, and the line of each key.

    :param text: the YAML between the two lines of dashes, the first of which is line 1.
    :raises Unreadable: with every finding.
    """
    return _part(lambda: text, where, part, "the front matter", above=1)


def word_list(path: Path, where: str) -> Terms:
    """The list of today's terms.

    :param where: the file's name as a finding shows it.
    :raises Unreadable: with every finding.
    """
    return _part(lambda: _text(path, where), where, Terms, "the file")[0]


def _part(
    text: Callable[[], str], where: str, part: type[_P], whole: str, above: int = 0, tags: Container[str] = ()
) -> tuple[_P, dict[str, int]]:
    """YAML that holds one ``part`` of the model and nothing else, and the line of each of its keys.

    :param whole: what a missing key would be added to.
    :param above: how many lines of the file stand above it.
    :param tags: those that may stand in it.
    :raises Unreadable: with every finding.
    """
    raw = _Raw()
    content = raw.build(text, where, (), above, tags)
    if content is not _REFUSED:
        try:
            made = part.model_validate({} if content is None else content)
            if not raw.findings:
                return made, {path[0]: line for path, line in raw.lines.items() if len(path) == 1}
        except ValidationError as error:
            for problem in _problems(error, part):
                path = problem["loc"]
                raw.findings.append(_fault(path, part, problem, raw.as_written(path), whole).at(where, raw.line(path)))
    raise Unreadable(sorted(set(raw.findings)))


# --------------------------------------------------------------- settings

SETTINGS = "mkdocs.yml"
_TAGS_OF_SETTINGS = ("!ENV",)  # the engine knows others, and some of them run code


def settings(root: Path, part: type[_P]) -> _P:
    """The settings of the site as a ``part`` of the model, without the engine, whose file they are in.

    :raises Unreadable: with every finding.
    """
    return _part(lambda: _text(root / SETTINGS, SETTINGS), SETTINGS, part, "the settings", tags=_TAGS_OF_SETTINGS)[0]


@dataclass(frozen=True)
class Menu:
    """Which pages the menu in ``mkdocs.yml`` leads to, and which are left out of it on purpose."""

    lines: dict[str, int]  # of each page that it names, by its path inside docs/
    left_out: str  # patterns as those of .gitignore, one on each line
    left_out_line: int  # where they begin


def menu(root: Path) -> Menu | None:
    """Read the menu from the settings, whatever else is wrong with them; None where there is none, and every page is in it.

    :raises Unreadable: when the file is not YAML.
    """
    try:
        whole = _compose(_text(root / SETTINGS, SETTINGS), SETTINGS, 0, _TAGS_OF_SETTINGS)
    except _Refused as refused:
        raise Unreadable([refused.finding]) from None
    pairs = whole.value if isinstance(whole, yaml.MappingNode) else []
    entries = {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}
    if "nav" not in entries:
        return None
    lines: dict[str, int] = {}
    waiting = [entries["nav"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            lines.setdefault(node.value, node.start_mark.line + 1)
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        else:
            waiting += node.value
    left_out = entries.get("not_in_nav")
    if not isinstance(left_out, yaml.ScalarNode):
        return Menu(lines, "", 0)
    return Menu(lines, left_out.value, left_out.start_mark.line + 1)


# --------------------------------------------------------------- JSON Schema

SCHEMA_STALE = Rule(
    "schema-stale",
    "the schema no longer matches the model",
    "Editors would complain about good data and accept bad data.",
    "Run: python3 scripts/check.py --write-schemas",
    '"title": "docs/data/law.yml"',
)
SCHEMA_NOT_NAMED = Rule(
    "schema-not-named",
    "the first line does not name the file's schema",
    "With it, editors complete keys and point out slips while you type.",
    "Make this the first line: {wanted}",
    "# yaml-language-server: $schema=schemas/glossary.json",
    {"wanted": "# yaml-language-server: $schema=schemas/glossary.json"},
)


_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """JSON Schema of each data file, as text, by file name.

    Editors use them to complete and check while somebody types. What a record may
    take from ``every`` or from the record around it is not required of it here.
    """
    terms = {"$schema": _DIALECT, "title": "docs/data/words/terms.yml", **TypeAdapter(Terms).json_schema()}
    return {**{f"{name}.json": _schema(name) for name in Facts.model_fields}, "terms.json": _as_text(terms)}


@cache
def _schema(name: str) -> str:
    record_class = _record_class(name)
    schema = TypeAdapter(record_class).json_schema()
    parts = {**schema.pop("$defs", {}), record_class.__name__: schema}
    every = {key: value for key, value in schema["properties"].items() if key != "id"}
    for part in parts.values():
        if "id" in part["properties"]:
            part["required"] = [key for key in part["required"] if key not in HANDED_DOWN]
    schema["required"] = ["id"]
    for key, value in schema["properties"].items():
        if key == "id":
            value["description"] = f"Permanent, never reused. Begins with {' or '.join(f'{k}-' for k in record_class.kinds)}"
    whole = {
        "$schema": _DIALECT,
        "title": f"docs/data/{name}.yml",
        "type": "object",
        "additionalProperties": False,
        "required": ["records"],
        "properties": {
            "every": {
                "type": "object",
                "description": "Said once for every record of this file. A record may say otherwise.",
                "additionalProperties": False,
                "properties": every,
            },
            "records": {"type": "array", "items": {"$ref": f"#/$defs/{record_class.__name__}"}},
        },
        "$defs": parts,
    }
    return _as_text(whole)


def _as_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_findings(folder: Path) -> list[Finding]:
    """What is wrong with the committed schemas, and with the line that names them in each data file."""
    found = []
    for name, text in schemas().items():
        path = folder / "schemas" / name
        if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
            found.append(SCHEMA_STALE.finding(f"docs/data/schemas/{name}", 0))
    for path in _data_files(folder):
        wanted = f"# yaml-language-server: $schema=schemas/{path.stem}.json"
        if path.stem in Facts.model_fields and _guessed(path).lstrip("\ufeff\ufffd").partition("\n")[0].rstrip() != wanted:
            found.append(SCHEMA_NOT_NAMED.finding(_shown(path), 1, wanted=wanted))
    return found


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas beside the data files in ``folder``."""
    target = folder / "schemas"
    target.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
