"""Rooms that are too small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, _
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.bases.stand_ins import StandIns
from untisopt.rules.protocol import Group
from untisopt.wording import lecture_names, place


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCapacity(StandIns):
    """Seats: no lesson gets a room that is too small for it and smaller than today's.

    What it checks
        Rooms that stand in for others, where the lesson states its students and the rooms state their seats: the new
        room lacks more seats than the one of today.
    Why it matters
        Thirty-one pupils do not fit into a room of twenty.
    How it is counted
        One per lecture and room. Where the number of students or of seats is unknown, nothing is counted.
    Example
        Lesson 12 has 28 students and a room with 30 seats; in a room with 24 seats it counts one. A lesson of 28 that
        has 24 seats today may get 26.
    Parameters
        ``weight`` (1): points per lecture and room. Rooms only change with ``room_changes = "same-kind"``.
    In Untis
        Schülerzahl of the lesson (GPU002, field 10) and Kapazität of the room (GPU005, field 8).
    Model
        The joint literals of start and stand-in room.
    """

    id: ClassVar[str] = "room-capacity"
    called = N_("rooms too small")
    promise = N_("No group gets a room with fewer seats than it has pupils.")
    group = Group.ROOMS
    source = "GPU002, GPU005"

    def missing(self, school: School) -> str:
        """Students and seats must be known."""
        if all(lesson.students is None for lesson in school.limits.lessons.values()):
            return NotStated(_("no number of students is stated (GPU002)"))
        if all(room.capacity is None for room in school.rooms.values()):
            return NotStated(_("no number of seats is stated (GPU005)"))
        return ""

    def refuses(self, school: School, lesson: int, before: str, after: str) -> bool:
        """Whether the new room lacks more seats than the old one."""
        students = school.limits.lesson(lesson).students
        seats, seats_today = school.rooms[after].capacity, school.rooms[before].capacity
        if students is None or seats is None:
            return False
        return students - seats > max(0, students - seats_today if seats_today is not None else 0)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson is too large for which room."""
        facts = violation.facts
        lesson = school.lectures[facts.lectures[0]].lesson
        return _("{lecture} at {place} has {students} students, but {room} has {seats} seats").format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            students=school.limits.lesson(lesson).students,
            room=facts.name,
            seats=school.rooms[facts.name].capacity,
        )
