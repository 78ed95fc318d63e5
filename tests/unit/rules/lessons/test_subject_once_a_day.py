"""A subject once a day, where a grade has it under several lesson numbers."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from tests.unit.rules.traits import school_of, stating
from untisopt.domain.limits import LessonTraits, SubjectTraits
from untisopt.rules.lessons.subject_once_a_day import SubjectOnceADay

RULE = SubjectOnceADay(weight=1)
GERMAN = {12: "D", 13: "D"}


def test_example_of_the_module() -> None:
    of = school_of("12 Arnd 7 - Mon1\n13 Beck 7 - Tue1", GERMAN)
    assert amount(RULE, of) == 0
    plan = move(of, {"13@2.1": "Mon3"})
    assert where(RULE, of, plan) == ["7 Mon1-3"]
    assert sentence(RULE, of, plan) == "7 has D 2 times on Mon"


def test_off_by_default() -> None:
    assert SubjectOnceADay().weight == 0
    assert RULE.missing(school("12 Arnd 7 - Mon1")) == ""


def test_other_grades_and_other_subjects_do_not_count() -> None:
    of = school_of("12 Arnd 7 - Mon1\n13 Beck 8 - Tue1\n14 Cern 7 - Wed1", GERMAN)
    assert amount(RULE, of, move(of, {"13@2.1": "Mon3", "14@3.1": "Mon5"})) == 0


def test_one_lesson_number_alone_is_left_to_lesson_once_a_day() -> None:
    of = school("12 Arnd 7 - Mon1\n12 Arnd 7 - Tue1")
    assert amount(RULE, of, move(of, {"12@2.1": "Mon3"})) == 0


def test_as_often_as_on_the_fullest_day_today() -> None:
    # Two on Monday today: two on Tuesday are fine, three on Monday are one too many.
    of = school_of("12 Arnd 7 - Mon1\n13 Beck 7 - Mon3\n13 Beck 7 - Tue1", GERMAN)
    assert evidence(RULE, of) == {"D 7": "2 times on one day so far"}
    assert amount(RULE, of, move(of, {"12@1.1": "Tue4"})) == 0
    assert amount(RULE, of, move(of, {"13@2.1": "Mon5"})) == 1


def test_part_classes_side_by_side_are_one() -> None:
    # 12 and 13 begin together on Monday: one. On Tuesday 12 in period 1 and 13 in period 2: two, one too many.
    of = school_of("12 Arnd 7 - Mon1\n13 Beck 7 - Mon1\n12 Arnd 7 - Tue1\n13 Beck 7 - Tue1", GERMAN)
    assert evidence(RULE, of) == {}
    assert where(RULE, of, move(of, {"13@2.1": "Tue2"})) == ["7 Tue1-2"]


def test_a_double_is_one() -> None:
    of = school_of("12 Arnd 7 - Mon1-2\n13 Beck 7 - Tue1", GERMAN)
    assert amount(RULE, of) == 0


def test_flag_2_of_the_subject_or_the_lesson_and_exceptions() -> None:
    of = school_of("12 Arnd 7 - Mon1\n13 Beck 7 - Tue1", GERMAN)
    plan = move(of, {"13@2.1": "Mon3"})
    assert amount(RULE, stating(of, subjects={"D": SubjectTraits(several_a_day=True)}), plan) == 0
    assert amount(RULE, stating(of, lessons={13: LessonTraits(several_a_day=True)}), plan) == 0
    assert amount(SubjectOnceADay(weight=1, except_=("D*",)), of, plan) == 0


def test_weeks() -> None:
    # Lesson 12 in A weeks, 13 in B weeks: they never meet. Lesson 14 is held in both: one too many in each.
    of = school_of("12 Arnd 7 - Mon1 A\n13 Beck 7 - Mon3 B\n14 Cern 7 - Tue1 AB", {**GERMAN, 14: "D"})
    assert amount(RULE, of) == 0
    assert where(RULE, of, move(of, {"14@2.1": "Mon5"})) == ["7 Mon1-5 A", "7 Mon3-5 B"]


def test_lesson_number_0_counts_where_it_stands() -> None:
    of = school_of("0 Arnd 7 - Mon1\n13 Beck 7 - Tue1", {0: "D", 13: "D"})
    assert amount(RULE, of, move(of, {"13@2.1": "Mon3"})) == 1
