"""Ways to move one lecture: what moves with it, what it brings, and whom it hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource
from untisopt.domain.score import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a way means for a teacher or grade.

    Parameters
    ----------
    person : (Kind, str)
    points : int
        Weighted points of what the rules find about the person; positive: worse than today.
    more : mapping of str to int
        By rule: how much more it finds about the person; negative: less. Rules without a difference are left out.
    gaps : int
        How many more free periods between lectures, over all week classes; negative: fewer.
    moved, other_day : int
        Lectures of the person in another period, and those of them on another day.
    other_rooms : int
        Lectures of the person in other rooms.
    new, gone : tuple of Violation
        Findings about the person that are new, and those that are gone.
    """

    person: Resource
    points: int
    more: Mapping[str, int]
    gaps: int
    moved: int
    other_day: int
    other_rooms: int = 0
    new: tuple[Violation, ...] = ()
    gone: tuple[Violation, ...] = ()

    @property
    def loss(self) -> tuple[int, int, int, int, int]:
        """The larger, the more the person loses: points of rules, free periods in between, days, lectures, rooms."""
        return self.points, self.gaps, self.other_day, self.moved, self.other_rooms


@dataclass(frozen=True, slots=True)
class Alike:
    """Another way that moves just the same lectures.

    Parameters
    ----------
    start : Period
        Where the lecture that was asked for, or its block, goes.
    points : int
        Points of the objective.
    mended : int
        How many findings fewer the rules of the first tier have.
    gain : int
        Points of all other rules that are gained; negative: lost.
    """

    start: Period
    points: int
    mended: int
    gain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to move a lecture: what moves, and what it brings.

    Parameters
    ----------
    moves : tuple of Move
        All lectures that change, in the order of their places today.
    blocks : int
        How many blocks that are.
    swap : bool
        Whether every block goes to where another of them stands today; else the last one goes to a free place.
    more : mapping of str to int
        By rule: how much more it finds; negative: less. Rules without a difference are left out.
    points : int
        Points of the objective; negative: the plan gets better.
    mended : int
        How many findings fewer the rules of the first tier have.
    gain : int
        Points of all other rules that are gained; negative: lost.
    effects : tuple of Effect
        Of everybody who is touched, whoever loses most first.
    alike : tuple of Alike
        Other ways that move just the same lectures, none of them better, the best first.
    """

    moves: tuple[Move, ...]
    blocks: int
    swap: bool
    more: Mapping[str, int]
    points: int
    mended: int
    gain: int
    effects: tuple[Effect, ...]
    alike: tuple[Alike, ...] = ()

    @property
    def worst(self) -> Effect | None:
        """Of the one who loses most; None where nobody is touched."""
        return self.effects[0] if self.effects else None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way if a block goes somewhere alone.

    Parameters
    ----------
    start : Period
    violations : mapping of str to tuple of Violation
        By rule that would be newly broken: what it would find that is new. Empty where the way is open but for the
        limit of moved lectures.
    """

    start: Period
    violations: Mapping[str, tuple[Violation, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The ways to move a block.

    Parameters
    ----------
    block : Block
    ways : tuple of Way
        No two of them move the same lectures. The best way alone and the best exchange of two come first; of the
        others, each is better than every way with fewer lectures, and those with the fewest lectures come first.
    obstacles : tuple of Obstacle
        Where the block cannot go alone: for every start that was asked for, what stands in the way.
    examined, judged : int
        Chains in which nobody is in anybody's way, and those of them that were judged.
    complete : bool
        Whether all chains were examined; else the time, or their number, was too much.
    """

    block: Block
    ways: tuple[Way, ...]
    obstacles: tuple[Obstacle, ...] = ()
    examined: int = 0
    judged: int = 0
    complete: bool = True

    @property
    def best(self) -> Way | None:
        """The way with the fewest points, and of those the one with the fewest lectures; None if there is none."""
        return min(self.ways, key=lambda way: (way.points, len(way.moves)), default=None)
