"""What packages are: changes that have to do with one another, their parts, and the reasons of their moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.domain.score import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What it would cost if a lecture stayed where it is today.

    Parameters
    ----------
    amounts : mapping of str to int
        By rule id: how much more the rule would find than in the repaired plan; negative: less. Rules without a
        difference are left out.
    points : int
        Weighted points more than those of the repaired plan; negative only where the search had not found the best.
    searched : bool
        Whether the plan around it was searched anew; else its package is left out as a whole, so it costs so much at
        most.
    """

    amounts: Mapping[str, int]
    points: int
    searched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a lecture moves.

    Parameters
    ----------
    relieves : tuple of Violation
        Findings that concern it or its people, that the plan has without its package and no longer has with it.
    makes_room_for : tuple of str
        Lectures of its package whose new place needs the people or rooms that it frees.
    stay : Stay
    """

    relieves: tuple[Violation, ...]
    makes_room_for: tuple[str, ...]
    stay: Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """Changes of a package that are made together or not at all.

    Parameters
    ----------
    name : str
        Such as `3.2`: the second part of package 3.
    moves : tuple of Move
    needs : tuple of int
        Indices of the parts of the package that have to be made as well.
    gain : mapping of str to int or None
        By rule id: how much more the rule finds when the part, and those that need it, are left out of the repaired
        plan; negative: less. None: not known.
    """

    name: str
    moves: tuple[Move, ...]
    needs: tuple[int, ...]
    gain: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Changes that have to do with one another; any choice of packages gives a plan that breaks no rule newly.

    Parameters
    ----------
    number : int
        1, 2, ...: the package with the most gain is the first.
    moves : tuple of Move
        In the order of the places before; never empty.
    parts : tuple of PackagePart
        Those that need nothing first. Together they hold every move once.
    gain : mapping of str to int
        By rule id: how much less the rule finds in the repaired plan than in the same plan without this package;
        negative: more. Rules without a difference are left out; moved lectures and changed rooms are not among them.
    alone : mapping of str to int
        The same for this package alone against the plan of today.
    points : int
        Weighted points that the package saves, its own changes counted.
    reasons : mapping of str to Reason
        By lecture; one for every move.
    """

    number: int
    moves: tuple[Move, ...]
    parts: tuple[PackagePart, ...] = ()
    gain: Mapping[str, int]
    alone: Mapping[str, int]
    points: int
    reasons: Mapping[str, Reason] = field(repr=False)

    def needed_names(self, part: PackagePart) -> tuple[str, ...]:
        """Names of the parts that a part needs, without those that these need anyway."""
        implied = {index for needed in part.needs for index in self.parts[needed].needs}
        return tuple(self.parts[index].name for index in part.needs if index not in implied)

    def needing_names(self, part: PackagePart) -> tuple[str, ...]:
        """Names of the parts that need a part, and so are left out with it."""
        return tuple(
            other.name for other in self.parts if any(self.parts[index].name == part.name for index in other.needs)
        )
