"""Somebody's exact words cannot drift: whoever changes one letter is told so, and how to change it properly."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from coproduction import drift, pipeline, quotations, reading
from coproduction.addresses import page_address
from coproduction.findings import Finding
from coproduction.model import Facts, Item
from test_changes import CHANGES
from test_describe_change import commit, git
from test_verbs import run
from selectolax.lexbor import LexborHTMLParser
from tiny import change, good_data, tiny_site, write

# For each kind of words that are somebody's own: the file, the words, what stands there of where they were read, and
# what a person may write who has compared them once more.
KINDS = {
    "a definition": ("definitions.yml", "dig the garden", 'checked: "2026-11"', 'checked: "2026-11-22"'),
    "words that a framework says": ("frameworks.yml", "Rain comes", "where: Line 7", "where: Line 7, on the left"),
    "a printed wording of an item": ("frameworks.yml", "A spade lent", "where: Line 8", "where: Line 8\n          sic: It says lent."),
    "a rung of the ladder": ("ladder.yml", "Told of beans", "where: Line 9", "where: Line 10"),
    "the names of a framework": ("frameworks.yml", "Patience with weeds", "names: quoted", "names: quoted\n    names_note: From the gate."),
    "other names for a framework": ("frameworks.yml", "Waiting about", "note: From the slides", "note: From the last of the slides"),
    "words that somebody sent us": ("changes.yml", "I am fed up", "the treasurer.", "the treasurer. They agreed to it."),
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
    write(folder, {"changes.yml": re.sub(" +locked: .*\n", "", CHANGES)})
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
    change(data / "definitions.yml", 'checked: "2026-11"', 'checked: "2026-11-22"')
    (found,) = found_in(data)
    assert found.rule == "quotation-not-locked"
    assert "locked: " in (data / "definitions.yml").read_text(encoding="utf-8").split("\n")[found.line - 1]
    assert reading.write_locks(data) == 1 and found_in(data) == []


def test_nobody_can_have_looked_on_a_day_that_has_not_come(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site")
    line = change(site / "docs" / "data" / "definitions.yml", 'checked: "2026-11"', 'checked: "2099-11"')
    reading.write_locks(site / "docs" / "data")
    (found,) = pipeline.check(site)[0]
    assert (found.rule, found.file, found.line) == ("looked-too-soon", "docs/data/definitions.yml", line)


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


# ------------------------------------------------------- what was there before


@pytest.fixture
def project(data: Path) -> Path:
    """A project whose git knows the good data."""
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    root = data.parent.parent
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def found_since(project: Path) -> list[Finding]:
    """What a check finds that knows what git remembers."""
    return drift.check(project, found_in(project / "docs" / "data"))


def unlock(file: Path, words: str) -> None:
    """Take away the lock of the quotation with these words."""
    change(file, re.search(f" +locked: {lock_of(file, words)}\n", file.read_text(encoding="utf-8"))[0], "")


def lock_of(file: Path, words: str) -> str:
    """The lock that stands beside these words."""
    (lock,) = {str(each.locked) for each, _ in reading.exact_words(file.parent) if words in "\n".join(each.words)}
    return lock


@each_kind
@pytest.mark.parametrize("taken_in", ["not yet", "the words", "words and lock"])
def test_a_lock_that_was_taken_off_gives_no_leave_to_change_the_words(
    file: str, words: str, seen: str, seen_anew: str, taken_in: str, project: Path
) -> None:
    changed = project / "docs" / "data" / file
    unlock(changed, words)
    change(changed, words, words[:-1])
    if taken_in != "not yet":
        commit(project)
    if taken_in == "words and lock":  # by hand, in spite of all
        assert reading.write_locks(changed.parent) == 1
        commit(project)
    (found,) = found_since(project)
    assert (found.rule, found.file) == ("quotation-changed", f"docs/data/{file}") and not LOCK.search(found.text())
    before = snapshot(changed.parent)
    assert drift.lock(project) == 0 and snapshot(changed.parent) == before
    change(changed, seen, seen_anew)
    assert {found.rule for found in found_since(project)} <= {"quotation-not-locked"}
    assert drift.lock(project) == 1 and found_since(project) == []


@each_kind
def test_a_lock_that_was_altered_gives_no_leave_either(file: str, words: str, seen: str, seen_anew: str, project: Path) -> None:
    changed = project / "docs" / "data" / file
    old = lock_of(changed, words)
    change(changed, words, words[:-1])
    change(changed, f"locked: {old}", f"locked: {old[:-1]}{(int(old[-1], 16) + 1) % 16:x}")
    assert [found.rule for found in found_since(project)] == ["quotation-changed"] and drift.lock(project) == 0
    commit(project)
    assert [found.rule for found in found_since(project)] == ["quotation-changed"] and drift.lock(project) == 0


@pytest.mark.parametrize(("day", "rule"), [("2026-10", "quotation-changed"), ("2026-11-02", "quotation-not-locked")])
def test_words_that_change_were_not_compared_before_they_did(day: str, rule: str, project: Path) -> None:
    file = project / "docs" / "data" / "definitions.yml"
    change(file, "dig the garden", "dig the gardens")
    line = change(file, 'checked: "2026-11"', f'checked: "{day}"')
    (found,) = found_since(project)
    assert found.rule == rule
    if rule == "quotation-changed":
        assert "the day as 'checked', which was 2026-11 before" in found.fix and found.line < line
    assert drift.lock(project) == (rule != "quotation-changed")
    if rule == "quotation-changed":
        commit(project)
        assert reading.write_locks(file.parent) == 1  # by hand, in spite of all
        assert [found.rule for found in found_since(project)] == [rule]


def test_a_change_that_was_right_may_be_undone(project: Path) -> None:
    file = project / "docs" / "data" / "definitions.yml"
    was = file.read_bytes()
    change(file, "dig the garden", "dig the gardens")
    change(file, 'checked: "2026-11"', 'checked: "2026-11-22"')
    assert drift.lock(project) == 1
    commit(project)
    file.write_bytes(was)
    assert found_since(project) == []
    commit(project)
    assert found_since(project) == []


def test_quotations_may_move_come_and_go(project: Path) -> None:
    data = project / "docs" / "data"
    frameworks, text = data / "frameworks.yml", (data / "frameworks.yml").read_text(encoding="utf-8")
    (says,) = re.findall(r"      - words: Rain comes.*?grade: A\n", text, re.S)
    new = "      - " + quotation("Nobody can hurry a bean", "Line 7", 8)
    change(frameworks, says, new + says)
    change(data / "definitions.yml", "- id: definition-club", "- id: definition-diggers\n    formerly: [definition-club]")
    assert drift.lock(project) == 1 and found_since(project) == []
    commit(project)
    now = frameworks.read_text(encoding="utf-8")
    change(frameworks, says, "")
    assert found_since(project) == []  # one of two is gone, and nothing has come for it
    commit(project)
    change(frameworks, "      - words: Nobody", says + "      - words: Nobody")
    assert found_since(project) == []
    frameworks.write_text(now.replace("Rain comes", "Rain came"), encoding="utf-8")
    assert [found.rule for found in found_since(project)] == ["quotation-changed"]


def test_a_record_is_known_by_the_id_that_it_had(project: Path) -> None:
    file = project / "docs" / "data" / "definitions.yml"
    unlock(file, "dig the garden")
    change(file, "- id: definition-club", "- id: definition-diggers\n    formerly: [definition-club]")
    change(file, "dig the garden", "dig the gardens")
    assert [found.rule for found in found_since(project)] == ["quotation-changed"]


def test_an_older_state_that_cannot_be_read_stops_nothing(project: Path) -> None:
    file = project / "docs" / "data" / "definitions.yml"
    good = file.read_text(encoding="utf-8")
    bomb = "locked: 00000000-00000000\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    for text in (bomb, "locked: 00000000-00000001\n- [", "locked: 00000000-00000002\nchecked: 2026-13\nid: [a]\n", good):
        file.write_text(text, encoding="utf-8")
        commit(project)
    assert found_since(project) == []


def test_without_a_history_there_is_nothing_to_compare_with(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = data.parent.parent
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    unlock(data / "definitions.yml", "dig the garden")
    assert [found.rule for found in found_since(root)] == ["quotation-not-locked"]
    assert drift.lock(root) == 1 and found_since(root) == []


def test_names_that_are_no_longer_quoted_cannot_keep_their_lock(data: Path) -> None:
    file = data / "frameworks.yml"
    change(file, "names: quoted", "names: ours")
    change(file, "Patience with weeds", "Patience")
    (found,) = found_in(data)
    assert found.rule == "lock-of-nothing" and "'names: quoted'" in found.fix
    assert "locked: " in file.read_text(encoding="utf-8").split("\n")[found.line - 1]


# ------------------------------------------------------------------ the real quotations


def test_no_real_quotation_has_changed_without_a_new_look(root: Path) -> None:
    assert drift.check(root, []) == []


def test_all_words_that_are_somebodys_own_are_locked_to_the_letter(root: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    exact = list(quotations.exact(facts))
    assert len(exact) >= 66 and all(each.locked == each.lock for each in exact)
    for each in exact:
        for number, words in enumerate(each.words):
            for other in (words[:-1], f"{words}.", words.swapcase(), words.replace(words[0], "¶", 1)):
                changed = each._replace(words=(*each.words[:number], other, *each.words[number + 1 :]))
                assert changed.is_changed and not changed.is_to_lock


# ------------------------------------------------------------ what readers are given


def slips(site: Path, facts: Facts) -> Iterator[str]:
    """Where the pages of a built site do not give exact words letter for letter, or leave them out at home."""

    @cache
    def page(home: str) -> LexborHTMLParser:
        return LexborHTMLParser((site / page_address(home) / "index.html").read_text(encoding="utf-8"))

    exact = list(quotations.exact(facts))
    earned = {words for definition in facts.definitions for answer in definition.answers for words in answer.earned_by}
    known = earned.union(*(each.words for each in exact if each.words_key == "words"))
    for path in sorted(site.rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        if "<blockquote" in html or "<q" in html:
            name = path.parent.relative_to(site).as_posix()
            yield from (f"{name} changes: {words}" for words in quoted(LexborHTMLParser(html)) if words not in known)
    for each in exact:
        (record,) = (facts.by_id[id] for id in each.ids if id in facts.by_id)
        if isinstance(record, Item) and record.home == "models/others.md":
            continue  # which names the parts of a framework, and says no more of them
        shown = quoted(page(record.home)) if each.words_key == "words" else folded(page(record.home).css_first("main").text())
        yield from (f"{record.home} leaves out: {words}" for words in each.words if words not in shown)


def folded(text: str) -> str:
    return " ".join(text.split())


def quoted(page: LexborHTMLParser) -> list[str]:
    """What a page gives as exact words."""
    texts = [(folded(tag.text()), tag.parent.attributes.get("class")) for tag in page.css("blockquote, q")]
    return [text[1:-1] if around == "cp-citation" else text for text, around in texts]


def test_every_page_gives_exact_words_to_the_letter(root: Path, built_site: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    assert len(list(quotations.exact(facts))) > 60 and list(slips(built_site, facts)) == []


PAGE = """<main><h3>Trust <a>Link</a></h3><h3>Patience</h3>
<blockquote><p>People dig the garden together as <mark>equal partners</mark>.</p></blockquote>
<div class="cp-citation"><blockquote><p>“People dig the garden together as equal partners.”</p></blockquote></div>
<p>Its words: <q>equal partners</q></p></main>"""


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("", "", []),
        ("<mark>equal partners</mark>", "equals", ["models changes: People dig the garden together as equals."]),
        ("“People dig", "“We dig", ["models changes: We dig the garden together as equal partners."]),
        ("<q>equal partners", "<q>equals", ["models changes: equals"]),
        ("Trust", "Faith", ["models/index.md leaves out: Trust"]),
        (PAGE[PAGE.index("<blockquote") : PAGE.index("<p>Its")], "", ["models/index.md leaves out: People dig the garden together as equal partners."]),
    ],
)
def test_a_page_that_changes_exact_words_would_be_noticed(good: str, bad: str, told: list[str], tmp_path: Path) -> None:
    folder = good_data(tmp_path / "data")
    change(folder / "frameworks.yml", "names: ours", "names: quoted")
    assert reading.write_locks(folder) == 1
    write(tmp_path / "site", {"models/index.html": PAGE.replace(good, bad)})
    assert list(slips(tmp_path / "site", reading.read(folder).facts)) == told
