"""Whether our words are spelt as British English spells them.

Two kept tools know that. ``pyspellchecker`` has a list of the words that there are, American ones too. ``typos`` knows
many slips, and which spelling is British and which American. What neither knows and is right all the same stands in a
plain list beside the facts.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, islice
from pathlib import Path

from spellchecker import SpellChecker

from coproduction import reading
from coproduction.findings import Finding, Rule
from coproduction.model import nearest, unseen
from coproduction.prose import Passage
from coproduction.reading import Unreadable, page_text, two_versions
from coproduction.terms import MOST_TOLD

LIST = Path("docs/data/words/spelling.txt")

MISSPELT = Rule(
    "spelling",
    "our dictionary does not know '{word}'",
    "A slip makes readers stumble, and search cannot find the word.",
    "{meant}If it is right as it stands, add it to docs/data/words/spelling.txt.",
    "We climb the ladder.",
    {"word": "laddder", "meant": "Did you mean ladder? "},
)
AMERICAN = Rule(
    "spelling-american",
    "'{word}' is the American spelling",
    "We write British English. Two spellings of one word make people wonder.",
    "Write '{right}'.",
    "We organise it at the centre.",
    {"word": "center", "right": "centre"},
)
OUT_OF_ORDER = Rule(
    "spelling-list-order",
    "'{word}' stands in the wrong place",
    "The list is in order of the alphabet, each word once. So people can see what it has.",
    "Move it above '{after}'. If it is there twice, take one out.",
    "befriender\ntimebank",
    {"word": "befriender", "after": "timebank"},
)
NEEDLESS = Rule(
    "spelling-list-needless",
    "'{word}' need not be in this list",
    "{reason}. What a long list lets through, nobody sees.",
    "Take the line out.",
    "befriender",
    {"word": "ladder", "reason": "The dictionary has it already"},
)

# A word beside a digit, a slash or another sign is a part of a name for machines, and so is one with a point inside or in front.
_WORD = re.compile(r"(?<![\w@/#&.])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@/])(?!\.\w)")
_OWNED = re.compile(r"[’']s?$")
_SHORTEST, _LONGEST = 3, 40  # letters of what can be a word
_LONG_ENOUGH, _COMMON = 5, 5e-7  # letters of a name that can be a slip; the share of all English words that was meant
_MOST_SUGGESTIONS = 100  # a page in another language should not keep us waiting
# Between two words: here a sentence, a heading, a cell or the entry of a list begins.
_BEGINS = re.compile(r"[.!?:|]|\n\s*\n|\n\s*(?:#|[-*+]\s|\d+\.\s)")


@dataclass(frozen=True)
class Token:
    """A word, where it stands, and whether a capital is no sign of a name there."""

    passage: Passage
    end: int
    text: str
    first: bool

    @property
    def named(self) -> bool:
        """Whether it looks like a name, or like initials."""
        return self.text[1:] != self.text[1:].lower() or (self.text[0].isupper() and not self.first)


def tokens(passage: Passage) -> Iterator[Token]:
    """The words of ours in a passage."""
    text, before = passage.ours, 0
    for found in _WORD.finditer(text):
        first = before == 0 or bool(_BEGINS.search(text[before : found.start()]))
        before = found.end()
        word = _OWNED.sub("", found[0]).replace("’", "'")
        if _SHORTEST <= len(word) <= _LONGEST:
            yield Token(passage, found.end(), word, first)


def check(root: Path, passages: list[Passage], names: Iterable[str], welsh: Iterable[str], complete: bool) -> list[Finding]:
    """What is misspelt in these passages, and what is wrong with our own list.

    :param names: what people, bodies, papers and places are called.
    :param complete: whether these are all our passages. Only then can it be told which words of the list nothing uses.
    """
    found = [token for passage in passages for token in tokens(passage)]
    called = {word for text in names for word in _bare(text) if word[0].isupper()}
    called |= {word for text in welsh for word in _bare(text)}
    capital = {token.text for token in found if token.named} - called
    called |= capital - _hidden(capital)
    spelt = [token for token in found if token.text not in called]
    listed = _listed(root)
    right = {word for _, word in listed}
    wrong = _verdicts({token.text.lower() for token in spelt} - right, right)
    slips = [token for token in spelt if token.text.lower() in wrong]
    by_passage = groupby(slips, key=lambda token: id(token.passage))
    findings = [_finding(token, wrong[token.text.lower()]) for _, group in by_passage for token in islice(group, MOST_TOLD)]
    return findings + list(_of_list(listed, {token.text.lower() for token in spelt} if complete else right))


def _bare(text: str) -> list[str]:
    """The words of a text, without an ’s at their ends."""
    return [_OWNED.sub("", word).replace("’", "'") for word in _WORD.findall(text)]


def _finding(token: Token, verdict: Verdict) -> Finding:
    file, line = token.passage.file, token.passage.line_at(token.end)
    if verdict.american:
        return AMERICAN.finding(file, line, word=token.text, right=" or ".join(verdict.meant))
    meant = f"Did you mean {' or '.join(verdict.meant)}? " if verdict.meant else "Look it up. "
    return MISSPELT.finding(file, line, word=token.text, meant=meant)


# ------------------------------------------------------------------ the two tools


@dataclass(frozen=True)
class Verdict:
    """Why a word is wrong, and what may have been meant."""

    american: bool
    meant: tuple[str, ...]


def _verdicts(words: set[str], right: set[str]) -> dict[str, Verdict]:
    """What is wrong, by word.

    :param right: the words of our own list, which may have been meant.
    """
    slips, american = _corrected(words, "en-gb"), _corrected(words, "en-us")
    unknown = words - slips.keys() - _known(words)
    verdicts = {word: Verdict(word not in american, tuple(meant)) for word, meant in slips.items()}
    return {**verdicts, **{word: Verdict(False, tuple(meant)) for word, meant in _nearest(unknown, right).items()}}


def _known(words: set[str]) -> set[str]:
    """The words that the dictionary has, or has in their American spelling; some slips among them."""
    unknown = _dictionary().unknown(words)
    american = _corrected(unknown, "en-us")
    return words - {word for word in unknown if word not in american or _dictionary().unknown(american[word])}


def _nearest(unknown: set[str], right: set[str]) -> dict[str, list[str]]:
    """The likeliest words that differ in one letter from each that is unknown; or those of our own list that look like it."""
    changed = {word: _dictionary().edit_distance_1(word) for word in sorted(unknown)[:_MOST_SUGGESTIONS]}
    candidates = {other for others in changed.values() for other in others}
    good = _known(candidates) - _corrected(candidates, "en-gb").keys()
    usage = _dictionary().word_usage_frequency
    near = {word: sorted(good.intersection(others), key=lambda other: (-usage(other), other)) for word, others in changed.items()}
    return {word: near.get(word, [])[:2] or nearest(word, right) for word in unknown}


def _hidden(names: set[str]) -> set[str]:
    """Those of these names that are much more likely a slip in a word with a capital: Londn, Wensday.

    Many people's names differ in one letter from some word. So no more is held against a name than that ``typos`` lists
    it, or that a letter of a common word is missing.
    """
    words = {name.lower(): name for name in names if name[1:].islower()}
    listed = _corrected(words, "en-gb").keys() & _corrected(words, "en-us").keys()  # what is only American may be a name
    usage = _dictionary().word_usage_frequency
    unknown = words.keys() - _known(set(words)) - listed
    lacking = {
        word
        for word in sorted(unknown)[:_MOST_SUGGESTIONS]
        if len(word) >= _LONG_ENOUGH
        and any(len(other) > len(word) and usage(other) >= _COMMON for other in _dictionary().edit_distance_1(word))
    }
    return {words[word] for word in listed | lacking}


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(distance=1)


def _corrected(words: Iterable[str], english: str) -> dict[str, list[str]]:
    """What ``typos`` would put in place of words, in this kind of English: ``en-gb`` or ``en-us``."""
    return _asked(tuple(sorted(words)), english)


@lru_cache(maxsize=16)
def _asked(words: tuple[str, ...], english: str) -> dict[str, list[str]]:
    if not words:
        return {}
    program = shutil.which("typos", path=sysconfig.get_path("scripts")) or "typos"
    command = [program, "--isolated", "--locale", english, "--format", "json", "-"]
    done = subprocess.run(command, input="\n".join(words), capture_output=True, encoding="utf-8", check=False)
    slips = [slip for line in done.stdout.splitlines() if (slip := json.loads(line))["type"] == "typo"]
    told = {words[slip["line_num"] - 1]: slip for slip in slips}
    return {word: slip["corrections"] for word, slip in told.items() if slip["typo"] == word}  # and not of a part of it


# ------------------------------------------------------------------- our own list


def _listed(root: Path) -> list[tuple[int, str]]:
    """The words of our own list, each with its line.

    :raises Unreadable: when it cannot be read, or is not what it looks like.
    """
    path, where = root / LIST, LIST.as_posix()
    if not path.exists():
        return []
    text = page_text(path, where)
    lines = list(enumerate(text.split("\n"), 1))
    said = ((number, unseen(line)) for number, line in lines)
    slips = [reading.UNSEEN_CHARACTER.finding(where, number, place="the line", names=names) for number, names in said if names]
    if both := two_versions(text, where):
        slips.append(both)
    if slips:
        raise Unreadable(slips)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]


def _of_list(listed: list[tuple[int, str]], used: set[str]) -> Iterator[Finding]:
    words = {word for _, word in listed}
    known = _known(words) - _corrected(words, "en-gb").keys()
    last = ""
    for line, word in listed:
        if word <= last:
            yield OUT_OF_ORDER.finding(LIST.as_posix(), line, word=word, after=last)
        elif word in known:
            yield NEEDLESS.finding(LIST.as_posix(), line, word=word, reason="The dictionary has it already")
        elif word not in used:
            yield NEEDLESS.finding(LIST.as_posix(), line, word=word, reason="No page and no record uses it")
        last = max(last, word)
