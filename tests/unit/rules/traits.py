"""Schools by hand with what the master data state about lessons, subjects, rooms and supervisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.builders import school
from untisopt.domain.lessons import Lecture
from untisopt.domain.limits import LessonSequence, LessonTraits, Limits, RoomTraits, SubjectTraits, Supervision
from untisopt.domain.school import School


def stating(
    of: School,
    *,
    lessons: Mapping[int, LessonTraits] | None = None,
    subjects: Mapping[str, SubjectTraits] | None = None,
    rooms: Mapping[str, RoomTraits] | None = None,
    supervisions: tuple[Supervision, ...] = (),
    sequences: tuple[LessonSequence, ...] = (),
) -> School:
    """The school with these limits and no others."""
    limits = Limits(
        lessons=lessons or {},
        subjects=subjects or {},
        rooms=rooms or {},
        supervisions=supervisions,
        sequences=sequences,
    )
    return replace(of, limits=limits)


def school_of(table: str, subjects: Mapping[int, str]) -> School:
    """A school in which these lessons have other subjects than `S` and their number."""
    of = school(table)
    lectures = {
        id_: Lecture(
            id_,
            lecture.lesson,
            tuple(replace(c, subject=subjects.get(c.lesson, c.subject)) for c in lecture.courses),
        )
        for id_, lecture in of.lectures.items()
    }
    return replace(of, lectures=lectures)
