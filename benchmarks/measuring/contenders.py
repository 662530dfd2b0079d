"""Who is measured: our search, and others over the same pages. Each is made ready, and then asked in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import bench
from coproduction import environment
from coproduction.site import may_be_found
from rjsmin import jsmin
from selectolax.lexbor import LexborHTMLParser

from . import HERE


class Contender(Protocol):
    """A search that can be asked."""

    name: str
    loads: str  # what it loads for the search alone: a pattern of paths

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        """Make a folder of files for it, from the project at ``root`` and its built ``site``."""

    def ask(self, page: Any, address: str, words: str) -> list[list[str]]:
        """What it lists for ``words``, best first, when its folder stands at ``address``: the links of each answer."""


def all_of_them() -> list[Contender]:
    """Ours first."""
    return [Ours(), OursOnMiniSearch(), Material(), Engine("lunr"), Engine("MiniSearch"), Pagefind()]


def from_root(address: str) -> str:
    """An address as the topics have it: from the site's root, without what was asked."""
    parts = urlsplit(address)
    path = re.sub(r"(^|/)index\.html$", r"\1", parts.path.lstrip("/"))
    return path + (f"#{parts.fragment}" if parts.fragment else "")


class Ours:
    """This site's search, on its page of results."""

    name = "Ours"
    loads = r"assets/(?:lunr|search.*)\.js"

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        shutil.copytree(site, into)

    def ask(self, page: Any, address: str, words: str) -> list[list[str]]:
        return [[link] for link in bench.ask_ours(page, address, words)]


class OursOnMiniSearch(Ours):
    """The same with another engine inside."""

    name = "Ours, on MiniSearch"

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        super().prepare(root, site, into)
        with (into / "assets" / "lunr.js").open("a", encoding="utf-8") as engine:
            engine.write("\n" + _minisearch() + "\n" + (HERE / "engines" / "minisearch-as-lunr.js").read_text(encoding="utf-8"))


def _minisearch() -> str:
    """The engine as npm brings it, without its comments."""
    source = Path(environment.node_tools(HERE).modules) / "minisearch" / "dist" / "umd" / "index.js"
    return jsmin(source.read_text(encoding="utf-8"))


class Material:
    """The theme with its own pages and its own search, over the same Markdown."""

    name = "Stock Material"
    loads = r"search/.*\.json|assets/javascripts/workers/.*\.js"

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        staged = into.with_name(f"{into.name}-docs")
        shutil.copytree(root / "docs", staged, ignore=shutil.ignore_patterns("data"))
        for path in staged.rglob("*.md"):  # its pages have one shape
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"^template: .*\n", "", text, count=1, flags=re.MULTILINE), encoding="utf-8")
        _mkdocs(root, staged, into)

    def ask(self, page: Any, address: str, words: str) -> list[list[str]]:
        page.goto(f"{address}index.html?q={quote(words, safe='')}")
        page.wait_for_function("/matching/.test(document.querySelector('.md-search-result__meta')?.textContent)")
        answers = page.eval_on_selector_all(".md-search-result__item", _SHOWN_LINKS)
        return [[from_root(link.removeprefix(address)) for link in links] for links in answers]


# A page and its parts; without those that stay folded away.
_SHOWN_LINKS = "items => items.map(item => [...item.querySelectorAll('a')].filter(a => !a.closest('details')).map(a => a.href))"


def _mkdocs(root: Path, docs: Path, into: Path) -> None:
    """Build with the theme as it comes. Its notes on what it would rather have are not ours to hear."""
    script = (
        "import logging, sys\n"
        "from mkdocs.commands.build import build\n"
        "from mkdocs.config import load_config\n"
        "logging.getLogger('mkdocs').setLevel(logging.ERROR)\n"
        "root, docs, into = sys.argv[1:]\n"
        "theme = {'name': 'material', 'language': 'en', 'font': False, 'features': ['search.share', 'search.suggest']}\n"
        "plugins = ['search', {'macros': {'module_name': 'scripts/macros'}}]\n"
        "config = load_config(root + '/mkdocs.yml', docs_dir=docs, site_dir=into, theme=theme, plugins=plugins, strict=False)\n"
        "config.plugins.on_startup(command='build', dirty=False)\n"
        "build(config)\n"
    )
    run([sys.executable, "-c", script, str(root), str(docs), str(into)])


class _Asked:
    """A contender with no page of its own: a bare one calls it."""

    def ask(self, page: Any, address: str, words: str) -> list[list[str]]:
        if page.url != f"{address}ask.html":
            page.goto(f"{address}ask.html")
        answers = page.evaluate("words => search(words)", words)
        return [[from_root(link) for link in links] for links in answers]


class Engine(_Asked):
    """An engine alone, as its own guide sets it up, on the entries of our index and nothing else of ours."""

    loads = r"(?:lunr|minisearch|entries)\.js"

    def __init__(self, engine: str) -> None:
        self.name = f"{engine} alone"
        self._engine = engine.lower()

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        into.mkdir(parents=True)
        _write_page(self._engine, into, f"{self._engine}.js", "entries.js")
        entries = json.dumps(list(index_entries(site)), ensure_ascii=False, separators=(",", ":"))
        (into / "entries.js").write_text(f"const entries = {entries};\n", encoding="utf-8")
        if self._engine == "lunr":
            shutil.copy(site / "assets" / "lunr.js", into)
        else:
            (into / "minisearch.js").write_text(_minisearch(), encoding="utf-8")


def index_entries(site: Path) -> Iterator[dict[str, str]]:
    """The entries of our index: what each is called, its other words, its text, and its address."""
    pages: list[list[str]] = []
    for number in range(1, 1 + len(list((site / "assets").glob("search-index-*.js")))):
        text = (site / "assets" / f"search-index-{number}.js").read_text(encoding="utf-8")
        part = json.loads(text.strip().removeprefix("cpSearch.add(").removesuffix(");"))
        pages = part.get("pages", pages)
        columns = part["entries"]
        for page, anchor, title, also, old, text, hidden in zip(
            *(columns[key] for key in ("page", "anchor", "title", "also", "old", "text", "hidden"))
        ):
            address = pages[page][0] + (f"#{anchor}" if anchor else "")
            yield {"address": address, "title": title, "also": f"{also}|{old}".replace("|", " "), "text": f"{text} {hidden}"}


class Pagefind(_Asked):
    """An index of the built pages, in pieces that a browser fetches as it needs them."""

    name = "Pagefind"
    loads = r"pagefind/.*"

    def prepare(self, root: Path, site: Path, into: Path) -> None:
        for path in site.rglob("index.html"):  # the pages that are meant to be found, as ours has them
            text = path.read_text(encoding="utf-8")
            if may_be_found(LexborHTMLParser(text)):
                target = into / path.relative_to(site)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        run([sys.executable, "-m", "pagefind", "--site", str(into)])
        _write_page("pagefind", into)


def _write_page(engine: str, into: Path, *scripts: str) -> None:
    """A bare page with an engine as it comes: its own scripts, and ours that asks it."""
    loading = "".join(f'<script src="{name}"></script>\n' for name in (*scripts, "ask.js"))
    page = f'<!DOCTYPE html>\n<html lang="en-GB">\n<meta charset="utf-8">\n<title>{engine} as it comes</title>\n{loading}'
    (into / "ask.html").write_text(page, encoding="utf-8")
    shutil.copy(HERE / "engines" / f"{engine}-ask.js", into / "ask.js")


def run(command: list[str]) -> None:
    """Run a rival's builder.

    :raises Trouble: when it fails, with its last words.
    """
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-6:])
        raise environment.Trouble(f"A rival could not be made ready. It said:\n{last}")
