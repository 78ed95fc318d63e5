"""Where the day has its middle: the long midday break, the lunch window, the afternoon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.school import School

USUAL_AFTERNOON = 7
"""First period of the afternoon where the time grid shows no long midday break."""
EARLIEST, LATEST = 11 * 60, 14 * 60
"""Minutes since midnight between which a midday break begins."""
LEAST_MINUTES = 20
"""A midday break is at least so long, and longer than every other one that begins in that time."""


def breaks_of(grid: TimeGrid) -> Mapping[tuple[int, int], list[int]]:
    """Minutes of the breaks between adjacent period numbers, one per day that has both; unknown times count 0."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for day, number in grid.periods:
        if Period(day, number + 1) in grid:
            found[number, number + 1].append(grid.break_after(day, number) or 0)
    return found


def first_of_afternoon(school: School) -> int:
    """The first period of the afternoon: the one after the midday break, or period 7 where there is none."""
    return school.remember("first period of the afternoon", lambda: _first_of_afternoon(school.grid))


def _first_of_afternoon(grid: TimeGrid) -> int:
    longest = {after: max(minutes) for (_, after), minutes in breaks_of(grid).items()}
    at_noon = {
        after: minutes
        for after, minutes in longest.items()
        if minutes >= LEAST_MINUTES and any(_begins_at_noon(grid, day, after - 1) for day in grid.days)
    }
    # The earlier one of equally long breaks.
    return min(at_noon, key=lambda after: (-at_noon[after], after), default=USUAL_AFTERNOON)


def _begins_at_noon(grid: TimeGrid, day: int, number: int) -> bool:
    slot = grid.slots.get(Period(day, number))
    return slot is not None and slot.end is not None and EARLIEST <= slot.end <= LATEST


def lunch_window(school: School) -> tuple[int, int]:
    """First and last period of the lunch window: from the period before to the one after the midday break begins.

    In a day whose midday break lies between periods 6 and 7 these are the periods 5 to 7.
    """
    afternoon = first_of_afternoon(school)
    return afternoon - 2, afternoon
