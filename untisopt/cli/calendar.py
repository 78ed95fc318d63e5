"""`untisopt calendar`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import force_option, json_option, path_argument, read_plan, reading_options
from untisopt.domain.resources import Kind
from untisopt.domain.timetable import Timetable
from untisopt.errors import UsageError
from untisopt.i18n import _, ngettext
from untisopt.report.calendars import DEFAULT_TIMEZONE
from untisopt.service.calendar import (
    CalendarResult,
    calendar_files,
    default_calendar_out,
    parse_school_year,
    parse_weeks,
    repaired_timetable,
)
from untisopt.service.diff import read_pair
from untisopt.service.reading import Plan
from untisopt.service.result_folder import is_result, read_result
from untisopt.wording import capitalised


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
@reading_options
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
    folder = default_calendar_out(before) if out is None else out
    result.write(folder, force=force)
    say(_json(result, folder) if as_json else _text(result, folder))
    return 0


def _plans(before: Path, after: Path | None, options: dict[str, Any]) -> tuple[Plan, Timetable | None]:
    """The plan of today, and the repaired one if there is one; a result of untisopt holds both."""
    if after is None and is_result(before):
        if any(options.values()):
            raise UsageError(_("a result of untisopt says itself how the export is read: no such options are needed"))
        stored = read_result(before)
        return stored.plan, stored.timetable
    plan = read_plan(before, options)
    return plan, None if after is None else repaired_timetable(*read_pair(plan, after, None))


def _text(result: CalendarResult, folder: Path) -> str:
    lines = [capitalised(note) for note in result.notes]
    first, last = result.weeks[0], result.weeks[-1]
    text = ngettext(
        "{count} calendar for week {first} (from {begin}) to week {last} is written to {folder}.",
        "{count} calendars for week {first} (from {begin}) to week {last} are written to {folder}.",
        len(result.files),
    )
    span = {"first": first.number, "begin": first.monday.isoformat(), "last": last.number}
    return "\n".join([*lines, text.format(count=len(result.files), folder=folder, **span)])


def _json(result: CalendarResult, folder: Path) -> str:
    weeks = [{"week": week.number, "monday": week.monday.isoformat()} for week in result.weeks]
    data = {"out": str(folder), "files": list(result.files), "weeks": weeks, "notes": list(result.notes)}
    return json.dumps(data, indent=2, ensure_ascii=False)
