"""Flags R and G: at the edge of a grade's day, or not."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from tests.unit.rules.traits import stating
from untisopt.domain.limits import LessonTraits, SubjectTraits
from untisopt.domain.school import School
from untisopt.rules.lessons.fringe_lessons import FringeLessons

RULE = FringeLessons()


def fringe(table: str) -> School:
    """Lesson 1 carries the flag R."""
    return stating(school(table), lessons={1: LessonTraits(is_fringe=True)})


def inner(table: str) -> School:
    """The subject of lesson 1 carries the flag G."""
    return stating(school(table), subjects={"S1": SubjectTraits(not_fringe=True)})


def test_example_of_the_module() -> None:
    # Lesson 1 is last in period 6; lesson 2 moves from Tuesday to period 7 of Monday.
    of = fringe("1 Arnd 7 - Mon6\n3 Cern 7 - Mon5\n2 Beck 7 - Tue1")
    assert amount(RULE, of) == 0
    plan = move(of, {"2@2.1": "Mon7"})
    assert where(RULE, of, plan) == ["7 Mon6"]
    expected = "S1 7 (lesson 1) at Mon 6 belongs at the edge of the day, but 7 has lectures on both sides"
    assert sentence(RULE, of, plan) == expected


def test_flag_r_of_the_subject() -> None:
    of = stating(
        school("1 Arnd 7 - Tue1\n2 Beck 7 - Mon1\n2 Beck 7 - Mon3"), subjects={"S1": SubjectTraits(is_fringe=True)}
    )
    assert where(RULE, of, move(of, {"1@2.1": "Mon2"})) == ["7 Mon2"]
    assert amount(RULE, of, move(of, {"1@2.1": "Mon4"})) == 0


def test_alone_on_its_day_is_the_edge() -> None:
    assert amount(RULE, fringe("1 Arnd 7 - Mon3\n2 Beck 7 - Tue1")) == 0


def test_what_is_in_the_middle_today_may_stay_there_and_nowhere_else() -> None:
    of = fringe("1 Arnd 7 - Mon2\n2 Beck 7 - Mon1\n3 Cern 7 - Mon4")
    assert amount(RULE, of) == 0
    assert evidence(RULE, of) == {"7": "1 lesson on the wrong side of the day so far"}
    assert where(RULE, of, move(of, {"1@1.2": "Mon3"})) == ["7 Mon3"]


def test_a_block_is_one() -> None:
    # Periods 5-6 are the end of Monday: the first of them has a lecture after it, but that is its own block.
    of = fringe("1 Arnd 7 - Mon5-6\n2 Beck 7 - Mon4\n3 Cern 7 - Tue1")
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, {"3@2.1": "Mon8"})) == 1


def test_every_grade_of_a_lesson_counts() -> None:
    # 7 has lectures on both sides of period 2, 8 only before it.
    of = fringe("1 Arnd 7,8 - Tue2\n2 Beck 7,8 - Mon1\n3 Cern 7 - Mon3")
    assert where(RULE, of, move(of, {"1@2.2": "Mon2"})) == ["7 Mon2"]


def test_flag_g() -> None:
    of = inner("1 Arnd 7 - Mon2\n2 Beck 7 - Mon1\n3 Cern 7 - Mon3")
    assert amount(RULE, of) == 0
    plan = move(of, {"3@1.3": "Tue1"})
    assert where(RULE, of, plan) == ["7 Mon2"]
    expected = "S1 7 (lesson 1) at Mon 2 does not belong at the edge of the day, but is first or last of 7"
    assert sentence(RULE, of, plan) == expected


def test_flag_r_of_the_lesson_goes_before_flag_g_of_its_subject() -> None:
    of = stating(
        school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon2"),
        lessons={1: LessonTraits(is_fringe=True)},
        subjects={"S1": SubjectTraits(not_fringe=True)},
    )
    assert amount(RULE, of, move(of, {"1@1.1": "Mon3"})) == 0


def test_weeks() -> None:
    of = fringe("1 Arnd 7 - Tue2 AB\n2 Beck 7 - Mon1 AB\n3 Cern 7 - Mon3 B")
    assert where(RULE, of, move(of, {"1@2.2": "Mon2"})) == ["7 Mon2 B"]


def test_missing() -> None:
    assert RULE.missing(fringe("1 Arnd 7 - Mon1")) == RULE.missing(inner("1 Arnd 7 - Mon1")) == ""
    assert RULE.missing(school("1 Arnd 7 - Mon1")) == "no lesson or subject carries the flag R or G (GPU002, GPU006)"
