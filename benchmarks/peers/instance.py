"""The problem that every solver gets, as plain data: nothing of untisopt is needed to read, solve or judge it.

The form is that of the Timefold programme (units, `D`, `P`, `times`, `travel`), with a few fields that it passes over.
Days and periods count from 0, times are minutes since midnight. All names of `teachers`, `classes` and `rooms` are
things that two units cannot have at once; a name in `classes` or `rooms` may stand for a clique of lessons that must
not overlap, so that pairs of lessons which may run in parallel share no name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAIN, BRANCH, NOWHERE = "H", "F", ""
TOO_SHORT, SITE_CHANGE, MOVED = 1000, 100, 1
"""Points of a site change too short for the travel, of any site change of a teacher, of a moved lecture."""

Slot = tuple[int, int]
"""Day and period, both from 0."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of one or two periods that moves as one, or a period of something that stays.

    Parameters
    ----------
    block : str
        Id of the block in untisopt; several units may belong to one that stays.
    lesson : int
        Two units of a lesson may not be on one day.
    teachers : tuple of str
        Those who are at `site` meanwhile.
    classes, rooms : tuple of str
        What else must be free.
    length : int
        Periods, 1 or 2.
    site : str
        `H`, `F`, or empty for neither.
    home : Slot
        Where it starts today.
    starts : tuple of Slot
        Where it may start, `home` among them; a single one if it stays.
    """

    block: str
    lesson: int
    subject: str
    teachers: tuple[str, ...]
    classes: tuple[str, ...]
    rooms: tuple[str, ...]
    length: int
    site: str
    home: Slot
    starts: tuple[Slot, ...]

    @property
    def resources(self) -> Iterator[tuple[str, str]]:
        """Everything that it needs alone, each once."""
        for kind, names in (("teacher", self.teachers), ("class", self.classes), ("room", self.rooms)):
            yield from ((kind, name) for name in names)

    def periods(self, start: Slot) -> tuple[Slot, ...]:
        """The cells that it fills from a start on."""
        return tuple((start[0], start[1] + i) for i in range(self.length))


@dataclass(frozen=True, slots=True)
class Instance:
    """A school's plan of one week class and what may become of it.

    Parameters
    ----------
    name : str
    days, periods : int
        Of the week and of a day.
    times : tuple of (int, int)
        Start and end of each period.
    travel : int
        Minutes between the two sites.
    units : tuple of Unit
    fixed_changes, fixed_too_short : int
        Of teachers all of whose lectures stay and who are in no unit, because no unit can say where they are.
    pinned : mapping of str to int
        How many blocks stay, by reason.
    rows : int
        Of the export, for the record.
    """

    name: str
    days: int
    periods: int
    times: tuple[tuple[int, int], ...]
    travel: int
    units: tuple[Unit, ...]
    fixed_changes: int
    fixed_too_short: int
    pinned: Mapping[str, int]
    rows: int

    def too_short(self, before: int, after: int) -> bool:
        """Whether nobody gets from the end of one period of a day to the other site by the start of a later one."""
        return self.times[after][0] - self.times[before][1] < self.travel

    @property
    def homes(self) -> list[Slot]:
        """The plan of today."""
        return [unit.home for unit in self.units]

    @property
    def movable(self) -> int:
        """How many units may move."""
        return sum(len(unit.starts) > 1 for unit in self.units)

    def two_site_teachers(self) -> list[str]:
        """Teachers who have units at both sites, sorted: only they can change sites."""
        sites: dict[str, set[str]] = {}
        for unit in self.units:
            for teacher in unit.teachers:
                sites.setdefault(teacher, set()).add(unit.site)
        return sorted(teacher for teacher, found in sites.items() if {MAIN, BRANCH} <= found)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(self._as_json(), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Instance:
        """Read it from JSON.

        Raises
        ------
        KeyError, ValueError
            The file is no instance.
        """
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            name=data["name"],
            days=data["D"],
            periods=data["P"],
            times=tuple((start, end) for start, end in data["times"]),
            travel=data["travel"],
            units=tuple(_unit(found) for found in data["units"]),
            fixed_changes=data["fixed_changes"],
            fixed_too_short=data["fixed_too_short"],
            pinned=data["pinned"],
            rows=data["rows"],
        )

    def _as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "D": self.days,
            "P": self.periods,
            "times": self.times,
            "travel": self.travel,
            "rows": self.rows,
            "pinned": dict(self.pinned),
            "fixed_changes": self.fixed_changes,
            "fixed_too_short": self.fixed_too_short,
            "units": [
                {
                    "block": unit.block,
                    "lesson": unit.lesson,
                    "subject": unit.subject,
                    "teachers": unit.teachers,
                    "classes": unit.classes,
                    "rooms": unit.rooms,
                    "len": unit.length,
                    "site": unit.site,
                    "day": unit.home[0],
                    "period": unit.home[1],
                    "starts": unit.starts,
                }
                for unit in self.units
            ],
        }


def _unit(data: Mapping[str, Any]) -> Unit:
    return Unit(
        block=data["block"],
        lesson=data["lesson"],
        subject=data["subject"],
        teachers=tuple(data["teachers"]),
        classes=tuple(data["classes"]),
        rooms=tuple(data["rooms"]),
        length=data["len"],
        site=data["site"],
        home=(data["day"], data["period"]),
        starts=tuple((day, period) for day, period in data["starts"]),
    )
