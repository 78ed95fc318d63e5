"""`untisopt calendar`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import force_option, json_option, path_argument, read_plan, reading_options
from untisopt.domain.resources import Kind
from untisopt.domain.timetable import Timetable
from untisopt.errors import UsageError
from untisopt.i18n import _, ngettext
from untisopt.report.calendar.calendars import DEFAULT_TIMEZONE, SchoolWeek
from untisopt.service.calendar import (
    CalendarResult,
    calendar_files,
    default_calendar_out,
    parse_school_year,
    parse_weeks,
    repaired_timetable,
)
from untisopt.service.diff import read_pair
from untisopt.service.reading.plan import Plan
from untisopt.service.reading.repair_folder import is_repair, read_repair
from untisopt.service.reading.result_folder import is_result, read_result
from untisopt.wording import capitalised

_NOT_HERE = ("week", "pin")
"""Options of reading that say what may move: here nothing moves."""


def _reading(command: Callable[..., int]) -> Callable[..., int]:
    """The options that say what the export means."""
    decorated = reading_options(command)
    params: list[click.Parameter] = getattr(decorated, "__click_params__", [])
    params[:] = [param for param in params if param.name not in _NOT_HERE]
    return decorated


@click.command(
    "calendar",
    help=_(
        "Write calendars (iCalendar) of teachers and grades for some weeks, of one plan, of two plans of one school, "
        "or of a result of untisopt, which holds both. With two plans, the second marks what moves, and importing it "
        "over the first updates the events."
    ),
)
@path_argument("before", _("BEFORE"))
@click.argument("after", metavar=_("[AFTER]"), type=click.Path(path_type=Path), required=False)
@click.option("--weeks", required=True, metavar=_("WEEKS"), help=_("Calendar weeks, such as 41, 40-43 or 51-2."))
@click.option(
    "--school-year",
    metavar=_("YEAR"),
    help=_(
        "School year that the weeks belong to, such as 2026/27; without it, date.txt beside the export has the dates."
    ),
)
@click.option("--teacher", "teachers", multiple=True, metavar=_("NAME"), help=_("This teacher. Repeatable."))
@click.option(
    "--grade",
    "grades",
    multiple=True,
    metavar=_("NAME"),
    help=_("This grade. Repeatable. Without --teacher and --grade, all teachers and grades."),
)
@click.option(
    "--timezone", default=DEFAULT_TIMEZONE, show_default=True, metavar=_("ZONE"), help=_("Time zone of the school.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder to write into; without it, untisopt-calendars beside the export."),
)
@_reading
@force_option
@json_option
def command(
    *,
    before: Path,
    after: Path | None,
    weeks: str,
    school_year: str | None,
    teachers: tuple[str, ...],
    grades: tuple[str, ...],
    timezone: str,
    out: Path | None,
    force: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Run the command."""
    numbers = parse_weeks(weeks)
    year = None if school_year is None else parse_school_year(school_year)
    plan, repaired = _plans(before, after, options)
    result = calendar_files(
        plan,
        numbers,
        repaired,
        people=[*((Kind.TEACHER, name) for name in teachers), *((Kind.GRADE, name) for name in grades)],
        year=year,
        timezone=timezone,
    )
    if repaired is None and is_repair(before):
        note = _("lectures come, go or change hands by the events: these are the calendars of the plan after them")
        result = replace(result, notes=(*result.notes, note))
    folder = default_calendar_out(before) if out is None else out
    result.write(folder, force=force)
    say(_json(result, folder) if as_json else _text(result, folder))
    return 0


def _plans(before: Path, after: Path | None, options: dict[str, Any]) -> tuple[Plan, Timetable | None]:
    """The plan of today, and the repaired one if there is one; a result of untisopt holds both.

    Where events have added lectures, ended them or given them to somebody else, there is the plan after them alone.
    """
    if after is None and (is_result(before) or is_repair(before)):
        if any(options.values()):
            raise UsageError(_("a result of untisopt says itself how the export is read: no such options are needed"))
        if is_repair(before):
            repair = read_repair(before)
            same = repair.holds_the_same
            return (repair.plan, repair.outcome.answer.timetable) if same else (repair.repaired_plan, None)
        stored = read_result(before)
        return stored.plan, stored.timetable
    plan = read_plan(before, options)
    return plan, None if after is None else repaired_timetable(*read_pair(plan, after, None))


def _text(result: CalendarResult, folder: Path) -> str:
    lines = [capitalised(note) for note in result.notes]
    text = ngettext(
        "{count} calendar for {weeks} is written to {folder}.",
        "{count} calendars for {weeks} are written to {folder}.",
        len(result.files),
    )
    weeks = ngettext("calendar week {weeks}", "calendar weeks {weeks}", len(result.weeks))
    told = weeks.format(weeks=", ".join(_runs(result.weeks)))
    return "\n".join([*lines, text.format(count=len(result.files), folder=folder, weeks=told)])


def _runs(weeks: Sequence[SchoolWeek]) -> Iterator[str]:
    """Weeks that follow one another, with the date of the first: `43-52 (from 2026-10-19)`."""
    start = 0
    for end, week in enumerate(weeks):
        following = weeks[end + 1 : end + 2]
        if following and following[0].monday == week.monday + timedelta(days=7):
            continue
        first, last = weeks[start], week
        numbers = f"{first.number}-{last.number}" if start != end else f"{first.number}"
        yield _("{weeks} (from {date})").format(weeks=numbers, date=first.monday.isoformat())
        start = end + 1


def _json(result: CalendarResult, folder: Path) -> str:
    weeks = [{"week": week.number, "monday": week.monday.isoformat()} for week in result.weeks]
    data = {"out": str(folder), "files": list(result.files), "weeks": weeks, "notes": list(result.notes)}
    return json.dumps(data, indent=2, ensure_ascii=False)
