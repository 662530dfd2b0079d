"""Somebody's exact words cannot drift: whoever changes one letter is told so, and how to change it properly."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from coproduction import quotations, reading
from coproduction.findings import Finding
from test_verbs import run
from tiny import change, good_data, tiny_site, write

# For each kind of words that are somebody's own: the file, the words, what stands there of where they were read, and
# what a person may write who has compared them once more.
KINDS = {
    "a definition": ("definitions.yml", "dig the garden", 'checked: "2026-11"', 'checked: "2026-12"'),
    "words that a framework says": ("frameworks.yml", "Rain comes", "where: Line 7", "where: Line 7, on the left"),
    "a printed wording of an item": ("frameworks.yml", "A spade lent", "where: Line 8", "where: Line 8\n          sic: It says lent."),
    "a rung of the ladder": ("ladder.yml", "Told of beans", "where: Line 9", "where: Line 10"),
    "the names of a framework": ("frameworks.yml", "Patience with weeds", "names: quoted", "names: quoted\n    names_note: From the gate."),
    "other names for a framework": ("frameworks.yml", "Waiting about", "note: From the slides", "note: From the last of the slides"),
}
each_kind = pytest.mark.parametrize(("file", "words", "seen", "seen_anew"), KINDS.values(), ids=KINDS)


def quotation(words: str, where: str, indent: int) -> str:
    keys = (f"words: {words}.", "source: source-letter", f"where: {where}", 'checked: "2026-11"', "grade: A")
    return f"\n{' ' * indent}".join(keys) + "\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Good data with words of each kind, all locked."""
    folder = good_data(tmp_path / "docs" / "data")
    frameworks = folder / "frameworks.yml"
    change(frameworks, "names: ours\n", "names: quoted\n    says:\n      - " + quotation("Rain comes", "Line 7", 8))
    variant = "name: The slides\n        grade: B\n        source: source-letter\n        names: [Waiting about]\n"
    change(frameworks, "compared: true\n", f"compared: true\n    variants:\n      - {variant}        note: From the slides\n")
    printed = "        printed:\n          " + quotation("A spade lent", "Line 8", 10)
    change(frameworks, "plain: People trust each other.\n", f"plain: People trust each other.\n{printed}")
    change(frameworks, "name: Patience\n", "name: Patience with weeds\n")
    rung = "        quote:\n          " + quotation("Told of beans", "Line 9", 10)
    change(folder / "ladder.yml", "move_up: Ask what people like.\n", f"move_up: Ask what people like.\n{rung}")
    assert reading.write_locks(folder) == len(KINDS) - 1, "the definition is locked already"
    assert found_in(folder) == []
    return folder


def found_in(folder: Path) -> list[Finding]:
    try:
        reading.read(folder)
    except reading.Unreadable as error:
        return error.findings
    return []


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.yml")}


LOCK = re.compile("[0-9a-f]{8}-[0-9a-f]{8}")

# ----------------------------------------------------------------------- one letter


@each_kind
def test_one_letter_changed_is_told_and_nothing_gives_it_a_lock(file: str, words: str, seen: str, seen_anew: str, data: Path) -> None:
    line = change(data / file, words, words[:-1])
    if seen == "names: quoted":  # the names of its items stand far apart
        line = (data / file).read_text(encoding="utf-8").partition(seen)[0].count("\n") + 1
    (found,) = found_in(data)
    assert (found.file, found.line, found.rule) == (f"docs/data/{file}", line, "quotation-changed")
    assert found.what.startswith("this is a quotation")
    assert not LOCK.search(found.text())
    before = snapshot(data)
    assert reading.write_locks(data) == 0 and snapshot(data) == before


@each_kind
def test_who_says_that_the_words_were_compared_again_gets_a_new_lock(
    file: str, words: str, seen: str, seen_anew: str, data: Path
) -> None:
    change(data / file, words, words[:-1])
    change(data / file, seen, seen_anew)
    (found,) = found_in(data)
    assert found.rule == "quotation-not-locked"
    (lock,) = LOCK.findall(found.fix)
    # By hand, as the finding says, or by the command: both come to the same.
    lines = (data / file).read_text(encoding="utf-8").split("\n")
    lines[found.line - 1] = LOCK.sub(lock, lines[found.line - 1])
    assert reading.write_locks(data) == 1
    assert (data / file).read_text(encoding="utf-8").split("\n") == lines
    assert found_in(data) == [] and reading.write_locks(data) == 0


def test_a_check_that_finds_the_same_words_needs_a_new_lock_too(data: Path) -> None:
    """Or the next change of the words could lean on a check that was made before it."""
    change(data / "definitions.yml", 'checked: "2026-11"', 'checked: "2026-12"')
    (found,) = found_in(data)
    assert found.rule == "quotation-not-locked"
    assert "locked: " in (data / "definitions.yml").read_text(encoding="utf-8").split("\n")[found.line - 1]
    assert reading.write_locks(data) == 1 and found_in(data) == []


@pytest.mark.parametrize("other", ["dig the garden’s", "dig the  gardens", "Dig the garden", "dig the gar-den", "dig the gard\u0065\u0301n"])
def test_every_letter_and_every_mark_counts(other: str, data: Path) -> None:
    change(data / "definitions.yml", "dig the garden", other)
    assert [found.rule for found in found_in(data)] == ["quotation-changed"]


def test_where_a_line_of_the_file_ends_does_not_count(data: Path) -> None:
    change(data / "definitions.yml", "dig the garden", "dig the\n        garden")
    assert found_in(data) == []


# ----------------------------------------------------------------------- the command


def test_a_quotation_without_a_lock_gets_one_and_the_rest_of_the_file_stays_as_it_was(data: Path) -> None:
    file = data / "definitions.yml"
    bare = re.sub(rb" +locked: .*\n", b"", file.read_bytes()).replace(b"\n", b"\r\n")
    file.write_bytes(bare)
    assert [found.rule for found in found_in(data)] == ["quotation-not-locked"]
    assert reading.write_locks(data) == 1 and found_in(data) == []
    assert re.sub(rb"      locked: [0-9a-f-]{17}\r\n", b"", file.read_bytes(), count=1) == bare != file.read_bytes()


def test_a_quotation_that_is_written_in_one_line_is_left_for_a_hand(data: Path) -> None:
    file = data / "definitions.yml"
    quote = re.search(r"quote:\n(.*?)    plain", file.read_text(encoding="utf-8"), re.S)[1]
    keys = ", ".join(line.strip() for line in quote.splitlines() if "locked" not in line)
    change(file, f"quote:\n{quote}", f"quote: {{{keys}}}\n")
    (found,) = found_in(data)
    assert found.rule == "quotation-not-locked" and reading.write_locks(data) == 0
    change(file, "grade: A}", f"grade: A, {re.search('locked: [^ ]{17}', found.fix)[0]}}}")
    assert found_in(data) == []


def test_the_check_locks_when_it_is_asked_to(root: Path, tmp_path: Path) -> None:
    project = tiny_site(tmp_path / "project")
    shutil.copytree(root / "scripts", project / "scripts", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    write(project, {"docs/data/words/spelling.txt": "inbox\n"})  # the templates say it, and the dictionary does not
    change(project / "docs" / "data" / "definitions.yml", "where: Page 2\n      checked", "where: Page 2, at the top\n      checked")
    status, said = run(project, "check")
    assert status == 1 and "python3 scripts/check.py --lock" in " ".join(said.split())
    status, said = run(project, "check", "--lock")
    assert status == 0 and "Quotations locked: 1." in said, said
    assert "Quotations locked: 0." in run(project, "check", "--lock")[1]


# ------------------------------------------------------------------ the real quotations


def test_all_words_that_are_somebodys_own_are_locked_to_the_letter(root: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    exact = list(quotations.exact(facts))
    assert len(exact) >= 66 and all(each.locked == each.lock for each in exact)
    for each in exact:
        for number, words in enumerate(each.words):
            for other in (words[:-1], f"{words}.", words.swapcase(), words.replace(words[0], "¶", 1)):
                changed = each._replace(words=(*each.words[:number], other, *each.words[number + 1 :]))
                assert changed.is_changed and not changed.is_to_lock
