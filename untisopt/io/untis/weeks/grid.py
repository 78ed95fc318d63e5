"""The time grid (time.txt, a break table, or what the plan shows) and the weeks of the school year (date.txt)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from untisopt.domain.calendar import Period, TimeGrid, Timeslot, clock
from untisopt.errors import InputError
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, shown
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import WEEK_FLAGS
from untisopt.io.untis.rows.typed import LAST_PERIOD, TimetableRow, whole
from untisopt.policy import Policy


def break_table(path: Path, findings: Findings) -> dict[int, Timeslot]:
    """A break table by period number; empty if it is defective."""
    from untisopt.io.breaks.table import read_breaks

    try:
        return read_breaks(path)
    except InputError as error:
        findings.defects += error.defects
        return {}


def stated_grid(time: RawFile | None, policy: Policy, findings: Findings) -> TimeGrid | None:
    """The time grid that the files state; None where only the plan shows which periods exist.

    A break table that the policy names holds for every day, and takes the place of time.txt.
    """
    if policy.breaks_file is not None:
        if time is not None:
            text = _("{name} is not used, because a break table was given").format(name=time.name)
            findings.note(NoteKind.READ, text)
        table = break_table(policy.breaks_file, findings)
        slots = {Period(day, number): slot for day in range(1, 8) for number, slot in table.items()}
        return TimeGrid(slots) if slots else None
    if time is None:
        return None
    before = len(findings.defects)
    slots = _read_time(time, findings)
    # Rows are not compared with a defective grid: what it lacks would be reported a second time.
    return TimeGrid(slots) if len(findings.defects) == before else None


def time_grid(stated: TimeGrid | None, rows: Iterable[TimetableRow], policy: Policy) -> TimeGrid:
    """The stated grid (a break table holds on the days of the plan), else what the plan shows."""
    seen = {row.period for row in rows}
    days = sorted({period.day for period in seen})
    if stated is not None:
        keep = stated.days if policy.breaks_file is None else days
        slots = {period: slot for period, slot in stated.slots.items() if period.day in keep}
        return TimeGrid(slots, policy.unusable_breaks)
    numbers = [period.number for period in seen]
    first, last = min(1, *numbers), max(numbers)
    unknown = Timeslot()
    return TimeGrid(
        {Period(day, number): unknown for day in days for number in range(first, last + 1)}, policy.unusable_breaks
    )


def _read_time(raw: RawFile, findings: Findings) -> dict[Period, Timeslot]:
    slots: dict[Period, Timeslot] = {}
    lines: dict[Period, Row] = {}
    if not raw.rows:
        findings.defect(raw.name, None, None, _("the periods of the time grid"), _("an empty file"), _time_advice())
    for row in raw.rows:
        entry = _time_row(raw, row, findings)
        if entry is None:
            continue
        period, slot = entry
        if period in slots:
            found = _("period {number} of weekday {day} a second time, first in line {line}")
            found = found.format(number=period.number, day=period.day, line=lines[period].line)
            findings.defect(raw.name, row.line, 3, _("every period once"), found, _time_advice())
            continue
        slots[period], lines[period] = slot, row
    _check_order(raw, slots, lines, findings)
    return slots


def _time_advice() -> str:
    return _("time.txt was edited by hand: export it again")


def _time_row(raw: RawFile, row: Row, findings: Findings) -> tuple[Period, Timeslot] | None:
    fields = row.fields
    if len(fields) < 5:
        expected = _("weekday, number of periods, period, begin and end")
        findings.defect(
            raw.name,
            row.line,
            None,
            expected,
            ngettext("{count} column", "{count} columns", len(fields)).format(count=len(fields)),
            _time_advice(),
        )
        return None
    day, number = whole(fields[0]), whole(fields[2])
    start, end = minutes(fields[3]), minutes(fields[4])
    checks = (
        (1, day is not None and 1 <= day <= 7, _("a weekday from 1 to 7")),
        (3, number is not None and number <= LAST_PERIOD, _("a period from 0 to {last}").format(last=LAST_PERIOD)),
        (4, start is not None, _("a time such as 745 or 0745")),
        (5, end is not None, _("a time such as 830 or 0830")),
    )
    for column, fine, expected in checks:
        if not fine:
            findings.defect(raw.name, row.line, column, expected, shown(fields[column - 1]), _time_advice())
    if not all(fine for _column, fine, _expected in checks) or day is None or number is None:
        return None
    if start is not None and end is not None and end <= start:
        expected = _("an end after the begin {begin}").format(begin=clock(start))
        findings.defect(raw.name, row.line, 5, expected, clock(end), _time_advice())
        return None
    return Period(day, number), Timeslot(start, end)


def minutes(text: str) -> int | None:
    """Minutes since midnight of a time written `745`, `0745` or `7:45`; None for anything else."""
    number = whole(text.replace(":", "", 1))
    if number is None or len(text) > 5 or number // 100 > 24 or number % 100 > 59 or number > 2400:
        return None
    return number // 100 * 60 + number % 100


def _check_order(raw: RawFile, slots: dict[Period, Timeslot], lines: dict[Period, Row], findings: Findings) -> None:
    """Report periods that start before the one in front of them has ended."""
    for before, after in pairwise(sorted(slots)):
        end, start = slots[before].end, slots[after].start
        if before.day == after.day and start is not None and end is not None and start < end:
            expected = _("a begin not before {end}, the end of period {number}")
            expected = expected.format(end=clock(end), number=before.number)
            findings.defect(raw.name, lines[after].line, 4, expected, clock(start), _time_advice())


def read_dates(raw: RawFile | None, findings: Findings) -> tuple[int, ...]:
    """The calendar weeks of date.txt in the order of the school year; empty without the file."""
    if raw is None:
        return ()
    advice = _("date.txt was edited by hand: export it again")
    mondays: dict[int, int] = {}
    for row in raw.rows:
        week = whole(row.fields[0])
        if week is None or not 1 <= week <= WEEK_FLAGS:
            expected = _("a calendar week from 1 to {last}").format(last=WEEK_FLAGS)
            findings.defect(raw.name, row.line, 1, expected, shown(row.fields[0]), advice)
            continue
        monday = row.fields[2] if len(row.fields) > 2 else ""
        if not _is_date(monday):
            expected = _("the Monday of the week as YYYYMMDD")
            findings.defect(raw.name, row.line, 3, expected, shown(monday), advice)
            continue
        if week in mondays:
            found = _("week {week} a second time").format(week=week)
            findings.defect(raw.name, row.line, 1, _("every calendar week once"), found, advice)
            continue
        mondays[week] = int(monday)
    return tuple(sorted(mondays, key=lambda week: mondays[week]))


def _is_date(text: str) -> bool:
    number = whole(text)
    return number is not None and len(text) == 8 and 1 <= number // 100 % 100 <= 12 and 1 <= number % 100 <= 31
