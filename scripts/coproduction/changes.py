"""What a change does to the words, for somebody who cannot read a diff.

Two trees are compared: the one before, and the one that somebody proposes. What cannot be read in either is left out,
and the check tells of it. All that is quoted comes from whoever proposes the change. So it stands in code, where
Markdown and HTML do nothing, names call nobody and addresses are no links.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from coproduction import pages, pipeline, reading, wording
from coproduction.addresses import page_address, permanent
from coproduction.findings import WIDTH
from coproduction.pages import ReadingReport
from coproduction.published import HOME
from coproduction.reading import Unreadable, Written

LONGEST = 60_000  # characters; a code host takes a little more in one comment
ENTRIES = "docs/data/changes.yml"
WITHDRAWN = "docs/data/withdrawn.yml"
NO_ENTRY = "No entry needed:"  # how a commit message says that nobody has to be told
EXACT = "somebody’s exact words"
_OF_EXACT = f": {EXACT}"  # the end of the name of their place
# What may name somebody. It is told that it changed and never how: a comment would keep a name that was to be taken off.
_PEOPLE = ("docs/data/accessibility.yml", "docs/data/changes.yml", "docs/data/reviews.yml")
_OF_PEOPLE = ": not shown here, as it may name somebody"  # the end of the name of its place
_SENT = f"suggested, words{_OF_EXACT}"  # what somebody sent to us, and may take back


class UnknownBase(Exception):
    """What a change is to be compared with cannot be found; the message says why, and what to do."""


class Unit(NamedTuple):
    """A sentence, or a value of the data, and where in its page or record it stands."""

    place: str
    text: str


@dataclass(frozen=True)
class Thing:
    """A page or a record: what a reviewer would call it, and all it says."""

    name: str
    file: str
    units: tuple[Unit, ...]
    id: str = ""  # of a record


@dataclass(frozen=True)
class Tree:
    """One state of the words, as far as they can be read."""

    pages: dict[str, Thing]  # by address
    records: dict[str, Thing]  # by file and id; what is said for all records of a file has no id
    values: tuple[Written, ...]
    unread: frozenset[str]  # data files that hold nothing that can be read
    moved: dict[str, str]  # addresses of pages by those that they had before
    reports: dict[str, ReadingReport]  # by file; empty while the facts have faults
    others: dict[str, bytes]  # what else stands in docs/, by file, but for what is made from the rest


# ------------------------------------------------------------------ the two trees


def before(root: Path, base: str, into: Path) -> None:
    """Copy the words as they were into the folder ``into``: where the change began that leads from ``base`` to here.

    :raises UnknownBase: when there is no such commit, or no git.
    """
    packed = _git(root, "archive", "--format=tar", _began(root, base), "--", "docs", "mkdocs.yml")
    if packed is None:
        raise UnknownBase(f"The commit “{base}” has no site in it: docs/ or mkdocs.yml is missing there.")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, filter="data")


def beyond_words(root: Path, base: str) -> list[str]:
    """The files outside ``docs/``, and the scripts and styles in it, that the change touches which leads from ``base`` to here.

    :raises UnknownBase: when there is no such commit, or git does not answer.
    """
    elsewhere = ("-z", "--", ".", ":(exclude)docs/*.md", ":(exclude)docs/data", ":(exclude)docs/*.svg", ":(exclude)docs/*.png")
    touched = _git(root, "diff", "--name-only", "--no-renames", _began(root, base), *elsewhere)
    unknown = _git(root, "ls-files", "--others", "--exclude-standard", *elsewhere)
    if touched is None or unknown is None:
        raise UnknownBase("git did not say which files the change touches, so nothing can be said of it. Try once more.")
    return sorted(set((touched + unknown).decode("utf-8", "replace").split("\0")) - {""})


def _began(root: Path, base: str) -> str:
    """The commit where the change began."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if not commit:
        raise UnknownBase(f"There is no commit “{base}” here. Name a branch or a commit that “git log” shows, such as main.")
    began = _git(root, "merge-base", commit.decode().strip(), "HEAD") or commit
    return began.decode().strip()


def reasons(root: Path, base: str) -> list[str]:
    """Why nobody has to be told of a change, as its commits say."""
    said = _git(root, "log", "--format=%B", "--end-of-options", f"{base}..HEAD") or b""
    return [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip().startswith(NO_ENTRY)]


def _git(root: Path, *words: str) -> bytes | None:
    """What git answers; None where it refuses, or is not there."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, timeout=60)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def read(root: Path) -> Tree:
    """The words below ``root``."""
    docs = root / "docs"
    # A link could lead out of the project, and what it leads to would be quoted for all to see.
    files = [path for path in sorted(docs.rglob("*")) if path.is_file() and path.resolve().is_relative_to(docs.resolve())]
    texts = {path.relative_to(docs).as_posix(): _text(path) for path in files if path.suffix == ".md"}
    facts = [path for path in files if path.parent == docs / "data" and path.suffix == ".yml"]
    told = (".md", ".css", ".js")  # as words, and with the code
    rest = [path for path in files if path.suffix not in told and path not in facts and path.parent != docs / "data" / "schemas"]
    values = tuple(reading.values(docs / "data"))
    try:
        moved = {page_address(old): page_address(path) for path, meta in pages.metas(root).items() for old in meta.formerly}
    except Unreadable:
        moved = {}
    return Tree(
        pages={page_address(path): _page(path, text) for path, text in texts.items()},
        records=_records(values),
        values=values,
        unread=frozenset(f"docs/data/{path.name}" for path in facts) - {value.file for value in values},
        moved=moved,
        reports={report.file: report for report in pipeline.check(root)[1]},
        others={path.relative_to(root).as_posix(): path.read_bytes() for path in rest},
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _page(path: str, text: str) -> Thing:
    title = re.search(r"^title:\s*(.+)$", text, re.M)
    return Thing(title[1] if title else path, f"docs/{path}", tuple(_sentences(text)))


def _sentences(text: str) -> Iterator[Unit]:
    """What a page says, in order: the lines on top of it, then each sentence with the heading that it stands under."""
    front = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    for line in front[1].splitlines() if front else ():
        yield Unit("at the top of the file", line.strip())
    under = "before the first heading"
    for block in re.split(r"\n\s*\n|\n(?=#|[ \t]*(?:[-*+]|\d+\.)\s)", text[front.end() if front else 0 :]):
        words = " ".join(re.sub(r"^>\s?", "", block.strip(), flags=re.M).split())
        place = under + _OF_EXACT if block.strip().startswith(">") else under
        if words.startswith("#"):
            place, under = "a heading", f"under “{re.sub(r'^#+ *| *{:.*$', '', words)}”"
        yield from (Unit(place, sentence) for sentence in wording.sentences(words) or [words] if sentence)


def _records(values: Iterable[Written]) -> dict[str, Thing]:
    """The records as their writers typed them. The order of their keys says nothing."""
    found: dict[str, list[Written]] = {}
    for value in values:
        found.setdefault(f"{value.file} {value.id}", []).append(value)
    return {
        key: Thing(said[0].name, said[0].file, tuple(sorted(_units(said), key=lambda unit: unit.place)), said[0].id)
        for key, said in found.items()
    }


def _units(values: Iterable[Written]) -> Iterator[Unit]:
    for value in values:
        keys = (key.replace("_", " ") for key in value.keys if key != "every")
        hidden = value.file in _PEOPLE and value.keys[-1:] in (("who",), ("consent_kept",))
        place = ", ".join(keys) + (_OF_EXACT if value.exact else _OF_PEOPLE if hidden else "")
        text = " ".join(value.text.split())
        yield from (Unit(place, sentence) for sentence in wording.sentences(text) or [text])


# -------------------------------------------------------------- what is different


@dataclass(frozen=True)
class Difference:
    """What was said in one place before, and what is said there now."""

    place: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def differences(old: Sequence[Unit], new: Sequence[Unit], anywhere: bool = False) -> list[Difference]:
    """What stands in one of the two and not in the other, by place.

    :param anywhere: whether a sentence is the same although its place has another name, as under a heading that changed.
    """

    def known(units: Sequence[Unit]) -> list[tuple[str, str]]:
        return [("" if anywhere else unit.place, unit.text) for unit in units]

    found = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, known(old), known(new)).get_opcodes():
        if kind != "equal":
            gone, come = old[i:i_end], new[j:j_end]
            for place in dict.fromkeys(unit.place for unit in (*gone, *come)):
                found.append(Difference(place, _texts(gone, place), _texts(come, place)))
    return found


def _as_exact(*states: Sequence[Unit]) -> Iterator[list[Unit]]:
    """The units of each state; what is somebody's exact words in one of them is so called in all."""
    exact = {unit.place.removesuffix(_OF_EXACT) for units in states for unit in units if unit.place.endswith(_OF_EXACT)}
    for units in states:
        said = (unit._replace(place=unit.place + _OF_EXACT) if unit.place in exact else unit for unit in units)
        yield sorted(said, key=lambda unit: unit.place)


def _texts(units: Sequence[Unit], place: str) -> tuple[str, ...]:
    return tuple(unit.text for unit in units if unit.place == place)


def _other_words(old: str, new: str) -> str:
    """Which words of a sentence are others now; nothing where the two have little in common."""
    before, after = old.split(), new.split()
    match = SequenceMatcher(None, before, after)
    if match.ratio() < 0.5:
        return ""
    said = []
    for kind, i, i_end, j, j_end in match.get_opcodes():
        gone, come = " ".join(before[i:i_end]), " ".join(after[j:j_end])
        if kind == "replace":
            said.append(f"“{gone}” is now “{come}”")
        elif kind != "equal":
            said.append(f"“{gone or come}” is {'gone' if gone else 'new'}")
    return "; ".join(said)


# ------------------------------------------------------------------------- telling


def describe(old: Tree, new: Tree, unneeded: Sequence[str] = (), outside: Sequence[str] = ()) -> str:
    """What leads from ``old`` to ``new``, in Markdown; nothing when it touches nothing.

    :param unneeded: why nobody has to be told of it, as :func:`reasons` has it.
    :param outside: the files of code and settings that it touches, as :func:`beyond_words` has them.
    """
    parts = [*_of_pages(old, new), *_of_words(old, new), *_of_ids(old, new), *_of_others(old, new)]
    if not parts and not outside:
        return ""
    told = _of_entries(old, new, unneeded) if parts else []
    return _cut(["# What this change does", *_of_code(outside), *parts, *told])


def _cut(parts: list[str]) -> str:
    """The parts that fit, and how many do not."""
    kept, length = [], 0
    for part in parts:
        length += len(part) + 2
        if length > LONGEST:
            rest = len(parts) - len(kept)
            kept.append(f"There is more: {rest} more {'part is' if rest == 1 else 'parts are'} too long to be shown here.")
            break
        kept.append(part)
    return "\n\n".join(kept) + "\n"


def _page_pairs(old: Tree, new: Tree) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Each page as it was and as it is; one that moved is one page."""
    came_from = {now: was for was, now in new.moved.items() if was in old.pages and was not in new.pages}
    for address in sorted(old.pages.keys() | new.pages.keys()):
        if address not in came_from.values():
            yield old.pages.get(came_from.get(address, address)), new.pages.get(address)


def _of_pages(old: Tree, new: Tree) -> list[str]:
    """Which pages are touched, and how they read."""
    lines = []
    for was, is_ in _page_pairs(old, new):
        levels = [reports.get(thing.file) if thing else None for reports, thing in ((old.reports, was), (new.reports, is_))]
        if not was:
            what = "a new page"
        elif not is_:
            what = "taken out"
        elif was.file != is_.file:
            what = f"moved here from {code(was.file)}"
        elif was.units != is_.units:
            what = "its own words change"
        elif all(levels) and _prose(levels[0]) != _prose(levels[1]):
            what = "it shows facts that change"
        else:
            continue
        lines.append(f"- {code((is_ or was).name)} ({code((is_ or was).file)}): {what}. {_level(was, is_, *levels)}".rstrip())
    return ["## Pages", "\n".join(lines)] if lines else []


def _prose(report: ReadingReport) -> list[str]:
    return [" ".join(passage.text.split()) for passage in report.passages]


def _level(was: Thing | None, is_: Thing | None, old: ReadingReport | None, new: ReadingReport | None) -> str:
    """How hard a page is to read, before and after."""
    if not is_:
        return ""
    if not new:
        return "How it reads can be told when the check has nothing to put right."
    most = f"The most for these readers is {new.limit}."
    if new.reading.ari > new.limit:
        most += f" It says why it is harder: {code(new.reason)}" if new.reason else " **It is too hard to read.**"
    earlier = f"{old.reading.ari} before, " if old else "not known before, " if was else ""
    return f"Reading level (ARI): {earlier}{new.reading.ari} now. {most}"


def _of_words(old: Tree, new: Tree) -> list[str]:
    """All that is said in other words, page by page and record by record; exact words of others come first."""
    parts = []
    for was, is_ in _page_pairs(old, new):
        parts.append(_told(was, is_, differences(was.units if was else (), is_.units if is_ else (), anywhere=True)))
    for was, is_ in _record_pairs(old, new):
        parts.append(_told(was, is_, differences(*_as_exact(was.units if was else (), is_.units if is_ else ()))))
    told = sorted(filter(None, parts), key=lambda part: EXACT not in part)
    exact = any(EXACT in part for part in told)
    told += [f"{code(file)} cannot be read as it is now. The check says why." for file in sorted(new.unread - old.unread)]
    warning = "**Somebody’s exact words change here.** Compare each with its source, letter for letter, before you agree."
    return ["## Words, before and after", *([warning] if exact else []), *told] if told else []


def _record_pairs(old: Tree, new: Tree) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Each record as it was and as it is; one that has another id now is one record."""
    now = {f"{value.file} {value.text}": f"{value.file} {value.id}" for value in new.values if value.keys == ("formerly",)}
    came_from = {key: was for was, key in now.items() if was in old.records and was not in new.records}
    for key in sorted(old.records.keys() | new.records.keys()):
        if key not in came_from.values() and not (key not in new.records and old.records[key].file in new.unread):
            yield old.records.get(came_from.get(key, key)), new.records.get(key)


def _told(was: Thing | None, is_: Thing | None, found: Iterable[Difference]) -> str:
    """The heading of a page or a record, and below it what was said and what is said now."""
    said = "\n\n".join(_said(difference) for difference in found)
    if not said:
        return ""
    thing = is_ or was
    name = f"{code(thing.name)}, {code(thing.id)}" if thing.id and thing.name else code(thing.id or thing.name)
    if thing.file.endswith(".yml") and not thing.id:
        name = "What is said once for all records"
    state = "" if was and is_ else ", new" if is_ else ", taken out"
    return f"### {name} in {code(thing.file)}{state}\n\n{fenced(said)}"


def _said(difference: Difference) -> str:
    lines = [_folded("", difference.place)]
    taken_back = difference.place == _SENT and not difference.new
    if difference.place.endswith(_OF_PEOPLE) or taken_back:
        what = "It has changed." if difference.old and difference.new else "It is new." if difference.new else "It is gone."
        lines.append(_folded("  ", what))
    elif len(difference.old) == len(difference.new):
        for old, new in zip(difference.old, difference.new, strict=True):
            lines += [_folded("  before: ", old), _folded("  after:  ", new)]
            if other := _other_words(old, new):
                lines.append(_folded("  words:  ", other))
    else:
        lines += [_folded("  before: ", old) for old in difference.old]
        lines += [_folded("  after:  ", new) for new in difference.new]
    return "\n".join(lines)


def _of_ids(old: Tree, new: Tree) -> list[str]:
    """Ids and addresses that are new or gone, and what answers for those that are gone."""
    had, have = _ids(old), _ids(new)
    renamed = {value.text: value.id for value in new.values if value.keys == ("formerly",)}
    withdrawn = {gone for value in new.values if value.file == WITHDRAWN for gone in (value.id, page_address(value.text))}
    lines = [f"- New id: {code(id)}" for id in sorted(have - had)]
    for id in sorted(had - have - {value.id for value in old.values if value.file in new.unread}):
        lines.append(f"- Id that is gone: {code(id)} ({code(permanent(id))}). {_instead(id, renamed, withdrawn)}")
    lines += [f"- New address: {code(address or HOME)}" for address in sorted(new.pages.keys() - old.pages.keys())]
    for address in sorted(old.pages.keys() - new.pages.keys()):
        lines.append(f"- Address that is gone: {code(address or HOME)}. {_instead(address, new.moved, withdrawn)}")
    both = old.pages.keys() & new.pages.keys()
    had, have = ({f"{address}#{part}" for address, part in _parts(tree) if address in both} for tree in (old, new))
    lines += [f"- New part of a page: {code(part)}" for part in sorted(have - had)]
    gone = "Old links land at the top of the page."
    lines += [f"- Part of a page that is gone: {code(part)}. {gone}" for part in sorted(had - have)]
    return ["## Ids and addresses", "\n".join(lines)] if lines else []


def _ids(tree: Tree) -> set[str]:
    """The ids of all records, without those of what was taken out."""
    return {value.id for value in tree.values if value.id and value.file != WITHDRAWN}


def _instead(gone: str, moved: dict[str, str], withdrawn: set[str]) -> str:
    """What answers to those who come by an id or an address that is gone."""
    if gone in moved:
        return f"Old links lead to {code(moved[gone])}."
    if gone in withdrawn:
        return "Old links lead to a word about what became of it."
    return "**Nothing answers there yet.** The check says what to do."


def _parts(tree: Tree) -> Iterator[tuple[str, str]]:
    """The address of each page with each id that its own text gives a part of it."""
    for address, page in tree.pages.items():
        for unit in page.units:
            yield from ((address, found[1]) for found in re.finditer(r"(?:\{:[^}]*#|<span id=\")([\w-]+)", unit.text))


_CODE = {
    ".github/workflows/": "what runs at the code host, and with which rights",
    ".ci/": "what runs before a change is taken in",
    "scripts/": "code that runs on the computer of each person who builds the site",
    "overrides/": "the frame of every page",
    "mkdocs.yml": "settings of the whole site, such as its address",
    "requirements.txt": "other people’s code that ours runs",
    "tests/requirements.txt": "other people’s code that the tests run",
    "tests/package": "other people’s code that the tests run",
    "tests/": "what stops a mistake",
    "docs/": "what each reader’s browser gets besides words",
    ".devcontainer/": "what runs where somebody edits",
    ".pre-commit-config.yaml": "what runs where somebody edits",
}


def _of_code(files: Sequence[str]) -> list[str]:
    """What words before and after cannot tell of, with what it can do to readers and contributors."""
    lines = []
    for file in files:
        role = next((role for begins, role in _CODE.items() if file.startswith(begins)), "")
        lines.append(f"- {code(file)}{f': {role}' if role else ''}")
    warning = (
        "**This change touches more than the words below.** Let somebody who reads code look at these files before you agree."
    )
    return ["## Code and settings", warning, "\n".join(lines)] if lines else []


def _of_others(old: Tree, new: Tree) -> list[str]:
    """Pictures and lists: only named, since they have no words to show."""
    lines = []
    for file in sorted(old.others.keys() | new.others.keys()):
        was, is_ = old.others.get(file), new.others.get(file)
        if was != is_:
            lines.append(f"- {code(file)}: {'new' if was is None else 'taken out' if is_ is None else 'changed'}")
    return ["## Other files", "\n".join(lines)] if lines else []


def _of_entries(old: Tree, new: Tree, unneeded: Sequence[str]) -> list[str]:
    """Whether people are told of the change. It is never a fault that they are not."""
    had, have = ({value.id for value in tree.values if value.file == ENTRIES and value.id} for tree in (old, new))
    if have - had:
        said = f"There is a new entry: {', '.join(code(id) for id in sorted(have - had))}. Thank you."
    elif unneeded:
        said = f"The change says that none is needed.\n\n{fenced(chr(10).join(unneeded))}"
    else:
        said = (
            f"There is no new entry in {code(ENTRIES)}. Did somebody suggest this change, or will readers notice it? "
            "Then please add one, so that they can see what came of it. "
            f"If not, none is needed. You can say so in a commit message: {code(NO_ENTRY + ' a typing mistake')}"
        )
    return ["## You said, we did", said]


# ----------------------------------------------------- text that does nothing


_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}  # kinds of characters, as Unicode has them


def _plain(text: str) -> str:
    """``text`` with a name in place of each character that nobody can see."""
    return "".join(f"‹U+{ord(c):04X}›" if unicodedata.category(c) in _UNSEEN and c != "\n" else c for c in text)


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def code(text: str) -> str:
    """``text`` as code inside a line, which no sign in it can end."""
    plain = _plain(" ".join(text.split())) or "‹empty›"
    marks = "`" * (_longest_run(plain) + 1)
    pad = " " if "`" in plain else ""
    return f"{marks}{pad}{plain}{pad}{marks}"


def fenced(text: str) -> str:
    """``text`` as a block of code, which no line in it can end."""
    plain = _plain(text)
    marks = "`" * max(3, _longest_run(plain) + 1)
    return f"{marks}text\n{plain}\n{marks}"


def _folded(label: str, text: str) -> str:
    """``text`` after ``label``, in lines that need no scrolling."""
    rest = " " * len(label)
    return textwrap.fill(text, WIDTH, initial_indent=label, subsequent_indent=rest, break_on_hyphens=False) or label.rstrip()
