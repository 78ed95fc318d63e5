"""Entries in an order in which nobody enters before the others have left, pleasant to work through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import NamedTuple


class Part(Enum):
    """What an entry does with a run."""

    WHOLE = "whole"
    """From its old place to its new one."""
    AWAY = "away"
    """From its old place to where it is put away."""
    BACK = "back"
    """From there to its new place."""


class Entry(NamedTuple):
    """One entry: the index of a run and what is done with it."""

    run: int
    part: Part


def schedule(waits: Sequence[Collection[int]], cut: Collection[int]) -> list[Entry]:
    """Order the entries of all runs.

    The runs are taken in their order. Those that a run waits for come right before it, and a run that was put away for
    one of them is brought back before the next run has its turn.

    Parameters
    ----------
    waits : sequence of collection of int
        Per run the runs whose old places must be left before it enters its new place.
    cut : collection of int
        The runs that are put away and brought back; without them, nobody waits in a circle.

    Raises
    ------
    ValueError
        Some runs wait for one another in a circle.
    """
    order = _Order(waits, cut)
    for run in range(len(waits)):
        order.enter(run)
        order.bring_back()
    return list(order.done)


class _Order:
    def __init__(self, waits: Sequence[Collection[int]], cut: Collection[int]) -> None:
        self._waits = waits
        self._cut = cut
        self._away: dict[int, None] = {}
        self.done: dict[Entry, None] = {}

    def enter(self, run: int) -> None:
        """Bring a run to its new place, after everything that has to come before."""
        stack = [self._entering(run)]
        open_: set[Entry] = set()
        while stack:
            entry = stack[-1]
            missing = [before for before in self._before(entry) if before not in self.done]
            if entry in self.done or not missing:
                stack.pop()
                open_.discard(entry)
                self._do(entry)
            elif missing[0] in open_:
                raise ValueError(f"run {missing[0].run} waits for itself")
            else:
                open_.add(entry)
                stack.append(missing[0])

    def bring_back(self) -> None:
        """Bring back what is put away, the first first."""
        while self._away:
            self.enter(next(iter(self._away)))

    def _entering(self, run: int) -> Entry:
        return Entry(run, Part.BACK if run in self._cut else Part.WHOLE)

    def _leaving(self, run: int) -> Entry:
        return Entry(run, Part.AWAY if run in self._cut else Part.WHOLE)

    def _before(self, entry: Entry) -> list[Entry]:
        """What must be done before an entry; that a run itself is put away comes last, as late as possible."""
        if entry.part is Part.AWAY:
            return []
        before = [self._leaving(run) for run in sorted(self._waits[entry.run])]
        return [*before, Entry(entry.run, Part.AWAY)] if entry.part is Part.BACK else before

    def _do(self, entry: Entry) -> None:
        self.done.setdefault(entry)
        if entry.part is Part.AWAY:
            self._away[entry.run] = None
        if entry.part is Part.BACK:
            self._away.pop(entry.run, None)
