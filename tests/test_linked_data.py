"""What machines are told: linked data, Open Graph and the site map, each checked against its own vocabulary."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from coproduction import environment, linked_data, pages, pipeline, reading, tables
from coproduction.addresses import DOORS, page_address, permanent
from selectolax.lexbor import LexborHTMLParser
from tiny import change, good_data, tiny_site

ADDRESS = "https://co-production.example/"
GARDEN = "https://garden.example/"
ABOUT = linked_data.About("Garden words", "What we say in the garden.")


@pytest.fixture(scope="module")
def facts(root: Path):
    return reading.read(root / "docs" / "data").facts


@pytest.fixture
def garden(tmp_path: Path):
    """A few facts that are made up."""
    return reading.read(good_data(tmp_path)).facts


def is_whole_address(said: Any) -> bool:
    return isinstance(said, str) and urlsplit(said).scheme in ("http", "https") and bool(urlsplit(said).netloc)


# --------------------------------------------------------------------- schema.org


class Vocabulary:
    """The types of schema.org, their properties and what each may hold, as the package schema-dts writes them down."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def types(self) -> dict[str, list[str]]:
        """What each type is made of: the names of its bases."""
        found = re.findall(r'^export interface \w+Leaf extends ([\w, ]+) \{\s*"@type": "(\w+)";', self.text, re.M)
        return {name: bases.split(", ") for bases, name in found}

    @cached_property
    def bases(self) -> dict[str, tuple[list[str], dict[str, set[str]]]]:
        """Of each base, those above it, and its own properties with the kinds of value that they take."""
        found = re.findall(r"^interface (\w+Base) extends ([^{]+) \{(.*?)^\}", self.text, re.M | re.S)
        own = re.compile(r'"(\w+)"\?: SchemaValue<([^,]+),')
        return {
            name: (above.split(", "), {key: set(kinds.split(" | ")) for key, kinds in own.findall(body)})
            for name, above, body in found
        }

    def lineage(self, bases: list[str]) -> Iterator[str]:
        for base in bases:
            if base in self.bases:
                yield base
                yield from self.lineage(self.bases[base][0])

    def properties(self, type: str) -> dict[str, set[str]]:
        return {key: kinds for base in self.lineage(self.types[type]) for key, kinds in self.bases[base][1].items()}

    def is_a(self, type: str, kind: str) -> bool:
        return type == kind or f"{kind}Base" in self.lineage(self.types.get(type, []))

    def faults(self, node: dict[str, Any]) -> Iterator[str]:
        """What the vocabulary does not know, in a node and in all that it holds."""
        type = node.get("@type")
        if type not in self.types:
            yield f"there is no type {type}"
            return
        if "@id" in node and not is_whole_address(node["@id"]):
            yield f"@id is {node['@id']}"
        known = self.properties(type)
        for key, value in node.items():
            if key in ("@context", "@type", "@id"):
                continue
            if key not in known:
                yield f"{type} has no property {key}"
                continue
            for one in value if isinstance(value, list) else [value]:
                yield from self.value_faults(f"{key} of {type}", one, known[key])

    def value_faults(self, what: str, value: Any, kinds: set[str]) -> Iterator[str]:
        if isinstance(value, dict):
            if not any(self.is_a(value.get("@type"), kind) for kind in kinds):
                yield f"{what} cannot be a {value.get('@type')}"
            yield from self.faults(value)
        elif not isinstance(value, str) or not value.strip():
            yield f"{what} is empty or no text"
        elif "Text" not in kinds and not ("URL" in kinds and is_whole_address(value)):
            yield f"{what} cannot be '{value}'"


@pytest.fixture(scope="module")
def vocabulary(node_tools: environment.NodeTools) -> Vocabulary:
    return Vocabulary((Path(node_tools.modules) / "schema-dts" / "dist" / "schema.d.ts").read_text(encoding="utf-8"))


def linked_data_of(html: str) -> list[dict[str, Any]]:
    return [json.loads(script.text()) for script in LexborHTMLParser(html).css("script[type='application/ld+json']")]


GOOD_SET = {
    "@context": "https://schema.org",
    "@type": "DefinedTermSet",
    "@id": "https://garden.example/words/",
    "name": "Words",
    "license": "https://garden.example/licence",
    "hasDefinedTerm": [{"@type": "DefinedTerm", "name": "Spade", "subjectOf": {"@type": "Quotation", "text": "Dig."}}],
}


def test_the_vocabulary_knows_what_we_lean_on(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.types) > 800
    assert vocabulary.is_a("Quotation", "CreativeWork") and not vocabulary.is_a("DefinedTerm", "CreativeWork")
    assert {"hasDefinedTerm", "license", "name"} <= set(vocabulary.properties("DefinedTermSet"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("", "", None),
        ("DefinedTermSet", "DefinedTermBag", "there is no type DefinedTermBag"),
        ('"name": "Words"', '"nickname": "Words"', "DefinedTermSet has no property nickname"),
        ('"subjectOf"', '"citation"', "DefinedTerm has no property citation"),
        ('"Quotation"', '"DefinedTerm"', "subjectOf of DefinedTerm cannot be a DefinedTerm"),
        ('"name": "Spade"', '"name": " "', "name of DefinedTerm is empty or no text"),
        ('"name": "Spade"', '"name": {"@type": "Thing"}', "name of DefinedTerm cannot be a Thing"),
        ("https://garden.example/licence", "CC BY", "license of DefinedTermSet cannot be 'CC BY'"),
        ("https://garden.example/words/", "/words/", "@id is /words/"),
    ],
)
def test_a_word_that_schema_org_does_not_have_is_noticed(old: str, new: str, fault: str | None, vocabulary: Vocabulary) -> None:
    text = json.dumps(GOOD_SET)
    assert old in text
    faults = list(vocabulary.faults(json.loads(text.replace(old, new, 1))))
    assert fault in faults if fault else faults == []


def test_all_linked_data_of_the_site_keeps_to_schema_org(built_site: Path, vocabulary: Vocabulary, facts) -> None:
    told = {
        path.relative_to(built_site).parent.as_posix(): found
        for path in built_site.rglob("*.html")
        if (found := linked_data_of(path.read_text(encoding="utf-8")))
    }
    assert [f"{name}: {fault}" for name, nodes in told.items() for node in nodes for fault in vocabulary.faults(node)] == []
    assert {node["@context"] for nodes in told.values() for node in nodes} == {"https://schema.org"}
    sets = {name: nodes for name, nodes in told.items() if nodes[0]["@type"] == "DefinedTermSet"}
    for name, nodes in sets.items():
        records = [record for record in (*facts.definitions, *facts.glossary) if page_address(record.home) == f"{name}/"]
        assert {term["@id"] for node in nodes for term in node["hasDefinedTerm"]} == {ADDRESS + permanent(r.id) for r in records}
    terms = {record.id for record in (*facts.definitions, *facts.glossary)}
    assert sum(len(node["hasDefinedTerm"]) for nodes in sets.values() for node in nodes) == len(terms) > 100
    # Each has its page too, which says the same, and a part of its set's page.
    for nodes in sets.values():
        for term in nodes[0]["hasDefinedTerm"]:
            alone = told[term["@id"].removeprefix(ADDRESS).rstrip("/")]
            assert alone == [{"@context": "https://schema.org", **term, "inDefinedTermSet": nodes[0]["@id"]}]
            assert term["url"].startswith(f"{nodes[0]['@id']}#")


def test_a_word_is_told_with_its_own_meaning_and_initials(garden) -> None:
    spade = garden.get("word-spade")
    assert linked_data.term(spade, garden, GARDEN) == {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": f"{GARDEN}r/word-spade/",
        "name": "Spade",
        "description": "A tool to dig with.",
        "url": f"{GARDEN}words/#word-spade",
        "inDefinedTermSet": f"{GARDEN}words/",
    }
    assert linked_data.term(spade.model_copy(update={"short": "SPD"}), garden, GARDEN)["termCode"] == "SPD"


@pytest.mark.parametrize("site_url", [GARDEN, GARDEN.rstrip("/")])
def test_a_set_is_known_by_its_page_however_the_address_of_the_site_ends(site_url: str, garden) -> None:
    told = linked_data.term_set(ABOUT, garden.glossary, garden, site_url)
    assert (told["name"], told["description"]) == ABOUT
    assert told["@id"] == told["url"] == f"{GARDEN}words/"
    assert {term["@id"] for term in told["hasDefinedTerm"]} >= {f"{GARDEN}r/word-spade/"}


def test_exact_words_are_told_apart_from_ours_and_with_whose_they_are(garden) -> None:
    club, letter = linked_data.term_set(ABOUT, garden.definitions, garden, GARDEN)["hasDefinedTerm"]
    assert club["description"] == "People do the work side by side."
    assert club["subjectOf"] == {
        "@type": "Quotation",
        "text": "People dig the garden together as equal partners.",
        "creditText": "The Garden Club",
        "copyrightNotice": "Short quotation with credit.",
        "citation": {"@type": "CreativeWork", "name": "The garden book", "url": "https://garden.example/book"},
    }
    assert "subjectOf" not in letter and letter["disambiguatingDescription"] == "The Letter Box"
    printed_by = garden.get("definition-club").quote.model_copy(update={"as_printed_by": "A leaflet", "source": "source-letter"})
    second_hand = garden.get("definition-club").model_copy(update={"quote": printed_by})
    told = linked_data.term(second_hand, garden, GARDEN)["subjectOf"]
    assert told["creditText"] == "The Garden Club, as printed by A leaflet"
    assert told["citation"] == {"@type": "CreativeWork", "name": "A letter about the garden"}


def test_no_other_word_is_told_least_of_all_one_that_hurts(facts, garden) -> None:
    spade = garden.get("word-spade").model_copy(update={"unshown": ("muckspoon",), "old": ("loy",)})
    told = json.dumps(linked_data.term_set(ABOUT, [spade], garden, GARDEN))
    assert "Spade" in told and not {"muckspoon", "loy", "shovel"} & set(re.findall(r"\w+", told))
    hidden = [term for word in facts.glossary for term in word.unshown]
    told = json.dumps(linked_data.term_set(ABOUT, facts.glossary, facts, ADDRESS), ensure_ascii=False)
    assert hidden and [term for term in hidden if term in told] == []


def test_linked_data_comes_through_the_build_whole(tmp_path: Path) -> None:
    project = tiny_site(tmp_path / "project")
    change(project / "docs" / "data" / "glossary.yml", "A tool to dig with.", "'A </script to “dig” {with} & <b \"more\".'")
    change(project / "docs" / "words.md", "title: Words", "title: Words & deeds")
    change(project / "docs" / "words.md", "This page is about words.", "Words, “plain” & short.")
    assert pipeline.build(project, tmp_path / "site") == []
    told = linked_data_of((tmp_path / "site" / "words" / "index.html").read_text(encoding="utf-8"))[0]
    assert "A </script to “dig” {with} & <b \"more\"." in [term["description"] for term in told["hasDefinedTerm"]]
    assert (told["name"], told["description"]) == ("Words & deeds", "Words, “plain” & short.")


def test_a_site_without_an_address_tells_no_linked_data(tmp_path: Path) -> None:
    library = reading.read(good_data(tmp_path))
    assert "ld+json" not in tables.printed(library, "words.md", "glossary", ())
    assert "ld+json" not in tables.printed(library, "words.md", "glossary", (), site_url="/")
    assert "ld+json" in tables.printed(library, "words.md", "glossary", (), site_url=GARDEN)


# --------------------------------------------------------------------- Open Graph

# The names and kinds of https://ogp.me/, as far as a page without sound or film can use them.
NEEDED = {"og:title", "og:type", "og:image", "og:url"}
OPEN_GRAPH = NEEDED | {f"og:{name}" for name in ("description", "determiner", "locale", "locale:alternate", "site_name")}
OPEN_GRAPH |= {f"og:image:{name}" for name in ("url", "secure_url", "type", "width", "height", "alt")}
KINDS = {"website", "article", "book", "profile"}


def shared(html: str) -> list[tuple[str, str]]:
    return [(tag.attributes["property"], tag.attributes["content"]) for tag in LexborHTMLParser(html).css("meta[property]")]


def open_graph_faults(said: list[tuple[str, str]]) -> Iterator[str]:
    """What the Open Graph protocol would not accept of one page."""
    names = [name for name, _ in said]
    yield from (f"{name} is missing" for name in sorted(NEEDED - set(names)))
    for name, value in said:
        if name not in OPEN_GRAPH:
            yield f"there is no {name}"
        elif name != "og:locale:alternate" and names.count(name) > 1:
            yield f"{name} is said twice"
        elif not value:
            yield f"{name} is empty"
        elif name == "og:type" and value not in KINDS:
            yield f"there is no kind {value}"
        elif name in ("og:url", "og:image", "og:image:url") and not is_whole_address(value):
            yield f"{name} is {value}"
        elif name == "og:locale" and not re.fullmatch("[a-z]{2}_[A-Z]{2}", value):
            yield f"{name} is {value}"
        elif name in ("og:image:width", "og:image:height") and not value.isdigit():
            yield f"{name} is {value}"


GOOD_SHARED = "".join(
    f'<meta property="og:{name}" content="{value}">'
    for name, value in {
        "title": "Beans",
        "type": "article",
        "url": "https://garden.example/beans/",
        "image": "https://garden.example/bean.png",
        "image:width": "1200",
        "locale": "en_GB",
    }.items()
)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("", "", None),
        ("og:image", "og:picture", "og:image is missing"),
        ("og:title", "og:name", "there is no og:name"),
        ("og:locale", "og:title", "og:title is said twice"),
        ("Beans", "", "og:title is empty"),
        ('"article"', '"page"', "there is no kind page"),
        ("https://garden.example/bean.png", "../bean.png", "og:image is ../bean.png"),
        ("https://garden.example/beans/", "//garden.example/beans/", "og:url is //garden.example/beans/"),
        ("en_GB", "en-GB", "og:locale is en-GB"),
        ("1200", "wide", "og:image:width is wide"),
    ],
)
def test_what_the_open_graph_protocol_would_not_accept_is_noticed(old: str, new: str, fault: str | None) -> None:
    assert old in GOOD_SHARED
    faults = list(open_graph_faults(shared(GOOD_SHARED.replace(old, new, 1))))
    assert fault in faults if fault else faults == []


def test_every_page_and_item_keeps_to_the_open_graph_protocol(built_site: Path, facts) -> None:
    """But for the doors, which nobody shares: each is about another page."""
    built = {path.relative_to(built_site).as_posix(): path.read_text(encoding="utf-8") for path in built_site.rglob("*.html")}
    told = {name: shared(html) for name, html in built.items()}
    assert told.pop("404.html") == []
    told = {name: said for name, said in told.items() if not name.startswith(DOORS)}
    assert [f"{name}: {fault}" for name, said in told.items() for fault in open_graph_faults(said)] == []
    assert {f"{permanent(record.id)}index.html" for _, record in facts.records} <= set(told)
    assert [name for name, said in told.items() if dict(said)["og:url"] != ADDRESS + name.removesuffix("index.html")] == []
    assert {name for name, said in told.items() if dict(said)["og:type"] == "website"} == {"index.html"}


def test_the_shared_picture_is_as_large_as_the_pages_say_and_light(built_site: Path) -> None:
    said = dict(shared((built_site / "index.html").read_text(encoding="utf-8")))
    picture = (built_site / said["og:image"].removeprefix(ADDRESS)).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert len(picture) < 40_000


# ----------------------------------------------------------------------- site map

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def site_map(text: str) -> dict[str, str | None]:
    """The addresses of a site map, each with the day of its last change."""
    return {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in ElementTree.fromstring(text)}


def site_map_faults(text: str) -> Iterator[str]:
    """What https://www.sitemaps.org/protocol.html would not accept, as far as we use it."""
    tree = ElementTree.fromstring(text)
    if tree.tag != f"{SPACE}urlset":
        yield f"it is a {tree.tag}"
    for url in tree:
        if url.tag != f"{SPACE}url":
            yield f"it lists a {url.tag}"
        names = [part.tag.removeprefix(SPACE) for part in url]
        if names.count("loc") != 1 or not set(names) <= {"loc", "lastmod"} or len(set(names)) < len(names):
            yield f"an entry has {names}"
    for address, day in site_map(text).items():
        if not is_whole_address(address):
            yield f"an address is {address}"
        if day is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            yield f"a day is {day}"


GOOD_MAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{SPACE[1:-1]}">
<url><loc>https://garden.example/</loc><lastmod>2026-11-22</lastmod></url>
</urlset>"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("", "", None),
        ("<lastmod>2026-11-22</lastmod>", "", None),
        ("<loc>https://garden.example/</loc>", "", "an entry has ['lastmod']"),
        ("https://garden.example/", "/beans/", "an address is /beans/"),
        ("2026-11-22", "22 November 2026", "a day is 22 November 2026"),
        ("lastmod>", "changed>", "an entry has ['loc', 'changed']"),
        ("/0.9", "/1.0", "it is a {http://www.sitemaps.org/schemas/sitemap/1.0}urlset"),
    ],
)
def test_what_the_site_map_protocol_would_not_accept_is_noticed(old: str, new: str, fault: str | None) -> None:
    assert old in GOOD_MAP
    faults = list(site_map_faults(GOOD_MAP.replace(old, new)))
    assert fault in faults if fault else faults == []


def test_the_site_map_lists_every_page_that_is_to_be_found_with_its_last_change(root: Path, built_site: Path) -> None:
    text = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    assert list(site_map_faults(text)) == []
    wanted = {ADDRESS + page_address(name): meta.updated for name, meta in pages.metas(root).items() if meta.found}
    assert len(wanted) > 20
    assert {address: date.fromisoformat(day) for address, day in site_map(text).items()} == wanted
