"""Who is where: the literals that put a teacher, grade or room into a period, at a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal as OneOf

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource
from untisopt.domain.score import Violation
from untisopt.model.decisions import Decisions
from untisopt.model.expressions import Expressions
from untisopt.model.literals import Literal, identity


@dataclass(frozen=True, slots=True)
class Cover:
    """A way in which somebody is occupied in a period: a literal (True where it is certain) and the lecture."""

    literal: Literal
    lecture: str


Aspect = OneOf["courses", "sites"]
"""What a rule reads of the lectures of somebody: everything about the courses held, or no more than their sites."""


@dataclass(frozen=True, slots=True)
class WeekGroup:
    """Week classes that are alike for a resource, so that one encoding serves them all.

    Parameters
    ----------
    week_class : int
        Index of the class that stands for the group.
    multiplicity : int
        How many classes the group has: the factor for its points.
    """

    week_class: int
    multiplicity: int


class Whereabouts(Expressions):
    """Expressions about who is where; the parameters are those of Expressions."""

    def __init__(self, decisions: Decisions, *, strict: bool, before: Mapping[str, Sequence[Violation]]) -> None:
        super().__init__(decisions, strict=strict, before=before)
        self._covers: dict[tuple[Resource, int], dict[Period, list[Cover]]] = {}
        self._groups: dict[tuple[Resource, Aspect], tuple[WeekGroup, ...]] = {}
        self._occupied: dict[tuple[Resource, int, Period], Literal] = {}
        self._known_sites: dict[tuple[Resource, str, int], frozenset[str]] = {}
        self._at_site: dict[tuple[Resource, int, Period], dict[str, list[Literal]]] = {}
        self._room_users: dict[str, list[tuple[Block, str]]] | None = None
        self._once_a_day: set[int] = set()
        self.passed_over: Collection[Resource] = ()
        """People and rooms of whom a rule is not to speak: what a planner would give up."""

    def resources(self, kind: Kind) -> list[Resource]:
        """All resources of a kind that any lecture can occupy, sorted; those that are passed over left out."""
        found: list[Resource]
        if kind is Kind.ROOM:
            found = [(kind, room) for room in sorted(self.school.rooms)]
        else:
            found = sorted(resource for resource in self.school.lectures_of if resource[0] is kind)
        return [resource for resource in found if resource not in self.passed_over]

    def week_groups(self, resource: Resource, by: Aspect = "courses") -> tuple[WeekGroup, ...]:
        """The week classes in which a resource has anything, those together that are alike in what a rule reads.

        The lectures of a group are the same in all its week classes: what :meth:`covering` and :meth:`occupied` say of
        the class that stands for it is true of the others. A rule that also reads the lectures of somebody else has to
        ask for the groups of both.

        Parameters
        ----------
        by : "courses" or "sites"
            courses: every lecture holds the same courses, hence the same rooms, teachers, grades and subjects: whatever
            a rule asks has one answer. sites: a teacher or grade is at the same sites during every lecture, while
            rooms and who else is there may differ from week to week: fewer groups, for rules that ask for no more than
            the lectures and :meth:`at_site`. Rooms have the groups of courses.
        """
        if (resource, by) not in self._groups:
            alike: dict[tuple[Hashable, ...], list[int]] = {}
            # Courses of a lecture may use a room in turn, each in its weeks, and change it independently.
            of_people = by == "sites" and resource[0] is not Kind.ROOM
            aspect = partial(self._sites, resource) if of_people else self._courses_held
            users = self._users(resource)
            for week_class in range(len(self.school.week_classes)):
                found = tuple((id_, aspect(id_, week_class)) for id_, mask in users if mask >> week_class & 1)
                if found:
                    alike.setdefault(found, []).append(week_class)
            self._groups[resource, by] = tuple(WeekGroup(classes[0], len(classes)) for classes in alike.values())
        return self._groups[resource, by]

    def _courses_held(self, lecture: str, week_class: int) -> tuple[int, ...]:
        """Indices of the courses of a lecture that are held in a week class."""
        courses = self.school.lectures[lecture].courses
        return tuple(i for i, course in enumerate(courses) if self.school.class_mask(course.weeks) >> week_class & 1)

    def _sites(self, resource: Resource, lecture: str, week_class: int) -> frozenset[str]:
        """Sites of a teacher or grade during a lecture: rooms change within a site only."""
        key = (resource, lecture, week_class)
        if key not in self._known_sites:
            self._known_sites[key] = self.school.sites_of(resource, lecture, self.school.as_is[lecture], week_class)
        return self._known_sites[key]

    def _users(self, resource: Resource) -> list[tuple[str, int]]:
        """Lectures that can occupy a resource, with their masks of week classes."""
        kind, name = resource
        if kind is not Kind.ROOM:
            return [(id_, self.school.people[id_][resource]) for id_ in self.school.lectures_of.get(resource, ())]
        return [(cover, mask) for block, room in self._users_of_room(name) for cover, mask in self._slot(block, room)]

    def _users_of_room(self, name: str) -> list[tuple[Block, str]]:
        if self._room_users is None:
            self._room_users = {}
            for block in self.school.blocks:
                for slot in self.school.room_slots[block.id]:
                    for choice in self.decisions.room_choices(block, slot.room):
                        self._room_users.setdefault(choice, []).append((block, slot.room))
        return self._room_users.get(name, [])

    def _slot(self, block: Block, room: str) -> list[tuple[str, int]]:
        slot = next(slot for slot in self.school.room_slots[block.id] if slot.room == room)
        masks: dict[str, int] = {}
        for lecture, course, _i in slot.positions:
            weeks = self.school.lectures[lecture].courses[course].weeks
            masks[lecture] = masks.get(lecture, 0) | self.school.class_mask(weeks)
        return list(masks.items())

    def covering(self, resource: Resource, week_class: int, period: Period) -> Sequence[Cover]:
        """All ways in which a resource can be occupied in a period of a week class."""
        key = (resource, week_class)
        if key not in self._covers:
            self._covers[key] = self._find_covers(resource, week_class)
        return self._covers[key].get(period, ())

    def _find_covers(self, resource: Resource, week_class: int) -> dict[Period, list[Cover]]:
        found: defaultdict[Period, list[Cover]] = defaultdict(list)
        kind, name = resource
        if kind is Kind.ROOM:
            for block, room in self._users_of_room(name):
                lectures = {lecture for lecture, mask in self._slot(block, room) if mask >> week_class & 1}
                self._cover(found, block, lectures, partial(self._in_room, block, room, name))
            return found
        by_block: defaultdict[str, set[str]] = defaultdict(set)
        for lecture, mask in self._users(resource):
            if mask >> week_class & 1:
                by_block[self.school.block_of[lecture].id].add(lecture)
        for lectures in by_block.values():
            block = self.school.block_of[next(iter(lectures))]
            self._cover(found, block, lectures, partial(self.decisions.literal, block))
        return found

    def _in_room(self, block: Block, room: str, chosen: str, start: Period) -> Literal:
        return self.decisions.room_literal(block, start, room, chosen)

    def _cover(
        self,
        found: dict[Period, list[Cover]],
        block: Block,
        lectures: Collection[str],
        literal: Callable[[Period], Literal],
    ) -> None:
        for start in self.decisions.starts(block):
            placed = literal(start)
            if placed is False:
                continue
            for lecture, period in zip(block.lectures, self.school.grid.run(start, block.length), strict=True):
                if lecture in lectures:
                    found[period].append(Cover(placed, lecture))

    def occupied(self, resource: Resource, week_class: int, period: Period) -> Literal:
        """The literal 'this resource has something in this period of this week class'."""
        key = (resource, week_class, period)
        if key not in self._occupied:
            name = f"{resource[1]} has {period.day}.{period.number} in {week_class}"
            self._occupied[key] = self.any_of((c.literal for c in self.covering(*key)), name)
        return self._occupied[key]

    def at_site(self, resource: Resource, week_class: int, period: Period) -> dict[str, list[Literal]]:
        """Per site: the literals that put a teacher or grade there in a period."""
        key = (resource, week_class, period)
        if key not in self._at_site:
            found: defaultdict[str, list[Literal]] = defaultdict(list)
            for cover in self.covering(resource, week_class, period):
                for site in self._sites(resource, cover.lecture, week_class):
                    found[site].append(cover.literal)
            self._at_site[key] = found
        return self._at_site[key]

    def once_a_day(self, lesson: int) -> None:
        """Take note that no day holds more than one block of a lesson in any plan the model allows."""
        self._once_a_day.add(lesson)

    def at_site_by_lesson(self, resource: Resource, week_class: int, day: int, site: str) -> list[list[Literal]]:
        """Groups of starts on a day that put a teacher or grade at a site; of each group at most one holds.

        A group is a block, or a whole lesson where no day holds more than one of its blocks.
        """
        found: defaultdict[str, dict[int, Literal]] = defaultdict(dict)
        for number in self.school.grid.numbers(day):
            for cover in self.covering(resource, week_class, Period(day, number)):
                if site in self._sites(resource, cover.lecture, week_class):
                    block = self.school.block_of[cover.lecture]
                    group = str(block.lesson) if block.lesson in self._once_a_day else block.id
                    found[group][identity(cover.literal)] = cover.literal
        return [list(literals.values()) for literals in found.values()]
