"""Wording: sentences, words and the reading level, against examples worked out by hand."""

from __future__ import annotations

import pytest
from coproduction.wording import LONG_SENTENCE, LONGEST_SENTENCE, gaps, longest_words, reading, sentences, unfinished, words


@pytest.mark.parametrize(
    ("text", "ari"),
    [
        # 9 letters in 3 words, 1 sentence: 4.71 x 3 + 0.5 x 3 - 21.43 = 14.13 + 1.5 - 21.43
        ("The cat sat.", -5.8),
        # 30 letters in 7 words, 2 sentences: 4.71 x 30/7 + 0.5 x 7/2 - 21.43 = 20.186 + 1.75 - 21.43
        ("We plan our care together. You decide.", 0.5),
        # 38 letters in 3 words, 1 sentence: 4.71 x 38/3 + 0.5 x 3 - 21.43 = 59.66 + 1.5 - 21.43
        ("Organisational responsibilities multiply.", 39.7),
        # "don’t" is one word of 4 letters: 7 letters in 2 words: 4.71 x 3.5 + 0.5 x 2 - 21.43 = 16.485 + 1 - 21.43
        ("Don’t dig.", -3.9),
    ],
)
def test_the_index_agrees_with_a_sum_done_by_hand(text, ari):
    assert reading([text]).ari == ari


def test_paragraphs_are_read_together():
    # 12 letters in 4 words, 2 sentences: 4.71 x 3 + 0.5 x 2 - 21.43
    assert reading(["The cat sat.", "Off."]).ari == -6.3
    assert reading(["The cat sat.", "Off."]) == reading(["The cat sat. Off."])


def test_a_paragraph_ends_its_sentence_even_without_a_full_stop():
    assert reading(["The cat sat", "The dog ran"]).sentences == 2


@pytest.mark.parametrize("nothing", [[], [""], ["  "], ["…", "–"]])
def test_no_words_read_as_nought(nothing):
    read = reading(nothing)
    assert (read.words, read.sentences, read.long_sentences, read.ari) == (0, 0, 0, 0.0)


@pytest.mark.parametrize(
    "word",
    ["co-production", "Co-production", "co-production’s", "Co-design", "co-producing", "NHS", "NHS’s", "NCAG", "2026", "3.50", "10:30"],
)
def test_words_that_cannot_be_avoided_are_not_held_against_the_text(word):
    # Without the word: 9 letters in 3 words, as above.
    assert reading([f"The cat sat {word}."]).ari == -5.8


@pytest.mark.parametrize("word", ["collaboration", "Productivity", "co-operation"])
def test_every_other_long_word_counts(word):
    assert reading([f"The cat sat {word}."]).ari > -5.8


def test_words_that_cannot_be_avoided_still_make_a_sentence_longer():
    read = reading(["We dig " + "co-production " * (LONG_SENTENCE - 1)])
    assert (read.words, read.long_sentences) == (LONG_SENTENCE + 1, 1)


def test_a_sentence_is_long_above_twenty_words():
    twenty = " ".join(["dig"] * LONG_SENTENCE)
    assert reading([f"{twenty}."]).long_sentences == 0
    assert reading([f"{twenty} deep.", f"{twenty}."]).long_sentences == 1
    assert (LONG_SENTENCE, LONGEST_SENTENCE) == (20, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We plan. You decide.", ["We plan.", "You decide."]),
        ("Why? Because! Yes.", ["Why?", "Because!", "Yes."]),
        ("What?! No.", ["What?!", "No."]),
        ("“Why?” she asked. “Go,” he said.", ["“Why?” she asked.", "“Go,” he said."]),
        ("We dig (at noon). They rest.", ["We dig (at noon).", "They rest."]),
        ("It cost 3.50 pounds. 5 people came.", ["It cost 3.50 pounds.", "5 people came."]),
        ("See garden.example for more. Then dig.", ["See garden.example for more.", "Then dig."]),
        ("one line\nand the next. Then more.", ["one line\nand the next.", "Then more."]),
        ("  Dig.  ", ["Dig."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith and Mrs. Jones met Ms. Lee.",
        "We went to St. Mary’s.",
        "Bring tools, e.g. Spades, and food, i.e. Soup.",
        "E. A. Smith and R. J. Senter wrote it.",
        "The law (No. 2) says so.",
        "See No. 5 of the list.",
    ],
)
def test_a_shortened_word_does_not_end_a_sentence(text):
    assert sentences(text) == [text]
    assert sentences(f"{text} Then we left.") == [text, "Then we left."]


def test_a_short_answer_does_end_a_sentence():
    assert sentences("Did I? So did I. No. They said no.") == ["Did I?", "So did I.", "No.", "They said no."]


def test_signs_without_a_word_are_no_sentence():
    assert sentences("Dig. …") == ["Dig. …"]
    assert sentences("– – –") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("co-production, person-centred", ["co-production", "person-centred"]),
        ("don't or don’t", ["don't", "or", "don’t"]),
        ("“Why?” – she asked…", ["Why", "she", "asked"]),
        ("3.50 at 10:30", ["3.50", "at", "10", "30"]),
        ("tŷ, naïve_word", ["tŷ", "naïve", "word"]),
        ("people’s and peoples’", ["people’s", "and", "peoples"]),
        ("", []),
    ],
)
def test_words_keep_their_hyphens_and_apostrophes(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It is TBC.", "TODO: dig", "TO DO", "TBD", "FIXME", "Ring xxx", "Ring XXXX", "Lorem ipsum", "lorem", "Coming soon!", "coming\nsoon",
        "tbc", "T.B.C.", "It is tba", "Date: to be confirmed", "To be decided.", "The place (to be\nadded)", "Ring ????", "A placeholder.",
        "Insert name here",
    ],
)  # fmt: skip
def test_words_of_a_half_finished_text_are_known(text):
    assert len(unfinished(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "What to do today?", "Todos los días", "3 x 4", "Florem", "He is coming. Soon we eat.", "FIX ME", "xx",
        "What is to be decided together", "It has to be added to the list", "Why??", "place holders", "Insert here", "TB clinic", "TB at work",
    ],
)  # fmt: skip
def test_words_that_only_look_like_those_are_not(text):
    assert unfinished(text) == []


def test_what_stands_in_square_brackets_is_a_gap():
    assert gaps("Dear [name], from [your\nbody]: (not this) ] nor [ this") == ["[name]", "[your\nbody]"]


def test_the_longest_words_are_told_once_without_those_that_cannot_be_avoided():
    assert longest_words(["Co-production of communication. Communication, NHS, people’s plans"], 3) == ["communication", "people’s", "plans"]
