"""Free places for lectures that a search has left without one, and what a plan costs."""

from __future__ import annotations

from tests.builders import at, grid, move, school
from untisopt.domain.calendar import Period
from untisopt.domain.events import Requirements
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.events.filling import cost, filled
from untisopt.solve.events.reach import Reach

# Grade 7 is taught in periods 1 to 3 of Monday and Tuesday.
OF = school(
    "1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon3\n3 Arnd 7 H1 Tue1\n4 Beck 7 H1 Tue2\n5 Beck 7 H1 Tue3", on=grid(2, (0, 0))
)


def reached(of: School, required: Requirements) -> Reach:
    policy = Policy()
    rules = [rule for rule in policy.judged(of) if rule.tier is Tier.RULES]
    return Reach(of, policy, rules, required, before=judge(of, of.as_is, policy.rules))


def after(of: School, required: Requirements, lecture: str) -> Period:
    """Where a lecture stands after it was taken off the plan."""
    reach = reached(of, required)
    off = of.as_is.replace({lecture: of.as_is[lecture].at(Period(0, 1))})
    rules = [rule for rule in Policy().judged(of) if rule.tier is Tier.RULES]
    return filled(reach, rules, off, [of.block_of[lecture]])[lecture].period


def test_its_own_place_comes_first():
    assert after(OF, Requirements(), "3@2.1") == at("Tue1")


def test_a_free_place_does():
    # Arnd may not come on Tuesday 1; Monday 2 is free for him and grade 7.
    assert after(OF, Requirements(vacated={(Kind.TEACHER, "Arnd"): frozenset({at("Tue1")})}), "3@2.1") == at("Mon2")


def test_where_nothing_is_free_it_stays_off():
    away = frozenset({at("Tue1"), at("Mon2")})
    assert after(OF, Requirements(vacated={(Kind.TEACHER, "Arnd"): away}), "3@2.1") == Period(0, 1)


def test_what_a_plan_costs():
    # Two lectures move; the weight of a moved lecture is 1.
    plan = move(OF, {"1@1.1": "Mon2", "3@2.1": "Mon1"})
    assert cost(reached(OF, Requirements()), plan) == 2
    assert cost(reached(OF, Requirements()), OF.as_is) == 0
