"""The real facts in docs/data: they read well, and hold what the pages count on."""

from __future__ import annotations

from pathlib import Path

import pytest
from coproduction import reading
from coproduction.findings import report
from coproduction.model import Facts, kind_of


@pytest.fixture(scope="module")
def library(root: Path) -> reading.Library:
    """Everything in docs/data."""
    try:
        return reading.read(root / "docs" / "data")
    except reading.Unreadable as error:
        pytest.fail(report(error.findings), pytrace=False)


@pytest.fixture(scope="module")
def facts(library: reading.Library) -> Facts:
    return library.facts


# ------------------------------------------------------------------------- the files


def test_the_data_read_without_findings(facts):
    assert facts.records


def test_no_file_of_facts_is_missing_and_none_is_empty_but_those_that_wait_for_something(root, facts):
    assert sorted(path.name for path in (root / "docs" / "data").glob("*.yml")) == sorted(
        [*(f"{name}.yml" for name in Facts.model_fields), reading.TESTED]
    )
    assert {name for name in Facts.model_fields if not getattr(facts, name)} <= {"reviews", "withdrawn"}


def test_the_schemas_match_the_model_and_each_file_names_its_own(root):
    assert reading.schema_findings(root / "docs" / "data") == []


def test_each_id_has_the_place_where_it_stands(root, library):
    lines = {path.name: path.read_text(encoding="utf-8").splitlines() for path in (root / "docs" / "data").glob("*.yml")}
    for id, place in library.places.items():
        line, after = lines[Path(place.file).name][place.line - 1 :][:2]
        assert line.strip() == f"- id: {id}" or (line.strip() == "ask:" and after.strip() == f"id: {id}"), (id, place)


# --------------------------------------------------------------- what pages count on


def ids(records) -> list[str]:
    return [record.id for record in records]


def test_the_six_main_definitions_are_there_and_no_other_is_main(facts):
    assert sorted(ids(d for d in facts.definitions if d.main)) == [
        "definition-critical-friends",
        "definition-govuk",
        "definition-model",
        "definition-ncag",
        "definition-nef",
        "definition-scie",
    ]


def test_each_main_definition_is_quoted_with_its_source_and_answers_a_question(facts):
    for definition in facts.definitions:
        if definition.main:
            assert definition.status == "quoted" and definition.quote is not None, definition.id
            assert definition.quote.grade in ("A", "B"), definition.id
            assert definition.answers, definition.id


def test_every_question_is_answered_by_some_main_definition_and_none_by_all_in_full(facts):
    full = {question.id: 0 for question in facts.questions}
    some = set()
    for definition in facts.definitions:
        for answer in definition.answers if definition.main else ():
            some.add(answer.question)
            full[answer.question] += answer.only_part is None
    assert some == set(ids(facts.questions))
    assert max(full.values()) < 6, "a question that all answer with yes compares nothing"


def test_scie_has_four_principles(facts):
    scie = facts.get("framework-scie")
    assert ids(scie.items) == [f"principle-scie-{name}" for name in ("equality", "diversity", "accessibility", "reciprocity")]
    assert [item.name for item in scie.items] == ["Equality", "Diversity", "Accessibility", "Reciprocity"]


def test_nef_has_six_behaviours_under_the_names_it_is_quoted_with(facts):
    nef = facts.get("framework-nef")
    assert nef.names == "quoted"
    assert {item.id: item.name for item in nef.items} == {
        "behaviour-nef-assets": "Recognising people as assets",
        "behaviour-nef-capabilities": "Building on people’s capabilities",
        "behaviour-nef-reciprocal": "Developing two-way reciprocal relationships",
        "behaviour-nef-peer-support": "Encouraging peer support networks",
        "behaviour-nef-blurring": "Blurring boundaries between delivering and receiving services",
        "behaviour-nef-facilitating": "Facilitating not delivering to",
    }


def test_the_model_has_five_values_and_seven_steps_in_order(facts):
    model = facts.get("framework-model")
    values, steps = (
        ["ownership", "openness", "sharing-power", "plain-english", "respect"],
        ["leaders", "recruit", "reward", "early", "how-you-work", "train", "review"],
    )
    assert ids(model.of("value")) == [f"value-model-{name}" for name in values]
    assert ids(model.of("step")) == [f"step-model-{name}" for name in steps]
    assert len(model.items) == 12
    assert model.names != "quoted", "the names are ours: the published ones were not seen whole"


def test_every_item_of_a_shown_framework_has_a_plain_line_a_sign_and_a_warning(facts):
    for name in ("scie", "nef", "model"):
        for item in facts.get(f"framework-{name}").of("principle", "behaviour", "value"):
            assert item.looks_like and item.warning_sign, item.id


def test_the_ladder_has_seven_rungs_in_order_in_three_groups(facts):
    (ladder,) = facts.ladder
    assert [(rung.id, rung.name, rung.group) for rung in ladder.rungs] == [
        ("ladder-coercion", "Coercion", "doing to"),
        ("ladder-educating", "Educating", "doing to"),
        ("ladder-informing", "Informing", "doing for"),
        ("ladder-consultation", "Consultation", "doing for"),
        ("ladder-engagement", "Engagement", "doing for"),
        ("ladder-co-design", "Co-design", "doing with"),
        ("ladder-co-production", "Co-production", "doing with"),
    ]


def test_there_are_ten_practice_steps_in_order(facts):
    steps = "explain involve place communication rapport strengths problem-solve time equal-weight agree-outcomes".split()
    assert ids(facts.practice) == [f"practice-{step}" for step in steps]


def test_three_practice_steps_are_usually_possible_when_it_is_urgent(facts):
    assert ids(step for step in facts.practice if step.urgent) == ["practice-explain", "practice-communication", "practice-agree-outcomes"]


def test_what_a_practitioner_needs_to_know_is_there(facts):
    assert set(ids(facts.need_to_know)) >= {
        f"practice-{name}" for name in ("aim", "expertise", "support", "with-not-to", "urgent", "commissioning")
    }


def test_there_are_sixteen_promises_each_with_an_ask_of_the_same_name(facts):
    endings = {
        *("contact", "notice", "papers", "forms", "who", "access", "travel", "believed"),
        *("expenses", "benefits", "support", "breaks", "limits", "care-cover", "after", "leave"),
    }
    assert {(promise.id, promise.ask.id) for promise in facts.involve} == {(f"involve-{name}", f"ask-{name}") for name in endings}
    assert len(facts.involve) == 16
    assert {promise.home for promise in facts.involve} == {"involve.md"}
    assert {promise.ask.home for promise in facts.involve} == {"taking-part.md"}


def test_there_are_six_benefits_for_people_and_some_for_everybody_else(facts):
    to = {group: [b.id for b in facts.benefits if b.to == group] for group in ("people", "staff", "organisations", "communities")}
    assert set(to["people"]) == {
        f"benefit-{name}" for name in ("confidence", "health", "trust", "equality", "proportionate", "satisfaction")
    }
    assert all(to.values())


def test_there_are_three_reasons(facts):
    reasons = [record.id for record in facts.reasons if kind_of(record.id) == "reason"]
    assert set(reasons) == {"reason-better-for-people", "reason-better-results", "reason-better-for-staff"}
    assert len(reasons) == 3


def test_the_crosswalk_compares_all_twenty_two_items_with_a_reason_for_each_link(facts):
    compared = {item.id for framework in facts.frameworks if framework.compared for item in framework.items}
    assert len(compared) == 4 + 6 + 5 + 7
    assert len(facts.themes) == 8
    for theme in facts.themes:
        linked = [link.item for link in theme.links]
        assert len(set(linked)) == len(linked), f"{theme.id} links an item twice"
        assert compared & set(linked), theme.id


# ----------------------------------------------------------------------------- honesty


def test_a_section_of_a_law_is_named_only_where_somebody_saw_it(facts):
    assert [law.id for law in facts.law if law.section and law.grade not in ("A", "B")] == []


def test_what_is_law_says_must_and_what_is_guidance_says_should(facts):
    assert facts.get("law-care-act").force == "must"
    assert facts.get("law-care-act-guidance").force == "should"
    assert {law.nation for law in facts.law} >= {"england", "wales", "scotland", "northern-ireland"}


def test_a_record_names_a_place_in_a_source_once(facts):
    assert [record.id for _, record in facts.records if len(set(record.sources)) < len(record.sources)] == []


def test_a_source_of_grade_d_is_never_quoted(facts):
    doubtful = {source.id for source in facts.sources if source.grade == "D"}
    assert [record.id for _, record in facts.records for _, quote in record.quotations() if quote.source in doubtful] == []


def test_money_law_and_contacts_are_read_again_within_half_a_year(facts):
    for record in facts.law:
        assert (record.review_by - record.reviewed).days <= 184, record.id
    for _, record in facts.records:
        assert (record.review_by - record.reviewed).days <= 366, record.id
