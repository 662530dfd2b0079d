"""A page read aloud, in order, the way a screen reader does it: from the tree that a browser gives to one.

- ``heard(page)`` asks Chromium for that tree.
- ``transcript(part)`` writes down what would be said, line by line.
- ``faults(part)`` names what a listener would stumble over.

No screen reader is in it. What one says differs from product to product; what it is given does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

LANDMARKS = ("banner", "navigation", "main", "region", "complementary", "contentinfo", "search", "form")
FIELDS = ("searchbox", "textbox", "combobox", "checkbox", "radio")
HEADERS = ("columnheader", "rowheader")
CELLS = (*HEADERS, "cell")
# These are said within the line they stand in.
INLINE = ("text", "link", "button", "image", "mark", "option", *FIELDS)
# A listener who comes to one of these, and hears nothing, is lost.
ONLY_ONE = ("banner", "main", "contentinfo")
NEEDS_A_NAME = (
    *(role for role in LANDMARKS if role not in ONLY_ONE), "link", "button", "image", "table", "listbox", "option", "summary", *FIELDS, *HEADERS
)  # fmt: skip
NEEDS_WORDS = ("heading", "listitem", "paragraph", "cell", "term", "definition", "figcaption", "caption", "blockquote", "summary")


@dataclass(frozen=True)
class Part:
    """One thing that is said of a page, and what is inside it."""

    role: str
    name: str = ""
    inside: tuple[Part, ...] = ()
    description: str = ""
    language: str = ""
    to: str = ""  # where a link leads
    states: dict = field(default_factory=dict, hash=False)
    place: int = -1  # in the order of the document

    def all(self) -> Iterator[Part]:
        """This and everything in it, in the order in which it is read."""
        yield self
        for part in self.inside:
            yield from part.all()

    def of(self, *roles: str) -> list[Part]:
        """Everything in it of these roles."""
        return [part for part in self.all() if part.role in roles]

    @property
    def words(self) -> str:
        """What is read of it and of all that is in it, without a word on what it is."""
        if self.role == "image" or (self.role in INLINE and not self.inside):
            said = [self.name, self.description]
        else:
            said = [part.words for part in self.inside if part.role != "marker"]
        return " ".join(" ".join(said).split())


# ---------------------------------------------------------------- from the browser

# The browser's names, where ours are plainer; what is left out only holds other things.
_ROLES = {"StaticText": "text", "DescriptionList": "terms", "DisclosureTriangle": "summary", "Figcaption": "figcaption", "Legend": "legend", "ListMarker": "marker", "img": "image"}  # fmt: skip
_HOLDERS = {"none", "generic", "LabelText", "rowgroup", "strong", "emphasis", "time", "code", "superscript", "subscript", "group", "cite", "Abbr"}  # fmt: skip
_STATES = ("level", "expanded", "pressed", "disabled", "live", "checked", "selected")


def heard(page, within: str = "") -> Part:
    """What a browser tells a screen reader of the page, as a tree.

    :param within: a role; when given, only the first part of that role.
    """
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        shot = session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []})
    finally:
        session.detach()
    document, strings = shot["documents"][0]["nodes"], shot["strings"]
    places = {number: place for place, number in enumerate(document["backendNodeId"])}
    languages = {}
    for number, given in zip(document["backendNodeId"], document["attributes"]):
        for key, value in zip(given[::2], given[1::2]):
            if strings[key] == "lang":
                languages[number] = strings[value]
    tags = [strings[name] for name in document["nodeName"]]
    by_id = {node["nodeId"]: node for node in nodes}

    def parts(node: dict, language: str) -> Iterator[Part]:
        number = node.get("backendDOMNodeId")
        language = languages.get(number, language)
        role = node.get("role", {}).get("value", "none")
        if role == "InlineTextBox":
            return
        inside = tuple(part for id in node["childIds"] if id in by_id for part in parts(by_id[id], language))
        if node["ignored"] or role in _HOLDERS:
            yield from inside
            return
        told = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", ())}
        made = Part(
            role=_ROLES.get(role, role),
            name=" ".join(node.get("name", {}).get("value", "").split()),
            inside=() if role in ("image", "img", "StaticText") else inside,
            description=" ".join(node.get("description", {}).get("value", "").split()),
            language=language,
            to=told.get("url") or "",
            states={key: told[key] for key in _STATES if key in told} | _value(node),
            place=places.get(number, -1),
        )
        if made.role != "text" or made.name:
            yield made

    # The page's own language stands at its outermost tag, which is no part of this tree.
    (whole,) = parts(nodes[0], languages.get(document["backendNodeId"][tags.index("HTML")], ""))
    if not within:
        return whole
    return whole.of(within)[0]


def _value(node: dict) -> dict:
    value = node.get("value", {}).get("value")
    return {"value": value} if value else {}


# -------------------------------------------------------------------- written down


def transcript(part: Part) -> list[str]:
    """What is said of the part, a line for each thing; what is inside something stands further in."""
    return _lines(part, part.language if part.role == "RootWebArea" else "en-GB")


def _lines(part: Part, language: str) -> list[str]:
    if part.role == "table":
        return _table_lines(part, language)
    inside = _lines_inside(part, language)
    if part.role == "RootWebArea":
        return [f"page: {part.name} ({part.language or 'no language'})", *inside]
    if part.role in LANDMARKS:
        return [f"[{_label(part.role, part.name)}]", *_further(inside), f"[end of {part.role}]"]
    if part.role == "list":
        count = sum(child.role == "listitem" for child in part.inside)
        return [f"{_label('list', part.name)}, {count} {'item' if count == 1 else 'items'}", *_further(inside), "end of list"]
    if part.role == "listitem":
        marker = next((child.name for child in part.inside if child.role == "marker" and re.search(r"\w", child.name)), "-")
        first, *rest = inside or [""]
        return [f"{marker} {first}", *_further(rest)]
    if part.role in _FORMS:
        return [_FORMS[part.role].format(" ".join(inside), **part.states)]
    if part.role == "summary":
        return [f"({'open' if part.states['expanded'] else 'closed'} note: {part.name})"]
    if part.role in _AROUND:
        return [_AROUND[part.role], *_further(inside), f"end of {_AROUND[part.role]}"]
    if part.role == "status":
        return [f"(said by itself when it changes: {part.words})"] if part.words else []
    if part.role in ("terms", "paragraph", "RootWebArea", "alert", "listbox"):
        return inside
    return [f"{part.role}: {part.name}", *_further(inside)]


_FORMS = {
    "heading": "heading {level}: {}",
    "term": "term: {}",
    "definition": "  {}",
    "figcaption": "caption: {}",
    "legend": "asked: {}",
}
_AROUND = {"figure": "figure", "blockquote": "quotation"}


def _lines_inside(part: Part, language: str) -> list[str]:
    """The lines of what is inside; what stands in one line comes together in one."""
    lines, run = [], []
    for child in part.inside:
        if child.role in INLINE:
            run.append(_piece(child, language))
            continue
        if run:
            lines.append(_joined(run))
            run = []
        if child.role not in ("marker", "caption"):
            lines += _lines(child, language)
    return [*lines, _joined(run)] if run else lines


def _joined(pieces: list[str]) -> str:
    line = " ".join(" ".join(pieces).split())
    return re.sub(r"\s+([,.;:?!)”])", r"\1", line).replace("“ ", "“")


def _piece(part: Part, language: str) -> str:
    if part.role == "text":
        return part.name if part.language in ("", language) else f"(in the language {part.language}: {part.name})"
    if part.role == "mark":
        return f"(marked: {_joined([_piece(child, language) for child in part.inside])})"
    says = [_SAID.get(part.role, part.role)]
    if "expanded" in part.states:
        says.append("open" if part.states["expanded"] else "closed")
    if part.states.get("selected"):
        says.append("chosen")
    more = [part.description] if part.description else []
    more += [f"holds “{part.states['value']}”"] if "value" in part.states else []
    return f"({', '.join(says)}: {'; '.join([part.name, *more])})"


_SAID = {"image": "picture", "searchbox": "search box", "combobox": "search box with suggestions", "option": "suggestion"}


def _table_lines(table: Part, language: str) -> list[str]:
    heads, rows = columns(table), table.of("row")
    lines = [f"table, {len(heads)} columns, {len(rows)} rows: {table.name}"]
    for row in rows:
        for number, cell in enumerate(row.of(*CELLS)):
            inside = _lines_inside(cell, language)
            if cell.role in HEADERS:
                label = "column" if cell.role == "columnheader" else "row"
            else:
                label = f"{row_name(row)} | {heads[number] if number < len(heads) else ''}"
            lines += _further([f"{label}: {inside[0] if inside else ''}", *_further(inside[1:])])
    return [*lines, "end of table"]


def _further(lines: list[str]) -> list[str]:
    return ["  " + line for line in lines]


def _label(role: str, name: str) -> str:
    return f"{role}: {name}" if name else role


def columns(table: Part) -> list[str]:
    """What heads each column of a table."""
    return [head.name for head in table.of("columnheader")]


def row_name(row: Part) -> str:
    """What heads a row."""
    return " ".join(head.name for head in row.of("rowheader"))


# -------------------------------------------------------------------------- judged

_WORDS_SEEN = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const around = text.parentElement;
    if (!text.data.trim() || around.closest(".cp-hidden") || !around.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNode(text);
    if ([...range.getClientRects()].some((box) => box.width > 1 && box.height > 1)) seen.push(text.data);
  }
  return seen.join(" ");
}
"""


def text_seen(page) -> str:
    """All the text of the page that can be seen, as the window and the medium are now."""
    return page.evaluate(_WORDS_SEEN)


def said_words(part: Part) -> Counter[str]:
    """How often each word is said: the words of the part, and for each cell of a table those that head it."""
    said = [part.words]
    for table in part.of("table"):
        heads = columns(table)
        for row in table.of("row"):
            said += [f"{row_name(row)} {head}" for head, cell in zip(heads, row.of(*CELLS)) if cell.role == "cell"]
    said += [one.description for one in part.all()] + [str(one.states.get("value", "")) for one in part.all()]
    return words_in(" ".join(said))


def words_in(text: str) -> Counter[str]:
    """How often each word stands in a text, in small letters."""
    return Counter(re.findall(r"\w+", text.casefold()))


def faults(whole: Part) -> list[str]:
    """What somebody who listens to the whole page would stumble over."""
    return [*_silent(whole), *_out_of_order(whole), *_headings(whole), *_landmarks(whole), *_tables(whole), *_twice(whole)]


def _silent(whole: Part) -> Iterator[str]:
    if not whole.language:
        yield "the page does not say its language"
    if not whole.name:
        yield "the page has no title"
    for part in whole.all():
        if part.role in NEEDS_A_NAME and not part.name:
            yield f"{part.role} without a name, in “{part.words[:60]}”"
        if part.role in NEEDS_WORDS and not part.words:
            yield f"{part.role} without words"
        if part.role == "list" and not any(child.role == "listitem" for child in part.inside):
            yield "list without items"


def _out_of_order(whole: Part) -> Iterator[str]:
    reached = -1
    for part in whole.all():
        if 0 <= part.place < reached:
            yield f"{part.role} “{part.words[:60]}” is read later than it stands in the document"
        reached = max(reached, part.place)


def _headings(whole: Part) -> Iterator[str]:
    before, above, taken = 0, (), set()
    for heading in whole.of("heading"):
        level = heading.states["level"]
        if level > before + 1:
            yield f"heading {level} “{heading.words}” follows heading {before}"
        before = level
        above = (*(one for one in above if one[0] < level), (level, heading.words))
        if above in taken:
            yield f"heading {level} “{heading.words}” is twice in one section"
        taken.add(above)
    if [heading.states["level"] for heading in whole.of("heading")].count(1) != 1:
        yield "the page has not one main heading"


def _landmarks(whole: Part) -> Iterator[str]:
    for (role, name), count in Counter((part.role, part.name) for part in whole.of(*LANDMARKS)).items():
        if count > 1:
            yield f"{count} landmarks are called “{_label(role, name)}”"
    for role in ONLY_ONE:
        if len(whole.of(role)) != 1:
            yield f"{len(whole.of(role))} parts are “{role}”"
    inside = {id(part) for landmark in whole.of(*LANDMARKS) for part in landmark.all()}
    for part in whole.of("text"):
        if id(part) not in inside:
            yield f"“{part.words[:60]}” stands in no landmark"


def _tables(whole: Part) -> Iterator[str]:
    for table in whole.of("table"):
        heads = columns(table)
        if not heads:
            yield f"the columns of the table “{table.name}” have no headers"
        for row in table.of("row"):
            cells = row.of(*CELLS)
            if len(cells) != len(heads):
                yield f"a row of the table “{table.name}” has {len(cells)} cells, and {len(heads)} column headers"
            if row.of("cell") and not row_name(row):
                yield f"a row of the table “{table.name}” has no header: “{row.words[:60]}”"
    # What has lost its table is read as loose words.
    held = {id(cell) for table in whole.of("table") for cell in table.of("row", *CELLS)}
    for part in whole.of("row", *CELLS):
        if id(part) not in held:
            yield f"{part.role} “{part.words[:60]}” stands in no table"


def _twice(whole: Part) -> Iterator[str]:
    for part in whole.of("image", "link", "button"):
        if part.description and part.description in part.name:
            yield f"the description of the {part.role} “{part.name[:60]}” says its name again"
    for part in whole.of("heading", "link", "button", "summary", *HEADERS):
        for piece in {text.name for text in part.of("text") if len(text.name) > 3}:
            if part.name.count(piece) > 1:
                yield f"the {part.role} “{part.name}” says “{piece}” twice"
    pieces = [part for part in whole.all() if part.role in INLINE and not any(child.role in INLINE for child in part.inside)]
    for first, second in pairwise(pieces):
        if (
            {first.role, second.role} & {"link", "image", "button"}
            and first.words
            and first.words.casefold() == second.words.casefold()
        ):
            yield f"“{first.words[:60]}” is read as {first.role}, and at once again as {second.role}"
