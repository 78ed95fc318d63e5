"""Time grid of the made-up school: five days of ten periods, with breaks, exported weeks and travel time."""

from __future__ import annotations

from datetime import date

__all__ = [
    "DAYS",
    "PERIODS",
    "TIMES",
    "TRAVEL_MINUTES",
    "WEEKS",
    "break_after",
    "enough_time",
    "monday",
    "week_flags",
]

DAYS = 5
PERIODS = 10
TRAVEL_MINUTES = 25

#: Begin and end of periods 1 to 10 as HHMM.
TIMES: tuple[tuple[str, str], ...] = (
    ("0800", "0845"),
    ("0845", "0930"),
    ("0950", "1035"),
    ("1035", "1120"),
    ("1130", "1215"),
    ("1215", "1300"),
    ("1330", "1415"),
    ("1415", "1500"),
    ("1505", "1550"),
    ("1550", "1635"),
)

#: Exported calendar weeks of 2025: autumn without the two weeks of holidays (43, 44).
WEEKS: tuple[int, ...] = (*range(36, 43), *range(45, 52))

_YEAR = 2025
_FLAGS = 53


def _minutes(hhmm: str) -> int:
    return int(hhmm[:2]) * 60 + int(hhmm[2:])


def break_after(period: int) -> int:
    """Return the minutes between the end of `period` (1 to 9) and the start of the next one."""
    return _minutes(TIMES[period][0]) - _minutes(TIMES[period - 1][1])


def enough_time(first: int, second: int) -> bool:
    """Tell whether the way to the other site fits between the end of period `first` and the start of `second`."""
    return _minutes(TIMES[second - 1][0]) - _minutes(TIMES[first - 1][1]) >= TRAVEL_MINUTES


def monday(week: int) -> date:
    """Return the Monday of a calendar week of the exported year."""
    return date.fromisocalendar(_YEAR, week, 1)


def week_flags(weeks: str) -> str:
    """Return the 53 flags of `lesson.txt` for `AB` (every week), `A` or `B` (alternating exported weeks, A first)."""
    flags = ["-"] * _FLAGS
    for index, week in enumerate(WEEKS):
        flags[week - 1] = "1" if "AB"[index % 2] in weeks else "0"
    return "".join(flags)
