"""Where the contenders are met, a browser, and how much something weighs."""

from __future__ import annotations

import gzip
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import brotli
from coproduction import environment

PATIENCE = 30_000  # milliseconds


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
