"""What is said at the code host: one standing issue, one comment, kept up to date; what others wrote is only ever text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

MINE = "<!-- what this change does -->\nold"
# Stands in for the code host's own program: it answers from a file, and writes down what it was asked.
_GH = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
told = sys.stdin.read() if "-" in sys.argv else ""
with open(here / "asked", "a", encoding="utf-8") as log:
    log.write(json.dumps([sys.argv[1:], told]) + "\\n")
answers = json.loads((here / "answers").read_text(encoding="utf-8"))
print(json.dumps(answers.get(" ".join(sys.argv[1:3]) if sys.argv[1] != "api" or "--paginate" not in sys.argv else "comments", [])))
"""


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A folder with the stand-in, first on the path."""
    program = tmp_path / "gh"
    program.write_text(_GH.replace("{python}", sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def post(root: Path, host: Path, what: str, where: str, text: str, *options: str, **answers: object) -> list[tuple[list[str], str]]:
    """Run the verb; return what it asked of the code host: the words, and the text given with them."""
    (host / "answers").write_text(json.dumps({name.replace("_", " "): answer for name, answer in answers.items()}), encoding="utf-8")
    (host / "said.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, root / "scripts" / "post.py", what, where, host / "said.md", *options],
        env={**os.environ, "PATH": f"{host}{os.pathsep}{os.environ['PATH']}"}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in (host / "asked").read_text(encoding="utf-8").splitlines()]


ROBOT, SOMEBODY = {"is_bot": True, "login": "app/github-actions"}, {"is_bot": False, "login": "gardener"}
OPEN = [
    {"number": 9, "title": "Needs a look", "author": SOMEBODY},  # nobody writes over a person
    {"number": 7, "title": "Needs a look", "author": ROBOT},
    {"number": 8, "title": "Needs a look at the fence", "author": ROBOT},
]
OTHERS = [OPEN[0], OPEN[2]]


@pytest.mark.parametrize(
    ("text", "open_now", "asked"),
    [
        ("- one", [], ["issue", "create", "--title", "Needs a look", "--body-file", "-"]),
        ("- one", OPEN, ["issue", "edit", "7", "--body-file", "-"]),
        ("- one", OTHERS, ["issue", "create", "--title", "Needs a look", "--body-file", "-"]),
        ("", OPEN, ["issue", "close", "7", "--comment", "Nothing is left of it."]),
        ("", OTHERS, None),
        ("\n", [], None),
    ],
)
def test_there_is_one_issue_while_there_is_something_to_say(text: str, open_now: list, asked: list | None, root: Path, host: Path) -> None:
    said = post(root, host, "issue", "Needs a look", text, issue_list=open_now)
    assert said[0][0][:2] == ["issue", "list"]
    assert [words for words, _ in said[1:]] == ([asked] if asked else [])
    if asked and "-" in asked:
        assert said[1][1] == "- one"


def test_a_list_too_long_for_the_code_host_is_cut_between_lines_and_says_so(root: Path, host: Path) -> None:
    text = "".join(f"- {number}: a page to be read again\n" for number in range(4_000))
    body = post(root, host, "issue", "Needs a look", text, issue_list=[])[-1][1]
    kept = [line for line in body.splitlines() if line.startswith("- ")]
    assert len(body) < 65_536 and kept == text.splitlines()[: len(kept)]
    assert body.endswith("There is more. It did not fit in here.")


REQUESTS = [{"number": 3, "headRefOid": "abc"}, {"number": 4, "headRefOid": "def"}]
BOT, PERSON = {"type": "Bot"}, {"type": "User"}


@pytest.mark.parametrize(
    ("comments", "method"),
    [
        ([[]], "repos/{owner}/{repo}/issues/4/comments"),
        ([[{"id": 1, "body": "Hello", "user": BOT}], [{"id": 9, "body": MINE, "user": BOT}]], "repos/{owner}/{repo}/issues/comments/9"),
        ([[{"id": 2, "body": MINE, "user": PERSON}]], "repos/{owner}/{repo}/issues/4/comments"),  # nobody writes over a person
    ],
)
def test_there_is_one_comment_on_the_request_that_ends_in_the_commit(comments: list, method: str, root: Path, host: Path) -> None:
    said = post(root, host, "comment", "def", "Two words changed.", pr_list=REQUESTS, comments=comments)
    [(words, told)] = said[2:]
    assert method in words and ("PATCH" in words) is ("comments/9" in method)
    assert "Two words changed." in json.loads(told)["body"]


def test_the_comment_says_where_the_site_as_it_would_be_can_be_had(root: Path, host: Path) -> None:
    run = "https://code.example/runs/5"
    said = post(root, host, "comment", "def", "Two words changed.", "--preview", run, pr_list=REQUESTS, comments=[[]])
    assert f"[open this run]({run}), and download “site-to-open”" in json.loads(said[-1][1])["body"]


def test_a_request_that_has_moved_on_is_let_be(root: Path, host: Path) -> None:
    assert len(post(root, host, "comment", "000", "Two words changed.", pr_list=REQUESTS)) == 1


def test_when_no_words_change_a_comment_is_mended_but_none_is_begun(root: Path, host: Path) -> None:
    assert len(post(root, host, "comment", "def", "", pr_list=REQUESTS, comments=[[]])) == 2
    said = post(root, host, "comment", "def", "", pr_list=REQUESTS, comments=[[{"id": 9, "body": MINE, "user": BOT}]])
    assert "This change touches no words now." in json.loads(said[-1][1])["body"]


def test_what_a_stranger_wrote_calls_nobody_hides_nothing_and_loads_nothing(root: Path, host: Path) -> None:
    nasty = "@everyone <img src=x> ![x](https://x.example/p.png) <!-- what this change does --> <details> </summary> <?x ?> <!X> $(id) `id`" + "x" * 80_000
    body = json.loads(post(root, host, "comment", "def", nasty, pr_list=REQUESTS, comments=[[]])[-1][1])["body"]
    words = body.removeprefix(MINE.removesuffix("old"))
    assert "@everyone" not in words and not re.search(r"<[/?!\w]", words) and "![" not in words
    assert "everyone" in words and "$(id) `id`" in words and len(body) < 65_536


@pytest.mark.parametrize(
    "link",
    [
        "[Sign in again](https://thief.example)",
        "[Sign in again](<https://thief.example>)",
        "[Sign in again][here]\n\n[here]: https://thief.example",
        "[Sign in again]\n\n> [Sign in again]:\n> https://thief.example",
        "![Sign in again](https://thief.example)",
    ],
)
def test_no_words_of_a_stranger_hide_where_they_lead(link: str, root: Path, host: Path) -> None:
    run = "https://code.example/runs/5"
    body = json.loads(post(root, host, "comment", "def", link, "--preview", run, pr_list=REQUESTS, comments=[[]])[-1][1])["body"]
    # Markdown makes a link of what stands in front of these.
    assert re.findall(r"\[([^]]*)\][(:]", body) == ["open this run"]
    assert "Sign in again" in body and "https://thief.example" in body


def test_without_the_program_a_plain_message_says_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "said.md").write_text("- one", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, root / "scripts" / "post.py", "issue", "Needs a look", tmp_path / "said.md"],
        env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and "gh, the code host's own program" in done.stderr and "Traceback" not in done.stderr
