"""Sequence codes that are numbers: lessons with one code lie in no more stretches than today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations
from tests.unit.rules.sequences import coded
from untisopt.domain.calendar import Period
from untisopt.domain.limits import LessonTraits, Limits
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.rules.lessons.follow import GradeSequence, TeacherSequence

GRADE, TEACHER = GradeSequence(), TeacherSequence()
EXAM = "1 Arnd 7 - Mon1\n2 Beck 7 - Mon2\n3 Cern 7 - Mon4"


def test_example_of_the_module() -> None:
    of = coded(EXAM, {1: "5", 2: "5"})
    plan = move(of, {"2@1.2": "Tue2"})

    assert amount(GRADE, of) == 0
    # One stretch of two periods becomes two stretches.
    assert amount(GRADE, of, plan) == 1
    expected = (
        "7: lessons with sequence code 5 shall follow one another, but lie in 1 stretch more than today: "
        "S1 7 (lesson 1) + S2 7 (lesson 2)"
    )
    assert sentence(GRADE, of, plan) == expected


def test_example_of_a_teacher() -> None:
    of = coded("1 Arnd 7 - Mon3\n2 Arnd 8 - Mon4", {1: "1", 2: "1"})
    plan = move(of, {"2@1.4": "Tue4"})

    assert amount(TEACHER, of, plan) == 1
    # Neither grade has two lessons with the code.
    assert GRADE.missing(of) == "no such sequence is stated (GPU002, GPU006 or GPU019)"
    assert amount(GRADE, of, plan) == 0


@pytest.mark.parametrize(
    ("places", "surplus"),
    [
        ({"2@1.2": "Mon3", "1@1.1": "Mon2"}, 0),  # both at Mon 2 and 3
        ({"1@1.1": "Mon3"}, 0),  # the order does not matter
        ({"1@1.1": "Wed8", "2@1.2": "Wed7"}, 0),  # another day
        ({"1@1.1": "Mon2"}, 0),  # at the same time
        ({"1@1.1": "Tue1", "2@1.2": "Tue3"}, 1),  # a free period between them
        ({"1@1.1": "Mon3", "2@1.2": "Mon5"}, 1),  # lesson 3 between them
        ({"1@1.1": "Mon6", "2@1.2": "Mon7"}, 0),  # the long break between 6 and 7 makes no difference
    ],
)
def test_stretches(places: dict[str, str], surplus: int) -> None:
    of = coded(EXAM, {1: "5", 2: "5"})
    assert amount(GRADE, of, move(of, places)) == surplus


def test_as_many_stretches_as_today() -> None:
    # Mon1-2 together, Tue1 and Wed1 alone: three stretches. Another pair may take the place of the one of Monday.
    of = coded("1 Arnd 7 - Mon1\n2 Beck 7 - Mon2\n1 Arnd 7 - Tue1\n2 Beck 7 - Wed1", {1: "5", 2: "5"})
    assert evidence(GRADE, of) == {"7": "sequence code 5: in 3 stretches so far"}
    assert amount(GRADE, of, move(of, {"2@1.2": "Tue2"})) == 0
    assert amount(GRADE, of, move(of, {"2@1.2": "Thu2"})) == 1


def test_the_code_of_the_lesson_goes_before_that_of_the_subject() -> None:
    of = coded(EXAM, {2: "6"}, subjects={"S1": "5", "S2": "5", "S3": "6"})
    # Lessons 2 and 3 share code 6, at Mon 2 and 4: two stretches. Lesson 1 is the only one with 5.
    assert evidence(GRADE, of) == {"7": "sequence code 6: in 2 stretches so far"}
    assert amount(GRADE, of, move(of, {"1@1.1": "Tue1"})) == 0
    assert amount(GRADE, coded(EXAM, {}, subjects={"S1": "5", "S2": "5"}), move(of, {"1@1.1": "Tue1"})) == 1


def test_letters_and_other_codes_are_not_its_matter() -> None:
    of = coded(EXAM, {1: "A", 2: "A"})
    assert GRADE.missing(of)
    assert amount(GRADE, of, move(of, {"2@1.2": "Tue2"})) == 0


def test_codes_are_counted_one_by_one() -> None:
    of = coded(EXAM + "\n4 Dorn 7 - Mon5", {1: "5", 2: "5", 3: "6", 4: "6"})
    plan = move(of, {"2@1.2": "Tue2", "4@1.5": "Tue5"})
    assert [v.facts.detail for v in violations(GRADE, of, plan)] == [("5",), ("6",)]
    assert amount(GRADE, of, plan) == 2


def test_week_by_week() -> None:
    # In A weeks lesson 2 follows lesson 1; in B weeks lesson 3 does.
    of = coded("1 Arnd 7 - Mon1 AB\n2 Beck 7 - Mon2 A\n3 Cern 7 - Mon2 B", {1: "5", 2: "5", 3: "5"})
    (found,) = violations(GRADE, of, move(of, {"3@1.2": "Tue2"}))
    assert (found.facts.week_class, found.amount) == (1, 1)
    assert amount(GRADE, of, move(of, {"1@1.1": "Tue2"})) == 2


def test_lesson_number_0_is_no_lesson() -> None:
    of = coded("0 Arnd 7 - Mon1\n2 Beck 7 - Mon2", {2: "5"}, subjects={"S0": "5"})
    assert GRADE.missing(of)


def unplaced(of: School, block: str) -> School:
    """The school of which one block has no place yet."""
    nowhere = {block: of.as_is[block].at(Period(0, 1))}
    return replace(of, as_is=Timetable({**of.as_is, **nowhere}), limits=Limits(lessons=of.limits.lessons))


def test_a_block_without_a_place_may_stand_alone() -> None:
    of = unplaced(coded(EXAM, {1: "5", 2: "5", 3: "5"}), "3@1.4")
    assert amount(GRADE, of) == 0
    assert amount(GRADE, of, move(of, {"3@1.4": "Fri4"})) == 0
    assert amount(GRADE, of, move(of, {"3@1.4": "Fri4", "2@1.2": "Thu1"})) == 1


def test_who_has_one_lesson_with_the_code_has_no_limit() -> None:
    of = coded("1 Arnd 7 - Mon1\n1 Arnd 7 - Mon2\n2 Beck 8 - Mon3", {1: "5", 2: "5"})
    assert GRADE.missing(of)
    assert LessonTraits(grade_sequence="5") in {replace(t, teacher_sequence="") for t in of.limits.lessons.values()}
    assert GRADE.missing(school("1 Arnd 7 - Mon1")) == "no such sequence is stated (GPU002, GPU006 or GPU019)"
