"""Rules on pages: their front matter, macros, headings, links, tags, words and addresses, and pages in easy words."""

from cases import Case
from tiny import WITHDRAWN, front_matter

PAGE, WORDS = "docs/practice/index.md", "Dig with care."  # a page whose words may be any others
FRONT, OWNER = "docs/training.md", "owner: The editors"  # a page whose front matter may hold more
DATA = "docs/data/glossary.yml"
EASY, EASY_PLACE = "docs/data/easy_read.yml", "- id: easy-garden"
LONG = "One gardener asked another gardener about a bean that grew near a wall where no bean had ever been seen to grow before by anyone here."
NEARLY = "We go to the hut to get a fork and a hoe and a rake so we can dig up the bed."
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
HARD = "Organisational considerations necessitate comprehensive interdisciplinary communication."


def page(rule: str, words: str, at: str | None = None) -> Case:
    """A page that says ``words``, and so breaks the rule at its first line, or where it says ``at``."""
    return Case(rule, PAGE, WORDS, words, at)


def front(rule: str, line: str) -> Case:
    """A page with one line more in its front matter, which breaks the rule."""
    return Case(rule, FRONT, OWNER, f"{line}\n{OWNER}")


CASES = [
    Case("front-matter-missing", FRONT, "---\ntitle: Training", "title: Training"),
    page("line-endless", "word " * 500),
    page("unseen-character", "You can \u202eton\u202c say no."),
    page("unseen-character", "Dig.\n\n## Say\u200b no {: #say-no }", at="## Say"),
    page("code-unclear", '~~~ see this\n<iframe srcdoc="&lt;script&gt;"></iframe>\n~~~'),
    page("code-unclear", "```\nDig."),
    page("macro-unknown", "{{ laddder() }}"),
    page("macro-unknown", "{{ zzz() }}"),
    page("macro-quotes-curly", "{{ framework(“framework-garden”) }}"),
    page("macro-unclear", "{{ framework(7) }}"),
    page("macro-unclear", '{{ framework(open("x")) }}'),
    page("macro-unclear", "{{ ladder }}"),
    page("macro-id-unknown", '{{ framework("framework-gardn") }}'),
    page("macro-shows-nothing", '{{ law("wales") }}'),
    page("macro-shows-nothing", '{{ benefits("gardeners") }}'),
    page("macro-shows-nothing", '{{ definition("word-spade") }}'),
    page("macro-indented", "- One:\n\n    {{ ladder_uses() }}", at="    {{ ladder_uses() }}"),
    page("heading-id-without-colon", "## Ask early {#ask-early}"),
    page("command-in-page", "{% if x %}"),
    page("braces-in-words", "See {{ ladder_uses() }}."),
    page("heading-main-twice", "# Dig {: #dig }"),
    page("heading-skips-level", "### Dig {: #dig }"),
    page("heading-twice", "## Dig {: #dig }\n\n## dig {: #dig-more }", at="## dig"),
    page("heading-without-id", "##Dig"),
    page("heading-underlined", "Dig\n====", at="===="),
    page("heading-underlined", "## Dig {: #dig }\nMore\n----", at="----"),
    page("heading-underlined", "> Dig\n> ---", at="> ---"),
    page("heading-without-id", "## Who may dig in the garden after it has rained all day long?"),
    page("picture-without-words", "![](../assets/icon.svg)"),
    page("picture-missing", "![A rung](../assets/easy/ladde.svg)"),
    page("picture-missing", "![A rung](../assets/zzz.svg)"),
    page("link-without-address", "Climb [the ladder]()."),
    page("link-to-no-page", "Climb [the ladder](lader.md)."),
    page("link-to-no-page", "Climb [the tree](zzz.md)."),
    page("link-to-no-part", "See [rung one](../ladder.md#ladder-inform)."),
    page("link-to-no-part", "See [rung nine](../ladder.md#zzz)."),
    page("tag-refused", "<script>alert(1)</script>"),
    page("tag-refused", '<area href="x">'),
    page("tag-refused", "<b"),
    page("tag-unpaired", '<div class="cp-needs-script" hidden>'),
    page("tag-unpaired", "<b>Dig <i>well</b></i>"),
    page("nested-too-deep", "1. " * 13 + "Dig."),
    page("nested-too-deep", "<b>" * 13 + "Dig" + "</b>" * 13),
    page("attribute-refused", '<table background="x"></table>'),
    page("attribute-refused", "**Dig**{: hidden }"),
    page("attribute-refused", "**Dig**{ lang=cy }"),
    page("signs-endless", "[" * 201),
    page("signs-endless", "Dig.\n\n" + ("[" * 200 + "\n\n") * 7, at=""),
    Case("file-refused", "docs/shed.HTML", "", "<p>Dig.</p>", at=""),
    Case("file-refused", "docs/shed.MD", "", "Dig.", at=""),
    Case("file-refused", "docs/The shed.md", "", front_matter("The shed") + "We dig.", at=""),
    Case("file-refused", "docs/shed.svg", "", "<svg/>", at=""),
    Case("file-refused", "docs/what/data/dig.js", "", "dig();\n", at=""),
    Case("drawing-refused", "docs/assets/easy/spade.svg", "", DRAWING.format("<script>x()</script>"), at=""),
    Case("drawing-refused", "docs/assets/easy/spade.svg", "", DRAWING.format('<a href="https://shop.example/"/>'), at=""),
    Case("drawing-refused", "docs/assets/easy/spade.svg", "", DRAWING.format('<path onload="x()"/>'), at=""),
    Case("drawing-refused", "docs/assets/easy/spade.svg", "", '<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("&a;"), at=""),
    page("script-in-a-tag", '<b onclick="x()">Dig</b>'),
    page("style-in-a-tag", '<b style="color: red">Dig</b>'),
    page("address-runs-code", "[Dig](javascript:alert(1))"),
    page("address-without-https", "Go to [the shop](//shop.example)."),
    Case("page-review-too-early", FRONT, "review_by: 2027-11-22", "review_by: 2026-11-22"),
    page("gap", "Ask [name of the editor] first."),
    page("page-too-hard", HARD, at=""),
    page("many-long-sentences", f"{NEARLY} {NEARLY}", at=""),
    front("reading-reason-without-need", "reading_reason: It names laws."),
    page("sentence-too-long", f"Calm.\n\n{LONG}", at=LONG),
    Case("sentence-too-long", DATA, "A person who grows things.", LONG, at="- id: word-gardener"),
    front("also-without-part", "also:\n  shed: [hut]"),
    Case("title-twice", "docs/taking-part.md", "title: Taking part", "title: PRACTICE"),
    front("address-kept", "formerly: [r/word-spade.md]"),
    front("address-twice", "formerly: [words.md]"),
    Case("home-missing", DATA, "- id: word-gardener", "- id: word-gardener\n    home: word.md"),
    Case("home-missing", DATA, "- id: word-gardener", "- id: word-gardener\n    home: zzz/zzz.md"),
    Case("not-at-home", "docs/words.md", "{{ glossary() }}", "Dig.", at="- id: word-spade", found_in=DATA),
    Case("not-at-home", "docs/data/withdrawn.yml", "", WITHDRAWN, at="- id: word-hoe"),
    Case("twin-not-named", "docs/ladder.md", "easy_read: easy-read/index.md\n", "", at=""),
    Case("twin-not-named", "docs/ladder.md", "easy_read: easy-read/index.md", "easy_read: words.md"),
    front("twin-unknown", "easy_read: easy-read/index.md"),
    Case("fuller-page-missing", EASY, "twin_of: ladder.md", "twin_of: laddder.md", at=EASY_PLACE),
    Case("fuller-page-missing", EASY, "twin_of: ladder.md", "twin_of: zzz/zzz.md", at=EASY_PLACE),
    Case("two-names", "docs/easy-read/index.md", "title: The ladder in easy words", "title: Ladders"),
    Case("two-leads", "docs/easy-read/index.md", "description: This page is about", "description: We speak of"),
    Case("drawing-missing", EASY, "picture: do-together", "picture: do-togethr", at=EASY_PLACE),
    Case("drawing-missing", EASY, "picture: do-together", "picture: zzz", at=EASY_PLACE),
    Case("form-missing", EASY, "kit: easy-read/check.md", "kit: easy-read/chek.md", at=EASY_PLACE),
    Case("form-not-shown", "docs/easy-read/check.md", '{{ review_kit("easy-garden") }}', "Dig.", at=""),
    Case("page-passed-over", "docs/models/README.md", "", f"{front_matter('Read me')}Dig on.\n", at=""),
    Case("page-passed-over", "docs/templates/dig.md", "", f"{front_matter('Shapes')}Dig on.\n", at=""),
    Case("page-passed-over", "docs/data/dig.md", "", f"{front_matter('Facts')}Dig on.\n", at=""),
    Case("page-passed-over", "docs/.git/dig.md", "", f"{front_matter('Hidden')}Dig on.\n", at=""),
    Case("page-not-in-menu", "mkdocs.yml", '  - "Training": training.md\n', "", at="", found_in=FRONT),
    Case("left-out-on-one-line", "mkdocs.yml", "not_in_nav: |\n", "not_in_nav:\n", at="  /search.md"),
    Case("menu-leads-nowhere", "mkdocs.yml", '"Training": training.md', '"Training": trainin.md'),
]
