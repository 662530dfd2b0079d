"""The rules that files keep, what a check found, and how a person or a machine reads it.

A rule stands beside the code that checks it, as a constant. Where it is broken, ``RULE.finding(file, line, …)``
says so. In data, where the line of a value is known only to its reader, ``RULE.fault(path, …)`` does.
:mod:`coproduction.catalogue` gathers all rules.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from coproduction import wording

WIDTH = 80  # characters of a line: any terminal has as many
SHOWN = 40  # characters of a text that a finding speaks of
MOST_OF_A_RULE = 20  # findings in one file that a person is shown in full
MOST_WORDS = 60  # of a finding, with its example
# Characters of each value that a finding shows: it shows as much as leaves room for its own words. The first is enough for
# whatever we would write there ourselves, such as a command; what is longer was written by somebody else.
_CUTS = (120, 80, SHOWN, 20)
# The list is made by a macro, so the page's own file does not hold it.
EXPLAINED = "Each name in [brackets] is explained on the site's page help-improve/checks/"


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
                _wrapped(f"{place}: ", self.headline(), indent="  "),
                _wrapped("Why it matters: ", self.why, indent="    "),
                _wrapped("To put it right: ", self.fix, indent="    "),
                _shown(self.example),
            )
        )

    def headline(self) -> str:
        """What is wrong, and the name by which it is found in the list of all rules."""
        return f"{sentence(self.what)} [{self.rule}]"


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
        return Finding(_seen(file), line, *self[1:])


@dataclass(frozen=True)
class Rule:
    """What files must keep to, and how somebody who broke it is told.

    ``what``, ``why`` and ``fix`` may hold names in braces, which are filled in for each finding: ``{id}``.
    Together with ``example``, a good one, they have 60 words at most. ``such_as`` holds what may stand in
    the braces, where :data:`catalogue.SAMPLES` has it not, or means something else.
    """

    id: str
    what: str
    why: str
    fix: str
    example: str
    such_as: Mapping[str, str] = field(default_factory=dict, hash=False)

    def finding(self, file: str, line: int, **said: Any) -> Finding:
        """The rule is broken here.

        :param file: relative to the project's folder.
        :param line: counts from 1; 0 when it is about the whole file.
        :param near: names that may have been meant: they are offered instead of ``fix``.
        :param why: what is more to the point here than the rule's own ``why``; ``fix`` and ``example`` likewise.
        :param said: all else is what stands in the rule's braces.
        """
        return Finding(_seen(file), line, *self._told(**said))

    def fault(self, path: tuple[Any, ...], **said: Any) -> Fault:
        """The rule is broken by the value at this path of the data; the rest is as in :meth:`finding`."""
        return Fault(path, *self._told(**said))

    def shown(self, samples: Mapping[str, str]) -> Finding:
        """The rule as somebody may meet it, with ``samples`` in its braces where it has none of its own."""
        return self.finding("", 0, **{**samples, **self.such_as})

    def _told(
        self, *, near: Sequence[str] = (), why: str = "", fix: str = "", example: str = "", **values: object
    ) -> tuple[str, ...]:
        for most in _CUTS:
            cut = {name: short(value, most) if isinstance(value, str) else value for name, value in values.items()}
            meant = f"Did you mean {' or '.join(short(name, most) for name in near)}?" if near else ""
            parts = self.what.format(**cut), why or self.why.format(**cut), meant or fix or self.fix.format(**cut)
            if len(wording.words(" ".join((*parts, example or self.example)))) <= MOST_WORDS:
                break
        return *map(_seen, parts), example or self.example, self.id


def short(text: str, most: int = SHOWN) -> str:
    """``text`` as a finding shows it: no more of its beginning than tells which text is meant."""
    return text if len(text) <= most else text[: most - 1] + "…"


def report(found: Iterable[Finding], form: str = "text") -> str:
    """All findings in one of the :data:`progress.FORMATS`, each once, in order of file and line.

    ``text`` is for a person, ``github`` for the code host, which shows each beside the line, and ``json`` for other programs.
    A person is told no more than :data:`MOST_OF_A_RULE` of one kind in a file in full: who mends those sees the rest then.
    """
    writers: dict[str, Callable[[list[Finding]], str]] = {"text": _for_people, "github": _for_github, "json": _for_programs}
    return writers[form](sorted(set(found)))


def _for_people(ordered: list[Finding]) -> str:
    """All findings, grouped by file, with a count at the end."""
    if not ordered:
        return "Nothing to put right."
    parts = []
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        parts.append("\n\n".join((file, *_in_full(list(group)))))
    count = "1 thing" if len(ordered) == 1 else f"{len(ordered)} things"
    return "\n\n".join((*parts, EXPLAINED, f"{count} to put right."))


def _in_full(of_file: list[Finding]) -> Iterator[str]:
    """The findings of one file as texts; of those of one rule the first few, and how many more there are."""
    told = Counter[str]()
    for finding in of_file:
        told[finding.rule] += 1
        if told[finding.rule] <= MOST_OF_A_RULE:
            yield finding.text()
    for rule, count in told.items():
        if count > MOST_OF_A_RULE:
            yield f"  And {count - MOST_OF_A_RULE:,} more of the same kind. [{rule}]"


def _for_github(ordered: list[Finding]) -> str:
    """One command for each finding. Source: GitHub, "Workflow commands for GitHub Actions", error messages."""
    return "\n".join(
        f"::error file={_property(found.file)},line={found.line or 1},title={_property(found.headline())}::"
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
