"""Sequence codes that are letters: lessons with one code are side by side no more often than today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import move
from tests.unit.rules.checks import amount, evidence, sentence, violations
from tests.unit.rules.sequences import coded
from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Timetable
from untisopt.rules.lessons.apart import GradeApart, TeacherApart

GRADE, TEACHER = GradeApart(), TeacherApart()
LANGUAGES = "1 Arnd 9 - Mon2\n2 Beck 9 - Tue3"


def test_example_of_the_module() -> None:
    of = coded(LANGUAGES, {1: "A", 2: "A"})
    plan = move(of, {"2@2.3": "Mon3"})

    assert amount(GRADE, of) == 0
    assert evidence(GRADE, of) == {}
    assert amount(GRADE, of, plan) == 1
    expected = (
        "9: lessons with sequence code A shall be apart, but 1 pair more than today is side by side: "
        "S1 9 (lesson 1) + S2 9 (lesson 2)"
    )
    assert sentence(GRADE, of, plan) == expected


def test_example_of_a_teacher() -> None:
    of = coded("1 Arnd 9 - Mon2\n2 Arnd 10 - Tue3", {1: "B", 2: "B"})
    assert amount(TEACHER, of, move(of, {"2@2.3": "Mon3"})) == 1
    assert GRADE.missing(of) == "no such sequence is stated (GPU002, GPU006 or GPU019)"


@pytest.mark.parametrize(
    ("place", "pairs"),
    [
        ("Mon1", 1),  # before it
        ("Mon4", 0),  # a period between them
        ("Mon2", 0),  # at the same time
        ("Tue2", 0),
    ],
)
def test_neighbouring_periods(place: str, pairs: int) -> None:
    of = coded(LANGUAGES, {1: "A", 2: "A"})
    assert amount(GRADE, of, move(of, {"2@2.3": place})) == pairs


def test_a_double_period_between_two_lessons() -> None:
    # Lesson 1 at Mon 3-4, lesson 2 moves to Mon 2, lesson 3 to Mon 5: the pairs 2-3 and 4-5; 3-4 is inside the block.
    of = coded("1 Arnd 9 - Mon3-4\n2 Beck 9 - Tue3\n3 Cern 9 - Wed3", {1: "A", 2: "A", 3: "A"})
    assert evidence(GRADE, of) == {}
    assert amount(GRADE, of, move(of, {"2@2.3": "Mon2", "3@3.3": "Mon5"})) == 2


def test_what_is_side_by_side_today_may_be_so_elsewhere() -> None:
    of = coded("1 Arnd 9 - Mon2\n2 Beck 9 - Mon3\n1 Arnd 9 - Tue1", {1: "A", 2: "A"})
    assert evidence(GRADE, of) == {"9": "sequence code A: 1 pair side by side so far"}
    assert amount(GRADE, of, move(of, {"2@1.3": "Tue2"})) == 0
    assert amount(GRADE, of, move(of, {"1@2.1": "Mon4"})) == 1


def test_weeks_that_never_meet() -> None:
    of = coded("1 Arnd 9 - Mon2 A\n2 Beck 9 - Tue3 B\n3 Cern 9 - Wed1 AB", {1: "A", 2: "A", 3: "A"})
    assert amount(GRADE, of, move(of, {"2@2.3": "Mon3"})) == 0
    (found,) = violations(GRADE, of, move(of, {"3@3.1": "Mon3"}))
    assert (found.facts.week_class, found.amount) == (0, 1)


def test_a_block_without_a_place_brings_the_pairs_inside_it() -> None:
    of = coded("1 Arnd 9 - Mon2\n2 Beck 9 - Tue3-4", {1: "A", 2: "A"})
    nowhere = {f"2@2.{n}": of.as_is[f"2@2.{n}"].at(Period(0, n - 2)) for n in (3, 4)}
    of = replace(of, as_is=Timetable({**of.as_is, **nowhere}))
    # Today there is no pair, and the double period itself is one wherever it goes.
    assert amount(GRADE, of, move(of, {"2@2.3": "Fri1"})) == 0
    assert amount(GRADE, of, move(of, {"2@2.3": "Mon3"})) == 1
