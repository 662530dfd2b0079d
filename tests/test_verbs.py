"""The verbs as a person runs them, each in a process of its own, on a tiny site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import change, tiny_site, write

# The packages are installed already: the verb runs inside their environment.
_RUN = """
import runpy, sys
sys.path.insert(0, "scripts")
from coproduction import environment
environment.enter = lambda *requirements: None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def garden(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good tiny project with the real scripts and page shapes, all its own."""
    made = tiny_site(tmp_path_factory.mktemp("garden") / "project")
    shutil.copytree(root / "scripts", made / "scripts", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "overrides", made / "overrides")
    write(made, {"docs/data/words/spelling.txt": "inbox\n"})  # the shapes say it, and the dictionary does not
    switches = made / "mkdocs.yml"
    switches.write_text(re.sub(r"custom_dir: .*", "custom_dir: overrides", switches.read_text(encoding="utf-8")), encoding="utf-8")
    return made


@pytest.fixture
def project(garden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(garden, tmp_path / "project"))


def run(project: Path, *words: str) -> tuple[int, str]:
    """Run a verb; return what it ended with and all it said."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, f"scripts/{words[0]}.py", *words[1:]],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout


def old_site(project: Path) -> Path:
    """A site of an earlier build."""
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site", encoding="utf-8")
    return project / "site"


def is_untouched(site: Path) -> bool:
    return [file.read_text(encoding="utf-8") for file in site.rglob("*")] == ["the old site"]


BEFORE_LAUNCH = "Before launch, set in mkdocs.yml: site_url, edit_page, edit_line, forms, email."


def test_a_good_site_is_checked_and_what_to_set_before_launch_is_named(project: Path) -> None:
    status, said = run(project, "check")
    assert status == 0, said
    assert "Nothing to put right." in said and BEFORE_LAUNCH in " ".join(said.split())


def test_a_good_site_is_built_and_what_to_set_before_launch_is_named(project: Path) -> None:
    site = old_site(project)
    status, said = run(project, "build")
    assert status == 0, said
    assert "The site is in the folder “site”." in said and BEFORE_LAUNCH in " ".join(said.split())
    assert "<html" in (site / "index.html").read_text(encoding="utf-8") and (site / "ladder" / "index.html").is_file()


def test_when_all_is_set_nothing_is_named(project: Path) -> None:
    change(project / "mkdocs.yml", "https://co-production.example/", "https://garden.example.org/")
    change(project / "mkdocs.yml", 'edit_page: ""', 'edit_page: "https://code.example/edit/{path}"')
    change(project / "mkdocs.yml", 'edit_line: ""', 'edit_line: "https://code.example/{path}#L{line}"')
    change(project / "mkdocs.yml", 'forms: ""', 'forms: "https://code.example/new?template={form}"')
    change(project / "mkdocs.yml", 'email: ""', "email: dig@garden.example")
    for words in (["check"], ["build", "--record-addresses"], ["build", "--release"]):
        status, said = run(project, *words)
        assert status == 0 and "Before launch" not in said, said


@pytest.mark.parametrize("verb", ["check", "build"])
def test_a_fault_is_told_with_its_file_and_line(verb: str, project: Path) -> None:
    site = old_site(project)
    line = change(project / "docs" / "data" / "glossary.yml", "name: Spade", "nam: Spade")
    status, said = run(project, verb)
    assert status == 1
    assert "docs/data/glossary.yml\n" in said and f"  line {line}: 'nam' is not a key" in said
    assert is_untouched(site)


def test_a_release_refuses_the_reserved_address(project: Path) -> None:
    site = old_site(project)
    status, said = run(project, "build", "--release")
    assert status == 1 and "'site_url' is https://co-production.example/" in said
    assert is_untouched(site)


def test_a_release_refuses_an_address_that_could_vanish_unseen(project: Path) -> None:
    change(project / "mkdocs.yml", "https://co-production.example/", "https://garden.org.uk/")
    assert run(project, "build", "--record-addresses")[0] == 0
    change(project / "tests" / "published_addresses.txt", "words/#word-spade\n", "")
    status, said = run(project, "build", "--release")
    assert status == 1 and "such as words/#word-spade" in " ".join(said.split()) and "--record-addresses" in said


def test_new_addresses_are_recorded_when_asked_and_one_that_dies_stops_the_next_build(project: Path) -> None:
    addresses = project / "tests" / "published_addresses.txt"
    assert run(project, "build")[0] == 0 and not addresses.exists()
    status, said = run(project, "build", "--record-addresses")
    count = len(addresses.read_text(encoding="utf-8").splitlines())
    assert status == 0 and count > 50 and f"New addresses added to tests/published_addresses.txt: {count}." in said
    assert "added to tests/published_addresses.txt: 0." in run(project, "build", "--record-addresses")[1]
    change(project / "docs" / "ladder.md", "{: #criticisms }", "{: #critics }")
    status, said = run(project, "build", "--record-addresses")
    assert status == 1 and "The address ladder/#criticisms no longer answers" in said
    assert len(addresses.read_text(encoding="utf-8").splitlines()) == count


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_check_tells_of_an_address_that_was_taken_off_the_list(project: Path) -> None:
    addresses = project / "tests" / "published_addresses.txt"
    addresses.parent.mkdir()
    addresses.write_text("ladder/\nwords/\n", encoding="utf-8")
    status, said = run(project, "check")
    assert status == 0 and "nobody can prove that tests/published_addresses.txt has only grown" in " ".join(said.split())
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=Dig"]):
        mine = ["-c", "commit.gpgsign=false", "-c", "user.name=A gardener", "-c", "user.email=dig@garden.example"]
        subprocess.run(["git", *mine, *command], cwd=project, check=True, capture_output=True, timeout=30)
    status, said = run(project, "check")
    assert status == 0 and "nobody can prove" not in said
    addresses.write_text("words/\n", encoding="utf-8")
    status, said = run(project, "check")
    assert status == 1 and "The address ladder/ was taken off the list" in said


def handed_over(project: Path, *words: str) -> tuple[int, str, str]:
    """Run a verb; return what it ended with, its result, and what it said besides."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, f"scripts/{words[0]}.py", *words[1:]],
        cwd=project, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [["check"], ["check", "docs/words.md"], ["build"]])
def test_other_programs_get_the_findings_and_nothing_else(words: list[str], project: Path) -> None:
    status, result, besides = handed_over(project, *words, "--format", "json")
    assert (status, json.loads(result)) == (0, {"findings": []}), besides
    line = change(project / "docs" / "words.md", "Short meanings.", "Short [meanings](nowhere.md).")
    status, result, besides = handed_over(project, *words, "--format", "json")
    found = json.loads(result)["findings"]
    assert status == 1 and [(each["file"], each["line"]) for each in found] == [("docs/words.md", line)]
    assert set(found[0]) == {"file", "line", "what", "why", "fix", "example", "rule"} and all(map(str, found[0].values()))
    assert "Traceback" not in besides


def test_the_code_host_gets_a_note_for_each_line_and_nothing_else(project: Path) -> None:
    assert handed_over(project, "check", "--format", "github")[:2] == (0, "")
    line = change(project / "docs" / "words.md", "Short meanings.", "Short [meanings](nowhere.md).")
    status, result, besides = handed_over(project, "check", "--format", "github")
    assert status == 1 and result.startswith(f"::error file=docs/words.md,line={line},title=") and result.count("\n") == 1
    assert "Before launch" in besides


def test_a_form_that_nobody_knows_is_refused_with_those_that_there_are(project: Path) -> None:
    status, said = run(project, "check", "--format", "xml")
    assert status == 2 and "'text', 'github', 'json'" in said and "Traceback" not in said


@pytest.mark.parametrize(("verb", "module"), [("check", "pages"), ("check", "findings"), ("build", "site"), ("check", "reports")])
@pytest.mark.parametrize("slip", ["from coproduction.model import nothing_of_it", "def ("])
def test_a_module_of_ours_that_does_not_load_is_told_with_its_line(verb: str, module: str, slip: str, project: Path) -> None:
    site = old_site(project)
    file = project / "scripts" / "coproduction" / f"{module}.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n\n{slip}\n", encoding="utf-8")
    status, said = run(project, verb)
    assert status == 1 and f"This stopped in scripts/coproduction/{module}.py, line {text.count(chr(10)) + 3}: " in said, said
    assert "Traceback" not in said and (project / ".build" / "trace.txt").is_file()
    assert is_untouched(site)


def spoil_switches(project: Path) -> None:
    change(project / "mkdocs.yml", "strict: true", "strict: [")


def take_switches_away(project: Path) -> None:
    (project / "mkdocs.yml").unlink()


def spoil_template(project: Path) -> None:
    template = project / "scripts" / "coproduction" / "templates" / "ladder.html"
    template.write_text("{% if %}\n" + template.read_text(encoding="utf-8"), encoding="utf-8")


def ask_for_nothing(project: Path) -> None:
    template = project / "scripts" / "coproduction" / "templates" / "block.html"
    template.write_text("\n{{ nothing.at.all }}\n" + template.read_text(encoding="utf-8"), encoding="utf-8")


def spoil_macros(project: Path) -> None:
    macros = project / "scripts" / "macros.py"
    macros.write_text("def (:\n" + macros.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "named", "words", "verbs"),
    [
        (spoil_switches, "mkdocs.yml", "This is not YAML", ("check", "build", "build --release")),
        (take_switches_away, "mkdocs.yml", "whole file: The file is missing", ("check", "build", "build --release")),
        (spoil_template, "scripts/coproduction/templates/ladder.html", "line 1: The build stopped here: Expected an expr", ("check", "build")),
        (ask_for_nothing, "scripts/coproduction/templates/block.html", "line 2: The build stopped here: 'nothing' is undefined", ("check", "build")),
        (spoil_macros, "scripts/macros.py", "line 1: The build stopped here: invalid syntax", ("build",)),
    ],
)  # fmt: skip
def test_whatever_is_broken_every_verb_says_where_in_plain_words(
    spoil, named: str, words: str, verbs: tuple[str, ...], project: Path
) -> None:
    site = old_site(project)
    spoil(project)
    for verb in verbs:
        status, said = run(project, *verb.split())
        assert status == 1, said
        assert f"{named}\n\n" in said and words in said, said
        assert "Traceback" not in said and "to put right." in said
        assert is_untouched(site)


def report_of(project: Path, page: str) -> tuple[int, str]:
    status, said = run(project, "check", page)
    return status, "".join(line for line in said.splitlines(keepends=True) if not line.startswith("Checking"))


def test_the_check_of_one_page_says_how_it_reads_and_what_to_mend_in_it_alone(project: Path) -> None:
    status, said = report_of(project, "docs/ladder.md")
    assert status == 0 and "Nothing to put right." in said
    assert "docs/ladder.md: The garden ladder" in said and "(practice) may have 9" in said
    assert re.search(r"^ +\d+ words, docs/data/ladder.yml, line \d+$", said, re.MULTILINE)
    change(project / "docs" / "words.md", "Short meanings.", "Short [meanings](nowhere.md).")
    assert report_of(project, "docs/ladder.md")[0] == 0
    status, said = report_of(project, "docs/words.md")
    assert status == 1 and "'nowhere.md'" in said and "1 thing to put right." in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_page_may_be_named_from_where_a_person_stands(project: Path) -> None:
    assert report_of(project, f"{project}/docs/ladder.md") == report_of(project, "./docs/ladder.md")


@pytest.mark.parametrize("name", ["docs/lader.md", "docs/data/ladder.yml"])
def test_the_check_of_a_page_that_is_not_there_says_what_to_write(name: str, project: Path) -> None:
    status, said = report_of(project, name)
    assert status == 1 and f"There is no page {name}." in said and "docs/ladder.md" in said


def test_the_check_of_a_folder_says_that_it_is_one(project: Path) -> None:
    status, said = report_of(project, "docs")
    assert status == 1 and "docs is a folder, not a page. Name the file of one page: docs/ladder.md" in said


@pytest.mark.parametrize("words", [("check",), ("check", "--lock"), ("check", "docs/ladder.md"), ("check", "--late"), ("build",)])
def test_a_link_to_itself_is_a_finding_of_every_verb_and_no_traceback(words: tuple[str, ...], project: Path) -> None:
    (project / "docs" / "loop.md").symlink_to("loop.md")
    status, said = run(project, *words)
    assert status == 1 and "docs/loop.md" in said and "[file-is-a-link]" in said and "1 thing to put right." in said
    assert "Traceback" not in said and "This stopped" not in said


def test_a_check_that_could_not_look_everywhere_says_so_at_its_end(project: Path) -> None:
    more = "The next run may find more"
    change(project / "docs" / "words.md", "Short meanings.", "Short [meanings](nowhere.md).")
    assert more not in run(project, "check")[1] and more in run(project, "build")[1]
    change(project / "docs" / "words.md", "owner:", "ownr:")
    assert more in run(project, "check")[1]


def test_the_check_of_one_page_says_when_the_facts_hide_how_it_reads(project: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "name: Spade", "nam: Spade")
    status, said = report_of(project, "docs/ladder.md")
    assert status == 0 and "How it reads can be said when the facts are put right" in said and "Reading level" not in said


def test_the_check_lists_the_pages_that_are_harder_to_read_and_why(project: Path) -> None:
    assert "No page is harder to read than its limit." in run(project, "check")[1]
    hard = "Organisational considerations necessitate comprehensive interdisciplinary communication."
    change(project / "docs" / "training.md", "Learn to dig.", hard)
    change(project / "docs" / "training.md", "owner:", "reading_reason: It names laws.\nowner:")
    assert "Harder to read, and why:\n  docs/training.md: It names laws.\n" in run(project, "check")[1]
    assert "Harder, because  It names laws." in report_of(project, "docs/training.md")[1]


def test_the_check_tells_what_is_late_in_one_line_and_does_not_fail_for_it(project: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in 2030
    status, said = run(project, "check")
    assert status == 0 and "Nothing to put right." in said
    assert len(re.findall(r"^To be read again or mended, as of 2030-03-17: .*docs/words.md \(1, since 2027-11-22\)", said, re.MULTILINE)) == 1


def test_the_list_of_late_dates_stands_alone_so_that_it_can_be_an_issue(project: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in 2030
    status, said = run(project, "check", "--late")
    assert status == 0 and "- 2027-11-22: `docs/words.md`: the page 'Words' is to be read again" in said.splitlines()
    assert all(line.startswith("- ") for line in said.splitlines())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")  # in 2026
    assert run(project, "check", "--late") == (0, "")


@pytest.mark.parametrize("verb", ["preview", "renew", "test"])
def test_every_other_verb_says_what_it_does(verb: str, project: Path) -> None:
    status, said = run(project, verb, "--help")
    assert status == 0 and said.startswith("usage:")


@pytest.mark.parametrize("more", [["-k", "spade"], ["tests/test_spade.py"], ["--quick"]])
def test_what_was_tested_is_recorded_from_a_whole_run_only(more: list[str], project: Path) -> None:
    status, said = run(project, "test", "--record", *more)
    assert status == 2 and ("it takes no other words" in said or "not allowed with argument --record" in said)


def in_one_line(words: str) -> str:
    """Words as they are said, whatever the lines and their numbers."""
    return re.sub(r"line (\d+|…):", "line:", " ".join(words.split()))


def test_what_the_guide_shows_of_the_check_is_what_it_says(root: Path, project: Path) -> None:
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = [sample.rpartition("\n\n")[0].partition("\n\n")[2] for sample in re.findall(r"```\n(docs/.*?)```", guide, re.DOTALL)]
    assert len(shown) == 3
    data = project / "docs" / "data"
    change(data / "glossary.yml", "    use: neutral\n", "")
    change(project / "docs" / "index.md", "#ladder-informing", "#ladder-engagment")
    assert in_one_line(shown[0]) in in_one_line(run(project, "check")[1])
    change(data / "glossary.yml", "name: Gardener\n", "name: Gardener\n    use: neutral\n")
    change(data / "definitions.yml", "- equal partners", "- words from the quotation that name carers")
    assert in_one_line(shown[1]) in in_one_line(run(project, "check")[1])
    change(data / "definitions.yml", "- words from the quotation that name carers", "- equal partners")
    said = in_one_line(run(project, "check")[1])
    assert in_one_line(shown[2]).partition(" To put it right")[0] in said  # the tiny ladder has other rungs to suggest


def table_of_packages(readme: str) -> dict[str, str]:
    part = readme.partition("## The packages, and why")[2].partition("\n## ")[0].partition("### ")[0]
    return dict(re.findall(r"^\| ([\w-]+) ([\d.]+) \|", part, re.MULTILINE))


def asked_for(requirements: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==([\d.]+)", requirements.partition("# --- What those ask for")[0], re.MULTILINE))


def test_the_readme_names_the_packages_and_versions_that_are_pinned(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    pinned = asked_for((root / "requirements.txt").read_text(encoding="utf-8"))
    assert len(pinned) > 5
    assert table_of_packages(readme) == pinned
    assert table_of_packages(readme.replace("| mkdocs 1.", "| mkdocs 2.")) != pinned


def test_the_tests_are_those_of_the_folder_unless_some_are_named(root: Path) -> None:
    def collected(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, "scripts/test.py", "--quick", "--collect-only", "-q", *words],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120,
        )  # fmt: skip
        return done.stdout

    some, one = collected("-k", "a_doubled_key"), collected("tests/test_findings.py")
    assert "tests/test_reading.py::" in some and "error" not in some.lower()
    assert "tests/test_findings.py::" in one and "tests/test_reading.py::" not in one
