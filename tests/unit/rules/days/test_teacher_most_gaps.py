"""Too many gaps of a teacher in a week."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import teachers
from untisopt.domain.calendar import Period
from untisopt.domain.limits import TeacherLimits
from untisopt.domain.resources import Kind
from untisopt.rules.days.teacher_gaps import TeacherMostGaps

RULE = TeacherMostGaps()
THREE = {"Arnd": TeacherLimits(most_gaps=3)}


def test_example_of_the_module() -> None:
    # Monday 1 and 5: gaps 2, 3, 4. Tuesday 1 and 4: gaps 2, 3. 5 in all, 3 are allowed.
    of = teachers(school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon5\n3 Arnd 7 - Tue1\n4 Arnd 7 - Tue4"), THREE)
    assert where(RULE, of) == ["Arnd"]
    assert amount(RULE, of) == 2
    assert sentence(RULE, of) == "Arnd has 2 gaps more than the 3 allowed in the week"
    # Tuesday 1 and 2: 3 gaps.
    assert amount(RULE, of, move(of, {"4@2.4": "Tue2"})) == 0


def test_policy_goes_before_master_data() -> None:
    of = teachers(school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon3\n3 Beck 8 - Mon1\n4 Beck 8 - Mon3"), THREE)
    assert where(TeacherMostGaps(most={"Arnd": 0}), of) == ["Arnd"]
    assert where(TeacherMostGaps(most={"Beck": 0, "Cern": 0}), of) == ["Beck"]


def test_weeks() -> None:
    # The lecture in the gap is held in A weeks only: a gap in B.
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Mon2 A\n3 Arnd 7 - Mon3 AB")
    assert where(TeacherMostGaps(most={"Arnd": 0}), of) == ["Arnd B"]


def test_no_gap_while_away_or_while_all_are_free() -> None:
    # Monday 1 and 5: gaps 2, 3, 4. The school is free in 3, and Arnd is away in 4: one is left.
    of = teachers(school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon5"), {"Arnd": TeacherLimits(most_gaps=0)})
    assert amount(RULE, of) == 3
    of = replace(of, closed={"": frozenset({Period(1, 3)})}, absent={(Kind.TEACHER, "Arnd"): frozenset({Period(1, 4)})})
    assert amount(RULE, of) == 1
    assert amount(RULE, of, move(of, {"2@1.5": "Tue5"})) == 0


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a teacher is stated (GPU004 or the policy)"
    assert RULE.missing(teachers(of, {"Arnd": TeacherLimits(most_gaps=0)})) == "", "0 is a limit"
