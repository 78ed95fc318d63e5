"""The strict model allows exactly the timetables that break no rule more than the plan of today does."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import event, given, note
from ortools.sat.python import cp_model

from tests.builders import chance, describe, random_school
from tests.contract.solving import (
    EXEMPTING,
    HARDENED,
    RULE_SETS,
    VARIANTS,
    amounts,
    encoded,
    evaluated,
    examples,
    is_a_solution,
    judged,
    near_today,
    neighbour,
    new_breaches,
    one_worker,
    randoms,
    rule_name,
    solved,
)
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.domain.timetable import Timetable
from untisopt.model.timetable_model import TimetableModel
from untisopt.rules import ALL_RULES, Rule


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(60)
def test_plan_of_today_is_feasible_and_has_the_points_of_check(rule_set: str, rng: Random) -> None:
    school = random_school(rng)
    note(describe(school))
    rules = judged(school, RULE_SETS[rule_set])
    model = encoded(school, rules, strict=True, rooms_change=chance(rng, 50))
    expected = amounts(school, school.as_is, rules)
    assert evaluated(model, school.as_is) == expected
    assert is_a_solution(model, model.assignment(school.as_is))
    assert solved(model, rules, school.as_is) == expected


@pytest.mark.parametrize(
    "rule", [rule for rule in (*ALL_RULES, *VARIANTS, *EXEMPTING, *HARDENED) if rule.tier is Tier.RULES], ids=rule_name
)
@given(rng=randoms)
@examples(30)
def test_rule_alone_forbids_what_is_new(rule: Rule, rng: Random) -> None:
    school = random_school(rng, travel=True)
    rooms_change = chance(rng, 50)
    model = encoded(school, [rule], strict=True, rooms_change=rooms_change)
    for _ in range(3):
        _compare(model, [rule], near_today(rng, school, rooms_change=rooms_change))


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(60)
def test_rules_together_forbid_what_is_new(rule_set: str, rng: Random) -> None:
    school = random_school(rng)
    rooms_change = chance(rng, 50)
    rules = judged(school, RULE_SETS[rule_set])
    model = encoded(school, rules, strict=True, rooms_change=rooms_change)
    for _ in range(3):
        _compare(model, rules, near_today(rng, school, rooms_change=rooms_change))
    drawn = _any_solution(model, rng)
    note(f"found by the solver\n{describe(school, drawn)}")
    assert new_breaches(school, drawn, rules) == []
    assert solved(model, rules, drawn) == amounts(school, drawn, rules)


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(40)
def test_part_of_the_blocks_is_free(rule_set: str, rng: Random) -> None:
    school = random_school(rng)
    rules = judged(school, RULE_SETS[rule_set])
    rooms_change = chance(rng, 50)
    current = _any_solution(encoded(school, rules, strict=True, rooms_change=True), rng)
    free = {block.id for block in school.blocks if rng.randrange(2)}
    note(f"current\n{describe(school, current)}\nfree {free}")
    model = encoded(school, rules, strict=True, current=current, free=free, rooms_change=rooms_change)
    _compare(model, rules, current)
    assert is_a_solution(model, model.assignment(current))
    _compare(model, rules, _back_home(school, current, free, rooms_change=rooms_change))
    for _ in range(2):
        _compare(model, rules, neighbour(rng, school, current, free, rooms_change=rooms_change, share=30))


def _back_home(school: School, current: Timetable, free: set[str], *, rooms_change: bool) -> Timetable:
    """The free blocks stand where they do today again."""
    home = {
        id_: school.as_is[id_] if rooms_change else current[id_].at(school.as_is[id_].period)
        for block in school.blocks
        for id_ in block.lectures
        if block.id in free and block.lesson
    }
    return current.replace(home)


def _compare(model: TimetableModel, rules: list[Rule], timetable: Timetable) -> None:
    """Feasible if and only if nothing new is broken; then the points are those of `check`."""
    school = model.school
    breaches = new_breaches(school, timetable, rules)
    found = solved(model, rules, timetable)
    event("forbidden" if breaches else "the plan of today" if timetable == school.as_is else "allowed")
    note("\n".join([describe(school, timetable), *breaches]))
    if breaches:
        assert found is None, "the model allows what breaks a rule"
    else:
        assert found == amounts(school, timetable, rules)
        assert evaluated(model, timetable) == found


def _any_solution(model: TimetableModel, rng: Random) -> Timetable:
    """A timetable that the model allows, pulled away from the plan of today."""
    for block in model.school.blocks:
        for start in model.decisions.starts(block):
            model.decisions.literal(block, start)
    cp = model.cp.clone()
    wishes = [rng.randrange(10) for _ in cp.proto.variables]
    pull = [cp.get_int_var_from_proto_index(i) * wish for i, wish in enumerate(wishes) if wish]
    cp.maximize(cp_model.LinearExpr.sum(pull))
    solver = one_worker()
    solver.parameters.max_deterministic_time = 0.05
    solver.parameters.stop_after_first_solution = chance(rng, 30)
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return model.school.as_is
    return model.decisions.timetable(solver.boolean_value)


def test_school_without_any_choice() -> None:
    """A model whose decisions are all constants can be built, solved and read."""
    school = random_school(Random(1))
    rules = judged(school, ALL_RULES)
    model = encoded(school, rules, strict=True, free=())
    assert solved(model, rules, school.as_is) == amounts(school, school.as_is, rules)
