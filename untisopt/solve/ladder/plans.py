"""The best plan so far for every budget of a ladder."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.ladder.bounds import Budget, Units, reach
from untisopt.solve.optimise.mending import mended


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan and what it costs.

    Parameters
    ----------
    moved : int
        Lectures that move.
    units : Units
    points : int
        Weighted points of the first two tiers.
    """

    timetable: Timetable
    score: Score
    moved: int
    units: Units
    points: int

    @property
    def key(self) -> tuple[int, int]:
        """The smaller, the better."""
        return self.points, self.moved


class LadderPlans:
    """Plans by budget; a plan within a budget is one within any larger budget.

    Parameters
    ----------
    school, policy, before
        As for :func:`~untisopt.solve.ladder.climb`.
    top : int or None
        The largest budget.
    """

    def __init__(self, school: School, policy: Policy, before: Score, top: Budget) -> None:
        self._school = school
        self._rules = policy.rules
        self._before = before
        self._tiers = {rule.id: rule.tier for rule in policy.rules}
        self.objective = objective(school, policy.with_(worth=max(1, len(school.lectures))))
        self.units = self._unit(Tier.RULES), self._unit(Tier.SITE_CHANGES)
        """All points of the first, and of the second tier are multiples of these; 0 where there are none."""
        self.today = self._priced(school.as_is)
        self._best: dict[Budget, PricedPlan] = {top: self.today}
        self._lock = threading.Lock()
        self._offered: queue.SimpleQueue[Timetable] = queue.SimpleQueue()

    def _unit(self, tier: Tier) -> int:
        return gcd(*(factor for rule, factor in self.objective.factors.items() if self._tiers[rule] is tier))

    def _priced(self, timetable: Timetable) -> PricedPlan:
        score = judge(self._school, timetable, self._rules)
        rules = changes = 0
        for rule, factor in self.objective.factors.items():
            rules += factor * score.amount(rule) * (self._tiers[rule] is Tier.RULES)
            changes += factor * score.amount(rule) * (self._tiers[rule] is Tier.SITE_CHANGES)
        as_is = self._school.as_is
        moved = sum(timetable[lecture].period != as_is[lecture].period for lecture in self._school.lectures)
        units = Units(rules // max(1, self.units[0]), changes // max(1, self.units[1]))
        return PricedPlan(timetable, score, moved, units, rules + changes)

    @property
    def improved(self) -> bool:
        """Whether some plan is better than that of today."""
        with self._lock:
            return any(plan.points < self.today.points for plan in self._best.values())

    def best(self) -> Mapping[Budget, PricedPlan]:
        """The best plan per budget."""
        with self._lock:
            return dict(self._best)

    def standing(self) -> Mapping[Budget, Units]:
        """What these plans cost; safe to call from any thread."""
        return {budget: plan.units for budget, plan in self.best().items()}

    def near(self, budget: Budget, count: int) -> tuple[Timetable, ...]:
        """The plan of a budget and those of the nearest larger and smaller ones."""
        best = self.best()
        budgets = sorted(best, key=reach)
        place = budgets.index(budget)
        return tuple(best[other].timetable for other in budgets[max(0, place - count) : place + count + 1])

    def add(self, budget: Budget) -> None:
        """Speak of one more budget."""
        with self._lock:
            within = [plan for plan in self._best.values() if plan.moved <= reach(budget)]
            self._best.setdefault(budget, min(within, key=lambda plan: plan.key, default=self.today))

    def offer(self, timetable: Timetable) -> None:
        """Take a plan over for all budgets for which it is the best; what breaks a rule newly is sent back first."""
        plan = self._priced(timetable)
        sound = mended(self._school, self._rules, self._before, timetable, plan.score)
        if sound is None:
            return
        if sound[0] is not timetable:
            plan = self._priced(sound[0])
        with self._lock:
            for budget, best in self._best.items():
                if plan.moved <= reach(budget) and plan.key < best.key:
                    self._best[budget] = plan

    def offer_later(self, timetable: Timetable) -> None:
        """Put a plan aside, from any thread."""
        self._offered.put(timetable)

    def take_offers(self) -> None:
        """Look at the plans put aside."""
        while not self._offered.empty():
            self.offer(self._offered.get())
