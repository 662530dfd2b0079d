"""The sheets to print: each page in easy words as PDF files, read back and measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfua
import pytest
import typst
from coproduction import downloads, pipeline, reading
from coproduction.addresses import page_address, sheet
from coproduction.findings import Finding
from coproduction.model import EasyRead, Facts
from coproduction.tables import DRAFT, easy_labels
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject
from tiny import REVIEW, change, good_data, tiny_site, write

ADDRESS = "https://co-production.example/"
GARDEN = "https://garden.example/"
WHEN = 1_795_348_800  # noon on 22 November 2026
A4 = (595, 842)  # points
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><circle cx="48" cy="48" r="40"/></svg>'
EASY = """
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-05-22
    records:
      - id: easy-garden
        home: easy-read/index.md
        name: The garden in easy words
        lead: Come in.
        twin_of: index.md
        simple_words: easy-read/simple-words.md
        kit: easy-read/check.md
        state: draft
        parts:
          - name: What is it?
            lines:
              - words: We dig with a spade.
                hard: spade
                means: A spade is a tool to dig with.
                picture: spade
              - words: You can come too.
                picture: gate
                alt: The gate is open.
          - name: When?
            lines:
              - words: Come on any day.
                picture: gate
    """


# ---------------------------------------------------------------- reading them back


def words_of(file: Path) -> list[str]:
    """All words that the file says, in the order in which they are painted; without the numbers of its sides."""
    texts = (page.extract_text() for page in PdfReader(file).pages)
    return " ".join(re.sub(r"(?m)^\d+ of \d+$", "", text) for text in texts).split()


def smallest_letters(file: Path) -> float:
    """The size of the smallest letters, in points, as they stand on the paper."""
    sizes: set[float] = set()

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * tm[3] * cm[3]), 2))

    for page in PdfReader(file).pages:
        page.extract_text(visitor_text=note)
    return min(sizes)


def painted(file: Path) -> list[list[int]]:
    """Of each side, the pieces of its content in the order in which they are painted."""
    reader = PdfReader(file)
    contents = (ContentStream(page.get_contents(), reader).operations for page in reader.pages)
    return [
        [operands[1]["/MCID"] for operands, operator in content if operator == b"BDC" and "/MCID" in operands[1]]
        for content in contents
    ]


def told(file: Path) -> list[list[int]]:
    """The same pieces in the order in which a screen reader is told of them."""
    reader = PdfReader(file)
    sides = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    found: list[list[int]] = [[] for _ in sides]

    def walk(node: object, side: int) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child, side)
        elif isinstance(node, DictionaryObject):
            side = sides[node.raw_get("/Pg").idnum] if "/Pg" in node else side
            if node.get("/Type") == "/MCR":
                found[side].append(node["/MCID"])
            elif node.get("/Type") != "/OBJR":
                walk(node.get("/K", ArrayObject()), side)
        else:
            found[side].append(int(node))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], -1)
    return found


def elements(file: Path) -> list[DictionaryObject]:
    """The elements that a screen reader is told of, in order."""

    def walk(node: object) -> Iterator[DictionaryObject]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            for child in node:
                yield from walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            yield from walk(node.get("/K", ArrayObject()))

    return list(walk(PdfReader(file).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def links(file: Path) -> list[str]:
    notes = (note.get_object() for page in PdfReader(file).pages for note in page.get("/Annots", ()))
    return [note["/A"]["/URI"] for note in notes]


def test_the_rulers_of_this_file_measure_right(tmp_path: Path) -> None:
    source = b'#set page(width: 90mm)\n= Big\nA\n#text(9pt)[small]\n#pdf.artifact[no]\n#link("https://x.example/")[way]'
    (tmp_path / "ruler.pdf").write_bytes(typst.compile(source, pdf_tags=True))
    file = tmp_path / "ruler.pdf"
    assert smallest_letters(file) == 9
    assert words_of(file) == ["Big", "A", "small", "no", "way"]
    assert painted(file) == told(file) and len(told(file)[0]) > 2
    assert [element["/S"] for element in elements(file)][:2] == ["/Document", "/H1"]
    assert links(file) == ["https://x.example/"]


def test_what_is_painted_out_of_order_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "ruler.pdf"
    file.write_bytes(typst.compile(b"One\n\n#place(top, float: true)[Two]\n\nThree", pdf_tags=True))
    assert painted(file) != told(file)


# --------------------------------------------------------------------- the real ones


@pytest.fixture(scope="module")
def facts(root: Path) -> Facts:
    return reading.read(root / "docs" / "data").facts


@pytest.fixture(scope="module")
def twins(facts: Facts) -> tuple[EasyRead, ...]:
    assert len(facts.easy_read) >= 3
    return facts.easy_read


def said_by(twin: EasyRead, label: str, large: bool = False) -> str:
    """The words of a twin from its title to its last line; one side has no room for what leads into them."""
    said = [twin.name, *([twin.lead] if large else []), label]
    for part in twin.parts:
        said.append(part.name)
        said += [text for line in part.lines for text in (line.words, line.means) if text]
    return " ".join(said)


def test_each_page_in_easy_words_has_both_its_sheets_and_no_other_is_there(built_site: Path, twins: tuple[EasyRead, ...]) -> None:
    here = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*.pdf")}
    assert here == {sheet(twin.id, large) for twin in twins for large in (False, True)}


@pytest.mark.parametrize(("large", "sides", "letters"), [(False, 1, 14), (True, 4, 18)], ids=["one side", "large print"])
def test_the_sheets_keep_their_promises(
    large: bool, sides: int, letters: int, built_site: Path, twins: tuple[EasyRead, ...]
) -> None:
    for twin in twins:
        file = built_site / sheet(twin.id, large)
        pages = PdfReader(file).pages
        assert 1 <= len(pages) <= sides, twin.id
        assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
        assert smallest_letters(file) >= letters, twin.id


@pytest.mark.parametrize("large", [False, True], ids=["one side", "large print"])
def test_the_sheets_say_all_words_of_the_page_in_order_and_then_where_they_are_from(
    large: bool, built_site: Path, facts: Facts, twins: tuple[EasyRead, ...]
) -> None:
    labels = easy_labels(facts)
    for twin in twins:
        words = " ".join(words_of(built_site / sheet(twin.id, large)))
        wanted = said_by(twin, labels[page_address(twin.home)], large)
        assert words.startswith(wanted), twin.id
        foot = words.removeprefix(wanted)
        # A long address may be broken after a slash.
        assert f"From{ADDRESS}{page_address(twin.home)}" in foot.replace(" ", "")
        assert f"Version {twin.fingerprint}" in foot and "CC BY 4.0" in foot and re.search(r"\d \w+ 20\d\d\b", foot)


@pytest.mark.parametrize("large", [False, True], ids=["one side", "large print"])
def test_a_screen_reader_is_told_the_title_the_language_and_the_headings_in_order(
    large: bool, built_site: Path, twins: tuple[EasyRead, ...]
) -> None:
    for twin in twins:
        file = built_site / sheet(twin.id, large)
        catalogue = PdfReader(file).trailer["/Root"]
        assert PdfReader(file).metadata.title == twin.name and catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert catalogue["/Lang"] == "en-GB" and catalogue["/MarkInfo"]["/Marked"]
        headings = [element["/S"] for element in elements(file) if element["/S"].startswith("/H")]
        assert headings == ["/H1", *("/H2" for _ in twin.parts)]
        assert told(file) == painted(file)
        named = [line.alt for _, line in twin.lines() if line.alt]
        assert [element["/Alt"] for element in elements(file) if element["/S"] == "/Figure"] == named


def test_a_checker_of_accessible_files_finds_nothing(built_site: Path, ran: Callable[..., None]) -> None:
    """It says itself how few of the rules a machine can check. This is no proof that the files keep them all."""
    files = sorted(built_site.rglob("*.pdf"))
    reports = [pdfua.validate(file) for file in files]
    faults = [f"{file.name}: {found.message}" for file, report in zip(files, reports) for found in report.findings]
    assert faults == []
    # It stumbles over the order of headings, which another test here checks.
    assert {outcome.rule_id for report in reports for outcome in report.skipped} <= {"UA-14-001"}
    checks = [outcome for report in reports for outcome in report.outcomes if not outcome.skipped_reason]
    assert len(checks) >= 11 * len(files) > 0
    ran(
        id="sheets",
        what="Every sheet to print in easy words, by a checker of accessible PDF files",
        pages=[file.relative_to(built_site).as_posix() for file in files],
        states=["paper"],
        checks=len(checks),
        tools=["pdfua"],
    )


def test_that_checker_finds_what_is_wrong_with_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(typst.compile(b"No title, no language, no tags", pdf_tags=False))
    assert len(pdfua.validate(tmp_path / "bad.pdf").findings) > 2


# --------------------------------------------------------------- small ones, made up


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A project with one page in easy words and its two drawings."""
    good_data(tmp_path / "docs" / "data")
    drawings = {f"docs/assets/easy/{name}.svg": DRAWING for name in ("spade", "gate")}
    return write(tmp_path, {"docs/data/easy_read.yml": EASY, **drawings})


def made(project: Path, site_url: str = GARDEN, when: int = WHEN) -> list[Finding]:
    return downloads.write(project / "docs", reading.read(project / "docs" / "data"), site_url, when)


@pytest.fixture
def sheets(garden: Path) -> Callable[..., tuple[Path, Path]]:
    """Makes the two files of the garden's page, which nothing may be wrong with."""

    def make(**options: object) -> tuple[Path, Path]:
        assert made(garden, **options) == []
        return garden / "docs" / sheet("easy-garden"), garden / "docs" / sheet("easy-garden", large=True)

    return make


def easy_data(garden: Path) -> Path:
    return garden / "docs" / "data" / "easy_read.yml"


def test_a_short_page_is_set_in_the_largest_letters(sheets: Callable) -> None:
    small, large = sheets()
    assert smallest_letters(small) == downloads.ONE_SIDE.sizes[0] and smallest_letters(large) == downloads.LARGE_PRINT.sizes[0]


def test_a_longer_page_is_set_smaller_and_one_that_is_too_long_is_refused_in_plain_words(garden: Path, sheets: Callable) -> None:
    file = easy_data(garden)
    short, line = file.read_text(encoding="utf-8").rstrip() + "\n", "          - {words: We also dig here., picture: spade}\n"
    file.write_text(short + line * 11, encoding="utf-8")
    small, _ = sheets()
    assert 14 <= smallest_letters(small) < downloads.ONE_SIDE.sizes[0]
    file.write_text(short + line * 60, encoding="utf-8")
    found = made(garden)
    assert [(finding.file, finding.line) for finding in found] == [("docs/data/easy_read.yml", 6)] * 2
    assert [finding.what for finding in found] == [
        "'easy-garden' does not fit on one side of A4 in letters of 14 points",
        "'easy-garden' does not fit on 4 sides of A4 in letters of 18 points",
    ]
    assert all("Take out a line" in finding.fix for finding in found)


def test_words_are_never_read_as_markup(garden: Path, sheets: Callable) -> None:
    odd = '#panic("no") *all of $x$ @you ~ // ok'
    change(easy_data(garden), "We dig with a spade.", "'" + odd + " spade.'")
    for file in sheets():
        assert f"{odd} spade." in " ".join(words_of(file))


def test_only_a_picture_that_adds_something_is_told_of(sheets: Callable) -> None:
    for file in sheets():
        figures = [element["/Alt"] for element in elements(file) if element["/S"] == "/Figure"]
        assert figures == ["The gate is open."]


def test_a_hard_word_is_never_broken_at_its_hyphen(garden: Path, sheets: Callable) -> None:
    change(
        easy_data(garden),
        "Come on any day.",
        "Come on any day of the long hot summer in the well-watered, well-watered, well-watered.",
    )
    for file in sheets():
        lines = [line for page in PdfReader(file).pages for line in page.extract_text().splitlines()]
        assert [line for line in lines if line.rstrip().endswith("-")] == []


def test_a_draft_leads_to_the_kit_and_a_checked_page_says_who_checked_it(garden: Path, sheets: Callable) -> None:
    for file in sheets():
        assert " ".join(DRAFT) in " ".join(words_of(file)) and links(file) == [f"{GARDEN}easy-read/check/"]
    twin = reading.read(garden / "docs" / "data").facts.easy_read[0]
    write(garden, {"docs/data/reviews.yml": REVIEW.replace("00000000", twin.fingerprint)})
    change(easy_data(garden), "state: draft", "state: checked")
    for file in sheets():
        words = " ".join(words_of(file))
        assert "Checked by the Tuesday diggers on 20 November 2026." in words and "Draft" not in words and links(file) == []


def test_the_foot_has_the_addresses_the_day_the_version_and_the_licence(garden: Path, sheets: Callable) -> None:
    twin = reading.read(garden / "docs" / "data").facts.easy_read[0]
    for site_url in (GARDEN, ""):  # nobody may have said where the site will be
        page = f"{site_url}easy-read/"
        foot = f"From {page} To check it with your group: {page}check/ 22 November 2026. Version {twin.fingerprint}. {downloads.LICENCE}"
        for file in sheets(site_url=site_url):
            # A long address may be broken after a slash.
            assert "".join(words_of(file)).endswith(foot.replace(" ", ""))
            assert site_url or links(file) == []


def test_two_files_of_one_commit_are_alike_byte_for_byte(sheets: Callable) -> None:
    first = [file.read_bytes() for file in sheets()]
    assert [file.read_bytes() for file in sheets()] == first
    assert all(one != other for one, other in zip(first, (file.read_bytes() for file in sheets(when=WHEN + 86_400))))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("You can come too.", "You can come too 👍.", "could not be displayed"),
        ("picture: spade", "picture: shovel", "docs/assets/easy/shovel.svg)"),
    ],
    ids=["a letter that the typeface does not have", "a drawing that is not there"],
)
def test_what_cannot_be_set_is_a_finding_at_the_page(old: str, new: str, said: str, garden: Path) -> None:
    change(easy_data(garden), old, new)
    found = made(garden)
    assert {(finding.file, finding.line) for finding in found} == {("docs/data/easy_read.yml", 6)}
    assert len(found) == 2 and all(said in finding.what and str(garden) not in finding.what for finding in found)
    assert not list(garden.rglob("*.pdf"))


def test_a_typeface_that_is_not_there_is_a_finding_and_no_white_paper(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_bring_typeface", lambda folder: None)
    found = made(garden)
    assert len(found) == 2 and all("font" in finding.what for finding in found)
    assert not list(garden.rglob("*.pdf"))


def test_a_build_stops_when_a_sheet_cannot_be_made_and_leaves_the_last_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, into = tiny_site(tmp_path / "project"), tmp_path / "out" / "site"
    write(into, {"index.html": "the last good site"})
    fault = downloads.SHEET_TOO_LONG.finding("docs/data/easy_read.yml", 7, id="easy-garden", sides="one side", size=14)
    asked = []

    def refuse(*given: object) -> list[Finding]:
        asked.append(given)
        return [fault]

    monkeypatch.setattr(downloads, "write", refuse)
    assert pipeline.build(project, into, site_url=GARDEN) == [fault]
    assert [path.name for path in into.iterdir()] == ["index.html"]
    assert asked[0][2] == GARDEN and asked[0][0].name == "docs"
