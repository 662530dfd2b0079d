"""From the built pages to the search index: one entry for each page and each heading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from coproduction.model import Facts, Word

# Not part of what a heading is about.
_LEFT_OUT = "nav, form, button, svg, details.cp-said, .cp-col, .cp-edit, .cp-letters, .cp-links, .cp-end"


def write(folder: Path, facts: Facts) -> None:
    """Write the index and its engine into ``folder / "assets"``, as classic scripts.

    They are loaded on the search page alone. The engine is lunr, as the mkdocs package ships it.
    """
    entries = [entry for path in sorted(folder.rglob("index.html")) for entry in _entries(path, folder)]
    other_words = _other_words(facts)
    for entry in entries:
        entry["also"] = other_words.get(entry["address"].partition("#")[2], "")
    index = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    assets = folder / "assets"
    # A line break that JSON allows and JavaScript did not always.
    index = index.replace("\u2028", " ").replace("\u2029", " ")
    (assets / "search-index.js").write_text(f"window.cpSearchIndex={index};\n", encoding="utf-8", newline="\n")
    with as_file(files("mkdocs") / "contrib" / "search" / "templates" / "search" / "lunr.js") as engine:
        shutil.copyfile(engine, assets / "lunr.js")


def _entries(path: Path, folder: Path) -> Iterator[dict[str, str]]:
    main = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("main")
    heading = main.css_first("h1") if main else None
    if heading is None:
        return
    for part in main.css(_LEFT_OUT):
        part.decompose()
    address = path.parent.relative_to(folder).as_posix()
    address = "" if address == "." else f"{address}/"
    title = _said([heading.text(separator=" ")])
    entry, said = {"title": title, "page": title, "address": address}, []
    for part in main.traverse(include_text=True):
        if part.tag in ("h2", "h3") and part.attributes.get("id"):
            yield {**entry, "text": _said(said)}
            name = part.text(separator=" ")
            entry, said = {"title": _said([name]), "page": title, "address": f"{address}#{part.attributes['id']}"}, []
        elif part.tag == "-text" and part.parent.tag not in ("h1", "h2", "h3"):
            said.append(part.text())
    yield {**entry, "text": _said(said)}


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
