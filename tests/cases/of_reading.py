"""Rules on data files and on what stands in them."""

from pathlib import Path

from cases import Case, checked
from coproduction import pipeline, reading
from coproduction.findings import Finding
from tiny import REVIEW

DATA = "docs/data/"
GLOSSARY, DEFINITIONS, LADDER, INVOLVE, SOURCES, EASY, REVIEWS, ACCESS, RUNS, NEW = (
    f"{DATA}{name}.yml"
    for name in (
        "glossary",
        "definitions",
        "ladder",
        "involve",
        "sources",
        "easy_read",
        "reviews",
        "accessibility",
        "tested",
        "scales",  # the garden has none
    )
)
PAGE = "docs/training.md"
NAME, MEANING = "name: Spade", "meaning: A tool to dig with."
CHECKED = '      checked: "2026-11"\n'
UPPER_RUNG = """\
      - id: ladder-co-production
        status: ours
        name: Co-production
        group: doing with
        plain: People plan, dig and eat together.
        sounds_like: What shall we plant?
        example: A meeting in the shed.
        ever_right: Yes.
        move_up: Keep at it.
"""


def word(rule: str, good: str, bad: str, at: str | None = None) -> Case:
    """Something else in the record of the spade."""
    return Case(rule, GLOSSARY, good, bad, at)


def new(rule: str, text: str | bytes, at: str | None = None) -> Case:
    """One more data file."""
    return Case(rule, NEW, "", text, at)



def linked(site: Path) -> list[Finding]:
    """What is found in a site with the link ``docs/shed.md`` to where ``link.txt`` says, if that is there."""
    said = site / "link.txt"
    if said.exists():
        (site / "docs" / "shed.md").symlink_to(said.read_text(encoding="utf-8").strip())
        assert {found.rule for found in pipeline.build(site, site / "built")} == {"file-is-a-link"} and not (site / "built").exists()
    return checked(site)


def link(to: str) -> Case:
    """A link in the place of a page."""
    return Case("file-is-a-link", "link.txt", "", to, at="", found_in="docs/shed.md", seen_by=linked)


CASES = [
    link("../link.txt"),
    link("training.md"),
    link("nowhere.md"),
    link("shed.md"),
    Case("not-a-file", "docs/shed.md/spade.svg", "", "", at="", found_in="docs/shed.md"),
    Case("tests-not-recorded", RUNS, "", "", gone=True),
    Case("file-unknown", f"{DATA}glosary.yml", "", "records: []\n", at=""),
    Case("file-unknown", f"{DATA}zzz.yml", "", "records: []\n", at=""),
    new("file-too-large", "#" * (reading.LARGEST + 1), at=""),
    Case("file-too-large", PAGE, "Learn to dig.", "Learn to dig.\n\n" * (reading.LARGEST_PAGE // 15 + 1), at=""),
    new("not-utf-8", b"records: []\n# t\xff\n", at="# t"),
    word("unseen-character", MEANING, "meaning: A tool\x07 to dig with."),
    word("unseen-character", MEANING, "meaning: A tool\u200b to dig with."),
    word("text-endless", MEANING, f"meaning: {'A tool to dig with. ' * 200}"),
    word("list-endless", "also: [shovel]", f"also: [{'shovel, ' * 501}]"),
    word("hash-in-text", MEANING, "meaning: The #1 tool to dig with."),
    word("hash-in-text", NAME, "name: The first #1\n      spade"),
    word("not-yaml", NAME, "name: Spade: the tool"),
    word("not-yaml", NAME, 'name: "Spade" garden'),
    word("not-yaml", NAME, "name: @spade"),
    word("not-yaml", NAME, "name Spade", at="    meaning: A tool"),
    word("not-yaml", "    name: Spade", "   name: Spade"),
    word("not-yaml", NAME, 'name: "Spade'),
    word("not-yaml", NAME, "name: [Spade"),
    word("not-yaml", "records:", "---\nrecords:"),
    word("yaml-shortcut", NAME, "name: &spade Spade"),
    word("yaml-shortcut", NAME, "name: *spade"),
    word("yaml-shortcut", NAME, "name: !!python/object/apply:os.getcwd []"),
    word("nested-too-deep", NAME, f"name: {'[' * 20}{']' * 20}"),
    word("key-not-a-word", NAME, "name: {{ spade }}"),
    word("key-not-a-word", NAME, "? [name]\n    : Spade", at="    ? [name]"),
    word("key-twice", NAME, "name: Spade\n    name: Shovel", at="    name: Shovel"),
    word("dash-missing", "  - id: word-gardener", "    id: word-gardener"),
    Case("dash-missing", LADDER, "      - id: ladder-co-production", "        id: ladder-co-production"),
    word("two-versions", NAME, f"name: Tool\n<<<<<<< HEAD\n    {NAME}\n=======\n    name: Shovel\n>>>>>>> theirs", at="<<<<<<<"),
    word("two-versions", "records:", "records:\n=======", at="======="),
    Case("two-versions", "mkdocs.yml", "strict: true", "<<<<<<< HEAD\nstrict: true\n=======\nstrict: false\n>>>>>>> theirs"),
    Case("value-unreal", GLOSSARY, "reviewed: 2026-11-22", "reviewed: 2026-02-30"),
    new("not-a-data-file", "just words\n"),
    word("key-at-the-left", "records:", "record:"),
    word("key-at-the-left", "records:", "notes: none\nrecords:"),
    word("id-under-every", "every:\n", "every:\n  id: word-every\n", at="  id: word-every"),
    word("not-a-record", "  - id: word-gardener\n", "  - gardener\n  - id: word-gardener\n"),
    word("key-missing", f"    {MEANING}\n", "", at="- id: word-spade"),
    Case("key-missing", DEFINITIONS, CHECKED, "", at="    quote:"),
    Case("key-missing", DEFINITIONS, "      grade: A\n", "", at="    quote:"),
    Case("key-missing", RUNS, "date: 2026-11-21\n", "", at="browsers:"),
    Case("key-missing", PAGE, "owner: The editors\n", "", at="title:"),
    word("key-unknown", "also: [", "alsoo: ["),
    word("key-unknown", NAME, "name: Spade\n    zzz: x", at="    zzz: x"),
    Case("key-unknown", ACCESS, "    prepared:", "    zzz: x\n    prepared:"),
    word("word-unknown", "use: preferred", "use: prefered"),
    word("word-unknown", "use: preferred", "use: []"),
    word("value-empty", NAME, 'name: ""'),
    word("value-empty", NAME, 'name: "  "'),
    word("value-empty", "use: preferred", "use:"),
    Case("value-empty", GLOSSARY, "reviewed: 2026-11-22", "reviewed:"),
    word("colon-in-entry", "also: [shovel]", "also:\n      - Note: the shovel", at="      - Note"),
    word("quotes-missing", NAME, "name: yes"),
    word("quotes-missing", NAME, "name: 2016"),
    word("not-text", NAME, "name: [Spade]"),
    Case("not-a-date", GLOSSARY, "reviewed: 2026-11-22", "reviewed: 22 November 2026"),
    Case("not-yes-or-no", DEFINITIONS, "main: true", 'main: "true"'),
    Case("not-a-number", RUNS, "pages: 14", "pages: many"),
    word("not-a-list", "also: [shovel]", "also: shovel"),
    Case("not-a-block", INVOLVE, "ask:\n", "ask: yes\n    asked:\n"),
    Case("not-a-block", PAGE, "owner: The editors", "owner: The editors\nalso: dig", at="also: dig"),
    Case("list-too-short", DEFINITIONS, "earned_by:\n          - equal partners", "earned_by: []"),
    Case("list-too-short", LADDER, UPPER_RUNG, "", at="    rungs:"),
    word("id-misshapen", "id: word-spade", "id: Word spade"),
    Case("address-misshapen", SOURCES, "url: https://", "url: www."),
    Case("month-misshapen", DEFINITIONS, '"2026-11"', "Nov 2026"),
    Case("month-misshapen", DEFINITIONS, '"2026-11"', '"2026-11-31"'),
    Case("criterion-misshapen", ACCESS, '"2.5.8"', '"9.9"'),
    Case("picture-misshapen", EASY, "picture: ladder", "picture: Ladder.svg"),
    Case("version-misshapen", REVIEWS, '"00000000"', '"3F9A"', given={REVIEWS: REVIEW}),
    Case("page-misshapen", GLOSSARY, "home: words.md", "home: words"),
    Case("value-unfit", RUNS, "pages: 14", "pages: -14"),
    Case("schema-stale", f"{DATA}schemas/law.json", '"title": "docs/data/law.yml"', '"title": "docs/data/laws.yml"', at=""),
    Case("schema-not-named", GLOSSARY, "schemas/glossary.json", "schemas/law.json"),
]
