"""The checks of the built site: each has a bad page that it refuses, and a good twin that it accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cases.of_site import ADDRESS, GOOD, HOME, PAGE
from coproduction import site
from coproduction.findings import Finding
from tiny import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good built site."""
    return write(tmp_path, GOOD)


def check(folder: Path, page: str, address: str = ADDRESS) -> list[Finding]:
    """What is found when the page of the ladder is ``page``."""
    (folder / "ladder" / "index.html").write_text(page, encoding="utf-8")
    return site.check(folder, address)


def test_a_good_site_has_nothing_to_put_right(folder: Path) -> None:
    assert site.check(folder, ADDRESS) == []


P = "<p>None of us digs alone."
LINK = '<a href="../#beans">'
CANONICAL = '<link rel="canonical" href="https://garden.example/ladder/">'

BAD_AND_GOOD = {
    "no main heading": ("<h1>The ladder</h1>", "<p>The ladder</p>", "<h1>Rungs</h1>", "the page has 0 main headings"),
    "two main headings": (P, "<h1>More</h1><p>", "<h2>More</h2><p>", "the page has 2 main headings"),
    "a skipped level": (P, "<h4>Deep</h4><p>", "<h3>Deep</h3><p>", "the heading 'Deep' skips from level 2 to 4"),
    "a first heading too deep": ("<h1>", "<h2>Before</h2><h1>", "<p>Before</p><h1>", "the heading 'Before' skips from level 0 to 2"),
    "a doubled id": (P, '<p id="top">', '<p id="bottom">', "the id 'top' stands on the page 2 times"),
    "a picture without alt": (' alt="A bean"', "", ' alt=""', "the picture '../assets/bean.svg' has no alt text"),
    "a drawing without a name": (P, "<svg></svg><p>", '<svg role="img"><title>A bean</title></svg><p>', "a drawing is neither named nor hidden"),
    "a drawing that is not hidden": (P, '<svg aria-hidden="false"></svg><p>', '<svg aria-hidden="true"></svg><p>', "a drawing is neither named nor hidden"),
    "a style in a tag": (P, '<p style="color: red">', '<p class="red">', "<p> carries the attribute 'style'"),
    "a script in a tag": (P, '<p onclick="x()">', '<p data-cp-note="x()">', "<p> carries the attribute 'onclick'"),
    "an inline style sheet": (P, "<style>p { color: red }</style><p>", "<p>", "the page holds an inline <style>"),
    "an inline script": (P, "<script>x()</script><p>", '<script type="application/ld+json">{}</script><p>', "the page holds an inline <script>"),
    "a script from elsewhere": ("../assets/site.js", "https://cdn.example/x.js", "../assets/site.js?v=2", "the page loads 'https://cdn.example/x.js' from another host"),
    "a style sheet from elsewhere": ("../assets/site.css", "//cdn.example/x.css", "../assets/site.css", "the page loads '//cdn.example/x.css' from another host"),
    "a picture from elsewhere": ("../assets/bean.svg", "http://cdn.example/x.svg", "/assets/bean.svg", "the page loads 'http://cdn.example/x.svg' from another host"),
    "a font from elsewhere": ('rel="license" href="https://garden', 'rel="preload" href="https://garden', 'rel="alternate" href="https://garden', "from another host"),
    "a frame from elsewhere": (P, '<iframe src="https://cdn.example/"></iframe><p>', '<a href="https://cdn.example/">The shop</a><p>', "a page cannot hold <iframe> here"),
    "one of several pictures from elsewhere": (P, '<img alt="" srcset="../assets/bean.svg 1x,https://cdn.example/x.svg 2x"><p>', '<img alt="" src="../assets/bean.svg"><p>', "<img> cannot have 'srcset'"),
    "one of several sources from elsewhere": (P, '<picture><source srcset="//cdn.example/x.svg 9w"></picture><p>', "<p>", "a page cannot hold <source> here"),
    "a poster from elsewhere": (P, '<video poster="https://cdn.example/x.png"></video><p>', "<p>", "a page cannot hold <video> here"),
    "a picture in a drawing from elsewhere": (P, '<svg aria-hidden="true"><image href="https://cdn.example/x.png"/></svg><p>', '<svg aria-hidden="true"><path d="M4 4h8"/></svg><p>', "a page cannot hold <image> here"),
    "a part of a drawing from elsewhere": (P, '<svg aria-hidden="true"><use href="https://cdn.example/x.svg#a"/></svg><p>', '<svg aria-hidden="true"><g/></svg><p>', "a page cannot hold <use> here"),
    "an old link of a drawing to elsewhere": (P, '<svg aria-hidden="true"><a xlink:href="//cdn.example/x.svg#a"/></svg><p>', '<svg aria-hidden="true"><rect width="4" height="2"/></svg><p>', "<a> cannot have 'xlink:href'"),
    "a button picture from elsewhere": (P, '<input type="IMAGE" src="https://cdn.example/x.png"><p>', '<input type="search"><p>', "<input> cannot have 'src'"),
    "an object from elsewhere": (P, '<object data="https://cdn.example/x.pdf"></object><p>', "<p>", "a page cannot hold <object> here"),
    "subtitles from elsewhere": (P, '<track src="https://cdn.example/x.vtt"><p>', "<p>", "a page cannot hold <track> here"),
    "a script from elsewhere in other words": ("../assets/site.js", "https:\\\\cdn.example/x.js", "../assets/site.js", "from another host"),
    "another place to start from": ("<title>", '<base href="https://cdn.example/"><title>', "<title>", "the page has a <base>"),
    "a page that sends readers on": ("<title>", '<meta http-equiv="Refresh" content="0; URL=https://cdn.example/"><title>', '<meta http-equiv="refresh" content="0; url=../"><title>', "the page loads 'https://cdn.example/' from another host"),
    "a drawing with a role and no title": (P, '<svg role="img"><path/></svg><p>', '<svg role="img" aria-label="A bean"><path/></svg><p>', "a drawing is neither named nor hidden"),
    "a drawing with an empty title": (P, '<svg role="img"><title> </title></svg><p>', '<svg role="img"><title>A bean</title></svg><p>', "a drawing is neither named nor hidden"),
    "an empty heading": ("From the top", '<a href="#top"></a>', '<a href="#top">Top</a>', "a heading is empty"),
    "a heading of a picture without words": ("From the top", '<img src="../assets/bean.svg" alt="">', '<img src="../assets/bean.svg" alt="Beans">', "a heading is empty"),
    "braces in a title": ("<title>The ladder", "<title>{{ title }}", "<title>Rungs", "braces of a template"),
    "braces in a description": ("How much do you share?", "{% if x %}", "100 % {sure}", "braces of a template"),
    "braces in an alt text": ('alt="A bean"', 'alt="&#123;{ bean }}"', 'alt="{ bean }"', "braces of a template"),
    "braces in a note": (P, "<!-- {%- endif %} --><p>", '<script type="application/ld+json">{"a": {"b": {}}}</script><p>', "braces of a template"),
    "braces behind code": (P, "<p><code>name</code> {{ name }}", "<p><code>{{ name }}</code>", "braces of a template"),
    "braces of a template": (P, "<p>{{ name }}", "<p>{ name }", "braces of a template: '… The ladder From the top {{ name }}"),
    "a command in braces": (P, "<p>{% if x %}", "<p>% if x %", "braces of a template"),
    "an attribute list": (P, "<p>{: #id }", "<p>: #id", "braces of a template"),
    "an error of the machine": (P, "<p>Macro Rendering Error", "<p>An error", "an error of the machine"),
    "a traceback": (P, "<p>Traceback (most recent call last)", "<p>Trace it back", "an error of the machine"),
    "a note to oneself": (P, "<p>TODO: rungs", "<p>To do: rungs", "something is unfinished"),
    "a promise": (P, "<p>Coming\nsoon", "<p>It is coming, but not soon", "something is unfinished"),
    "stand-in words": (P, "<p>Lorem ipsum", "<p>Words", "something is unfinished"),
    "a gap": (P, "<p>Dear [name],", "<p>Dear [sic],", "a gap in square brackets"),
    "a gap to fill": (P, "<p>[insert date here]", "<p>[Page 2]", "a gap in square brackets"),
    "a missing value": (P, "<p>Year: None.", "<p>Year: none.", "the word None"),
    "a missing value alone": (P, "<table><tr><td>None</td><td>1</td></tr></table><p>", "<p>None at all", "the word None"),
    "no description": (' content="How much do you share?"', ' content=" "', ' content="Rungs"', "the page has no description"),
    "no language": (' lang="en-GB"', "", ' lang="cy"', "the page does not say its language"),
    "no title": ("<title>The ladder</title>", "", "<title>Rungs</title>", "the page has no title"),
    "a title of another page": ("<title>The ladder", "<title> The\ngarden ", "<title>The gardens", "the title 'The garden' is also that of index.html"),
    "a title that is too long": ("<title>The ladder", "<title>" + "x" * 71, "<title>" + "x" * 70, "the title has 71 characters; 70 is the most"),
    "a description that is too long": ("How much do you share?", "x" * 161, "x" * 160, "the description has 161 characters; 160 is the most"),
    "no address": (CANONICAL, "", f"{CANONICAL}<!-- here -->", "the page does not say its address"),
    "the address of another page": (CANONICAL, CANONICAL.replace("ladder/", ""), CANONICAL.replace(">", "/>"), "the page says its address is 'https://garden.example/'; it is 'https://garden.example/ladder/'"),
    "no title to share": ('"og:title" content="The ladder"', '"og:title" content=" "', '"og:title" content="Rungs"', "the page has no 'og:title'"),
    "no kind to share": ('property="og:type"', 'name="og:type"', 'property="og:type" lang="en"', "the page has no 'og:type'"),
    "no picture to share": ('property="og:image"', 'property="og:image:alt"', 'id="x" property="og:image"', "the page has no 'og:image'"),
    "no address to share": ('property="og:url"', 'property="og:see_also"', 'id="x" property="og:url"', "the page has no 'og:url'"),
    "another address to share": ('"og:url" content="https://garden.example/ladder/', '"og:url" content="https://garden.example/lader/', '"og:url" content=" https://garden.example/ladder/', "'og:url' is 'https://garden.example/lader/', but the page's address is"),
    "a picture to share from elsewhere": ("https://garden.example/assets/bean.svg", "https://cdn.example/assets/bean.svg", "https://garden.example/assets/site.css", "'og:image' is 'https://cdn.example/assets/bean.svg', which is no whole address"),
    "a picture to share without a host": ("https://garden.example/assets/bean.svg", "../assets/bean.svg", "https://garden.example/assets/site.js", "'og:image' is '../assets/bean.svg', which is no whole address"),
    "a picture to share that is not there": ("https://garden.example/assets/bean.svg", "https://garden.example/assets/been.svg", "https://garden.example/a b/ŵ.txt", "which is no whole address of a file of this site"),
    "linked data that cannot be read": (P, '<script type="application/ld+json">{"a": }</script><p>', '<script type="application/ld+json">{"a": "\\u003c/script>"}</script><p>', "its linked data cannot be read: Expecting value"),
    "a link to nothing": (LINK, '<a href="../bean/">', '<a href="../ladder/">', "'../bean/' leads to nothing"),
    "a link to no part": (LINK, '<a href="../#bean">', '<a href="../index.html#beans">', "'../#bean' leads to a part that the page does not have"),
    "a link to no part of this page": (LINK, '<a href="#topp">', '<a href="#top">', "'#topp' leads to a part that the page does not have"),
    "a link out of the folder": (LINK, '<a href="../../">', '<a href="../">', "'../../' leads out of the site's folder"),
    "a link without https": (LINK, '<a href="//garden.example/">', '<a href="https://garden.example/">', "leaves the site without saying https:"),
    "a link that runs code": (LINK, '<a href="javascript:x()">', '<a href="mailto:dig@garden.example">', "'javascript:x()' leads to nothing"),
    "a link that makes no sense": (LINK, '<a href="https://[garden/">', '<a href="https://garden/">', "'https://[garden/' leads to nothing"),
    "a link with other letters": (LINK, '<a href="../a%20b/w.txt">', '<a href="../a%20b/%C5%B5.txt">', "'../a%20b/w.txt' leads to nothing"),
    "a script that is not there": ("../assets/site.js", "../assets/sight.js", "/assets/site.js", "'../assets/sight.js' leads to nothing"),
    "a style sheet that is not there": ("../assets/site.css", "../assets/sight.css", "../assets/site.css", "'../assets/sight.css' leads to nothing"),
    "a picture that is not there": ("../assets/bean.svg", "../assets/been.svg", "../assets/bean.svg", "'../assets/been.svg' leads to nothing"),
    "a tag that takes all the rest for text": (P, "<plaintext><p>", "<pre></pre><p>", "a page cannot hold <plaintext> here"),
    "a link of a map": (P, '<map><area href="java&#115;cript:x()"></map><p>', "<p>", "a page cannot hold <area> here"),
    "a link of a drawing that changes": (P, '<svg aria-hidden="true"><a href="#top"><set attributeName="href" to="javascript:x()"/></a></svg><p>', '<svg aria-hidden="true"><path d="M4 4h8"/></svg><p>', "a page cannot hold <set> here"),
    "a tag that nobody knows": (P, "<x-menu></x-menu><p>", "<div></div><p>", "a page cannot hold <x-menu> here"),
    "a tag of the head in the body": (P, '<meta name="robots"><p>', "<p>", "a page cannot hold <meta> here"),
    "a style sheet in the body": (P, '<link rel="stylesheet" href="../assets/site.css"><p>', "<p>", "a page cannot hold <link> here"),
    "a table with a picture behind it": (P, '<table background="https://cdn.example/x.png"></table><p>', '<table class="cp-wide"></table><p>', "<table> cannot have 'background'"),
    "a button that sends elsewhere": (P, '<button formaction="https://cdn.example/">Go</button><p>', '<button type="button">Go</button><p>', "<button> cannot have 'formaction'"),
    "a link that tells others": (LINK, '<a ping="https://cdn.example/" href="../#beans">', '<a rel="license" href="../#beans">', "<a> cannot have 'ping'"),
    "a link in another window": (LINK, '<a target="x" href="../#beans">', '<a lang="en" href="../#beans">', "<a> cannot have 'target'"),
    "a shape painted from elsewhere": (P, '<svg aria-hidden="true"><path fill="url(https://cdn.example/x.svg#a)"/></svg><p>', '<svg aria-hidden="true"><path fill="none"/></svg><p>', "<path> cannot have 'fill'"),
    "an attribute of the whole page": ('<html lang="en-GB">', '<html lang="en-GB" manifest="x">', '<html lang="en-GB" class="x">', "<html> cannot have 'manifest'"),
    "a part that stays hidden": (P, "<div hidden><p>", '<div class="cp-needs-script" hidden><p>', "<div> hides or boxes in what it holds"),
    "a box that takes in all the rest": (P, "<textarea><p>", "<textarea></textarea><p>", "<textarea> hides or boxes in what it holds"),
    "a form that sends elsewhere": (P, '<form action="https://cdn.example/"></form><p>', '<form action="../ladder/"></form><p>', "a form sends what is typed to 'https://cdn.example/'"),
    "a form that writes a letter": (P, '<form action="mailto:dig@garden.example"></form><p>', '<form method="get"></form><p>', "a form sends what is typed to 'mailto:dig@garden.example'"),
    "a form that leads nowhere": (P, '<form action="../search/"></form><p>', '<form action="../ladder/"></form><p>', "'../search/' leads to nothing"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "bad", "good", "what"), BAD_AND_GOOD.values(), ids=BAD_AND_GOOD)
def test_each_check_refuses_the_bad_page_and_accepts_its_twin(place: str, bad: str, good: str, what: str, folder: Path) -> None:
    assert PAGE.count(place) == 1
    assert check(folder, PAGE.replace(place, good)) == []
    found = check(folder, PAGE.replace(place, bad))
    assert [finding.file for finding in found if what in finding.what] == ["site/ladder/index.html"]
    assert all(finding.why and finding.fix for finding in found)


def test_a_link_to_no_part_is_told_the_parts_whose_names_are_near(folder: Path) -> None:
    assert [finding.fix for finding in check(folder, PAGE.replace("../#beans", "../#bean"))] == ["Did you mean #beans?"]
    assert [finding.fix[:16] for finding in check(folder, PAGE.replace("../#beans", "../#xyz"))] == ["Mend the address"]


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ('@import "https://cdn.example/x.css";', '@import "more.css";'),
        ("@import url(//cdn.example/x.css);", "@import url(more.css);"),
        ("p { background: url( 'https://cdn.example/x.png' ) }", "p { background: url('bean.svg') }"),
        ("@font-face { src: local(x), URL(http://cdn.example/x.woff2) }", "/* see url(https://garden.example/) */"),
    ],
)
def test_a_style_sheet_that_loads_from_elsewhere_is_refused_on_its_line(bad: str, good: str, folder: Path) -> None:
    style = folder / "assets" / "site.css"
    style.write_text(f"/* beans\n*/\n{good}\n", encoding="utf-8")
    assert site.check(folder, ADDRESS) == []
    style.write_text(f"/* beans\n*/\n{bad}\n", encoding="utf-8")
    found = site.check(folder, ADDRESS)
    assert [(finding.file, finding.line) for finding in found] == [("site/assets/site.css", 3)]
    assert "cdn.example/x" in found[0].what and "from another host" in found[0].what


def test_a_page_that_links_to_itself_by_an_empty_address_is_accepted(folder: Path) -> None:
    assert check(folder, PAGE.replace("../#beans", "")) == []


def test_links_from_the_root_are_read_in_the_folder_the_site_lives_in(folder: Path) -> None:
    inside, above = PAGE.replace("../#beans", "/sub/ladder/"), PAGE.replace("../#beans", "/ladder/")
    assert check(folder, above) == []
    moved = f"{ADDRESS}sub/"
    (folder / "index.html").write_text(HOME.replace(ADDRESS, moved), encoding="utf-8")
    inside, above = inside.replace(ADDRESS, moved), above.replace(ADDRESS, moved)
    assert check(folder, inside, moved) == check(folder, inside, moved.rstrip("/")) == []
    assert [finding.what for finding in check(folder, above, moved)] == ["'/ladder/' leads out of the site's folder"]


def test_a_page_that_is_not_to_be_found_or_a_site_without_an_address_need_not_say_where_it_is(folder: Path) -> None:
    bare = re.sub(r"<(link rel=.canonical|meta property).*>\n", "", PAGE)
    assert {finding.what.split("'")[0] for finding in check(folder, bare)} == {"the page does not say its address", "the page has no "}
    for robots in ("noindex", "noindex, nofollow"):
        assert check(folder, bare.replace("<title>", f'<meta name="robots" content="{robots}"><title>')) == []
    assert check(folder, bare.replace("<title>", '<meta name="robots" content="nofollow"><title>')) != []
    assert check(folder, bare, "/") == []


# A small page at a permanent address, as the templates make it.
SMALL = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>Rake – The ladder</title>
<meta name="description" content="A tool.">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=../../ladder/#top">
<link rel="canonical" href="https://garden.example/ladder/">
<meta property="og:url" content="https://garden.example/r/word-rake/">
<link rel="stylesheet" href="../../assets/site.css">
</head>
<body><h1 id="name">Rake</h1><p>A tool.</p><a href="../../ladder/#top">Go on to the ladder</a></body>
</html>
"""


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("A tool.</p>", "To dig.</p>", None),
        ("Spade – The ladder", "Rake – The ladder", "the title 'Rake – The ladder' is also that of r/word-rake/index.html"),
        ("Spade – The ladder", "", "the page has no title"),
        ("Spade – The ladder", "The &#103;arden", "the title 'The garden' is also that of index.html"),
        ('<a href="../../ladder/#top', '<a href="../../lader/', "'../../lader/' leads to nothing"),
        ("url=../../ladder/#top", "url=../../ladder/#topp", "'../../ladder/#topp' leads to a part that the page does not have"),
        ("url=../../ladder/#top", "url=https://cdn.example/", "the page loads 'https://cdn.example/' from another host"),
        ("../../assets/site.css", "https://cdn.example/site.css", "the page loads 'https://cdn.example/site.css' from another host"),
        (' content="A tool."', ' content=""', "the page has no description"),
        ("Spade</h1>", "</h1>", "a heading is empty"),
        ("<p>", '<p onclick="x()">', "<p> carries the attribute 'onclick'"),
        ("<p>", '<p id="name">', "the id 'name' stands on the page 2 times"),
        ("<p>", "<h4>Deep</h4><p>", "the heading 'Deep' skips from level 1 to 4"),
        ("noindex", "index", "the page says its address is 'https://garden.example/ladder/'; it is"),
    ],
)
def test_a_small_page_that_leads_on_keeps_the_same_rules(old: str, new: str, what: str | None, folder: Path) -> None:
    twin = SMALL.replace("Rake", "Spade").replace("word-rake", "word-spade")
    write(folder, {"r/word-rake/index.html": SMALL, "r/word-spade/index.html": twin})
    assert old in twin and site.check(folder, ADDRESS) == []
    write(folder, {"r/word-spade/index.html": twin.replace(old, new, 1)})
    found = site.check(folder, ADDRESS)
    assert {finding.file for finding in found} == ({"site/r/word-spade/index.html"} if what else set())
    assert what is None or [finding for finding in found if what in finding.what]


def test_the_same_dead_link_is_told_once_a_page(folder: Path) -> None:
    page = PAGE.replace("</body>", '<a href="../bean/">A</a> <a href="../bean/">B</a></body>')
    assert len(check(folder, page)) == 1


def test_the_problems_of_all_pages_are_told_in_one_run(folder: Path) -> None:
    (folder / "index.html").write_text(HOME.replace("ladder/", "lader/"), encoding="utf-8")
    found = check(folder, PAGE.replace("<h1>", "<h1>More</h1><h1>").replace("../#beans", "#bean"))
    assert sorted((finding.file, finding.what.split(" ")[0]) for finding in found) == [
        ("site/index.html", "'lader/'"),
        ("site/ladder/index.html", "'#bean'"),
        ("site/ladder/index.html", "the"),
    ]
