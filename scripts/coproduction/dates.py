"""What day it is, and which dates have passed.

Nothing here reads the clock. The day of a build is that of the last commit, so that two builds of one commit are
alike. Whoever wants to know what is late today says so, as the scheduled job does: ``SOURCE_DATE_EPOCH=$(date +%s)``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING

from coproduction.findings import Finding
from coproduction.reading import TESTED, Library

if TYPE_CHECKING:  # pages need tables, and tables ask what is late
    from coproduction.pages import Meta


@dataclass(frozen=True, order=True)
class Late:
    """A date that has passed, and where it stands."""

    day: date
    file: str
    line: int  # 0 where it stands at the top of a page
    what: str


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


def late(library: Library, metas: Mapping[str, Meta], today: date) -> list[Late]:
    """Each date before ``today`` by which something should have been done, the oldest first.

    :param metas: the front matter of each page, by its path inside ``docs/``.
    """
    return sorted(found for found in [*_of_pages(metas), *_of_records(library)] if is_late(found.day, today))


def not_yet(library: Library, today: date) -> list[Finding]:
    """What is wrong with the record of the tests when it speaks of a day after ``today``."""
    if not library.tested or library.tested.date <= today:
        return []
    return [
        Finding(
            f"docs/data/{TESTED}",
            0,
            f"the tests ran on {library.tested.date}, says their record, and that day has not come yet",
            "The accessibility statement would tell readers of tests that nobody can have run.",
            "Get the file back from the repository, or run: python3 scripts/test.py --record",
        )
    ]


def in_a_line(found: Iterable[Late], today: date) -> str:
    """What is late in one line, by file; nothing when nothing is."""
    files: dict[str, list[Late]] = {}
    for each in found:
        files.setdefault(each.file, []).append(each)
    if not files:
        return ""
    said = [f"{file} ({len(group)}, since {min(group).day})" for file, group in files.items()]
    return f"To be read again or mended, as of {today}: {', '.join(said)}."


def in_a_list(found: Iterable[Late]) -> str:
    """What is late as a list in Markdown, for an issue that stands open until nothing is late."""
    return "".join(f"- {each.day}: `{each.file}`{f', line {each.line}' if each.line else ''}: {each.what}\n" for each in found)


def _of_pages(metas: Mapping[str, Meta]) -> Iterator[Late]:
    for path, meta in metas.items():
        yield Late(meta.review_by, f"docs/{path}", 0, f"the page '{meta.title}' is to be read again")


def _of_records(library: Library) -> Iterator[Late]:
    for _, record in library.facts.records:
        place = library.places[record.id]
        yield Late(record.review_by, place.file, place.line, f"'{record.id}' is to be read again")
        if mend_by := getattr(record, "mend_by", None):
            yield Late(mend_by, place.file, place.line, f"'{record.id}' is to be mended")
    if library.tested:
        yield Late(library.tested.run_by, f"docs/data/{TESTED}", 0, "everything is to be tested again")
