"""What a person sees while the work goes on: the only printer.

Progress goes to the error stream and results to the output stream, so that results can be kept in
a file. Nothing is told by colour. Standard library only: this runs before anything is installed.
"""

import os
import shutil
import sys
import textwrap
import threading
import time
from contextlib import contextmanager

WORTH_A_LINE = 2.0  # seconds; in a file, a quicker step is not worth a second line
TICK = 0.5
FORMATS = ("text", "github", "json")  # for people, for the code host, for other programs


def say(text, stream=None):
    """Print ``text``: a result, or something to act on. A terminal gets no line wider than itself."""
    stream = stream or sys.stdout
    if _is_terminal(stream):
        text = "\n".join(_folded(line, _columns()) for line in text.splitlines())
    _write(stream, text + "\n")


def fail(text):
    """Print, on the error stream, why the work cannot go on."""
    say(text, sys.stderr)


def result(text, form):
    """Print what a verb was asked for, in one of the :data:`FORMATS`; other programs get it as it is, however wide."""
    if form == FORMATS[0]:
        say(text)
    elif text:
        _write(sys.stdout, text + "\n")


def aside(text, form):
    """Print what a person may like to know besides; where the result is for a program, out of its way."""
    say(text, sys.stdout if form == FORMATS[0] else sys.stderr)


@contextmanager
def step(label, stream=None):
    """Show that ``label`` is going on, and for how long. Print nothing else meanwhile.

    On a terminal one line counts the seconds. Elsewhere the label is one line, and the time it took
    another, when that was more than two seconds. A step that ends in an exception says so.
    """
    stream = stream or sys.stderr
    line = _LiveLine(label, stream) if _is_terminal(stream) else _WrittenLines(label, stream)
    line.start()
    try:
        yield
    except BaseException:
        line.end("stopped after")
        raise
    line.end("done in")


def seconds(took):
    """Return a length of time as a person says it: ``0.8 s``, ``12 s``, ``2 min 5 s``."""
    if took < 10:
        return "{:.1f} s".format(took)
    if took < 60:
        return "{} s".format(int(took))
    return "{} min {} s".format(int(took) // 60, int(took) % 60)


class _WrittenLines:
    """A step as a file or a pipe shows it."""

    def __init__(self, label, stream):
        self._label = label
        self._stream = stream
        self._began = time.monotonic()

    def start(self):
        _write(self._stream, "{} ...\n".format(self._label))

    def end(self, word):
        took = time.monotonic() - self._began
        if took > WORTH_A_LINE:
            _write(self._stream, "{}: {} {}\n".format(self._label, word, seconds(took)))


class _LiveLine:
    """A step as a terminal shows it: one line that is written again and again."""

    def __init__(self, label, stream):
        self._label = label
        self._stream = stream
        self._began = time.monotonic()
        self._shown = 0
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def start(self):
        self._show(" ...")
        self._ticker.start()

    def end(self, word):
        self._over.set()
        self._ticker.join()
        self._show(": {} {}".format(word, seconds(time.monotonic() - self._began)))
        _write(self._stream, "\n")

    def _tick(self):
        while not self._over.wait(TICK):
            self._show(" ... {} s".format(int(time.monotonic() - self._began)))

    def _show(self, rest):
        # A line as wide as the terminal would wrap, and could not be written again.
        text = _shortened(self._label, _columns() - 1 - len(rest)) + rest
        padding = " " * max(0, self._shown - len(text))
        self._shown = len(text)
        _write(self._stream, "\r" + text + padding)


def _is_terminal(stream):
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _columns():
    return max(30, shutil.get_terminal_size().columns)


def _shortened(text, width):
    return text if len(text) <= width else text[: max(1, width - 3)].rstrip() + "..."


def _folded(line, width):
    """Fold one line at its spaces, each part as far from the edge as the line was."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(
        line.strip(), width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _write(stream, text):
    """Write at once; a character that the stream cannot hold becomes a question mark."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()
