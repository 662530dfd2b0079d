"""The settings of the site, which its owner makes in ``mkdocs.yml``.

The engine reads the same file. What is its own alone, such as the options of its plugins, is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from coproduction import reading
from coproduction.findings import Finding, Rule
from coproduction.model import Part, Text, nearest
from coproduction.reading import SETTINGS

RESERVED = ".example"  # the end of names that nobody can own


class Extra(Part):
    """How readers and contributors reach the owner. Empty where nothing is set."""

    edit_page: str = Field("", description="Where a page can be edited. {path} stands for its file.")
    edit_line: str = Field("", description="Where a line of a file is shown. {path} and {line} stand for both.")
    forms: str = Field("", description="Where a form begins. {form} stands for its name.")
    email: str = Field("", description="The inbox of the site.")


class Theme(Part):
    """What the engine builds on. Nearly all of it is ours, so little can be chosen."""

    name: Literal["material"]
    variant: Literal["classic"]
    custom_dir: Text = Field(description="The folder of our own page shapes.")
    language: Literal["en"]
    font: Literal[False] = Field(description="The theme must ask no other host for letters.")


class Validation(Part):
    """What the engine warns of. All of it, because a page with such a fault must not be published."""

    omitted_files: Literal["warn"]
    absolute_links: Literal["warn"]
    unrecognized_links: Literal["warn"]
    anchors: Literal["warn"]


class Macros(Part):
    """How the engine calls our macros. Its other options would let it read files of any kind."""

    module_name: Literal["scripts/macros"]
    on_undefined: Literal["strict"]
    on_error_fail: Any = False


class Plugin(Part):
    """The one program that the engine runs for us."""

    macros: Macros


class Settings(Part):
    """The whole of ``mkdocs.yml``."""

    site_name: Text = Field(description="The name of the site, on top of every page.")
    site_description: Text = Field(description="What the site is, in one sentence.")
    site_url: str = Field("", description="The address under which readers find it.")
    copyright: Text = Field(description="Who owns the words, at the foot of every page.")
    extra: Extra = Extra()
    theme: Theme
    strict: Literal[True] = Field(description="A warning stops the build.")
    use_directory_urls: Literal[True] = Field(description="Addresses end in a slash.")
    validation: Validation
    plugins: tuple[Plugin, ...] = Field(min_length=1, max_length=1)
    markdown_extensions: tuple[Any, ...] = Field(description="What Markdown can do on our pages.")
    nav: tuple[Any, ...] | None = Field(None, description="The menu.")
    not_in_nav: Text | None = Field(None, description="Pages that no menu leads to.")


SETTINGS_MISSING = Rule(
    "settings-missing",
    "the file is missing",
    "It holds the settings and the menu. Without it nothing can be built.",
    "Get it back from the repository.",
    f"git restore {SETTINGS}",
)


def read(root: Path) -> Settings:
    """The settings of the site.

    :raises reading.Unreadable: when they are missing or cannot be used.
    """
    try:
        return reading.settings(root, Settings)
    except FileNotFoundError:
        raise reading.Unreadable([SETTINGS_MISSING.finding(SETTINGS, 0)]) from None


def line_of(root: Path, setting: str) -> int:
    """The line of the file on which a setting stands, alone or in a list; 0 where it does not."""
    lines = (root / SETTINGS).read_text(encoding="utf-8", errors="replace").split("\n")
    named = re.compile(rf" *(- )?{re.escape(setting)}(:|\s*$)")
    return next((number for number, line in enumerate(lines, 1) if named.match(line)), 0)


# ------------------------------------------------------------------ rules for settings

EXTENSION_UNKNOWN = Rule(
    "extension-unknown",
    "'{name}' is not among the extensions of Markdown that our pages use",
    "It may read other files, or bring code to the pages. The checks do not know it.",
    "Use these alone: {known}. Another one is a change of the code.",
    "- tables",
    {"name": "snippets", "known": "admonition, tables and others"},
)
EXTENSIONS = ("admonition", "attr_list", "def_list", "md_in_html", "sane_lists", "tables", "toc")
SHAPES_ELSEWHERE = Rule(
    "shapes-elsewhere",
    "'custom_dir' is '{folder}'",
    "The engine publishes what is in that folder. Our page shapes are not there.",
    "Write: custom_dir: overrides",
    "custom_dir: overrides",
    {"folder": "../shapes"},
)
NAME_TOO_LONG = Rule(
    "site-name-too-long",
    "'site_name' has {length} characters; {most} is the most",
    "It stands behind the title of each page. Search results would cut both off.",
    "Shorten it.",
    "site_name: Co-production",
    {"length": "48", "most": "20"},
)
LONGEST_NAME = 20  # characters: together with the title of a page, search results show about 70


SITE_URL_WRONG = Rule(
    "site-url-wrong",
    "'site_url' is no address of a site: {address}",
    "Every link and citation that should last is made from it.",
    "Write a whole address, with https:// in front and a slash at its end.",
    "site_url: https://garden.org.uk/",
    {"address": "garden.org.uk"},
)
EDIT_ADDRESS_WRONG = Rule(
    "edit-address-wrong",
    "'{name}' is {address}",
    "The links that let a reader suggest a change would lead nowhere.",
    "Begin it with https:// and the name of a host. Write {places} in it, and no other braces.",
    "edit_page: https://code.example/edit/{path}",
    {"name": "edit_page", "address": "https://code.example/edit/", "places": "{path}"},
)
_PLACES = {"edit_page": ("{path}",), "edit_line": ("{path}", "{line}"), "forms": ("{form}",)}
_HOST = r"https?://\w[\w.-]*(:\d{1,5})?"


def check(root: Path, given: Settings) -> list[Finding]:
    """What is wrong with settings of the right kind."""
    found = list(_on_the_engine(root, given))
    if len(given.site_name) > LONGEST_NAME:
        line = line_of(root, "site_name")
        found.append(NAME_TOO_LONG.finding(SETTINGS, line, length=len(given.site_name), most=LONGEST_NAME))
    if given.site_url and not re.fullmatch(rf"{_HOST}(/[\w./~-]*)?", given.site_url):
        found.append(SITE_URL_WRONG.finding(SETTINGS, line_of(root, "site_url"), address=given.site_url))
    for name, known in _PLACES.items():
        address = getattr(given.extra, name)
        whole = rf"{_HOST}[/?]([^\s{{}}]|{'|'.join(map(re.escape, known))})*"
        if address and not (known[0] in address and re.fullmatch(whole, address)):
            places = " and ".join(known)
            found.append(EDIT_ADDRESS_WRONG.finding(SETTINGS, line_of(root, name), name=name, address=address, places=places))
    return found


def _on_the_engine(root: Path, given: Settings) -> Iterator[Finding]:
    """What would let the engine bring in what is not ours."""
    for entry in given.markdown_extensions:
        name = next(iter(entry), "") if isinstance(entry, (dict, tuple)) else entry
        if name not in EXTENSIONS:
            near = nearest(str(name), EXTENSIONS, 1)
            yield EXTENSION_UNKNOWN.finding(
                SETTINGS, line_of(root, str(name)), near=near, name=str(name), known=", ".join(EXTENSIONS)
            )
    if not (root / given.theme.custom_dir / "main.html").is_file():
        yield SHAPES_ELSEWHERE.finding(SETTINGS, line_of(root, "custom_dir"), folder=given.theme.custom_dir)


# ------------------------------------------------------------------- before launch


NOBODYS_ADDRESS = Rule(
    "nobodys-address",
    "'site_url' is {address}",
    "Nobody owns that name. Every link and citation that should last would lead nowhere.",
    "Set 'site_url' to the address under which readers will find the site.",
    "site_url: https://garden.org.uk/",
    {"address": "https://garden.example/"},
)


def release_findings(root: Path) -> list[Finding]:
    """What must be set before the site is published under its own name."""
    try:
        address = read(root).site_url
    except reading.Unreadable as error:
        return error.findings
    if not _is_reserved(address):
        return []
    return [NOBODYS_ADDRESS.finding(SETTINGS, line_of(root, "site_url"), address=address or "not set")]


def before_launch(root: Path) -> str:
    """One line that names the settings which wait for an owner; nothing when none does, or when they cannot be read.

    Where one is missing, pages say so.
    """
    try:
        given = read(root)
    except reading.Unreadable:  # the check has told it
        return ""
    waiting = ["site_url"] if _is_reserved(given.site_url) else []
    waiting += [name for name, value in given.extra if not value]
    return f"Before launch, set in {SETTINGS}: {', '.join(waiting)}. The README says what each is for." if waiting else ""


def _is_reserved(address: str) -> bool:
    try:
        return (urlsplit(address).hostname or RESERVED).endswith(RESERVED)
    except ValueError:  # not an address at all
        return True
