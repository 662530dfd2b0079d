"""The rules that files keep, what a check found, and how a person or a machine reads it.

A rule stands beside the code that checks it, as a constant. Where it is broken, ``RULE.finding(file, line, …)``
says so. In data, where the line of a value is known only to its reader, ``RULE.fault(path, …)`` does.
:mod:`coproduction.catalogue` gathers all rules.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, NamedTuple

WIDTH = 80  # characters of a line: any terminal has as many
SHOWN = 40  # characters of a text that a finding speaks of


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to put right.

    ``file`` is relative to the project's folder; ``line`` counts from 1, and is 0
    when the finding is about the whole file. ``rule`` is the id of the rule that is broken.
    """

    file: str
    line: int
    what: str
    why: str
    fix: str
    example: str
    rule: str

    def text(self) -> str:
        """The finding in a few plain lines, without its file."""
        place = f"line {self.line}" if self.line else "whole file"
        return "\n".join(
            (
                _wrapped(f"{place}: ", sentence(self.what), indent="  "),
                _wrapped("Why it matters: ", self.why, indent="    "),
                _wrapped("To put it right: ", self.fix, indent="    "),
                _shown(self.example),
            )
        )


class Fault(NamedTuple):
    """A broken rule in the data.

    ``path`` leads to the value: the file's name without its ending, the number of
    the record, then keys and numbers inside it.
    """

    path: tuple[Any, ...]
    what: str
    why: str
    fix: str
    example: str
    rule: str

    def at(self, file: str, line: int) -> Finding:
        """The same as a finding, when its place in the file is known."""
        return Finding(file, line, *self[1:])


@dataclass(frozen=True)
class Rule:
    """What files must keep to, and how somebody who broke it is told.

    ``what``, ``why`` and ``fix`` may hold names in braces, which are filled in for each finding: ``{id}``.
    Together with ``example``, a good one, they have 60 words at most.
    """

    id: str
    what: str
    why: str
    fix: str
    example: str

    def finding(
        self, file: str, line: int, *, near: Sequence[str] = (), why: str = "", fix: str = "", **values: object
    ) -> Finding:
        """The rule is broken here.

        :param file: relative to the project's folder.
        :param line: counts from 1; 0 when it is about the whole file.
        :param near: names that may have been meant: they are offered instead of ``fix``.
        :param why: what is more to the point here than the rule's own ``why``; ``fix`` likewise.
        :param values: what stands in the rule's braces.
        """
        return Finding(file, line, *self._told(near, why, fix, values))

    def fault(self, path: tuple[Any, ...], *, near: Sequence[str] = (), why: str = "", fix: str = "", **values: object) -> Fault:
        """The rule is broken by the value at this path of the data; the rest is as in :meth:`finding`."""
        return Fault(path, *self._told(near, why, fix, values))

    def _told(self, near: Sequence[str], why: str, fix: str, values: dict[str, object]) -> tuple[str, ...]:
        meant = f"Did you mean {' or '.join(near)}?" if near else ""
        parts = self.what.format(**values), why or self.why.format(**values), meant or fix or self.fix.format(**values)
        return *map(_seen, parts), self.example, self.id


def short(text: str) -> str:
    """``text`` as a finding shows it: no more of its beginning than tells which text is meant."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def report(found: Iterable[Finding], form: str = "text") -> str:
    """All findings in one of the :data:`progress.FORMATS`, each once, in order of file and line.

    ``text`` is for a person, ``github`` for the code host, which shows each beside the line, and ``json`` for other programs.
    """
    writers: dict[str, Callable[[list[Finding]], str]] = {"text": _for_people, "github": _for_github, "json": _for_programs}
    return writers[form](sorted(set(found)))


def _for_people(ordered: list[Finding]) -> str:
    """All findings, grouped by file, with a count at the end."""
    if not ordered:
        return "Nothing to put right."
    parts = []
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        parts.append("\n\n".join((file, *(finding.text() for finding in group))))
    count = "1 thing" if len(ordered) == 1 else f"{len(ordered)} things"
    return "\n\n".join((*parts, f"{count} to put right."))


def _for_github(ordered: list[Finding]) -> str:
    """One command for each finding. Source: GitHub, "Workflow commands for GitHub Actions", error messages."""
    return "\n".join(
        f"::error file={_property(found.file)},line={found.line or 1},title={_property(sentence(found.what))}::"
        + _escaped(f"{found.why}\nTo put it right: {found.fix}\nFor example: {found.example}")
        for found in ordered
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _for_programs(ordered: list[Finding]) -> str:
    return json.dumps({"findings": [asdict(found) for found in ordered]}, ensure_ascii=False, indent=2)


def _seen(text: str) -> str:
    """The same text with a name in place of each character that nobody could see, or that would turn the text round."""
    return "".join(c if c.isprintable() or c == "\n" else f"(U+{ord(c):04X})" for c in text)


def sentence(text: str) -> str:
    """What is wrong as a whole sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _shown(example: str) -> str:
    """An example of one line beside its label; one of more lines below it, each as it must be typed."""
    label, lines = "    For example: ", example.splitlines()
    if len(lines) == 1 and len(label + example) <= WIDTH:
        return label + example
    return "\n".join((label.rstrip(), *(f"      {line}" for line in lines)))


def _wrapped(label: str, text: str, indent: str) -> str:
    return textwrap.fill(
        label + text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
