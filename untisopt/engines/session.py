"""What goes into a repair and what comes out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from untisopt.domain.timetable import Timetable

DEFAULT_TIME_LIMIT = 60.0
DETERMINISTIC_THREADS = 2


class Status(StrEnum):
    """How a repair ended."""

    OPTIMAL = "optimal"
    """The plan is proved to be the best."""
    FEASIBLE = "feasible"
    """The time limit ended the search; the bound says how much better a plan could be at most."""
    STOPPED = "stopped"
    """The user ended the search; the best plan so far."""
    CHOSEN = "chosen"
    """Somebody chose among the changes of a repair, or refused some; nothing says that no better choice exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOptions:
    """How to search.

    Parameters
    ----------
    time_limit : float
        Seconds; in deterministic mode the same number of deterministic units, which take about as long.
    workers : int or None
        Threads; None: all cores, in deterministic mode two, so that every machine does the same.
    seed : int
        Seed of every random choice, >= 0.
    deterministic : bool
        The same input, options and version give the same plan, whatever the machine is busy with.
    """

    time_limit: float = DEFAULT_TIME_LIMIT
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False

    @property
    def threads(self) -> int:
        """How many threads work."""
        if self.workers is not None:
            return self.workers
        return DETERMINISTIC_THREADS if self.deterministic else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of the search.

    Parameters
    ----------
    elapsed : float
        Seconds since the repair began.
    phase : str
        What is being done, for people.
    objective : int
        Weighted points of the best plan so far.
    bound : int
        No plan has fewer points.
    amounts : dict of str to int
        Raw amount per rule of the best plan so far.
    """

    elapsed: float
    phase: str
    objective: int
    bound: int
    amounts: dict[str, int] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Share of the objective that is not proved to be needed, 0..1."""
        return 0.0 if self.objective <= 0 else max(0.0, (self.objective - self.bound) / self.objective)


@dataclass(frozen=True, slots=True)
class Repair:
    """The outcome of a repair.

    Parameters
    ----------
    timetable : Timetable
        The best plan found; the plan that came in if nothing better was found.
    status : Status
    objective, bound : int
        Weighted points of the plan, and a proved lower limit for any plan.
    objective_before : int
        Weighted points of the plan that came in.
    seconds : dict of str to float
        Time per phase: `build`, `first_improvement` (None is left out), `search`.
    least_site_changes : mapping of str to int
        By rule id: no plan has fewer site changes, however many lectures it moves. Empty where nothing was asked.
    """

    timetable: Timetable
    status: Status
    objective: int
    bound: int
    objective_before: int
    seconds: dict[str, float]
    least_site_changes: Mapping[str, int] = field(default_factory=dict)


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


def never() -> bool:
    """Nobody asks for the end of a search."""
    return False
