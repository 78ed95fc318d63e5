"""Schools by hand with sequence codes of lessons."""

from __future__ import annotations

from collections.abc import Mapping

from tests.builders import school
from tests.unit.rules.traits import stating
from untisopt.domain.limits import LessonSequence, LessonTraits, SequenceKind, SubjectTraits
from untisopt.domain.school import School


def coded(table: str, codes: Mapping[int, str], *, subjects: Mapping[str, str] | None = None) -> School:
    """Lessons, and subjects, with these codes for their grades and their teachers alike."""
    return stating(
        school(table),
        lessons={n: LessonTraits(grade_sequence=code, teacher_sequence=code) for n, code in codes.items()},
        subjects={
            name: SubjectTraits(grade_sequence=code, teacher_sequence=code) for name, code in (subjects or {}).items()
        },
    )


def in_sequence(table: str, kind: SequenceKind, *lessons: int) -> School:
    """Lessons that are the sequence `Q` of a kind."""
    return stating(school(table), sequences=(LessonSequence(name="Q", kind=kind, lessons=lessons),))
