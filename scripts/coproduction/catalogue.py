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
    site,
    spelling,
    terms,
)
from coproduction.findings import Rule

# What the rules of a room are about, as a contributor would say it.
ROOMS: dict[str, tuple[ModuleType, ...]] = {
    "Data files": (reading,),
    "Records": (model, quotations, dates),
    "Pages": (pages,),
    "Words": (labels, terms, spelling),
    "Sheets to print": (downloads,),
    "The whole site": (pipeline, site),
    "Addresses that must stay": (published,),
    "Ways to tell us of a mistake": (doors,),
}


def rules() -> dict[str, list[Rule]]:
    """The rules by what they are about, in the order in which they stand in the code."""
    return {
        about: [value for room in rooms for value in vars(room).values() if isinstance(value, Rule)]
        for about, rooms in ROOMS.items()
    }
