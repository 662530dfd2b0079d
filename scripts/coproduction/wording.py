"""How hard words are to read: sentences, and the Automated Readability Index. And which words are ours.

The index (ARI) is 4.71 x (letters and digits for each word) + 0.5 x (words for
each sentence) - 21.43. Source: E. A. Smith and R. J. Senter, "Automated
Readability Index", AMRL-TR-66-220, 1967. It is a signal to editors; only readers
can say whether a page is clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SENTENCE = 25  # words
LONG_SENTENCE = 20  # words
LONG_SHARE = 0.05  # of all sentences
LONGEST_TITLE, LONGEST_DESCRIPTION = 70, 160  # characters of a page's; tabs and search results show no more

# The subject's own words and names: they cannot be avoided, so they would only hide what can be.
_UNAVOIDABLE = re.compile(
    r"(?:[Cc]o-(?:produc|design|deliver|commission|assess|creat)\w*|[A-Z]{2,}\w*|\d+[\d.,:/-]*)(?:[’']s)?",
)
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
# A full stop after an initial, a title or "e.g." ends no sentence.
# Where that is in doubt we do not split: a long sentence is reported rather than missed.
_SHORTENED = r"(?<!\b[A-HJ-Z]\.)(?<!\b(?:Dr|Mr|Ms|St)\.)(?<!\bMrs\.)(?<!\b(?:e\.g|i\.e)\.)(?<!\bNo\.(?=\s\d))"
_SENTENCE_END = re.compile(rf"(?<=[.!?]){_SHORTENED}[”’\")]*\s+(?=[“‘\"(]*[A-Z0-9])")


# What only half-finished words say.
# "What is to be decided together" is a whole sentence: those words count only where nothing follows.
UNFINISHED = (
    r"\bTO[ -]?DO\b|\bFIXME\b|\?{3,}|(?i:\bt\.?b\.?[acd]\b|\bx{3,}\b|\blorem\b|\bplaceholder\b|\bcoming\s+soon\b"
    r"|\bto\s+be\s+(?:confirmed|decided|added)(?=\s*(?:[.,;:!?)]|\Z))|\binsert\s+\w+\s+here\b)"
)

# What is somebody else's, in another language or no prose.
# The words of a link stay; its address goes. A quotation may run over lines, but not over the end of a paragraph.
# Each repetition has an end, so that no text, however odd, takes long.
_NOT_OURS = re.compile(
    r"^```.*?(?:^```|\Z)|`[^`\n]*`|^ *>[^\n]*"
    r"|<(q|blockquote|cite|code|script|style)\b.{0,2000}?</\1>|<(\w{1,20})\s[^<>]{0,200}\blang=.{0,2000}?</\2>"
    r"|<!--.{0,2000}?-->|<[^>]{0,2000}>|&#?\w{1,40};"
    r"|\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}|\*[^*\n]*\*\{:[^}]{0,300}\blang=[^}]{0,300}\}|\{:[^}]{0,300}\}"
    r"|\]\([^)]{0,2000}\)|^\[[^\]\n]*\]:[^\n]*|https?://\S+|(?<!\S)\S{1,200}@\S+"
    r"|“(?:(?!\n\s*\n)[^“”])*”|‘(?:(?!\n\s*\n)[^‘’]|’(?=\w))*’|\"[^\"\n]*\"|(?<!\w)'[^'\n]{1,80}'(?!\w)",
    re.S | re.M,
)


@dataclass(frozen=True)
class Reading:
    """How a text reads."""

    words: int
    sentences: int
    long_sentences: int
    ari: float


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph."""
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if _WORD.search(sentence)]


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def unfinished(text: str) -> list[str]:
    """The words that only a half-finished text says: ``TBC``, ``lorem``."""
    return re.findall(UNFINISHED, text)


def gaps(text: str) -> list[str]:
    """What stands in square brackets, as a gap does that somebody should fill: ``[your name]``."""
    return re.findall(r"\[[^\[\]]*\]", text)


def ours(text: str) -> str:
    """A text, Markdown or HTML, with spaces for all that is not our own prose: each word of ours keeps its place.

    Quotations go, and so do words in quotation marks, code, addresses, signs for machines, and other languages.
    """
    return _NOT_OURS.sub(lambda found: re.sub(r"\S", " ", found[0]), text)


def longest_words(paragraphs: Iterable[str], count: int = 8) -> list[str]:
    """The words with most letters, which raise the index most, each once; those that cannot be avoided are left out."""
    found = {word.lower() for paragraph in paragraphs for word in words(paragraph) if not _UNAVOIDABLE.fullmatch(word)}
    return sorted(found, key=lambda word: (-sum(c.isalnum() for c in word), word))[:count]


def reading(paragraphs: Iterable[str]) -> Reading:
    """How ``paragraphs`` read together; an empty text reads as nought."""
    said = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    counted = [[word for word in words(sentence) if not _UNAVOIDABLE.fullmatch(word)] for sentence in said]
    total = sum(map(len, counted))
    if not total:
        return Reading(0, 0, 0, 0.0)
    letters = sum(sum(c.isalnum() for c in word) for sentence in counted for word in sentence)
    return Reading(
        words=sum(len(words(sentence)) for sentence in said),
        sentences=len(said),
        long_sentences=sum(len(words(sentence)) > LONG_SENTENCE for sentence in said),
        ari=round(4.71 * letters / total + 0.5 * total / len(said) - 21.43, 1),
    )
