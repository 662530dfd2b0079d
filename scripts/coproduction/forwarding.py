"""Small pages that lead on: one at the permanent address of each id, one wherever a page used to be.

They are written beside the pages that the engine made, which knows nothing of them. Each is a real page
that needs no script: it takes the reader on at once, and has a link for a browser that may not. Where
something was taken out, it says what happened and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import shorten

from coproduction.addresses import page_address, permanent, relative, whole
from coproduction.model import Facts, Record, Withdrawn
from coproduction.pages import Meta
from coproduction.tables import forward
from coproduction.wording import LONGEST_DESCRIPTION, LONGEST_TITLE

# Where a record says in a few plain words what it is.
_PLAIN = ("plain", "meaning", "check", "how", "good_for", "story", "body")


@dataclass(frozen=True)
class Forward:
    """A small page, ready to print."""

    here: str  # its address
    to: str  # the address where it leads, which may end in an anchor
    title: str  # its name in a tab, unlike that of any other page
    name: str  # its heading
    plain: str
    page: str  # the title of the page where it leads
    record: Record | None = None  # what it leads to, if that is not a whole page
    instead: tuple[tuple[str, str], ...] = ()  # titles and addresses of what to read in place of what was taken out

    @property
    def withdrawn(self) -> bool:
        """Whether what stood here was taken out. Then it says so, and does not lead on by itself."""
        return isinstance(self.record, Withdrawn)

    @cached_property
    def description(self) -> str:
        """Its plain words, cut between two of them where they are too many."""
        return (
            self.plain if len(self.plain) <= LONGEST_DESCRIPTION else shorten(self.plain, LONGEST_DESCRIPTION, placeholder=" …")
        )

    def way(self, there: str) -> str:
        """The link from here to another address of the site."""
        return relative(self.here, there)


def write(folder: Path, facts: Facts, pages: Mapping[str, Meta], site_url: str) -> None:
    """Write every small page into the built site at ``folder``.

    :param pages: the front matter of each page, by its path inside ``docs/``.
    :param site_url: the address the site was built for, or ``/`` where it has none.
    """
    root = whole(site_url)
    for small in forwards(facts, pages):
        into = folder / small.here
        into.mkdir(parents=True, exist_ok=True)
        (into / "index.html").write_bytes(forward(small, root, facts).encode())


def forwards(facts: Facts, pages: Mapping[str, Meta]) -> list[Forward]:
    """The small pages of a site with these facts and pages."""
    return [*_to_records(facts, pages), *_to_pages(pages)]


def _to_records(facts: Facts, pages: Mapping[str, Meta]) -> Iterator[Forward]:
    seen: set[str] = set()
    for _, record in facts.records:
        name, page = facts.title(record.id), pages[record.home].title
        gone = isinstance(record, Withdrawn)
        for here in _addresses(record):
            title = _title(name, "no longer here" if gone else page)
            yield Forward(
                here=here,
                to=page_address(record.home) if gone else _home(record),
                title=_title(name, here) if title in seen else title,
                name=name,
                plain=plain_words(record),
                page=page,
                record=record,
                instead=tuple((facts.title(id), _home(facts.get(id))) for id in record.see) if gone else (),
            )
            seen.add(title)


def _addresses(record: Record) -> Iterator[str]:
    """Every address at which a small page leads to ``record``."""
    yield from map(permanent, (record.id, *record.formerly))
    if isinstance(record, Withdrawn) and record.was:
        yield page_address(record.was)


def _home(record: Record) -> str:
    return f"{page_address(record.home)}#{record.id}"


def _to_pages(pages: Mapping[str, Meta]) -> Iterator[Forward]:
    for path, page in pages.items():
        for old in map(page_address, page.formerly):
            title = _title(page.title, f"moved from {old}")
            yield Forward(old, page_address(path), title, page.title, page.description, page.title)


def _title(name: str, after: str) -> str:
    """``name``, cut between two words if need be, and what tells it from others."""
    room = max(LONGEST_TITLE - len(f" – {after}"), 1)  # what tells it from others stays, however long it is
    return f"{shorten(name, room, placeholder='…')} – {after}"


def plain_words(record: Record) -> str:
    """What a record is, in the few plain words that it has for that; its title where it has none."""
    said = next((value for key in _PLAIN if (value := getattr(record, key, None))), record.title)
    return said if isinstance(said, str) else said[0]
