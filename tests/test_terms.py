"""Today's terms: what is suggested, and what is left alone because it is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from coproduction import prose, reading, spelling, terms, wording
from coproduction.model import Term
from coproduction.prose import Passage
from level import level
from tiny import good_data, write

PEOPLE, CARER, WORKER = "people who draw on care and support", "carer", "care worker"
HOMELESS = "people who have no home"
RISK, REACHED = "at risk of harm", "not yet reached"

# A sentence of ours, and what we should say in it.
SUGGESTED = [
    ("Ask service users first.", PEOPLE),
    ("Service users decide too.", PEOPLE),
    ("The Service Users came.", PEOPLE),
    ("We asked Service Users and Carers first.", PEOPLE),
    ("We asked our Clients.", PEOPLE),
    ("SERVICE USERS CAME.", PEOPLE),
    ("SERVICE USERS Came.", PEOPLE),
    ("Every service user’s view counts.", PEOPLE),
    ("A service-user panel meets here.", PEOPLE),
    ("Ask a service\nuser first.", PEOPLE),
    ("Our clients like it.", PEOPLE),
    ("Consumers were asked.", PEOPLE),
    ("Help the disabled.", "disabled people"),
    ("The disabled are left out.", "disabled people"),
    ("Ask people with disabilities.", "disabled people"),
    ("Learning disabled people run the group.", "people with learning disabilities"),
    ("He is wheelchair bound.", "disabled people"),
    ("A home for the elderly.", "older people"),
    ("The mentally ill were heard.", "people with mental ill health"),
    ("She suffers from dementia.", "lives with"),
    ("Many were suffering from stress.", "lives with"),
    ("A non-verbal child joined in.", "does not use speech"),
    ("Safe places for vulnerable adults.", RISK),
    ("We protect the vulnerable.", RISK),
    ("Go to hard-to-reach groups.", REACHED),
    ("They are hard to reach.", REACHED),
    ("Informal carers came.", CARER),
    ("Each paid carer was asked.", WORKER),
    ("Coproduction is shared power.", "co-production"),
    ("We coproduced the plan.", "co-production"),
    ("This is co production.", "co-production"),
    ("All stakeholders met.", "the people it touches, by name or by role"),
    ("It empowers people.", "share power with"),
    ("I met a service user.", PEOPLE),
    ("We work with service users.", PEOPLE),
    ("As a manager I know service users.", PEOPLE),
    ("As a service user group, they know.", PEOPLE),
    ("As clients of the council they know.", PEOPLE),
    ("We are asking service users.", PEOPLE),
    ("We were with clients.", PEOPLE),
    ("We treat them as service users.", PEOPLE),
    ("We know what it is to be a client.", PEOPLE),
    ("For us, service users come first.", PEOPLE),
    ("Help for the homeless.", HOMELESS),
    ("Homeless people came.", HOMELESS),
    ("Elderly people came.", "older people"),
    ("An elderly person came.", "older people"),
    ("They were mental patients.", "people with mental ill health"),
    ("She suffers with dementia.", "lives with"),
    ("We met BAME groups.", "Black people, or the name of the group"),
    ("Addicts came too.", "people with an addiction"),
    ("His special needs are met.", "access needs"),
]

# What is right as it stands, or not ours to change.
LEFT_ALONE = [
    "People who draw on care and support decide.",
    "People who use services decide.",
    "Disabled people lead the group.",
    "Ask the disabled person for the best day.",
    "The disabled people’s movement began it.",
    "Carers are not paid. Care workers are.",
    "An unpaid carer came.",
    "Co-production and co-producing are shared work.",
    "Co-design is one rung below.",
    "Many people dislike ‘service users’.",
    "Some still write “the vulnerable” in a letter.",
    "> Service users and stakeholders should be empowered.",
    "<blockquote>Service users decide.</blockquote>",
    "It was printed in <cite>The voice of service users</cite>.",
    "We met the Service User Network in May.",
    "The Stakeholder Forum met.",
    "We met the Service User and Carer Network.",
    "We asked the Garden Clients.",
    "It is called Shaping Our Lives with service users.",
    "I am a service user, and I like the word.",
    "We’re service users and proud of it.",
    "She calls herself a service user.",
    "Some identify as disabled service users.",
    "As a service user, I know this.",
    "As service users who live alone, we know this.",
    "I have been a service user.",
    "I used to be a service user.",
    "I became a service user.",
    "I still am a service user.",
    "I’ve always been a disabled client.",
    "We, the service users, wrote this.",
    "What we service users want is simple.",
    "I speak as a service user.",
    "My life as a service user began here.",
    "Search for `service user` and see.",
    "Go to [their page](https://clients.example/service-users).",
    "{{ service_users() }}",
    "The patient decides with the nurse.",
    "She was asked about the ladder, and suffered no fools.",
    "Blind people and deaf people took part.",
    "The blind person chose the room.",
    "A wheelchair user needs a ramp.",
    "She is in hospital.",
]


@pytest.fixture(scope="module")
def ours(root: Path) -> list[Term]:
    """The real terms."""
    return [*terms.listed(root), *terms.that_hurt(reading.read(root / "docs" / "data").facts.glossary)]


def seen(ours: list[Term], text: str) -> list[tuple[int, str]]:
    """The line of each word that we should not say, and what to say in its place."""
    called = ["Shaping Our Lives with service users"]
    found = terms.check([Passage("docs/a.md", 7, text)], called, ours)
    return [(finding.line, finding.fix.split("'")[1]) for finding in found]


@pytest.mark.parametrize(("sentence", "say"), SUGGESTED)
def test_a_word_of_yesterday_gets_todays_word(ours: list[Term], sentence: str, say: str) -> None:
    line = 7 + sentence.count("\n")
    assert seen(ours, sentence) == [(line, say)]


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_what_is_right_or_not_ours_is_left_alone(ours: list[Term], sentence: str) -> None:
    assert seen(ours, sentence) == []


def test_of_two_that_overlap_the_longer_is_told(ours: list[Term]) -> None:
    assert seen(ours, "It was service user involvement.") == [(7, "involvement")]


def test_what_the_list_says_is_not_itself_left_out(ours: list[Term]) -> None:
    assert len(ours) > 20
    for term in ours:
        assert seen(ours, f"We say {term.say} here.") == []


def test_no_phrase_stands_twice_in_the_list(root: Path) -> None:
    phrases = [phrase.casefold() for term in terms.listed(root) for phrase in term.instead_of]
    assert sorted(set(phrases)) == sorted(phrases)


def test_how_people_speak_and_old_words_in_the_facts_are_theirs(tmp_path: Path) -> None:
    data = good_data(tmp_path / "docs" / "data")
    glossary = (data / "glossary.yml").read_text(encoding="utf-8")
    old = "  - id: word-user\n    name: Service user\n    meaning: A service user is a person.\n    use: old\n    also: [client]\n"
    ours = "  - id: word-group\n    name: Group\n    meaning: Some service users who meet.\n    use: neutral\n    old: [clients]\n"
    write(data, {"glossary.yml": glossary + old + ours})
    library = reading.read(data)
    passages = prose.passages(tmp_path, [], library)
    found = terms.check(passages, prose.names(library), [Term(say="people", instead_of=("service user", "client"), why="So.")])
    line = (glossary + old + ours).split("Some service")[0].count("\n") + 1
    assert [(finding.file, finding.line) for finding in found] == [("docs/data/glossary.yml", line)]


def test_no_terms_find_nothing(tmp_path: Path) -> None:
    assert terms.listed(tmp_path) == ()
    assert list(terms.check([Passage("docs/a.md", 1, "Ask service users.")], [], [])) == []


def test_a_list_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {terms.LIST.as_posix(): "terms:\n  - say: people\n    insted_of: [user]\n    why: So.\n"})
    with pytest.raises(reading.Unreadable) as refused:
        terms.listed(tmp_path)
    assert (terms.LIST.as_posix(), 3) in {(finding.file, finding.line) for finding in refused.value.findings}


def test_what_is_said_of_each_term_is_short_plain_and_spelt_right(root: Path, ours: list[Term]) -> None:
    for term in ours:
        for phrase in term.instead_of:
            (found,) = terms.check([Passage("a.md", 1, f"We met {phrase.rstrip('*')}.")], [], [term])
            told = f"{found.what}. {found.why} {found.fix}"
            assert len(wording.words(f"{told} {found.example}")) <= 60, told
            assert level(found) <= 8, told
    said = [Passage("a.yml", 1, text) for term in ours for text in (term.say, term.why)]
    assert spelling.check(root, said, [], [], complete=False) == []
