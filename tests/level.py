"""How hard a finding is to read."""

from __future__ import annotations

import re

from coproduction import wording
from coproduction.findings import Finding
from coproduction.model import Record, is_id, kind_of

_KINDS = {kind for record in Record.__subclasses__() for kind in record.kinds}
# What is quoted, what may be typed, a macro, a tag, a path, the name of a file.
_EXACT = re.compile(
    r"(?<=Use one of these: )[^.]+|(?<!\w)'[^']+'(?!\w)|\{\{.*?\}\}|<[^<>]+>"
    r"|(?<!\S)[\w.$=-]*[/#_][\w./#-]*\w/?|\b[\w-]+\.(?:css|html|js|md|py|svg|txt|yml)\b"
)
_MAY_BE_ID = re.compile(r"\b[a-z]+(?:-[a-z0-9]+)+\b")


def level(found: Finding) -> float:
    """The reading level (ARI) of what a finding says.

    Quoted words, paths and ids are the reader's own, or must be typed as they are. However long they are, no message can
    make them shorter, so each counts as one plain word. All other words are ours.
    """
    return wording.reading(map(_with_plain_names, (f"{found.what}.", found.why, found.fix))).ari


def _with_plain_names(text: str) -> str:
    return _MAY_BE_ID.sub(lambda word: "name" if is_id(word[0]) and kind_of(word[0]) in _KINDS else word[0], _EXACT.sub("name", text))
