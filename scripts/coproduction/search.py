"""From the built pages to the search index: what can be found, and under which address.

There is an entry for each page, each heading and each record. The index holds what a result shows and the
words it is found by; how a question is read and ranked is the business of ``docs/assets/search.js``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coproduction.model import Definition, EasyRead, Facts, Framework, Help, Ladder, Record, Review, Scale, Source, Word, kind_of
from coproduction.site import may_be_found

# Not part of what a heading is about: the frame, and words that stand under every block.
_LEFT_OUT = (
    "nav, form, button, script, svg, figcaption, caption, details, q, .cp-col, .cp-draft, .cp-easy-other, .cp-edit, .cp-letters, .cp-links, "
    ".cp-end, .cp-from, .cp-grade, .cp-hidden, .cp-permalink, .cp-position, .cp-short, .cp-tags, .cp-title"
)
# A heading in one of these speaks for all that follows it; in any other element, for that element alone.
_FLOWING_TAGS = {"main", "section", "body"}
_FLOWING_CLASSES = {"cp-body", "cp-block"}
_HEADINGS = ("h2", "h3", "h4")
_LEAD = 56
_LONGEST_LEAD = 112
_LONGEST_QUOTATION = 180
_PART = 250_000  # characters of a part of the index: some 70 KB on their way, and half a second of a slow phone


@dataclass
class Entry:
    """Something that can be found."""

    title: str
    page: int  # its place in the list of pages
    anchor: str = ""
    kind: str = "section"
    also: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    today: str = ""  # the id of the word that people use now, of a word they used before
    see: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)


def write(folder: Path, facts: Facts, also: dict[str, tuple[str, ...]]) -> None:
    """Write the index, in parts, and its engine into ``folder / "assets"``, as classic scripts.

    :param also: the other words that people use for a page or a part of it, by its address.

    Nothing loads them before a reader touches the search box. They all work from a disk, where a browser
    refuses to fetch data. The engine is lunr as the mkdocs package ships it.

    :raises OSError: when the engine is not where mkdocs had it, or a file cannot be written.
    """
    pages: list[tuple[str, str]] = []
    entries = [entry for path in sorted(folder.rglob("index.html")) for entry in _entries(path, folder, facts, also, pages)]
    parts = list(_parts(entries))
    for number, part in enumerate(parts, 1):
        index: dict[str, Any] = {"entries": part}
        if number == 1:
            index = {"parts": len(parts), "pages": pages, "help": _help(facts), "welsh": facts.welsh, **index}
        # A line break that JSON allows and JavaScript did not always.
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("\u2028", " ").replace("\u2029", " ")
        (folder / "assets" / f"search-index-{number}.js").write_text(f"cpSearch.add({text});\n", encoding="utf-8", newline="\n")
    engine = files("mkdocs") / "contrib" / "search" / "templates" / "search" / "lunr.js"
    (folder / "assets" / "lunr.js").write_text(engine.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


# ---------------------------------------------------------------------- reading pages


def _entries(
    path: Path, folder: Path, facts: Facts, also: dict[str, tuple[str, ...]], pages: list[tuple[str, str]]
) -> list[Entry]:
    """The entries of one page, which joins ``pages``; none for one that is not meant to be found."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    main = tree.css_first("main")
    heading = main.css_first("h1") if main else None
    if heading is None or not may_be_found(tree):
        return []
    for part in main.css(_LEFT_OUT):
        part.decompose()
    address = path.parent.relative_to(folder).as_posix()
    title = _joined([heading.text(separator=" ")])
    address = "" if address == "." else f"{address}/"
    pages.append((address, title))
    found = [Entry(title, len(pages) - 1, kind="page" if address else "other", also=also.get(address, ()))]
    heading.decompose()
    _walk(main, found[0], found, facts)
    for entry in found[1:]:
        entry.also += also.get(f"{address}#{entry.anchor}", ())
    return found


def _walk(node: LexborNode, entry: Entry, found: list[Entry], facts: Facts) -> Entry:
    """Give all text below ``node`` to the entry that speaks for it, and add new ones to ``found``.

    :returns: the entry that speaks for what comes after ``node``, if its headings do.
    """
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            entry.said.append(child.text())
        elif new := _starts(child, entry, facts):
            found.append(new)
            if child.tag in ("li", "figure", "p"):
                _walk(child, new, found, facts)
            else:
                entry = new
        elif child.tag in _HEADINGS:  # one that leads to nothing of its own
            continue
        elif child.tag == "blockquote":
            entry.quoted.append(child.text(separator=" "))
        else:
            after = _walk(child, entry, found, facts)
            if child.tag in _FLOWING_TAGS or not _FLOWING_CLASSES.isdisjoint((child.attributes.get("class") or "").split()):
                entry = after
    return entry


def _starts(node: LexborNode, here: Entry, facts: Facts) -> Entry | None:
    """The entry that begins at ``node``: a heading or a record. Sources are found through what leans on them.

    A page in easy words is short, and found as a whole. Who has checked one is told with it.
    """
    id = node.attributes.get("id") or ""
    record = facts.by_id.get(id)
    is_heading = node.tag in _HEADINGS and bool(id) and not id.startswith("cp-")
    if isinstance(record, (Source, EasyRead, Review)) or not (record or is_heading):
        return None
    title = _joined([node.text(separator=" ")]) if is_heading else facts.title(id)
    if len(title) == 1 or id.startswith("list-") or id == "where-next":  # nothing but links stands below it
        return None
    if record is None:
        return Entry(title, here.page, id)
    today = record.see[0] if isinstance(record, Word) and record.use == "old" and record.see else ""
    also, old = tuple(_other_words(record)), tuple(_old_words(record))
    # Many ask who made a thing.
    said = [f"By {record.body}. "] if isinstance(record, (Framework, Ladder, Scale)) else []
    return Entry(title, here.page, id, _kind(record, facts), also, old, today, getattr(record, "see", ()), said)


def _kind(record: Record, facts: Facts) -> str:
    """The kind of a record, for its weight. What stands further from the main path is 'other'."""
    aside = {found.id for framework in facts.frameworks if not framework.compared for found in (framework, *framework.items)}
    if record.id in aside or (isinstance(record, Definition) and not record.main):
        return "other"
    return kind_of(record.id)


def _other_words(record: Record) -> Iterator[str]:
    """The words of today that people use for a record. What brings help to the top is no name for it."""
    if not isinstance(record, Help):
        yield from (*record.also, *record.also_welsh)
    yield from (word for word in (getattr(record, "short", None), getattr(record, "welsh", None)) if word)


def _old_words(record: Record) -> Iterator[str]:
    """The words of yesterday, which search finds and never suggests."""
    if isinstance(record, Word):
        yield from record.old
        yield from record.unshown


def _help(facts: Facts) -> list[dict[str, Any]]:
    """What search says first when somebody looks for help that is not here, the urgent before the rest."""
    ordered = sorted(facts.help, key=lambda help: not help.urgent)
    return [{"id": help.id, "urgent": help.urgent, "words": help.also} for help in ordered]


# ------------------------------------------------------------------------ what is kept


def _parts(entries: list[Entry]) -> Iterator[dict[str, list[Any]]]:
    """The entries as they travel: in columns, which pack well; the pages and records first; in parts that a slow line
    can take one by one."""
    rows = [_row(entry) for entry in sorted(entries, key=_place)]
    shown = {word for row in rows for word in _words(f"{row['title']} {row['text']} {row['also']}")}
    part: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        # A word that no result shows can still be found: each entry that it stands in has it.
        row["hidden"] = " ".join(dict.fromkeys(word for word in _words(row.pop("all")) if word not in shown))
        length = len("".join(str(value) for value in row.values()))
        if part and size + length > _PART:
            yield _columns(part)
            part, size = [], 0
        part.append(row)
        size += length
    yield _columns(part)


def _place(entry: Entry) -> int:
    """Help comes with the first part, where the words are that bring it; sections come last."""
    return {"help": 0, "section": 2}.get(entry.kind, 1)


def _row(entry: Entry) -> dict[str, Any]:
    """One entry as the script reads it, and all its words."""
    text = _joined(entry.said)
    lead = text if entry.kind == "help" else _lead(text)  # who needs help needs all of it
    quoted = _cut(_joined(entry.quoted))
    return {
        "page": entry.page,
        "anchor": entry.anchor,
        "kind": entry.kind,
        "title": entry.title,
        "text": " ".join(piece for piece in (lead, f"“{quoted}”" if quoted else "") if piece),
        "also": "|".join(_apart(entry.title, entry.also)),
        "old": "|".join(entry.old),
        "today": entry.today,
        "see": " ".join(id for id in entry.see if not id.startswith("word-")),  # one word explained is enough
        "all": f"{text} {_joined(entry.quoted)}",
    }


def _apart(title: str, also: tuple[str, ...]) -> list[str]:
    """The other words that are not the title, nor one another, but for capitals and hyphens."""
    plain = {word.casefold().replace("-", ""): word for word in reversed((title, *also))}
    return [word for word in plain.values() if word != title][::-1]


def _cut(quotation: str) -> str:
    """The beginning of exact words, up to a whole word."""
    if len(quotation) <= _LONGEST_QUOTATION:
        return quotation
    return quotation[: quotation.rfind(" ", 0, _LONGEST_QUOTATION)] + " …"


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {key: [row[key] for row in rows] for key in rows[0]} if rows else {}


def _lead(text: str) -> str:
    """The first sentences of a text, up to a length at which a reader knows what it is about."""
    end = text.find(". ", _LEAD) + 1
    if 0 < end <= _LONGEST_LEAD:
        return text[:end]
    return text if len(text) <= _LONGEST_LEAD else text[: text.rfind(" ", 0, _LONGEST_LEAD)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w[\w’-]{2,}", text.lower())


def _joined(pieces: list[str]) -> str:
    return re.sub(r" (?=[,.;:?!)])", "", " ".join(" ".join(pieces).split()))
