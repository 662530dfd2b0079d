"""Checks of the built site: what a reader's browser will really be given."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coproduction import labels, markup, wording
from coproduction.addresses import whole
from coproduction.findings import Finding, Rule, short
from coproduction.model import nearest
from coproduction.wording import LONGEST_DESCRIPTION, LONGEST_TITLE, UNFINISHED

# Words that only a machine or a half-finished page says.
_BRACES = r"\{\{|\}\}|\{%|%\}"
_LEFTOVERS = {
    _BRACES + r"|\{:": "braces of a template",
    r"Macro\s+(Rendering|Syntax)\s+Error|Traceback\s+\(most\s+recent|UndefinedError": "an error of the machine that builds the page",
    UNFINISHED: "a note that something is unfinished",
    r"\[(name|insert|your|date|organisation|email|address|placeholder)[^\]]*\]": "a gap in square brackets",
    r"(?m)\bNone\b(?=[,.<]|\s*$)": "the word None, which stands for a value that is missing",
}
_OUTSIDE = {"http", "https", "mailto", "tel"}  # where a link may lead besides the site
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}

_BLOCK_END = "\N{SYMBOL FOR RECORD SEPARATOR}"

_SHARED = ("og:title", "og:type", "og:image", "og:url")  # what https://ogp.me/#metadata asks of every page


@dataclass(frozen=True)
class BuiltPage:
    """One HTML file of the built site."""

    path: str  # relative to the site's folder
    html: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] or "" for tag in self.tree.css("[id]")]

    @cached_property
    def title(self) -> str:
        tag = self.tree.css_first("title")
        return _said(tag) if tag else ""

    @cached_property
    def ways(self) -> list[str]:
        """Every address to which a reader or a browser can go from it, in the order of what leads there."""
        tags = self.tree.css("a[href], link[href], form[action]")
        followed = [tag.attributes.get("href") or tag.attributes.get("action") or "" for tag in tags]
        return list(dict.fromkeys([*followed, *self.loaded]))

    @cached_property
    def loaded(self) -> list[str]:
        """Every address from which a browser fetches something by itself, or to which it goes."""
        return list(_loaded(self))

    def says(self, tag: str, attribute: str = "content") -> str:
        """What an attribute of the first such tag says; nothing where there is none."""
        found = self.tree.css_first(tag)
        return ((found.attributes.get(attribute) if found else "") or "").strip()

    def let_go(self) -> None:
        """Give up the tree, which is large, and keep what is asked of a page when others are checked."""
        _ = self.ids, self.title
        vars(self).pop("tree", None)

    @property
    def file(self) -> str:
        return f"site/{self.path}"

    def breaks(self, rule: Rule, *, near: Sequence[str] = (), **values: object) -> Finding:
        return rule.finding(self.file, 0, near=near, **values)


def check(folder: Path, site_url: str) -> list[Finding]:
    """Check every HTML page below ``folder``.

    :param site_url: the address the site was built for; the 404 page links with its folder.
    """
    files = frozenset(_files(folder))
    html = sorted(name for name in files if name.endswith(".html"))
    pages = {name: BuiltPage(name, (folder / name).read_text(encoding="utf-8")) for name in html}
    root = urlsplit(site_url).path.rstrip("/") + "/"
    found: list[Finding] = []
    for style in sorted(folder.rglob("*.css")):
        found += _outside_style(style.relative_to(folder).as_posix(), style.read_text(encoding="utf-8"))
    for page in pages.values():
        found += _headings(page)
        found += _ids(page)
        found += _images(page)
        found += _labels(page)
        found += _markup(page)
        found += _outside(page)
        found += _leftovers(page)
        found += _summary(page)
        found += _links(page, pages, files, root)
        found += _known_by(page, site_url, files)
        found += _linked_data(page)
        page.let_go()
    found += _titles(pages)
    return found


LABEL_WRONG = Rule(
    "label-wrong",
    "the label on top of the page is {said}; it must be '{wanted}'",
    "Readers must know who has checked these words.",
    "Show the page by its macro, which prints the label.",
    '{{ easy_read("easy-ladder") }}',
    {"said": "missing", "wanted": "Draft."},
)


def check_labels(folder: Path, easy: str, labels: Mapping[str, str], otherwise: str) -> list[Finding]:
    """Check that every page in easy words says on top, as it should, whether the people it is for have checked it.

    Nothing else on the site may say so.

    :param easy: the address below which they all stand.
    :param labels: what each must say, by its address.
    :param otherwise: what any other page there must say.
    """
    found = []
    for path in sorted(folder.rglob("*.html")):
        page = BuiltPage(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        is_easy = path.is_relative_to(folder / easy)
        if is_easy:
            found += _label(page, labels.get(page.path.removesuffix("index.html"), otherwise))
        found += _typed_checks(page, is_easy)
    return found


def _label(page: BuiltPage, wanted: str) -> Iterator[Finding]:
    said = [_said(label) for label in page.tree.css("main .cp-draft")]
    if said != [wanted]:
        yield page.breaks(LABEL_WRONG, said=" and ".join(map(repr, said)) or "missing", wanted=wanted)


CHECK_TYPED = Rule(
    "check-typed",
    "the {where} of the page says that somebody checked it: '{claim}'",
    "Readers would trust that people have checked these words. No record says so.",
    "Take it out. When a group has checked the page, add a record to reviews.yml. The label then says it.",
    "of: easy-ladder",
    {"where": "description", "claim": "Checked by a reading group."},
)
_CHECKED = re.compile(
    r"\b(?:(?:re|double-)?checked|tested|approved|reviewed|proofread|vetted|verified|validated|endorsed|tried"
    r"|(?:been|gone|went|looked)\s+(?:through|over)|read\s+(?:\w+\s+){1,3}?through|signed\s+(?:\w+\s+){0,2}?off)\b",
    re.I,
)
# Another page is free to say that things were checked, unless it speaks of easy words or of those they are for.
_EASY_WORDS = re.compile(r"\beasy[\s-]*(?:to[\s-]read|read|words)|\bsimple\s+words|\blearning\s+(?:disab|difficult)", re.I)
_CLAUSE_END = re.compile(r"[:;–—]|,\s+(?:and|so)\b|\b(?:but|because|though|although)\b", re.I)
# What stands before such a word, in one clause with it, and makes it no claim: it is denied, planned, asked or the reader's own doing.
_NO_CLAIM = re.compile(
    r"\b(?:not|never|nobody|none|cannot|no\s+(?:one|group|person|people|record|review))\b|n[’']t\b"
    r"|\b(?:until|unless|when|once|if|whether|before|after|as\s+soon\s+as)\b"
    r"(?:\s+|[^,]*\b(?:has|have|is|are|be|been|get|gets)\s+(?:\w+\s+)?)\Z"
    r"|\b(?:will|would|can|could|should|may|might|must|to)\s+(?:\w+\s+)?(?:be|have|get)\s+(?:\w+\s+){0,2}\Z"
    r"|(?:\A|\b(?:say|says|see|know|tell|tells|show|shows)\s+)(?:who|which)\s+(?:(?:has|have)\s+)?\Z"
    r"|\byou\s+(?:have\s+)?\Z",
    re.I | re.S,
)


def _typed_checks(page: BuiltPage, easy: bool) -> Iterator[Finding]:
    """Sentences by which somebody types that easy words were checked, where no record stands behind them.

    :param easy: whether the page is one in easy words: all that it says of a check is of them.
    """
    said = [("title", page.title), ("description", page.says("meta[name=description]"))]
    if easy:
        for told in page.tree.css("main .cp-draft, main #cp-easy-checks + ul"):  # the label, and the list of reviews
            told.decompose()
    said += [("words", text) for main in page.tree.css("main") for text in _blocks(main)]
    for where, text in said:
        for sentence in wording.sentences(text):
            if (easy or _EASY_WORDS.search(sentence)) and _claims_a_check(sentence):
                yield page.breaks(CHECK_TYPED, where=where, claim=short(sentence))


def _claims_a_check(sentence: str) -> bool:
    """Whether a sentence says that somebody has checked something, and does not deny it, plan it or ask for it."""
    return any(
        not _NO_CLAIM.search(clause[: checked.start()])
        for clause in map(str.strip, _CLAUSE_END.split(sentence))
        for checked in _CHECKED.finditer(clause)
    )


_IN_A_LINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "var",
}


def _blocks(main: LexborNode) -> Iterator[str]:
    """The words of each paragraph, heading, cell and the like, and of what is said in place of a picture or a sign."""
    for tag in main.css("*"):
        yield from (said for name in ("alt", "aria-label", "title") if (said := tag.attributes.get(name)))
        if tag.tag not in _IN_A_LINE:
            tag.insert_before(_BLOCK_END)
            tag.insert_after(_BLOCK_END)
    yield from (" ".join(block.split()) for block in main.text().split(_BLOCK_END))


def _files(folder: Path) -> Iterator[str]:
    """The path of every file below ``folder``, found once: thousands of links ask for one."""
    for place, _, names in os.walk(folder):
        where = Path(place).relative_to(folder).as_posix()
        yield from (posixpath.normpath(posixpath.join(where, name)) for name in names)


def may_be_found(tree: LexborHTMLParser) -> bool:
    """Whether a page is meant to be found by searching."""
    robots = tree.css_first("meta[name=robots]")
    return robots is None or "noindex" not in (robots.attributes.get("content") or "")


NOT_ONE_MAIN_HEADING = Rule(
    "not-one-main-heading",
    "the page has {count} main headings",
    "People who listen to a page need one heading that says what it is.",
    "The template prints the title as the main heading. Begin the page's own headings with ##.",
    "## What you can do {: #what-you-can-do }",
    {"count": "2"},
)
LEVEL_LEFT_OUT = Rule(
    "level-left-out",
    "the heading '{words}' skips from level {above} to {level}",
    "Many readers move by headings. A gap sounds like a part that is missing.",
    "Put a heading of the level between above it, or put the macro in another place on the page.",
    "### How it works {: #how-it-works }",
    {"words": "How it works", "above": "2", "level": "4"},
)


def _headings(page: BuiltPage) -> Iterator[Finding]:
    headings = page.tree.css("h1, h2, h3, h4, h5, h6")
    main = [heading for heading in headings if heading.tag == "h1"]
    if len(main) != 1:
        yield page.breaks(NOT_ONE_MAIN_HEADING, count=len(main))
    level = 0
    for heading in headings:
        if not _said(heading) and not any((image.attributes.get("alt") or "").strip() for image in heading.css("img")):
            yield page.breaks(labels.HEADING_EMPTY)
        depth = int(heading.tag[1])
        if depth > level + 1:
            yield page.breaks(LEVEL_LEFT_OUT, words=_said(heading), above=level, level=depth)
        level = depth


ID_TWICE_ON_PAGE = Rule(
    "id-twice-on-page",
    "the id '{id}' stands on the page {count} times",
    "A link to it can only reach the first.",
    "Show the record once, on its home page, or give the heading another id.",
    "## More to read {: #more-to-read }",
    {"id": "more-to-read", "count": "2"},
)


def _ids(page: BuiltPage) -> Iterator[Finding]:
    for id, count in Counter(page.ids).items():
        if count > 1:
            yield page.breaks(ID_TWICE_ON_PAGE, id=id, count=count)


PICTURE_WITHOUT_ALT = Rule(
    "picture-without-alt",
    "the picture '{address}' has no alt text",
    "Someone who listens to the page would hear a file name.",
    "Say what the picture tells.",
    "![Two people with one spade](assets/easy/do-together.svg)",
    {"address": "../assets/easy/ladder.svg"},
)
DRAWING_WITHOUT_NAME = Rule(
    "drawing-without-name",
    "a drawing is neither named nor hidden from people who listen to the page",
    "A screen reader would say 'graphic' and nothing more.",
    "Give it role=img and a title, or aria-hidden=true.",
    '<svg role="img"><title>A spade</title></svg>',
)


def _images(page: BuiltPage) -> Iterator[Finding]:
    for image in page.tree.css("img"):
        if "alt" not in image.attributes:
            yield page.breaks(PICTURE_WITHOUT_ALT, address=image.attributes.get("src", ""))
    for drawing in page.tree.css("svg"):
        if drawing.attributes.get("aria-hidden") == "true" or _is_part_of_a_drawing(drawing):
            continue
        title = drawing.css_first("title")
        named = [drawing.attributes.get("aria-label"), drawing.attributes.get("aria-labelledby"), title and _said(title)]
        if drawing.attributes.get("role") != "img" or not any((name or "").strip() for name in named):
            yield page.breaks(DRAWING_WITHOUT_NAME)


# A quotation is worded by somebody else.
_OUR_LINKS = "a[href]:not(blockquote *, q *)"
_OUR_PICTURES = "[alt]:not(blockquote *, q *), svg[aria-label]:not(blockquote *, q *)"


def _labels(page: BuiltPage) -> Iterator[Finding]:
    """How links and pictures are worded, whatever they come from: a page, a macro, the facts, a page shape.

    That a macro prints an address for readers to copy is no fault.
    """
    for link in page.tree.css(_OUR_LINKS):
        yield from labels.of_link_name(page.file, 0, _name(link), link.attributes.get("href") or "")
    for picture in page.tree.css(_OUR_PICTURES):
        yield from labels.of_picture(page.file, 0, picture.attributes.get("alt") or picture.attributes.get("aria-label") or "")
    for title in page.tree.css("svg > title"):
        yield from labels.of_picture(page.file, 0, _said(title))


def _name(link: LexborNode) -> str:
    """What is said of a link to who does not see it."""
    pictures = [image.attributes.get("alt") or "" for image in link.css("img")]
    return (link.attributes.get("aria-label") or " ".join([_said(link), *pictures])).strip()


_WHY_NOT_INLINE = "To keep readers safe, pages may hold no code of their own. Browsers would refuse it."
CODE_IN_A_TAG = Rule(
    "code-in-a-tag",
    "<{tag}> carries the attribute '{attribute}'",
    _WHY_NOT_INLINE,
    "Use a class and the style sheet, or the site's script.",
    '<p class="cp-note">',
    {"tag": "p", "attribute": "onclick"},
)
CODE_IN_THE_PAGE = Rule(
    "code-in-the-page",
    "the page holds an inline <{tag}>",
    _WHY_NOT_INLINE,
    "Put it into a file in docs/assets/.",
    "docs/assets/site.css",
    {"tag": "style"},
)


_WHY_KNOWN = "Pages are made of a few things that are safe, and that everybody can use."
_FIX_KNOWN = "Take it out, and say it in words. If a template needs it, add it to scripts/coproduction/markup.py."
TAG_UNKNOWN = Rule(
    "tag-unknown",
    "a page cannot hold <{tag}> here",
    _WHY_KNOWN,
    _FIX_KNOWN,
    "You can **bring a friend**.",
    {"tag": "iframe"},
)
ATTRIBUTE_UNKNOWN = Rule(
    "attribute-unknown",
    "<{tag}> cannot have '{attribute}'",
    _WHY_KNOWN,
    _FIX_KNOWN,
    '<p class="cp-note">',
    {"tag": "a", "attribute": "ping"},
)
HIDDEN_FOR_GOOD = Rule(
    "hidden-for-good",
    "<{tag}> hides or boxes in what it holds, and nothing would ever free it",
    "Readers would miss those words, and all that follows if its end is missing.",
    "Take it out, or end it in the same line.",
    '<p class="cp-needs-script" hidden>',
    {"tag": "div"},
)
SENT_AWAY = Rule(
    "sent-away",
    "a form sends what is typed to '{address}'",
    "Whoever has that address would learn what our readers type.",
    "Let the form lead to a page of this site.",
    '<form action="../search/">',
    {"address": "https://garden.org.uk/ask"},
)
# What a script of ours shows: see site.js, and the review kit, whose form is but a name for its answers.
_SHOWN_LATER = "form.cp-search, .cp-needs-script, #cp-kit-answers"


def _markup(page: BuiltPage) -> Iterator[Finding]:
    """The page is made of tags and attributes that we know."""
    for place, tags in (("head", "html, head, head *"), ("body", "body, body *")):
        for tag in page.tree.css(tags):
            yield from _of_a_tag(page, tag, place)
    for tag in page.tree.css(f"[hidden]:not({_SHOWN_LATER}), textarea:not(:empty)"):
        yield page.breaks(HIDDEN_FOR_GOOD, tag=tag.tag)
    for form in page.tree.css("form[action]"):
        parts = _split(address := form.attributes["action"] or "")
        if parts.scheme or parts.netloc:
            yield page.breaks(SENT_AWAY, address=address)
    for tag in page.tree.css("style, script:not([src]):not([type='application/ld+json'])"):
        yield page.breaks(CODE_IN_THE_PAGE, tag=tag.tag)


def _of_a_tag(page: BuiltPage, tag: LexborNode, place: str) -> Iterator[Finding]:
    name = tag.tag or ""
    if not markup.is_known(name, place):
        if name not in ("style", "base"):  # each of these is told by a rule of its own
            yield page.breaks(TAG_UNKNOWN, tag=short(name))
        return
    for attribute, value in tag.attributes.items():
        if attribute == "style" or attribute.startswith("on"):
            yield page.breaks(CODE_IN_A_TAG, tag=name, attribute=attribute)
        elif not markup.may_carry(name, attribute, value or "", place):
            yield page.breaks(ATTRIBUTE_UNKNOWN, tag=name, attribute=short(attribute))


def _is_part_of_a_drawing(drawing: LexborNode) -> bool:
    """Whether it stands in another drawing, which is the one to name."""
    above = drawing.parent
    while above and above.tag != "svg":
        above = above.parent
    return above is not None


def _loaded(page: BuiltPage) -> Iterator[str]:
    # No other tag that we know loads anything by itself.
    yield from (said for tag in page.tree.css("script, img") if (said := tag.attributes.get("src")))
    for tag in page.tree.css("link[href]"):
        if _LOADED_LINKS & set((tag.attributes.get("rel") or "").lower().split()):
            yield tag.attributes["href"] or ""
    for tag in page.tree.css("meta[http-equiv=refresh i]"):
        if match := re.search(r"url\s*=\s*['\"]?([^'\"]+)", tag.attributes.get("content") or "", re.I):
            yield match[1].strip()


def _is_outside(address: str) -> bool:
    parts = _split(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https")


FROM_ANOTHER_HOST = Rule(
    "from-another-host",
    "the {who} loads '{address}' from another host",
    "That host would learn who reads what, and the page would break without it.",
    "Keep a copy in docs/assets/, or do without.",
    "![A spade](assets/spade.svg)",
    {"who": "page", "address": "https://cdn.example/site.js"},
)
OTHER_BASE = Rule(
    "other-base",
    "the page has a <base>",
    "Each link on it would start from some other place.",
    "Take it out. Links of this site start from their own page.",
    "[The ladder](ladder.md)",
)


def _outside(page: BuiltPage) -> Iterator[Finding]:
    for address in page.loaded:
        if _is_outside(address):
            yield page.breaks(FROM_ANOTHER_HOST, who="page", address=address)
    if page.tree.css_first("base"):
        yield page.breaks(OTHER_BASE)


def _outside_style(path: str, text: str) -> Iterator[Finding]:
    """Addresses of other hosts in a style sheet."""
    plain = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), text, flags=re.S)
    for match in re.finditer(r"(?:url\(|@import(?!\s*url))\s*['\"]?\s*([^'\")\s;]+)", plain, re.I):
        if _is_outside(match[1]):
            line = plain[: match.start()].count("\n") + 1
            yield FROM_ANOTHER_HOST.finding(f"site/{path}", line, who="style sheet", address=match[1])


LEFT_OVER = Rule(
    "left-over",
    "the page shows {what}: '… {around} …'",
    "Readers would see it and trust the rest less.",
    "Look for it in the page, in the data it shows, or in the template.",
    "updated: 2026-11-22",
    {"what": "braces of a template", "around": "The ladder {{ ladder() }} None of us"},
)


def _leftovers(page: BuiltPage) -> Iterator[Finding]:
    # The braces of linked data are data, and those of code stand there to be typed.
    html = re.sub(r"<(script)\b[^>]*\bld\+json\b.*?</\1>|<(code)\b.*?</\2>", "", page.html, flags=re.S | re.I)
    tree = page.tree if html == page.html else LexborHTMLParser(html)
    text = tree.body.text(separator="\n") if tree.body else ""
    # Outside of what is shown: in a title, a description, an alt text, a comment.
    if not re.search(_BRACES, text) and re.search(_BRACES, whole := unescape(html)):
        text += "\n" + "\n".join(line for line in whole.splitlines() if re.search(_BRACES, line))
    for pattern, what in _LEFTOVERS.items():
        if match := re.search(pattern, text):
            around = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
            yield page.breaks(LEFT_OVER, what=what, around=around)


NO_DESCRIPTION = Rule(
    "no-description",
    "the page has no description",
    "Search results would show a line of it by chance.",
    "Fill 'description:' in its front matter.",
    "description: Six steps from being told to sharing the say.",
)
NO_LANGUAGE = Rule(
    "no-language",
    "the page does not say its language",
    "Screen readers would guess how to say it.",
    "Set lang in the template.",
    '<html lang="en-GB">',
)


def _summary(page: BuiltPage) -> Iterator[Finding]:
    if not page.says("meta[name=description]"):
        yield page.breaks(NO_DESCRIPTION)
    if not page.tree.css_first("html[lang]"):
        yield page.breaks(NO_LANGUAGE)


_WHY_TITLE = "In open tabs and search results nobody could tell pages apart."
NO_TITLE = Rule(
    "no-title",
    "the page has no title",
    _WHY_TITLE,
    "Fill 'title:' in its front matter.",
    "title: The ladder",
)
TITLE_TWICE = Rule(
    "title-of-two-pages",
    "the title '{title}' is also that of {other}",
    _WHY_TITLE,
    "Give each page a title of its own.",
    "title: The ladder",
    {"title": "The ladder", "other": "index.html"},
)


def _titles(pages: dict[str, BuiltPage]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for page in pages.values():
        if not page.title:
            yield page.breaks(NO_TITLE)
        elif page.title in seen:
            yield page.breaks(TITLE_TWICE, title=page.title, other=seen[page.title])
        seen[page.title] = page.path


CUT_OFF = Rule(
    "cut-off",
    "the {name} has {length} characters; {longest} is the most",
    "Search results would cut it off.",
    "Shorten '{name}:' in its front matter.",
    "title: The ladder",
    {"name": "title", "length": "82", "longest": "70"},
)
_ADDRESS = (
    "Search engines would not know which address to show.",
    "Look at the line with 'canonical' in overrides/main.html, and at 'site_url' in mkdocs.yml.",
    "site_url: https://garden.org.uk/",
)
NO_ADDRESS = Rule("no-address", "the page does not say its address", *_ADDRESS)
OTHER_ADDRESS = Rule("other-address", "the page says its address is '{said}'; it is '{own}'", *_ADDRESS)
_SHARED_LINK = (
    "Whoever is sent a link to the page would see no picture, or the wrong words.",
    "Look at the 'og:' lines of overrides/main.html.",
    '<meta property="og:type" content="article">',
)
NOT_SHARED = Rule("not-shared", "the page has no '{name}'", *_SHARED_LINK, {"name": "og:type"})
OTHER_ADDRESS_SHARED = Rule("other-address-shared", "'og:url' is '{said}', but the page's address is '{own}'", *_SHARED_LINK)
NO_PICTURE_SHARED = Rule(
    "no-picture-shared",
    "'og:image' is '{said}', which is no whole address of a file of this site",
    *_SHARED_LINK,
    {"said": "https://garden.org.uk/assets/ladder.svg"},
)


def _known_by(page: BuiltPage, site_url: str, files: frozenset[str]) -> Iterator[Finding]:
    """How a page that may be found is known elsewhere: in search results, and where someone shares a link to it."""
    if not may_be_found(page.tree):
        return
    for name, words, longest in (
        ("title", page.title, LONGEST_TITLE),
        ("description", page.says("meta[name=description]"), LONGEST_DESCRIPTION),
    ):
        if len(words) > longest:
            yield page.breaks(CUT_OFF, name=name, length=len(words), longest=longest)
    own = whole(site_url, page.path.removesuffix("index.html"))
    if not own:
        return  # no page can say its address before the site has one
    if not (canonical := page.says("link[rel=canonical]", "href")):
        yield page.breaks(NO_ADDRESS)
    elif canonical != own:
        yield page.breaks(OTHER_ADDRESS, said=canonical, own=own)
    shared = {name: page.says(f"meta[property='{name}']") for name in _SHARED}
    for name, said in shared.items():
        if not said:
            yield page.breaks(NOT_SHARED, name=name)
    if shared["og:url"] and shared["og:url"] != own:
        yield page.breaks(OTHER_ADDRESS_SHARED, said=shared["og:url"], own=own)
    picture = shared["og:image"]
    here = whole(site_url)
    if picture and not (picture.startswith(here) and picture.removeprefix(here) in files):
        yield page.breaks(NO_PICTURE_SHARED, said=picture)


LINKED_DATA_UNREADABLE = Rule(
    "linked-data-unreadable",
    "its linked data cannot be read: {error}",
    "Search engines would learn nothing from it.",
    "Look at the macro or template that prints it.",
    '{"@type": "WebPage"}',
    {"error": "Expecting value: line 1 column 7 (char 6)"},
)


def _linked_data(page: BuiltPage) -> Iterator[Finding]:
    for script in page.tree.css("script[type='application/ld+json']"):
        try:
            json.loads(script.text())
        except ValueError as error:
            yield page.breaks(LINKED_DATA_UNREADABLE, error=error)


def _said(tag: LexborNode) -> str:
    return " ".join(tag.text(separator=" ").split())


LEADS_NOWHERE = Rule(
    "leads-nowhere",
    "'{address}' {problem}",
    "A reader who follows it lands nowhere.",
    "Mend the address in the page, the data or the template that prints it.",
    "[The ladder](ladder.md#start-at-the-top)",
    {"address": "../rungs/", "problem": "leads to nothing"},
)


def _links(page: BuiltPage, pages: dict[str, BuiltPage], files: frozenset[str], root: str) -> Iterator[Finding]:
    for address in page.ways:
        if _split(address).scheme in _OUTSIDE:
            continue
        if dead := _dead(page, address, pages, files, root):
            problem, near = dead
            yield page.breaks(LEADS_NOWHERE, near=near, address=address, problem=problem)


def _split(address: str) -> SplitResult:
    """The parts of an address; one that makes no sense is all path, and so leads to nothing."""
    try:
        return urlsplit(address.replace("\\", "/"))  # as a browser reads it
    except ValueError:
        return SplitResult("", "", address, "", "")


def _dead(
    page: BuiltPage, address: str, pages: dict[str, BuiltPage], files: frozenset[str], root: str
) -> tuple[str, list[str]] | None:
    """What is wrong with an address inside the site, and what may have been meant; or None."""
    parts = _split(address)
    if parts.netloc:
        return "leaves the site without saying https:", []
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(root):
            return "leads out of the site's folder", []
        target = posixpath.normpath(path[len(root) :])
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        if target.startswith(".."):
            return "leads out of the site's folder", []
    target = "" if target == "." else target
    if (index := posixpath.join(target, "index.html")) in files:
        target = index
    elif target not in files:
        return "leads to nothing", []
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].ids:
        return "leads to a part that the page does not have", [f"#{id}" for id in nearest(anchor, pages[target].ids)]
    return None
