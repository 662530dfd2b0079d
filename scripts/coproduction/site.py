"""Checks of the built site: what a reader's browser will really be given."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coproduction.addresses import PERMANENT, whole
from coproduction.findings import Finding
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
# What a browser fetches by itself, and the attribute that says from where.
_LOADING = (
    ("script, img, iframe, frame, source, video, audio, track, embed, input[type=image i]", "src"),
    ("img, source", "srcset"),
    ("link", "imagesrcset"),
    ("video", "poster"),
    ("object", "data"),
    ("image, use", "href"),
    ("image, use", "xlink:href"),
)
_OUTSIDE = {"http", "https", "mailto", "tel"}  # where a link may lead besides the site
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}

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
        followed = [next(tag.attributes[key] for key in ("href", "action") if key in tag.attributes) or "" for tag in tags]
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

    def finding(self, what: str, why: str, fix: str) -> Finding:
        return Finding(f"site/{self.path}", 0, what, why, fix)


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
        found += _inline_code(page)
        found += _outside(page)
        found += _leftovers(page)
        found += _summary(page)
        found += _links(page, pages, files, root)
        found += _known_by(page, site_url, files)
        found += _linked_data(page)
        page.let_go()
    found += _titles(pages)
    return found


def check_labels(folder: Path, easy: str, labels: Mapping[str, str], otherwise: str) -> list[Finding]:
    """Check that every page in easy words says on top, as it should, whether the people it is for have checked it.

    Nothing else on it may say so.

    :param easy: the address below which they all stand.
    :param labels: what each must say, by its address.
    :param otherwise: what any other page there must say.
    """
    found = []
    for path in sorted((folder / easy).rglob("*.html")):
        page = BuiltPage(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        wanted = labels.get(page.path.removesuffix("index.html"), otherwise)
        said = [_said(label) for label in page.tree.css("main .cp-draft")]
        if said != [wanted]:
            found.append(
                page.finding(
                    f"the page's label is {' and '.join(map(repr, said)) or 'missing'}; it must be '{wanted}'",
                    "Readers must know whether people with learning disabilities have checked these words.",
                    "Let the page show its twin with a macro, which prints the label. Only a record in reviews.yml changes it.",
                )
            )
        found += _typed_checks(page)
    return found


_CHECKED = re.compile(r"\b(?:checked|tested|approved|reviewed)\s+(?:by|with)\b", re.I)


def _typed_checks(page: BuiltPage) -> Iterator[Finding]:
    """Words by which somebody types that a page was checked, where no record stands behind them."""
    description = page.says("meta[name=description]")
    for told in page.tree.css("main .cp-draft, main #cp-easy-checks + ul"):  # the label, and the list of reviews
        told.decompose()
    for where, words in (
        ("title", page.title),
        ("description", description),
        *(("words", _said(main)) for main in page.tree.css("main")),
    ):
        if match := _CHECKED.search(words):
            around = words[max(0, match.start() - 30) : match.end() + 30].strip()
            yield page.finding(
                f"the {where} of the page says by itself that it was checked: '… {around} …'",
                "Readers would trust that people with learning disabilities have checked these words. No record says so.",
                "Take it out. When a group has checked the page, add a record to reviews.yml: the label then says it.",
            )


def _files(folder: Path) -> Iterator[str]:
    """The path of every file below ``folder``, found once: thousands of links ask for one."""
    for place, _, names in os.walk(folder):
        where = Path(place).relative_to(folder).as_posix()
        yield from (posixpath.normpath(posixpath.join(where, name)) for name in names)


def may_be_found(tree: LexborHTMLParser) -> bool:
    """Whether a page is meant to be found by searching."""
    robots = tree.css_first("meta[name=robots]")
    return robots is None or "noindex" not in (robots.attributes.get("content") or "")


def _headings(page: BuiltPage) -> Iterator[Finding]:
    headings = page.tree.css("h1, h2, h3, h4, h5, h6")
    main = [heading for heading in headings if heading.tag == "h1"]
    if len(main) != 1:
        yield page.finding(
            f"the page has {len(main)} main headings",
            "People who listen to a page need one heading that says what it is.",
            "Check the page's title and the template that prints it.",
        )
    level = 0
    for heading in headings:
        if not _said(heading) and not any((image.attributes.get("alt") or "").strip() for image in heading.css("img")):
            yield page.finding(
                f"a heading of level {heading.tag[1]} is empty",
                "People who move by headings would hear nothing there.",
                "Give it words, or take it out.",
            )
        depth = int(heading.tag[1])
        if depth > level + 1:
            yield page.finding(
                f"the heading '{_said(heading)}' skips from level {level} to {depth}",
                "Many readers move by headings. A gap sounds like a part that is missing.",
                "Put a heading of the level between above it, or change the macro's place on the page.",
            )
        level = depth


def _ids(page: BuiltPage) -> Iterator[Finding]:
    for id, count in Counter(page.ids).items():
        if count > 1:
            yield page.finding(
                f"the id '{id}' stands on the page {count} times",
                "A link to it can only reach the first.",
                "Show the record once on its home page, or give the heading another id.",
            )


def _images(page: BuiltPage) -> Iterator[Finding]:
    for image in page.tree.css("img"):
        if "alt" not in image.attributes:
            yield page.finding(
                f"the picture '{image.attributes.get('src', '')}' has no alt text",
                "Someone who listens to the page would hear a file name.",
                "Say what the picture tells.",
            )
    for drawing in page.tree.css("svg"):
        if drawing.attributes.get("aria-hidden") == "true" or _is_part_of_a_drawing(drawing):
            continue
        title = drawing.css_first("title")
        named = [drawing.attributes.get("aria-label"), drawing.attributes.get("aria-labelledby"), title and _said(title)]
        if drawing.attributes.get("role") != "img" or not any((name or "").strip() for name in named):
            yield page.finding(
                "a drawing is neither named nor hidden from people who listen to the page",
                "A screen reader would say 'graphic' and nothing more.",
                "Give it role=img with a title, or aria-hidden=true.",
            )


def _inline_code(page: BuiltPage) -> Iterator[Finding]:
    for tag in page.tree.css("*"):
        code = [name for name in tag.attributes if name == "style" or name.startswith("on")]
        if code:
            yield page.finding(
                f"<{tag.tag}> carries the attribute '{code[0]}'",
                "A strict content policy, which keeps readers safe, would refuse it.",
                "Use a class and the stylesheet, or the site's script.",
            )
    for tag in page.tree.css("style, script:not([src]):not([type='application/ld+json'])"):
        yield page.finding(
            f"the page holds an inline <{tag.tag}>",
            "A strict content policy, which keeps readers safe, would refuse it.",
            "Put it into a file in docs/assets/.",
        )


def _is_part_of_a_drawing(drawing: LexborNode) -> bool:
    """Whether it stands in another drawing, which is the one to name."""
    above = drawing.parent
    while above and above.tag != "svg":
        above = above.parent
    return above is not None


def _loaded(page: BuiltPage) -> Iterator[str]:
    for tags, attribute in _LOADING:
        for tag in page.tree.css(tags):
            said = tag.attributes.get(attribute) or ""
            yield from _of_a_set(said) if attribute.endswith("srcset") else [said] if said else []
    for tag in page.tree.css("link[href]"):
        if _LOADED_LINKS & set((tag.attributes.get("rel") or "").lower().split()):
            yield tag.attributes["href"] or ""
    for tag in page.tree.css("meta[http-equiv=refresh i]"):
        if match := re.search(r"url\s*=\s*['\"]?([^'\"]+)", tag.attributes.get("content") or "", re.I):
            yield match[1].strip()


def _of_a_set(said: str) -> list[str]:
    """The addresses of a ``srcset``, without the width or the density of each."""
    return [word for word in re.split(r"[\s,]+", said) if word and not re.fullmatch(r"[\d.]+[wxh]", word)]


def _is_outside(address: str) -> bool:
    parts = _split(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https")


def _outside(page: BuiltPage) -> Iterator[Finding]:
    for address in page.loaded:
        if _is_outside(address):
            yield page.finding(f"the page loads '{address}' from another host", *_WHY_NOT_OUTSIDE)
    if page.tree.css_first("base"):
        yield page.finding(
            "the page has a <base>",
            "Every link on it would be read from another place than where it stands.",
            "Take it out: links of this site start from their own page.",
        )


def _outside_style(path: str, text: str) -> Iterator[Finding]:
    """Addresses of other hosts in a style sheet."""
    plain = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), text, flags=re.S)
    for match in re.finditer(r"(?:url\(|@import(?!\s*url))\s*['\"]?\s*([^'\")\s;]+)", plain, re.I):
        if _is_outside(match[1]):
            line = plain[: match.start()].count("\n") + 1
            yield Finding(f"site/{path}", line, f"the style sheet loads '{match[1]}' from another host", *_WHY_NOT_OUTSIDE)


_WHY_NOT_OUTSIDE = (
    "That host would learn who reads what, and the page would break without it.",
    "Keep a copy in docs/assets/, or do without.",
)


def _leftovers(page: BuiltPage) -> Iterator[Finding]:
    html = re.sub(r"<script\b[^>]*\bld\+json\b.*?</script>", "", page.html, flags=re.S | re.I)  # its braces are data
    tree = page.tree if html == page.html else LexborHTMLParser(html)
    text = tree.body.text(separator="\n") if tree.body else ""
    # Outside of what is shown: in a title, a description, an alt text, a comment.
    if not re.search(_BRACES, text) and re.search(_BRACES, whole := unescape(html)):
        text += "\n" + "\n".join(line for line in whole.splitlines() if re.search(_BRACES, line))
    for pattern, what in _LEFTOVERS.items():
        if match := re.search(pattern, text):
            around = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
            yield page.finding(
                f"the page shows {what}: '… {around} …'",
                "Readers would see it and trust the rest less.",
                "Look for it in the page, in the data it shows, or in the template.",
            )


def _summary(page: BuiltPage) -> Iterator[Finding]:
    if not page.says("meta[name=description]"):
        yield page.finding(
            "the page has no description", "Search results would show a random line of it.", "Fill 'description:' in its front matter."
        )
    if not page.tree.css_first("html[lang]"):
        yield page.finding("the page does not say its language", "Screen readers would guess how to say it.", "Set lang in the template.")


def _titles(pages: dict[str, BuiltPage]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for page in pages.values():
        if not page.title or page.title in seen:
            yield page.finding(
                f"the title '{page.title}' is also that of {seen[page.title]}" if page.title else "the page has no title",
                "In open tabs and search results nobody could tell pages apart.",
                "Give each page a title of its own.",
            )
        seen[page.title] = page.path


def _known_by(page: BuiltPage, site_url: str, files: frozenset[str]) -> Iterator[Finding]:
    """How a page that may be found is known elsewhere: in search results, and where someone shares a link to it."""
    if not may_be_found(page.tree):
        return
    for name, words, longest in (
        ("title", page.title, LONGEST_TITLE),
        ("description", page.says("meta[name=description]"), LONGEST_DESCRIPTION),
    ):
        if len(words) > longest:
            yield page.finding(
                f"the {name} has {len(words)} characters; {longest} is the most",
                "Search results would cut it off.",
                f"Shorten '{name}:' in its front matter.",
            )
    own = whole(site_url, page.path.removesuffix("index.html"))
    if not own:
        return  # no page can say its address before the site has one
    if (canonical := page.says("link[rel=canonical]", "href")) != own:
        yield page.finding(
            f"the page says its address is '{canonical}'; it is '{own}'" if canonical else "the page does not say its address",
            "Search engines would not know which address to show.",
            "Set the canonical link in overrides/main.html, and 'site_url' in mkdocs.yml.",
        )
    shared = {name: page.says(f"meta[property='{name}']") for name in _SHARED}
    for name, said in shared.items():
        if not said:
            yield page.finding(f"the page has no '{name}'", *_WHY_SHARED)
    if shared["og:url"] and shared["og:url"] != own:
        yield page.finding(f"'og:url' is '{shared['og:url']}', but the page's address is '{own}'", *_WHY_SHARED)
    picture = shared["og:image"]
    here = whole(site_url)
    if picture and not (picture.startswith(here) and picture.removeprefix(here) in files):
        yield page.finding(f"'og:image' is '{picture}', which is no whole address of a file of this site", *_WHY_SHARED)


_WHY_SHARED = (
    "Whoever is sent a link to the page would see no picture, or the wrong words.",
    "Look at the 'og:' lines of overrides/main.html.",
)


def _linked_data(page: BuiltPage) -> Iterator[Finding]:
    for script in page.tree.css("script[type='application/ld+json']"):
        try:
            json.loads(script.text())
        except ValueError as error:
            yield page.finding(
                f"its linked data cannot be read: {error}",
                "Search engines would learn nothing from it.",
                "Look at the macro or template that prints it.",
            )


def _said(tag: LexborNode) -> str:
    return " ".join(tag.text(separator=" ").split())


def _links(page: BuiltPage, pages: dict[str, BuiltPage], files: frozenset[str], root: str) -> Iterator[Finding]:
    for address in page.ways:
        if _split(address).scheme in _OUTSIDE:
            continue
        if problem := _dead(page, address, pages, files, root):
            yield page.finding(
                f"'{address}' {problem}",
                "A reader who follows it lands nowhere.",
                "Mend the address in the page, the data or the template that prints it.",
            )


def _split(address: str) -> SplitResult:
    """The parts of an address; one that makes no sense is all path, and so leads to nothing."""
    try:
        return urlsplit(address.replace("\\", "/"))  # as a browser reads it
    except ValueError:
        return SplitResult("", "", address, "", "")


def _dead(page: BuiltPage, address: str, pages: dict[str, BuiltPage], files: frozenset[str], root: str) -> str | None:
    """What is wrong with an address inside the site, or None."""
    parts = _split(address)
    if parts.netloc:
        return "leaves the site without saying https:"
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(root):
            return "leads out of the site's folder"
        target = posixpath.normpath(path[len(root) :])
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        if target.startswith(".."):
            return "leads out of the site's folder"
    target = "" if target == "." else target
    if (index := posixpath.join(target, "index.html")) in files:
        target = index
    elif target not in files:
        return "leads to nothing"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].ids:
        near = nearest(anchor, pages[target].ids)
        return "leads to a part that the page does not have" + (f" (near: {', '.join(near)})" if near else "")
    return None
