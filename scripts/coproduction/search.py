"""From the built pages to the search index: one entry for each page and each heading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from coproduction.model import Facts, Word

# Not part of what a heading is about.
_LEFT_OUT = "nav, form, button, svg, details.cp-said, .cp-col, .cp-edit, .cp-letters, .cp-links, .cp-page-end"


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
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    main = soup.find("main")
    if not isinstance(main, Tag) or main.h1 is None:
        return
    address = path.parent.relative_to(folder).as_posix()
    address = "" if address == "." else f"{address}/"
    for part in main.select(_LEFT_OUT):
        part.decompose()
    title = main.h1.get_text(" ", strip=True)
    entry = {"title": title, "page": title, "address": address, "text": ""}
    said: list[str] = []
    for part in main.descendants:
        if isinstance(part, Tag):
            if part.name in ("h2", "h3") and part.get("id"):
                yield {**entry, "text": " ".join(" ".join(said).split())}
                entry = {"title": part.get_text(" ", strip=True), "page": title, "address": f"{address}#{part['id']}", "text": ""}
                said = []
        elif part.find_parent(["h1", "h2", "h3"]) is None:
            said.append(str(part))
    yield {**entry, "text": " ".join(" ".join(said).split())}


def _other_words(facts: Facts) -> dict[str, str]:
    """For each id, the other words that people use for it."""
    known = {}
    for _, record in facts.records():
        words = [*getattr(record, "also", ()), *getattr(record, "old", ()), getattr(record, "short", None) or ""]
        if isinstance(record, Word) and record.welsh:
            words.append(record.welsh)
        known[record.id] = " ".join(word for word in words if word)
    return known
