"""Where the contenders are met: a plain host that notes what it sends, a browser, and how much something weighs."""

from __future__ import annotations

import gzip
import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import brotli
from coproduction import environment, serving

PATIENCE = 30_000  # milliseconds


@dataclass
class Host:
    """A host of plain files: its address, which ends in a slash, and the paths that it was asked for."""

    address: str
    sent: list[str] = field(default_factory=list)


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serve ``folder`` on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            host.sent.append(unquote(path).lstrip("/"))
            answer = serving.answer_from(folder, path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host = Host(f"http://127.0.0.1:{server.server_address[1]}/")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Any]:
    """A browser without a window, of Playwright's."""
    from playwright.sync_api import sync_playwright

    found = environment.find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=list(found.flags), timeout=60_000)
        yield browser
        browser.close()


@contextmanager
def visit(browser: Any) -> Iterator[Any]:
    """An empty page in a visit that remembers nothing."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


# ---------------------------------------------------------------------------- weight


@dataclass(frozen=True)
class Weight:
    """How many bytes travel, packed in either of two ways."""

    brotli: int
    gzip: int

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.brotli + other.brotli, self.gzip + other.gzip)


def weight(file: Path) -> Weight:
    """What a file weighs on its way. One that is packed already travels as it is."""
    body = file.read_bytes()
    return Weight(min(len(body), len(brotli.compress(body, quality=11))), min(len(body), len(gzip.compress(body, 9))))


def kilobytes(size: int) -> str:
    """A size as tables say it."""
    return f"{size / 1000:.1f}" if size < 100_000 else f"{size / 1000:.0f}"


def machine(browser: Any) -> str:
    """What was measured on, and when, in one line."""
    software = f"Chromium {browser.version}, Python {platform.python_version()}"
    return f"{date.today():%d %B %Y}, {os.cpu_count()} × {_processor()}, {software}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
