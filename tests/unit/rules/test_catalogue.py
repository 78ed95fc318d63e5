"""The rules that let nobody's week get worse, one example each and all together."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.domain.score import Tier
from untisopt.rules import ALL_RULES, NOBODY_WORSE
from untisopt.rules.days.edges import TeacherEdgesKept
from untisopt.rules.days.school_days import TeacherDaysKept
from untisopt.rules.days.teacher_gaps import TeacherGapsKept
from untisopt.rules.sites.site_changes_kept import GradeSiteChangesKept, TeacherSiteChangesKept


def test_all_are_rules_that_are_off_until_the_switch_is_turned() -> None:
    found = {rule.id: rule for rule in ALL_RULES if rule.id in NOBODY_WORSE}
    assert len(NOBODY_WORSE) == len(set(NOBODY_WORSE)) == 5
    assert tuple(found) == NOBODY_WORSE
    assert {(rule.tier, rule.weight) for rule in found.values()} == {(Tier.RULES, 0)}


def test_plan_of_today_breaks_none_of_them() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 F1 Mon4\n3 Arnd 7 H1 Mon9\n4 Beck 7 H2 Tue1")
    assert [rule.id for rule in ALL_RULES if rule.id in NOBODY_WORSE and amount(rule, of)] == []


def test_gaps() -> None:
    # Today 1 and 3, a gap. A gap on another day instead is as good; a second one is not.
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon3\n3 Arnd 7 - Tue1\n4 Arnd 7 - Tue2")
    rule = TeacherGapsKept()
    assert where(rule, of, move(of, {"2@1.3": "Mon2", "4@2.2": "Tue3"})) == []
    plan = move(of, {"4@2.2": "Tue3"})
    assert where(rule, of, plan) == ["Arnd"]
    assert sentence(rule, of, plan) == "Arnd gets 1 more gap in the week"


def test_days() -> None:
    # Two days today. Wednesday for Tuesday is as good; a third day is not.
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2\n3 Arnd 7 - Tue1")
    rule = TeacherDaysKept()
    assert where(rule, of, move(of, {"3@2.1": "Wed1"})) == []
    plan = move(of, {"2@1.2": "Wed1"})
    assert where(rule, of, plan) == ["Arnd"]
    assert sentence(rule, of, plan) == "Arnd comes to school on 1 more day in the week"


def test_edges() -> None:
    # One early lecture today, and none from period 8 on. 8 and 9 are two late ones: with 1, three in all.
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Tue3-4")
    rule = TeacherEdgesKept()
    assert amount(rule, of, move(of, {"1@1.1": "Tue8"})) == 0
    plan = move(of, {"2@2.3": "Tue8"})
    assert amount(rule, of, plan) == 2
    expected = "Arnd gets 2 more lectures in early or late periods (up to 1, from 8 on) in the week"
    assert sentence(rule, of, plan) == expected


def test_site_changes_of_teachers() -> None:
    # One change on Monday. On Tuesday instead is as good; on both days it is one more.
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon4\n3 Arnd 7 H1 Tue1\n4 Arnd 8 F1 Wed1")
    rule = TeacherSiteChangesKept()
    assert where(rule, of, move(of, {"2@1.4": "Tue4"})) == []
    plan = move(of, {"4@3.1": "Tue4"})
    assert where(rule, of, plan) == ["Arnd"]
    assert sentence(rule, of, plan) == "Arnd changes sites 1 time more often in the week than allowed"


def test_site_changes_of_grades_per_week_class() -> None:
    # The lecture at F is held in A weeks: on Monday the grade changes sites in A weeks only.
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Beck 7 F1 Tue4 A")
    rule = GradeSiteChangesKept()
    assert where(rule, of, move(of, {"2@2.4": "Mon4"})) == ["7 A"]


def test_site_changes_need_a_second_site() -> None:
    of = school("1 Arnd 7 H1 Mon1", sites="H")
    assert TeacherSiteChangesKept().missing(of) == "no second site is known (--site NAME=PATTERN)"
