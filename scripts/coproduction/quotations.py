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
from coproduction.model import Change, Facts, Framework, Quotation, Record, Source, Suggestion, Variant

QUOTATION_CHANGED = Rule(
    "quotation-changed",
    "this is a quotation, and its words are not as they were",
    "These are somebody's exact words. Nobody may tidy them.",
    "Undo your change. If the source has it so, compare every word. Then write {seen}. Check again: you will get a new lock.",
    'checked: "2026-11-22"',
)
QUOTATION_NOT_LOCKED = Rule(
    "quotation-not-locked",
    "this quotation has no lock, or that of an older check",
    "The lock tells us when somebody's words change by accident.",
    "First compare every word with the source. Then write 'locked: {lock}', or run: python3 scripts/check.py --lock",
    "locked: 3f9a01bc-5d21c0aa",
)
LOCK_OF_NOTHING = Rule(
    "lock-of-nothing",
    "a lock stands here, and no exact words that it could keep",
    "Words that were somebody's own may have lost their guard.",
    "Are they still exact? Then put {back} back. Are they ours now? "
    "Then take 'locked' out, and say why when you send your change.",
    "names: quoted",
    {"back": "'names: quoted'"},
)


class Exact(NamedTuple):
    """Words that are somebody's own, and what is said of where and when they were read."""

    path: tuple[Any, ...]
    ids: frozenset[str]  # of the record whose words they are, those that it had before too
    slot: str  # the key of the record under which they stand
    words: tuple[str, ...]
    seen: tuple[str | None, ...]
    checked: str | None
    locked: str | None
    words_key: str  # where the words stand below the path
    before_lock: str  # the key of one line after which the lock is written
    how_to_say: str  # that the words were compared with their source again

    @property
    def lock(self) -> str:
        """The lock that these words should have."""
        return f"{mark(self.words)}-{mark(self.seen)}"

    @property
    def is_changed(self) -> bool:
        """Whether the words have changed, and nobody says that they have looked at the source again."""
        words, _, seen = (self.locked or "").partition("-")
        return words != mark(self.words) and seen == mark(self.seen)

    @property
    def is_to_lock(self) -> bool:
        """Whether they wait for a lock: they are new, or were compared with their source again."""
        return self.locked != self.lock and not self.is_changed

    def changed(self, how_to_say: str = "") -> Fault:
        """That the words are not as they were, which nobody may pass over."""
        return QUOTATION_CHANGED.fault((*self.path, self.words_key), seen=how_to_say or self.how_to_say)


def exact(facts: Facts) -> Iterator[Exact]:
    """All words of ``facts`` that are somebody's own: quotations, names that are quoted, and what people wrote to us."""
    for path, record in facts.records:
        ids = frozenset((record.id, *record.formerly))
        for inner, quote in record.quotations():
            yield _quotation((*path, *inner), ids, quote)
        if isinstance(record, Framework):
            if record.names == "quoted" and record.items:
                yield _names(path, ids, record)
            for number, variant in enumerate(record.variants):
                yield _other_names((*path, "variants", number), ids, variant)
        # Without consent the words cannot stay. That is told first, by a rule of its own.
        if isinstance(record, Change) and record.suggested and record.suggested.words and record.suggested.consent_kept:
            yield _sent((*path, "suggested"), ids, record.suggested)


def faults(facts: Facts) -> Iterator[Fault]:
    """Each quotation whose lock does not fit, and each lock that fits no quotation."""
    for each in exact(facts):
        if each.is_changed:
            yield each.changed()
        elif each.is_to_lock:
            yield QUOTATION_NOT_LOCKED.fault((*each.path, "locked" if each.locked else each.words_key), lock=each.lock)
    for path, record in facts.records:
        yield from _left_over(path, record)


def _left_over(path: tuple[Any, ...], record: Record) -> Iterator[Fault]:
    """A lock that was left behind when its words were no longer said to be exact."""
    if isinstance(record, Framework) and record.locked and record.names != "quoted":
        yield LOCK_OF_NOTHING.fault((*path, "locked"), back="'names: quoted'")
    if isinstance(record, Change) and record.suggested and record.suggested.locked and not record.suggested.words:
        yield LOCK_OF_NOTHING.fault((*path, "suggested", "locked"), back="their 'words'", example="words: I cannot read the map.")


def looked(facts: Facts) -> Iterator[tuple[tuple[Any, ...], str]]:
    """When somebody compared words with their source, or read a source, with the path that leads there."""
    for path, record in facts.records:
        if isinstance(record, Source):
            yield (*path, "checked"), record.checked
        for inner, quote in record.quotations():
            yield (*path, *inner, "checked"), quote.checked


def _quotation(path: tuple[Any, ...], ids: frozenset[str], quote: Quotation) -> Exact:
    seen = (quote.source, quote.where, quote.checked, quote.sic)
    say = "the day as 'checked', a more exact 'where', or 'sic' with a note"
    slot = next(key for key in reversed(path) if isinstance(key, str))
    return Exact(path, ids, slot, (quote.words,), seen, quote.checked, quote.locked, "words", "checked", say)


def _names(path: tuple[Any, ...], ids: frozenset[str], framework: Framework) -> Exact:
    places = [said for citation in framework.sources for said in (citation.source, citation.where)]
    say = "a more exact 'where' for the source, or a 'names_note'"
    words = tuple(item.name for item in framework.items)
    return Exact(path, ids, "names", words, (*places, framework.names_note), None, framework.locked, "names", "id", say)


def _other_names(path: tuple[Any, ...], ids: frozenset[str], variant: Variant) -> Exact:
    seen = (variant.source, variant.year, variant.note)
    say = "what you found as a 'note'"
    return Exact(path, ids, "variants", variant.names, seen, None, variant.locked, "names", "grade", say)


def _sent(path: tuple[Any, ...], ids: frozenset[str], suggested: Suggestion) -> Exact:
    say = "under 'consent_kept' that they agreed to it"
    words, seen = (suggested.words or "",), (suggested.consent_kept,)
    return Exact(path, ids, "suggested", words, seen, None, suggested.locked, "words", "outcome", say)


def mark(texts: tuple[str | None, ...]) -> str:
    """Eight characters that change with any letter of the texts, and with where one ends and the next begins."""
    return hashlib.sha256("\n".join(text or "" for text in texts).encode()).hexdigest()[:8]
