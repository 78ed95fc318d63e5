"""Plain instances by hand, for tests of the rivals and their judge."""

from __future__ import annotations

from benchmarks.peers.instance import BRANCH, MAIN, Instance, Slot, Unit

# Three periods a day, 08:00-08:45, 08:45-09:30, 10:00-10:45: 25 minutes fit into the break of 30 after the second.
TIMES = ((480, 525), (525, 570), (600, 645))


def unit(
    lesson: int,
    teachers: str,
    site: str,
    home: Slot,
    *,
    classes: str = "",
    rooms: str = "",
    length: int = 1,
    starts: tuple[Slot, ...] | None = None,
    days: int = 2,
) -> Unit:
    """A unit that may start wherever it fits, unless its starts are given; names are separated by blanks."""
    everywhere = tuple((day, period) for day in range(days) for period in range(4 - length))
    return Unit(
        block=f"{lesson}@{home[0]}.{home[1]}",
        lesson=lesson,
        subject=f"S{lesson}",
        teachers=tuple(teachers.split()),
        classes=tuple(classes.split()),
        rooms=tuple(rooms.split()),
        length=length,
        site=site,
        home=home,
        starts=everywhere if starts is None else starts,
    )


def instance(*units: Unit, days: int = 2, changes: int = 0, too_short: int = 0) -> Instance:
    """Days of three periods and 25 minutes between the sites."""
    return Instance("hand", days, 3, TIMES, 25, units, changes, too_short, {}, len(units))


# Arnd is at the main building, at the branch and back on the first day: two site changes, the first one too short.
TORN = instance(
    unit(1, "Arnd", MAIN, (0, 0), classes="7"),
    unit(2, "Arnd", BRANCH, (0, 1), classes="8"),
    unit(3, "Arnd", MAIN, (0, 2), classes="7"),
)
# Lesson 2 in the first or last place of the day, or on the other day, is 1 for the move and 100 for the change, or 1.
BEST_OF_TORN = 1
