"""The timetable file after events: rows of lectures without a place are gone, others are new, a teacher is replaced.

Rows that nothing has happened to stay byte for byte as they were.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from untisopt.domain.calendar import EVERY_WEEK, Period
from untisopt.domain.lessons import Course
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import InternalError
from untisopt.i18n import _
from untisopt.io.untis import Export, read_export
from untisopt.io.untis.files.dialect import BOM
from untisopt.io.untis.files.gpu001 import as_gpu001
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.typed import COLUMNS, Columns, TimetableRow
from untisopt.policy import Policy

GPU001_NAME = "GPU001.TXT"
_MASTERS = (Role.TEACHER, Role.GPU004)

Fields = tuple[object, ...]


@dataclass(frozen=True)
class EventRows:
    """Writes a text export as it is after events.

    Parameters
    ----------
    export : Export
        As it was read.
    policy : Policy
    school : School
        After the events.
    """

    export: Export
    policy: Policy
    school: School

    def written(self, timetable: Timetable) -> dict[str, bytes]:
        """The timetable file with a plan, and GPU001 where the input is something else.

        Parameters
        ----------
        timetable : Timetable
            Holds the lectures of the school; those on weekdays below 1 have no rows.

        Raises
        ------
        InternalError
            Reading it again gives other rows than were wanted.
        """
        name = self.export.timetable_file.name
        on_plan = {id_: place for id_, place in timetable.items() if place.period.day >= 1}
        kept = {id_: place for id_, place in on_plan.items() if id_ in self.export.school.lectures}
        middle = self.middle(kept)
        moved = revised(middle.export, self._moved(middle.export, kept))[name]
        new = [id_ for id_ in on_plan if id_ not in kept]
        data = _with_rows(self._raw(moved), self.export.timetable, self._new_rows(new, on_plan))
        again = self.read_again(data)
        self._verify(again, on_plan)
        if self.export.kind == "gpu":
            return {name: data}
        return {name: data, GPU001_NAME: as_gpu001(again, again.school.as_is)}

    def middle(self, kept: Collection[str]) -> Middle:
        """The export with what has happened to the rows of these lectures, and without those of all others."""
        export = self.read_again(self._happened(kept))
        lectures = {
            export.courses[new.index][0]: self.export.courses[old][0]
            for new, old in zip(export.rows, self._known(kept), strict=True)
            if new.index in export.courses
        }
        return Middle(export, lectures)

    # -- rows that stay ----------------------------------------------------------------------------------------------

    def _happened(self, kept: Collection[str]) -> bytes:
        """The file without the rows of what has no place, and with the new teachers, all at the old places."""
        raw = self._raw(self.export.timetable_file.data)
        column = COLUMNS[self.export.timetable].teacher
        contents: dict[int, bytes | None] = {}
        for row in self.export.rows:
            if row.index not in self.export.courses:
                continue
            lecture, course = self.export.courses[row.index]
            if lecture not in kept:
                contents[row.index] = None
                continue
            teacher = self.school.lectures[lecture].courses[course].teacher or ""
            if teacher != (row.teacher or ""):
                contents[row.index] = raw.rows[row.index].with_fields({column: teacher})
        return _with_contents(raw, contents)

    def _raw(self, data: bytes) -> RawFile:
        return RawFile.parse(self.export.timetable_file.name, data)

    def _known(self, kept: Collection[str]) -> list[int]:
        """The rows that the file in between still has."""
        return [row.index for row in self.export.rows if self._is_kept(row, kept)]

    def _moved(self, middle: Export, kept: Mapping[str, Placement]) -> Timetable:
        """The plan in the lectures of the file in between."""
        places: dict[str, Placement] = {}
        as_is = middle.school.as_is
        for new, old in zip(middle.rows, self._known(kept), strict=True):
            if new.index not in middle.courses:
                continue
            lecture, course = self.export.courses[old]
            id_, own = middle.courses[new.index]
            before, after = self.export.school.as_is[lecture].rooms[course], kept[lecture].rooms[course]
            other = dict(zip(before, after, strict=True))
            rooms = places.get(id_, as_is[id_]).rooms
            changed = tuple(
                tuple(other.get(room, room) for room in found) if i == own else found for i, found in enumerate(rooms)
            )
            places[id_] = Placement(kept[lecture].period, changed)
        return as_is.replace(places)

    def _is_kept(self, row: TimetableRow, kept: Collection[str]) -> bool:
        return row.index not in self.export.courses or self.export.courses[row.index][0] in kept

    def read_again(self, data: bytes) -> Export:
        """Read the export with another timetable file, as somebody else would read it from a folder."""
        known = self.export.school.teachers
        skipped = _MASTERS if any(name not in known for name in self.school.teachers) else ()
        names = {file.name for role, file in self.export.files.items() if role in skipped}
        name = self.export.timetable_file.name
        # Pins and blocked times name places and people of the plan before.
        policy = self.policy.for_another_plan()
        with tempfile.TemporaryDirectory(prefix="untisopt-") as folder:
            for file in self.export.all_files:
                if file.name not in names:
                    (Path(folder) / file.name).write_bytes(data if file.name == name else file.data)
            return read_export(Path(folder) / name, policy)

    # -- rows that are new -------------------------------------------------------------------------------------------

    def _new_rows(self, lectures: Iterable[str], places: Mapping[str, Placement]) -> Iterator[tuple[bytes, Fields]]:
        columns = COLUMNS[self.export.timetable]
        for id_ in lectures:
            lecture = self.school.lectures[id_]
            for course, rooms in zip(lecture.courses, places[id_].rooms, strict=True):
                pattern = self._pattern(course)
                for grade in course.grades or ("",):
                    texts = _texts(columns, course, grade, rooms, places[id_].period)
                    yield pattern.with_fields(texts), (course.teacher or "", course.lesson, places[id_].period)

    def _pattern(self, course: Course) -> Row:
        """The row whose other columns a new one takes: one of the same lesson or people, held in the same weeks."""
        raw = self._raw(self.export.timetable_file.data)
        rows = [row for row in self.export.rows if row.index in self.export.courses and row.lesson]
        wanted = course.weeks.mask

        def rank(row: TimetableRow) -> tuple[bool, int, bool, bool, bool, int]:
            weeks = 0 if row.weeks == EVERY_WEEK else (row.weeks.mask ^ wanted).bit_count()
            fields = raw.rows[row.index].fields
            columns = COLUMNS[self.export.timetable]
            whole = all(fields[c] for c in (columns.teacher, columns.grade, columns.subject, columns.room))
            return (
                row.lesson != course.lesson,
                weeks,
                not whole,
                row.grade not in course.grades,
                row.teacher != course.teacher,
                row.index,
            )

        return raw.rows[min(rows, key=rank).index]

    # -- afterwards --------------------------------------------------------------------------------------------------

    def _verify(self, again: Export, places: Mapping[str, Placement]) -> None:
        by_weeks = len(again.school.week_classes) == len(self.school.week_classes)
        wanted = {cell for id_, place in places.items() for cell in _cells(self.school, id_, place, by_weeks)}
        as_is = again.school.as_is
        found = {cell for id_, place in as_is.items() for cell in _cells(again.school, id_, place, by_weeks)}
        if found != wanted:
            differing = sorted(map(str, found ^ wanted))
            raise InternalError(_("reading the result gives another plan"), "\n".join(differing))


@dataclass(frozen=True)
class Middle:
    """An export that was read again after events, everything at its old place.

    Parameters
    ----------
    export : Export
    lectures : mapping of str to str
        Ids of its lectures to those of the school.
    """

    export: Export
    lectures: Mapping[str, str]


def _cells(school: School, lecture: str, place: Placement, by_weeks: bool) -> Iterator[Fields]:
    """Who has what when and where, however lines are taken together; without weeks where these do not compare."""
    found = school.lectures[lecture]
    for course, rooms in zip(found.courses, place.rooms, strict=True):
        for grade in course.grades or ("",):
            for room in rooms or ("",):
                for week_class in school.classes(course.weeks) if by_weeks else (0,):
                    yield found.lesson, course.teacher, course.subject, grade, room, place.period, week_class


def _texts(columns: Columns, course: Course, grade: str, rooms: tuple[str, ...], period: Period) -> dict[int, str]:
    return {
        columns.lesson: str(course.lesson),
        columns.grade: grade,
        columns.teacher: course.teacher or "",
        columns.subject: course.subject,
        columns.room: rooms[0] if len(rooms) == 1 else "".join(f"~{room}" for room in rooms),
        columns.day: str(period.day),
        columns.period: str(period.number),
    }


def _with_contents(raw: RawFile, contents: Mapping[int, bytes | None]) -> bytes:
    """The file with other contents of some rows; None takes a row away with its line end."""
    if not contents:
        return raw.data
    begin = len(BOM) if raw.dialect.bom else 0
    lines = raw.data[begin:].splitlines(keepends=True)
    for index, content in contents.items():
        row = raw.rows[index]
        old = lines[row.line - 1]
        lines[row.line - 1] = b"" if content is None else content + old[len(row.content) :]
    return raw.data[:begin] + b"".join(lines)


def _with_rows(raw: RawFile, role: Role, new: Iterable[tuple[bytes, Fields]]) -> bytes:
    """The file with more rows, each behind the last one that its order puts in front of it."""
    columns = COLUMNS[role]
    begin = len(BOM) if raw.dialect.bom else 0
    lines = raw.data[begin:].splitlines(keepends=True)
    end = raw.dialect.newline or b"\r\n"
    by_line: dict[int, list[tuple[Fields, bytes]]] = {}
    for content, fields in new:
        fits = _LESSON if role is Role.LESSON else _GPU001
        line = max((row.line for row in raw.rows if fits(row, columns, fields)), default=0)
        by_line.setdefault(line or len(lines), []).append((fields, content))
    for line in sorted(by_line, reverse=True):
        if line and lines[line - 1] == lines[line - 1].rstrip(b"\r\n"):
            lines[line - 1] += end
        rows = sorted(by_line[line], key=lambda item: (str(item[0][0]), item[0][1], item[0][2]))
        lines[line:line] = [content + end for _fields, content in rows]
    return raw.data[:begin] + b"".join(lines)


def _behind_in_lesson(row: Row, columns: Columns, fields: Fields) -> bool:
    """By teacher, day and period."""
    teacher, _lesson, period = fields
    place = Period(int(row.fields[columns.day]), int(row.fields[columns.period]))
    return row.fields[columns.teacher] == teacher and place <= period  # type: ignore[operator]


def _behind_in_gpu001(row: Row, columns: Columns, fields: Fields) -> bool:
    """By lesson number, day and period."""
    _teacher, lesson, period = fields
    number = int(row.fields[columns.lesson])
    place = Period(int(row.fields[columns.day]), int(row.fields[columns.period]))
    return number < lesson or (number == lesson and place <= period)  # type: ignore[operator]


_Behind = Callable[[Row, Columns, Fields], bool]
_LESSON: _Behind = _behind_in_lesson
_GPU001: _Behind = _behind_in_gpu001


def changes_rows(original: School, school: School, timetable: Timetable) -> bool:
    """Whether the file gets other rows than it has, or other teachers in them."""
    if original.lectures.keys() != school.lectures.keys():
        return True
    if any(place.period.day < 1 for place in timetable.values()):
        return True
    return any(
        school.lectures_of.get((Kind.TEACHER, name)) != original.lectures_of.get((Kind.TEACHER, name))
        for name in {*original.teachers, *school.teachers}
    )


def plain_gpu001(export: Export, school: School, timetable: Timetable) -> dict[str, bytes]:
    """GPU001 from the lectures alone, for exports whose own file cannot take new rows."""
    lines = {
        (lecture.lesson, grade, course.teacher or "", course.subject, room, *timetable[id_].period)
        for id_, lecture in school.lectures.items()
        if timetable[id_].period.day >= 1
        for course, rooms in zip(lecture.courses, timetable[id_].rooms, strict=True)
        for grade in course.grades or ("",)
        for room in rooms or ("",)
    }
    text = "".join(gpu001_line(line) for line in sorted(lines))
    return {GPU001_NAME: export.timetable_file.encode(text)}


def gpu001_line(line: tuple[int, str, str, str, str, int, int]) -> str:
    """One row in the classic layout: texts in quotes unless they are empty, two empty columns at the end."""
    lesson, *texts, day, number = line
    quoted = ",".join('"' + str(text).replace('"', '""') + '"' if text else "" for text in texts)
    return f"{lesson},{quoted},{day},{number},,\r\n"
