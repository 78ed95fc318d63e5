"""Run a search while the terminal stays alive: progress line, Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Generic, TypeVar

from untisopt.cli._console import tell
from untisopt.errors import Aborted
from untisopt.i18n import _

T = TypeVar("T")

_TICK = 0.2
# How long a search that was broken off gets to notice it before the process leaves anyway.
_GRACE = 2.0


class Interrupts:
    """The first Ctrl-C asks the search to stop, the second breaks off; the handler before is put back at the end."""

    def __init__(self, on_first: Callable[[], None]) -> None:
        self._on_first = on_first
        self._asked = threading.Event()
        self._previous: object = None

    def should_stop(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._asked.is_set()

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)  # type: ignore[arg-type]

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        if self._asked.is_set():
            raise Aborted(_("broken off; nothing was written"))
        self._asked.set()
        self._on_first()


class Background(Generic[T]):
    """Work in another thread, so that this one can react to signals while the solver computes."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._result: T | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="untisopt-search", daemon=True)

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001  handed on to the thread that waits
            self._error = error

    def wait(self, on_tick: Callable[[], None]) -> T:
        """Start, wait, and return what the work returns or raise what it raises."""
        self._thread.start()
        try:
            while self._thread.is_alive():
                self._thread.join(_TICK)
                on_tick()
        except BaseException:
            self._thread.join(_GRACE)
            raise
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]


def stop_message() -> None:
    """Say what the first Ctrl-C does."""
    end = "\n" if sys.stderr.isatty() else ""
    tell(end + _("Stopping; the best plan so far will be written. Ctrl-C again breaks off and writes nothing."))
