"""Frames: the periods in which a grade is taught. A full frame has no gap, so a plan that fills it has none either."""

from __future__ import annotations

from random import Random

from untisopt.demo.curriculum import Activity
from untisopt.demo.draws import below, pick, shuffled
from untisopt.demo.grid import DAYS, PERIODS
from untisopt.demo.plans import SizePlan

__all__ = ["Frame", "frames_of", "slot_of"]

#: Slots (see `slot_of`) in which a grade is taught.
Frame = frozenset[int]

#: Days of an upper year with 33 periods; the free period before the afternoon is lunch.
_UPPER_DAYS = ((1, 2, 3, 4, 5, 6, 7, 8), (1, 2, 3, 4, 5, 7, 8), (1, 2, 3, 4, 5, 6), (3, 4, 5, 6, 8, 9, 10))
_UPPER_FRIDAY = (1, 2, 3, 4, 5)
_MORNING = 6


def slot_of(day: int, period: int) -> int:
    """Return the slot (0 to 49) of a day and period that both count from 1."""
    return (day - 1) * PERIODS + period - 1


def frames_of(plan: SizePlan, activities: list[Activity], rng: Random) -> dict[str, Frame]:
    """Return a frame for every grade, exactly as large as its weekly periods.

    Two neighbouring grades of a year share their afternoons, because their sport is coupled.
    """
    totals: dict[str, int] = {}
    for activity in activities:
        for grade in activity.grades:
            totals[grade] = totals.get(grade, 0) + sum(activity.blocks)
    frames: dict[str, Frame] = {}
    # The pairs of grades of the branch follow one another through the week: nobody wants the large gym twice.
    days = shuffled(rng, list(range(1, DAYS + 1)))
    for year in plan.years:
        for index, grade in enumerate(year.grades):
            if index % 2 == 0:
                days = days[1:] + days[:1]
                afternoons = days[:1] + shuffled(rng, days[1:])
            if year.bands:
                frames[grade] = _upper_frame(totals[grade], rng)
            else:
                frames[grade] = _lower_frame(totals[grade], afternoons, rng)
    return frames


def _upper_frame(total: int, rng: Random) -> Frame:
    """Take the fixed days in random order; a smaller school leaves out whole afternoons and last periods."""
    days = [*shuffled(rng, _UPPER_DAYS), _UPPER_FRIDAY]
    slots = [slot_of(day, period) for day, periods in enumerate(days, start=1) for period in periods]
    if total == len(slots):
        return frozenset(slots)
    latest = sorted(slots, key=lambda slot: (slot % PERIODS, slot))
    return frozenset(latest[:total])


def _lower_frame(total: int, afternoons: list[int], rng: Random) -> Frame:
    """Mornings 1 to 6 plus afternoons 7 to 8 until there are enough periods; too many are cut off at the edges of days.

    At least one afternoon, so that the branch grades can go to the large gym; what is too much is a late start (no
    period 1) or an early end (no period 6, on a day without an afternoon).
    """
    extra = total - DAYS * _MORNING
    number = max(1, (extra + 1) // 2)
    slots = {slot_of(day, period) for day in range(1, DAYS + 1) for period in range(1, _MORNING + 1)}
    slots |= {slot_of(day, period) for day in afternoons[:number] for period in (7, 8)}
    short = shuffled(rng, afternoons[number:])
    for _ in range(len(slots) - total):
        day = short.pop()
        slots.remove(slot_of(day, pick(rng, (1, _MORNING)) if below(rng, 3) else _MORNING))
    return frozenset(slots)
