"""Whether somebody's exact words have drifted from what they were, as far back as git remembers.

A lock alone could be taken off and written anew. So each quotation of today is compared with what stood there when a lock
first came that is gone now. Where its words are others, somebody must have said since then that they looked at the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from coproduction import quotations, reading
from coproduction.findings import Finding
from coproduction.model import first_day
from coproduction.published import git
from coproduction.quotations import QUOTATION_NOT_LOCKED, Exact

DATA = "docs/data"
MOST_STATES = 60  # each takes a while to read; what is older has been looked at by many a check
ALIKE = 0.6  # two quotations in one list are the same, with changed words, when so much of them agrees

_LOCK = re.compile(r"([+-]).*\blocked: *[\"']?([0-9a-f]{8}-[0-9a-f]{8})\b")


class Was(NamedTuple):
    """Exact words as they stood in an earlier state."""

    ids: frozenset[str]
    slot: str
    words: str
    checked: str
    locked: str


def check(root: Path, found: Iterable[Finding]) -> list[Finding]:
    """``found``, and each quotation whose words have changed without a new look at their source.

    To such a quotation no lock is given: what would do so is left out.
    """
    drifted = list(_drifted(root))
    refused = {each.lock for each, _ in drifted}

    def gives_a_lock(finding: Finding) -> bool:
        return finding.rule == QUOTATION_NOT_LOCKED.id and any(lock in finding.fix for lock in refused)

    kept = (finding for finding in found if not gives_a_lock(finding))
    return list(dict.fromkeys([*kept, *(finding for _, finding in drifted)]))


def lock(root: Path) -> int:
    """Lock each quotation that may have a new lock; return how many."""
    return reading.write_locks(root / DATA, {each.lock for each, _ in _drifted(root)})


def _drifted(root: Path) -> Iterator[tuple[Exact, Finding]]:
    today = list(reading.exact_words(root / DATA))
    history = _History(root)
    states = history.states({each.locked for each, _ in today if each.is_to_lock})
    for each, place in today if states else ():
        others = (was for state in states for was in _other_words(each, [now for now, _ in today], state))
        said = (_not_looked(was, each) for was in others if not history.had_before(each.lock, was.locked))
        if how_to_say := next(filter(None, said), ""):
            yield each, each.changed(how_to_say).at(place.file, place.line)


def _not_looked(was: Was, now: Exact) -> str:
    """How to say that the words were compared again, where nobody has said so; else nothing."""
    if was.checked and now.checked and first_day(now.checked) < first_day(was.checked):
        return f"the day as 'checked', which was {was.checked} before"
    return now.how_to_say if was.locked.endswith(f"-{quotations.mark(now.seen)}") else ""


def _other_words(now: Exact, today: list[Exact], state: list[Was]) -> Iterator[Was]:
    """What stood in the place of ``now``, in other words."""
    beside = [other for other in today if other.ids & now.ids and other.slot == now.slot]
    here = [was for was in state if was.ids & now.ids and was.slot == now.slot]
    if _words(now.lock) in {_words(was.locked) for was in here}:
        return
    still_there = {_words(other.lock) for other in beside}
    in_a_list, text = now.path[-2] == now.slot, "\n".join(now.words)
    for was in here:
        is_other = in_a_list and SequenceMatcher(None, was.words, text).ratio() < ALIKE
        if _words(was.locked) not in still_there and not is_other:
            yield was


def _words(locked: str) -> str:
    """The half of a lock that changes with any letter of the words."""
    return locked.partition("-")[0]


class _History:
    """What git remembers of locks: each that ever came, and which went again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.came: dict[str, tuple[int, str, str]] = {}  # how long ago, in which commit and file; the first time counts
        self.went: set[str] = set()
        how = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", "--src-prefix=a/", "--dst-prefix=b/")
        about = ("-Glocked:", "--", DATA)
        now = git(root, "diff", *how, "HEAD", *about)  # what is not committed yet
        ever = git(root, "log", "--format=commit %H", "--full-history", "--patch", *how, *about)
        commit, file, count = "", "", Counter[str]()
        for number, line in enumerate(f"commit \n{now or ''}\n{ever or ''}\ncommit ".split("\n")):
            if line.startswith("commit "):
                self.went |= {lock for lock, more in count.items() if more < 0}
                commit, count = line.removeprefix("commit "), Counter()
            elif line.startswith("+++ b/"):
                file = line.removeprefix("+++ b/")
            elif held := _LOCK.match(line):
                count[held[2]] += 1 if held[1] == "+" else -1
                if held[1] == "+":
                    self.came[held[2]] = (number, commit, file)

    def had_before(self, lock: str, other: str) -> bool:
        """Whether ``lock`` came before ``other`` did: then ``other`` has only been undone."""
        return lock in self.came and other in self.came and self.came[lock][0] > self.came[other][0]

    def states(self, doubtful: set[str | None]) -> list[list[Was]]:
        """All that was locked beside each lock that went, or is ``doubtful``, when that lock first came; the newest first."""
        places = sorted(self.came[lock] for lock in self.came.keys() & (self.went | doubtful))
        known = dict.fromkeys((commit, file) for _, commit, file in places if commit)
        return [list(_locked(self.root, commit, file)) for commit, file in list(known)[:MOST_STATES]]


def _locked(root: Path, commit: str, file: str) -> Iterator[Was]:
    """All that was locked in a data file of a commit."""
    return _held(reading.plain(git(root, "show", f"{commit}:./{file}") or ""), frozenset(), "")


def _held(value: Any, ids: frozenset[str], slot: str) -> Iterator[Was]:
    """All that is locked in ``value``.

    :param ids: of the record that it stands in.
    :param slot: the key of that record which leads to it.
    """
    if isinstance(value, dict):
        if "id" in value:
            former = value.get("formerly")
            ids, slot = frozenset(map(str, (value["id"], *(former if isinstance(former, tuple) else ())))), ""
        if "locked" in value:
            said = value.get("words") or value.get("names")
            words = "\n".join(map(str, said)) if isinstance(said, tuple) else " ".join(str(said).split())
            yield Was(ids, slot or "names", words, _month(value.get("checked")), str(value["locked"]))
        for key, inner in value.items():
            yield from _held(inner, ids, slot or key)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _held(inner, ids, slot)


def _month(checked: Any) -> str:
    """A month or a day that there is; else nothing."""
    with suppress(TypeError, ValueError):
        return checked if first_day(checked) else ""
    return ""
