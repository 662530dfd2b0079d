"""Today's terms: words that we leave out of our own prose, and what we say instead.

They stand in ``docs/data/words/terms.yml``; those that hurt stand in the glossary. What other people say is theirs: quotations,
names, the old words that the glossary explains, and how people speak of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coproduction import reading
from coproduction.findings import Finding, Rule
from coproduction.model import Term, Word
from coproduction.prose import Passage

LIST = Path("docs/data/words/terms.yml")
MOST_TOLD = 50  # in one passage: who mends them finds the rest then
_NEAR = 80  # characters, to see what a phrase belongs to

NOT_TODAYS = Rule(
    "todays-terms",
    "'{found}' is not what we say today",
    "{reason}",
    "Say '{say}'. Where it is what somebody else says, put it in curly quotes.",
    "We meet people who draw on care and support.",
    {"found": "service users", "reason": "No one’s whole life is a service.", "say": "people who draw on care and support"},
)

# Behind "the disabled", these show that no other word belongs to it: "the disabled are", but "the disabled person".
_ALONE = (
    r"(?=\W*\Z|\s*[.,;:!?)]"
    r"|\s+(?:and|or|are|as|at|by|can|from|have|in|is|may|must|need|of|on|should|to|were|who|will|with)\b)"
)
# How people speak of themselves. Before the word: "I am a", "we used to be", "we, the"; or "as a", when "I" follows it.
_MEANWHILE = r"(?:(?:all|also|always|both|have|had|just|myself|never|not|now|once|ourselves|still|then|to|used|will)\s+)*"
_AND_SUCH = r"(?:(?!(?:about|among|by|for|from|like|near|of|with|\w*ing)\s)\w+\s+)?"  # one word more: "disabled", "former"
_A = r"(?:(?:an?|the)\s+)?"
_OF_ONESELF = re.compile(
    rf"\b(?:(?:I|we)(?:[’'](?:ve|d|ll))?\s+{_MEANWHILE}(?:am|are|was|were|be|been|became|become)|(?:I|we)[’'](?:m|re)"
    r"|identif\w+ as"
    r"|(?:I|we)\s+(?:come|came|speak|spoke|write|wrote) as"
    r"|(?:my|our) (?:days|experiences?|life|lives|role|story|stories|time|voice|years) as"
    rf"|(?:call|describe|name|see)\w* (?:my|our|your|him|her|them)sel(?:f|ves)(?: as)?)\s+{_MEANWHILE}{_A}{_AND_SUCH}\Z",
    re.I,
)
# What stands before and behind it in "As a …, I know", in "We, the …, wrote" and in "we …s decide".
_IN_PASSING = tuple(
    (re.compile(before, re.I), re.compile(after, re.I))
    for before, after in (
        (rf"\bas\s+{_A}{_AND_SUCH}\Z", r"(?:\s+(?:and|in|of|who|with)\b[^.!?,]*)?,?\s+(?:I|we)\b"),
        (rf"\b(?:I|we),\s+{_A}{_AND_SUCH}\Z", r"\s*,"),
        (r"\bwe\s+\Z", r"(?<=s)\b"),
    )
)


@dataclass(frozen=True)
class Phrase:
    """A phrase that we leave out, what finds it, and its term."""

    longest_word: str
    pattern: re.Pattern
    term: Term


def listed(root: Path) -> tuple[Term, ...]:
    """The terms of the list, where there is one.

    :raises Unreadable: when it cannot be read.
    """
    path = root / LIST
    return reading.word_list(path, LIST.as_posix()).terms if path.exists() else ()


def that_hurt(glossary: Iterable[Word]) -> Iterator[Term]:
    """The words that the glossary keeps for search alone, with what it explains in their place."""
    for word in glossary:
        if word.unshown:
            yield Term(say=word.name.lower(), instead_of=word.unshown, why="Many people find that it hurts.")


def check(passages: Iterable[Passage], names: Iterable[str], terms: Iterable[Term]) -> Iterator[Finding]:
    """Where our own words are not today's.

    :param names: what people, bodies and papers are called: left alone, wherever they stand.
    """
    phrases = [_phrase(words, term) for term in terms for words in term.instead_of]
    names = [name for name in names if any(_within(name, phrases))]
    for passage in passages:
        if passage.spoken:
            continue
        text = _without(names, passage.ours)
        for found, term in islice(_within(text, phrases), MOST_TOLD):
            if not _is_name(text, found) and not _is_of_oneself(text, found):
                words = " ".join(found[0].split())
                yield NOT_TODAYS.finding(passage.file, passage.line_at(found.end()), found=words, say=term.say, reason=term.why)


def _phrase(said: str, term: Term) -> Phrase:
    """What finds a phrase, in any number, with any spaces and hyphens between its words."""
    words = re.split(r"[\s-]+", said.lower().rstrip("*"))
    ending = r"\w*" if said.endswith("*") else r"(?:e?s)?"
    alone = _ALONE if words[0] == "the" else ""
    pattern = r"(?<!\w)" + r"[\s-]+".join(map(re.escape, words)) + ending + r"(?!\w)" + alone
    return Phrase(max(words, key=len), re.compile(pattern, re.I), term)


def _within(text: str, phrases: list[Phrase]) -> Iterator[tuple[re.Match, Term]]:
    """Each phrase in a text, with its term; of two that overlap the longer."""
    lowered, end = text.lower(), 0
    likely = [phrase for phrase in phrases if phrase.longest_word in lowered]  # quick, and most texts have none
    found = [(match, phrase.term) for phrase in likely for match in phrase.pattern.finditer(text)]
    for match, term in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        # "co production" has nothing against the hyphen of its own term.
        if match.start() >= end and not match[0].lower().startswith(term.say.lower()):
            yield match, term
            end = match.end()


def _without(names: list[str], text: str) -> str:
    """A text with spaces for the names in it."""
    for name in names:
        text = re.sub(re.escape(name), lambda found: " " * len(found[0]), text, flags=re.I)
    return text


# Another word of a name, before or behind. That words have capitals makes them no name: some write Service User so everywhere.
# The first word of a sentence has a capital anyhow, and nothing follows from SERVICE USERS CAME.
_NAME_BEFORE = re.compile(r"[\w,]\s+[A-Z]\w*[a-z]\w*\s+\Z")
_NAME_BEHIND = re.compile(r"(?:[’']s?)?\s+(?:(?:and|&)\s+[A-Z]\w*[a-z]\w*\s+)?[A-Z]\w*[a-z]")


def _is_name(text: str, found: re.Match) -> bool:
    """Whether the words are part of a name: the Service User Network, Stakeholder Forum."""
    words = re.findall(r"\w+", found[0])
    if not all(word[0].isupper() for word in words) or (len(words) > 1 and found[0].isupper()):
        return False
    before, behind = text[: found.start()][-_NEAR:], text[found.end() : found.end() + _NEAR]
    return bool(_NAME_BEFORE.search(before) or _NAME_BEHIND.match(behind))


def _is_of_oneself(text: str, found: re.Match) -> bool:
    """Whether somebody says it of themselves."""
    before = text[: found.start()][-_NEAR:]
    return bool(_OF_ONESELF.search(before)) or any(
        left.search(before) and right.match(text, found.end(), found.end() + _NEAR) for left, right in _IN_PASSING
    )
