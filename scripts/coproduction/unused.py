"""What nobody would miss: facts that no page shows, and macros that no page asks for.

It is no fault to keep a fact for later, so this is a note and stops nothing. A fact counts as shown when its words
stand in what the macros of some page print, or on the small page at its permanent address. Names of files, ids and
words for search alone are not meant to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from coproduction.model import Facts, Part, Quotation, Record, is_id
from coproduction.tables import Tables

# What is for search and for other machines, what is shown in another form (a month, a kind, a way to a page), and where
# consent is kept, which is for the editors alone.
_NOT_MEANT = {"also", "also_welsh", "unshown", "old", "url", "checked", "locked", "consent_kept"}
_NOT_MEANT |= {"nation", "stage", "use", "status", "grade", "picture", "emblem", "of"}
# A macro that waits for something to show.
_WAITING = {"withdrawn"}
_NAMED = 3  # records of each kind of fact: the list must stay one line, and who mends these finds the rest next


def in_a_line(facts: Facts, asked: Iterable[str], printed: Iterable[str]) -> str:
    """What nobody uses in one line; nothing when all is used.

    :param asked: the names of the macros that pages ask for.
    :param printed: all that they and the small pages print.
    """
    called = set(asked)
    macros = [name for name in Tables.MACROS if name not in called | _WAITING]
    texts = list(_texts(facts))
    read = _squeezed(" ".join(printed))
    unread = [(where, id) for where, id, text in texts if _squeezed(text) not in read]
    if 2 * len(unread) > len(texts) or 2 * len(macros) > len(Tables.MACROS):
        return (
            f"No page seems to show {len(unread)} of {len(texts)} facts, or to ask for {len(macros)} of {len(Tables.MACROS)} macros. "
            "So many cannot be right: look for the fault in the search for them before you take anything out."
        )
    ids: dict[str, list[str]] = {}
    for where, id in dict.fromkeys(unread):
        ids.setdefault(where, []).append(id)
    said = [f"{where} ({_named(own)})" for where, own in ids.items()]
    told = [f"facts that no page shows: {', '.join(said)}."] if said else []
    told += [f"macros that no page asks for: {', '.join(macros)}."] if macros else []
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in told)


def _named(ids: list[str]) -> str:
    """The first of these ids, and how many more there are."""
    return ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")


def _texts(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Every text that is meant for readers, each with its file and key, and the id of its record."""
    for path, record in facts.records:
        yield from ((f"{path[0]}.yml: {key}", record.id, text) for key, text in _of(record))


def _of(part: Part, before: str = "") -> Iterator[tuple[str, str]]:
    for key in type(part).model_fields:
        value = getattr(part, key)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, str):
                if key not in _NOT_MEANT and not is_id(child) and not child.endswith(".md"):
                    yield before + key, child
            elif isinstance(child, Quotation):
                yield f"{before}{key}.words", child.words
            elif isinstance(child, Part) and not isinstance(child, Record):
                yield from _of(child, f"{before}{key}.")


def _squeezed(html: str) -> str:
    """Letters and digits alone: what stands between them differs from page to page."""
    return re.sub(r"[\W_]+", "", unescape(re.sub(r"<[^>]*>", "", html))).casefold()
