"""Ctrl-C, the progress line, code pages, the language."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import threading
import time

import pytest

from tests.builders import school
from untisopt.cli._console import utf8_output
from untisopt.cli._progress import ProgressLine
from untisopt.cli._root import _language
from untisopt.cli._search import Background, Interrupts
from untisopt.engines.session import Progress
from untisopt.errors import Aborted, NoPlanError

AMOUNTS = {"teacher-site-changes": 6, "grade-site-changes": 1, "teacher-travel": 2, "moved-lectures": 4}


def _interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_first_interrupt_asks_the_search_to_stop():
    told: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with Interrupts(lambda: told.append("stopping")) as interrupts:
        assert not interrupts.should_stop()
        _interrupt()
        assert interrupts.should_stop()
    assert told == ["stopping"]
    assert signal.getsignal(signal.SIGINT) is before


def test_second_interrupt_breaks_off():
    before = signal.getsignal(signal.SIGINT)
    with Interrupts(lambda: None):
        _interrupt()
        with pytest.raises(Aborted, match="nothing was written"):
            _interrupt()
    assert signal.getsignal(signal.SIGINT) is before


def test_interrupts_reach_the_search_while_it_works():
    def search() -> int:
        rounds = 0
        while not interrupts.should_stop():
            time.sleep(0.01)
            rounds += 1
        return rounds

    with Interrupts(lambda: None) as interrupts:
        threading.Timer(0.1, _interrupt).start()
        assert Background(search).wait(lambda: None) > 0


def test_errors_of_the_search_arrive():
    def search() -> None:
        raise NoPlanError("none")

    with pytest.raises(NoPlanError, match="none"):
        Background(search).wait(lambda: None)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _progress(objective: int, bound: int = 4) -> Progress:
    return Progress(1.5, "chains", objective, bound, AMOUNTS)


@pytest.fixture
def two_weeks():
    return school("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 10.3 H1 Mon1 B")


def test_line_on_a_terminal(two_weeks, monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "200")
    line = ProgressLine(two_weeks, quiet=False, verbose=False)
    line.update(_progress(8))
    line.draw()
    text = terminal.getvalue()
    # Seven site changes over two kinds of weeks; half of the eight points is not proved to be needed.
    for part in ("site changes 3.5", "too short 1", "moved 4", "bound 4", "gap 50 %", "swapping lectures"):
        assert part in text
    line.close()
    # The cursor is back at the start of the erased line, and visible again.
    assert terminal.getvalue()[len(text) :].strip("\n").startswith("\r\x1b[2K")
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_line_fits_a_narrow_terminal(two_weeks, monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "30")
    line = ProgressLine(two_weeks, quiet=False, verbose=False)
    line.update(_progress(8))
    line.draw()
    shown = re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", terminal.getvalue()).strip()
    assert 0 < len(shown) <= 30


@pytest.mark.parametrize(("quiet", "verbose", "lines"), [(False, False, 0), (False, True, 2), (True, True, 0)])
def test_lines_where_nobody_watches(two_weeks, monkeypatch, quiet, verbose, lines):
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    line = ProgressLine(two_weeks, quiet=quiet, verbose=verbose)
    for objective in (8, 8, 7):  # the second is no better plan, only a better bound
        line.update(_progress(objective))
        line.draw()
    line.close()
    assert terminal.getvalue().count("\n") == lines


def test_names_that_a_code_page_lacks_do_not_crash(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    utf8_output()
    sys.stdout.write("Jürgen Čapek")
    sys.stdout.flush()
    assert raw.getvalue() == b"J\xfcrgen ?apek"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], "de_DE.UTF-8", "de"),
        ([], "C", "en"),
        (["--lang", "de", "check"], "C", "de"),
        (["--lang=en", "check"], "de_DE", "en"),
        (["check", "--lang", "de"], "C", "en"),  # belongs in front of the command
        (["--lang"], "C", "en"),
        (["--lang", "xx"], "de_DE", "de"),
    ],
)
def test_language(arguments, environment, expected, monkeypatch):
    monkeypatch.setenv("LC_ALL", environment)
    assert _language(arguments) == expected
