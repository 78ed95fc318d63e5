"""Proves what no plan within a budget of moved lectures can undercut, budget after budget, in a thread of its own."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from untisopt.domain.timetable import Timetable
from untisopt.engines.bounds.certificates import Certificate, Matrix
from untisopt.engines.bounds.relaxation import Price, Relaxation
from untisopt.engines.clock import Clock
from untisopt.engines.mip.run import MipResult, MipSolver, MipStatus, dual_values, minimise, whole
from untisopt.engines.session import ShouldStop
from untisopt.model.literals import Literal, literal_value

Budget = int | None
PROVABLE = 20
"""Budgets up to which the gap closes in minutes; the effort goes there first."""
FIRST_TRY_SECONDS = 15.0
"""For the first attempt to show that no plan is as good as a bound; every further one has twice as long."""
WAIT_SECONDS = 0.1
DETERMINISTIC_STEPS = 24
DETERMINISTIC_PROGRAMMES = 6
"""Linear programmes that deterministic mode solves among them: each to its end, however long that takes."""
DETERMINISTIC_SIZE = 1_000
DETERMINISTIC_NODES = 50
"""Decisions that a search for a plan as good as the bound may leave open there, and nodes of its tree."""


def reach(budget: Budget) -> float:
    """A budget as a number that compares."""
    return math.inf if budget is None else budget


@dataclass(frozen=True, slots=True)
class Units:
    """What a plan costs, tier by tier, in multiples of the unit of the tier."""

    rules: int
    changes: int


@dataclass(slots=True)
class Known:
    """What is proved about the plans within a budget.

    Parameters
    ----------
    rules, changes : int
        No plan has fewer units of the first tier, and none fewer of the second.
    changes_at : dict of int to int
        Units of the second tier that plans have at least if they have so many of the first at most.
    """

    rules: int = 0
    changes: int = 0
    changes_at: dict[int, int] = field(default_factory=dict)

    def points(self, rules_unit: int, changes_unit: int) -> int:
        """No plan has fewer points."""
        fewest = self.changes_at.get(self.rules, self.changes)
        # Either no more of the first tier than must be, with what that means for the second, or one unit more.
        narrow = self.rules * rules_unit + max(fewest, self.changes) * changes_unit
        wide = (self.rules + 1) * rules_unit + self.changes * changes_unit
        return narrow if not rules_unit else min(narrow, wide)


class Bounds:
    """What is proved so far, for all budgets; safe to use from several threads.

    A plan within a budget is one within any larger budget, so what holds for the larger holds for the smaller.
    """

    def __init__(self, budgets: Sequence[Budget]) -> None:
        self._known = {budget: Known() for budget in budgets}
        self._lock = threading.Lock()

    def of(self, budget: Budget) -> Known:
        """What is proved about a budget."""
        with self._lock:
            known = self._known[budget]
            return Known(known.rules, known.changes, dict(known.changes_at))

    def add(self, budget: Budget) -> None:
        """Speak of one more budget."""
        with self._lock:
            known = Known()
            for other, found in self._known.items():
                if reach(other) >= reach(budget):
                    known.rules = max(known.rules, found.rules)
                    known.changes = max(known.changes, found.changes)
            self._known.setdefault(budget, known)

    def raise_rules(self, budget: Budget, units: int) -> None:
        """Take note that no plan has fewer units of the first tier."""
        for known in self._up_to(budget):
            known.rules = max(known.rules, units)

    def raise_changes(self, budget: Budget, units: int, cap: int | None) -> None:
        """Take note that no plan, or none with so many units of the first tier at most, has fewer of the second."""
        for known in self._up_to(budget):
            if cap is None:
                known.changes = max(known.changes, units)
            else:
                known.changes_at[cap] = max(known.changes_at.get(cap, 0), units)

    def _up_to(self, budget: Budget) -> Iterator[Known]:
        with self._lock:
            yield from [known for other, known in self._known.items() if reach(other) <= reach(budget)]


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether a plan within a budget can cost less than the best one known.

    Parameters
    ----------
    cap : int or None
        Only plans with so many units of the first tier at most are meant.
    of_changes : bool
        What it costs in the second tier; otherwise in the first.
    """

    budget: Budget
    cap: int | None
    of_changes: bool


class Prover:
    """Raises the bounds of a ladder.

    Parameters
    ----------
    relaxation : Relaxation
    bounds : Bounds
        Where the results go.
    standing : callable
        Budgets and what their best plans cost; called in the thread of the prover.
    offer : callable
        Told a plan that turned up, possibly one that breaks a rule; called in the thread of the prover.
    should_stop : callable
    seed : int
    """

    def __init__(
        self,
        relaxation: Relaxation,
        *,
        bounds: Bounds,
        standing: Callable[[], Mapping[Budget, Units]],
        offer: Callable[[Timetable], None],
        should_stop: ShouldStop,
        seed: int,
    ) -> None:
        self._matrix = Matrix(relaxation)
        self._relaxation = relaxation
        self._bounds = bounds
        self._standing = standing
        self._offer = offer
        self._should_stop = should_stop
        self._seed = seed
        self._certificates: dict[_Question, Certificate] = {}
        self._tries: dict[_Question, int] = {}

    def run(self, clock: Clock, *, wait: bool) -> None:
        """Prove until time is up.

        Parameters
        ----------
        clock : Clock
        wait : bool
            Whether better plans may still turn up when everything is proved about those that are there.
        """
        while not self._should_stop() and not clock.is_late:
            question = self._most_wanted(self._open_questions())
            if question is None:
                if not wait:
                    return
                time.sleep(WAIT_SECONDS)
                continue
            seconds = clock.left
            if question not in self._certificates and self._tries.get(question, 0) == 0:
                self._solve(question, seconds)
            else:
                self._lift(question, min(seconds / 4 + WAIT_SECONDS, self._patience(question)))

    def run_deterministic(self) -> None:
        """Solve some linear programmes and some small searches to their end: the same ones every time."""
        programmes = 0
        for _ in range(DETERMINISTIC_STEPS):
            question = self._most_wanted(q for q in self._open_questions() if q not in self._tries)
            if question is None or self._should_stop():
                return
            if question in self._certificates and self._open_decisions(question) <= DETERMINISTIC_SIZE:
                self._lift(question, math.inf, DETERMINISTIC_NODES)
            elif question not in self._certificates and programmes < DETERMINISTIC_PROGRAMMES:
                self._solve(question, math.inf)
                programmes += 1
            else:
                self._tries[question] = 1

    # -- what to ask next --------------------------------------------------------------------------------------------

    def _steps(self) -> list[tuple[Budget, Units]]:
        """Budgets that bring something, and the largest one.

        Where nothing has been found yet: the largest budget that can be proved, because what holds for it holds for
        the smaller ones.
        """
        standing = sorted(self._standing().items(), key=lambda item: reach(item[0]))
        if len({units for _, units in standing}) == 1 and not self._certificates:
            return [item for item in standing if reach(item[0]) <= PROVABLE][-1:] or standing[-1:]
        steps = [standing[0]]
        steps += [item for before, item in pairwise(standing) if item[1] != before[1] or item is standing[-1]]
        return steps

    def _open_questions(self) -> Iterator[_Question]:
        for budget, units in self._steps():
            known = self._bounds.of(budget)
            if known.rules < units.rules:
                yield _Question(budget, None, of_changes=False)
            elif max(known.changes, known.changes_at.get(units.rules, 0)) < units.changes:
                yield _Question(budget, units.rules if self._relaxation.rules.amounts else None, of_changes=True)

    def _most_wanted(self, questions: Iterator[_Question]) -> _Question | None:
        return max(questions, key=self._interest, default=None)

    def _interest(self, question: _Question) -> tuple[float, float]:
        """How much an answer is worth; of equals the largest budget that can be proved, because it helps the others."""
        standing = self._standing()
        known = self._bounds.of(question.budget)
        units = standing[question.budget]
        if question.of_changes:
            fewest = max(known.changes, known.changes_at.get(units.rules, 0))
            # Once the first tier is proved, the gap of the second is a small one, unless there is no first tier.
            gap = (units.changes - fewest) / units.changes * (0.1 if units.rules else 1.0)
        else:
            gap = (units.rules - known.rules) / units.rules
        size = reach(question.budget)
        weight = 1.0 if size <= PROVABLE else max(0.02, PROVABLE / size) / 4
        # What has been tried in vain waits for the others, and what a linear programme has not said yet goes first.
        spent = self._tries.get(question, 0) + (question in self._certificates)
        return gap * weight / 2**spent, size if size <= PROVABLE else -size

    def _patience(self, question: _Question) -> float:
        return float(FIRST_TRY_SECONDS * 2 ** self._tries.get(question, 0))

    # -- answers -----------------------------------------------------------------------------------------------------

    def _price(self, question: _Question) -> Price:
        return self._relaxation.changes if question.of_changes else self._relaxation.rules

    def _solve(self, question: _Question, seconds: float) -> None:
        """Solve the linear programme of a question; what it proves holds in part for other budgets."""
        relaxation, price = self._relaxation, self._price(question)
        relaxation.restrict(question.budget, question.cap)
        relaxation.minimise(price)
        multipliers = dual_values(relaxation.linear, seconds=seconds, should_stop=self._should_stop)
        if multipliers is None:
            self._tries[question] = self._tries.get(question, 0) + 1
            return
        certificate = self._matrix.certificate(price, multipliers)
        self._certificates[question] = certificate
        for budget, units in self._standing().items():
            cap = units.rules if question.cap is not None else None
            self._raise(_Question(budget, cap, question.of_changes), whole(certificate.bound(budget, cap)))

    def _raise(self, question: _Question, units: int | None) -> None:
        if units is None:
            return
        if question.of_changes:
            self._bounds.raise_changes(question.budget, units, question.cap)
        else:
            self._bounds.raise_rules(question.budget, units)

    def _lift(self, question: _Question, seconds: float, nodes: int | None = None) -> None:
        """Look for a plan that costs exactly the bound: there is one, or the bound rises by one.

        Such a plan is so good that the multipliers rule most moves out, so little is left to search.
        """
        goal = self._goal(question)
        result = self._search(question, goal, seconds, nodes)
        if result.status is MipStatus.INFEASIBLE or result.bound > goal:
            self._raise(question, goal + 1)
        else:
            self._tries[question] = self._tries.get(question, 0) + 1
        if result.values is not None:
            self._offer(self._timetable(result.values))

    def _goal(self, question: _Question) -> int:
        """The least units that are not excluded."""
        known = self._bounds.of(question.budget)
        if not question.of_changes:
            return known.rules
        return max(known.changes, 0 if question.cap is None else known.changes_at.get(question.cap, 0))

    def _open_decisions(self, question: _Question) -> int:
        """How many decisions a search would leave open."""
        lower, upper = self._fix(question, self._goal(question))
        decided = self._relaxation.model.decisions.values_of(self._relaxation.model.school.as_is)
        return sum(lower[variable] < upper[variable] for variable in decided)

    def _search(self, question: _Question, goal: int, seconds: float, nodes: int | None) -> MipResult:
        relaxation, linear = self._relaxation, self._relaxation.linear
        relaxation.restrict(question.budget, question.cap if question.of_changes else goal)
        relaxation.minimise(self._price(question))
        lower, upper = self._fix(question, goal)
        linear.lower, linear.upper = lower, upper
        try:
            return minimise(
                linear,
                solver=MipSolver.HIGHS,
                seconds=seconds,
                seed=self._seed,
                nodes=nodes,
                enough=goal + 1,
                should_stop=self._should_stop,
            )
        finally:
            linear.lower, linear.upper = self._matrix.lower.tolist(), self._matrix.upper.tolist()

    def _fix(self, question: _Question, goal: int) -> tuple[list[float], list[float]]:
        """Ranges of the variables in plans that cost so much at most, by all that has been proved about the price."""
        low, high = self._matrix.lower.copy(), self._matrix.upper.copy()
        for other, certificate in self._certificates.items():
            if other.of_changes == question.of_changes:
                at_low, at_high = certificate.fixed(question.budget, question.cap, goal)
                fixed_low, fixed_high = at_low & (low < high), at_high & (low < high)
                high = np.where(fixed_low, low, high)
                low = np.where(fixed_high, high, low)
        return low.tolist(), high.tolist()

    def _timetable(self, values: Mapping[int, int]) -> Timetable:
        decisions = self._relaxation.model.decisions

        def value(literal: Literal) -> int:
            return literal_value(literal, values)

        return decisions.timetable(value)
