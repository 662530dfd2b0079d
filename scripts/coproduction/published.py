"""The list of every address that was ever published, and the proof that each still answers.

The list is ``tests/published_addresses.txt``: one address a line, from the site's root, sorted. ``./`` is the
home page. It only ever grows.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from coproduction.addresses import DOORS, PERMANENT, page_address, permanent
from coproduction.findings import Finding, Rule
from coproduction.model import Facts, nearest, nearest_id, nearest_page
from coproduction.pages import Meta
from coproduction.reading import two_versions
from coproduction.site import may_be_found

LIST = "tests/published_addresses.txt"
HOME = "./"  # how the list writes the address of the home page, which is empty

_PAGE = r"\./|([a-z0-9-]+/)+"
_ADDRESS = re.compile(rf"({_PAGE})(#[\w.:-]+)?")
_PROMISE = "Somebody has it on a slide or on paper, and would land nowhere."


# ------------------------------------------------------------------------ the list


def read(root: Path) -> list[str]:
    """The lines of the list; none where nothing has been published."""
    try:
        text = (root / LIST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return text.removesuffix("\n").split("\n") if text else []


def record(root: Path, folder: Path) -> int:
    """Add every address of the built site at ``folder`` to the list, and take none away; say how many are new."""
    before = set(read(root))
    new = set(of_site(folder)) - before
    (root / LIST).parent.mkdir(exist_ok=True)
    (root / LIST).write_text("".join(f"{line}\n" for line in sorted(before | new)), encoding="utf-8", newline="\n")
    return len(new)


NOT_RECORDED = Rule(
    "address-not-recorded",
    "the list lacks {count} of this site's addresses, such as {address}",
    "Once it is published, somebody may link to it. What is not listed could vanish unseen.",
    "Run: python3 scripts/build.py --record-addresses. Then commit the list.",
    "ladder/#ladder-informing",
    {"count": "3", "address": "ladder/#ladder-informing"},
)


def unrecorded(root: Path, folder: Path) -> list[Finding]:
    """Whether the built site at ``folder`` has an address that the list lacks, and so may not be published yet."""
    new = sorted(set(of_site(folder)) - set(read(root)))
    return [NOT_RECORDED.finding(LIST, 0, count=len(new), address=new[0])] if new else []


def of_site(folder: Path) -> Iterator[str]:
    """Every address that a built site promises to keep.

    Those are its pages, what has an id in their main part, and the permanent addresses. The ids of the frame
    around the words and of drawings are left out: nobody is given a link to those. So are the forms for telling us of a
    mistake in a page, which are made anew wherever the page is.
    """
    for path in sorted(folder.rglob("index.html")):
        address = _written(path.parent.relative_to(folder).as_posix() + "/")
        if address.startswith(DOORS):
            continue
        yield address
        if not address.startswith(PERMANENT):
            yield from (f"{address}#{id}" for id in _ids(path))


def _ids(page: Path) -> list[str]:
    """The ids that a built page promises to keep. Another form of a page, kept out of search, promises its address alone."""
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    main = tree.css_first("main") if may_be_found(tree) else None
    ids = (tag.attributes["id"] for tag in main.css("[id]:not(main, svg, svg *)")) if main else ()
    return [id for id in ids if id and not id.startswith("cp-")]


def _written(address: str) -> str:
    return address or HOME


# --------------------------------------------------------- does each still answer?


def check(root: Path, folder: Path, facts: Facts, pages: Mapping[str, Meta]) -> list[Finding]:
    """What is wrong with the list of the project at ``root``, and which of its addresses the site no longer answers.

    :param folder: the built site, its small pages that lead on included.
    :param pages: the front matter of each page, by its path inside ``docs/``.
    """
    lines = read(root)
    if both := two_versions("\n".join(lines), LIST):
        return [both]
    return [*_slips(lines), *_vanished(lines, folder, facts, pages)]


NO_ADDRESS = Rule(
    "address-impossible",
    "'{address}' could not be an address of this site",
    "What nobody could ever have opened proves nothing.",
    "An address begins without a slash. It ends in one, or in # and an id.",
    "ladder/#ladder-informing",
    {"address": "/r/word-reciprocity/"},
)
LISTED_TWICE = Rule(
    "address-listed-twice",
    "'{address}' stands here twice",
    "A list with doubles is hard to compare.",
    "Take one out.",
    "ladder/#ladder-informing",
)
LISTED_TOO_LOW = Rule(
    "address-out-of-order",
    "'{address}' should stand above '{before}'",
    "Only a sorted list shows at one look what a change adds to it.",
    "Put it in its place. Or take it out, and run: python3 scripts/build.py --record-addresses",
    "ladder/\nladder/#ladder-informing",
    {"address": "ladder/", "before": "ladder/#ladder-informing"},
)


def _slips(lines: list[str]) -> Iterator[Finding]:
    before = ""
    for number, line in enumerate(lines, 1):
        if not _ADDRESS.fullmatch(line):
            yield NO_ADDRESS.finding(LIST, number, address=line)
            continue
        if line == before:
            yield LISTED_TWICE.finding(LIST, number, address=line)
        elif line < before:
            yield LISTED_TOO_LOW.finding(LIST, number, address=line, before=before)
        before = line


PAGE_GONE = Rule(
    "address-of-page-gone",
    "the address {address} no longer answers{with_parts}",
    _PROMISE,
    "Did it move? Write 'formerly: [{path}]' at the top of the page where it is now{near_by}. "
    "Was it taken out? Add it to docs/data/withdrawn.yml, with 'was: {path}'.",
    "formerly: [rungs.md]",
    {"address": "rungs/", "with_parts": ", nor do its 8 parts", "path": "rungs.md", "near_by": " (docs/ladder/rungs.md?)"},
)
RECORD_GONE = Rule(
    "address-of-record-gone",
    "the address {address} no longer answers",
    _PROMISE,
    "Has it another id now? Write 'formerly: [{id}]' in its record{near_by}. "
    "Was it taken out? Add it to docs/data/withdrawn.yml under its old id.",
    "formerly: [ladder-informing]",
    {"address": "r/word-swaps/", "id": "word-swaps", "near_by": " (word-swap?)"},
)
PART_MOVED = Rule(
    "address-of-part-moved",
    "the address {address} no longer answers",
    _PROMISE,
    "'{id}' is on docs/{home} now. Write a line in {page} that leads there, and end it with {span}. Or bring it back.",
    'See [what critics say](ladder.md#criticisms). <span id="criticisms"></span>',
    {"address": "words/#criticisms", "id": "criticisms", "home": "ladder.md", "page": "docs/words.md"},
)
PART_GONE = Rule(
    "address-of-part-gone",
    "the address {address} no longer answers",
    _PROMISE,
    "In {page}, write {span} in the heading that took its place, in front of its {{: #id }}.{near_by}",
    '## Fair points <span id="criticisms"></span> {: #fair-points }',
    {"address": "ladder/#criticisms", "near_by": " The nearest is #critics.", "page": "docs/ladder.md"},
)


def _vanished(lines: list[str], folder: Path, facts: Facts, pages: Mapping[str, Meta]) -> Iterator[Finding]:
    site = _Site(folder, facts, pages, frozenset(lines))
    lost: dict[str, int] = {}  # pages that are gone, each with its number of parts
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not _ADDRESS.fullmatch(line):
            continue
        page, _, anchor = line.partition("#")
        if not site.has_page(page):
            lost[page] = lost.get(page, 0) + bool(anchor)
            first.setdefault(page, number)
        elif anchor and not site.answers(page, anchor) and not site.has_lost(anchor):
            yield site.part_gone(number, page, anchor)
    for page, parts in lost.items():
        yield site.record_gone(first[page], page) if page.startswith(PERMANENT) else site.page_gone(first[page], page, parts)


class _Site:
    """What a built site answers to."""

    def __init__(self, folder: Path, facts: Facts, pages: Mapping[str, Meta], listed: frozenset[str]) -> None:
        self.folder, self.listed = folder, listed
        self.addresses = {_written(page_address(page)): page for page in pages}
        self.moved = {page_address(old): _written(page_address(page)) for page, meta in pages.items() for old in meta.formerly}
        self.withdrawn = {page_address(record.was) for record in facts.withdrawn if record.was}
        self.homes = {id: record.home for _, record in facts.records for id in (record.id, *record.formerly)}
        self.ids: dict[str, set[str]] = {}

    def has_page(self, page: str) -> bool:
        return (self.folder / page / "index.html").is_file()

    def answers(self, page: str, anchor: str) -> bool:
        """Whether a reader who asks for this part is shown it, is led to it, or is told what became of it."""
        if page in self.withdrawn:
            return True
        if page in self.moved:
            # The way from an old page leads to the new one. What has an id of the facts can be found from there.
            return anchor in self.homes or anchor in self.ids_of(self.moved[page])
        return anchor in self.ids_of(page)

    def has_lost(self, id: str) -> bool:
        """Whether this is the id of a record that no address answers for; that is told once, of its permanent address."""
        return permanent(id) in self.listed and not self.has_page(permanent(id))

    def ids_of(self, page: str) -> set[str]:
        if page not in self.ids:
            self.ids[page] = set(_ids(self.folder / page / "index.html"))
        return self.ids[page]

    def page_gone(self, line: int, page: str, parts: int) -> Finding:
        new = [address for address in self.addresses if address not in self.listed]  # a page that was there already is another
        near = "".join(f" (docs/{self.addresses[near]}?)" for near in nearest_page(page, new, 1))
        with_parts = f", nor do its {parts} parts" if parts > 1 else ""
        return PAGE_GONE.finding(LIST, line, address=page, with_parts=with_parts, path=f"{page.rstrip('/')}.md", near_by=near)

    def record_gone(self, line: int, address: str) -> Finding:
        id = address.removeprefix(PERMANENT).rstrip("/")
        near = "".join(f" ({near}?)" for near in nearest_id(id, self.homes, 1))
        return RECORD_GONE.finding(LIST, line, address=address, id=id, near_by=near)

    def part_gone(self, line: int, page: str, anchor: str) -> Finding:
        here = self.moved.get(page, page)
        file = f"docs/{self.addresses[here]}" if here in self.addresses else "the page"
        said = {"address": f"{page}#{anchor}", "page": file, "span": f'<span id="{anchor}"></span>'}
        if anchor in self.homes:
            return PART_MOVED.finding(LIST, line, **said, id=anchor, home=self.homes[anchor])
        near = "".join(f" The nearest is #{near}." for near in nearest(anchor, self.ids_of(here), 1))
        return PART_GONE.finding(LIST, line, **said, near_by=near)


# ------------------------------------------------------------- does it only grow?


TAKEN_OFF = Rule(
    "address-taken-off",
    "the address {address} was taken off the list",
    "What was published once stays published. Without its line nobody would notice when it dies.",
    "Put the line back in its place. If the thing itself is gone, say so in docs/data/withdrawn.yml.",
    "ladder/#ladder-informing",
)


def check_growth(root: Path) -> tuple[list[Finding], str]:
    """Each address that was on the list once and is no longer, as far back as git remembers.

    :returns: what to put right; and one line that says what could not be compared, or nothing.
    """
    lines = read(root)
    history = git(root, "log", "--format=", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--", LIST)
    if history is None:
        without = (
            f"There is no git history here, so nobody can prove that {LIST} has only grown, or that no quotation has changed."
        )
        return [], without if lines else ""
    added = (line[1:] for line in history.splitlines() if line.startswith("+"))
    ever = dict.fromkeys(line for line in added if _ADDRESS.fullmatch(line))  # a slip that was mended answered nobody
    now = set(lines)
    found = [TAKEN_OFF.finding(LIST, 0, address=line) for line in ever if line not in now]
    shallow = (git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
    note = (
        f"This copy has only the newest part of the git history: {LIST} and quotations were compared as far back as that goes."
        if shallow
        else ""
    )
    return found, note


def git(root: Path, *words: str) -> str | None:
    """What git answers; None where there is no git, or no history."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, encoding="utf-8", errors="replace", timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
