"""The entry list: the steps in which a plan is turned into another one by hand, one lecture or double at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from untisopt.domain.calendar import Day, Period
from untisopt.domain.changes import Move
from untisopt.domain.timetable import Placement


class StepKind(StrEnum):
    """What a step does."""

    MOVE = "move"
    """To the final place, from the place of today."""
    ROOMS = "rooms"
    """Other rooms at the same period."""
    PARK = "park"
    """To a free place, until the final one is free."""
    UNPARK = "unpark"
    """From there to the final place."""
    SET_ASIDE = "set-aside"
    """Off the plan: for the time being where no free place is left, for good where the plan wants it so."""
    PLACE = "place"
    """Onto the plan, to the final place."""


def on_plan(placement: Placement) -> bool:
    """Whether a placement is a place of the week; weekdays below 1 stand for lectures that are not on the plan."""
    return placement.period.day >= min(Day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One entry: the consecutive lectures of a block that are moved together.

    Parameters
    ----------
    number : int
        1-based position in the list.
    kind : StepKind
    lesson : int
        Untis lesson number.
    moves : tuple of Move
        One per lecture, in the order of the periods; all have the same rooms. A place that is not on the plan stands
        on a weekday below 1.
    partner : int or None
        Number of the step that brings the lecture back, or that put it away; None where there is no such step.
    """

    number: int
    kind: StepKind
    lesson: int
    moves: tuple[Move, ...]
    partner: int | None = None

    @property
    def lectures(self) -> tuple[str, ...]:
        """Ids of the lectures."""
        return tuple(move.lecture for move in self.moves)

    @property
    def before(self) -> Placement:
        """Where the first lecture stands."""
        return self.moves[0].before

    @property
    def after(self) -> Placement:
        """Where the first lecture goes."""
        return self.moves[0].after

    @property
    def periods(self) -> int:
        """How many consecutive periods are moved."""
        return len(self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """All steps in an order in which none of them clashes.

    Parameters
    ----------
    steps : tuple of Step
    parkings : int
        How many runs of lectures have to be put away and brought back.
    least_parkings : int
        No order of steps that move the runs whole does with fewer.
    set_asides : int
        How many of the parkings found no free place, so that the lecture is taken off the plan for the time being.
    """

    steps: tuple[Step, ...]
    parkings: int = 0
    least_parkings: int = 0
    set_asides: int = 0

    @property
    def proved(self) -> bool:
        """Whether no order does with fewer parkings."""
        return self.parkings == self.least_parkings


def shifted(placement: Placement, periods: int) -> Placement:
    """The same rooms some periods later on the same day."""
    day, number = placement.period
    return placement.at(Period(day, number + periods))
