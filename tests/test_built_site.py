"""The real site, as built: checked file by file, without a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from coproduction import environment, findings, reading, site
from coproduction.addresses import DOORS, PERMANENT, page_address
from selectolax.lexbor import LexborHTMLParser

HERE = Path(__file__).resolve().parent
HEAVIEST = 35_000  # bytes that a first view may weigh as it travels
ADDRESS = "https://co-production.example/"

# Ways for a script to remember a reader, or to tell another machine about one.
REMEMBERS = re.compile(
    r"\b(cookie|cookieStore|localStorage|sessionStorage|indexedDB|openDatabase|caches|serviceWorker"
    r"|sendBeacon|XMLHttpRequest|fetch|WebSocket|EventSource|RTCPeerConnection|geolocation)\b"
)


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, LexborHTMLParser]:
    """Every built page by its path inside the site, without the small ones that only lead on, and the doors."""
    paths = (path.relative_to(built_site).as_posix() for path in sorted(built_site.rglob("*.html")))
    return {
        path: LexborHTMLParser((built_site / path).read_text(encoding="utf-8")) for path in paths if not path.startswith((PERMANENT, DOORS))
    }


@pytest.fixture(scope="module")
def library(root: Path) -> reading.Library:
    return reading.read(root / "docs" / "data")


# ------------------------------------------------------------------------- whole


def test_every_page_of_docs_is_built_and_no_other(root: Path, pages: dict[str, LexborHTMLParser]) -> None:
    written = (path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    wanted = {f"{page_address(name)}index.html" for name in written}
    assert len(wanted) >= 20
    assert set(pages) == wanted | {"404.html"}


def test_the_check_of_the_built_site_finds_nothing(built_site: Path) -> None:
    found = site.check(built_site, ADDRESS)
    assert not found, findings.report(found)


def test_nothing_of_the_data_or_the_workshop_is_published(built_site: Path) -> None:
    kinds = {path.suffix for path in built_site.rglob("*") if path.is_file()}
    assert kinds <= {".html", ".css", ".js", ".svg", ".xml", ".png", ".woff2", ".pdf"}
    assert not list(built_site.rglob("*.yml")) and not (built_site / "data").exists() and not (built_site / "partials").exists()


def test_no_published_file_names_the_folder_it_was_built_in(built_site: Path, root: Path) -> None:
    folders = (str(root), str(built_site), ".build/")
    leaks = [
        f"{path.name}: {folder}"
        for path in built_site.rglob("*")
        if path.is_file()
        for folder in folders
        if folder.encode() in path.read_bytes()
    ]
    assert leaks == []


# ----------------------------------------------------------------- permanent links


def test_every_id_of_the_facts_has_its_anchor_on_its_home_page(
    pages: dict[str, LexborHTMLParser], library: reading.Library
) -> None:
    ids = {path: {tag.attributes["id"] for tag in tree.css("[id]")} for path, tree in pages.items()}
    records = [record for _, record in library.facts.records]
    assert len(records) > 300
    missing = [
        f"{record.home}#{id}"
        for record in records
        for id in (record.id, *record.formerly)
        if id not in ids[f"{page_address(record.home)}index.html"]
    ]
    assert missing == []


def test_no_id_of_the_facts_has_an_anchor_on_two_pages(pages: dict[str, LexborHTMLParser], library: reading.Library) -> None:
    known = {record.id for _, record in library.facts.records}
    at: dict[str, list[str]] = {}
    for path, tree in pages.items():
        for tag in tree.css("[id]"):
            if tag.attributes["id"] in known:
                at.setdefault(tag.attributes["id"], []).append(path)
    assert {id: paths for id, paths in at.items() if len(paths) > 1} == {}


# ------------------------------------------------------------------------ weights


def loaded_by(path: str, tree: LexborHTMLParser) -> Iterator[str]:
    """The files that the page at ``path`` tells a browser to load."""
    for tag in tree.css("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], script[src], img[src], source[src]"):
        address = tag.attributes.get("href") or tag.attributes.get("src")
        # A page at the root of a host, so that a leading slash of the 404 page is the same place.
        yield urlsplit(urljoin(f"{ADDRESS}{path}", address)).path.lstrip("/")


def weight(built_site: Path, name: str) -> int:
    """What a file weighs as it travels."""
    return len(brotli.compress((built_site / name).read_bytes(), quality=11))


def test_the_first_view_of_every_page_is_light(built_site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    """The page and everything it names: styles, print sheet, scripts, pictures, icon."""
    weights = {}
    for path, tree in pages.items():
        files = {path, *loaded_by(path, tree)}
        assert any(name.endswith(".css") for name in files), f"{path} names no stylesheet"
        weights[path] = sum(weight(built_site, name) for name in files)
    by_weight = sorted(weights.items(), key=lambda entry: -entry[1])
    print("Heaviest first views, in bytes:", *(f"  {size:6}  {path}" for path, size in by_weight[:5]), sep="\n")
    assert {path: size for path, size in by_weight if size > HEAVIEST} == {}


def test_every_page_loads_the_same_few_files(pages: dict[str, LexborHTMLParser]) -> None:
    """What one page has fetched, the next need not fetch again.

    But for pages in easy words: they have pictures, larger letters and the kit, which no other page should carry.
    """
    common = {"assets/site.css", "assets/print.css", "assets/site.js", "assets/icon.svg"}
    others = {path: set(loaded_by(path, tree)) - common for path, tree in pages.items()}
    easy = {name for path, names in others.items() if path.startswith("easy-read/") for name in names}
    assert {name for name in easy if not name.startswith("assets/easy/")} <= {"assets/easy.css", "assets/kit.js"}
    assert {path: names for path, names in others.items() if names and not path.startswith("easy-read/")} == {}


# ------------------------------------------------------------------------ scripts


def test_no_script_remembers_a_reader_or_calls_home(built_site: Path) -> None:
    """But for one choice, which a reader may ask for: that the / key does nothing."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in built_site.rglob("*.js") if not path.name.startswith("search-index")}
    assert {"site.js", "search.js", "search-box.js", "lunr.js", "listen.js"} <= set(texts)
    assert re.findall(r"setItem\((.*?)\)", texts["site.js"]) == ['SLASH_OFF,"1"']
    # It also names every place where something could be stored, to empty it.
    texts["site.js"] = re.sub(r'"(local|session)Storage"|\bcaches(\?\.keys|\.delete)\(', "", texts["site.js"])
    assert {name: match[0] for name, text in texts.items() if (match := REMEMBERS.search(text))} == {}


@pytest.mark.parametrize("line", ["document.cookie = 'seen=1'", "localStorage.seen = 1", "navigator.sendBeacon('/seen')"])
def test_a_script_that_remembers_a_reader_would_be_noticed(line: str) -> None:
    assert REMEMBERS.search(line)


def test_the_search_index_holds_data_and_nothing_that_runs(built_site: Path) -> None:
    text = (built_site / "assets" / "search-index-1.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"cpSearch\.add\((.*)\);\n", text, re.S)
    columns = json.loads(match[1])["entries"]
    assert len(columns["title"]) > 300
    assert all(isinstance(value, int if key == "page" else str) for key, values in columns.items() for value in values)


# --------------------------------------------------------------------- HTML rules


def html_validate(tools: environment.NodeTools, folder: Path) -> dict[str, list[dict]]:
    """What html-validate says of the pages below ``folder`` that break a rule: messages by path."""
    command = [
        tools.node,
        str(Path(tools.modules) / "html-validate" / "bin" / "html-validate.mjs"),
        f"--config={HERE / 'htmlvalidate.config.mjs'}",
        "--formatter=json",
        "**/*.html",
    ]
    with TemporaryFile("w+", encoding="utf-8") as answer:  # into a pipe Node would leave a long answer unfinished
        done = subprocess.run(command, cwd=folder, stdout=answer, stderr=subprocess.PIPE, encoding="utf-8", timeout=120)
        assert done.returncode in (0, 1), done.stderr
        answer.seek(0)
        return {os.path.relpath(folder / page["filePath"], folder): page["messages"] for page in json.load(answer)}


def test_every_page_keeps_the_rules_of_html(
    built_site: Path, pages: dict[str, LexborHTMLParser], node_tools: environment.NodeTools, ran: Callable
) -> None:
    said = html_validate(node_tools, built_site)
    lines = [f"{name}:{m['line']}: {m['message']} ({m['ruleId']})" for name, messages in said.items() for m in messages]
    ran(
        id="html",
        what="Every page as built: rules for HTML. The small pages that lead on are checked too, and not counted",
        pages=pages,
        states=["as built"],
        checks=len(list(built_site.rglob("*.html"))),
        faults=len(lines),
        tools=["html-validate"],
    )
    assert not lines, "\n".join(lines)


GOOD_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<title>A page</title>
</head>
<body>
<main>
<h1 id="trust">Trust</h1>
<table>
<caption>Values</caption>
<tbody>
<tr>
<th scope="row">Trust</th>
<td>People trust each other.</td>
</tr>
</tbody>
</table>
</main>
</body>
</html>
"""


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("", "", None),
        ("</h1>", "</h2>", "close-order"),
        ('id="trust"', 'id="trust" id="trust"', "no-dup-attr"),
        ("<caption>", "<caption id='trust'>", "no-dup-id"),
        ("<main>", '<main role="main">', "no-redundant-role"),
        ("People trust", "<span>People <div>trust</div></span>", "element-permitted-content"),
        (">Trust</th>", "><h2>Trust</h2></th>", "element-permitted-content"),
        ("<main>", '<main style="color: red">', "no-inline-style"),
        ("Trust<", "Trust & hope<", "no-raw-characters"),
    ],
)
def test_html_that_breaks_a_rule_is_noticed(
    old: str, new: str, rule: str | None, tmp_path: Path, node_tools: environment.NodeTools
) -> None:
    assert old in GOOD_HTML
    (tmp_path / "page.html").write_text(GOOD_HTML.replace(old, new, 1), encoding="utf-8")
    rules = {message["ruleId"] for messages in html_validate(node_tools, tmp_path).values() for message in messages}
    assert rule in rules if rule else not rules
