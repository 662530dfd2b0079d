"""Somebody's exact words stay exact: each quotation has a lock in the data, beside its words.

A lock has two halves. The first changes with any letter of the words. The second changes with what a person says who
has compared them with their source: when that was, where the words stand, and a note. So whoever tidies a quotation is
told, and gets no new lock before saying that, and where, they have looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from coproduction.findings import Fault, Rule
from coproduction.model import Facts, Framework, Quotation, Variant

QUOTATION_CHANGED = Rule(
    "quotation-changed",
    "this is a quotation, and its words are not as they were",
    "These are somebody's exact words. Nobody may tidy them.",
    "Undo your change. If the source has it so, compare every word. Then write {seen}. Check again: you will get a new lock.",
    'checked: "2026-12"',
)
QUOTATION_NOT_LOCKED = Rule(
    "quotation-not-locked",
    "this quotation has no lock, or that of an older check",
    "The lock tells us when somebody's words change by accident.",
    "First compare every word with the source. Then write 'locked: {lock}', or run: python3 scripts/check.py --lock",
    "locked: 3f9a01bc-5d21c0aa",
)


class Exact(NamedTuple):
    """Words that are somebody's own, and what is said of where and when they were read."""

    path: tuple[Any, ...]
    words: tuple[str, ...]
    seen: tuple[str | None, ...]
    locked: str | None
    words_key: str  # where the words stand below the path
    before_lock: str  # the key of one line after which the lock is written
    how_to_say: str  # that the words were compared with their source again

    @property
    def lock(self) -> str:
        """The lock that these words should have."""
        return f"{_mark(self.words)}-{_mark(self.seen)}"

    @property
    def is_changed(self) -> bool:
        """Whether the words have changed, and nobody says that they have looked at the source again."""
        words, _, seen = (self.locked or "").partition("-")
        return words != _mark(self.words) and seen == _mark(self.seen)

    @property
    def is_to_lock(self) -> bool:
        """Whether they wait for a lock: they are new, or were compared with their source again."""
        return self.locked != self.lock and not self.is_changed


def exact(facts: Facts) -> Iterator[Exact]:
    """All words of ``facts`` that are somebody's own: quotations, and names that are quoted."""
    for path, record in facts.records:
        for inner, quote in record.quotations():
            yield _quotation((*path, *inner), quote)
        if isinstance(record, Framework):
            if record.names == "quoted" and record.items:
                yield _names(path, record)
            for number, variant in enumerate(record.variants):
                yield _other_names((*path, "variants", number), variant)


def faults(facts: Facts) -> Iterator[Fault]:
    """Each quotation whose lock does not fit."""
    for each in exact(facts):
        if each.is_changed:
            yield QUOTATION_CHANGED.fault((*each.path, each.words_key), seen=each.how_to_say)
        elif each.is_to_lock:
            yield QUOTATION_NOT_LOCKED.fault((*each.path, "locked" if each.locked else each.words_key), lock=each.lock)


def _quotation(path: tuple[Any, ...], quote: Quotation) -> Exact:
    seen = (quote.source, quote.where, quote.checked, quote.sic)
    say = "a new 'checked', a more exact 'where', or 'sic' with a note"
    return Exact(path, (quote.words,), seen, quote.locked, "words", "checked", say)


def _names(path: tuple[Any, ...], framework: Framework) -> Exact:
    places = [said for citation in framework.sources for said in (citation.source, citation.where)]
    say = "a more exact 'where' for the source, or a 'names_note'"
    words = tuple(item.name for item in framework.items)
    return Exact(path, words, (*places, framework.names_note), framework.locked, "names", "id", say)


def _other_names(path: tuple[Any, ...], variant: Variant) -> Exact:
    seen = (variant.source, variant.year, variant.note)
    return Exact(path, variant.names, seen, variant.locked, "names", "grade", "what you found as a 'note'")


def _mark(texts: tuple[str | None, ...]) -> str:
    """Eight characters that change with any letter of the texts, and with where one ends and the next begins."""
    return hashlib.sha256("\n".join(text or "" for text in texts).encode()).hexdigest()[:8]
