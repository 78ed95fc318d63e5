"""Calendars per teacher and grade: which weeks, which dates, which people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from untisopt.domain.calendar import EVERY_WEEK, Day, Timeslot, WeekSet
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Timetable
from untisopt.errors import Defect, InputError, UsageError, advised
from untisopt.i18n import _, ngettext
from untisopt.io.output.folder import write_folder
from untisopt.io.spelling import you_mean
from untisopt.io.untis.files.siblings import WEEK_FLAGS
from untisopt.io.untis.rows.match import match
from untisopt.io.untis.weeks.week_dates import school_year, week_dates
from untisopt.report.calendar.calendars import DEFAULT_TIMEZONE, SchoolWeek, calendars
from untisopt.service.diff import added_lectures, lost_lectures
from untisopt.service.reading.plan import PathLike, Plan, folder_of
from untisopt.wording import enumerated, place

CALENDAR_FOLDER = "untisopt-calendars"
_RANGE = re.compile(r"\s*([0-9]{1,2})\s*(?:[-\N{EN DASH}]\s*([0-9]{1,2})\s*)?")
_YEAR = re.compile(r"(20[0-9]{2})(?:[/-](20)?([0-9]{2}))?")


@dataclass(frozen=True, kw_only=True)
class CalendarResult:
    """Calendars, not yet written.

    Parameters
    ----------
    files : mapping of str to bytes
        `teachers/Arnd.ics`, `grades/10.3.ics`; where there are two plans, below `before/` and `after/`.
    weeks : tuple of SchoolWeek
        The weeks that they hold, in order.
    notes : tuple of str
        Sentences: what was left out.
    protect : tuple of Path
        Files of the input, which are never replaced.
    """

    files: Mapping[str, bytes] = field(repr=False)
    weeks: tuple[SchoolWeek, ...]
    notes: tuple[str, ...]
    protect: tuple[Path, ...] = field(repr=False)

    def write(self, out: PathLike, *, force: bool = False) -> None:
        """Write all files into a folder, or nothing at all.

        Raises
        ------
        OutputError
            The folder is not empty (and `force` is not set), or the system refuses.
        """
        write_folder(Path(out), self.files, force=force, protect=self.protect)


def calendar_files(
    plan: Plan,
    weeks: Sequence[int],
    after: Timetable | None = None,
    *,
    people: Sequence[Resource] = (),
    year: int | None = None,
    timezone: str = DEFAULT_TIMEZONE,
) -> CalendarResult:
    """Make the calendars of teachers and grades; nothing is written until :meth:`CalendarResult.write` is called.

    Parameters
    ----------
    plan : Plan
    weeks : sequence of int
        Calendar weeks 1..53; those about which nothing is known are left out, with a note.
    after : Timetable or None
        The repaired plan of the same lectures. None: the plan of today alone.
    people : sequence of (Kind, str)
        Teachers and grades; empty: all of them.
    year : int or None
        The school year that begins in the summer of this year has the dates. None: date.txt has them.
    timezone : str
        Name in the database of time zones.

    Returns
    -------
    CalendarResult

    Raises
    ------
    InputError
        The dates of the weeks or the clock times of the periods are not known.
    UsageError
        A name, the time zone or all weeks are unknown.
    """
    _check_timezone(timezone)
    chosen = tuple(people) or tuple(person for person in sorted(plan.school.lectures_of))
    _check_people(plan.school, chosen)
    _check_times(plan, after)
    dates = _dates(plan, year)
    wanted = sorted(set(weeks))
    known = [number for number in wanted if number in dates and _is_planned(plan.school, number)]
    if not known:
        raise _no_week(plan.school, wanted, dates)
    held = tuple(sorted((SchoolWeek(n, dates[n]) for n in known), key=lambda week: week.monday))
    files = calendars(plan.school, held, chosen, before=plan.timetable, after=after, timezone=timezone)
    notes = _left_out(wanted, known)
    return CalendarResult(files=files, weeks=held, notes=notes, protect=plan.input_files)


def repaired_timetable(before: Plan, after: Plan) -> Timetable:
    """The plan of a second export, told in the lectures of the first.

    Raises
    ------
    InputError
        The two do not hold the same lectures.
    """
    matched = match(before.export, after.export)
    if not matched.mismatch:
        return matched.timetable
    lost, added = lost_lectures(before.school, matched), added_lectures(after.school, matched)
    found = _("others: {names}").format(names=enumerated((*lost, *added)))
    advice = _("each of the two gives calendars of its own: untisopt calendar with one path")
    expected = _("the lectures of {file}").format(file=before.export.path)
    raise InputError([Defect(file=str(after.export.path), expected=expected, found=found, advice=advice)])


def parse_weeks(text: str) -> tuple[int, ...]:
    """Calendar weeks such as `41`, `40-43`, `36-42,45-51`; `51-2` runs over the turn of the year.

    Returns
    -------
    tuple of int
        Each once, in the order in which they are named.

    Raises
    ------
    UsageError
        The text is no list of calendar weeks.
    """
    found: dict[int, None] = {}
    for part in text.split(","):
        match_ = _RANGE.fullmatch(part)
        first = int(match_[1]) if match_ else 0
        last = int(match_[2] or first) if match_ else 0
        if not (1 <= first <= WEEK_FLAGS and 1 <= last <= WEEK_FLAGS):
            expected = _("--weeks: expected calendar weeks from 1 to {last}, such as 41 or 36-42,45-51, found {found}")
            raise UsageError(expected.format(last=WEEK_FLAGS, found=f"'{text}'"))
        turn = [*range(first, WEEK_FLAGS + 1), *range(1, last + 1)]
        found.update(dict.fromkeys(range(first, last + 1) if first <= last else turn))
    return tuple(found)


def parse_school_year(text: str) -> int:
    """The year in which a school year begins, written `2026`, `2026/27` or `2026/2027`.

    Raises
    ------
    UsageError
        The text is no school year.
    """
    found = _YEAR.fullmatch(text.strip())
    if found is None or (found[3] is not None and int(found[3]) != (int(found[1]) + 1) % 100):
        expected = _("--school-year: expected a year such as 2026 or 2026/27, found {found}")
        raise UsageError(expected.format(found=f"'{text}'"))
    return int(found[1])


def default_calendar_out(path: Path) -> Path:
    """Where the calendars go unless something else is wanted: a folder beside the input."""
    return folder_of(path) / CALENDAR_FOLDER


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    # Names such as `../x` are values that it refuses, `Europe` is a folder of its files.
    except (OSError, ValueError, LookupError):
        text = _("--timezone: {name} is no time zone").format(name=f"'{name}'")
        raise UsageError(advised(text, _("you mean a name such as Europe/Berlin or Europe/Vienna"))) from None


def _check_people(school: School, people: Iterable[Resource]) -> None:
    """Everybody must have lectures."""
    for kind, name in people:
        if (kind, name) in school.lectures_of:
            continue
        known = [other for other_kind, other in sorted(school.lectures_of) if other_kind is kind]
        text = _("no teacher {name} has lectures") if kind is Kind.TEACHER else _("no grade {name} has lectures")
        raise UsageError(advised(text.format(name=f"'{name}'"), you_mean(name, known)))


def _check_times(plan: Plan, after: Timetable | None) -> None:
    """Every period in which something is taught needs its clock times."""
    timetables = (plan.timetable,) if after is None else (plan.timetable, after)
    used = {placement.period for timetable in timetables for placement in timetable.values()}
    slots = plan.school.grid.slots
    # Lectures without a place are on weekdays below the first.
    missing = [p for p in sorted(used) if p.day >= min(Day) and slots.get(p, Timeslot()).start is None]
    if not missing:
        return
    found = _("none for {periods}").format(periods=enumerated([place(period) for period in missing]))
    advice = _("time.txt of the export was not copied beside it; or state the times with --breaks")
    expected = _("the clock times of the periods")
    raise InputError([Defect(file=str(plan.export.path), expected=expected, found=found, advice=advice)])


def _dates(plan: Plan, year: int | None) -> Mapping[int, date]:
    """The first day of every calendar week that has one."""
    if year is not None:
        return school_year(year)
    found = plan.export.mondays or week_dates(plan.export)
    if found:
        return found
    expected = _("the dates of the calendar weeks")
    advice = _("date.txt of the export was not copied beside it; or name the school year: --school-year YYYY")
    raise InputError(
        [Defect(file=str(plan.export.path), expected=expected, found=_("an export without date.txt"), advice=advice)]
    )


def _is_planned(school: School, week: int) -> bool:
    """Whether the export says what is held in a calendar week."""
    return any(week in found.weeks or found.weeks == EVERY_WEEK for found in school.week_classes)


def _no_week(school: School, wanted: Sequence[int], dates: Mapping[int, date]) -> UsageError:
    text = _("--weeks: no plan is known for calendar weeks {weeks}").format(weeks=WeekSet.of(wanted))
    known = WeekSet.of(number for number in dates if _is_planned(school, number))
    return UsageError(advised(text, _("you mean some of these: {weeks}").format(weeks=known) if known else ""))


def _left_out(wanted: Iterable[int], known: Iterable[int]) -> tuple[str, ...]:
    missing = WeekSet.of(wanted).mask & ~WeekSet.of(known).mask
    weeks = WeekSet(missing)
    if not weeks:
        return ()
    text = ngettext(
        "calendar week {weeks} is left out: its date or its plan is not known",
        "calendar weeks {weeks} are left out: their dates or their plan are not known",
        len(weeks),
    )
    return (text.format(weeks=weeks),)
