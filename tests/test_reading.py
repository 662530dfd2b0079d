"""Reading: strict YAML, true lines, and every problem in one run.

Each test spoils one place of data that read well, and asks for the finding that names it.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from itertools import count
from pathlib import Path
from typing import Literal

import pytest
import tiny
from coproduction import reading
from coproduction.findings import Finding, report
from coproduction.model import Facts, Part, Text
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Good data, to be spoilt."""
    return tiny.good_data(tmp_path)


def problems(folder: Path) -> list[Finding]:
    """All findings; the data must have some."""
    with pytest.raises(reading.Unreadable) as refused:
        reading.read(folder)
    assert refused.value.findings
    return refused.value.findings


def only(folder: Path) -> Finding:
    """The one finding, which must say what is wrong, why it matters and how to mend it, in plain words."""
    found = problems(folder)
    assert len(found) == 1, report(found)
    assert not re.search(r"Traceback|pydantic|Error\b|<class|\bNone\b", found[0].text()), found[0].text()
    assert all((found[0].what, found[0].why, found[0].fix))
    return found[0]


def place(finding: Finding) -> tuple[str, int]:
    return finding.file.removeprefix("docs/data/"), finding.line


# ---------------------------------------------------------------------- good data


def test_good_data_reads_into_facts(data):
    facts = reading.read(data).facts
    assert [rung.name for rung in facts.ladder[0].rungs] == ["Informing", "Co-production"]
    assert facts.get("source-garden").year == "2013"
    assert facts.get("word-spade").reviewed == date(2026, 11, 22)
    assert facts.get("word-spade").also == ("shovel",)


def test_an_empty_folder_holds_no_facts(tmp_path):
    assert reading.read(tmp_path).facts == Facts()


def test_what_is_read_is_kept_until_a_file_changes(data):
    first = reading.read(data)
    assert reading.read(data) is first
    tiny.change(data / "glossary.yml", "name: Spade", "name: A spade")
    assert reading.read(data).facts.get("word-spade").name == "A spade"


def test_data_that_became_bad_are_refused_although_good_ones_were_kept(data):
    reading.read(data)
    tiny.change(data / "glossary.yml", "name: Spade", "nam: Spade")
    assert problems(data)
    tiny.change(data / "glossary.yml", "nam: Spade", "name: Spade")
    assert reading.read(data).facts.get("word-spade").name == "Spade"


# ------------------------------------------------------------------ handing down


def test_a_record_takes_from_every_what_it_does_not_say(data):
    facts = reading.read(data).facts
    assert facts.get("definition-club").status == "quoted"
    assert facts.get("definition-letter").status == "paraphrased"
    assert facts.get("definition-club").sources[0].source == "source-garden"
    assert facts.get("definition-letter").sources[0].source == "source-letter"


def test_a_nested_record_takes_from_the_one_around_it(data):
    facts = reading.read(data).facts
    ladder, told, shared = (facts.get(id) for id in ("framework-ladder", "ladder-informing", "ladder-co-production"))
    for key in ("status", "sources", "grade", "reviewed", "review_by", "home"):
        assert getattr(told, key) == getattr(ladder, key), key
    assert (shared.status, shared.grade) == ("ours", "B")
    assert (facts.get("ask-contact").home, facts.get("ask-contact").review_by) == ("taking-part.md", date(2027, 5, 22))


def test_a_nested_record_takes_nothing_else(data):
    assert reading.read(data).facts.get("framework-ladder").also == ("steps up",)
    assert reading.read(data).facts.get("ladder-informing").also == ()
    tiny.change(data / "ladder.yml", "        name: Informing\n", "")
    assert only(data).what == "the key 'name' is missing"


def test_every_can_be_left_out(data):
    tiny.write(data, {"glossary.yml": "records: []\n"})
    assert reading.read(data).facts.glossary == ()


# --------------------------------------------------------------- the shape of a file


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# only a comment\n",
        "---\n",
        "- id: word-spade\n",
        "just words\n",
        "42\n",
        "every:\n  status: ours\n",
        "records:\n",
        "records: none\n",
        "records:\n  id: word-spade\n",
        "every: all\nrecords: []\n",
        "every:\nrecords: []\n",
        "every: []\nrecords: []\n",
    ],
)
def test_a_file_of_another_shape_is_refused(data, content):
    tiny.write(data, {"scales.yml": content})
    finding = only(data)
    assert place(finding) == ("scales.yml", 1)
    assert finding.what == "the file is not made of 'every:' and 'records:'"
    tiny.write(data, {"scales.yml": "every: {}\nrecords: []\n"})
    assert reading.read(data).facts.scales == ()


def test_a_third_key_at_the_left_is_refused_on_its_line(data):
    line = tiny.change(data / "glossary.yml", "records:", "extra: words\nrecords:")
    finding = only(data)
    assert place(finding) == ("glossary.yml", line)
    assert finding.what == "'extra' is not a key that a data file can have"


@pytest.mark.parametrize("entry", ["- just words", "- 42", "-", "- [a, b]"])
def test_an_entry_that_is_no_record_is_refused_on_its_line(data, entry):
    tiny.write(data, {"scales.yml": f"every: {{}}\nrecords:\n  {entry}\n"})
    finding = only(data)
    assert (place(finding), finding.what) == (("scales.yml", 3), "this entry of the list is not a record")


@pytest.mark.parametrize(("right", "wrong"), [("records", "record"), ("records", "Records"), ("every", "evry")])
def test_a_slip_in_a_key_at_the_left_is_one_finding_with_the_nearest_name(data, right, wrong):
    line = tiny.change(data / "glossary.yml", f"\n{right}:", f"\n{wrong}:") + 1
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), f"'{wrong}' is not a key that a data file can have")
    assert finding.fix == f"Did you mean '{right}'?"


def test_an_id_under_every_is_refused(data):
    line = tiny.change(data / "glossary.yml", "every:\n", "every:\n  id: word-every\n") + 1
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "an 'id' stands under 'every:'")


@pytest.mark.parametrize(
    ("name", "near"),
    [("glosary.yml", "glossary.yml"), ("glossary.yaml", "glossary.yml"), ("laws.yml", "law.yml"), ("glossary.YML", "glossary.yml")],
)
def test_a_file_with_an_unknown_name_is_refused_with_the_nearest_name(data, name, near):
    tiny.write(data, {name: "records: []\n"})
    finding = only(data)
    assert (place(finding), finding.what) == ((name, 0), f"no data file is called '{name}'")
    assert finding.fix.startswith(f"Did you mean {near}")


def test_a_file_with_a_name_like_no_other_is_told_where_its_records_can_go(data):
    tiny.write(data, {"zzz.yml": "records: []\n"})
    assert only(data).fix == "Rename it to a name that is in use, or move its records into one of the other files."


def test_what_an_editor_keeps_beside_the_files_is_no_data(data):
    tiny.write(data, {".glossary.yml": "x", "notes.txt": "x", "glossary.yml~": "x", "schemas/glossary.json": "{}"})
    (data / ".#glossary.yml").symlink_to("somebody@a-machine")
    assert reading.read(data).facts.get("word-spade")


# ------------------------------------------------------------------- YAML, strictly


def test_a_doubled_key_is_refused_on_its_second_line(data):
    line = tiny.change(data / "glossary.yml", "    use: preferred\n", "    use: preferred\n    name: Shovel\n") + 1
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "the key 'name' stands twice in one block")


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("glossary.yml", "  home: words.md\n", "  home: words.md\n  status: ours\n", "status"),
        ("definitions.yml", "      grade: A\n", "      grade: A\n      grade: A\n", "grade"),
        ("involve.yml", "      say: Who", "      say: What?\n      say: Who", "say"),
        ("scales.yml", None, "records: []\nrecords: []\n", "records"),
    ],
)
def test_a_doubled_key_is_refused_at_every_depth(data, file, old, new, key):
    if old is None:
        tiny.write(data, {file: new})
    else:
        tiny.change(data / file, old, new)
    assert only(data).what == f"the key '{key}' stands twice in one block"


def test_the_same_key_in_two_records_is_no_doubled_key(data):
    assert (data / "glossary.yml").read_text().count("    name: ") == 2
    assert reading.read(data)


@pytest.mark.parametrize(
    ("bad", "good", "what"),
    [
        ("name: &spade Spade", "name: '&spade Spade'", "an anchor (&name)"),
        ("name: *spade", "name: '*spade'", "an alias (*name)"),
        ("name: !!str Spade", "name: '!!str Spade'", "the tag tag:yaml.org,2002:str"),
        ("name: !spade Spade", "name: '!spade Spade'", "the tag !spade"),
        ("name: !!python/object/apply:os.getcwd []", "name: Spade", "the tag tag:yaml.org,2002:python/object/apply:o…"),
        ("name: " + "[" * 10 + "]" * 10, "name: Spade", "more than 12 levels of nesting"),
        ("name: " + "[" * 200_000, "name: Spade", "more than 12 levels of nesting"),
        ("name: " + "{a: " * 50_000, "name: Spade", "more than 12 levels of nesting"),
    ],
    ids=lambda text: text[:30],
)
def test_cleverness_is_refused_on_its_line(data, bad, good, what):
    line = tiny.change(data / "glossary.yml", "name: Spade", bad)
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), f"the file uses {what}")
    tiny.change(data / "glossary.yml", bad, good)
    assert reading.read(data).facts.get("word-spade")


def test_twelve_levels_of_nesting_are_allowed_and_thirteen_are_not(data):
    deep = reading.DEEPEST - 3  # below the file, its records and the record
    tiny.change(data / "glossary.yml", "name: Spade", f"name: {'[' * deep + ']' * deep}")
    assert only(data).what == "'name' should be text, but it is a list"
    tiny.change(data / "glossary.yml", "A person who grows things.", "[" * (deep + 1) + "]" * (deep + 1))
    assert only(data).what == "the file uses more than 12 levels of nesting"


def test_aliases_that_would_grow_without_end_are_refused_at_once(data):
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    tiny.write(data, {"scales.yml": bomb})
    assert place(only(data)) == ("scales.yml", 1)


def test_merge_keys_are_unknown_keys(data):
    line = tiny.change(data / "glossary.yml", "    name: Spade", "    <<: {name: Rake}\n    name: Spade")
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "'<<' is not a key that can stand here")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    name: Spade", "\tname: Spade", "a line begins with a tab, or a value with a sign such as @ or % or `"),
        ("    name: Spade", "    name: Spade: the tool", "a colon with a space behind it stands inside text, or"),
        ("    name: Spade", '    name: "Spade', "a quote mark opens here and never closes"),
        ("    name: Spade", "    name: 'Spade", "a quote mark opens here and never closes"),
        (
            "    name: Spade",
            '    name: "Spade" garden',
            "this line does not begin right under its neighbours, or text stands behind a closing quote",
        ),
        (
            "    name: Spade",
            "   name: Spade",
            "a line begins too far left, or an entry of a list lacks its dash",
        ),
        ("    name: Spade", "    name Spade", "a line has words but no key with a colon"),
        ("    name: Spade", "    name: @spade", "a line begins with a tab, or a value with a sign such as @ or % or `"),
        ("    name: Spade", "    name: [Spade", "a bracket opens here and never closes"),
        ("    name: Spade", "    name: {Spade", "a bracket opens here and never closes"),
        ("records:", "---\nrecords:", "three dashes begin a second text in this file"),
    ],
)
def test_broken_yaml_is_refused_near_its_line(data, old, new, problem):
    line = tiny.change(data / "glossary.yml", old, new)
    finding = only(data)
    assert finding.file == "docs/data/glossary.yml"
    assert line <= finding.line <= line + 1
    assert finding.what.startswith(f"this is not YAML: {problem}")
    assert "begin too far left or right" in finding.fix or "Begin lines with spaces, never with tabs." in finding.fix


@pytest.mark.parametrize(
    ("name", "problem", "fix"),
    [
        ("Spade\n\tthe tool", "a line begins with a tab", "Begin lines with spaces, never with tabs: two for each step to the right."),
        (r'"C:\xq"', "a backslash stands in double quotes", "Write two backslashes in place of one"),
        (r'"C:\q"', "a backslash stands in double quotes", "Write two backslashes in place of one"),
        (r'"\ud800"', "a backslash stands in double quotes", "Write two backslashes in place of one"),
        ("!a!b", "a value begins with !", "Put the whole text in quotes."),
        ("!<b", "a value begins with !", "Put the whole text in quotes."),
        ("& b", "a value begins with & or *", "Put the whole text in quotes."),
        ("- b", "a dash begins a list on the same line as something else", ""),
        ("|0", "something stands behind | or > on one line", ""),
        ("> b", "something stands behind | or > on one line", ""),
        ("}", "a value begins with a sign such as } or ] or ,", ""),
        ("Spade\n%FOO", "a line begins with %", ""),
    ],
)
def test_what_the_yaml_reader_says_is_told_in_plain_words(data, name, problem, fix):
    line = tiny.change(data / "glossary.yml", "    name: Spade", f"    name: {name}")
    finding = only(data)
    assert line - 1 <= finding.line <= line + 2
    assert finding.what.startswith(f"this is not YAML: {problem}"), finding.what
    assert finding.fix.startswith(fix)


def test_a_tab_inside_text_is_a_space(data):
    tiny.change(data / "glossary.yml", "A tool to dig with.", "A tool\tto dig with.")
    assert reading.read(data).facts.get("word-spade").meaning == "A tool to dig with."


def test_a_broken_file_does_not_make_its_records_seem_missing_elsewhere(data):
    line = tiny.change(data / "sources.yml", "name: The garden book", 'name: "The garden book')
    finding = only(data)
    assert finding.file == "docs/data/sources.yml"
    assert finding.line >= line


def test_a_link_to_nothing_is_found_beside_a_broken_file(data):
    tiny.change(data / "sources.yml", "name: The garden book", 'name: "The garden book')
    line = tiny.change(data / "glossary.yml", "- ladder-co-production", "- ladder-co-prodction")
    found = problems(data)
    assert [finding.file for finding in found] == ["docs/data/glossary.yml", "docs/data/sources.yml"]
    assert (found[0].line, found[0].fix) == (line, "Did you mean ladder-co-production?")


@pytest.mark.parametrize(
    ("file", "good", "bad", "end"),
    [
        ("glossary.yml", "meaning: A tool to dig with.", "meaning: Help to be #1 in the room.", "#1 in the room."),
        ("glossary.yml", "meaning: A tool to dig with.", "meaning: Help to be\n      the #1 in the room.", "#1 in the room."),
        ("glossary.yml", "meaning: A tool to dig with.", "meaning: >- # folded\n      A tool.", "# folded"),
        ("glossary.yml", "meaning: A tool to dig with.", 'meaning: "A tool" #1', "#1"),
        ("glossary.yml", "also: [shovel]", "also: [shovel, #1\n      rake]", "#1"),
        ("glossary.yml", "also: [shovel]", "also: [shovel] # and others", "# and others"),
        ("glossary.yml", "- ladder-co-production", "- ladder-co-production # the top", "# the top"),
        ("glossary.yml", "use: preferred", "use: preferred\n    caution: #1 of all", "#1 of all"),
        ("themes.yml", "records:", "records: # of them one", "# of them one"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_yaml_would_drop_behind_a_hash_is_refused_on_its_line(data, file, good, bad, end, ending):
    line = tiny.change(data / file, good, bad) + bad[: bad.index(end)].count("\n")
    tiny.write(data, {file: (data / file).read_bytes().replace(b"\n", ending.encode())})
    finding = only(data)
    assert (place(finding), finding.what) == ((file, line), f"'{end}' would be taken for a comment")
    assert "the rest of the line would be lost" in finding.why
    assert finding.fix.startswith("Put the whole text in quotes.")


@pytest.mark.parametrize(
    ("good", "also_good"),
    [
        ("meaning: A tool to dig with.", 'meaning: "Help to be #1 in the room."'),
        ("meaning: A tool to dig with.", "meaning: 'Help to be\n      the #1 in the room.'"),
        ("meaning: A tool to dig with.", "meaning: Tool#1 to dig with."),
        ("meaning: A tool to dig with.", "meaning: >-\n      Help to be #1\n      # in the room."),
        ("also: [shovel]", "also: ['#1', \"shovel # 2\"]"),
        ("also: [shovel]", "# The garden's other words # are old\n    also: [\n      # one\n      shovel]\n  # a last word"),
        ("records:", "# All of them.\n\n  # And more.\nrecords:"),
    ],
)
def test_a_hash_in_quotes_and_a_comment_on_a_line_of_its_own_are_allowed(data, good, also_good):
    tiny.change(data / "glossary.yml", good, also_good)
    meaning = reading.read(data).facts.get("word-spade").meaning
    assert meaning.count("#") == (also_good.count("#") if "meaning" in good else 0)


def test_a_comment_that_breaks_the_next_line_is_named_as_what_is_wrong(data):
    line = tiny.change(data / "glossary.yml", "meaning: A tool to dig with.", "meaning: Help to be #1\n      in the room.")
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "'#1' would be taken for a comment")


# ----------------------------------------------------------------- encoding and size


def test_a_file_that_is_not_utf_8_is_refused_on_the_line_of_the_first_wrong_letter(data):
    text = (data / "glossary.yml").read_text(encoding="utf-8")
    line = text[: text.index("A person")].count("\n") + 1
    tiny.write(data, {"glossary.yml": text.replace("A person", "A naïve person").encode("latin-1")})
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "the file is not written in UTF-8")
    tiny.write(data, {"glossary.yml": text.replace("A person", "A naïve person").encode()})
    assert reading.read(data).facts.get("word-gardener").meaning == "A naïve person who grows things."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused(data, encoding):
    text = (data / "glossary.yml").read_text(encoding="utf-8")
    tiny.write(data, {"glossary.yml": text.encode(encoding)})
    assert place(only(data)) == ("glossary.yml", 1)


def test_a_byte_order_mark_does_no_harm(data):
    tiny.write(data, {"glossary.yml": b"\xef\xbb\xbf" + (data / "glossary.yml").read_bytes()})
    library = reading.read(data)
    assert library.facts.get("word-spade").name == "Spade"
    assert reading.schema_findings(data) != [] and not any("glossary.yml" in found.file for found in reading.schema_findings(data))


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_endings_of_other_systems_do_no_harm(data, ending):
    tiny.write(data, {"glossary.yml": (data / "glossary.yml").read_bytes().replace(b"\n", ending)})
    assert reading.read(data).places["word-gardener"] == reading.Place("docs/data/glossary.yml", 15)


def test_a_huge_file_is_refused(data):
    good = (data / "glossary.yml").read_bytes()
    tiny.write(data, {"glossary.yml": good + b"#" * (reading.LARGEST - len(good))})
    assert reading.read(data)
    tiny.write(data, {"glossary.yml": good + b"#" * (reading.LARGEST - len(good) + 1)})
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", 0), "the file is 301 kB long")


@pytest.mark.parametrize("unseen", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_character_that_nobody_can_see_is_refused_on_its_line(data, unseen):
    line = tiny.change(data / "glossary.yml", "A person", f"A per{unseen}son")
    finding = only(data)
    assert (place(finding), finding.what) == (
        ("glossary.yml", line),
        f"the file holds a character that nobody can see: U+{ord(unseen):04X}",
    )


def test_an_unseen_character_that_yaml_allows_is_refused_by_the_model(data):
    line = tiny.change(data / "glossary.yml", "A person", "A per\u200bson")
    finding = only(data)
    assert place(finding) == ("glossary.yml", line)
    assert "ZERO WIDTH SPACE" in finding.what


# --------------------------------------------------------------------- kinds of value


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("yes", "yes or no"),
        ("No", "yes or no"),
        ("on", "yes or no"),
        ("true", "yes or no"),
        ("2016", "a number"),
        ("010", "a number"),
        ("1_000", "a number"),
        ("3.50", "a number"),
        ("12:30", "a number"),
        (".inf", "a number"),
        ("2016-07-03", "a date"),
        ("2016-07-03 10:00:00", "a date with a time"),
        ("null", "nothing"),
        ("~", "nothing"),
    ],
)
def test_a_bare_word_that_yaml_reads_as_something_else_is_named_as_it_was_written(data, written, kind):
    line = tiny.change(data / "glossary.yml", "name: Spade", f"name: {written}")
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), f"'name' should be text, but '{written}' is {kind}")
    assert finding.fix == f'Put it in quotes if you mean the words: name: "{written}"'
    tiny.change(data / "glossary.yml", f"name: {written}", finding.fix.partition("words: ")[2])
    assert reading.read(data).facts.get("word-spade").name == written


def test_a_bare_year_under_every_is_refused_once_where_it_stands(data):
    line = tiny.change(data / "sources.yml", 'checked: "2026-11"', "year: 2013\n  checked: '2026-11'")
    tiny.change(data / "sources.yml", '    year: "2013"\n', "")
    assert place(only(data)) == ("sources.yml", line)


@pytest.mark.parametrize("value", ["", '""', "''", '"  "'])
def test_an_empty_text_is_refused(data, value):
    line = tiny.change(data / "glossary.yml", "name: Spade", f"name: {value}")
    finding = only(data)
    assert place(finding) == ("glossary.yml", line)
    assert "it is empty" in finding.what
    assert finding.fix == "Write the text, or take the key out."


@pytest.mark.parametrize(("value", "said"), [("[Spade]", "a list"), ("{a: b}", "a block of keys"), ("{id: word-x}", "a block of keys")])
def test_a_list_or_a_block_is_not_taken_for_text(data, value, said):
    tiny.change(data / "glossary.yml", "name: Spade", f"name: {value}")
    assert only(data).what == f"'name' should be text, but it is {said}"


def test_an_entry_with_a_colon_in_its_text_is_told_to_use_quotes(data):
    line = tiny.change(data / "glossary.yml", "also: [shovel]", "also:\n      - Note: the shovel") + 1
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "an entry of 'also' should be text, but the colon makes 'Note' a key")
    assert finding.fix == 'Put the whole entry in quotes: "Note: the shovel"'
    tiny.change(data / "glossary.yml", "- Note: the shovel", f"- {finding.fix.partition('quotes: ')[2]}")
    assert reading.read(data).facts.get("word-spade").also == ("Note: the shovel",)


@pytest.mark.parametrize("empty", ["", '""'])
def test_an_empty_choice_is_called_empty(data, empty):
    line = tiny.change(data / "glossary.yml", "use: preferred", f"use: {empty}")
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), "'use' cannot be used: it is empty")
    assert finding.fix == "Use one of these: preferred, neutral, old, legal."


@pytest.mark.parametrize(
    ("written", "said", "fix"),
    [
        ("2026-11-22", "'2026-11-22' is a date", 'Write it in quotes: checked: "2026-11-22"'),
        ("2026", "'2026' is a number", 'Write it in quotes: "2026-11", or "2026-11-22".'),
    ],
)
def test_a_check_without_quotes_is_told_how_to_write_it(data, written, said, fix):
    line = tiny.change(data / "definitions.yml", 'checked: "2026-11"', f"checked: {written}")
    finding = only(data)
    assert (place(finding), finding.what, finding.fix) == (("definitions.yml", line), f"'checked' should be a month or a day, but {said}", fix)
    tiny.change(data / "definitions.yml", f"checked: {written}", 'checked: "2026-11"')
    assert reading.read(data)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("22 November 2026", "'reviewed' should be a date such as 2026-11-22, but '22 November 2026' is text"),
        ('"2026-11-22"', "'reviewed' should be a date such as 2026-11-22, but '2026-11-22' is text"),
        ("22/11/2026", "'reviewed' should be a date such as 2026-11-22, but '22/11/2026' is text"),
        ("2026", "'reviewed' should be a date such as 2026-11-22, but '2026' is a number"),
        ("yes", "'reviewed' should be a date such as 2026-11-22, but 'yes' is yes or no"),
        ("2026-11-22 00:00:00", "'reviewed' should be a date such as 2026-11-22, but '2026-11-22 00:00:00' is a date with a time"),
        ("[2026-11-22]", "'reviewed' should be a date such as 2026-11-22, but it is a list"),
        ("2026-02-30", "'2026-02-30' looks like a date or a number but is not one"),
        ("2026-13-01", "'2026-13-01' looks like a date or a number but is not one"),
        ("0000-01-01", "'0000-01-01' looks like a date or a number but is not one"),
        ("2026-11-22 25:00:00", "'2026-11-22 25:00:00' looks like a date or a number but is not one"),
    ],
)
def test_a_broken_date_is_refused_on_its_line(data, written, what):
    line = tiny.change(data / "glossary.yml", "reviewed: 2026-11-22", f"reviewed: {written}")
    finding = only(data)
    assert (place(finding), finding.what) == (("glossary.yml", line), what)
    assert "2026-11-22" in finding.fix


@pytest.mark.parametrize(("length", "shown"), [(40, "9" * 40), (41, "9" * 39 + "…")])
def test_a_long_value_is_cut_short_in_the_message(data, length, shown):
    tiny.change(data / "glossary.yml", "name: Spade", f"name: {'9' * length}")
    assert only(data).what == f"'name' should be text, but '{shown}' is a number"


@pytest.mark.parametrize("monster", ["0x" + "f" * 5000, "9" * 5000, "0b_", "=", "0001-01-01 00:00:00 +14:00"])
def test_a_monster_of_a_number_is_refused_in_a_short_message(data, monster):
    line = tiny.change(data / "glossary.yml", "name: Spade", f"name: {monster}")
    finding = only(data)
    assert place(finding) == ("glossary.yml", line)
    assert len(finding.what) < 120


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "fix"),
    [
        ("glossary.yml", "also: [shovel]", "also: shovel", "'also' should be a list, but 'shovel' is text", "Write a list: one entry on each line"),
        ("glossary.yml", "also: [shovel]", "also: {a: b}", "'also' should be a list, but it is a block of keys", "Write a list: one entry on each line"),
        ("glossary.yml", "use: preferred", "use: prefered", "'prefered' cannot stand under 'use'", "Did you mean 'preferred'?"),
        ("glossary.yml", "use: preferred", "use: no", "'no' cannot stand under 'use'", "Use one of these: preferred, neutral, old, legal."),
        ("glossary.yml", "use: preferred", "use: []", "a list cannot stand under 'use'", "Use one of these: preferred, neutral, old, legal."),
        ("ladder.yml", "group: doing to", "group: doing too", "'doing too' cannot stand under 'group'", "Did you mean 'doing to'?"),
        ("definitions.yml", "main: true", 'main: "true"', "'main' should be true or false, but 'true' is text", "Write true or false."),
        ("definitions.yml", "main: true", "main: 1", "'main' should be true or false, but '1' is a number", "Write true or false."),
        ("definitions.yml", 'checked: "2026-11"', "checked: Nov 2026", "'checked' should be a month or a day, but 'Nov 2026' is not of the right form", 'Write it in quotes: "2026-11", or "2026-11-22".'),
        ("sources.yml", "url: https://", "url: www.", "'url' cannot be used: 'www.garden.example/book' is not", "Use a whole address that begins"),
        ("glossary.yml", "id: word-spade", "id: Word spade", "'id' cannot be used: 'Word spade' is not", "Use small letters, digits and hyphens"),
        ("glossary.yml", "home: words.md", "home: words", "'home' cannot be used: 'words' is not", "Name a file inside docs/"),
        ("involve.yml", "ask:\n", "ask: yes\n    asked:\n", "'ask' should be a block of keys, each on a line of its own", "Write a block of keys"),
        ("ladder.yml", "uses:\n", "uses: []\n    usess:\n", "'uses' cannot be used: it needs an entry at least", "Add an entry"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_on_its_line(data, file, old, new, what, fix):
    line = tiny.change(data / file, old, new)
    found = [finding for finding in problems(data) if "is not a key" not in finding.what]
    assert len(found) == 1, report(found)
    assert place(found[0]) == (file, line)
    assert found[0].what.startswith(what)
    assert found[0].fix.startswith(fix)


def test_a_list_is_not_called_too_short_because_its_entries_are_broken(data):
    line = tiny.change(data / "ladder.yml", "home: ladder.md", "home: ladder")
    finding = only(data)
    assert (place(finding), finding.what) == (("ladder.yml", line), "'home' cannot be used: 'ladder' is not of the right form")


def test_a_list_with_too_few_entries_says_how_many_it_needs(data):
    text = (data / "ladder.yml").read_text()
    start, end = text.index("      - id: ladder-co-production"), text.index("    grouping_note")
    tiny.write(data, {"ladder.yml": text[:start] + text[end:]})
    tiny.change(data / "glossary.yml", "    see:\n      - ladder-co-production\n", "")
    finding = only(data)
    assert finding.what == "'rungs' cannot be used: it needs 2 entries at least"
    assert (data / "ladder.yml").read_text().splitlines()[finding.line - 1] == "    rungs:"


# ------------------------------------------------------------- unknown and missing keys


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fix"),
    [
        ("glossary.yml", "    also: [", "    alsoo: [", "alsoo", "Did you mean 'also'?"),
        ("definitions.yml", "    year:", "    yaer:", "yaer", "Did you mean 'year'?"),
        ("definitions.yml", "      checked: ", "      were: Page 2\n      checked: ", "were", "Did you mean 'where'?"),
        ("involve.yml", "      say:", "      says: x\n      say:", "says", "Did you mean 'say'?"),
        ("themes.yml", "        why: Trust", "        zzz: x\n        why: Trust", "zzz", "Use one of these: item, why."),
        ("glossary.yml", "  home: words.md", "  hom: x\n  home: words.md", "hom", "Did you mean 'home'?"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_refused_on_its_line_with_the_nearest_name(data, file, old, new, key, fix):
    line = tiny.change(data / file, old, new)
    finding = only(data)
    assert (place(finding), finding.what, finding.fix) == ((file, line), f"'{key}' is not a key that can stand here", fix)


@pytest.mark.parametrize(
    ("file", "gone", "key", "around", "fix"),
    [
        ("glossary.yml", "    meaning: A tool to dig with.\n", "meaning", "  - id: word-spade", "to this record, or to 'every:' if it holds for all of them."),
        ("glossary.yml", "id: word-spade\n    ", "id", "  - also: [shovel]", "to this record."),
        ("definitions.yml", "      checked: \"2026-11\"\n", "checked", "    quote:", "to 'quote'."),
        ("definitions.yml", "      source: source-garden\n      where: Page 2\n", None, "    quote:", None),
        ("involve.yml", "      say: Who can I ring?\n", "say", "    ask:", "to 'ask'."),
        ("involve.yml", "      id: ask-contact\n", "id", "    ask:", "to 'ask'."),
        ("themes.yml", "        why: Trust grows slowly.\n", "why", "      - item: value-garden-trust", "to 'links'."),
        ("ladder.yml", "        example: A note on the gate.\n", "example", "      - id: ladder-informing", "to 'rungs'."),
    ],
)  # fmt: skip
def test_a_missing_key_is_reported_on_the_line_of_what_it_is_missing_from(data, file, gone, key, around, fix):
    tiny.change(data / file, gone, "")
    found = problems(data)
    lines = (data / file).read_text().splitlines()
    assert {lines[finding.line - 1] for finding in found} == {around}
    if key:
        assert len(found) == 1, report(found)
        assert found[0].what == f"the key '{key}' is missing"
        assert found[0].fix == f"Add a line '{key}: …' {fix}"
    else:
        assert [finding.what for finding in found] == ["the key 'source' is missing", "the key 'where' is missing"]


@pytest.mark.parametrize(
    ("file", "gone", "example"),
    [
        ("glossary.yml", "    use: preferred\n", "use: preferred"),
        ("glossary.yml", "    meaning: A tool to dig with.\n", "meaning: People swap hours of help."),
        ("definitions.yml", "    main: true\n", "main: true"),
        ("sources.yml", "  seen: The whole text.\n", "seen: …"),
    ],
)
def test_a_missing_key_is_asked_for_with_an_example_of_its_own(data, file, gone, example):
    tiny.change(data / file, gone, "")
    assert {finding.example for finding in problems(data) if finding.rule == "key-missing"} == {example}


def test_a_missing_key_is_asked_for_with_what_it_is_for(data):
    tiny.change(data / "definitions.yml", '      checked: "2026-11"\n', "")
    assert only(data).why == "It says: When somebody last compared the words with the source: 2026-11, or 2026-11-22."
    tiny.good_data(data)
    tiny.change(data / "involve.yml", "      plain: You can ask for one named person.\n", "")
    assert only(data).why == "The page has a place for it that would be empty."


def test_a_key_that_every_record_lacks_is_missing_from_each(data):
    tiny.change(data / "glossary.yml", "  status: ours\n", "")
    found = problems(data)
    assert [finding.what for finding in found] == ["the key 'status' is missing"] * 2
    assert [(data / "glossary.yml").read_text().splitlines()[finding.line - 1] for finding in found] == [
        "  - id: word-spade",
        "  - id: word-gardener",
    ]


# ------------------------------------------------------------------------- true lines


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        # A value of the record itself, of a list in it, of a part in it.
        ("glossary.yml", "- ladder-co-production", "- ladder-co-prod", "'ladder-co-prod' is not the id of any record"),
        ("definitions.yml", "- equal partners", "- good partners", "the words 'good partners' are not in the quotation"),
        ("definitions.yml", "wording: definition-letter", "wording: definition-leter", "'definition-leter' is not the id of any definition"),
        ("definitions.yml", "      source: source-garden", "      source: source-gardn", "'source-gardn' is not the id of any source"),
        ("ladder.yml", "source: source-letter", "source: word-spade", "'word-spade' is not the id of any source"),
        ("themes.yml", "item: value-garden-trust", "item: value-garden-trst", None),
        # A value of a record in a record.
        ("ladder.yml", "id: ladder-informing", "id: rung-informing", "the id 'rung-informing' does not begin with ladder-"),
        ("frameworks.yml", "[value-garden-waiting]", "[value-garden-trust]", "the id 'value-garden-trust' is used twice"),
        ("involve.yml", "id: ask-contact", "id: please-contact", "the id 'please-contact' does not begin with ask-"),
        # A value handed down: its own line, and one finding for all that take it.
        ("frameworks.yml", "- source: source-garden", "- source: source-gardn", "'source-gardn' is not the id of any source"),
        ("ladder.yml", "review_by: 2027-11-22", "review_by: 2026-11-22", "the next review of 'framework-ladder' (2026-11-22) is not after the last one (2026-11-22); so it is with 'ladder-informing' and 'ladder-co-production'"),
        ("ladder.yml", "grade: B", "grade: E", "'E' cannot stand under 'grade'"),
        ("ladder.yml", "where: Page 4", "where: ''", "'where' cannot be used: it is empty"),
        ("glossary.yml", "home: words.md", "home: 42", "'home' should be text, but '42' is a number"),
    ],
)  # fmt: skip
def test_every_problem_has_its_true_line(data, file, old, new, what):
    text = (data / file).read_text()
    at = text.index(old) + (len(old) - len(old.lstrip()))
    (data / file).write_text(text[: text.index(old)] + new + text[text.index(old) + len(old) :])
    line = text[:at].count("\n") + 1
    on_the_line = [finding for finding in problems(data) if place(finding) == (file, line)]
    assert on_the_line, report(problems(data))
    if what:
        assert [finding.what for finding in on_the_line] == [what]
        assert {finding.file for finding in problems(data)} == {f"docs/data/{file}"}


def test_a_key_missing_inside_a_record_is_not_sought_under_every(data):
    assert "  grade: A" in (data / "definitions.yml").read_text().splitlines()
    tiny.change(data / "definitions.yml", "      grade: A\n", "")
    assert (data / "definitions.yml").read_text().splitlines()[only(data).line - 1] == "    quote:"


def test_a_value_handed_down_from_the_record_around_has_the_line_it_stands_on(data):
    line = tiny.change(data / "ladder.yml", "    name: The garden ladder", "    review_by: 2026-01-01\n    name: The garden ladder")
    assert place(only(data)) == ("ladder.yml", line)


def test_a_broken_record_does_not_move_the_lines_of_those_after_it(data):
    broken = tiny.change(data / "glossary.yml", "    name: Spade", "    nam: Spade")
    after = tiny.change(data / "glossary.yml", "- id: word-gardener", "- id: gardener-word")
    found = problems(data)
    assert [(finding.line, finding.what) for finding in found] == [
        (broken, "'nam' is not a key that can stand here"),
        (after, "the id 'gardener-word' does not begin with word-"),
    ]


def test_an_entry_that_is_no_record_does_not_move_the_lines_of_those_after_it(data):
    tiny.change(data / "glossary.yml", "records:\n", "records:\n  - just words\n")
    after = tiny.change(data / "glossary.yml", "- id: word-gardener", "- id: gardener-word")
    assert [finding.line for finding in problems(data)] == [8, after]


@pytest.mark.parametrize("broken", ["plain: 42", 'plain: "Good', "plain: &p Good"])
def test_a_broken_theme_does_not_make_its_items_seem_forgotten(data, broken):
    line = tiny.change(data / "themes.yml", "plain: Good work needs time.", broken)
    assert place(only(data)) == ("themes.yml", line)


def test_a_forgotten_item_is_found_where_it_stands(data):
    tiny.change(data / "themes.yml", "      - item: value-garden-trust\n        why: Trust grows slowly.\n", "")
    finding = only(data)
    assert finding.what == "'value-garden-trust' stands under no theme"
    assert (data / "frameworks.yml").read_text().splitlines()[finding.line - 1] == "      - id: value-garden-trust"


def test_all_problems_of_several_files_come_in_one_run(data):
    lines = {
        "definitions.yml": tiny.change(data / "definitions.yml", "main: true", "main: maybe"),
        "glossary.yml": tiny.change(data / "glossary.yml", "name: Spade", "name: yes"),
        "ladder.yml": tiny.change(data / "ladder.yml", "name: Informing", "name: &n Informing"),
        "sources.yml": tiny.change(data / "sources.yml", "    name: The garden book", "    name: The garden book\n    name: Twice") + 1,
        "themes.yml": tiny.change(data / "themes.yml", "item: value-garden-trust", "item: value-garden-trus"),
        "zzz.yml": 0,
    }
    tiny.write(data, {"zzz.yml": "records: []\n"})
    found = problems(data)
    assert found == sorted(found)
    assert {place(finding) for finding in found} >= set(lines.items())
    assert "things to put right." in report(found)


def test_an_unseen_character_in_an_id_is_named_and_the_id_is_never_offered(data):
    line = tiny.change(data / "ladder.yml", "id: ladder-co-production", "id: ladder-co-production\u200b")
    tiny.change(data / "glossary.yml", "- ladder-co-production", "- ladder-co-production-x")
    id, link = sorted(problems(data), key=lambda finding: finding.file, reverse=True)
    assert place(id) == ("ladder.yml", line)
    assert "ZERO WIDTH SPACE" in id.what
    assert link.what == "'ladder-co-production-x' is not the id of any record"
    assert "\u200b" not in link.text()


@pytest.mark.parametrize("slip", ["id: ladder-co-production\u200b", "id: Ladder co-production", "idd: ladder-co-production", "ids: ladder-co-production"])
def test_a_slip_in_an_id_is_told_there_and_not_where_others_lead_to_it(slip: str, data):
    line = tiny.change(data / "ladder.yml", "id: ladder-co-production", slip)
    assert place(only(data)) == ("ladder.yml", line)


def test_an_id_that_is_not_well_formed_in_a_broken_file_is_not_known(data):
    tiny.change(data / "ladder.yml", "id: ladder-co-production", "id: ladder-co-production-")
    tiny.change(data / "ladder.yml", "name: The garden ladder", 'name: "The garden ladder')
    tiny.change(data / "glossary.yml", "- ladder-co-production", "- ladder-co-production-x")
    link = problems(data)[0]
    assert link.file == "docs/data/glossary.yml"
    assert "ladder-co-production-." not in link.fix and "ladder-co-production-?" not in link.fix


def test_a_rule_that_a_shared_line_breaks_for_many_records_is_told_once_and_names_them(data):
    line = tiny.change(data / "questions.yml", "status: ours", "status: quoted")
    found = [finding for finding in problems(data) if "no quotation" in finding.what]
    assert [place(finding) for finding in found] == [("questions.yml", line)]
    assert found[0].what == "'question-equal' says 'quoted' but has no quotation; so it is with 'question-carers'"
    tiny.change(data / "questions.yml", "status: quoted", "status: ours")
    assert reading.read(data)


def test_a_shared_line_that_is_right_for_most_is_not_blamed_for_one_record(data):
    """A definition that has neither words to quote nor a source breaks one rule, and that at its own line."""
    text = (data / "definitions.yml").read_text()
    bare = "  - id: definition-bare\n    name: Bare\n    body: The Club\n    main: false\n    plain: We dig.\n    sources: []\n"
    quoted = text[text.index("  - id: definition-club") : text.index("    descends_from")]
    twin = quoted.replace("definition-club", "definition-twin").replace("name: The Club", "name: The other club")
    tiny.write(data, {"definitions.yml": f"{text.rstrip()}\n{bare}{twin}"})
    found = only(data)
    assert (place(found), found.rule) == (("definitions.yml", text.rstrip().count("\n") + 2), "status-of-other-words")
    assert found.fix.startswith("Add 'quote:' and 'sources:'") and found.example == "status: ours"


def test_a_rule_broken_on_two_lines_is_told_on_both(data):
    text = (data / "glossary.yml").read_text()
    tiny.write(data, {"glossary.yml": text.replace("    use: ", "    review_by: 2026-01-01\n    use: ")})
    assert [finding.what for finding in problems(data)] == [
        f"the next review of 'word-{word}' (2026-01-01) is not after the last one (2026-11-22)" for word in ("spade", "gardener")
    ]


def test_the_same_problem_seen_from_many_records_is_told_once(data):
    line = tiny.change(data / "glossary.yml", "status: ours", "status: mine")
    assert [place(finding) for finding in problems(data)] == [("glossary.yml", line)]


# --------------------------------------------------------------------------- places


def test_each_id_has_the_place_where_it_stands(data):
    library = reading.read(data)
    assert set(library.places) == set(library.facts.by_id)
    for id, where in library.places.items():
        line, after = (data / Path(where.file).name).read_text().splitlines()[where.line - 1 :][:2]
        assert f"- id: {id}" in line or (line.strip() == "ask:" and f"id: {id}" in after), (id, where)


# ---------------------------------------------------------------------------- pages


class Card(Part):
    """A small front matter."""

    title: Text
    reviewed: date
    kind: Literal["public", "practice"]
    nick: Text | None = None


GOOD_CARD = "title: The garden\nreviewed: 2026-11-22\nkind: public\n"


def card_problems(text: str) -> list[Finding]:
    with pytest.raises(reading.Unreadable) as refused:
        reading.front_matter(text, "docs/garden.md", Card)
    assert all(finding.file == "docs/garden.md" for finding in refused.value.findings)
    return refused.value.findings


def test_good_front_matter_is_read_with_the_line_of_each_key():
    card, lines = reading.front_matter(GOOD_CARD, "docs/garden.md", Card)
    assert card == Card(title="The garden", reviewed=date(2026, 11, 22), kind="public")
    assert lines == {"title": 2, "reviewed": 3, "kind": 4}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: The garden", "title: yes", 2, "'title' should be text, but 'yes' is yes or no"),
        ("reviewed: 2026-11-22", "reviewed: soon", 3, "'reviewed' should be a date such as 2026-11-22, but 'soon' is text"),
        ("reviewed: 2026-11-22", "reviewed: 2026-02-30", 3, "'2026-02-30' looks like a date or a number but is not one"),
        ("kind: public", "kind:", 4, "'kind' cannot be used: it is empty"),
        ("kind: public", "kind: pubic", 4, "'pubic' cannot stand under 'kind'"),
        ("kind: public", "kind: public\nnik: G", 5, "'nik' is not a key that can stand here"),
        ("kind: public", "kind: public\nkind: public", 5, "the key 'kind' stands twice in one block"),
        ("kind: public", "kind: &k public", 4, "the file uses an anchor (&name)"),
        (
            "title: The garden",
            "title: The garden: a guide",
            2,
            "this is not YAML: a colon with a space behind it stands inside text, or this line begins too far right",
        ),
        ("title: The garden", "title: The #1 garden", 2, "'#1 garden' would be taken for a comment"),
        ("title: The garden", "title: The \x07garden", 2, "the file holds a character that nobody can see: U+0007"),
    ],
)
def test_broken_front_matter_is_refused_on_its_line(old, new, line, what):
    (finding,) = card_problems(GOOD_CARD.replace(old, new))
    assert (finding.line, finding.what) == (line, what)


def test_a_key_missing_from_front_matter_is_asked_for_there():
    (finding,) = card_problems("title: The garden\nreviewed: 2026-11-22\n")
    assert finding.what == "the key 'kind' is missing"
    assert finding.fix == "Add a line 'kind: …' to the front matter."


def test_empty_front_matter_lacks_every_key():
    wanted = [(1, f"the key '{key}' is missing") for key in ("kind", "reviewed", "title")]
    assert [(finding.line, finding.what) for finding in card_problems("")] == wanted


@pytest.mark.parametrize("text", ["- title: The garden\n", "just words\n"])
def test_front_matter_of_another_shape_is_refused(text):
    (finding,) = card_problems(text)
    assert "should be a block of keys" in finding.what


def test_all_problems_of_front_matter_come_together():
    found = card_problems("title: yes\nkind: public\nkind: public\n")
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)
    assert {finding.what for finding in found} == {
        "'title' should be text, but 'yes' is yes or no",
        "the key 'kind' stands twice in one block",
        "the key 'reviewed' is missing",
    }


def test_the_text_of_a_page_is_refused_when_it_is_not_utf_8(tmp_path):
    tiny.write(tmp_path, {"good.md": "Tŷ\n", "bad.md": "one\ntŷ".encode("cp1250", errors="replace") + b"\xff"})
    assert reading.page_text(tmp_path / "good.md", "docs/good.md") == "Tŷ\n"
    with pytest.raises(reading.Unreadable) as refused:
        reading.page_text(tmp_path / "bad.md", "docs/bad.md")
    assert [(finding.file, finding.line) for finding in refused.value.findings] == [("docs/bad.md", 2)]


def test_a_page_that_nobody_could_read_to_its_end_is_refused(tmp_path):
    page = tmp_path / "page.md"
    tiny.write(tmp_path, {"page.md": b"x" * reading.LARGEST_PAGE})
    assert reading.page_text(page, "docs/page.md")
    tiny.write(tmp_path, {"page.md": b"x" * (reading.LARGEST_PAGE + 1)})
    with pytest.raises(reading.Unreadable) as refused:
        reading.page_text(page, "docs/page.md")
    assert [(finding.line, finding.what) for finding in refused.value.findings] == [(0, "the file is 51 kB long")]


# -------------------------------------------------------------------------- schemas


SCHEMAS = reading.schemas()


def test_there_is_a_schema_for_each_data_file():
    assert set(SCHEMAS) == {*(f"{name}.json" for name in Facts.model_fields), "terms.json"}


def test_a_schema_describes_the_list_of_terms():
    schema = json.loads(SCHEMAS["terms.json"])
    assert (schema["required"], schema["additionalProperties"]) == (["terms"], False)
    assert schema["$defs"]["Term"]["required"] == ["say", "instead_of", "why"]


@pytest.mark.parametrize("name", sorted(SCHEMAS.keys() - {"terms.json"}))
def test_a_schema_describes_its_file_as_strictly_as_reading_does(name):
    schema = json.loads(SCHEMAS[name])
    assert (schema["required"], schema["additionalProperties"]) == (["records"], False)
    assert set(schema["properties"]) == {"every", "records"}
    assert "id" not in schema["properties"]["every"]["properties"]
    record = schema["$defs"][schema["properties"]["records"]["items"]["$ref"].rpartition("/")[2]]
    assert record["required"] == ["id"]
    assert set(schema["properties"]["every"]["properties"]) == set(record["properties"]) - {"id"}
    for part in schema["$defs"].values():
        assert part["additionalProperties"] is False
        handed_down = set(part.get("required", ())) & set(reading.HANDED_DOWN)
        assert not handed_down or "id" not in part["properties"], "a record may take these from the one around it"


def test_a_schema_tells_an_editor_what_a_key_is_for_and_what_it_may_hold():
    word = json.loads(SCHEMAS["glossary.json"])["$defs"]["Word"]["properties"]
    assert word["use"]["enum"] == ["preferred", "neutral", "old", "legal"]
    assert word["id"]["description"] == "Permanent, never reused. Begins with word-"
    assert re.fullmatch(word["id"]["pattern"], "word-spade") and not re.fullmatch(word["id"]["pattern"], "Spade")
    assert word["short"]["description"] == "Its initials."


def test_a_schema_asks_a_quotation_for_its_own_grade():
    assert "grade" in json.loads(SCHEMAS["definitions.json"])["$defs"]["Quotation"]["required"]


def test_schemas_that_match_the_model_are_left_alone(data):
    reading.write_schemas(data)
    assert reading.schema_findings(data) == []


def test_schemas_of_another_systems_line_endings_are_left_alone(data):
    reading.write_schemas(data)
    file = data / "schemas" / "law.json"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert reading.schema_findings(data) == []


@pytest.mark.parametrize(
    "spoil", [lambda file: file.unlink(), lambda file: file.write_text("{}"), lambda file: file.write_bytes(b"\xff\xfe")]
)
def test_a_schema_that_no_longer_matches_the_model_is_found_and_can_be_written_again(data, spoil):
    reading.write_schemas(data)
    spoil(data / "schemas" / "law.json")
    (finding,) = reading.schema_findings(data)
    assert (place(finding), finding.what) == (("schemas/law.json", 0), "the schema no longer matches the model")
    assert "check.py --write-schemas" in finding.fix
    reading.write_schemas(data)
    assert reading.schema_findings(data) == []


@pytest.mark.parametrize("first", ["", "# yaml-language-server: $schema=schemas/law.json\n", "# $schema=schemas/glossary.json\n"])
def test_a_data_file_names_its_schema_on_its_first_line(data, first):
    reading.write_schemas(data)
    right = "# yaml-language-server: $schema=schemas/glossary.json\n"
    tiny.change(data / "glossary.yml", right, first)
    (finding,) = reading.schema_findings(data)
    assert (place(finding), finding.what) == (("glossary.yml", 1), "the first line does not name the file's schema")
    assert finding.fix == f"Make this the first line: {right.strip()}"


# ----------------------------------------------------------------------- anything goes

SEED = int(os.environ["COPRODUCTION_SEED"])

NASTY = [
    "", " ", "\t", "\n", "\r", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", ":", "- ", "? ", "| ", ">-\n", "#", "&a ", "*a", "!!set ", "<<: ", "---\n", "...\n",
    "%YAML 9.9\n", "'", '"', "{", "}", "[", "]", "~", "=", "yes", "0o7", "0x", "1e999", "1:2:3", ".nan", "2026-02-30", "0001-01-01T00:00:00+14:00",
    "id: ", "every:", "records:", "- id: word-spade", "\\ud800", '"\\ud800"', '"\\x00"', "9" * 400, "x" * 3000, "🦄", "{{ x }}",
]  # fmt: skip

places_to_spoil = some.integers(min_value=0, max_value=10_000)
spoilings = some.one_of(
    some.tuples(
        some.just("put in"), places_to_spoil, some.one_of(some.sampled_from(NASTY), some.text(max_size=6), some.binary(max_size=4))
    ),
    some.tuples(some.just("cut"), places_to_spoil, some.integers(min_value=1, max_value=200)),
    some.tuples(some.just("say twice"), places_to_spoil, some.integers(min_value=1, max_value=200)),
    some.tuples(some.just("new value"), places_to_spoil, some.sampled_from(NASTY)),
    some.tuples(some.just("drop line"), places_to_spoil, some.integers(min_value=1, max_value=4)),
    some.tuples(some.just("move in"), places_to_spoil, some.integers(min_value=1, max_value=9)),
)


def spoilt(content: bytes, how: str, where: int, what: str | bytes | int) -> bytes:
    """``content`` with one thing done to it."""
    at = where % (len(content) + 1)
    if how == "put in":
        return content[:at] + (what if isinstance(what, bytes) else what.encode("utf-8", "surrogatepass")) + content[at:]
    if how == "cut":
        return content[:at] + content[at + what :]
    if how == "say twice":
        return content[: at + what] + content[at:]
    lines = content.split(b"\n")
    at = where % len(lines)
    if how == "new value":
        lines[at] = lines[at].partition(b":")[0] + b": " + what.encode()
    elif how == "drop line":
        del lines[at : at + what]
    else:
        lines[at] = b" " * what + lines[at]
    return b"\n".join(lines)


def test_whatever_is_done_to_the_data_reading_gives_facts_or_findings(tmp_path_factory):
    print(f"To see it again: COPRODUCTION_SEED={SEED}")
    set_hypothesis_home_dir(tmp_path_factory.mktemp("hypothesis"))
    folder = tiny.good_data(tmp_path_factory.mktemp("spoilt"))
    good = {path.name: path.read_bytes() for path in folder.iterdir()}
    times = count(1)  # each spoilt file looks newer than the last, so that none is taken for one read before
    read_well = refused = 0

    @seed(SEED)
    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(some.sampled_from(sorted(good)), some.lists(spoilings, min_size=1, max_size=4))
    def check(name, changes):
        nonlocal read_well, refused
        content = good[name]
        for change in changes:
            content = spoilt(content, *change)
        (folder / name).write_bytes(content)
        os.utime(folder / name, ns=(0, next(times)))
        try:
            reading.read(folder)
            read_well += 1
        except reading.Unreadable as error:
            refused += 1
            for finding in error.findings:
                lines = len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", (folder / Path(finding.file).name).read_text("utf-8", "replace")))
                assert 0 <= finding.line <= lines + 1, finding
                assert finding.text() and "Traceback" not in finding.text()
            assert report(error.findings).endswith("to put right.")
        finally:
            (folder / name).write_bytes(good[name])

    check()
    assert read_well > 0 and refused > 100, (read_well, refused)


def test_a_record_that_lacks_a_source_is_named_at_its_own_line(data):
    tiny.change(data / "questions.yml", "status: ours", "status: paraphrased")
    text = (data / "questions.yml").read_text()
    found = [finding for finding in problems(data) if "names no source" in finding.what]
    assert found
    for finding in found:
        id = finding.what.split("'")[1]
        assert text.splitlines()[finding.line - 1].strip() == f"- id: {id}"


def test_nothing_leads_to_what_was_taken_out_whether_its_file_is_whole_or_not(data):
    line = tiny.change(data / "glossary.yml", "- ladder-co-production", "- word-hoe")
    tiny.write(data, {"withdrawn.yml": tiny.WITHDRAWN.replace("see: [word-spade]", "see: [word-gardener]")})
    dead = "'word-hoe' is not the id of any record"
    assert [(finding.line, finding.what) for finding in problems(data)] == [(line, dead)]
    tiny.change(data / "withdrawn.yml", "name: Hoe", "nam: Hoe")
    assert (line, dead) in [(finding.line, finding.what) for finding in problems(data)]


def test_a_record_with_a_wrong_key_still_tells_where_its_links_go_wrong(data):
    wrong_key = tiny.change(data / "definitions.yml", "wording: definition-letter", "wording: definition-leter\n        chnge: x")
    found = {finding.what for finding in problems(data) if finding.line >= wrong_key}
    assert "'definition-leter' is not the id of any definition" in found
    assert "'chnge' is not a key that can stand here" in found
