"""From the built pages to the search index: one entry for each page and each heading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coproduction.model import Facts, Word

# Not part of what a heading is about.
_LEFT_OUT = "nav, form, button, svg, details.cp-said, .cp-col, .cp-edit, .cp-letters, .cp-links, .cp-end"


def write(folder: Path, facts: Facts) -> None:
    """Write the index and its engine into ``folder / "assets"``, as classic scripts.

    They are loaded on the search page alone. The engine is lunr, as the mkdocs package ships it.
    """
    other_words = _other_words(facts)
    entries = [entry for path in sorted(folder.rglob("index.html")) for entry in _entries(path, folder, other_words)]
    index = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    assets = folder / "assets"
    # A line break that JSON allows and JavaScript did not always.
    index = index.replace("\u2028", " ").replace("\u2029", " ")
    (assets / "search-index.js").write_text(f"window.cpSearchIndex={index};\n", encoding="utf-8", newline="\n")
    with as_file(files("mkdocs") / "contrib" / "search" / "templates" / "search" / "lunr.js") as engine:
        shutil.copyfile(engine, assets / "lunr.js")


def _entries(path: Path, folder: Path, other_words: dict[str, str]) -> Iterator[dict[str, str]]:
    """The entries of one page. A record without a heading adds its other words to the heading it stands under."""
    main = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("main")
    heading = main.css_first("h1") if main else None
    if heading is None:
        return
    for part in main.css(_LEFT_OUT):
        part.decompose()
    address = path.parent.relative_to(folder).as_posix()
    address = "" if address == "." else f"{address}/"
    title = _said([heading.text(separator=" ")])
    entry, said, also = {"title": title, "page": title, "address": address}, [], []
    for part in main.traverse(include_text=True):
        id = part.attributes.get("id")
        if part.tag in ("h2", "h3") and id:
            yield {**entry, "text": _said(said), "also": _said(also)}
            name = _said([part.text(separator=" ")])
            entry, said, also = {"title": name, "page": title, "address": f"{address}#{id}"}, [], []
        elif part.tag == "-text" and not _in_heading(part):
            said.append(part.text())
        also.append(other_words.get(id, ""))
    yield {**entry, "text": _said(said), "also": _said(also)}


def _in_heading(part: LexborNode) -> bool:
    while part.tag != "main":
        if part.tag in ("h1", "h2", "h3"):
            return True
        part = part.parent
    return False


def _said(pieces: list[str]) -> str:
    return " ".join(" ".join(pieces).split())


def _other_words(facts: Facts) -> dict[str, str]:
    """For each id, the other words that people use for it."""
    known = {}
    for _, record in facts.records:
        words = [*record.also, getattr(record, "short", None)]
        if isinstance(record, Word):
            words += [*record.old, *record.unshown, record.welsh]
        known[record.id] = " ".join(word for word in words if word)
    return known
