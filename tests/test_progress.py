"""What a person sees while the work goes on."""

from __future__ import annotations

import io
import re

import pytest
from coproduction import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    encoding = "utf-8"


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress.time, "monotonic", made.monotonic)
    return made


def on_screen(written: str) -> str:
    """What a terminal shows of one line that was written again and again."""
    shown = ""
    for part in written.rstrip("\n").split("\r"):
        shown = part + shown[len(part) :]
    return shown.rstrip()


def test_on_a_pipe_a_quick_step_is_one_line(clock: Clock) -> None:
    pipe = Pipe()
    with progress.step("Reading the facts", pipe):
        clock.now += 1.9
    assert pipe.getvalue() == "Reading the facts ...\n"


def test_on_a_pipe_a_slow_step_says_how_long_it_took(clock: Clock) -> None:
    pipe = Pipe()
    with progress.step("Reading the facts", pipe):
        clock.now += 2.1
    assert pipe.getvalue() == "Reading the facts ...\nReading the facts: done in 2.1 s\n"


def test_a_step_that_breaks_off_says_so_and_lets_the_error_through(clock: Clock) -> None:
    pipe = Pipe()
    with pytest.raises(KeyError), progress.step("Reading the facts", pipe):
        clock.now += 5
        raise KeyError
    assert pipe.getvalue().endswith("Reading the facts: stopped after 5.0 s\n")


def test_on_a_terminal_a_step_stays_one_line_and_ends_with_its_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    terminal = Terminal()
    with progress.step("Reading the facts", terminal):
        clock.now += 0.8
    written = terminal.getvalue()
    assert written.count("\n") == 1 and written.endswith("\n")
    assert on_screen(written) == "Reading the facts: done in 0.8 s"


def test_on_a_terminal_the_seconds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    monkeypatch.setattr(progress, "TICK", 0.01)
    terminal = Terminal()
    with progress.step("Reading", terminal):
        deadline = progress.time.monotonic() + 10
        while " ... 1 s" not in terminal.getvalue() and progress.time.monotonic() < deadline:
            progress.time.sleep(0.02)
    assert "\rReading ... 0 s" in terminal.getvalue()
    assert "\rReading ... 1 s" in terminal.getvalue()


@pytest.mark.parametrize("columns", [30, 40, 80])
def test_no_line_of_a_step_is_as_wide_as_the_terminal(columns: int, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.delenv("TERM", raising=False)
    terminal = Terminal()
    with progress.step("A label that goes on for much longer than any narrow terminal is wide, and then some", terminal):
        clock.now += 125
    parts = re.split(r"[\r\n]", terminal.getvalue())
    assert max(map(len, parts)) < columns
    assert on_screen(terminal.getvalue()).endswith(": done in 2 min 5 s")


def test_a_terminal_that_cannot_move_its_cursor_is_treated_as_a_pipe(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    with progress.step("Reading", terminal):
        pass
    assert terminal.getvalue() == "Reading ...\n"


def test_nothing_is_told_by_colour(clock: Clock) -> None:
    terminal = Terminal()
    with progress.step("Reading", terminal):
        progress.say("A result", terminal)
    assert "\033" not in terminal.getvalue()


def test_a_result_keeps_its_lines_on_a_pipe_and_folds_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("TERM", raising=False)
    text = "docs/ladder.md\n\n    Why it matters: a rung that has no source cannot be checked."
    pipe, terminal = Pipe(), Terminal()
    progress.say(text, pipe)
    progress.say(text, terminal)
    assert pipe.getvalue() == text + "\n"
    lines = terminal.getvalue().splitlines()
    assert lines[:2] == ["docs/ladder.md", ""]
    assert len(lines) > 3 and all(len(line) <= 40 and line.startswith("    ") for line in lines[2:])


@pytest.mark.parametrize("form", ["github", "json"])
def test_a_result_for_a_program_is_as_it_is_and_all_else_goes_out_of_its_way(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("TERM", raising=False)
    shown, besides, wide = Terminal(), Terminal(), "beans " * 20 + "."
    monkeypatch.setattr(progress.sys, "stdout", shown)
    monkeypatch.setattr(progress.sys, "stderr", besides)
    progress.result(wide, form)
    progress.result("", form)
    progress.aside("It is late.", form)
    assert (shown.getvalue(), besides.getvalue()) == (wide + "\n", "It is late.\n")
    progress.result(wide, "text")
    progress.aside("It is late.", "text")
    assert max(map(len, shown.getvalue().splitlines()[1:])) <= 40 and shown.getvalue().endswith("It is late.\n")


def test_a_character_the_stream_cannot_hold_stops_nothing() -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    progress.say("“site”", narrow)
    assert raw.getvalue() == b"?site?\n"


@pytest.mark.parametrize(("took", "words"), [(0.84, "0.8 s"), (9.94, "9.9 s"), (12.6, "12 s"), (60, "1 min 0 s"), (125, "2 min 5 s")])
def test_times_are_said_as_a_person_says_them(took: float, words: str) -> None:
    assert progress.seconds(took) == words
