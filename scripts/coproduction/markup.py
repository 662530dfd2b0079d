"""The tags that pages and drawings are made of, and what each may carry. All that is not here is refused.

A list of what is harmful would never be whole: browsers know hundreds of tags and attributes, and new ones come.
"""

from __future__ import annotations

import re

# In the Markdown of a page somebody may write these as HTML, each in one line. For links and pictures there is Markdown.
WRITTEN = frozenset(
    "abbr b bdi br button caption cite code dd details div dl dt em i kbd li mark ol p q section small span strong sub summary"
    " sup table tbody td th thead tr ul var".split()
)
SHAPES = frozenset("circle desc ellipse g line path polygon polyline rect svg title".split())  # of a drawing
LOOKS = frozenset(
    "cx cy d dx dy fill fill-opacity fill-rule height opacity points r rx ry stroke stroke-dasharray stroke-dashoffset"
    " stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor transform viewBox width x x1 x2 y y1 y2".split()
)

_EVERYWHERE = re.compile(r"class|dir|hidden|id|lang|role|tabindex|title|aria-[a-z]+|data-group|data-cp-[a-z-]+")
_IN_A_HEAD = {
    "head": "",
    "html": "",
    "link": "href media rel type",
    "meta": "charset content http-equiv media name property",
    "script": "defer src type",
    "title": "",
}
_IN_A_BODY = {
    **dict.fromkeys((WRITTEN | SHAPES) - {"title"}, ""),
    **dict.fromkeys("body figcaption figure footer h1 h2 h3 h4 h5 h6 header hr legend main nav pre text title tspan".split(), ""),
    "a": "href rel",
    "blockquote": "cite",
    "button": "disabled type",
    "details": "open",
    "fieldset": "",
    "form": "action autocomplete method",
    "img": "alt height src width",
    "input": "autocapitalize autocomplete enterkeyhint form name placeholder spellcheck type value",
    "label": "for",
    "ol": "reversed start",
    "script": "defer src type",
    "svg": "focusable",
    "td": "colspan rowspan",
    "textarea": "cols form rows",
    "th": "colspan rowspan scope",
    "time": "datetime",
}
_OF_TAGS = {
    place: {tag: frozenset(attributes.split()) for tag, attributes in tags.items()}
    for place, tags in (("head", _IN_A_HEAD), ("body", _IN_A_BODY))
}
_DRAWN = SHAPES | {"text", "tspan"}


def is_known(tag: str, place: str) -> bool:
    """Whether a built page may have this tag in its ``head`` or in its ``body``."""
    return tag in _OF_TAGS[place]


def may_carry(tag: str, attribute: str, value: str, place: str) -> bool:
    """Whether a known tag of a built page may have this attribute."""
    if tag in _DRAWN and attribute in LOOKS:
        return is_look(attribute, value)
    return attribute in _OF_TAGS[place][tag] or _EVERYWHERE.fullmatch(attribute) is not None


def may_be_written(attribute: str) -> bool:
    """Whether a tag that is written in a page may have this attribute: ``markdown`` asks for Markdown inside of it."""
    known = {"markdown", "colspan", "open", "reversed", "rowspan", "scope", "start", "type"}
    return attribute in known or _EVERYWHERE.fullmatch(attribute) is not None


def is_look(attribute: str, value: str) -> bool:
    """Whether an attribute says how a shape looks, and loads nothing."""
    return attribute in LOOKS and "url" not in value.lower()
