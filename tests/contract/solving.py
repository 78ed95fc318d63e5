"""What the contract tests share: rules with all parameters, random cases, models with their decisions fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from random import Random
from typing import Any, cast

from hypothesis import Phase, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from tests.builders import chance, random_placements, random_timetable
from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation, total
from untisopt.domain.timetable import Placement, Timetable
from untisopt.model.literals import Literal
from untisopt.model.timetable_model import TimetableModel
from untisopt.rules import ALL_RULES, START_RULES, MeasuredRule, Rule, encode
from untisopt.rules.changes.fair_burden import FairBurden
from untisopt.rules.clashes.clash import GradeClash, RoomClash, TeacherClash
from untisopt.rules.days.edges import TeacherEdges, TeacherEdgesKept
from untisopt.rules.days.grade_afternoons_apart import GradeAfternoonsApart
from untisopt.rules.days.grade_day import GradeDay
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.days.grade_half_day import GradeHalfDay
from untisopt.rules.days.grade_last_period import GradeLastPeriod
from untisopt.rules.days.in_a_row import GradeMainInARow, TeacherInARow
from untisopt.rules.days.least_per_day import GradeLeastPerDay, TeacherLeastPerDay
from untisopt.rules.days.lunch import GradeLunch, TeacherLunch
from untisopt.rules.days.most_per_day import GradeMostPerDay
from untisopt.rules.days.school_days import TeacherDays, TeacherDaysKept, TeacherMostDays
from untisopt.rules.days.teacher_free_day import TeacherFreeDay
from untisopt.rules.days.teacher_gaps import TeacherGapsKept, TeacherMostGaps
from untisopt.rules.days.wishes import Wishes
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.rules.lessons.doubles import Doubles
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.lesson_spread import LessonSpread
from untisopt.rules.lessons.subject_afternoons import SubjectAfternoons
from untisopt.rules.lessons.subject_not_late import SubjectNotLate
from untisopt.rules.lessons.subject_once_a_day import SubjectOnceADay
from untisopt.rules.sites.half_day_site import GradeHalfDaySite, TeacherHalfDaySite
from untisopt.rules.sites.most_site_changes import GradeMostSiteChanges, TeacherMostSiteChanges
from untisopt.rules.sites.site_changes_kept import GradeSiteChangesKept, TeacherSiteChangesKept
from untisopt.rules.sites.supervision_travel import SupervisionTravel

VARIANTS: tuple[Rule, ...] = (
    TeacherClash(allow_existing=False),
    GradeClash(allow_existing=False),
    RoomClash(allow_existing=False),
    GradeDay(per_day=True),
    BlockKept(never_across=("1-2", "3-4")),
    SubjectNotLate(subjects={"S1": 2, "S2": 3}),
    SubjectOnceADay(weight=1),
    Doubles(binding_only=False),
    SupervisionTravel(before=False),
    TeacherHalfDaySite(weight=1, afternoon=3),
    GradeHalfDaySite(weight=1),
    LessonSpread(weight=1),
    TeacherLeastPerDay(least=2),
    GradeMostPerDay(most=2),
    GradeLeastPerDay(least=2),
    TeacherMostGaps(most={"T0": 0, "T1": 1}),
    TeacherInARow(most=2, long_break_minutes=10),
    TeacherLunch(least=1, window="2-4"),
    GradeLunch(least=1, window="2-3"),
    GradeLastPeriod(last={"G0": 3, "G*": 4}),
    GradeMainInARow(most=1, subjects=("S1", "S2")),
    GradeHalfDay(grades=("G0", "G1"), afternoon=3),
    GradeAfternoonsApart(grades=("G*",), afternoon=3),
    SubjectAfternoons(most={"S1": 0, "S2": 1}, afternoon=3),
    TeacherMostDays(most={"T0": 1, "T1": 2}),
    TeacherMostSiteChanges(per_day=1, per_week=2, persons={"T0": 0}),
    GradeMostSiteChanges(per_day=1, per_week=1),
    TeacherGapsKept(weight=1),
    TeacherDaysKept(weight=1),
    TeacherEdgesKept(weight=1, last=4),
    TeacherSiteChangesKept(weight=1),
    GradeSiteChangesKept(weight=1),
    TeacherDays(weight=2),
    TeacherEdges(weight=1, last=4),
    Wishes(weight=1),
    FairBurden(weight=1, most_moves=1),
)
"""Rules with parameters that are not the default; each in the place of the rule with the same id."""

EXEMPTING: tuple[Rule, ...] = (
    GradeDay(except_=("G0",)),
    TeacherFreeDay(except_=("T0", "T[12]")),
    LessonOnceADay(except_=("1", "2")),
    SubjectOnceADay(weight=1, except_=("S1",)),
    GradeGaps(except_=("G1",)),
)
"""Rules with exceptions, by the names that random schools have."""

STRICTER_RULES = tuple(next((v for v in VARIANTS if v.id == rule.id), rule) for rule in ALL_RULES)
EXEMPTING_RULES = tuple(next((v for v in EXEMPTING if v.id == rule.id), rule) for rule in ALL_RULES)


def at_tier(rule: Rule, tier: Tier) -> Rule:
    """A rule that is on and counts as something else, where a policy can say so; else the rule as it is."""
    settable = any(field.name == "tier" for field in fields(cast("Any", rule)))
    return cast("Rule", replace(cast("Any", rule), tier=tier, weight=1)) if settable else rule


SOFTENED_RULES = tuple(at_tier(rule, Tier.COMFORT) for rule in STRICTER_RULES)
HARDENED = tuple(
    at_tier(rule, Tier.RULES) for rule in STRICTER_RULES if rule.tier is not at_tier(rule, Tier.RULES).tier
)
"""Wishes that a policy can make rules."""
RULE_SETS = {
    "default": ALL_RULES,
    "stricter": STRICTER_RULES,
    "exempting": EXEMPTING_RULES,
    "softened": SOFTENED_RULES,
}

IN_CHAINS = {
    *START_RULES,
    *(f"{who}-clash" for who in ("teacher", "grade", "room")),
    *(f"{who}-{what}" for who in ("teacher", "grade") for what in ("travel", "site-changes")),
    "lesson-once-a-day",
    "grade-gaps",
    "moved-lectures",
    "changed-rooms",
    "teacher-site-changes-kept",
    "grade-site-changes-kept",
    "grade-sequence",
    "teacher-sequence",
    "grade-apart",
    "teacher-apart",
}
"""Ids of the rules that the chains respect, beside those that measure days."""

# Hypothesis draws the seeds only: schools that it draws number by number shrink better but break far fewer rules.
seeds = st.integers(0, 2**32 - 1)
randoms = seeds.map(Random)


def examples(count: int) -> settings:
    """So many random cases, ten times as many if explored; no search for smaller seeds, which are no simpler."""
    explored = settings.get_current_profile_name() == "explore"
    return settings(
        max_examples=count * 10 if explored else count, phases=[Phase.explicit, Phase.reuse, Phase.generate]
    )


def rule_name(rule: Rule) -> str:
    """`grade-day` or `grade-day, per_day=True`."""
    for variants, name in ((VARIANTS, "stricter"), (EXEMPTING, "exempting"), (HARDENED, "hardened")):
        if any(variant is rule for variant in variants):
            return f"{rule.id}, {name}"
    return rule.id


def judged(school: School, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that can be judged in this school."""
    return [rule for rule in rules if not rule.missing(school)]


def in_chains(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that are on and that the chains respect; the others are judged when a plan of theirs is taken over."""
    return tuple(rule for rule in rules if rule.weight and (rule.id in IN_CHAINS or isinstance(rule, MeasuredRule)))


def amounts(school: School, timetable: Timetable, rules: Iterable[Rule]) -> dict[str, int]:
    """What `check` finds, by rule; rules without a finding are left out."""
    found = {rule.id: total(rule.check(school, timetable)) for rule in rules}
    return {rule: amount for rule, amount in found.items() if amount}


def encoded(
    school: School,
    rules: Sequence[Rule],
    *,
    strict: bool,
    current: Timetable | None = None,
    free: Collection[str] | None = None,
    rooms_change: bool = False,
) -> TimetableModel:
    """The model of these rules."""
    before: Mapping[str, Sequence[Violation]] = {rule.id: tuple(rule.check(school, school.as_is)) for rule in rules}
    model = TimetableModel(school, current=current, free=free, strict=strict, before=before, rooms_change=rooms_change)
    for rule in rules:
        encode(rule, model)
    return model


def solved(model: TimetableModel, rules: Iterable[Rule], timetable: Timetable) -> dict[str, int] | None:
    """The least points per rule that CP-SAT finds when every decision is fixed to a timetable; None if infeasible."""
    points = {rule.id: model.points(rule.id) for rule in rules}
    fixed = list(_decisions(model, timetable))
    if any(literal is False for literal in fixed):
        return None
    cp = model.cp.clone()
    cp.add_bool_and(fixed)
    cp.minimize(cp_model.LinearExpr.sum(list(points.values())))
    solver = one_worker()
    status = solver.solve(cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    assert model.decisions.timetable(solver.boolean_value) == timetable, "the timetable read back is another one"
    found = {rule: solver.value(expression) for rule, expression in points.items()}
    return {rule: amount for rule, amount in found.items() if amount}


def _decisions(model: TimetableModel, timetable: Timetable) -> Iterable[Literal]:
    """The literals that hold in a timetable: the start of every block, and its rooms."""
    decisions = model.decisions
    for block in model.school.blocks:
        start = timetable[block.lectures[0]].period
        yield decisions.literal(block, start)
        for slot in model.school.room_slots[block.id]:
            lecture, course, i = slot.positions[0]
            yield decisions.room_literal(block, start, slot.room, timetable[lecture].rooms[course][i])


def one_worker() -> cp_model.CpSolver:
    """A solver that does the same every time."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = 20.0
    return solver


def is_a_solution(model: TimetableModel, values: Mapping[int, int]) -> bool:
    """Whether these values of all variables satisfy every constraint of the model."""
    open_ = {i for i, variable in enumerate(model.cp.proto.variables) if len(set(variable.domain)) > 1}
    assert values.keys() >= open_, "a value for every variable that is not a constant"
    cp = model.cp.clone()
    for index, value in values.items():
        cp.add(cp.get_int_var_from_proto_index(index) == value)
    return one_worker().solve(cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def evaluated(model: TimetableModel, timetable: Timetable) -> dict[str, int]:
    """What the model itself gives a timetable; rules without points are left out."""
    return {rule: amount for rule, amount in model.evaluate(timetable).items() if amount}


def new_breaches(school: School, timetable: Timetable, rules: Iterable[Rule]) -> list[str]:
    """What a timetable breaks of the rules beyond what the plan of today breaks: the yardstick for the strict model.

    Travel time may be too short no more often per person and day than today; two lessons may meet in no more periods
    than today; no more core periods of a day may be free than today; everything else may be broken only as it is today.
    """
    found = []
    for rule in rules:
        if rule.tier:
            continue
        today = _by_key(school, rule, school.as_is)
        surplus = _by_key(school, rule, timetable) - today
        found += [f"{rule.id} {key}: {amount} more than today" for key, amount in surplus.items()]
    return found


def _by_key(school: School, rule: Rule, timetable: Timetable) -> Counter[object]:
    found: Counter[object] = Counter()
    for violation in rule.check(school, timetable):
        facts = violation.facts
        key: object = facts
        if rule.id.endswith("-travel"):
            key = (facts.name, facts.day)
        elif rule.id.endswith("-core-time"):
            key = (facts.name, facts.day, facts.week_class)
        elif rule.id.endswith("-clash"):
            key = (facts.name, facts.week_class, frozenset(map(school.party, facts.lectures)))
        found[key] += violation.amount
    return found


def near_today(rng: Random, school: School, *, rooms_change: bool) -> Timetable:
    """A timetable with few changes most of the time, so that a good part breaks nothing: moves, or a swap."""
    free = [block for block in school.blocks if block.lesson]
    if len(free) < 2 or chance(rng, 60):
        most_moves = len(free) if chance(rng, 30) else rng.randrange(1, 3)
        return random_timetable(rng, school, rooms_change=rooms_change, most_moves=most_moves)
    one, other = rng.sample(free, 2)
    if one.length != other.length:
        return random_timetable(rng, school, rooms_change=rooms_change, most_moves=1)
    swapped = {}
    for a, b in zip(one.lectures, other.lectures, strict=True):
        swapped[a] = school.as_is[a].at(school.as_is[b].period)
        swapped[b] = school.as_is[b].at(school.as_is[a].period)
    return school.as_is.replace(swapped)


def neighbour(
    rng: Random, school: School, current: Timetable, free: Collection[str], *, rooms_change: bool, share: int = 50
) -> Timetable:
    """A timetable that differs from `current` in free blocks only."""
    placements: dict[str, Placement] = {}
    for block in school.blocks:
        if block.id in free and block.lesson and chance(rng, share):
            drawn = random_placements(rng, school, block, rooms_change=rooms_change)
            kept = drawn if rooms_change else {id_: current[id_].at(p.period) for id_, p in drawn.items()}
            placements |= kept
    return current.replace(placements)
