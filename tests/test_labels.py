"""The words of headings, links and pictures, each with a good twin."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases.of_site import ADDRESS, GOOD, PAGE
from coproduction import labels, pipeline, site
from coproduction.prose import Passage
from tiny import change, tiny_site, write


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


@pytest.mark.parametrize("address", ["https://a.example/b", "www.a.org", "scie.org.uk", "nhs.uk/carers", "ladder.md", "../ladder.md#rungs", "`Ladder.PDF`", "<https://a.example>"])
def test_an_address_is_no_name_for_a_link(address: str) -> None:
    assert [found.rule for found in labels.of_link("a.md", 3, address, "a.html")] == ["link-is-address"]
    assert list(labels.of_link("a.md", 3, f"The guide at {address}", "a.html")) == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("here", "Start here"),
        ("Click here", "How to click and drag"),
        ("click here for the ladder", "The ladder, click by click"),
        ("To see the ladder, click here", "What a click costs"),
        ("**Here**", "Get help here"),
        ("Open the PDF", "Open days"),
        ("Tap here!", "Tap water and how to ask for it"),
        ("learn more.", "Learn more about the ladder"),
        ("Learn more", "Learn to say no"),
        ("“Read more …”", "Read the law"),
        ("see here", "See the ladder"),
        ("this page", "This page in easy words"),
        ("page", "Pages"),
        ("website", "The website of the garden"),
        ("download", "Download the sheet"),
        ("Link", "A"),
        ("Info", "About"),
        ("Find out more >", "Next: the ladder"),
        ("Go to our website", "Go to your GP"),
    ],
)
def test_the_words_of_a_link_say_where_it_goes(bad: str, good: str) -> None:
    assert [found.rule for found in labels.of_link("a.md", 3, bad, "b.md")] == ["link-says-nothing"]
    assert list(labels.of_link("a.md", 3, good, "b.md")) == []


@pytest.mark.parametrize(
    ("bad", "good", "rule"),
    [
        ("Image of a ladder", "A ladder", "picture-of"),
        ("a photo showing two people", "Two people", "picture-of"),
        ("The icon of a key", "A key, drawn as an icon", "picture-of"),
        ("Picture: two people", "Two people: one with a spade", "picture-of"),
        ("Drawing of a spade", "People drawing a spade", "picture-of"),
        ("A line drawing of a spade", "A map of the garden", "picture-of"),
        ("A close-up photo of a spade", "A girl drawing from memory", "picture-of"),
        ("A picture that shows two people", "Two people who hold a picture", "picture-of"),
        ("This photo shows two people", "Photographers at work", "picture-of"),
        ("In this picture two people dig", "The chart of who decides what", "picture-of"),
        ("Illustration", "Pictures on a wall", "picture-of"),
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


def test_how_others_word_a_link_is_theirs(tmp_path: Path) -> None:
    project = tiny_site(tmp_path / "site")
    change(project / "docs" / "practice" / "index.md", "Dig with care.", "They wrote:\n\n> Look [here](../ladder.md).")
    assert pipeline.check(project)[0] == []
    change(project / "docs" / "practice" / "index.md", "> Look", "Look")
    assert [found.rule for found in pipeline.check(project)[0]] == ["link-says-nothing"]


@pytest.mark.parametrize("tag", ["blockquote", "q"])
def test_how_others_word_a_link_is_theirs_on_a_built_page_too(tag: str, tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    for around, rules in ((tag, []), ("p", ["link-says-nothing"])):
        page = PAGE.replace("<p>None of us", f'<{around}><a href="#top">here</a></{around}><p>None of us')
        (folder / "ladder" / "index.html").write_text(page, encoding="utf-8")
        assert [found.rule for found in site.check(folder, ADDRESS)] == rules
