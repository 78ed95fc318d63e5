"""Flag s: a lesson begins in the same period on all its days."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations
from tests.unit.rules.traits import stating
from untisopt.domain.limits import LessonTraits
from untisopt.domain.school import School
from untisopt.rules.lessons.same_time import SameTime

RULE = SameTime()


def same(table: str) -> School:
    """Lesson 40 carries the flag s."""
    return stating(school(table), lessons={40: LessonTraits(same_time=True)})


def test_example_of_the_module() -> None:
    of = same("40 Arnd 7 - Mon7\n40 Arnd 7 - Thu7")
    assert amount(RULE, of) == 0
    plan = move(of, {"40@1.7": "Mon6"})
    assert amount(RULE, of, plan) == 1
    expected = "S40 7 (lesson 40) shall always be at the same time, but begins in periods 6, 7"
    assert sentence(RULE, of, plan) == expected


def test_all_may_move_together() -> None:
    of = same("40 Arnd 7 - Mon7\n40 Arnd 7 - Thu7")
    assert amount(RULE, of, move(of, {"40@1.7": "Mon6", "40@4.7": "Fri6"})) == 0


def test_as_many_periods_as_today() -> None:
    of = same("40 Arnd 7 - Mon7\n40 Arnd 7 - Tue6\n40 Arnd 7 - Wed6")
    assert evidence(RULE, of) == {"S40 7 (lesson 40)": "begins in 2 different periods so far"}
    assert amount(RULE, of, move(of, {"40@3.6": "Wed7"})) == 0
    assert amount(RULE, of, move(of, {"40@3.6": "Wed5"})) == 1


def test_three_periods_are_two_too_many() -> None:
    of = same("40 Arnd 7 - Mon7\n40 Arnd 7 - Tue7\n40 Arnd 7 - Wed7")
    assert amount(RULE, of, move(of, {"40@2.7": "Tue5", "40@3.7": "Wed6"})) == 2


def test_weeks_that_never_meet() -> None:
    of = same("40 Arnd 7 - Mon7 A\n40 Arnd 7 - Thu7 B")
    assert amount(RULE, of, move(of, {"40@1.7": "Mon6"})) == 0
    of = same("40 Arnd 7 - Mon7 AB\n40 Arnd 7 - Thu7 B")
    (found,) = violations(RULE, of, move(of, {"40@1.7": "Mon6"}))
    assert (found.facts.week_class, found.amount) == (1, 1)


def test_missing() -> None:
    of = school("40 Arnd 7 - Mon7\n40 Arnd 7 - Thu7")
    assert RULE.missing(of) == "no lesson carries the flag s (GPU002)"
    assert RULE.missing(same("40 Arnd 7 - Mon7")) == ""
    assert amount(RULE, of, move(of, {"40@1.7": "Mon6"})) == 0
