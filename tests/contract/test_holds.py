"""Pins that hold the period or the rooms alone say the same to people and to CP-SAT."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import event, given, note

from tests.builders import chance, describe, random_school, random_timetable
from tests.contract.solving import (
    amounts,
    encoded,
    evaluated,
    examples,
    judged,
    near_today,
    new_breaches,
    randoms,
    solved,
)
from untisopt.domain.pins import Hold, PinReason
from untisopt.domain.school import School
from untisopt.rules import ALL_RULES, START_RULES
from untisopt.rules.lessons.pinned import Pinned

HOLDS = [hold for hold in Hold if hold is not Hold.BOTH]


def _school(rng: Random, hold: Hold) -> School:
    """A quarter of the lectures is held, a few of them wholly."""
    drawn = random_school(rng, travel=True)
    held = {id_: PinReason("held", Hold.BOTH if chance(rng, 15) else hold) for id_ in drawn.lectures if chance(rng, 25)}
    note(f"held {[(id_, reason.hold.value) for id_, reason in held.items()]}")
    return replace(drawn, pinned=held)


@pytest.mark.parametrize("hold", HOLDS)
@given(rng=randoms)
@examples(50)
def test_rule_alone(hold: Hold, rng: Random) -> None:
    school = _school(rng, hold)
    timetable = random_timetable(rng, school, rooms_change=True)
    note(describe(school, timetable))
    expected = amounts(school, timetable, [Pinned()])
    event("broken" if expected else "kept")
    model = encoded(school, [Pinned()], strict=False, rooms_change=True)
    assert evaluated(model, timetable) == expected
    assert solved(model, [Pinned()], timetable) == expected


@pytest.mark.parametrize("hold", HOLDS)
@given(rng=randoms)
@examples(50)
def test_rules_together_forbid_what_is_new(hold: Hold, rng: Random) -> None:
    school = _school(rng, hold)
    # With all rules, next to nothing is allowed.
    rules = [rule for rule in judged(school, ALL_RULES) if rule.id in START_RULES]
    model = encoded(school, rules, strict=True, rooms_change=True)
    for _ in range(3):
        timetable = near_today(rng, school, rooms_change=True)
        note(describe(school, timetable))
        breaches = new_breaches(school, timetable, rules)
        event("forbidden" if breaches else "the plan of today" if timetable == school.as_is else "allowed")
        found = solved(model, rules, timetable)
        assert (found is None) == bool(breaches)
        if found is not None:
            assert found == amounts(school, timetable, rules)
