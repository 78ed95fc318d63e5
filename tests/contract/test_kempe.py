"""The annealer and `check` agree on the points of every plan it visits, and it never breaks a rule newly."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import event, given, note

from tests.builders import describe, random_school
from tests.contract.solving import RULE_SETS, examples, in_chains, new_breaches, randoms
from untisopt.engines.build import build_model, build_starts
from untisopt.engines.kempe.annealer import Annealer, Schedule
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.policy import Policy
from untisopt.rules import judge


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(80)
def test_points_and_rules_of_every_plan_visited(rule_set: str, rng: Random) -> None:
    school = random_school(rng, travel=rng.random() < 0.7)
    note(describe(school))
    budget = rng.choice([None, None, 0, 3])
    policy = Policy(rules=in_chains(RULE_SETS[rule_set]), worth=rng.randrange(1, 8), max_changes=budget)
    aim = objective(school, policy)
    before = judge(school, school.as_is, policy.rules)
    problem = KempeProblem(build_starts(school, policy, before), policy, aim, before)
    if not len(problem.data.movable):
        event("nothing can move")
        return
    annealer = Annealer(problem, problem.starts(school.as_is), seed=rng.randrange(1000))
    assert annealer.points == aim.value(before)
    for _ in range(4):
        # Hot enough to accept nearly everything: the walk should go where rules could break.
        annealer.run(Schedule(hot=1e9, cold=1e9, trials=300), 0, 300)
        plan = problem.timetable(annealer.starts, school.as_is)
        note(describe(school, plan))
        assert new_breaches(school, plan, policy.judged(school)) == []
        after = judge(school, plan, policy.rules)
        assert annealer.points == aim.value(after)
        moved = sum(plan[id_].period != school.as_is[id_].period for id_ in school.lectures)
        assert budget is None or moved <= budget
        event("moved" if moved else "nothing moved")


@given(rng=randoms)
@examples(20)
def test_same_seed_same_walk(rng: Random) -> None:
    school = random_school(rng, travel=True)
    policy = Policy()
    aim = objective(school, policy)
    before = judge(school, school.as_is, policy.rules)
    problem = KempeProblem(build_starts(school, policy, before), policy, aim, before)
    if not len(problem.data.movable):
        return
    walks = []
    for turns in ((1000,), (400, 600)):
        annealer = Annealer(problem, problem.starts(school.as_is), seed=7)
        done = 0
        for trials in turns:
            annealer.run(Schedule(hot=50.0, cold=50.0, trials=1000), done, trials)
            done += trials
        walks.append(annealer.starts)
    assert np.array_equal(walks[0], walks[1]), "the walk depends on how it is cut into turns"


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(40)
def test_starts_are_those_of_the_whole_model(rule_set: str, rng: Random) -> None:
    school = random_school(rng, travel=rng.random() < 0.7)
    note(describe(school))
    policy = Policy(rules=RULE_SETS[rule_set])
    before = judge(school, school.as_is, policy.rules)
    alone = build_starts(school, policy, before)
    whole = build_model(school, policy, objective(school, policy), before)
    for block in school.blocks:
        assert alone.decisions.starts(block) == whole.decisions.starts(block)
    assert alone.start_prices == whole.start_prices
