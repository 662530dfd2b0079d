"""Spelling: British English, the words of the field, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from coproduction import pages, prose, reading, spelling
from coproduction.findings import Finding
from coproduction.prose import Passage
from tiny import write

# Parts of the names of tools and addresses, which stand as code where they are printed; and the sign by which code begins.
MACHINES = ("html", "https", "ihub", "img", "pdfua", "yaml", "backquotes")


def told(root: Path, *texts: str, names: tuple[str, ...] = (), welsh: tuple[str, ...] = ()) -> list[Finding]:
    passages = [Passage("docs/a.md", 1, text) for text in texts]
    return spelling.check(root, passages, names, welsh, complete=False)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("We climb the laddder.", "ladder"),
        ("You recieved it.", "received"),
        ("Laddder is the word.", "ladder"),
        ("Ask each of the commisioners.", "commissioners"),
        ("Poeple decide.", "people"),
        ("Reciprosity counts.", "reciprocity"),
        ("Good for inclsion.", "inclusion"),
        ("We orgnise it.", "organise"),
        ("Our Comunity meets.", "community"),
        ("Social Servces meet.", "services"),
        ("We met in Londn.", "london"),
        ("Come on Wensday.", "wednesday"),
        ("Ask the Councl’s chair.", "council"),
    ],
)
def test_a_slip_is_found_and_the_nearest_word_named(tmp_path: Path, text: str, meant: str) -> None:
    (found,) = told(tmp_path, text)
    assert found.rule == "spelling" and meant in found.fix


@pytest.mark.parametrize(
    ("american", "british"),
    [("color", "colour"), ("organize", "organise"), ("center", "centre"), ("traveled", "travelled"), ("behavior", "behaviour")],
)
def test_american_spelling_is_told_with_the_british(tmp_path: Path, american: str, british: str) -> None:
    (found,) = told(tmp_path, f"So {american} it is.")
    assert found.rule == "spelling-american" and british in found.fix
    assert told(tmp_path, f"So {british} it is.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Co-production and co-design need neighbours, counsellors and a centre.",
        "The NHS, SCIE and TLAP’s ladder, ImROC and GPs.",
        "We read Arnstein. Arnstein drew a ladder.",
        "Then Carys, Sioned, Aled, Ffion and Iolo met Eilidh, Mhairi and Niamh.",
        "Ask Ayesha, Zainab, Nkechi, Chidi, Priya, Harpreet, Piotr or Ionela.",
        "We saw Cahn, Smyth, Yoell, Realpe, Bovaird and Cochrane in Conwy and Knowsley.",
        "It is at the Center for Care, and in Labor Weekly.",
        "A word from Barnet and Kirklees.",
        "Some type “coproducton” or ‘laddder’.",
        "> As they recieved it.",
        "Write `laddder` or see docs/laddder.md and https://laddder.example/recieved.",
        "[Go](laddder.md){: #laddder } to {{ laddder() }}",
        '*cydgynhyrchu*{: lang="cy" } and <span lang="cy">gofalwr cyflogedig</span>',
        "A4, 2nd, word-x1, and/orr, .pngg",
        "Don’t, we’ve, people’s and carers’ rights.",
    ],
)
def test_names_quotations_addresses_code_and_welsh_are_left_alone(tmp_path: Path, text: str) -> None:
    assert [found.what for found in told(tmp_path, text)] == []


def test_what_the_facts_call_people_and_what_is_welsh_is_known(tmp_path: Path) -> None:
    assert len(told(tmp_path, "Terroni wrote it. We say gofalwr.")) == 2
    assert told(tmp_path, "Terroni wrote it. We say gofalwr.", names=("Lucie Terroni",), welsh=("gofalwr",)) == []


def test_a_name_that_looks_like_a_slip_can_be_told_to_be_right(tmp_path: Path) -> None:
    passages = [Passage("docs/a.md", 1, "We met in Londn.")]
    assert [found.rule for found in spelling.check(tmp_path, passages, [], [], complete=True)] == ["spelling"]
    assert spelling.check(tmp_path, passages, ["Londn Road"], [], complete=True) == []
    write(tmp_path, {spelling.LIST.as_posix(): "londn\n"})
    assert spelling.check(tmp_path, passages, [], [], complete=True) == []


def test_a_name_is_no_excuse_for_its_slip_in_small_letters(tmp_path: Path) -> None:
    assert len(told(tmp_path, "We met the Laddder group.\n\nWe climb the laddder.")) == 1


def test_our_own_list_is_known_and_may_be_meant(tmp_path: Path) -> None:
    write(tmp_path, {spelling.LIST.as_posix(): "# Ours\nmulchery\n"})
    assert told(tmp_path, "A mulchery helps. Mulchery is good.") == []
    (found,) = told(tmp_path, "A mulcherry helps.")
    assert "mulchery" in found.fix


def test_each_slip_is_told_at_its_own_line(tmp_path: Path) -> None:
    found = told(tmp_path, "One\ntwo laddder\n\n> laddder\n\n## A laddder {: #laddder }")
    assert [finding.line for finding in found] == [2, 6]


def test_what_macros_print_is_spelt_right_too(root: Path) -> None:
    """The check reads their templates. Words that the code puts in between show here alone."""
    library = reading.read(root / "docs" / "data")
    reports = pages.check(root, library)[1]
    printed = [Passage(report.file, line.number, line.text) for report in reports for line in report.passages]
    assert len(printed) > 1000
    found = spelling.check(root, printed, prose.names(library), [*library.facts.welsh, *MACHINES], complete=False)
    assert {finding.what for finding in found} == set()


def test_the_list_is_in_order_and_has_nothing_needless(tmp_path: Path) -> None:
    write(tmp_path, {spelling.LIST.as_posix(): "# Ours\nmulchery\ngardenly\nladder\ncolour\nzzyzzva\n"})
    passages = [Passage("docs/a.md", 1, "A mulchery, and gardenly, a ladder and a colour.")]
    found = spelling.check(tmp_path, passages, [], [], complete=True)
    assert [(finding.line, finding.rule) for finding in sorted(found)] == [
        (3, "spelling-list-order"),
        (4, "spelling-list-order"),
        (5, "spelling-list-order"),
        (6, "spelling-list-needless"),
    ]
    write(tmp_path, {spelling.LIST.as_posix(): "colour\ngardenly\nladder\nmulchery\n"})
    found = spelling.check(tmp_path, passages, [], [], complete=True)
    assert [(finding.line, finding.rule) for finding in sorted(found)] == [(1, "spelling-list-needless"), (3, "spelling-list-needless")]
