"""Moves taken together as people make them: lectures of a block that keep together are moved in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.school import School


@dataclass(frozen=True, slots=True)
class MovedRun:
    """Consecutive lectures of a block that move together; at least one, in the order of their periods."""

    moves: tuple[Move, ...]

    @property
    def first(self) -> Move:
        """The move of the first lecture."""
        return self.moves[0]


def moved_runs(school: School, moves: Iterable[Move]) -> list[MovedRun]:
    """Join the moves of a block that keep together, in the order of the places before."""
    runs: list[list[Move]] = []
    last_of_block: dict[str, list[Move]] = {}
    for move in sorted(moves, key=lambda m: (m.before.period, m.lecture)):
        block = school.block_of[move.lecture].id
        run = last_of_block.get(block)
        if run is not None and _continues(run[-1], move):
            run.append(move)
        else:
            run = [move]
            runs.append(run)
            last_of_block[block] = run
    return [MovedRun(tuple(run)) for run in runs]


def _continues(one: Move, other: Move) -> bool:
    return (
        _next(one.before.period) == other.before.period
        and _next(one.after.period) == other.after.period
        and (one.before.rooms, one.after.rooms) == (other.before.rooms, other.after.rooms)
    )


def _next(period: Period) -> Period:
    return Period(period.day, period.number + 1)
