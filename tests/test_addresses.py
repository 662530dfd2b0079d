"""Addresses: where a page is, and the way from one to another."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from coproduction import pipeline, published
from coproduction.addresses import page_address, relative, way_between_files, way_on_the_site, whole
from coproduction.findings import report
from selectolax.lexbor import LexborHTMLParser
from tiny import change, tiny_site


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.md", ""),
        ("ladder.md", "ladder/"),
        ("what/index.md", "what/"),
        ("models/one-page.md", "models/one-page/"),
        ("a/b/index.md", "a/b/"),
        ("my-index.md", "my-index/"),
        ("what/my-index.md", "what/my-index/"),
    ],
)
def test_a_page_is_found_at_its_files_name(page, address):
    assert page_address(page) == address


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ("ladder/", "words/", "../words/"),
        ("ladder/", "words/#word-spade", "../words/#word-spade"),
        ("what/compare/", "what/", "../"),
        ("what/", "what/compare/", "compare/"),
        ("what/compare/", "models/scie/#value", "../../models/scie/#value"),
        ("", "ladder/", "ladder/"),
        ("ladder/", "", "../"),
        ("", "", "./"),
        ("ladder/", "ladder/", "./"),
        ("ladder/", "ladder/#ladder-informing", "#ladder-informing"),
        ("", "#top", "#top"),
        ("ladder/", "#top", "../#top"),
        ("", "assets/site.css", "assets/site.css"),
        ("what/compare/", "assets/site.css", "../../assets/site.css"),
    ],
)
def test_the_way_is_as_short_as_a_person_would_write_it(here, there, way):
    assert relative(here, there) == way


@pytest.mark.parametrize("root_address", ["https://garden.example/", "https://host.example/garden/site/"])
def test_a_browser_that_follows_the_way_arrives_from_any_page_at_any_page(root: Path, root_address):
    addresses = [page_address(path.relative_to(root / "docs").as_posix()) for path in (root / "docs").rglob("*.md")]
    assert "" in addresses and len(set(addresses)) == len(addresses) > 20
    ways = list(product(addresses, [*addresses, *(f"{address}#part" for address in addresses), "assets/site.css"]))
    for here, there in ways:
        assert urljoin(root_address + here, relative(here, there)) == root_address + there


@pytest.mark.parametrize("site_url", ["https://garden.example/sub", "https://garden.example/sub/"])
def test_a_whole_address_has_one_slash_between_the_site_and_the_rest(site_url):
    assert whole(site_url) == "https://garden.example/sub/"
    assert whole(site_url, "ladder/#top") == "https://garden.example/sub/ladder/#top"


@pytest.mark.parametrize("site_url", ["", "/", "/sub/"])
def test_a_site_that_nobody_has_placed_yet_has_no_whole_addresses(site_url):
    assert whole(site_url) == whole(site_url, "ladder/") == ""


@pytest.mark.parametrize(
    ("page", "home", "on_the_site", "between_files"),
    [
        ("ladder.md", "words.md", "../words/#word-spade", "words.md#word-spade"),
        ("words.md", "words.md", "#word-spade", "words.md#word-spade"),
        ("index.md", "what/index.md", "what/#word-spade", "what/index.md#word-spade"),
        ("what/compare.md", "what/index.md", "../#word-spade", "index.md#word-spade"),
        ("models/scie.md", "words.md", "../../words/#word-spade", "../words.md#word-spade"),
        ("models/index.md", "models/scie.md", "scie/#word-spade", "scie.md#word-spade"),
    ],
)
def test_a_record_is_linked_by_address_or_by_file_as_the_engine_asks(page, home, on_the_site, between_files):
    assert way_on_the_site(page, f"{home}#word-spade") == on_the_site
    assert way_between_files(page, f"{home}#word-spade") == between_files


def test_both_ways_to_a_record_lead_to_the_same_page(root: Path):
    pages = [path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")]
    for page, home in product(pages, pages):
        on_the_site = urljoin(f"https://garden.example/{page_address(page)}", way_on_the_site(page, f"{home}#part"))
        file = urljoin(f"https://garden.example/{page}", way_between_files(page, f"{home}#part")).removeprefix("https://garden.example/")
        assert on_the_site == f"https://garden.example/{page_address(file.removesuffix('#part'))}#part"


# ---------------------------------------------- a link that was copied years ago


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A site whose ladder has moved and has another title since somebody copied the link to a rung.

    :returns: the address at which a plain host has the site today, and the link as it was copied.
    """
    folder = tmp_path_factory.mktemp("moved")
    project, site = tiny_site(folder / "project"), folder / "site"
    build(project, site)
    words = LexborHTMLParser((site / "words" / "index.html").read_text(encoding="utf-8"))
    copied = next(link.attributes["href"] for link in words.css(".cp-links a") if link.text() == "Informing")
    published.record(project, site)
    before = published.read(project)

    docs = project / "docs"
    (docs / "ladder.md").rename(docs / "steps.md")
    change(docs / "steps.md", "title: The garden ladder\n", "title: Steps in the garden\nformerly: [ladder.md]\n")
    change(docs / "data" / "ladder.yml", "home: ladder.md", "home: steps.md")
    change(docs / "data" / "ladder.yml", "name: Informing", "name: Telling people")
    change(docs / "index.md", "ladder.md#", "steps.md#")
    change(project / "mkdocs.yml", "ladder.md", "steps.md")
    build(project, site)
    published.record(project, site)
    assert set(before) < set(published.read(project))

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=str(site)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    yield address, urljoin(f"{address}words/", copied)
    server.shutdown()
    server.server_close()


class Plain(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def build(project: Path, site: Path) -> None:
    found = pipeline.build(project, site)
    assert not found, report(found)


def arrived(address: str) -> tuple[str, LexborHTMLParser]:
    """Where a reader without a script arrives after one hop at most, and the page there."""
    for hops in (1, 0):
        with urlopen(address, timeout=10) as answer:
            assert answer.status == 200
            page = LexborHTMLParser(answer.read().decode())
        refresh = page.css_first("meta[http-equiv=refresh]")
        if refresh is None:
            break
        assert hops, "a second hop"
        address = urljoin(address, re.fullmatch(r"0; url=(\S+)", refresh.attributes["content"])[1])
    return address, page


def test_journey_permanent_links_a_copied_link_finds_the_rung_on_its_new_page(moved: tuple[str, str]) -> None:
    address, copied = moved
    assert copied == f"{address}r/ladder-informing/"
    there, page = arrived(copied)
    assert there == f"{address}steps/#ladder-informing"
    assert page.css_first("h1").text() == "Steps in the garden"
    assert page.css_first("#ladder-informing").text().strip().startswith("Telling people")


def test_journey_permanent_links_the_old_address_of_the_page_leads_to_the_new_one(moved: tuple[str, str]) -> None:
    address, _ = moved
    assert arrived(f"{address}ladder/")[0] == f"{address}steps/"
    assert arrived(f"{address}steps/")[0] == f"{address}steps/"


def test_journey_permanent_links_work_in_a_browser_without_a_script(moved: tuple[str, str], browser) -> None:
    address, copied = moved
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(copied)
    page.wait_for_url(f"{address}steps/#ladder-informing", timeout=15_000)
    rung = page.locator("#ladder-informing")
    assert rung.inner_text().startswith("Telling people")
    assert 0 <= rung.bounding_box()["y"] <= 350
    page.goto(f"{address}ladder/")
    page.wait_for_url(f"{address}steps/", timeout=15_000)
    context.close()
