"""Repair a plan: chains first, CP-SAT second, the best plan at any moment."""

from __future__ import annotations

import time
from collections.abc import Sequence

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.build import build_model
from untisopt.solve.kempe.annealer import Compilation, Crew, Schedule
from untisopt.solve.kempe.problem import KempeProblem
from untisopt.solve.objective import Objective, objective
from untisopt.solve.polish import polish
from untisopt.solve.session import OnProgress, Progress, Repair, ShouldStop, SolveOptions, Status

ANNEALING_SHARE = 0.4
"""Share of the time limit for the chains; CP-SAT has the rest."""
TURN_SECONDS = 0.2
DETERMINISTIC_RATE = 1_000_000
"""Trials per second and annealer that deterministic mode reckons with."""
TRIALS_PER_BLOCK = 35_000
"""Trials of one cooling per block: more of them find little more, another cooling does."""


def repair(
    school: School,
    policy: Policy,
    options: SolveOptions,
    *,
    before: Score,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    compilation: Compilation | None = None,
) -> Repair:
    """Find a better plan within a time limit.

    Parameters
    ----------
    school : School
        Its plan of today is where the search begins.
    policy : Policy
    options : SolveOptions
    before : Score
        Of the plan of today, by the rules of the policy.
    on_progress : callable, optional
        Called in this thread at every better plan or bound.
    should_stop : callable, optional
        Asked often; once it says yes, the best plan so far is returned.
    compilation : Compilation, optional
        The kernel being compiled in the background since an earlier moment.

    Returns
    -------
    Repair
        Never worse than the plan of today.
    """
    search = _Search(school, policy, options, before, on_progress, should_stop)
    return search.run(compilation or Compilation())


class _Search:
    """One repair: the best plan so far and who must hear of it."""

    def __init__(
        self,
        school: School,
        policy: Policy,
        options: SolveOptions,
        before: Score,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self.school = school
        self.policy = policy
        self.options = options
        self.before = before
        self.objective: Objective = objective(school, policy)
        self.best: Timetable = school.as_is
        self.score: Score = before
        self.points = self.objective.value(before)
        self.bound = 0
        self.phase = ""
        self.seconds: dict[str, float] = {}
        self._began = time.monotonic()
        self._on_progress = on_progress
        self._asked_to_stop = should_stop
        self._stopped = False

    @property
    def elapsed(self) -> float:
        """Seconds since the repair began."""
        return time.monotonic() - self._began

    @property
    def remaining(self) -> float:
        """Seconds until the time limit."""
        return self.options.time_limit - self.elapsed

    def should_stop(self) -> bool:
        """Whether the user has asked to stop; once yes, always yes."""
        if not self._stopped and self._asked_to_stop is not None and self._asked_to_stop():
            self._stopped = True
        return self._stopped

    def tell(self) -> None:
        """Report where the search stands."""
        if self._on_progress is not None:
            amounts = {rule: found.amount for rule, found in self.score.rules.items()}
            self._on_progress(Progress(self.elapsed, self.phase, self.points, self.bound, amounts))

    def offer(self, timetable: Timetable) -> bool:
        """Take over a plan if it is better and breaks no rule newly."""
        score = judge(self.school, timetable, self.policy.rules)
        points = self.objective.value(score)
        if points >= self.points or score.newly_broken(self.before):
            return False
        self.best, self.score, self.points = timetable, score, points
        self.seconds.setdefault("first_improvement", self.elapsed)
        self.tell()
        return True

    def raise_bound(self, bound: int) -> None:
        """Take over a proved lower limit."""
        if bound > self.bound:
            self.bound = bound
            self.tell()

    # -- phases ------------------------------------------------------------------------------------------------------

    def run(self, compilation: Compilation) -> Repair:
        points_before = self.points
        # Points are never negative, so a plan without any cannot be beaten.
        proved = points_before == 0 or self._search(compilation)
        status = Status.OPTIMAL if proved else Status.STOPPED if self._stopped else Status.FEASIBLE
        bound = self.points if proved else min(self.bound, self.points)
        return Repair(self.best, status, self.points, bound, points_before, dict(self.seconds))

    def _search(self, compilation: Compilation) -> bool:
        """Build, anneal, polish; whether the plan is proved to be the best."""
        self.phase = "build"
        self.tell()
        model = build_model(self.school, self.policy, self.objective, self.before)
        self.seconds["build"] = self.elapsed
        proved = False
        if KempeProblem.can_carry(self.school) and not self.should_stop():
            proved = self._bridge(model, compilation)
            # Where the limit ends before the kernel is compiled, this run does without it.
            if not proved and compilation.ready and not self.should_stop():
                compilation.wait()
                self._anneal(model)
        self.seconds["chains"] = self.elapsed - self.seconds["build"]
        if not proved and not self.should_stop():
            proved = self._polish(model)
        self.seconds["search"] = self.elapsed - self.seconds["build"]
        return proved

    def _bridge(self, model: TimetableModel, compilation: Compilation) -> bool:
        """Let CP-SAT work until the kernel is compiled, which takes some seconds at the first run on a machine.

        In deterministic mode the kernel is waited for, because nobody knows how long it takes.
        """
        proved = False
        if not compilation.ready and not self.options.deterministic:
            self.phase = "solver"
            proved = self._run_solver(model, self.remaining, lambda: self.should_stop() or compilation.ready)
        if not proved and self.options.deterministic and not self.should_stop():
            self.phase = "compile"
            self.tell()
            compilation.wait()
        return proved

    def _anneal(self, model: TimetableModel) -> None:
        self.phase = "chains"
        problem = KempeProblem(model, self.policy, self.objective, self.before)
        if not len(problem.data.movable):
            return
        with Crew(problem, problem.starts(self.best), size=self.options.threads, seed=self.options.seed) as crew:
            unit = _unit(self.objective)
            budget = self.options.time_limit * ANNEALING_SHARE
            if not self.options.deterministic:
                budget = min(budget, self.remaining * ANNEALING_SHARE)
            # A short cold run first: a better plan is on the screen at once.
            quench = Schedule(unit, unit / 4, 500 * len(problem.data.movable))
            rate = self._cool(crew, problem, quench, DETERMINISTIC_RATE, budget)
            spent, hot = quench.trials / rate, 20.0 * unit
            while spent < budget and not self.should_stop():
                trials = int(min(TRIALS_PER_BLOCK * len(problem.data.movable), (budget - spent) * rate))
                if trials < 1_000:
                    break
                crew.gather()
                rate = self._cool(crew, problem, Schedule(hot, unit / 4, trials), rate, budget - spent)
                spent += trials / rate
                hot = max(5.0 * unit, hot / 2)

    def _cool(self, crew: Crew, problem: KempeProblem, schedule: Schedule, rate: float, budget: float) -> float:
        """Run one schedule in turns; trials per second and annealer."""
        done = 0
        began = time.monotonic()
        while done < schedule.trials and not self.should_stop():
            turn = min(schedule.trials - done, max(1_000, int(rate * TURN_SECONDS)))
            crew.run(schedule, done, turn)
            done += turn
            if crew.best_points < self.points:
                self.offer(problem.timetable(crew.best, self.best))
            taken = time.monotonic() - began
            if not self.options.deterministic:
                rate = done / max(taken, 1e-6)
                if taken > budget:
                    break
        return rate

    def _polish(self, model: TimetableModel) -> bool:
        self.phase = "solver"
        seconds = self.options.time_limit * (1 - ANNEALING_SHARE) if self.options.deterministic else self.remaining
        return self._run_solver(model, seconds, self.should_stop)

    def _run_solver(self, model: TimetableModel, seconds: float, should_stop: ShouldStop) -> bool:
        """Let CP-SAT go on from the best plan; whether it is proved to be the best then."""
        if seconds <= 0:
            return False

        def on_plan(timetable: Timetable, _points: int) -> None:
            self.offer(timetable)

        outcome = polish(
            model,
            self.best,
            seconds,
            self.options,
            on_plan=on_plan,
            on_bound=self.raise_bound,
            should_stop=should_stop,
        )
        self.raise_bound(outcome.bound)
        return outcome.proved


def _unit(objective_: Objective) -> float:
    """The smallest step of the objective: what one moved lecture costs, as a rule."""
    positive: Sequence[int] = [factor for factor in objective_.factors.values() if factor > 0]
    return float(min(positive, default=1))
