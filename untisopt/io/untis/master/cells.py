"""The cells of master data: numbers, ranges, flags and dates, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.files.records import RawFile, Row

# Untis writes decimals with a point, versions in other languages with a comma.
_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0*)?")
_DATE = re.compile(r"[0-9]{8}")

SEQUENCE_CODES = "123456789ABCDEF"

T = TypeVar("T")


class Sheet:
    """A master file: gives its rows, and tells in the end what all of them have in common.

    Parameters
    ----------
    raw : RawFile
    findings : Findings
        Takes defects at once and notes when :meth:`tell` is called.
    """

    def __init__(self, raw: RawFile, findings: Findings) -> None:
        self.raw = raw
        self.findings = findings
        self._crossed: list[int] = []
        self._reversed: list[int] = []
        self._letters: set[str] = set()
        self._codes: set[str] = set()

    def cells(self) -> Iterator[Cells]:
        """The rows; none where empty columns would be invisible, because blanks separate them."""
        if self.raw.dialect.blanks and any(len(row.fields) > 1 for row in self.raw.rows):
            text = _("{name}: only the names are used, because blanks separate the columns and hide empty ones")
            self.note(NoteKind.LEFT_OUT, text.format(name=self.raw.name))
            return
        for row in self.raw.rows:
            yield Cells(self, row)

    def by_name(self, build: Callable[[Cells], T], nothing: T) -> dict[str, T]:
        """What `build` makes of the first row of every name, without those of which it makes `nothing`."""
        found: dict[str, T] = {}
        again: dict[str, None] = {}
        for cells in self.cells():
            name = cells.text(1)
            if name in found:
                again[name] = None
            elif name:
                found[name] = build(cells)
        if again:
            text = ngettext(
                "{name}: {names} stands there more than once; the first row counts",
                "{name}: {names} stand there more than once; the first row of each counts",
                len(again),
            )
            self.note(NoteKind.ODD, text.format(name=self.raw.name, names=listed(list(again))))
        return {name: made for name, made in found.items() if made != nothing}

    def note(self, kind: NoteKind, text: str) -> None:
        """Add a note."""
        self.findings.note(kind, text)

    def crossed(self, line: int) -> None:
        """Remember a row in which the least is more than the most."""
        if line not in self._crossed:
            self._crossed.append(line)

    def reversed(self, line: int) -> None:
        """Remember a row in which the first day is after the last one."""
        self._reversed.append(line)

    def unused(self, letters: set[str]) -> None:
        """Remember flags that nothing uses."""
        self._letters |= letters

    def unknown_code(self, code: str) -> None:
        """Remember a sequence code that means nothing."""
        self._codes.add(code)

    def tell(self) -> None:
        """Note what was contradictory, and flags and codes that are not used."""
        if self._crossed:
            text = ngettext(
                "{name}, line {lines}: the least is more than the most, so only the most is used",
                "{name}, lines {lines}: the least is more than the most, so only the most is used",
                len(self._crossed),
            )
            self.note(NoteKind.ODD, text.format(name=self.raw.name, lines=listed(list(map(str, self._crossed)))))
        if self._reversed:
            text = ngettext(
                "{name}, line {lines}: the first day is after the last day, so neither is used",
                "{name}, lines {lines}: the first day is after the last day, so neither is used",
                len(self._reversed),
            )
            self.note(NoteKind.ODD, text.format(name=self.raw.name, lines=listed(list(map(str, self._reversed)))))
        if self._letters:
            text = ngettext(
                "{name}: the flag {flags} is not used", "{name}: the flags {flags} are not used", len(self._letters)
            )
            flags = listed([shown(letter) for letter in sorted(self._letters)], most=20)
            self.note(NoteKind.LEFT_OUT, text.format(name=self.raw.name, flags=flags))
        if self._codes:
            text = ngettext(
                "{name}: the sequence code {codes} is not used, because codes are 1 to 9 or A to F",
                "{name}: the sequence codes {codes} are not used, because codes are 1 to 9 or A to F",
                len(self._codes),
            )
            codes = listed([shown(code) for code in sorted(self._codes)])
            self.note(NoteKind.LEFT_OUT, text.format(name=self.raw.name, codes=codes))


class Cells:
    """The cells of one row, by 1-based column; columns that an older Untis does not write are empty."""

    def __init__(self, sheet: Sheet, row: Row) -> None:
        self._sheet = sheet
        self._row = row

    def text(self, column: int) -> str:
        """What stands in a column."""
        return self._row.fields[column - 1] if column <= len(self._row.fields) else ""

    def defect(self, column: int, expected: str) -> None:
        """Report what stands in a column."""
        found, name = shown(self.text(column)), self._sheet.raw.name
        advice = _("{name} was edited by hand or has other columns: export it again").format(name=name)
        self._sheet.findings.defect(name, self._row.line, column, expected, found, advice)

    def whole(self, column: int, most: int | None = None) -> int | None:
        """A whole number, possibly written as a decimal; None where nothing stands, or what is reported."""
        text = self.text(column)
        if not text:
            return None
        number = written_number(text)
        if number is None or (most is not None and number > most):
            expected = _("a whole number or nothing")
            if most is not None:
                expected = _("a whole number from 0 to {most} or nothing").format(most=most)
            self.defect(column, expected)
            return None
        return number

    def positive(self, column: int) -> int | None:
        """A whole number; 0 says as little as nothing."""
        return self.whole(column) or None

    def span(self, least: int, most: int, *, none_at_all: bool = False) -> tuple[int | None, int | None]:
        """The least and the most of something; a least of 0 asks for nothing.

        `none_at_all` says whether a most of 0 means something; else it says as little as nothing.
        """
        low = self.positive(least)
        high = self.whole(most) if none_at_all else self.positive(most)
        if low is not None and high is not None and low > high:
            self._sheet.crossed(self._row.line)
            return None, high
        return low, high

    def flags(self, column: int, used: Mapping[str, str]) -> dict[str, bool]:
        """By the names of `used`, which are by letter, whether the letter stands there; others are remembered."""
        letters = {letter for letter in self.text(column) if letter not in " ,~"}
        self._sheet.unused(letters - used.keys())
        return {name: letter in letters for letter, name in used.items() if name}

    def days(self, first: int, last: int) -> tuple[str, str]:
        """The first and the last day, as `date` says; neither if they contradict each other, which is remembered."""
        begin, end = self.date(first), self.date(last)
        if begin and end and begin > end:
            self._sheet.reversed(self._row.line)
            return "", ""
        return begin, end

    def sequence_code(self, column: int) -> str:
        """A sequence code, 1 to 9 or A to F; empty where nothing stands, or something else, which is remembered."""
        code = self.text(column).upper()
        if not code.strip("0"):
            return ""
        if len(code) == 1 and code in SEQUENCE_CODES:
            return code
        self._sheet.unknown_code(self.text(column))
        return ""

    def date(self, column: int) -> str:
        """A date `YYYYMMDD`; empty where nothing stands, or what is reported."""
        text = self.text(column)
        if not text.strip("0"):
            return ""
        if _is_date(text):
            return text
        self.defect(column, _("a date as YYYYMMDD or nothing"))
        return ""


def written_number(text: str) -> int | None:
    """A whole number, possibly written as a decimal; None for anything else."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return False
    return True
