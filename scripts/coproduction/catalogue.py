"""Every rule that files keep, gathered from the rooms that check them."""

from __future__ import annotations

from types import ModuleType

from coproduction import (
    dates,
    doors,
    downloads,
    labels,
    model,
    pages,
    pipeline,
    published,
    quotations,
    reading,
    settings,
    site,
    spelling,
    terms,
)
from coproduction.findings import Finding, Rule

# What the rules of a room are about, as a contributor would say it.
ROOMS: dict[str, tuple[ModuleType, ...]] = {
    "Data files": (reading,),
    "Records": (model, quotations, dates),
    "Pages": (pages,),
    "Words": (labels, terms, spelling),
    "Sheets to print": (downloads,),
    "The whole site": (settings, pipeline, site),
    "Addresses that must stay": (published,),
    "Ways to tell us of a mistake": (doors,),
}

# What may stand in the braces of many rules, by the name in them. A rule that means something else has its own beside it.
SAMPLES = {
    "id": "word-reciprocity",
    "key": "name",
    "word": "rung",
    "reviewed": "2026-11-22",
    "review_by": "2026-11-22",
    "day": "2027-01-01",
    "data": "docs/data/easy_read.yml",
    "address": "ladder/#ladder-informing",
    "span": '<span id="criticisms"></span>',
    "said": "https://garden.org.uk/ladders/",
    "own": "https://garden.org.uk/ladder/",
    "lock": "3f9a01bc-5d21c0aa",
    "seen": "the day as 'checked', a more exact 'where', or 'sic' with a note",
}


def rules() -> dict[str, list[Rule]]:
    """The rules by what they are about, in the order in which they stand in the code."""
    return {
        about: [value for room in rooms for value in vars(room).values() if isinstance(value, Rule)]
        for about, rooms in ROOMS.items()
    }


def messages() -> dict[str, list[Finding]]:
    """What each rule says to somebody who broke it, with made-up words in place of theirs; in the order of the rules."""
    return {about: [rule.shown(SAMPLES) for rule in group] for about, group in rules().items()}
