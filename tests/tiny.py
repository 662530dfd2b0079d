"""Tiny sites for tests: good ones, which a test then makes bad in one place.

- ``good_data(folder)`` writes a few facts of eight kinds, enough to link them to one another.
- ``tiny_site(folder)`` writes a whole project around them: switches, pages, facts, schemas,
  looks and the adapter. It checks and builds without findings.
- ``front_matter(title)`` is the head of one more good page.
- ``with_settings(switches)`` makes the settings of an owner in any switches, and unmakes those that are there.
- ``write(folder, files)`` writes more files, or other words into these.
- ``change(file, old, new)`` makes one good thing bad.

Everything here is made up. No test may take a fact about the world from it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import dedent

from coproduction import forwarding, pages, reading
from coproduction.addresses import page_address
from coproduction.settings import Extra

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://co-production.example/"  # of the tiny site, whatever address an owner gives the real one


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write each text (or bytes) at its path below ``folder``; return ``folder``.

    Lines may be indented as the test's code is: what they share is taken away.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = dedent(content).removeprefix("\n").encode()
        path.write_bytes(content)
    return folder


def change(file: Path, old: str, new: str) -> int:
    """Write ``new`` in place of ``old``, which must stand in the file once; return the line it begins on."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return text[: text.index(old)].count("\n") + 1


def front_matter(title: str, shape: str = "") -> str:
    """What stands at the head of a good page, with the empty line after it.

    :param shape: of the page, such as ``home.html``, where it is not the usual one.
    """
    template = f"template: {shape}\n" if shape else ""
    return (
        f"---\ntitle: {title}\ndescription: This page is about {title.lower()}.\n{template}reading: practice\n"
        "updated: 2026-11-22\nreviewed: 2026-11-22\nreview_by: 2027-11-22\nowner: The editors\n---\n\n"
    )


def good_data(folder: Path) -> Path:
    """Write data files that read without findings into ``folder``; return ``folder``."""
    return write(folder, {name: _first_line(name) + dedent(text).removeprefix("\n") for name, text in _DATA.items()})


def tiny_site(folder: Path) -> Path:
    """Write a whole project that checks and builds without findings into ``folder``; return ``folder``.

    Its shapes and looks are the real ones, so that a fault in them shows here as well.
    """
    good_data(folder / "docs" / "data")
    reading.write_schemas(folder / "docs" / "data")
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "macros.py", folder / "scripts")
    pages = {
        f"docs/{name}": front_matter(title, "home.html" if name == "index.md" else "") + dedent(body).strip() + "\n"
        for name, (title, body) in _PAGES.items()
    }
    return write(folder, {"mkdocs.yml": switches(), **pages})


def _first_line(name: str) -> str:
    return f"# yaml-language-server: $schema=schemas/{name.removesuffix('.yml')}.json\n"


def switches() -> str:
    """The real switches, with the real page shapes by their full path, and a menu of the tiny pages.

    Nobody owns the tiny site: what the owner of the real one has set is not in them.
    """
    real_ones, menu, _ = with_settings((ROOT / "mkdocs.yml").read_text(encoding="utf-8")).partition("\nnav:")
    usual, real = "custom_dir: overrides", f"custom_dir: '{(ROOT / 'overrides').as_posix()}'"
    assert menu and usual in real_ones, "mkdocs.yml is not of the form that the tiny site is made from"
    entries = "".join(f'  - "{title}": {name}\n' for name, (title, _) in _PAGES.items() if name != "search.md")
    return f"{real_ones.replace(usual, real)}\nnav:\n{entries}not_in_nav: /search.md\n"


def with_settings(switches: str, site_url: str = ADDRESS, **made: str) -> str:
    """``switches`` with these settings in place of those of an owner, however they stand there; the others are empty."""
    blocks = r"^(?:site_url:.*\n|extra:.*\n(?:(?:[ #].*)?\n)*)"
    extra = "".join(f'  {name}: "{made.pop(name, "")}"\n' for name in Extra.model_fields)
    assert not made, f"nobody knows these settings: {made}"
    rest, menu, of_menu = re.sub(blocks, "", switches, flags=re.M).partition("\nnav:")
    assert menu, "the switches have no menu"
    return f"{rest}\nsite_url: {site_url}\nextra:\n{extra}{menu}{of_menu}"


_DATA = {
    "sources.yml": """
        every:
          status: ours
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: about/index.md
          checked: "2026-11"
          seen: The whole text.
          rights: Short quotation with credit.
        records:
          - id: source-garden
            name: The garden book
            body: The Garden Club
            year: "2013"
            url: https://garden.example/book
            grade: A
          - id: source-letter
            name: A letter about the garden
            body: The Letter Box
        """,
    "questions.yml": """
        every:
          status: ours
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: models/index.md
        records:
          - id: question-equal
            name: Does it say people are equal?
            plain: Yes if it uses the word equal.
          - id: question-carers
            name: Does it name carers?
            plain: Yes if it says carers.
        """,
    "definitions.yml": """
        every:
          status: quoted
          sources:
            - source: source-garden
              where: Page 2
          grade: A
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: models/index.md
        records:
          - id: definition-club
            name: The Club
            body: The Garden Club
            year: "2013"
            main: true
            quote:
              words: People dig the garden together as equal partners.
              source: source-garden
              where: Page 2
              checked: "2026-11"
              grade: A
              locked: 1e1b683b-7b6c750c
            plain: People do the work side by side.
            answers:
              - question: question-equal
                earned_by:
                  - equal partners
            descends_from:
              - wording: definition-letter
                change: The Club added the word equal.
                sure: likely
          - id: definition-letter
            status: paraphrased
            sources:
              - source: source-letter
                where: The first line
            grade: B
            name: The letter
            body: The Letter Box
            main: false
            plain: People dig as one team.
        """,
    "frameworks.yml": """
        every:
          status: paraphrased
          sources:
            - source: source-garden
              where: Page 3
          grade: A
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: models/index.md
        records:
          - id: framework-garden
            name: The garden values
            short: Garden
            body: The Garden Club
            year: "2013"
            plain: Two values that help people dig well.
            names: ours
            compared: true
            items:
              - id: value-garden-trust
                name: Trust
                plain: People trust each other.
              - id: value-garden-patience
                formerly: [value-garden-waiting]
                name: Patience
                plain: Nobody pulls at the plants.
                looks_like: People wait for rain.
                warning_sign: Somebody pulls.
        """,
    "themes.yml": """
        every:
          status: ours
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: models/index.md
        records:
          - id: theme-time
            name: Taking time
            plain: Good work needs time.
            links:
              - item: value-garden-trust
                why: Trust grows slowly.
              - item: value-garden-patience
                why: It is about time by name.
        """,
    "ladder.yml": """
        every:
          status: paraphrased
          sources:
            - source: source-garden
              where: Page 4
          grade: B
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: ladder.md
        records:
          - id: framework-ladder
            also: [steps up]
            name: The garden ladder
            body: The Garden Club
            year: "2013"
            plain: Two rungs, from being told to digging together.
            rungs:
              - id: ladder-informing
                name: Informing
                group: doing to
                plain: Someone tells you what will grow.
                sounds_like: We will plant beans.
                example: A note on the gate.
                ever_right: Yes, if the law leaves no choice.
                move_up: Ask what people like.
              - id: ladder-co-production
                status: ours
                name: Co-production
                group: doing with
                plain: People plan, dig and eat together.
                sounds_like: What shall we plant?
                example: A meeting in the shed.
                ever_right: Yes.
                move_up: Keep at it.
            grouping_note: The two groups are ours.
            uses:
              - Ask each person where they think you stand.
            criticisms:
              - plain: A ladder says that higher is always better.
                source: source-letter
        """,
    "involve.yml": """
        every:
          status: ours
          reviewed: 2026-11-22
          review_by: 2027-05-22
          home: planning-services.md
        records:
          - id: involve-contact
            name: A real person to talk to
            stage: invite
            check: Is there a name at the end?
            how: Sign it as yourself.
            ask:
              id: ask-contact
              home: taking-part.md
              name: A person to talk to
              plain: You can ask for one named person.
              say: Who can I ring?
        """,
    "glossary.yml": """
        every:
          status: ours
          reviewed: 2026-11-22
          review_by: 2027-11-22
          home: words.md
        records:
          - id: word-spade
            also: [shovel]
            name: Spade
            meaning: A tool to dig with.
            use: preferred
            see:
              - ladder-co-production
          - id: word-gardener
            name: Gardener
            meaning: A person who grows things.
            use: neutral
        """,
}

# For docs/data/withdrawn.yml: nothing of the tiny site has been taken out, until a test does.
WITHDRAWN = """
    # yaml-language-server: $schema=schemas/withdrawn.json
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-11-22
      home: words.md
    records:
      - id: word-hoe
        formerly: [word-scraper]
        name: Hoe
        plain: We took it out. Nobody hoes here.
        see: [word-spade]
    """

# For docs/data/accessibility.yml and docs/data/tested.yml, and the page that prints them: see with_statement.
STATEMENT = """
    # yaml-language-server: $schema=schemas/accessibility.json
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-05-22
      home: accessibility.md
    records:
      - id: statement-garden
        name: How open the gate is
        plain: Who can get into the garden.
        standard: WCAG 2.2, level AA
        covers: [the gate]
        leaves_out: [the street]
        prepared: 2026-11-20
        failings:
          - id: failing-latch
            name: A stiff latch
            criterion: "2.5.8"
            criterion_name: Target Size (Minimum)
            plain: The latch is too small for cold hands.
            why: It is old.
            mend_by: 2027-03-01
            way_round: Push the gate with your foot.
        lacks:
          - name: A bench
            plain: There is none.
            way_round: Sit on the wall
            at: resources.md
        only_people:
          - about: your own way
            name: Wheels
            plain: Does a wheelchair fit?
          - about: listening
            name: Ears
            plain: Can you hear the bell?
          - {about: screen reader, name: Reader, plain: Does it read the gate?}
          - {about: keyboard, name: Keys, plain: Do the keys turn?}
          - {about: voice control, name: Voice, plain: Does it open when told?}
          - {about: bigger text, name: Sign, plain: Can you read the sign?}
          - {about: easy words, name: Words, plain: Are they clear?}
          - {about: sheets, name: Map, plain: Does it fold?}
        forms:
          - name: Easy words
            plain: Some pages have them.
        other_format: [We can draw you a map.]
        law: [Gates must open.]
        see: [word-spade]
        enforcers:
          - name: The Gate Board
            short: GB
            nation: wales
            plain: It looks after gates.
            grade: B
    """
TESTED = """
    date: 2026-11-21
    browsers:
    - name: Lynx
      version: '2.9'
    tools:
    - name: ruler
      version: 1.0.0
    runs:
    - id: every-gate
      what: Every gate, open and shut
      browser: Lynx
      pages: 14
      states: 28
      checks: 1200
      faults: 0
      explained: 3
    - id: hinges
      what: The hinges
      browser: ''
      pages: 1
      states: 1
      checks: 40
      faults: 0
      explained: 0
    """


def with_statement(site: Path) -> Path:
    """Give a tiny site an accessibility statement, the record of what was tested, and the macro that prints both."""
    write(site / "docs" / "data", {"accessibility.yml": STATEMENT, "tested.yml": TESTED})
    change(site / "docs" / "accessibility.md", "All can read this.", "All can read this.\n\n{{ statement() }}")
    return site


# For docs/data/easy_read.yml and docs/data/reviews.yml, and the pages that print them: see with_easy_words.
EASY = """
    # yaml-language-server: $schema=schemas/easy_read.json
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-05-22
    records:
      - id: easy-garden
        home: easy-read/index.md
        name: The ladder in easy words
        lead: This page is about the ladder in easy words.
        twin_of: ladder.md
        simple_words: easy-read/simple-words.md
        kit: easy-read/check.md
        state: draft
        parts:
          - name: What is it?
            lines:
              - words: The ladder has two rungs.
                hard: rungs
                means: Rungs are steps.
                picture: ladder
              - words: We dig together.
                picture: do-together
                alt: Two people with one spade.
    """
REVIEW = """
    # yaml-language-server: $schema=schemas/reviews.json
    every:
      status: ours
      reviewed: 2026-11-22
      review_by: 2027-05-22
      home: easy-read/index.md
    records:
      - id: review-diggers
        of: easy-garden
        who: the Tuesday diggers
        how: They read it out in the shed.
        when: 2026-11-20
        paid: The club paid them.
        consent_kept: In the shed, with the treasurer.
        words: "00000000"
    """


def with_easy_words(site: Path) -> Path:
    """Give a tiny site one page in easy words, in each of its forms; nobody has checked it."""
    write(site / "docs" / "data", {"easy_read.yml": EASY})
    change(site / "docs" / "ladder.md", "owner: The editors\n", "owner: The editors\neasy_read: easy-read/index.md\n")
    change(site / "docs" / "about" / "index.md", "We dig.\n", "We dig.\n\n## Which rung are we on? {: #our-rung }\n\nThe first.\n")
    change(site / "mkdocs.yml", "not_in_nav: /search.md\n", "not_in_nav: |\n  /search.md\n  /easy-read/\n")
    forms = {
        "index.md": ("The ladder in easy words", '{{ easy_read("easy-garden") }}\n\n## All {: #cp-easy-all }\n\n{{ easy_read_list() }}'),
        "simple-words.md": ("The ladder in simple words", '{{ simple_words("easy-garden") }}'),
        "check.md": ("Check the ladder", '{{ review_kit("easy-garden") }}'),
    }
    for name, (title, body) in forms.items():
        front = front_matter(title)
        if name != "index.md":
            front = front.replace("owner: The editors\n", "owner: The editors\nfound: false\n")
        write(site / "docs" / "easy-read", {name: f"{front}{body}\n"})
    return site


def without_engine(project: Path, folder: Path) -> Path:
    """Make what a build of the project answers to in ``folder``: each page with its anchors, and the small pages."""
    library, metas = reading.read(project / "docs" / "data"), pages.metas(project)
    for page in metas:
        text = (project / "docs" / page).read_text(encoding="utf-8")
        own = [word.split("}")[0].strip() for word in text.split("{: #")[1:]] + [
            w.split('"')[0] for w in text.split('span id="')[1:]
        ]
        ids = [id for _, record in library.facts.records if record.home == page for id in (record.id, *record.formerly)]
        parts = "".join(f'<p id="{id}"></p>' for id in [*ids, *own])
        frame = '<nav id="menu"></nav><main id="main"><input id="cp-q"><svg id="drawing"><title id="told"></title></svg>'
        write(folder, {f"{page_address(page)}index.html": f"{frame}{parts}</main>"})
    forwarding.write(folder, library.facts, metas, "/")
    return folder


# Every page that the real page shapes link to, and no more.
_PAGES = {
    "index.md": ("The garden", "People dig here. See [the ladder](ladder.md#ladder-informing)."),
    "ladder.md": (
        "The garden ladder",
        """
        How much do you share?

        {{ ladder() }}

        ## What do critics say? {: #criticisms }

        {{ ladder_criticisms() }}
        """,
    ),
    "models/index.md": (
        "Values",
        """
        What the club holds dear.

        {{ framework("framework-garden") }}

        {{ values_table("framework-garden") }}

        {{ definitions() }}

        ## Other wordings {: #family }

        {{ definitions_family() }}

        ## Which says what? {: #matrix }

        {{ definitions_matrix() }}

        ## Themes {: #crosswalk }

        {{ crosswalk() }}
        """,
    ),
    "practice/index.md": ("Practice", "Dig with care."),
    "planning-services.md": ("Planning", "Ask people early.\n\n## Checks {: #checks }\n\n{{ invitation_checks() }}"),
    "taking-part.md": ("Taking part", "You can say no.\n\n## Ask {: #ask }\n\n{{ invitation_asks() }}"),
    "training.md": ("Training", "Learn to dig."),
    "words.md": ("Words", "Short meanings.\n\n{{ glossary() }}"),
    "resources.md": ("Other places", "Go and look.\n\n## Urgent help {: #urgent-help }\n\nCall 999."),
    "help-improve.md": (
        "Help us",
        "Tell us what is wrong.\n\n## Dig {: #by-change }\n\nUse both hands.\n\n## Wait {: #what-happens }\n\nSomebody looks.",
    ),
    "about/index.md": ("About", "We dig.\n\n## Use our words {: #reuse }\n\nDo.\n\n## Sources {: #sources }\n\n{{ sources() }}"),
    "accessibility.md": ("Access", "All can read this.\n\n## Privacy {: #privacy }\n\nWe keep nothing."),
    "search.md": ("Search", "Type a word."),
}
