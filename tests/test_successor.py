"""The way out: the tree builds with the successor of mkdocs, and readers would notice no difference.

The successor ignores what it does not know without a word, so its own success proves nothing:
addresses, anchors and text are compared page by page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from coproduction import settings
from coproduction.addresses import DOORS, PERMANENT
from selectolax.lexbor import LexborHTMLParser
from tiny import with_settings

BUILD_LIMIT = 120  # seconds
HOST = "https://co-production.example/"


@pytest.fixture(scope="module")
def successors_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real tree, built by the successor in a folder of its own."""
    copy = tmp_path_factory.mktemp("successor")
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    # It does not know exclude rules for data: leave the schemas out, as a build of ours does.
    shutil.rmtree(copy / "docs" / "data" / "schemas")
    # As our own site is built for the tests: for one address, whatever its owner gives it.
    switches = with_settings((root / "mkdocs.yml").read_text(encoding="utf-8"), HOST, **settings.read(root).extra.model_dump())
    (copy / "mkdocs.yml").write_text(switches, encoding="utf-8")
    return build(copy)


def build(tree: Path) -> Path:
    """Build ``tree`` with the successor; return its site."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=tree,
        env={**os.environ, "MACROS_MUST_PASS": "true"},
        capture_output=True,
        text=True,
        timeout=BUILD_LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return tree / "site"


def pages(site: Path) -> dict[str, LexborHTMLParser]:
    """Every page that an engine made, by its path. The small ones that lead on, and the doors, are written beside it."""
    paths = set(site.rglob("*.html")) - set(site.glob(f"{PERMANENT}*/index.html")) - set(site.glob(f"{DOORS}**/index.html"))
    return {path.relative_to(site).as_posix(): without_its_file(path) for path in paths}


def without_its_file(path: Path) -> LexborHTMLParser:
    """A page, but for its line on where its words are or can be edited: the successor does not tell a template the file."""
    page = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for line in page.css(".cp-change p"):
        if "words of this page" in line.text():
            line.decompose()
    return page


def ids(page: LexborHTMLParser) -> list[str]:
    return sorted(tag.attributes["id"] for tag in page.css("[id]"))


def text(page: LexborHTMLParser) -> str:
    """What a reader reads."""
    return " ".join(page.body.text(separator=" ").split())


def links(page: LexborHTMLParser, name: str) -> list[str]:
    """Where the links of a page lead, however they are written."""
    here = f"{HOST}{name.removesuffix('index.html')}"
    return [urljoin(here, tag.attributes["href"]) for tag in page.css("a[href]")]


def for_machines(page: LexborHTMLParser) -> list[dict[str, str | None]]:
    """What a page tells those who list it or share a link to it."""
    return [tag.attributes for tag in page.css("meta, link[rel=canonical]")]


def listed(site: Path) -> set[tuple[str | None, ...]]:
    """What the site map lists, in whatever order."""
    return {tuple(part.text for part in url) for url in ElementTree.parse(site / "sitemap.xml").getroot()}


def differences(ours: Path, theirs: Path) -> list[str]:
    """What a reader would notice, or a machine that readers ask."""
    mine, other = pages(ours), pages(theirs)
    found = [f"only one has {name}" for name in sorted(set(mine) ^ set(other))]
    for name in sorted(set(mine) & set(other)):
        for what, of in (("links", partial(links, name=name)), ("ids", ids), ("text", text), ("head", for_machines)):
            if of(mine[name]) != of(other[name]):
                found.append(f"{name}: other {what}")
    return found + (["another site map"] if listed(ours) != listed(theirs) else [])


def test_the_successor_gives_the_same_addresses_anchors_links_and_text(built_site: Path, successors_site: Path):
    assert differences(built_site, successors_site) == []


def test_the_comparison_notices_a_lost_page_a_lost_anchor_and_a_lost_word(built_site: Path, tmp_path: Path):
    worse = shutil.copytree(built_site, tmp_path / "worse")
    shutil.rmtree(worse / "why")
    start = worse / "start" / "index.html"
    start.write_text(start.read_text(encoding="utf-8").replace('href="../ladder/"', 'href="../examples/"'), encoding="utf-8")
    ladder = worse / "ladder" / "index.html"
    ladder.write_text(ladder.read_text(encoding="utf-8").replace('id="ladder-informing"', ""), encoding="utf-8")
    words = worse / "words" / "index.html"
    words.write_text(words.read_text(encoding="utf-8").replace("Reciprocity", "", 1), encoding="utf-8")
    resources = worse / "resources" / "index.html"
    resources.write_text(resources.read_text(encoding="utf-8").replace('"og:image"', '"og:picture"'), encoding="utf-8")
    listing = worse / "sitemap.xml"
    listing.write_text(listing.read_text(encoding="utf-8").replace("/why/", "/how/"), encoding="utf-8")
    found = differences(built_site, worse)
    assert "only one has why/index.html" in found
    assert "start/index.html: other links" in found
    assert "ladder/index.html: other ids" in found
    assert "words/index.html: other text" in found
    assert "resources/index.html: other head" in found
    assert "another site map" in found
