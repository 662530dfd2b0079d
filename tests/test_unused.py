"""What no page uses is named, and the finder distrusts itself when that is nearly everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from coproduction import pipeline, reading, unused
from coproduction.model import Facts
from coproduction.tables import Tables
from test_changes import CHANGES
from tiny import EASY, REVIEW, STATEMENT, TESTED, change, good_data, tiny_site, with_statement, write


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return reading.read(good_data(tmp_path_factory.mktemp("garden") / "docs" / "data")).facts


@pytest.fixture
def printed(facts: Facts) -> list[str]:
    """HTML that shows every fact."""
    return [f"<p class='cp'>{text}</p>" for _, _, text in unused._texts(facts)]


def test_when_every_fact_is_shown_and_every_macro_asked_for_nothing_is_said(facts: Facts, printed: list[str]) -> None:
    assert len(printed) > 50
    assert unused.in_a_line(facts, Tables.MACROS, printed) == ""


def test_a_fact_that_no_page_shows_is_named_by_its_file_key_and_record(facts: Facts, printed: list[str]) -> None:
    rest = [html for html in printed if "A tool to dig with" not in html and "Trust grows slowly" not in html]
    assert len(rest) == len(printed) - 2
    said = unused.in_a_line(facts, Tables.MACROS, rest)
    assert said == "Facts that no page shows: themes.yml: links.why (theme-time), glossary.yml: meaning (word-spade)."


def test_where_consent_is_kept_is_for_the_editors_and_no_page_must_show_it(tmp_path: Path) -> None:
    data = good_data(tmp_path / "docs" / "data")
    # A name, and who keeps the consent to it, in each file that can hold one.
    judged = "judged: [{who: J. S., when: 2026-11-22, verdict: works, found: It fits., consent_kept: In a tin with the treasurer}]"
    with_name = STATEMENT.replace("plain: Does a wheelchair fit?", f"plain: Does a wheelchair fit?\n            {judged}")
    files = {"changes.yml": CHANGES, "easy_read.yml": EASY, "reviews.yml": REVIEW, "accessibility.yml": with_name, "tested.yml": TESTED}
    write(data, files)
    texts = list(unused._texts(reading.read(data).facts))
    assert {"accessibility.yml: only_people.judged.who", "changes.yml: suggested.who", "reviews.yml: who"} <= {key for key, _, _ in texts}
    assert [key for key, _, _ in texts if "consent" in key] == []


def test_of_many_records_the_first_are_named(tmp_path: Path) -> None:
    data = good_data(tmp_path / "docs" / "data")
    old = (data / "glossary.yml").read_text(encoding="utf-8")
    more = "".join(f"  - id: word-bed-{n}\n    name: Bed {n}\n    meaning: Bed number {n}.\n    use: neutral\n" for n in range(1, 6))
    write(data, {"glossary.yml": old + more})
    facts = reading.read(data).facts
    printed = [text for _, id, text in unused._texts(facts) if not text.startswith("Bed number")]
    said = unused.in_a_line(facts, Tables.MACROS, printed)
    assert said == "Facts that no page shows: glossary.yml: meaning (word-bed-1, word-bed-2, word-bed-3 and 2 more)."


def test_a_macro_that_no_page_asks_for_is_named(facts: Facts, printed: list[str]) -> None:
    asked = [name for name in Tables.MACROS if name not in ("scales", "withdrawn")]
    assert unused.in_a_line(facts, asked, printed) == "Macros that no page asks for: scales."


def test_marks_tags_and_line_ends_between_the_words_of_a_fact_do_not_hide_it(facts: Facts, printed: list[str]) -> None:
    changed = [html.replace("A tool to dig with.", "A <mark>tool</mark>\n&quot;to dig&quot; with") for html in printed]
    assert changed != printed and unused.in_a_line(facts, Tables.MACROS, changed) == ""


def test_when_most_looks_unused_the_finder_says_that_it_is_wrong(facts: Facts, printed: list[str]) -> None:
    for said in (unused.in_a_line(facts, Tables.MACROS, []), unused.in_a_line(facts, [], printed)):
        assert "cannot be right" in said and "no page shows:" not in said and "asks for:" not in said
    most = printed[: len(printed) // 2 + 10]
    assert "cannot be right" not in unused.in_a_line(facts, Tables.MACROS, most)


# Tiny sites ask for a few macros only.
ASKED = ("ladder", "ladder_criticisms", "framework", "values_table", "definitions", "definitions_family", "definitions_matrix")
ASKED += ("crosswalk", "invitation_checks", "invitation_asks", "glossary", "sources")


def test_what_the_pages_of_a_site_ask_for_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tables, "MACROS", ASKED)
    project = tiny_site(tmp_path / "project")
    before = pipeline.unused_facts(project)
    assert "crosswalk" not in before and "cannot be right" not in before
    assert "ladder.yml: plain" not in before  # no macro prints it, but the small page of the ladder says it
    change(project / "docs" / "models" / "index.md", "{{ crosswalk() }}", "They are few.")
    after = pipeline.unused_facts(project)
    assert "themes.yml: links.why (theme-time)" in after and "Macros that no page asks for: crosswalk." in after


def test_a_promise_that_needs_an_inbox_is_named_until_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tables, "MACROS", (*ASKED, "statement"))
    project = with_statement(tiny_site(tmp_path / "project"))
    change(project / "docs" / "data" / "accessibility.yml", "law: [", "heard_within: You will hear in a week.\n    law: [")
    assert "accessibility.yml: heard_within (statement-garden)" in pipeline.unused_facts(project)
    change(project / "mkdocs.yml", 'email: ""', 'email: "gate@garden.example"')
    assert "heard_within" not in pipeline.unused_facts(project)
