"""Weeks from the dates of lessons (GPU002, fields 15 and 16), for a timetable that shows no weeks itself.

GPU001 holds the lessons that are valid at the date of the export, or those of the whole year. If there is a week in
which all of its lessons are held, it is the plan of that week and knows nothing of others. Only where the dates keep
lessons apart do weeks follow from them: those of the first half of the year and those of the second never meet.

Kinds of weeks come from the dates that most lessons have. Whatever would make a kind of too few weeks, such as a
project of two weeks, takes its place in all weeks of every kind that it touches: then no clash is overlooked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from untisopt.domain.calendar import WeekClass, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.rows.typed import NO_WEEKS, TimetableRow
from untisopt.io.untis.weeks.classes import WeekPlan
from untisopt.io.untis.weeks.week_dates import weeks_between

Span = tuple[date | None, date | None]
"""The first and the last day; None: open."""

_MOST_KINDS, _MOST_CLASSES = 4, 8
"""So many kinds of weeks by dates, such as quarters; and by dates and turns together."""
_TURN = 8
"""A school year begins in this month or later."""
_SURE_BEGIN, _SURE_END = (9, 15), (6, 15)
"""Month and day on which every German school year has begun, and until which it lasts."""


@dataclass(frozen=True)
class Dated:
    """A plan whose weeks follow from dates.

    Parameters
    ----------
    plan : WeekPlan
        Its weeks are calendar weeks.
    mondays : mapping of int to date
        The first day of every calendar week of the school year, in order.
    """

    plan: WeekPlan
    mondays: Mapping[int, date]


def dated_weeks(
    rows: Sequence[TimetableRow],
    dates: Mapping[int, Span],
    turns: Mapping[int, WeekSet],
    stated: Mapping[int, date],
    findings: Findings,
) -> Dated | None:
    """The weeks of the rows that follow from the dates of their lessons.

    Parameters
    ----------
    rows : sequence of TimetableRow
    dates : mapping of int to (date or None, date or None)
        First and last day by lesson number; a lesson that is missing is valid all year.
    turns : mapping of int to WeekSet
        The places in the turn in which lessons that alternate are held, from 1 on; empty where none does.
    stated : mapping of int to date
        The first day of every calendar week, in order, if a file says so; else the dates tell the school year.
    findings : Findings
        Takes notes.

    Returns
    -------
    Dated or None
        None where no two lessons are kept apart by their dates, so that nothing follows from them.
    """
    lessons = sorted({row.lesson for row in rows if row.lesson})
    spans = {lesson: dates[lesson] for lesson in lessons if lesson in dates}
    if not spans:
        return None
    mondays = dict(stated) or _school_year(list(spans.values()), len(lessons))
    if not mondays:
        return None
    valid, outside = _valid(lessons, spans, mondays)
    _note_outside(outside, mondays, findings)
    if _note_one_week(valid, mondays, findings):
        return None
    cycle = len(_union(turns.values()))
    kinds = _kinds(valid, max(cycle, 1))
    coarse = {lesson: _union(kind for kind in kinds if kind & own) for lesson, own in valid.items()}
    _note_coarse([lesson for lesson in lessons if len(coarse[lesson]) > len(valid[lesson]) + 1], findings)
    if len(kinds) == 1:
        return None
    taken = {lesson: _in_turn(own, turns.get(lesson), cycle, mondays) for lesson, own in coarse.items()}
    every = _union(kinds)
    plan = _plan([taken.get(row.lesson, every) for row in rows], mondays)
    _note_kinds(plan, mondays, with_turns=bool(cycle), guessed=not stated, findings=findings)
    return Dated(plan, mondays)


def is_taught(plan: WeekPlan, week: int, mondays: Iterable[int], findings: Findings) -> bool:
    """Whether a plan has a week; else that is a defect of what the policy wants."""
    if any(week in found.weeks for found in plan.classes):
        return True
    weeks = _in_order(_union(found.weeks for found in plan.classes), mondays)
    expected = _("a week with teaching: {weeks}").format(weeks=weeks)
    findings.policy(expected, _("week {week}, in which nothing is held").format(week=week))
    return False


# -- the school year -------------------------------------------------------------------------------------------------


def _school_year(spans: Sequence[Span], lessons: int) -> dict[int, date]:
    """The weeks from the first to the last day of all spans that lie in the school year of most of them.

    Where most lessons have no first, or no last day in it, the year begins or ends as school years do, and so it does
    where it would end before some lesson begins, or begin after some lesson ends. Empty if no year can be told.
    """
    years = Counter(_year_of(day) for span in spans for day in span if day is not None)
    # What ends on 31 December 9999 never ends; the year after has no dates.
    years = Counter({year: count for year, count in years.items() if date.min.year <= year < date.max.year})
    if not years:
        return {}
    year = max(years, key=lambda found: (years[found], found))
    low, high = date(year, _TURN, 1), date(year + 1, _TURN, 1) - timedelta(days=1)
    firsts = [first for first, _last in spans if first is not None and low <= first <= high]
    lasts = [last for _first, last in spans if last is not None and low <= last <= high]
    begin, end = min(firsts, default=low), max(lasts, default=high)
    late, early = max(firsts, default=begin) > end, min(lasts, default=end) < begin
    if early or len(firsts) * 2 <= lessons:
        begin = min(begin, date(year, *_SURE_BEGIN))
    if late or len(lasts) * 2 <= lessons:
        end = max(end, date(year + 1, *_SURE_END))
    if begin > end:
        begin, end = low, high
    return {week: monday for week, monday in weeks_between(begin, end).items() if _holds(monday, begin, end)}


def _year_of(day: date) -> int:
    """The year in which the school year of a day begins."""
    return day.year if day.month >= _TURN else day.year - 1


def _days(first_day: date) -> list[date]:
    """The days from Monday to Friday of a week that begins on that Monday, or on the Sunday before."""
    offset = 1 if first_day.isoweekday() == 7 else 0
    return [first_day + timedelta(days=offset + i) for i in range(5)]


def _holds(first_day: date, begin: date | None, end: date | None) -> bool:
    """Whether most school days of a week lie in a span: so no week is in two spans of which one follows the other."""
    inside = [(begin or day) <= day <= (end or day) for day in _days(first_day)]
    return sum(inside) * 2 > len(inside)


def _valid(
    lessons: Iterable[int], spans: Mapping[int, Span], mondays: Mapping[int, date]
) -> tuple[dict[int, WeekSet], list[int]]:
    """The weeks of every lesson; and the lessons whose dates are outside the school year, which get all weeks."""
    every = WeekSet.of(mondays)
    found: dict[int, WeekSet] = {}
    outside = []
    known: dict[Span, WeekSet] = {}
    for lesson in lessons:
        span = spans.get(lesson, (None, None))
        if span not in known:
            known[span] = _weeks_of(span, mondays)
        if not known[span]:
            outside.append(lesson)
        found[lesson] = known[span] or every
    return found, outside


def _weeks_of(span: Span, mondays: Mapping[int, date]) -> WeekSet:
    """The weeks most of whose school days lie in a span; of one that is shorter, all weeks that it touches."""
    first, last = span
    weeks = WeekSet.of(week for week, monday in mondays.items() if _holds(monday, first, last))
    if weeks:
        return weeks
    touched = (
        week
        for week, start in mondays.items()
        if (first or start) <= start + timedelta(days=6) and start <= (last or start)
    )
    return WeekSet.of(touched)


# -- kinds of weeks --------------------------------------------------------------------------------------------------


def _kinds(valid: Mapping[int, WeekSet], cycle: int) -> list[WeekSet]:
    """The weeks in which any lesson is held, divided by the dates that most lessons have, if these keep lessons apart.

    No kind has fewer weeks than two, a turn, and an eighth of all.
    """
    counts = Counter(valid.values())
    every = _union(counts)
    least = max(2, cycle, -(-len(every) // 8))
    kinds = [every]
    apart = [own for own in counts if any(not own & other for other in counts)]
    for own in sorted(apart, key=lambda weeks: (-counts[weeks], weeks.mask)):
        parts = [part for kind in kinds for part in (kind & own, WeekSet(kind.mask & ~own.mask)) if part]
        if min(map(len, parts)) >= least and len(parts) <= min(_MOST_KINDS, _MOST_CLASSES // cycle):
            kinds = parts
    return kinds


def _union(sets: Iterable[WeekSet]) -> WeekSet:
    found = NO_WEEKS
    for weeks in sets:
        found |= weeks
    return found


def _in_turn(weeks: WeekSet, turn: WeekSet | None, cycle: int, mondays: Mapping[int, date]) -> WeekSet:
    """Those of the weeks that are at the places of a turn, whose first place is the first week of the school year."""
    if turn is None or not cycle:
        return weeks
    return WeekSet.of(week for i, week in enumerate(mondays) if week in weeks and i % cycle + 1 in turn) or weeks


def _plan(weeks: Sequence[WeekSet], mondays: Iterable[int]) -> WeekPlan:
    """Weeks with the same rows are a class; the classes in the order of the school year."""
    sets = set(weeks)
    alike: dict[frozenset[WeekSet], list[int]] = {}
    for week in mondays:
        held = frozenset(own for own in sets if week in own)
        if held:
            alike.setdefault(held, []).append(week)
    classes = (WeekClass(chr(ord("A") + i), WeekSet.of(found)) for i, found in enumerate(alike.values()))
    return WeekPlan(tuple(classes), tuple(weeks))


# -- notes -----------------------------------------------------------------------------------------------------------


def _note_one_week(valid: Mapping[int, WeekSet], mondays: Mapping[int, date], findings: Findings) -> bool:
    """Whether all lessons are held in some week; said if they are not the same all year."""
    sets = set(valid.values())
    shared = WeekSet.of(week for week in mondays if all(week in own for own in sets))
    if not shared:
        return False
    every = _union(sets)
    count = sum(1 for own in valid.values() if own != every)
    if count:
        text = ngettext(
            "the dates of GPU002 limit {count} lesson to a part of the year; all lessons are held in week {week}, so "
            "the timetable is taken as the plan of that week, and as such for all weeks",
            "the dates of GPU002 limit {count} lessons to a part of the year; all lessons are held in week {week}, so "
            "the timetable is taken as the plan of that week, and as such for all weeks",
            count,
        )
        week = next(week for week in mondays if week in shared)
        findings.note(NoteKind.WEEKS, text.format(count=count, week=week))
    return True


def _note_outside(lessons: Sequence[int], mondays: Mapping[int, date], findings: Findings) -> None:
    if lessons:
        text = ngettext(
            "the dates of lesson {numbers} in GPU002 lie outside the school year (weeks {weeks}), so it is taken as "
            "held all year",
            "the dates of the lessons {numbers} in GPU002 lie outside the school year (weeks {weeks}), so they are "
            "taken as held all year",
            len(lessons),
        )
        weeks = _in_order(WeekSet.of(mondays), mondays)
        findings.note(NoteKind.ODD, text.format(numbers=listed(list(map(str, lessons))), weeks=weeks))


def _note_coarse(lessons: Sequence[int], findings: Findings) -> None:
    if lessons:
        text = ngettext(
            "the dates of lesson {numbers} in GPU002 are too rare for a kind of weeks of their own: it keeps its place "
            "in all weeks of every kind in which it is held",
            "the dates of the lessons {numbers} in GPU002 are too rare for kinds of weeks of their own: they keep "
            "their places in all weeks of every kind in which they are held",
            len(lessons),
        )
        findings.note(NoteKind.WEEKS, text.format(numbers=listed(list(map(str, lessons)))))


def _note_kinds(
    plan: WeekPlan, mondays: Mapping[int, date], *, with_turns: bool, guessed: bool, findings: Findings
) -> None:
    first, *_between, last = mondays
    kinds = ", ".join(f"{found.name} ({_in_order(found.weeks, mondays)})" for found in plan.classes)
    text = _("the dates of lessons in GPU002 make {count} kinds of weeks: {kinds}")
    findings.note(NoteKind.WEEKS, text.format(count=len(plan.classes), kinds=kinds))
    if guessed:
        text = _("without date.txt, the dates of GPU002 say when the school year is: week {first} to week {last}")
        findings.note(NoteKind.GUESSED, text.format(first=first, last=last))
    if with_turns:
        text = _("no file says which calendar weeks are A weeks: the turns are taken to begin in week {week}")
        findings.note(NoteKind.GUESSED, text.format(week=first))


def _in_order(weeks: WeekSet, mondays: Iterable[int]) -> str:
    """Weeks in the order of the school year, such as `36-53, 1-4`."""
    runs: list[list[int]] = []
    follows = False
    for week in mondays:
        if week in weeks and follows and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        elif week in weeks:
            runs.append([week])
        follows = week in weeks
    return listed([str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs], most=6)
