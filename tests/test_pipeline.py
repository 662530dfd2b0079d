"""A build from end to end, on tiny sites; and on the real one, that it comes out the same everywhere."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coproduction import environment, pipeline, reading
from coproduction.findings import Finding, report
from selectolax.lexbor import LexborHTMLParser
from tiny import change, tiny_site, write


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good tiny project whose page shapes are its own, so that a test may spoil them too."""
    made = tiny_site(tmp_path_factory.mktemp("garden") / "project")
    shutil.copytree(Path(__file__).resolve().parent.parent / "overrides", made / "overrides")
    write(made, {"docs/data/words/spelling.txt": "inbox\n"})  # the shapes say it, and the dictionary does not
    switches = made / "mkdocs.yml"
    text = re.sub(r"custom_dir: .*", "custom_dir: overrides", switches.read_text(encoding="utf-8"))
    switches.write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def project(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "project"))


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "out" / "site"


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with a fingerprint of what it holds."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def built(project: Path, into: Path, site_url: str | None = None) -> dict[str, str]:
    """Build what must be good."""
    found = pipeline.build(project, into, site_url)
    assert not found, report(found)
    return snapshot(into)


# ------------------------------------------------------------------- a good build


def test_a_good_site_builds_and_leaves_nothing_else_behind(project: Path, into: Path) -> None:
    before = snapshot(project)
    files = built(project, into)
    assert {"index.html", "404.html", "sitemap.xml", "ladder/index.html", "models/index.html"} <= set(files)
    assert [path.name for path in into.parent.iterdir() if path.name != ".build"] == ["site"]
    assert [path.name for path in (into.parent / ".build").iterdir()] == ["site.lock"]
    assert {name: print for name, print in snapshot(project).items() if "__pycache__" not in name} == before


def test_a_second_build_takes_the_place_of_the_first(project: Path, into: Path) -> None:
    first = built(project, into)
    (into / "stray.html").write_text("left over")
    change(project / "docs" / "taking-part.md", "You can say no.", "You can always say no.")
    second = built(project, into)
    assert "stray.html" not in second
    assert {name for name in first if first[name] != second[name]} == {"taking-part/index.html", "assets/search-index-1.js"}


def test_the_facts_themselves_are_not_published(project: Path, into: Path) -> None:
    assert not [name for name in built(project, into) if name.startswith("data") or name.endswith((".yml", ".json"))]


def test_files_that_no_page_loads_are_left_out(project: Path, into: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    drawings = {f"docs/assets/{name}.svg": drawing for name in ("bean", "more/leaf", "af")}
    write(project, {"docs/assets/unused.css": "p {}", **drawings})
    change(project / "docs" / "taking-part.md", "You can say no.", "![A bean](assets/bean.svg)")
    css = project / "docs" / "assets" / "site.css"
    css.write_text(css.read_text(encoding="utf-8") + "\n.cp-leaf { background: url(more/leaf.svg) }\n", encoding="utf-8")
    files = built(project, into)
    assert {name for name in files if not name.endswith((".html", ".xml"))} == {
        "assets/site.css",
        "assets/print.css",
        "assets/doors.css",
        "assets/site.js",
        "assets/listen.js",
        "assets/search.js",
        "assets/search-box.js",
        "assets/search-index-1.js",
        "assets/lunr.js",
        "assets/icon.svg",
        "assets/share.png",
        "assets/bean.svg",
        "assets/more/leaf.svg",
    }
    assert not [folder for folder in into.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


# ------------------------------------------------- findings, and the last good site

SPOILT = {
    "facts that cannot be read": ("docs/data/glossary.yml", "name: Spade", "nam: Spade", "docs/data/glossary.yml", "'nam' is not a key"),
    "facts that break a rule": ("docs/data/glossary.yml", "ladder-co-production", "ladder-co-prod", "docs/data/glossary.yml", "is not the id of any record"),
    "a page with a dead link": ("docs/taking-part.md", "You can say no.", "[No](nothing.md)", "docs/taking-part.md", "there is no such page"),
    "a warning of the engine": ("docs/taking-part.md", "You can say no.", "[No][1]\n\n[1]: nothing.md", "docs/taking-part.md", "the engine warns: "),
    "a page that the menu does not know": ("mkdocs.yml", '  - "Taking part": taking-part.md\n', "", "docs/taking-part.md", "no menu leads to this page"),
    "a menu with a page too many": ("mkdocs.yml", "taking-part.md", "taking-parts.md", "mkdocs.yml", "the menu names the page 'taking-parts.md'"),
    "a switch that nobody knows": ("mkdocs.yml", "anchorlink: true", "anchorlink: maybe", "mkdocs.yml", "the engine cannot work with what is set here: "),
    "switches that are not YAML": ("mkdocs.yml", "strict: true", "strict: [", "mkdocs.yml", "this is not YAML"),
    "a page shape that is broken": ("overrides/home.html", "{% block main %}", "{% block main %}{% if %}", "overrides/home.html", "Expected an expression"),
    "a page shape that asks for nothing": ("overrides/home.html", "{% block main %}", "{% block main %}{{ page.nothing.at.all }}", "overrides/home.html", "has no attribute"),
    "a fault of the built page": ("docs/taking-part.md", "You can say no.", "| No |\n| :-: |\n| Yes |", "site/taking-part/index.html", "carries the attribute 'style'"),
    "a link of a page shape": ("overrides/partials/cp-footer.html", "'accessibility/'|url }}\">Acc", "'access/'|url }}\">Acc", "site/index.html", "leads to nothing"),
}  # fmt: skip


def set_owner(project: Path, **settings: str) -> None:
    for name, value in settings.items():
        change(project / "mkdocs.yml", f'{name}: ""', f"{name}: '{value}'")


def test_every_edit_link_leads_to_a_file_and_the_line_of_a_record(project: Path, into: Path) -> None:
    host = "https://code.example/"
    set_owner(project, edit_page=host + "edit/{path}", edit_line=host + "line/{path}#L{line}", email="dig@garden.example")
    built(project, into)
    lines = pages = 0
    for page in into.rglob("index.html"):
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        links = [tag.attributes["href"] or "" for tag in tree.css("a[href]")]
        blocks = [link.removeprefix(host + "line/") for link in links if link.startswith(host + "line/")]
        assert len(blocks) == len(tree.css(".cp-block")), page
        for link in blocks:
            file, _, line = link.partition("#L")
            record = (project / file).read_text(encoding="utf-8").splitlines()[int(line) - 1 :][:2]
            id = re.match(r"\s*(?:- |ask:\n\s*)id: ([a-z-]+)", "\n".join(record))  # a record begins on this very line
            assert id and tree.css_first(f"#{id[1]}"), link
        lines += len(blocks)
        for link in links:
            if link.startswith(host + "edit/"):
                pages += 1
                file = project / link.removeprefix(host + "edit/")
                assert file.is_file()
                assert file.with_suffix("").name in ("index", page.parent.name)
    assert lines >= 8 and pages >= 10
    assert "mailto:dig@garden.example" in (into / "tell" / "ladder" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("edit_line", "https://code.example/{file}#L{line}"),
        ("edit_line", "https://code.example/{path}#L{line"),
        ("edit_line", "https://code.example/"),
        ("edit_page", "https://code.example/{path}#L{line}"),
        ("forms", "https://code.example/new"),
    ],
)
def test_a_wrong_placeholder_in_an_edit_link_is_told_on_its_line(setting: str, value: str, project: Path, into: Path) -> None:
    line = change(project / "mkdocs.yml", f'{setting}: ""', f"{setting}: '{value}'")
    for found in (pipeline.check(project)[0], pipeline.build(project, into)):
        assert [(finding.file, finding.line, finding.what) for finding in found] == [("mkdocs.yml", line, f"'{setting}' is {value}")]
        assert ("{form}" if setting == "forms" else "{path}") in found[0].fix
    assert not into.exists()


@pytest.fixture(scope="module")
def good_site(garden: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("good") / "site"
    built(garden, into)
    return into


@pytest.mark.parametrize(("file", "old", "new", "named", "what"), SPOILT.values(), ids=SPOILT)
def test_while_anything_is_to_be_put_right_the_last_good_site_stays(
    file: str, old: str, new: str, named: str, what: str, project: Path, into: Path, good_site: Path
) -> None:
    shutil.copytree(good_site, into)
    last_good = snapshot(into)
    change(project / file, old, new)
    found = pipeline.build(project, into)
    assert named in [finding.file for finding in found if what in finding.what], report(found)
    assert "Traceback" not in report(found)
    assert snapshot(into) == last_good
    assert not (into.parent / ".build" / "site").exists()


@pytest.mark.parametrize("where", ["overrides/home.html", "overrides/main.html", "overrides/partials/cp-footer.html"])
def test_a_broken_page_shape_is_named_with_its_line(where: str, project: Path, into: Path) -> None:
    shape = project / where
    text = shape.read_text(encoding="utf-8")
    shape.write_text(f"{text}\n{{% nonsense %}}\n", encoding="utf-8")
    found = pipeline.build(project, into)
    assert [(finding.file, finding.line) for finding in found] == [(where, text.count("\n") + 2)]
    assert "nonsense" in found[0].what
    assert "TemplateSyntaxError" in (project / ".build" / "trace.txt").read_text(encoding="utf-8")  # for an engineer
    assert not into.exists()


def test_a_comment_that_never_ends_is_told_in_the_page_shape_and_on_the_line_where_it_begins(project: Path, into: Path) -> None:
    shape = project / "overrides" / "main.html"
    before, mark, comment = shape.read_text(encoding="utf-8").rpartition("{#")
    shape.write_text(f"{before}{mark}{comment.replace('#}', '', 1)}", encoding="utf-8")
    found = pipeline.build(project, into)
    assert [(finding.file, finding.line) for finding in found] == [("overrides/main.html", before.count("\n") + 1)], report(found)


def test_a_site_that_was_never_good_is_not_there(project: Path, into: Path) -> None:
    change(project / "docs" / "taking-part.md", "You can say no.", "[No](nothing.md)")
    assert pipeline.build(project, into) and not into.exists()


def test_a_warning_of_the_engine_is_told_in_plain_words(project: Path, into: Path) -> None:
    change(project / "docs" / "taking-part.md", "You can say no.", "[No][1]\n\n[1]: nothing.md")
    found = pipeline.build(project, into)
    assert len(found) == 1 and "\x1b" not in found[0].what
    assert found[0].what.startswith("the engine warns: ") and "'nothing.md'" in found[0].what
    assert found[0].why and found[0].fix


def test_the_warnings_of_one_build_are_not_told_again_by_the_next(project: Path, into: Path) -> None:
    page = project / "docs" / "taking-part.md"
    change(page, "You can say no.", "[No][1]\n\n[1]: nothing.md")
    assert len(pipeline.build(project, into)) == len(pipeline.build(project, into)) == 1
    change(page, "[No][1]\n\n[1]: nothing.md", "You can say no.")
    built(project, into)


# --------------------------------------------------------------------------- swap

_KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from coproduction import pipeline
count, rename = 0, Path.rename
def dies(self, target):
    global count
    count += 1
    if count == int(sys.argv[4]):
        os._exit(9)
    return rename(self, target)
Path.rename = dies
print(pipeline.build(Path(sys.argv[2]), Path(sys.argv[3])))
"""


def build_that_is_killed(project: Path, into: Path, root: Path, at_rename: int) -> int:
    """Build in a process of its own that dies instead of doing its n-th renaming; return what it ended with."""
    command = [sys.executable, "-c", _KILLED, str(root / "scripts"), str(project), str(into), str(at_rename)]
    return subprocess.run(command, capture_output=True, timeout=60).returncode


@pytest.mark.parametrize("at_rename", [1, 2])
def test_a_build_that_is_killed_while_it_swaps_loses_nothing(
    at_rename: int, project: Path, into: Path, root: Path, good_site: Path
) -> None:
    shutil.copytree(good_site, into)
    last_good = snapshot(into)
    assert build_that_is_killed(project, into, root, at_rename) == 9
    assert into.exists() == (at_rename == 1)
    # The next build brings the last good site back, even when it has findings of its own.
    change(project / "docs" / "taking-part.md", "You can say no.", "[No](nothing.md)")
    assert pipeline.build(project, into)
    assert snapshot(into) == last_good


def test_after_a_killed_build_the_next_good_one_takes_its_place(project: Path, into: Path, root: Path, good_site: Path) -> None:
    shutil.copytree(good_site, into)
    assert build_that_is_killed(project, into, root, 2) == 9
    change(project / "docs" / "taking-part.md", "You can say no.", "You can always say no.")
    assert "taking-part/index.html" in built(project, into)
    assert "You can always say no." in (into / "taking-part" / "index.html").read_text(encoding="utf-8")


def test_a_swap_that_fails_puts_the_last_good_site_back(
    project: Path, into: Path, good_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(good_site, into)
    last_good = snapshot(into)
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "site" and target == into and ".build" in self.parts:
            raise PermissionError("a file of the new site is in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):
        pipeline.build(project, into)
    assert snapshot(into) == last_good


# ------------------------------------------------------------------- two at once

_WAITS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from coproduction import pipeline
rename = Path.rename
def waits(self, target):
    if target == Path(sys.argv[3]):
        print("between the two renamings", flush=True)
        sys.stdin.readline()
    return rename(self, target)
Path.rename = waits
print(pipeline.build(Path(sys.argv[2]), Path(sys.argv[3])))
"""


def test_a_second_build_leaves_all_to_the_one_that_runs(project: Path, into: Path, root: Path, good_site: Path) -> None:
    shutil.copytree(good_site, into)
    command = [sys.executable, "-c", _WAITS, str(root / "scripts"), str(project), str(into)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as first:
        assert first.stdout.readline() == "between the two renamings\n"
        half_way = snapshot(into.parent)
        assert [finding.rule for finding in pipeline.build(project, into)] == ["build-running"]
        assert snapshot(into.parent) == half_way and not into.exists()
        assert first.communicate("\n", timeout=60)[0] == "[]\n"
    assert snapshot(into) == snapshot(good_site)


def test_a_build_beside_another_folder_waits_for_nobody(project: Path, into: Path) -> None:
    (into.parent / ".build").mkdir(parents=True)
    with environment.alone(into.parent / ".build" / "preview.lock") as held:
        assert held and "index.html" in built(project, into)


# ------------------------------------------------------------ a site in a sub-folder


def hrefs(page: Path) -> list[str]:
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    found = [
        tag.attributes.get("href") or tag.attributes.get("src") or ""
        for tag in tree.css("a, link:not([rel=canonical]), script[src], img")
    ]
    return [address for address in found if not re.match(r"[a-z]+:", address)]


def test_a_site_in_a_sub_folder_builds_and_its_404_page_leads_home(project: Path, into: Path) -> None:
    built(project, into, "https://host.example/some/sub/")
    addresses = hrefs(into / "404.html")
    assert len(addresses) > 10
    for address in addresses:
        path = address.partition("#")[0]
        assert path.startswith("/some/sub/") or address.startswith("#"), address
        target = into / path.removeprefix("/some/sub/")
        assert (target / "index.html").is_file() if address.endswith("/") else target.exists(), address


def test_every_other_page_of_a_sub_folder_leads_on_by_relative_links(project: Path, into: Path) -> None:
    built(project, into, "https://host.example/some/sub/")
    for page in set(into.rglob("index.html")) - set(into.glob("r/*/index.html")) - set(into.glob("tell/**/index.html")):
        assert [address for address in hrefs(page) if address.startswith("/")] == []
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        folder = page.parent.relative_to(into).as_posix()
        wanted = "https://host.example/some/sub/" + ("" if folder == "." else f"{folder}/")
        assert tree.css_first("link[rel=canonical]").attributes["href"] == wanted


def test_the_address_of_a_build_changes_nothing_but_addresses(project: Path, into: Path, good_site: Path) -> None:
    files = built(project, into, "https://host.example/sub/")
    here = snapshot(good_site)
    assert set(files) == set(here)
    different = [name for name in files if files[name] != here[name]]
    assert all(name.endswith((".html", ".xml")) for name in different)


# ------------------------------------------------------------------- the same anywhere

_BUILD = """
import sys
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root / "scripts"))
from coproduction import findings, pipeline
print(findings.report(pipeline.build(root, Path(sys.argv[2]))))
"""


def build_elsewhere(root: Path, folder: Path, **surroundings: str) -> dict[str, str]:
    """Build a copy of the real project in ``folder``, in a process of its own with other surroundings."""
    folder.mkdir(parents=True)
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    environment = {key: value for key, value in os.environ.items() if key not in ("SOURCE_DATE_EPOCH", "TZ", "PYTHONPATH")}
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder), str(folder / "out" / "site")],
        env={**environment, **surroundings, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder.anchor,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stdout.strip() == "Nothing to put right.", done.stdout + done.stderr
    return snapshot(folder / "out" / "site")


def test_two_builds_in_different_folders_are_alike_byte_for_byte(root: Path, tmp_path: Path) -> None:
    one = build_elsewhere(root, tmp_path / "one", TZ="Pacific/Auckland", PYTHONHASHSEED="1", LC_ALL="C")
    other = build_elsewhere(
        root, tmp_path / "other ŵ" / "deeper" / "down", TZ="America/Lima", PYTHONHASHSEED="2", LC_ALL="C.UTF-8"
    )
    assert len(one) > 25
    assert set(one) == set(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_styles_and_scripts_travel_without_their_comments_and_with_the_licences_of_others(project: Path, into: Path) -> None:
    write(project, {"docs/assets/site.css": "/* Why. */\np {\n  color: red;\n}\n", "docs/assets/site.js": "// Why.\nload(\"lunr.js\");\n"})
    built(project, into)
    styles, script, engine = ((into / "assets" / name).read_text(encoding="utf-8") for name in ("site.css", "site.js", "lunr.js"))
    assert (styles, script.strip()) == ("p{color:red}", 'load("lunr.js");')
    assert "Copyright" in engine[:400] and len(engine) < 50_000


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here, so there is no commit to take the date from")
def test_the_date_of_a_build_is_that_of_the_commit(project: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    change(project / "overrides" / "main.html", "</body>", "<p>{{ build_date_utc }}</p></body>")
    for variable, value in {"DATE": "2001-02-03T12:00:00Z", "NAME": "A gardener", "EMAIL": "dig@garden.example"}.items():
        monkeypatch.setenv(f"GIT_COMMITTER_{variable}", value)
        monkeypatch.setenv(f"GIT_AUTHOR_{variable}", value)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=Dig"]):
        subprocess.run(["git", "-c", "commit.gpgsign=false", *command], cwd=project, check=True, capture_output=True, timeout=30)
    built(project, into)
    assert "<p>2001-02-03 12:00" in (into / "index.html").read_text(encoding="utf-8")


def test_a_check_without_the_engine_finds_what_a_build_finds_before_it(project: Path, into: Path) -> None:
    found, reports = pipeline.check(project)
    assert found == [] and len(reports) == len(list((project / "docs").rglob("*.md")))
    change(project / "docs" / "data" / "glossary.yml", "name: Spade", "nam: Spade")
    change(project / "docs" / "data" / "schemas" / "glossary.json", '"title": "docs/data/glossary.yml"', '"title": "old"')
    found, reports = pipeline.check(project)
    assert {finding.file for finding in found} == {"docs/data/glossary.yml", "docs/data/schemas/glossary.json"} and reports == []
    # Schemas serve editors: a build does not wait for them.
    assert {finding.file for finding in pipeline.build(project, into)} == {"docs/data/glossary.yml"}


def test_a_finding_of_a_build_is_a_finding(project: Path, into: Path) -> None:
    change(project / "docs" / "taking-part.md", "You can say no.", "{{ nothing() }}")
    assert all(isinstance(finding, Finding) for finding in pipeline.build(project, into))


# --------------------------------------------------------- one slip is one finding


@contextmanager
def put_back(*files: Path) -> Iterator[None]:
    """Whatever happens, leave these files as they were."""
    kept = {file: file.read_bytes() for file in files}
    try:
        yield
    finally:
        for file, content in kept.items():
            file.write_bytes(content)


@pytest.fixture(scope="module")
def real(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real pages and facts, in a copy that a test may spoil and must mend."""
    project = tmp_path_factory.mktemp("real") / "project"
    for folder in ("docs", "overrides", "scripts"):
        shutil.copytree(root / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", project / "mkdocs.yml")
    assert pipeline.check(project)[0] == []
    return project


def put(was: str, now: str) -> Callable[[str], bytes]:
    """What puts the first line that begins with ``was`` right below another in place of the line ``now``."""
    return lambda text: re.sub(rf"^{was}.*", now, text, count=1, flags=re.MULTILINE).encode()


LADDER, WORDS, SOURCES, THEMES = "docs/ladder.md", *(f"docs/data/{name}.yml" for name in ("glossary", "sources", "themes"))
SLIPS = {
    "a misspelt key": (LADDER, put("owner:", "ownr: The editors"), "key-unknown", "ownr:"),
    "a colon in a title": (LADDER, put("title:", "title: Help: improve this"), "not-yaml", "title:"),
    "a date in words": (LADDER, put("updated:", "updated: 22 November 2026"), "not-a-date", "updated:"),
    "a page in UTF-16": (LADDER, lambda text: text.encode("utf-16"), "not-utf-8", ""),
    "readers whom nobody knows": (LADDER, put("reading:", "reading: everybody"), "word-unknown", "reading:"),
    "a page without its top": (LADDER, lambda text: text.partition("---\n\n")[2].encode(), "front-matter-missing", ""),
    "a misspelt key of a record": (WORDS, put("    meaning:", "    meening: Dig."), "key-unknown", "    meening:"),
    "every without its key": (WORDS, put("every:", "evry:"), "key-at-the-left", "evry:"),
    "records without their key": (SOURCES, put("records:", "record:"), "key-at-the-left", "record:"),
    "a quote mark that stays open": (SOURCES, lambda text: f'{text}  - name: "open\n'.encode(), "not-yaml", '  - name: "open'),
    "sources in UTF-16": (SOURCES, lambda text: text.encode("utf-16"), "not-utf-8", ""),
    "themes that are too long": (THEMES, lambda text: text.encode() + b"#" * reading.LARGEST, "file-too-large", None),
}


@pytest.mark.parametrize(("file", "spoil", "rule", "at"), SLIPS.values(), ids=SLIPS)
def test_one_slip_is_one_finding_at_its_own_line(file: str, spoil: Callable[[str], bytes], rule: str, at: str | None, real: Path) -> None:
    text = (real / file).read_text(encoding="utf-8")
    spoilt = spoil(text)
    with put_back(real / file):
        (real / file).write_bytes(spoilt)
        found, _ = pipeline.check(real)
    lines = spoilt.decode("utf-8", errors="replace").split("\n")
    line = 0 if at is None else next(number for number, line in enumerate(lines, 1) if line.startswith(at))
    assert [(each.file, each.line, each.rule) for each in found] == [(file, line, rule)]


@pytest.mark.parametrize("name", ["sources", "themes", "glossary"])
def test_a_data_file_of_a_wrong_name_is_one_finding(name: str, real: Path) -> None:
    file = real / "docs" / "data" / f"{name}.yml"
    with put_back(file):
        wrong = file.rename(file.with_suffix(".yaml"))
        found, _ = pipeline.check(real)
    wrong.unlink()
    assert [(each.file, each.rule) for each in found] == [(f"docs/data/{name}.yaml", "file-unknown")]


def test_a_slip_in_the_facts_hides_none_of_the_words_or_quotations(real: Path) -> None:
    """What is said of a record that has a slip in a key, and of pages, is what would be said without that slip."""
    changes = {
        "docs/data/definitions.yml": [("\n    plain:", "\n    plane:"), ("\n      source:", " tidied\n      source:")],
        "docs/ladder.md": [("---\n\n", "---\n\nThhe way.\n\n{{ framework(\"framework-zzz\") }}\n\n")],
    }
    with put_back(*(real / file for file in changes)):
        for file, pairs in changes.items():
            text = (real / file).read_text(encoding="utf-8")
            for was, now in pairs:
                assert was in text
                text = text.replace(was, now, 1)
            (real / file).write_text(text, encoding="utf-8", newline="\n")
        found, reports = pipeline.check(real)
    assert {"key-unknown", "quotation-changed", "spelling", "macro-id-unknown"} <= {each.rule for each in found}
    assert {each.file for each in found} == set(changes)
    assert pipeline.more_to_come(real, found, reports) == pipeline.MORE_TO_COME
    assert pipeline.more_to_come(real, [], []) == ""


# ------------------------------------------------------------- what is no file


def test_what_an_editor_locks_a_page_with_is_left_alone(project: Path, into: Path) -> None:
    (project / "docs" / ".#ladder.md").symlink_to("somebody@a-machine")
    assert pipeline.check(project)[0] == []
    assert pipeline.build(project, into) == []


@pytest.mark.parametrize("place", ["docs/data/law.yml", "docs/assets/easy/x.svg", "overrides/x.html", "scripts/x.py", "docs/shed"])
def test_a_link_is_refused_wherever_it_stands(place: str, project: Path) -> None:
    path = project / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(project.parent)
    assert [(found.file, found.rule) for found in pipeline.check(project)[0]] == [(place, "file-is-a-link")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_told_and_never_waited_for(project: Path) -> None:
    os.mkfifo(project / "docs" / "data" / "pipe.yml")
    (found,) = pipeline.check(project)[0]
    assert (found.file, found.what) == ("docs/data/pipe.yml", "this has the name of a file, and is a pipe or a device")
