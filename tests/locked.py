"""The locks of the real quotations. Whatever a reader is given as a quotation must fit one."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from coproduction import reading


def lock(words: str) -> str:
    """The half of a lock that changes with any letter of the words."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:8]


@cache
def locks() -> dict[str, list[str]]:
    """That half of each lock in docs/data, by the id of the record that holds the quotation, in the order of its keys."""
    facts = reading.read(Path(__file__).resolve().parent.parent / "docs" / "data").facts
    return {record.id: [str(quote.locked).partition("-")[0] for _, quote in record.quotations()] for _, record in facts.records}
