"""What a change does, told to reviewers who cannot read a diff."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import markdown
import pytest
from coproduction import changes
from selectolax.lexbor import LexborHTMLParser
from test_changes import CHANGES
from test_verbs import run
from tiny import REVIEW, STATEMENT, WITHDRAWN, change, tiny_site, write

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")


def git(site: Path, *words: str) -> None:
    mine = ["-c", "commit.gpgsign=false", "-c", "user.name=A gardener", "-c", "user.email=dig@garden.example"]
    subprocess.run(["git", *mine, *words], cwd=site, check=True, capture_output=True, timeout=60)


def commit(site: Path, message: str = "Dig") -> None:
    git(site, "add", "--all")
    git(site, "commit", "--quiet", f"--message={message}")


@pytest.fixture(scope="module")
def garden(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project under git, with the real scripts, and one commit."""
    made = tiny_site(tmp_path_factory.mktemp("garden") / "site")
    shutil.copytree(root / "scripts", made / "scripts", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / ".gitignore", made)
    git(made, "init", "--quiet", "--initial-branch=main")
    commit(made)
    return made


@pytest.fixture
def site(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "site", symlinks=True))


def told(site: Path, base: str = "main") -> str:
    """What the change from ``base`` to the tree as it stands is said to do."""
    before = site.parent / "before"
    shutil.rmtree(before, ignore_errors=True)
    before.mkdir()
    changes.before(site, base, before)
    return changes.describe(changes.read(before), changes.read(site), changes.reasons(site, base), changes.beyond_words(site, base))


def part(said: str, heading: str) -> str:
    """What stands under one of the headings."""
    return said.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()


# ------------------------------------------------------------------ the words


def test_a_typing_mistake_that_was_mended_is_quoted_before_and_after(site: Path) -> None:
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to digg.")
    commit(site)
    change(site / "docs" / "training.md", "Learn to digg.", "Learn to dig.")
    assert told(site) == (
        "# What this change does\n\n"
        "## Pages\n\n"
        "- `Training` (`docs/training.md`): its own words change."
        " Reading level (ARI): -2.7 before, -4.2 now. The most for these readers is 9.\n\n"
        "## Words, before and after\n\n"
        "### `Training` in `docs/training.md`\n\n"
        "```text\n"
        "before the first heading\n"
        "  before: Learn to digg.\n"
        "  after:  Learn to dig.\n"
        "  words:  “digg.” is now “dig.”\n"
        "```\n\n"
        "## You said, we did\n\n"
        "There is no new entry in `docs/data/changes.yml`. Did somebody suggest this change, or will readers notice it? "
        "Then please add one, so that they can see what came of it. If not, none is needed. "
        "You can say so in a commit message: `No entry needed: a typing mistake`\n"
    )


def test_a_field_of_the_data_is_named_by_its_record_and_the_pages_that_show_it_are_listed(site: Path) -> None:
    change(site / "docs" / "data" / "glossary.yml", "A tool to dig with.", "An indispensable horticultural implement. You dig with it.")
    said = told(site)
    assert "### `Spade`, `word-spade` in `docs/data/glossary.yml`\n" in said
    assert "meaning\n  before: A tool to dig with.\n  after:  An indispensable horticultural implement.\n  after:  You dig with it.\n" in said
    pages = part(said, "Pages")
    assert pages.startswith("- `Words` (`docs/words.md`): it shows facts that change. Reading level (ARI): ")
    assert len(pages.splitlines()) == 1
    before, after = map(float, re.search(r"(-?[\d.]+) before, (-?[\d.]+) now", pages).groups())
    assert before < after


def test_a_page_that_becomes_too_hard_is_marked_and_one_that_says_why_gives_its_reason(site: Path) -> None:
    hard = "Interdepartmental commissioning organisations operationalise transformational accountability arrangements."
    change(site / "docs" / "training.md", "Learn to dig.", hard)
    assert "The most for these readers is 9. **It is too hard to read.**" in told(site)
    change(site / "docs" / "training.md", "reading: practice", "reading: practice\nreading_reason: The law says it so.")
    assert "It says why it is harder: `The law says it so.`" in told(site)


def test_exact_words_of_somebody_come_first_with_a_warning(site: Path) -> None:
    change(site / "docs" / "data" / "definitions.yml", "garden together as equal partners", "garden as equal partners")
    change(site / "docs" / "about" / "index.md", "We dig.", "We dug.\n\n> We all dig.")
    words = part(told(site), "Words, before and after")
    assert words.startswith("**Somebody’s exact words change here.**")
    quotation = "quote, words: somebody’s exact words\n  before: People dig the garden together as equal partners."
    assert quotation in words and "“together” is gone" in words
    assert "before the first heading: somebody’s exact words\n  after:  We all dig." in words
    change(site / "docs" / "data" / "definitions.yml", "garden as equal partners", "garden together as equal partners")
    change(site / "docs" / "about" / "index.md", "\n\n> We all dig.", "")
    change(site / "docs" / "data" / "definitions.yml", "where: Page 2\n      checked", "where: Page 3\n      checked")
    said = told(site)
    assert "quote, where\n  before: Page 2\n  after:  Page 3" in said and "exact words" not in said


def test_names_are_exact_words_while_either_side_says_that_they_are_quoted(site: Path) -> None:
    frameworks = site / "docs" / "data" / "frameworks.yml"
    change(frameworks, "name: Trust", "name: Faith")
    assert "name\n  before: Trust\n  after:  Faith" in part(told(site), "Words, before and after")
    change(frameworks, "name: Faith", "name: Trust")
    change(frameworks, "names: ours", "names: quoted")
    commit(site)
    change(frameworks, "names: quoted", "names: ours")
    words = part(told(site), "Words, before and after")
    assert words.startswith("**Somebody’s exact words change here.**")
    assert "names: somebody’s exact words\n  before: quoted\n  after:  ours" in words
    change(frameworks, "name: Trust", "name: Faith")
    words = part(told(site), "Words, before and after")
    assert "name: somebody’s exact words\n  before: Trust\n  after:  Faith" in words and "Patience" not in words


def test_what_a_person_wrote_to_us_is_their_exact_words(site: Path) -> None:
    write(site / "docs" / "data", {"changes.yml": CHANGES})
    commit(site)
    change(site / "docs" / "data" / "changes.yml", "I am fed up", "we are fed up")
    words = part(told(site), "Words, before and after")
    assert words.startswith("**Somebody’s exact words change here.**")
    assert "suggested, words: somebody’s exact words\n  before: My chair gets stuck & I am fed up.\n" in words
    change(site / "docs" / "data" / "changes.yml", "we are fed up", "I am fed up")
    change(site / "docs" / "data" / "changes.yml", "said: A wheelchair does not", "said: Wheelchairs do not")
    assert "exact words" not in told(site)


TESTER = "judged: [{who: Josephine Spade, when: 2026-11-22, verdict: works, found: It fits., consent_kept: In the tin with Ann}]"


def test_who_somebody_is_and_where_their_consent_is_kept_is_never_shown(site: Path) -> None:
    named = STATEMENT.replace("plain: Does a wheelchair fit?", f"plain: Does a wheelchair fit?\n            {TESTER}")
    data = {"changes.yml": CHANGES.replace("who: J. S.", "who: Josephine Spade"), "accessibility.yml": named, "reviews.yml": REVIEW}
    write(site / "docs" / "data", data)
    come = told(site)
    commit(site)
    change(site / "docs" / "data" / "changes.yml", "who: Josephine Spade", "who: a reader")
    sent = "      words: My chair gets stuck & I am fed up.\n      consent_kept: In the tin, with the treasurer.\n"
    change(site / "docs" / "data" / "changes.yml", sent, "")
    write(site / "docs" / "data", {"accessibility.yml": STATEMENT, "reviews.yml": REVIEW.replace("Tuesday diggers", "diggers")})
    gone = told(site)
    for secret in ("Josephine", "Ann", "the tin", "In the shed", "treasurer", "Tuesday", "a reader"):
        assert secret not in come + gone
    assert "fed up" in come and "fed up" not in gone and "suggested, words: somebody’s exact words\n  It is gone." in gone
    hidden = "not shown here, as it may name somebody"
    assert f"suggested, who: {hidden}\n  It is new." in come and f"suggested, who: {hidden}\n  It has changed." in gone
    assert f"suggested, consent kept: {hidden}\n  It is gone." in gone
    assert f"only people, judged, who: {hidden}\n  It is gone." in gone and "It fits." in gone
    assert "\nwho: " + hidden in gone


def test_every_file_that_can_hold_consent_hides_whose_it_is(root: Path) -> None:
    schemas = (root / "docs" / "data" / "schemas").glob("*.json")
    files = [f"docs/data/{schema.stem}.yml" for schema in schemas if "consent_kept" in schema.read_text(encoding="utf-8")]
    assert sorted(files) == sorted(changes._PEOPLE)


def test_whom_a_law_binds_is_nobodys_name_and_is_shown(site: Path) -> None:
    law = "every: {status: ours}\nrecords:\n  - id: law-gate\n    name: Gates\n    who: Councils\n"
    write(site / "docs" / "data", {"law.yml": law})
    assert "who\n  after:  Councils" in told(site)


def test_a_link_that_leads_elsewhere_is_shown_although_its_words_are_the_same(site: Path) -> None:
    change(site / "docs" / "index.md", "(ladder.md#ladder-informing)", "(https://shop.example/)")
    said = " ".join(told(site).split())
    assert "“ladder](ladder.md#ladder-informing).” is now “ladder](https://shop.example/).”" in said


def test_a_heading_that_changes_leaves_what_stands_below_it_alone(site: Path) -> None:
    change(site / "docs" / "resources.md", "## Urgent help {", "## Help at once {")
    said = told(site)
    assert "a heading\n  before: ## Urgent help {: #urgent-help }\n  after:  ## Help at once {: #urgent-help }" in said
    assert "999" not in said


def test_an_entry_that_is_put_between_others_is_all_that_is_told(site: Path) -> None:
    change(site / "docs" / "data" / "ladder.yml", "uses:\n", "uses:\n      - Draw it on a wall.\n")
    words = part(told(site), "Words, before and after")
    assert "uses\n  after:  Draw it on a wall." in words and "Ask each person" not in words


@pytest.mark.parametrize(
    ("file", "good", "same"),
    [
        ("docs/data/glossary.yml", "name: Spade\n    meaning: A tool to dig with.", "meaning: A tool to dig with.\n    name: Spade"),
        ("docs/data/glossary.yml", "name: Spade", 'name: "Spade"'),
        ("docs/data/glossary.yml", "records:", "# What we say.\nrecords:"),
        ("docs/training.md", "Learn to dig.", "Learn\nto dig."),
    ],
)
def test_nothing_is_told_when_no_words_change(file: str, good: str, same: str, site: Path) -> None:
    assert told(site) == ""
    change(site / file, good, same)
    assert told(site) == ""


# --------------------------------------------------------------- ids and addresses


def test_ids_and_addresses_that_come_and_go_are_listed_with_what_answers_now(site: Path) -> None:
    glossary = site / "docs" / "data" / "glossary.yml"
    change(glossary, "- id: word-spade", "- id: word-shovel\n    formerly: [word-spade]")
    change(site / "docs" / "ladder.md", "{: #criticisms }", "{: #critics }")
    write(site / "docs" / "data", {"withdrawn.yml": WITHDRAWN.replace("word-hoe", "word-gardener").replace("[word-spade]", "[word-shovel]")})
    text = glossary.read_text(encoding="utf-8")
    glossary.write_text(text[: text.index("  - id: word-gardener")], encoding="utf-8")
    (site / "docs" / "practice" / "index.md").unlink()
    page = site / "docs" / "training.md"
    page.rename(site / "docs" / "digging.md")
    change(site / "docs" / "digging.md", "owner: The editors", "owner: The editors\nformerly: [training.md]")
    said = told(site)
    assert part(said, "Ids and addresses").splitlines() == [
        "- New id: `word-shovel`",
        "- Id that is gone: `word-gardener` (`r/word-gardener/`). Old links lead to a word about what became of it.",
        "- Id that is gone: `word-spade` (`r/word-spade/`). Old links lead to `word-shovel`.",
        "- New address: `digging/`",
        "- Address that is gone: `practice/`. **Nothing answers there yet.** The check says what to do.",
        "- Address that is gone: `training/`. Old links lead to `digging/`.",
        "- New part of a page: `ladder/#critics`",
        "- Part of a page that is gone: `ladder/#criticisms`. Old links land at the top of the page.",
    ]
    assert "- `Training` (`docs/digging.md`): moved here from `docs/training.md`." in said
    assert "- `Practice` (`docs/practice/index.md`): taken out." in said
    assert "Learn to dig." not in said and "A tool to dig with" not in said  # what only moved is not told as new


def test_a_page_whose_file_moves_and_whose_address_stays_is_one_page(site: Path) -> None:
    (site / "docs" / "training").mkdir()
    (site / "docs" / "training.md").rename(site / "docs" / "training" / "index.md")
    said = told(site)
    assert "- `Training` (`docs/training/index.md`): moved here from `docs/training.md`. Reading level" in said
    assert "Learn to dig." not in said and "address" not in said


def test_pictures_are_named(site: Path) -> None:
    drawings = sorted((site / "docs" / "assets" / "easy").glob("*.svg"))
    drawings[0].unlink()
    drawings[1].write_text("<svg/>", encoding="utf-8")
    write(site, {"docs/assets/easy/worm.svg": "<svg/>", "docs/data/schemas/worm.json": "{}", "docs/data/words/worms.txt": "worm\n"})
    assert part(told(site), "Other files").splitlines() == [
        f"- `docs/assets/easy/{drawings[0].name}`: taken out",
        f"- `docs/assets/easy/{drawings[1].name}`: changed",
        "- `docs/assets/easy/worm.svg`: new",
        "- `docs/data/words/worms.txt`: new",
    ]


# ------------------------------------------------------------- what is told of it


def test_what_words_cannot_tell_of_is_named_first_with_a_warning(site: Path) -> None:
    git(site, "switch", "--quiet", "--create", "mine")
    for name, text in {".github/workflows/more.yml": "on: push\n", "overrides/foot.html": "<p>Send money.</p>\n", "notes ‮.txt": "Dig.\n"}.items():
        write(site, {name: text})
    commit(site)
    (site / "scripts" / "macros.py").write_text("import os\n", encoding="utf-8")  # not committed yet
    write(site, {"LICENSE": "Dig.\n", "docs/assets/dig.js": "dig();\n"})  # nor known to git
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to plant.")
    said = told(site)
    assert "reads code look at these files before you agree" in part(said, "Code and settings")
    listed = [line.partition(":")[0] for line in part(said, "Code and settings").splitlines() if line.startswith("- ")]
    assert listed == [
        "- `.github/workflows/more.yml`", "- `LICENSE`", "- `docs/assets/dig.js`", "- `notes ‹U+202E›.txt`", "- `overrides/foot.html`", "- `scripts/macros.py`",
    ]  # fmt: skip
    assert said.index("## Code and settings") < said.index("## Pages")


def test_a_change_of_code_alone_is_told_and_asks_for_no_entry(site: Path) -> None:
    change(site / "mkdocs.yml", 'email: ""', "email: dig@garden.example")
    said = told(site)
    assert "- `mkdocs.yml`: settings of the whole site" in said and "You said, we did" not in said


def test_whether_people_are_told_of_it_is_said_and_never_asked_for(site: Path) -> None:
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to dig well.")
    assert part(told(site), "You said, we did").startswith("There is no new entry in `docs/data/changes.yml`.")
    git(site, "switch", "--quiet", "--create", "mine")
    commit(site, "Dig better\n\nNo entry needed: nobody asked\n")
    assert part(told(site), "You said, we did") == "The change says that none is needed.\n\n```text\nNo entry needed: nobody asked\n```"
    write(site / "docs" / "data", {"changes.yml": "every:\n  status: ours\nrecords:\n  - id: change-digging\n    name: We dig better\n"})
    assert part(told(site), "You said, we did") == "There is a new entry: `change-digging`. Thank you."


# ------------------------------------------------------------ text that does harm

HARMFUL = (
    "Dig ``` here ```` or ~~~ there @gardener #12 https://evil.example <img src=x onerror=alert(1)> "
    "![worm](https://evil.example/w.png) **loud** \u202egnol\u200b `x` | y"
)


@pytest.mark.parametrize("file", ["page", "title", "field", "name", "commit"])
def test_nothing_that_is_quoted_becomes_live(file: str, site: Path) -> None:
    spade = site / "docs" / "data" / "glossary.yml"
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to dig well.")
    quoted = "'" + HARMFUL.replace("\u202e", "").replace("\u200b", "") + "'"
    if file == "page":
        change(site / "docs" / "training.md", "Learn to dig well.", HARMFUL)
    elif file == "title":
        change(site / "docs" / "training.md", "title: Training", f"title: {quoted}")
    elif file == "field":
        change(spade, "meaning: A tool to dig with.", f"meaning: {quoted}")
    elif file == "name":
        change(spade, "name: Spade", f"name: {quoted}")
    git(site, "switch", "--quiet", "--create", "mine")
    commit(site, f"Dig\n\nNo entry needed: {HARMFUL if file == 'commit' else 'nobody asked'}")
    said = told(site)
    assert "evil.example" in said and "\u202e" not in said and "\u200b" not in said
    page = LexborHTMLParser(markdown.markdown(said, extensions=["fenced_code"]))
    for safe in page.css("code"):
        safe.decompose()
    assert {tag.tag for tag in page.body.css("*")} <= {"body", "h1", "h2", "h3", "p", "ul", "li", "strong", "pre"}
    for sign in ("evil", "@", "#", "gardener", "worm", "loud", "`", "~"):
        assert sign not in page.body.text()


@pytest.mark.parametrize("text", ["", "`", "``", "a`b", "`a`", "a\nb", "``` \n# x", "~~~"])
def test_what_stands_in_code_cannot_end_it(text: str) -> None:
    inline = LexborHTMLParser(markdown.markdown(f"- {changes.code(text)}: so"))
    assert len(inline.css("code")) == 1 and inline.css_first("li").text().endswith(": so")
    block = LexborHTMLParser(markdown.markdown(f"{changes.fenced(text)}\n\nso", extensions=["fenced_code"]))
    assert [tag.tag for tag in block.css("pre, p, h1")] == ["pre", "p"]


def test_a_link_out_of_the_project_is_not_followed(site: Path) -> None:
    secret = site.parent / "secret.md"
    secret.write_text("The treasure is in the shed.", encoding="utf-8")
    (site / "docs" / "map.md").symlink_to(secret)
    (site / "docs" / "data" / "reasons.yml").symlink_to(secret)
    assert "treasure" not in told(site)


def test_a_change_too_long_for_a_comment_is_cut_between_its_parts(site: Path) -> None:
    pages = {f"docs/long-{n}.md": "---\ntitle: T\n---\n\n" + "\n\n".join(f"We dig bed {n} {m}." for m in range(400)) for n in range(9)}
    write(site, pages)
    said = told(site)
    assert len(said) <= changes.LONGEST + 100
    assert re.search(r"There is more: \d+ more parts are too long to be shown here\.\n\Z", said)
    assert said.count("```") % 2 == 0


# ------------------------------------------------------- what cannot be compared


def test_a_broken_tree_is_told_as_far_as_it_can_be_read(site: Path) -> None:
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to dig well.")
    change(site / "docs" / "training.md", "title: Training", "title: [")
    change(site / "docs" / "data" / "glossary.yml", "A tool to dig with.", "A tool to dig fast.")
    change(site / "docs" / "data" / "themes.yml", "records:", "records: [")
    (site / "docs" / "words.md").write_bytes(b"---\ntitle: W\xff\n---\n\nDig.")
    said = told(site)
    assert "after:  Learn to dig well." in said and "after:  A tool to dig fast." in said
    assert "How it reads can be told when the check has nothing to put right." in said
    assert "`docs/data/themes.yml` cannot be read as it is now. The check says why." in said and "theme-time" not in said


@pytest.mark.parametrize("base", ["nowhere", "--all", "", "main:docs", "-1", "\x00"])
def test_an_unknown_base_is_one_plain_message(base: str, site: Path, tmp_path: Path) -> None:
    with pytest.raises(changes.UnknownBase) as unknown:
        changes.before(site, base, tmp_path)
    assert f"There is no commit “{base}” here." in str(unknown.value)


def test_only_what_the_change_itself_does_is_told_when_others_went_on(site: Path) -> None:
    git(site, "switch", "--quiet", "--create", "mine")
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to dig well.")
    commit(site)
    git(site, "switch", "--quiet", "main")
    change(site / "docs" / "practice" / "index.md", "Dig with care.", "Dig with joy.")
    commit(site)
    git(site, "switch", "--quiet", "mine")
    said = told(site)
    assert "dig well" in said and "joy" not in said


def test_the_verb_prints_what_the_change_does_and_nothing_when_there_is_nothing(site: Path) -> None:
    assert run(site, "describe_change", "main") == (0, "")
    change(site / "docs" / "training.md", "Learn to dig.", "Learn to dig well.")
    status, said = run(site, "describe_change", "main")
    assert status == 0 and said == told(site)


def test_the_verb_says_in_one_line_that_there_is_no_such_base(site: Path) -> None:
    status, said = run(site, "describe_change", "nowhere")
    assert status == 1 and said.count("\n") == 1 and said.startswith("There is no commit “nowhere” here.")
