"""Events in words: one sentence each, as a head teacher would say it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.events import (
    Added,
    Away,
    BreakChanged,
    Coupled,
    GradeMoved,
    GroupGrown,
    Happening,
    HoursLimited,
    KeptFrom,
    Lengthened,
    PeriodsDropped,
    PutAt,
    Removed,
    Replaced,
    Shortened,
    TravelChanged,
)
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _, ngettext
from untisopt.wording import day_name, enumerated, lecture_name, place


def event_words(happening: Happening, school: School) -> str:
    """What happens, as a sentence without a full stop.

    Parameters
    ----------
    happening : Happening
    school : School
        Before the event.
    """
    text = _WORDS[type(happening)](happening, school)
    if happening.since is not None:
        text = _("{text}, from {date} on").format(text=text, date=happening.since.isoformat())
    return text


def times(periods: Collection[Period], grid: TimeGrid) -> str:
    """Periods as people say them: whole days by their names, runs of periods as `3-4`."""
    if set(periods) == set(grid.periods):
        return _("all week")
    days: dict[tuple[int, ...], list[int]] = {}
    for day in grid.days:
        numbers = tuple(number for number in grid.numbers(day) if Period(day, number) in periods)
        if numbers:
            days.setdefault(() if numbers == grid.numbers(day) else numbers, []).append(day)
    return ", ".join(_days(numbers, found, grid) for numbers, found in days.items())


def _days(numbers: tuple[int, ...], days: list[int], grid: TimeGrid) -> str:
    names = "/".join(day_name(day) for day in days)
    if not numbers:
        return names
    told = _runs(numbers)
    return _("period {numbers} every day").format(numbers=told) if tuple(days) == grid.days else f"{names} {told}"


def _runs(numbers: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "+".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _away(event: Away, school: School) -> str:
    text = _("{name} is closed: {times}") if event.kind is Kind.ROOM else _("{name} is away: {times}")
    return text.format(name=event.name, times=times(event.periods, school.grid))


def _replaced(event: Replaced, _school: School) -> str:
    text = _("{old} is replaced by {new}")
    if event.any_day:
        text = _("{old} is replaced by {new}, who may come on any day")
    return text.format(old=event.old, new=event.new)


def _hours(event: HoursLimited, _school: School) -> str:
    text = ngettext(
        "{name} teaches at most {count} period a week", "{name} teaches at most {count} periods a week", event.most
    )
    return text.format(name=event.teacher, count=event.most)


def _kept_from(event: KeptFrom, school: School) -> str:
    return _("{lecture} must not be held: {times}").format(
        lecture=_lectures(event.lectures, school), times=times(event.periods, school.grid)
    )


def _put_at(event: PutAt, school: School) -> str:
    return _("{lecture} must be held at {place}").format(
        lecture=_lectures((event.lecture,), school), place=place(event.period)
    )


def _lectures(lectures: tuple[str, ...], school: School) -> str:
    """One lecture with its place of today, or the whole lesson."""
    name = lecture_name(school, lectures[0]) if lectures[0] in school.lectures else lectures[0]
    if len(lectures) == 1 and lectures[0] in school.as_is:
        return _("{lecture} of {place}").format(lecture=name, place=place(school.as_is[lectures[0]].period))
    return name


def _added(event: Added, _school: School) -> str:
    return _("{subject} is added for {grades} with {teacher}, {periods}").format(
        subject=event.subject,
        grades=enumerated(event.grades) or _("no grade"),
        teacher=event.teacher or _("no teacher"),
        periods=_blocks(event.lengths),
    )


def _blocks(lengths: tuple[int, ...]) -> str:
    text = ngettext("{count} period a week", "{count} periods a week", sum(lengths)).format(count=sum(lengths))
    longer = [length for length in lengths if length > 1]
    if not longer:
        return text
    return _("{periods} (blocks of {lengths})").format(periods=text, lengths=", ".join(map(str, lengths)))


def _removed(event: Removed, school: School) -> str:
    if event.lectures:
        return _("{lecture} is no longer taught").format(lecture=_lectures(event.lectures, school))
    return _("{lecture} is no longer taught").format(lecture=_lesson(event.lesson, school))


def _lesson(lesson: int, school: School) -> str:
    blocks = school.blocks_of_lesson.get(lesson, ())
    return lecture_name(school, blocks[0].lectures[0]) if blocks else _("lesson {number}").format(number=lesson)


def _lengthened(event: Lengthened, school: School) -> str:
    text = _("{lesson} is lengthened by {periods}")
    return text.format(lesson=_lesson(event.lesson, school), periods=_blocks(event.lengths))


def _shortened(event: Shortened, school: School) -> str:
    text = ngettext("{lesson} loses {count} period a week", "{lesson} loses {count} periods a week", event.periods)
    return text.format(lesson=_lesson(event.lesson, school), count=event.periods)


def _coupled(event: Coupled, school: School) -> str:
    return _("{one} and {other} are held at the same time").format(
        one=_lesson(event.one, school), other=_lesson(event.other, school)
    )


def _grade_moved(event: GradeMoved, _school: School) -> str:
    return _("{grade} is taught at {site}").format(grade=event.grade, site=event.site)


def _dropped(event: PeriodsDropped, school: School) -> str:
    return _("Nobody is taught: {times}").format(times=times(event.periods, school.grid))


def _travel(event: TravelChanged, _school: School) -> str:
    text = _("The way from {origin} to {target} takes {minutes} min")
    if event.both_ways:
        text = _("The way between {origin} and {target} takes {minutes} min")
    return text.format(origin=event.origin, target=event.target, minutes=event.minutes)


def _break(event: BreakChanged, _school: School) -> str:
    text = _("The break after period {number} lasts {minutes} min")
    if event.days:
        text = _("The break after period {number} lasts {minutes} min on {days}")
    days = ", ".join(day_name(day) for day in sorted(event.days))
    return text.format(number=event.after, minutes=event.minutes, days=days)


def _grown(event: GroupGrown, school: School) -> str:
    return _("{lesson} has {count} pupils").format(lesson=_lesson(event.lesson, school), count=event.students)


_WORDS: Mapping[type, Callable[[Any, School], str]] = {
    Away: _away,
    Replaced: _replaced,
    HoursLimited: _hours,
    KeptFrom: _kept_from,
    PutAt: _put_at,
    Added: _added,
    Removed: _removed,
    Lengthened: _lengthened,
    Shortened: _shortened,
    Coupled: _coupled,
    GradeMoved: _grade_moved,
    PeriodsDropped: _dropped,
    TravelChanged: _travel,
    BreakChanged: _break,
    GroupGrown: _grown,
}
