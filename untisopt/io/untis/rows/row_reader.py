"""Reading the rows of a timetable file, with every defect named by line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, shown
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import FLAG_CHARACTERS, WEEK_FLAGS, Role, are_flags
from untisopt.io.untis.rows.typed import COLUMNS, LAST_PERIOD, NO_WEEKS, Columns, TimetableRow, room_list, whole


def read_rows(raw: RawFile, role: Role, grid: TimeGrid | None, findings: Findings) -> tuple[TimetableRow, ...]:
    """Read all rows of a timetable file; defective rows are left out and reported in `findings`.

    `grid` holds the periods that exist; None where nothing but the plan shows them.
    """
    if not raw.rows:
        advice = _("the export was broken off, or the wrong weeks were chosen")
        findings.defect(raw.name, None, None, _("rows of a timetable"), _("an empty file"), advice)
        return ()
    reader = _Reader(raw, COLUMNS[role], grid, findings)
    rows = tuple(reader.rows())
    _note_duplicates(raw, findings)
    _note_lengths(raw, role, findings)
    return rows


class _Reader:
    """Reads the rows of one file and reports what is wrong with them."""

    def __init__(self, raw: RawFile, columns: Columns, grid: TimeGrid | None, findings: Findings) -> None:
        self._raw = raw
        self._columns = columns
        self._grid = grid
        self._findings = findings
        self._flags: dict[str, tuple[WeekSet, WeekSet, WeekSet]] = {}
        self._quoted = b'"' in raw.data
        # A file without flags in any row says nothing about weeks; one with flags has to have them in all rows.
        column = columns.weeks
        self._weeks_column = column if any(_at(row.fields, column) for row in raw.rows) else None

    def rows(self) -> Iterator[TimetableRow]:
        for index, row in enumerate(self._raw.rows):
            if self._has_columns(row):
                typed = self._typed(index, row)
                if typed is not None:
                    yield typed

    def _defect(self, row: Row, column: int | None, expected: str, found: str, advice: str = "") -> None:
        self._findings.defect(self._raw.name, row.line, column, expected, found, advice)

    def _has_columns(self, row: Row) -> bool:
        """Whether the row can be read at all: enough columns, numbers where they have to be."""
        if self._raw.dialect.blanks:
            return self._has_blank_columns(row)
        if self._quoted and row.unclosed:
            advice = _("a text with a line break was cut off")
            self._defect(row, None, _("a closing quote"), _("the end of the line"), advice)
            return False
        if len(row.fields) < self._columns.needed:
            other = self._other_delimiter(row)
            found = ngettext("{count} column", "{count} columns", len(row.fields)).format(count=len(row.fields))
            if other:
                expected = _("columns separated by {delimiter}, as in the other rows")
                expected = expected.format(delimiter=_delimiter_name(self._raw.dialect.delimiter))
                advice = _("the file was put together from two exports")
                self._defect(row, None, expected, _("columns separated by {delimiter}").format(delimiter=other), advice)
            else:
                expected = _("at least {count} columns").format(count=self._columns.needed)
                advice = _("the row was cut off, or the export uses another delimiter")
                self._defect(row, None, expected, found, advice)
            return False
        return self._is_no_heading(row)

    def _is_no_heading(self, row: Row) -> bool:
        columns = sorted(self._columns.numeric)
        found = [row.fields[column] for column in columns]
        if any(whole(text) is not None for text in found):
            return True
        numbers = _("numbers in columns {columns}").format(columns=", ".join(str(column + 1) for column in columns))
        advice = _("this is a heading, or the columns were rearranged: export the file again and leave it as it is")
        self._defect(row, None, numbers, ", ".join(map(shown, found)), advice)
        return False

    def _has_blank_columns(self, row: Row) -> bool:
        weeks, fields = self._columns.weeks, row.fields
        if weeks is not None and len(fields) > weeks and are_flags(fields[weeks]):
            return True
        flags = [column for column, field in enumerate(fields, 1) if are_flags(field)]
        if flags:
            found = _("week flags in column {column}").format(column=flags[0])
        else:
            found = ngettext("{count} column", "{count} columns", len(fields)).format(count=len(fields))
        expected = _("columns separated by blanks, none of them empty, with the week flags in column 9")
        advice = _(
            "a column is empty or a name contains a blank, so the columns cannot be told apart: export with TABs"
        )
        self._defect(row, None, expected, found, advice)
        return False

    def _other_delimiter(self, row: Row) -> str:
        for delimiter in (b"\t", b";", b","):
            if delimiter != self._raw.dialect.delimiter and row.content.count(delimiter) + 1 >= self._columns.needed:
                return _delimiter_name(delimiter)
        return ""

    def _typed(self, index: int, row: Row) -> TimetableRow | None:
        fields, columns = row.fields, self._columns
        lesson = self._number(row, columns.lesson, _("a lesson number"), 0, 10**9)
        period = self._period(row)
        weeks = self._weeks(row)
        if lesson is None or period is None or weeks is None:
            return None
        return TimetableRow(
            index,
            row.line,
            lesson,
            fields[columns.teacher] or None,
            fields[columns.grade] or None,
            fields[columns.subject],
            room_list(fields[columns.room]),
            period,
            *weeks,
        )

    def _number(self, row: Row, column: int, expected: str, least: int, most: int, advice: str = "") -> int | None:
        number = whole(row.fields[column])
        if number is None or not least <= number <= most:
            self._defect(row, column + 1, expected, shown(row.fields[column]), advice)
            return None
        return number

    def _period(self, row: Row) -> Period | None:
        day = self._number(row, self._columns.day, _("a weekday from 1 to 7"), 1, 7)
        expected = _("a period from 0 to {last}").format(last=LAST_PERIOD)
        number = self._number(row, self._columns.period, expected, 0, LAST_PERIOD)
        if day is None or number is None:
            return None
        period = Period(day, number)
        if self._grid is None or period in self._grid:
            return period
        self._off_grid(row, period, self._grid)
        return None

    def _off_grid(self, row: Row, period: Period, grid: TimeGrid) -> None:
        numbers = grid.numbers(period.day)
        advice = _("the break table or time.txt belongs to another timetable")
        if numbers:
            expected = _("a period of the time grid, {first} to {last} on weekday {day}")
            expected = expected.format(first=numbers[0], last=numbers[-1], day=period.day)
            self._defect(row, self._columns.period + 1, expected, shown(str(period.number)), advice)
        else:
            days = ", ".join(map(str, grid.days))
            expected = _("a weekday of the time grid ({days})").format(days=days)
            self._defect(row, self._columns.day + 1, expected, shown(str(period.day)), advice)

    def _weeks(self, row: Row) -> tuple[WeekSet, WeekSet, WeekSet] | None:
        """Weeks held, unknown and exported."""
        column = self._weeks_column
        if column is None:
            return EVERY_WEEK, NO_WEEKS, EVERY_WEEK
        text = _at(row.fields, column)
        if text not in self._flags:
            if not are_flags(text):
                self._report_flags(row, column, text)
                return None
            self._flags[text] = (_weeks_with(text, "1"), _weeks_with(text, "x"), _weeks_with(text, "01x"))
        return self._flags[text]

    def _report_flags(self, row: Row, column: int, text: str) -> None:
        foreign = sorted(set(text) - FLAG_CHARACTERS)
        if foreign and len(text) == WEEK_FLAGS:
            position = min(text.index(char) for char in foreign)
            expected = _("week flags made of -, 0, 1 and x")
            found = _("{char} for week {week}").format(char=shown(text[position]), week=position + 1)
        else:
            expected = _("{count} week flags").format(count=WEEK_FLAGS)
            found = shown(text)
            if text:
                told = ngettext("{count} character: {text}", "{count} characters: {text}", len(text))
                found = told.format(count=len(text), text=found)
        advice = _("the row was edited by hand or the columns are shifted: export the file again")
        self._defect(row, column + 1, expected, found, advice)


def _at(fields: tuple[str, ...], column: int | None) -> str:
    return fields[column] if column is not None and column < len(fields) else ""


def _weeks_with(flags: str, characters: str) -> WeekSet:
    return WeekSet.of(week for week, flag in enumerate(flags, 1) if flag in characters)


def _delimiter_name(delimiter: bytes) -> str:
    return {b"\t": _("TAB"), b" ": _("blanks")}.get(delimiter, f"'{delimiter.decode()}'")


def _note_duplicates(raw: RawFile, findings: Findings) -> None:
    counts = Counter(row.content for row in raw.rows)
    extra = len(raw.rows) - len(counts)
    if extra:
        first = next(row.line for row in raw.rows if counts[row.content] > 1)
        text = ngettext(
            "{file}: {count} row repeats another one exactly (the first such row is line {line})",
            "{file}: {count} rows repeat another one exactly (the first such row is line {line})",
            extra,
        ).format(file=raw.name, count=extra, line=first)
        findings.note(NoteKind.ODD, text)


def _note_lengths(raw: RawFile, role: Role, findings: Findings) -> None:
    """Lengths in GPU001 belong to the minute mode of Untis, in which a row is no single period."""
    count = sum(1 for row in raw.rows if role is Role.GPU001 and _at(row.fields, 7))
    if count:
        text = ngettext(
            "{file}: {count} row states a length (minute mode); it is taken as one period",
            "{file}: {count} rows state a length (minute mode); they are taken as one period each",
            count,
        ).format(file=raw.name, count=count)
        findings.note(NoteKind.ODD, text)
