"""A rule about rooms of grades, right, and wrong in the ways in which an encoding goes wrong most easily.

Rooms that a grade has on a day cost a point each. What no other rule reads: the rooms of the courses of a week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules import Rule

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel
    from untisopt.model.whereabouts import WeekGroup


def _has_room(school: School, grade: str, lecture: str, course: int, week_class: int) -> bool:
    """Whether a course of a lecture is held for a grade in a week class."""
    held = school.lectures[lecture].courses[course]
    return grade in held.grades and bool(school.class_mask(held.weeks) >> week_class & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRooms(Rule):
    """Every room that a grade has on a day costs a point."""

    id: ClassVar[str] = "grade-rooms"
    tier: ClassVar[Tier] = Tier.COMFORT
    called: ClassVar[str] = "rooms of a grade"
    kind: ClassVar[Kind] = Kind.GRADE
    weight: int = 1

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        rooms: defaultdict[tuple[str, int, int], set[str]] = defaultdict(set)
        for lecture, placement in timetable.items():
            for course, own in enumerate(placement.rooms):
                for grade in school.lectures[lecture].courses[course].grades:
                    for week_class in range(len(school.week_classes)):
                        if _has_room(school, grade, lecture, course, week_class):
                            rooms[grade, week_class, placement.period.day].update(own)
        for (grade, week_class, day), found in sorted(rooms.items()):
            if found:
                facts = Facts(kind=Kind.GRADE, name=grade, day=day, week_class=week_class)
                yield Violation(self.id, facts, len(found))

    def explain(self, violation: Violation, school: School) -> str:
        return f"{violation.facts.name} has {violation.amount} rooms"

    def encode(self, model: TimetableModel) -> None:
        for resource in model.resources(Kind.GRADE):
            for group in self.groups(model, resource):
                rooms: defaultdict[tuple[int, str], list[Literal]] = defaultdict(list)
                for block in dict.fromkeys(model.school.block_of[id_] for id_ in model.school.lectures_of[resource]):
                    for room in self.rooms_of(model, block, resource[1], group.week_class):
                        for start in model.decisions.starts(block):
                            for chosen in model.decisions.room_choices(block, room):
                                literal = model.decisions.room_literal(block, start, room, chosen)
                                rooms[start.day, chosen].append(literal)
                for (day, room), literals in rooms.items():
                    used = model.any_of(literals, f"{resource[1]} in {room} on {day} in {group.week_class}")
                    model.add_points(self.id, used, self.points(group))

    def groups(self, model: TimetableModel, resource: Resource) -> tuple[WeekGroup, ...]:
        return model.week_groups(resource)

    def points(self, group: WeekGroup) -> int:
        return group.multiplicity

    def rooms_of(self, model: TimetableModel, block: Block, grade: str, week_class: int) -> list[str]:
        """Today's rooms of a grade in a block, each once."""
        lectures = block.lectures[: self.periods(block)]
        return list(
            dict.fromkeys(
                slot.room
                for slot in model.school.room_slots[block.id]
                for lecture, course, _i in slot.positions
                if lecture in lectures and _has_room(model.school, grade, lecture, course, week_class)
            )
        )

    def periods(self, block: Block) -> int:
        return block.length


class FirstWeekOnly(GradeRooms):
    """Wrong: rooms of the first week class of weeks that are alike in their sites, not in their rooms."""

    def groups(self, model: TimetableModel, resource: Resource) -> tuple[WeekGroup, ...]:
        return model.week_groups(resource, by="sites")


class WithoutMultiplicity(GradeRooms):
    """Wrong: weeks that are alike count once."""

    def points(self, group: WeekGroup) -> int:
        return 1


class FirstPeriodOnly(GradeRooms):
    """Wrong: the rooms of the first period of a block, as if every block were a single period."""

    def periods(self, block: Block) -> int:
        return 1


class TodaysRooms(GradeRooms):
    """Wrong: the rooms of all courses of a lecture, whoever sits in them and in whatever weeks."""

    def rooms_of(self, model: TimetableModel, block: Block, grade: str, week_class: int) -> list[str]:
        return [slot.room for slot in model.school.room_slots[block.id]]


WRONG_RULES = (FirstWeekOnly(), WithoutMultiplicity(), FirstPeriodOnly(), TodaysRooms())
