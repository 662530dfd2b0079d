"""Bad input at scale: the facts, the pages and all else that people write, spoilt in thousands of ways.

Most are those of a small site, which is quick to check; the rest are the real ones. Whatever somebody writes, by accident or
on purpose, one of two things comes of it: the site says what was written, with nothing live in it from the data, or there are
findings. There is never a traceback, an endless run, a look at a file outside the project, or a last good site that has changed.

A run prints its seed on top. To draw other cases, or those of another run again, set ``COPRODUCTION_SEED``. A case depends
on nothing but the seed, its number and the files that it spoils.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from coproduction import pipeline, reading, spelling, wording
from coproduction.addresses import page_address
from coproduction.findings import Finding, report
from coproduction.model import Part, Record
from coproduction.published import LIST
from coproduction.tables import Tables, printed
from level import level
from selectolax.lexbor import LexborHTMLParser, LexborNode
from spoilt import HARMLESS, LINKED, LINKS, NAMES, WAYS
from tiny import front_matter, tiny_site, with_easy_words, with_statement, write

pytestmark = pytest.mark.long
PARTS, CASES_OF_A_PART = 10, 200
OF_THE_REAL_SITE = (1, 4, 7)  # parts: a case there takes ten times as long
PARTS_OF_BUILDS, BUILDS_OF_A_PART, REFUSED_OF_A_PART = 4, 10, 3
PATIENCE, PATIENCE_OF_A_WHOLE_BUILD = 10, 60  # seconds that a case may take: the real site takes that long when it is sound
MOST_WORDS, MOST_LETTERS, HARDEST = 60, 1000, 8  # of a finding: the last is its reading level (ARI)
# What a case may spoil, and how many of a hundred do.
KINDS = {"data": 45, "pages": 30, "words": 6, "settings": 6, "drawings": 5, "names": 5, "links": 3}
A_NAME, A_LINK = "a name", "a link"

on_this_system = pytest.mark.skipif(
    not hasattr(signal, "SIGALRM"), reason="this system has no alarm, so a case that hangs could not be stopped"
)


@dataclass(frozen=True)
class Link:
    """What may stand where a file should be: a link, or a folder where it leads nowhere at all."""

    to: str | None


Content = bytes | Link | None  # of a path; None where nothing stands


@dataclass(frozen=True)
class Case:
    """One way to spoil one file of a site."""

    number: int
    seed: str
    way: str
    kind: str
    path: Path
    good: Content
    spoilt: Content

    @classmethod
    def draw(cls, site: Path, seed: str, number: int, ways: Sequence[str] = tuple(WAYS)) -> Case:
        """The case of this number: each way comes once in a round, so that none is left to chance; all else is drawn."""
        chance = random.Random(f"{seed} {number}")
        turn, place = divmod(number, len(ways))
        way = random.Random(f"{seed} round {turn}").sample(sorted(ways), len(ways))[place]
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        name = chance.choice(NAMES)
        if kind == "names" and not (site / "docs" / name).exists():  # some systems do not tell Index.md from index.md
            like = site / "docs" / ("data/glossary.yml" if name.startswith("data/") else "training.md")
            return cls(number, seed, A_NAME, kind, site / "docs" / name, None, like.read_bytes())
        if kind == "links":
            about, to = chance.choice(list(LINKS.items()))
            to = to and to.format(outside=site.parent / "outside")
            return cls(number, seed, f"{A_LINK}: {about}", kind, site / "docs" / chance.choice(LINKED), None, Link(to))
        path = chance.choice(files_of(site, kind))
        good = path.read_bytes()
        return cls(number, seed, way, kind, path, good, WAYS[way](good, chance))

    def __str__(self) -> str:
        spoilt = self.spoilt[:6000] if isinstance(self.spoilt, bytes) else self.spoilt
        return f"COPRODUCTION_SEED={self.seed}, case {self.number}: {self.way} in {ascii(str(self.path))}\n{spoilt!r}"

    @contextmanager
    def in_place(self, patience: int = PATIENCE) -> Iterator[None]:
        """Spoil the file, and mend it afterwards. Whatever fails in between says which case it was."""

        def give_up(*_: object) -> None:
            raise TimeoutError(f"more than {patience} seconds")

        before = signal.signal(signal.SIGALRM, give_up)
        signal.alarm(patience)
        try:
            self._put(self.spoilt)
            yield
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}\n{self}") from error
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            self._put(self.good)
            printed.cache_clear()

    def _put(self, content: Content) -> None:
        if not isinstance(self.good, bytes):  # it is one more, and what stood there before it stands there no longer
            if self.path.is_dir() and not self.path.is_symlink():
                self.path.rmdir()
            self.path.unlink(missing_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link) and content.to:
            self.path.symlink_to(content.to)
        elif isinstance(content, Link):
            self.path.mkdir()
        if not isinstance(content, bytes):
            return
        self.path.write_bytes(content)
        # What is as long, and was written in the same instant, would be taken for the one before.
        os.utime(self.path, ns=(time.time_ns(), time.time_ns()))


def files_of(site: Path, kind: str) -> list[Path]:
    """The files of a site that a case of this kind may spoil."""
    docs = site / "docs"
    found = {
        "data": (docs / "data").glob("*.yml"),
        "pages": docs.rglob("*.md"),
        "words": (docs / "data" / "words").glob("*.*"),
        "settings": site.glob("mkdocs.yml"),
        "drawings": (docs / "assets").rglob("*.svg"),
    }[kind]
    return sorted(found) or files_of(site, "data")  # the small site has no words of its own


class Watch:
    """What Python touches or runs where it should not."""

    _FILES = {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.chdir"}
    _FILES |= {"os.chmod", "os.chown", "os.utime", "os.link", "os.symlink"}
    _OF_TWO = {"os.rename", "os.link"}  # paths; that to which a symbolic link leads is not touched
    _PROGRAMS = {"os.system", "os.exec", "os.posix_spawn", "subprocess.Popen"}

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] = ()
        self.for_modules: set[tuple[str, str]] = set()
        self.strays: list[str] = []
        sys.addaudithook(self._hear)  # for as long as Python runs: there is no way to take one off

    def _hear(self, event: str, arguments: tuple) -> None:
        if not self.allowed:
            return
        what = arguments[0]
        if event in self._FILES:
            paths = arguments[:2] if event in self._OF_TWO else arguments[1:2] if event == "os.symlink" else arguments[:1]
            # To find a module, Python may list any folder of its path.
            paths = [path for path in paths if not isinstance(path, int) and (event, path) not in self.for_modules]
            self.strays += [f"{event} {path}" for path in paths if self._is_outside(path)]
        elif event in self._PROGRAMS and what != "git" and not str(what).startswith(self.allowed):
            self.strays.append(f"{event} {what}")

    def _is_outside(self, path: str | bytes | os.PathLike[str] | None) -> bool:
        """Whether a path is none of ours, wherever links on the way to it lead."""
        return not os.path.join(os.path.realpath(os.fsdecode(path or ".")), "").startswith(self.allowed)

    @contextmanager
    def over(self, project: Path, root: Path) -> Iterator[None]:
        """Hear of all that is touched but the project, the code and the packages."""
        python = [sys.prefix, sys.base_prefix, os.devnull, *(path for path in sys.path if "packages" in path)]
        code = [root / "scripts", root / "overrides", root / "tests", root / ".venv"]
        self.for_modules = {("os.listdir", folder) for folder in sys.path}
        self.allowed = tuple(os.path.join(os.path.realpath(folder), "") for folder in (project, *python, *code))
        try:
            yield
        finally:
            self.allowed = ()


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def seed() -> str:
    return os.environ["COPRODUCTION_SEED"]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good site with records of every kind that the tiny ones have."""
    return with_easy_words(with_statement(tiny_site(tmp_path_factory.mktemp("garden") / "project")))


def is_real(part: int) -> bool:
    """Whether a part of the cases spoils the real site, and not the small one."""
    return part in OF_THE_REAL_SITE


@pytest.fixture
def project(part: int, garden: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if part:  # the speller is a program of its own, and slow to start: the first part has every way, and is enough for it
        monkeypatch.setattr(spelling, "check", lambda *_, **__: [])
    made = copy_of(root, tmp_path / "project") if is_real(part) else Path(shutil.copytree(garden, tmp_path / "project"))
    write(tmp_path / "outside", {"secret.md": f"{front_matter('A secret')}Nobody may read this.\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # so that git is not asked
    monkeypatch.chdir(made)
    return made


def copy_of(root: Path, to: Path) -> Path:
    """The real site as far as it is made of what people write."""
    for folder in ("docs", "overrides"):
        shutil.copytree(root / folder, to / folder)
    for file in ("mkdocs.yml", "scripts/macros.py", LIST):
        (to / file).parent.mkdir(exist_ok=True)
        shutil.copy(root / file, to / file)
    return to


# ------------------------------------------------------------------ what a site says


class Said:
    """What a good site says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = reading.read(root / "docs" / "data")

    @cached_property
    def html(self) -> str:
        """All that the macros print, page by page."""
        return "\n".join(
            str(printed(self.library, path.relative_to(self.root / "docs").as_posix(), name, tuple(re.findall('"(.*?)"', ids))))
            for path in sorted((self.root / "docs").rglob("*.md"))
            for name, ids in re.findall(r"^\{\{ (\w+)\((.*)\) \}\}\s*$", path.read_text(encoding="utf-8-sig"), re.M)
            if name in Tables.MACROS
        )

    @cached_property
    def text(self) -> str:
        """The same as a reader sees it, without white space."""
        return _squeezed(LexborHTMLParser(f"<!DOCTYPE html><body>{self.html}").body.text())

    @cached_property
    def live(self) -> set[str]:
        """What is live in it: the script of the review kit, and the buttons that it needs."""
        return set(live(self.html))

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Every text of the facts, each with the kind and the key that it stands under."""
        return [found for _, record in self.library.facts.records for found in _texts(record)]

    @cached_property
    def shown(self) -> set[str]:
        """The keys whose texts are all printed: each as often, at least, as it stands in the facts, alone or in another text.

        So a text is not taken for printed because something else that is printed says the same.
        """
        written = "\0".join(_squeezed(text) for _, text in self.texts)
        least = {text: written.count(text) for text in {_squeezed(text) for _, text in self.texts}}
        hidden = {key for key, text in self.texts if self.text.count(_squeezed(text)) < least[_squeezed(text)]}
        return {key for key, _ in self.texts} - hidden


def _texts(part: Part) -> Iterator[tuple[str, str]]:
    for key in type(part).model_fields:
        value = getattr(part, key)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, str):
                yield f"{type(part).__name__}.{key}", child
            elif isinstance(child, Part) and not isinstance(child, Record):
                yield from _texts(child)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def holds(kept: Any, written: Any) -> bool:
    """Whether a record, or a part or value of it, holds all that its writer wrote, and nothing else in its place."""
    if isinstance(written, dict):
        return all(key in type(kept).model_fields and holds(getattr(kept, key), value) for key, value in written.items())
    if isinstance(written, list):
        return len(kept) == len(written) and all(map(holds, kept, written))
    return kept == (" ".join(written.split()) if isinstance(written, str) else written) and type(kept) in (str, type(written))


# What could act, load, lead astray or hide what follows.
_LIVE = (
    "script:not([type='application/ld+json']), style, iframe, frame, frameset, object, embed, applet, base, meta[http-equiv], link, "
    "form, input, button, select, textarea, plaintext, dialog, noscript, template, set, animate, animateTransform, animateMotion, "
    "foreignObject, img:not([alt])"
)
_LIVE_ATTRIBUTES = ("style", "srcdoc", "formaction", "ping", "hidden", "popover", "contenteditable", "autofocus", "accesskey")
_LEADING = ("href", "xlink:href", "action")  # attributes of what leads somewhere; those of what loads something:
_LOADING = ("src", "srcset", "imagesrcset", "poster", "background", "data", "manifest")


def live(html: str) -> list[str]:
    """What in this HTML is live."""
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    found = [_begins(tag) for tag in tree.body.css(_LIVE)]
    for tag in tree.body.css("*"):
        for name, value in tag.attributes.items():
            address = re.sub(r"[\s\0]", "", (value or "").lower())
            if name.startswith("on") or name in _LIVE_ATTRIBUTES:
                found.append(_begins(tag))
            elif name in _LEADING + _LOADING and _leads_astray(name, address):
                found.append(f"{name}={value}")
    return found


def _begins(tag: LexborNode) -> str:
    """A tag without what is in it."""
    return (tag.html or "").partition(">")[0][:200]


def _leads_astray(name: str, address: str) -> bool:
    """Whether an address runs code; or, where something is loaded, is that of another host."""
    if name in _LOADING:
        return re.match(r"[a-z]+:|//", address) is not None
    return re.match(r"(?!https?:|mailto:|tel:)[a-z0-9+.-]+:|//", address) is not None


EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "sane_lists", "tables"]


def as_html(body: str) -> str:
    """Markdown as HTML."""
    return markdown.markdown(body, extensions=EXTENSIONS)


def own_words(page: bytes) -> str:
    """What stands in a page below its front matter, without what its macros print."""
    text = page.decode("utf-8-sig").replace("\r\n", "\n")
    return re.sub(r"\A---\n.*?^---\n|^\{\{.*\}\}\s*$", "", text, flags=re.S | re.M)


def seen(html: str) -> str:
    """The letters of this HTML that a reader can see."""
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    for tag in tree.body.css("script, style, template, textarea, noscript, iframe, [hidden]"):
        tag.decompose()
    return re.sub(r"[\W_]+", "", tree.body.text())


def lost(good: str, spoilt: str, shown: str) -> list[str]:
    """The lines of Markdown which nobody touched, and whose words are not among the letters that are ``shown`` any more.

    What a line shows where it stands alone tells its words from its signs.
    """
    untouched = Counter(good.split("\n")) & Counter(spoilt.split("\n"))
    before = seen(as_html(good))
    alone = {line: seen(as_html(re.sub(r"\{:[^}]*\}", "", line))) for line in untouched}
    return [line for line, words in alone.items() if words in before and words not in shown]


# What the tests below lean on must notice what it is there for.

LIVE = (
    *("<script>x</script>", "<plaintext>", "<textarea>", "<div hidden>", "<b onclick=x>", "<a ping=//evil.example>", "<img src=x>"),
    *("<area href=javascript:x>", "<svg><a xlink:href=javascript:x></a></svg>", "<svg><a><set attributeName=href to=x></a></svg>"),
    *("<table background=https://evil.example/>", "<video poster=//evil.example/>", "<p formaction=x>", "<form action=x>"),
)


@pytest.mark.parametrize("html", LIVE)
def test_what_is_live_is_seen(html: str) -> None:
    assert live(f"<p>{html}") and not live('<p><a href="words/">Words</a> <img src="a.svg" alt="A spade">')


@pytest.mark.parametrize("sign", ["<textarea>", "<div hidden>", "<script>", "<template>"])
def test_a_line_that_a_sign_above_it_hides_is_missed(sign: str) -> None:
    good, spoilt = "We dig.\n\nYou can say no.", f"We dig.\n\n{sign}\n\nYou can say no."
    assert lost(good, spoilt, seen(as_html(spoilt))) == ["You can say no."]
    assert lost(good, f"More.\n\n{good}", seen(as_html(f"More.\n\n{good}"))) == []


def test_what_is_touched_outside_is_heard_wherever_a_link_leads(tmp_path: Path, root: Path, watch: Watch) -> None:
    project = write(tmp_path / "project", {"in.txt": "in"})
    write(tmp_path, {"out.txt": "out"})
    (project / "link.txt").symlink_to(tmp_path / "out.txt")
    with watch.over(project, root):
        (project / "in.txt").read_bytes()
    assert watch.strays == []
    with watch.over(project, root):
        (project / "link.txt").read_bytes()
        os.truncate(project / "link.txt", 0)
        os.link(tmp_path / "out.txt", project / "hard.txt")
    heard = [stray.split()[0] for stray in watch.strays]
    watch.strays.clear()
    assert heard == ["open", "os.truncate", "os.link"]


# ----------------------------------------------------------------- what may come of it


def must_help(found: list[Finding], root: Path) -> None:
    """See that findings can be read and acted on, whatever they are about."""
    named = {finding.file: root / finding.file for finding in found}
    files = {name: path for name, path in named.items() if path.is_file() and not path.is_symlink()}
    lines = {name: len(path.read_bytes().splitlines()) for name, path in files.items()}
    for finding in found:
        told = f"{finding.what} {finding.why} {finding.fix} {finding.example}"
        assert finding.what and finding.why and finding.fix, finding
        assert "the build stopped here" not in told and "Traceback" not in told, finding
        assert len(wording.words(told)) <= MOST_WORDS and len(told) <= MOST_LETTERS, told[:3000]
        # A quote mark in what somebody wrote hides where that ends.
        assert len(re.findall(r"(?<!\w)'|'(?!\w)", finding.what)) % 2 or level(finding) <= HARDEST, told
        assert all(letter.isprintable() or letter == "\n" for letter in told + finding.file), ascii(finding.file + told)
        assert str(root) not in told + finding.file, told
        assert finding.file and len(finding.file) < 300
        assert 0 <= finding.line <= lines.get(finding.file, 0) + 1, finding
    assert report(found).endswith(" to put right.")


def must_say_what_was_written(case: Case, root: Path, before: Said) -> None:
    """See that a spoilt site that was accepted says what its writer wrote, and that none of it came to life."""
    if case.kind == "pages":
        must_show_what_was_typed(case, root)
        return
    assert not (isinstance(case.spoilt, Link) and case.spoilt.to), "a link was followed"
    now = Said(root)
    assert set(live(now.html)) <= before.live
    if case.way in HARMLESS and case.kind != "drawings":  # the bytes of one make the number of the edition that people checked
        assert now.html == before.html
    if case.kind == "data" and case.path.name != reading.TESTED:
        written = yaml.load(case.spoilt, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        kept = getattr(now.library.facts, case.path.stem)
        assert len(kept) == len(written["records"])
        for record, own in zip(kept, written["records"]):
            assert holds(record, own), (record, own)
    unsaid = [(key, text) for key, text in now.texts if key in before.shown and _squeezed(text) not in now.text]
    assert unsaid == []


def must_show_what_was_typed(case: Case, root: Path) -> None:
    """See that a spoilt page that was accepted shows every line that nobody touched, and that nothing in it comes to life."""
    good, spoilt = own_words(case.good), own_words(case.spoilt)
    html = as_html(spoilt)
    # What Markdown brings to life or hides must be seen in the built site at the latest.
    wrong = [*(set(live(html)) - set(live(as_html(good)))), *lost(good, spoilt, seen(html))]
    assert not wrong or pipeline.build(root, root / "site"), f"it would be published: {wrong}"
    if case.way in HARMLESS:
        assert seen(html) == seen(as_html(good))


@on_this_system
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_written_is_said_or_refused_in_plain_words(part: int, project: Path, root: Path, watch: Watch, seed: str) -> None:
    before, came_of_it = Said(project), Counter()
    assert len(before.shown) > 50
    assert report(pipeline.check(project)[0]) == report([])
    for number in range(part * CASES_OF_A_PART, (part + 1) * CASES_OF_A_PART):
        case = Case.draw(project, seed, number)
        with case.in_place(), watch.over(project, root):
            found, _ = pipeline.check(project)
            if found:
                assert case.way not in HARMLESS, report(found)
                must_help(found, project)
            else:
                must_say_what_was_written(case, project, before)
            came_of_it[bool(found)] += 1
    assert watch.strays == []
    assert came_of_it[True] > CASES_OF_A_PART / 4 and came_of_it[False] > CASES_OF_A_PART / 10, came_of_it
    assert Said(project).html == before.html


# -------------------------------------------------------------------- whole builds


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with a fingerprint of what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def html_of(site: Path) -> dict[str, str]:
    """Every page of a built site."""
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def live_in_site(site: Path) -> set[str]:
    """What is live in a built site, but for what differs by where a page is: how far up its links begin, and its own address."""
    itself = re.compile(r"<link [^>]*rel=.?canonical\b[^>]*>|(\.\./)+")
    pages = [itself.sub("", html) for html in html_of(site).values()]
    pictures = [path.read_text(encoding="utf-8") for path in site.rglob("*.svg")]
    return {thing for html in (*pages, *pictures) for thing in live(html)}


def main_of(html: str) -> str:
    """What a page says besides its frame."""
    main = LexborHTMLParser(html).css_first("main")
    return seen(main.html or "") if main else ""


def must_be_published_as_written(case: Case, site: Path, before: dict[str, str]) -> None:
    """See that the page of a spoilt file shows every line that nobody touched, and all other pages what they showed."""
    if case.kind != "pages":
        return
    now = {name: main_of(html) for name, html in html_of(site).items()}
    own = f"{page_address(case.path.relative_to(site.parent / 'docs').as_posix())}index.html"
    assert lost(own_words(case.good), own_words(case.spoilt), now[own]) == []
    if own_words(case.good) != own_words(case.spoilt):  # else it is the head that changed, and other pages show its title
        assert {name for name, html in before.items() if name != own and now.get(name) != main_of(html)} == set()


@on_this_system
@pytest.mark.parametrize("way", HARMLESS)
def test_what_says_the_same_in_other_bytes_makes_the_same_site(way: str, garden: Path, tmp_path: Path, seed: str) -> None:
    """All that people write, each file in that way: no letter of a page may change."""
    project = Path(shutil.copytree(garden, tmp_path / "project"))
    assert pipeline.build(project, project / "site") == []
    before = html_of(project / "site")
    for path in (*files_of(project, "data"), *files_of(project, "pages"), *files_of(project, "settings")):
        path.write_bytes(HARMLESS[way](path.read_bytes(), random.Random(seed)))
    assert report(pipeline.build(project, project / "site")) == report([])
    assert html_of(project / "site") == before and len(before) > 20


@on_this_system
@pytest.mark.parametrize("part", range(PARTS_OF_BUILDS))
def test_a_site_that_is_built_from_it_has_nothing_live_or_the_last_good_one_stays(
    part: int, project: Path, root: Path, watch: Watch, seed: str
) -> None:
    site = project / "site"
    assert pipeline.build(project, site) == []
    ours, before, builds, refused = live_in_site(site), html_of(site), 0, 0
    for number in range(part, sys.maxsize, PARTS_OF_BUILDS):
        case = Case.draw(project, f"{seed} to build", number, [way for way in WAYS if way not in HARMLESS])
        with case.in_place(PATIENCE_OF_A_WHOLE_BUILD if is_real(part) else PATIENCE), watch.over(project, root):
            if builds == BUILDS_OF_A_PART:
                break
            # Most are refused before the engine begins, so most of those are passed over.
            if refused == REFUSED_OF_A_PART and pipeline.check(project)[0]:
                continue
            last_good, found = snapshot(site), pipeline.build(project, site)
            builds += 1
            if found:
                refused += 1
                must_help(found, project)
                assert snapshot(site) == last_good
            else:
                assert live_in_site(site) <= ours
                must_be_published_as_written(case, site, before)
            assert not (project / ".build" / "site").exists()
    assert watch.strays == []
    assert builds == BUILDS_OF_A_PART and refused
