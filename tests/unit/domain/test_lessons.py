"""Lectures gather what their coupling lines name."""

from __future__ import annotations

from untisopt.domain.calendar import WeekSet
from untisopt.domain.lessons import Block, Course, Lecture

A, B = WeekSet.of([36]), WeekSet.of([37])


def test_names_of_all_lines_once_and_sorted() -> None:
    lecture = Lecture(
        "5@1.1",
        5,
        (
            Course(5, "Sp", "Beck", ("8", "9"), A),
            Course(5, "Sp", "Arnd", ("7", "8"), B),
            Course(5, "", None, (), B),
        ),
    )
    assert lecture.teachers == ("Arnd", "Beck")
    assert lecture.grades == ("7", "8", "9")
    assert lecture.subjects == ("Sp",)
    assert list(lecture.weeks) == [36, 37]


def test_lines_can_be_sorted_with_and_without_a_teacher() -> None:
    with_teacher, without = Course(5, "Sp", "Arnd", (), A), Course(5, "Sp", None, (), A)
    assert sorted([with_teacher, without], key=lambda course: course.sort_key) == [without, with_teacher]


def test_length_of_a_block() -> None:
    assert Block("5@1.1", 5, ("5@1.1", "5@1.2", "5@1.3")).length == 3
