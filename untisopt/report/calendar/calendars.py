"""Calendars (iCalendar) per teacher and grade for a range of weeks, before a repair and after it.

Every entry is an event with a date of its own and no repetition: holidays, A and B weeks and a change in the middle of
a term need no exceptions, which calendar programs treat differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.report.calendar.appointments import Appointment, Line, appointments
from untisopt.report.calendar.time_zones import time_zone
from untisopt.report.words.file_names import file_names
from untisopt.report.words.moves import place_range
from untisopt.report.words.plain_text import one_line
from untisopt.wording import capitalised, enumerated

DEFAULT_TIMEZONE = "Europe/Berlin"
_FOLDERS = {Kind.TEACHER: "teachers", Kind.GRADE: "grades"}


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """A calendar week 1..53 and the date of its first day, a Monday."""

    number: int
    monday: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A plan that is shown: what an event needs to know."""

    school: School
    timetable: Timetable
    before: Timetable | None
    zone: ZoneInfo
    stamp: datetime


def calendars(
    school: School,
    weeks: Sequence[SchoolWeek],
    people: Iterable[Resource],
    *,
    before: Timetable,
    after: Timetable | None = None,
    timezone: str = DEFAULT_TIMEZONE,
) -> dict[str, bytes]:
    """One file per teacher and grade, or two where there are two plans.

    An event of the plan after has the identity (UID) of the event before and a higher SEQUENCE, so that importing the
    one over the other moves it. Whoever has nothing in these weeks gets no file.

    Parameters
    ----------
    school : School
        The clock times of all periods that are taught must be known.
    weeks : sequence of SchoolWeek
        At least one.
    people : iterable of (Kind, str)
        Teachers and grades of the school.
    before : Timetable
        The plan to show.
    after : Timetable or None
        The same lectures, repaired; what moves is marked in the titles. None: one plan only.
    timezone : str
        Name in the database of time zones.

    Returns
    -------
    dict of str to bytes
        By `teachers/NAME.ics` and `grades/NAME.ics`; where there are two plans, below `before/` and `after/`.

    Raises
    ------
    ValueError
        There is no week, or a lecture stands in a period without clock times.
    zoneinfo.ZoneInfoNotFoundError
        There is no such time zone.
    """
    if not weeks:
        raise ValueError("calendars need at least one week")
    ordered = sorted(weeks, key=lambda week: week.monday)
    zone = ZoneInfo(timezone)
    # The clock would make every run differ. A program that compares two versions of an event looks at SEQUENCE first.
    stamp = datetime.combine(ordered[0].monday, time(), UTC)
    plans = {"": _Shown(school=school, timetable=before, before=None, zone=zone, stamp=stamp)}
    if after is not None:
        repaired = _Shown(school=school, timetable=after, before=before, zone=zone, stamp=stamp)
        plans = {"before/": plans[""], "after/": repaired}
    timetables = [plan.timetable for plan in plans.values()]
    component = _timezone(timezone, ordered)
    files: dict[str, bytes] = {}
    for person, name in _named(people):
        own = appointments(school, timetables, person)
        for folder, plan in plans.items():
            events = [event for week in ordered for entry in own if (event := _event(plan, entry, week)) is not None]
            if events:
                files[f"{folder}{_FOLDERS[person[0]]}/{name}.ics"] = _calendar(person[1], component, events)
    return files


def _named(people: Iterable[Resource]) -> Iterator[tuple[Resource, str]]:
    """Each person once, sorted, with the name of the file."""
    chosen = sorted(set(people))
    for kind in _FOLDERS:
        names = file_names(name for other, name in chosen if other is kind)
        for name, file in sorted(names.items()):
            yield (kind, name), file


def _calendar(name: str, timezone: Timezone | None, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//untisopt//untisopt//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # No property of the standard, but what the calendar programs show as its name.
    calendar.add("x-wr-calname", one_line(_("Timetable {name}").format(name=name)))
    if timezone is not None:
        calendar.add_component(timezone)
    for event in sorted(events, key=lambda event: (event.start, str(event["uid"]))):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _timezone(name: str, weeks: Sequence[SchoolWeek]) -> Timezone | None:
    """The time zone in the years of the weeks, with all its changes; times in UTC need none."""
    if name == "UTC":
        return None
    first, last = weeks[0].monday, weeks[-1].monday + timedelta(days=6)
    return time_zone(name, date(first.year, 1, 1), date(last.year + 1, 1, 1))


def _event(plan: _Shown, entry: Appointment, week: SchoolWeek) -> Event | None:
    """The entry in one week; None if it is not held."""
    school, timetable = plan.school, plan.timetable
    lines = entry.lines(school, timetable, week.number)
    if not lines:
        return None
    event = Event()
    event.add("uid", _uid(entry, week))
    event.add("sequence", 0 if plan.before is None else 1)
    event.add("dtstamp", plan.stamp)
    event.add("dtstart", _moment(plan, week, entry.start(timetable), begin=True))
    event.add("dtend", _moment(plan, week, entry.end(timetable), begin=False))
    event.add("summary", one_line(_marked(plan, entry, week, _title(school, entry, lines))))
    location = _location(school, lines)
    if location:
        event.add("location", one_line(location))
    event.add("description", "\n".join(map(one_line, _description(plan, entry, week))))
    return event


def _uid(entry: Appointment, week: SchoolWeek) -> str:
    """The same for the same lecture, person and week, wherever the lecture stands."""
    parts = (*entry.person, entry.lectures[0], week.monday.isoformat())
    return str(uuid5(NAMESPACE_URL, "untisopt:" + "/".join(parts)))


def _moment(plan: _Shown, week: SchoolWeek, period: Period, *, begin: bool) -> datetime:
    slot = plan.school.grid.slots[period]
    minutes = slot.start if begin else slot.end
    if minutes is None:
        raise ValueError(f"period {period.day}.{period.number} has no clock times")
    day = datetime.combine(week.monday + timedelta(days=period.day - 1), time())
    return (day + timedelta(minutes=minutes)).replace(tzinfo=plan.zone)


def _title(school: School, entry: Appointment, lines: Sequence[Line]) -> str:
    """For a teacher the subjects and grades, for a grade each subject with its teacher; else the lesson number."""
    courses = [course for course, _rooms in lines]
    if entry.person[0] is Kind.TEACHER:
        subjects = dict.fromkeys(course.subject for course in courses if course.subject)
        grades = dict.fromkeys(grade for course in courses for grade in course.grades)
        title = " ".join(part for part in ("/".join(subjects), ", ".join(grades)) if part)
    else:
        named = (" ".join(filter(None, (course.subject, course.teacher))) for course in courses)
        title = enumerated(list(dict.fromkeys(filter(None, named))))
    return title or _lesson(school, entry)


def _lesson(school: School, entry: Appointment) -> str:
    number = school.lectures[entry.lectures[0]].lesson
    return capitalised(_("lesson {number}").format(number=number) if number else _("no lesson number"))


def _marked(plan: _Shown, entry: Appointment, week: SchoolWeek, title: str) -> str:
    """The title, with what the repair does to the entry."""
    if plan.before is None:
        return title
    if entry.start(plan.before) != entry.start(plan.timetable):
        return _("{title} (moved)").format(title=title)
    if entry.lines(plan.school, plan.before, week.number) != entry.lines(plan.school, plan.timetable, week.number):
        return _("{title} (other room)").format(title=title)
    return title


def _location(school: School, lines: Sequence[Line]) -> str:
    """The rooms; with their site where the school has several, such as `F13, F14 (Filiale), 101 (Haupthaus)`."""
    rooms = _rooms(lines)
    if len(school.sites) < 2:
        return ", ".join(rooms)
    by_site: dict[str | None, list[str]] = {}
    for room in rooms:
        by_site.setdefault(school.rooms[room].site, []).append(room)
    return ", ".join(", ".join(names) + (f" ({site})" if site is not None else "") for site, names in by_site.items())


def _rooms(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(room for _course, rooms in lines for room in rooms))


def _description(plan: _Shown, entry: Appointment, week: SchoolWeek) -> Iterator[str]:
    """Lesson number and periods; after a repair also where it was."""
    yield _lesson(plan.school, entry)
    yield _periods(entry, plan.timetable)
    if plan.before is None:
        return
    lines = entry.lines(plan.school, plan.before, week.number)
    if (entry.start(plan.before), lines) != (
        entry.start(plan.timetable),
        entry.lines(plan.school, plan.timetable, week.number),
    ):
        where = (_periods(entry, plan.before), _location(plan.school, lines))
        yield _("Before: {place}").format(place=", ".join(filter(None, where)))


def _periods(entry: Appointment, timetable: Timetable) -> str:
    return place_range(entry.start(timetable), len(entry.lectures))
