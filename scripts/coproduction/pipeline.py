"""The stages of a build, in order, and the swap at its end.

With ``macros.py`` this is the only place that knows the engine.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import textwrap
import traceback
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from rcssmin import cssmin
from rjsmin import jsmin

from coproduction import (
    dates,
    disk,
    doors,
    downloads,
    environment,
    feed,
    forwarding,
    pages,
    published,
    reading,
    search,
    settings,
    site,
    tables,
    unused,
)
from coproduction.addresses import EASY
from coproduction.findings import Finding, Rule
from coproduction.model import Facts
from coproduction.pages import ReadingReport
from coproduction.settings import SETTINGS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def check(root: Path) -> tuple[list[Finding], list[ReadingReport]]:
    """Check facts, schemas and pages, without the engine.

    :param root: the folder that holds ``mkdocs.yml``.
    :returns: what to put right, and how each page reads.
    """
    if none := reading.no_files(root):
        return none, []
    found, reports = _facts_and_pages(root)
    try:
        return reading.schema_findings(root / "docs" / "data") + found, reports
    except Exception as error:
        return [*found, _stopped(root, error)], reports


def _facts_and_pages(root: Path) -> tuple[list[Finding], list[ReadingReport]]:
    try:
        return _checked(root)
    except Exception as error:  # whatever a template can do wrong, its writer gets a finding
        return [_stopped(root, error)], []


def _checked(root: Path) -> tuple[list[Finding], list[ReadingReport]]:
    found, library, rest = _of_settings(root), None, None
    # What is not yet committed is newer than the last commit. So here, alone, the clock is asked too. Where somebody writes,
    # a day may have begun that has not begun where it is checked.
    now = max(today(root), date.today() + timedelta(days=1))
    try:
        library = reading.read(root / "docs" / "data")
        found += dates.not_yet(library, now)
    except reading.Unreadable as error:
        found += error.findings
        rest = error.rest
    more, reports = pages.check(root, library, now, rest)
    return found + more, reports


def _of_settings(root: Path) -> list[Finding]:
    try:
        given = settings.read(root)
    except reading.Unreadable as error:
        return error.findings
    return settings.check(root, given) + doors.check(root / "docs", given.extra, settings.line_of(root, "email"))


def build(root: Path, into: Path, site_url: str | None = None, for_disk: bool = False) -> list[Finding]:
    """Build the whole site, check it, and put it at ``into`` when nothing is wrong.

    :param site_url: the address to build for; that of ``mkdocs.yml`` when left out.
    :param for_disk: let links name files, so that the pages open without a host.
    :returns: what to put right. When there is anything, ``into`` is as it was.
    """
    work = into.parent / ".build" / into.name
    work.parent.mkdir(parents=True, exist_ok=True)
    with environment.alone(work.with_name(f"{into.name}.lock")) as alone:
        if not alone:
            return [BUILD_RUNNING.finding(into.name, 0)]
        _bring_back(work, into)
        return _built(root, work, into, site_url, for_disk)


BUILD_RUNNING = Rule(
    "build-running",
    "another build of this site is running",
    "Two at once would write into the same folder.",
    "Wait until it has ended, then build again. If you see none, close the other terminals of this project.",
    "python3 scripts/build.py",
)


def _built(root: Path, work: Path, into: Path, site_url: str | None, for_disk: bool) -> list[Finding]:
    """Make the new site in the folder ``work``, which is then taken away, and put it at ``into`` if it is good."""
    found = reading.no_files(root) or _facts_and_pages(root)[0]
    if found:
        return found
    staged, new = _fresh(work) / "docs", work / "site"
    try:
        shutil.copytree(
            root / "docs",
            staged,
            ignore=lambda folder, _: ["data"] if Path(folder) == root / "docs" else [],
            ignore_dangling_symlinks=True,
        )
        found = _make_downloads(root, staged, site_url)
        if not found:
            found, address = _engine(root, staged, new, site_url)
        if not found:
            found = _finish_and_check(root, new, address)
        if not found and for_disk:
            disk.name_the_files(new)
        if not found:
            _swap(new, into, work / _BEFORE)
        return found
    finally:
        shutil.rmtree(work, ignore_errors=True)


def unused_facts(root: Path) -> str:
    """One line that names the facts and macros which no page uses; nothing when all are used, or when that cannot be told."""
    try:
        library = reading.read(root / "docs" / "data")
        asked = list(pages.shown(root, library, settings.read(root).extra.email))
    except reading.Unreadable:  # the check has told it
        return ""
    small = [forwarding.plain_words(record) for _, record in library.facts.records]
    return unused.in_a_line(library.facts, [macro for macro, _ in asked], [html for _, html in asked] + small)


MORE_TO_COME = "The next run may find more: some checks could not look while this is not put right."


def more_to_come(root: Path, found: list[Finding], reports: list[ReadingReport]) -> str:
    """One line that says that a check has not looked everywhere; nothing when it has."""
    return MORE_TO_COME if found and len(reports) < len(pages.files(root / "docs")) else ""


def today(root: Path) -> date:
    """The day of a build: that which the environment tells, or that of the last commit."""
    return dates.of_epoch(_commit_time(root))


def late_dates(root: Path) -> list[dates.Due]:
    """What should have been read again or mended before :func:`today`.

    A date that passes is no fault: nothing fails by it, or no change could be made on the day after.
    """
    try:
        return dates.late(reading.read(root / "docs" / "data"), pages.metas(root), today(root))
    except reading.Unreadable:  # the check has told it
        return []


def _make_downloads(root: Path, docs: Path, site_url: str | None) -> list[Finding]:
    """Add the files that are made from the facts to the pages, before the engine takes them all."""
    try:
        library = reading.read(root / "docs" / "data")
        address, when = site_url or settings.read(root).site_url, _commit_time(root)
        feed.write(docs, library.facts, address, when)
        return downloads.write(docs, library, address, when)
    except Exception as error:
        return [_stopped(root, error)]


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# ------------------------------------------------------------------------ engine


def _engine(root: Path, docs: Path, into: Path, site_url: str | None) -> tuple[list[Finding], str]:
    """Run the engine; each of its warnings is a finding."""
    # Imported late: checks need no engine, and it takes half a second to load.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ["SOURCE_DATE_EPOCH"] = str(_commit_time(root))
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    heard = _Heard(root)
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    log.propagate = False
    try:
        overrides = {"site_url": site_url} if site_url else {}
        config = load_config(str(root / SETTINGS), docs_dir=str(docs), site_dir=str(into), **overrides)
        config.plugins.on_startup(command="build", dirty=False)
        _try_markdown(config)
        build_site(config)
        return heard.findings, config.site_url or "/"
    except (Abort, ConfigurationError) as error:
        if not heard.findings:
            heard.add(str(error))
        return heard.findings, ""
    except (Exception, SystemExit) as error:  # whatever a page shape or a macro can do wrong, its writer gets a finding
        if isinstance(error, SystemExit) and heard.findings:  # the engine said why, then gave up
            return heard.findings, ""
        ours = [file for file, _ in environment.places(error, root) if root / file != Path(__file__)]
        # Where no page shape and no macro stands on the way to it, the engine was led there by what it was told to use.
        return [_stopped(root, error) if ours else _refused_settings(root, error)], ""
    finally:
        log.removeHandler(heard)


def _try_markdown(config: MkDocsConfig) -> None:
    """Make a heading, so that an extension that cannot work with its options says so before a page is blamed."""
    from markdown import Markdown

    Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert("## A heading")


ENGINE_REFUSES_SETTINGS = Rule(
    "engine-refuses-settings",
    "the engine cannot work with what is set here: {words}",
    "No page can be made until this is mended.",
    "Undo the last change to this file. What the words name may be misspelt, or stand in the wrong place.",
    "module_name: scripts/macros",
    {"words": "Macro plugin could not find custom 'scripts/macro' module (ImportError)"},
)


def _refused_settings(root: Path, error: BaseException) -> Finding:
    environment.keep_trace(error, root)
    return _of_engine(root, _told(root, error))


def _of_engine(root: Path, words: str) -> Finding:
    """What the engine says of the settings, on the line of the last and so the innermost that it names."""
    names = re.findall(r"(?:value|[Oo]ption|[Ee]xtension|[Pp]lugin) '([\w.-]+)'", words)
    line = next(filter(None, (settings.line_of(root, name) for name in reversed(names))), 0)
    return ENGINE_REFUSES_SETTINGS.finding(SETTINGS, line, words=words)


def _told(root: Path, error: BaseException) -> str:
    return f"{_in_short(root, error) or 'no reason given'} ({type(error).__name__})"


BUILD_STOPPED = Rule(
    "build-stopped",
    "the build stopped here: {error}",
    "No page can be made until this is mended.",
    "If you changed this file, look at this line and the one above. A block may be open, or a name unknown. "
    "If not, please tell us: the mistake is ours.",
    "{% if page %} … {% endif %}",
    {"error": "'(' was never closed (macros.py, line 17)"},
)
_MOST = 120  # characters of another program's words: more would hide what to do


def _in_short(root: Path, words: object) -> str:
    """What another program said, in one line, without the path of the project on this machine."""
    said = str(words).replace(f"{root}{os.sep}", "").replace(str(root), "the project")
    return textwrap.shorten(said, _MOST, placeholder=" …")


def _stopped(root: Path, error: BaseException) -> Finding:
    """What stopped the work, on the line of ours that it came from: of a page shape or template where there is one."""
    environment.keep_trace(error, root)
    ours = environment.places(error, root)
    shapes = [(file, line) for file, line in ours if file.suffix == ".html"]
    last = traceback.extract_tb(error.__traceback__)[-1]
    file, line = (shapes or ours or [(Path(Path(last.filename).name), last.lineno or 0)])[-1]
    return BUILD_STOPPED.finding(file.as_posix(), line, error=_told(root, error))


ENGINE_WARNS = Rule(
    "engine-warns",
    "the engine warns: {words}",
    "The page would be published with a fault in it.",
    "Look at the place it names.",
    "[The ladder](ladder.md)",
    {"words": "Doc file 'training.md' contains a link 'nothing.md', but the target is not found."},
)


class _Heard(logging.Handler):
    """The engine's warnings, as findings."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.WARNING)
        self.root = root
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.add(record.getMessage())

    def add(self, message: str) -> None:
        words = re.sub(r"\x1b\[[0-9;]*m", "", message)
        named, said = re.search(r"[\w/-]+\.md", words), _in_short(self.root, words)
        told = ENGINE_WARNS.finding(f"docs/{named[0]}", 0, words=said) if named else _of_engine(self.root, said)
        self.findings.append(told)


def _commit_time(root: Path) -> int:
    """The time of the last commit, so that two builds of it are alike; a fixed day where git is not to be had."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    try:
        answer = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, timeout=10, check=True
        )
        return int(answer.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return int(datetime(2026, 11, 22, tzinfo=timezone.utc).timestamp())


# ------------------------------------------------------------------ after the engine


def _finish_and_check(root: Path, folder: Path, address: str) -> list[Finding]:
    try:
        facts = reading.read(root / "docs" / "data").facts
        metas = pages.metas(root)
        if lost := doors.lost_frames(folder, metas):  # nothing more can be made of such pages
            return lost
        doors.write(folder, settings.read(root).extra, metas, today(root), address, facts.agreed("heard_within"))
        _finish(folder, facts, pages.other_words(metas))
        forwarding.write(folder, facts, metas, address)
        found = site.check(folder, address) + published.check(root, folder, facts, metas)
        return found + site.check_labels(folder, EASY, tables.easy_labels(facts), " ".join(tables.DRAFT))
    except Exception as error:
        return [_stopped(root, error)]


def _finish(folder: Path, facts: Facts, also: dict[str, tuple[str, ...]]) -> None:
    """Leave out what no page uses, and add what is made from the built pages."""
    search.write(folder, facts, also)
    _lighten(folder / "assets")
    _leave_out_unused_files(folder)
    for stray in folder.glob("sitemap.xml.gz"):
        stray.unlink()


def _lighten(assets: Path) -> None:
    """Take comments and white space out of the styles and scripts; who wants to read them has the repository.

    The licence of a script that is not ours stays. The parts of the search index have nothing to lose.
    """
    for path in assets.glob("*.[cj]s*"):
        if not path.name.startswith("search-index-"):
            lean = cssmin if path.suffix == ".css" else jsmin
            path.write_text(lean(path.read_text(encoding="utf-8"), keep_bang_comments=True), encoding="utf-8", newline="\n")


def _leave_out_unused_files(folder: Path) -> None:
    """Take away what no page, style or script names: the theme's own, the parts of our template, drawings not in use."""
    html = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))
    loading = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("assets/*.[cj]s*"))
    named = set(re.findall(r"[\w.-]+", f"{html} {loading}"))
    copied = [path for top in (folder / "assets", folder / "partials") for path in (top, *top.rglob("*"))]
    for path in sorted(copied, reverse=True):  # what is inside a folder comes before it
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.is_file() and path.name not in named:
            path.unlink()


_BEFORE = "before"


def _swap(new: Path, into: Path, before: Path) -> None:
    """Put ``new`` in the place of ``into``. A stop in between leaves the old site at ``before``."""
    into.parent.mkdir(parents=True, exist_ok=True)
    if into.exists():
        into.rename(before)
    try:
        new.rename(into)
    except BaseException:
        if before.exists():
            before.rename(into)
        raise


def _bring_back(work: Path, into: Path) -> None:
    """After a build that was stopped in the middle of its swap, put the last good site back."""
    before = work / _BEFORE
    if before.exists() and not into.exists():
        before.rename(into)
