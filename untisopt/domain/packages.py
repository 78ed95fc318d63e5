"""Packages of changes: what can be made or left out, and what needs what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from untisopt.domain.changes import Move


@dataclass(frozen=True, slots=True)
class Part:
    """Changes that are made together or not at all.

    Parameters
    ----------
    moves : tuple of Move
        In the order of the places before; never empty.
    needs : frozenset of int
        Indices of the parts of the same package that have to be made as well, those that these need among them; never
        the part itself.
    """

    moves: tuple[Move, ...]
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Package:
    """A swap chain: changes that have to do with one another and with no others.

    Parameters
    ----------
    parts : tuple of Part
        At least one. A choice of parts is sound if it holds what each of them needs.
    """

    parts: tuple[Part, ...]

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """All moves, in the order of the places before."""
        moves = (move for part in self.parts for move in part.moves)
        return tuple(sorted(moves, key=lambda move: (move.before.period, move.after.period, move.lecture)))

    def with_needed(self, parts: Iterable[int]) -> frozenset[int]:
        """Some parts and all that they need."""
        chosen = frozenset(parts)
        return chosen.union(*(self.parts[index].needs for index in chosen))

    def without(self, parts: Collection[int]) -> frozenset[int]:
        """What is left if some parts are left out, and with them all that need them."""
        gone = frozenset(parts)
        return frozenset(
            index for index, part in enumerate(self.parts) if index not in gone and gone.isdisjoint(part.needs)
        )
