"""The words of headings, links and pictures, each with a good twin."""

from __future__ import annotations

import pytest
from coproduction import labels
from coproduction.prose import Passage


@pytest.mark.parametrize(
    ("bad", "good", "rule"),
    [
        ("We decide.", "Who decides?", "heading-with-stop"),
        ("We decide:", "We decide!", "heading-with-stop"),
        ("WHO DECIDES?", "Who decides?", "heading-in-capitals"),
        ("TLAP LADDER", "TLAP’s ladder", "heading-in-capitals"),
        ("SCIE AND NEF", "SCIE", "heading-in-capitals"),
    ],
)
def test_a_heading_is_a_name_in_small_letters(bad: str, good: str, rule: str) -> None:
    assert [found.rule for found in labels.of_heading("a.md", 3, bad)] == [rule]
    assert list(labels.of_heading("a.md", 3, good)) == []


@pytest.mark.parametrize("address", ["https://a.example/b", "www.a.org", "scie.org.uk", "nhs.uk/carers"])
def test_an_address_is_no_name_for_a_link(address: str) -> None:
    assert [found.rule for found in labels.of_link("a.md", 3, address)] == ["link-is-address"]
    assert list(labels.of_link("a.md", 3, f"The guide at {address}")) == []


@pytest.mark.parametrize(
    ("bad", "good", "rule"),
    [
        ("Image of a ladder", "A ladder", "picture-of"),
        ("a photo showing two people", "Two people", "picture-of"),
        ("The icon of a key", "A key, drawn as an icon", "picture-of"),
        ("ladder-top.svg", "The top of a ladder", "picture-file-name"),
    ],
)
def test_the_words_for_a_picture_say_what_it_shows(bad: str, good: str, rule: str) -> None:
    assert [found.rule for found in labels.of_picture("a.md", 3, bad)] == [rule]
    assert list(labels.of_picture("a.md", 3, good)) == []


def test_names_and_pictures_of_the_data_are_read_and_other_texts_are_not() -> None:
    found = [each for key in ("name", "title", "plain") for each in labels.of_passage(Passage("a.yml", 3, "We dig.", key))]
    assert [(each.rule, each.line) for each in found] == [("heading-with-stop", 3)] * 2
    assert [each.rule for each in labels.of_passage(Passage("a.yml", 3, "Picture of a spade", "alt"))] == ["picture-of"]
