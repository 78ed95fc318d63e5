"""What the report on a repair after events is made of: both plans, what becomes of every lecture, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy
from untisopt.results.events import EventsDocument
from untisopt.results.source import Source


class Fate(StrEnum):
    """What becomes of a lecture that does not stay as it is."""

    MOVED = "moved"
    """It stands elsewhere."""
    ROOM = "room"
    """Only its rooms are others."""
    ADDED = "added"
    UNPLACED = "unplaced"
    """It should have a place and has none."""
    CUT = "cut"
    """It has no place, because an event wants fewer periods."""
    REMOVED = "removed"
    TAKEN = "taken"
    """Only its teacher is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReason:
    """Why a lecture leaves its place: what would be wrong if it alone stood there in the repaired plan.

    Parameters
    ----------
    stated : tuple of str
        What the events themselves say against it, in words.
    collides : tuple of str
        Who or what would be used twice at the same time, with lectures that stay where they were, in words.
    makes_room_for : tuple of str
        Lectures that come or were added, and then had the same teacher, grade or room at the same time.
    broken : tuple of str
        What other rules would find, in words.
    """

    stated: tuple[str, ...] = ()
    collides: tuple[str, ...] = ()
    makes_room_for: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairReport:
    """A repair after events with both of its plans.

    Parameters
    ----------
    document : EventsDocument
    school : School
        After the events, and with the lectures that are gone; its plan of today is the one that was read. Lectures
        that were added stand on weekdays below 1.
    planned : Timetable
        The repaired plan in the lectures of that school; those without a place stand on weekdays below 1.
    reasons : mapping of str to EventReason
        By lecture: one for each that moves, and for each that had a place and has none.
    not_judged : mapping of str to str
        Rule id to what is missing.
    """

    document: EventsDocument
    school: School = field(repr=False)
    planned: Timetable = field(repr=False)
    reasons: Mapping[str, EventReason] = field(repr=False)
    not_judged: Mapping[str, str]

    @property
    def source(self) -> Source:
        """What was read."""
        return self.document.source

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.document.policy

    @property
    def before(self) -> Score:
        """Of the plan that was read."""
        return self.document.before

    @property
    def after(self) -> Score:
        """Of the repaired plan, without the lectures that have no place."""
        return self.document.after

    @property
    def moves(self) -> tuple[Move, ...]:
        """Lectures of before and after that stand elsewhere, or in other rooms."""
        return self.document.moves

    @cached_property
    def plans(self) -> tuple[tuple[School, Timetable], tuple[School, Timetable]]:
        """The school before the events with its plan, and after them with the repaired one."""
        original, school = self.document.original, self.document.school
        return (original, original.as_is), (school, self.planned.only(school.lectures))

    @cached_property
    def names(self) -> frozenset[str]:
        """Short names of subjects, people and rooms, whose letters nothing may change."""
        school = self.school
        courses = (course for lecture in school.lectures.values() for course in lecture.courses)
        subjects = {course.subject for course in courses}
        return frozenset({*subjects, *school.teachers, *school.grades, *school.rooms})

    @cached_property
    def fates(self) -> Mapping[Fate, tuple[Move, ...]]:
        """The lectures that do not stay as they are; those of a kind in the order of their places before."""
        document = self.document
        found = {
            Fate.MOVED: [move.lecture for move in document.moves if move.changes_period],
            Fate.ROOM: [move.lecture for move in document.moves if not move.changes_period],
            Fate.ADDED: [move.lecture for move in document.placed],
            Fate.UNPLACED: [unplaced.lecture for unplaced in document.unplaced],
            Fate.CUT: list(document.cut),
            Fate.REMOVED: list(document.removed),
        }
        known = {id_ for several in found.values() for id_ in several}
        found[Fate.TAKEN] = [id_ for id_ in document.school.lectures if id_ not in known and self.former_teachers(id_)]
        return {
            fate: tuple(sorted(map(self._move, several), key=lambda move: (move.before.period, move.lecture)))
            for fate, several in found.items()
        }

    def _move(self, lecture: str) -> Move:
        return Move(lecture, self.school.as_is[lecture], self.planned[lecture])

    def former_teachers(self, lecture: str) -> tuple[str, ...]:
        """Who taught a lecture before, where it is somebody else now; else nobody."""
        before, after = self.document.original.lectures.get(lecture), self.document.school.lectures.get(lecture)
        if before is None or after is None or before.teachers == after.teachers:
            return ()
        return tuple(name for name in before.teachers if name not in after.teachers)
