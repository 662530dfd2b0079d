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


def way_on_the_site(page: str, home: str, id: str) -> str:
    """The link from a page to the record ``id`` on its ``home``, for an engine that leaves links in HTML alone."""
    return relative(page_address(page), f"{page_address(home)}#{id}")


def way_between_files(page: str, home: str, id: str) -> str:
    """The same for an engine that takes every link for one between Markdown files."""
    return f"{posixpath.relpath(home, posixpath.dirname(page) or '.')}#{id}"
