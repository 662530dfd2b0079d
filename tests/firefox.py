"""One Firefox, driven by Puppeteer over WebDriver BiDi: Playwright cannot drive the Firefox that a system brings.

:class:`Tab` answers to the same names as a page of Playwright, as far as the tests need them, so that what
measures a page in Chromium measures it in Firefox too.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
import time
from pathlib import Path
from queue import Empty, Queue

from coproduction.environment import NodeTools

HERE = Path(__file__).resolve().parent
PATIENCE = 60  # seconds for one answer; firefox.mjs gives up at half of that, and says why
BRITISH = {"intl.accept_languages": "en-GB, en"}


class Failed(Exception):
    """Firefox, or the script that drives it, did not do what it was asked."""


class Firefox:
    """A Node process and the Firefox that it drives. Use as a context manager: both end with it."""

    def __init__(self, path: str, tools: NodeTools) -> None:
        self._path = path
        self._preferences: dict | None = None
        self._answers: Queue[str] = Queue()
        self._node = subprocess.Popen(
            [tools.node, str(HERE / "firefox.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "MOZ_DISABLE_AUTO_SAFE_MODE": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.version = ""

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, *_: object) -> None:
        self._node.stdin.close()  # then it closes Firefox, and ends
        try:
            self._node.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._node.terminate()  # then Puppeteer ends Firefox by force
            self._node.wait(timeout=PATIENCE)

    def _listen(self) -> None:
        for line in self._node.stdout:
            self._answers.put(line)
        self._answers.put('{"error": "the script that drives Firefox has ended"}')

    def ask(self, do: str, given: object = None) -> object:
        """Have ``firefox.mjs`` do something, and return what comes of it."""
        try:
            self._node.stdin.write(json.dumps({"do": do, "given": given}) + "\n")
            self._node.stdin.flush()
            answer = json.loads(self._answers.get(timeout=PATIENCE))
        except (OSError, Empty) as error:
            raise Failed(f"{do}: no answer in {PATIENCE} seconds") from error
        if "error" in answer:
            raise Failed(f"{do}: {answer['error']}")
        return answer["value"]

    def visit(self, preferences: dict) -> Tab:
        """A clean visit in a Firefox with these preferences; it starts again only for other ones."""
        if preferences != self._preferences:
            self.version = self.ask("start", {"path": self._path, "preferences": {**BRITISH, **preferences}})
            self._preferences = preferences
        self.ask("visit")
        return Tab(self)


class Tab:
    """A page of Firefox, under the names that Playwright has for it."""

    def __init__(self, firefox: Firefox) -> None:
        self._firefox = firefox
        self.keyboard = Keyboard(firefox)
        self.viewport_size: dict = {}
        self.set_viewport_size({"width": 1280, "height": 900})

    def goto(self, address: str) -> None:
        """Go to an address, and wait until the page has loaded."""
        self._firefox.ask("goto", address)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._firefox.ask("url")

    def set_viewport_size(self, size: dict) -> None:
        """Make the window so wide and high."""
        self._firefox.ask("size", size)
        self.viewport_size = size

    def evaluate(self, script: str, argument: object = None) -> object:
        """Run a script in the page, or call a function with ``argument``; return what it gives."""
        return self._firefox.ask("evaluate", {"script": script, "argument": argument})

    def wait_for_function(self, script: str, patience: float = 15) -> None:
        """Wait until a script gives something true."""
        end = time.monotonic() + patience
        while not self.evaluate(script):
            if time.monotonic() > end:
                raise Failed(f"still not true after {patience} seconds: {script}")
            time.sleep(0.05)

    def add_style_tag(self, content: str) -> None:
        """Add styles to the page."""
        self.evaluate("(css) => { document.head.append(Object.assign(document.createElement('style'), { textContent: css })) }", content)

    def screenshot(self, clip: dict) -> bytes:
        """A picture of a part of the window."""
        return base64.b64decode(self._firefox.ask("picture", clip))

    def heard(self) -> dict:
        """What was asked for, and complained of, since the visit began."""
        return self._firefox.ask("heard")

    def cookies(self) -> list[str]:
        """The names of the cookies that the visit left."""
        return self._firefox.ask("cookies")


class Keyboard:
    """The keys, under the names that Playwright has for them."""

    def __init__(self, firefox: Firefox) -> None:
        self._firefox = firefox

    def press(self, keys: str) -> None:
        """Press a key, with others held: ``Tab``, ``Shift+Tab``."""
        *held, key = keys.split("+")
        for one in held:
            self._firefox.ask("hold", one)
        self._firefox.ask("press", key)
        for one in reversed(held):
            self._firefox.ask("release", one)

    def type(self, text: str) -> None:
        """Type a text."""
        self._firefox.ask("type", text)
