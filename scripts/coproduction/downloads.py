"""From the model to files that people keep: each page in easy words as sheets to print, in PDF.

They are made before the engine runs, so that it finds them beside the pages.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import typst

from coproduction import dates
from coproduction.addresses import page_address, sheet, whole
from coproduction.findings import Finding, Rule
from coproduction.model import EasyLine, EasyRead
from coproduction.reading import Library, Place
from coproduction.tables import day, easy_label, parted

PICTURES = "assets/easy"
LICENCE = "Words and pictures: CC BY 4.0."


class Form(NamedTuple):
    """How a page in easy words is set on paper: in the largest of its sizes that fits."""

    large: bool
    sides: int  # of A4, at most
    sizes: tuple[int, ...]  # of the letters, in points
    picture: float  # its width, in letters
    gap: float  # between two lines, in letters


SHEET_TOO_LONG = Rule(
    "sheet-too-long",
    "'{id}' does not fit on {sides} of A4 in letters of {size} points",
    "People are promised {sides}. Smaller letters would leave out those who need them large.",
    "Take out a line, or shorten those that run on to a second one.",
    "words: You can bring a friend.",
    {"sides": "one side", "size": "14", "id": "easy-ladder"},
)
SHEET_NOT_SET = Rule(
    "sheet-not-set",
    "the sheets of '{id}' cannot be set: {error}",
    "There would be no file to print, or one that a screen reader cannot read.",
    "If it names letters, use others: our typeface lacks these. If it names a picture, look at that drawing.",
    "words: We meet at 2.",
    {"error": "PDF/UA-1 error: the text '☂' could not be displayed", "id": "easy-ladder"},
)

ONE_SIDE = Form(large=False, sides=1, sizes=(17, 16, 15, 14), picture=2.4, gap=0.25)
LARGE_PRINT = Form(large=True, sides=4, sizes=(22, 20, 18), picture=4, gap=0.9)


def write(docs: Path, library: Library, site_url: str, when: int) -> list[Finding]:
    """Write the sheets of every page in easy words into ``docs``, which holds the pictures.

    :param site_url: the address of the site, which is printed at the foot.
    :param when: the time that each file says it was made: that of the commit, so that two builds of it are alike.
    :returns: what to put right: words that do not fit, and letters or pictures that cannot be set.
    """
    found = []
    with TemporaryDirectory(dir=docs.parent) as fonts:  # a build writes nowhere but in its own folder
        _bring_typeface(Path(fonts))
        for twin in library.facts.easy_read:
            for form in (ONE_SIDE, LARGE_PRINT):
                said = _said(twin, form, easy_label(library.facts, twin), site_url, when)
                found += _write_sheets(docs, fonts, twin, form, said, when, library.places[twin.id])
    return found


def _write_sheets(
    docs: Path, fonts: str, twin: EasyRead, form: Form, said: dict[str, Any], when: int, place: Place
) -> list[Finding]:
    """Write one file, or find what is wrong."""
    try:
        made = _fitted(docs, fonts, said, form, when)
    except (RuntimeError, typst.TypstWarning) as error:  # its own errors are of the first kind
        said_by_it = " ".join(str(error).replace(str(docs), "docs").split())
        return [SHEET_NOT_SET.finding(place.file, place.line, id=twin.id, error=said_by_it)]
    if made is None:
        sides = "one side" if form.sides == 1 else f"{form.sides} sides"
        return [SHEET_TOO_LONG.finding(place.file, place.line, id=twin.id, sides=sides, size=form.sizes[-1])]
    file = docs / sheet(twin.id, form.large)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made)
    return []


def _fitted(docs: Path, fonts: str, said: dict[str, Any], form: Form, when: int) -> bytes | None:
    """The file, set in the largest letters with which it fits; nothing where it fits with none."""
    template = (files("coproduction") / "templates" / "easy_sheet.typ").read_bytes()
    for size in form.sizes:
        options = {"root": str(docs), "font_paths": [fonts], "ignore_system_fonts": True}
        # All words go in as data. None of them is read as markup.
        options["sys_inputs"] = {"sheet": json.dumps({**said, "size": size})}
        if int(typst.query(template, "<sides>", field="value", one=True, **options)) <= form.sides:
            made, warnings = typst.compile_with_warnings(
                template, format="pdf", pdf_standards=["ua-1"], timestamp=when, **options
            )
            if warnings:  # a typeface that is not there is only worth a warning, and leaves the sheet white
                raise warnings[0]
            return made
    return None


def _bring_typeface(folder: Path) -> None:
    """Bring the two weights that the sheets need into ``folder``, each in one format.

    Their package has each in two, and which of them is used would hang on the machine.
    """
    for weight in ("Regular", "Bold"):
        name = f"SourceSansPro-{weight}.ttf"
        (folder / name).write_bytes((files("font_source_sans_pro") / "files" / name).read_bytes())


# ------------------------------------------------------------------- what is said


def _said(twin: EasyRead, form: Form, label: tuple[str, str, str], site_url: str, when: int) -> dict[str, Any]:
    """All that stands on the sheets of a page, as the template asks for it."""
    state, more, question = label
    address, kit = page_address(twin.home), page_address(twin.kit)
    return {
        "title": twin.name,
        "lead": twin.lead if form.sides > 1 else "",  # one side has no room for it
        "state": state,
        "more": more,
        "question": question,
        "kit": whole(site_url, kit),
        "parts": [{"name": part.name, "lines": [_line(line) for line in part.lines]} for part in twin.parts],
        "foot": [
            f"From {whole(site_url, address) or address}",
            f"To check it with your group: {whole(site_url, kit) or kit}",
            f"{day(dates.of_epoch(when))}. Version {twin.fingerprint}. {LICENCE}",
        ],
        "pictures": PICTURES,
        "picture": form.picture,
        "gap": form.gap,
        "numbered": form.sides > 1,
    }


def _line(line: EasyLine) -> dict[str, Any]:
    before, hard, after = parted(line.words, line.hard) if line.hard else (line.words, "", "")
    return {"before": before, "hard": hard, "after": after, "means": line.means, "picture": line.picture, "alt": line.alt}
