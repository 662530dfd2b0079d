"""The pages by which a reader tells us of a mistake: one for each page of the site, and one for any page.

Each page ends with a link to its own. That has a ready e-mail for every part of the page, with the page, the part and the
day of the edition filled in, and turns into a paper form when it is printed. No account and no script is needed.
They are made from the built pages, which alone know every heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from coproduction.addresses import DOORS, door, page_address, relative, whole
from coproduction.findings import Finding, Rule
from coproduction.pages import Meta
from coproduction.settings import SETTINGS, Extra
from coproduction.tables import day, door_page

# The forms at the code host: what each is for, by its file in .github/ISSUE_TEMPLATE.
FORMS = {
    "words.yml": "Wrong or unclear words",
    "accessibility.yml": "Something that shuts you out",
    "definition-or-resource.yml": "A new definition or place to look",
    "example.yml": "An example",
    "session.yml": "A session",
}

PAGE_IN_THE_WAY = Rule(
    "page-in-the-way",
    "'{path}' stands where the forms for readers go",
    "Nothing else may be below /tell/. One page would hide the other.",
    "Give the page's file another name or folder.",
    "docs/telling/index.md",
    {"path": "tell/index.md"},
)
EMAIL_WRONG = Rule(
    "email-wrong",
    "'email' is {email}, and that is no e-mail address",
    "Readers would write to us, and nobody would get it.",
    "Write the address of an inbox that somebody reads, or leave it empty.",
    'email: "help@your-group.example"',
    {"email": "help at your-group.example"},
)

FRAME_LOST = Rule(
    "frame-lost",
    "{part} is not on the page{others}",
    "Readers would find no words, or no way to the other pages.",
    "Undo your last change in overrides/. A tag may be open there, such as <script>, or gone.",
    '<main id="main" class="cp-main" tabindex="-1">',
    {"part": "<main>", "others": ", nor on 8 more"},
)

_MAIN, _NAME = "main", ".cp-header .cp-brand"
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_ASKED = ("What is wrong, or hard to follow?", "What would you put? You need not know.")
_PRINT = "May we print your words on the site? Yes or no."
_THANKS = "If we thank you, how? By name, by initials, as “a carer”, or not at all?"

Group = tuple[str, tuple[tuple[str, str], ...]]  # its name in the menu, and the titles and addresses of its doors


@dataclass(frozen=True)
class Section:
    """A part of a page: its anchor, its heading, and how to write to us about it."""

    id: str
    name: str
    letter: str


@dataclass(frozen=True)
class Door:
    """A page for telling us of a mistake, ready to print."""

    here: str  # its address
    site: str  # the name of the site
    title: str  # its name in a tab
    page: str  # the title of the page it is about; empty for any page
    there: str  # that page's address from the site's root
    whole_address: str  # the same in full, or as far as it is known
    edition: str
    email: str
    letter: str  # a ready message about the page as a whole
    sections: tuple[Section, ...]
    forms: tuple[tuple[str, str], ...]  # names and addresses of the forms at the code host
    file: str  # of the page's words
    edit: str  # where they can be changed
    is_open: bool  # whether there is a way to us besides paper
    heard_within: str  # when people hear from us; empty while nobody has promised it
    others: tuple[Group, ...] = ()  # where it is about no page, the doors of all: groups of the menu, with titles and addresses

    @property
    def description(self) -> str:
        """What it is for, in a sentence."""
        on_page = f", on the page “{self.page}”" if self.page else ""
        return f"How to tell us of a mistake, or of a line that is hard to follow{on_page}."

    def way(self, there: str) -> str:
        """The link from here to another address of the site."""
        return relative(self.here, there)


def check(docs: Path, given: Extra, line: int) -> list[Finding]:
    """What is wrong with the inbox, and which page below ``docs`` stands in the way of the doors.

    :param line: of ``mkdocs.yml``, where the inbox is set.
    """
    paths = [path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*.md"))]
    found = [PAGE_IN_THE_WAY.finding(f"docs/{path}", 0, path=path) for path in paths if page_address(path).startswith(DOORS)]
    if given.email and not _ADDRESS.fullmatch(given.email):
        found.append(EMAIL_WRONG.finding(SETTINGS, line, email=given.email))
    return found


def lost_frames(folder: Path, pages: Iterable[str]) -> list[Finding]:
    """What the built pages at ``folder`` must have around their words and have not. Each is told once, of the first page.

    :param pages: their paths inside ``docs/``.
    """
    lacking: dict[str, list[str]] = {}
    for path in pages:
        file = f"{page_address(path)}index.html"
        tree = _read(folder / file)
        for part, selector in (("<main>", _MAIN), ("the name of the site", _NAME)):
            if tree.css_first(selector) is None:
                lacking.setdefault(part, []).append(f"site/{file}")
    others = {part: f", nor on {len(rest)} more" if rest else "" for part, (_, *rest) in lacking.items()}
    return [FRAME_LOST.finding(files[0], 0, part=part, others=others[part]) for part, files in lacking.items()]


def write(folder: Path, given: Extra, pages: Mapping[str, Meta], edition: date, site_url: str, heard_within: str = "") -> None:
    """Write the doors of every page into the built site at ``folder``.

    :param pages: the front matter of each page, by its path inside ``docs/``.
    :param edition: the day of this build.
    :param site_url: the address the site was built for, or ``/`` where it has none.
    :param heard_within: when somebody who asks will hear from us; empty while no owner has agreed to it.
    """
    home = _read(folder / "index.html")
    name = home.css_first(_NAME).text().strip()
    of_pages = [_of_page(folder, name, path, meta, given, edition, site_url, heard_within) for path, meta in pages.items()]
    for made in (*of_pages, _of_any_page(tuple(_as_in_the_menu(home, of_pages)), name, given, edition, site_url, heard_within)):
        into = folder / made.here
        into.mkdir(parents=True, exist_ok=True)
        (into / "index.html").write_text(door_page(made), encoding="utf-8", newline="\n")


def _of_page(
    folder: Path, site: str, path: str, meta: Meta, given: Extra, edition: date, site_url: str, heard_within: str
) -> Door:
    there = page_address(path)
    address = whole(site_url, there) or f"/{there}"
    file = f"docs/{path}"

    def letter(name: str = "", id: str = "") -> str:
        part = f"{name} (#{id})" if id else "the whole page"
        known = (f"Page: {meta.title}", f"Address: {address}{f'#{id}' if id else ''}", f"Part: {part}")
        return _letter(given.email, f"{meta.title}: {name or 'the whole page'}", (*known, f"Edition: {day(edition)}"))

    return Door(
        here=door(there),
        site=site,
        title=f"Tell us about: {meta.title}",
        page=meta.title,
        there=there,
        whole_address=address,
        edition=day(edition),
        email=given.email,
        letter=letter(),
        sections=tuple(Section(id, name, letter(name, id)) for id, name in _headings(folder / there / "index.html")),
        forms=_forms(given.forms, address),
        file=file,
        edit=given.edit_page.replace("{path}", file),
        is_open=_is_open(given),
        heard_within=heard_within,
    )


def _of_any_page(others: tuple[Group, ...], site: str, given: Extra, edition: date, site_url: str, heard_within: str) -> Door:
    return Door(
        here=DOORS,
        site=site,
        title="Tell us about a mistake",
        page="",
        there="",
        whole_address=whole(site_url),
        edition=day(edition),
        email=given.email,
        letter=_letter(given.email, "This site", (f"Edition: {day(edition)}", "Page:")),
        sections=(),
        forms=_forms(given.forms, ""),
        file="",
        edit="",
        is_open=_is_open(given),
        heard_within=heard_within,
        others=others,
    )


def _is_open(given: Extra) -> bool:
    return bool(given.email or given.forms or given.edit_page)


def _as_in_the_menu(home: LexborHTMLParser, of_pages: list[Door]) -> Iterator[Group]:
    """The doors in the order and the groups of the menu, with its names; and at the end those of pages outside it."""
    waiting = {each.there: each for each in of_pages}
    for group in home.css(".cp-footer .cp-pages > li"):
        links = [(link.text().strip(), _from_home(link.attributes["href"])) for link in group.css("a")]
        listed = tuple((name, waiting.pop(there).here) for name, there in links if there in waiting)
        if listed:
            yield group.css_first(".cp-group").text().strip(), listed
    if waiting:
        yield "Other pages", tuple((each.page, each.here) for each in waiting.values())


def _from_home(link: str) -> str:
    """The address from the site's root to which a link of the home page leads."""
    return urljoin("/", link).lstrip("/")


def _headings(page: Path) -> Iterator[tuple[str, str]]:
    """The anchor and the words of each heading of a built page, but for single letters and what frames the page's words."""
    main = _read(page).css_first(_MAIN)
    for frame in main.css("nav, .cp-end"):
        frame.decompose()
    for heading in main.css("h2[id], h3[id], h4[id]"):
        name = " ".join(heading.text().split())
        if len(name) > 1:
            yield heading.attributes["id"], name


def _read(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text(encoding="utf-8"))


def _letter(email: str, subject: str, known: tuple[str, ...]) -> str:
    """The link that opens a ready message; nothing without an inbox. Its lines end as RFC 6068 wants them."""
    if not email:
        return ""
    lines = [*known, "", *(line for asked in (*_ASKED, _PRINT, _THANKS) for line in (asked, "", ""))]
    body = quote("\r\n".join(lines), safe="")
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}&body={body}"


def _forms(forms: str, address: str) -> tuple[tuple[str, str], ...]:
    """The forms at the code host, each with the page filled in."""
    if not forms:
        return ()
    where = f"where={quote(address, safe='')}" if address else ""

    def with_page(form: str) -> str:
        parts = urlsplit(form)
        return parts._replace(query="&".join(filter(None, (parts.query, where)))).geturl()

    return tuple((name, with_page(forms.replace("{form}", file))) for file, name in FORMS.items())
