"""Findings: what a person reads when something is wrong."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from coproduction import wording
from coproduction.findings import EXPLAINED, MOST_OF_A_RULE, MOST_WORDS, WIDTH, Finding, Rule, report, short
from coproduction.progress import FORMATS


def finding(file: str = "docs/ladder.md", line: int = 3, what: str = "a rung is loose") -> Finding:
    return Finding(file, line, what, "Somebody could fall.", "Nail it down.", "nails: 4", "loose-rung")


def test_a_finding_says_where_what_why_and_how_to_mend_it():
    assert finding().text() == (
        "  line 3: A rung is loose. [loose-rung]\n"
        "    Why it matters: Somebody could fall.\n"
        "    To put it right: Nail it down.\n"
        "    For example: nails: 4"
    )  # fmt: skip


def test_line_nought_means_the_whole_file():
    assert finding(line=0).text().splitlines()[0] == "  whole file: A rung is loose. [loose-rung]"


def test_the_name_of_a_rule_is_never_broken_and_a_report_says_once_where_names_are_explained(root):
    lines = report([finding(what="a rung " + "x" * 40 + " is loose", line=line) for line in (3, 4)]).splitlines()
    assert sum("[loose-rung]" in line for line in lines) == 2 and max(map(len, lines)) <= WIDTH
    assert lines.count(EXPLAINED) == 1 and EXPLAINED not in report([])
    (page,) = re.findall(r"\S+/$", EXPLAINED)
    assert "{{ checks() }}" in (root / "docs" / f"{page.rstrip('/')}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("a rung is loose", "A rung is loose."),
        ("A rung is loose.", "A rung is loose."),
        ("is a rung loose?", "Is a rung loose?"),
        ("'ladder' is loose", "'ladder' is loose."),
        ("ŵ is loose!", "Ŵ is loose!"),
    ],
)
def test_what_is_wrong_reads_as_one_sentence(what, sentence):
    assert finding(what=what).text().splitlines()[0] == f"  line 3: {sentence} [loose-rung]"


def test_long_text_is_wrapped_and_stays_under_its_own_part():
    lines = finding(what="a rung " + "and a rung " * 30 + "is loose").text().splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= WIDTH
    assert lines[0].startswith("  line 3: A rung")
    assert all(line.startswith("    ") for line in lines[1:])
    assert sum("To put it right" in line for line in lines) == 1


def test_what_a_person_may_copy_is_never_broken_in_the_middle_of_a_word():
    address = "https://garden.example/" + "very-long-" * 20
    assert address in finding(what=f"'{address}' leads to nothing").text()


def test_line_breaks_inside_a_part_become_spaces():
    assert "A rung is loose." in finding(what="a rung\nis\n  loose").text().replace("   ", " ").replace("  ", " ")


def test_a_report_of_nothing_says_so():
    assert report([]) == "Nothing to put right."


def test_a_report_names_each_file_once_in_order_of_file_and_line():
    found = [finding("docs/words.md", 9), finding("docs/ladder.md", 10), finding("docs/ladder.md", 9), finding("docs/words.md", 0)]
    headings = [line.strip() for line in report(found).splitlines() if line.strip().startswith(("docs/", "line", "whole"))]
    assert headings == [
        "docs/ladder.md",
        "line 9: A rung is loose. [loose-rung]",
        "line 10: A rung is loose. [loose-rung]",
        "docs/words.md",
        "whole file: A rung is loose. [loose-rung]",
        "line 9: A rung is loose. [loose-rung]",
    ]


def test_a_report_leaves_an_empty_line_between_findings():
    first, second = finding(line=1), finding(line=2)
    assert report([second, first]) == f"docs/ladder.md\n\n{first.text()}\n\n{second.text()}\n\n{EXPLAINED}\n\n2 things to put right."


def test_of_very_many_of_one_rule_in_a_file_a_person_is_shown_the_first_and_told_how_many_more():
    many = [finding(line=line) for line in range(1, MOST_OF_A_RULE + 4)]
    other = [finding("docs/training.md"), replace(finding(line=99), rule="step-lost")]
    text = report(many + other)
    assert text.count("[loose-rung]") == MOST_OF_A_RULE + 2 and "line 99: " in text and text.count("[step-lost]") == 1
    assert "  And 3 more of the same kind. [loose-rung]" in text and f"\n{len(many + other)} things to put right." in text
    assert "of the same kind" not in report(many[:MOST_OF_A_RULE] + other)
    assert len(json.loads(report(many + other, "json"))["findings"]) == report(many + other, "github").count("::error") == len(many + other)


def test_the_same_finding_twice_is_told_once():
    assert report([finding(), finding()]).endswith("\n\n1 thing to put right.")
    assert report([finding(), finding(line=4)]).endswith("\n\n2 things to put right.")


def test_a_report_takes_findings_as_they_come():
    assert report(finding(line=line) for line in (2, 1)) == report([finding(line=1), finding(line=2)])


# ------------------------------------------------------------------------- rules

LOOSE = Rule("loose-rung", "the rung '{id}' is loose", "Somebody on {id} could fall.", "Nail {id} down.", "nails: {4}")


def test_a_broken_rule_is_a_finding_with_its_words_filled_in():
    assert LOOSE.finding("docs/ladder.md", 3, id="{top}") == Finding(
        "docs/ladder.md", 3, "the rung '{top}' is loose", "Somebody on {top} could fall.", "Nail {top} down.", "nails: {4}", "loose-rung"
    )


def test_a_fault_in_data_is_the_same_finding_when_its_place_is_known():
    fault = LOOSE.fault(("ladder", 0, "id"), id="top")
    assert fault.path == ("ladder", 0, "id") and fault.at("docs/ladder.md", 3) == LOOSE.finding("docs/ladder.md", 3, id="top")


def test_what_is_more_to_the_point_here_stands_instead_of_what_the_rule_says():
    found = LOOSE.finding("docs/ladder.md", 3, id="top", why="It is high.", fix="Glue it.")
    assert (found.why, found.fix) == ("It is high.", "Glue it.")
    assert LOOSE.finding("docs/ladder.md", 3, id="top", fix="Glue it.", near=["tip", "tap"]).fix == "Did you mean tip or tap?"
    assert LOOSE.finding("docs/ladder.md", 3, id="top", example="glue: 1").example == "glue: 1"


def test_a_rule_is_shown_with_samples_and_its_own_go_first():
    own = replace(LOOSE, such_as={"id": "tip"})
    assert LOOSE.shown({"id": "top", "word": "rung"}).what == "the rung 'top' is loose"
    assert own.shown({"id": "top"}).what == "the rung 'tip' is loose"
    with pytest.raises(KeyError):
        LOOSE.shown({})


def test_a_long_text_is_shown_from_its_beginning():
    assert short("a" * 40) == "a" * 40
    assert short("a" * 41) == "a" * 39 + "…"


def test_a_long_value_leaves_room_for_the_words_of_the_rule():
    for endless in ("word " * 400, "x" * 2_000, "a!" * 300):
        found = LOOSE.finding("docs/ladder.md", 3, id=endless)
        told = f"{found.what} {found.why} {found.fix} {found.example}"
        assert len(wording.words(told)) <= MOST_WORDS and len(told) < 500
        assert found.what.startswith(f"the rung '{endless[:10]}") and found.fix.endswith("… down.")
    assert len(LOOSE.finding("docs/ladder.md", 3, id="top", near=["x" * 2_000]).fix) < 150


def test_a_value_is_whole_where_there_is_room_for_it():
    command = '{{ easy_read("easy-how-people-can-share-more-of-what-is-decided-together") }}'
    assert command in LOOSE.finding("docs/ladder.md", 3, id=command).fix


def test_a_name_that_nobody_could_see_is_spelt_out_in_the_path_of_a_finding_too():
    assert LOOSE.finding("docs/a\x1b[2J.md", 3, id="top").file == "docs/a(U+001B)[2J.md"
    assert LOOSE.fault(("ladder",), id="top").at("docs/data/\u202elm.yml", 3).file == "docs/data/(U+202E)lm.yml"


def test_a_brace_that_nobody_fills_is_a_mistake_of_the_code():
    with pytest.raises(KeyError):
        LOOSE.finding("docs/ladder.md", 3)


# ---------------------------------------------------------------------- other forms


def test_the_code_host_gets_a_command_for_each_finding_that_nothing_in_it_can_end():
    found = Finding("docs/a,b:c.md", 3, "50 % is\nloose: ::error::", "Why,\nno.", "Nail.", "a\nb", "loose-rung")
    assert report([found, finding(line=0)], "github").splitlines() == [
        "::error file=docs/a%2Cb%3Ac.md,line=3,title=50 %25 is%0Aloose%3A %3A%3Aerror%3A%3A. [loose-rung]::"
        "Why,%0Ano.%0ATo put it right: Nail.%0AFor example: a%0Ab",
        "::error file=docs/ladder.md,line=1,title=A rung is loose. [loose-rung]::"
        "Somebody could fall.%0ATo put it right: Nail it down.%0AFor example: nails: 4",
    ]
    assert report([], "github") == ""


def test_other_programs_get_every_part_by_its_name():
    assert json.loads(report([finding()], "json")) == {
        "findings": [
            {
                "file": "docs/ladder.md",
                "line": 3,
                "what": "a rung is loose",
                "why": "Somebody could fall.",
                "fix": "Nail it down.",
                "example": "nails: 4",
                "rule": "loose-rung",
            }
        ]
    }
    assert json.loads(report([], "json")) == {"findings": []}


def test_each_form_that_can_be_asked_for_is_written():
    assert all(report([finding()], form) for form in FORMATS)
    with pytest.raises(KeyError):
        report([finding()], "scroll")
