"""How much room a plan leaves: lectures without another place, loads, what single absences would take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from untisopt.domain.calendar import Period
from untisopt.domain.school import Resource


@dataclass(frozen=True, slots=True)
class Freedom:
    """Whether a block could stand elsewhere without breaking a rule newly.

    Parameters
    ----------
    block : str
        Its id.
    alone : bool
        Whether there is another place for it with nobody else moving.
    swap : bool
        Whether there is one if one other block moves as well; true where it can move alone.
    """

    block: str
    alone: bool
    swap: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How full the week of a teacher, grade or room is.

    Parameters
    ----------
    resource : (Kind, str)
    occupied : int
        Periods in which it is occupied, summed over the week classes.
    usable : int
        Periods in which it could be, or is, occupied, summed over the week classes.
    """

    resource: Resource
    occupied: int
    usable: int

    @property
    def share(self) -> float:
        """Share of the usable periods that is occupied, 0..1."""
        return self.occupied / self.usable if self.usable else 0.0


@dataclass(frozen=True, slots=True)
class FullRooms:
    """Rooms that may stand in for one another, and when none of them is free.

    Parameters
    ----------
    rooms : tuple of str
        Sorted; at least two.
    full : tuple of (Period, int)
        Periods and week classes in which all are occupied or blocked, in order.
    """

    rooms: tuple[str, ...]
    full: tuple[tuple[Period, int], ...]


class Answer(StrEnum):
    """Whether a plan survives something."""

    YES = "yes"
    """A plan was found."""
    NO = "no"
    """Proved: there is none."""
    UNDECIDED = "undecided"
    """Neither in time."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A teacher away for a day, and whether the lectures can be moved with few changes.

    Parameters
    ----------
    teacher : str
    day : int
    lectures : int
        Of the teacher on that day: all of them have to move.
    answer : Answer
    moved : int or None
        Lectures that move in the plan that was found; None: none was found.
    """

    teacher: str
    day: int
    lectures: int
    answer: Answer
    moved: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """The room that a plan leaves.

    Parameters
    ----------
    lectures : tuple of Freedom
        Of every block that may move, in the order of the plan of today.
    fixed : int
        Blocks that may not move: pinned, or without a lesson number.
    loads : tuple of Load
        Of all teachers, grades and rooms that are used, the fullest of each kind first.
    rooms : tuple of FullRooms
        Kinds of rooms with at least one full period, the fullest first.
    absences : tuple of Absence
        In the order in which they were drawn.
    changes : int
        Most lectures that may move after an absence.
    complete : bool
        Whether all lectures were looked at and all absences drawn; else somebody has stopped it.
    """

    lectures: tuple[Freedom, ...]
    fixed: int
    loads: tuple[Load, ...]
    rooms: tuple[FullRooms, ...]
    absences: tuple[Absence, ...] = ()
    changes: int = 0
    complete: bool = True
