"""The rules, one module each; ALL_RULES lists them in the order in which they are judged and built.

Rules that leave out candidate starts come first, because the literals of a block are made when they are first used;
availability is the last of them, because it speaks of rooms at a start as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from untisopt.domain.resources import Kind
from untisopt.rules._judge import judge
from untisopt.rules._measured import Measured
from untisopt.rules._not_stated import NotStated
from untisopt.rules._rule import SETTABLE_TIERS, Rule, encode, tier_name
from untisopt.rules._sequence_codes import measured_parts
from untisopt.rules._site_change_caps import SiteChangeCap
from untisopt.rules._stand_ins import StandIns
from untisopt.rules.availability import Availability
from untisopt.rules.block_kept import BlockKept
from untisopt.rules.changed_rooms import ChangedRooms
from untisopt.rules.doubles import Doubles
from untisopt.rules.fair_burden import FairBurden
from untisopt.rules.fringe_lessons import FringeLessons
from untisopt.rules.grade_afternoons_apart import GradeAfternoonsApart
from untisopt.rules.grade_apart import GradeApart
from untisopt.rules.grade_clash import GradeClash
from untisopt.rules.grade_core_time import GradeCoreTime
from untisopt.rules.grade_day import GradeDay
from untisopt.rules.grade_gaps import GradeGaps
from untisopt.rules.grade_half_day import GradeHalfDay
from untisopt.rules.grade_half_day_site import GradeHalfDaySite
from untisopt.rules.grade_last_period import GradeLastPeriod
from untisopt.rules.grade_least_per_day import GradeLeastPerDay
from untisopt.rules.grade_lunch import GradeLunch
from untisopt.rules.grade_main_in_a_row import GradeMainInARow
from untisopt.rules.grade_most_per_day import GradeMostPerDay
from untisopt.rules.grade_most_site_changes import GradeMostSiteChanges
from untisopt.rules.grade_sequence import GradeSequence
from untisopt.rules.grade_site_changes import GradeSiteChanges
from untisopt.rules.grade_site_changes_kept import GradeSiteChangesKept
from untisopt.rules.grade_travel import GradeTravel
from untisopt.rules.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lesson_sequence import LessonSequences
from untisopt.rules.lesson_spread import LessonSpread
from untisopt.rules.moved_lectures import MovedLectures
from untisopt.rules.pinned import Pinned
from untisopt.rules.room_capacity import RoomCapacity
from untisopt.rules.room_clash import RoomClash
from untisopt.rules.room_weight import RoomWeight
from untisopt.rules.same_time import SameTime
from untisopt.rules.subject_afternoons import SubjectAfternoons
from untisopt.rules.subject_not_late import SubjectNotLate
from untisopt.rules.subject_once_a_day import SubjectOnceADay
from untisopt.rules.supervision_travel import SupervisionTravel
from untisopt.rules.teacher_apart import TeacherApart
from untisopt.rules.teacher_clash import TeacherClash
from untisopt.rules.teacher_core_time import TeacherCoreTime
from untisopt.rules.teacher_days import TeacherDays
from untisopt.rules.teacher_days_kept import TeacherDaysKept
from untisopt.rules.teacher_edges import TeacherEdges
from untisopt.rules.teacher_edges_kept import TeacherEdgesKept
from untisopt.rules.teacher_free_day import TeacherFreeDay
from untisopt.rules.teacher_gaps import TeacherGaps
from untisopt.rules.teacher_gaps_kept import TeacherGapsKept
from untisopt.rules.teacher_half_day_site import TeacherHalfDaySite
from untisopt.rules.teacher_in_a_row import TeacherInARow
from untisopt.rules.teacher_least_per_day import TeacherLeastPerDay
from untisopt.rules.teacher_lunch import TeacherLunch
from untisopt.rules.teacher_most_days import TeacherMostDays
from untisopt.rules.teacher_most_gaps import TeacherMostGaps
from untisopt.rules.teacher_most_per_day import TeacherMostPerDay
from untisopt.rules.teacher_most_site_changes import TeacherMostSiteChanges
from untisopt.rules.teacher_sequence import TeacherSequence
from untisopt.rules.teacher_site_changes import TeacherSiteChanges
from untisopt.rules.teacher_site_changes_kept import TeacherSiteChangesKept
from untisopt.rules.teacher_travel import TeacherTravel
from untisopt.rules.wishes import Wishes

ALL_RULES: tuple[Rule, ...] = (
    Pinned(),
    GradeDay(),
    BlockKept(),
    TeacherFreeDay(),
    SubjectNotLate(),
    Availability(),
    TeacherClash(),
    GradeClash(),
    RoomClash(),
    LessonOnceADay(),
    SubjectOnceADay(),
    Doubles(),
    SameTime(),
    FringeLessons(),
    GradeSequence(),
    TeacherSequence(),
    GradeApart(),
    TeacherApart(),
    LessonSequences(),
    RoomCapacity(),
    RoomWeight(),
    GradeGaps(),
    TeacherTravel(),
    GradeTravel(),
    SupervisionTravel(),
    TeacherHalfDaySite(),
    GradeHalfDaySite(),
    TeacherMostPerDay(),
    TeacherLeastPerDay(),
    GradeMostPerDay(),
    GradeLeastPerDay(),
    TeacherMostGaps(),
    TeacherInARow(),
    TeacherLunch(),
    GradeLunch(),
    GradeLastPeriod(),
    GradeMainInARow(),
    GradeHalfDay(),
    GradeAfternoonsApart(),
    SubjectAfternoons(),
    GradeCoreTime(),
    TeacherCoreTime(),
    TeacherMostDays(),
    TeacherMostSiteChanges(),
    GradeMostSiteChanges(),
    TeacherGapsKept(),
    TeacherDaysKept(),
    TeacherEdgesKept(),
    TeacherSiteChangesKept(),
    GradeSiteChangesKept(),
    TeacherSiteChanges(),
    GradeSiteChanges(),
    MovedLectures(),
    ChangedRooms(),
    TeacherGaps(),
    LessonSpread(),
    TeacherDays(),
    TeacherEdges(),
    Wishes(),
    FairBurden(),
)

START_RULES = frozenset({Pinned.id, GradeDay.id, BlockKept.id, TeacherFreeDay.id, SubjectNotLate.id, Availability.id})
"""Ids of the rules that leave out candidate starts; no other rule does."""

CLASH_RULES: Mapping[Kind, str] = {Kind.TEACHER: TeacherClash.id, Kind.GRADE: GradeClash.id, Kind.ROOM: RoomClash.id}
"""Ids of the rules by which nobody, and no room, is needed twice at a time."""

__all__ = [
    "ALL_RULES",
    "CLASH_RULES",
    "SETTABLE_TIERS",
    "START_RULES",
    "Measured",
    "NotStated",
    "Rule",
    "SiteChangeCap",
    "StandIns",
    "encode",
    "judge",
    "measured_parts",
    "tier_name",
]
