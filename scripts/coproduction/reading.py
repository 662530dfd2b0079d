"""From the YAML files in ``docs/data/`` to the model, or to findings.

Every file is one mapping with two keys: ``records``, a list, and ``every``, what
is said once for all of them. A record takes from ``every`` what it does not say
itself; a record inside a record takes where its words come from, and its dates,
from the one around it. Nothing is guessed and nothing is dropped: a doubled key,
an unknown key or a value of the wrong kind is a finding with its true line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.reader import Reader

from coproduction.findings import Finding
from coproduction.model import LEADS_TO, Facts, Fault, Month, Part, Record, Tested, dead_reference, faults, is_id, nearest

_AT_THE_LEFT = ("every", "records")
HANDED_DOWN = ("status", "sources", "grade", "reviewed", "review_by", "home")
TESTED = "tested.yml"  # what the tests write; every other data file holds records
DEEPEST = 12
LARGEST = 1_000_000  # bytes

# libyaml is ten times faster where the wheel has it; both read the same YAML 1.1.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Where a record stands: a file, relative to the project's folder, and a line from 1."""

    file: str
    line: int


@dataclass(frozen=True, eq=False)
class Library:
    """The facts, the place of each id, and what was tested."""

    facts: Facts
    places: dict[str, Place]
    tested: Tested | None = None


class Unreadable(Exception):
    """The data cannot be used. ``findings`` says all that is wrong."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} findings in the data")


def read(folder: Path) -> Library:
    """Read every data file in ``folder``.

    The answer is kept until a file changes, because one engine asks again for each page.

    :raises Unreadable: with every finding of every file.
    """
    return _read(tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in _data_files(folder)))


def _data_files(folder: Path) -> list[Path]:
    """The files that hold facts or seem to. What an editor keeps beside them begins with a dot."""
    return sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() in (".yml", ".yaml") and path.is_file())


@lru_cache(maxsize=2)
def _read(stamp: tuple[tuple[str, int, int], ...]) -> Library:
    raw = _Raw()
    tested = None
    for name, _, _ in stamp:
        if Path(name).name == TESTED:
            tested = _tested(Path(name), raw)
        else:
            raw.add(Path(name))
    if "accessibility" in raw.records and not any(Path(name).name == TESTED for name, _, _ in stamp):
        raw.findings.append(_NOT_TESTED)
    # By their number in the file: a fault counts valid records only, but its line must be the true one.
    valid = {name: dict(_records(raw, name)) for name in Facts.model_fields}
    numbers = {name: tuple(records) for name, records in valid.items()}
    content = {name: tuple(records.values()) for name, records in valid.items()}
    partly = frozenset(name for name in content if name in raw.unread or len(content[name]) < len(raw.records.get(name, ())))
    broken = []
    for fault in faults(Facts.model_construct(**content), frozenset(raw.ids()), partly):
        name, index, *inner = fault.path
        broken.append(raw.finding(fault._replace(path=(name, numbers[name][index], *inner))))
    raw.findings += _told_once(broken)
    if raw.findings:
        raise Unreadable(sorted(set(raw.findings)))
    facts = Facts(**content)
    return Library(facts, {record.id: raw.place(path) for path, record in facts.records}, tested)


_NOT_TESTED = Finding(
    f"docs/data/{TESTED}",
    0,
    "the record of what was tested is missing",
    "The accessibility statement prints it, and must not make it up.",
    "Get the file back from the repository, then run: python3 scripts/test.py --record",
)


def _tested(path: Path, raw: _Raw) -> Tested | None:
    """The record of the last whole run of the tests; what is wrong with it goes into the findings of ``raw``."""
    where = _shown(path)
    try:
        record, _ = _part(lambda: _text(path, where), where, Tested, "the file")
    except Unreadable as error:
        anew = "Or get the file back from the repository: the tests write it, and no person need change it."
        raw.findings += [replace(found, fix=f"{found.fix} {anew}") for found in error.findings]
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
        some = " and ".join([*(f"'{subject}'" for subject, _ in others[:2]), *([f"{len(others) - 2} more"] if others[2:] else [])])
        told.append(replace(first, what=f"{first.what}; so it is with {some}") if others else first)
    return told


# ------------------------------------------------------------------ YAML, strictly


@dataclass
class _Raw:
    """What the files say, before anybody asks whether it makes sense.

    A path is the name of a file, the number of a record, then keys and numbers inside it.
    """

    records: dict[str, tuple] = field(default_factory=dict)
    lines: dict[tuple, int] = field(default_factory=dict)
    written: dict[tuple, str] = field(default_factory=dict)  # text or number or date as the writer typed it
    origins: dict[tuple, tuple] = field(default_factory=dict)  # where a value that was handed down stands
    unread: set[str] = field(default_factory=set)  # names of files that could not be read at all
    lost: set[str] = field(default_factory=set)  # what look like ids in them
    findings: list[Finding] = field(default_factory=list)

    def add(self, path: Path) -> None:
        """Read one file into ``records``; what is wrong with it goes into ``findings``."""
        name, where = path.stem, _shown(path)
        if name not in Facts.model_fields or path.suffix != ".yml":
            near = nearest(name, Facts.model_fields) or sorted(Facts.model_fields)
            self.findings.append(
                Finding(
                    where,
                    0,
                    f"no data file is called '{path.name}'",
                    "Nothing would ever read it, so its facts would be lost without a word.",
                    f"Rename it. The nearest names are: {', '.join(f'{known}.yml' for known in near)}.",
                )
            )
            return
        content = self.build(lambda: _text(path, where), where, (name,))
        if content is _REFUSED or not self._take(name, where, content):
            self.unread.add(name)
            words = re.findall(r"\bid: *([a-z0-9-]+)", path.read_text(encoding="utf-8", errors="replace"))
            self.lost |= {word for word in words if is_id(word)}

    def build(self, text: Callable[[], str], where: str, path: tuple, above: int = 0) -> Any:
        """Plain values from YAML that begins ``above`` lines down its file, or ``_REFUSED``."""
        try:
            whole = text()
            node = _compose(whole, where, above)
            self.findings += _lost_ends(whole, where, above)
            return _Builder(self, where, above).build(node, path) if node else None
        except _Refused as refused:
            self.findings.append(refused.finding)
            return _REFUSED

    def _take(self, name: str, where: str, content: Any) -> bool:
        """Keep the records of one file; say whether it has the right shape."""
        slips = [
            Finding(
                where,
                self.line((name, key)),
                f"'{key}' is not a key that a data file can have",
                "Without 'every:' and 'records:' we cannot tell where a record begins.",
                f"Did you mean '{near[0]}'?",
            )
            for key in (content if isinstance(content, dict) else ())
            if key not in _AT_THE_LEFT and (near := nearest(key, [other for other in _AT_THE_LEFT if other not in content]))
        ]
        if slips:
            self.findings += slips
            return False
        shape_ok = isinstance(content, dict) and isinstance(content.get("records"), tuple)
        every = content.get("every", {}) if shape_ok else None
        if not isinstance(every, dict):
            self.findings.append(
                Finding(
                    where,
                    1,
                    "the file is not one mapping with 'every:' and 'records:'",
                    "Without that shape we cannot tell where a record begins.",
                    "Start from another file in docs/data/: a block 'every:', then 'records:' with a list of dashes.",
                )
            )
            return False
        for key in content.keys() - set(_AT_THE_LEFT):
            self.findings.append(
                Finding(
                    where,
                    self.line((name, key)),
                    f"'{key}' is not a key that a data file can have",
                    "Nothing reads an unknown key, so what it says would be lost without a word.",
                    "Put it into 'every:' or into a record. Only those two, 'every:' and 'records:', begin at the left.",
                )
            )
        if "id" in every:
            self.findings.append(
                Finding(
                    where,
                    self.line((name, "every", "id")),
                    "an 'id' stands under 'every:'",
                    "An id belongs to one record alone, or links could not tell records apart.",
                    "Move it to its record.",
                )
            )
        kept = []
        for index, record in enumerate(content["records"]):
            if isinstance(record, dict):
                kept.append(self._handed_down(record, (name, index), _record_class(name), every, (name, "every")))
            else:
                kept.append(None)
                self.findings.append(
                    Finding(
                        where,
                        self.line((name, index)),
                        "this entry of the list is not a record",
                        "A record is a block of keys. A bare word or number says nothing about itself.",
                        "Write '- id: …' and its keys below it, each on a line of its own.",
                    )
                )
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

    def ids(self) -> Iterator[str]:
        """Every well-formed id that a link may lead to, those of broken records and broken files too."""
        yield from self.lost
        waiting: list[Any] = [records for name, records in self.records.items() if name != "withdrawn"]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if isinstance(value.get("id"), str) and is_id(value["id"]):
                    yield value["id"]
                waiting.extend(value.values())
            elif isinstance(value, tuple):
                waiting.extend(value)

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

    def place(self, path: tuple) -> Place:
        """The file and line of the value at ``path``."""
        return Place(f"docs/data/{path[0]}.yml", self.line(path))

    def finding(self, fault: Fault) -> Finding:
        """A broken rule, with its place."""
        place = self.place(fault.path)
        return Finding(place.file, place.line, fault.what, fault.why, fault.fix)


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


def _text(path: Path, where: str) -> str:
    """The text of a file.

    :raises _Refused: when it is too large or not UTF-8.
    """
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise _Refused(
            Finding(
                where,
                0,
                f"the file is {len(data) // 1000} kB long",
                "A file of more than 1,000 kB cannot be read by people, and is most likely a mistake.",
                "Take out what was pasted by accident.",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(
            Finding(
                where,
                data[: error.start].count(b"\n") + 1,
                "the file is not written in UTF-8",
                "Letters such as ’ or ŵ would turn into nonsense on the page.",
                "Save the file again with the encoding UTF-8.",
            )
        ) from None


def _compose(text: str, where: str, above: int) -> yaml.Node | None:
    """YAML as a tree of nodes, each of which knows its line.

    :raises _Refused: when it is not YAML, or uses what we do not allow.
    """
    if unseen := Reader.NON_PRINTABLE.search(text):
        raise _Refused(
            Finding(
                where,
                above + text.count("\n", 0, unseen.start()) + 1,
                f"the file holds a character that nobody can see: U+{ord(unseen[0]):04X}",
                *_FORMS["unseen"],
            )
        )
    try:
        _refuse_cleverness(text, where, above)
        return yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        slip = _not_yaml(error, where, above)
        lost = (end for end in _lost_ends(text, where, above) if slip.line - 1 <= end.line <= slip.line)
        raise _Refused(next(lost, slip)) from None


def _lost_ends(text: str, where: str, above: int) -> Iterator[Finding]:
    """A finding for each comment that shares its line with something else, as '#1' does in 'the #1 garden'."""
    if not re.search(r"[^\s#][^\n]*#", text):
        return
    end = None
    with suppress(yaml.YAMLError):  # what is wrong there is told elsewhere
        for token in yaml.scan(text, _Loader):
            header = token.start_mark if getattr(token, "style", None) in ("|", ">") else None
            # A comment stands between two tokens, or behind the mark that begins a block of text.
            for start, stop in ((end, token.start_mark.index), (header, token.end_mark.index)):
                rest = re.match(r"[^\r\n\x85\u2028\u2029]*", text[start.index : stop])[0] if start and start.column else ""
                if "#" in rest:
                    yield Finding(
                        where,
                        above + start.line + 1,
                        f"'{_short(rest[rest.index('#') :])}' would be taken for a comment",
                        "YAML reads no further than a '#' with a space in front: the rest of the line would be lost.",
                        "Put the whole text in quotes. If it is a comment, give it a line of its own.",
                    )
            end = token.end_mark


# What libyaml says, and what most likely happened.
_IN_PLAIN_WORDS = {
    "mapping values are not allowed": "a colon with a space behind it stands inside text, or this line begins too far right",
    "did not find expected key": "this line does not begin right under its neighbours, or text stands behind a closing quote mark",
    "cannot start any token": "a line begins with a tab, or a value with a sign such as @ or % or `",
    "could not find expected ':'": "a line has words but no key with a colon",
    "did not find expected '-' indicator": "a line begins too far left, or an entry of a list lacks its dash",
    "found unexpected end of stream": "a quote mark opens here and never closes",
    "did not find expected ',' or": "a bracket opens here and never closes",
}


def _not_yaml(error: yaml.YAMLError, where: str, above: int) -> Finding:
    # A quote or a bracket that is never closed is noticed far below the place where it opens.
    open_ended = re.search("quoted|flow", getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if open_ended else "problem_mark", None)
    problem = getattr(error, "problem", None) or "something is out of place"
    plain = next((words for said, words in _IN_PLAIN_WORDS.items() if said in problem), None)
    return Finding(
        where,
        above + (mark.line + 1 if mark else 1),
        f"this is not YAML: {f'{plain} ({problem})' if plain else problem}",
        "Nothing after this place can be read.",
        "Look at this line and the one above it: a missing quote mark, a colon inside text, a tab, or a line "
        "that begins too far left or right. Text with a colon goes in quotes.",
    )


def _refuse_cleverness(text: str, where: str, above: int) -> None:
    """Refuse anchors, aliases, tags and deep nesting: they hide facts or never end."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        clever = (
            "an alias (*name)"
            if isinstance(event, yaml.AliasEvent)
            else "an anchor (&name)"
            if getattr(event, "anchor", None)
            else f"the tag {event.tag}"
            if getattr(event, "tag", None)
            else f"more than {DEEPEST} levels of nesting"
            if depth > DEEPEST
            else None
        )
        if clever:
            raise _Refused(
                Finding(
                    where,
                    above + event.start_mark.line + 1,
                    f"the file uses {clever}",
                    "Such shortcuts hide what a record says from the next person who edits it.",
                    "Write the words out in full where they are needed. Text that begins with * or & or ! goes in quotes.",
                )
            )


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
            return tuple(self.build(child, (*path, index)) for index, child in enumerate(node.value))
        self.raw.written[path] = node.value
        return self._scalar(node)

    def _line(self, node: yaml.Node) -> int:
        return self.above + node.start_mark.line + 1

    def _mapping(self, node: yaml.MappingNode, path: tuple) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), self._line(key_node)
            if key in content:
                self.raw.findings.append(
                    Finding(
                        self.where,
                        line,
                        f"the key '{key}' stands twice in one record",
                        "Only one of the two could be kept, and nobody would see which.",
                        "Keep the right one and take the other out.",
                    )
                )
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
            raise _Refused(
                Finding(
                    self.where,
                    self._line(node),
                    f"'{_short(node.value)}' looks like a date or a number but is not one",
                    "We cannot tell what it means.",
                    "Write a real date such as 2026-11-22, or put text in quotes.",
                )
            ) from None


# --------------------------------------------------------------- records, strictly


def _records(raw: _Raw, name: str) -> Iterator[tuple[int, Record]]:
    """The valid records of one file and their numbers; each broken one leaves its findings in ``raw``."""
    whole = "this record, or to 'every:' if it holds for all of them"
    for index, content in enumerate(raw.records.get(name, ())):
        if content is None:
            continue
        try:
            yield index, _record_class(name).model_validate(content)
        except ValidationError as error:
            for problem in _problems(error):
                path = (name, index, *problem["loc"])
                what, why, fix = _in_words(_record_class(name), problem, raw.as_written(path), whole)
                place = raw.place(path)
                raw.findings.append(Finding(place.file, place.line, what, why, fix))
            # The rules between records see valid ones only; where this one leads can be told all the same.
            known = frozenset(raw.ids())
            dead = (dead_reference(path, id, known) for path, id in _references((name, index), content))
            raw.findings += [raw.finding(fault) for fault in dead if fault]


def _references(path: tuple, value: Any) -> Iterator[tuple[tuple, str]]:
    """Every id that the content of a record points to, with its path."""
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(child, (dict, tuple)):
            yield from _references((*path, key), child)
        elif isinstance(child, str) and (key in LEADS_TO or path[-1] == "see"):
            yield (*path, key), child


def _problems(error: ValidationError) -> list[dict[str, Any]]:
    """What pydantic found, but for lists that it calls too short because their entries are broken."""
    found = error.errors(include_url=False)
    places = {problem["loc"] for problem in found}

    def only_because(problem: dict[str, Any]) -> bool:
        loc = problem["loc"]
        return problem["type"] == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in places)

    return [problem for problem in found if not only_because(problem)]


_FORMS = {
    "id": (
        "An id is part of an address that must work for years.",
        "Use small letters, digits and hyphens, beginning with the kind: word-reciprocity.",
    ),
    "url": (
        "Readers could not follow it, or it could do harm.",
        "Use a whole address that begins with https:// and has no spaces.",
    ),
    "month": ("Readers must know when the words were last compared.", 'Write year and month in quotes: "2026-11".'),
    "criterion": (
        "Whoever wants to know more looks it up by its number.",
        'Write the number that WCAG gives it, in quotes: "1.4.10".',
    ),
    "picture": (
        "A picture is found by its name.",
        "Name a drawing in docs/assets/easy/ without its ending, such as ladder-top.",
    ),
    "fingerprint": (
        "It proves which words were checked.",
        'Copy the eight characters that the page for checking shows, in quotes: "3f9a01bc".',
    ),
    "page": (
        "The record's permanent link leads to this page.",
        "Name a file inside docs/, such as ladder.md or models/scie.md.",
    ),
    "empty": ("An empty text would leave a hole in the page.", "Write the text, or take the key out."),
    "unseen": (
        "Unseen characters can turn text round or break it apart.",
        "Delete the text and type it again by hand.",
    ),
    "too_short": ("An empty list would leave a hole in the page.", "Add an entry, or take the key out."),
}

_WANTED = {
    "string_type": "text",
    "date_type": "a date such as 2026-11-22",
    "bool_type": "true or false",
    "tuple_type": "a list: one entry on each line, each with a dash in front",
    "model_type": "a block of keys, each on a line of its own",
}


def _in_words(part: type[BaseModel], problem: dict[str, Any], written: str | None, whole: str) -> tuple[str, str, str]:
    """What is wrong, why it matters and how to put it right, for one error of pydantic.

    :param written: the value as its writer typed it, or None for a list or a block.
    :param whole: what a missing key would be added to.
    """
    kind, loc, value = problem["type"], problem["loc"], problem["input"]
    keys = [step for step in loc if isinstance(step, str)]
    key = keys[-1] if keys else "record"
    if kind == "missing":
        around = f"'{keys[-2]}'" if len(keys) > 1 else "this record" if key == "id" else whole
        return (
            f"the key '{key}' is missing",
            _purpose(_part_at(part, loc[:-1]), key) or "The page has a place for it that would be empty.",
            f"Add a line '{key}: …' to {around}.",
        )
    if kind == "extra_forbidden":
        known = _part_at(part, loc[:-1]).model_fields
        near = nearest(key, known)
        return (
            f"'{key}' is not a key that this record can have",
            "Nothing reads an unknown key, so what it says would be lost without a word.",
            f"Did you mean '{near[0]}'?" if near else f"Use one of these: {', '.join(known)}.",
        )
    if kind == "literal_error":
        expected = [word.strip("' ") for word in problem["ctx"]["expected"].replace(" or ", ", ").split(",")]
        near = nearest(written or "", expected)
        if written == "":
            return f"'{key}' cannot be used: it is empty", _FORMS["empty"][0], f"Use one of these: {', '.join(expected)}."
        hint = f"Did you mean '{near[0]}'?" if near else f"Use one of these: {', '.join(expected)}."
        return f"{_named(value, written)} cannot stand under '{key}'", "Pages and checks know only certain words here.", hint
    if kind == "string_type" and isinstance(value, dict) and value and isinstance(loc[-1], int):
        said = next(iter(value))
        line = f"{said}: {value[said]}" if isinstance(value[said], str) else f"{said}: …"
        return (
            f"an entry of '{key}' should be text, but the colon makes '{_short(said)}' a key",
            "A colon with a space behind it makes a key, and no page could show that.",
            f"Put the whole entry in quotes: {json.dumps(_short(line), ensure_ascii=False)}",
        )
    if kind == "string_type" and written and _is_month(_part_at(part, loc[:-1]), key):
        month = re.match(r"20[0-9]{2}-[0-9]{2}", written)
        fix = f'Write year and month in quotes: {key}: "{month[0]}"' if month else _FORMS["month"][1]
        return f"'{key}' should be a month, but '{_short(written)}' is {_kind_in_words(value)}", _FORMS["month"][0], fix
    if kind in _WANTED:
        return _wrong_kind(kind, key, value, written)
    if kind == "too_short":
        least = problem["ctx"]["min_length"]
        said = f"it needs {'an entry' if least == 1 else f'{least} entries'} at least"
        return f"'{key}' cannot be used: {said}", *_FORMS["too_short"]
    if kind in _FORMS:
        return f"'{key}' cannot be used: {problem['msg']}", *_FORMS[kind]
    return f"'{key}' cannot be used: {problem['msg']}", "The page could not show it.", "Look at other records in this file."


def _wrong_kind(kind: str, key: str, value: Any, written: str | None) -> tuple[str, str, str]:
    wanted = _WANTED[kind]
    short = wanted.partition(":")[0]
    if written == "":
        return (f"'{key}' should be {short}, but it is empty", *_FORMS["empty"])
    what = f"'{key}' should be {short}, but {_named(value, written)}"
    if written is not None:
        what += f" is {_kind_in_words(value)}"
    if kind == "string_type" and written is not None:
        return (
            what,
            "YAML reads bare yes, no, numbers and dates as something other than text, and a page would show the wrong thing.",
            f"Put it in quotes if you mean the words: {key}: {json.dumps(_short(written), ensure_ascii=False)}",
        )
    return what, "The page could not show it.", f"Write {wanted}."


def _kind_in_words(value: Any) -> str:
    names = {bool: "yes or no", int: "a number", float: "a number", str: "text", type(None): "nothing", datetime: "a date with a time"}
    return names.get(type(value), "a date")


def _named(value: Any, written: str | None) -> str:
    """A value as its writer would know it."""
    if written is not None:
        return f"'{_short(written)}'"
    return "a list" if isinstance(value, tuple) else "a block of keys"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _part_at(model: type[BaseModel], loc: tuple) -> type[BaseModel]:
    """The class of the part that the path ``loc`` leads to, from ``model``."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _is_month(part: type[BaseModel], key: str) -> bool:
    """Whether ``key`` asks for a year and a month."""
    return key in part.model_fields and get_args(Month)[1] in part.model_fields[key].metadata


@cache
def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _purpose(part: type[BaseModel], key: str) -> str | None:
    info = part.model_fields.get(key)
    return f"It says: {info.description}" if info and info.description else None


# --------------------------------------------------------------- pages


def page_text(path: Path, where: str) -> str:
    """The text of a page, with one kind of line end.

    :param where: the file's name as a finding shows it.
    :raises Unreadable: when it is too large or not UTF-8.
    """
    try:
        return _text(path, where).replace("\r\n", "\n")
    except _Refused as refused:
        raise Unreadable([refused.finding]) from None


def front_matter(text: str, where: str, part: type[Part]) -> tuple[Part, dict[str, int]]:
    """The front matter of a page as a ``part`` of the model, and the line of each key.

    :param text: the YAML between the two lines of dashes, the first of which is line 1.
    :raises Unreadable: with every finding.
    """
    return _part(lambda: text, where, part, "the front matter", above=1)


def _part(text: Callable[[], str], where: str, part: type[Part], whole: str, above: int = 0) -> tuple[Part, dict[str, int]]:
    """YAML that holds one ``part`` of the model and nothing else, and the line of each of its keys.

    :param whole: what a missing key would be added to.
    :param above: how many lines of the file stand above it.
    :raises Unreadable: with every finding.
    """
    raw = _Raw()
    content = raw.build(text, where, (), above)
    if content is not _REFUSED:
        try:
            made = part.model_validate({} if content is None else content)
            if not raw.findings:
                return made, {path[0]: line for path, line in raw.lines.items() if len(path) == 1}
        except ValidationError as error:
            for problem in _problems(error):
                what, why, fix = _in_words(part, problem, raw.as_written(problem["loc"]), whole)
                raw.findings.append(Finding(where, raw.line(problem["loc"]), what, why, fix))
    raise Unreadable(sorted(set(raw.findings)))


# --------------------------------------------------------------- settings


@dataclass(frozen=True)
class Settings:
    """What an owner sets in ``mkdocs.yml`` before the site is published. Empty where nothing is set."""

    site_url: str
    edit_page: str
    edit_line: str
    email: str


def settings(root: Path) -> Settings:
    """Read the settings from ``root / "mkdocs.yml"`` without the engine, whose file it is.

    :raises Unreadable: when the file is not YAML.
    """
    said: dict[str, str] = {}
    try:
        whole = yaml.compose(page_text(root / "mkdocs.yml", "mkdocs.yml"), _Loader)
    except yaml.YAMLError as error:
        raise Unreadable([_not_yaml(error, "mkdocs.yml", 0)]) from None
    waiting = [whole] if isinstance(whole, yaml.MappingNode) else []
    while waiting:
        for key, value in waiting.pop().value:
            if isinstance(value, yaml.ScalarNode):
                said[key.value] = value.value
            elif key.value == "extra" and isinstance(value, yaml.MappingNode):
                waiting.append(value)
    return Settings(*(said.get(name, "") for name in Settings.__dataclass_fields__))


# --------------------------------------------------------------- JSON Schema


def schemas() -> dict[str, str]:
    """JSON Schema of each data file, as text, by file name.

    Editors use them to complete and check while somebody types. What a record may
    take from ``every`` or from the record around it is not required of it here.
    """
    return {f"{name}.json": _schema(name) for name in Facts.model_fields}


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
        "$schema": "https://json-schema.org/draft/2020-12/schema",
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
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def schema_findings(folder: Path) -> list[Finding]:
    """What is wrong with the committed schemas, and with the line that names them in each data file."""
    found = []
    for name, text in schemas().items():
        path = folder / "schemas" / name
        if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
            found.append(
                Finding(
                    f"docs/data/schemas/{name}",
                    0,
                    "the schema no longer matches the model",
                    "Editors would complain about good data and accept bad data.",
                    "Run: python3 scripts/check.py --write-schemas",
                )
            )
    for path in _data_files(folder):
        wanted = f"# yaml-language-server: $schema=schemas/{path.stem}.json"
        if path.stem in Facts.model_fields and path.read_text(encoding="utf-8-sig", errors="replace").partition("\n")[0].rstrip() != wanted:
            found.append(
                Finding(
                    _shown(path),
                    1,
                    "the first line does not name the file's schema",
                    "With it, editors complete keys and point out slips while you type.",
                    f"Make this the first line: {wanted}",
                )
            )
    return found


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas beside the data files in ``folder``."""
    target = folder / "schemas"
    target.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
