"""What has changed, and what came of what people said: the page, the feed and who agreed to be named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from coproduction import feed, pipeline, reading
from coproduction.addresses import FEED
from coproduction.model import Change, Suggestion
from coproduction.reading import Library, Unreadable
from coproduction.tables import printed
from selectolax.lexbor import LexborHTMLParser
from tiny import change, tiny_site, write

CHANGES = """
    # yaml-language-server: $schema=schemas/changes.json
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-11-22
      home: changes.md
    records:
      - id: change-shed
        name: A light in the shed
        when: 2026-11-20
        plain: There is no power in the shed, so we cannot.
        suggested:
          who: a digger
          said: The shed is dark.
          outcome: not done
      - id: change-gate
        name: A wider gate
        when: 2026-11-21
        plain: We took one post out.
        at: accessibility.md
        suggested:
          who: J. S.
          said: A wheelchair does not fit through.
          words: My chair gets stuck & I am fed up.
          consent_kept: In the tin, with the treasurer.
          outcome: done
          locked: 7907ebc3-69ec286d
      - id: change-beans
        name: More beans
        when: 2026-11-22
        plain: We planted beans.
    """
PAGE = """
    ---
    title: What changed here
    description: What people said and what came of it.
    reading: practice
    found: false
    feed: changes.xml
    updated: 2026-11-22
    reviewed: 2026-11-22
    review_by: 2027-11-22
    owner: The editors
    ---

    You said it.

    {{ changes() }}
    """


def with_changes(site: Path) -> Path:
    """Give a tiny site a list of changes and the page that prints it."""
    write(site / "docs", {"data/changes.yml": CHANGES, "changes.md": PAGE.lstrip("\n")})
    change(site / "mkdocs.yml", "not_in_nav: /search.md\n", "not_in_nav: |\n  /search.md\n  /changes.md\n")
    return site


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_changes(tiny_site(tmp_path_factory.mktemp("garden") / "site"))


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "site"))


def read(site: Path) -> Library:
    return reading.read(site / "docs" / "data")


def shown(library: Library, site_url: str = "") -> LexborHTMLParser:
    return LexborHTMLParser(printed(library, "changes.md", "changes", (), site_url=site_url))


def text(part) -> str:
    return " ".join(part.text(separator=" ").split())


def under(page: LexborHTMLParser, anchor: str) -> str:
    """The words from the heading with this anchor to the next one of its level."""
    return text(LexborHTMLParser(re.search(rf'<h2 id="{anchor}">.*?(?=<h2|<details|\Z)', page.html, re.S)[0]).body)


# ------------------------------------------------------------------------- the page


def test_what_people_said_stands_with_what_came_of_it_the_newest_first(garden: Path) -> None:
    assert under(shown(read(garden)), "you-said").replace("Link to A wider gate ", "").replace("Link to A light in the shed ", "") == (
        "You said, we did "
        "A wider gate 21 November 2026 J. S. said: A wheelchair does not fit through. "
        "In their own words: My chair gets stuck & I am fed up. We did it. We took one post out. See the page : A wider gate "
        "A light in the shed 20 November 2026 A digger said: The shed is dark. "
        "We did not do it. There is no power in the shed, so we cannot."
    )


def test_what_nobody_asked_for_stands_by_itself(garden: Path) -> None:
    said = under(shown(read(garden)), "we-changed")
    assert said.startswith("What else changed More beans") and said.endswith("22 November 2026 We planted beans.")
    assert "beans" not in under(shown(read(garden)), "you-said")


def test_while_nobody_has_said_anything_the_page_says_so(site: Path) -> None:
    data = site / "docs" / "data" / "changes.yml"
    text_of_it = data.read_text(encoding="utf-8")
    first, own = text_of_it.index("  - id: change-shed"), text_of_it.index("  - id: change-beans")
    data.write_text(text_of_it[:first] + text_of_it[own:], encoding="utf-8")
    said = under(shown(read(site)), "you-said")
    assert said == "You said, we did Nobody has told us anything yet. Be the first: see how to tell us ."


# ------------------------------------------------------------------- who has agreed


@pytest.mark.parametrize(
    ("who", "agreed", "refused"),
    [
        ("a carer", "", False),
        ("somebody who draws on support", "", False),
        ("J. S.", "", False),
        ("JS, a care worker", "", False),
        ("Josephine", "", True),
        ("josephine Spade", "", True),
        ("a carer from Leeds", "", True),
        ("Ŵyn", "", True),
        ("mary", "", True),
        ("jane smith", "", True),
        ("two people of one group", "", False),
        ("Josephine", '"-"', True),
        ("Josephine", "In the tin, with the treasurer.", False),
        ("Josephine", "None", True),
        ("Josephine", "not kept", True),
    ],
)
def test_a_name_needs_consent_that_somebody_keeps(who: str, agreed: str, refused: bool, site: Path) -> None:
    kept = f"\n      consent_kept: {agreed}" if agreed else ""
    line = change(site / "docs" / "data" / "changes.yml", "who: a digger", f"who: {who}{kept}")
    if not refused:
        assert read(site).facts.get("change-shed").suggested.who == who
        return
    with pytest.raises(Unreadable) as caught:
        read(site)
    assert [(found.rule, found.line) for found in caught.value.findings] == [("name-unagreed", line)]


def test_somebodys_own_words_need_consent_too(site: Path) -> None:
    change(site / "docs" / "data" / "changes.yml", "      consent_kept: In the tin, with the treasurer.\n", "")
    with pytest.raises(Unreadable) as caught:
        read(site)
    assert [found.rule for found in caught.value.findings] == ["words-unagreed"]


def test_the_real_list_names_nobody_who_has_not_agreed_and_has_an_entry(root: Path) -> None:
    changes = reading.read(root / "docs" / "data").facts.changes
    assert changes and all(entry.home == "help-improve/changes.md" for entry in changes)


# ------------------------------------------------------------------------- the feed

HOME = "https://garden.example/beds"
_NAME = f"{{{feed.ATOM}}}"


def slips(written: bytes) -> Iterator[str]:
    """What is not as RFC 4287 asks: sections 4.1.1, 4.1.2, 4.2.6, 4.2.7, 3.3 and 3.1."""
    root = ElementTree.fromstring(written)
    if root.tag != f"{_NAME}feed":
        yield "it is no feed"
    if not any(link.get("rel") == "self" for link in root.findall(f"{_NAME}link")):
        yield "it does not say where it is"
    if root.find(f"{_NAME}author/{_NAME}name") is None:
        yield "nobody wrote it"
    for part in [root, *root.findall(f"{_NAME}entry")]:
        yield from _slips_of(part)
    ids = [id.text for id in root.iter(f"{_NAME}id")]
    if len(set(ids)) < len(ids):
        yield "an id stands twice"


def _slips_of(part: Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(part.findall(f"{_NAME}{name}")) != 1 or not part.findtext(f"{_NAME}{name}").strip():
            yield f"not one {name}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{_NAME}updated") or ""):
        yield "no moment"
    for address in [part.findtext(f"{_NAME}id"), *(link.get("href") for link in part.findall(f"{_NAME}link"))]:
        if not urlsplit(address or "").netloc:
            yield f"{address} is not a whole address"


def entries(written: bytes) -> list[tuple[str | None, ...]]:
    found = ElementTree.fromstring(written).findall(f"{_NAME}entry")
    return [tuple(entry.findtext(f"{_NAME}{name}") for name in ("id", "title", "updated", "summary")) for entry in found]


def made(site: Path) -> bytes:
    return feed.made(read(site).facts.changes, HOME, date(2026, 11, 30))


def test_the_feed_is_valid_and_says_what_the_page_says(garden: Path) -> None:
    written = made(garden)
    assert list(slips(written)) == []
    assert entries(written) == [
        (f"{HOME}/r/change-beans/", "More beans", "2026-11-22T00:00:00Z", "We planted beans."),
        (
            f"{HOME}/r/change-gate/",
            "A wider gate",
            "2026-11-21T00:00:00Z",
            "J. S. said: A wheelchair does not fit through. We did it. We took one post out.",
        ),
        (
            f"{HOME}/r/change-shed/",
            "A light in the shed",
            "2026-11-20T00:00:00Z",
            "A digger said: The shed is dark. We did not do it. There is no power in the shed, so we cannot.",
        ),
    ]
    assert ElementTree.fromstring(written).findtext(f"{_NAME}updated") == "2026-11-22T00:00:00Z"


def test_a_name_that_was_taken_off_moves_the_day_of_its_entry_and_of_the_feed(site: Path) -> None:
    data = site / "docs" / "data" / "changes.yml"
    change(data, "who: J. S.", "who: a reader")
    before = {id: day for id, _, day, _ in entries(made(site))}
    change(data, "when: 2026-11-21", "when: 2026-11-21\n    changed_again: 2026-11-29")
    written = made(site)
    assert list(slips(written)) == []
    moved = {id: day for id, _, day, _ in entries(written) if day != before[id]}
    assert moved == {f"{HOME}/r/change-gate/": "2026-11-29T00:00:00Z"}
    assert ElementTree.fromstring(written).findtext(f"{_NAME}updated") == "2026-11-29T00:00:00Z"
    assert [id for id, *_ in entries(written)] == list(before)  # the order is that of the page


@pytest.mark.parametrize(
    ("good", "bad", "slip"),
    [
        ("<title>More beans</title>", "", "not one title"),
        ("<updated>2026-11-21T00:00:00Z", "<updated>2026-11-21", "no moment"),
        (f"<id>{HOME}/r/change-shed/", "<id>r/change-shed/", "r/change-shed/ is not a whole address"),
        ("change-shed", "change-gate", "an id stands twice"),
        ("<name>The editors</name>", "", "nobody wrote it"),
        ('rel="self"', 'rel="other"', "it does not say where it is"),
    ],
)
def test_a_feed_that_is_not_valid_would_be_noticed(good: str, bad: str, slip: str, garden: Path) -> None:
    written = made(garden).decode()
    assert good in written and slip in list(slips(written.replace(good, bad).encode()))


def test_a_feed_without_entries_is_valid_and_of_the_day_of_the_build(garden: Path) -> None:
    written = feed.made((), HOME, date(2026, 11, 30))
    assert list(slips(written)) == [] and entries(written) == []
    assert b"<updated>2026-11-30T00:00:00Z" in written


def test_words_in_the_feed_are_text_and_never_markup(garden: Path) -> None:
    first = read(garden).facts.changes[0]
    hostile = "</summary><script>alert(1)</script> & ]]> {{ x }}"
    said = Suggestion.model_construct(**{**dict(first.suggested), "who": hostile, "said": hostile})
    written = feed.made((Change.model_construct(**{**dict(first), "name": hostile, "plain": hostile, "suggested": said}),), HOME, date.min)
    assert list(slips(written)) == [] and b"<script" not in written
    assert entries(written)[0][1] == hostile and entries(written)[0][3].count(hostile) == 3


@pytest.mark.parametrize(("address", "there"), [("https://garden.example/", True), ("", False), ("/", False)])
def test_there_is_a_feed_only_where_the_site_knows_its_address(address: str, there: bool, garden: Path, tmp_path: Path) -> None:
    feed.write(tmp_path, read(garden).facts, address, 0)
    assert (tmp_path / FEED).exists() == there
    assert bool(shown(read(garden), address).css(f'a[href="../{FEED}"]')) == there


def test_a_build_has_the_feed_byte_for_byte_and_one_page_links_to_it(site: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795400000")  # in November 2026; a build sets it too
    built = site.parent / "built"
    assert pipeline.build(site, built, site_url="https://garden.example/") == []
    library = read(site)
    assert (built / FEED).read_bytes() == feed.made(library.facts.changes, "https://garden.example/", date.min)
    heads = {page: LexborHTMLParser(page.read_text(encoding="utf-8")).css('link[type="application/atom+xml"]') for page in built.rglob("index.html")}
    linked = {page.parent.name: [link.attributes["href"] for link in links] for page, links in heads.items() if links}
    assert linked == {"changes": [f"../{FEED}"]}
    for id, *_ in entries((built / FEED).read_bytes()):
        assert (built / urlsplit(id).path.lstrip("/") / "index.html").is_file()
