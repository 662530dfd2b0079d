"""Findings: what a person reads when something is wrong."""

from __future__ import annotations

import pytest
from coproduction.findings import WIDTH, Finding, report


def finding(file: str = "docs/ladder.md", line: int = 3, what: str = "a rung is loose") -> Finding:
    return Finding(file, line, what, "Somebody could fall.", "Nail it down.")


def test_a_finding_says_where_what_why_and_how_to_mend_it():
    assert finding().text() == (
        "  line 3: A rung is loose.\n"
        "    Why it matters: Somebody could fall.\n"
        "    To put it right: Nail it down."
    )  # fmt: skip


def test_line_nought_means_the_whole_file():
    assert finding(line=0).text().splitlines()[0] == "  whole file: A rung is loose."


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
    assert finding(what=what).text().splitlines()[0] == f"  line 3: {sentence}"


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
        "line 9: A rung is loose.",
        "line 10: A rung is loose.",
        "docs/words.md",
        "whole file: A rung is loose.",
        "line 9: A rung is loose.",
    ]


def test_a_report_leaves_an_empty_line_between_findings():
    first, second = finding(line=1), finding(line=2)
    assert report([second, first]) == f"docs/ladder.md\n\n{first.text()}\n\n{second.text()}\n\n2 things to put right."


def test_the_same_finding_twice_is_told_once():
    assert report([finding(), finding()]).endswith("\n\n1 thing to put right.")
    assert report([finding(), finding(line=4)]).endswith("\n\n2 things to put right.")


def test_a_report_takes_findings_as_they_come():
    assert report(finding(line=line) for line in (2, 1)) == report([finding(line=1), finding(line=2)])
