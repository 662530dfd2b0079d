"""What a check found, and how a person reads it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

WIDTH = 80  # characters of a line: any terminal has as many


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to put right.

    ``file`` is relative to the project's folder; ``line`` counts from 1, and is 0
    when the finding is about the whole file.
    """

    file: str
    line: int
    what: str
    why: str
    fix: str

    def text(self) -> str:
        """The finding in a few plain lines, without its file."""
        place = f"line {self.line}" if self.line else "whole file"
        return "\n".join(
            (
                _wrapped(f"{place}: ", _sentence(self.what), indent="  "),
                _wrapped("Why it matters: ", self.why, indent="    "),
                _wrapped("To put it right: ", self.fix, indent="    "),
            )
        )


def report(found: Iterable[Finding]) -> str:
    """All findings, grouped by file in order of line, with a count at the end."""
    ordered = sorted(set(found))
    if not ordered:
        return "Nothing to put right."
    parts = []
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        parts.append("\n\n".join((file, *(finding.text() for finding in group))))
    count = "1 thing" if len(ordered) == 1 else f"{len(ordered)} things"
    return "\n\n".join((*parts, f"{count} to put right."))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _wrapped(label: str, text: str, indent: str) -> str:
    return textwrap.fill(
        label + text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
