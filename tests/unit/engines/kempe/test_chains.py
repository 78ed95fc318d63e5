"""The chains' part of a search keeps its budget, tells of every better plan, and does the same every time."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, pairwise
from typing import Any

from tests.builders import school
from tests.clocks import Ticking
from tests.limits import CEILING
from tests.unit.solve.optimise.test_search import TORN
from untisopt.domain.limits import LessonSequence, Limits, SequenceKind
from untisopt.domain.school import School
from untisopt.engines.build import build_starts
from untisopt.engines.kempe.annealer import Crew
from untisopt.engines.kempe.chains import TURN_SECONDS, Chains
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy
from untisopt.rules import judge


def problem_of(of: School) -> KempeProblem:
    policy = Policy()
    before = judge(of, of.as_is, policy.rules)
    return KempeProblem(build_starts(of, policy, before), policy, objective(of, policy), before)


def points_on_the_way(seconds: float, **options: Any) -> list[int]:
    """Points of every plan that was told."""
    of = school(TORN)
    problem = problem_of(of)
    told: list[int] = []

    def on_better(starts) -> None:
        plan = problem.timetable(starts, of.as_is)
        told.append(problem.objective.value(judge(of, plan, Policy().rules)))

    wanted = SolveOptions(**{"workers": 1, "deterministic": True, **options})
    Chains(problem, problem.starts(of.as_is), wanted, seconds, on_better=on_better, should_stop=lambda: False).run()
    return told


def test_every_plan_told_is_better_and_the_last_is_the_best():
    told = points_on_the_way(0.5)
    assert all(later < earlier for earlier, later in pairwise(told))
    # The optimum by hand of test_repair: one site change worth 6 and three moved lectures.
    assert told[-1] == 9


def test_deterministic_runs_are_alike_with_several_annealers():
    assert points_on_the_way(0.3, workers=3) == points_on_the_way(0.3, workers=3)


def test_budget_of_time_is_kept(monkeypatch):
    # Each turn seems to take as long as a turn is to take, so its number of trials stays the same.
    clock = Ticking(monkeypatch, TURN_SECONDS)
    told = points_on_the_way(200 * TURN_SECONDS, deterministic=False)
    assert told[-1] == 9
    # A turn looks at the clock five times, so 40 turns fill the budget; the last one is begun before it is spent.
    assert 200 <= clock.looks < 220


def test_it_stops_when_asked(monkeypatch):
    of = school(TORN)
    problem = problem_of(of)
    asked = count()
    turns: list[bool] = []
    stopped = False
    run = Crew.run

    def should_stop() -> bool:
        nonlocal stopped
        stopped = next(asked) >= 20
        return stopped

    def turn(crew: Crew, *schedule: Any) -> None:
        turns.append(stopped)
        run(crew, *schedule)

    monkeypatch.setattr(Crew, "run", turn)
    options = SolveOptions(workers=1, deterministic=True)
    Chains(
        problem, problem.starts(of.as_is), options, CEILING, on_better=lambda starts: None, should_stop=should_stop
    ).run()
    # Work was done before the answer was yes, and none after it; without the answer there would be much more.
    assert len(turns) >= 20
    assert not any(turns)
    assert stopped


def test_nothing_that_may_move_is_nothing_to_do():
    of = school("0 Arnd 7 H1 Mon1\n0 Beck 8 F1 Mon2")
    problem = problem_of(of)
    told: list[object] = []
    Chains(
        problem, problem.starts(of.as_is), SolveOptions(), 1.0, on_better=told.append, should_stop=lambda: False
    ).run()
    assert told == []


def test_lessons_that_move_together_stay_where_they_are():
    # Lessons 1 and 2 are at the same time: no chain moves one of them, in the first place or later.
    of = school("1 Arnd 7 - Mon1\n2 Beck 8 - Mon1\n3 Cern 7 - Mon2\n4 Dorn 8 - Mon2")
    assert len(problem_of(of).data.movable) == 4
    for kind, movable in ((SequenceKind.SIMULTANEOUS, 2), (SequenceKind.FIXED, 2), (SequenceKind.WEEKLY, 4)):
        sequence = LessonSequence(name="Q", kind=kind, lessons=(1, 2))
        assert len(problem_of(replace(of, limits=Limits(sequences=(sequence,)))).data.movable) == movable
