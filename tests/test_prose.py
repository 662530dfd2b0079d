"""Our own words: where each stands, and which are not ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coproduction import prose, reading, wording
from coproduction.prose import Passage
from tiny import good_data, tiny_site, write


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ours. “Theirs.” Ours.", "Ours. Ours."),
        ("Ours ‘theirs, and theirs’ ours, don’t.", "Ours ours, don’t."),
        ("> Theirs\nOurs", "Ours"),
        ("`code` ours <b>ours</b> <q>theirs</q> &amp; <!-- hidden --> ours", "ours ours ours"),
        ("[ours](theirs.md#x){: #id } {{ theirs('x') }} ours", "[ours ours"),
        ("Ours: https://their.example/a and me@their.example.", "Ours: and"),
        ('*eu geiriau*{: lang="cy" } ours <i lang="cy">eu geiriau</i>', "ours"),
        ("```\ntheirs\n```\nours", "ours"),
        ("The key 'nav' is people's.", "The key is people's."),
        ("A “quotation that never ends\n\nis no reason to leave the rest", "A “quotation that never ends is no reason to leave the rest"),
    ],
)
def test_what_is_not_ours_is_left_out_and_the_rest_keeps_its_place(text: str, left: str) -> None:
    bare = wording.ours(text)
    assert " ".join(bare.split()) == left
    assert len(bare) == len(text) and bare.count("\n") == text.count("\n")
    assert all(theirs in (ours, " ") for ours, theirs in zip(text, bare))


@pytest.mark.parametrize("sign", ["“", "‘", "<q ", "<!--", "{{", "{%", "{:", "](", "<a lang=", "*", "'a", "a@", "&a", "[a](", "```\n"])
def test_signs_that_open_and_never_close_are_soon_done_with(sign: str) -> None:
    # Without an end to each repetition this would run for minutes.
    assert len(wording.ours(sign * 5_000)) == len(sign) * 5_000


def test_every_word_of_the_facts_is_found_on_its_own_line(root: Path) -> None:
    library = reading.read(root / "docs" / "data")
    wrong, seen = [], 0
    for passage in prose.passages(root, [], library):
        if passage.written and passage.key != "owner":  # that stands in the model where nobody says otherwise
            for word in list(re.finditer(r"\S+", passage.text))[::9]:
                line = passage.line_at(word.end())
                seen += 1
                if word[0] not in passage.written.splitlines()[line - 1]:
                    wrong.append((passage.file, line, word[0]))
    assert seen > 2000
    assert wrong == []


def test_what_every_says_is_found_at_the_top(tmp_path: Path) -> None:
    library = reading.read(good_data(tmp_path / "docs" / "data"))
    lines = {passage.line_at(len("The whole")) for passage in prose.passages(tmp_path, [], library) if passage.text == "The whole text."}
    text = (tmp_path / "docs" / "data" / "sources.yml").read_text(encoding="utf-8")
    assert lines == {text.split("The whole")[0].count("\n") + 1}


def test_pages_records_and_shapes_are_read_and_other_peoples_words_are_not(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site")
    write(site, {"overrides/foot.html": "{% if x %}\n<p title='no'>Foot words</p>\n{{ no }}{% endif %}"})
    library = reading.read(site / "docs" / "data")
    passages = prose.passages(site, [], library)
    (foot,) = [passage for passage in passages if passage.file == "overrides/foot.html"]
    assert foot.ours.split() == ["Foot", "words"]
    said = {passage.text for passage in passages}
    quoted = {quotation.words for _, record in library.facts.records for _, quotation in record.quotations()}
    assert quoted and not quoted & said
    assert not {other for _, record in library.facts.records for other in record.also} & said
    assert {record.name for record in library.facts.glossary} <= said
    assert not {record.name for record in library.facts.sources} & said
    assert {record.name for record in library.facts.sources} <= set(prose.names(library))


def test_a_line_of_a_page_is_counted_from_the_top_of_its_file() -> None:
    assert Passage("docs/a.md", 11, "One\ntwo three").line_at(len("One\ntwo")) == 12
