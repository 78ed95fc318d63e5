"""Too many lectures of a teacher in a row."""

from __future__ import annotations

from tests.builders import grid, move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import teachers
from untisopt.domain.limits import TeacherLimits
from untisopt.rules.days.in_a_row import TeacherInARow

RULE = TeacherInARow()
FOUR = {"Arnd": TeacherLimits(most_in_a_row=4)}


def test_example_of_the_module() -> None:
    of = teachers(school("1 Arnd 7 - Mon1-6"), FOUR)
    assert where(RULE, of) == ["Arnd Mon"]
    assert sentence(RULE, of) == "Arnd teaches 2 lectures more than the 4 allowed in a row on Mon"


def test_runs_of_a_day_add_up() -> None:
    # Runs of 2 and 3 with 1 allowed: 1 + 2.
    of = school("1 Arnd 7 - Mon1-2\n2 Arnd 7 - Mon4-6\n3 Arnd 7 - Tue1")
    assert amount(TeacherInARow(most=1), of) == 3
    # The single lecture joins them: a run of 6.
    assert amount(TeacherInARow(most=1), of, move(of, {"3@2.1": "Mon3"})) == 5


def test_long_break_ends_a_run() -> None:
    # 6 -> 7 is 30 minutes, 2 -> 3 is 20: with 30 the runs are 1-6 and 7-8, with 20 they are 1-2, 3-6 and 7-8.
    of = school("1 Arnd 7 - Mon1-8")
    assert amount(TeacherInARow(most=4), of) == 4
    assert amount(TeacherInARow(most=4, long_break_minutes=30), of) == 2
    assert amount(TeacherInARow(most=4, long_break_minutes=20), of) == 0


def test_unknown_times_end_no_run() -> None:
    of = school("1 Arnd 7 - Mon1-6", on=grid(times=False))
    assert amount(TeacherInARow(most=4, long_break_minutes=20), of) == 2


def test_limit_for_all_is_for_those_without_one() -> None:
    of = teachers(
        school("1 Arnd 7 - Mon1-4\n2 Beck 8 - Mon1-4\n3 Cern 9 - Mon1-4"),
        {**FOUR, "Cern": TeacherLimits(most_in_a_row=0)},
    )
    assert where(TeacherInARow(most=2), of) == ["Beck Mon", "Cern Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a teacher is stated (GPU004 or the policy)"
    assert RULE.missing(teachers(of, FOUR)) == ""
