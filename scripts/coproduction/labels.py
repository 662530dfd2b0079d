"""Words that stand for something else: headings, the words of links, and what is said of pictures.

People who do not see the page move by them, and hear each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coproduction.findings import Finding, Rule
from coproduction.prose import Passage

HEADING_WITH_STOP = Rule(
    "heading-with-stop",
    "the heading ends with '{sign}'",
    "A heading is a name, not a sentence. Read aloud, that sign sounds like an end.",
    "Take the sign away. A question mark may stay.",
    "## Who decides? {: #who-decides }",
)
HEADING_IN_CAPITALS = Rule(
    "heading-in-capitals",
    "the heading '{words}' is all in capitals",
    "Capitals are slow to read. Some machines spell them out, letter by letter.",
    "Write small letters after the first.",
    "## Who decides? {: #who-decides }",
)
LINK_IS_ADDRESS = Rule(
    "link-is-address",
    "the words of the link are an address",
    "Read aloud, it is long and says little.",
    "Let the words say what is there.",
    "[The guide to co-production](https://guide.example/)",
)
PICTURE_OF = Rule(
    "picture-of",
    "the words for the picture begin with '{idle}'",
    "People who listen have just heard that it is a picture.",
    "Begin with what can be seen.",
    "Seven rungs of a ladder.",
)
PICTURE_FILE_NAME = Rule(
    "picture-file-name",
    "the words for the picture are the name of its file",
    "They tell nothing to people who do not see it.",
    "Say what the picture shows.",
    "Seven rungs of a ladder.",
)

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|uk|wales|scot|example)(?:/\S*)?")
_IDLE = re.compile(r"(?:an? |the )?(?:image|picture|photo|photograph|graphic|icon)s? (?:of|showing)\b", re.I)
_FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp|avif)", re.I)


def of_passage(passage: Passage) -> Iterator[Finding]:
    """What is wrong with a text of the data, or of the top of a page, that stands as a heading or for a picture."""
    check = {"title": of_heading, "name": of_heading, "alt": of_picture}.get(passage.key)
    if check:
        yield from check(passage.file, passage.line_at(len(passage.text)), passage.text)


def of_heading(file: str, line: int, words: str) -> Iterator[Finding]:
    """What is wrong with the words of a heading."""
    if words.endswith((".", ":", ";", ",")):
        yield HEADING_WITH_STOP.finding(file, line, sign=words[-1])
    if words.isupper() and " " in words:  # one word alone is more likely a name, such as SCIE
        yield HEADING_IN_CAPITALS.finding(file, line, words=words)


def of_link(file: str, line: int, words: str) -> Iterator[Finding]:
    """What is wrong with the words of a link."""
    if _ADDRESS.fullmatch(words):
        yield LINK_IS_ADDRESS.finding(file, line)


def of_picture(file: str, line: int, words: str) -> Iterator[Finding]:
    """What is wrong with the words for a picture."""
    if idle := _IDLE.match(words):
        yield PICTURE_OF.finding(file, line, idle=idle[0])
    if _FILE_NAME.fullmatch(words.strip()):
        yield PICTURE_FILE_NAME.finding(file, line)
