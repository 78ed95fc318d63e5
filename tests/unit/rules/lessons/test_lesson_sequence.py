"""Lesson sequences: fixed, simultaneous and weekly ones are respected no less than today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations
from tests.unit.rules.sequences import in_sequence
from untisopt.domain.calendar import Period
from untisopt.domain.limits import SequenceKind
from untisopt.domain.timetable import Timetable
from untisopt.rules.lessons.lesson_sequence import LessonSequences

RULE = LessonSequences()
FIXED, SIMULTANEOUS, WEEKLY = SequenceKind.FIXED, SequenceKind.SIMULTANEOUS, SequenceKind.WEEKLY
PHYSICS = "96 Arnd 7 - Mon3\n97 Arnd 7 - Mon4"


# -- fixed --


def test_fixed_example_of_the_module() -> None:
    of = in_sequence(PHYSICS, FIXED, 96, 97)
    plan = move(of, {"97@1.4": "Mon5"})

    assert amount(RULE, of) == 0
    assert evidence(RULE, of) == {}
    assert amount(RULE, of, plan) == 1
    expected = (
        "lesson sequence Q: S96 7 (lesson 96), S97 7 (lesson 97) shall directly follow one another in this order, but "
        "do so less often than today"
    )
    assert sentence(RULE, of, plan) == expected


@pytest.mark.parametrize(
    ("places", "surplus"),
    [
        ({"96@1.3": "Fri6", "97@1.4": "Fri7"}, 0),  # together, across the long break
        ({"96@1.3": "Mon5"}, 1),  # the other order
        ({"96@1.3": "Tue3"}, 1),  # another day
        ({"96@1.3": "Mon4"}, 1),  # at the same time
    ],
)
def test_fixed_places(places: dict[str, str], surplus: int) -> None:
    of = in_sequence(PHYSICS, FIXED, 96, 97)
    assert amount(RULE, of, move(of, places)) == surplus


def test_fixed_double_period_first() -> None:
    of = in_sequence("96 Arnd 7 - Mon3-4\n97 Arnd 7 - Mon5", FIXED, 96, 97)
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, {"96@1.3": "Tue3", "97@1.5": "Tue4"})) == 1
    assert amount(RULE, of, move(of, {"96@1.3": "Tue3", "97@1.5": "Tue5"})) == 0


def test_fixed_with_the_other_order_today_may_have_any_order() -> None:
    of = in_sequence("96 Arnd 7 - Mon4\n97 Arnd 7 - Mon3", FIXED, 96, 97)
    assert evidence(RULE, of) == {"Q": "the plan has them in another order, so any order will do"}
    # Today lesson 97 is followed and lesson 96 is not; turned round it is the other way round.
    assert amount(RULE, of, move(of, {"97@1.3": "Mon5"})) == 0
    plan = move(of, {"97@1.3": "Mon6"})
    assert amount(RULE, of, plan) == 1
    assert "in this order" not in sentence(RULE, of, plan)


def test_fixed_three_lessons() -> None:
    of = in_sequence("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2\n3 Arnd 7 - Mon3", FIXED, 1, 2, 3)
    # The order 1, 3, 2: neither 1 nor 2 is followed by its next lesson.
    assert amount(RULE, of, move(of, {"3@1.3": "Mon2", "2@1.2": "Mon3"})) == 2
    assert amount(RULE, of, move(of, {"1@1.1": "Tue1"})) == 1


def test_fixed_what_does_not_follow_today_need_not() -> None:
    of = in_sequence("96 Arnd 7 - Mon3\n97 Arnd 7 - Mon4\n96 Arnd 7 - Wed1", FIXED, 96, 97)
    assert evidence(RULE, of) == {"Q": "1 block is not followed by the next lesson so far"}
    assert amount(RULE, of, move(of, {"97@1.4": "Wed2"})) == 0
    assert amount(RULE, of, move(of, {"97@1.4": "Thu2"})) == 1


def test_fixed_by_weeks() -> None:
    of = in_sequence("96 Arnd 7 - Mon3 AB\n97 Arnd 7 - Mon4 A\n97 Arnd 7 - Mon4 B", FIXED, 96, 97)
    (found,) = violations(RULE, of, move(of, {"97@1.4/2": "Tue4"}))
    assert (found.facts.week_class, found.amount) == (1, 1)
    # Where lesson 97 is not held, nothing has to follow.
    of = in_sequence("96 Arnd 7 - Mon3 AB\n97 Arnd 7 - Mon4 A", FIXED, 96, 97)
    assert [v.facts.week_class for v in violations(RULE, of, move(of, {"97@1.4": "Tue4"}))] == [0]


# -- simultaneous --


def test_simultaneous_example_of_the_module() -> None:
    of = in_sequence("1 Arnd 11 - Tue7\n2 Beck 11 - Tue7", SIMULTANEOUS, 1, 2)
    plan = move(of, {"2@2.7": "Tue6"})

    assert evidence(RULE, of) == {}
    assert amount(RULE, of, plan) == 1
    expected = (
        "lesson sequence Q: S1 11 (lesson 1), S2 11 (lesson 2) shall be at the same time, but are at more different "
        "times than today"
    )
    assert sentence(RULE, of, plan) == expected
    assert amount(RULE, of, move(of, {"1@2.7": "Fri3", "2@2.7": "Fri3"})) == 0


def test_simultaneous_whatever_the_weeks() -> None:
    of = in_sequence("1 Arnd 11 - Tue7 A\n2 Beck 11 - Tue7 B", SIMULTANEOUS, 1, 2)
    (found,) = violations(RULE, of, move(of, {"2@2.7": "Tue6"}))
    assert (found.facts.week_class, found.amount) == (None, 1)


def test_simultaneous_counts_periods() -> None:
    # A double period and two single ones share three periods; lesson 1 moved away takes two more.
    of = in_sequence("1 Arnd 11 - Tue7-8\n2 Beck 11 - Tue7\n2 Beck 11 - Thu1", SIMULTANEOUS, 1, 2)
    assert evidence(RULE, of) == {"Q": "held in 3 different periods so far"}
    # 3, 4 of Friday, 7 of Tuesday, 1 of Thursday: four.
    assert amount(RULE, of, move(of, {"1@2.7": "Fri3"})) == 1
    assert amount(RULE, of, move(of, {"2@4.1": "Tue8"})) == 0


# -- weekly --


def test_weekly_order() -> None:
    of = in_sequence("1 Arnd 7 - Mon3\n2 Beck 7 - Wed2", WEEKLY, 1, 2)
    assert amount(RULE, of, move(of, {"1@1.3": "Wed1"})) == 0
    plan = move(of, {"1@1.3": "Wed3"})
    assert amount(RULE, of, plan) == 1
    expected = (
        "lesson sequence Q: S1 7 (lesson 1), S2 7 (lesson 2) shall come in this order in the week, but do so less "
        "often than today"
    )
    assert sentence(RULE, of, plan) == expected
    # At the same time is not later.
    assert amount(RULE, of, move(of, {"1@1.3": "Wed2"})) == 1


def test_weekly_two_periods_each() -> None:
    # 1, 2, 1, 2 has one pair in the other order: the first 2 before the second 1.
    of = in_sequence("1 Arnd 7 - Mon1\n2 Beck 7 - Tue1\n1 Arnd 7 - Wed1\n2 Beck 7 - Thu1", WEEKLY, 1, 2)
    assert evidence(RULE, of) == {"Q": "1 pair of lectures in another order so far"}
    # 2, 1, 1, 2 (Mon, Tue, Wed, Thu): the first 2 is before both, so two pairs.
    assert amount(RULE, of, move(of, {"2@2.1": "Mon1", "1@1.1": "Tue1"})) == 1
    assert amount(RULE, of, move(of, {"1@3.1": "Mon3"})) == 0


# -- all of them --


@pytest.mark.parametrize("kind", list(SequenceKind))
def test_lessons_of_the_plan_are_needed(kind: SequenceKind) -> None:
    nothing = "no such sequence is stated (GPU002, GPU006 or GPU019)"
    assert RULE.missing(school(PHYSICS)) == nothing
    assert RULE.missing(in_sequence(PHYSICS, kind, 96, 500)) == nothing
    assert RULE.missing(in_sequence(PHYSICS, kind, 96, 500, 97)) == ""


@pytest.mark.parametrize(
    ("kind", "allowed", "forbidden"),
    [
        (FIXED, {"97@1.4": "Fri1"}, {"97@1.4": "Fri1", "96@3.1": "Thu1", "97@3.2": "Thu3"}),
        (SIMULTANEOUS, {"97@1.4": "Fri1"}, {"97@1.4": "Fri1", "97@3.1": "Fri2"}),
        (WEEKLY, {"97@1.4": "Mon1"}, {"97@1.4": "Mon1", "97@3.2": "Mon2"}),
    ],
)
def test_a_block_without_a_place_may_go_anywhere(
    kind: SequenceKind, allowed: dict[str, str], forbidden: dict[str, str]
) -> None:
    # Fixed and weekly, today: 96 at Mon 3 and Wed 1, 97 at Wed 2. Weekly, two pairs with the new block may be wrong,
    # no other. Simultaneous: both at Wed 1, so that they take up two periods, and the new block a third.
    other = "97 Beck 7 - Wed1" if kind is SIMULTANEOUS else "97 Arnd 7 - Wed2"
    of = in_sequence(f"{PHYSICS}\n96 Arnd 7 - Wed1\n{other}", kind, 96, 97)
    of = replace(of, as_is=Timetable({**of.as_is, "97@1.4": of.as_is["97@1.4"].at(Period(0, 4))}))
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, allowed)) == 0
    assert amount(RULE, of, move(of, forbidden)) >= 1


def test_lessons_that_cannot_move_alone() -> None:
    assert RULE.moving_together(in_sequence(PHYSICS, FIXED, 96, 97)) == {96, 97}
    assert RULE.moving_together(in_sequence(PHYSICS, SIMULTANEOUS, 96, 97)) == {96, 97}
    assert RULE.moving_together(in_sequence(PHYSICS, WEEKLY, 96, 97)) == frozenset()
