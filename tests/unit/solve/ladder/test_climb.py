"""The ladder: its rungs, their bounds, and how it ends."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, note

from tests.builders import describe, random_school, school
from tests.contract.solving import examples, new_breaches, randoms
from tests.limits import CEILING
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.engines.session import SolveOptions
from untisopt.errors import InternalError
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.ladder import climb as module
from untisopt.solve.ladder.climb import Ladder, Rung, climb
from untisopt.solve.ladder.plans import LadderPlans
from untisopt.solve.ladder.search import SITE_PRICES, prices

# Arnd teaches 7 at the main building in periods 1 and 3 and 8 at the branch in period 2: see test_repair.
TORN = """
1 Arnd 7 H1 Mon1
2 Arnd 8 F1 Mon2
3 Arnd 7 H1 Mon3
4 Beck 8 F2 Mon1
5 Beck 8 F2 Mon3
6 Beck 8 F2 Mon4
"""
CALM = """
1 Arnd 7 H1 Mon1
2 Beck 8 F1 Mon2
"""


def run(of: School, policy: Policy | None = None, **options: Any) -> Ladder:
    wanted = policy or Policy()
    before = judge(of, of.as_is, wanted.rules)
    chosen = SolveOptions(**{"time_limit": 4.0, "workers": 1, "deterministic": True, **options})
    return climb(of, wanted, chosen, before=before)


def run_until_proved(of: School, rungs: int, **options: Any) -> Ladder:
    """By the clock, which is stopped as soon as so many rungs are there and all of them are proved."""
    seen: list[tuple[Rung, ...]] = [()]
    return climb(
        of,
        Policy(),
        SolveOptions(**{"time_limit": CEILING, **options}),
        before=judge(of, of.as_is, Policy().rules),
        on_progress=lambda _elapsed, rungs: seen.append(rungs),
        should_stop=lambda: len(seen[-1]) == rungs and all(rung.proved for rung in seen[-1]),
    )


def points(found: Ladder, rules: int, changes: int) -> int:
    return found.factors["teacher-travel"] * rules + found.factors["teacher-site-changes"] * changes


@pytest.mark.parametrize(
    "climbed", [run, lambda of: run_until_proved(of, 3, workers=2)], ids=["deterministic", "by the clock"]
)
def test_rungs_by_hand(climbed):
    found = climbed(school(TORN))
    # Today two changes, both too short. One move alone leaves a gap or a clash. With two moves lesson 2 changes places
    # with 4 or 6: one change, too short. With three there is one change, long enough, and Arnd must be at both sites
    # on his only day, so that is the least (see test_repair).
    assert found.points_before == points(found, 2, 2)
    assert [(rung.budget, rung.moved, rung.points) for rung in found.rungs] == [
        (2, 2, points(found, 1, 1)),
        (3, 3, points(found, 0, 1)),
        (None, 3, points(found, 0, 1)),
    ]
    for rung in found.rungs:
        assert rung.bound <= rung.points
        assert rung.proved
        assert rung.gap == 0


def test_one_worker_by_the_clock_is_sound_however_far_it_comes():
    found = run(school(TORN), deterministic=False, time_limit=1.0)
    # The least points of each budget, as above.
    least = {2: points(found, 1, 1), 3: points(found, 0, 1), None: points(found, 0, 1)}
    for rung in found.rungs:
        assert rung.bound <= least.get(rung.budget, rung.points) <= rung.points <= points(found, 2, 2)


def test_factors_are_those_of_a_repair_that_gives_any_moves_for_a_site_change():
    of = school(TORN)
    assert run(of).factors == objective(of, Policy(worth=len(of.lectures))).factors


def test_largest_budget_of_the_policy_takes_the_place_of_any_number():
    found = run(school(TORN), Policy(max_changes=2))
    assert [(rung.budget, rung.points) for rung in found.rungs] == [(2, points(found, 1, 1))]
    assert found.rungs[0].proved


def test_nothing_to_improve():
    of = school(CALM)
    found = run(of)
    assert found.points_before == 0
    assert [(rung.budget, rung.moved, rung.points, rung.bound) for rung in found.rungs] == [(None, 0, 0, 0)]
    assert found.rungs[0].timetable == of.as_is
    assert found.rungs[0].proved


def test_stopped_before_it_began():
    of = school(TORN)
    before = judge(of, of.as_is, Policy().rules)
    found = climb(of, Policy(), SolveOptions(time_limit=CEILING), before=before, should_stop=lambda: True)
    assert [(rung.budget, rung.timetable, rung.bound) for rung in found.rungs] == [(None, of.as_is, 0)]
    assert "first_rung" not in found.seconds


def test_stopped_later_keeps_what_there_is():
    of = school(TORN)
    before = judge(of, of.as_is, Policy().rules)
    today = LadderPlans(of, Policy(), before, None).today.points
    seen: list[tuple[Rung, ...]] = []
    found = climb(
        of,
        Policy(),
        SolveOptions(time_limit=CEILING, workers=2),
        before=before,
        on_progress=lambda _elapsed, rungs: seen.append(rungs),
        should_stop=lambda: any(rung.points < today for rungs in seen for rung in rungs),
    )
    assert min(rung.points for rung in found.rungs) < found.points_before


def test_progress_only_improves():
    of = school(TORN)
    before = judge(of, of.as_is, Policy().rules)
    seen: list[tuple[float, tuple[Rung, ...]]] = []
    climb(
        of,
        Policy(),
        SolveOptions(time_limit=4, workers=2, deterministic=True),
        before=before,
        on_progress=lambda elapsed, rungs: seen.append((elapsed, rungs)),
    )
    assert [elapsed for elapsed, _ in seen] == sorted(elapsed for elapsed, _ in seen)
    top = [rungs[-1] for _, rungs in seen]
    assert [rung.budget for rung in top] == [None] * len(top)
    assert [rung.points for rung in top] == sorted((rung.points for rung in top), reverse=True)
    assert [rung.bound for rung in top] == sorted(rung.bound for rung in top)


@given(rng=randoms)
@examples(6)
def test_rungs_of_random_schools(rng: Random):
    of = random_school(rng, travel=True)
    note(describe(of))
    policy = Policy()
    found = run(of, policy, time_limit=1.5, deterministic=True)
    budgets = [rung.budget for rung in found.rungs]
    assert budgets == sorted(budgets, key=lambda budget: float("inf") if budget is None else budget)
    assert budgets[-1] is None
    for rung in found.rungs:
        note(describe(of, rung.timetable))
        assert new_breaches(of, rung.timetable, policy.judged(of)) == []
        assert rung.score == judge(of, rung.timetable, policy.rules)
        assert rung.moved == sum(rung.timetable[id_].period != of.as_is[id_].period for id_ in of.lectures)
        assert rung.budget is None or rung.moved <= rung.budget
        assert 0 <= rung.bound <= rung.points
        assert 0 <= rung.gap <= 1
    for one, other in zip(found.rungs, found.rungs[1:], strict=False):
        assert other.points <= one.points
        assert other.bound <= one.bound or one.proved


def test_deterministic_runs_are_equal():
    rng = Random(3)
    of = random_school(rng, travel=True)
    ladders = [run(of, time_limit=2.0, workers=2, deterministic=True) for _ in range(2)]
    assert ladders[0].rungs == ladders[1].rungs


def test_school_that_the_chains_cannot_carry(monkeypatch):
    monkeypatch.setattr(KempeProblem, "can_carry", staticmethod(lambda _school: False))
    found = run(school(TORN))
    assert found.rungs[-1].points == points(found, 0, 1)


def test_proofs_that_fail_leave_the_plans(monkeypatch, caplog):
    class Failing:
        def __init__(self, *_: object, **__: object) -> None:
            raise InternalError("the solver is gone")

    monkeypatch.setattr(module, "Prover", Failing)
    found = run(school(TORN))
    assert found.rungs[-1].points == points(found, 0, 1)
    assert found.rungs[-1].bound == 0
    assert "the solver is gone" in caplog.text


def test_defect_in_the_proofs_is_told(monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(module, "Relaxation", fail)
    for workers in (1, 2):
        with pytest.raises(ZeroDivisionError, match="a defect"):
            run(school(TORN), workers=workers, time_limit=3.0)


def test_plan_serves_all_budgets_that_allow_it():
    of = school(TORN)
    before = judge(of, of.as_is, Policy().rules)
    plans = LadderPlans(of, Policy(), before, None)
    for budget in (1, 2, 5):
        plans.add(budget)
    plans.offer(swapped(of, "2@1.2", "6@1.4"))
    assert {budget: plan.moved for budget, plan in plans.best().items()} == {1: 0, 2: 2, 5: 2, None: 2}
    assert plans.improved
    # A budget that is added later begins with the best plan that fits it.
    plans.add(3)
    assert plans.best()[3].moved == 2
    # Periods 3 and 4 exchanged: no better than the plan of today, so it changes nothing.
    plans.offer(swapped(of, "5@1.3", "6@1.4"))
    assert plans.best()[1].moved == 0


def test_plan_that_breaks_a_rule_is_refused():
    of = school(TORN)
    before = judge(of, of.as_is, Policy().rules)
    plans = LadderPlans(of, Policy(), before, None)
    lectures = {"2@1.2": of.as_is["2@1.2"].at(of.as_is["6@1.4"].period)}
    clash = of.as_is.replace(lectures)  # lesson 2 on top of lesson 6 of grade 8
    assert judge(of, clash, Policy().rules).newly_broken(before)
    plans.offer(clash)
    assert not plans.improved


def swapped(of: School, one: str, other: str) -> Timetable:
    now = of.as_is
    return now.replace({one: now[one].at(now[other].period), other: now[other].at(now[one].period)})


def test_prices_differ_from_turn_to_turn():
    first, second = (list(prices(turn, with_rules=True)) for turn in (0, 1))
    assert len(first) == len(second)
    assert all(a != b for a, b in zip(first, second, strict=True))
    assert len(list(prices(0, with_rules=False))) == len(SITE_PRICES)
