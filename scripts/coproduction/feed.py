"""What has changed, as an Atom feed: for those who would rather be told than look.

Source: RFC 4287, "The Atom Syndication Format".
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from coproduction import dates
from coproduction.addresses import FEED, page_address, permanent, whole
from coproduction.model import Change, Facts
from coproduction.tables import OUTCOMES

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "What changed on the site about co-production"


def write(docs: Path, facts: Facts, site_url: str, when: int) -> None:
    """Write the feed into ``docs``, beside the pages; nothing while nobody has said where the site will be.

    :param when: the time of the build, which stands for that of the feed while it has no entry.
    """
    if home := whole(site_url):
        (docs / FEED).write_bytes(made(facts.changes, home, dates.of_epoch(when)))


def made(changes: tuple[Change, ...], home: str, today: date) -> bytes:
    """The feed itself, the newest entry first."""
    newest_first = sorted(changes, key=lambda change: change.when, reverse=True)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _say(feed, "id", whole(home, FEED))
    _say(feed, "title", TITLE)
    _say(feed, "updated", _moment(max((change.last_changed for change in changes), default=today)))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=whole(home, FEED))
    if newest_first:
        SubElement(feed, "link", rel="alternate", type="text/html", href=whole(home, page_address(newest_first[0].home)))
    _say(SubElement(feed, "author"), "name", newest_first[0].owner if newest_first else "The editors")
    for change in newest_first:
        _add(feed, change, home)
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(feed: Element, change: Change, home: str) -> None:
    entry = SubElement(feed, "entry")
    _say(entry, "id", whole(home, permanent(change.id)))
    _say(entry, "title", change.name)
    # While this stays the same, a feed reader keeps the words that it has, and a name in them.
    _say(entry, "updated", _moment(change.last_changed))
    SubElement(entry, "link", rel="alternate", type="text/html", href=whole(home, permanent(change.id)))
    _say(entry, "summary", _told(change))


def _told(change: Change) -> str:
    """What a reader of the page is told, in one paragraph."""
    if change.suggested is None:
        return change.plain
    return f"{change.suggested.from_whom} said: {change.suggested.said} {OUTCOMES[change.suggested.outcome]} {change.plain}"


def _say(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words


def _moment(when: date) -> str:
    """The beginning of a day, as a feed writes it."""
    return f"{when.isoformat()}T00:00:00Z"
