"""Addresses: where a page is, and the way from one to another."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest
from coproduction.addresses import page_address, relative


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
