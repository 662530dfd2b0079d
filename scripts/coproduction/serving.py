"""The preview: serves the last good build on this machine, and builds again when a file is saved.

Each build runs in a process of its own, so that a changed module counts at once. Loading the engine
takes nearly as long as building, so such processes stand by with the engine loaded and none of our own
modules.
"""

from __future__ import annotations

import html
import json
import mimetypes
import os
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from coproduction import environment, progress
from coproduction.environment import Trouble

QUIET = 0.1  # seconds without a further change: an editor may write one file in several steps
LONGEST_WAIT = 1.0  # seconds after which a build starts although files still change
LONGEST_BUILD = 60.0  # seconds after which a build is taken to hang
PORTS_TO_TRY = 20
WATCHED = ("docs", "overrides", "scripts")
SPARE = 2  # processes that stand by, so that a second save finds one while the first is replaced
LOADED_BEFOREHAND = (
    "annotated_types",
    "difflib",
    "jinja2",
    "markdown.extensions.admonition",
    "markdown.extensions.attr_list",
    "markdown.extensions.codehilite",
    "markdown.extensions.def_list",
    "markdown.extensions.fenced_code",
    "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "material.templates",
    "mkdocs.commands.build",
    "mkdocs.config.defaults",
    "mkdocs_macros.plugin",
    "pydantic.fields",
    "pydantic.json_schema",
    "pydantic.main",
    "pydantic.plugin._loader",
    "pydantic.type_adapter",
    "pygments.formatters",
    "pygments.lexers",
    "rcssmin",
    "rjsmin",
    "selectolax.lexbor",
    "typst",
    "yaml",
)

Build = Callable[[str], str]  # takes the address to build for; returns what to put right, or nothing


# ---------------------------------------------------------------------- the verb


def preview(root: Path, port: int, open_browser: bool = False) -> int:
    """Serve the project in ``root`` until Ctrl-C; return 0.

    Takes ``port``, or the next one that is free. Raises Trouble when none near it is.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    builder = None
    try:
        with Preview(root, port) as shown:
            if shown.port != port:
                progress.say(f"Port {port} is taken, so this uses port {shown.port}.")
            builder = Builder(root, shown.folder)
            shown.build(builder, "Building the site")
            progress.say(f"The site is at {shown.address}\nIt follows each file you save. Stop it with Ctrl-C.")
            if open_browser:
                webbrowser.open(shown.address)
            shown.follow(builder)
    except KeyboardInterrupt:
        progress.say("\nStopped.")
    finally:
        if builder:
            builder.close()
    return 0


class Preview:
    """A server for the last good build, and what the browser should know about the newest one."""

    def __init__(self, root: Path, port: int, host: str = "127.0.0.1") -> None:
        """Take ``port``, or one after it. Raises Trouble when none can be had."""
        self._root = root
        self._server = _bind(host, port, self)
        self.port: int = self._server.server_address[1]
        self.address = f"http://{host}:{self.port}/"
        # Two previews of one project may run at once: each has a folder of its own.
        self.folder = root / ".build" / "preview" / str(self.port)
        self.report = ""
        self._began = time.time_ns()
        self._good_builds = 0
        self._changed: set[str] = set()
        self._wake = threading.Event()
        self._observer = None

    def __enter__(self) -> Preview:
        """Start to serve, and to note which files change."""
        self._observer = _watch(self._root, self._note)
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop both."""
        self._observer.stop()
        self._observer.join()
        self._server.shutdown()
        self._server.server_close()

    @property
    def edition(self) -> str:
        """A name for the last good build; a page that belongs to another is out of date."""
        return f"{self._began}-{self._good_builds}"

    def build(self, build: Build, label: str) -> None:
        """Build once, and tell the terminal and the browser what came of it."""
        self._wake.clear()
        self._changed.clear()
        with progress.step(label):
            report = build(self.address)
        if not report:
            self._good_builds += 1
        self.report = report
        if report:
            shows = (
                "The browser still shows the last good pages." if self.folder.is_dir() else "There is no good build to show yet."
            )
            progress.say(f"\n{report}\n\n{shows}")

    def follow(self, build: Build, until: Callable[[], bool] = lambda: False) -> None:
        """Build again after each change, until ``until`` says so. Changes during a build cause one more."""
        while not until():
            if self._wake.wait(QUIET):
                self._let_it_settle()
                self.build(build, f"Building again: {_named(tuple(self._changed))} changed")

    def _note(self, file: str) -> None:
        self._changed.add(file)
        self._wake.set()

    def _let_it_settle(self) -> None:
        give_up = time.monotonic() + LONGEST_WAIT
        while self._wake.is_set() and time.monotonic() < give_up:
            self._wake.clear()
            self._wake.wait(QUIET)


def _named(files: Iterable[str]) -> str:
    """One file by its name; of several, one and how many more."""
    first, *more = sorted(files) or ["a file"]
    return f"{first} and {len(more)} more" if more else first


# ------------------------------------------------------------------------ building


class Builder:
    """Builds in a fresh process each time; the next ones stand by already."""

    # Run by -c: a module of ours would have to be loaded before it could load the others anew.
    _PROCESS = """
import gc, importlib, json, os, sys
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # whatever is printed while building must not mix with the answer
scripts, *beforehand = sys.argv[1:]
for name in beforehand:
    importlib.import_module(name)
order = sys.stdin.readline()
if order:
    # Python takes a stored compilation for fresh when the second and the size of the file agree;
    # two saves may fall into one second. So none is read and none is written.
    sys.dont_write_bytecode, sys.pycache_prefix = True, os.path.join(scripts, "none")
    sys.path.insert(0, scripts)
    gc.disable()  # a short life needs no tidying, and tidying takes a fifth of it
    from coproduction import serving
    answers.write(json.dumps(serving.build_for_preview(**json.loads(order))))
    answers.flush()
    os._exit(0)  # nothing is left to do, and leaving in order takes a tenth of a second
"""

    def __init__(self, root: Path, into: Path, longest: float = LONGEST_BUILD) -> None:
        """Let a first process stand by. A build that takes more than ``longest`` seconds is ended."""
        self._root = root
        self._into = into
        self._longest = longest
        self._processes: list[subprocess.Popen[str]] = []
        self._stand_by()

    def __call__(self, address: str) -> str:
        """Build for ``address`` and return what to put right; nothing when all is well."""
        process = self._processes[0]
        order = {"root": str(self._root), "into": str(self._into), "address": address}
        try:
            answer, complaints = process.communicate(json.dumps(order) + "\n", timeout=self._longest)
        except subprocess.TimeoutExpired:
            return f"The build took more than {self._longest:.0f} seconds and was ended. Undo the last change, or save again."
        finally:
            _end(process)
            self._processes.remove(process)
            while len(self._processes) < SPARE:  # only now, so as not to slow the build down
                self._stand_by()
        try:
            return json.loads(answer)
        except ValueError:
            return "The build broke off without an answer. Its last words:\n" + _last_lines(complaints)

    def close(self) -> None:
        """End the processes that stand by."""
        while self._processes:
            _end(self._processes.pop())

    def _stand_by(self) -> None:
        command = [sys.executable, "-P", "-c", self._PROCESS, str(self._root / "scripts"), *LOADED_BEFOREHAND]
        self._processes.append(
            subprocess.Popen(
                command,
                cwd=self._root,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                start_new_session=True,  # Ctrl-C in the terminal is for us; we end them ourselves
            )
        )


def build_for_preview(root: str, into: str, address: str) -> str:
    """Build the site; return what to put right as a person reads it, or nothing. Runs in a process of its own."""
    try:
        from coproduction import findings, pipeline

        found = pipeline.build(Path(root), Path(into), site_url=address)
        return findings.report(found) if found else ""
    except (Exception, SystemExit) as error:
        return _broken(error, Path(root))


def _broken(error: BaseException, root: Path) -> str:
    """Say which line of ours does not load, in the form of a finding. It must not lean on what may be broken.

    For what goes wrong in a build itself, ``pipeline`` has findings.
    """
    environment.keep_trace(error, root)
    file, line = (environment.places(error, root) or [(Path("scripts"), 0)])[-1]
    words = " ".join(str(error).split()) or "no reason given"
    return (
        f"{file}\n\n  line {line}: The build stopped: {words} ({type(error).__name__}).\n"
        "    Why it matters: No page can be made until this is mended.\n"
        "    To put it right: If you have just changed this file, look at that line.\n"
        "      If not, the mistake is ours: please report it with the words above."
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and all it started."""
    if process.poll() is None:
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def _last_lines(text: str, count: int = 8) -> str:
    return "\n".join("    " + line for line in text.strip().splitlines()[-count:]) or "    (none)"


# ------------------------------------------------------------------------ watching


def _watch(root: Path, note: Callable[[str], None]):
    """Call ``note`` with the name of each file that a person saves; return the observer, already started."""
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    for kind in (Observer, lambda: PollingObserver(timeout=0.5)):
        observer = kind()
        handler = _handler(root, note)
        for folder in WATCHED:
            if (root / folder).is_dir():
                observer.schedule(handler, str(root / folder), recursive=True)
        observer.schedule(handler, str(root), recursive=False)
        try:
            observer.start()
            return observer
        except OSError:  # a system may let us watch only so many folders; looking again and again always works
            continue
    raise AssertionError("the polling observer starts everywhere")


def _handler(root: Path, note: Callable[[str], None]):
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            # Reading a file is an event too, and a build reads them all.
            if event.event_type in ("created", "modified", "deleted", "moved") and not event.is_directory:
                for path in (event.src_path, event.dest_path):
                    if path and counts(Path(os.fsdecode(path)), root):
                        note(Path(os.fsdecode(path)).relative_to(root).as_posix())

    return Handler()


def counts(path: Path, root: Path) -> bool:
    """Whether a change to ``path`` changes the site: not so for what editors and Python leave about."""
    if not path.is_relative_to(root):
        return False
    parts = path.relative_to(root).parts
    if len(parts) < 2:
        return parts == ("mkdocs.yml",)
    name = parts[-1]
    return (
        parts[0] in WATCHED
        and not any(part.startswith((".", "#")) or part == "__pycache__" for part in parts)
        and not name.endswith(("~", ".pyc", ".swp", ".swx", ".tmp", ".bak", ".orig", ".crdownload"))
        and not name.isdigit()  # Vim writes a file "4913" to see whether it may
    )


# ------------------------------------------------------------------------- serving

NEWS = "/__preview"
SCRIPT = "/__preview.js"
HOSTS = ("127.0.0.1", "localhost")
KINDS = mimetypes.MimeTypes()
for ending, kind in {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    KINDS.add_type(kind, ending)

# Reloads the page after a good build, and shows what a bad one found on top of the last good page.
# Styles are set one by one from the script: a site's policy may forbid style attributes.
PREVIEW_SCRIPT = """
(function () {
  "use strict";
  var edition = new URL(document.currentScript.src).searchParams.get("edition");
  var shown = "";
  var panel = document.createElement("div");
  panel.setAttribute("role", "alert");
  panel.id = "preview-report";
  document.body.prepend(panel);

  function style(element, rules) {
    Object.keys(rules).forEach(function (name) { element.style[name] = rules[name]; });
  }

  function show(report) {
    if (report === shown) { return; }
    shown = report;
    panel.textContent = "";
    style(panel, report ? {
      position: "fixed", inset: "0 0 auto 0", zIndex: "9999", maxHeight: "60vh", overflow: "auto", boxSizing: "border-box",
      padding: "1rem", background: "#fff", color: "#1a1a1a", borderBottom: "6px solid #a4161a", boxShadow: "0 0 1rem #0006"
    } : { padding: "0", border: "0", boxShadow: "none", position: "static" });
    if (!report) { return; }
    var title = document.createElement("p");
    title.textContent = "Something is to be put right." + (document.body.id === "nothing-yet" ? "" : " Below is the last good page.");
    style(title, { margin: "0 0 .5rem", fontWeight: "bold", fontSize: "1.1rem", color: "inherit" });
    var words = document.createElement("div");
    words.textContent = report;
    style(words, { margin: "0 0 .5rem", whiteSpace: "pre-wrap", font: "1rem/1.4 monospace", color: "inherit" });
    var hide = document.createElement("button");
    hide.type = "button";
    hide.textContent = "Hide this";
    style(hide, { font: "inherit", padding: ".5rem 1rem", minHeight: "44px" });
    hide.addEventListener("click", function () { show(""); shown = report; });
    panel.append(title, words, hide);
  }

  function ask() {
    fetch("/__preview", { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (news) {
      if (news.edition !== edition) { location.reload(); } else { show(news.report); }
    }).catch(function () { /* the preview was stopped: ask again until it is back */ }).then(function () {
      window.setTimeout(ask, 300);
    });
  }
  ask();
}());
"""


@dataclass(frozen=True)
class Answer:
    """What a server sends: ``location`` only for a redirect."""

    status: int
    body: bytes
    kind: str
    location: str = ""


def answer_from(folder: Path, path: str) -> Answer:
    """Answer a request for ``path``, the part of an address before any ``?``, as a plain host would.

    A folder answers with its index page, a folder without its last slash with a redirect, anything
    else with the site's own 404 page. Nothing outside ``folder`` is ever read.
    """
    parts = [part for part in unquote(path).split("/") if part]
    if any(part in (".", "..") or "\\" in part or "\0" in part or ":" in part for part in parts):
        return _missing(folder)
    file = folder.joinpath(*parts)
    if path.endswith("/"):
        file = file / "index.html"
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return _missing(folder)
        if file.is_dir():
            return Answer(301, b"", "text/plain", quote("/" + "/".join(parts) + "/"))
        return Answer(200, file.read_bytes(), _kind(file))
    except OSError:
        return _missing(folder)


def _missing(folder: Path) -> Answer:
    try:
        return Answer(404, (folder / "404.html").read_bytes(), _kind(Path("404.html")))
    except OSError:
        return Answer(404, b"There is no such page.\n", "text/plain; charset=utf-8")


def _kind(file: Path) -> str:
    kind = KINDS.guess_type(file.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
    return f"{kind}; charset=utf-8" if is_text else kind


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share one port

    def __init__(self, place: tuple[str, int], shown: Preview) -> None:
        self.shown = shown
        super().__init__(place, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that hang up; show anything else."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _bind(host: str, port: int, shown: Preview) -> _Server:
    last = min(port + PORTS_TO_TRY, 65536) - 1
    for candidate in range(port, last + 1):
        try:
            return _Server((host, candidate), shown)
        except OSError:
            continue
    raise Trouble(f"None of the ports from {port} to {last} can be used here. Name another: --port 9000")


def is_for_us(host: str) -> bool:
    """Whether ``host``, the header of that name, is this machine: with a port or without."""
    try:
        return urlsplit(f"//{host}").hostname in HOSTS
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Send a page, a file, the news of the last build, or the script that asks for it."""
        self._send(self._answer())

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Keep the terminal for what the person does."""

    def _answer(self) -> Answer:
        if not is_for_us(self.headers.get("Host", "")):
            # Another site whose name was made to lead here must not read what is being written.
            return Answer(403, b"This answers only at 127.0.0.1 and localhost.\n", "text/plain; charset=utf-8")
        shown = self.server.shown
        path = urlsplit(self.path).path
        if path == NEWS:
            news = {"edition": shown.edition, "report": shown.report}
            return Answer(200, json.dumps(news).encode(), "application/json")
        if path == SCRIPT:
            return Answer(200, PREVIEW_SCRIPT.encode(), "text/javascript; charset=utf-8")
        return _with_script(self._page(shown, path), shown.edition)

    def _page(self, shown: Preview, path: str) -> Answer:
        give_up = time.monotonic() + 1
        while not shown.folder.is_dir():  # for a moment there is none, while a new build takes its place
            if time.monotonic() > give_up:
                return _nothing_yet(shown.report)
            time.sleep(0.02)
        return answer_from(shown.folder, path)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


def _with_script(answer: Answer, edition: str) -> Answer:
    """Add the preview's script to a page, just before its body ends."""
    if not answer.kind.startswith("text/html"):
        return answer
    end = answer.body.lower().rfind(b"</body>")
    end = len(answer.body) if end < 0 else end
    tag = f'<script src="{SCRIPT}?edition={edition}"></script>'.encode()
    return Answer(answer.status, answer.body[:end] + tag + answer.body[end:], answer.kind)


def _nothing_yet(report: str) -> Answer:
    """A page for the time before the first good build."""
    words = "The first build is under way." if not report else "There is no good build yet."
    page = (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Preview</title>'
        f'<body id="nothing-yet"><h1>{words}</h1><pre>{html.escape(report)}</pre></body></html>'
    )
    return Answer(503, page.encode(), "text/html; charset=utf-8")
