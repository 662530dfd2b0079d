"""The pages: front matter, headings, links, macros and wording, checked before anything is built."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from inspect import signature
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

from pathspec import GitIgnoreSpec
from pydantic import Field
from selectolax.lexbor import LexborHTMLParser

from coproduction import dates, labels, markup, model, prose, reading, spelling, terms, wording
from coproduction.addresses import PERMANENT, page_address
from coproduction.findings import Finding, Rule, short
from coproduction.model import EasyRead, Part, Record, Text, UnknownId, Withdrawn, kind_of, nearest, nearest_page
from coproduction.model import Page as PagePath
from coproduction.reading import LARGEST, SETTINGS, Library, Place, Rest, Unreadable, front_matter, page_text
from coproduction.tables import Around, Harder, NothingToShow, Tables, printed

ARI_LIMITS = {"easy": 3, "public": 6, "practice": 9}


class Meta(Part):
    """The front matter of a page."""

    title: Text = Field(description="The page's heading. The template prints it.")
    description: Text = Field(description="One sentence that answers the page's question. It stands under the title.")
    reading: Literal["easy", "public", "practice"] = Field(
        description="Whom it is for: everybody, or people at work. easy: a page in easy words."
    )
    reading_reason: Text | None = Field(None, description="Why the page cannot be as easy to read as it should.")
    updated: date = Field(description="When its words last changed.")
    reviewed: date = Field(description="When somebody last read it from end to end.")
    review_by: date = Field(description="When somebody must read it again.")
    owner: Text = Field(description="Who looks after it.")
    also: dict[str, tuple[Text, ...]] = Field(
        {}, description="Other words that people search with: under 'page' for the whole page, under an anchor for one part."
    )
    formerly: tuple[PagePath, ...] = Field((), description="Paths inside docs/ that it had before. Old links still work.")
    easy_read: PagePath | None = Field(None, description="The page in easy words that is its twin.")
    unchecked_by: Text | None = Field(
        None, description="The people whose own life it speaks of, who have not checked it yet. The page says so on top."
    )
    found: bool = Field(True, description="false for another form of a page: nobody should come to it by searching.")
    feed: Literal["changes.xml"] | None = Field(None, description="Address of the feed of this page, from the site's root.")
    template: Literal["home.html"] | None = Field(None, description="A page shape other than the usual one.")


@dataclass(frozen=True)
class Line:
    """One line of a page's body, counted from the top of its file."""

    number: int
    text: str


@dataclass
class Page:
    """A page as its writer sees it."""

    path: str
    meta: Meta
    keys: dict[str, int]  # the line of each key of the front matter
    lines: list[Line]
    shown: list[Line] = field(default_factory=list)  # what its macros print, each at the line that asks for it
    findings: list[Finding] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"docs/{self.path}"

    @property
    def printed(self) -> str:
        """What all its macros print."""
        return "\n".join(part.text for part in self.shown)

    @cached_property
    def anchors(self) -> set[str]:
        """Every anchor on the page: of its headings, and of what its macros print."""
        own = {match["id"] for line in self.lines if (match := _HEADING.match(line.text)) and match["id"]}
        own |= {bare[1][1:] for line in self.lines if (bare := _BARE_ID.search(line.text))}  # what is wrong with it is told
        return own | set(re.findall(r' id="([^"]+)"', self.printed))

    def add(self, rule: Rule, line: int, **told: Any) -> None:
        """The rule is broken at this line of the page; the rest is as in :meth:`Rule.finding`."""
        self.findings.append(rule.finding(self.file, line, **told))


@dataclass(frozen=True)
class ReadingReport:
    """How one page reads, against what it should."""

    file: str
    reading: wording.Reading
    limit: int
    meta: Meta
    passages: tuple[Line, ...]  # what was read: the page's own prose, and that of its macros at the line that asks for it

    @property
    def reason(self) -> str | None:
        """Why the page cannot be as easy to read as it should."""
        return self.meta.reading_reason


@dataclass(frozen=True)
class Sentence:
    """A sentence that a reader of a page meets, and where its words stand."""

    words: int
    text: str
    place: Place


def check(
    root: Path, library: Library | None, today: date | None = None, rest: Rest | None = None
) -> tuple[list[Finding], list[ReadingReport]]:
    """Check every page below ``root / "docs"``.

    :param library: the facts; without them, when they are broken, only what needs none is checked.
    :param today: after which no page can have been read or changed; None where nobody tells the time.
    :param rest: what is left of facts that are broken.
    :returns: all findings, and how each page reads.
    """
    found: list[Finding] = []
    pages: dict[str, Page] = {}
    unread: set[str] = set()
    for name, path in files(root / "docs").items():
        try:
            pages[name] = _read(path, name)
        except Unreadable as error:
            found += error.findings
            unread.add(name)
    around = Around(harder=tuple(_harder({page.path: page.meta for page in pages.values()})))
    for page in pages.values():
        _check_macros(page, library, around, rest.ids if rest else frozenset())
    readable = library or (rest and rest.library)
    of_records = _check_records(readable) if readable else []
    reports = []
    for page in pages.values():
        _check_headings(page)
        _check_underlined(page)
        for part in _written(page):
            _check_entries(page, part)
            _check_rows(page, part)
            _check_left_over(page, part)
            _check_bare_addresses(page, part)
        _check_signs(page)
        _check_links(page, pages, unread, root / "docs", anchors=library is not None)
        _check_markup(page)
        _check_dates(page, today)
        _check_sentences(page, {found.what for found in of_records})
        _check_unfinished(page)
        _check_also(page, complete=library is not None)
        if library:
            reports.append(_check_wording(page))
        found += page.findings
    found += _check_titles(pages)
    found += _check_files(root / "docs")
    found += _check_menu(root, pages, unread)
    found += _check_addresses(pages, library)
    found += _check_places(pages)
    if library:
        found += _check_homes(pages, unread, library)
        found += _check_twins(pages, unread, library, root / "docs" / "assets" / "easy")
    if readable:
        found += of_records
        try:
            found += _check_words(root, pages, readable, rest.lost if rest else (), complete=not (rest or unread))
        except Unreadable as error:  # a list of words cannot be read
            found += error.findings
    return found, reports


def shown(root: Path, library: Library, email: str = "") -> Iterator[tuple[str, str]]:
    """Each macro that a page below ``root / "docs"`` asks for, and what it prints there.

    :param email: the inbox, without which some facts are not shown.
    :raises Unreadable: when the front matter of one cannot be read.
    """
    around = Around(email=email, harder=harder(root))
    for name, path in files(root / "docs").items():
        page = _read(path, name)
        for line in page.lines:
            if match := _MACRO.match(line.text):
                yield match[1], _call(page, library, line.number, match[1], match[2], around, frozenset())


def files(docs: Path) -> dict[str, Path]:
    """The files of all pages below ``docs``, by their paths there; what an editor locks them with leads to no file."""
    return {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*.md")) if path.is_file()}


def metas(root: Path) -> dict[str, Meta]:
    """The front matter of every page below ``root / "docs"``, by its path there.

    The answer is kept until a page changes, because one engine asks again for each.

    :raises Unreadable: when that of a page cannot be read.
    """
    docs = root / "docs"
    stats = {name: path.stat() for name, path in files(docs).items()}
    return dict(_metas(docs, tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()))))


@lru_cache(maxsize=2)
def _metas(docs: Path, stamp: tuple[tuple[str, int, int], ...]) -> dict[str, Meta]:
    return {name: _read(docs / name, name).meta for name, _, _ in stamp}


def harder(root: Path) -> tuple[Harder, ...]:
    """The pages below ``root / "docs"`` that say why they cannot be as easy to read as they should.

    :raises Unreadable: when the front matter of one cannot be read.
    """
    docs = root / "docs"
    # Those alone are read to the end, because one engine asks again for each page.
    names = [name for name, path in files(docs).items() if b"\nreading_reason:" in path.read_bytes()]
    return tuple(_harder({name: _read(docs / name, name).meta for name in names}))


def _harder(metas: dict[str, Meta]) -> Iterator[Harder]:
    for path, meta in metas.items():
        if meta.reading_reason:
            yield Harder(path, meta.title, meta.reading_reason)


def longest_sentences(root: Path, report: ReadingReport, library: Library, count: int) -> list[Sentence]:
    """The longest sentences of a page, the longest first, each with the file and the line where its words begin."""
    of_data = {
        " ".join(sentence.split()): library.places[record.id]
        for _, record in library.facts.records
        for text in _texts(record)
        for sentence in wording.sentences(text)
    }
    found = {
        sentence: Sentence(len(wording.words(sentence)), sentence, of_data.get(sentence, Place(report.file, line)))
        for passage in report.passages
        for line, sentence in _sentences(passage)
    }
    longest = sorted(found.values(), key=lambda sentence: -sentence.words)[:count]
    return [replace(sentence, place=_narrowed(root, sentence)) for sentence in longest]


def _narrowed(root: Path, sentence: Sentence) -> Place:
    """The place of a sentence: its own line, where that of the record around it is known."""
    text = page_text(root / sentence.place.file, sentence.place.file, LARGEST)  # it may be a data file
    start = sum(len(line) + 1 for line in text.split("\n")[: sentence.place.line - 1])
    found = re.compile(r"\s+".join(map(re.escape, sentence.text.split()))).search(text, start)
    return replace(sentence.place, line=text.count("\n", 0, found.start()) + 1) if found else sentence.place


def other_words(metas: dict[str, Meta]) -> dict[str, tuple[str, ...]]:
    """The other words that people use for each page, and each part of a page, by its address."""
    return {
        page_address(name) + ("" if anchor == "page" else f"#{anchor}"): words
        for name, meta in metas.items()
        for anchor, words in meta.also.items()
    }


NO_FRONT_MATTER = Rule(
    "front-matter-missing",
    "the page has no front matter",
    "Its title, summary and review dates stand there.",
    "Copy the two rows of dashes at the top of another page, with the lines between. Then change those lines.",
    """\
---
title: Words
description: Short meanings.
reading: public
updated: 2026-11-22
reviewed: 2026-11-22
review_by: 2027-11-22
owner: The editors
---""",
)


LONGEST_LINE = 2_000  # characters
LINE_ENDLESS = Rule(
    "line-endless",
    "this line has {count} letters and spaces",
    "A line of more than {most} is most likely a mistake, and could hold up the build for minutes.",
    "Take out what was pasted by accident, or split the line.",
    "How much do you share?",
    {"count": "2,500", "most": "2,000"},
)


def _read(path: Path, name: str) -> Page:
    where = f"docs/{name}"
    text = page_text(path, where)
    if endless := [Line(number, line) for number, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST_LINE]:
        raise Unreadable(
            [LINE_ENDLESS.finding(where, line.number, count=f"{len(line.text):,}", most=f"{LONGEST_LINE:,}") for line in endless]
        )
    match = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    if not match:
        raise Unreadable([_two_versions(text, where) or NO_FRONT_MATTER.finding(where, 1)])
    meta, keys = front_matter(match[1], where, Meta)
    first = text[: match.end()].count("\n") + 1
    # The engine ends a line here alone, and takes tabs for spaces before it looks for code.
    body = text[match.end() :].removesuffix("\n").split("\n")
    page = Page(name, meta, keys, [Line(number, line.expandtabs(4)) for number, line in enumerate(body, first)])
    _check_unseen(page)
    _empty_code(page)
    if both := _two_versions("\n".join(line.text for line in page.lines), where, above=first - 1):
        raise Unreadable([both])
    _check_tabs(page, body)
    return page


def _two_versions(text: str, where: str, above: int = 0) -> Finding | None:
    """As in data; but a row of = alone may be there to make a heading, which is told for itself."""
    return reading.two_versions(text, where, above) if re.search(r"^[<>]{7} ", text, re.M) else None


def _check_unseen(page: Page) -> None:
    for line in page.lines:
        if names := model.unseen(line.text):
            page.add(reading.UNSEEN_CHARACTER, line.number, place="this line", names=short(names), example="You can say no.")


CODE_UNCLEAR = Rule(
    "code-unclear",
    "it is not clear whether code begins here, and where it ends",
    "What is meant to be shown as code could be run on the page.",
    "Put a line of three backquotes above the code, and one below it. Nothing but one word may stand beside the first.",
    "```\npython3 scripts/check.py\n```",
)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_OPENING = re.compile(r"(?:`{3,}|~{3,}) *[\w.+-]* *")


def _empty_code(page: Page) -> None:
    """Put empty lines in place of code, but for lines with braces: the engine looks for macros there too.

    Of all that the engine may take for code, only what nobody can mistake is allowed.
    """
    last = {line.text.rstrip(" "): line.number for line in page.lines if _FENCE.match(line.text)}
    fence = ""
    for at, line in enumerate(page.lines):
        ends = bool(fence) and line.text.rstrip(" ") == fence
        begins = not fence and _FENCE.match(line.text)
        if begins and _OPENING.fullmatch(line.text) and last.get(begins[1], 0) > line.number:
            fence = begins[1]
        elif begins:
            page.add(CODE_UNCLEAR, line.number)
        if fence and not re.search(r"\{[{%#]", line.text):
            page.lines[at] = Line(line.number, "")
        if ends:
            fence = ""


# ------------------------------------------------------------------------ macros

_BARE_ID = re.compile(r"\{\s{0,9}(#[\w-]+)\s*\}")
_WITHOUT_BRACKETS = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_MACRO = re.compile(r"\{\{\s*(\w+)\((.*)\)\s*\}\}\s*$")


def _check_macros(page: Page, library: Library | None, around: Around, ids: frozenset[str]) -> None:
    """Call each macro as the engine will, and keep what it prints. Without facts, see only that it could be called.

    :param ids: those of all records, where the facts are broken.
    """
    for line in page.lines:
        match = _MACRO.match(line.text)
        if match:
            page.shown.append(Line(line.number, _call(page, library, line.number, match[1], match[2], around, ids)))
        else:
            _check_braces(page, line)


MACRO_UNKNOWN = Rule(
    "macro-unknown",
    "no macro is called '{name}'",
    "The page would show an error in place of a table.",
    "Copy the line from a page that shows such a table.",
    "{{ ladder() }}",
    {"name": "laddder"},
)
MACRO_CURLY = Rule(
    "macro-quotes-curly",
    "'{call}' has curly quotes",
    "They are not understood here, so the page would show an error.",
    "Type straight ones in their place: {form}",
    '{{ framework("framework-nef") }}',
    {"call": "framework(“framework-nef”)", "form": '{{ framework("id") }}'},
)
MACRO_UNCLEAR = Rule(
    "macro-unclear",
    "'{call}' cannot be understood",
    "The page would show an error in place of the facts it asks for.",
    "Write it like this: {form}",
    '{{ framework("framework-nef") }}',
    {"call": "framework(7)", "form": '{{ framework("id") }}'},
)
MACRO_ID_UNKNOWN = Rule(
    "macro-id-unknown",
    "no record has the id '{id}'",
    "The page would show an error in place of the facts it asks for.",
    "Copy the id from its record in docs/data/.",
    '{{ framework("framework-nef") }}',
    {"id": "framework-riverside"},
)
MACRO_SHOWS_NOTHING = Rule(
    "macro-shows-nothing",
    "there is nothing to show. {error}",
    "The page would show an error in place of the facts it asks for.",
    "Ask for something else. What there is stands in docs/data/.",
    '{{ law("wales") }}',
    {"error": "There are no laws for wales in docs/data/."},
)


def _call(
    page: Page, library: Library | None, line: int, name: str, arguments: str, around: Around, known: frozenset[str]
) -> str:
    if name not in Tables.MACROS:
        page.add(MACRO_UNKNOWN, line, name=name, near=nearest(name, Tables.MACROS))
        return ""
    ids = _ids(name, arguments)
    if ids is None:
        rule = MACRO_CURLY if re.search("[“”‘’]", arguments) else MACRO_UNCLEAR
        page.add(rule, line, call=f"{name}({arguments})", form=_form(name))
    if ids is None or library is None:
        kinds = {kind_of(id) for id in known}
        for id in (id for id in ids or () if kind_of(id) in kinds and id not in known):
            page.add(MACRO_ID_UNKNOWN, line, id=id, near=model.nearest_id(id, known))
        return ""
    try:
        return str(printed(library, page.path, name, ids, around=around))
    except UnknownId as error:
        page.add(MACRO_ID_UNKNOWN, line, id=error.id, near=error.near)
    except NothingToShow as error:
        page.add(MACRO_SHOWS_NOTHING, line, error=error)
    return ""


def _form(name: str) -> str:
    """How a macro is called."""
    wanted = [f'"{parameter}"' for parameter in signature(getattr(Tables, name)).parameters if parameter != "self"]
    return f"{{{{ {name}({', '.join(wanted)}) }}}}"


def _ids(name: str, arguments: str) -> tuple[str, ...] | None:
    """The ids that a macro is called with, or None when the call makes no sense."""
    try:
        ids = ast.literal_eval(f"({arguments},)") if arguments.strip() else ()
        signature(getattr(Tables, name)).bind(None, *ids)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):  # the last two: of brackets within brackets
        return None
    return ids if all(isinstance(id, str) for id in ids) else None


MACRO_INDENTED = Rule(
    "macro-indented",
    "this macro does not begin at the start of its line",
    "Inside a list or a box, what it prints would fall apart.",
    "Move it to the beginning of a line of its own, with an empty line above and below.",
    "{{ ladder() }}",
)
ID_WITHOUT_COLON = Rule(
    "heading-id-without-colon",
    "the id '{id}' has no colon in front",
    "The machine that builds the page could take it for the start of a hidden note.",
    "Write it like this: {{: {id} }}",
    "## Who decides? {: #who-decides }",
    {"id": "#who-decides"},
)
COMMAND_IN_PAGE = Rule(
    "command-in-page",
    "this line holds a brace with % or #",
    "It is read as a command to the machine that builds the page, not as words.",
    "Take it out, and write the words that people should read. Facts can be shown with a macro.",
    "You can bring a friend.",
)
BRACES_IN_WORDS = Rule(
    "braces-in-words",
    "this line holds double braces",
    "They are read as a command to the machine that builds the page, not as words.",
    "Put a macro on a line of its own. Take other braces out.",
    "{{ ladder() }}",
)


def _check_braces(page: Page, line: Line) -> None:
    if _MACRO.match(line.text.strip()):
        page.add(MACRO_INDENTED, line.number)
    elif bare := _BARE_ID.search(line.text):
        page.add(ID_WITHOUT_COLON, line.number, id=bare[1])
    elif (called := _WITHOUT_BRACKETS.search(line.text)) and called[1] in Tables.MACROS:
        page.add(MACRO_UNCLEAR, line.number, call=called[1], form=_form(called[1]))
    elif re.search(r"\{[%#]|[%#]\}", line.text):
        page.add(COMMAND_IN_PAGE, line.number)
    elif re.search(r"\{\{|\}\}", line.text):
        page.add(BRACES_IN_WORDS, line.number)


# ---------------------------------------------------------- headings, links, markup

# A page may hold thousands of signs that begin one of these: each part has an end that it cannot pass.
_HEADING = re.compile(r"(?P<level>#{1,6})\s*(?P<text>(?!\{:)\S.*?|)(?:\s{0,9}\{:\s*#(?P<id>[\w-]+)[^}]*\})?\s*$")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]{0,1000})\]\((?P<to>[^)\s]*)(?:\s[^)]{0,500})?\)")


MAIN_HEADING_TWICE = Rule(
    "heading-main-twice",
    "a page has one main heading, and the template prints it from 'title:'",
    "Two main headings leave people who listen to the page unsure what it is about.",
    "Begin this heading with ## instead of #.",
    "## Who decides? {: #who-decides }",
)
HEADING_SKIPS = Rule(
    "heading-skips-level",
    "the heading skips from level {before} to level {level}",
    "Many readers move by headings. A gap sounds like a part that is missing.",
    "Begin it with {signs} and a space.",
    "### Who pays? {: #who-pays }",
    {"before": "2", "level": "4", "signs": "###"},
)
HEADING_TWICE = Rule(
    "heading-twice",
    "the heading '{heading}' stands twice on this page",
    "In a list of headings nobody could tell them apart.",
    "Change one so that it says what is different.",
    "## Who decides in a crisis? {: #who-decides-in-a-crisis }",
    {"heading": "Who decides?"},
)
HEADING_WITHOUT_ID = Rule(
    "heading-without-id",
    "the heading has no id of its own",
    "Its address would change with its words, and old links to it would break.",
    "End the line with an id: {heading} {{: #{id} }}",
    "## Who decides? {: #who-decides }",
    {"heading": "## Who decides?", "id": "who-decides"},
)
HEADING_UNDERLINED = Rule(
    "heading-underlined",
    "this row of dashes makes a heading of the line above it",
    "Such a heading has no id, so nobody could link to it.",
    "For a heading, take the row out and write ## and an id. For a row of dashes, put an empty line above it.",
    "## Who decides? {: #who-decides }",
)


def _check_headings(page: Page) -> None:
    level, seen = 1, set()
    for line in page.lines:
        match = _HEADING.match(line.text)
        if not match:
            continue
        depth, text = len(match["level"]), match["text"]
        page.findings += labels.of_heading(page.file, line.number, text)
        if depth == 1:
            page.add(MAIN_HEADING_TWICE, line.number)
        elif depth > level + 1:
            page.add(HEADING_SKIPS, line.number, before=level, level=depth, signs="#" * (level + 1))
        if text and text.casefold() in seen:
            page.add(HEADING_TWICE, line.number, heading=text)
        if text and not match["id"] and not _BARE_ID.search(text):
            page.add(HEADING_WITHOUT_ID, line.number, heading=line.text.rstrip(), id=_slug(text))
        seen.add(text.casefold())
        level = max(depth, 2)


def _check_underlined(page: Page) -> None:
    for block in _paragraphs(page):
        for line in block[1:]:
            if re.fullmatch(r"[>\s]*(?:-+|=+)\s*", line.text):
                page.add(HEADING_UNDERLINED, line.number)


def _paragraphs(page: Page) -> Iterator[list[Line]]:
    """The lines of the page between two empty ones."""
    return (list(lines) for filled, lines in groupby(page.lines, key=lambda line: bool(line.text.strip())) if filled)


_ENDS_ITSELF = re.compile(r"#|\{\{|<|!!!|\[[^\]]*\]:")  # a heading, a macro, a tag, a box: below it something new begins
_HOLDS = re.compile(r"\s*(?:[-*+]|\d+\.|!!!|:)\s")  # a list, a box, a meaning: what is indented below it belongs to it


def _written(page: Page) -> Iterator[list[Line]]:
    """The lines between two empty ones that are ours, with crosses for the code in them; quotations are left out."""
    holds = False
    for lines in _paragraphs(page):
        indented = lines[0].text.startswith("    ")
        if not indented:
            holds = any(_HOLDS.match(line.text) for line in lines)
        elif not holds:  # the engine takes it for code
            continue
        own = list(takewhile(lambda line: not line.text.lstrip().startswith(">"), lines))
        text = re.sub(r"`[^`]{1,1000}`|\\.", lambda code: re.sub(r"[^`\n]", "x", code[0]), "\n".join(line.text for line in own))
        if own:
            yield [Line(line.number, rest) for line, rest in zip(own, text.split("\n"))]


ENTRY_WITHOUT_LIST = Rule(
    "entry-without-list",
    "this line begins like an entry of a list, and is none",
    "All would run together in one paragraph.",
    "Put an empty line above the first entry. Begin each with a hyphen and a space, or with 1. and a space.",
    "You need:\n\n- a room\n- a cup of tea",
)
_ENTRY = re.compile(r"(?:[-*+]|(?P<number>\d{1,2})\.) +(?![-*_ ]*$)")
_BULLETS = "•·●▪◦‣○■➢►✓✔\uf0a7\uf0b7"  # of word processors
# What they and hasty hands put in place of a hyphen and a space, or of a number.
_LIKE_AN_ENTRY = re.compile(
    rf"(?:[{_BULLETS}]\s*|o\s{{2,}}|-(?=[^\W\d])|\*(?=[^\W\d][^*]*$)"
    r"|(?P<dash>[–—]\s*)|(?P<number>\d{1,2}|[a-z])(?:\)\s+|\.(?=[^\W\d]{2})))\S"
)


def _check_entries(page: Page, lines: list[Line]) -> None:
    """Tell the first line that looks like an entry to readers of the file, and is none to the engine."""
    begins, kind, above = True, "", ":"
    for line in lines:
        text = line.text.strip()
        if text.startswith(": "):  # the meaning of a word holds whatever a page does
            begins, text = True, text[1:].lstrip()
        if entry := _ENTRY.match(text):
            now = "numbers" if entry["number"] else "signs"
            inner = bool(kind) and line.text.startswith("    ")
            if not (begins or inner or now == kind) and (kind or entry["number"] in (None, "1")):
                page.add(ENTRY_WITHOUT_LIST, line.number)
                return
            kind = kind if inner else now
        elif like := _LIKE_AN_ENTRY.match(text):
            # Inside a paragraph, a dash or a number at the start of a line is most likely there by chance.
            if begins or (above.endswith(":") if like["dash"] else like["number"] in (None, "1", "a")):
                page.add(ENTRY_WITHOUT_LIST, line.number)
                return
        begins, above = bool(_ENDS_ITSELF.match(text)), text


ROWS_WITHOUT_TABLE = Rule(
    "rows-without-table",
    "these rows look like a table, and make none",
    "All cells would run together in one paragraph.",
    "Put an empty line above, | between the cells, and a row of dashes below the first row.",
    "| Rung | Who decides |\n| --- | --- |\n| Doing with | All of us |",
)
_ROW = re.compile(r"\|.*|.*\S +\| +\S.*")
_ROW_OF_DASHES = re.compile(r"[\s|:-]*-[\s|:-]*")
_MARK = re.compile(rf"\s*(?:[-*+:>{_BULLETS}o]|\(?\w{{1,2}}[.)])\s+")


def _check_tabs(page: Page, body: list[str]) -> None:
    """Tell the first of two rows or more with tabs between the cells, as a spreadsheet has them."""
    rows = (bool(line.text) and _has_cells(raw) for line, raw in zip(page.lines, body))
    for tabbed, found in groupby(zip(page.lines, rows), key=lambda each: each[1]):
        first, *more = (line for line, _ in found)
        if tabbed and more:
            page.add(ROWS_WITHOUT_TABLE, first.number)


def _has_cells(raw: str) -> bool:
    mark = _MARK.match(raw)
    inside = bool(mark) and mark[0].lstrip().startswith(">")
    return not (inside or raw.startswith(("    ", "\t"))) and bool(re.search(r"\S *\t\s*\S", raw[mark.end() if mark else 0 :]))


def _check_rows(page: Page, lines: list[Line]) -> None:
    rows = [at for at, line in enumerate(lines) if _ROW.fullmatch(line.text.strip())]
    if not rows or (len(rows) == 1 and not lines[rows[0]].text.lstrip().startswith("|")):
        return
    first, below = (lines[at].text if at < len(lines) else "" for at in (rows[0], rows[0] + 1))
    begins = rows[0] == 0 or _ENDS_ITSELF.match(lines[rows[0] - 1].text.strip())
    if not (begins and _ROW_OF_DASHES.fullmatch(below) and _cells(first) == _cells(below)):
        page.add(ROWS_WITHOUT_TABLE, lines[rows[0]].number)


def _cells(row: str) -> int:
    return row.strip().strip("|").count("|") + 1


SIGN_LEFT_OVER = Rule(
    "sign-left-over",
    "'{sign}' is left over on this line",
    "Readers would see that sign, and no bold words or no link.",
    "Bold words have two stars on each side. A link has words in square brackets, and its page right behind in round ones.",
    "See [the seven rungs](ladder.md).",
    {"sign": "**"},
)
_WHOLE_LINK = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000}\]"
    r"\(\s?<?[^()\s<>]*(?:\([^()\s]*\)[^()\s]*)?>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s?\)"
)
_LEFT_OVER = re.compile(r"\*\*|\]\(|\] +\((?=https?:|[\w./-]+\.md)")
# The engine reads braces right behind bold words or a link, at the end of a heading, and on a line of their own.
_IDLE_BRACES = re.compile(r"(?:[\w.,;:!?’”]|\S\s+)\{:")


def _check_left_over(page: Page, lines: list[Line]) -> None:
    for part in _parts(lines):
        _check_idle_braces(page, part)
        text = "\n".join(line.text for line in part)
        text = re.sub(r"\*\*(.+?)\*\*", r"\1", text, flags=re.S)
        text = _WHOLE_LINK.sub(lambda link: "\n" * link[0].count("\n"), text)
        for line, rest in zip(part, text.split("\n")):
            if (sign := _LEFT_OVER.search(rest)) and not re.fullmatch(r"[\s*]+", rest):
                page.add(SIGN_LEFT_OVER, line.number, sign=sign[0])


def _check_idle_braces(page: Page, part: list[Line]) -> None:
    if part[0].text.startswith(("#", "|")) or any(line.text.startswith(": ") for line in part):  # a heading, a row, a word
        return
    said = {"why": "Readers would see the braces.", "fix": "Take them out, with all that stands in them."}
    for line in part:
        if _IDLE_BRACES.search(line.text):
            page.add(SIGN_LEFT_OVER, line.number, sign="{:", **said, example="You can say no.")


def _parts(lines: list[Line]) -> Iterator[list[Line]]:
    """A list entry by entry, and a table row by row; else all lines together."""
    held: list[Line] = []
    for line in lines:
        text = line.text.lstrip()
        if held and (_ENTRY.match(text) or _ENDS_ITSELF.match(text) or text.startswith("|")):
            yield held
            held = []
        held.append(line)
    yield held


ADDRESS_IN_WORDS = Rule(
    "address-in-words",
    "an address without words stands here",
    "Read aloud, it is long and says little. Not everybody could follow it.",
    "Give it words that say what is there. One that is only an example stands between backquotes.",
    "[The guide to co-production](https://guide.example/)",
)
_IN_WORDS = re.compile(r"(?<!\]\()(?<![\w=\"'/.])(?:https?://|www\.)\w", re.I)


def _check_bare_addresses(page: Page, lines: list[Line]) -> None:
    if not any(_IN_WORDS.search(line.text) for line in lines):  # to look for links takes long where many seem to begin
        return
    text = _LINK.sub(lambda link: "\n" * link[0].count("\n"), "\n".join(line.text for line in lines))
    for line, rest in zip(lines, text.split("\n")):
        if _IN_WORDS.search(re.sub(r"^\s*\[[^\]]*\]:.*", "", rest)):
            page.add(ADDRESS_IN_WORDS, line.number)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"


def _check_links(page: Page, pages: dict[str, Page], unread: set[str], docs: Path, anchors: bool) -> None:
    # All lines at once, because the words of a link may run over the end of one.
    text = "\n".join(line.text for line in page.lines)
    for match in _LINK.finditer(text):
        index = text.count("\n", 0, match.start())
        line = page.lines[index].number
        if match["image"]:
            _check_image(page, line, match, docs)
            continue
        if not page.lines[index].text.startswith(">"):  # a quotation is worded by somebody else
            page.findings += labels.of_link(page.file, line, " ".join(match["text"].split()), match["to"])
        _check_link(page, line, match, pages, unread, anchors)


PICTURE_WITHOUT_WORDS = Rule(
    "picture-without-words",
    "the picture has no text beside it for people who do not see it",
    "Someone who listens to the page would not know that it is there.",
    "Write in the square brackets what the picture tells.",
    "![Seven rungs of a ladder](assets/easy/ladder.svg)",
)
PICTURE_MISSING = Rule(
    "picture-missing",
    "there is no picture '{to}'",
    "Readers would see a broken box.",
    "Put the file into docs/assets/, or mend its name.",
    "![Seven rungs of a ladder](assets/easy/ladder.svg)",
    {"to": "assets/easy/steps.svg"},
)


def _check_image(page: Page, line: int, match: re.Match, docs: Path) -> None:
    if not match["text"].strip():
        page.add(PICTURE_WITHOUT_WORDS, line)
    page.findings += labels.of_picture(page.file, line, match["text"])
    picture = docs / _joined(page, match["to"])
    if not picture.is_file():
        drawings = {path.stem: path.relative_to(docs).as_posix() for path in (docs / "assets").rglob("*.svg")}
        near = [drawings[name] for name in nearest(picture.stem, drawings)]
        page.add(PICTURE_MISSING, line, to=match["to"], near=_ways(page, near))


LINK_WITHOUT_ADDRESS = Rule(
    "link-without-address",
    "the link has no address",
    "Readers would land nowhere.",
    "Write it in the round brackets.",
    "See [the seven rungs of the ladder](ladder.md).",
)
LINK_TO_NO_PAGE = Rule(
    "link-to-no-page",
    "the link leads to '{to}', and there is no such page",
    "Readers would land nowhere.",
    "Name the page's file, as it is seen from this page.",
    "See [the seven rungs of the ladder](ladder.md).",
    {"to": "rungs.md"},
)
LINK_TO_NO_PART = Rule(
    "link-to-no-part",
    "the page '{page}' has no part called '{part}'",
    "Readers would land at the top of the page and have to look for it.",
    "Take the part after # away, or copy it from the page's address.",
    "See [what critics say](ladder.md#criticisms).",
    {"page": "ladder.md", "part": "critics"},
)


def _check_link(page: Page, line: int, match: re.Match, pages: dict[str, Page], unread: set[str], anchors: bool) -> None:
    to = match["to"]
    if re.match(r"(https?|mailto|tel):", to) or any(_refused(f"]({to}")):  # what is refused is told for itself
        return
    if not to:
        page.add(LINK_WITHOUT_ADDRESS, line)
        return
    target, _, anchor = to.partition("#")
    name = _joined(page, target) if target else page.path
    if name in unread:  # it is there, and what is wrong with it is told; nobody knows its parts
        return
    if name not in pages:
        page.add(LINK_TO_NO_PAGE, line, to=to, near=_ways(page, _meant(name, pages)))
    elif anchors and anchor and anchor not in pages[name].anchors:
        near = [f"#{part}" for part in nearest(anchor, pages[name].anchors)]
        page.add(LINK_TO_NO_PART, line, page=name, part=anchor, near=near)


def _meant(path: str, pages: dict[str, Page]) -> list[str]:
    """The page that was at ``path`` before it moved, or else those with a name much like it."""
    moved = [now for now, page in pages.items() if path in page.meta.formerly]
    return moved or nearest_page(path, pages)


def _joined(page: Page, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))


def _ways(page: Page, names: Iterable[str]) -> list[str]:
    """How a link on this page names each of these files."""
    return [posixpath.relpath(f"/{name}", f"/{posixpath.dirname(page.path)}") for name in names]


TAG_REFUSED = Rule(
    "tag-refused",
    "this HTML tag cannot stand in a page, or is not whole",
    "Pages hold words only, so that they are safe and can be read everywhere.",
    "Take it out, and say it in words. In code, write capitals for what people fill in.",
    "git clone ADDRESS",
)
SCRIPT_IN_TAG = Rule(
    "script-in-a-tag",
    "a script in a tag cannot stand in a page",
    "Pages hold words only, so that they are safe and can be read everywhere.",
    "Take it out. A link can lead people on.",
    "See [the seven rungs of the ladder](ladder.md).",
)
STYLE_IN_TAG = Rule(
    "style-in-a-tag",
    "a style in a tag cannot stand in a page",
    "Looks are set once for all pages, so that everybody can read them, in the dark and on paper too.",
    "Take it out. Two stars on each side make words bold.",
    "You can **bring a friend**.",
)
ADDRESS_RUNS_CODE = Rule(
    "address-runs-code",
    "an address that runs code cannot stand in a page",
    "It could harm whoever follows it.",
    "Write an address that begins with https, or the name of a page.",
    "See [the seven rungs of the ladder](ladder.md).",
)
ADDRESS_WITHOUT_HTTPS = Rule(
    "address-without-https",
    "an address without https: cannot stand in a page",
    "On a copy of the site that is read from a disk it would lead nowhere.",
    "Write https: in front of the two slashes.",
    "[NHS 111](https://111.nhs.uk/)",
)
TAG_UNPAIRED = Rule(
    "tag-unpaired",
    "<{tag}> has no partner: each tag needs its end, and each end its tag",
    "All that follows on the page could be hidden, or look wrong.",
    "Add the missing one, or take this one out. Close the inner tag before the outer one.",
    "<b>bring a friend</b>",
    {"tag": "div"},
)
ATTRIBUTE_REFUSED = Rule(
    "attribute-refused",
    "'{attribute}' cannot stand in a page",
    "Pages hold words only, so that they are safe and can be read everywhere.",
    "Take it out. In braces, a heading can have an id, and other words a language.",
    '*cydgynhyrchu*{: lang="cy" }',
    {"attribute": "target=_blank"},
)
_TAG_BEGINS = re.compile(r"<(?=[a-z/!?])", re.I)
_TAG = re.compile(r'</?(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*/?>', re.I)
_BARE_ADDRESS = re.compile(r"<(?:https?:|mailto:|tel:)[^\s<>]+>|<[\w.+-]+@[\w.-]+>", re.I)
_BRACES = re.compile(r"(?<!\{)\{(?![{%#]|\s{1,9}#[\w-]+\s*\})(?P<colon>:?)(?P<list>[^{}\n]*)\}")
_LISTED = re.compile(r'[#.][\w-]+|lang="?[a-zA-Z-]+"?')

_REFUSED = {
    r"<[^>]{0,1000}\son\w+\s*=": SCRIPT_IN_TAG,
    r"<[^>]{0,1000}\sstyle\s*=": STYLE_IN_TAG,
    r"(?:\]\(|\]:|=[\"']?|<)\s*(?:javascript|data|vbscript):": ADDRESS_RUNS_CODE,
    r"\]\(\s*//": ADDRESS_WITHOUT_HTTPS,
}


def _check_markup(page: Page) -> None:
    for line in page.lines:
        refused = list(_refused(line.text))
        for rule in refused:
            page.add(rule, line.number)
        if not refused:
            _check_tags(page, line)
        _check_lists(page, line)
        if marks := _MARKS.match(line.text):
            _check_depth(page, line, min(len(re.findall(r">|[^\s>]+", marks[0])), reading.DEEPEST + 1))
    _check_pairs(page)


def _check_tags(page: Page, line: Line) -> None:
    """Refuse all HTML but whole tags of a few kinds, each in one line."""
    for begins in _TAG_BEGINS.finditer(line.text):
        tag = _TAG.match(line.text, begins.start())
        if tag and tag["tag"].lower() in markup.WRITTEN:
            for name in re.findall(r"\s([a-z-]+)(?==|\s|$)", re.sub(r'"[^"]*"', "", tag["attributes"]), re.I):
                if not markup.may_be_written(name):
                    page.add(ATTRIBUTE_REFUSED, line.number, attribute=short(name))
        elif not _BARE_ADDRESS.match(line.text, begins.start()):
            page.add(TAG_REFUSED, line.number)
            return  # said once of a line


MOST_SIGNS, MOST_SIGNS_OF_A_PAGE = 200, 1_200  # twice as many as we need
SIGNS_ENDLESS = Rule(
    "signs-endless",
    "this {part} holds {count} signs [ and <",
    "More than {most} are most likely a mistake, and could hold up the build for minutes.",
    "Take out what was pasted by accident, or make more parts of it.",
    "See [the seven rungs of the ladder](ladder.md).",
    {"part": "paragraph", "count": "1,900", "most": "200"},
)


def _check_signs(page: Page) -> None:
    """Refuse more signs that may begin a link or a tag than the engine can look through in a few seconds."""
    parts = [("paragraph", lines[0].number, lines, MOST_SIGNS) for lines in _paragraphs(page)]
    for part, at, lines, most in [*parts, ("page", 0, page.lines, MOST_SIGNS_OF_A_PAGE)]:
        count = sum(line.text.count("[") + line.text.count("<") for line in lines)
        if count > most:
            page.add(SIGNS_ENDLESS, at, part=part, count=f"{count:,}", most=f"{most:,}")


_MARKS = re.compile(r"(?: {0,3}(?:(?:[-*+]|\d+\.) +|> ?))+")  # of lists within lists, and of quotations


def _check_depth(page: Page, line: Line, depth: int) -> None:
    if depth == reading.DEEPEST + 1:
        said = {"why": "People would lose their way.", "fix": "Take the inner ones out.", "example": "- Bring a friend."}
        page.add(reading.NESTED_TOO_DEEP, line.number, most=reading.DEEPEST, **said)


def _check_pairs(page: Page) -> None:
    """Refuse a tag without its end, an end without its tag, and too many within one another."""
    opened: list[tuple[str, int]] = []
    for line in page.lines:
        for tag in _TAG.finditer(line.text):
            name = tag["tag"].lower()
            if name not in markup.WRITTEN or name == "br":
                continue
            if not tag[0].startswith("</"):
                opened.append((name, line.number))
                _check_depth(page, line, len(opened))
            elif opened and opened[-1][0] == name:
                opened.pop()
            else:
                page.add(TAG_UNPAIRED, line.number, tag=f"/{name}")
    for name, number in opened:
        page.add(TAG_UNPAIRED, number, tag=name)


def _check_lists(page: Page, line: Line) -> None:
    """Refuse lists of attributes, in braces, that hold more than an id, a class or a language."""
    for braces in _BRACES.finditer(line.text):
        for word in braces["list"].split():
            if not _LISTED.fullmatch(word) or not braces["colon"]:
                page.add(ATTRIBUTE_REFUSED, line.number, attribute=short(word))


def _refused(text: str) -> Iterator[Rule]:
    return (rule for pattern, rule in _REFUSED.items() if re.search(pattern, text, re.I))


PAGE_REVIEW_TOO_EARLY = Rule(
    "page-review-too-early",
    "the next review ({review_by}) is not after the last one ({reviewed})",
    "A review date that has passed already can never be met.",
    "Set 'review_by' to a day after 'reviewed', a year later for most pages.",
    "review_by: 2027-11-22",
)


def _check_dates(page: Page, today: date | None) -> None:
    meta = page.meta
    if meta.review_by <= meta.reviewed:
        page.add(PAGE_REVIEW_TOO_EARLY, page.keys["review_by"], review_by=meta.review_by, reviewed=meta.reviewed)
    if meta.review_by - meta.reviewed > model.LONGEST_UNREAD:
        page.add(model.REVIEW_TOO_LATE, page.keys["review_by"], review_by=meta.review_by, reviewed=meta.reviewed)
    for key, day in (("updated", meta.updated), ("reviewed", meta.reviewed)):
        if today and day > today:
            page.add(dates.READ_TOO_SOON, page.keys[key], key=key, day=day, example=f"{key}: 2026-11-22")


# ----------------------------------------------------------------------- wording

# Not our words, or no sentences: quotations, names, labels, drawings.
_NOT_OURS = (
    "blockquote, q, cite, code, nav, svg, figcaption, .cp-draft, .cp-said, .cp-col, .cp-from, .cp-tags, .cp-links, .cp-letters, "
    ".cp-title, .cp-quote, .cp-cite, .cp-permalink, h1, h2, h3, h4, dt, caption, thead, th, .cp-short, .cp-stage, .cp-position, .cp-tree"
)
_BLOCKS = "p, li, dd, td"


def _prose(page: Page) -> Iterator[Line]:
    """The page's own paragraphs and list entries, without Markdown's signs; quotations are left out.

    Each keeps the ends of its lines, so that the line of every sentence can be told.
    """
    start, held = 0, []
    for line in [*page.lines, Line(0, "")]:
        text = line.text.strip()
        begins = re.match(r"([-*+]|\d+\.)\s+", text)
        ends = not text or text.startswith(("#", ">", "{{", "<", "|", "!!!"))
        if held and (ends or begins):
            yield Line(start, _plain("\n".join(held)))
            held = []
        if not ends:
            start = start if held else line.number
            held.append(text[begins.end() :] if begins else text)


def _plain(text: str) -> str:
    text = _LINK.sub(lambda match: "" if match["image"] else match["text"], text)
    text = re.sub(r"\{:[^}\n]{0,500}\}|`[^`]{0,1000}`|<[^>]{1,1000}>|https?://\S+", "", text)
    return re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", text)


def _shown_prose(page: Page) -> Iterator[Line]:
    """What the macros of a page print in our own words, each passage at the line of its macro."""
    return (Line(part.number, text) for part in page.shown for text in _printed_prose(part.text))


def _printed_prose(html: str) -> list[str]:
    tree = LexborHTMLParser(html)
    for part in tree.css(_NOT_OURS):
        part.decompose()
    # A block inside a block is counted by itself.
    innermost = (block for block in tree.css(_BLOCKS) if len(block.css(_BLOCKS)) == 1)
    return [text for block in innermost if (text := " ".join(block.text(separator=" ").split()))]


def _sentences(passage: Line) -> Iterator[tuple[int, str]]:
    """The sentences of a passage, each with the line that it begins on."""
    at = 0
    for sentence in wording.sentences(passage.text):
        at = passage.text.index(sentence, at)
        yield passage.number + passage.text.count("\n", 0, at), " ".join(sentence.split())
        at += len(sentence)


def _check_sentences(page: Page, in_records: set[str]) -> None:
    """Refuse sentences that are too long, those that macros print too.

    :param in_records: what is said of such sentences in the facts, where they are to be mended and so told once.
    """
    for passage in _prose(page):
        for line, sentence in _sentences(passage):
            _check_sentence(page.findings, page.file, line, sentence)
    of_macros: list[Finding] = []
    for passage in _shown_prose(page):
        for sentence in wording.sentences(passage.text):
            _check_sentence(of_macros, page.file, passage.number, sentence)
    page.findings += [found for found in of_macros if found.what not in in_records]


# Square brackets that are no gap: code, the words of a link, the address of one, and anything in a quotation.
_NO_GAP = re.compile(
    r"`[^`\n]*`|!?\[[^\[\]]{0,1000}\](?:\([^)]{0,1000}\)|\[[^\]]{0,1000}\])"
    r"|^\[[^\[\]\n]*\]:\s{0,9}(?:<|https?:|\S{1,200}\.md)|^>.*$",
    re.M,
)


def _check_unfinished(page: Page) -> None:
    """Refuse gaps that nobody has filled. Those in the facts are refused with them."""
    front = [Line(line, value) for key, line in page.keys.items() if isinstance(value := getattr(page.meta, key), str)]
    text = "\n".join(line.text for line in page.lines)
    bare = _NO_GAP.sub(lambda match: "\n" * match[0].count("\n"), text).split("\n")
    found = [(line.number, words) for line in [*front, *page.lines] for words in wording.unfinished(line.text)]
    found += [(line.number, words) for line in front for words in wording.gaps(line.text)]
    found += [(line.number, words) for line, rest in zip(page.lines, bare) for words in wording.gaps(rest)]
    told = {each.line for each in page.findings if each.rule == SIGN_LEFT_OVER.id}  # a link that is not whole is no gap
    for line, words in (each for each in found if each[0] not in told):
        page.add(model.GAP, line, words=words)


PAGE_TOO_HARD = Rule(
    "page-too-hard",
    "the page reads at ARI {ari}; {kind} page may have {limit} at most",
    "ARI grows with long words and long sentences. They shut people out.",
    "Split sentences and choose shorter words. If it cannot be done, say why under 'reading_reason:'.",
    "We plan your care with you.",
    {"ari": "7.2", "kind": "a public", "limit": "6"},
)
MANY_LONG_SENTENCES = Rule(
    "many-long-sentences",
    "{long} of {all} sentences have more than {words} words",
    "One long sentence is hard work. Many of them turn readers away.",
    "Split the longest ones, here or in the data that the page shows.",
    "We plan your care with you. You decide.",
    {"long": "5", "all": "20", "words": "20"},
)
REASON_WITHOUT_NEED = Rule(
    "reading-reason-without-need",
    "the page says why it is hard to read, and is not: its ARI is {ari}, and it may have {limit}",
    "It would be listed as harder than it is.",
    "Take 'reading_reason' out.",
    "reading: practice",
    {"ari": "5.8", "limit": "6"},
)


def _check_wording(page: Page) -> ReadingReport:
    passages = [*_prose(page), *_shown_prose(page)]
    reading = wording.reading(passage.text for passage in passages)
    limit = ARI_LIMITS[page.meta.reading]
    kind = f"{'an' if page.meta.reading == 'easy' else 'a'} {page.meta.reading}"
    too_many = reading.long_sentences > wording.LONG_SHARE * reading.sentences + 1
    if _lacks_a_macro(page):  # nobody knows how the whole page would read
        pass
    elif page.meta.reading_reason is None:
        if reading.ari > limit:
            page.add(PAGE_TOO_HARD, 0, ari=reading.ari, kind=kind, limit=limit)
        if too_many:
            page.add(MANY_LONG_SENTENCES, 0, long=reading.long_sentences, all=reading.sentences, words=wording.LONG_SENTENCE)
    elif reading.ari <= limit and not too_many:
        page.add(REASON_WITHOUT_NEED, page.keys["reading_reason"], ari=reading.ari, limit=limit)
    return ReadingReport(page.file, reading, limit, page.meta, tuple(passages))


SENTENCE_TOO_LONG = Rule(
    "sentence-too-long",
    "the sentence that begins '{start} …' has {count} words",
    f"Past {wording.LONGEST_SENTENCE} words many readers lose the thread.",
    "Split it in two. One idea a sentence.",
    "We plan your care with you. You decide.",
    {"start": "When the group met in the", "count": "31"},
)


def _check_sentence(found: list[Finding], file: str, line: int, sentence: str) -> None:
    count = len(wording.words(sentence))
    if count > wording.LONGEST_SENTENCE:
        found.append(SENTENCE_TOO_LONG.finding(file, line, start=" ".join(sentence.split()[:6]), count=count))


# What the reader meets as a name or as somebody's own words is not ours to shorten.
_NAMES = {
    "name",
    "body",
    "author",
    "seen",
    "rights",
    "names",
    "words",
    "also",
    "old",
    "unshown",
    "where",
    "as_printed_by",
    "earned_by",
}


def _check_records(library: Library) -> list[Finding]:
    found: list[Finding] = []
    for _, record in library.facts.records:
        place = library.places[record.id]
        for text in _texts(record):
            for sentence in wording.sentences(text):
                _check_sentence(found, place.file, place.line, sentence)
    return found


def _texts(part: Part) -> Iterator[str]:
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in _NAMES:
            continue
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, str):
                yield child
            elif isinstance(child, Part) and not isinstance(child, Record):
                yield from _texts(child)


def _check_words(
    root: Path, pages: dict[str, Page], library: Library, lost: tuple[str, ...], complete: bool
) -> Iterator[Finding]:
    """Which words we choose and how we spell them, wherever they stand; and how names and pictures are worded in the facts.

    :param lost: texts that may hold names, in place of records that cannot be used.
    :param complete: whether these are all our words.
    """
    passages = prose.passages(root, pages.values(), library)
    said_today = [*terms.listed(root), *terms.that_hurt(library.facts.glossary)]
    yield from terms.check(passages, prose.names(library), said_today)
    names = [*prose.names(library), *lost]
    yield from spelling.check(root, passages, names, [*library.facts.welsh, *lost], complete)
    for passage in passages:
        yield from labels.of_passage(passage)


# ---------------------------------------------------------------------- together


FILE_REFUSED = Rule(
    "file-refused",
    "no file of this kind or name can stand here",
    "Everything below docs/ is published, and nothing would check this file.",
    "Take it out. A page has small letters, digits and hyphens in its name, and ends in .md. Pictures stand in docs/assets/ and end in .png or .svg.",
    "docs/assets/icon.svg",
)
# The kinds of files below docs/assets/: a host serves all that stands there, whatever it is.
_KINDS = (".css", ".js", ".png", ".svg")
DRAWING_REFUSED = Rule(
    "drawing-refused",
    "the drawing holds {what}",
    "A drawing holds shapes and nothing else: the rest could run code, or load something from elsewhere.",
    "Take that out in a text editor. Or copy a drawing from docs/assets/easy/, and change its shapes.",
    '<path d="M4 4h8"/>',
    {"what": "<script>"},
)
LARGEST_PICTURE = 300_000  # bytes: at 400 kbit a second, on a slow phone, they take six seconds
PICTURE_TOO_LARGE = Rule(
    "picture-too-large",
    "the picture has {size} kB, and may have {most}",
    "On a slow phone it takes long to come. Some readers pay for each part of it.",
    "Make it smaller in a picture program. Few need more than 1,200 dots across.",
    "docs/assets/share.png",
    {"size": "9,000", "most": "300"},
)
PICTURE_NO_PNG = Rule(
    "picture-no-png",
    "the name of this file ends in .png, and it is no whole PNG picture",
    "Readers could see a broken box. Nobody can tell what else it holds.",
    "Open it in a picture program, and save it as PNG.",
    "docs/assets/share.png",
)
# What people bring, and how it can stand here all the same.
_INSTEAD = {
    **dict.fromkeys(
        ".avif .bmp .gif .heic .heif .jfif .jpeg .jpg .tif .tiff .webp".split(),
        "Open it in a picture program, save it as PNG, and put that into docs/assets/.",
    ),
    **dict.fromkeys(
        ".csv .doc .docx .odt .pdf .rtf .txt .xls .xlsx".split(),
        "Copy its words into a page, and take the file out.",
    ),
}
_OF_A_PAGE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\.md")
_SVG = "{http://www.w3.org/2000/svg}"


def _check_files(docs: Path) -> Iterator[Finding]:
    """Each file that would be copied to the site is of a kind that belongs there, and each drawing is one."""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs)
        # The engine leaves out what begins with a dot. The facts are not copied.
        if (
            not path.is_file()
            or (len(name.parts) > 1 and name.parts[0] == "data")
            or any(part.startswith(".") for part in name.parts)
        ):
            continue
        is_asset = name.parts[0] == "assets" and path.suffix in _KINDS
        if not (is_asset or _OF_A_PAGE.fullmatch(name.as_posix()) or path.name == "README.md"):  # which is told for itself
            near, instead = _better_name(name), _INSTEAD.get(path.suffix.lower(), "")
            yield FILE_REFUSED.finding(f"docs/{name.as_posix()}", 0, near=near, fix=instead)
        elif path.suffix in (".png", ".svg") and (size := path.stat().st_size) > LARGEST_PICTURE:
            said = {"size": f"{-(-size // 1000):,}", "most": f"{LARGEST_PICTURE // 1000:,}"}
            yield PICTURE_TOO_LARGE.finding(f"docs/{name.as_posix()}", 0, **said)
        elif path.suffix == ".png" and not _is_png(path):
            yield PICTURE_NO_PNG.finding(f"docs/{name.as_posix()}", 0)
        elif path.suffix == ".svg" and (what := _not_a_shape(path)):
            yield DRAWING_REFUSED.finding(f"docs/{name.as_posix()}", 0, what=what)


def _better_name(name: Path) -> list[str]:
    """The name and the place of a page or a picture, as they should be."""
    kind = name.suffix.lower()
    folders = ["assets"] if kind in (".png", ".svg") and name.parts[0] != "assets" else map(_slug, name.parent.parts)
    return ["/".join(["docs", *folders, _slug(name.stem) + kind])] if kind in (".md", ".png", ".svg") else []


def _is_png(picture: Path) -> bool:
    data = picture.read_bytes()
    return data.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in data[-100:]  # with its beginning and its end


def _not_a_shape(drawing: Path) -> str:
    """What a drawing holds besides shapes; "" where it holds nothing else."""
    try:
        text = drawing.read_bytes().decode("utf-8")
        if re.search(r"<[!?]", text):
            return "a note to machines, which begins with <! or <?"
        tags = list(ElementTree.fromstring(text).iter())
    except (UnicodeDecodeError, ElementTree.ParseError):
        return "something that is not SVG"
    for tag in tags:
        if not tag.tag.startswith(_SVG) or tag.tag.removeprefix(_SVG) not in markup.SHAPES:
            return f"<{short(tag.tag.removeprefix(_SVG))}>"
        for key, value in tag.items():
            if not markup.is_look(key, value):
                return f"'{short(key)}'"
    return ""


ALSO_WITHOUT_PART = Rule(
    "also-without-part",
    "'also' has words for '{part}', and the page has no such part",
    "Search would not find anything by them.",
    "Write 'page' for the whole page, or the id of one of its headings.",
    "also:\n  page: [steps, rungs]",
    {"part": "rungs"},
)


def _check_also(page: Page, complete: bool) -> None:
    """Every key of ``also`` must be 'page' or an anchor; anchors of macros are known when the facts are complete."""
    for anchor in page.meta.also:
        if complete and anchor != "page" and anchor not in page.anchors:
            page.add(ALSO_WITHOUT_PART, page.keys["also"], part=anchor, near=nearest(anchor, page.anchors))


TITLE_TWICE = Rule(
    "title-twice",
    "the title '{title}' is also that of {other}",
    "In search results and open tabs nobody could tell the two apart.",
    "Change one of the titles.",
    "title: The ladder in simple words",
    {"title": "The ladder", "other": "docs/ladder.md"},
)


def _check_titles(pages: dict[str, Page]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for page in pages.values():
        title = page.meta.title.casefold()
        if title in seen:
            yield TITLE_TWICE.finding(page.file, page.keys["title"], title=page.meta.title, other=seen[title])
        seen[title] = page.file


ADDRESS_KEPT = Rule(
    "address-kept",
    "'{path}' stands among the permanent links",
    f"Addresses below {PERMANENT} are kept for the ids of the facts.",
    "Use another folder.",
    "formerly: [rungs.md]",
    {"path": "r/word-reciprocity.md"},
)
ADDRESS_TWICE = Rule(
    "address-twice",
    "the address of '{path}' is that of {other} too",
    "One address can show one page only, so a reader would miss the other.",
    "Take out the one that is wrong. The address of a page that is still there cannot lead elsewhere.",
    "formerly: [rungs.md]",
    {"path": "words.md", "other": "docs/words.md"},
)


PAGE_PASSED_OVER = Rule(
    "page-passed-over",
    "no page can be made from a file in this place or of this name",
    "Nobody could read it. README.md, names that begin with a full stop, and the folders data and templates are kept for others.",
    "Give the file another name or folder. The page of a folder is index.md.",
    "docs/training.md",
)


def _check_places(pages: dict[str, Page]) -> Iterator[Finding]:
    """The pages that the engine passes over, or that stand among the facts."""
    for path, page in pages.items():
        parts = path.split("/")
        kept = parts[-1] == "README.md" or parts[0] in ("data", "templates")
        if kept or any(part.startswith(".") for part in parts):
            yield PAGE_PASSED_OVER.finding(page.file, 0)


PAGE_NOT_IN_MENU = Rule(
    "page-not-in-menu",
    "no menu leads to this page",
    "Readers would not find it, and the build stops.",
    "Add a line with its title and its file under 'nav:' in mkdocs.yml. Or name it under 'not_in_nav:'.",
    "- The ladder: ladder.md",
)
MENU_LEADS_NOWHERE = Rule(
    "menu-leads-nowhere",
    "the menu names the page '{path}', and there is none",
    "Readers would find a dead link on every page.",
    "Take the line out, or write the page.",
    "- The ladder: ladder.md",
    {"path": "rungs.md"},
)


LEFT_OUT_ON_ONE_LINE = Rule(
    "left-out-on-one-line",
    "'not_in_nav' has more than one page on a line",
    "It would be taken for the name of one page, and none of them would be left out of the menu.",
    "Begin with a bar, and give each page a line of its own.",
    "not_in_nav: |\n  /search.md",
)


def _check_menu(root: Path, pages: dict[str, Page], unread: set[str]) -> Iterator[Finding]:
    try:
        menu = reading.menu(root)
    except (Unreadable, OSError):  # the check of the settings tells whatever is wrong with the file
        return
    if menu is None:
        return
    if re.search(r"\S[^\S\n]+\S", menu.left_out):
        yield LEFT_OUT_ON_ONE_LINE.finding(SETTINGS, menu.left_out_line)
        return
    left_out = GitIgnoreSpec.from_lines(menu.left_out.splitlines())
    for path, page in pages.items():
        if path not in menu.lines and not left_out.match_file(path):
            yield PAGE_NOT_IN_MENU.finding(page.file, 0)
    for path, line in menu.lines.items():
        if path not in pages and path not in unread and ":" not in path:  # but an address of another site
            yield MENU_LEADS_NOWHERE.finding(SETTINGS, line, near=_meant(path, pages), path=path)


def _check_addresses(pages: dict[str, Page], library: Library | None) -> Iterator[Finding]:
    """Each address, today's or that of a page from before, belongs to one page alone."""
    claims = [(path, page.file, 1) for path, page in pages.items()]
    claims += [(old, page.file, page.keys["formerly"]) for page in pages.values() for old in page.meta.formerly]
    for record in library.facts.withdrawn if library else ():
        if record.was:
            claims.append((record.was, library.places[record.id].file, library.places[record.id].line))
    taken: dict[str, str] = {}
    for path, file, line in claims:
        address = page_address(path)
        if address.startswith(PERMANENT):
            yield ADDRESS_KEPT.finding(file, line, path=path)
        elif address in taken:
            yield ADDRESS_TWICE.finding(file, line, path=path, other=taken[address])
        taken.setdefault(address, file)


HOME_MISSING = Rule(
    "home-missing",
    "'{id}' has its home on '{home}', and there is no such page",
    "Every link to it would lead nowhere.",
    "Name a page inside docs/.",
    "home: ladder.md",
    {"home": "glossary.md"},
)
NOT_AT_HOME = Rule(
    "not-at-home",
    "'{id}' does not appear on its home page, docs/{home}",
    "Links to it would land at the top of that page, and readers would not find it.",
    "Put {macro} on that page, or change 'home:'.",
    "{{ ladder() }}",
    {"home": "words.md", "macro": "the macro that prints this kind of record (word)"},
)


def _check_homes(pages: dict[str, Page], unread: set[str], library: Library) -> Iterator[Finding]:
    lost: set[tuple[str, str]] = set()
    for _, record in library.facts.records:
        place = library.places[record.id]
        if record.home in unread:
            continue
        if record.home not in pages:
            # Said once for a file: 'every:' often gives one home to all its records.
            if (place.file, record.home) not in lost:
                near = _meant(record.home, pages)
                yield HOME_MISSING.finding(place.file, place.line, id=record.id, home=record.home, near=near)
            lost.add((place.file, record.home))
        elif record.id not in pages[record.home].anchors and not _lacks_a_macro(pages[record.home]):
            usual = f"the macro that prints this kind of record ({kind_of(record.id)})"
            macro = "{{ withdrawn() }}" if isinstance(record, Withdrawn) else usual
            yield NOT_AT_HOME.finding(place.file, place.line, id=record.id, home=record.home, macro=macro)


def _lacks_a_macro(page: Page) -> bool:
    """Whether a macro of the page is broken: that is told there, and may be the one that a record misses."""
    rules = (MACRO_UNKNOWN, MACRO_CURLY, MACRO_UNCLEAR, MACRO_ID_UNKNOWN, MACRO_SHOWS_NOTHING, MACRO_INDENTED, BRACES_IN_WORDS)
    return not {rule.id for rule in rules}.isdisjoint(found.rule for found in page.findings)


def _check_twins(pages: dict[str, Page], unread: set[str], library: Library, drawings: Path) -> Iterator[Finding]:
    """A page in easy words and the fuller page know each other, and each form of it is there, with its pictures."""
    yield from _check_ways_to_twins(pages, library.facts.easy_read)
    known = [path.stem for path in drawings.glob("*.svg")]
    for twin in library.facts.easy_read:
        place = library.places[twin.id]
        if twin.twin_of not in unread:
            yield from _check_fuller_page(pages, twin, place)
        for path, macro in ((twin.home, "easy_read"), (twin.simple_words, "simple_words"), (twin.kit, "review_kit")):
            if path not in unread:
                yield from _check_form(pages, path, macro, twin.id, place)
        yield from _check_top(pages, twin, place)
        yield from _check_drawings(known, twin, place)


TWIN_NOT_NAMED = Rule(
    "twin-not-named",
    "'easy_read' is {said}, and the page's twin is {twin}",
    "Readers could not get from one to the other.",
    "Write 'easy_read: {twin}'.",
    "easy_read: easy-read/ladder.md",
    {"said": "missing", "twin": "easy-read/ladder.md"},
)
NO_SUCH_TWIN = Rule(
    "twin-unknown",
    "'easy_read' is {said}, and no page is the twin of this one",
    "Readers would be led to a page about something else.",
    "Take the line out. Or name this page in docs/data/easy_read.yml.",
    "twin_of: ladder.md",
    {"said": "easy-read/ladder.md"},
)


def _check_ways_to_twins(pages: dict[str, Page], all_twins: Iterable[EasyRead]) -> Iterator[Finding]:
    twins = {twin.twin_of: twin.home for twin in all_twins}
    for page in pages.values():
        said, wanted = page.meta.easy_read, twins.get(page.path)
        if said != wanted:
            rule = TWIN_NOT_NAMED if wanted else NO_SUCH_TWIN
            yield rule.finding(page.file, page.keys.get("easy_read", 0), said=said or "missing", twin=wanted)


FULLER_PAGE_MISSING = Rule(
    "fuller-page-missing",
    "'{id}' is the twin of '{page}', and there is no such page",
    "Its link to the fuller page would lead nowhere.",
    "Name a page inside docs/.",
    "twin_of: ladder.md",
    {"page": "rungs.md", "id": "easy-ladder"},
)


def _check_fuller_page(pages: dict[str, Page], twin: EasyRead, place: Place) -> Iterator[Finding]:
    if twin.twin_of not in pages:
        near = _meant(twin.twin_of, pages)
        yield FULLER_PAGE_MISSING.finding(place.file, place.line, id=twin.id, page=twin.twin_of, near=near)


TWO_NAMES = Rule(
    "two-names",
    "the title is '{title}', and '{id}' is called '{name}'",
    "On paper the page would have another name than on the screen.",
    "Make both the same, here or in {data}.",
    "title: The ladder in easy words",
    {"title": "The easy ladder", "name": "The ladder in easy words", "id": "easy-ladder"},
)


TWO_LEADS = Rule(
    "two-leads",
    "the description is not the lead of '{id}', which is '{lead}'",
    "A group checks the lead. Readers must meet the same words.",
    "Make both the same, here or in {data}.",
    "description: A ladder shows how much say people have.",
    {"lead": "A ladder shows how much say people have.", "id": "easy-ladder"},
)


def _check_top(pages: dict[str, Page], twin: EasyRead, place: Place) -> Iterator[Finding]:
    """The top of the page says what its record says."""
    page = pages.get(twin.home)
    if page and page.meta.title != twin.name:
        said = {"title": page.meta.title, "id": twin.id, "name": twin.name, "data": place.file}
        yield TWO_NAMES.finding(page.file, page.keys["title"], **said)
    if page and page.meta.description != twin.lead:
        yield TWO_LEADS.finding(page.file, page.keys["description"], id=twin.id, lead=twin.lead, data=place.file)


DRAWING_MISSING = Rule(
    "drawing-missing",
    "'{id}' shows the picture '{picture}', and there is none",
    "Readers would see a broken box where a picture should help.",
    "Use the name of one of those in docs/assets/easy/.",
    "picture: ladder",
    {"picture": "ladder-middle", "id": "easy-ladder"},
)


def _check_drawings(known: list[str], twin: EasyRead, place: Place) -> Iterator[Finding]:
    for name in dict.fromkeys(line.picture for _, line in twin.lines()):
        if name not in known:
            yield DRAWING_MISSING.finding(place.file, place.line, id=twin.id, picture=name, near=nearest(name, known))


def _calls(page: Page, macro: str, id: str) -> bool:
    """Whether the page asks for this macro with this id."""
    matches = (_MACRO.match(line.text) for line in page.lines)
    return any(match[1] == macro and _ids(macro, match[2]) == (id,) for match in matches if match)


FORM_MISSING = Rule(
    "form-missing",
    "there is no page '{path}' for {call}",
    "Links to it would lead nowhere.",
    "Add docs/{path} with that macro.{near_by}",
    "home: easy-read/ladder.md",
    {"path": "easy-read/ladder.md", "call": '{{ easy_read("easy-ladder") }}', "near_by": ""},
)
FORM_NOT_SHOWN = Rule(
    "form-not-shown",
    "the page does not hold {call}",
    "Readers who follow a link to it would find something else.",
    "Put that macro on a line of its own.",
    '{{ easy_read("easy-ladder") }}',
    {"call": '{{ easy_read("easy-ladder") }}'},
)


def _check_form(pages: dict[str, Page], path: str, macro: str, id: str, place: Place) -> Iterator[Finding]:
    """One form of a page in easy words is a page, and shows it."""
    call = f'{{{{ {macro}("{id}") }}}}'
    if path not in pages:
        # A new page is as likely as a slip in its name, so the first is said as well.
        near_by = "".join(f" Or did you mean {near}?" for near in nearest_page(path, pages, 1))
        yield FORM_MISSING.finding(place.file, place.line, path=path, call=call, near_by=near_by)
    elif not _calls(pages[path], macro, id):
        yield FORM_NOT_SHOWN.finding(pages[path].file, 0, call=call)
