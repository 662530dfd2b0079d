"""Pages in easy words: what a line may be, who has checked it, that each form is there, and how it looks."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from coproduction import model, pages, pipeline, published, reading, site, tables
from coproduction.addresses import page_address, relative, sheet
from coproduction.findings import Fault, Finding
from coproduction.model import EasyLine, EasyPart, EasyRead, Facts, InvalidFacts, Review
from coproduction.tables import DRAFT, Tables
from selectolax.lexbor import LexborHTMLParser
from tiny import REVIEW, change, tiny_site, with_easy_words, write

sys.path.insert(0, str(Path(__file__).resolve().parent / "search"))

import bench  # noqa: E402 - only now can it be found

ADDRESS = "https://garden.example/"
LABEL = "Draft. People with learning disabilities have not checked this yet. Can your group help?"
READ, READ_AGAIN = date(2026, 11, 22), date(2027, 5, 22)


# ------------------------------------------------------------------- the words


def twin(*lines: EasyLine, **said) -> EasyRead:
    """A page in easy words that keeps every rule, with these lines."""
    usual = {
        "id": "easy-garden", "name": "The garden", "status": "ours", "reviewed": READ, "review_by": READ_AGAIN, "state": "draft",
        "lead": "Come in.", "home": "easy-read/index.md", "twin_of": "garden.md", "simple_words": "easy-read/words.md", "kit": "easy-read/check.md",
    }  # fmt: skip
    return EasyRead(**{**usual, "parts": (EasyPart(name="What?", lines=lines or (line("We dig."),)),), **said})


def line(words: str, **said: str) -> EasyLine:
    return EasyLine(words=words, picture="plan", **said)


def review(page: EasyRead, **said) -> Review:
    usual = {
        "id": "review-diggers", "status": "ours", "reviewed": READ, "review_by": READ_AGAIN, "home": "easy-read/index.md",
        "of": page.id, "who": "the Tuesday diggers", "how": "Aloud.", "when": READ, "paid": "Yes.", "consent_kept": "In the shed.",
        "words": page.fingerprint,
    }  # fmt: skip
    return Review(**{**usual, **said})


def drawn(page: EasyRead, **drawings: str) -> EasyRead:
    """The same page, read where its drawings are such."""
    return EasyRead.model_validate(page.model_dump(), context=drawings)


def faults(*twins: EasyRead, reviews: tuple[Review, ...] = ()) -> list[Fault]:
    try:
        Facts(easy_read=twins, reviews=reviews)
    except InvalidFacts as refused:
        return refused.faults
    return []


def of_lines(*lines: EasyLine) -> list[tuple[int, str, str]]:
    """What is wrong with these lines of one part: the line's number, its key, and the words."""
    found = faults(twin(*lines))
    assert all(fault.why and fault.fix for fault in found)
    return [(fault.path[5], fault.path[6], fault.what) for fault in found]


FIFTEEN = "We dig and plant and rest and talk and eat and sing and go home."


def test_a_line_has_at_most_fifteen_words():
    assert of_lines(line(FIFTEEN)) == []
    assert of_lines(line("We dig."), line(FIFTEEN.replace("home", "home now"))) == [
        (1, "words", "this line has 16 words; 15 is the most")
    ]


def test_a_line_holds_one_sentence():
    assert of_lines(line("We dig, and then we rest.")) == []
    assert of_lines(line("We dig. Then we rest.")) == [(0, "words", "this line has more than one sentence")]


def test_an_explanation_is_as_short_as_a_line():
    assert of_lines(line("We dig with a spade.", hard="spade", means="A spade is a tool.")) == []
    assert of_lines(line("We dig with a spade.", hard="spade", means=FIFTEEN.replace("home", "home now"))) == [
        (0, "means", "this line has 16 words; 15 is the most")
    ]


def test_a_hard_word_and_what_it_means_go_together():
    assert of_lines(line("We use a spade.", hard="spade")) == [(0, "hard", "'hard' stands here without 'means'")]
    assert of_lines(line("We use a spade.", means="It is a tool.")) == [(0, "means", "'means' stands here without 'hard'")]


def test_a_hard_word_stands_in_its_line_as_a_whole():
    assert of_lines(line("Spades help us dig.", hard="spade", means="A tool.")) == [
        (0, "hard", "the hard word 'spade' is not in the words of its line")
    ]
    assert of_lines(line("Spade work is fun.", hard="spade", means="A tool.")) == []


def test_a_hard_word_is_explained_once():
    hard = line("We use a spade.", hard="spade", means="A tool.")
    assert of_lines(hard, line("The spade is old.")) == []
    assert of_lines(hard, line("A Spade is old.", hard="Spade", means="A tool.")) == [(1, "hard", "the hard word 'Spade' is explained twice")]


def test_a_hard_word_is_explained_where_it_stands_first():
    assert of_lines(line("Take the spade."), line("A spade helps.", hard="spade", means="A tool.")) == [
        (1, "hard", "the hard word 'spade' stands in a line above, and is explained only here")
    ]


def test_the_lead_is_as_short_as_a_line_and_explains_no_hard_word():
    for lead, rule in ((FIFTEEN.replace("home", "home now"), "line-too-long"), ("We dig. We rest.", "line-of-two-ideas")):
        (fault,) = faults(twin(lead=lead))
        assert (fault.path, fault.rule) == (("easy_read", 0, "lead"), rule)
    hard = line("We use a spade.", hard="spade", means="A tool.")
    assert faults(twin(hard, lead="Come with a bucket.")) == []
    (fault,) = faults(twin(hard, lead="Come with a spade."))
    assert fault.path[-1] == "hard" and fault.rule == "hard-word-too-late"


def test_the_words_of_the_real_pages_are_few_and_easy(root: Path):
    twins = reading.read(root / "docs" / "data").facts.easy_read
    assert [twin.id for twin in twins] == ["easy-what", "easy-ladder", "easy-taking-part"]
    assert all(12 <= len(list(twin.lines())) <= 16 for twin in twins)


def test_the_ladder_in_easy_words_has_the_rungs_of_the_ladder_from_the_top(root: Path):
    facts = reading.read(root / "docs" / "data").facts
    lines = [line for _, line in facts.get("easy-ladder").lines() if re.match(r"Rung \d is ", line.words)]
    rungs = list(enumerate(facts.ladder[0].rungs, 1))[::-1]
    assert [line.words for line in lines] == [f"Rung {number} is {rung.name.lower()}." for number, rung in rungs]
    assert [line.hard for line in lines] == [rung.name.lower() for _, rung in rungs]


# ---------------------------------------------------------- who has checked them


def test_nobody_can_say_checked_without_a_review():
    assert faults(twin(state="draft")) == []
    (fault,) = faults(twin(state="checked"))
    assert fault.path == ("easy_read", 0, "state") and fault.what == "'easy-garden' says 'checked', and no review of it is on record"
    assert faults(twin(state="checked"), reviews=(review(twin()),)) == []


def test_a_review_of_another_page_is_none_of_this_one():
    other = twin(id="easy-shed", name="The shed")
    (fault,) = faults(twin(state="checked"), other, reviews=(review(other),))
    assert fault.path == ("easy_read", 0, "state")


@pytest.mark.parametrize(
    "changed",
    [
        twin(line("We dig deep.")),
        twin(name="Our garden"),
        twin(EasyLine(words="We dig.", picture="ladder")),
        twin(line("We dig.", alt="A spade.")),
        twin(line("We dig.", hard="dig", means="Turn the earth.")),
        twin(parts=(EasyPart(name="Why?", lines=(line("We dig."),)),)),
        twin(line("We dig."), line("We rest.")),
        twin(lead="Come in soon."),
        drawn(twin(), plan="<svg>another</svg>"),
    ],
    ids=["words", "name", "picture", "alt", "hard word", "heading", "one line more", "lead", "drawing"],
)
def test_a_review_of_what_the_page_said_before_does_not_count(changed: EasyRead):
    checked = changed.model_copy(update={"state": "checked"})
    (fault,) = faults(checked, reviews=(review(twin()),))
    assert fault.what == f"'easy-garden' says 'checked', and its words have changed since: they are {changed.fingerprint} now"
    assert "state: draft" in fault.fix and "CONTRIBUTING.md" in fault.fix


def test_a_line_under_another_heading_makes_other_words():
    """Each heading counts with its own lines."""
    dig, rest, eat = line("We dig."), line("We rest."), line("We eat.")
    one = twin(parts=(EasyPart(name="Now", lines=(dig, rest)), EasyPart(name="Then", lines=(eat,))))
    other = twin(parts=(EasyPart(name="Now", lines=(dig,)), EasyPart(name="Then", lines=(rest, eat))))
    assert one.fingerprint != other.fingerprint


def test_a_review_of_another_drawing_under_the_same_name_does_not_count(easy_site: Path):
    assert "state: checked" in (checked(easy_site) / DATA).read_text(encoding="utf-8")
    before = facts_of(easy_site).easy_read[0].fingerprint
    change(easy_site / "docs" / "assets" / "easy" / "do-together.svg", "</svg>", "<path/></svg>")
    with pytest.raises(reading.Unreadable) as stopped:
        facts_of(easy_site)
    (found,) = stopped.value.findings
    assert found.rule == "checked-by-nobody" and "its words have changed since" in found.what and before not in found.what


def test_the_fingerprint_is_that_of_what_readers_meet_and_of_no_more(easy_site: Path):
    met = facts_of(easy_site).easy_read[0].fingerprint
    write(easy_site, {"docs/assets/easy/unused.svg": "<svg></svg>"})
    assert facts_of(easy_site).easy_read[0].fingerprint == met
    assert twin().fingerprint == twin(review_by=date(2028, 1, 1), state="checked").fingerprint
    assert re.fullmatch("[0-9a-f]{8}", twin().fingerprint)


def test_a_review_that_names_nothing_real_is_refused():
    (fault,) = faults(twin(), reviews=(review(twin(), of="easy-gardn"),))
    assert fault.path == ("reviews", 0, "of") and "Did you mean easy-garden?" in fault.fix


@pytest.mark.parametrize("key", ["who", "how", "when", "paid", "consent_kept", "words"])
def test_a_review_says_all_that_is_asked_of_it(key: str):
    with pytest.raises(ValueError, match=key):
        review(twin(), **{key: None})


@pytest.mark.parametrize(
    ("key", "said", "what"),
    [
        ("when", date(2026, 11, 23), "the day 2026-11-23 cannot be"),
        ("when", date(2025, 12, 31), "the day 2025-12-31 cannot be"),
        ("who", "-", "'-' says nothing under 'who'"),
        ("who", "Nobody.", "'Nobody.' says nothing under 'who'"),
        ("how", "None", "'None' says nothing under 'how'"),
        ("how", "12 3", "'12 3' says nothing under 'how'"),
        ("paid", "?", "'?' says nothing under 'paid'"),
        *(("consent_kept", text, f"'{text}' says nothing under 'consent_kept'") for text in ("no", "None.", "N/A", "n/a", "not kept")),
    ],
)
def test_a_review_that_says_nothing_or_of_a_day_that_cannot_be_is_refused(key: str, said: object, what: str):
    (fault,) = faults(twin(), reviews=(review(twin(), **{key: said}),))
    assert fault.path == ("reviews", 0, key) and what in fault.what


@pytest.mark.parametrize(("key", "said"), [("when", date(2026, 1, 1)), ("paid", "No."), ("consent_kept", "Nowhere public: in the shed.")])
def test_a_review_may_say_what_is_so(key: str, said: object):
    assert faults(twin(), reviews=(review(twin(), **{key: said}),)) == []


def test_the_guide_shows_a_review_that_can_exist(root: Path):
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = yaml.safe_load(guide[guide.index("  - id: review-your-group") :].partition("```")[0])
    assert review(twin(), **shown).of == "easy-ladder"
    assert set(shown) - {"id"} == set(Review.model_fields) - set(model.Record.model_fields)


def test_one_group_may_check_two_pages_on_one_day():
    shed = twin(id="easy-shed", name="The shed", lead="Sit down.")
    both = review(twin()), review(shed, id="review-shed")
    assert faults(twin(state="checked"), shed, reviews=both) == []
    facts = Facts(easy_read=(twin(), shed), reviews=both)
    assert [facts.title(each.id) for each in both] == [f"the Tuesday diggers, {READ}: The {name}" for name in ("garden", "shed")]


def test_the_newest_review_is_told_first():
    old, new = review(twin(), id="review-old", when=date(2026, 1, 1)), review(twin(), id="review-new", when=date(2026, 2, 1))
    facts = Facts(easy_read=(twin(),), reviews=(old, new, review(twin(), id="review-other", words="00000000")))
    assert facts.checks_of(twin()) == [new, old]


# --------------------------------------------------------------------- the blocks


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_easy_words(tiny_site(tmp_path_factory.mktemp("garden") / "site"))


@pytest.fixture
def easy_site(garden: Path, tmp_path: Path) -> Path:
    """A tiny site with one page in easy words, that a test may spoil."""
    return Path(shutil.copytree(garden, tmp_path / "site"))


def facts_of(project: Path) -> Facts:
    return reading.read(project / "docs" / "data").facts


def checked(project: Path) -> Path:
    """Record a review of the page in easy words as it is, and say that it is checked."""
    fingerprint = facts_of(project).easy_read[0].fingerprint
    write(project / "docs" / "data", {"reviews.yml": REVIEW.replace("00000000", fingerprint)})
    change(project / "docs" / "data" / "easy_read.yml", "state: draft", "state: checked")
    return project


def block(project: Path, page: str, macro: str, *ids: str) -> LexborHTMLParser:
    return LexborHTMLParser(str(getattr(Tables(reading.read(project / "docs" / "data"), page), macro)(*ids)))


def said(part) -> str:
    return " ".join(part.text(separator=" ").split())


def test_each_line_has_its_picture_first_and_then_its_words(easy_site: Path):
    lines = block(easy_site, "easy-read/index.md", "easy_read", "easy-garden").css(".cp-easy li")
    assert [[child.tag for child in item.iter()] for item in lines] == [["img", "div"]] * 2
    pictures = [item.css_first("img").attributes for item in lines]
    assert [picture["src"] for picture in pictures] == ["../assets/easy/ladder.svg", "../assets/easy/do-together.svg"]
    assert [picture["alt"] for picture in pictures] == ["", "Two people with one spade."]
    assert [[said(p) for p in item.css("p")] for item in lines] == [
        ["The ladder has two rungs .", "Rungs are steps."],
        ["We dig together."],
    ]
    assert [item.text() for item in lines[0].css("b")] == ["rungs"]


def test_simple_words_are_the_same_words_without_pictures(easy_site: Path):
    easy = block(easy_site, "easy-read/index.md", "easy_read", "easy-garden")
    simple = block(easy_site, "easy-read/simple-words.md", "simple_words", "easy-garden")
    assert said(easy.css_first(".cp-easy")) == said(simple.css_first(".cp-easy"))
    assert easy.css("img") and not simple.css("img")


def test_each_form_leads_to_all_the_others_and_to_the_fuller_page(easy_site: Path):
    for page, macro, other in (
        ("easy-read/index.md", "easy_read", "easy-read/simple-words/"),
        ("easy-read/simple-words.md", "simple_words", "easy-read/"),
    ):
        links = {tag.attributes["href"] for tag in block(easy_site, page, macro, "easy-garden").css("a[href]")}
        ways = {tag.attributes["href"] for tag in block(easy_site, page, macro, "easy-garden").css(".cp-easy-ways a")}
        assert relative(page_address(page), "easy-read/check/") in ways
        wanted = [other, sheet("easy-garden"), sheet("easy-garden", large=True), "ladder/", "about/#our-rung"]
        assert links >= {relative(page_address(page), there) for there in wanted}


@pytest.mark.parametrize(
    ("words", "hard", "shown"),
    [
        ("Rungs are rungs.", "rungs", "<b>Rungs</b> are rungs."),
        ("A spade, a spad.", "spad", "A spade, a <b>spad</b>."),
        ("No <i>.", None, "No &lt;i&gt;."),
        ("We <i> dig.", "<i>", "We <b>&lt;i&gt;</b> dig."),
    ],
)
def test_the_hard_word_is_bold_where_it_stands_first_as_a_whole(words: str, hard: str | None, shown: str):
    assert tables.bold(words, hard) == shown


def label(project: Path) -> str:
    return said(block(project, "easy-read/index.md", "easy_read", "easy-garden").css_first(".cp-draft"))


def test_the_label_says_draft_until_a_review_is_on_record(easy_site: Path):
    assert label(easy_site) == LABEL == " ".join(DRAFT)
    assert label(checked(easy_site)) == "Checked by the Tuesday diggers on 20 November 2026."


def test_who_saw_the_pictures_has_not_checked_the_words_alone(easy_site: Path):
    def labels() -> list[str]:
        return list(tables.easy_labels(facts_of(easy_site)).values())

    assert labels() == [LABEL] * 3
    whole = "Checked by the Tuesday diggers on 20 November 2026."
    alone = "Draft. Nobody has checked these words without pictures yet. With pictures they were checked"
    checked(easy_site)
    assert labels() == [whole, whole.replace("Checked", alone), whole]
    shown = block(easy_site, "easy-read/simple-words.md", "simple_words", "easy-garden").css_first(".cp-draft")
    assert said(shown) == labels()[1]
    change(easy_site / "docs" / "data" / "reviews.yml", "    when:", "    simple_words_too: true\n    when:")
    assert labels() == [whole] * 3


def test_the_question_of_the_label_leads_to_the_kit(easy_site: Path):
    link = block(easy_site, "easy-read/index.md", "easy_read", "easy-garden").css_first(".cp-draft a")
    assert (said(link), link.attributes["href"]) == ("Can your group help?", "check/")


def test_the_list_says_who_has_checked_what_and_what_has_changed_since(easy_site: Path):
    assert "Nobody yet." in said(block(easy_site, "easy-read/index.md", "easy_read_list"))
    told = "The ladder in easy words : the Tuesday diggers, on 20 November 2026. They read it out in the shed. The club paid them."
    listed = block(checked(easy_site), "easy-read/index.md", "easy_read_list").css_first("#review-diggers")
    assert said(listed).startswith(told) and "has changed" not in said(listed)
    assert "treasurer" not in said(listed)
    change(easy_site / "docs" / "data" / "easy_read.yml", "state: checked", "state: draft")
    change(easy_site / "docs" / "data" / "easy_read.yml", "We dig together.", "We dig here.")
    assert "The page has changed since then." in said(block(easy_site, "easy-read/index.md", "easy_read_list"))


# ---------------------------------------------------------------------- the pages


def check(project: Path) -> list[Finding]:
    return pages.check(project, reading.read(project / "docs" / "data"))[0]


def test_a_good_site_with_easy_words_has_nothing_to_put_right(easy_site: Path):
    assert check(easy_site) == []
    assert check(checked(easy_site)) == []


DATA = "docs/data/easy_read.yml"
SPOILT: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    "no link from the fuller page": (
        lambda p: change(p / "docs/ladder.md", "easy_read: easy-read/index.md\n", ""),
        "docs/ladder.md", "'easy_read' is missing, and the page's twin is easy-read/index.md", "Write 'easy_read: easy-read/index.md'.",
    ),
    "a link from another page": (
        lambda p: change(p / "docs/training.md", "owner: The editors\n", "owner: The editors\neasy_read: easy-read/index.md\n"),
        "docs/training.md", "no page is the twin of this one", "Take the line out",
    ),
    "no such fuller page": (
        lambda p: (
            change(p / DATA, "twin_of: ladder.md", "twin_of: laddder.md"),
            change(p / "docs/ladder.md", "easy_read: easy-read/index.md\n", ""),
        ),
        DATA, "'easy-garden' is the twin of 'laddder.md', and there is no such page", "Did you mean ladder.md?",
    ),
    "no simple words": (
        lambda p: (p / "docs/easy-read/simple-words.md").unlink(),
        DATA, "there is no page 'easy-read/simple-words.md' for {{ simple_words(\"easy-garden\") }}", "Add docs/easy-read/simple-words.md",
    ),
    "a kit that holds something else": (
        lambda p: change(p / "docs/easy-read/check.md", '{{ review_kit("easy-garden") }}', "Hello."),
        "docs/easy-read/check.md", 'the page does not hold {{ review_kit("easy-garden") }}', "line of its own",
    ),
    "another title": (
        lambda p: change(p / "docs/easy-read/index.md", "title: The ladder in easy words", "title: Ladders"),
        "docs/easy-read/index.md", "the title is 'Ladders', and 'easy-garden' is called 'The ladder in easy words'", DATA,
    ),
    "a picture that nobody drew": (
        lambda p: change(p / DATA, "picture: do-together", "picture: do-togethr"),
        DATA, "'easy-garden' shows the picture 'do-togethr', and there is none", "Did you mean do-together",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "file", "what", "fix"), SPOILT.values(), ids=SPOILT)
def test_a_form_or_a_link_that_is_not_there_is_found(spoil, file: str, what: str, fix: str, easy_site: Path):
    spoil(easy_site)
    (found,) = check(easy_site)
    assert found.file == file and what in found.what and fix in found.fix


def test_a_page_in_easy_words_is_held_to_its_own_level(easy_site: Path):
    page = easy_site / "docs" / "easy-read" / "index.md"
    change(page, "reading: practice", "reading: easy")
    change(page, "## All {", "We dig. We eat. Then we all go home.\n\n## All {")
    assert check(easy_site) == []
    change(page, "## All {", "Considerable organisational complexity necessitates extraordinary explanations.\n\n## All {")
    (found,) = check(easy_site)
    assert found.file == "docs/easy-read/index.md" and found.what.endswith("; an easy page may have 3 at most")


# ----------------------------------------------------------------- the built site


def built(project: Path) -> Path:
    into = project.parent / "built" / "site"
    found = pipeline.build(project, into, site_url=ADDRESS)
    assert found == []
    return into


def test_a_site_with_easy_words_is_built_and_says_that_they_are_a_draft(easy_site: Path):
    site_folder = built(easy_site)
    trees = {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in (site_folder / "easy-read").rglob("*.html")}
    assert len(trees) == 3
    assert all([said(tag) for tag in tree.css(".cp-draft")] == [LABEL] for tree in trees.values())
    assert (site_folder / sheet("easy-garden")).is_file()


def test_the_first_honest_check_turns_nothing_red(easy_site: Path):
    """A site with a proper review is built. Each form says who checked it, leads to the others and is near its kit."""
    site_folder = built(checked(easy_site))
    (easy,) = twins = facts_of(easy_site).easy_read
    for page, label in tables.easy_labels(facts_of(easy_site)).items():
        tree = LexborHTMLParser((site_folder / page / "index.html").read_text(encoding="utf-8"))
        assert [said(tag) for tag in tree.css(".cp-draft")] == [label]
        assert "checked by the Tuesday diggers on 20 November 2026." in label.replace("Checked", "checked")
    assert led_astray(site_folder, twins) == []
    assert far_from_kit(site_folder, easy) == []


def test_the_word_checked_alone_stops_the_build(easy_site: Path):
    change(easy_site / DATA, "state: draft", "state: checked")
    (found,) = pipeline.build(easy_site, easy_site.parent / "built" / "site", site_url=ADDRESS)
    assert (found.file, found.line) == (DATA, 14) and "no review of it is on record" in found.what


def test_a_review_of_other_words_stops_the_build(easy_site: Path):
    checked(easy_site)
    change(easy_site / DATA, "We dig together.", "We dig here.")
    (found,) = pipeline.build(easy_site, easy_site.parent / "built" / "site", site_url=ADDRESS)
    assert found.file == DATA and "its words have changed since" in found.what


def test_a_page_below_easy_read_without_the_label_stops_the_build(easy_site: Path):
    write(easy_site, {"docs/easy-read/more.md": (easy_site / "docs/training.md").read_text(encoding="utf-8").replace("Training", "Mulching")})
    (found,) = pipeline.build(easy_site, easy_site.parent / "built" / "site", site_url=ADDRESS)
    assert found.file == "site/easy-read/more/index.html" and "the label on top of the page is missing" in found.what


@pytest.mark.parametrize(
    ("html", "good"),
    [
        (f'<main><p class="cp-draft"><b>Draft.</b> {LABEL[7:]}</p></main>', True),
        ("<main><p>Draft.</p></main>", False),
        ('<main><p class="cp-draft">Checked by us all.</p></main>', False),
        (f'<main><p class="cp-draft">{LABEL[:-21]}</p></main>', False),
        (f'<main><p class="cp-draft">{LABEL}</p><p class="cp-draft">Checked.</p></main>', False),
        (f'<p class="cp-draft">{LABEL}</p><main></main>', False),
    ],
)
def test_the_label_is_the_one_that_the_record_gives(html: str, good: bool, tmp_path: Path):
    write(tmp_path, {"easy-read/index.html": html, "other/index.html": "<main></main>"})
    found = site.check_labels(tmp_path, "easy-read", {"easy-read/": LABEL}, LABEL)
    assert (found == []) == good


CLAIMS = [
    "People with learning disabilities have checked this page, and they like it.",
    "A group of people with learning disabilities checked every line of this.",
    "The easy read of this page was checked by people with learning disabilities.",
    "Was checked by people with learning disabilities.",
    "These easy words are tested with people with learning disabilities.",
    "Our easy words are approved by a group.",
    "This easy read has been read right through by a group.",
    "People with learning difficulties tried the easy words out.",
    "People with learning disabilities looked through all of it.",
    "A group of people with learning disabilities has signed it off.",
    "We did not write it alone, but people with learning disabilities have checked it.",
    "When people with learning disabilities checked this, they liked it.",
    "If you wonder, people with learning disabilities have checked this.",
    "It was a draft before people with learning disabilities checked it.",
    "You can be sure that people with learning disabilities checked this page.",
    "Do not worry: people with learning disabilities checked this.",
]
NO_CLAIMS = [
    "People with learning disabilities have not checked this yet.",
    "They haven’t tested the easy read.",
    "Nobody with a learning disability has checked it.",
    "No group has checked our easy words.",
    "This is a draft until people with learning disabilities have checked it.",
    "When a group has checked the easy words, the label says so.",
    "Once checked by people with learning disabilities, the label changes.",
    "Each says on top if people with learning disabilities have checked it.",
    "Before a group has tried the easy words, they are a draft.",
    "After a group has read it through, the easy words get a new label.",
    "The easy words will be tested with a group.",
    "The easy words can be checked by your group.",
    "We want the easy read to be checked by people with learning disabilities.",
    "We would like people with learning disabilities to check it.",
    "The page says who has checked the easy words.",
    "You checked version 2 of the easy words.",
]


@pytest.mark.parametrize("path", ["easy-read/index.html", "other/index.html"])
@pytest.mark.parametrize(("sentence", "claims"), [*((text, True) for text in CLAIMS), *((text, False) for text in NO_CLAIMS)])
def test_a_sentence_that_claims_a_check_is_told_from_one_that_denies_or_plans_it(sentence: str, claims: bool, path: str, tmp_path: Path):
    label = '<p class="cp-draft">Draft.</p>'
    write(tmp_path, {path: f"<main>{label}<p>We dig. <b>{sentence[:9]}</b>{sentence[9:]} Come and see.</p></main>"})
    found = site.check_labels(tmp_path, "easy-read", {"easy-read/": "Draft."}, LABEL)
    assert [finding.rule for finding in found] == ["check-typed"] * claims


@pytest.mark.parametrize(
    "html",
    [
        "<main><p>People with learning disabilities helped.</p><p>We tested the beans.</p></main>",
        "<main><ul><li>Easy words</li><li>Checked by us</li></ul></main>",
        "<main><table><tr><th>Easy read</th><td>Tested</td></tr></table></main>",
    ],
)
def test_on_other_pages_words_are_taken_together_only_in_one_sentence(html: str, tmp_path: Path):
    write(tmp_path, {"other/index.html": html})
    assert site.check_labels(tmp_path, "easy-read", {}, LABEL) == []
    write(tmp_path, {"easy-read/index.html": html.replace("<main>", f'<main><p class="cp-draft">{LABEL}</p>')})
    assert [finding.rule for finding in site.check_labels(tmp_path, "easy-read", {}, LABEL)] == ["check-typed"]


@pytest.mark.parametrize("html", ['<img alt="{}">', '<a href="#x" aria-label="{}">x</a>', '<p class="cp-draft">{}</p>'])
def test_what_is_said_in_other_ways_counts_as_well(html: str, tmp_path: Path):
    write(tmp_path, {"other/index.html": f"<main>{html.format(CLAIMS[0])}</main>"})
    assert [finding.rule for finding in site.check_labels(tmp_path, "easy-read", {}, LABEL)] == ["check-typed"]


FORGED = "Checked by a group of people with learning disabilities"


@pytest.mark.parametrize(
    ("title", "description", "body", "where"),
    [
        ("The garden", "We dig.", "<h2>Who has checked them?</h2><p>We check it with you.</p>", []),
        (FORGED, "We dig.", "", ["title"]),
        ("The garden", f"{FORGED}.", "", ["description"]),
        ("The garden", "We dig.", f"<p>{FORGED}.</p>", ["words"]),
        ("The garden", "We dig.", "<p><b>TESTED</b>\nwith a group.</p>", ["words"]),
        ("The garden", "We dig.", "<h2>Approved by us all</h2>", ["words"]),
        ("The garden", "We dig.", '<h3 id="cp-easy-checks">Who?</h3><ul><li>Reviewed with care.</li></ul>', []),
        ("The garden", "We dig.", '<h3 id="cp-easy-checks">Who?</h3><ul><li>We.</li></ul><p>Reviewed by us.</p>', ["words"]),
    ],
)
def test_only_the_label_and_the_list_of_reviews_say_who_checked_it(title: str, description: str, body: str, where: list, tmp_path: Path):
    head = f'<title>{title}</title><meta name="description" content="{description}">'
    html = f'<head>{head}</head><body><main><p class="cp-draft">Checked by the diggers.</p>{body}</main></body>'
    write(tmp_path, {"easy-read/index.html": html})
    found = site.check_labels(tmp_path, "easy-read", {"easy-read/": "Checked by the diggers."}, LABEL)
    assert [re.match(r"the (\w+) of the page", finding.what)[1] for finding in found] == where
    assert {finding.file for finding in found} <= {"site/easy-read/index.html"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/easy-read/index.md", "{{ easy_read(", f"{FORGED}.\n\n{{{{ easy_read("),
        ("docs/easy-read/simple-words.md", "description: ", f"description: {FORGED}. "),
        (DATA, "name: What is it?", f"name: {FORGED}"),
    ],
    ids=["above the macro", "description", "name of a part"],
)
def test_who_types_that_it_was_checked_gets_no_site(file: str, old: str, new: str, easy_site: Path):
    change(easy_site / file, old, new)
    found = pipeline.build(easy_site, easy_site.parent / "built" / "site", site_url=ADDRESS)
    assert {finding.rule for finding in found} == {"check-typed"}
    assert all(finding.file.startswith("site/easy-read/") for finding in found)


def test_each_form_of_a_page_must_bear_its_own_label(tmp_path: Path):
    write(tmp_path, {"easy-read/index.html": '<main><p class="cp-draft">Checked by us.</p></main>'})
    assert site.check_labels(tmp_path, "easy-read", {"easy-read/": "Checked by us."}, LABEL) == []
    assert site.check_labels(tmp_path, "easy-read", {"easy-read/other/": "Checked by us."}, LABEL) != []


# ------------------------------------------------------------------ the real pages


@pytest.fixture(scope="module")
def twins(root: Path) -> tuple[EasyRead, ...]:
    return reading.read(root / "docs" / "data").facts.easy_read


def tree_at(folder: Path, page: str) -> LexborHTMLParser:
    return LexborHTMLParser((folder / page_address(page) / "index.html").read_text(encoding="utf-8"))


def led_astray(folder: Path, twins: tuple[EasyRead, ...]) -> list[str]:
    """The pages in easy words from which, or to which, no link leads to or from the fuller page."""
    astray = []
    for easy in twins:
        there = {tag.attributes["href"] for tag in tree_at(folder, easy.twin_of).css(".cp-top .cp-twin a")}
        back = {tag.attributes["href"] for tag in tree_at(folder, easy.home).css(".cp-easy-ways a")}
        ways = ((easy.twin_of, easy.home, there), (easy.home, easy.twin_of, back))
        astray += [start for start, end, links in ways if relative(page_address(start), page_address(end)) not in links]
    return astray


def test_twins_lead_to_one_another(built_site: Path, twins: tuple[EasyRead, ...]):
    assert led_astray(built_site, twins) == []


def far_from_kit(folder: Path, easy: EasyRead) -> list[str]:
    """The forms of a page from which the first question of its kit is more than two actions away."""
    start = tree_at(folder, easy.kit).css_first("#kit-start a[href='#kit-1']")
    assert start and said(start) == "Start"
    forms = ((page, tree_at(folder, page).css("main a")) for page in (easy.home, easy.simple_words))
    kit = page_address(easy.kit)
    return [page for page, links in forms if relative(page_address(page), kit) not in {tag.attributes["href"] for tag in links}]


def test_the_first_question_is_two_actions_from_each_form(built_site: Path, twins: tuple[EasyRead, ...]):
    assert [far_from_kit(built_site, easy) for easy in twins] == [[]] * len(twins)


def test_a_page_without_its_ways_would_be_noticed(tmp_path: Path):
    easy = twin()
    write(tmp_path, {f"{page_address(page)}index.html": "<main></main>" for page in (easy.home, easy.simple_words, easy.twin_of)})
    write(tmp_path, {"easy-read/check/index.html": '<main><p id="kit-start"><a href="#kit-1">Start</a></p></main>'})
    assert led_astray(tmp_path, (easy,)) == [easy.twin_of, easy.home]
    assert far_from_kit(tmp_path, easy) == [easy.home, easy.simple_words]


def test_only_the_page_with_pictures_is_found_by_searching(built_site: Path, twins: tuple[EasyRead, ...]):
    listed = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    index = (built_site / "assets" / "search-index-1.js").read_text(encoding="utf-8")
    for easy in twins:
        assert f"/{page_address(easy.home)}</loc>" in listed and f'["{page_address(easy.home)}",' in index
        for page in (easy.simple_words, easy.kit):
            assert f"/{page_address(page)}</loc>" not in listed and f'"{page_address(page)}"' not in index
            assert not site.may_be_found(tree_at(built_site, page))


def test_the_parts_of_another_form_may_come_and_go(built_site: Path, twins: tuple[EasyRead, ...]):
    promised = set(published.of_site(built_site))
    for easy in twins:
        assert f"{page_address(easy.home)}#{easy.id}" in promised
        for address in (page_address(easy.simple_words), page_address(easy.kit)):
            assert [line for line in promised if line.startswith(address)] == [address]


def test_a_page_about_the_readers_own_life_says_who_has_not_checked_it(built_site: Path):
    """Until those it speaks of have, as for pages in easy words."""
    shown = tree_at(built_site, "taking-part.md").css_first(".cp-top .cp-draft")
    asked = "Carers and people who draw on care and support have not checked this yet."
    assert said(shown) == f"{DRAFT[0]} {asked} {DRAFT[-1]}"
    assert not tree_at(built_site, "ladder.md").css(".cp-draft")


def test_easy_words_have_no_picture_of_anybody_else(built_site: Path, root: Path, twins: tuple[EasyRead, ...]):
    for easy in twins:
        for tag in tree_at(built_site, easy.home).css("main img"):
            assert re.fullmatch(r"(\.\./)+assets/easy/[a-z-]+\.svg", tag.attributes["src"])


# --------------------------------------------------------------------- in a browser

_LAID_OUT = """
() => [...document.querySelectorAll(".cp-easy li")].map((line) => {
  const words = line.querySelector("p");
  const [picture, text] = [line.querySelector("img"), words].map((part) => part && part.getBoundingClientRect());
  const style = getComputedStyle(words);
  return {
    left: picture ? picture.right <= text.left && picture.top < text.bottom && text.top < picture.bottom : null,
    drawn: line.querySelector("img")?.naturalWidth > 0,
    size: parseFloat(style.fontSize),
    spacing: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
    aligned: style.textAlign,
  };
})
"""


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["easy-read/", "easy-read/ladder/", "easy-read/taking-part/"])
def test_the_picture_stands_left_of_large_letters_with_much_room(path: str, width: int, page, site_address: str):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site_address + path)
    lines = page.evaluate(_LAID_OUT)
    assert len(lines) >= 12
    assert all(line["left"] and line["drawn"] for line in lines)
    assert all(line["size"] >= 20 and line["spacing"] >= 1.5 and line["aligned"] == "start" for line in lines)


def test_simple_words_are_as_large(page, site_address: str):
    page.goto(site_address + "easy-read/ladder/simple-words/")
    lines = page.evaluate(_LAID_OUT)
    assert len(lines) >= 12 and all(line["left"] is None and line["size"] >= 20 for line in lines)


def test_paper_has_the_words_and_pictures_and_nothing_for_the_screen(page, site_address: str):
    page.goto(site_address + "easy-read/")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "() => [...document.querySelectorAll('main *')].filter((part) => part.checkVisibility()).map((part) => part.className || part.tagName)"
    )
    assert "cp-draft" in shown and shown.count("IMG") >= 12
    assert not {"cp-easy-ways", "cp-easy-other", "cp-easy-list", "cp-said"} & set(shown)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("easy read", "easy-read/"),
        ("easyread", "easy-read/"),
        ("easy words", "easy-read/"),
        ("easy read ladder", "easy-read/ladder/"),
        ("ladder in easy words", "easy-read/ladder/"),
        ("easy read taking part", "easy-read/taking-part/"),
        # Who asks for the thing itself is not sent to its easy words.
        ("ladder", "ladder/"),
        ("what is co-production", "what/"),
        ("taking part", "taking-part/"),
    ],
)
def test_search_leads_to_easy_words_when_they_are_asked_for(words: str, first: str, page, site_address: str):
    assert bench.ask_ours(page, site_address, words)[0] == first
