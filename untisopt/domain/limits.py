"""What the master data state beyond names: limits of people, traits of subjects and lessons, break supervisions.

All of it may be missing: None, an empty set or a default that asks for nothing says "not stated".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from untisopt.domain.calendar import Period, WeekSet
from untisopt.domain.resources import Kind

CORE_TIME = 3
"""The time request of a person by which a period shall be occupied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLimits:
    """Limits of a teacher (GPU004), in periods; None: not stated.

    Parameters
    ----------
    least_per_day, most_per_day : int or None
        Lectures on a day on which the teacher has any (fields 8, 9).
    least_gaps, most_gaps : int or None
        Gaps in a week (fields 10, 11).
    least_lunch, most_lunch : int or None
        Length of the lunch break (fields 12, 13).
    most_in_a_row : int or None
        Lectures without a free period between them (field 14).
    """

    least_per_day: int | None = None
    most_per_day: int | None = None
    least_gaps: int | None = None
    most_gaps: int | None = None
    least_lunch: int | None = None
    most_lunch: int | None = None
    most_in_a_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLimits:
    """Limits of a grade (GPU003), in periods; None: not stated.

    Parameters
    ----------
    least_per_day, most_per_day : int or None
        Lectures on a day on which the grade has any (fields 7, 8).
    least_lunch, most_lunch : int or None
        Length of the lunch break (fields 9, 10).
    most_main_in_a_row : int or None
        Lectures of main subjects in a row (field 11).
    gaps_allowed, apart, one_half_day : bool
        Flags P, F, H: gaps are allowed; afternoons not on consecutive days; at most one half-day per day.
    """

    least_per_day: int | None = None
    most_per_day: int | None = None
    least_lunch: int | None = None
    most_lunch: int | None = None
    most_main_in_a_row: int | None = None
    gaps_allowed: bool = False
    apart: bool = False
    one_half_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectTraits:
    """Traits of a subject (GPU006).

    Parameters
    ----------
    is_main, is_fringe, not_fringe, is_optional, several_a_day, doubles, across_breaks : bool
        Flags H, R, G, F, 2, D, E.
    least_afternoon, most_afternoon : int or None
        Lectures of a grade in the afternoons of a week (fields 9, 10).
    grade_sequence, teacher_sequence : str
        Sequence codes (fields 11, 12), as those of a lesson, which go before them; empty: none.
    """

    is_main: bool = False
    is_fringe: bool = False
    not_fringe: bool = False
    is_optional: bool = False
    several_a_day: bool = False
    doubles: bool = False
    across_breaks: bool = False
    least_afternoon: int | None = None
    most_afternoon: int | None = None
    grade_sequence: str = ""
    teacher_sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonTraits:
    """What GPU002 states about a lesson.

    Parameters
    ----------
    least_doubles, most_doubles : int or None
        Double periods in a week (fields 28, 29).
    block_sizes : tuple of int
        Lengths of the blocks wanted (fields 30, 37, 38).
    doubles_binding, several_a_day, is_fringe, across_breaks, same_time : bool
        Flags D, 2, R, E, s.
    grade_sequence, teacher_sequence : str
        Sequence codes (fields 25, 26): 1 to 9 one directly after the other, A to F not so; empty: none.
    collision : str
        Letter of grades' collisions (field 27): lessons with the same letter may run in parallel.
    first_day, last_day : str
        Valid from and to, `YYYYMMDD` (fields 15, 16); empty: all year.
    students : int or None
        Number of students (field 10), the largest of its lines.
    """

    least_doubles: int | None = None
    most_doubles: int | None = None
    block_sizes: tuple[int, ...] = ()
    doubles_binding: bool = False
    several_a_day: bool = False
    is_fringe: bool = False
    across_breaks: bool = False
    same_time: bool = False
    grade_sequence: str = ""
    teacher_sequence: str = ""
    collision: str = ""
    first_day: str = ""
    last_day: str = ""
    students: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTraits:
    """What GPU005 states about a room.

    Parameters
    ----------
    alternative : str
        Room that stands in for it (field 3); empty: none.
    off_site : str
        Off-site code (field 6).
    weight : int or None
        0 may be left without a room ... 4 only this room or its alternative (field 7).
    """

    alternative: str = ""
    off_site: str = ""
    weight: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """A break supervision (GPU009): somebody must be at a place in the break before a period.

    Parameters
    ----------
    corridor : str
    teacher : str
    before : Period
        The period that the break lies before.
    minutes : int
    weeks : WeekSet
    site : str or None
        Where the corridor is; None where unknown.
    """

    corridor: str
    teacher: str
    before: Period
    minutes: int
    weeks: WeekSet
    site: str | None = None


class SequenceKind(StrEnum):
    """What a lesson sequence asks of its lessons."""

    FIXED = "fixed"
    SIMULTANEOUS = "simultaneous"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSequence:
    """A lesson sequence (GPU019): one lesson directly after the other, at the same time, or in an order in the week.

    Parameters
    ----------
    name : str
    kind : SequenceKind
    lessons : tuple of int
        Lesson numbers, each once, in the order of the sequence.
    """

    name: str
    kind: SequenceKind
    lessons: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All that is stated, by short name or lesson number; who is missing has nothing stated.

    Parameters
    ----------
    teachers, grades, subjects, rooms : mapping of str
    lessons : mapping of int to LessonTraits
    supervisions : tuple of Supervision
    sequences : tuple of LessonSequence
    wishes : mapping of (Kind, str) to mapping of Period to int
        Time requests from -2 to 3 except 0 (GPU016); -3 stands in :attr:`School.blocked`.
    subject_wishes : mapping of str to mapping of Period to int
        Time requests of subjects, from -3 to 3 except 0.
    """

    teachers: Mapping[str, TeacherLimits] = field(default_factory=dict)
    grades: Mapping[str, GradeLimits] = field(default_factory=dict)
    subjects: Mapping[str, SubjectTraits] = field(default_factory=dict)
    rooms: Mapping[str, RoomTraits] = field(default_factory=dict)
    lessons: Mapping[int, LessonTraits] = field(default_factory=dict)
    supervisions: tuple[Supervision, ...] = ()
    sequences: tuple[LessonSequence, ...] = ()
    wishes: Mapping[tuple[Kind, str], Mapping[Period, int]] = field(default_factory=dict)
    subject_wishes: Mapping[str, Mapping[Period, int]] = field(default_factory=dict)

    def teacher(self, name: str) -> TeacherLimits:
        """Limits of a teacher; nothing stated where unknown."""
        return self.teachers.get(name, _NO_TEACHER)

    def grade(self, name: str) -> GradeLimits:
        """Limits of a grade; nothing stated where unknown."""
        return self.grades.get(name, _NO_GRADE)

    def subject(self, name: str) -> SubjectTraits:
        """Traits of a subject; nothing stated where unknown."""
        return self.subjects.get(name, _NO_SUBJECT)

    def lesson(self, number: int) -> LessonTraits:
        """Traits of a lesson; nothing stated where unknown."""
        return self.lessons.get(number, _NO_LESSON)

    def coupled(self, one: int, other: int) -> Limits:
        """What is left if two lessons are held at the same time: no sequence that wants one of them after the other."""
        kept = (
            sequence
            for sequence in self.sequences
            if sequence.kind is SequenceKind.SIMULTANEOUS or not {one, other} <= set(sequence.lessons)
        )
        return replace(self, sequences=tuple(kept))


_NO_TEACHER = TeacherLimits()
_NO_GRADE = GradeLimits()
_NO_SUBJECT = SubjectTraits()
_NO_LESSON = LessonTraits()
