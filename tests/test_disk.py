"""A site to open from a disk: every link leads to a file, and a browser shows it without a host."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from coproduction import disk, findings, pipeline
from selectolax.lexbor import LexborHTMLParser
from tiny import tiny_site


@pytest.fixture(scope="module")
def to_open(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a folder with spaces")
    found = pipeline.build(tiny_site(folder / "project"), folder / "site", for_disk=True)
    assert not found, findings.report(found)
    return folder / "site"


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ('<a href="../words/#word-carer">', '<a href="../words/index.html#word-carer">'),
        ('<a class="x" href="../">', '<a class="x" href="../index.html">'),
        ('<a href=".">', '<a href="./index.html">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('content="0; url=../../ladder/#x"', 'content="0; url=../../ladder/index.html#x"'),
    ],
)
def test_a_link_to_a_folder_leads_to_its_page(link: str, file: str) -> None:
    assert disk.with_files(link) == file


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#main">', '<a href="../assets/site.css">', '<a href="https://garden.example/">', '<a href="mailto:a@b.example">',
        '<a href="/ladder/">', '<a href="//garden.example/">', '<form action="../search/">', '<link rel="canonical" href="https://garden.example/words/">',
    ],
)  # fmt: skip
def test_any_other_link_is_let_be(link: str) -> None:
    assert disk.with_files(link) == link


def test_every_link_of_every_page_leads_to_a_file(to_open: Path) -> None:
    """But for those of the page that a host shows when there is none: nothing leads there."""
    seen = 0
    for page in set(to_open.rglob("*.html")) - {to_open / "404.html"}:
        for link in LexborHTMLParser(page.read_text(encoding="utf-8")).css("a[href], link[href]:not([rel=canonical])"):
            parts = urlsplit(urljoin(page.as_uri(), link.attributes["href"]))
            if parts.scheme == "file":
                assert Path(unquote(parts.path)).is_file(), (page, link.attributes["href"])
                seen += 1
    assert seen > 500


def test_a_site_for_a_host_would_not_pass(tmp_path: Path) -> None:
    assert pipeline.build(tiny_site(tmp_path / "project"), tmp_path / "site") == []
    home = LexborHTMLParser((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    assert any(link.attributes["href"].endswith("/") for link in home.css("a[href]"))


def test_a_browser_opens_it_goes_on_and_searches(page, built_site: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built_site, tmp_path / "a site"))
    disk.name_the_files(site)
    page.goto((site / "index.html").as_uri())
    page.locator(".cp-bar").get_by_role("link", name="The ladder").click()
    assert page.locator("h1").inner_text() == "The ladder" and page.url.endswith("/ladder/index.html")
    page.get_by_role("link", name="How to tell us about a mistake").click()
    assert page.locator("h1").inner_text() == "Tell us about “The ladder”"
    page.get_by_role("link", name="Go back to").click()
    box = page.locator("#cp-q")
    box.fill("advocacy")
    box.press("Enter")
    page.locator("#cp-search-results").get_by_role("link", name="Advocacy").first.click()
    assert page.url.endswith("/words/index.html#word-advocacy")
