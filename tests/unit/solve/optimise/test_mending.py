"""Plans that break a rule go back as far as they must, and no further."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import move, school
from untisopt.domain.calendar import Period
from untisopt.domain.limits import Limits, TeacherLimits
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.rules import ALL_RULES, judge
from untisopt.rules.days.core_time import GradeCoreTime
from untisopt.solve.optimise.mending import mended, surplus_findings

RULES = tuple(rule for rule in ALL_RULES if rule.id.endswith("-clash") or rule.id == "teacher-most-per-day")

# Arnd may teach one lecture a day; Beck and Carl may teach as many as they like.
OF = replace(
    school(
        """
        1 Arnd 7 H1 Mon1
        2 Arnd 7 H1 Tue1
        3 Beck 8 H2 Mon1
        4 Carl 8 H3 Tue1
        5 Carl 9 H3 Tue2
        """
    ),
    limits=Limits(teachers={"Arnd": TeacherLimits(most_per_day=1)}),
)


def mend(of: School, timetable: Timetable) -> Timetable | None:
    before, score = (judge(of, plan, RULES) for plan in (of.as_is, timetable))
    found = mended(of, RULES, before, timetable, score)
    if found is None:
        return None
    assert found[1] == judge(of, found[0], RULES)
    assert surplus_findings(of, before, found[1]) == []
    return found[0]


def test_a_sound_plan_stays_as_it_is():
    plan = move(OF, {"3@1.1": "Mon2"})
    assert mend(OF, plan) is plan


def test_what_breaks_a_rule_goes_back_and_the_rest_is_kept():
    # Arnd would have two lectures on Tuesday; Beck's move has nothing to do with it.
    plan = move(OF, {"1@1.1": "Tue2", "3@1.1": "Mon2"})
    assert mend(OF, plan) == move(OF, {"3@1.1": "Mon2"})


def test_whoever_took_the_place_goes_back_as_well():
    # Lesson 1 must go back to Monday 1, where lesson 3 of class 8 does not stand in the way; lesson 6 of class 7 would.
    of = replace(
        school("1 Arnd 7 H1 Mon1\n2 Arnd 7 H1 Tue1\n6 Dora 7 H4 Mon2\n3 Beck 8 H2 Mon1"),
        limits=OF.limits,
    )
    plan = move(of, {"1@1.1": "Tue2", "6@1.2": "Mon1", "3@1.1": "Mon2"})
    assert mend(of, plan) == move(of, {"3@1.1": "Mon2"})


def test_nothing_is_left():
    assert mend(OF, move(OF, {"1@1.1": "Tue2"})) is None


def test_a_day_may_not_get_worse_though_another_gets_better():
    # Arnd has two lectures on Monday today, one too many; two on Tuesday instead are as many, but new ones.
    of = replace(school("1 Arnd 7 H1 Mon1\n2 Arnd 7 H1 Mon3\n3 Arnd 9 H1 Tue1"), limits=OF.limits)
    moved = move(of, {"1@1.1": "Tue2"})
    before, score = (judge(of, plan, RULES) for plan in (of.as_is, moved))
    assert score.amount("teacher-most-per-day") == before.amount("teacher-most-per-day") == 1
    assert score.newly_broken(before) == ()
    assert [v.rule for v in surplus_findings(of, before, score)] == ["teacher-most-per-day"]
    assert mend(of, moved) is None


def test_a_core_time_that_is_free_may_be_another_one_of_the_day():
    # Periods 1 and 2 of Monday are core times of class 7, and 2 is free. Now 1 is free: one as before.
    core = {(Kind.GRADE, "7"): {Period(1, 1): 3, Period(1, 2): 3}}
    of = replace(school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1"), limits=Limits(wishes=core))
    rules = (GradeCoreTime(),)
    plan, worse = move(of, {"1@1.1": "Mon2"}), move(of, {"1@1.1": "Mon3"})
    before, score, lost = (judge(of, found, rules) for found in (of.as_is, plan, worse))
    assert [v.facts.periods for v in (*before.violations, *score.violations)] == [(2,), (1,)]
    assert surplus_findings(of, before, score) == []
    assert [v.amount for v in surplus_findings(of, before, lost)] == [2]
