"""A host of plain files, as the tests and the benchmarks meet the site: index pages, redirects to folders, the 404 page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from coproduction import serving

SUBFOLDER = "/sub/"


class PlainHost(ThreadingHTTPServer):
    """Answers with the files of ``folder``, and notes each path that it was asked for, from the site's root.

    It has the same site once more below :data:`SUBFOLDER`, as a project site on a shared host would.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.sent: list[str] = []

    @property
    def address(self) -> str:
        """Where it answers, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


@contextmanager
def hosted(folder: Path) -> Iterator[PlainHost]:
    """Serve ``folder`` on this machine."""
    host = PlainHost(folder)
    threading.Thread(target=host.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()


class _Handler(BaseHTTPRequestHandler):
    timeout = 30

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        prefix = SUBFOLDER.rstrip("/") if path.startswith(SUBFOLDER) else ""
        self.server.sent.append(unquote(path[len(prefix) :]).lstrip("/"))
        answer = serving.answer_from(self.server.folder, path[len(prefix) :])
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", prefix + answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass
