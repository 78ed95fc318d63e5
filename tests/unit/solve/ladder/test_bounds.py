"""Bounds of the ladder: no plan that the rules allow costs less, whatever the multipliers; days cost what they do."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import event, given, note
from ortools.sat.python import cp_model

from tests.builders import describe, move, random_school, school
from tests.contract.solving import RULE_SETS, examples, new_breaches, one_worker, randoms
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.engines.bounds.certificates import Matrix
from untisopt.engines.bounds.relaxation import Price, Relaxation
from untisopt.engines.clock import Clock
from untisopt.engines.kempe.annealer import Annealer, Schedule
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.mip.run import dual_values
from untisopt.policy import Policy
from untisopt.rules import ALL_RULES, judge
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.solve.ladder.bounds import Bounds, Known, Prover, Units
from untisopt.solve.ladder.plans import LadderPlans

# Arnd has 0 and 20 minutes for two journeys of 25: see test_repair.
TORN = """
1 Arnd 7 H1 Mon1
2 Arnd 8 F1 Mon2
3 Arnd 7 H1 Mon3
4 Beck 8 F2 Mon1
5 Beck 8 F2 Mon3
6 Beck 8 F2 Mon4
"""


def relaxed(of: School, policy: Policy | None = None) -> tuple[Relaxation, LadderPlans]:
    wanted = policy or Policy()
    before = judge(of, of.as_is, wanted.rules)
    plans = LadderPlans(of, wanted, before, None)
    return Relaxation(of, wanted, plans.objective, before), plans


def walk(rng: Random, relaxation: Relaxation, plans: LadderPlans, policy: Policy) -> list[Timetable]:
    """Plans that the chains come by, all of them allowed."""
    of = relaxation.model.school
    before = plans.today.score
    problem = KempeProblem(relaxation.model, policy, plans.objective, before)
    found = [of.as_is]
    if len(problem.data.movable):
        annealer = Annealer(problem, problem.starts(of.as_is), seed=rng.randrange(1000))
        for trials in (3, 30, 300):
            annealer.run(Schedule(hot=1e12, cold=1e12, trials=trials), 0, trials)
            found.append(problem.timetable(annealer.starts, of.as_is))
    return [plan for plan in found if not new_breaches(of, plan, policy.judged(of))]


def cheapest(relaxation: Relaxation, price: Price, timetable: Timetable) -> int | None:
    """What the rows make of a price once all decisions are those of a timetable; None if they do not allow it."""
    linear = relaxation.linear
    cp = cp_model.CpModel()
    decided = relaxation.model.decisions.values_of(timetable)
    variables = [
        cp.new_int_var(decided.get(i, int(low)), decided.get(i, int(high)), f"x{i}")
        for i, (low, high) in enumerate(zip(linear.lower, linear.upper, strict=True))
    ]
    for row in linear.rows:
        terms = [(variables[v], a) for v, a in zip(row.variables, row.coefficients, strict=True)]
        total = cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [a for _, a in terms])
        if row.low > float("-inf"):
            cp.add(total >= int(row.low))
        if row.high < float("inf"):
            cp.add(total <= int(row.high))
    cp.minimize(cp_model.LinearExpr.weighted_sum([variables[v] for v in price.amounts], list(price.amounts.values())))
    solver = one_worker()
    if solver.solve(cp) != cp_model.OPTIMAL:
        return None
    return round(solver.objective_value) + price.constant


def sees_everybody(relaxation: Relaxation) -> bool:
    """Whether nobody with several sites has lectures that may overlap."""
    model = relaxation.model
    return all(
        model.is_exclusive(resource) or len({s for room in model.school.rooms.values() for s in [room.site]}) < 2
        for kind in (Kind.TEACHER, Kind.GRADE)
        for resource in model.resources(kind)
    )


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(25)
def test_days_cost_what_the_rules_find(rule_set, rng):
    of = random_school(rng, travel=rng.random() < 0.7)
    note(describe(of))
    policy = Policy(rules=RULE_SETS[rule_set])
    relaxation, plans = relaxed(of, policy)
    relaxation.restrict(None, None)
    exact = sees_everybody(relaxation)
    event("exact" if exact else "lower")
    for plan in walk(rng, relaxation, plans, policy):
        note(describe(of, plan))
        units = plans._priced(plan).units
        rules, changes = (cheapest(relaxation, price, plan) for price in (relaxation.rules, relaxation.changes))
        assert rules is not None, "the rows allow every plan that the rules allow"
        assert changes is not None
        assert rules <= units.rules
        assert changes <= units.changes
        if exact:
            assert changes == units.changes


@given(rng=randoms)
@examples(40)
def test_any_multipliers_give_a_bound(rng):
    of = random_school(rng, travel=True)
    note(describe(of))
    policy = Policy()
    relaxation, plans = relaxed(of, policy)
    matrix = Matrix(relaxation)
    for plan in walk(rng, relaxation, plans, policy):
        priced = plans._priced(plan)
        decided = relaxation.model.decisions.values_of(plan)
        for price, units in ((relaxation.rules, priced.units.rules), (relaxation.changes, priced.units.changes)):
            multipliers = [rng.choice([0.0, 0.0, 0.0, rng.gauss(0, 1)]) for _ in relaxation.linear.rows]
            certificate = matrix.certificate(price, multipliers)
            # The plan moves so many lectures and costs the first tier so much, so it is within these limits.
            budget, cap = rng.choice([priced.moved, None]), priced.units.rules
            assert certificate.bound(budget, cap) <= units
            at_low, at_high = certificate.fixed(budget, cap, units)
            for variable, value in decided.items():
                assert not (at_low[variable] and value > matrix.lower[variable])
                assert not (at_high[variable] and value < matrix.upper[variable])


def test_multipliers_of_the_solver_by_hand():
    relaxation, plans = relaxed(school(TORN))
    assert plans.today.units == Units(rules=2, changes=2)
    # Six lectures may move. With none moved two journeys are too short; a certificate is no weaker than the solution
    # of the linear programme, in which every lecture stays.
    relaxation.restrict(0, None)
    relaxation.minimise(relaxation.rules)
    multipliers = dual_values(relaxation.linear, seconds=30)
    assert multipliers is not None
    certificate = Matrix(relaxation).certificate(relaxation.rules, multipliers)
    assert certificate.bound(0, None) == pytest.approx(2, abs=1e-3)
    # What it says of larger budgets is less, and never more than the plans with no journey too short, of 3 moves.
    bounds = [certificate.bound(budget, None) for budget in range(7)]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[3] <= 0


def test_cap_on_rules_raises_the_bound_on_changes():
    relaxation, _ = relaxed(school(TORN))
    matrix = Matrix(relaxation)
    found = []
    for cap in (0, 2):
        relaxation.restrict(2, cap)
        relaxation.minimise(relaxation.changes)
        multipliers = dual_values(relaxation.linear, seconds=30)
        assert multipliers is not None
        found.append(matrix.certificate(relaxation.changes, multipliers).bound(2, cap))
    assert found[0] >= found[1] - 1e-6


# -- what is proved, by budget --


def test_bound_of_a_larger_budget_holds_for_smaller_ones():
    bounds = Bounds([2, 5, None])
    bounds.raise_rules(5, 3)
    bounds.raise_changes(None, 4, None)
    bounds.raise_changes(2, 7, 3)
    assert [bounds.of(b).rules for b in (2, 5, None)] == [3, 3, 0]
    assert [bounds.of(b).changes for b in (2, 5, None)] == [4, 4, 4]
    assert bounds.of(2).changes_at == {3: 7}
    assert bounds.of(5).changes_at == {}
    bounds.add(3)
    # Of the larger budgets 5 and any number.
    assert (bounds.of(3).rules, bounds.of(3).changes) == (3, 4)


def test_points_of_a_bound_by_hand():
    # 100 a breach, 10 a change. At least 2 breaches and 3 changes: 230.
    assert Known(rules=2, changes=3).points(100, 10) == 230
    # With 2 breaches at least 8 changes: 280; with 3 breaches at least 330.
    assert Known(rules=2, changes=3, changes_at={2: 8}).points(100, 10) == 280
    # With 2 breaches at least 20 changes: 400, so 3 breaches and 3 changes would be fewer: 330.
    assert Known(rules=2, changes=3, changes_at={2: 20}).points(100, 10) == 330
    # What is proved with 1 breach is of no use, there are none with 1.
    assert Known(rules=2, changes=3, changes_at={1: 9}).points(100, 10) == 230
    # No rules of the first tier at all.
    assert Known(rules=0, changes=3, changes_at={0: 4}).points(0, 10) == 40


def test_prover_closes_a_small_ladder():
    of = school(TORN)
    relaxation, plans = relaxed(of)
    bounds = Bounds([2, 3, None])
    offered: list[Timetable] = []
    # The best plans by hand: with two moves one journey is left and too short, with three one change.
    standing = {2: Units(1, 1), 3: Units(0, 1), None: Units(0, 1)}
    prover = Prover(
        relaxation,
        bounds=bounds,
        standing=lambda: standing,
        offer=offered.append,
        should_stop=lambda: False,
        seed=0,
    )
    prover.run(Clock(), wait=False)
    assert [bounds.of(budget).points(10, 1) for budget in (2, 3, None)] == [11, 1, 1]
    for plan in offered:
        assert not new_breaches(of, plan, Policy().rules)
    assert plans.today.moved == 0


def test_prover_stops_when_asked():
    relaxation, _ = relaxed(school(TORN))
    bounds = Bounds([None])
    prover = Prover(
        relaxation,
        bounds=bounds,
        standing=lambda: {None: Units(2, 2)},
        offer=lambda _plan: None,
        should_stop=lambda: True,
        seed=0,
    )
    prover.run(Clock(), wait=True)
    assert bounds.of(None).points(10, 1) == 0


def test_rows_allow_gaps_of_grades_that_are_exempt():
    # The lecture in period 2 goes to 5: grade 7 gets two gaps on Monday.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Cern 7 H1 Mon3\n4 Dorn 7 H1 Tue5")
    plan = move(of, {"2@1.2": "Mon5"})
    for exempt, allowed in (((), False), (("7",), True)):
        rules = tuple(GradeGaps(except_=exempt) if rule.id == GradeGaps.id else rule for rule in ALL_RULES)
        relaxation, _plans = relaxed(of, Policy(rules=rules))
        relaxation.restrict(None, None)
        assert (cheapest(relaxation, relaxation.rules, plan) is not None) is allowed
