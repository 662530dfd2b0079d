"""A site to open from a disk, a stick or a download, where no host turns the link to a folder into its page."""

from __future__ import annotations

import re
from pathlib import Path

# Links with a scheme, a host or a query are let be. So are the addresses of forms: the script that needs them knows.
_TO_A_FOLDER = re.compile(r'(?P<before> href="|; url=)(?P<folder>(?:[^":#?/][^":#?]*/|\.{1,2}))(?P<after>["#])')


def name_the_files(folder: Path) -> None:
    """Let every link of the built site at ``folder`` that leads to a folder lead to the page in it."""
    for page in folder.rglob("*.html"):
        page.write_text(with_files(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def with_files(html: str) -> str:
    """Return a page whose links lead to files: ``../words/#word-carer`` becomes ``../words/index.html#word-carer``."""
    return _TO_A_FOLDER.sub(lambda link: f"{link['before']}{link['folder'].rstrip('/')}/index.html{link['after']}", html)
