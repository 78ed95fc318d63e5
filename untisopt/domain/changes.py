"""The difference between two timetables of one school, and its application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from untisopt.domain.timetable import Placement, Timetable


@dataclass(frozen=True, slots=True)
class Move:
    """One lecture that stands elsewhere than before: another period, other rooms, or both."""

    lecture: str
    before: Placement
    after: Placement

    @property
    def changes_period(self) -> bool:
        """Whether day or period differ: a moved lecture."""
        return self.before.period != self.after.period

    @property
    def changes_day(self) -> bool:
        """Whether the day differs."""
        return self.before.period.day != self.after.period.day

    @property
    def changes_rooms(self) -> bool:
        """Whether any room differs."""
        return self.before.rooms != self.after.rooms


def changes(before: Timetable, after: Timetable) -> tuple[Move, ...]:
    """List the moves that turn `before` into `after`, ordered by the place before.

    Raises
    ------
    ValueError
        The two do not hold the same lectures.
    """
    if before.keys() != after.keys():
        raise ValueError("two timetables can be compared only if they hold the same lectures")
    moves = (Move(lecture, placement, after[lecture]) for lecture, placement in before.items())
    return tuple(
        sorted((m for m in moves if m.before != m.after), key=lambda m: (m.before.period, m.after.period, m.lecture))
    )


def apply(moves: Iterable[Move], timetable: Timetable) -> Timetable:
    """Return `timetable` with all `moves` made at once.

    Raises
    ------
    ValueError
        A lecture does not stand where its move expects it.
    """
    placements = {}
    for move in moves:
        if timetable.get(move.lecture) != move.before:
            raise ValueError(f"lecture {move.lecture} does not stand where the move expects it")
        placements[move.lecture] = move.after
    return timetable.replace(placements)
