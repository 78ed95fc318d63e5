"""The lessons of the XML become rows: one per time and class, as lesson.txt has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.rows.typed import NO_WEEKS, TimetableRow, whole
from untisopt.io.untis.xml.calendar import Held, Occurrence
from untisopt.io.untis.xml.dates import Dates
from untisopt.io.untis.xml.document import Element, XmlDocument
from untisopt.io.untis.xml.grids import Grids
from untisopt.io.untis.xml.names import Prefix, References


@dataclass(eq=False, slots=True)
class XmlLesson:
    """One ``lesson`` element: a coupling line.

    Parameters
    ----------
    element : Element
    grid : str
        Name of its time grid.
    occurrence : Occurrence or None
        Its marks; None where no dates are known.
    times : list of XmlTime
        Those of its times that have a place.
    """

    element: Element
    grid: str
    occurrence: Occurrence | None
    times: list[XmlTime] = field(default_factory=list)


@dataclass(frozen=True, eq=False, slots=True)
class XmlTime:
    """One ``time`` element: a period of a coupling line and its rooms."""

    lesson: XmlLesson
    element: Element
    period: Period


@dataclass(frozen=True)
class Lessons:
    """What the lessons hold.

    Parameters
    ----------
    lessons : tuple of XmlLesson
    rows : tuple of TimetableRow
    times : tuple of XmlTime
        That of every row.
    fixed : mapping of int to str
        Rows that cannot be written elsewhere, with the reason, by their index.
    """

    lessons: tuple[XmlLesson, ...]
    rows: tuple[TimetableRow, ...]
    times: tuple[XmlTime, ...]
    fixed: Mapping[int, str]


def read_lessons(
    document: XmlDocument,
    grids: Grids,
    table: TimeGrid | None,
    dates: Dates,
    references: References,
    findings: Findings,
) -> Lessons:
    """Read ``lessons/lesson``; `table` is the break table that takes the place of the grids, if there is one."""
    reader = _Reader(document, grids, table, dates, references, findings)
    elements = document.root.below("lessons/lesson")
    if not elements:
        advice = _("the export was broken off, or it was made without the lessons")
        findings.defect(document.name, None, None, _("lessons"), _("not a single one"), advice)
    for element in elements:
        reader.read(element)
    reader.tell()
    return Lessons(tuple(reader.lessons), tuple(reader.rows), tuple(reader.times), reader.fixed)


@dataclass
class _Reader:
    """Reads one lesson after the other and collects what has to be said about all of them."""

    document: XmlDocument
    grids: Grids
    table: TimeGrid | None
    dates: Dates
    references: References
    findings: Findings
    lessons: list[XmlLesson] = field(default_factory=list)
    rows: list[TimetableRow] = field(default_factory=list)
    times: list[XmlTime] = field(default_factory=list)
    fixed: dict[int, str] = field(default_factory=dict)
    _unplaced: dict[int, None] = field(default_factory=dict)
    _incomplete: dict[int, None] = field(default_factory=dict)
    _groups: set[str] = field(default_factory=set)

    def read(self, element: Element) -> None:
        number = self._number(element)
        teachers = self.references.of(element, "lesson_teacher", Prefix.TEACHER)
        subjects = self.references.of(element, "lesson_subject", Prefix.SUBJECT)
        grades = self.references.of(element, "lesson_classes", Prefix.GRADE)
        groups = self.references.of(element, "lesson_studentgroups", Prefix.GROUP)
        lesson = XmlLesson(element, element.text_of("timegrid"), self.dates.of(element))
        self.lessons.append(lesson)
        self._groups.update(groups)
        for time in element.below("times/time"):
            period = self._period(time)
            if period is not None:
                lesson.times.append(XmlTime(lesson, time, period))
        if number is None:
            return
        self._count(element, number, len(lesson.times))
        weeks = _WeeksOf(lesson, self.dates)
        for placed in lesson.times:
            rooms = self.references.of(placed.element, "assigned_room", Prefix.ROOM)
            held, unknown, exported, reason = weeks.of(placed.period.day)
            for grade in grades or (None,):
                for teacher in teachers or (None,):
                    if reason:
                        self.fixed[len(self.rows)] = reason
                    self.times.append(placed)
                    self.rows.append(
                        TimetableRow(
                            len(self.rows),
                            placed.element.line,
                            number,
                            teacher,
                            grade,
                            " ".join(subjects),
                            rooms,
                            placed.period,
                            held,
                            unknown,
                            exported,
                            groups,
                        )
                    )

    def tell(self) -> None:
        """Note what concerns all lessons together."""
        self.dates.tell()
        notes: list[tuple[NoteKind, str, int, list[str]]] = []
        if self._unplaced:
            text = ngettext(
                "lesson {numbers} has no place in the timetable yet and is not planned",
                "{count} lessons have no place in the timetable yet and are not planned: {numbers}",
                len(self._unplaced),
            )
            notes.append((NoteKind.LEFT_OUT, text, len(self._unplaced), list(map(str, self._unplaced))))
        if self._incomplete:
            text = ngettext(
                "lesson {numbers} has fewer places in the timetable than periods; only these places are planned",
                "{count} lessons have fewer places in the timetable than periods; only these places are planned: "
                "{numbers}",
                len(self._incomplete),
            )
            notes.append((NoteKind.LEFT_OUT, text, len(self._incomplete), list(map(str, self._incomplete))))
        if self._groups:
            text = ngettext(
                "student group {numbers} is read",
                "{count} student groups are read: {numbers}",
                len(self._groups),
            )
            notes.append((NoteKind.READ, text, len(self._groups), sorted(self._groups)))
        if self.fixed:
            numbers = sorted({self.rows[index].lesson for index in self.fixed})
            text = ngettext(
                "lesson {numbers} stays where it is, because its dates differ from weekday to weekday",
                "{count} lessons stay where they are, because their dates differ from weekday to weekday: {numbers}",
                len(numbers),
            )
            notes.append((NoteKind.READ, text, len(numbers), list(map(str, numbers))))
        for kind, text, count, names in notes:
            self.findings.note(kind, text.format(count=count, numbers=listed(names, most=12)))

    def _number(self, element: Element) -> int | None:
        """The lesson number in ``LS_`` + number + line of two digits."""
        id_ = element.attributes.get("id", "").strip()
        digits = whole(id_.removeprefix("LS_"))
        if digits is None or len(id_.removeprefix("LS_")) <= 2:
            expected = _("an id made of LS_, the lesson number and two digits for the line")
            self.findings.defect(self.document.name, element.line, None, expected, shown(id_))
            return None
        return digits // 100

    def _count(self, element: Element, number: int, placed: int) -> None:
        periods = whole(element.text_of("periods"))
        if not placed and periods != 0:
            self._unplaced[number] = None
        elif periods is not None and placed < periods:
            self._incomplete[number] = None

    def _period(self, time: Element) -> Period | None:
        """Where a time stands; None where it has no place or a defective one."""
        texts = [time.text_of("assigned_day"), time.text_of("assigned_period")]
        if texts[0] in ("", "0"):
            return None
        day, number = (whole(text) for text in texts)
        if day is None or number is None:
            found = " ".join(map(shown, texts))
            self._defect(time, _("a weekday and a period as numbers"), found)
            return None
        period = Period(day, number + self.grids.shift)
        # A lesson without a class, or one of classes with several grids, may stand in the periods of any grid.
        grid = self.grids.as_one
        if grid.slots and period not in grid:
            numbers = grid.numbers(day)
            if numbers:
                expected = _("a period of the time grid, {first} to {last} on weekday {day}")
                expected = expected.format(first=numbers[0], last=numbers[-1], day=day)
                self._defect(time, expected, shown(str(period.number)))
            else:
                expected = _("a weekday of the time grid ({days})").format(days=", ".join(map(str, grid.days)))
                self._defect(time, expected, shown(str(day)))
            return None
        if self.table is not None and period not in self.table:
            expected = _("a period of the break table")
            advice = _("the break table belongs to another timetable")
            self._defect(time, expected, shown(str(period.number)), advice)
            return None
        return period

    def _defect(self, time: Element, expected: str, found: str, advice: str = "") -> None:
        self.findings.defect(self.document.name, time.line, None, expected, found, advice)


class _WeeksOf:
    """The weeks of the times of one lesson."""

    def __init__(self, lesson: XmlLesson, dates: Dates) -> None:
        self._lesson = lesson
        self._dates = dates
        self._days = {time.period.day for time in lesson.times}
        occurrence = lesson.occurrence
        self._held = occurrence.held(self._days) if occurrence is not None and self._days else None

    def of(self, day: int) -> tuple[WeekSet, WeekSet, WeekSet, str]:
        """Weeks held, unknown and exported of the times on a weekday, and why they cannot stand on another one."""
        occurrence, held = self._lesson.occurrence, self._held
        if occurrence is None or held is None:
            if self._dates.year is not None:
                # Its marks are defective, which is reported: nothing will be planned with this row.
                return EVERY_WEEK, NO_WEEKS, EVERY_WEEK, ""
            return self._dates.pseudo_weeks(self._lesson.element), NO_WEEKS, EVERY_WEEK, ""
        if held.split:
            held = occurrence.held({day})
        return held.weeks, held.unknown, occurrence.year.weeks, self._reason(held)

    def _reason(self, held: Held) -> str:
        """Marks that depend on the day can move if they are its own and say the same of all its days."""
        own = self._lesson.element.text_of("occurence")
        split = self._held is not None and self._held.split
        if not split and not (held.by_day and not own):
            return ""
        return _("the XML gives it other dates on other weekdays, which cannot be written for another day")


def is_pseudo(rows: tuple[TimetableRow, ...]) -> bool:
    """Whether the weeks of the rows are places in a cycle and no calendar weeks."""
    return all(row.exported == EVERY_WEEK for row in rows)
