"""Repair a plan: chains first, CP-SAT second, the best plan at any moment."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.bounds.parts import Parts, PartsBound
from untisopt.engines.build import build_model, build_starts
from untisopt.engines.clock import Clock
from untisopt.engines.incumbent import Incumbent
from untisopt.engines.kempe.annealer import Compilation
from untisopt.engines.kempe.arrays import I32
from untisopt.engines.kempe.chains import Chains
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import Objective
from untisopt.engines.objective import objective as objective_of
from untisopt.engines.race import Answer, Style, Verdict, race
from untisopt.engines.session import OnProgress, Progress, Repair, ShouldStop, SolveOptions, Status
from untisopt.errors import InternalError
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.optimise.mending import mended

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
        self.found = Incumbent((school.as_is, before), self.objective.value(before), 0)
        self.phase = ""
        self.seconds: dict[str, float] = {}
        self.least: dict[str, int] = {}
        self._proving: Future[PartsBound] | None = None
        self.clock = Clock.of(options, should_stop)
        self._on_progress = on_progress

    @property
    def best(self) -> Timetable:
        """The best plan so far."""
        return self.found.plan[0]

    def tell(self) -> None:
        """Report where the search stands."""
        if self._on_progress is not None:
            amounts = {rule: found.amount for rule, found in self.found.plan[1].rules.items()}
            self._on_progress(Progress(self.clock.elapsed, self.phase, self.found.value, self.found.bound, amounts))

    def offer(self, timetable: Timetable) -> bool:
        """Take over a plan if it is better and breaks no rule newly; what does is sent back first."""
        score = judge(self.school, timetable, self.policy.rules)
        sound = mended(self.school, self.policy.rules, self.before, timetable, score)
        if sound is None:
            return False
        if not self.found.offer(sound, self.objective.value(sound[1])):
            return False
        self.seconds.setdefault("first_improvement", self.clock.elapsed)
        self.tell()
        return True

    def raise_bound(self, bound: int) -> None:
        """Take over a proved lower limit."""
        if self.found.raise_bound(bound):
            self.tell()

    # -- phases ------------------------------------------------------------------------------------------------------

    def run(self, compilation: Compilation) -> Repair:
        points_before = self.found.value
        # Points are never negative, so a plan without any cannot be beaten.
        proved = points_before == 0 or self._search(compilation)
        points, bound = self.found.value, self.found.bound
        if bound > points:
            raise InternalError(f"no plan is said to have fewer than {bound} points, but one has {points}")
        status = Status.OPTIMAL if proved else Status.STOPPED if self.clock.was_stopped else Status.FEASIBLE
        bound = points if proved else bound
        return Repair(self.best, status, points, bound, points_before, dict(self.seconds), self.least)

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
            self.seconds.setdefault("build", self.clock.elapsed)
            if self.options.deterministic:
                self._wait_for(proving)
            self._learn_bound()
            if not proved and building is not None and not self.clock.should_stop():
                proved = self._polish(building.result())
            self._wait_for(proving)
            self._learn_bound()
        self.seconds["search"] = self.clock.elapsed - self.seconds["build"]
        return proved or self.found.known.is_settled

    def _wait_for(self, proving: Future[PartsBound]) -> None:
        """Wait for the bound by parts, with an ear for the user."""
        while not proving.done():
            wait([proving], timeout=WAITING_SECONDS)
            self.clock.should_stop()

    def _is_out_of_time(self) -> bool:
        """Whether the bound by parts must end; asked in another thread than all else."""
        return self.clock.was_stopped or self.clock.is_late

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
        self.seconds["build"] = self.clock.elapsed
        if self._bridge(building, compilation):
            return True
        # Where the limit ends before the kernel is compiled, this run does without it.
        if compilation.ready and not self.clock.should_stop():
            compilation.wait()
            self._anneal(problem, building is None)
        self.seconds["chains"] = self.clock.elapsed - self.seconds["build"]
        return False

    def _bridge(self, building: Future[TimetableModel] | None, compilation: Compilation) -> bool:
        """Let CP-SAT work until the kernel is compiled, which takes some seconds at the first run on a machine.

        In deterministic mode the kernel is waited for, because nobody knows how long it takes; where the school is too
        large for CP-SAT as well.
        """
        if compilation.ready or self.clock.should_stop():
            return False
        if building is None or self.options.deterministic:
            self.phase = "compile"
            self.tell()
            compilation.wait()
            return False
        if compilation.wait(min(LOADING_SECONDS, self.clock.left)) or self.clock.should_stop():
            return False
        self.phase = "solver"
        model = building.result()
        return self._run_solver(model, self.clock.left, lambda: self.clock.should_stop() or compilation.ready)

    def _anneal(self, problem: KempeProblem, alone: bool) -> None:
        self.phase = "chains"
        share = 1.0 if alone else CHAINS_SHARE
        seconds = min(self.clock.limit, self.clock.left) * share

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
            should_stop=self.clock.should_stop,
        ).run()

    def _polish(self, model: TimetableModel) -> bool:
        self.phase = "solver"
        seconds = self.clock.limit * (1 - CHAINS_SHARE) if self.options.deterministic else self.clock.left
        return self._run_solver(model, seconds, self.clock.should_stop)

    def _run_solver(self, model: TimetableModel, seconds: float, should_stop: ShouldStop) -> bool:
        """Let CP-SAT go on from the best plan; whether it is proved to be the best then."""
        if seconds <= 0:
            return False

        def hear(answer: Answer) -> None:
            if answer.bound is not None:
                self.raise_bound(answer.bound)
            if answer.timetable is not None:
                self.offer(answer.timetable)

        answer = race(
            model,
            seconds=seconds,
            options=self.options,
            start=self.best,
            style=Style.IMPROVER,
            should_stop=should_stop,
            on_news=hear,
        )
        if answer.verdict is Verdict.INFEASIBLE:
            # The best plan is one of this model, so this is a defect of ours, or of the solver.
            raise InternalError("CP-SAT calls a model infeasible that has a known plan")
        hear(answer)
        return answer.verdict is Verdict.OPTIMAL
