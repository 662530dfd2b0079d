"""The settings of the site, which its owner makes in ``mkdocs.yml``.

The engine reads the same file. What is its own alone, such as the options of its plugins, is left to it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from coproduction import reading
from coproduction.findings import Finding, Rule
from coproduction.model import Part, Text
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
    font: bool = Field(description="false: the theme must ask no other host for letters.")


class Validation(Part):
    """What the engine warns of. All of it, because a page with such a fault must not be published."""

    omitted_files: Literal["warn"]
    absolute_links: Literal["warn"]
    unrecognized_links: Literal["warn"]
    anchors: Literal["warn"]


class Settings(Part):
    """The whole of ``mkdocs.yml``."""

    site_name: Text = Field(description="The name of the site, on top of every page.")
    site_description: Text = Field(description="What the site is, in one sentence.")
    site_url: str = Field("", description="The address under which readers find it.")
    copyright: Text = Field(description="Who owns the words, at the foot of every page.")
    extra: Extra = Extra()
    theme: Theme
    strict: bool = Field(description="true: a warning stops the build.")
    use_directory_urls: bool = Field(description="true: addresses end in a slash.")
    validation: Validation
    plugins: tuple[Any, ...] = Field(description="Programs that the engine runs.")
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
    lines = (root / SETTINGS).read_text(encoding="utf-8", errors="replace").splitlines()
    named = re.compile(rf" *(- )?{re.escape(setting)}(:|\s*$)")
    return next((number for number, line in enumerate(lines, 1) if named.match(line)), 0)


# ------------------------------------------------------------- rules between settings


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
    "Write {places} in it, and no other braces.",
    "edit_page: https://code.example/edit/{path}",
    {"name": "edit_page", "address": "https://code.example/edit/", "places": "{path}"},
)
_PLACES = {"edit_page": ("{path}",), "edit_line": ("{path}", "{line}"), "forms": ("{form}",)}


def check(root: Path, given: Settings) -> list[Finding]:
    """What is wrong with the addresses among the settings."""
    found = []
    if given.site_url and not re.fullmatch(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?", given.site_url):
        found.append(SITE_URL_WRONG.finding(SETTINGS, line_of(root, "site_url"), address=given.site_url))
    for name, known in _PLACES.items():
        address = getattr(given.extra, name)
        rest = address
        for place in known:
            rest = rest.replace(place, "")
        if address and (known[0] not in address or re.search("[{}]", rest)):
            places = " and ".join(known)
            found.append(EDIT_ADDRESS_WRONG.finding(SETTINGS, line_of(root, name), name=name, address=address, places=places))
    return found


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
