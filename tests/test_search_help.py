"""Who looks for help is shown where it is, and who does not is left in peace: on the real site, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coproduction import reading
from coproduction.addresses import page_address

# What frightened or tired people type. Urgent help must come first.
DANGER = [
    "I self-harm", "self harming", "my friend is self-harming", "selfharm", "im going to kill myself", "my son wants to kill himself",
    "i have taken tablets to die", "taken too many tablets", "i took too many pills", "don't want to be alive", "want 2 die",
    "he punched my mum", "my mum collapsed", "cant breathe", "strangled me", "stalking", "starving", "unsafe at home", "chest pain",
    "my uncle keeps hitting my nan", "dad left in wet bed all day at the nursing home", "worried about a child", "child abuse",
    "i am trapped", "he choked me", "violence", "i feel unsafe", "im scared to go home", "carer is stealing", "nobody feeds my gran",
    "my life is not worth living", "poison", "my boyfriend forces me to have sex", "they lock my brother in his room",
    "report abuse of an adult", "carer shouts at my mum", "someone is stealing from my grandad", "safeguarding concern",
]  # fmt: skip
# What people ask of this site in words that are near to those. No help may come first.
CALM = [
    "how do we hit our targets", "the cuts hit us hard", "in danger of tokenism", "co-production with police", "do no harm",
    "harm reduction", "seldom heard or neglected groups", "allotment soil", "not safe to speak up", "medical model of disability",
    "can I bring my assistance animal", "can I join on my tablet", "people with a diagnosis of dementia",
    "factors that make co-production work", "my name is Sue", "co-production with homeless people", "job satisfaction",
    "compensation for time", "report staff survey", "success factors", "unconscious bias", "what beats a focus group",
    "out of hours meetings", "dog grooming", "fever pitch", "children’s services co-production", "kicks me out of the meeting", "urgent decision", "complaints about involvement", "travel expenses",
]  # fmt: skip


@pytest.fixture(scope="module")
def ask(browser, site_address: str) -> Callable:
    """A function from a question to the search's reply."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site_address}search/#q=help")
    page.wait_for_selector("#cp-search-results[data-for]")
    yield lambda question: page.evaluate("(question) => cpSearch.ask(question)", question)
    context.close()


def test_every_phrase_of_help_brings_its_own_help_first_or_what_is_more_urgent(ask: Callable, root: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    urgent = {f"{page_address(help.home)}#{help.id}" for help in facts.help if help.urgent}
    wrong = {}
    for help in facts.help:
        wanted = {f"{page_address(help.home)}#{help.id}"} | (urgent if help.urgent else set())
        for phrase in help.also:
            first = ask(phrase)["results"][0]["address"]
            if first not in wanted:
                wrong[phrase] = first
    assert wrong == {}


@pytest.mark.parametrize("question", DANGER)
def test_danger_brings_urgent_help_first(question: str, ask: Callable) -> None:
    assert ask(question)["help"] == "urgent"


@pytest.mark.parametrize("question", CALM)
def test_what_is_only_near_to_danger_brings_none(question: str, ask: Callable) -> None:
    """What the site does not know at all may be told so."""
    said = ask(question)
    assert said["help"] == "" or said["results"][0]["id"] == "help-other", said["results"][0]["title"]


@pytest.mark.parametrize("question", ["help", "help me", "I need help"])
def test_a_bare_call_for_help_is_not_refused(question: str, ask: Callable) -> None:
    assert ask(question)["results"][0]["id"] in ("urgent-help", "help-danger")


def test_a_suggestion_of_help_comes_before_all_others(browser, ask: Callable, site_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site_address}search/#q=help")
    page.wait_for_selector("#cp-search-results[data-for]")
    assert page.evaluate("cpSearch.suggest('my carer hit me')[0].id") == "help-danger"
    context.close()


def test_a_child_is_not_sent_to_the_team_for_adults(ask: Callable) -> None:
    assert ask("worried about a child")["results"][0]["id"] == "help-child"


def test_what_may_be_an_emergency_is_not_called_anything_less(ask: Callable) -> None:
    for question in ("chest pain", "head injury", "allergic reaction", "severe pain"):
        assert "Ring 999" in ask(question)["results"][0]["text"]
