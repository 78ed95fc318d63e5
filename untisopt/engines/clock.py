"""What a search may use, and when it must end: the only place that looks at the time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from untisopt.engines.session import ShouldStop, SolveOptions, never


class Clock:
    """Counts what of a limit is used: seconds, or in deterministic mode units of work, the same on every machine.

    Safe to ask from several threads.

    Parameters
    ----------
    limit : float
        Seconds, or units in deterministic mode.
    deterministic : bool
        Whether what is noted by :meth:`use` counts, and not the time.
    should_stop : callable
        Whether somebody asks for the end; once yes, always yes.
    per_unit : float
        How much work makes a unit.
    now : callable, optional
        Seconds since some moment; tests put their own in its place.
    """

    def __init__(
        self,
        limit: float = math.inf,
        *,
        deterministic: bool = False,
        should_stop: ShouldStop | None = None,
        per_unit: float = 1.0,
        now: Callable[[], float] | None = None,
    ) -> None:
        self.limit = limit
        self.deterministic = deterministic
        self.was_stopped = False
        self._asked = should_stop or never
        self._per_unit = per_unit
        self._work = 0.0
        self._now = now or time.monotonic
        self._began = self._now()

    @classmethod
    def of(cls, options: SolveOptions, should_stop: ShouldStop | None = None) -> Clock:
        """The clock of a whole search."""
        return cls(options.time_limit, deterministic=options.deterministic, should_stop=should_stop)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return self._now() - self._began

    @property
    def spent(self) -> float:
        """How much of the limit is used."""
        return self._work / self._per_unit if self.deterministic else self.elapsed

    @property
    def left(self) -> float:
        """How much of the limit is left."""
        return self.limit - self.spent

    @property
    def is_late(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is left, or somebody asks for the end."""
        return self.is_late or self.should_stop()

    def has_used(self, share: float) -> bool:
        """Whether a share of the limit is used."""
        return self.spent >= share * self.limit

    def use(self, work: float) -> None:
        """Take note of work that was done."""
        self._work += work

    def should_stop(self) -> bool:
        """Whether somebody has asked for the end."""
        self.was_stopped = self.was_stopped or self._asked()
        return self.was_stopped
