"""How a verb comes by its packages, its browser and its test tools, and what it says when it cannot."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from coproduction import environment
from coproduction.environment import NoBrowser, Trouble

ROOT = Path(__file__).resolve().parent.parent
VERBS = ("build", "check", "outside", "post", "preview", "renew", "test")
BEFORE_ANYTHING_IS_INSTALLED = [
    *(f"scripts/{verb}.py" for verb in VERBS),
    *(f"scripts/coproduction/{module}.py" for module in ("__init__", "environment", "progress")),
]

# --------------------------------------------------------------------- old Pythons


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 99), (3, 11, 4, "final", 0)])
def test_an_old_python_is_refused_in_plain_words(version: tuple) -> None:
    with pytest.raises(Trouble, match=r"needs Python 3\.11\.5 or newer, and this is Python 3\.\d+\.\d+\."):
        environment.refuse_old_python(version)


@pytest.mark.parametrize("version", [(3, 11, 5), (3, 11, 7, "final", 0), (3, 14, 0)])
def test_a_newer_python_is_welcome(version: tuple) -> None:
    environment.refuse_old_python(version)


@pytest.mark.parametrize("file", BEFORE_ANYTHING_IS_INSTALLED)
def test_an_old_python_can_read_as_far_as_its_refusal(file: str) -> None:
    ast.parse((ROOT / file).read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("file", BEFORE_ANYTHING_IS_INSTALLED)
def test_nothing_but_the_standard_library_is_loaded_before_packages_are_there(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    loaded = [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
    loaded += [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names <= {"coproduction"}


def test_a_verb_on_an_old_python_ends_without_a_traceback() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 1, 'final', 0); sys.argv = sys.argv[1:]; "
    pretend += "sys.path.insert(0, 'scripts'); runpy.run_path(sys.argv[0], run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", pretend, "scripts/check.py"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "this is Python 3.9.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_help_needs_nothing_installed(verb: str, tmp_path: Path) -> None:
    base = environment._base_python()
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    done = subprocess.run(
        [base, "-S", str(ROOT / "scripts" / f"{verb}.py"), "--help"],
        cwd=tmp_path, env=bare, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: ")
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------ what a verb ends with


def test_trouble_becomes_its_message_and_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> int:
        raise Trouble("The disk is full.")

    assert environment.run(main) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "The disk is full.\n")


def test_stopping_a_verb_shows_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> int:
        raise KeyboardInterrupt

    assert environment.run(main) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder of which nothing is ours yet."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def told_of(slip: str, ours: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said when a module of ours holds this slip."""
    module = ours / "scripts" / "bad.py"
    module.parent.mkdir()
    module.write_text(f"import os\n{slip}\n", encoding="utf-8")
    assert environment.run(lambda: exec(compile(module.read_text(encoding="utf-8"), str(module), "exec"))) == 1
    shown = capsys.readouterr()
    assert shown.out == "" and "Traceback" not in shown.err and not re.search("^ ", shown.err, re.M)
    return shown.err


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ("bad = (", "'(' was never closed (SyntaxError)."),
        ("from os import nothing_of_it", "cannot import name 'nothing_of_it' from 'os'"),
        ("import no_such_package", "No module named 'no_such_package' (ModuleNotFoundError)."),
        ("{}['beans']", "'beans' (KeyError)."),
        ("raise RuntimeError", "no reason given (RuntimeError)."),
        ("raise ValueError('one\\n  two')", "one two (ValueError)."),
        ("os.listdir('/no/such/folder')", "No such file or directory"),
    ],
)
def test_whatever_nobody_foresaw_is_told_with_its_line_and_what_to_do(
    slip: str, words: str, ours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = told_of(slip, ours, capsys)
    assert told.startswith("This stopped in scripts/bad.py, line 2: ") and words in told.splitlines()[0]
    assert "undo the change" in told and "please tell us" in told


def test_all_that_python_said_is_kept_for_an_engineer(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = told_of("{}['beans']", ours, capsys)
    assert told.splitlines()[-1] == "For an engineer, all that Python said is in .build/trace.txt."
    kept = (ours / ".build" / "trace.txt").read_text(encoding="utf-8")
    assert kept.startswith("Traceback") and kept.endswith("KeyError: 'beans'\n")


def test_where_nothing_can_be_kept_nothing_is_promised(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ours / ".build").write_text("a file where the folder should be", encoding="utf-8")
    assert ".build" not in told_of("{}['beans']", ours, capsys)


def test_a_mistake_deep_in_a_package_is_told_where_ours_called_it(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = told_of("import json; json.loads('{')", ours, capsys)
    assert told.startswith("This stopped in scripts/bad.py, line 2: Expecting property name")


def test_whoever_stops_reading_what_a_verb_prints_sees_no_complaint(root: Path) -> None:
    verb = "import sys; sys.path.insert(0, 'scripts')\nfrom coproduction import environment, progress\n"
    verb += "def main():\n    for _ in range(9999): progress.say('beans ' * 99)\nsys.exit(environment.run(main))"
    started = subprocess.Popen([sys.executable, "-c", verb], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout and started.stderr
    started.stdout.read(10)
    started.stdout.close()
    assert (started.stderr.read(), started.wait(timeout=60)) == (b"", 1)
    started.stderr.close()


def test_a_verb_ends_with_what_its_work_returns() -> None:
    assert environment.run(lambda: 3) == 3


# ----------------------------------------------------------------------- the packages


class Project:
    """A small project, and a count of what was done to its environment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / ".venv"
        self.done: list[str] = []
        self.pip_fails = False
        self.pip_takes = 0.0
        (root / "requirements.txt").write_text("one==1\n", encoding="utf-8")
        (root / "more.txt").write_text("two==2\n", encoding="utf-8")

    def install(self, *files: str) -> list[str]:
        """Install, and return what was done for it."""
        self.done = []
        environment.install(self.home, self.root, files or ("requirements.txt",), self.pip)
        return self.done

    def pip(self, home: Path, files: list[Path]) -> None:
        self.done.append("install " + " ".join(file.name for file in files))
        time.sleep(self.pip_takes)
        if self.pip_fails:
            raise Trouble("offline")

    def make_empty(self, home: Path) -> None:
        self.done.append("make")
        environment._clear(home, keep=environment.LOCK)
        python = environment._python_of(home)
        python.parent.mkdir(parents=True)
        python.write_text("", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    monkeypatch.setattr(environment, "_make_empty", made.make_empty)
    return made


FROM_NOTHING = ["make", "install requirements.txt"]


def test_the_first_run_makes_the_environment_and_the_second_finds_it(project: Project) -> None:
    assert project.install() == FROM_NOTHING
    assert project.install() == []


def test_changed_requirements_make_it_again(project: Project) -> None:
    project.install()
    (project.root / "requirements.txt").write_text("one==1.1\n", encoding="utf-8")
    assert project.install() == FROM_NOTHING


def test_another_python_makes_it_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.install()
    monkeypatch.setattr(environment.sys, "version_info", (3, 13, 1, "final", 0))
    assert project.install() == FROM_NOTHING


def test_more_requirements_are_added_to_what_is_there(project: Project) -> None:
    project.install()
    assert project.install("requirements.txt", "more.txt") == ["install requirements.txt more.txt"]
    assert project.install() == []
    assert project.install("requirements.txt", "more.txt") == []


def test_an_interrupted_install_is_made_again_from_nothing(project: Project) -> None:
    project.pip_fails = True
    with pytest.raises(Trouble):
        project.install()
    project.pip_fails = False
    assert project.install() == FROM_NOTHING


def test_an_interrupted_addition_is_made_again_from_nothing(project: Project) -> None:
    project.install()
    project.pip_fails = True
    with pytest.raises(Trouble):
        project.install("requirements.txt", "more.txt")
    project.pip_fails = False
    assert project.install() == FROM_NOTHING


def test_an_environment_whose_python_is_gone_is_made_again(project: Project) -> None:
    project.install()
    environment._python_of(project.home).unlink()
    assert project.install() == FROM_NOTHING


@pytest.mark.parametrize("words", ["", "[]", "{", '{"python": "2.7"}'])
def test_a_note_that_cannot_be_trusted_is_not(project: Project, words: str) -> None:
    project.install()
    (project.home / environment.STAMP).write_text(words, encoding="utf-8")
    assert project.install() == FROM_NOTHING


def test_two_verbs_at_once_install_once(project: Project) -> None:
    project.pip_takes = 0.3
    order = (project.home, project.root, ("requirements.txt",), project.pip)
    verbs = [threading.Thread(target=environment.install, args=order) for _ in range(2)]
    for verb in verbs:
        verb.start()
    for verb in verbs:
        verb.join(timeout=20)
    assert project.done == FROM_NOTHING


def test_clearing_leaves_the_lock_and_never_follows_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("x", encoding="utf-8")
    home = tmp_path / "home"
    (home / "lib" / "deep").mkdir(parents=True)
    (home / environment.LOCK).write_text("", encoding="utf-8")
    (home / "file").write_text("", encoding="utf-8")
    (home / "link").symlink_to(outside, target_is_directory=True)
    environment._clear(home, keep=environment.LOCK)
    assert [entry.name for entry in home.iterdir()] == [environment.LOCK]
    assert (outside / "precious").exists()


def test_a_missing_requirements_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"requirements\.txt is missing"):
        environment.install(tmp_path / ".venv", tmp_path, ("requirements.txt",))


def test_without_ensurepip_debian_is_told_the_exact_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(environment, "_is_root", lambda: False)
    with pytest.raises(Trouble) as caught:
        environment.install(tmp_path / ".venv", tmp_path, ("requirements.txt",))
    assert f"\n    sudo apt-get install python3.{sys.version_info[1]}-venv" in str(caught.value)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying ... NewConnectionError('... [Errno -2] Name or service not known')\nERROR: No match", "offline"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n  Expected sha256 aa", "hash differs"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("line\n" * 50 + "ERROR: something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_why_pip_failed_is_said_in_plain_words(output: str, words: str) -> None:
    said = environment._why_pip_failed(output)
    assert words in said
    assert len(said.splitlines()) <= 9


def test_pip_is_told_to_check_every_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **_: object) -> subprocess.CompletedProcess:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, stdout="getaddrinfo failed")

    monkeypatch.setattr(environment, "_run", fake)
    with pytest.raises(Trouble, match="offline"):
        environment._pip_install(tmp_path, [tmp_path / "requirements.txt"])
    assert commands[0][0] == str(environment._python_of(tmp_path))
    assert "--require-hashes" in commands[0]


# ------------------------------------------------------------------------ the browser


class Machine:
    """A machine with the programs a test gives it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.programs: dict[str, str] = {}
        self.ran: list[str] = []
        for variable in ("COPRODUCTION_BROWSER", "COPRODUCTION_FIREFOX"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(environment.shutil, "which", self.programs.get)
        for places in ("_usual_places", "_usual_places_of_firefox"):
            monkeypatch.setattr(environment, places, lambda: iter(()))
        monkeypatch.setattr(environment, "_run", self.run)
        monkeypatch.setattr(environment, "_is_root", lambda: True)
        monkeypatch.setattr(environment, "_release_id", lambda: "debian")

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess:
        self.ran.append(" ".join(command))
        if command[:2] == ["apt-get", "install"] and "apt-get-works" in self.programs:
            self.programs[command[-1]] = f"/usr/bin/{command[-1]}"
        return subprocess.CompletedProcess(command, 0, stdout="")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


CHROMIUM = (environment.find_browser, "COPRODUCTION_BROWSER", "chromium", "google-chrome")
FIREFOX = (environment.find_firefox, "COPRODUCTION_FIREFOX", "firefox-esr", "firefox")
both_browsers = pytest.mark.parametrize(("find", "variable", "debians", "other"), [CHROMIUM, FIREFOX], ids=["chromium", "firefox"])
Find = Callable[[], environment.Browser]


@both_browsers
def test_a_browser_that_is_named_comes_first(
    find: Find, variable: str, debians: str, other: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.programs.update({debians: f"/usr/bin/{debians}", "/opt/mine": "/opt/mine"})
    monkeypatch.setenv(variable, "/opt/mine")
    assert find().path == "/opt/mine"


@both_browsers
def test_a_browser_that_is_named_wrongly_is_not_passed_over(
    find: Find, variable: str, debians: str, other: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.programs[debians] = f"/usr/bin/{debians}"
    monkeypatch.setenv(variable, "/opt/gone")
    with pytest.raises(NoBrowser, match=f"{variable} says /opt/gone"):
        find()


@both_browsers
def test_a_browser_on_the_path_is_used_and_nothing_installed(
    find: Find, variable: str, debians: str, other: str, machine: Machine
) -> None:
    machine.programs.update({other: f"/usr/bin/{other}", "apt-get": "/usr/bin/apt-get"})
    assert find().path == f"/usr/bin/{other}"
    assert machine.ran == []


@both_browsers
def test_root_on_debian_gets_debians_browser(find: Find, variable: str, debians: str, other: str, machine: Machine) -> None:
    machine.programs.update({"apt-get": "/usr/bin/apt-get", "apt-get-works": "yes"})
    assert find().path == f"/usr/bin/{debians}"
    assert machine.ran[0] == "apt-get update"


@both_browsers
@pytest.mark.parametrize(("is_root", "system"), [(False, "debian"), (True, "ubuntu")])
def test_apt_is_left_alone_where_it_cannot_help(
    find: Find,
    variable: str,
    debians: str,
    other: str,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    is_root: bool,
    system: str,
) -> None:
    machine.programs["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setattr(environment, "_is_root", lambda: is_root)
    monkeypatch.setattr(environment, "_release_id", lambda: system)
    with pytest.raises(NoBrowser, match=f"{variable}=/path/to/"):
        find()
    assert not any(command.startswith("apt-get") for command in machine.ran)


def test_one_browser_never_stands_in_for_the_other(machine: Machine) -> None:
    machine.programs["firefox"] = "/usr/bin/firefox"
    with pytest.raises(NoBrowser):
        environment.find_browser()
    machine.programs.clear()
    machine.programs["chromium"] = "/usr/bin/chromium"
    with pytest.raises(NoBrowser):
        environment.find_firefox()


@pytest.mark.parametrize(("places", "mac", "windows"), [
    (environment._usual_places, "Google Chrome.app/Contents/MacOS/Google Chrome", "Microsoft/Edge/Application/msedge.exe"),
    (environment._usual_places_of_firefox, "Firefox.app/Contents/MacOS/firefox", "Mozilla Firefox/firefox.exe"),
])  # fmt: skip
def test_browsers_are_looked_for_where_other_systems_keep_them(
    places: Callable, mac: str, windows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.sys, "platform", "darwin")
    assert Path("/Applications") / mac in [*places()]
    monkeypatch.setattr(environment.sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert tmp_path / windows in [*places()] and Path("/Applications") / mac not in [*places()]


def test_without_any_browser_the_message_says_what_to_do(machine: Machine) -> None:
    machine.programs["apt-get"] = "/usr/bin/apt-get"
    with pytest.raises(NoBrowser) as caught:
        environment.find_browser()
    assert "python3 scripts/test.py --quick" in str(caught.value)
    assert any("playwright install chromium" in command for command in machine.ran)


def test_only_root_switches_the_sandbox_off(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_is_root", lambda: True)
    assert "--no-sandbox" in environment.browser_flags()
    monkeypatch.setattr(environment, "_is_root", lambda: False)
    assert "--no-sandbox" not in environment.browser_flags()


# ---------------------------------------------------------------- the tools from npm


def test_the_test_tools_are_installed_once_for_each_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def npm_install(node: Path, npm: Path, folder: Path) -> None:
        done.append("install")
        (folder / "node_modules").mkdir(exist_ok=True)

    lock = tmp_path / "tests" / "package-lock.json"
    lock.parent.mkdir()
    lock.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "_node_and_npm", lambda: (Path("node"), Path("npm-cli.js")))
    monkeypatch.setattr(environment, "_npm_install", npm_install)
    first = environment.node_tools()
    assert environment.node_tools() == first == ("node", str(lock.parent / "node_modules"))
    assert done == ["install"]
    lock.write_text('{"changed": true}', encoding="utf-8")
    environment.node_tools()
    assert done == ["install", "install"]


@pytest.mark.parametrize(("output", "words"), [("npm error code EAI_AGAIN", "offline"), ("npm error odd", "npm error odd")])
def test_why_npm_failed_is_said_in_plain_words(output: str, words: str) -> None:
    assert words in environment._why_npm_failed(output)


# ------------------------------------------------------------------------- the pins


@pytest.fixture(scope="module")
def renew() -> ModuleType:
    spec = importlib.util.spec_from_file_location("renew", ROOT / "scripts" / "renew.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_pin_is_exact_and_has_hashes(file: str, renew: ModuleType) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = renew.blocks(text)
    assert set(renew.asked_for(text)) < set(blocks)
    for name, block in blocks.items():
        assert "--hash=sha256:" in block, name
    starts = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(starts) == len(blocks)


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt", "benchmarks/requirements.txt"])
def test_what_we_ask_for_has_a_reason_each(file: str, renew: ModuleType) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("    --hash")]
    for pin in renew.asked_for(text).values():
        above = lines[next(number for number, line in enumerate(lines) if line.startswith(pin)) - 1]
        assert re.match(r"# [A-Z].*\.$", above), pin


def test_no_package_is_pinned_twice(renew: ModuleType) -> None:
    site = renew.blocks((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    tests = renew.blocks((ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8"))
    assert not set(site) & set(tests)


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt", "benchmarks/requirements.txt"])
def test_no_pin_says_where_packages_come_from(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


def test_the_lock_keeps_its_checksums_and_names_no_registry() -> None:
    lock = json.loads((ROOT / "tests" / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "tests" / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_newer_versions_begin_with_the_same_number_and_what_changed_is_told(renew: ModuleType) -> None:
    before = "# Reads data.\nPyYAML==6.1 \\\n    --hash=sha256:old\n# Fills templates.\njinja2==3.1.6\n# --- What those ask for\nshared==1\n"
    assert renew.newer(renew.asked_for(before).values()) == ["PyYAML>=6.1,<7", "jinja2>=3.1.6,<4"]
    after = renew.raised(before, "jinja2==3.1.6\npyyaml==6.4 \\\n    --hash=sha256:new\nshared==9\n")
    assert after == before.replace("PyYAML==6.1", "PyYAML==6.4")
    assert renew.changed(before, after) == "- PyYAML==6.1 → 6.4\n" and renew.changed(after, after) == ""


def test_renewing_keeps_what_a_person_wrote_and_replaces_the_rest(renew: ModuleType) -> None:
    before = (
        "# How to renew.\n\n# --- What we ask for, and why\n\n# Reads data.\nPyYAML==6.1 \\\n    --hash=sha256:old\n\n"
        "# --- What those ask for\n\ngone==1 \\\n    --hash=sha256:old\n"
    )
    resolved = (
        "pyyaml==6.1 \\\n    --hash=sha256:new1 \\\n    --hash=sha256:new2\n    # via -r -\n"
        "shared==3 \\\n    --hash=sha256:x\n    # via pyyaml\n"
        "tool==2 ; sys_platform == 'win32' \\\n    --hash=sha256:y\n    # via\n    #   -c requirements.txt\n    #   pyyaml\n"
    )
    assert renew.rewritten(before, resolved, elsewhere={"shared"}) == (
        "# How to renew.\n\n# --- What we ask for, and why\n\n# Reads data.\nPyYAML==6.1 \\\n"
        "    --hash=sha256:new1 \\\n    --hash=sha256:new2\n\n"
        "# --- What those ask for\n\n"
        "tool==2 ; sys_platform == 'win32' \\\n    --hash=sha256:y\n    # via\n    #   pyyaml\n"
    )


# ----------------------------------------------------------------- the last resort


def test_a_place_that_nobody_can_resolve_is_taken_as_it_is_written(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop.name)
    error = OSError(40, "Too many levels of symbolic links", str(loop))
    assert environment.places(error, tmp_path) == [(Path("loop.md"), 0)]


def test_the_last_resort_says_something_even_when_nothing_can_be_told(capsys: pytest.CaptureFixture, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no place")

    monkeypatch.setattr(environment, "places", fail)
    assert environment.run(lambda: 1 // 0) == 1
    said = capsys.readouterr()
    assert "This stopped, and the reason cannot be told (ZeroDivisionError, then RuntimeError)." in said.out + said.err
    assert "Traceback" not in said.out + said.err


@pytest.mark.skipif(os.name == "nt", reason="Windows locks in another way")
@pytest.mark.parametrize(("error", "held"), [(OSError(37, "No locks available"), True), (BlockingIOError(11, "Held"), False)])
def test_a_disk_that_knows_no_locks_stops_no_build(error: OSError, held: bool, tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(environment.fcntl, "flock", fail)
    with environment.alone(tmp_path / "site.lock") as alone:
        assert alone is held
