"""The settings of the site: what an owner may write in ``mkdocs.yml``, and what comes of all else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from coproduction import pipeline, reading, settings, spelling
from coproduction.findings import report
from coproduction.reading import Unreadable
from coproduction.settings import Extra
from tiny import ADDRESS, change, switches, tiny_site, with_settings, write


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_site(tmp_path_factory.mktemp("garden") / "project")


@pytest.fixture
def project(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "project"))


def with_switches(folder: Path, text: str) -> Path:
    return write(folder, {"mkdocs.yml": text})


# --------------------------------------------------------------------------- reading


def test_the_settings_are_read_without_the_engine(tmp_path: Path) -> None:
    text = switches().replace('email: ""', "email: dig@garden.example").replace("language: en", 'language: "en"')
    given = settings.read(with_switches(tmp_path, text))
    assert given.site_url == ADDRESS
    assert given.extra == Extra(edit_page="", edit_line="", forms="", email="dig@garden.example")


@pytest.mark.parametrize("lost", ['  edit_page: ""\n', '  email: ""\n', f"site_url: {ADDRESS}\n"])
def test_a_setting_that_is_not_made_is_empty(lost: str, tmp_path: Path) -> None:
    text = switches()
    assert lost in text
    given = settings.read(with_switches(tmp_path, text.replace(lost, "")))
    assert "" in (given.site_url, given.extra.edit_page, given.extra.email)


def test_a_block_of_settings_that_is_not_there_is_empty(tmp_path: Path) -> None:
    text = re.sub(r"^extra:\n(  .*\n)+", "", switches(), flags=re.M)
    assert "email" not in text and settings.read(with_switches(tmp_path, text)).extra == Extra()


@pytest.mark.parametrize("text", ["", "site_name: The garden\n", "- site_url: https://garden.example/\n", "words\n"])
def test_a_file_without_the_settings_that_must_be_there_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        settings.read(with_switches(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("strict: true\nextra: &a\n  more: *a\n", 2, "the file uses an anchor (&name)"),
        ("nav: &n\n  - *n\n", 1, "the file uses an anchor (&name)"),
        ("strict: true\nsite_name: !!python/name:os.system\n", 2, "the file uses the tag tag:yaml.org,2002:python/name:os.system"),
        ("site_name: The garden\nextra: [x\n", 2, "this is not YAML: a bracket opens here and never closes"),
    ],
)
def test_switches_that_hide_something_run_code_or_are_no_yaml_are_refused(text: str, line: int, what: str, tmp_path: Path) -> None:
    with_switches(tmp_path, text)
    for read in (settings.read, reading.menu):
        with pytest.raises(Unreadable) as refused:
            read(tmp_path)
        assert [(finding.file, finding.line, finding.what) for finding in refused.value.findings] == [("mkdocs.yml", line, what)]


@pytest.mark.parametrize(
    ("before", "after", "fix"),
    [
        ("email:", "emial:", "Did you mean 'email'?"),
        ("forms:", "form:", "Did you mean 'forms'?"),
        ("use_directory_urls:", "use_directory_url:", "Did you mean 'use_directory_urls'?"),
        ("name: material", "name: materiel", "Did you mean 'material'?"),
        ("anchors: warn", "anchors: warm", "Did you mean 'warn'?"),
    ],
)
def test_a_slip_is_told_on_its_line_with_the_name_that_was_meant(before: str, after: str, fix: str, project: Path) -> None:
    line = change(project / "mkdocs.yml", before, after)
    found = pipeline.check(project)[0]
    assert [(finding.file, finding.line) for finding in found] == [("mkdocs.yml", line)]
    assert fix in found[0].fix


def test_all_slips_are_told_at_once_and_the_menu_is_still_looked_at(project: Path) -> None:
    lines = {
        change(project / "mkdocs.yml", "email:", "emial:"),
        change(project / "mkdocs.yml", "strict: true", "strict: 42"),
        change(project / "mkdocs.yml", "taking-part.md", "taking-parts.md"),
    }
    found = pipeline.check(project)[0]
    assert {finding.line for finding in found if finding.file == "mkdocs.yml"} == lines, report(found)


def test_the_line_of_a_setting_is_found_in_a_block_in_a_list_and_nowhere(project: Path) -> None:
    text = (project / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert [text[settings.line_of(project, name) - 1].strip() for name in ("toc", "tables", "email")] == ["- toc:", "- tables", 'email: ""']
    assert settings.line_of(project, "mail") == settings.line_of(project, "nowhere") == 0
    (project / "mkdocs.yml").write_text("# what nobody\fsees ends\x85no line\nemail: none\n", encoding="utf-8")
    assert settings.line_of(project, "email") == 2


# ------------------------------------------------------------- the addresses of an owner


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://code.example/edit/{path}", True),
        ("http://localhost:3000/dig/{path}?plain=1#L1", True),
        ("https://code.example?file={path}", True),
        ("https://code.example/\u00e9t\u00e9/~dig/-/edit/{path}", True),
        ("code.example/edit/{path}", False),
        ("//code.example/edit/{path}", False),
        ("/edit/{path}", False),
        ("https:///edit/{path}", False),
        ("https://{path}/edit", False),
        ("https://code.example{path}", False),
        ("https://code.example:dig/{path}", False),
        ("https://code.example/my garden/{path}", False),
        ("javascript:alert('{path}')", False),
        ("mailto:dig@garden.example?body={path}", False),
    ],
)
@pytest.mark.parametrize("name", ["edit_page", "edit_line", "forms"])
def test_only_a_whole_address_leads_to_the_code_host(name: str, address: str, is_good: bool, tmp_path: Path) -> None:
    address = address.replace("{path}", "{form}") if name == "forms" else address
    root = with_switches(tmp_path, with_settings(switches(), **{name: address}))
    found = settings.check(root, settings.read(root))
    assert [(each.rule, each.line) for each in found] == ([] if is_good else [("edit-address-wrong", settings.line_of(root, name))])


# What an owner may have written. However it stands there, no test may see it.
OWNED = {
    "as the README says": """
        site_url: https://garden.org.uk/
        extra:
          # Where we are
          edit_page: "https://code.org.uk/edit/{path}"
          edit_line: 'https://code.org.uk/blob/{path}#L{line}'
          forms: https://code.org.uk/new?template={form}
          email: dig@garden.org.uk
        """,
    "on one line": "site_url: 'https://garden.org.uk'  # ours\nextra: {email: dig@garden.org.uk}\n",
    "over some lines": "extra:\n\n# ours\n  email:\n    dig@garden.org.uk\n\nsite_url: https://garden.org.uk/dig/\n",
    "not at all": "",
}


@pytest.mark.parametrize("owned", OWNED)
def test_what_an_owner_has_set_is_not_in_the_tiny_site(owned: str) -> None:
    def of_tiny_site(made: str) -> str:
        return with_settings(f"site_name: The garden\n{dedent(made).lstrip()}copyright: All of us\n\nnav:\n  - index.md\n")

    assert "garden.org.uk" not in of_tiny_site(OWNED[owned]) and of_tiny_site(OWNED[owned]) == of_tiny_site("")


# The tests that read the settings, or a site that was built with them, and need no tools of npm: these are not in the copy.
READERS = ("catalogue", "describe_change", "doors", "pipeline", "settings", "statement", "successor", "verbs")
TOGETHER = 1800  # seconds that they may take on a busy machine


@pytest.mark.long
@pytest.mark.parametrize(
    ("which", "readers"),
    [
        pytest.param(("-m", "not browser and not long"), READERS, id="quick"),
        # The rules of axe are among those tools.
        pytest.param(("-m", "browser and not long", "-k", "not axe"), ("doors", "print"), id="browser", marks=pytest.mark.browser),
    ],
)
def test_a_site_with_an_owner_passes_its_own_tests(
    which: tuple[str, ...], readers: tuple[str, ...], root: Path, tmp_path: Path
) -> None:
    left_out = shutil.ignore_patterns(".git", ".venv", ".build", "node_modules", "__pycache__")
    project = Path(shutil.copytree(root, tmp_path / "project", ignore=left_out))
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    made = {
        "edit_page": "https://code.org.uk/dig/edit/main/{path}",
        "edit_line": "https://code.org.uk/dig/blob/main/{path}#L{line}",
        "forms": "https://code.org.uk/dig/issues/new/{form}",
        "email": "dig@garden.org.uk",
    }
    with_switches(project, with_settings(text, "https://garden.org.uk/dig/", **made))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir=.", f"--basetemp={tmp_path / 'temp'}", "-p", "no:cacheprovider",
         *which, *(f"tests/test_{name}.py" for name in readers)],
        cwd=project, env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True, encoding="utf-8", timeout=TOGETHER,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


# ----------------------------------------------------------------- what the engine says

_KEY = re.compile(r"( *(?:- )?(?:[\w-]+|\"[^\"]*\"):)( .*)?|( *- ).+")
IN_PLACE_OF_IT = ("", "42", "true", "false", "words", "[one, two]", "{one: two}", "{}", "!ENV HOME", "../..", "- one", '"\u202e"')


def _changed(text: str) -> Iterator[tuple[str, str]]:
    """The settings with each of these in turn in place of each value, and with each line gone or further to the right."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if match := _KEY.fullmatch(line):
            before = match[1] or match[3]
            for other in (*(f"{before} {value}" for value in IN_PLACE_OF_IT), None, f"  {line}"):
                changed = [*lines[:at], *([] if other is None else [other]), *lines[at + 1 :]]
                yield f"line {at + 1}, {line!r}: {other!r}", "\n".join(changed) + "\n"


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_whatever_is_written_there_gives_a_site_or_is_told_where_it_stands(
    part: int, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "check", lambda *_, **__: [])  # a program of its own, and slow to start
    monkeypatch.chdir(project)
    ways = list(_changed(switches()))[part::4]
    refused = 0
    for name, text in ways:
        found = pipeline.build(with_switches(project, text), project / "site")
        refused += bool(found)
        for finding in found:
            assert finding.rule != "build-stopped", f"{name}\n{report(found)}"
            assert (project / finding.file).exists() or finding.file.startswith("site/"), f"{name}\n{report(found)}"
    assert len(ways) > 100 and len(ways) * 0.5 < refused < len(ways)


def test_a_site_that_was_good_is_built_again_when_the_settings_are_mended(project: Path) -> None:
    into = project / "site"
    assert pipeline.build(project, into) == []
    before = (into / "index.html").read_bytes()
    change(project / "mkdocs.yml", "anchorlink: true", "anchorlink: maybe")
    assert [(finding.file, finding.rule) for finding in pipeline.build(project, into)] == [("mkdocs.yml", "engine-refuses-settings")]
    assert (into / "index.html").read_bytes() == before
    change(project / "mkdocs.yml", "anchorlink: maybe", "anchorlink: true")
    assert pipeline.build(project, into) == []


# ------------------------------------------------------------------------ release


def set_owner(project: Path, **given: str) -> None:
    for name, value in given.items():
        change(project / "mkdocs.yml", f'{name}: ""', f"{name}: '{value}'")


def set_address(project: Path, address: str) -> None:
    switches = project / "mkdocs.yml"
    text, count = re.subn(r"^site_url: .*$", f"site_url: {address}", switches.read_text(encoding="utf-8"), flags=re.M)
    assert count == 1
    switches.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://co-production.example/", "'site_url' is https://co-production.example/"),
        ("https://co-production.example", "'site_url' is https://co-production.example"),
        ("https://www.garden.example/sub/", "'site_url' is https://www.garden.example/sub/"),
        ('""', "'site_url' is not set"),
    ],
)
def test_a_release_refuses_an_address_that_nobody_can_own(address: str, said: str, project: Path) -> None:
    set_address(project, address)
    found = settings.release_findings(project)
    assert [(finding.file, finding.what) for finding in found] == [("mkdocs.yml", said)]
    assert "Set 'site_url'" in found[0].fix


@pytest.mark.parametrize(
    "address", ["https://co-production.org.uk/", "https://someone.github.io/co-production/", "https://example.org/"]
)
def test_a_release_accepts_an_address_of_ones_own(address: str, project: Path) -> None:
    set_address(project, address)
    assert settings.release_findings(project) == []


def test_an_address_that_makes_no_sense_is_refused_by_a_release(project: Path) -> None:
    set_address(project, '"https://[garden/"')
    assert [finding.what for finding in settings.release_findings(project)] == ["'site_url' is https://[garden/"]


def test_what_waits_for_an_owner_is_named_in_one_line_until_it_is_set(project: Path) -> None:
    assert "site_url, edit_page, edit_line, forms, email." in settings.before_launch(project)
    set_owner(project, email="dig@garden.example")
    assert "site_url, edit_page, edit_line, forms." in settings.before_launch(project)
    set_owner(project, edit_page="https://code.example/{path}", edit_line="https://code.example/{path}", forms="https://code.example/{form}")
    set_address(project, "https://garden.example.org/")
    assert settings.before_launch(project) == ""


def test_missing_switches_are_told_by_every_verb(project: Path) -> None:
    (project / "mkdocs.yml").unlink()
    assert settings.before_launch(project) == ""
    for found in (settings.release_findings(project), pipeline.build(project, project / "site"), pipeline.check(project)[0]):
        assert [(finding.file, finding.what) for finding in found] == [("mkdocs.yml", "the file is missing")]


def test_broken_switches_are_told_on_their_line_by_every_verb(project: Path) -> None:
    line = change(project / "mkdocs.yml", "strict: true", "strict: [")
    for found in (settings.release_findings(project), pipeline.build(project, project / "site"), pipeline.check(project)[0]):
        assert [(finding.file, finding.what[:16]) for finding in found] == [("mkdocs.yml", "this is not YAML")]
        assert line <= found[0].line <= line + 2  # YAML notices only on the next line that does not fit
