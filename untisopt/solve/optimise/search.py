"""Repair a plan: chains first, CP-SAT second, the best plan at any moment."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.bounds.parts import Parts, PartsBound
from untisopt.engines.build import build_model, build_starts
from untisopt.engines.kempe.annealer import Compilation
from untisopt.engines.kempe.arrays import I32
from untisopt.engines.kempe.chains import Chains
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import Objective
from untisopt.engines.objective import objective as objective_of
from untisopt.engines.session import OnProgress, Progress, Repair, ShouldStop, SolveOptions, Status
from untisopt.errors import InternalError
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.optimise.mending import mended
from untisopt.solve.optimise.polish import polish

CHAINS_SHARE = 0.7
"""Share of the time limit for the chains; CP-SAT has the rest."""
WAITING_SECONDS = 0.1
LOADING_SECONDS = 1.0
"""How long the kernel is waited for before CP-SAT bridges: so long it takes at most to load it from its cache."""
MOST_STARTS = 60_000
"""Candidate starts of all blocks up to which the model of the whole school is built: beyond that building it would take
most of the memory and a good deal of the time, and prove nothing."""


def repair(
    school: School,
    policy: Policy,
    options: SolveOptions,
    *,
    before: Score,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    compilation: Compilation | None = None,
    objective: Objective | None = None,
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
    objective : Objective, optional
        What to minimise; default: what the policy says.

    Returns
    -------
    Repair
        Never worse than the plan of today.
    """
    search = _Search(school, policy, options, before, objective, on_progress, should_stop)
    return search.run(compilation or Compilation())


class _Search:
    """One repair: the best plan so far and who must hear of it."""

    def __init__(
        self,
        school: School,
        policy: Policy,
        options: SolveOptions,
        before: Score,
        objective: Objective | None,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self.school = school
        self.policy = policy
        self.options = options
        self.before = before
        self.objective = objective_of(school, policy) if objective is None else objective
        self.best: Timetable = school.as_is
        self.score: Score = before
        self.points = self.objective.value(before)
        self.bound = 0
        self.phase = ""
        self.seconds: dict[str, float] = {}
        self.least: dict[str, int] = {}
        self._proving: Future[PartsBound] | None = None
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
        """Take over a plan if it is better and breaks no rule newly; what does is sent back first."""
        score = judge(self.school, timetable, self.policy.rules)
        sound = mended(self.school, self.policy.rules, self.before, timetable, score)
        if sound is None:
            return False
        timetable, score = sound
        points = self.objective.value(score)
        if points >= self.points:
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
        if self.bound > self.points:
            raise InternalError(f"no plan is said to have fewer than {self.bound} points, but one has {self.points}")
        status = Status.OPTIMAL if proved else Status.STOPPED if self._stopped else Status.FEASIBLE
        bound = self.points if proved else self.bound
        return Repair(self.best, status, self.points, bound, points_before, dict(self.seconds), self.least)

    def _search(self, compilation: Compilation) -> bool:
        """Build, anneal, polish; whether the plan is proved to be the best."""
        self.phase = "build"
        self.tell()
        starts = build_starts(self.school, self.policy, self.before)
        parts = Parts(starts, self.policy, self.objective, self.before)
        with ThreadPoolExecutor(1, "build and prove") as pool:
            # The model of CP-SAT is built, and the bound by parts proved, while the chains work already.
            building = pool.submit(self._model) if starts.decisions.count <= MOST_STARTS else None
            proving = pool.submit(
                parts.bound,
                seed=self.options.seed,
                effort=self.options.time_limit,
                should_stop=self._is_out_of_time,
            )
            self._proving = proving
            proved = KempeProblem.can_carry(self.school) and self._chains(starts, building, compilation)
            self.seconds.setdefault("build", self.elapsed)
            if self.options.deterministic:
                self._wait_for(proving)
            self._learn_bound()
            if not proved and building is not None and not self.should_stop():
                proved = self._polish(building.result())
            self._wait_for(proving)
            self._learn_bound()
        self.seconds["search"] = self.elapsed - self.seconds["build"]
        return proved or self.points == self.bound

    def _wait_for(self, proving: Future[PartsBound]) -> None:
        """Wait for the bound by parts, with an ear for the user."""
        while not proving.done():
            wait([proving], timeout=WAITING_SECONDS)
            self.should_stop()

    def _is_out_of_time(self) -> bool:
        """Whether the bound by parts must end; asked in another thread than all else."""
        return self._stopped or (not self.options.deterministic and self.remaining <= 0)

    def _learn_bound(self) -> None:
        """Take over what the parts prove, once they have."""
        if self._proving is not None and self._proving.done():
            found = self._proving.result()
            self._proving = None
            self.least = dict(found.site_changes)
            self.raise_bound(found.points)

    def _model(self) -> TimetableModel:
        return build_model(self.school, self.policy, self.objective, self.before)

    def _chains(
        self, starts: TimetableModel, building: Future[TimetableModel] | None, compilation: Compilation
    ) -> bool:
        """Anneal; whether CP-SAT, where it had to bridge the compilation, proved the plan to be the best."""
        problem = KempeProblem(starts, self.policy, self.objective, self.before)
        self.seconds["build"] = self.elapsed
        if self._bridge(building, compilation):
            return True
        # Where the limit ends before the kernel is compiled, this run does without it.
        if compilation.ready and not self.should_stop():
            compilation.wait()
            self._anneal(problem, building is None)
        self.seconds["chains"] = self.elapsed - self.seconds["build"]
        return False

    def _bridge(self, building: Future[TimetableModel] | None, compilation: Compilation) -> bool:
        """Let CP-SAT work until the kernel is compiled, which takes some seconds at the first run on a machine.

        In deterministic mode the kernel is waited for, because nobody knows how long it takes; where the school is too
        large for CP-SAT as well.
        """
        if compilation.ready or self.should_stop():
            return False
        if building is None or self.options.deterministic:
            self.phase = "compile"
            self.tell()
            compilation.wait()
            return False
        if compilation.wait(min(LOADING_SECONDS, self.remaining)) or self.should_stop():
            return False
        self.phase = "solver"
        model = building.result()
        return self._run_solver(model, self.remaining, lambda: self.should_stop() or compilation.ready)

    def _anneal(self, problem: KempeProblem, alone: bool) -> None:
        self.phase = "chains"
        share = 1.0 if alone else CHAINS_SHARE
        seconds = self.options.time_limit * share
        if not self.options.deterministic:
            seconds = min(seconds, self.remaining * share)

        def on_better(starts: I32) -> None:
            self.offer(problem.timetable(starts, self.best))
            if not self.options.deterministic:
                self._learn_bound()

        Chains(
            problem,
            problem.starts(self.best),
            self.options,
            seconds,
            on_better=on_better,
            should_stop=self.should_stop,
        ).run()

    def _polish(self, model: TimetableModel) -> bool:
        self.phase = "solver"
        seconds = self.options.time_limit * (1 - CHAINS_SHARE) if self.options.deterministic else self.remaining
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
