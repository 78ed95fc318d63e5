"""A time zone as a component of calendars (RFC 5545, 3.6.5): every change in some years, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_NONE = timedelta(0)


def time_zone(name: str, first: date, last: date) -> Timezone:
    """The time zone from a day to another; the calendars hold no event before or after.

    Raises
    ------
    zoneinfo.ZoneInfoNotFoundError
        There is no such time zone.
    """
    zone = ZoneInfo(name)
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last, time(), zone).astimezone(UTC)
    component = Timezone()
    component.add("tzid", name)
    component.add_component(_observance(zone, begin, _offset(zone, begin)))
    for moment in _changes(zone, begin, end):
        component.add_component(_observance(zone, moment, _offset(zone, moment - timedelta(seconds=1))))
    return component


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or _NONE


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments (UTC) at which the offset changes, to the minute; no zone does so twice a day."""
    day = begin
    while day < end:
        low, high = day, day + timedelta(days=1)
        if _offset(zone, low) != _offset(zone, high):
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, low) else (low, middle)
            yield high
        day += timedelta(days=1)


def _observance(zone: ZoneInfo, moment: datetime, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    """What holds from a moment on; its start is told in the local time that was in force before."""
    local = moment.astimezone(zone)
    found = TimezoneDaylight() if (local.dst() or _NONE) > _NONE else TimezoneStandard()
    found.add("dtstart", (moment + before).replace(tzinfo=None))
    found.add("tzoffsetfrom", before)
    found.add("tzoffsetto", local.utcoffset() or _NONE)
    found.add("tzname", local.tzname() or "")
    return found
