"""The live progress of a search, on stderr."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from untisopt.domain.school import School
from untisopt.engines.clock import Clock
from untisopt.engines.session import Progress
from untisopt.i18n import _
from untisopt.wording import decimal

if TYPE_CHECKING:
    from rich.live import Live

    from untisopt.solve.ladder.climb import Rung

_CHANGES = ("teacher-site-changes", "grade-site-changes")
_SHORT = ("teacher-travel", "grade-travel")


class LiveLine:
    """One line on stderr that is rewritten on a terminal; elsewhere nothing, but for lines that are asked for.

    Parameters
    ----------
    quiet, verbose : bool
    """

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._verbose = verbose and not quiet
        self._lock = threading.Lock()
        self._clock = Clock()
        self._line = self._new_line() if self._live else None

    @staticmethod
    def _new_line() -> Live:
        from rich.console import Console
        from rich.live import Live

        # The caller draws, so that the line and Ctrl-C are handled in one thread; the line goes when the search ends.
        line = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
        line.start()
        return line

    def draw(self) -> None:
        """Rewrite the line on a terminal."""
        if self._line is None:
            return
        from rich.text import Text

        text = self._now(self._clock.elapsed)
        self._line.update(Text(text, no_wrap=True, overflow="ellipsis"), refresh=True)

    def close(self) -> None:
        """Remove the line."""
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _now(self, elapsed: float) -> str:
        """The text of the line after so many seconds."""
        return _("{seconds:.0f} s  preparing").format(seconds=elapsed)

    def _tell(self, text: str) -> None:
        """Print a line that stays, if all news are wanted."""
        if not self._verbose:
            return
        if self._line is not None:
            self._line.console.print(text, highlight=False, markup=False)
        else:
            print(text, file=sys.stderr, flush=True)


class ProgressLine(LiveLine):
    """Shows the latest progress of a repair, and with `verbose` a line per improvement.

    Parameters
    ----------
    school : School
    quiet, verbose : bool
    """

    def __init__(self, school: School, *, quiet: bool, verbose: bool) -> None:
        super().__init__(quiet=quiet, verbose=verbose)
        self._classes = len(school.week_classes)
        self._latest: Progress | None = None

    def update(self, progress: Progress) -> None:
        """Take in a moment of the search; may be called from any thread."""
        with self._lock:
            better = self._latest is None or progress.objective < self._latest.objective
            self._latest = progress
        if better:
            self._tell(self._text(progress, progress.elapsed))

    def _now(self, elapsed: float) -> str:
        return super()._now(elapsed) if self._latest is None else self._text(self._latest, elapsed)

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


class LadderLine(LiveLine):
    """Shows how far a ladder is, and with `verbose` a line for every better plan of a step.

    Parameters
    ----------
    school : School
    quiet, verbose : bool
    """

    def __init__(self, school: School, *, quiet: bool, verbose: bool) -> None:
        super().__init__(quiet=quiet, verbose=verbose)
        self._classes = len(school.week_classes)
        self._latest: tuple[Rung, ...] = ()

    def update(self, elapsed: float, rungs: tuple[Rung, ...]) -> None:
        """Take in a moment of the search; may be called from any thread."""
        with self._lock:
            known = {rung.budget: (rung.points, rung.moved) for rung in self._latest}
            self._latest = rungs
        for rung in rungs:
            if rung.moved and known.get(rung.budget) != (rung.points, rung.moved):
                self._tell(self._step(rung, elapsed))

    def _now(self, elapsed: float) -> str:
        return self._text(self._latest, elapsed) if self._latest else super()._now(elapsed)

    def _text(self, rungs: tuple[Rung, ...], elapsed: float) -> str:
        text = _(
            "{seconds:.0f} s  {count} steps, {proved} of them proved  "
            "best: moved {moved}  site changes {changes}  too short {short}"
        )
        best = rungs[-1]
        return text.format(
            seconds=elapsed,
            count=len(rungs),
            proved=sum(rung.proved for rung in rungs),
            moved=best.moved,
            changes=self._per_week(best, _CHANGES),
            short=self._per_week(best, _SHORT),
        )

    def _step(self, rung: Rung, elapsed: float) -> str:
        text = _("{seconds:.0f} s  at most {budget}: moved {moved}  site changes {changes}  too short {short}")
        return text.format(
            seconds=elapsed,
            budget=_("any number") if rung.budget is None else rung.budget,
            moved=rung.moved,
            changes=self._per_week(rung, _CHANGES),
            short=self._per_week(rung, _SHORT),
        )

    def _per_week(self, rung: Rung, rules: tuple[str, ...]) -> str:
        return decimal(sum(rung.score.amount(rule) for rule in rules) / self._classes)


def _phase(name: str) -> str:
    """What the search is doing, in a word or two."""
    phases = {
        "build": _("preparing"),
        "compile": _("compiling, at the first run only"),
        "chains": _("swapping lectures"),
        "solver": _("improving and proving"),
        "explain": _("explaining the changes"),
    }
    return phases.get(name, name)
