"""Every rule says the same to people and to CP-SAT: with all decisions fixed, the points are those of `check`."""

from __future__ import annotations

from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, note

from tests.builders import chance, describe, random_school, random_timetable
from tests.contract.solving import (
    EXEMPTING,
    RULE_SETS,
    VARIANTS,
    amounts,
    encoded,
    evaluated,
    examples,
    is_a_solution,
    judged,
    neighbour,
    randoms,
    rule_name,
    seeds,
    solved,
)
from tests.contract.wrong_rules import WRONG_RULES, GradeRooms
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.rules import ALL_RULES, Rule


def _case(rng: Random, *, rooms_change: bool) -> tuple[School, Timetable]:
    school = random_school(rng, travel=True)
    return school, random_timetable(rng, school, rooms_change=rooms_change)


@lru_cache(maxsize=64)
def _shared_case(seed: int) -> tuple[School, Timetable, bool]:
    """A school for all rules; what rules remember of it must be right for all of them, too."""
    rng = Random(seed)
    rooms_change = chance(rng, 50)
    return *_case(rng, rooms_change=rooms_change), rooms_change


def _compare(rule: Rule) -> None:
    """Compare the model of one rule with its check; every rule meets the same schools."""

    @given(seed=seeds)
    @examples(50)
    def in_a_school(seed: int) -> None:
        school, timetable, rooms_change = _shared_case(seed)
        note(describe(school, timetable))
        model = encoded(school, [rule], strict=False, rooms_change=rooms_change)
        expected = amounts(school, timetable, [rule])
        assert evaluated(model, timetable) == expected
        assert solved(model, [rule], timetable) == expected

    in_a_school()


@pytest.mark.parametrize("rule", [*ALL_RULES, *VARIANTS, *EXEMPTING, GradeRooms()], ids=rule_name)
def test_rule_alone(rule: Rule) -> None:
    _compare(rule)


@pytest.mark.parametrize("rule", WRONG_RULES, ids=lambda rule: type(rule).__name__)
def test_wrong_rule_is_caught(rule: Rule) -> None:
    """If this fails, the random schools lack what shows that the rule is wrong."""
    with pytest.raises(AssertionError):
        _compare(rule)


@pytest.mark.parametrize("rule_set", RULE_SETS)
@given(rng=randoms)
@examples(60)
def test_rules_together(rule_set: str, rng: Random) -> None:
    school = random_school(rng)
    timetable = random_timetable(rng, school, rooms_change=True)
    note(describe(school, timetable))
    concerned = judged(school, RULE_SETS[rule_set])
    model = encoded(school, concerned, strict=False, rooms_change=True)
    expected = amounts(school, timetable, concerned)
    assert solved(model, concerned, timetable) == expected
    assert evaluated(model, timetable) == expected
    assert is_a_solution(model, model.assignment(timetable))


@pytest.mark.parametrize("rule_set", RULE_SETS)
@pytest.mark.parametrize("rooms_change", [False, True], ids=["rooms stay", "rooms change"])
@given(rng=randoms)
@examples(40)
def test_part_of_the_blocks_is_free(rule_set: str, rooms_change: bool, rng: Random) -> None:
    school, current = _case(rng, rooms_change=True)
    free = {block.id for block in school.blocks if rng.randrange(2)}
    timetable = neighbour(rng, school, current, free, rooms_change=rooms_change)
    note(f"free {free}\n{describe(school, timetable)}")
    concerned = judged(school, RULE_SETS[rule_set])
    model = encoded(school, concerned, strict=False, current=current, free=free, rooms_change=rooms_change)
    expected = amounts(school, timetable, concerned)
    assert solved(model, concerned, timetable) == expected
    assert evaluated(model, timetable) == expected
    assert is_a_solution(model, model.assignment(timetable))
