"""A bound by parts: what every person who teaches or learns at several sites costs alone, with nobody else in the way.

Each part is a small model with the lectures of one person: their starts, clashes, travel, gaps and site changes, and a
share of the price of moving them. It is solved to the end. A plan for the school is a plan for every part, and the
shares of a lecture add up to its price, so the sum over the parts is a bound for the whole: a Lagrangian decomposition
by people. It takes seconds where the model of the whole school takes minutes to prove less, and it grows with the
number of people only.

References
----------
M. Guignard, S. Kim, Lagrangean decomposition, Mathematical Programming 39 (1987).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier
from untisopt.engines.cpsat import CpSat, Settings, Status
from untisopt.engines.objective import Objective
from untisopt.engines.session import ShouldStop
from untisopt.errors import InternalError
from untisopt.model.literals import Literal, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import SITE_CHANGE_RULES, Rule
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.rules.clashes.clash import GradeClash, TeacherClash
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.sites.site_changes import GradeSiteChanges, TeacherSiteChanges
from untisopt.rules.sites.travel import GradeTravel, TeacherTravel

RULES = {
    Kind.TEACHER: (TeacherClash.id, TeacherTravel.id, TeacherSiteChanges.id),
    Kind.GRADE: (GradeClash.id, GradeGaps.id, GradeTravel.id, GradeSiteChanges.id),
}
"""The rules that concern one person alone, apart from those that leave out starts."""
SCALE = 60
"""Points are multiplied by this, so that up to six people can share a lecture in whole numbers."""
EFFORT = 3.0
"""Most deterministic seconds for one part; its bound counts if it is not solved by then."""


@dataclass(frozen=True, slots=True)
class PartsBound:
    """What the parts prove.

    Parameters
    ----------
    points : int
        No plan has fewer points.
    site_changes : mapping of str to int
        By rule id: no plan has fewer site changes, however many lectures it moves.
    dearest : int
        Points of the part that costs most, rounded up.
    """

    points: int
    site_changes: Mapping[str, int]
    dearest: int


class Parts:
    """The people of a school who are at several sites, each alone.

    Parameters
    ----------
    starts : TimetableModel
        Strict, with the rules encoded that leave out starts.
    policy : Policy
    objective : Objective
    before : Score
        Of the plan of today.
    """

    def __init__(self, starts: TimetableModel, policy: Policy, objective: Objective, before: Score) -> None:
        self._starts = starts
        self._school = starts.school
        self._objective = objective
        self._judged = policy.judged(starts.school)
        self._before = before
        self.people = sorted(self._school.travellers, key=lambda person: (person[0].value, person[1]))
        self._sharers = Counter(
            (person[0], block) for person in self.people for block in {b.id for b in self._blocks_of(person)}
        )
        self._prices = self._price_starts()

    def bound(self, *, seed: int, effort: float, should_stop: ShouldStop) -> PartsBound:
        """Solve all parts; those that are not reached before a stop count nothing.

        Parameters
        ----------
        effort : float
            Deterministic seconds for all parts together.
        """
        each = min(EFFORT, effort / (2 * len(self.people) or 1))
        points = dearest = 0
        least: dict[str, int] = {rule: 0 for rule in SITE_CHANGE_RULES.values() if self._objective.factors.get(rule)}
        for person in self.people:
            if should_stop():
                break
            part = _Part(self._school.alone(person), person, self._starts, self._judged, self._before)
            costs = [(rule, SCALE * factor) for rule, factor in self._objective.factors.items()]
            found = part.least(costs, self._shares(person), seed, each)
            points += found
            dearest = max(dearest, found)
            rule = SITE_CHANGE_RULES[person[0]]
            if rule in least:
                least[rule] += part.least([(rule, 1)], {}, seed, each)
        # Every plan costs a whole number of points.
        return PartsBound(-(-points // SCALE), least, -(-dearest // SCALE))

    def _blocks_of(self, person: Resource) -> list[Block]:
        return [self._school.block_of[id_] for id_ in self._school.lectures_of[person]]

    def _price_starts(self) -> dict[str, dict[Period, int]]:
        """Per block id and start: points for being there, moved or not."""
        move = self._objective.factors.get(MovedLectures.id, 0)
        prices: dict[str, dict[Period, int]] = {}
        for block in self._school.blocks:
            home = self._starts.decisions.home(block)
            prices[block.id] = {
                start: 0 if start == home else move * block.length for start in self._starts.decisions.starts(block)
            }
        for rule, block, start, amount in self._starts.start_prices:
            prices[block.id][start] += amount * self._objective.factors.get(rule, 0)
        return prices

    def _shares(self, person: Resource) -> dict[str, dict[Period, int]]:
        """What a person bears of the prices of the starts: teachers share them, grades where no such teacher is."""
        kind = person[0]
        found: dict[str, dict[Period, int]] = {}
        for block in self._blocks_of(person):
            if kind is Kind.GRADE and self._sharers[Kind.TEACHER, block.id]:
                continue
            sharers = self._sharers[kind, block.id]
            found[block.id] = {start: SCALE * price // sharers for start, price in self._prices[block.id].items()}
        return found


class _Part:
    """The lectures of one person."""

    def __init__(
        self, alone: School, person: Resource, starts: TimetableModel, judged: Sequence[Rule], before: Score
    ) -> None:
        own = {
            rule: [violation for violation in found if (violation.facts.kind, violation.facts.name) == person]
            for rule, found in before.by_rule.items()
        }
        self._model = model = TimetableModel(alone, before=own)
        for block in alone.blocks:
            allowed = set(starts.decisions.starts(block))
            for start in list(model.decisions.starts(block)):
                if start not in allowed:
                    model.decisions.forbid(block, start)
        for rule in judged:
            if rule.tier is Tier.COMFORT:
                continue  # what is left out makes the bound weaker, not wrong
            if isinstance(rule, LessonOnceADay):
                self._once_a_day(rule, starts.school)
            elif rule.id in RULES[person[0]]:
                rule.encode(model)

    def _once_a_day(self, rule: LessonOnceADay, school: School) -> None:
        """The limit of a lesson is that of all its blocks, whoever teaches them."""
        model = self._model
        for lesson, blocks in model.school.blocks_of_lesson.items():
            allowed = rule.allowed(school, school.blocks_of_lesson[lesson])
            if allowed == 1:
                model.once_a_day(lesson)
            for week_class in range(len(school.week_classes)):
                held = [b for b in blocks if week_class in school.classes(school.lectures[b.lectures[0]].weeks)]
                for day in school.grid.days if len(held) > allowed else ():
                    literals = [
                        model.decisions.literal(block, start)
                        for block in held
                        for start in model.decisions.starts(block)
                        if start.day == day
                    ]
                    model.cp.add(weighted_sum(literals, [1] * len(literals)) <= allowed)

    def least(
        self, costs: Sequence[tuple[str, int]], prices: Mapping[str, Mapping[Period, int]], seed: int, effort: float
    ) -> int:
        """A lower limit for what this person costs."""
        model = self._model
        literals: list[Literal] = []
        amounts: list[int] = []
        for block in model.school.blocks:
            for start, price in prices.get(block.id, {}).items():
                if price:
                    literals.append(model.decisions.literal(block, start))
                    amounts.append(price)
        own = [factor * model.points(rule) for rule, factor in costs]
        model.cp.minimize(cp_model.LinearExpr.sum([weighted_sum(literals, amounts), *own]))
        solved = CpSat(model.cp, Settings(limit=effort, seed=seed, others={"linearization_level": 2})).run()
        if solved.status is Status.INFEASIBLE:
            # The plan of today is a plan of every part.
            raise InternalError("CP-SAT calls the lectures of one person infeasible that have a known plan")
        return max(0, solved.bound)
