"""The outcome of a search for the fewest changes after an event, and what it tells on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from untisopt.domain.timetable import Timetable


class ExactStatus(StrEnum):
    """How a search for the fewest changes ended."""

    MINIMUM = "minimum"
    """No plan has fewer changes: proved."""
    BEST_FOUND = "best-found"
    """The time limit ended the search; the bound says how many changes every plan needs."""
    IMPOSSIBLE = "impossible"
    """No plan satisfies what is required: proved, and confirmed by a second, different solve."""
    IMPOSSIBLE_UNCONFIRMED = "impossible-unconfirmed"
    """One solve found that no plan satisfies what is required; no other confirmed it in time."""
    UNDECIDED = "undecided"
    """No plan was found in time, and it is not proved that there is none."""


class Level(StrEnum):
    """How much of the school was free where the answer was found."""

    HIT = "hit"
    """The lectures that the event hits."""
    NEAR = "near"
    """Those near enough that a plan of its cost can touch them."""
    SCHOOL = "school"
    """Everything that may move at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactRepair:
    """The outcome of a search for the fewest changes.

    Changes are counted in points: a moved lecture costs the weight of the rule moved-lectures, a changed room that of
    the rule changed-rooms. To give a place to a lecture that has none is no change.

    Parameters
    ----------
    status : ExactStatus
    timetable : Timetable or None
        The plan; None if there is none, or none was found.
    moved : int
        Lectures that stand in another period than today.
    changed_rooms : int
        Rooms that lectures have in the place of others.
    placed : int
        Lectures that had no place before.
    points : int or None
        What the changes cost; None without a plan.
    bound : int
        No plan that satisfies what is required has changes that cost less.
    hit : tuple of str
        Ids of the lectures of the blocks that cannot stay as they are.
    unmet : tuple of str
        Where no plan satisfies everything: ids of lectures that stay where they must not be, or without a place, in
        `nearest`.
    nearest : Timetable or None
        Where no plan satisfies everything: one that leaves as few lectures unmet as could be found.
    level : Level
        How much of the school was free where the answer was found.
    free : int
        How many blocks that were.
    solvers : tuple of str
        Who proved it, and who confirmed it.
    seconds : mapping of str to float
        `proof`: until the minimum or the "no" was proved, or the search for it ended; `total`.
    """

    status: ExactStatus
    timetable: Timetable | None
    moved: int = 0
    changed_rooms: int = 0
    placed: int = 0
    points: int | None = None
    bound: int
    hit: tuple[str, ...]
    unmet: tuple[str, ...] = ()
    nearest: Timetable | None = None
    level: Level
    free: int
    solvers: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExactProgress:
    """A moment of the search.

    Parameters
    ----------
    elapsed : float
        Seconds since the search began.
    free : int
        Blocks that may change at this level.
    points : int or None
        What the changes of the best plan so far cost; None if there is none yet.
    bound : int
        No plan costs less.
    """

    elapsed: float
    free: int
    points: int | None
    bound: int


OnExactProgress = Callable[[ExactProgress], None]
