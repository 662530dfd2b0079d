"""Where things are: the address of a page, and the way from one address to another."""

from __future__ import annotations

import posixpath


def page_address(page: str) -> str:
    """The address, relative to the site's root, of a Markdown page inside ``docs/``.

    ``ladder.md`` is at ``ladder/``; ``what/index.md`` at ``what/``; ``index.md`` at ``""``.
    """
    stem = page.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def relative(here: str, there: str) -> str:
    """The way from the page at address ``here`` to ``there``, which may end in an anchor.

    Links inside the site are relative, because a project's site may live in a sub-folder.
    """
    address, hash_mark, anchor = there.partition("#")
    if address == here and anchor:
        return f"#{anchor}"
    way = posixpath.relpath("/" + address, "/" + here)
    if address == "" or address.endswith("/"):
        way += "/"
    return f"{way}{hash_mark}{anchor}"


EASY = "easy-read"  # below it stands every page in easy words
FEED = "changes.xml"  # what has changed, for programs that tell people of it
PERMANENT = "r/"  # below it stand the permanent addresses, and nothing else


DOORS = "tell/"  # below it stands, for each page, another by which a reader tells us of a mistake in it


def door(address: str) -> str:
    """The address of the page by which a reader tells us about the page at ``address``."""
    return f"{DOORS}{address or 'home/'}"


def permanent(id: str) -> str:
    """The address, relative to the site's root, at which a record will always be found, wherever its page moves."""
    return f"{PERMANENT}{id}/"


def sheet(id: str, large: bool = False) -> str:
    """The address, relative to the site's root, of a page in easy words as a file to print."""
    return f"{EASY}/{id}{'-large-print' if large else ''}.pdf"


def whole(site_url: str, address: str = "") -> str:
    """An address of the site in full, as it works from anywhere; empty while nobody has said where the site will be.

    :param site_url: where the site is, with or without the slash at its end; empty, or ``/``, where that is not known.
    :param address: from the site's root.
    """
    return f"{site_url.rstrip('/')}/{address}" if "://" in site_url else ""


def way_on_the_site(page: str, there: str) -> str:
    """The link from a page to ``there``, for an engine that leaves links in HTML alone.

    :param page: a Markdown page inside ``docs/``.
    :param there: another one, or an address from the site's root; either may end in an anchor.
    """
    path, hash_mark, anchor = there.partition("#")
    address = page_address(path) if path.endswith(".md") else path
    return relative(page_address(page), f"{address}{hash_mark}{anchor}")


def way_between_files(page: str, there: str) -> str:
    """The same for an engine that takes every link for one between Markdown files."""
    path, hash_mark, anchor = there.partition("#")
    way = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return f"{way}{'/' if path.endswith('/') else ''}{hash_mark}{anchor}"
