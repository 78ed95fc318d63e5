"""One site per half-day. The long break of the grid is 6->7: the afternoon begins with period 7."""

from __future__ import annotations

import pytest

from tests.builders import grid, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.sites.half_day_site import GradeHalfDaySite, TeacherHalfDaySite

RULE = TeacherHalfDaySite(weight=1)


@pytest.mark.parametrize(("second", "found"), [(4, ["Arnd Mon1-2-3-4-5-6"]), (6, ["Arnd Mon1-2-3-4-5-6"]), (7, [])])
def test_morning_and_afternoon(second: int, found: list[str]) -> None:
    of = school(f"1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon{second}")
    assert where(RULE, of) == found


def test_sentence() -> None:
    of = school("1 Arnd 7 H1 Mon7\n2 Arnd 8 F1 Mon9")
    assert sentence(RULE, of) == "Arnd is at 2 sites on Mon between periods 7 and 10"


def test_three_sites_are_two_too_many() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon3\n3 Arnd 9 G1 Mon5", sites="HFG")
    assert amount(RULE, of) == 2


def test_there_and_back_is_one_site_too_many() -> None:
    assert amount(RULE, school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon3\n3 Arnd 9 H1 Mon5")) == 1


def test_rooms_without_a_site_do_not_count() -> None:
    assert amount(RULE, school("1 Arnd 7 H1 Mon1\n2 Arnd 8 x1 Mon3\n3 Arnd 8 - Mon5")) == 0


def test_parameter_afternoon() -> None:
    of = school("1 Arnd 7 H1 Mon4\n2 Arnd 8 F1 Mon5")
    assert amount(TeacherHalfDaySite(weight=1, afternoon=5), of) == 0
    assert amount(TeacherHalfDaySite(weight=1, afternoon=6), of) == 1


def test_without_a_midday_break_the_afternoon_begins_with_period_7() -> None:
    on = grid(breaks=[5] * 9)
    assert amount(RULE, school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", on=on)) == 0
    assert amount(RULE, school("1 Arnd 7 H1 Mon5\n2 Arnd 8 F1 Mon6", on=on)) == 1


def test_grades_have_a_rule_of_their_own() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 F1 Mon3")
    assert amount(RULE, of) == 0
    assert where(GradeHalfDaySite(weight=1), of) == ["7 Mon1-2-3-4-5-6"]


def test_weeks() -> None:
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Arnd 8 F1 Mon3 B")
    assert where(RULE, of) == ["Arnd Mon1-2-3-4-5-6 B"]


def test_off_by_default_and_a_second_site_is_needed() -> None:
    assert TeacherHalfDaySite().weight == GradeHalfDaySite().weight == 0
    assert "no second site" in RULE.missing(school("1 Arnd 7 H1 Mon1", sites="H"))
