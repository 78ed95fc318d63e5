"""All rules, in the order in which they are judged and built, and what is looked up among them.

Rules that leave out candidate starts come first, because the literals of a block are made when they are first used;
availability is the last of them, because it speaks of rooms at a start as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from untisopt.domain.resources import Kind
from untisopt.rules.changes.changed_rooms import ChangedRooms
from untisopt.rules.changes.fair_burden import FairBurden
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.rules.clashes.clash import GradeClash, Overlaps, RoomClash, TeacherClash
from untisopt.rules.days.availability import Availability
from untisopt.rules.days.closed_times import ClosedTimes
from untisopt.rules.days.core_time import GradeCoreTime, TeacherCoreTime
from untisopt.rules.days.edges import TeacherEdges, TeacherEdgesKept
from untisopt.rules.days.grade_afternoons_apart import GradeAfternoonsApart
from untisopt.rules.days.grade_day import GradeDay
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.days.grade_half_day import GradeHalfDay
from untisopt.rules.days.grade_last_period import GradeLastPeriod
from untisopt.rules.days.in_a_row import GradeMainInARow, TeacherInARow
from untisopt.rules.days.least_per_day import GradeLeastPerDay, TeacherLeastPerDay
from untisopt.rules.days.lunch import GradeLunch, TeacherLunch
from untisopt.rules.days.most_per_day import GradeMostPerDay, TeacherMostPerDay
from untisopt.rules.days.school_days import TeacherDays, TeacherDaysKept, TeacherMostDays
from untisopt.rules.days.teacher_free_day import TeacherFreeDay
from untisopt.rules.days.teacher_gaps import TeacherGaps, TeacherGapsKept, TeacherMostGaps
from untisopt.rules.days.wishes import Wishes
from untisopt.rules.lessons.apart import GradeApart, TeacherApart
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.rules.lessons.doubles import Doubles
from untisopt.rules.lessons.follow import GradeSequence, TeacherSequence
from untisopt.rules.lessons.fringe_lessons import FringeLessons
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.lesson_sequence import LessonSequences
from untisopt.rules.lessons.lesson_spread import LessonSpread
from untisopt.rules.lessons.pinned import Pinned
from untisopt.rules.lessons.same_time import SameTime
from untisopt.rules.lessons.subject_afternoons import SubjectAfternoons
from untisopt.rules.lessons.subject_not_late import SubjectNotLate
from untisopt.rules.lessons.subject_once_a_day import SubjectOnceADay
from untisopt.rules.protocol import Group, Phase, Rule
from untisopt.rules.rooms.capacity import RoomCapacity
from untisopt.rules.rooms.weight import RoomWeight
from untisopt.rules.sites.half_day_site import GradeHalfDaySite, TeacherHalfDaySite
from untisopt.rules.sites.most_site_changes import GradeMostSiteChanges, TeacherMostSiteChanges
from untisopt.rules.sites.site_changes import GradeSiteChanges, SiteChanges, TeacherSiteChanges
from untisopt.rules.sites.site_changes_kept import GradeSiteChangesKept, TeacherSiteChangesKept
from untisopt.rules.sites.supervision_travel import SupervisionTravel
from untisopt.rules.sites.travel import GradeTravel, TeacherTravel, TooShortTravel

ALL_RULES: tuple[Rule, ...] = (
    Pinned(),
    GradeDay(),
    ClosedTimes(),
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

START_RULES = frozenset(rule.id for rule in ALL_RULES if rule.phase is Phase.STARTS)
"""Ids of the rules that leave out candidate starts; no other rule does."""

DAY_RULES = frozenset(rule.id for rule in ALL_RULES if rule.demands_days)
"""Ids of the rules from which somebody can be let off day by day."""

TIE_RULES = frozenset(rule.id for rule in ALL_RULES if rule.demands_ties)
"""Ids of the rules that speak of tied lessons together."""

CLASH_RULES: Mapping[Kind, str] = {rule.kind: rule.id for rule in ALL_RULES if isinstance(rule, Overlaps)}
"""Ids of the rules by which nobody, and no room, is needed twice at a time."""

TRAVEL_RULES: Mapping[Kind, str] = {rule.kind: rule.id for rule in ALL_RULES if isinstance(rule, TooShortTravel)}
"""Ids of the rules by which somebody has the time for every journey."""

SITE_CHANGE_RULES: Mapping[Kind, str] = {rule.kind: rule.id for rule in ALL_RULES if isinstance(rule, SiteChanges)}
"""Ids of the rules that count site changes."""

NOBODY_WORSE: tuple[str, ...] = tuple(rule.id for rule in ALL_RULES if rule.group is Group.NOBODY_WORSE)
"""Ids of the rules that one switch of the policy turns on together, in the order in which they are judged.

Each of them forbids that somebody's week gets worse in one respect than it is today.
"""
