"""The list of published addresses: what stands on it, that each goes on to answer, and that it only grows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from coproduction import pages, published, reading
from coproduction.addresses import permanent
from coproduction.findings import Finding
from coproduction.published import LIST
from tiny import WITHDRAWN, change, tiny_site, without_engine, write

GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project whose addresses of today are all on its list."""
    made = tiny_site(tmp_path / "project")
    published.record(made, as_built(made))
    return made


def as_built(project: Path) -> Path:
    """A new build of the project, without the engine."""
    folder = project.parent / "site"
    shutil.rmtree(folder, ignore_errors=True)
    return without_engine(project, folder)


def check(project: Path) -> list[Finding]:
    """What is wrong with the list, after a build."""
    return published.check(project, as_built(project), reading.read(project / "docs" / "data").facts, pages.metas(project))


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    assert found[0].file == LIST and all((found[0].what, found[0].why, found[0].fix))
    return found[0]


def line_of(project: Path, address: str) -> int:
    return published.read(project).index(address) + 1


def move_the_ladder(project: Path, to: str = "steps.md") -> None:
    """Rename the page of the ladder, and its title, and lead everything to the new one."""
    (project / "docs" / "ladder.md").rename(project / "docs" / to)
    change(project / "docs" / to, "title: The garden ladder", "title: Steps in the garden")
    change(project / "docs" / "data" / "ladder.yml", "home: ladder.md", f"home: {to}")


# ------------------------------------------------------------------------ the list


def test_the_list_holds_pages_their_parts_and_permanent_links_and_nothing_of_the_frame(project: Path) -> None:
    lines = published.read(project)
    assert {"./", "ladder/", "ladder/#ladder-informing", "ladder/#criticisms", "r/ladder-informing/"} <= set(lines)
    assert {"models/#value-garden-waiting", "r/value-garden-waiting/"} <= set(lines)  # an id of before is one too
    assert lines == sorted(set(lines)) and len(lines) > 50
    assert not [line for line in lines if line.endswith(("#main", "#menu", "#cp-q", "#drawing", "#told"))]
    assert not [line for line in lines if line.startswith("r/") and "#" in line]


def test_recording_adds_what_is_new_and_takes_nothing_away(project: Path) -> None:
    before = published.read(project)
    assert published.record(project, as_built(project)) == 0 and published.read(project) == before
    move_the_ladder(project)
    assert published.record(project, as_built(project)) > 3
    after = published.read(project)
    assert set(before) < set(after) and {"ladder/", "steps/", "steps/#ladder-informing"} <= set(after) and after == sorted(after)


def test_a_project_without_a_list_has_published_nothing(project: Path) -> None:
    (project / LIST).unlink()
    assert check(project) == [] and published.read(project) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("ladder/\n", "ladder/\nladder/\n", "'ladder/' stands here twice"),
        ("ladder/\n", "zebra/\nladder/\n", "'ladder/' should stand above 'zebra/'"),
        ("ladder/\n", "/ladder/\nladder/\n", "'/ladder/' could not be an address"),
        ("ladder/\n", "\nladder/\n", "'' could not be an address"),
        ("ladder/\n", "https://garden.example/ladder/\nladder/\n", "could not be an address"),
        ("ladder/\n", "ladder/\nladder/#\n", "'ladder/#' could not be an address"),
        ("ladder/\n", "ladder/\nladder/#a b\n", "'ladder/#a b' could not be an address"),
        ("ladder/\n", "ladder/\nladder/index.html\n", "'ladder/index.html' could not be an address"),
        ("ladder/\n", "ladder/\n", None),
    ],
)
def test_a_list_that_is_out_of_order_or_holds_nonsense_is_refused(old: str, new: str, what: str | None, project: Path) -> None:
    list_ = project / LIST
    list_.write_text(list_.read_text(encoding="utf-8").replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    found = [finding.what for finding in check(project) if "no longer answers" not in finding.what]
    assert (len(found) == 1 and what in found[0]) if what else found == []


# ------------------------------------------------------------- does each still answer?


def test_a_page_that_moved_must_say_where_it_was(project: Path) -> None:
    move_the_ladder(project)
    finding = only(check(project))
    assert "the address ladder/ no longer answers, nor do its" in finding.what and finding.line == line_of(project, "ladder/")
    assert "formerly: [ladder.md]" in finding.fix and "was: ladder.md" in finding.fix
    change(project / "docs" / "steps.md", "reading: practice", "formerly: [ladder.md]\nreading: practice")
    assert check(project) == []


@pytest.mark.parametrize(("to", "near"), [("laddder.md", " (docs/laddder.md?)"), ("zzz.md", "")])
def test_only_a_new_page_with_a_name_much_like_it_is_taken_for_one_that_moved(to: str, near: str, project: Path) -> None:
    """A page that has its own place in the list is another, however much alike the two are called."""
    move_the_ladder(project, to)
    change(project / LIST, "practice/\n", "lader/\npractice/\n")
    shutil.copy(project / "docs" / "words.md", project / "docs" / "lader.md")
    (finding,) = [found for found in check(project) if "ladder.md" in found.fix]
    assert f"where it is now{near}." in finding.fix


def test_a_part_that_the_moved_page_lost_is_missed(project: Path) -> None:
    move_the_ladder(project)
    change(project / "docs" / "steps.md", "reading: practice", "formerly: [ladder.md]\nreading: practice")
    change(project / "docs" / "steps.md", "{: #criticisms }", "{: #critics }")
    finding = only(check(project))
    assert "ladder/#criticisms no longer answers" in finding.what and "docs/steps.md" in finding.fix


def test_a_heading_with_a_new_id_keeps_the_old_one_beside_it(project: Path) -> None:
    change(project / "docs" / "ladder.md", "{: #criticisms }", "{: #critics }")
    finding = only(check(project))
    assert "ladder/#criticisms no longer answers" in finding.what and finding.line == line_of(project, "ladder/#criticisms")
    assert '<span id="criticisms"></span>' in finding.fix and "nearest is #critics" in finding.fix
    change(project / "docs" / "ladder.md", "{: #critics }", '<span id="criticisms"></span> {: #critics }')
    assert check(project) == []


def test_a_part_that_went_into_the_frame_of_the_page_is_missed(project: Path) -> None:
    folder, facts, metas = as_built(project), reading.read(project / "docs" / "data").facts, pages.metas(project)
    change(folder / "ladder" / "index.html", '<p id="criticisms"></p>', '<p id="criticisms" class="cp-lead"></p>')
    assert published.check(project, folder, facts, metas) == []
    change(folder / "ladder" / "index.html", '<p id="criticisms" class="cp-lead"></p>', "")
    change(folder / "ladder" / "index.html", '<nav id="menu">', '<nav id="criticisms">')
    assert "ladder/#criticisms no longer answers" in only(published.check(project, folder, facts, metas)).what


def test_a_record_that_moved_to_another_page_is_missed_on_the_old_one(project: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "- id: word-gardener\n", "- id: word-gardener\n    home: about/index.md\n")
    finding = only(check(project))
    assert "words/#word-gardener" in finding.what and "'word-gardener' is on docs/about/index.md now" in finding.fix
    change(project / "docs" / "words.md", "Short meanings.", 'Short meanings. <span id="word-gardener"></span>')
    assert check(project) == []


def test_an_id_that_vanished_is_told_once_and_may_live_on_under_formerly(project: Path) -> None:
    change(project / "docs" / "data" / "glossary.yml", "- id: word-gardener\n", "- id: word-gardeners\n")
    finding = only(check(project))
    assert "r/word-gardener/ no longer answers" in finding.what and finding.line == line_of(project, "r/word-gardener/")
    assert "formerly: [word-gardener]" in finding.fix and "withdrawn.yml" in finding.fix and "word-gardeners" in finding.fix
    change(
        project / "docs" / "data" / "glossary.yml",
        "- id: word-gardeners\n",
        "- id: word-gardeners\n    formerly: [word-gardener]\n",
    )
    assert check(project) == []


def test_what_was_taken_out_goes_on_to_answer(project: Path) -> None:
    write(
        project,
        {LIST: "".join(f"{line}\n" for line in sorted([*published.read(project), permanent("word-hoe"), "words/#word-hoe"]))},
    )
    assert "r/word-hoe/" in only(check(project)).what
    write(project, {"docs/data/withdrawn.yml": WITHDRAWN})
    assert check(project) == []


def test_a_page_that_was_taken_out_whole_goes_on_to_answer_for_its_parts(project: Path) -> None:
    write(project, {LIST: "".join(f"{line}\n" for line in sorted([*published.read(project), "compost/", "compost/#heap"]))})
    assert "compost/ no longer answers" in only(check(project)).what
    gone = (
        WITHDRAWN.rstrip()
        + "\n      - id: page-compost\n        was: compost.md\n        name: Compost\n        plain: It rotted.\n"
    )
    write(project, {"docs/data/withdrawn.yml": gone})
    assert check(project) == []
    published.record(project, as_built(project))
    parts = [line for line in published.read(project) if line.startswith("compost/")]
    assert parts == ["compost/", "compost/#heap"]  # the page that says it is gone has no parts of its own


# ------------------------------------------------------------- does it only grow?


def git(folder: Path, *words: str) -> None:
    """Run git with nobody's settings."""
    mine = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        mine |= {f"GIT_{who}_NAME": "A gardener", f"GIT_{who}_EMAIL": "dig@garden.example"}
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **mine}, check=True, capture_output=True, timeout=30)


def commit(project: Path, *lines: str) -> None:
    """Commit a list of these lines."""
    write(project, {LIST: "".join(f"{line}\n" for line in lines)})
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message=Dig")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A project in which two addresses have been published, one after the other."""
    made = write(tmp_path / "garden", {"README.md": "Dig."})
    git(made, "init", "--quiet")
    commit(made, "ladder/")
    commit(made, "ladder/", "words/")
    return made


@needs_git
def test_a_list_that_has_only_grown_is_accepted(history: Path) -> None:
    assert published.check_growth(history) == ([], "")
    write(history, {LIST: "about/\nladder/\nwords/\n"})  # not committed yet
    assert published.check_growth(history) == ([], "")


@needs_git
@pytest.mark.parametrize("committed", [True, False])
def test_an_address_that_was_taken_off_the_list_is_missed(committed: bool, history: Path) -> None:
    if committed:
        commit(history, "words/")
        commit(history, "about/", "words/")
    else:
        write(history, {LIST: "words/\n"})
    found, note = published.check_growth(history)
    assert "the address ladder/ was taken off the list" in only(found).what and note == ""


@needs_git
def test_a_line_that_never_was_an_address_may_be_taken_off_the_list(history: Path) -> None:
    commit(history, "/zebra/", "ladder/", "words/")
    commit(history, "ladder/", "words/")
    assert published.check_growth(history) == ([], "")
    commit(history, "ladder/", "words/", "zebra/")
    commit(history, "ladder/", "words/")
    assert "the address zebra/ was taken off the list" in only(published.check_growth(history)[0]).what


@needs_git
def test_a_list_that_was_taken_away_whole_is_missed(history: Path) -> None:
    git(history, "rm", "--quiet", LIST)
    git(history, "commit", "--quiet", "--message=Gone")
    assert len(published.check_growth(history)[0]) == 2


@needs_git
def test_a_copy_with_a_part_of_the_history_is_compared_as_far_as_that_goes(history: Path, tmp_path: Path) -> None:
    commit(history, "words/")
    git(tmp_path, "clone", "--quiet", "--depth=1", history.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    found, note = published.check_growth(shallow)
    assert found == [] and "only the newest part of the git history" in note
    write(shallow, {LIST: "about/\n"})
    assert "words/ was taken off" in only(published.check_growth(shallow)[0]).what


def test_without_a_history_it_is_said_that_nothing_is_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    bare = write(tmp_path / "bare", {"README.md": "Dig."})
    assert published.check_growth(bare) == ([], "")  # nothing was published
    write(bare, {LIST: "ladder/\n"})
    found, note = published.check_growth(bare)
    assert found == [] and "no git history" in note
    monkeypatch.setenv("PATH", "")
    assert published.check_growth(bare) == ([], note)


# ------------------------------------------------------------------- the real list


def test_every_address_of_the_real_list_answers_and_none_was_ever_taken_off(root: Path, built_site: Path) -> None:
    found = published.check(root, built_site, reading.read(root / "docs" / "data").facts, pages.metas(root))
    assert found == [] and published.check_growth(root)[0] == []
    assert len(published.read(root)) > 1000


def test_every_id_that_was_ever_issued_belongs_to_one_record_of_today(root: Path) -> None:
    issued = {line.removeprefix("r/").rstrip("/") for line in published.read(root) if line.startswith("r/")}
    claimed = [id for _, record in reading.read(root / "docs" / "data").facts.records for id in (record.id, *record.formerly)]
    assert len(issued) > 600 and issued <= set(claimed) and len(claimed) == len(set(claimed))


def test_the_forms_about_a_page_are_promised_to_nobody(tmp_path: Path) -> None:
    write(tmp_path, {"ladder/index.html": "<main><h2 id=rungs>Rungs</h2></main>", "tell/ladder/index.html": "<main><h2 id=a>A</h2></main>"})
    assert [*published.of_site(tmp_path)] == ["ladder/", "ladder/#rungs"]
