"""The small pages that lead on: from permanent addresses, from old ones, and from what was taken out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from coproduction import forwarding, pages, pipeline, reading
from coproduction.addresses import permanent
from coproduction.findings import report
from coproduction.model import Failing, Record, Review, Withdrawn
from coproduction.wording import LONGEST_DESCRIPTION, LONGEST_TITLE
from selectolax.lexbor import LexborHTMLParser
from tiny import WITHDRAWN, change, tiny_site, write

SITE = "https://garden.example/sub/"
RUNS = "script:not([type='application/ld+json'])"  # what is not just data


def small_pages(project: Path, folder: Path, site_url: str = SITE) -> dict[str, LexborHTMLParser]:
    """Every small page of the project, by its address."""
    forwarding.write(folder, reading.read(project / "docs" / "data").facts, pages.metas(project), site_url)
    found = sorted(folder.rglob("index.html"))
    return {
        f"{path.parent.relative_to(folder).as_posix()}/": LexborHTMLParser(path.read_text(encoding="utf-8")) for path in found
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tiny_site(tmp_path / "project")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def said(part) -> str:
    return " ".join(part.text(separator=" ").split())


def leads_to(page: LexborHTMLParser) -> str | None:
    """Where a page sends its reader on by itself."""
    refresh = page.css_first("meta[http-equiv=refresh]")
    return re.fullmatch(r"0; url=(\S+)", refresh.attributes["content"])[1] if refresh else None


def test_each_id_and_each_that_it_had_before_leads_to_the_record_at_its_home(project: Path, site: Path) -> None:
    small, facts = small_pages(project, site), reading.read(project / "docs" / "data").facts
    assert set(small) == {permanent(id) for _, record in facts.records for id in (record.id, *record.formerly)}
    for address, to in {
        "r/ladder-informing/": "ladder/#ladder-informing",
        "r/value-garden-patience/": "models/#value-garden-patience",
        "r/value-garden-waiting/": "models/#value-garden-patience",
        "r/ask-contact/": "taking-part/#ask-contact",
    }.items():
        page = small[address]
        assert urljoin(SITE + address, leads_to(page)) == SITE + to
        assert [urljoin(SITE + address, link.attributes["href"]) for link in page.css("a")] == [SITE + to]
        assert page.css_first("link[rel=canonical]").attributes["href"] == SITE + to.partition("#")[0]


def test_a_small_page_says_what_it_leads_to_and_needs_no_script(project: Path, site: Path) -> None:
    page = small_pages(project, site)["r/ladder-informing/"]
    assert said(page.css_first("title")) == "Informing – The garden ladder" and said(page.css_first("h1")) == "Informing"
    assert page.css_first("meta[name=description]").attributes["content"] == "Someone tells you what will grow."
    assert said(page.css_first("a")) == "Go on to Informing, on the page “The garden ladder”"
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("html").attributes["lang"] == "en-GB" and not page.css(RUNS)


def test_a_long_description_is_cut_between_two_words(project: Path, site: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "A tool to dig with.", "A tool to dig with. " * 20)
    words = small_pages(project, site)["r/word-spade/"].css_first("meta[name=description]").attributes["content"]
    assert 100 < len(words) <= LONGEST_DESCRIPTION and re.search(r"(A|tool|to|dig|with\.) …$", words)


def test_a_long_title_is_cut_between_two_words(project: Path, site: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "name: Spade", "name: Spade" + " and fork" * 9)
    change(project / "docs" / "data" / "glossary.yml", "name: Gardener", "name: Spade" + " and fork" * 10)
    small = small_pages(project, site)
    assert (
        said(small["r/word-spade/"].css_first("title")) == "Spade and fork and fork and fork and fork and fork and fork… – Words"
    )
    assert said(small["r/word-gardener/"].css_first("title")).endswith("… – r/word-gardener/")
    assert max(len(said(page.css_first("title"))) for page in small.values()) <= LONGEST_TITLE


def test_words_that_look_like_html_stay_words(project: Path, site: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "name: Spade", 'name: "\\"><script dig()</script"')
    page = small_pages(project, site)["r/word-spade/"]
    assert not page.css(RUNS) and said(page.css_first("h1")) == '"><script dig()</script'


def test_two_things_of_one_name_on_one_page_have_titles_that_differ(project: Path, site: Path) -> None:
    change(project / "docs" / "data" / "frameworks.yml", "name: Trust", "name: Taking time")  # as a theme at home there
    titles = [said(page.css_first("title")) for page in small_pages(project, site).values()]
    assert "Taking time – Values" in titles and "Taking time – r/theme-time/" in titles
    assert len(set(titles)) == len(titles)


def test_without_an_address_of_the_site_no_canonical_one_is_made_up(project: Path, site: Path) -> None:
    assert not small_pages(project, site, "/")["r/word-spade/"].css("link[rel=canonical]")


def test_the_old_address_of_a_page_leads_to_its_new_one(project: Path, site: Path) -> None:
    change(project / "docs" / "ladder.md", "reading: practice", "formerly: [steps/old.md, rungs.md]\nreading: practice")
    small = small_pages(project, site)
    assert leads_to(small["steps/old/"]) == "../../ladder/" and leads_to(small["rungs/"]) == "../ladder/"
    titles = {said(small[address].css_first("title")) for address in ("steps/old/", "rungs/")}
    assert titles == {"The garden ladder – moved from steps/old/", "The garden ladder – moved from rungs/"}


def test_what_was_taken_out_says_what_happened_and_where_to_go(project: Path, site: Path) -> None:
    write(project, {"docs/data/withdrawn.yml": WITHDRAWN})
    small = small_pages(project, site)
    for address in ("r/word-hoe/", "r/word-scraper/"):
        page = small[address]
        assert leads_to(page) is None
        assert said(page.css_first("main")).startswith("Hoe This is no longer here. We took it out. Nobody hoes here.")
        links = {said(link): urljoin(SITE + address, link.attributes["href"]) for link in page.css("a")}
        assert links == {
            "Spade": f"{SITE}words/#word-spade",
            "Go on to the page “Words”": f"{SITE}words/",
            "Go to the home page": SITE,
        }
    assert leads_to(small["r/word-spade/"])


def test_a_page_that_was_taken_out_says_so_at_its_old_address(project: Path, site: Path) -> None:
    gone = (
        WITHDRAWN.rstrip()
        + "\n      - id: page-compost\n        was: compost/index.md\n        name: Compost\n        plain: It rotted.\n"
    )
    write(project, {"docs/data/withdrawn.yml": gone})
    small = small_pages(project, site)
    assert said(small["compost/"].css_first("h1")) == "Compost" and "It rotted." in said(small["compost/"].body)
    assert leads_to(small["compost/"]) is None and "r/page-compost/" in small


def test_a_whole_site_with_all_of_these_builds_and_search_does_not_find_them(project: Path, site: Path) -> None:
    write(project, {"docs/data/withdrawn.yml": WITHDRAWN})
    change(project / "docs" / "words.md", "{{ glossary() }}", "{{ glossary() }}\n\n{{ withdrawn() }}")
    change(project / "docs" / "ladder.md", "reading: practice", "formerly: [rungs.md]\nreading: practice")
    change(project / "docs" / "ladder.md", "{: #criticisms }", '<span id="fair-points"></span> {: #criticisms }')
    found = pipeline.build(project, site)
    assert not found, report(found)
    ladder = LexborHTMLParser((site / "ladder" / "index.html").read_text(encoding="utf-8"))
    assert ladder.css_first("h2#criticisms #fair-points") and "fair-points" not in said(ladder.body)
    assert {"r", "rungs"} <= {path.name for path in site.iterdir()}
    index = "".join(path.read_text(encoding="utf-8") for path in site.glob("assets/search-index*.js"))
    assert "ladder/" in index and '"r/' not in index and '"rungs/' not in index
    assert "/r/" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_what_was_taken_out_must_be_told_on_its_page(project: Path, site: Path) -> None:
    write(project, {"docs/data/withdrawn.yml": WITHDRAWN})
    (finding,) = pipeline.build(project, site)
    assert finding.file == "docs/data/withdrawn.yml" and "'word-hoe' does not appear on its home page" in finding.what
    assert "{{ withdrawn() }}" in finding.fix


# ------------------------------------------------------------ one address, one page


@pytest.mark.parametrize(
    ("old", "what"),
    [
        ("words.md", "the address of 'words.md' is that of docs/words.md too"),
        ("words/index.md", "the address of 'words/index.md' is that of docs/words.md too"),
        ("ladder.md", "the address of 'ladder.md' is that of docs/ladder.md too"),
        ("rungs.md, rungs.md", "the address of 'rungs.md' is that of docs/ladder.md too"),
        ("compost.md", "the address of 'compost.md' is that of docs/ladder.md too"),
        ("r/word-spade.md", "'r/word-spade.md' stands among the permanent links"),
        ("/rungs.md", "'formerly' cannot be used: '/rungs.md' is not of the right form"),
        ("rungs", "'formerly' cannot be used: 'rungs' is not of the right form"),
        ("rungs.md", None),
    ],
)
def test_an_old_address_belongs_to_one_page_that_is_elsewhere_now(old: str, what: str | None, project: Path) -> None:
    line = change(project / "docs" / "ladder.md", "reading: practice", f"formerly: [{old}]\nreading: practice")
    other = change(project / "docs" / "taking-part.md", "reading: practice", "formerly: [compost.md]\nreading: practice")
    found, _ = pages.check(project, reading.read(project / "docs" / "data"))
    assert [finding.what for finding in found if "no such page" not in finding.what] == ([what] if what else [])
    if what:
        place = [(f.file, f.line) for f in found if f.what == what]
        assert place == [("docs/taking-part.md", other) if old == "compost.md" else ("docs/ladder.md", line)]


def test_a_page_cannot_stand_among_the_permanent_links_nor_be_there_and_taken_out(project: Path) -> None:
    text = (project / "docs" / "help-improve.md").read_text(encoding="utf-8")
    write(project, {"docs/r/word-hoe.md": text.replace("title: Help us", "title: Hoe")})
    change(project / "mkdocs.yml", "not_in_nav: /search.md", "not_in_nav: |\n  /search.md\n  /r/")
    gone = (
        WITHDRAWN.rstrip() + "\n      - id: page-words\n        was: words.md\n        name: Words\n        plain: It is gone.\n"
    )
    write(project, {"docs/data/withdrawn.yml": gone})
    change(project / "docs" / "words.md", "{{ glossary() }}", "{{ glossary() }}\n\n{{ withdrawn() }}")
    found, _ = pages.check(project, reading.read(project / "docs" / "data"))
    assert [(finding.file, finding.what) for finding in found] == [
        ("docs/r/word-hoe.md", "'r/word-hoe.md' stands among the permanent links"),
        ("docs/data/withdrawn.yml", "the address of 'words.md' is that of docs/words.md too"),
    ]


# ------------------------------------------------------------------- the real site


@pytest.mark.parametrize("kind", Record.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_kind_of_record_has_plain_words_for_its_small_page(kind: type[Record], root: Path) -> None:
    records = [record for _, record in reading.read(root / "docs" / "data").facts.records if isinstance(record, kind)]
    assert records or kind in (Failing, Review, Withdrawn)
    assert all(len(forwarding.plain_words(record)) > 2 for record in records)


def test_a_record_without_plain_words_is_told_by_its_title() -> None:
    bare = {"id": "game-seed", "status": "ours", "reviewed": date(2026, 11, 22), "review_by": date(2027, 11, 22), "home": "words.md"}
    assert forwarding.plain_words(Record(**bare)) == "game-seed"


def test_every_id_of_the_real_facts_has_its_small_page_and_each_title_is_its_own(root: Path, built_site: Path) -> None:
    facts = reading.read(root / "docs" / "data").facts
    issued = {id for _, record in facts.records for id in (record.id, *record.formerly)}
    assert {path.name for path in (built_site / "r").iterdir()} == issued
    titles = [small.title for small in forwarding.forwards(facts, pages.metas(root))]
    assert len(set(titles)) == len(titles) > 600
