"""The rules, one module each; ALL_RULES lists them in the order in which they are judged and built.

Rules that leave out candidate starts come first, because the literals of a block are made when they are first used;
availability is the last of them, because it speaks of rooms at a start as well.
"""

from __future__ import annotations

from untisopt.rules._judge import judge
from untisopt.rules._measured import Measured
from untisopt.rules._rule import Rule
from untisopt.rules.availability import Availability
from untisopt.rules.block_kept import BlockKept
from untisopt.rules.changed_rooms import ChangedRooms
from untisopt.rules.grade_clash import GradeClash
from untisopt.rules.grade_day import GradeDay
from untisopt.rules.grade_gaps import GradeGaps
from untisopt.rules.grade_site_changes import GradeSiteChanges
from untisopt.rules.grade_travel import GradeTravel
from untisopt.rules.lesson_once_a_day import LessonOnceADay
from untisopt.rules.moved_lectures import MovedLectures
from untisopt.rules.pinned import Pinned
from untisopt.rules.room_clash import RoomClash
from untisopt.rules.teacher_clash import TeacherClash
from untisopt.rules.teacher_free_day import TeacherFreeDay
from untisopt.rules.teacher_gaps import TeacherGaps
from untisopt.rules.teacher_most_per_day import TeacherMostPerDay
from untisopt.rules.teacher_site_changes import TeacherSiteChanges
from untisopt.rules.teacher_travel import TeacherTravel

ALL_RULES: tuple[Rule, ...] = (
    Pinned(),
    GradeDay(),
    BlockKept(),
    TeacherFreeDay(),
    Availability(),
    TeacherClash(),
    GradeClash(),
    RoomClash(),
    LessonOnceADay(),
    GradeGaps(),
    TeacherTravel(),
    GradeTravel(),
    TeacherMostPerDay(),
    TeacherSiteChanges(),
    GradeSiteChanges(),
    MovedLectures(),
    ChangedRooms(),
    TeacherGaps(),
)

START_RULES = frozenset({Pinned.id, GradeDay.id, BlockKept.id, TeacherFreeDay.id, Availability.id})
"""Ids of the rules that leave out candidate starts; no other rule does."""

__all__ = ["ALL_RULES", "START_RULES", "Measured", "Rule", "judge"]
