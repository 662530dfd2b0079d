"""The macros: every block they print, with the real facts, with hostile ones and with none."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import markdown
import pytest
from coproduction import catalogue, model, reading, tables
from coproduction.addresses import page_address, relative
from coproduction.model import Facts, UnknownId
from coproduction.reading import Library, Place
from coproduction.tables import NothingToShow, Tables
from markupsafe import Markup
from mkdocs.config import load_config
from pydantic import BaseModel, TypeAdapter, ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tiny import ROOT, WITHDRAWN, change, good_data, write

DOCS = ROOT / "docs"

# Every call of a macro on a real page, as (page, name, ids).
_CALL = re.compile(r"^\{\{ (\w+)\((.*?)\) \}\}$", re.M)
CALLS = [
    (path.relative_to(DOCS).as_posix(), name, ast.literal_eval(f"({ids},)") if ids else ())
    for path in sorted(DOCS.rglob("*.md"))
    for name, ids in _CALL.findall(path.read_text(encoding="utf-8"))
]

NOT_OF_FACTS = {"checks", "needs_a_look", "ways_now"}  # the rules of our own code, days that are written everywhere, settings
OF_FACTS = [call for call in CALLS if call[1] not in NOT_OF_FACTS]

each_call, each_call_of_facts = (
    pytest.mark.parametrize(("page", "name", "ids"), calls, ids=[f"{name}{list(ids) or ''}" for _, name, ids in calls])
    for calls in (CALLS, OF_FACTS)
)


@pytest.fixture(scope="module")
def real() -> Library:
    return reading.read(DOCS / "data")


@pytest.fixture
def tiny(tmp_path: Path) -> Library:
    return reading.read(good_data(tmp_path))


@pytest.fixture(scope="module")
def convert() -> Callable[[str], tuple[str, list[dict]]]:
    """The real conversion of a page, with the extensions that mkdocs.yml asks for: its HTML and its contents list."""
    config = load_config(str(ROOT / "mkdocs.yml"))

    def converted(text: str) -> tuple[str, list[dict]]:
        converter = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
        return converter.convert(text), converter.toc_tokens

    return converted


def printed(library: Library, page: str, name: str, *ids: str, edit_line: str = "") -> str:
    return str(getattr(Tables(library, page, edit_line), name)(*ids))


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def said(part: Any) -> str:
    return " ".join(part.text(separator=" ").split())


# --------------------------------------------------------------- the set of macros


def test_every_macro_stands_on_a_page_or_is_tried_here() -> None:
    assert {name for _, name, _ in CALLS} | {"withdrawn"} == set(Tables.MACROS)


def test_the_macros_are_the_public_methods_and_each_says_what_it_prints() -> None:
    methods = dict(inspect.getmembers(Tables, inspect.isfunction))
    assert {name for name in methods if not name.startswith("_")} == set(Tables.MACROS)
    assert all((methods[name].__doc__ or "").strip() for name in Tables.MACROS)


# ------------------------------------------------------------ the form of a block


@each_call
def test_a_block_is_one_element_in_the_form_that_markdown_leaves_alone(page: str, name: str, ids: tuple, real: Library) -> None:
    html = printed(real, page, name, *ids)
    assert re.fullmatch(r'<div class="cp-block cp-block-[a-z-]+" markdown="block">\n.*\n</div>', html, re.S)
    assert len(tree(html).css("div[markdown]")) == 1
    for line in html.split("\n"):
        assert line and line == line.strip(), "an empty or indented line would end the block or make code of it"
    assert not set("{}") & set(html), "a brace would be read as an attribute list"


@each_call
def test_markdown_changes_no_word_and_no_tag_of_a_block(
    page: str, name: str, ids: tuple, real: Library, convert: Callable
) -> None:
    html = printed(real, page, name, *ids)
    built, _ = convert(f"Before.\n\n{html}\n\nAfter.\n")
    assert built.startswith("<p>Before.</p>") and built.endswith("<p>After.</p>")
    assert shape(built) == ["p", *shape(html), "p"]
    assert said(tree(built).body) == f"Before. {said(tree(html).body)} After."


def shape(html: str) -> list[str]:
    """The tags of a piece of HTML, in order, with what a stylesheet and a screen reader go by, but for the words themselves."""
    keys = ("class", "scope", "role", "href", "aria-hidden")
    return [
        " ".join(
            [tag.tag, *({"aria-label"} & set(tag.attributes)), *(f"{key}={tag.attributes[key]}" for key in keys if tag.attributes.get(key))]
        )
        for tag in tree(html).css("body *:not(.cp-anchor)")  # the link that a heading becomes
    ]


@each_call
def test_the_headings_of_a_block_reach_the_contents_list_with_their_ids(
    page: str, name: str, ids: tuple, real: Library, convert: Callable
) -> None:
    html = printed(real, page, name, *ids)
    headings = [(tag.tag, tag.attributes["id"], said(tag)) for tag in tree(html).css("h2, h3")]
    _, listed = convert(f"## First {{: #first }}\n\n{html}\n")
    flat = [token for top in listed for token in (top, *top["children"])]
    assert [(f"h{token['level']}", token["id"]) for token in flat] == [("h2", "first"), *((tag, id) for tag, id, _ in headings)]
    assert all(name for _, _, name in headings)


# ------------------------------------------------------------------------- tables

WITH_TABLES = {"definitions_matrix", "crosswalk", "values_table", "behaviours_table", "other_names", "sources"}


@each_call
def test_a_table_says_what_it_is_and_names_its_rows_and_columns(page: str, name: str, ids: tuple, real: Library) -> None:
    found = tree(printed(real, page, name, *ids)).css("table")
    assert len(found) == (name in WITH_TABLES or name == "statement" and bool(real.tested.runs))
    for table in found:
        assert said(table.css_first("caption"))
        heads = table.css("thead th")
        assert len(heads) >= 2 and all(said(head) for head in heads)
        assert {head.attributes.get("scope") for head in heads} == {"col"}
        rows = table.css("tbody tr")
        assert rows
        for row in rows:
            names, cells = row.css("th"), row.css("td")
            assert [cell.attributes.get("scope") for cell in names] == ["row"] and said(names[0])
            assert 1 + len(cells) == len(heads)
            # On a narrow screen rows become cards, and each cell says its column itself.
            assert all(cell.css_first(".cp-col[aria-hidden=true]") for cell in cells)


@each_call
def test_a_table_is_one_by_its_tags_alone(page: str, name: str, ids: tuple, real: Library) -> None:
    """The rules of HTML allow no role on a cell of a table. Safari, which needs them, gets them from site.js."""
    for tag in tree(printed(real, page, name, *ids)).css("table, thead, tbody, tr, td, th"):
        assert "role" not in tag.attributes
        assert tag.tag != "th" or tag.attributes["scope"] in ("col", "row")


@each_call
def test_a_column_head_holds_no_link(page: str, name: str, ids: tuple, real: Library) -> None:
    """On a narrow screen column heads are out of sight, and the focus would be there too."""
    assert not tree(printed(real, page, name, *ids)).css("thead a, thead [tabindex]")


@pytest.mark.parametrize(
    ("page", "name"),
    [("what/compare.md", "definitions_matrix"), ("what/compare.md", "crosswalk"), ("about/sources.md", "sources")],
)
def test_a_row_with_a_link_to_itself_is_called_by_its_name_alone(page: str, name: str, real: Library) -> None:
    """A screen reader says it before each cell of the row."""
    heads = tree(printed(real, page, name)).css("tbody th")
    assert len(heads) > 5 and all(head.css_first(".cp-permalink") for head in heads)
    for head in heads:
        called = head.attributes["aria-label"]
        assert called and said(head).startswith(called) and "Link to" not in called


@pytest.mark.parametrize("name", ["definitions_matrix", "crosswalk"])
def test_a_wide_table_stands_in_a_named_region_that_the_keyboard_can_scroll(name: str, real: Library) -> None:
    region = tree(printed(real, "what/compare.md", name)).css_first("section.cp-scroll")
    assert region.attributes["tabindex"] == "0" and region.attributes["aria-label"]
    assert region.css_first("table")


# ------------------------------------------------------------- anchors and headings

# What prints each id as a heading, and what as a line of a list or a row of a table.
HEADING = {
    "definition": "h3", "definitions": "h2", "definitions_family": "h3", "history": "h3", "values_table": "h2",
    "behaviours_table": "h2", "steps": "h2", "ladder": "h2", "scales": "h3", "practice_steps": "h3", "need_to_know": "h3",
    "invitation_checks": "h4", "invitation_asks": "h3", "benefits": "h4", "reasons": "h3", "ideas": "h3", "idea": "h3",
    "law": "h3", "examples": "h3", "example": "h3", "glossary": "h3", "other_frameworks": "h3",
    "statement": "h2", "changes": "h3",
}  # fmt: skip
OTHER = {
    "definitions_matrix": "th", "crosswalk": "th", "framework": "div", "ladder": "figure", "other_frameworks": "dt",
    "resources": "li", "urgent_help": "li", "help_elsewhere": "li", "sources": "tr", "easy_read": "div",
}  # fmt: skip
SOMETIMES = {"statement": "h3"}  # a known failing, while there is one
WITHOUT_ANCHOR = {"family_tree", "other_names", "ladder_uses", "ladder_criticisms", "practice_urgent", "simple_words", "review_kit"}


def anchors(html: str, library: Library) -> dict[str, str]:
    """The ids of facts that a block prints, each with the tag that bears it."""
    known = library.facts.by_id
    return {tag.attributes["id"]: tag.tag for tag in tree(html).css("[id]") if tag.attributes["id"] in known}


@each_call
def test_a_record_has_its_heading_with_its_permanent_id_on_its_home_page(page: str, name: str, ids: tuple, real: Library) -> None:
    html = printed(real, page, name, *ids)
    for id, tag in anchors(html, real).items():
        assert real.facts.get(id).home == page
        assert tag in {HEADING.get(name), OTHER.get(name), SOMETIMES.get(name)}
        if tag == HEADING.get(name):
            assert said(tree(html).css_first(f"#{id}")).startswith(real.facts.title(id))


@pytest.mark.parametrize("name", sorted(set(HEADING) | set(OTHER)))
def test_every_macro_that_can_print_an_anchor_does_so_on_a_real_page(name: str, real: Library) -> None:
    found = {}
    for page, other, ids in CALLS:
        if other == name:
            homes = {record.home for _, record in real.facts.records if not ids or record.id in ids}
            for home in {page} | (homes if ids else set()):
                found |= anchors(printed(real, home, name, *ids), real)
    assert set(found.values()) - {SOMETIMES.get(name)} == {tag for tag in (HEADING.get(name), OTHER.get(name)) if tag}


@pytest.mark.parametrize("name", sorted(WITHOUT_ANCHOR))
def test_a_macro_that_repeats_records_in_passing_prints_no_anchor(name: str, real: Library) -> None:
    calls = [(page, ids) for page, other, ids in CALLS if other == name]
    assert calls and all(not anchors(printed(real, page, name, *ids), real) for page, ids in calls)


@each_call
def test_elsewhere_a_record_has_no_anchor_and_its_name_leads_home(page: str, name: str, ids: tuple, real: Library) -> None:
    if name == "other_frameworks":  # It shows what is at home on its own page, so elsewhere there is nothing.
        with pytest.raises(NothingToShow):
            printed(real, "elsewhere/index.md", name)
        return
    away = printed(real, "elsewhere/index.md", name, *ids)
    assert anchors(away, real) == {}
    linked = {tag.attributes["href"] for tag in tree(away).css("a[href]")}
    for id, tag in anchors(printed(real, page, name, *ids), real).items():
        if tag == HEADING.get(name):
            assert way_to(id, real) in linked


def way_to(id: str, library: Library, page: str = "elsewhere/index.md") -> str:
    return relative(page_address(page), f"{page_address(library.facts.get(id).home)}#{id}")


def test_a_name_is_a_heading_at_home_and_a_link_elsewhere(tiny: Library) -> None:
    assert '<h2 id="value-garden-trust">Trust</h2>' in printed(tiny, "models/index.md", "values_table", "framework-garden")
    away = printed(tiny, "ladder.md", "values_table", "framework-garden")
    assert '<p class="cp-title"><a href="../models/#value-garden-trust">Trust</a></p>' in away
    assert "<h2" not in away


def test_an_older_id_keeps_its_anchor_at_home_and_only_there(tiny: Library) -> None:
    home = printed(tiny, "models/index.md", "values_table", "framework-garden")
    assert tree(home).css_first("#value-garden-patience ~ #value-garden-waiting")
    assert "value-garden-waiting" not in printed(tiny, "ladder.md", "values_table", "framework-garden")


@each_call
def test_every_anchor_of_a_macro_brings_its_older_ones(page: str, name: str, ids: tuple, real: Library) -> None:
    aged = {
        id: record.model_copy(update={"formerly": (f"{id}-before",)}) if record.home == page else record
        for id, record in real.facts.by_id.items()
    }
    library = Library(
        Facts.model_construct(**{key: aged_in(getattr(real.facts, key), aged) for key in Facts.model_fields}), real.places, real.tested
    )
    html = printed(library, page, name, *ids)
    older = {tag.attributes["id"] for tag in tree(html).css("span[id]")}
    assert older == {f"{id}-before" for id in anchors(html, real)}


@each_call
def test_every_anchor_has_one_link_to_its_permanent_address(page: str, name: str, ids: tuple, real: Library) -> None:
    html = printed(real, page, name, *ids)
    found = [(link.attributes["href"], said(link)) for link in tree(html).css(".cp-permalink")]
    wanted = [(relative(page_address(page), f"r/{id}/"), f"Link to {real.facts.title(id)}") for id in anchors(html, real)]
    assert sorted(found) == sorted(wanted)


def aged_in(records: tuple, aged: dict[str, model.Record]) -> tuple:
    """``records`` with each record, nested ones too, as it is in ``aged``."""

    def inside(record: model.Record) -> model.Record:
        nested = {}
        for key in type(record).model_fields:
            value = getattr(record, key)
            if isinstance(value, model.Record):
                nested[key] = inside(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], model.Record):
                nested[key] = tuple(inside(child) for child in value)
        return aged[record.id].model_copy(update=nested)

    return tuple(inside(record) for record in records)


# ------------------------------------------------------------------ hostile facts

HOSTILE = (
    "Plain <script>alert(1)</script> <b onclick='x()'>b</b> {{ config }} {% raw %} {# note #} {: .stolen #stolen } "
    "**bold** _low_ `code` [link](https://evil.example) ![picture](x.png) <https://evil.example> "
    "&amp; &lt; \"double\" 'single' </section> </td> --> ]]> [TOC] | cell | cell | # heading *[HTML]: no"
)
MILD = "Plain Words"


def with_texts(part: BaseModel, text: str) -> BaseModel:
    """``part`` with ``text`` in every place that may hold any text; titles stay apart by their ids or old words."""
    changes = {}
    for key, info in type(part).model_fields.items():
        value = getattr(part, key)
        anything = TypeAdapter(Annotated[info.annotation, info])
        if key == "name":
            changes[key] = f"{text} {getattr(part, 'id', value)}"
        elif isinstance(value, str):
            changes[key] = text if allows(anything, text) else value
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            many = (text,) * len(value)
            changes[key] = many if allows(anything, many) else value
        elif isinstance(value, tuple):
            changes[key] = tuple(with_texts(child, text) for child in value)
        elif isinstance(value, BaseModel):
            changes[key] = with_texts(value, text)
    return part.model_copy(update=changes)


def allows(kind: TypeAdapter, value: Any) -> bool:
    try:
        kind.validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def library_of(real: Library, text: str) -> Library:
    fields = {name: tuple(with_texts(record, text) for record in getattr(real.facts, name)) for name in Facts.model_fields}
    return Library(Facts.model_construct(**fields), real.places, with_texts(real.tested, text))  # such a text breaks rules, as that for easy words


@pytest.fixture(scope="module")
def hostile(real: Library) -> Library:
    return library_of(real, HOSTILE)


@pytest.fixture(scope="module")
def mild(real: Library) -> Library:
    return library_of(real, MILD)


def test_hostile_facts_are_hostile_in_every_kind_of_record(hostile: Library) -> None:
    for _, record in hostile.facts.records:
        assert str(record).count("<script>") >= 1
    kept = hostile.facts.get("definition-ncag")
    assert kept.quote.words == kept.plain == HOSTILE and kept.quote.source == "source-ncag-hull" and kept.quote.grade in "ABC"


@each_call_of_facts
def test_no_text_of_the_facts_can_change_the_page(
    page: str, name: str, ids: tuple, hostile: Library, mild: Library, convert: Callable
) -> None:
    """HTML, a script, braces and the signs of Markdown come out as the words they are."""
    if name == "resources":
        ids = ()
    html = printed(hostile, page, name, *ids)
    assert not set("{}") & set(html), "a brace would be read as an attribute list"
    built, _ = convert(f"Before.\n\n{html}\n\nAfter.\n")
    calm, _ = convert(f"Before.\n\n{printed(mild, page, name, *ids)}\n\nAfter.\n")
    assert shape(built) == shape(calm)
    assert not tree(built).css("script:not([src$='assets/kit.js']), b[onclick], #stolen, .stolen, [href*=evil]")
    words, calm_words = said(tree(built).body), said(tree(calm).body)
    assert words.count(HOSTILE) == calm_words.count(MILD) > 0


# --------------------------------------------------- where the words come from


def details(html: str) -> LexborNode:
    found = tree(html).css("details.cp-said")
    assert len(found) == 1
    assert said(found[0].css_first("summary")) == "Where these words come from"
    return found[0]


@each_call_of_facts
def test_every_block_says_where_its_words_come_from(page: str, name: str, ids: tuple, real: Library) -> None:
    note = details(printed(real, page, name, *ids))
    statuses = [said(line) for line in note.css("p") if said(line).startswith(tuple(tables.STATUSES.values()))]
    assert statuses and len(statuses) == len(set(statuses))
    assert re.search(r"Read from end to end on \d+ \w+ 20\d\d\. To be read again by \d+ \w+ 20\d\d\.", said(note))
    for source in note.css("li"):
        assert source.css_first("a").attributes["href"].partition("#")[2].startswith("source-")
        assert re.search(r"Checked \w+ 20\d\d\.", said(source))
        assert source.css_first("a[href^=http]") or "We give no link" in said(source)


def test_the_note_names_status_source_place_grade_month_and_dates(tiny: Library, tmp_path: Path) -> None:
    note = details(printed(tiny, "models/index.md", "values_table", "framework-garden"))
    assert [said(line) for line in note.css("p")] == [
        tables.NAMES[tiny.facts.get("framework-garden").names],
        "Paraphrased: ideas from the sources below, in our words.",
        "Read from end to end on 22 November 2026. To be read again by 22 November 2027.",
        f"The words of this part: docs/data/frameworks.yml, line {line_of_trust(tmp_path)}",
    ]
    assert [said(line) for line in note.css("li")] == [
        "The garden book , The Garden Club, 2013 (Page 3). The document itself . Checked November 2026. "
        "We read a stored copy of the original. Short quotation with credit."
    ]
    assert [link.attributes["href"] for link in note.css("li a")] == ["../about/#source-garden", "https://garden.example/book"]


def test_a_source_without_an_address_or_a_year_says_so(tiny: Library) -> None:
    note = said(details(printed(tiny, "models/index.md", "definitions_family")))
    assert "The Letter Box, date not stated (The first line). We give no link: we know no safe address." in note
    assert tables.GRADES["B"] in note


def test_each_source_stands_once_with_all_its_places(tiny: Library, tmp_path: Path) -> None:
    change(
        tmp_path / "frameworks.yml",
        "  - id: value-garden-trust\n",
        "  - id: value-garden-trust\n        sources:\n          - source: source-garden\n            where: Page 9\n",
    )
    note = details(printed(reading.read(tmp_path), "models/index.md", "values_table", "framework-garden"))
    assert "(Page 9; Page 3)" in said(note) and len(note.css("li")) == 1


def test_a_block_of_several_records_says_every_status_and_the_earliest_dates(tiny: Library, tmp_path: Path) -> None:
    change(
        tmp_path / "ladder.yml",
        "id: ladder-co-production\n",
        "id: ladder-co-production\n        reviewed: 2026-11-01\n        review_by: 2027-04-01\n",
    )
    note = details(printed(reading.read(tmp_path), "ladder.md", "ladder"))
    assert [said(line) for line in note.css("p")][:3] == [
        "Paraphrased: ideas from the sources below, in our words.",
        "But ours: Co-production.",
        "Read from end to end on 1 November 2026. To be read again by 1 April 2027.",
    ]


def test_a_quotation_says_whose_where_and_when_it_was_checked(tiny: Library) -> None:
    figure = tree(printed(tiny, "models/index.md", "definition", "definition-club")).css_first("figure.cp-quote")
    assert said(figure.css_first("blockquote")) == "People dig the garden together as equal partners."
    assert figure.css_first("blockquote").attributes["cite"] == "https://garden.example/book"
    assert said(figure.css_first("figcaption")) == (
        "The Garden Club, 2013. The garden book , Page 2. See the source . Words checked November 2026."
    )


def test_a_quotation_says_who_prints_it_and_why_a_slip_stays(tiny: Library, tmp_path: Path) -> None:
    change(
        tmp_path / "definitions.yml",
        '      checked: "2026-11"\n      grade: A\n',
        '      checked: "2026-11"\n      grade: B\n      as_printed_by: The Letter Box\n      sic: The book writes dig for digs.\n',
    )
    reading.write_locks(tmp_path)
    figure = tree(printed(reading.read(tmp_path), "models/index.md", "definition", "definition-club")).css_first("figcaption")
    assert (
        "As printed by The Letter Box." in said(figure) and said(figure.css_first(".cp-sic")) == "The book writes dig for digs."
    )


# ---------------------------------------------------------------- the line to edit


def line_of_trust(folder: Path) -> int:
    """The line on which the first value of the tiny framework begins."""
    return (folder / "frameworks.yml").read_text().splitlines().index("      - id: value-garden-trust") + 1


@each_call_of_facts
def test_the_line_to_edit_leads_to_the_first_record_of_the_block(page: str, name: str, ids: tuple, real: Library) -> None:
    html = printed(real, page, name, *ids, edit_line="https://code.example/{path}#L{line}")
    file, line = re.search(r'<a href="https://code\.example/(docs/data/\w+\.yml)#L(\d+)">', html).groups()
    text = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    first = re.fullmatch(r"\s*(?:- |ask:)?\s*(?:id: ([a-z0-9-]+))?", text)
    assert first, f"{file}:{line} does not begin a record: {text}"
    if ids and first[1] and ids[0] in real.facts.by_id and not real.facts.get(ids[0]).id.startswith("framework-"):
        assert first[1] == ids[0]


def test_with_a_code_host_the_line_to_edit_is_a_link(tiny: Library, tmp_path: Path) -> None:
    html = printed(tiny, "ladder.md", "values_table", "framework-garden", edit_line="https://code.example/edit/{path}#L{line}")
    link = details(html).css_first(".cp-edit a")
    line = line_of_trust(tmp_path)
    assert link.attributes["href"] == f"https://code.example/edit/docs/data/frameworks.yml#L{line}"
    assert said(link) == f"Change these words: docs/data/frameworks.yml, line {line}"


def test_without_a_code_host_the_line_to_edit_names_the_file(tiny: Library, tmp_path: Path) -> None:
    shown = details(printed(tiny, "ladder.md", "values_table", "framework-garden")).css_first(".cp-edit")
    assert said(shown) == f"The words of this part: docs/data/frameworks.yml, line {line_of_trust(tmp_path)}"
    assert not shown.css("a")


# -------------------------------------------------------- what cannot be understood


@pytest.mark.parametrize(
    ("name", "id", "near"),
    [
        ("definition", "definition-nkag", "definition-ncag"),
        ("framework", "framework-sci", "framework-scie"),
        ("values_table", "framework-modell", "framework-model"),
        ("steps", "framework-modle", "framework-model"),
        ("need_to_know", "practice-urgnt", "practice-urgent"),
        ("idea", "idea-start-fire", "idea-start-a-fire"),
        ("example", "example-bary", "example-bury"),
    ],
)
def test_an_unknown_id_is_refused_with_the_nearest_of_its_kind(name: str, id: str, near: str, real: Library) -> None:
    with pytest.raises(UnknownId) as refused:
        printed(real, "ladder.md", name, id)
    assert refused.value.id == id and near in refused.value.near
    assert str(refused.value).startswith(f"No record has the id '{id}'. Did you mean ") and near in str(refused.value)
    kinds = {type(real.facts.get(other)) for other in refused.value.near}
    assert len(kinds) == 1


def test_an_id_of_another_kind_is_refused_with_the_nearest_of_the_right_kind(real: Library) -> None:
    with pytest.raises(NothingToShow, match="'word-ncag' is a record of another kind.*definition-"):
        printed(real, "ladder.md", "definition", "word-ncag")


@pytest.mark.parametrize(
    ("name", "word", "hint"),
    [
        ("law", "englund", "Did you mean england"),
        ("law", "atlantis", "england"),
        ("benefits", "staf", "people, staff, organisations, communities"),
        ("resources", "the laddr", "Did you mean the ladder"),
    ],
)
def test_an_unknown_word_is_refused_with_the_ones_that_are_known(name: str, word: str, hint: str, real: Library) -> None:
    with pytest.raises(NothingToShow, match=f"'{word}'.*{hint}"):
        printed(real, "ladder.md", name, word)


@pytest.mark.parametrize(("name", "word"), [("law", "england"), ("benefits", "staff"), ("resources", "the ladder")])
def test_a_known_word_chooses_what_is_shown(name: str, word: str, real: Library) -> None:
    few = printed(real, "elsewhere.md", name, word)
    everything = (
        [printed(real, "elsewhere.md", name)]
        if name != "law"
        else [printed(real, "elsewhere.md", name, n) for n in tables.NATIONS if any(law.nation == n for law in real.facts.law)]
    )
    assert 0 < len(few) < len("".join(everything))


@pytest.mark.parametrize("name", [name for name in Tables.MACROS if name not in NOT_OF_FACTS])
def test_a_macro_with_nothing_to_show_is_refused(name: str) -> None:
    wants = [p for p in inspect.signature(getattr(Tables, name)).parameters.values() if p.name != "self" and p.default is p.empty]
    ids = ["england" if name == "law" else "definition-ncag" for _ in wants]
    with pytest.raises((NothingToShow, UnknownId)) as refused:
        printed(Library(Facts(), {}), "ladder.md", name, *ids)
    assert str(refused.value).endswith(".") and "Traceback" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "id", "what"),
    [
        ("behaviours_table", "framework-garden", "behaviour in 'framework-garden'"),
        ("steps", "framework-garden", "steps in 'framework-garden'"),
        ("other_names", "framework-garden", "variants in 'framework-garden'"),
        ("law", "england", "laws for england"),
    ],
)
def test_a_framework_without_what_is_asked_for_is_refused(name: str, id: str, what: str, tiny: Library) -> None:
    with pytest.raises(NothingToShow, match=re.escape(what)):
        printed(tiny, "models/index.md", name, id)


def test_a_ladder_without_critics_has_no_list_of_criticisms(tiny: Library, tmp_path: Path) -> None:
    assert printed(tiny, "ladder.md", "ladder_criticisms").count("<li>A ladder says") == 1
    text = (tmp_path / "ladder.yml").read_text()
    (tmp_path / "ladder.yml").write_text(text[: text.index("    criticisms:")])
    with pytest.raises(NothingToShow, match="criticisms"):
        printed(reading.read(tmp_path), "ladder.md", "ladder_criticisms")


# ---------------------------------------------------------- what each macro promises


def test_the_ladder_is_shown_from_the_top_and_drawn_with_the_same_rungs(tiny: Library) -> None:
    page = tree(printed(tiny, "ladder.md", "ladder"))
    assert [said(rung) for rung in page.css("ol.cp-rungs h2")] == ["Co-production", "Informing"]
    assert page.css_first("ol.cp-rungs").attributes.get("reversed", False) is None
    assert [said(line) for line in page.css(".cp-position")] == ["Rung 2 of 2 · doing with", "Rung 1 of 2 · doing to"]
    drawing = page.css_first("svg[role=img]")
    # One name, and no description beside it: a browser gave the description twice, as part of the name and alone.
    assert drawing.attributes["aria-label"] == "A ladder with two rungs. From the top: Co-production (doing with); Informing (doing to)."
    assert not drawing.css("title, desc")
    assert [said(rung) for rung in drawing.css("g.cp-plank text")] == ["Co-production", "Informing"]


def test_the_crosswalk_gives_a_reason_for_each_link_and_shows_empty_cells(tiny: Library, tmp_path: Path) -> None:
    change(
        tmp_path / "themes.yml",
        "records:\n",
        "records:\n  - id: theme-rest\n    name: Taking a rest\n    plain: Rest.\n    links:\n      - item: ladder-informing\n        why: It is not compared.\n",
    )
    change(tmp_path / "themes.yml", "ladder-informing", "value-garden-trust")
    filled = tree(printed(tiny, "models/index.md", "crosswalk")).css("tbody td")
    assert [said(cell) for cell in filled] == ["Garden Trust : Trust grows slowly. Patience : It is about time by name."]
    change(tmp_path / "frameworks.yml", "    compared: true\n", "    compared: true\n    notes: [One.]\n")
    library = reading.read(tmp_path)
    other = library.facts.frameworks[0].model_copy(
        update={"id": "framework-shed", "short": "Shed", "name": "The shed values", "items": ()}
    )
    facts = library.facts.model_copy(update={"frameworks": (*library.facts.frameworks, other)})
    rows = tree(
        printed(
            Library(facts_of(facts), library.places | {"framework-shed": Place("docs/data/frameworks.yml", 1)}),
            "models/index.md",
            "crosswalk",
        )
    ).css("tbody tr")
    assert [said(row.css("td")[1]) for row in rows] == ["Shed Nothing here says this.", "Shed Nothing here says this."]


def facts_of(facts: Facts) -> Facts:
    """The same facts, without what was worked out from them before they were changed."""
    return Facts(**{name: getattr(facts, name) for name in Facts.model_fields})


def test_the_matrix_marks_the_words_that_earn_a_yes_and_says_no_otherwise(tiny: Library) -> None:
    page = tree(printed(tiny, "models/index.md", "definitions_matrix"))
    assert [said(cell) for cell in page.css("tbody td")] == ["The Club Yes equal partners", "The Club No"]
    assert [said(mark) for mark in page.css("blockquote mark.cp-earned")] == ["equal partners"]
    assert said(page.css_first("blockquote")) == "People dig the garden together as equal partners ."


def test_a_part_answer_says_why(tiny: Library, tmp_path: Path) -> None:
    change(
        tmp_path / "definitions.yml",
        "          - equal partners\n",
        "          - equal partners\n        only_part: It does not say how.\n",
    )
    cell = tree(printed(reading.read(tmp_path), "models/index.md", "definitions_matrix")).css_first("tbody td")
    assert said(cell) == "The Club Part equal partners It does not say how."


def test_the_family_tree_hangs_each_wording_under_the_one_it_grew_from(tiny: Library) -> None:
    page = tree(printed(tiny, "models/index.md", "family_tree"))
    assert said(page.css_first("ul.cp-tree > li > a")) == "The letter"
    assert (
        said(page.css_first("ul.cp-tree > li > ul > li")) == "The Club , 2013. The Club added the word equal. Likely, not proven."
    )


def test_each_check_of_the_inviter_leads_to_what_the_person_can_ask(tiny: Library) -> None:
    check = tree(printed(tiny, "planning-services.md", "invitation_checks")).css_first("ul.cp-checks > li")
    link = check.css_first("a:not(.cp-permalink)")
    assert link.attributes["href"] == "../taking-part/#ask-contact"
    assert said(link.parent).endswith("What the person can ask for : A real person to talk to")
    assert 'id="ask-contact"' in printed(tiny, "taking-part.md", "invitation_asks")


def test_the_glossary_is_in_order_and_lists_everything_else(tiny: Library) -> None:
    page = tree(printed(tiny, "words.md", "glossary"))
    words = [said(word) for word in page.css("h3[id^=word-]")]
    assert words == ["Gardener", "Spade"]
    assert [link.attributes["href"] for link in page.css(".cp-letters a")] == ["#letter-g", "#letter-s", "#everything-else"]
    listed = [link.attributes["href"] for link in page.css(".cp-links a")]
    assert sorted(listed) == sorted(f"../r/{record.id}/" for _, record in tiny.facts.records if not record.id.startswith("word-"))


def test_what_was_taken_out_keeps_its_anchors_and_says_what_to_read_instead(tmp_path: Path) -> None:
    library = reading.read(write(good_data(tmp_path), {"withdrawn.yml": WITHDRAWN}))
    page = tree(printed(library, "words.md", "withdrawn"))
    assert said(page.css_first("h3#word-hoe")) == "Hoe" and "We took it out." in said(page.body)
    assert page.css_first("#word-scraper") is not None
    assert page.css_first(".cp-from a").attributes["href"] == "#word-spade"
    assert "../r/word-hoe/" in {link.attributes["href"] for link in tree(printed(library, "words.md", "glossary")).css(".cp-links a")}
    with pytest.raises(NothingToShow, match="home: ladder.md"):
        Tables(library, "ladder.md").withdrawn()


def test_hurtful_words_are_found_by_search_alone(real: Library) -> None:
    page = said(tree(printed(real, "words.md", "glossary")).body)
    hidden = [term for word in real.facts.glossary for term in word.unshown]
    assert hidden
    assert [term for term in hidden if re.search(rf"\b{re.escape(term)}\b", page, re.I)] == []


def test_each_resource_stands_once_when_all_are_shown(real: Library) -> None:
    listed = [tag.attributes["id"] for tag in tree(printed(real, "resources.md", "resources")).css("li[id]")]
    assert sorted(listed) == sorted(resource.id for resource in real.facts.resources)


def test_benefits_for_all_are_those_of_every_group(real: Library) -> None:
    names = [said(name) for name in tree(printed(real, "why.md", "benefits")).css("h4")]
    assert sorted(names) == sorted(benefit.name for benefit in real.facts.benefits)
    one_group = tree(printed(real, "elsewhere.md", "benefits", "staff"))
    assert [said(stage) for stage in one_group.css(".cp-stage")] == [tables.BENEFITS_TO["staff"]]


def test_a_quotation_can_be_cited_at_home_and_only_there(tiny: Library) -> None:
    home = Tables(tiny, "models/index.md", site_url="https://garden.example/sub").definitions()
    assert said(tree(str(home)).css_first(".cp-citation")) == (
        "“People dig the garden together as equal partners.” The Garden Club, 2013. The garden book , Page 2. "
        "The document: https://garden.example/book Words checked November 2026. How sure we are: "
        "We read a stored copy of the original. Permanent address: https://garden.example/sub/r/definition-club/"
    )
    assert "cp-citation" not in printed(tiny, "ladder.md", "definitions")


def test_a_site_without_an_address_cites_no_permanent_one(tiny: Library) -> None:
    citation = said(tree(printed(tiny, "models/index.md", "definitions")).css_first(".cp-citation"))
    assert citation.endswith("We read a stored copy of the original.")


# ---------------------------------------------------------------------- small parts


def test_an_unconfirmed_year_says_so(real: Library) -> None:
    source = real.facts.sources[0]
    assert tables.sure_year(source.model_copy(update={"year": "2013", "year_grade": "A"})) == "2013"
    assert tables.sure_year(source.model_copy(update={"year": "2013", "year_grade": "D"})) == "2013 (year not confirmed)"
    assert tables.sure_year(source.model_copy(update={"year": None})) == "date not stated"


def test_dates_are_said_as_people_say_them(real: Library) -> None:
    assert tables.day(real.facts.sources[0].reviewed.replace(2026, 3, 5)) == "5 March 2026"
    said = {"2026-03": "March 2026", "2026-03-09": "9 March 2026", "2001-01": "January 2001"}
    assert {value: tables.month(value) for value in said} == said


@pytest.mark.parametrize(
    ("words", "earned", "marked"),
    [
        ("all equal", [], "all equal"),
        ("all equal", ["equal"], 'all <mark class="cp-earned">equal</mark>'),
        ("<b> & equal", ["equal"], '&lt;b&gt; &amp; <mark class="cp-earned">equal</mark>'),
        ("a <b>", ["<b>"], 'a <mark class="cp-earned">&lt;b&gt;</mark>'),
        ("equal partners, equal", ["equal", "equal partners"], '<mark class="cp-earned">equal partners</mark>, <mark class="cp-earned">equal</mark>'),
        ("what? (all)", ["? (all)"], 'what<mark class="cp-earned">? (all)</mark>'),
    ],
)  # fmt: skip
def test_earned_words_are_marked_and_everything_is_escaped(words: str, earned: list[str], marked: str) -> None:
    found = tables.marked(words, earned)
    assert isinstance(found, Markup) and str(found) == marked


def test_a_note_on_definitions_says_that_only_the_quotation_is_theirs(tiny: Library) -> None:
    note = said(details(printed(tiny, "models/index.md", "definitions")))
    assert "what stands in quotation marks is exact. The plain words and notes around it are ours." in note


def test_the_note_of_the_comparison_names_the_sources_of_what_it_quotes(tiny: Library) -> None:
    note = details(printed(tiny, "models/index.md", "definitions_matrix"))
    assert [link.text() for link in note.css("li a[href*='#source-']")]


def test_our_own_words_that_lean_on_a_source_say_so(tiny: Library, tmp_path: Path) -> None:
    alone = said(details(printed(tiny, "words.md", "glossary")))
    assert "Ours: our own words and ideas." in alone and "lean on the sources" not in alone
    change(
        tmp_path / "glossary.yml",
        "  - id: word-spade\n",
        "  - id: word-spade\n    sources:\n      - source: source-garden\n        where: Page 9\n    grade: A\n",
    )
    assert "They lean on the sources below." in said(details(printed(reading.read(tmp_path), "words.md", "glossary")))


# --------------------------------------------------------------- the list of rules


def test_the_list_of_rules_has_each_message_as_it_is_told_with_the_name_to_find_it_by(convert: Callable[[str], tuple[str, list[dict]]]) -> None:
    shown, contents = convert(printed(Library(Facts(), {}), "help-improve/checks.md", "checks"))
    groups = catalogue.messages()
    assert [entry["name"] for entry in contents] == [about for about, messages in groups.items() if messages]
    messages = [message for group in groups.values() for message in group]
    entries = tree(shown).css("dl > [id]")
    assert [entry.attributes["id"] for entry in entries] == [message.rule for message in messages]
    for message, entry in zip(messages, entries, strict=True):
        what, why, fix, example = [part.text() for part in entry.css("dt, dd")]
        assert what == message.headline() and entry.css_first("dt > code:last-child").text() == f"[{message.rule}]"
        assert (why, fix) == (f"Why it matters: {message.why}", f"To put it right: {message.fix}")
        assert example == f"For example: {message.example}"
    assert not tree(shown).css("var, em, i")


def test_what_must_be_typed_is_code() -> None:
    assert tables.typed("End with {: #id } & <b>, or run: python3 scripts/check.py --lock") == (
        "End with <code>{: #id }</code> &amp; &lt;b&gt;, or run: <code>python3 scripts/check.py --lock</code>"
    )
    assert tables.typed("It is in scripts/check.py.") == "It is in scripts/check.py."


def test_each_file_of_the_rules_can_be_changed_where_there_is_a_code_host() -> None:
    nothing = Library(Facts(), {})
    files = {edit.attributes["href"] for edit in tree(printed(nothing, "x.md", "checks", edit_line="edit/{path}#L{line}")).css(".cp-edit a")}
    assert len(files) > 5 and all((ROOT / file.removeprefix("edit/").removesuffix("#L1")).is_file() for file in files)
    assert not tree(printed(nothing, "x.md", "checks")).css(".cp-edit a")
