"""The common problem in the words of untisopt: what all solvers know of a school, and what stays for all of them.

The peers know no A and B weeks, blocks of three periods, doubles across the marks, blocks at two sites, or lessons that
stand twice on a day. One week class is kept, and whatever else they cannot express is pinned for every solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import untisopt
from untisopt.domain.calendar import Period, WeekClass
from untisopt.domain.lessons import Block, Lecture
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Placement, Timetable
from untisopt.engines.objective import Objective
from untisopt.policy import Policy
from untisopt.rules import ALL_RULES, Rule, judge
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.rules.clashes.clash import GradeClash, RoomClash, TeacherClash
from untisopt.rules.days.availability import Availability
from untisopt.rules.days.grade_day import GradeDay
from untisopt.rules.days.teacher_free_day import TeacherFreeDay
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.pinned import Pinned
from untisopt.rules.sites.site_changes import TeacherSiteChanges
from untisopt.rules.sites.travel import TeacherTravel

START_RULES = (Pinned.id, GradeDay.id, BlockKept.id, TeacherFreeDay.id, Availability.id)
"""Rules about single starts: the instance lists the starts that they leave."""
OTHER_RULES = (
    TeacherClash.id,
    GradeClash.id,
    RoomClash.id,
    LessonOnceADay.id,
    TeacherTravel.id,
    TeacherSiteChanges.id,
    MovedLectures.id,
)
COSTS = {TeacherTravel.id: 1000, TeacherSiteChanges.id: 100, MovedLectures.id: 1}


@dataclass(frozen=True)
class Problem:
    """What every solver has to solve.

    Parameters
    ----------
    school : School
        Of one week class, with more pinned lectures than the export says.
    policy : Policy
        The rules that all solvers know.
    before : Score
        Of the plan of today.
    objective : Objective
        1000 per site change of a teacher too short for the travel, 100 per site change of a teacher, 1 per moved
        lecture. The other rules cost nothing, but must not be broken more often than today.
    stays : mapping of str to str
        Blocks that stay for every solver: id to reason.
    scattered : frozenset of str
        Teachers with parallel lectures at several sites; all their blocks stay.
    rows : int
        Of the export.
    """

    school: School
    policy: Policy
    before: Score
    objective: Objective
    stays: dict[str, str]
    scattered: frozenset[str]
    rows: int

    @property
    def pinned(self) -> Counter[str]:
        """How many blocks stay, by reason."""
        return Counter(self.stays.values())


def read_problem(path: Path) -> Problem:
    """Read an export and narrow it to what all solvers know.

    Raises
    ------
    ValueError
        The peers cannot work on such a school; the text says why.
    """
    plan = untisopt.read(path)
    return problem_of(plan.school, plan.policy, plan.source.counts.rows)


def problem_of(school: School, policy: Policy, rows: int = 0) -> Problem:
    """Narrow a school and a policy to what all solvers know; the errors are those of :func:`read_problem`."""
    _refuse_what_is_unknown(school)
    one = of_one_week_class(school)
    scattered = frozenset(_scattered_teachers(one))
    stays = dict(_stays(one, scattered))
    pinned = {lecture: stays[b.id] for b in one.blocks if b.id in stays for lecture in b.lectures}
    one = replace(one, pinned={**pinned, **one.pinned})
    policy = replace(policy, rules=_common_rules(one, policy), max_changes=None)
    before = judge(one, one.as_is, policy.rules)
    objective = Objective({rule.id: COSTS.get(rule.id, 0) for rule in policy.rules if not rule.missing(one)})
    return Problem(one, policy, before, objective, stays, scattered, rows)


def of_one_week_class(school: School) -> School:
    """The commonest week class alone, the first of several: what is held in it, as if there were no other weeks."""
    if len(school.week_classes) == 1:
        return school
    commonest = max(school.week_classes, key=lambda found: len(found.weeks))
    held = {id_: _held(school, id_, commonest) for id_ in school.lectures}
    lectures = {id_: found[0] for id_, found in held.items() if found is not None}
    return replace(
        school,
        week_classes=(WeekClass("", commonest.weeks),),
        lectures=lectures,
        blocks=tuple(block for block in school.blocks if block.lectures[0] in lectures),
        as_is=Timetable({id_: found[1] for id_, found in held.items() if found is not None}),
        pinned={lecture: reason for lecture, reason in school.pinned.items() if lecture in lectures},
    )


def _held(school: School, id_: str, week_class: WeekClass) -> tuple[Lecture, Placement] | None:
    """A lecture and its placement with the coupling lines that are held in a week class; None if none is."""
    lecture, placement = school.lectures[id_], school.as_is[id_]
    lines = [i for i, course in enumerate(lecture.courses) if course.weeks.mask & week_class.weeks.mask]
    if not lines:
        return None
    courses = tuple(replace(lecture.courses[i], weeks=week_class.weeks) for i in lines)
    return replace(lecture, courses=courses), Placement(placement.period, tuple(placement.rooms[i] for i in lines))


def _refuse_what_is_unknown(school: School) -> None:
    grid = school.grid
    if len(school.sites) != 2:
        raise ValueError(f"the peers know two sites, not {len(school.sites)}")
    if not grid.has_times:
        raise ValueError("the peers need the times of the periods")
    if grid.unusable_breaks:
        raise ValueError("the peers know no break that is unusable for travel")
    if len(set(school.travel.minutes.values())) != 1:
        raise ValueError("the peers need one travel time for both directions")
    if len({tuple((n, str(grid.slots[Period(day, n)])) for n in grid.numbers(day)) for day in grid.days}) != 1:
        raise ValueError("the peers need the same periods and times on all days")


def _common_rules(school: School, policy: Policy) -> tuple[Rule, ...]:
    """The rules that all solvers know; those about single starts have the parameters of the policy."""
    given = {rule.id: rule for rule in policy.rules if rule.weight and rule.id in START_RULES}
    rules = [given.get(rule.id, rule) for rule in ALL_RULES if rule.id in (*START_RULES, *OTHER_RULES)]
    return tuple(_on_the_marks(school, rule) if isinstance(rule, BlockKept) else rule for rule in rules)


def _on_the_marks(school: School, rule: BlockKept) -> BlockKept:
    """Doubles stand in the first two periods of a day, the next two, and so on."""
    numbers = school.grid.numbers(school.grid.days[0])
    across = {f"{a}-{b}" for i, (a, b) in enumerate(pairwise(numbers)) if i % 2}
    return replace(rule, never_across=tuple(sorted({*rule.never_across, *across})))


def _scattered_teachers(school: School) -> Iterator[str]:
    """Teachers who are at two sites in one lecture, or have parallel lectures and teach at two sites."""
    for (kind, name), lectures in school.lectures_of.items():
        if kind is not Kind.TEACHER:
            continue
        sites = [school.sites_of((kind, name), id_, school.as_is[id_], 0) for id_ in lectures]
        in_parallel = bool(school.compatible.get((kind, name))) and len(frozenset().union(*sites)) > 1
        if in_parallel or any(len(found) > 1 for found in sites):
            yield name


def _stays(school: School, scattered: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Ids of the blocks that some solver could not move as the others do, each with the reason."""
    first = school.grid.numbers(school.grid.days[0])[0]
    repeated = {
        lesson
        for lesson, blocks in school.blocks_of_lesson.items()
        if len(blocks) > 1 and LessonOnceADay().allowed(school, blocks) > 1
    }
    for block in school.blocks:
        start = school.as_is[block.lectures[0]].period
        reasons = {
            "lesson number 0": not block.lesson,
            "pinned in the export": any(lecture in school.pinned for lecture in block.lectures),
            "longer than two periods": block.length > 2,
            "a double across the marks": block.length == 2 and (start.number - first) % 2 == 1,
            "at two sites": len(_sites(school, block)) > 1,
            "other rooms in its second period": len({school.as_is[id_].rooms for id_ in block.lectures}) > 1,
            "a teacher has parallel lectures at two sites": not scattered.isdisjoint(_teachers(school, block)),
            "the lesson stands twice on a day": block.lesson in repeated,
        }
        reason = next((reason for reason, holds in reasons.items() if holds), None)
        if reason is not None:
            yield block.id, reason


def _sites(school: School, block: Block) -> set[str | None]:
    rooms = {room for id_ in block.lectures for line in school.as_is[id_].rooms for room in line}
    return {school.rooms[room].site for room in rooms} - {None}


def _teachers(school: School, block: Block) -> set[str]:
    return {teacher for id_ in block.lectures for teacher in school.lectures[id_].teachers}
