"""Lines of a break table: which periods and breaks they state, and in which order of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from untisopt.domain.calendar import clock
from untisopt.errors import Defect
from untisopt.i18n import _
from untisopt.io.side_text import shown


@dataclass(frozen=True, slots=True)
class PeriodEntry:
    """A period as stated: its number and its times in minutes since midnight."""

    line: int
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BreakEntry:
    """A break as stated: its minutes, and its start in minutes since midnight where the table gives clock times."""

    line: int
    minutes: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class UnreadEntry:
    """Something that could not be read: what stands before it and after it are no neighbours."""

    line: int


Entry = PeriodEntry | BreakEntry | UnreadEntry

_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?::00)?|\d{3,4})"
# Every dash that a word processor makes of "-".
_TO = r"\s*(?:uhr\s*)?(?:[-~\u2010-\u2015\u2212]|bis|to|until)\s*"
_PERIOD_WORD = r"(?:(?:unterrichts)?stunde|u?std|block|period|lesson)\b[.:]?\s*"
_MINUTES = r"\d{1,3}\s*(?:min(?:uten?|utes?)?\b\.?|['\u2019\u2032])"
# All repetitions are bounded, so that no line, however long, takes quadratic time.
_BREAK = r"(?:[^\W\d_]{1,20}\.?[ ]){0,3}[^\W\d_]{0,20}(?:pause|break|recess)"
_BEFORE = rf"(?:\d{{1,2}}\.[ ]?)?{_BREAK}\W{{0,80}}"

_ENTRY = re.compile(
    rf"""(?<![\d:.])(?:
      (?P<number>\d{{1,2}})(?:\s*[.:),;]\s*|\s+)(?:{_PERIOD_WORD})?(?P<start>{_CLOCK}){_TO}(?P<end>{_CLOCK})
    | {_BEFORE}(?P<from>{_CLOCK}){_TO}(?P<until>{_CLOCK})(?:\s{{0,9}}(?:uhr)?\s{{0,9}}\(?(?P<length>{_MINUTES}))?
    | (?:{_BEFORE})?(?P<minutes>{_MINUTES})(?:[)]?[ ]{_BREAK})?
    | {_BEFORE}(?P<bare>\d{{1,3}})(?!\s{{0,80}}[.:)]?\s{{0,80}}{_CLOCK})
    )(?![\d:])""",
    re.IGNORECASE | re.VERBOSE,
)
_CSV_ROW = re.compile(rf"[\"']?\d+\.?[\"']?\s*(?P<by>[,;\t])[\s\"']*{_CLOCK}[\s\"']*(?P=by)[\s\"']*{_CLOCK}[\s\"',;]*")
_BREAK_CELL = re.compile(_BREAK, re.IGNORECASE)
_ONLY_TIMES = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}", re.IGNORECASE)
# A printed table separates its columns by at least two blanks, a TAB or a rule.
_COLUMN_GAP = re.compile(r"\s{2,}|[|\u2502]")
# A TAB jumps farther than any cell is wide, so that the same cell starts at the same place in every line.
_TAB_WIDTH = 60
# A whole day in one line has some 150 characters; a line of thousands is no break table, and slow to search.
_LONGEST_LINE = 2000


class _BadTimeError(ValueError):
    """Digits that are no time of day."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a line of the page: where it starts and what it states."""

    start: int
    entries: tuple[Entry, ...]


def parse_clock(text: str) -> int:
    """Read a time of day such as `08:00`, `8.00`, `0800` or `800`.

    Returns
    -------
    int
        Minutes since midnight, 0..1439.

    Raises
    ------
    ValueError
        If the text is no time of day.
    """
    if not re.fullmatch(_CLOCK, text, re.ASCII):
        raise _BadTimeError(text)
    digits = re.sub(r"[:.]", "", text.removesuffix(":00") if text.count(":") == 2 else text)
    hours, minutes = int(digits[:-2]), int(digits[-2:])
    if hours > 23 or minutes > 59:
        raise _BadTimeError(text)
    return hours * 60 + minutes


class BreakLines:
    """The lines of one break table; what cannot be read is collected in `defects`.

    Parameters
    ----------
    file : str
        Name of the file for messages.
    text : str
        Its text.
    """

    def __init__(self, file: str, text: str) -> None:
        self.defects: list[Defect] = []
        self._file = file
        lines = ((number, line.split("#", 1)[0].rstrip()) for number, line in enumerate(text.split("\n"), start=1))
        # A line without digits is a heading; it states nothing.
        self._lines = [(number, line) for number, line in lines if re.search(r"\d", line)]
        self._is_csv = any(_CSV_ROW.fullmatch(line) for _number, line in self._lines)

    def entries(self) -> list[Entry]:
        """Everything the table states, column by column, each from top to bottom."""
        rows = [(number, self._row(number, line)) for number, line in self._lines]
        widest = max((len(cells) for _number, cells in rows), default=0)
        anchors = [min(cells[k].start for _number, cells in rows if len(cells) == widest) for k in range(widest)]
        columns: list[list[Entry]] = [[] for _anchor in anchors]
        for number, cells in rows:
            for k, cell in enumerate(cells):
                columns[k if len(cells) == widest else _nearest(cell.start, anchors)].extend(cell.entries)
            if not cells:
                # Nobody knows in which column an unreadable line stands: it parts the neighbours in all of them.
                for column in columns:
                    column.append(UnreadEntry(number))
        if all(any(isinstance(entry, PeriodEntry) for entry in column) for column in columns):
            return [entry for column in columns for entry in column]
        # A column of breaks only stands beside the periods and says what follows each of them.
        return [entry for number, cells in rows for entry in _in_line(number, cells)]

    def _row(self, number: int, line: str) -> list[_Cell]:
        if self._is_csv and len(line) <= _LONGEST_LINE:
            fields = [field.strip(" \"'") for field in re.split(r"[,;\t]", line.rstrip(",; \t"))]
            if len(fields) == 3 and not _ENTRY.search(line):
                return [_Cell(0, (self._csv_entry(number, fields),))]
        return self._text_row(number, line)

    def _csv_entry(self, line: int, fields: list[str]) -> Entry:
        before = len(self.defects)
        label = fields[0].rstrip(".")
        is_break = _BREAK_CELL.fullmatch(fields[0]) is not None
        if not is_break and not re.fullmatch(r"\d{1,2}", label, re.ASCII):
            self._bad(line, _("the number of a period, 0 to 99"), shown(fields[0]), column=1)
        start, end = (self._time(line, field, column) for column, field in enumerate(fields[1:], start=2))
        if len(self.defects) > before:
            return UnreadEntry(line)
        return BreakEntry(line, end - start, start) if is_break else PeriodEntry(line, int(label), start, end)

    def _text_row(self, number: int, line: str) -> list[_Cell]:
        page = line.expandtabs(_TAB_WIDTH)
        matches = list(_ENTRY.finditer(page)) if len(line) <= _LONGEST_LINE else []
        if not matches or re.search(r"\d", "".join(_between(page, matches))):
            self._bad_line(number, line)
            return []
        cells: list[_Cell] = []
        end = 0
        for match, gap in zip(matches, _between(page, matches), strict=False):
            entry = self._entry(number, match)
            if cells and re.search(r"[,;]", gap):
                cells[-1] = _Cell(cells[-1].start, (*cells[-1].entries, entry))
            else:
                cells.append(_Cell(end + _cell_start(gap), (entry,)))
            end = match.end()
        return cells

    def _entry(self, line: int, match: re.Match[str]) -> Entry:
        if not match["number"] and not match["from"]:
            return BreakEntry(line, _leading_number(match["minutes"] or match["bare"]))
        before = len(self.defects)
        start = self._time(line, match["start"] or match["from"])
        end = self._time(line, match["end"] or match["until"])
        self._check_length(line, match["length"], start, end)
        if len(self.defects) > before:
            return UnreadEntry(line)
        return (
            PeriodEntry(line, int(match["number"]), start, end)
            if match["number"]
            else BreakEntry(line, end - start, start)
        )

    def _check_length(self, line: int, length: str | None, start: int, end: int) -> None:
        if length and _leading_number(length) != end - start:
            expected = _("{minutes} min, from {start} to {end}").format(
                minutes=end - start, start=clock(start), end=clock(end)
            )
            self._bad(line, expected, _("{minutes} min").format(minutes=_leading_number(length)))

    def _time(self, line: int, text: str, column: int | None = None) -> int:
        try:
            return parse_clock(text)
        except _BadTimeError:
            self._bad(line, _("a time of day such as 08:00"), shown(text), column=column)
            return 0

    def _bad_line(self, line: int, text: str) -> None:
        expected = _("a period such as '1 08:00-08:45' or a break such as '20 min'")
        advice = _("it is a heading: put # in front of it")
        if _ONLY_TIMES.search(text):
            advice = _("the number of the period is missing in front of the times")
        elif self._is_csv:
            expected, advice = _("the three columns period,start,end"), ""
        self._bad(line, expected, shown(text), advice=advice)

    def _bad(self, line: int, expected: str, found: str, *, column: int | None = None, advice: str = "") -> None:
        self.defects.append(
            Defect(file=self._file, line=line, column=column, expected=expected, found=found, advice=advice)
        )


def _in_line(number: int, cells: list[_Cell]) -> tuple[Entry, ...]:
    """What one line states, from left to right."""
    return tuple(entry for cell in cells for entry in cell.entries) or (UnreadEntry(number),)


def _between(page: str, matches: list[re.Match[str]]) -> Iterator[str]:
    """What stands before, between and after the matches."""
    end = 0
    for match in matches:
        yield page[end : match.start()]
        end = match.end()
    yield page[end:]


def _cell_start(gap: str) -> int:
    """Where in the text before an entry its cell begins: words such as "Big break (" belong to the cell."""
    gaps = list(_COLUMN_GAP.finditer(gap))
    return gaps[-1].end() if gaps else 0


def _nearest(start: int, anchors: list[int]) -> int:
    return min(range(len(anchors)), key=lambda k: abs(anchors[k] - start))


def _leading_number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0
