"""The best plan so far, and what is proved about all plans."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from untisopt.errors import InternalError

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Known(Generic[P]):
    """What is known at a moment.

    Parameters
    ----------
    plan : object or None
        The best one; None if there is none yet.
    value : int or None
        What it costs.
    bound : int or None
        No plan costs less; None if nothing is proved.
    by : str
        Who proved it.
    """

    plan: P | None = None
    value: int | None = None
    bound: int | None = None
    by: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether the plan is proved to be the best."""
        return self.value is not None and self.bound is not None and self.bound >= self.value


class Incumbent(Generic[P]):
    """Keeps the best plan and the best bound; safe to use from several threads.

    Parameters
    ----------
    plan : object, optional
        The one to begin with.
    value, bound : int, optional
        What it costs, and what every plan costs at least.
    """

    def __init__(self, plan: P | None = None, value: int | None = None, bound: int | None = None) -> None:
        self._known = Known(plan, value, bound)
        self._told = self._known
        self._lock = threading.Lock()

    @property
    def known(self) -> Known[P]:
        """Plan, value and bound of one moment."""
        return self._known

    @property
    def plan(self) -> P:
        """The best plan, where the search began with one."""
        return _sure(self._known.plan)

    @property
    def value(self) -> int:
        """What it costs."""
        return _sure(self._known.value)

    @property
    def bound(self) -> int:
        """No plan costs less, where the search began with a bound."""
        return _sure(self._known.bound)

    def offer(self, plan: P, value: int) -> bool:
        """Take over a plan if it is better; whether it is."""
        with self._lock:
            known = self._known
            if known.value is not None and value >= known.value:
                return False
            self._known = Known(plan, value, known.bound, known.by)
            return True

    def exchange(self, plan: P) -> None:
        """Put a plan in the place of the best one that costs the same."""
        with self._lock:
            self._known = replace(self._known, plan=plan)

    def raise_bound(self, bound: int, by: str = "") -> bool:
        """Take over a bound if it is better; whether it is."""
        with self._lock:
            known = self._known
            if known.bound is not None and bound <= known.bound:
                return False
            self._known = Known(known.plan, known.value, bound, by)
            return True

    def news(self) -> Known[P] | None:
        """What is known, if nobody was told yet; for one listener."""
        known = self._known
        if known is self._told:
            return None
        self._told = known
        return known


def _sure(known: P | None) -> P:
    if known is None:
        raise InternalError("a search is asked for a plan or a bound that it does not have yet")
    return known
