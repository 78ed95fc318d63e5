"""The break table: clock times of the periods, from a CSV or from the table that schools print.

A CSV has the columns period, start and end, with or without a heading, separated by commas, semicolons or TABs. A
printed table has entries such as `1. Stunde 8.00-8.45 Uhr` and `Pause 20 min`, one per line or two side by side (then
the left column comes first), or all of them in one line, separated by commas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from untisopt.domain.calendar import Timeslot, clock
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.breaks.lines import BreakEntry, BreakLines, Entry, PeriodEntry
from untisopt.io.side_text import read_text


def read_breaks(path: Path) -> dict[int, Timeslot]:
    """Read a break table.

    Parameters
    ----------
    path : Path
        A text in UTF-8 or Windows-1252.

    Returns
    -------
    dict of int to Timeslot
        Period number (0..99) to its times in minutes since midnight, ascending; never empty. Periods do not overlap
        and no number between the first and the last is missing.

    Raises
    ------
    InputError
        If lines cannot be read or contradict one another; it holds all defects, in the order of the lines.
    """
    return parse_breaks(read_text(path), str(path))


def parse_breaks(text: str, file: str) -> dict[int, Timeslot]:
    """Read the text of a break table; `file` is its name for messages. See :func:`read_breaks`."""
    lines = BreakLines(file, text)
    entries = lines.entries()
    defects = [*lines.defects, *_contradictions(entries, file)]
    periods = {entry.number: entry for entry in entries if isinstance(entry, PeriodEntry)}
    if not periods and not defects:
        expected = _("periods with their times, such as '1 08:00-08:45'")
        defects.append(Defect(file=file, expected=expected, found=_("a table without a single period")))
    if defects:
        raise InputError(sorted(defects, key=lambda defect: defect.line or 0))
    return {number: Timeslot(periods[number].start, periods[number].end) for number in sorted(periods)}


def _contradictions(entries: list[Entry], file: str) -> Iterator[Defect]:
    first = _first_lines(entries)
    faulty: set[PeriodEntry] = set()
    for entry in entries:
        if isinstance(entry, PeriodEntry):
            defects = list(_period_defects(entry, first[entry.number], file))
            yield from defects
            if defects:
                faulty.add(entry)
    for before, breaks, after in _neighbours(entries):
        # What follows from a faulty period is no defect of its own.
        if before not in faulty and after not in faulty:
            order = list(_order_defects(before, after, first, file))
            yield from order or _break_defects(before, breaks, after, file)
    yield from _lonely_breaks(entries, file)


def _first_lines(entries: Iterable[Entry]) -> dict[int, PeriodEntry]:
    first: dict[int, PeriodEntry] = {}
    for entry in entries:
        if isinstance(entry, PeriodEntry):
            first.setdefault(entry.number, entry)
    return first


def _neighbours(entries: list[Entry]) -> Iterator[tuple[PeriodEntry, list[BreakEntry], PeriodEntry]]:
    """Periods that follow one another, with the breaks stated between them; nothing across an unreadable line."""
    before: PeriodEntry | None = None
    breaks: list[BreakEntry] = []
    for entry in entries:
        if isinstance(entry, BreakEntry):
            breaks.append(entry)
            continue
        if before is not None and isinstance(entry, PeriodEntry):
            yield before, breaks, entry
        before, breaks = (entry if isinstance(entry, PeriodEntry) else None), []


def _period_defects(entry: PeriodEntry, first: PeriodEntry, file: str) -> Iterator[Defect]:
    if entry is not first:
        expected = _("every period once")
        found = _("period {number} again, which stands in line {line}").format(number=entry.number, line=first.line)
        yield Defect(file=file, line=entry.line, expected=expected, found=found)
    if entry.end <= entry.start:
        expected = _("an end of period {number} after its start at {start}").format(
            number=entry.number, start=clock(entry.start)
        )
        yield Defect(file=file, line=entry.line, expected=expected, found=clock(entry.end))


def _order_defects(
    before: PeriodEntry, after: PeriodEntry, numbers: dict[int, PeriodEntry], file: str
) -> Iterator[Defect]:
    if after.number < before.number:
        expected = _("a period after {number} (line {line})").format(number=before.number, line=before.line)
        advice = _("the periods are out of order; in a table with two columns, the left one is read first")
        found = _("period {number}").format(number=after.number)
        yield Defect(file=file, line=after.line, expected=expected, found=found, advice=advice)
        return
    yield from _missing_numbers(before, after, numbers, file)
    if after.start < before.end:
        expected = _("a start of period {number} at {end} or later, when period {other} (line {line}) ends").format(
            number=after.number, end=clock(before.end), other=before.number, line=before.line
        )
        advice = _("the two periods overlap because of a slip of the pen, or 1:30 means 13:30")
        yield Defect(file=file, line=after.line, expected=expected, found=clock(after.start), advice=advice)


def _missing_numbers(
    before: PeriodEntry, after: PeriodEntry, numbers: dict[int, PeriodEntry], file: str
) -> Iterator[Defect]:
    missing = [number for number in range(before.number + 1, after.number) if number not in numbers]
    if missing:
        expected = _("period {number} after period {before} (line {line})").format(
            number=missing[0], before=before.number, line=before.line
        )
        advice = _("a line was forgotten; a period in which nobody teaches needs its times, too")
        found = _("period {number}").format(number=after.number)
        yield Defect(file=file, line=after.line, expected=expected, found=found, advice=advice)


def _break_defects(before: PeriodEntry, breaks: list[BreakEntry], after: PeriodEntry, file: str) -> Iterator[Defect]:
    """Several breaks between two periods add up: a short walk and lunch, say."""
    stated = sum(entry.minutes for entry in breaks)
    if breaks and stated != after.start - before.end:
        expected = _(
            "{minutes} min between period {before} (line {line_before}, until {end}) "
            "and period {after} (line {line_after}, from {start})"
        ).format(
            minutes=after.start - before.end,
            before=before.number,
            line_before=before.line,
            end=clock(before.end),
            after=after.number,
            line_after=after.line,
            start=clock(after.start),
        )
        found = _("{minutes} min").format(minutes=stated)
        advice = _("the break is wrong or one of the two periods")
        yield Defect(file=file, line=breaks[-1].line, expected=expected, found=found, advice=advice)
    elif breaks and breaks[0].start not in (None, before.end):
        expected = _("a break from {end}, when period {number} (line {line}) ends").format(
            end=clock(before.end), number=before.number, line=before.line
        )
        yield Defect(file=file, line=breaks[0].line, expected=expected, found=clock(breaks[0].start or 0))


def _lonely_breaks(entries: list[Entry], file: str) -> Iterator[Defect]:
    """Breaks before the first and after the last period: a sign that a period is missing or stands elsewhere."""
    if not any(isinstance(entry, PeriodEntry) for entry in entries):
        return
    for ordered in (entries, entries[::-1]):
        for entry in takewhile(lambda entry: isinstance(entry, BreakEntry), ordered):
            expected = _("a period before and after every break")
            found = _("a break at the edge of the day")
            advice = _("a period is missing; in a table with two columns, the left one is read first")
            yield Defect(file=file, line=entry.line, expected=expected, found=found, advice=advice)
