"""How a question is read, mended and answered: the script of the search, on a few made-up entries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from coproduction.model import Facts, Withdrawn

KEYS = ("page", "anchor", "kind", "title", "text", "also", "old", "hidden", "today", "see")


def columns(*rows: list) -> dict[str, list]:
    """Entries as they travel: each row without its empty end."""
    return {key: [row[n] if n < len(row) else "" for row in rows] for n, key in enumerate(KEYS)}


INDEX = {
    "parts": 1,
    "pages": [["beds/", "Garden beds"], ["words/", "Words explained"], ["about/", "About us"], ["resources/", "Other places"]],
    "help": [
        {"id": "help-storm", "urgent": True, "words": ["lightning", "in a storm", "storm-struck", "hit my"]},
        {"id": "help-prices", "urgent": False, "words": ["seed prices", "how much is a spade", "lightning conductor prices", "rakes"]},
        {"id": "help-other", "urgent": False, "words": []},
    ],
    "entries": columns(
        [0, "", "page", "Garden beds", "How we dig the beds side by side.", "beds|digging together|Garden Beds Club"],
        [0, "turn", "section", "Turning the soil", "Turn the soil in spring. “Many hands make light work here.”", "", "", "rhubarb"],
        [1, "word-spade", "word", "Spade (SP)", "A tool for digging.", "shovel|rhaw", "delver"],
        [1, "word-diggers", "word", "People who dig", "Everyone with a spade.", "", "muckspoon"],
        [1, "word-digger", "word", "Mudlark", "An older word.", "", "", "", "word-diggers"],
        [1, "word-co-digging", "word", "Co-digging", "Digging as equals.", "codig"],
        [1, "word-organisation", "word", "Organisation", "A colourful programme for the centre.", "well-being"],
        [1, "word-reciprocity", "word", "Reciprocity", "Giving and getting back."],
        [2, "languages", "section", "Which languages?", "English only.", "Cymraeg"],
        [3, "help-storm", "help", "A storm", "Go indoors."],
        [3, "help-prices", "help", "Prices", "Ask a shop."],
        [3, "help-other", "help", "Something else", "Try elsewhere."],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(browser, built_site: Path) -> Callable:
    """A page that holds the engine and the script, and a function that runs an expression in it."""
    context = browser.new_context()
    page = context.new_page()
    for name in ("lunr.js", "search.js"):
        page.add_script_tag(content=(built_site / "assets" / name).read_text(encoding="utf-8"))
    page.evaluate(f"cpSearch.add({json.dumps(INDEX)})")
    yield page.evaluate
    context.close()


@pytest.fixture
def ask(answers: Callable) -> Callable:
    """A function from a question to what the search says."""
    return lambda question: answers("(question) => cpSearch.ask(question)", question)


@pytest.fixture
def first(ask: Callable) -> Callable:
    """A function from a question to the title of its first answer."""
    return lambda question: ask(question)["results"][0]["title"]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("SPADE", "Spade (SP)"),
        ("spades", "Spade (SP)"),
        ("shovel", "Spade (SP)"),
        ("sp", "Spade (SP)"),
        ("S.P.", "Spade (SP)"),
        ("GBC", "Garden beds"),
        ("co-digging", "Co-digging"),
        ("codigging", "Co-digging"),
        ("co digging", "Co-digging"),
        ("co\u2011digging", "Co-digging"),
        ("organization", "Organisation"),
        ("colorful program", "Organisation"),
        ("center", "Organisation"),
        ("wellbeing", "Organisation"),
        ("well being", "Organisation"),
        ("what is a spade?", "Spade (SP)"),
        ("the spade’s", "Spade (SP)"),
        ("many hands make light work", "Turning the soil"),
        ("rhubarb", "Turning the soil"),
        ("spâde", "Spade (SP)"),
    ],
)
def test_spelling_habits_make_no_difference(question: str, title: str, ask: Callable, first: Callable) -> None:
    assert first(question) == title
    assert ask(question)["mended"] == ""


@pytest.mark.parametrize(
    ("question", "mended", "title"),
    [
        ("spaed", "spade", "Spade (SP)"),  # two letters that changed places
        ("spde", "spade", "Spade (SP)"),  # one edit in a short word
        ("organistion", "organisation", "Organisation"),
        ("recipricosity", "reciprocity", "Reciprocity"),  # three in a very long one
        ("gardenbeds", "garden beds", "Garden beds"),  # two words run together
        ("what is recprocity", "what is reciprocity", "Reciprocity"),
    ],
)
def test_typing_slips_are_mended_and_the_mending_is_told(question: str, mended: str, title: str, ask: Callable) -> None:
    said = ask(question)
    assert (said["mended"], said["results"][0]["title"], said["sure"]) == (mended, title, False)


@pytest.mark.parametrize("question", ["spot", "sxyde", "12345", "reciprocal"])
def test_another_word_is_left_as_it_is(question: str, ask: Callable) -> None:
    assert ask(question)["mended"] == ""


def test_a_short_word_among_others_is_not_mended(ask: Callable) -> None:
    assert ask("spde")["mended"] == "spade"
    assert ask("spde garden")["mended"] == ""


def test_an_old_word_finds_todays_and_says_so_but_is_never_proposed(ask: Callable, answers: Callable) -> None:
    said = ask("muckspoon")
    assert (said["results"][0]["title"], said["today"], said["mended"]) == ("People who dig", "People who dig", "")
    assert ask("mudlark")["today"] == "People who dig"
    assert ask("spade")["today"] == ""
    assert ask("people")["today"] == ""  # a part of a name of today is no old word
    assert ask("muckspon")["mended"] == ""  # near to a hurtful word, and not mended to it
    assert answers("cpSearch.suggest('muck')") == []


def test_a_sure_answer_is_told_from_a_likely_one(ask: Callable) -> None:
    assert ask("spade")["sure"]
    assert not ask("digging soil equals")["sure"]


@pytest.mark.parametrize(
    "question",
    ["lightning", "what do I do in a storm", "Is there LIGHTNING over the beds?", "lightnin", "storm-struck", "storm struck", "it hits my bed",
     "lightning conductor prices"],
)  # fmt: skip
def test_words_of_danger_bring_urgent_help_first(question: str, ask: Callable) -> None:
    said = ask(question)
    assert (said["results"][0]["title"], said["help"], said["sure"]) == ("A storm", "urgent", False)


def test_a_phrase_with_small_words_must_stand_there_as_it_is(ask: Callable) -> None:
    assert (ask("how much is a spade")["results"][0]["title"], ask("how much is a spade")["help"]) == ("Prices", "other")
    assert ask("is a spade much used")["help"] == ""


@pytest.mark.parametrize("question", ["hit", "raking", "my hit", "lakes"])
def test_help_stays_away_from_what_is_only_near_to_it(question: str, first: Callable) -> None:
    """A single word counts as it is spelt, several in their order, and no slip of the pen leads there but to urgent help."""
    assert first(question) not in ("A storm", "Prices")


def test_behind_urgent_help_the_answers_still_stand(ask: Callable) -> None:
    assert [result["title"] for result in ask("a spade in a storm")["results"]][:2] == ["A storm", "Spade (SP)"]


@pytest.mark.parametrize("question", ["seed prices", "prices of seed prices"])
def test_what_is_not_here_is_said(question: str, first: Callable) -> None:
    assert first(question) == "Prices"


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("zzzzqqqq xxyyzz", ["Something else", "Which languages?"]),
        ("کتاب", ["Which languages?", "Something else"]),
        ("łopata", ["Which languages?", "Something else"]),
    ],
)
def test_a_question_without_a_known_word_gets_help_and_the_languages(question: str, titles: list[str], ask: Callable) -> None:
    said = ask(question)
    assert said["nothing"] and [result["title"] for result in said["results"]] == titles


def test_a_question_of_which_little_is_known_gets_help_first(ask: Callable) -> None:
    said = ask("zzzzqqqq xxyyzz vvwwuu spring")
    assert (said["help"], said["results"][0]["title"], said["results"][1]["title"]) == ("other", "Something else", "Turning the soil")
    assert ask("zzzzqqqq xxyyzz vvwwuu spade")["results"][0]["title"] == "Spade (SP)"  # it is called by its name


@pytest.mark.parametrize("question", ["", "   ", "?", "-", "'"])
def test_nothing_asked_is_nothing_answered(question: str, ask: Callable) -> None:
    assert ask(question)["results"] == []


@pytest.mark.parametrize("question", ["constructor", "__proto__ toString", "a" * 200_000, "ab-" * 50_000])
def test_strange_words_find_nothing_and_do_no_harm(question: str, ask: Callable) -> None:
    assert ask(question)["nothing"]


@pytest.mark.parametrize("question", ["spade:b^c~d +x -y *", "<b>spade</b>", "spade " * 40_000])
def test_signs_and_repetitions_do_no_harm(question: str, first: Callable) -> None:
    assert first(question) == "Spade (SP)"


def test_the_other_word_under_which_something_was_found_is_told(ask: Callable) -> None:
    assert ask("shovel")["results"][0]["by"] == "shovel"
    assert ask("spade")["results"][0]["by"] == ""


def test_a_word_that_no_result_shows_is_said_to_stand_further_down(ask: Callable) -> None:
    assert ask("rhubarb")["results"][0]["below"] == "rhubarb"
    assert ask("soil")["results"][0]["below"] == ""


def test_a_text_is_marked_where_the_words_stand(answers: Callable) -> None:
    pieces = answers("cpSearch.pieces('A spade, two Spades & <b>', cpSearch.ask('spade').results[0].stems)")
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["spade", "Spades"]
    assert "".join(piece["text"] for piece in pieces) == "A spade, two Spades & <b>"


def test_suggestions_begin_with_what_is_typed_and_come_once(answers: Callable) -> None:
    titles = [entry["title"] for entry in answers("cpSearch.suggest('rec')")]
    assert titles[0] == "Reciprocity" and len(titles) == len(set(titles))
    assert answers("cpSearch.suggest('r')") == []


def test_every_kind_of_thing_has_its_weight(root: Path) -> None:
    script = (root / "docs" / "assets" / "search.js").read_text(encoding="utf-8")
    weighed = set(re.findall(r"(\w+): [\d.]+", re.search(r"const WEIGHTS = {(.*?)};", script, re.S)[1]))
    kinds = {kind for field in Facts.model_fields.values() for kind in field.annotation.__args__[0].kinds}
    nested = {"principle", "value", "behaviour", "step", "ladder", "ask"}
    hidden = {"source", "standard", "tip", "page"} | set(Withdrawn.kinds)
    assert weighed >= {"page", "section", "other", *nested, *(kinds - hidden)}


def test_a_later_part_of_the_index_is_found_with_the_first(browser, built_site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    for name in ("lunr.js", "search.js"):
        page.add_script_tag(content=(built_site / "assets" / name).read_text(encoding="utf-8"))
    page.evaluate("globalThis.told = 0; cpSearch.onPart(() => { told += 1; })")
    page.evaluate(f"cpSearch.add({json.dumps({**INDEX, 'parts': 2})})")
    before = page.evaluate("[cpSearch.ready, cpSearch.missing, cpSearch.ask('trowel').results.map((one) => one.title)]")
    page.evaluate(f"cpSearch.add({json.dumps({'entries': columns([1, 'word-trowel', 'word', 'Trowel', 'A small spade.'])})})")
    after = page.evaluate("[cpSearch.ready, cpSearch.missing, cpSearch.ask('trowel').results[0].title, told]")
    context.close()
    assert before == [True, 2, ["Something else", "Which languages?"]]
    assert after == [True, 0, "Trowel", 2]
