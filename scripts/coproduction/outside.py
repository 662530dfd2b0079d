"""Links to other sites: which of them lead nowhere today.

Whoever keeps a site may move a page at any time, so what is found here is no fault of a change, and fails nothing.
It is gentle: one request at a time to a host, a pause between two, and an end to all waiting.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from selectolax.lexbor import LexborHTMLParser

PATIENCE = 20  # seconds that a host may take to answer
PAUSE = 1.0  # seconds between two requests to one host
AT_ONCE = 8  # hosts asked at the same time
# Hosts that want to see a browser, or ask us to come back later, say nothing about the page.
_SAYS_NOTHING = {401, 403, 405, 406, 418, 429, 451, 503, 999}
_WHO = {"User-Agent": "Mozilla/5.0 (compatible; link check of a public website)", "Accept": "*/*"}


@dataclass(frozen=True, order=True)
class Link:
    """An address on another site, and the pages that lead there."""

    address: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Lost:
    """A link that leads nowhere today, and what its host said."""

    link: Link
    why: str


def links(folder: Path) -> list[Link]:
    """Every link of the built site at ``folder`` to another site, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.html")):
        page = path.relative_to(folder).as_posix().removesuffix("index.html")
        for address in _outward(path):
            if page not in found[address]:
                found[address].append(page)
    return sorted(Link(address, tuple(pages)) for address, pages in found.items())


def _outward(page: Path) -> Iterator[str]:
    for tag in LexborHTMLParser(page.read_text(encoding="utf-8")).css("main a[href]"):
        address = (tag.attributes["href"] or "").partition("#")[0]
        if address.startswith(("http://", "https://")):
            yield address


def lost(found: Iterable[Link], own: tuple[str, ...] = (), pause: float = PAUSE, patience: float = PATIENCE) -> list[Lost]:
    """Those of the links that lead nowhere.

    :param own: addresses that begin like one of these are our own, and are not asked for. Nor are reserved names.
    """
    of_host: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        host = urlsplit(link.address).hostname or ""
        if not host.endswith(".example") and not link.address.startswith(own):
            of_host[host].append(link)

    def of_one_host(asked: list[Link]) -> list[Lost]:
        answers = []
        for link in asked:
            answers.append(Lost(link, why_lost(link.address, patience)))
            time.sleep(pause)
        return answers

    with ThreadPoolExecutor(AT_ONCE) as workers:
        answers = [answer for group in workers.map(of_one_host, of_host.values()) for answer in group]
    return sorted((answer for answer in answers if answer.why), key=lambda answer: answer.link)


def why_lost(address: str, patience: float = PATIENCE, ask: Callable = urlopen) -> str:
    """Why nobody can read what is at ``address``; nothing where somebody can, or where its host will not say."""
    try:
        with ask(Request(address, headers=_WHO), timeout=patience):
            return ""
    except HTTPError as error:
        return "" if error.code in _SAYS_NOTHING else f"the host answers {error.code}"
    except TimeoutError:
        return f"no answer in {patience:g} seconds"
    except (OSError, HTTPException, ValueError) as error:
        return f"no answer: {' '.join(str(getattr(error, 'reason', error)).split())[:80] or type(error).__name__}"


def in_a_list(found: Iterable[Lost]) -> str:
    """The lost links as a list in Markdown, for an issue that stands open until all lead somewhere."""
    return "".join(f"- <{one.link.address}>: {one.why}. On {_pages(one.link.pages)}\n" for one in found)


def _pages(pages: tuple[str, ...]) -> str:
    return ", ".join(f"`/{page}`" for page in pages)
