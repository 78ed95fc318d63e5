"""No plan that the rules allow is cheaper than the bound by parts says, nor has fewer site changes."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import event, given, note

from tests.builders import describe, random_school
from tests.contract.solving import RULE_SETS, examples, randoms
from untisopt.engines.bounds.parts import Parts
from untisopt.engines.build import build_starts
from untisopt.engines.kempe.annealer import Annealer, Schedule
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.policy import Policy
from untisopt.rules import judge


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(40)
def test_no_plan_visited_is_below_the_bound(rule_set: str, rng: Random) -> None:
    school = random_school(rng, travel=rng.random() < 0.7)
    note(describe(school))
    policy = Policy(rules=RULE_SETS[rule_set], worth=rng.randrange(1, 8))
    aim = objective(school, policy)
    before = judge(school, school.as_is, policy.rules)
    starts = build_starts(school, policy, before)
    parts = Parts(starts, policy, aim, before)
    bound = parts.bound(seed=0, effort=60.0, should_stop=lambda: False)
    event("some people travel" if parts.people else "nobody travels")
    event("bound" if bound.points else "no bound")
    assert bound.points <= aim.value(before)
    problem = KempeProblem(starts, policy, aim, before)
    if not len(problem.data.movable):
        return
    annealer = Annealer(problem, problem.starts(school.as_is), seed=rng.randrange(1000))
    for heat in (1e9, 1e9, 3.0, 0.5):
        annealer.run(Schedule(hot=heat, cold=heat / 2, trials=500), 0, 500)
        plan = problem.timetable(annealer.starts, school.as_is)
        note(describe(school, plan))
        found = judge(school, plan, policy.rules)
        assert bound.points <= aim.value(found)
        for rule, least in bound.site_changes.items():
            assert least <= found.amount(rule)
