"""Which marks apply to a lesson: its own, those of its date scheme, or those of its week letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from untisopt.domain.calendar import EVERY_WEEK, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, shown
from untisopt.io.untis.rows.typed import whole
from untisopt.io.untis.xml.calendar import (
    MARKS,
    NO_SCHOOL,
    Occurrence,
    SchoolYear,
    school_year_is_possible,
    to_date,
)
from untisopt.io.untis.xml.document import Element, XmlDocument

_MOST_WEEKS = 16
_LETTERS = "ABCDEFGHIJKLMNOP"


@dataclass(frozen=True)
class Scheme:
    """A date scheme (lesson group): its marks, empty if it has none, and the letters of its weeks from 0 on."""

    marks: str
    letters: frozenset[int]


@dataclass
class Dates:
    """Finds the dates of lessons.

    Parameters
    ----------
    document : XmlDocument
    year : SchoolYear or None
        None where the file states no school year: then only the letters of weeks are known.
    cycle : int
        How many weeks alternate.
    schemes : mapping of str to Scheme
        By id.
    findings : Findings
    """

    document: XmlDocument
    year: SchoolYear | None
    cycle: int
    schemes: Mapping[str, Scheme]
    findings: Findings
    _marks: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _occurrences: dict[tuple[str, str, str], Occurrence] = field(default_factory=dict)
    _guessed: set[int] = field(default_factory=set)
    _undated: int = 0

    def of(self, lesson: Element) -> Occurrence | None:
        """The marks of a lesson in the school year; None where nothing can be said or its marks are defective."""
        if self.year is None:
            self._undated += lesson.child("occurence") is not None
            return None
        marks = self._of(lesson, self.year)
        if marks is None:
            return None
        begin, end = lesson.text_of("effectivebegindate"), lesson.text_of("effectiveenddate")
        key = (marks, begin, end)
        if key not in self._occurrences:
            limits = [self._date(lesson, tag) for tag in ("effectivebegindate", "effectiveenddate")]
            self._occurrences[key] = Occurrence.of(self.year, marks, *limits)
        return self._occurrences[key]

    def pseudo_weeks(self, lesson: Element) -> WeekSet:
        """The weeks of the cycle in which a lesson is held, where no dates are known."""
        letters = self._letters(lesson)
        if not letters:
            return WeekSet.of(range(1, self.cycle + 1)) if self.cycle > 1 else EVERY_WEEK
        return WeekSet.of(letter + 1 for letter in letters)

    def tell(self) -> None:
        """Note what was guessed about all lessons together."""
        if self._guessed:
            names = ", ".join(_LETTERS[letter] for letter in sorted(self._guessed))
            text = _("the XML gives no dates of the weeks {names}; they are counted from the begin of the school year")
            self.findings.note(NoteKind.GUESSED, text.format(names=names))
        if self._undated:
            text = ngettext(
                "the XML states no school year, so the dates of {count} lesson are not used",
                "the XML states no school year, so the dates of {count} lessons are not used",
                self._undated,
            )
            self.findings.note(NoteKind.GUESSED, text.format(count=self._undated))

    def _of(self, lesson: Element, year: SchoolYear) -> str | None:
        own = lesson.child("occurence")
        if own is not None and own.text:
            return self._checked(own, year)
        reference = lesson.child("lesson_date_scheme")
        scheme = self.schemes.get(reference.attributes.get("id", "").strip()) if reference is not None else None
        if scheme is not None and scheme.marks:
            return scheme.marks
        letters = self._letters(lesson)
        if not letters:
            return year.every_day
        for other in self.schemes.values():
            if other.marks and other.letters == letters:
                return other.marks
        self._guessed |= letters
        return year.in_turn(letters, self.cycle)

    def _checked(self, element: Element, year: SchoolYear) -> str | None:
        key = ("", element.text)
        if key not in self._marks:
            self._marks[key] = checked_marks(self.document.name, element, year, self.findings)
        return self._marks[key]

    def _letters(self, lesson: Element) -> frozenset[int]:
        """The letters of the weeks of a lesson, from 0 on; none for a lesson that is held in all of them."""
        stated = [char for char in lesson.text_of("week").upper() if char in _LETTERS]
        letters = frozenset(_LETTERS.index(char) for char in stated)
        if not letters:
            reference = lesson.child("lesson_date_scheme")
            scheme = self.schemes.get(reference.attributes.get("id", "").strip()) if reference is not None else None
            letters = scheme.letters if scheme is not None else frozenset()
        return frozenset() if len(letters) >= self.cycle else letters

    def _date(self, lesson: Element, tag: str) -> date | None:
        element = lesson.child(tag)
        if element is None or not element.text:
            return None
        found = to_date(element.text)
        if found is None:
            self.findings.defect(
                self.document.name, element.line, None, _("a date as YYYYMMDD"), f"{tag} {shown(element.text)}"
            )
        return found


def read_dates(document: XmlDocument, school_days: frozenset[int], findings: Findings) -> Dates:
    """Read the school year, the holidays and the date schemes."""
    year = _school_year(document, school_days, findings)
    general = document.root.child("general")
    cycle = whole(general.text_of("week_periodicity")) if general is not None else None
    schemes = {
        element.attributes.get("id", "").strip(): _scheme(document.name, element, year, findings)
        for element in document.root.below("lesson_date_schemes/lesson_date_scheme")
    }
    letters = [letter for scheme in schemes.values() for letter in scheme.letters]
    letters += [
        _LETTERS.index(char)
        for lesson in document.root.below("lessons/lesson")
        for char in lesson.text_of("week").upper()
        if char in _LETTERS
    ]
    # A periodicity that is missing, or too small for the letters in use, has at least the last of these letters.
    cycle = min(max(cycle or 1, max(letters, default=0) + 1), _MOST_WEEKS)
    return Dates(document, year, cycle, schemes, findings)


def checked_marks(file: str, element: Element, year: SchoolYear, findings: Findings) -> str | None:
    """The marks in the text of an element, one per day of the school year; None if they are defective.

    Fewer marks than days say nothing about the rest of the year.
    """
    marks = element.text.upper()
    foreign = [char for char in element.text if char.upper() not in MARKS]
    if foreign:
        expected = _("the characters 0, 1 and F, one per day of the school year")
        findings.defect(file, element.line, None, expected, shown(foreign[0]))
        return None
    if len(marks) > len(year):
        expected = ngettext(
            "at most {count} character, one per day of the school year",
            "at most {count} characters, one per day of the school year",
            len(year),
        ).format(count=len(year))
        advice = _("the dates of the school year in the element general are those of another year")
        findings.defect(file, element.line, None, expected, str(len(marks)), advice)
        return None
    if len(marks) < len(year):
        text = _("{file}, line {line}: {found} characters for {count} days; the days behind them count as holidays")
        findings.note(NoteKind.ODD, text.format(file=file, line=element.line, found=len(marks), count=len(year)))
    return marks.ljust(len(year), NO_SCHOOL)


def _scheme(file: str, element: Element, year: SchoolYear | None, findings: Findings) -> Scheme:
    stated = element.child("date_scheme")
    marks = None
    if stated is not None and stated.text and year is not None:
        marks = checked_marks(file, stated, year, findings)
    weeks = [child.tag for child in element.below("periodic_weeks") for child in child.children]
    letters = frozenset(_LETTERS.index(tag[-1]) for tag in weeks if tag[-1:] in _LETTERS)
    return Scheme(marks or "", letters)


def _school_year(document: XmlDocument, school_days: frozenset[int], findings: Findings) -> SchoolYear | None:
    general = document.root.child("general")
    begin = _stated(document.name, general, "schoolyearbegindate", findings)
    end = _stated(document.name, general, "schoolyearenddate", findings)
    if general is None or begin is None or end is None:
        return None
    if not school_year_is_possible(begin, end):
        expected = _("a school year of at least a week and at most 400 days")
        findings.defect(document.name, general.line, None, expected, f"{begin:%Y%m%d} - {end:%Y%m%d}")
        return None
    first = max(begin, _stated(document.name, general, "termbegindate", findings) or begin)
    last = min(end, _stated(document.name, general, "termenddate", findings) or end)
    if first > last:
        text = _("the dates of the term {name} lie outside the school year and are not used")
        findings.note(NoteKind.ODD, text.format(name=general.text_of("termname")))
        first, last = begin, end
    if (first, last) != (begin, end):
        text = _("only the weeks of the term {name} count, {first} to {last}")
        findings.note(
            NoteKind.WEEKS,
            text.format(name=general.text_of("termname"), first=first.isoformat(), last=last.isoformat()),
        )
    return SchoolYear(begin, end, first, last, tuple(_holidays(document, findings)), school_days)


def _holidays(document: XmlDocument, findings: Findings) -> list[tuple[date, date]]:
    found = []
    for element in document.root.below("holidays/holiday"):
        start = _stated(document.name, element, "starttime", findings)
        end = _stated(document.name, element, "endtime", findings)
        if start is not None and end is not None:
            found.append((start, end))
    return found


def _stated(file: str, parent: Element | None, tag: str, findings: Findings) -> date | None:
    element = parent.child(tag) if parent is not None else None
    if element is None or not element.text:
        return None
    found = to_date(element.text)
    if found is None:
        findings.defect(file, element.line, None, _("a date as YYYYMMDD"), f"{tag} {shown(element.text)}")
    return found
