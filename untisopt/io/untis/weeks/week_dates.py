"""The dates of the calendar weeks: as date.txt states them, or as a school year of known dates has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from untisopt.i18n import _
from untisopt.io.untis.files.notes import Findings, shown
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import WEEK_FLAGS, Role
from untisopt.io.untis.rows.typed import whole

if TYPE_CHECKING:
    from untisopt.io.untis.export import Export

FIRST_WEEK = 32
"""Weeks from this one on belong to the year in which a school year begins: Bavaria teaches up to week 31, and no German
state begins before week 32."""

LONGEST_YEAR = timedelta(days=400)
"""A year of 53 weeks has 371 days; some exports count the holidays on both sides."""


def week_dates(export: Export) -> Mapping[int, date]:
    """The first day of every calendar week that date.txt lists, in the order of the dates.

    Returns
    -------
    mapping of int to date
        By calendar week 1..53; empty for an export without date.txt. The first day is a Monday; in schools whose week
        begins on Sunday, that Sunday.

    Raises
    ------
    InputError
        Rows of date.txt are no weeks; all of them at once.
    """
    findings = Findings()
    found = stated_dates(export.files.get(Role.DATE), findings)
    findings.stop_if_defective()
    return found


def stated_dates(raw: RawFile | None, findings: Findings) -> dict[int, date]:
    """The first day of every calendar week that date.txt lists, in order; empty without the file.

    Parameters
    ----------
    raw : RawFile or None
    findings : Findings
        Takes a defect per row that is no week.
    """
    found = {} if raw is None else _read(raw, findings)
    return dict(sorted(found.items(), key=lambda item: item[1]))


def weeks_between(begin: date, end: date) -> dict[int, date]:
    """The Monday of every calendar week (ISO 8601) from one date to another, in order.

    A school year may begin and end in weeks of the same number; the one with more of its days in the school year
    counts.

    Parameters
    ----------
    begin, end : date
        The first and the last day of the school year, such as an XML export states them.

    Returns
    -------
    dict of int to date

    Raises
    ------
    ValueError
        `end` lies before `begin`, or longer after it than a school year lasts.
    """
    if not timedelta(0) <= end - begin < LONGEST_YEAR:
        raise ValueError(f"{begin} to {end} is no school year")
    days: dict[date, int] = {}
    for offset in range((end - begin).days + 1):
        day = begin + timedelta(days=offset)
        monday = day - timedelta(days=day.weekday())
        days[monday] = days.get(monday, 0) + 1
    found: dict[int, date] = {}
    for monday, count in days.items():
        number = monday.isocalendar().week
        if number not in found or count > days[found[number]]:
            found[number] = monday
    return dict(sorted(found.items(), key=lambda item: item[1]))


def school_year(year: int) -> dict[int, date]:
    """The Monday of every calendar week of the school year that begins in the summer of `year`.

    Raises
    ------
    ValueError
        There are no dates in such a year.
    """
    begin = date.fromisocalendar(year, FIRST_WEEK, 1)
    return weeks_between(begin, date.fromisocalendar(year + 1, FIRST_WEEK, 1) - timedelta(days=1))


def _read(raw: RawFile, findings: Findings) -> dict[int, date]:
    advice = _("date.txt was edited by hand: export it again")
    found: dict[int, date] = {}
    if not raw.rows:
        findings.defect(raw.name, None, None, _("a row for every exported week"), _("an empty file"), advice)
    for row in raw.rows:
        week, first = whole(row.fields[0]), _date(row)
        if week is None or not 1 <= week <= WEEK_FLAGS:
            expected = _("a calendar week from 1 to {last}").format(last=WEEK_FLAGS)
            findings.defect(raw.name, row.line, 1, expected, shown(row.fields[0]), advice)
        elif first is None:
            expected = _("the Monday of the week as YYYYMMDD")
            findings.defect(raw.name, row.line, 3, expected, shown(_third(row)), advice)
        elif week in found:
            text = _("week {week} a second time").format(week=week)
            findings.defect(raw.name, row.line, 1, _("every calendar week once"), text, advice)
        else:
            found[week] = first
    return found


def _third(row: Row) -> str:
    return row.fields[2] if len(row.fields) > 2 else ""


def _date(row: Row) -> date | None:
    """The first day of a week; None if it is no date, or neither a Monday nor a Sunday."""
    text = _third(row)
    if whole(text) is None or len(text) != 8:
        return None
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return found if found.isoweekday() in (1, 7) else None
