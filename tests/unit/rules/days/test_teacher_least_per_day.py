"""Too few lectures of a teacher on a day."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import teachers
from untisopt.domain.limits import TeacherLimits
from untisopt.domain.score import Tier
from untisopt.rules.days.least_per_day import TeacherLeastPerDay

RULE = TeacherLeastPerDay()
THREE = TeacherLimits(least_per_day=3)


def test_example_of_the_module() -> None:
    of = teachers(school("1 Arnd 7 - Mon1\n2 Arnd 7 - Tue1-2"), {"Arnd": TeacherLimits(least_per_day=2)})
    assert where(RULE, of) == ["Arnd Mon"]
    assert sentence(RULE, of) == "Arnd has 1 lecture fewer than the 2 demanded on Mon"


def test_one_per_missing_lecture_and_none_on_a_free_day() -> None:
    # Monday 2 of 3: one is missing. Tuesday has 1: two. Wednesday is free. With both moved to Monday: 3 and none.
    of = teachers(school("1 Müller 7 - Mon1-2\n2 Müller 7 - Tue1"), {"Müller": THREE})
    assert where(RULE, of) == ["Müller Mon", "Müller Tue"]
    assert amount(RULE, of) == 1 + 2
    assert amount(RULE, of, move(of, {"2@2.1": "Mon9"})) == 0


def test_two_lectures_in_one_period_are_one() -> None:
    of = teachers(school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon1\n3 Arnd 8 - Mon2"), {"Arnd": THREE})
    assert amount(RULE, of) == 1


def test_weeks() -> None:
    # In A 2 of 3, in B 1 of 3.
    of = teachers(school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Mon2 A"), {"Arnd": THREE})
    assert where(RULE, of) == ["Arnd Mon A", "Arnd Mon B"]
    assert amount(RULE, of) == 1 + 2


def test_limit_for_all_is_for_those_without_one() -> None:
    of = teachers(school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon2\n3 - 7 - Mon3"), {"Arnd": TeacherLimits(least_per_day=1)})
    # Arnd asks for 1 only, Beck for nothing, so 2 are wanted; the lecture without a teacher concerns nobody.
    assert where(TeacherLeastPerDay(least=2), of) == ["Beck Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a teacher is stated (GPU004 or the policy)"
    assert RULE.missing(teachers(of, {"Arnd": TeacherLimits(least_per_day=1)})), "1 asks for nothing"
    assert RULE.missing(teachers(of, {"Arnd": THREE})) == ""
    assert TeacherLeastPerDay(least=2).missing(of) == ""
    assert RULE.tier is Tier.RULES
