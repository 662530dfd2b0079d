"""The pages by which a reader tells us of a mistake: two actions to a ready message, from every part of every page."""

from __future__ import annotations

import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from axe_core import Axe
from coproduction import doors, findings, pages, pipeline, reading, settings, wording
from coproduction.addresses import DOORS, PERMANENT, page_address
from coproduction.settings import Extra
from coproduction.tables import Around, printed
from plain_host import hosted
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser
from tiny import change, good_data, tiny_site, with_settings, with_statement

SITE = "https://garden.example/"
INBOX = "dig@garden.example"
EDIT_PAGE, EDIT_LINE = "https://code.example/edit/", "https://code.example/line/"
A4 = (595, 842)  # points
HARDEST = 6  # reading level (ARI) of what everyone reads
PHONE = {"width": 320, "height": 640}


def build(project: Path, into: Path) -> Path:
    found = pipeline.build(project, into, site_url=SITE)
    assert not found, findings.report(found)
    return into


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site with an inbox and a code host."""
    project = tiny_site(tmp_path_factory.mktemp("garden") / "project")
    switches = project / "mkdocs.yml"
    change(switches, 'email: ""', f'email: "{INBOX}"')
    change(switches, 'forms: ""', 'forms: "https://code.example/new?template={form}"')
    change(switches, 'edit_page: ""', 'edit_page: "https://code.example/edit/{path}"')
    change(project / "docs" / "taking-part.md", "title: Taking part", 'title: "Taking part: you & me <b>"')
    return project


@pytest.fixture(scope="module")
def with_inbox(garden: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(garden, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="module")
def on_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site that nobody owns: only paper works."""
    folder = tmp_path_factory.mktemp("paper")
    return build(tiny_site(folder / "project"), folder / "site")


@pytest.fixture(scope="module")
def owned(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as it will be once somebody owns it: with an inbox and a code host."""
    project = tmp_path_factory.mktemp("owned") / "project"
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    made = {"email": INBOX, "edit_page": f"{EDIT_PAGE}{{path}}", "edit_line": f"{EDIT_LINE}{{path}}#L{{line}}"}
    switches = with_settings((root / "mkdocs.yml").read_text(encoding="utf-8"), **made)
    (project / "mkdocs.yml").write_text(switches, encoding="utf-8")
    return build(project, project / "site")


def tree(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text(encoding="utf-8"))


def address(page: Path, site: Path) -> str:
    folder = page.parent.relative_to(site).as_posix()
    return "" if folder == "." else f"{folder}/"


def of_engine(site: Path) -> list[Path]:
    """Every page but those that lead on, and the doors themselves."""
    return [page for page in site.rglob("index.html") if not address(page, site).startswith((PERMANENT, DOORS))]


def leads_to(page: Path, site: Path) -> Path:
    """The door that a page names at its end."""
    link = tree(page).css_first(".cp-end .cp-change a[href*='tell/']")
    there = urljoin(f"https://site/{address(page, site)}", link.attributes["href"])
    return site / urlsplit(there).path.lstrip("/") / "index.html"


def sections(page: Path) -> set[str]:
    """The id of every part of a page that a reader could mean."""
    main = tree(page).css_first("main")
    for frame in main.css("nav, .cp-end"):
        frame.decompose()
    return {tag.attributes["id"] for tag in main.css("h2[id], h3[id], h4[id]") if len(tag.text().strip()) > 1}


def letters(door: Path) -> list[tuple[str, str, list[str]]]:
    """Of each ready message its address, its subject and its lines."""
    found = []
    for link in tree(door).css("a[href^='mailto:']"):
        parts = urlsplit(link.attributes["href"])
        said = parse_qs(parts.query, strict_parsing=True)
        found.append((unquote(parts.path), said["subject"][0], said["body"][0].split("\r\n")))
    return found


# ------------------------------------------------------------------- e-mail, in two actions


def test_each_part_of_each_page_is_two_links_from_a_message_with_page_part_and_edition(with_inbox: Path) -> None:
    seen = 0
    for page in of_engine(with_inbox):
        messages = letters(leads_to(page, with_inbox))
        here = SITE + address(page, with_inbox)
        title = " ".join(tree(page).css_first("h1").text().split())
        for to, subject, lines in messages:
            assert to == INBOX and subject.startswith(f"{title}: ") and lines[0] == f"Page: {title}"
            assert lines[1].partition("#")[0] == f"Address: {here}"
            assert re.fullmatch(r"Edition: \d{1,2} [A-Z][a-z]+ \d{4}", lines[3])
            assert not any("\n" in line or "\r" in line for line in lines)
        named = {lines[1].partition("#")[2]: lines[2] for _, _, lines in messages}
        assert set(named) == sections(page) | {""}
        assert named.pop("") == "Part: the whole page"
        assert all(part.endswith(f"(#{id})") for id, part in named.items())
        seen += len(messages)
    assert seen > 40


def test_every_page_of_the_real_site_has_a_door_that_knows_its_parts(root: Path, owned: Path) -> None:
    real = of_engine(owned)
    assert len(real) == len(list((root / "docs").rglob("*.md")))
    for page in real:
        assert {lines[1].partition("#")[2] for _, _, lines in letters(leads_to(page, owned))} == sections(page) | {""}


def test_without_an_inbox_the_page_and_its_door_say_so(with_inbox: Path, on_paper: Path, built_site: Path, root: Path) -> None:
    for site, email in ((with_inbox, INBOX), (on_paper, ""), (built_site, settings.read(root).extra.email)):
        for page in of_engine(site):
            door = leads_to(page, site)
            assert ("This copy of the site has no inbox yet." in tree(page).css_first(".cp-change").text()) is not bool(email)
            assert ("This copy of the site has no inbox yet" in tree(door).css_first(".cp-body").text()) is not bool(email)
            assert {to for to, _, _ in letters(door)} == ({email} if email else set())


def test_the_page_for_any_page_leads_to_all_the_others(with_inbox: Path) -> None:
    any_page = with_inbox / DOORS / "index.html"
    links = {link.attributes["href"] for link in tree(any_page).css("#pages + ul a")}
    others = {page.parent.relative_to(any_page.parent).as_posix() + "/" for page in any_page.parent.rglob("index.html")} - {"./"}
    assert links == others and len(others) == len(of_engine(with_inbox))
    assert [(to, lines[:2]) for to, _, lines in letters(any_page)] == [(INBOX, [lines[0], "Page:"]) for _, _, lines in letters(any_page)]


def test_the_page_for_any_page_has_the_order_the_groups_and_the_names_of_the_menu(built_site: Path) -> None:
    def groups(pages: LexborHTMLParser, at: str) -> list[list[str]]:
        return [[each.text().strip() for each in group.css("a, b, span")] for group in pages.css(f"{at} > li")]

    menu = groups(tree(built_site / "index.html"), ".cp-footer .cp-pages")
    *listed, others = groups(tree(built_site / DOORS / "index.html"), "#pages + ul")
    assert listed == menu and len(menu) > 5
    assert others[0] == "Other pages" and {"What changed", "Search"} < set(others)


def test_a_door_leads_home_by_the_name_of_the_site(with_inbox: Path) -> None:
    for door in (with_inbox / DOORS).rglob("index.html"):
        [home] = tree(door).css("header a")
        there = urljoin(f"https://site/{address(door, with_inbox)}", home.attributes["href"])
        assert there == "https://site/" and home.text() == tree(with_inbox / "index.html").css_first(".cp-brand").text().strip()


def test_a_door_does_not_call_ways_equal_while_only_paper_works(with_inbox: Path, on_paper: Path) -> None:
    for site, open_ways in ((with_inbox, True), (on_paper, False)):
        lead = tree(site / DOORS / "ladder" / "index.html").css_first(".cp-lead").text()
        assert ("Each way counts the same." in lead) is open_ways and ("only paper works" in lead) is not open_ways


PROMISE = "You will hear from us within ten days."


@pytest.mark.parametrize(
    ("agreed", "given", "said"),
    [
        ("", Extra(email=INBOX), "Nobody has promised how fast you will hear from us."),
        (PROMISE, Extra(email=INBOX), PROMISE),
        (PROMISE, Extra(forms="https://code.example/new?template={form}"), PROMISE),
        (PROMISE, Extra(), "Nobody has promised how fast you will hear from us."),  # nobody would get it
    ],
)
def test_a_door_promises_what_an_owner_has_agreed_to_and_no_more(
    agreed: str, given: Extra, said: str, garden: Path, with_inbox: Path, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(with_inbox, tmp_path / "site"))
    doors.write(site, given, pages.metas(garden), date(2026, 11, 22), SITE, agreed)
    made = list((site / DOORS).rglob("index.html"))
    assert len(made) == len(of_engine(with_inbox)) + 1
    for door in made:
        assert " ".join(tree(door).css_first("#next + p").text().split()) == f"{said} What happens to your idea"


def test_what_the_statement_promises_stands_on_the_doors_that_a_build_makes(garden: Path, with_inbox: Path, tmp_path: Path) -> None:
    assert "Nobody has promised" in tree(with_inbox / DOORS / "index.html").css_first("#next + p").text()
    project = with_statement(Path(shutil.copytree(garden, tmp_path / "project")))
    change(project / "docs" / "data" / "accessibility.yml", "law: [", f"heard_within: {PROMISE}\n    law: [")
    assert PROMISE in tree(build(project, tmp_path / "site") / DOORS / "index.html").css_first("#next + p").text()


def test_every_way_asks_whether_we_may_print_the_words(with_inbox: Path, root: Path) -> None:
    asked = "May we print your words on the site?"
    ladder = with_inbox / DOORS / "ladder" / "index.html"
    assert asked in tree(ladder).css_first(".cp-paper").text()
    assert all(any(line.startswith(asked) for line in lines) for _, _, lines in letters(ladder))
    for form in doors.FORMS:
        assert asked in (root / ".github" / "ISSUE_TEMPLATE" / form).read_text(encoding="utf-8")


def test_the_page_for_helpers_leads_to_every_page_below_it(root: Path, built_site: Path) -> None:
    page = built_site / "help-improve" / "index.html"
    links = {link.attributes["href"] for link in tree(page).css("#more ~ ul a")}
    below = {path.stem for path in (root / "docs" / "help-improve").glob("*.md")} - {"index"}
    assert links == {f"{name}/" for name in below} and below
    for name in below:
        crumbs = tree(page.parent / name / "index.html").css(".cp-breadcrumb li")
        assert [crumb.text().strip() for crumb in crumbs][:-1] == ["Home", "About", "Help improve this"]


def test_a_title_with_marks_of_html_stays_a_title(with_inbox: Path) -> None:
    door = tree(with_inbox / DOORS / "taking-part" / "index.html")
    assert door.css_first("h1").text().strip() == "Tell us about “Taking part: you & me <b>”"
    assert door.css("b") == []


def test_a_reader_without_a_script_or_a_mouse_gets_there(browser, with_inbox: Path) -> None:
    with hosted(with_inbox) as host:
        visit = browser.new_context(java_script_enabled=False, viewport=PHONE)
        page = visit.new_page()
        page.goto(host.address + "ladder/")
        page.get_by_role("link", name="How to tell us about a mistake").press("Enter")
        page.wait_for_url("**/tell/ladder/")
        message = page.get_by_role("link", name="Informing", exact=True)
        message.focus()
        assert message.evaluate("document.activeElement === this || document.activeElement.href.startsWith('mailto:')")
        assert "ladder-informing" in message.get_attribute("href")
        assert not page.get_by_role("button").count()  # it needs a script, and so is not shown
        visit.close()


# ----------------------------------------------------------------------------- paper


@pytest.mark.parametrize("door", ["tell/", "tell/home/", "tell/words/", "tell/practice/", "tell/easy-read/taking-part/simple-words/"])
def test_on_paper_a_door_is_a_form_on_one_side(door: str, page, site_address: str, root: Path) -> None:
    page.goto(site_address + door)
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    assert [round(float(side)) for side in sheets[0].mediabox[2:]] == list(A4)
    page.emulate_media(media="print")
    rooms = page.locator(".cp-room").evaluate_all("rooms => rooms.map((room) => room.getBoundingClientRect().height)")
    assert [room > 150 for room in rooms] == [True, True, False]  # CSS pixels: four centimetres
    shown = page.locator("main").inner_text()
    lines = page.locator(".cp-paper dd:empty, .cp-paper ul:not(.cp-either) > li + li")
    assert min(lines.evaluate_all("lines => lines.map((line) => line.getBoundingClientRect().height)")) >= 37  # ten millimetres, less a hair
    named = page.locator("header").inner_text()
    assert named.startswith("Co-production") and ("https://" in named) is (door == "tell/")
    assert "Which part?" in shown and "We use this only to answer you." in shown and "May we thank you in public?" in shown
    assert ("no inbox yet" in shown) is not bool(settings.read(root).extra.email)
    assert "By e-mail" not in shown
    titles = page.locator(".cp-paper dd").all_inner_texts()
    assert bool(titles[0]) is (door != "tell/") and re.fullmatch(r"\d{1,2} \w+ \d{4}", titles[2])


# ------------------------------------------------------------- the form, and the change itself


def test_each_form_is_named_with_the_page_filled_in_and_is_there(with_inbox: Path, root: Path) -> None:
    links = tree(with_inbox / DOORS / "ladder" / "index.html").css("#form ~ ul a")
    asked = [parse_qs(urlsplit(link.attributes["href"]).query) for link in links]
    assert [each["template"][0] for each in asked] == list(doors.FORMS)
    assert {each["where"][0] for each in asked} == {f"{SITE}ladder/"}
    kept = {path.name for path in (root / ".github" / "ISSUE_TEMPLATE").glob("*.yml")}
    assert kept == {*doors.FORMS, "config.yml"}


@pytest.mark.parametrize(
    ("forms", "there"),
    [
        ("https://code.example/new?template={form}", "https://code.example/new?template=words.yml&where=%2Fladder%2F"),
        ("https://code.example/{form}", "https://code.example/words.yml?where=%2Fladder%2F"),
        ("https://code.example/{form}?", "https://code.example/words.yml?where=%2Fladder%2F"),
        ("https://code.example/new?template={form}#top", "https://code.example/new?template=words.yml&where=%2Fladder%2F#top"),
    ],
)
def test_a_form_is_told_the_page_however_its_address_is_made(
    forms: str, there: str, garden: Path, with_inbox: Path, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(with_inbox, tmp_path / "site"))
    doors.write(site, Extra(forms=forms), pages.metas(garden), date(2026, 11, 22), "/")
    first = tree(site / DOORS / "ladder" / "index.html").css_first("#form ~ ul a")
    assert first.attributes["href"] == there


def test_the_edit_link_of_a_door_opens_the_file_of_its_page(with_inbox: Path, garden: Path) -> None:
    for page in of_engine(with_inbox):
        [link] = [link.attributes["href"] for link in tree(leads_to(page, with_inbox)).css("a[href^='https://code.example/edit/']")]
        file = garden / link.removeprefix("https://code.example/edit/")
        assert file.is_file() and f"title: {tree(page).css_first('h1').text().strip()}" in file.read_text(encoding="utf-8").replace('"', "")


def test_every_page_can_be_edited_and_every_block_at_the_line_of_its_record(owned: Path, root: Path) -> None:
    """But for the list of what is late, which has no words of its own: it names each file."""
    of_records = 0
    for page in of_engine(owned):
        [edit] = [link.attributes["href"] for link in tree(page).css(f"main a[href^='{EDIT_PAGE}']")]
        assert page_address(edit.removeprefix(f"{EDIT_PAGE}docs/")) == address(page, owned) and (root / edit.removeprefix(EDIT_PAGE)).is_file()
        for block in tree(page).css(".cp-block:not(.cp-block-late, .cp-block-ways-now)"):
            links = [link.attributes["href"].removeprefix(EDIT_LINE) for link in block.css(f"a[href^='{EDIT_LINE}']")]
            assert links, page
            for link in links:
                file, _, line = link.partition("#L")
                lines = (root / file).read_text(encoding="utf-8").splitlines()
                assert 1 <= int(line) <= len(lines), link
                if file.startswith("docs/data/"):
                    assert begins_a_record(lines[int(line) - 1 :]), link
                    of_records += 1
    assert of_records > 50


def begins_a_record(lines: list[str]) -> bool:
    """Whether a record begins on the first of these lines, in a list or inside another record."""
    return bool(re.match(r"\s*(?:- |\w+:\n\s*)id: [a-z]", "\n".join(lines[:2])))


@pytest.mark.parametrize("lines", [["    name: Spade"], ["# - id: word-spade"], [""], ["  - name: Spade", "    id: word-spade"]])
def test_a_line_that_begins_no_record_is_noticed(lines: list[str]) -> None:
    assert not begins_a_record(lines) and begins_a_record(["  - id: word-spade"]) and begins_a_record(["    ask:", "      id: ask-spade"])


# -------------------------------------------------------------------- easy to read and to use


def test_a_door_is_as_easy_to_read_as_a_page_for_everyone(with_inbox: Path, built_site: Path) -> None:
    for site in (with_inbox, built_site):
        door = tree(site / DOORS / "index.html")
        for names in door.css("ul"):
            names.decompose()
        read = wording.reading([part.text(separator=" ").strip() for part in door.css("main p, main dt")])
        assert read.ari <= HARDEST and read.long_sentences == 0


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing_on_a_door(look: dict[str, str], page, axe: Axe, with_inbox: Path) -> None:
    with hosted(with_inbox) as host:
        for size in (PHONE, {"width": 1280, "height": 900}):
            for door in ("tell/", "tell/ladder/"):
                page.set_viewport_size(size)
                page.emulate_media(**look)
                page.goto(host.address + door)
                assert axe(page).faults == []
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("email", ["a@b.example", "we.all+us@sub.garden.example", "o'neil@garden.example"])
def test_an_address_of_an_inbox_is_accepted(email: str, garden: Path) -> None:
    assert doors.check(garden / "docs", Extra(email=email), 1) == []


@pytest.mark.parametrize("email", ["dig", "dig@garden", "dig at garden.example", "a@b.example?bcc=c@d.example", "a@b.example\nx", "javascript:a@b.example"])
def test_what_is_no_address_of_an_inbox_is_refused(email: str, garden: Path) -> None:
    found = doors.check(garden / "docs", Extra(email=email), 7)
    assert [(each.rule, each.file, each.line) for each in found] == [("email-wrong", "mkdocs.yml", 7)]


# ------------------------------------------------------------------- what works now


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Around(), ["For now, only paper works."]),
        (Around(email="gate@garden.example"), ["Write to gate@garden.example.", "There are none yet.", "You cannot send it to us yet."]),
        (Around(forms=True, edit=True), ["There is no inbox yet.", "They are there.", "You can send it to us."]),
    ],
)
def test_no_way_is_promised_that_does_not_work_now(given: Around, said: list[str], tmp_path: Path) -> None:
    library = reading.read(good_data(tmp_path))
    shown = " ".join(LexborHTMLParser(str(printed(library, "tell.md", "ways_now", (), around=given))).text().split())
    others = {"For now, only paper works.", "There is no inbox yet.", "There are none yet.", "They are there.", "You can send it to us."}
    assert [each for each in said if each not in shown] == [] and not [each for each in others - set(said) if each in shown]
