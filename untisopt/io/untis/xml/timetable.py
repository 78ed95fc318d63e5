"""The XML as a file that holds a plan: positions and rooms are replaced in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from untisopt.domain.calendar import WeekSet
from untisopt.i18n import _
from untisopt.io.untis.files.dialect import PASS_THROUGH, UTF8, WINDOWS
from untisopt.io.untis.files.timetable_file import Change
from untisopt.io.untis.rows.typed import TimetableRow
from untisopt.io.untis.xml.document import Edit, Element, XmlDocument
from untisopt.io.untis.xml.grids import Grids
from untisopt.io.untis.xml.lessons import Lessons, XmlLesson, XmlTime
from untisopt.io.untis.xml.names import Ids

# What may differ between two plans of one school: where a lesson is, and dates that depend on the weekday.
_FREE = frozenset(("times", "occurence"))


@dataclass(frozen=True, eq=False)
class XmlTimetable:
    """An XML export with what was found in it.

    Parameters
    ----------
    document : XmlDocument
    lessons : Lessons
    grids : Grids
    rooms : Ids
    """

    document: XmlDocument
    lessons: Lessons
    grids: Grids
    rooms: Ids

    @property
    def name(self) -> str:
        """Name without folders."""
        return self.document.name

    @property
    def data(self) -> bytes:
        """The bytes that were read."""
        return self.document.data

    def encode(self, text: str) -> bytes:
        """Turn text into bytes for a text file beside: UTF-8 where the XML is, else the Windows code page."""
        return text.encode(UTF8 if self.document.encoding == UTF8 else WINDOWS, PASS_THROUGH)

    def rewritten(self, rows: Sequence[TimetableRow], changes: Mapping[int, Change]) -> bytes:
        """The file with some rows elsewhere; elements stay in their order, and all other bytes as they are."""
        moved = {id(self.lessons.times[row.index]): changes[row.index] for row in rows if row.index in changes}
        edits: list[Edit] = []
        for lesson in self.lessons.lessons:
            own = {time: moved[id(time)] for time in lesson.times if id(time) in moved}
            for time, change in own.items():
                edits += self._edits(time, change)
            edits += self._marks(lesson, own)
        return self.document.edited(edits)

    def fixed_fields(self) -> Counter[tuple[str, ...]]:
        """What the lessons say beside times and dates, once per time; and whether a time has a room."""
        found: Counter[tuple[str, ...]] = Counter()
        for lesson in self.document.root.below("lessons/lesson"):
            fields = (lesson.attributes.get("id", ""), *_fields(lesson))
            times = lesson.below("times/time")
            for time in times:
                room = any(room.attributes.get("id", "").strip() for room in time.all("assigned_room"))
                found[(*fields, "" if room else _("(no room)"))] += 1
            if not times:
                found[fields] += 1
        return found

    def _edits(self, time: XmlTime, change: Change) -> list[Edit]:
        """The edits that put one time elsewhere; a missing element stays missing."""
        element, before, after = time.element, time.period, change.period
        texts: dict[str, str] = {}
        if after.day != before.day:
            texts["assigned_day"] = str(after.day)
        if after.number != before.number:
            texts["assigned_period"] = str(after.number - self.grids.shift)
        if after != before:
            start, end = self.grids.times_of(time.lesson.grid, after)
            texts |= {tag: text for tag, text in (("assigned_starttime", start), ("assigned_endtime", end)) if text}
        edits = [self.document.with_text(child, text) for tag, text in texts.items() for child in element.all(tag)]
        edits += [self._room(room, change.rooms) for room in element.all("assigned_room")] if change.rooms else []
        return [edit for edit in edits if edit is not None]

    def _room(self, element: Element, replaced: Mapping[str, str]) -> Edit | None:
        text = element.attributes.get("id", "")
        ids = [text.strip()] if text.strip() in self.rooms.names else self.rooms.split(text)
        new = [self._id(replaced.get(self.rooms.names[id_], self.rooms.names[id_])) for id_ in ids]
        return None if new == ids else self.document.with_attribute(element, "id", " ".join(new))

    def _id(self, room: str) -> str:
        """The id of a room; of one that only a file beside knows, the usual one."""
        return self.rooms.ids.get(room, self.rooms.prefix.value + room)

    def _marks(self, lesson: XmlLesson, moved: Mapping[XmlTime, Change]) -> list[Edit]:
        """The marks of a lesson that moves to other weekdays, if they depend on the weekday."""
        element = lesson.element.child("occurence")
        if element is None or not element.text or lesson.occurrence is None or not moved:
            return []
        before = [time.period.day for time in lesson.times]
        after = [moved[time].period.day if time in moved else time.period.day for time in lesson.times]
        weeks = WeekSet(0)
        for change in moved.values():
            weeks |= change.weeks
        marks = lesson.occurrence.moved(before, after, weeks)[: len(element.text)]
        edit = self.document.with_text(element, marks) if marks != element.text.upper() else None
        return [] if edit is None else [edit]


def _fields(lesson: Element) -> list[str]:
    """Everything in a lesson but what may differ, as texts such as ``lesson_teacher TR_Arn``."""
    found = []
    for child in lesson.children:
        if child.tag not in _FREE:
            for element in child.walk():
                values = [*element.attributes.values(), element.text]
                found.append(" ".join([element.tag, *filter(None, values)]))
    return found
