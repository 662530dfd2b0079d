"""The pages: front matter, headings, links, macros and wording, checked before anything is built."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from inspect import signature
from pathlib import Path
from typing import Literal

from pydantic import Field
from selectolax.lexbor import LexborHTMLParser

from coproduction import wording
from coproduction.addresses import PERMANENT, page_address
from coproduction.findings import Finding
from coproduction.model import Page as PagePath
from coproduction.model import FILL_THE_GAP, EasyRead, Part, Record, Text, UnknownId, Withdrawn, kind_of, nearest
from coproduction.reading import Library, Place, Unreadable, front_matter, page_text
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
        return own | set(re.findall(r' id="([^"]+)"', self.printed))

    def add(self, line: int, what: str, why: str, fix: str) -> None:
        self.findings.append(Finding(self.file, line, what, why, fix))


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


def check(root: Path, library: Library | None) -> tuple[list[Finding], list[ReadingReport]]:
    """Check every page below ``root / "docs"``.

    :param library: the facts; without them, when they are broken, only what needs none is checked.
    :returns: all findings, and how each page reads.
    """
    found: list[Finding] = []
    pages: dict[str, Page] = {}
    for path in sorted((root / "docs").rglob("*.md")):
        try:
            page = _read(path, path.relative_to(root / "docs").as_posix())
            pages[page.path] = page
        except Unreadable as error:
            found += error.findings
    around = Around(harder=tuple(_harder({page.path: page.meta for page in pages.values()})))
    for page in pages.values():
        _check_macros(page, library, around)
    of_records = _check_records(library) if library else []
    reports = []
    for page in pages.values():
        _check_headings(page)
        _check_links(page, pages, root / "docs", anchors=library is not None)
        _check_markup(page)
        _check_dates(page)
        _check_sentences(page, {found.what for found in of_records})
        _check_unfinished(page)
        _check_also(page, complete=library is not None)
        if library:
            reports.append(_check_wording(page))
        found += page.findings
    found += _check_titles(pages)
    found += _check_addresses(pages, library)
    if library:
        found += _check_homes(pages, library)
        found += _check_twins(pages, library, root / "docs" / "assets" / "easy")
        found += of_records
    return found, reports


def metas(root: Path) -> dict[str, Meta]:
    """The front matter of every page below ``root / "docs"``, by its path there.

    :raises Unreadable: when that of a page cannot be read.
    """
    docs = root / "docs"
    names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return {name: _read(docs / name, name).meta for name in names}


def harder(root: Path) -> tuple[Harder, ...]:
    """The pages below ``root / "docs"`` that say why they cannot be as easy to read as they should.

    :raises Unreadable: when the front matter of one cannot be read.
    """
    docs = root / "docs"
    # Those alone are read to the end, because one engine asks again for each page.
    names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if b"\nreading_reason:" in path.read_bytes())
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
    text = page_text(root / sentence.place.file, sentence.place.file)
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


def _read(path: Path, name: str) -> Page:
    where = f"docs/{name}"
    text = page_text(path, where)
    match = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    if not match:
        raise Unreadable(
            [
                Finding(
                    where,
                    1,
                    "the page has no front matter",
                    "Its title, summary and review dates stand there.",
                    "Copy the lines between the two rows of dashes from the top of another page, and change them.",
                )
            ]
        )
    meta, keys = front_matter(match[1], where, Meta)
    first = text[: match.end()].count("\n") + 1
    body = text[match.end() :].splitlines()
    return Page(name, meta, keys, [Line(first + index, line) for index, line in enumerate(body)])


# ------------------------------------------------------------------------ macros

_MACRO = re.compile(r"\{\{\s*(\w+)\((.*)\)\s*\}\}\s*$")


def _check_macros(page: Page, library: Library | None, around: Around) -> None:
    """Call each macro as the engine will, and keep what it prints. Without facts, see only that it could be called."""
    for line in page.lines:
        match = _MACRO.match(line.text)
        if match:
            page.shown.append(Line(line.number, _call(page, library, line.number, match[1], match[2], around)))
        else:
            _check_braces(page, line)


def _call(page: Page, library: Library | None, line: int, name: str, arguments: str, around: Around) -> str:
    if name not in Tables.MACROS:
        near = nearest(name, Tables.MACROS) or Tables.MACROS
        page.add(
            line,
            f"no macro is called '{name}'",
            "The page would show an error in place of a table.",
            f"Did you mean {' or '.join(near)}?",
        )
        return ""
    ids = _ids(name, arguments)
    if ids is None:
        curly = " Quotes are straight here, not curly." if re.search("[“”‘’]", arguments) else ""
        page.add(
            line,
            f"'{name}({arguments})' cannot be understood",
            "The page would show an error in place of the facts it asks for.",
            f"Write it like this: {_form(name)}.{curly}",
        )
    if ids is None or library is None:
        return ""
    try:
        return str(printed(library, page.path, name, ids, around=around))
    except (UnknownId, NothingToShow) as error:
        page.add(
            line,
            str(error),
            "The page would show an error in place of the facts it asks for.",
            "Use one of the names that it gives, or look for others in docs/data/.",
        )
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
    except (SyntaxError, ValueError, TypeError):
        return None
    return ids if all(isinstance(id, str) for id in ids) else None


def _check_braces(page: Page, line: Line) -> None:
    if _MACRO.match(line.text.strip()):
        page.add(
            line.number,
            "this macro does not begin at the start of its line",
            "Inside a list or a box, what it prints would fall apart.",
            "Move it to the beginning of a line of its own, with an empty line above and below.",
        )
    elif re.search(r"\{[{%#]|[}%#]\}", line.text):
        page.add(
            line.number,
            "this line holds double braces, or a brace with % or #",
            "They are read as commands to the machine that builds the page, not as words.",
            "Put the macro on a line of its own: {{ ladder() }}. A heading's id is written {: #id }. Take other braces out.",
        )


# ---------------------------------------------------------- headings, links, markup

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)\s*(?:\{:\s*#(?P<id>[\w-]+)[^}]*\})?\s*$")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s]*)[^)]*\)")
_EMPTY_LINK_TEXT = re.compile(r"(click )?here|(read |find out )?more|this( link| page)?|link", re.I)


def _check_headings(page: Page) -> None:
    level, seen = 1, set()
    for line in page.lines:
        match = _HEADING.match(line.text)
        if not match:
            continue
        depth, text = len(match["level"]), match["text"]
        if depth == 1:
            page.add(
                line.number,
                "a page has one main heading, and the template prints it from 'title:'",
                "Two main headings leave people who listen to the page unsure what it is about.",
                "Begin this heading with ## instead of #.",
            )
        elif depth > level + 1:
            page.add(
                line.number,
                f"the heading skips from level {level} to level {depth}",
                "Many readers move by headings. A gap sounds like a part that is missing.",
                f"Begin it with {'#' * (level + 1)}.",
            )
        if text.casefold() in seen:
            page.add(
                line.number,
                f"the heading '{text}' stands twice on this page",
                "In a list of headings nobody could tell them apart.",
                "Change one so that it says what is different.",
            )
        if not match["id"]:
            page.add(
                line.number,
                "the heading has no id of its own",
                "Its address would change with its words, and old links to it would break.",
                f"End the line with an id: {line.text.rstrip()} {{: #{_slug(text)} }}",
            )
        seen.add(text.casefold())
        level = max(depth, 2)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"


def _check_links(page: Page, pages: dict[str, Page], docs: Path, anchors: bool) -> None:
    # All lines at once, because the words of a link may run over the end of one.
    text = "\n".join(line.text for line in page.lines)
    for match in _LINK.finditer(text):
        line = page.lines[text.count("\n", 0, match.start())].number
        if match["image"]:
            _check_image(page, line, match, docs)
        else:
            _check_link(page, line, match, pages, anchors)


def _check_image(page: Page, line: int, match: re.Match, docs: Path) -> None:
    if not match["text"].strip():
        page.add(
            line,
            "the picture has no text beside it for people who do not see it",
            "Someone who listens to the page would not know that it is there.",
            "Write in the square brackets what the picture tells: ![Seven rungs of a ladder](…).",
        )
    if not (docs / _joined(page, match["to"])).is_file():
        page.add(
            line,
            f"there is no picture '{match['to']}'",
            "Readers would see a broken box.",
            "Put the file into docs/assets/, or mend its name.",
        )


def _check_link(page: Page, line: int, match: re.Match, pages: dict[str, Page], anchors: bool) -> None:
    to = match["to"]
    words = " ".join(match["text"].split())
    if _EMPTY_LINK_TEXT.fullmatch(words):
        page.add(
            line,
            f"the link says only '{words}'",
            "People who move from link to link hear the words alone.",
            "Let the words say where the link goes.",
        )
    if re.match(r"(https?|mailto|tel):", to):
        return
    if not to:
        page.add(line, "the link has no address", "Readers would land nowhere.", "Write it in the round brackets: (ladder.md).")
        return
    target, _, anchor = to.partition("#")
    name = _joined(page, target) if target else page.path
    if name not in pages:
        near = nearest(name, pages)
        page.add(
            line,
            f"the link leads to '{to}', and there is no such page",
            "Readers would land nowhere.",
            f"Did you mean {' or '.join(near)}? Links name the file: ladder.md." if near else "Name the page's file: ladder.md.",
        )
    elif anchors and anchor and anchor not in pages[name].anchors:
        near = nearest(anchor, pages[name].anchors)
        page.add(
            line,
            f"the page '{name}' has no part called '{anchor}'",
            "Readers would land at the top of the page and have to look for it.",
            f"Did you mean #{' or #'.join(near)}?" if near else "Take the part after # away, or copy it from the page's address.",
        )


def _joined(page: Page, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))


_FORBIDDEN = {
    r"<\s*script|<\s*style|<\s*iframe|<\s*object|<\s*embed|<\s*form|<\s*link": "this kind of HTML tag",
    r"<[^>]*\son\w+\s*=": "a script in a tag",
    r"<[^>]*\sstyle\s*=": "a style in a tag",
    r"(?:\]\(|\]:|=[\"']?|<)\s*(?:javascript|data|vbscript):": "an address that runs code",
    r"!?\[[^\]]*\]\(\s*//": "an address without https:",
}


def _check_markup(page: Page) -> None:
    for line in page.lines:
        for pattern, what in _FORBIDDEN.items():
            if re.search(pattern, line.text, re.I):
                page.add(
                    line.number,
                    f"{what} cannot stand in a page",
                    "Pages hold words only, so that they are safe and can be read everywhere.",
                    "Take it out, or ask for a macro or a style that does what you need.",
                )


def _check_dates(page: Page) -> None:
    if page.meta.review_by <= page.meta.reviewed:
        page.add(
            page.keys["review_by"],
            f"the next review ({page.meta.review_by}) is not after the last one ({page.meta.reviewed})",
            "A review date that has passed already can never be met.",
            "Set 'review_by' to a day after 'reviewed', a year later for most pages.",
        )


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
    text = re.sub(r"\{:[^}]*\}|`[^`]*`|<[^>]+>|https?://\S+", "", text)
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
    r"```.*?^```|`[^`\n]*`|!?\[[^\[\]]*\](?:\([^)]*\)|\[[^\]]*\])|^\[[^\[\]]*\]:\s*(?:<|https?:|\S+\.md)|^>.*?$", re.S | re.M
)


def _check_unfinished(page: Page) -> None:
    """Refuse gaps that nobody has filled. Those in the facts are refused with them."""
    front = [Line(line, value) for key, line in page.keys.items() if isinstance(value := getattr(page.meta, key), str)]
    text = "\n".join(line.text for line in page.lines)
    bare = _NO_GAP.sub(lambda match: "\n" * match[0].count("\n"), text).split("\n")
    found = [(line.number, words) for line in [*front, *page.lines] for words in wording.unfinished(line.text)]
    found += [(line.number, words) for line in front for words in wording.gaps(line.text)]
    found += [(line.number, words) for line, rest in zip(page.lines, bare) for words in wording.gaps(rest)]
    for line, words in found:
        page.add(line, f"'{words}' looks like a gap that nobody has filled", *FILL_THE_GAP)


def _check_wording(page: Page) -> ReadingReport:
    passages = [*_prose(page), *_shown_prose(page)]
    reading = wording.reading(passage.text for passage in passages)
    limit = ARI_LIMITS[page.meta.reading]
    kind = f"{'an' if page.meta.reading == 'easy' else 'a'} {page.meta.reading}"
    too_many = reading.long_sentences > wording.LONG_SHARE * reading.sentences + 1
    if page.meta.reading_reason is None:
        if reading.ari > limit:
            page.add(
                0,
                f"the page reads at ARI {reading.ari}; {kind} page may have {limit} at most",
                "Long words and long sentences shut people out.",
                "Split sentences and choose shorter words. If it cannot be done, say why under 'reading_reason:'.",
            )
        if too_many:
            page.add(
                0,
                f"{reading.long_sentences} of {reading.sentences} sentences have more than {wording.LONG_SENTENCE} words",
                "One long sentence is hard work. Many of them turn readers away.",
                "Split the longest ones, here or in the data that the page shows.",
            )
    elif reading.ari <= limit and not too_many:
        page.add(
            page.keys["reading_reason"],
            f"the page says why it is hard to read, and is not: its ARI is {reading.ari}, and it may have {limit}",
            "It would be listed as harder than it is, and nobody would notice when it becomes so.",
            "Take 'reading_reason' out.",
        )
    return ReadingReport(page.file, reading, limit, page.meta, tuple(passages))


def _check_sentence(found: list[Finding], file: str, line: int, sentence: str) -> None:
    count = len(wording.words(sentence))
    if count > wording.LONGEST_SENTENCE:
        start = " ".join(sentence.split()[:6])
        found.append(
            Finding(
                file,
                line,
                f"the sentence that begins '{start} …' has {count} words",
                f"Past {wording.LONGEST_SENTENCE} words many readers lose the thread.",
                "Split it in two. One idea a sentence.",
            )
        )


# What the reader meets as a name or as somebody's own words is not ours to shorten.
_NAMES = {"name", "body", "author", "seen", "rights", "names", "words", "also", "old", "unshown", "where", "as_printed_by", "earned_by"}


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


# ---------------------------------------------------------------------- together


def _check_also(page: Page, complete: bool) -> None:
    """Every key of ``also`` must be 'page' or an anchor; anchors of macros are known when the facts are complete."""
    for anchor in page.meta.also:
        if complete and anchor != "page" and anchor not in page.anchors:
            near = nearest(anchor, page.anchors)
            page.add(
                page.keys["also"],
                f"'also' has words for '{anchor}', and the page has no such anchor",
                "Search would not find anything by them.",
                f"Did you mean {' or '.join(near)}?" if near else "Write 'page' for the whole page, or the anchor of one of its headings.",
            )


def _check_titles(pages: dict[str, Page]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for page in pages.values():
        title = page.meta.title.casefold()
        if title in seen:
            yield Finding(
                page.file,
                page.keys["title"],
                f"the title '{page.meta.title}' is also that of {seen[title]}",
                "In search results and open tabs nobody could tell the two apart.",
                "Change one of the titles.",
            )
        seen[title] = page.file


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
            yield Finding(
                file,
                line,
                f"'{path}' stands among the permanent links",
                f"Addresses below {PERMANENT} are kept for the ids of the facts.",
                "Use another folder.",
            )
        elif address in taken:
            yield Finding(
                file,
                line,
                f"the address of '{path}' is that of {taken[address]} too",
                "One address can show one page only, so a reader would miss the other.",
                "Take out the one that is wrong. The address of a page that is still there cannot lead elsewhere.",
            )
        taken.setdefault(address, file)


def _check_homes(pages: dict[str, Page], library: Library) -> Iterator[Finding]:
    lost: set[tuple[str, str]] = set()
    for _, record in library.facts.records:
        place = library.places[record.id]
        if record.home not in pages:
            # Said once for a file: 'every:' often gives one home to all its records.
            if (place.file, record.home) not in lost:
                near = nearest(record.home, pages)
                yield Finding(
                    place.file,
                    place.line,
                    f"'{record.id}' has its home on '{record.home}', and there is no such page",
                    "Every link to it would lead nowhere.",
                    f"Did you mean {' or '.join(near)}?" if near else "Name a page inside docs/.",
                )
            lost.add((place.file, record.home))
        elif record.id not in pages[record.home].anchors:
            usual = f"the macro that prints this kind of record ({kind_of(record.id)})"
            macro = "{{ withdrawn() }}" if isinstance(record, Withdrawn) else usual
            yield Finding(
                place.file,
                place.line,
                f"'{record.id}' does not appear on its home page, docs/{record.home}",
                "Links to it would land at the top of that page, and readers would not find it.",
                f"Put {macro} on that page, or change 'home:'.",
            )


def _check_twins(pages: dict[str, Page], library: Library, drawings: Path) -> Iterator[Finding]:
    """A page in easy words and the fuller page know each other, and each form of it is there, with its pictures."""
    yield from _check_ways_to_twins(pages, library.facts.easy_read)
    known = [path.stem for path in drawings.glob("*.svg")]
    for twin in library.facts.easy_read:
        place = library.places[twin.id]
        yield from _check_fuller_page(pages, twin, place)
        for path, macro in ((twin.home, "easy_read"), (twin.simple_words, "simple_words"), (twin.kit, "review_kit")):
            yield from _check_form(pages, path, macro, twin.id, place)
        yield from _check_name(pages, twin, place)
        yield from _check_drawings(known, twin, place)


def _check_ways_to_twins(pages: dict[str, Page], all_twins: Iterable[EasyRead]) -> Iterator[Finding]:
    twins = {twin.twin_of: twin for twin in all_twins}
    for page in pages.values():
        wanted = twins[page.path].home if page.path in twins else None
        if page.meta.easy_read != wanted:
            yield Finding(
                page.file,
                page.keys.get("easy_read", 0),
                f"'easy_read' is {page.meta.easy_read or 'missing'}, and the page's twin is {wanted or 'nowhere'}",
                "Readers could not get from one to the other.",
                f"Write 'easy_read: {wanted}'."
                if wanted
                else "Take the line out, or name this page under 'twin_of:' in easy_read.yml.",
            )


def _check_fuller_page(pages: dict[str, Page], twin: EasyRead, place: Place) -> Iterator[Finding]:
    if twin.twin_of not in pages:
        yield Finding(
            place.file,
            place.line,
            f"'{twin.id}' is the twin of '{twin.twin_of}', and there is no such page",
            "Its link to the fuller page would lead nowhere.",
            f"Did you mean {' or '.join(nearest(twin.twin_of, pages) or ['ladder.md'])}?",
        )


def _check_name(pages: dict[str, Page], twin: EasyRead, place: Place) -> Iterator[Finding]:
    if twin.home in pages and pages[twin.home].meta.title != twin.name:
        yield Finding(
            pages[twin.home].file,
            pages[twin.home].keys["title"],
            f"the title is '{pages[twin.home].meta.title}', and '{twin.id}' is called '{twin.name}'",
            "On paper the page would have another name than on the screen.",
            f"Make both the same, here or in {place.file}.",
        )


def _check_drawings(known: list[str], twin: EasyRead, place: Place) -> Iterator[Finding]:
    for name in dict.fromkeys(line.picture for _, line in twin.lines()):
        if name not in known:
            yield Finding(
                place.file,
                place.line,
                f"'{twin.id}' shows the picture '{name}', and there is none",
                "Readers would see a broken box where a picture should help.",
                f"Did you mean {' or '.join(nearest(name, known) or sorted(known)[:3])}? They are in docs/assets/easy/.",
            )


def _calls(page: Page, macro: str, id: str) -> bool:
    """Whether the page asks for this macro with this id."""
    matches = (_MACRO.match(line.text) for line in page.lines)
    return any(match[1] == macro and _ids(macro, match[2]) == (id,) for match in matches if match)


def _check_form(pages: dict[str, Page], path: str, macro: str, id: str, place: Place) -> Iterator[Finding]:
    """One form of a page in easy words is a page, and shows it."""
    call = f'{{{{ {macro}("{id}") }}}}'
    if path not in pages:
        near = nearest(path, pages)
        yield Finding(
            place.file,
            place.line,
            f"there is no page '{path}' for {call}",
            "Links to it would lead nowhere.",
            f"Add docs/{path} with that macro." + (f" Or did you mean {' or '.join(near)}?" if near else ""),
        )
    elif not _calls(pages[path], macro, id):
        yield Finding(
            pages[path].file,
            0,
            f"the page does not hold {call}",
            "Readers who follow a link to it would find something else.",
            "Put that macro on a line of its own.",
        )
