"""Limits for the site changes of a teacher or a grade."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.sites.most_site_changes import GradeMostSiteChanges, TeacherMostSiteChanges

TABLE = "1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon4\n3 Arnd 7 H1 Mon8\n4 Arnd 8 F1 Tue1"


def test_example_of_the_module() -> None:
    # There and back on Monday: two changes, one too many.
    of = school(TABLE)
    rule = TeacherMostSiteChanges(per_day=1)
    assert where(rule, of) == ["Arnd Mon"]
    assert sentence(rule, of) == "Arnd changes sites 1 time more often on Mon than allowed"
    assert amount(rule, of, move(of, {"3@1.8": "Wed1"})) == 0


def test_week() -> None:
    # Two on Monday; with the lecture at H on Tuesday as well a third one: one and two too many for a limit of 1.
    of = school(TABLE + "\n5 Arnd 7 H1 Wed1")
    rule = TeacherMostSiteChanges(per_week=1)
    assert (where(rule, of), amount(rule, of)) == (["Arnd"], 1)
    assert amount(rule, of, move(of, {"5@3.1": "Tue4"})) == 2


def test_persons_go_before_the_limit_of_the_week() -> None:
    of = school(TABLE)
    assert amount(TeacherMostSiteChanges(per_week=1, persons={"Arnd": 2}), of) == 0
    assert amount(TeacherMostSiteChanges(persons={"Arnd": 0}), of) == 2
    assert amount(TeacherMostSiteChanges(persons={"Beck": 0}), of) == 0


def test_day_and_week_both_count() -> None:
    # One too many on Monday, and one too many in the week.
    assert where(TeacherMostSiteChanges(per_day=1, per_week=1), school(TABLE)) == ["Arnd", "Arnd Mon"]


def test_grades() -> None:
    of = school("1 Arnd 10.3 H1 Mon1 AB\n2 Beck 10.3 F1 Mon4 AB\n3 Cern 10.3 H1 Mon8 A")
    assert where(GradeMostSiteChanges(per_day=1), of) == ["10.3 Mon A"]


def test_what_is_missing() -> None:
    of = school(TABLE)
    assert TeacherMostSiteChanges().missing(of) == "the policy states no such limit"
    assert TeacherMostSiteChanges(persons={"Arnd": 0}).missing(of) == ""
    alone = school("1 Arnd 7 H1 Mon1", sites="H")
    assert GradeMostSiteChanges(per_day=1).missing(alone) == "no second site is known (--site NAME=PATTERN)"
