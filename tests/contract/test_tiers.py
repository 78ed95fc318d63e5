"""A rule that a policy makes a wish forbids nothing, and costs what `check` finds."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, note

from tests.builders import chance, describe, random_school, random_timetable
from tests.contract.solving import (
    HARDENED,
    SOFTENED_RULES,
    amounts,
    encoded,
    evaluated,
    examples,
    randoms,
    rule_name,
    solved,
)
from untisopt.domain.score import Tier
from untisopt.rules import Rule

SOFTENED = tuple(
    soft for soft in SOFTENED_RULES if soft.tier is Tier.COMFORT and soft.id not in {rule.id for rule in HARDENED}
)


def test_there_are_rules_of_both_kinds() -> None:
    assert {"teacher-gaps", "teacher-days", "teacher-edges"} <= {rule.id for rule in HARDENED}
    assert {"grade-gaps", "doubles", "teacher-in-a-row"} <= {rule.id for rule in SOFTENED}


@pytest.mark.parametrize("rule", SOFTENED, ids=rule_name)
@given(rng=randoms)
@examples(15)
def test_wish_forbids_nothing(rule: Rule, rng: Random) -> None:
    school = random_school(rng, travel=True)
    rooms_change = chance(rng, 50)
    timetable = random_timetable(rng, school, rooms_change=rooms_change)
    note(describe(school, timetable))
    model = encoded(school, [rule], strict=True, rooms_change=rooms_change)
    expected = amounts(school, timetable, [rule])
    assert evaluated(model, timetable) == expected
    assert solved(model, [rule], timetable) == expected
