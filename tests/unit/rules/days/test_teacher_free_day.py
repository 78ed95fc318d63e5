"""Free days of teachers stay free."""

from __future__ import annotations

from tests.builders import grid, move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.rules.days.teacher_free_day import TeacherFreeDay

RULE = TeacherFreeDay()


def test_lecture_on_a_free_day() -> None:
    of = school("177 Arnd 10.3 - Mon1-2\n178 Arnd 10.3 - Tue1")
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"178@2.1": "Mon5"})) == []
    plan = move(of, {"178@2.1": "Fri3"})
    assert where(RULE, of, plan) == ["Arnd Fri3"]
    assert sentence(RULE, of, plan) == "Arnd has no lecture on Fri so far, but would have S178 10.3 (lesson 178)"


def test_one_per_lecture_and_teacher() -> None:
    # A double with two teachers on a day that is free for both: 2 * 2.
    of = school("1 Arnd 7 - Mon1-2\n1 Beck 7 - Mon1-2")
    assert amount(RULE, of, move(of, {"1@1.1": "Fri1"})) == 4


def test_day_that_is_free_in_one_week_only() -> None:
    # Tuesday is free in B weeks. A lecture of every week there: one, in B.
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Tue1 A")
    assert where(RULE, of, move(of, {"1@1.1": "Tue2"})) == ["Arnd Tue2 B"]


def test_lecture_without_a_teacher() -> None:
    of = school("1 - 7 - Mon1")
    assert amount(RULE, of, move(of, {"1@1.1": "Fri1"})) == 0


def test_infer_names_the_days_that_are_free_in_every_week() -> None:
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Tue1 A\n3 Beck 8 - Mon1 AB", on=grid(3))
    assert evidence(RULE, of) == {"Arnd": "no lecture on Wed", "Beck": "no lecture on Tue, Wed"}
    assert RULE.missing(of) == ""


def test_exceptions_by_name_and_pattern() -> None:
    # Arnd and Beck are free from Tuesday on; only Arnd may be asked to come.
    of = school("1 Arnd 7 - Mon1\n2 Beck 8 - Mon1", on=grid(2))
    for names in (("Arnd",), ("A*",), ("Cern", "Arn?")):
        rule = TeacherFreeDay(except_=names)
        assert where(rule, of, move(of, {"1@1.1": "Tue1", "2@1.1": "Tue2"})) == ["Beck Tue2"]
        assert evidence(rule, of) == {"Beck": "no lecture on Tue"}


def test_a_name_that_looks_like_a_pattern() -> None:
    of = school("1 A[1] 7 - Mon1", on=grid(2))
    assert amount(TeacherFreeDay(except_=("A[1]",)), of, move(of, {"1@1.1": "Tue1"})) == 0
