"""Rules on the built pages: on what a reader's browser is given."""

from __future__ import annotations

from pathlib import Path

from coproduction import site
from coproduction.findings import Finding

from cases import Case

ADDRESS = "https://garden.example/"
PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>The ladder</title>
<meta name="description" content="How much do you share?">
<link rel="stylesheet" href="../assets/site.css">
<link rel="canonical" href="https://garden.example/ladder/">
<link rel="license" href="https://garden.example/ladder/#top">
<meta property="og:title" content="The ladder">
<meta property="og:type" content="article">
<meta property="og:url" content="https://garden.example/ladder/">
<meta property="og:image" content="https://garden.example/assets/bean.svg">
<script src="../assets/site.js" defer></script>
</head>
<body>
<h1>The ladder</h1>
<h2 id="top">From the top</h2>
<p>None of us digs alone. <a href="../#beans">Beans</a></p>
<img src="../assets/bean.svg" alt="A bean">
</body>
</html>
"""
HOME = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>The garden</title>
<meta name="description" content="We dig.">
<link rel="canonical" href="https://garden.example/">
<meta property="og:title" content="The garden">
<meta property="og:type" content="website">
<meta property="og:url" content="https://garden.example/">
<meta property="og:image" content="https://garden.example/assets/bean.svg">
</head>
<body><h1>The garden</h1><h2 id="beans">Beans</h2><a href="ladder/">The ladder</a></body>
</html>
"""
# A good built site, by the path of each file.
GOOD: dict[str, str | bytes] = {
    "index.html": HOME,
    "ladder/index.html": PAGE,
    "assets/site.css": "p { color: green }",
    "assets/site.js": "",
    "assets/bean.svg": "",
    "a b/ŵ.txt": "",
}
BUILT = {f"site/{name}": text for name, text in GOOD.items()}
EASY = """\
<title>The ladder in easy words</title>
<meta name="description" content="It has two rungs.">
<main><h1>The ladder</h1><p class="cp-draft">Draft.</p><p>We dig.</p></main>
"""


def looked_at(project: Path) -> list[Finding]:
    """What is wrong with the pages that stand in the folder ``site``."""
    return site.check(project / "site", ADDRESS)


def labelled(project: Path) -> list[Finding]:
    """What is wrong with the labels of the pages in easy words there."""
    return site.check_labels(project / "site", "easy-read/", {"easy-read/": "Draft."}, "Draft.")


def _beside_easy_words(rule: str, good: str, bad: str) -> Case:
    """A case on any other page, where a check of easy words must not be typed either."""
    return Case(rule, "site/ladder/index.html", good, bad, at="", given={"site/ladder/index.html": EASY}, seen_by=labelled)


def _on_the_page(rule: str, good: str, bad: str) -> Case:
    """A case on the page of the ladder."""
    return Case(rule, "site/ladder/index.html", good, bad, at="", given=BUILT, seen_by=looked_at)


def _in_easy_words(rule: str, good: str, bad: str) -> Case:
    """A case on a page in easy words."""
    return Case(rule, "site/easy-read/index.html", good, bad, at="", given={"site/easy-read/index.html": EASY}, seen_by=labelled)


_P = "<p>None of us digs alone."
_LINK = '"../#beans"'
_OWN = "https://garden.example/ladder/"

CASES = [
    _in_easy_words("label-wrong", '<p class="cp-draft">Draft.</p>', ""),
    _in_easy_words("label-wrong", "Draft.", "Checked by everybody on 1 May 2026."),
    _in_easy_words("check-typed", "We dig.", "This page was checked by the Tuesday diggers."),
    _in_easy_words("check-typed", "It has two rungs.", "Tested with the Tuesday diggers."),
    _beside_easy_words("check-typed", "We dig.", "People with learning disabilities have tried our easy words."),
    _on_the_page("not-one-main-heading", "<h1>The ladder</h1>", "<p>The ladder</p>"),
    _on_the_page("heading-empty", "From the top", ""),
    _on_the_page("level-left-out", _P, f"<h4>Deep down</h4>{_P}"),
    _on_the_page("id-twice-on-page", _P, _P.replace("<p>", '<p id="top">')),
    _on_the_page("picture-without-alt", ' alt="A bean"', ""),
    _on_the_page("link-says-nothing", ">Beans<", "><b>Click here</b> for beans<"),
    _on_the_page("link-says-nothing", ">Beans<", '><img src="../assets/bean.svg" alt="Download"><'),
    _on_the_page("link-says-nothing", '"../#beans">Beans', '"../#beans" aria-label="Read more">Beans'),
    _on_the_page("link-without-words", ">Beans<", "><span> </span><"),
    _on_the_page("picture-of", 'alt="A bean"', 'alt="image of a bean"'),
    _on_the_page("picture-of", _P, f'<svg role="img"><title>Icon: a bean</title></svg>{_P}'),
    _on_the_page("picture-of", _P, f'<svg role="img" aria-label="A drawing of a bean"></svg>{_P}'),
    _on_the_page("drawing-without-name", _P, f"<svg></svg>{_P}"),
    _on_the_page("code-in-a-tag", _P, _P.replace("<p>", '<p onclick="x()">')),
    _on_the_page("code-in-the-page", _P, f"<style>p {{ color: red }}</style>{_P}"),
    _on_the_page("from-another-host", "../assets/site.js", "https://cdn.example/site.js"),
    _on_the_page("tag-unknown", _P, f"<plaintext>{_P}"),
    _on_the_page("tag-unknown", _P, f'<iframe srcdoc="&lt;script>x()&lt;/script>"></iframe>{_P}'),
    _on_the_page("attribute-unknown", _P, f'<table background="https://cdn.example/x.png"></table>{_P}'),
    _on_the_page("attribute-unknown", _LINK, f'{_LINK} ping="https://cdn.example/"'),
    _on_the_page("hidden-for-good", _P, f"<div hidden>{_P}"),
    _on_the_page("hidden-for-good", _P, f"<textarea>{_P}"),
    _on_the_page("sent-away", _P, f'<form action="https://cdn.example/"></form>{_P}'),
    Case(
        "from-another-host",
        "site/assets/site.css",
        "p { color: green }",
        "@import 'https://cdn.example/more.css';",
        given=BUILT,
        seen_by=looked_at,
    ),
    _on_the_page("other-base", "<title>", '<base href="https://cdn.example/"><title>'),
    _on_the_page("left-over", _P, f"<p>{{{{ ladder() }}}}</p>{_P}"),
    _on_the_page("left-over", _P, f"<p>To be confirmed: TBC</p>{_P}"),
    _on_the_page("no-description", "How much do you share?", ""),
    _on_the_page("no-language", ' lang="en-GB"', ""),
    _on_the_page("no-title", "<title>The ladder</title>", ""),
    _on_the_page("title-of-two-pages", "<title>The ladder", "<title>The garden"),
    _on_the_page("cut-off", "<title>The ladder", "<title>The ladder" + " and all its rungs" * 4),
    _on_the_page("no-address", f'<link rel="canonical" href="{_OWN}">', ""),
    _on_the_page("other-address", f'canonical" href="{_OWN}', f'canonical" href="{ADDRESS}'),
    _on_the_page("not-shared", 'property="og:type"', 'name="og:type"'),
    _on_the_page("other-address-shared", f'og:url" content="{_OWN}', f'og:url" content="{ADDRESS}'),
    _on_the_page("no-picture-shared", "https://garden.example/assets/bean.svg", "https://garden.example/assets/been.svg"),
    _on_the_page("linked-data-unreadable", _P, f'<script type="application/ld+json">{{"a": }}</script>{_P}'),
    _on_the_page("leads-nowhere", _LINK, '"../bean/"'),
    _on_the_page("leads-nowhere", _LINK, '"../#bean"'),
    _on_the_page("leads-nowhere", _LINK, '"../../"'),
]
