"""The model: what a record may hold, and the rules between records. No file is read here."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from coproduction import model
from coproduction.findings import Fault
from coproduction.model import Facts, InvalidFacts, UnknownId
from pydantic import TypeAdapter, ValidationError

READ, READ_AGAIN = date(2026, 11, 22), date(2027, 11, 22)


# ------------------------------------------------------- good records, to be spoilt


def made(kind: type[model.Record], id: str, **said: Any) -> Any:
    """A good record of this kind, but for what ``said`` changes. What is said as None is left out."""
    usual = {"id": id, "name": id, "status": "ours", "reviewed": READ, "review_by": READ_AGAIN, "home": "garden.md"}
    if kind in (model.Resource, model.Review):
        del usual["name"]
    whole = {**usual, **_REST.get(kind, {}), **said}
    return kind(**{key: value for key, value in whole.items() if value is not None})


def quotation(**said: Any) -> model.Quotation:
    usual = {"words": "People dig as equal partners.", "source": "source-book", "where": "Page 2", "checked": "2026-11", "grade": "A"}
    return model.Quotation(**{**usual, **said})


CITED = (model.Citation(source="source-book", where="Page 2"),)
QUOTED = {"status": "quoted", "sources": CITED, "grade": "A", "quote": quotation()}

_REST: dict[type, dict[str, Any]] = {
    model.Source: {"body": "A club", "checked": "2026-11", "seen": "All of it.", "rights": "Short quotation."},
    model.Question: {"plain": "Yes if it says so."},
    model.Definition: {"body": "A club", "main": True, "plain": "People dig."},
    model.Event: {"when": "2013", "plain": "They dug."},
    model.Item: {"plain": "People dig."},
    model.Framework: {"short": "Club", "body": "A club", "plain": "A list.", "names": "ours", "compared": False},
    model.Theme: {"plain": "Time.", "links": (model.Link(item="value-trust", why="It takes time."),)},
    model.Rung: {"group": "doing to", "plain": "A", "sounds_like": "B", "example": "C", "ever_right": "D", "move_up": "E"},
    model.Ladder: {"body": "A club", "year": "2016", "plain": "Rungs.", "grouping_note": "Ours.", "uses": ("Look.",)},
    model.Scale: {"body": "A club", "plain": "Steps.", "degrees": (model.Degree(name="Low"), model.Degree(name="High"))},
    model.PracticeStep: {"plain": "Dig.", "do": ("Dig.",), "sounds_like": "Shall we?"},
    model.NeedToKnow: {"plain": ("Dig.",)},
    model.Ask: {"plain": "Ask.", "say": "May I?"},
    model.Promise: {"stage": "invite", "check": "Did you?", "how": "Do."},
    model.Benefit: {"to": "people", "plain": "Joy."},
    model.Reason: {"plain": "Joy."},
    model.Law: {"nation": "england", "force": "must", "who": "Councils", "plain": "They must."},
    model.Example: {"sector": "health", "place": "Hull", "story": ("They dug.",), "told_by": "The club."},
    model.Word: {"meaning": "A tool.", "use": "neutral"},
    model.Withdrawn: {"plain": "It is gone."},
    model.Help: {"urgent": True, "plain": "Ring 999."},
    model.EasyRead: {
        "lead": "We dig.",
        "twin_of": "garden.md",
        "simple_words": "easy-read/simple-words.md",
        "kit": "easy-read/check.md",
        "state": "draft",
        "parts": (model.EasyPart(name="What is it?", lines=(model.EasyLine(words="We dig.", picture="plan"),)),),
    },
    model.Change: {"when": READ, "plain": "We dug."},
    model.Review: {
        "of": "easy-garden",
        "who": "A group of gardeners",
        "how": "They read it aloud, twice.",
        "when": READ,
        "paid": "Yes, by the club.",
        "consent_kept": "In the shed, with the secretary.",
        "words": "00000000",
    },
    model.Statement: {
        "plain": "Who can get in.",
        "standard": "WCAG 2.2, level AA",
        "covers": ("The gate.",),
        "prepared": READ,
        "only_people": tuple(
            model.PeopleCheck(about=about, name=about.title(), plain="Does it fit?") for about in get_args(model.OnlyPeople)
        ),
        "forms": (model.OtherForm(name="Paper", plain="You can print it."),),
        "other_format": ("Ask us.",),
        "law": ("Gates must open.",),
        "enforcers": (model.Enforcer(name="The Gate Board", short="GB", nation="wales", plain="It looks.", grade="A"),),
    },
    model.Resource: {"source": "source-book", "good_for": "All.", "readers": ("all",), "format": "Book", "topics": ("digging",)},
}

BOOK = made(model.Source, "source-book")
TRUST = made(model.Item, "value-trust")
LISTED = made(model.Framework, "framework-club", compared=True, items=(TRUST,))
TIME = made(model.Theme, "theme-time")


def faults(**fields: Any) -> list[Fault]:
    """The broken rules of the facts made of ``fields`` and one source; none when the facts can exist."""
    try:
        Facts(**{"sources": (BOOK,), **fields})
    except InvalidFacts as refused:
        return refused.faults
    return []


def only(found: list[Fault]) -> Fault:
    """The one fault, which must say what is wrong, why it matters and how to mend it."""
    assert len(found) == 1, found
    assert all(found[0])
    return found[0]


# ------------------------------------------------------------------ kinds of value


def accepted(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: Any) -> str:
    """The type of the error with which ``value`` is refused."""
    with pytest.raises(ValidationError) as error:
        accepted(kind, value)
    return error.value.errors()[0]["type"]


def test_text_is_one_line_with_single_spaces():
    assert accepted(model.Text, "  Dig \n  the\tgarden ") == "Dig the garden"


def test_text_keeps_curly_quotes_accents_and_dashes():
    assert accepted(model.Text, "“It’s tŷ – naïve …”") == "“It’s tŷ – naïve …”"


@pytest.mark.parametrize("nothing", ["", " ", "\n\t\n"])
def test_empty_text_is_refused(nothing):
    assert refused(model.Text, nothing) == "empty"


@pytest.mark.parametrize(
    ("unseen", "name"),
    [("\u200b", "ZERO WIDTH SPACE"), ("\u202e", "RIGHT-TO-LEFT OVERRIDE"), ("\u00ad", "SOFT HYPHEN"), ("\x07", "U+0007"), ("\uffff", "U+FFFF")],
)
def test_a_character_that_nobody_can_see_is_refused_by_name(unseen, name):
    with pytest.raises(ValidationError, match=f"nobody can see: {name.replace('+', '.')}"):
        accepted(model.Text, f"gar{unseen}den")
    assert accepted(model.Text, "garden") == "garden"


@pytest.mark.parametrize("other", [2016, 1.5, True, READ, None, ["Dig"], {"Dig": "it"}])
def test_what_is_not_text_is_never_taken_for_text(other):
    assert refused(model.Text, other) == "string_type"


@pytest.mark.parametrize("id", ["word-spade", "ladder-co-design", "standard-4pi-purpose", "law-nice-ng86"])
def test_an_id_is_small_words_with_hyphens(id):
    assert accepted(model.Id, id) == id


@pytest.mark.parametrize(
    "id",
    ["word", "Word-spade", "word_spade", "word-", "-spade", "word--spade", "wörd-spade", "4pi-word", "word-spade ", "word-spade\n", ""],
)
def test_an_id_of_another_form_is_refused(id):
    assert refused(model.Id, id) == "id"


@pytest.mark.parametrize(("kind", "text"), [(model.Id, "word-spade"), (model.Url, "https://garden.example"), (model.Page, "ladder.md")])
def test_a_character_that_nobody_can_see_is_named_in_an_id_and_in_an_address_too(kind, text):
    with pytest.raises(ValidationError, match="nobody can see: ZERO WIDTH SPACE"):
        accepted(kind, f"{text}\u200b")
    assert accepted(kind, text) == text


def test_the_form_of_an_id_can_be_asked_for():
    assert model.is_id("word-spade")
    assert [text for text in ("Word spade", "word-spade\u200b", "word-spade\n", "word") if model.is_id(text)] == []


@pytest.mark.parametrize(
    "url",
    ["https://garden.example", "http://garden.example/a_(b)?c=d#e", "https://garden.example:8000/", "https://www.garden-club.example/tŷ"],
)
def test_a_whole_web_address_is_accepted(url):
    assert accepted(model.Url, url) == url


@pytest.mark.parametrize(
    "url",
    [
        "garden.example",
        "//garden.example",
        "ftp://garden.example",
        "javascript:alert(1)",
        "https://",
        "https://garden.example/a b",
        'https://garden.example/"onclick=',
        "https://garden.example/<b>",
        "https://editor@garden.example/",
        "https://garden.example/\n",
    ],
)
def test_what_a_browser_could_not_follow_safely_is_refused(url):
    assert refused(model.Url, url) == "url"


def test_a_check_is_of_a_month_of_this_century_or_of_a_day_that_it_has():
    for right in ("2000-01", "2026-12", "2026-11-22", "2028-02-29"):
        assert accepted(model.Checked, right) == right
    for wrong in ("2026-13", "2026-00", "1999-12", "2026-1", "2026", "2026-02-29", "2026-11-00", "2026-11-2", "11-2026", "20٢٦-01"):
        assert refused(model.Checked, wrong) == "month", wrong


def test_a_page_is_a_markdown_file_inside_the_docs():
    assert [accepted(model.Page, page) for page in ("ladder.md", "what/family-tree.md")] == ["ladder.md", "what/family-tree.md"]
    for wrong in ("ladder", "/ladder.md", "../ladder.md", "Ladder.md", "what//x.md", "ladder.html", "ladder.md#top", ".md"):
        assert refused(model.Page, wrong) == "page", wrong


@pytest.mark.parametrize(
    ("kind", "good", "bad"), [(model.Grade, "D", "E"), (model.Status, "ours", "mine"), (model.Nation, "uk", "cornwall")]
)
def test_only_listed_words_stand_where_a_choice_is_asked_for(kind, good, bad):
    assert accepted(kind, good) == good
    assert refused(kind, bad) == "literal_error"


# ------------------------------------------------------------------- one record


def rung(id: str) -> model.Rung:
    return made(model.Rung, id)


NESTED = {model.Ladder: {"rungs": (rung("ladder-a"), rung("ladder-b"))}, model.Promise: {"ask": made(model.Ask, "ask-a")}}


@pytest.mark.parametrize("file", Facts.model_fields)
def test_one_good_record_of_each_file_makes_good_facts(file):
    kind = Facts.model_fields[file].annotation.__args__[0]
    needed = {"frameworks": (LISTED,)} if kind is model.Theme else {}
    if kind is model.Review:
        needed = {"easy_read": (made(model.EasyRead, "easy-garden"),)}
    first = made(kind, f"{kind.kinds[0]}-first", **NESTED.get(kind, {}))
    assert faults(**{"sources": (BOOK,), **needed, file: (first, BOOK) if file == "sources" else (first,)}) == []


def test_a_record_cannot_be_changed_once_made():
    with pytest.raises(ValidationError, match="frozen"):
        BOOK.name = "Another book"


def test_an_unknown_key_is_refused():
    with pytest.raises(ValidationError, match="extra_forbidden"):
        made(model.Word, "word-spade", meening="A tool.")


@pytest.mark.parametrize(("key", "value"), [("reviewed", "2026-11-22"), ("main", "true"), ("main", 1), ("year", 2013), ("also", "spade")])
def test_a_look_alike_value_is_refused(key, value):
    with pytest.raises(ValidationError) as error:
        made(model.Definition, "definition-club", **{key: value})
    assert error.value.errors()[0]["loc"] == (key,)


@pytest.mark.parametrize("key", ["id", "status", "reviewed", "review_by", "home", "name", "body", "main", "plain"])
def test_a_definition_without_a_key_that_it_needs_is_refused(key):
    with pytest.raises(ValidationError) as error:
        made(model.Definition, **{"id": "definition-club", "name": "Club", key: None})
    assert [(problem["type"], problem["loc"]) for problem in error.value.errors()] == [("missing", (key,))]


@pytest.mark.parametrize(
    ("kind", "key", "least"),
    [
        (model.Theme, "links", 1),
        (model.Scale, "degrees", 2),
        (model.Ladder, "rungs", 2),
        (model.Ladder, "uses", 1),
        (model.PracticeStep, "do", 1),
        (model.NeedToKnow, "plain", 1),
        (model.Example, "story", 1),
        (model.Resource, "readers", 1),
        (model.Resource, "topics", 1),
    ],
)
def test_a_list_that_a_page_needs_cannot_be_too_short(kind, key, least):
    whole = made(kind, f"{kind.kinds[0]}-first", **NESTED.get(kind, {}))
    enough = getattr(whole, key)[:least]
    assert len(enough) == least
    assert getattr(made(kind, whole.id, **{**NESTED.get(kind, {}), key: enough}), key) == enough
    with pytest.raises(ValidationError, match="too_short"):
        made(kind, whole.id, **{**NESTED.get(kind, {}), key: enough[1:]})


def test_an_answer_must_name_the_words_that_earn_it():
    assert model.Answer(question="question-equal", earned_by=("equal",)).only_part is None
    with pytest.raises(ValidationError, match="too_short"):
        model.Answer(question="question-equal", earned_by=())


def test_another_set_of_names_must_hold_a_name():
    usual = {"name": "Slides", "grade": "A", "source": "source-book"}
    assert model.Variant(**usual, names=("Trust",)).names == ("Trust",)
    with pytest.raises(ValidationError, match="too_short"):
        model.Variant(**usual, names=())


def test_the_items_of_a_framework_are_found_by_kind():
    step, value = made(model.Item, "step-one"), made(model.Item, "value-one")
    framework = made(model.Framework, "framework-club", items=(step, value))
    assert framework.of("step") == (step,)
    assert framework.of("principle", "value") == (value,)
    assert framework.of("tip") == ()


def test_quotations_come_with_the_way_to_them_and_without_those_of_nested_records():
    inner = made(model.Item, "value-trust", printed=quotation(words="Trust each other."))
    framework = made(model.Framework, "framework-club", items=(inner,), says=(quotation(), quotation(words="Dig.")))
    assert [(path, quote.words) for path, quote in framework.quotations()] == [
        (("says", 0), "People dig as equal partners."),
        (("says", 1), "Dig."),
    ]
    assert [path for path, _ in inner.quotations()] == [("printed",)]


# ------------------------------------------------------------------- all records


def test_nested_records_are_found_with_the_way_to_them():
    promise = made(model.Promise, "involve-contact", ask=made(model.Ask, "ask-contact"))
    facts = Facts(sources=(BOOK,), frameworks=(made(model.Framework, "framework-club", items=(TRUST,)),), involve=(promise,))
    assert {record.id: path for path, record in facts.records} == {
        "source-book": ("sources", 0),
        "framework-club": ("frameworks", 0),
        "value-trust": ("frameworks", 0, "items", 0),
        "involve-contact": ("involve", 0),
        "ask-contact": ("involve", 0, "ask"),
    }
    assert facts.by_id["ask-contact"] is promise.ask


def test_an_unknown_id_names_those_that_are_near():
    facts = Facts(sources=(BOOK,))
    assert facts.get("source-book") is BOOK
    with pytest.raises(UnknownId, match="No record has the id 'source-bok'. Did you mean source-book\\?"):
        facts.get("source-bok")
    with pytest.raises(UnknownId, match="No record has the id 'zzz'.$"):
        facts.get("zzz")


def test_a_resource_is_called_what_its_source_is_called():
    facts = Facts(sources=(made(model.Source, "source-book", name="The garden book"),), resources=(made(model.Resource, "resource-book"),))
    assert facts.title("resource-book") == facts.title("source-book") == "The garden book"


def test_the_kind_of_an_id_is_its_first_word():
    assert (model.kind_of("word-co-design"), model.kind_of("word")) == ("word", "word")


def test_the_nearest_names_come_best_first_and_strangers_not_at_all():
    assert model.nearest("spdae", ["spade", "spades", "rake"])[0] == "spade"
    assert model.nearest("spade", ["zzz"]) == []
    assert len(model.nearest("spade", ["spade1", "spade2", "spade3", "spade4"])) == 3
    assert model.nearest("source-gardens", ["source-gardener", "source-garden", "source-barn"]) == ["source-garden"]


def test_two_ids_of_one_kind_are_no_more_alike_for_that():
    known = ["source-nef-inside-out", "source-carers-trust-guide", "source-garden", "ladder-co-production"]
    assert model.nearest_id("source-riverside-group", known) == []
    assert model.nearest_id("source-gardn", known) == ["source-garden"]
    assert model.nearest_id("word-garden", known) == ["source-garden"]
    assert model.nearest_id("ladder-co-prod", known) == ["ladder-co-production"]


def test_a_page_is_near_by_its_own_name_in_whatever_folder():
    known = ["about/sources.md", "about/index.md", "how-search-works.md", "ladder.md", "models/scie.md"]
    assert model.nearest_page("about/search.md", known) == []
    assert model.nearest_page("about/lader.md", known) == ["ladder.md"]
    assert model.nearest_page("scie.md", known) == ["models/scie.md"]
    assert model.nearest_page("abot/index.md", known) == ["about/index.md"]
    assert model.nearest_page("about/surces/", ["about/sources/", "about/"]) == ["about/sources/"]


# ------------------------------------------------------------ rules between records


def test_facts_without_a_fault_can_exist():
    assert (
        faults(questions=(made(model.Question, "question-equal"),), definitions=(made(model.Definition, "definition-club", **QUOTED),))
        == []
    )


def test_facts_with_a_fault_cannot_exist():
    with pytest.raises(InvalidFacts, match="1 facts break a rule"):
        Facts(sources=(made(model.Source, "word-book"),))


def test_an_id_must_begin_with_its_kind():
    fault = only(faults(glossary=(made(model.Word, "spade-word"),)))
    assert (fault.path, fault.what) == (("glossary", 0, "id"), "the id 'spade-word' does not begin with word-")
    assert "'word-spade-word'" in fault.fix
    assert faults(glossary=(made(model.Word, "word-spade"),)) == []


def test_a_slip_in_the_kind_of_an_id_is_guessed():
    assert only(faults(glossary=(made(model.Word, "wrod-spade"),))).fix == "Did you mean word-spade?"
    assert only(faults(withdrawn=(made(model.Withdrawn, "wrod-spade"),))).fix == "Did you mean word-spade?"


def test_a_nested_id_must_begin_with_its_kind_too():
    listed = made(model.Framework, "framework-club", items=(made(model.Item, "word-trust"),))
    fault = only(faults(frameworks=(listed,)))
    assert fault.path == ("frameworks", 0, "items", 0, "id")
    assert "principle- or value- or behaviour-" in fault.what


def test_an_id_stands_once_among_all_kinds_and_depths():
    twice = (made(model.Framework, "framework-club", items=(TRUST,)), made(model.Framework, "framework-town", items=(TRUST,)))
    fault = only(faults(frameworks=twice))
    assert (fault.path, fault.what) == (("frameworks", 1, "items", 0, "id"), "the id 'value-trust' is used twice")


def test_an_id_that_another_record_had_before_is_never_used_again():
    fault = only(faults(glossary=(made(model.Word, "word-spade"), made(model.Word, "word-shovel", formerly=("word-spade",)))))
    assert (fault.path, fault.what) == (("glossary", 1, "formerly", 0), "the id 'word-spade' is used twice")
    assert faults(glossary=(made(model.Word, "word-spade"), made(model.Word, "word-shovel", formerly=("word-scoop",)))) == []


def test_two_records_of_one_file_need_two_titles():
    spades = (made(model.Word, "word-spade", name="Spade"), made(model.Word, "word-shovel", name="spade"))
    fault = only(faults(glossary=spades))
    assert (fault.path, fault.what) == (("glossary", 1, "name"), "the title 'spade' is used twice")
    assert faults(glossary=spades[:1], reasons=(made(model.Reason, "reason-spade", name="Spade"),)) == []


def degrees(*names: str) -> tuple[model.Degree, ...]:
    return tuple(model.Degree(name=name) for name in names)


def variants(*names: str) -> tuple[model.Variant, ...]:
    return tuple(model.Variant(name=name, grade="A", source="source-book", names=("Trust",)) for name in names)


@pytest.mark.parametrize(
    ("file", "kind", "key", "siblings"),
    [
        ("frameworks", model.Framework, "items", lambda a, b: (made(model.Item, "value-a", name=a), made(model.Item, "step-b", name=b))),
        ("frameworks", model.Framework, "variants", variants),
        ("ladder", model.Ladder, "rungs", lambda a, b: (made(model.Rung, "ladder-a", name=a), made(model.Rung, "ladder-b", name=b))),
        ("scales", model.Scale, "degrees", degrees),
    ],
)
def test_two_entries_of_one_list_need_two_names(file, kind, key, siblings):
    def whole(*names: str) -> dict[str, Any]:
        return {file: (made(kind, f"{kind.kinds[0]}-first", **{key: siblings(*names)}),)}

    fault = only(faults(**whole("Trust", "trust")))
    assert (fault.path, fault.what) == ((file, 0, key, 1, "name"), "the title 'trust' is used twice")
    assert faults(**whole("Trust", "Respect")) == []


def test_two_frameworks_may_each_have_an_item_of_one_name():
    clubs = [
        made(model.Framework, f"framework-{club}", items=(made(model.Item, f"value-{club}-trust", name="Trust"),)) for club in ("a", "b")
    ]
    assert faults(frameworks=tuple(clubs)) == []


def test_two_asks_need_two_names():
    def promises(*names: str) -> tuple[model.Promise, ...]:
        return tuple(made(model.Promise, f"involve-{i}", ask=made(model.Ask, f"ask-{i}", name=name)) for i, name in zip("ab", names))

    fault = only(faults(involve=promises("A lift", "a lift")))
    assert (fault.path, fault.what) == (("involve", 1, "ask", "name"), "the title 'a lift' is used twice")
    assert faults(involve=promises("A lift", "A break")) == []


def test_two_resources_cannot_be_one_source():
    twice = (made(model.Resource, "resource-a"), made(model.Resource, "resource-b"))
    assert only(faults(resources=twice)).path == ("resources", 1, "source")
    assert faults(resources=twice[:1]) == []


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        (
            lambda id: {"glossary": (made(model.Word, "word-rake"), made(model.Word, "word-spade", see=("word-rake", id)))},
            ("glossary", 1, "see", 1),
        ),
        (lambda id: {"resources": (made(model.Resource, "resource-a", source=id),)}, ("resources", 0, "source")),
        (
            lambda id: {"reasons": (made(model.Reason, "reason-a", grade="A", sources=(model.Citation(source=id, where="1"),)),)},
            ("reasons", 0, "sources", 0, "source"),
        ),
        (
            lambda id: {"definitions": (made(model.Definition, "definition-a", **{**QUOTED, "quote": quotation(source=id)}),)},
            ("definitions", 0, "quote", "source"),
        ),
        (
            lambda id: {
                "frameworks": (made(model.Framework, "framework-a", items=(made(model.Item, "value-a", printed=quotation(source=id)),)),)
            },
            ("frameworks", 0, "items", 0, "printed", "source"),
        ),
    ],
)
def test_a_link_to_nothing_is_refused_wherever_it_stands(fields, path):
    fault = only(faults(**fields("source-bok")))
    assert fault.path == path
    assert "'source-bok' is not the id of any" in fault.what
    assert fault.fix == "Did you mean source-book?"
    assert faults(**fields("source-book")) == []


def test_a_link_to_nothing_with_no_near_name_says_what_else_to_do():
    fault = only(faults(glossary=(made(model.Word, "word-spade", see=("zzz-zzz",)),)))
    assert fault.fix == "Is it new? Then add a record with this id. If not, take this line out."


def test_where_many_lead_to_an_id_that_is_gone_they_are_told_how_a_record_gets_a_new_one():
    def leading(*lead: str) -> list[Fault]:
        return faults(glossary=(made(model.Word, "word-agendas"), *(made(model.Word, id, see=("word-agenda",)) for id in lead)))

    assert only(leading("word-spade")).fix == "Did you mean word-agendas?"
    fixes = {fault.fix for fault in leading("word-spade", "word-rake")}
    assert fixes == {"Did you mean word-agendas? If that is its new id, write it here, and 'formerly: [word-agenda]' in its record."}


@pytest.mark.parametrize(
    "text", ["R&D; and H&F", "Rule 5 * 3 * 2", "my_file_name.txt", "Less < more > less", "A # of them", "You (yes, you) decide [sic]"]
)
def test_signs_that_are_no_marks_may_stand_in_text(text):
    assert not model._MARKS.search(text)


@pytest.mark.parametrize("name", ["“Us” and “them”", "The “agenda”", "Nothing about us without us"])
def test_a_title_may_hold_words_in_quotation_marks(name):
    assert faults(glossary=(made(model.Word, "word-spade", name=name),)) == []


def test_somebodys_exact_words_may_hold_marks():
    words = quotation(words="We **dig** together.")
    found = faults(definitions=(made(model.Definition, "definition-a", **{**QUOTED, "quote": words}),))
    assert "marks-in-text" not in {fault.rule for fault in found}


def test_a_link_must_lead_to_the_kind_that_its_key_asks_for():
    question = made(model.Question, "question-equal")
    words = made(model.Word, "word-equal")

    def answered(id: str) -> dict[str, Any]:
        answer = model.Answer(question=id, earned_by=("equal",))
        return {
            "questions": (question,),
            "glossary": (words,),
            "definitions": (made(model.Definition, "definition-a", **QUOTED, answers=(answer,)),),
        }

    fault = only(faults(**answered("word-equal")))
    assert (fault.path, fault.what) == (("definitions", 0, "answers", 0, "question"), "'word-equal' is not the id of any question")
    assert faults(**answered("question-equal")) == []


def test_a_record_that_could_not_be_read_is_not_reported_as_missing_too():
    facts = Facts.model_construct(glossary=(made(model.Word, "word-spade", see=("word-rake",)),))
    assert [fault.what for fault in model.faults(facts)] == ["'word-rake' is not the id of any record"]
    assert list(model.faults(facts, also_known=frozenset({"word-rake"}))) == []


@pytest.mark.parametrize("status", ["quoted", "paraphrased"])
def test_words_that_are_not_ours_need_a_source(status):
    said = {"status": status, "quote": quotation() if status == "quoted" else None}
    fault = only(faults(definitions=(made(model.Definition, "definition-a", **said),)))
    assert (fault.path, fault.what) == (("definitions", 0, "id"), f"'definition-a' says '{status}' but names no source")
    assert faults(definitions=(made(model.Definition, "definition-a", **{**said, "sources": CITED, "grade": "B"}),)) == []
    assert faults(reasons=(made(model.Reason, "reason-a", status="ours"),)) == []


def test_a_source_needs_a_grade():
    fault = only(faults(reasons=(made(model.Reason, "reason-a", sources=CITED),)))
    assert (fault.path, fault.what) == (("reasons", 0, "sources"), "'reason-a' names a source but no grade")
    assert faults(reasons=(made(model.Reason, "reason-a", sources=CITED, grade="D"),)) == []


def test_a_source_names_no_source_of_its_own():
    assert faults(sources=(made(model.Source, "source-book", status="paraphrased"),)) == []


@pytest.mark.parametrize("day", [READ, date(2026, 11, 21), date(2025, 11, 22)])
def test_the_next_review_comes_after_the_last(day):
    fault = only(faults(reasons=(made(model.Reason, "reason-a", review_by=day),)))
    assert fault.path == ("reasons", 0, "review_by")
    assert f"the next review of 'reason-a' ({day}) is not after the last one (2026-11-22)" == fault.what
    assert faults(reasons=(made(model.Reason, "reason-a", review_by=date(2026, 11, 23)),)) == []


def test_words_from_memory_never_stand_as_a_quotation():
    def framework(grade: str) -> dict[str, Any]:
        item = made(model.Item, "value-a", printed=quotation(grade=grade))
        return {"frameworks": (made(model.Framework, "framework-a", items=(item,)),)}

    fault = only(faults(**framework("D")))
    assert (fault.path, fault.what) == (
        ("frameworks", 0, "items", 0, "printed", "grade"),
        "these words have grade D and stand as a quotation",
    )
    assert faults(**framework("C")) == []


def test_a_set_of_published_names_from_memory_is_refused():
    def framework(grade: str) -> dict[str, Any]:
        variant = model.Variant(name="Slides", grade=grade, source="source-book", names=("Trust",))
        return {"frameworks": (made(model.Framework, "framework-a", variants=(variant,)),)}

    fault = only(faults(**framework("D")))
    assert (fault.path, fault.what) == (("frameworks", 0, "variants", 0, "grade"), "the published names in 'Slides' have grade D")
    assert faults(**framework("C")) == []


def test_names_from_memory_are_never_called_quoted():
    def framework(names: str, grade: str) -> dict[str, Any]:
        return {"frameworks": (made(model.Framework, "framework-a", names=names, sources=CITED, grade=grade),)}

    fault = only(faults(**framework("quoted", "D")))
    assert (fault.path, fault.what) == (("frameworks", 0, "grade"), "the published names in 'framework-a' have grade D")
    assert faults(**framework("quoted", "C")) == faults(**framework("ours", "D")) == []


@pytest.mark.parametrize(
    ("file", "kind", "id"),
    [
        ("reasons", model.Reason, "reason-a"),
        ("glossary", model.Word, "word-a"),
        ("frameworks", model.Framework, "framework-a"),
        ("sources", model.Source, "source-book"),
    ],
)
def test_a_record_says_quoted_only_with_a_quotation_of_its_own(file, kind, id):
    cited = {} if kind is model.Source else {"sources": CITED, "grade": "A"}
    fault = only(faults(**{file: (made(kind, id, status="quoted", **cited),)}))
    assert (fault.path, fault.what) == ((file, 0, "status"), f"'{id}' says 'quoted' but has no quotation")
    assert faults(**{file: (made(kind, id, status="paraphrased", **cited),)}) == []


def test_what_a_framework_says_makes_it_quoted_but_not_its_items():
    said = {"status": "quoted", "sources": CITED, "grade": "A"}

    def framework(**more: Any) -> dict[str, Any]:
        return {
            "frameworks": (made(model.Framework, "framework-a", says=(quotation(),), items=(made(model.Item, "value-a", **more),), **said),)
        }

    fault = only(faults(**framework(**said)))
    assert (fault.path, fault.what) == (("frameworks", 0, "items", 0, "status"), "'value-a' says 'quoted' but has no quotation")
    assert faults(**framework(**said, printed=quotation())) == faults(**framework()) == []


def test_words_read_in_another_document_say_whose():
    def quoted(**said: Any) -> dict[str, Any]:
        return {"definitions": (made(model.Definition, "definition-a", **{**QUOTED, "quote": quotation(grade="B", **said)}),)}

    fault = only(faults(**quoted()))
    assert (fault.path, fault.what) == (("definitions", 0, "quote", "grade"), "these words have grade B but do not say who prints them")
    assert "as_printed_by" in fault.fix
    assert faults(**quoted(as_printed_by="a manual")) == []


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"status": "quoted", "quote": None}, "'definition-a' says 'quoted' but has no quotation"),
        ({"status": "paraphrased"}, "'definition-a' says 'paraphrased' but has a quotation"),
        ({"status": "ours"}, "'definition-a' says 'ours' but has a quotation"),
    ],
)
def test_a_definition_says_quoted_only_with_a_quotation(said, what):
    fault = only(faults(definitions=(made(model.Definition, "definition-a", **{**QUOTED, **said}),)))
    assert (fault.path, fault.what) == (("definitions", 0, "status"), what)
    assert faults(definitions=(made(model.Definition, "definition-a", **{**QUOTED, "status": "paraphrased", "quote": None}),)) == []


def answered(*earned_by: str, **said: Any) -> dict[str, Any]:
    answers = tuple(model.Answer(question="question-equal", earned_by=(words,)) for words in earned_by)
    definition = made(model.Definition, "definition-a", **{**QUOTED, "answers": answers, **said})
    return {"questions": (made(model.Question, "question-equal"),), "definitions": (definition,)}


@pytest.mark.parametrize(
    "words", ["equal friends", "Equal partners", "equal partner’s", "People together", "e", "qual partners", "equal partner"]
)
def test_a_yes_is_earned_only_by_words_of_the_quotation_to_the_letter(words):
    fault = only(faults(**answered(words)))
    assert fault.path == ("definitions", 0, "answers", 0, "earned_by", 0)
    assert fault.what == f"the words '{words}' are not in the quotation"
    assert faults(**answered("equal partners")) == faults(**answered("equal partners.")) == []


def test_a_definition_without_a_quotation_can_earn_nothing():
    fault = only(faults(**answered("equal partners", status="paraphrased", quote=None)))
    assert "are not in the quotation" in fault.what


def test_one_question_is_answered_once():
    fault = only(faults(**answered("equal", "partners")))
    assert (fault.path, fault.what) == (("definitions", 0, "answers", 1, "question"), "'question-equal' is answered twice")


def test_every_item_of_a_compared_framework_stands_under_a_theme():
    second = made(model.Item, "value-patience")
    both = made(model.Framework, "framework-club", compared=True, items=(TRUST, second))
    fault = only(faults(frameworks=(both,), themes=(TIME,)))
    assert (fault.path, fault.what) == (("frameworks", 0, "items", 1, "id"), "'value-patience' stands under no theme")
    assert faults(frameworks=(LISTED,), themes=(TIME,)) == []


def test_a_framework_that_is_not_compared_needs_no_theme():
    assert faults(frameworks=(made(model.Framework, "framework-club", compared=False, items=(TRUST,)),)) == []


def test_nothing_is_said_to_miss_a_theme_while_some_themes_could_not_be_read():
    facts = Facts.model_construct(frameworks=(LISTED,))
    assert len(list(model.faults(facts))) == 1
    assert list(model.faults(facts, partly=frozenset({"themes"}))) == []


def descended(**parents: str) -> dict[str, Any]:
    """Definitions a, b, c ..., each of which descends from the one it names."""

    def descent(of: str | None) -> tuple[model.Descent, ...]:
        return (model.Descent(wording=f"definition-{of}", change="A word.", sure="likely"),) if of else ()

    return {"definitions": tuple(made(model.Definition, f"definition-{id}", descends_from=descent(parents.get(id))) for id in "abcd")}


def test_a_definition_cannot_descend_from_itself():
    fault = only(faults(**descended(a="a")))
    assert (fault.path, fault.what) == (("definitions", 0, "descends_from"), "'definition-a' descends from itself")
    assert faults(**descended(a="b")) == []


def test_a_family_cannot_go_round_in_a_circle():
    found = faults(**descended(a="b", b="c", c="a", d="a"))
    assert [fault.path[1] for fault in found] == [0, 1, 2]  # d leads into the circle but is not part of it
    assert faults(**descended(a="b", b="c", c="d")) == []


def test_all_faults_are_reported_together():
    found = faults(
        glossary=(made(model.Word, "spade-word", see=("zzz-zzz",)),),
        reasons=(made(model.Reason, "reason-a", status="paraphrased", review_by=READ),),
    )
    assert sorted(fault.path for fault in found) == [
        ("glossary", 0, "id"),
        ("glossary", 0, "see", 0),
        ("reasons", 0, "id"),
        ("reasons", 0, "review_by"),
    ]


# -------------------------------------------------------------- what was taken out


def test_what_was_taken_out_keeps_its_id_whatever_its_kind():
    gone = tuple(made(model.Withdrawn, id) for id in ("word-hoe", "ladder-top", "history-2013"))
    assert faults(withdrawn=gone) == []
    fault = only(faults(withdrawn=(made(model.Withdrawn, "hoe-word"),)))
    assert (fault.path, fault.fix) == (("withdrawn", 0, "id"), "Write the id that it had before it was taken out.")


def test_every_kind_of_record_can_be_taken_out():
    kinds = {kind for record in model.Record.__subclasses__() for kind in record.kinds}
    assert len(kinds) > 20 and kinds == set(model.Withdrawn.kinds), "Write new kinds of record above Withdrawn."


def test_an_id_that_was_taken_out_or_given_up_is_never_used_again():
    word, other = made(model.Word, "word-hoe"), made(model.Word, "word-rake")
    assert "'word-hoe' is used twice" in only(faults(glossary=(word,), withdrawn=(made(model.Withdrawn, "word-hoe"),))).what
    assert "'word-hoe' is used twice" in only(
        faults(glossary=(word,), withdrawn=(made(model.Withdrawn, "word-rake", formerly=("word-hoe",)),))
    ).what
    assert faults(glossary=(word, other), withdrawn=(made(model.Withdrawn, "word-scythe", formerly=("word-sickle",)),)) == []


def test_nothing_leads_to_what_was_taken_out():
    gone = made(model.Withdrawn, "word-hoe")
    fault = only(faults(glossary=(made(model.Word, "word-rake", see=("word-hoe",)),), withdrawn=(gone,)))
    assert fault.path == ("glossary", 0, "see", 0) and "'word-hoe' is not the id of any record" in fault.what
    source = made(model.Withdrawn, "source-old")
    resource = made(model.Resource, "resource-old", source="source-old")
    assert only(faults(resources=(resource,), withdrawn=(source,))).path == ("resources", 0, "source")
    assert faults(glossary=(made(model.Word, "word-hoe", see=("word-rake",)), made(model.Word, "word-rake"))) == []


def test_a_page_that_was_taken_out_says_which_it_was():
    assert faults(withdrawn=(made(model.Withdrawn, "page-quorum", was="quorum.md"),)) == []
    assert only(faults(withdrawn=(made(model.Withdrawn, "page-quorum"),))).path == ("withdrawn", 0, "id")
    assert only(faults(withdrawn=(made(model.Withdrawn, "word-quorum", was="quorum.md"),))).path == ("withdrawn", 0, "was")
