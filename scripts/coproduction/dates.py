"""What day it is, and which dates have passed.

Nothing here reads the clock. The day of a build is that of the last commit, so that two builds of one commit are
alike. Whoever wants to know what is late today says so, as the scheduled job does: ``SOURCE_DATE_EPOCH=$(date +%s)``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from coproduction.findings import Finding, Rule
from coproduction.model import first_day
from coproduction.reading import TESTED, Library

if TYPE_CHECKING:  # pages need tables, and tables ask what is late
    from coproduction.pages import Meta


TESTED_TOO_SOON = Rule(
    "tested-too-soon",
    "the tests ran on {day}, says their record, and that day has not come yet",
    "The accessibility statement would tell readers of tests that nobody can have run.",
    "Get the file back from the repository, or run: python3 scripts/test.py --record",
    "date: 2026-11-22",
)
CHANGED_TOO_SOON = Rule(
    "changed-too-soon",
    "'{id}' is of {day}, and that day has not come yet",
    "Readers would be told of a change that nobody can have made.",
    "Write the day on which you made it, or decided not to.",
    "when: 2026-11-22",
)
LOOKED_TOO_SOON = Rule(
    "looked-too-soon",
    "somebody looked at the source in {said}, it says, and that time has not come yet",
    "Readers trust that we have really compared the words.",
    "Write the day on which you looked.",
    'checked: "2026-11-22"',
    {"said": "2027-01"},
)


READ_TOO_SOON = Rule(
    "read-too-soon",
    "'{key}' is {day}, and that day has not come yet",
    "Readers trust that somebody has really done it.",
    "Write the day on which it was done.",
    "reviewed: 2026-11-22",
    {"key": "reviewed"},
)


SOON = timedelta(days=92)
READ, MEND, TEST = "to be read again", "to be mended", "to be tested again"


@dataclass(frozen=True, order=True)
class Due:
    """A day by which something should be done, and where that day is written."""

    day: date
    file: str
    line: int  # 0 where it stands at the top of a page
    what: str
    task: str
    owner: str  # who looks after it
    name: str  # what a reader calls it
    page: str  # the path inside docs/ of the page that shows it
    title: str  # of that page
    anchor: str  # on that page; empty for the whole of it


def of_epoch(seconds: int | str) -> date:
    """The day on which a number of seconds since 1970 falls, in the time of Greenwich."""
    return datetime.fromtimestamp(int(seconds), timezone.utc).date()


def told() -> date | None:
    """The day that the environment tells, or None where it tells none."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return of_epoch(given) if given else None


def is_late(value: date, today: date | None) -> bool:
    """Whether the day by which something should have been done has passed; no day is late while nobody tells the time."""
    return today is not None and today > value


def calendar(library: Library, metas: Mapping[str, Meta]) -> list[Due]:
    """Each day by which something should be done, the next to come first.

    :param metas: the front matter of each page, by its path inside ``docs/``.
    """
    return sorted([*_of_pages(metas), *_of_records(library, metas)])


def late(library: Library, metas: Mapping[str, Meta], today: date) -> list[Due]:
    """What should have been done before ``today``, the oldest first."""
    return [due for due in calendar(library, metas) if is_late(due.day, today)]


def soon(library: Library, metas: Mapping[str, Meta], today: date) -> list[Due]:
    """What is due within three months; where nothing is, what comes next."""
    coming = [due for due in calendar(library, metas) if not is_late(due.day, today)]
    last = max(today + SOON, coming[0].day) if coming else today
    return [due for due in coming if due.day <= last]


def not_yet(library: Library, today: date) -> list[Finding]:
    """What speaks of a day after ``today`` as if it had been: the tests, a change, a look at a source, a review of a record."""
    soon = [(said, place) for said, place in library.looked if first_day(said) > today]
    found = [LOOKED_TOO_SOON.finding(place.file, place.line, said=said) for said, place in dict.fromkeys(soon)]
    read = [(day, place) for day, place in library.reviewed if day > today]
    found += [READ_TOO_SOON.finding(at.file, at.line, key="reviewed", day=day) for day, at in dict.fromkeys(read)]
    if library.tested and library.tested.date > today:
        found.append(TESTED_TOO_SOON.finding(f"docs/data/{TESTED}", 0, day=library.tested.date))
    for change in library.facts.changes:
        if change.last_changed > today:
            place = library.places[change.id]
            found.append(CHANGED_TOO_SOON.finding(place.file, place.line, id=change.id, day=change.last_changed))
    return found


def in_a_line(found: Iterable[Due], today: date) -> str:
    """What is late in one line, by file; nothing when nothing is."""
    files: dict[str, list[Due]] = {}
    for each in found:
        files.setdefault(each.file, []).append(each)
    if not files:
        return ""
    said = [f"{file} ({len(group)}, since {min(group).day})" for file, group in files.items()]
    return f"To be read again or mended, as of {today}: {', '.join(said)}."


def in_a_list(found: Iterable[Due]) -> str:
    """What is late as a list in Markdown, for an issue that stands open until nothing is late."""
    return "".join(f"- {each.day}: `{each.file}`{f', line {each.line}' if each.line else ''}: {each.what}\n" for each in found)


def _of_pages(metas: Mapping[str, Meta]) -> Iterator[Due]:
    for path, meta in metas.items():
        what = f"the page '{meta.title}' is {READ}"
        yield Due(meta.review_by, f"docs/{path}", 0, what, READ, meta.owner, meta.title, path, meta.title, "")


def _of_records(library: Library, metas: Mapping[str, Meta]) -> Iterator[Due]:
    titles = {path: meta.title for path, meta in metas.items()}
    for _, record in library.facts.records:
        place, name, home = library.places[record.id], library.facts.title(record.id), record.home
        for task, day in ((READ, record.review_by), (MEND, getattr(record, "mend_by", None))):
            if day:
                what = f"'{record.id}' is {task}"
                yield Due(day, place.file, place.line, what, task, record.owner, name, home, titles.get(home, home), record.id)
    for statement in library.facts.accessibility if library.tested else ():
        day, file, home = library.tested.run_by, f"docs/data/{TESTED}", statement.home
        what, name = f"everything is {TEST}", "The whole site"
        yield Due(day, file, 0, what, TEST, statement.owner, name, home, titles.get(home, home), "")
