"""Rules that the policy makes wishes: no search takes them for rules, and no bound rests on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from tests.builders import move, school
from tests.contract.solving import is_a_solution
from tests.unit.solve.ladder.test_bounds import cheapest, relaxed
from untisopt.domain.score import Tier
from untisopt.engines.bounds.parts import Parts
from untisopt.engines.build import build_model, build_starts
from untisopt.engines.objective import objective
from untisopt.policy import Policy
from untisopt.rules import ALL_RULES, Rule, judge
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.days.wishes import Wishes

# Grade 7 goes from the main building to the branch on Monday, with 0 of 25 minutes. On Tuesday there is no room for
# anything, and whichever comes first, periods 1 to 4 leave time for the journey only with a gap between the two.
OF = school("1 Arnd 7 H1 Mon1\n2 Beck 7 F1 Mon2\n3 Carl 7 H1 Tue1-4")
LATER = move(OF, {"2@1.2": "Mon4"})


def policy(tier: Tier) -> Policy:
    return Policy(rules=tuple(replace(rule, tier=tier) if isinstance(rule, GradeGaps) else rule for rule in ALL_RULES))


def test_plan_mends_the_journey_and_makes_a_gap() -> None:
    before, after = (judge(OF, plan, ALL_RULES) for plan in (OF.as_is, LATER))
    assert (before.amount("grade-travel"), after.amount("grade-travel")) == (1, 0)
    assert (before.amount("grade-gaps"), after.amount("grade-gaps")) == (0, 2)


@pytest.mark.parametrize(("tier", "allowed"), [(Tier.RULES, False), (Tier.COMFORT, True)])
def test_model_of_the_whole_school(tier: Tier, allowed: bool) -> None:
    wanted = policy(tier)
    before = judge(OF, OF.as_is, wanted.rules)
    model = build_model(OF, wanted, objective(OF, wanted), before)
    assert is_a_solution(model, model.assignment(LATER)) is allowed


@pytest.mark.parametrize(("tier", "is_unavoidable"), [(Tier.RULES, True), (Tier.COMFORT, False)])
def test_bound_by_parts(tier: Tier, is_unavoidable: bool) -> None:
    wanted = policy(tier)
    before, goal = judge(OF, OF.as_is, wanted.rules), objective(OF, wanted)
    parts = Parts(build_starts(OF, wanted, before), wanted, goal, before)
    found = parts.bound(seed=0, effort=60.0, should_stop=lambda: False)
    assert (found.points >= goal.factors["grade-travel"]) is is_unavoidable
    assert is_unavoidable or found.points <= goal.value(judge(OF, LATER, wanted.rules))


@pytest.mark.parametrize(("tier", "allowed"), [(Tier.RULES, False), (Tier.COMFORT, True)])
def test_rows_of_the_relaxation(tier: Tier, allowed: bool) -> None:
    relaxation, _plans = relaxed(OF, policy(tier))
    relaxation.restrict(None, None)
    assert (cheapest(relaxation, relaxation.rules, LATER) is not None) is allowed


def test_wishes_never_outweigh_a_rule() -> None:
    # A lecture of a subject may leave a period with a request of 3 for one with -3, which counts 6 for everybody in it.
    rules: list[Rule] = [
        cast("Rule", replace(cast("Any", rule), weight=1000)) if isinstance(rule, Wishes) else rule
        for rule in ALL_RULES
    ]
    of = replace(OF, limits=replace(OF.limits, subject_wishes={"S1": dict.fromkeys(OF.grid.periods, 3)}))
    goal = objective(of, Policy(rules=tuple(rules)))
    assert goal.factors["wishes"] == 1000
    # Six lectures with a teacher and a grade each.
    assert goal.factors["grade-travel"] > 1000 * 6 * 6 * 2
