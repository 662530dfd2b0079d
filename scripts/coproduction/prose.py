"""Our own words, wherever they stand, so that all of them can be checked: in pages, in records, in the shapes of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction import wording
from coproduction.model import Citation, Part, Quotation, Record, Source, Suggestion, Word
from coproduction.reading import Library

if TYPE_CHECKING:
    from coproduction.pages import Page

# Keys that hold no prose of ours: the names of others, what people search with, and words for machines.
_NO_PROSE = {"id", "formerly", "also", "also_welsh", "welsh", "old", "unshown", "nation", "locked"}
_NO_PROSE |= {"body", "author", "names", "as_printed_by", "earned_by"}
_NAMED = {"body", "author", "names", "place", "who", "told_by", "as_printed_by"}
# How people speak, of themselves or of others. It must be spelt right; which words they choose is theirs.
_SPOKEN = {"say", "sounds_like", "who", "told_by", "name", "found"}
# An id, a path, a number: it holds no white space and no capital, and a sign or a digit.
_FOR_MACHINES = re.compile(r"[^A-Z\s]*\w[-/.:#\d][^A-Z\s]*")
_ENOUGH = 8  # words, to find a place in a file again


@dataclass(frozen=True)
class Passage:
    """Some of our words, and where they stand."""

    file: str  # relative to the project's folder
    line: int  # where they begin; of a record, where that begins
    text: str
    key: str = ""  # the key that they stand under, in a record or at the top of a page
    written: str = ""  # the whole file, where the words of ``text`` stand somewhere below ``line``, folded
    spoken: bool = False  # they show how people speak

    @cached_property
    def _begins(self) -> int:
        """Where in its file a text of a record can stand at the earliest."""
        record = sum(len(line) for line in self.written.splitlines(keepends=True)[: self.line - 1])
        return max(record, self.written.find(f"{self.key}:", record))

    @cached_property
    def ours(self) -> str:
        """The text, with spaces for what is not ours."""
        return wording.ours(self.text)

    def line_at(self, end: int) -> int:
        """The line of the word that ends at this place of the text."""
        if not self.written:
            return self.line + self.text.count("\n", 0, end)
        said = re.compile(r"\s+".join(map(re.escape, self.text[:end].split()[-_ENOUGH:])))
        found = said.search(self.written, self._begins) or said.search(self.written)  # what 'every:' says stands above
        return self.written.count("\n", 0, found.end()) + 1 if found else self.line


def passages(root: Path, pages: Iterable[Page], library: Library) -> list[Passage]:
    """All our words: in pages, in records, in the shapes of pages and in the templates of what macros print."""
    return [*(passage for page in pages for passage in _of_page(page)), *_of_records(root, library), *_of_shapes(root)]


def names(library: Library) -> Iterator[str]:
    """What people, bodies, papers and places are called in the records."""
    for _, record in library.facts.records:
        named = {*_NAMED, "name"} if isinstance(record, Source) else _NAMED
        yield from (text for key, text in _all(record) if key in named)


def _of_page(page: Page) -> Iterator[Passage]:
    """The words that stand in a page itself."""
    for key in ("title", "description", "reading_reason", "unchecked_by"):
        if value := getattr(page.meta, key):
            yield Passage(page.file, page.keys[key], value, key)
    if page.lines:
        yield Passage(page.file, page.lines[0].number, "\n".join(line.text for line in page.lines))


def _of_records(root: Path, library: Library) -> Iterator[Passage]:
    """The words of ours in the records."""
    files = {place.file for place in library.places.values()}
    written = {file: (root / file).read_text(encoding="utf-8-sig") for file in files}
    for _, record in library.facts.records:
        place = library.places[record.id]
        old = isinstance(record, Word) and record.use == "old"
        for key, text in _texts(record):
            yield Passage(place.file, place.line, text, key, written[place.file], spoken=old or key in _SPOKEN)


def _of_shapes(root: Path) -> Iterator[Passage]:
    """The words in the shapes of pages, and in the templates of what macros print."""
    for folder in ("overrides", "scripts/coproduction/templates"):
        for path in sorted((root / folder).rglob("*.html")):
            yield Passage(path.relative_to(root).as_posix(), 1, path.read_text(encoding="utf-8"))


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Each text in a record that is prose of ours, with its key."""
    titled = isinstance(record, Source)  # its name is somebody else's
    for key, text in _all(record):
        if key not in _NO_PROSE and not (titled and key == "name") and not _FOR_MACHINES.fullmatch(text):
            yield key, text


def _all(part: Part) -> Iterator[tuple[str, str]]:
    """Every text in a part, with its key; without quotations, and without those of records nested in it."""
    for key in type(part).model_fields:
        # What somebody wrote to us is a quotation too.
        value = () if isinstance(part, Suggestion) and key == "words" else getattr(part, key)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, str):
                yield key, child
            elif isinstance(child, Part) and not isinstance(child, (Record, Quotation, Citation)):
                yield from _all(child)
