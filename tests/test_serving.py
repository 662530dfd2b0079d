"""The preview: what it serves, how it follows a save, and what it does with a mistake."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coproduction import serving
from coproduction.environment import Trouble

LONG_ENOUGH = 90.0  # seconds; generous, so that a busy machine fails no test
FINDING = "docs/ladder.md\n\n  line 3: A mistake.\n\n1 thing to put right."


def wait_for(what: Callable[[], object], longest: float = LONG_ENOUGH) -> object:
    """Return what ``what`` returns as soon as that is true; fail when it never is."""
    give_up = time.monotonic() + longest
    while time.monotonic() < give_up:
        if got := what():
            return got
        time.sleep(0.05)
    pytest.fail(f"this did not happen within {longest:.0f} s")


class Visitor:
    """Asks a server on this machine, as a browser would."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", f"127.0.0.1:{self.port}" if host is None else host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def text(self, path: str) -> str:
        return self.get(path)[2]

    def news(self) -> dict[str, str]:
        return json.loads(self.text("/__preview"))


# -------------------------------------------------------------- answers from a folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    (made / "ladder").mkdir(parents=True)
    (made / "empty").mkdir()
    (made / "index.html").write_text("<p>home", encoding="utf-8")
    (made / "ladder" / "index.html").write_text("<p>ladder", encoding="utf-8")
    (made / "404.html").write_text("<p>not here", encoding="utf-8")
    (made / "a b’s.txt").write_text("spaced", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "site-two").mkdir()
    (tmp_path / "site-two" / "secret.txt").write_text("secret", encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, "<p>home"),
        ("/index.html", 200, "<p>home"),
        ("/ladder/", 200, "<p>ladder"),
        ("/a%20b%E2%80%99s.txt", 200, "spaced"),
        ("/gone/", 404, "<p>not here"),
        ("/ladder/gone", 404, "<p>not here"),
        ("/index.html/", 404, "<p>not here"),
        ("/empty/", 404, "<p>not here"),
        ("/empty", 301, ""),
        ("/ladder", 301, ""),
    ],
)
def test_a_folder_answers_as_a_plain_host_does(folder: Path, path: str, status: int, body: str) -> None:
    answer = serving.answer_from(folder, path)
    assert (answer.status, answer.body.decode()) == (status, body)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/ladder/../../secret.txt",
        "/..%2fsecret.txt",
        "/..\\secret.txt",
        "/%5c..%5csecret.txt",
        "/../site-two/secret.txt",
        "/out/secret.txt",
        "/C:/secret.txt",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site_is_read(folder: Path, path: str) -> None:
    (folder / "out").symlink_to(folder.parent, target_is_directory=True)
    answer = serving.answer_from(folder, path)
    assert (answer.status, answer.body) == (404, b"<p>not here")


def test_an_index_page_that_leads_outside_is_not_read(folder: Path) -> None:
    (folder / "empty" / "index.html").symlink_to(folder.parent / "secret.txt")
    assert serving.answer_from(folder, "/empty/").status == 404


def test_a_redirect_never_leads_to_another_host(folder: Path) -> None:
    (folder / "host.example" / "x").mkdir(parents=True)
    assert serving.answer_from(folder, "//host.example/x").location == "/host.example/x/"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("a.zip", "application/zip"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_is_named_rightly(folder: Path, name: str, kind: str) -> None:
    (folder / name).write_bytes(b"x")
    assert serving.answer_from(folder, f"/{name}").kind == kind


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:9"])
def test_this_machine_is_answered(host: str) -> None:
    assert serving.is_for_us(host)


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost@evil.example", "[", "[::1"])
def test_another_name_for_this_machine_is_not(host: str) -> None:
    assert not serving.is_for_us(host)


# --------------------------------------------------------------------- which saves count


@pytest.mark.parametrize(
    "file",
    ["mkdocs.yml", "docs/ladder.md", "docs/data/ladder.yml", "docs/assets/site.css", "overrides/main.html", "scripts/macros.py",
     "scripts/coproduction/tables.py", "scripts/coproduction/templates/ladder.html"],
)  # fmt: skip
def test_a_save_of_what_makes_the_site_counts(file: str, tmp_path: Path) -> None:
    assert serving.counts(tmp_path / file, tmp_path)


@pytest.mark.parametrize(
    "file",
    ["README.md", "requirements.txt", "site/index.html", ".build/preview/8000/index.html", "tests/test_site.py", ".venv/x.py",
     "docs/.ladder.md.swp", "docs/ladder.md~", "docs/#ladder.md#", "docs/.#ladder.md", "docs/4913", "docs/ladder.md.tmp",
     "scripts/coproduction/__pycache__/model.cpython-311.pyc", "docs/.git/index", "../elsewhere/docs/ladder.md"],
)  # fmt: skip
def test_what_editors_and_builds_leave_about_does_not(file: str, tmp_path: Path) -> None:
    assert not serving.counts(Path(os.path.normpath(tmp_path / file)), tmp_path)


# ------------------------------------------------------------- a preview with a small builder


class SmallBuilder:
    """Builds a site of one page from ``docs/page.md``; a page that says "mistake" is refused."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.into: Path | None = None
        self.builds = 0
        self.takes = 0.0

    def __call__(self, address: str) -> str:
        self.builds += 1
        words = (self.root / "docs" / "page.md").read_text(encoding="utf-8")
        time.sleep(self.takes)
        if "mistake" in words:
            return FINDING
        self.into.mkdir(parents=True, exist_ok=True)
        (self.into / "index.html").write_text(f"<!doctype html><body><h1>{words}</h1></BODY></html>", encoding="utf-8")
        (self.into / "404.html").write_text("<body>not here</body>", encoding="utf-8")
        (self.into / "data.json").write_text("{}", encoding="utf-8")
        return ""


class Running:
    """A preview of a small project, going on in threads of this process."""

    def __init__(self, root: Path) -> None:
        self.page = root / "docs" / "page.md"
        self.builder = SmallBuilder(root)
        self.shown = serving.Preview(root, 0)
        self.builder.into = self.shown.folder
        self.visitor = Visitor(self.shown.port)
        self.over = False

    def save(self, words: str) -> None:
        self.page.write_text(words, encoding="utf-8")

    def shows(self, words: str) -> Callable[[], bool]:
        return lambda: f"<h1>{words}</h1>" in self.visitor.text("/")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("first", encoding="utf-8")
    made = Running(tmp_path)
    with made.shown:
        made.shown.build(made.builder, "Building")
        follower = threading.Thread(target=made.shown.follow, args=(made.builder, lambda: made.over), daemon=True)
        follower.start()
        yield made
        made.over = True
        follower.join(timeout=LONG_ENOUGH)
        assert not follower.is_alive()


def test_a_page_is_served_fresh_with_the_script_that_reloads_it(running: Running) -> None:
    status, headers, body = running.visitor.get("/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    edition = running.visitor.news()["edition"]
    assert body == f'<!doctype html><body><h1>first</h1><script src="/__preview.js?edition={edition}"></script></BODY></html>'


def test_only_pages_get_the_script(running: Running) -> None:
    assert running.visitor.text("/data.json") == "{}"


def test_the_script_is_a_file_of_this_address(running: Running) -> None:
    status, headers, body = running.visitor.get("/__preview.js?edition=1")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert "location.reload()" in body


def test_a_missing_page_is_the_sites_own_with_the_right_status(running: Running) -> None:
    status, _, body = running.visitor.get("/gone/")
    assert status == 404
    assert body.startswith("<body>not here<script")


def test_a_head_request_gets_no_body(running: Running) -> None:
    status, headers, body = running.visitor.get("/", method="HEAD")
    assert (status, body) == (200, "")
    assert int(headers["content-length"]) > 0


def test_another_method_is_refused(running: Running) -> None:
    assert running.visitor.get("/", method="POST")[0] == 501


def test_another_host_name_is_refused(running: Running) -> None:
    status, _, body = running.visitor.get("/", host="evil.example")
    assert status == 403
    assert "first" not in body
    assert running.visitor.get("/__preview", host="evil.example")[0] == 403


def test_a_path_that_climbs_out_is_refused(running: Running) -> None:
    status, _, body = running.visitor.get("/../../../docs/page.md")
    assert status == 404
    assert "first" not in body


def test_a_save_is_served_and_tells_the_browser(running: Running) -> None:
    before = running.visitor.news()
    running.save("second")
    wait_for(running.shows("second"))
    news = wait_for(lambda: (got := running.visitor.news()) != before and got)
    assert news["edition"] != before["edition"]
    assert news["report"] == ""


def test_a_mistake_keeps_the_last_good_page_and_says_what_to_put_right(running: Running) -> None:
    before = running.visitor.news()
    running.save("a mistake")
    news = wait_for(lambda: (got := running.visitor.news())["report"] and got)
    assert news == {"edition": before["edition"], "report": FINDING}
    assert running.shows("first")()


def test_the_next_good_save_clears_the_mistake(running: Running) -> None:
    running.save("a mistake")
    wait_for(lambda: running.visitor.news()["report"])
    running.save("mended")
    wait_for(running.shows("mended"))
    wait_for(lambda: running.visitor.news()["report"] == "")


def test_saves_during_a_build_cause_one_more(running: Running) -> None:
    running.builder.takes = 0.6
    running.save("second")
    wait_for(lambda: running.builder.builds == 2)
    for words in ("third", "fourth", "fifth"):
        time.sleep(0.05)
        running.save(words)
    wait_for(running.shows("fifth"))
    time.sleep(1.0)
    assert running.builder.builds == 3


def test_a_file_that_an_editor_moves_into_place_counts(running: Running) -> None:
    half = running.page.with_name(".page.md.swp")
    half.write_text("moved", encoding="utf-8")
    os.replace(half, running.page)
    wait_for(running.shows("moved"))


def test_what_an_editor_leaves_about_causes_no_build(running: Running) -> None:
    running.page.with_name(".page.md.swp").write_text("x", encoding="utf-8")
    running.page.with_name("page.md~").write_text("x", encoding="utf-8")
    running.page.read_text(encoding="utf-8")
    time.sleep(0.6)
    assert running.builder.builds == 1


def test_the_terminal_shows_the_mistake_too(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    running.save("a mistake")
    wait_for(lambda: running.visitor.news()["report"])
    wait_for(lambda: FINDING in capsys.readouterr().out)


def test_before_the_first_good_build_there_is_a_page_with_the_findings(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with serving.Preview(tmp_path, 0) as shown:
        shown.build(lambda address: "docs/a.md <b>", "Building")
        status, _, body = Visitor(shown.port).get("/")
    assert status == 503
    assert "There is no good build yet." in body
    assert "docs/a.md &lt;b&gt;" in body
    assert "/__preview.js" in body


def test_the_preview_listens_on_this_machine_only(tmp_path: Path) -> None:
    shown = serving.Preview(tmp_path, 0)
    try:
        assert shown._server.socket.getsockname()[0] == shown._server.server_address[0] == "127.0.0.1"
        assert shown.address.startswith("http://127.0.0.1:")
    finally:
        shown._server.server_close()


def test_the_terminal_speaks_of_good_pages_only_when_there_are_some(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    with serving.Preview(tmp_path, 0) as shown:
        shown.build(lambda address: FINDING, "Building")
        said = capsys.readouterr().out
        assert "There is no good build to show yet." in said and "last good pages" not in said
        assert '<body id="nothing-yet">' in Visitor(shown.port).text("/") and '"nothing-yet"' in serving.PREVIEW_SCRIPT
        shown.folder.mkdir(parents=True)
        shown.build(lambda address: FINDING, "Building")
        assert "The browser still shows the last good pages." in capsys.readouterr().out


def test_a_port_that_is_taken_is_passed_over(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        shown = serving.Preview(tmp_path, taken)
        try:
            assert taken < shown.port < taken + serving.PORTS_TO_TRY
            assert shown.address == f"http://127.0.0.1:{shown.port}/"
        finally:
            shown._server.server_close()


def test_when_no_port_is_free_the_message_is_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PORTS_TO_TRY", 1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Trouble, match="--port"):
            serving.Preview(tmp_path, other.getsockname()[1])


# --------------------------------------------------------- the processes that build


GOOD = "def build(root, into, site_url):\n    (into / 'index.html').write_text(site_url)\n    return []\n"


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A project whose package has the real ``serving`` and a pipeline that a test writes."""
    package = tmp_path / "scripts" / "coproduction"
    package.mkdir(parents=True)
    for module in ("__init__", "environment", "findings", "progress", "serving", "wording"):
        shutil.copy(Path(serving.__file__).with_name(f"{module}.py"), package)
    (package / "pipeline.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "into").mkdir()
    return tmp_path


@pytest.fixture
def new_builder(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., serving.Builder]]:
    monkeypatch.setattr(serving, "LOADED_BEFOREHAND", ("json",))
    made: list[serving.Builder] = []

    def new(**options: float) -> serving.Builder:
        made.append(serving.Builder(small_root, small_root / "into", **options))
        return made[-1]

    yield new
    for builder in made:
        builder.close()


def write_pipeline(root: Path, words: str) -> None:
    (root / "scripts" / "coproduction" / "pipeline.py").write_text(words, encoding="utf-8")


def test_a_changed_module_counts_at_the_next_build(small_root: Path, new_builder: Callable) -> None:
    builder = new_builder()
    for word in ("aaa", "bbb", "ccc"):  # of one length, within one second: a stored compilation would look fresh
        write_pipeline(small_root, GOOD.replace("site_url)\n", f"'{word}')\n", 1))
        assert builder("http://127.0.0.1:1/") == ""
        assert (small_root / "into" / "index.html").read_text() == word


def test_the_site_is_built_for_the_previews_own_address(small_root: Path, new_builder: Callable) -> None:
    assert new_builder()("http://127.0.0.1:8123/") == ""
    assert (small_root / "into" / "index.html").read_text() == "http://127.0.0.1:8123/"


def test_findings_come_back_as_a_person_reads_them(small_root: Path, new_builder: Callable) -> None:
    write_pipeline(
        small_root,
        "from coproduction.findings import Finding\n"
        "def build(root, into, site_url):\n    print('noise')\n    return [Finding('docs/a.md', 3, 'what', 'why', 'fix’s', 'a: b', 'rule')]\n",
    )
    report = new_builder()("http://127.0.0.1:1/")
    assert report.startswith("docs/a.md\n\n  line 3: What.")
    assert "fix’s" in report and "noise" not in report


def test_a_broken_module_is_named_with_its_line_and_mended_by_the_next_save(small_root: Path, new_builder: Callable) -> None:
    builder = new_builder()
    write_pipeline(small_root, "def build(root, into, site_url):\n    return missing\n")
    report = builder("http://127.0.0.1:1/")
    assert report.startswith("scripts/coproduction/pipeline.py\n\n  line 2: The build stopped: name 'missing' is not defined")
    assert "Traceback" not in report
    write_pipeline(small_root, "def build(:\n")
    assert "\n\n  line 1: The build stopped: invalid syntax" in builder("http://127.0.0.1:1/")
    write_pipeline(small_root, GOOD)
    assert builder("http://127.0.0.1:1/") == ""


@pytest.mark.parametrize("end", ["raise SystemExit(100)", "import os; os._exit(7)"])
def test_a_build_that_breaks_off_is_reported(small_root: Path, new_builder: Callable, end: str) -> None:
    builder = new_builder()
    write_pipeline(small_root, f"def build(root, into, site_url):\n    {end}\n")
    assert builder("http://127.0.0.1:1/").strip()
    write_pipeline(small_root, GOOD)
    assert builder("http://127.0.0.1:1/") == ""


def test_a_build_that_hangs_is_ended_and_reported(small_root: Path, new_builder: Callable) -> None:
    note = small_root / "pid"
    write_pipeline(
        small_root,
        "import os, pathlib, time\ndef build(root, into, site_url):\n"
        f"    pathlib.Path({str(note)!r}).write_text(str(os.getpid()))\n    time.sleep(600)\n",
    )
    began = time.monotonic()
    assert "took more than 2 seconds" in new_builder(longest=2)("http://127.0.0.1:1/")
    assert time.monotonic() - began < LONG_ENOUGH
    assert not is_alive(int(note.read_text()))


def test_none_of_our_modules_is_loaded_while_a_process_stands_by() -> None:
    ask = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    ask += "print([name for name in sys.modules if name.startswith(('coproduction', 'macros'))])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", ask, *serving.LOADED_BEFOREHAND],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# ------------------------------------------------------- the real thing, from end to end


@pytest.fixture
def project_copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the real project that has the packages already."""
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("docs", "overrides", "scripts", "mkdocs.yml", "requirements.txt"):
        whole = root / name
        if whole.is_dir():
            shutil.copytree(whole, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(whole, copy)
    return copy


class Process:
    """``preview.py`` as a person runs it."""

    def __init__(self, project: Path, log: Path) -> None:
        self.log = log
        with log.open("wb") as out:
            # The packages are installed already: this process runs inside their environment.
            command = "import sys; sys.path.insert(0, 'scripts'); from coproduction import serving; from pathlib import Path; "
            command += "sys.exit(serving.preview(Path.cwd(), 8400))"
            self.process = subprocess.Popen([sys.executable, "-c", command], cwd=project, stdout=out, stderr=subprocess.STDOUT)
        found = wait_for(lambda: re.search(r"The site is at http://127\.0\.0\.1:(\d+)/", self.said()))
        self.visitor = Visitor(int(found[1]))

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def children(self) -> list[int]:
        """The processes that this one started; none where that cannot be told."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in listed.read_text().split()] if listed.exists() else []


@pytest.fixture
def real_preview(project_copy: Path, tmp_path: Path) -> Iterator[Process]:
    made = Process(project_copy, tmp_path / "log")
    if report := made.visitor.news()["report"]:
        made.process.kill()
        pytest.fail(f"The project itself has something to put right, so its preview cannot be tried.\n{report}", pytrace=False)
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


@pytest.mark.long
def test_the_real_preview_follows_every_kind_of_file(
    real_preview: Process, project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = real_preview.visitor
    assert "co-production" in visitor.text("/").lower(), real_preview.said()
    times: dict[str, float] = {}

    def change(kind: str, file: str, old: str, new: str, page: str, sign: str) -> None:
        path = project_copy / file
        words = path.read_text(encoding="utf-8")
        assert old in words and sign not in visitor.text(page)
        path.write_text(words.replace(old, new, 1), encoding="utf-8")
        began = time.monotonic()
        wait_for(lambda: sign in visitor.text(page) or (visitor.news()["report"] and pytest.fail(visitor.news()["report"])))
        times[kind] = time.monotonic() - began

    page = (project_copy / "docs" / "help-improve" / "index.md").read_text(encoding="utf-8")
    first = re.search(r"^title: (.+)$", page, re.MULTILINE)[0]
    change("page", "docs/help-improve/index.md", first, "title: Kingfisher", "/help-improve/", "Kingfisher")
    facts = (project_copy / "docs" / "data" / "ladder.yml").read_text(encoding="utf-8")
    example = re.search(r"example: >-\n +\S+", facts)[0]
    change("facts", "docs/data/ladder.yml", example, example + " heron", "/ladder/", "heron")
    change("page shape", "overrides/main.html", "</body>", "<!-- wagtail --></body>", "/", "wagtail")
    change("stylesheet", "docs/assets/site.css", "{", "/*! plover */{", "/assets/site.css", "plover")
    change("module", "scripts/coproduction/pipeline.py", "def _finish(folder: Path, facts: Facts, also: dict[str, tuple[str, ...]]) -> None:",
           "def _finish(folder: Path, facts: Facts, also: dict[str, tuple[str, ...]]) -> None:\n    (folder / 'lapwing.txt').write_text('lapwing')", "/lapwing.txt",
           "lapwing")  # fmt: skip
    with capsys.disabled():
        print("\n  preview, save to served:", ", ".join(f"{kind} {took:.1f} s" for kind, took in times.items()))


def test_the_real_preview_keeps_the_last_good_page_when_the_facts_break(real_preview: Process, project_copy: Path) -> None:
    visitor = real_preview.visitor
    before = visitor.text("/ladder/")
    data = project_copy / "docs" / "data" / "ladder.yml"
    words = data.read_text(encoding="utf-8")
    data.write_text(words + "\n  nonsense: [\n", encoding="utf-8")
    report = wait_for(lambda: visitor.news()["report"])
    assert "docs/data/ladder.yml" in report
    assert "Traceback" not in report
    assert visitor.text("/ladder/") == before
    data.write_text(words, encoding="utf-8")
    wait_for(lambda: visitor.news()["report"] == "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_preview_leaves_nothing_behind(real_preview: Process, stop: signal.Signals) -> None:
    children = wait_for(real_preview.children)
    real_preview.process.send_signal(stop)
    assert real_preview.process.wait(timeout=LONG_ENOUGH) == 0
    assert "Traceback" not in real_preview.said()
    assert real_preview.said().endswith("Stopped.\n")
    wait_for(lambda: not any(is_alive(child) for child in children))


# --------------------------------------------------------------- in a real browser


def test_the_browser_reloads_after_a_save_and_shows_a_mistake_on_top(running: Running, page: object) -> None:
    page.goto(running.shown.address)
    running.save("second")
    page.get_by_role("heading", name="second").wait_for()
    running.save("a mistake")
    alert = page.get_by_role("alert")
    alert.get_by_text("line 3: A mistake.").wait_for()
    assert page.get_by_role("heading", name="second").is_visible()
    alert.get_by_role("button", name="Hide this").click()
    alert.get_by_text("line 3: A mistake.").wait_for(state="detached")
    running.save("mended")
    page.get_by_role("heading", name="mended").wait_for()
    assert page.get_by_role("alert").inner_text() == ""
