"""The judge of the rivals, by hand."""

from __future__ import annotations

import pytest

from benchmarks.peers.instance import BRANCH, MAIN, NOWHERE
from benchmarks.peers.judge import judge
from tests.unit.benchmarks.instances import TORN, instance, unit


def test_plan_of_today():
    found = judge(TORN, TORN.homes)
    # 08:45 to 08:45 is too short for 25 minutes, 09:30 to 10:00 is not: 1000 + 2 * 100.
    assert (found.too_short, found.site_changes, found.moved_lectures) == (1, 2, 0)
    assert found.score == found.score_of_units == 1200
    assert found.is_sound


def test_a_change_over_a_free_period_is_counted_once():
    plan = [(0, 0), (1, 1), (0, 2)]
    assert judge(TORN, plan).score == 1  # no site change any more, one lecture moved
    two = instance(unit(1, "Arnd", MAIN, (0, 0)), unit(2, "Arnd", BRANCH, (0, 2)))
    assert judge(two, two.homes).score == 100  # 08:45 to 10:00 is enough


def test_a_double_counts_two_lectures_and_one_unit():
    double = instance(unit(1, "Arnd", MAIN, (0, 0), length=2))
    found = judge(double, [(1, 1)])
    assert (found.moved_lectures, found.moved_units) == (2, 1)
    assert (found.score, found.score_of_units) == (2, 1)


def test_double_reaches_into_its_second_period():
    # Arnd is at the main building in periods 0 and 1, at the branch in 2: one change, 30 minutes are enough.
    pair = instance(unit(1, "Arnd", MAIN, (0, 0), length=2), unit(2, "Arnd", BRANCH, (0, 2)))
    assert judge(pair, pair.homes).score == 100
    assert judge(pair, [(0, 0), (0, 1)]).clashes == 1


@pytest.mark.parametrize("field", ["classes", "rooms"])
def test_clashes_count_per_thing_and_period(field):
    classes, rooms = ("a b", "") if field == "classes" else ("", "a b")
    pair = instance(
        unit(1, "", MAIN, (0, 0), length=2, classes=classes, rooms=rooms),
        unit(2, "", MAIN, (1, 0), length=2, classes=classes, rooms=rooms),
    )
    # Two things, needed twice in two periods; in one period if they overlap by one.
    assert judge(pair, [(0, 0), (0, 0)]).clashes == 4
    assert judge(pair, [(0, 0), (0, 1)]).clashes == 2
    assert judge(pair, pair.homes).is_sound


def test_names_of_different_kinds_do_not_clash():
    pair = instance(
        unit(1, "a", MAIN, (0, 0)), unit(2, "", MAIN, (0, 0), classes="a"), unit(3, "", MAIN, (0, 0), rooms="a")
    )
    assert judge(pair, pair.homes).is_sound


def test_lesson_twice_on_a_day_and_start_that_is_not_allowed():
    pair = instance(unit(1, "", MAIN, (0, 0), starts=((0, 0), (1, 0))), unit(1, "", MAIN, (1, 1)))
    assert judge(pair, [(1, 0), (1, 1)]).twice == 1
    assert judge(pair, [(0, 1), (1, 1)]).outside == 1
    assert judge(pair, [(0, 0), (1, 1)]).is_sound


def test_what_is_nowhere_is_passed_over():
    day = instance(
        unit(1, "Arnd", MAIN, (0, 0)), unit(2, "", NOWHERE, (0, 1), classes="x"), unit(3, "Arnd", MAIN, (0, 2))
    )
    assert judge(day, day.homes).score == 0


def test_what_no_unit_says_is_added():
    fixed = instance(unit(1, "Arnd", MAIN, (0, 0)), changes=3, too_short=2)
    assert judge(fixed, fixed.homes).score == 2 * 1000 + 3 * 100


def test_plan_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        judge(TORN, TORN.homes[1:])
