"""A lesson once a day, or as often as on its fullest day today."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay

RULE = LessonOnceADay()


def test_example_of_the_module() -> None:
    of = school("177 Arnd 7 - Mon1-2\n177 Arnd 7 - Thu1-2")
    assert where(RULE, of) == []
    plan = move(of, {"177@4.1": "Mon5"})
    assert amount(RULE, of, plan) == 1
    assert sentence(RULE, of, plan) == "S177 7 (lesson 177) stands 2 times on Mon"


def test_adjacent_blocks_still_count_twice() -> None:
    of = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Tue1")
    assert amount(RULE, of, move(of, {"1@2.1": "Mon2"})) == 1


def test_three_on_a_day_are_two_too_many() -> None:
    of = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Tue1\n1 Arnd 7 - Wed1")
    assert amount(RULE, of, move(of, {"1@2.1": "Mon3", "1@3.1": "Mon5"})) == 2


def test_as_many_as_on_the_fullest_day_today() -> None:
    # Mon 1 and Mon 4 are two blocks today, so two on Tuesday are fine, and three are one too many.
    of = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Mon4\n1 Arnd 7 - Tue1")
    assert evidence(RULE, of) == {"S1 7 (lesson 1)": "2 times on one day so far"}
    assert amount(RULE, of, move(of, {"1@1.1": "Tue5"})) == 0
    assert amount(RULE, of, move(of, {"1@2.1": "Mon6"})) == 1


def test_weeks() -> None:
    # One block in A weeks and one in B weeks may share a day; a weekly one joins each of them.
    of = school("1 Arnd 7 - Mon1 A\n1 Arnd 7 - Tue1 B\n1 Arnd 7 - Wed1 AB")
    assert amount(RULE, of, move(of, {"1@2.1": "Mon3"})) == 0
    assert where(RULE, of, move(of, {"1@2.1": "Mon3", "1@3.1": "Mon5"})) == ["Mon A", "Mon B"]


def test_lesson_number_0_is_no_lesson() -> None:
    assert amount(RULE, school("0 Arnd - - Mon1\n0 Arnd - - Mon3")) == 0


def test_different_lessons_of_one_subject_do_not_count() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2")
    assert amount(RULE, of) == 0
    assert evidence(RULE, of) == {}
    assert RULE.missing(of) == ""


def test_lessons_that_are_exempt_may_stand_together() -> None:
    of = school(
        "17 Arnd 7 - Mon1\n17 Arnd 7 - Tue1\n18 Beck 8 - Mon1\n18 Beck 8 - Tue1\n19 Cern 9 - Mon1\n19 Cern 9 - Mon3"
    )
    plan = move(of, {"17@2.1": "Mon3", "18@2.1": "Mon3"})
    assert amount(RULE, of, plan) == 2
    assert amount(LessonOnceADay(except_=("17",)), of, plan) == 1
    assert amount(LessonOnceADay(except_=("1?",)), of, plan) == 0
    # Lesson 19 stands twice on Monday today.
    assert list(evidence(RULE, of)) == ["S19 9 (lesson 19)"]
    assert evidence(LessonOnceADay(except_=("19",)), of) == {}
