"""Words that stand for something else: headings, the words of links, and what is said of pictures.

People who do not see the page move by them, and hear each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coproduction.findings import Finding, Rule, short
from coproduction.prose import Passage

HEADING_EMPTY = Rule(
    "heading-empty",
    "a heading is empty",
    "People who move by headings would hear nothing there.",
    "Give it words, or take it out.",
    "## What you can do {: #what-you-can-do }",
)
HEADING_WITH_STOP = Rule(
    "heading-with-stop",
    "the heading ends with '{sign}'",
    "A heading is a name, not a sentence. Read aloud, that sign sounds like an end.",
    "Take the sign away. A question mark may stay.",
    "## Who decides? {: #who-decides }",
    {"sign": "."},
)
HEADING_IN_CAPITALS = Rule(
    "heading-in-capitals",
    "the heading '{words}' is all in capitals",
    "Capitals are slow to read. Some machines spell them out, letter by letter.",
    "Write small letters after the first.",
    "## Who decides? {: #who-decides }",
    {"words": "WHO DECIDES"},
)
LINK_WITHOUT_WORDS = Rule(
    "link-without-words",
    "the link to '{to}' has no words",
    "People who listen would hear no more than that there is a link. Without a sign, nobody would see it.",
    "Say where it goes. In a page, write that in the square brackets.",
    "See [the seven rungs of the ladder](ladder.md).",
    {"to": "ladder.md"},
)
LINK_SAYS_NOTHING = Rule(
    "link-says-nothing",
    "the link says only '{words}'",
    "People who move from link to link hear the words alone.",
    "Let the words say where the link goes.",
    "See [the seven rungs of the ladder](ladder.md).",
    {"words": "here"},
)
LINK_IS_ADDRESS = Rule(
    "link-is-address",
    "the words of the link are an address, or the name of a file",
    "Read aloud, it says little.",
    "Let the words say what is there.",
    "[The guide to co-production](https://guide.example/)",
)
PICTURE_OF = Rule(
    "picture-of",
    "the words for the picture begin with '{idle}'",
    "People who listen have just heard that it is a picture.",
    "Begin with what can be seen.",
    "Seven rungs of a ladder.",
    {"idle": "A picture of"},
)
PICTURE_FILE_NAME = Rule(
    "picture-file-name",
    "the words for the picture are the name of its file",
    "They tell nothing to people who do not see it.",
    "Say what the picture shows.",
    "Seven rungs of a ladder.",
)

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|uk|wales|scot|example)(?:/\S*)?"
    r"|[\w./-]*\w\.(?i:docx?|html?|jpe?g|md|odt|pdf|png|pptx?|svg|xlsx?)(?:#\S*)?"
)
# Words that say nothing of where a link leads: alone, or with one another.
_EMPTY = frozenset(
    """
    a an and at continue details doc document download file find following for from get go here in info information
    it just learn link look more now of on open or our out page pdf please read see site tap that the there these
    this those to view visit web webpage website
    """.split()
)
_SIGNPOST = re.compile(r"\A\W*click\b(?! and collect)|\b(?:click|press|tap)\s+(?:here|this)\b", re.I)
_SAID = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_DRAWN = r"(?:clip ?art|drawing|graphic|icon|illustration|image|photo|photograph|picture|sketch)s?"
# What tells only that there is a picture. That it is a map, a chart or a logo says something of it.
_IDLE = re.compile(
    rf"(?:an? |the |this |here is an? )?(?:(?:black[ -]and[ -]white|close-up|colou?r|line|simple|small|stock) )*{_DRAWN}"
    r"(?: of\b| in which\b| (?:that |which )?(?:depict|show)(?:s|ing)?\b|\s*[:–—]|\W*\Z)"
    rf"|in (?:the|this) {_DRAWN}\b(?! (?:board|book|house|room))",
    re.I,
)
_FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp|avif)", re.I)


def of_passage(passage: Passage) -> Iterator[Finding]:
    """What is wrong with a text of the data, or of the top of a page, that stands as a heading or for a picture."""
    check = {"title": of_heading, "name": of_heading, "alt": of_picture}.get(passage.key)
    if check:
        yield from check(passage.file, passage.line_at(len(passage.text)), passage.text)


def of_heading(file: str, line: int, words: str) -> Iterator[Finding]:
    """What is wrong with the words of a heading."""
    if not words:
        yield HEADING_EMPTY.finding(file, line)
    if words.endswith((".", ":", ";", ",")):
        yield HEADING_WITH_STOP.finding(file, line, sign=words[-1])
    if words.isupper() and " " in words:  # one word alone is more likely a name, such as SCIE
        yield HEADING_IN_CAPITALS.finding(file, line, words=words)


def of_link(file: str, line: int, words: str, to: str) -> Iterator[Finding]:
    """What is wrong with the words of a link that somebody typed."""
    yield from of_link_name(file, line, words, to)
    if _ADDRESS.fullmatch(words.strip("`<>")):
        yield LINK_IS_ADDRESS.finding(file, line)


def of_link_name(file: str, line: int, words: str, to: str) -> Iterator[Finding]:
    """What is wrong with the words of any link."""
    if not _SAID.search(words):
        yield LINK_WITHOUT_WORDS.finding(file, line, to=to)
    if _SIGNPOST.search(words) or _says_nothing(words):
        yield LINK_SAYS_NOTHING.finding(file, line, words=short(words))


def _says_nothing(words: str) -> bool:
    said = _SAID.findall(words.lower())
    return len("".join(said)) > 1 and _EMPTY.issuperset(said)  # one letter is a place in an index


def of_picture(file: str, line: int, words: str) -> Iterator[Finding]:
    """What is wrong with the words for a picture."""
    if idle := _IDLE.match(words.strip()):
        yield PICTURE_OF.finding(file, line, idle=idle[0])
    if _FILE_NAME.fullmatch(words.strip()):
        yield PICTURE_FILE_NAME.finding(file, line)
