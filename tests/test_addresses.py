"""Addresses: where a page is, and the way from one to another."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest
from coproduction.addresses import page_address, relative, way_between_files, way_on_the_site


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
