"""For each rule a site that breaks it, and its good twin that does not.

A module for each room of ``scripts/coproduction``: each has the ``CASES`` of the rules that stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coproduction import pipeline
from coproduction.findings import Finding


def checked(site: Path) -> list[Finding]:
    """What ``check.py`` finds."""
    return pipeline.check(site)[0]


def built(site: Path) -> list[Finding]:
    """What ``build.py`` finds: more than a check, because it sees the pages as readers do."""
    return pipeline.build(site, site / "built")


@dataclass(frozen=True)
class Case:
    """A good site, the words to change in it, and the finding that must come of it.

    ``good`` stands in ``file`` once; with ``bad`` in its place the rule is broken. The finding must be at the line of
    ``bad``, or of ``at`` when the fault shows elsewhere: in the same file, or in ``found_in``. ``given`` are files that are
    written first, for both. An empty ``good`` means that ``file`` is not there, and ``bad`` is all of it.
    """

    rule: str
    file: str
    good: str
    bad: str | bytes
    at: str | None = None  # words on the line that is named, the first that has them; "" for the whole file
    found_in: str = ""
    given: Mapping[str, str | bytes] = field(default_factory=dict)
    seen_by: Callable[[Path], list[Finding]] = checked
    gone: bool = False  # the file itself is taken away
