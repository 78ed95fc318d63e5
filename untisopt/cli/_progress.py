"""The live progress of a search, on stderr."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.solve.session import Progress
from untisopt.wording import decimal

if TYPE_CHECKING:
    from rich.live import Live

_CHANGES = ("teacher-site-changes", "grade-site-changes")
_SHORT = ("teacher-travel", "grade-travel")


class ProgressLine:
    """Shows the latest progress: one line that is rewritten on a terminal, a line per improvement with `verbose`.

    Parameters
    ----------
    school : School
    quiet, verbose : bool
    """

    def __init__(self, school: School, *, quiet: bool, verbose: bool) -> None:
        self._classes = len(school.week_classes)
        self._live = sys.stderr.isatty() and not quiet
        self._verbose = verbose and not quiet
        self._lock = threading.Lock()
        self._latest: Progress | None = None
        self._first: Progress | None = None
        self._begin = time.monotonic()
        self._line = self._new_line() if self._live else None

    @staticmethod
    def _new_line() -> Live:
        from rich.console import Console
        from rich.live import Live

        # The caller draws, so that the line and Ctrl-C are handled in one thread; the line goes when the search ends.
        line = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
        line.start()
        return line

    def update(self, progress: Progress) -> None:
        """Take in a moment of the search; may be called from any thread."""
        with self._lock:
            better = self._latest is None or progress.objective < self._latest.objective
            self._first = self._first or progress
            self._latest = progress
        if better and self._verbose:
            text = self._text(progress, progress.elapsed)
            if self._line is not None:
                self._line.console.print(text, highlight=False, markup=False)
            else:
                print(text, file=sys.stderr, flush=True)

    def draw(self) -> None:
        """Rewrite the line on a terminal."""
        if self._line is None:
            return
        from rich.text import Text

        elapsed = time.monotonic() - self._begin
        text = _("{seconds:.0f} s  preparing").format(seconds=elapsed)
        if self._latest is not None:
            text = self._text(self._latest, elapsed)
        self._line.update(Text(text, no_wrap=True, overflow="ellipsis"), refresh=True)

    def close(self) -> None:
        """Remove the line."""
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _text(self, progress: Progress, elapsed: float) -> str:
        text = _(
            "{seconds:.0f} s  site changes {changes}  too short {short}  moved {moved}  "
            "bound {bound}  gap {gap:.0f} %  {phase}"
        )
        return text.format(
            seconds=elapsed,
            changes=self._per_week(progress, _CHANGES),
            short=self._per_week(progress, _SHORT),
            moved=progress.amounts.get("moved-lectures", 0),
            bound=progress.bound,
            gap=100 * progress.gap,
            phase=_phase(progress.phase),
        )

    def _per_week(self, progress: Progress, rules: tuple[str, ...]) -> str:
        return decimal(sum(progress.amounts.get(rule, 0) for rule in rules) / self._classes)


def _phase(name: str) -> str:
    """What the search is doing, in a word or two."""
    phases = {
        "build": _("preparing"),
        "compile": _("compiling, at the first run only"),
        "chains": _("swapping lectures"),
        "solver": _("improving and proving"),
    }
    return phases.get(name, name)
