"""Rows become lectures, courses and blocks."""

from __future__ import annotations

from pathlib import Path

from untisopt.domain.calendar import Period
from untisopt.io.untis import Export, read_export


def blocks(export: Export) -> set[tuple[str, ...]]:
    return {block.lectures for block in export.school.blocks}


def test_a_row_per_grade_is_one_course(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9b", "Arn 1 1 Ma 101 7 9a", "Bau 1 1 Ma . 7 9a")
    lecture = export.school.lectures["7@1.1"]

    assert [(c.teacher, c.grades) for c in lecture.courses] == [("Arn", ("9a", "9b")), ("Bau", ("9a",))]
    assert export.school.as_is["7@1.1"].rooms == (("101",), ())
    assert lecture.rows == (0, 1, 2)
    assert export.courses == {0: ("7@1.1", 0), 1: ("7@1.1", 0), 2: ("7@1.1", 1)}


def test_two_rooms_of_a_line_keep_their_order(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks")

    assert export.school.as_is["5@1.3"].rooms == (("TH1", "TH2"),)


def test_weeks_that_never_meet_make_two_lectures(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Mu 101 7 9a 36,38", "Arn 1 1 Mu 102 7 9b 37,39")

    assert list(export.school.lectures) == ["7@1.1", "7@1.1/2"]


def test_a_row_that_connects_makes_one_lecture(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Mu 101 7 9a 36,38", "Arn 1 1 Mu 102 7 9b 37,39", "Bau 1 1 Mu 103 7 9c 36,37,38,39")

    assert list(export.school.lectures) == ["7@1.1"]
    assert len(export.school.lectures["7@1.1"].courses) == 3


def test_lesson_number_0_is_told_apart_by_teacher_and_subject(read_lesson) -> None:
    export = read_lesson(
        "Arn 1 1 Auf . 0 9a", "Arn 1 1 Auf . 0 9b", "Bau 1 1 Auf . 0 9a", "Arn 1 1 Kon . 0 9a", "Arn 1 2 Ma . 1 9a"
    )

    assert list(export.school.lectures) == ["0@1.1", "0@1.1/2", "0@1.1/3", "1@1.2"]
    assert set(export.school.pinned) == {"0@1.1", "0@1.1/2", "0@1.1/3"}


def test_blocks_are_runs_with_the_same_people_and_weeks(read_lesson) -> None:
    export = read_lesson(
        "Arn 1 1 Ma 101 7 9a",
        "Arn 1 2 Ma 102 7 9a",  # another room: the same block
        "Arn 1 4 Ma 101 7 9a",  # after a gap
        "Bau 1 5 Ma 101 7 9a",  # another teacher
        "Arn 2 3 Ma 101 7 9a",
        "Arn 2 4 Ma 101 8 9a",  # another lesson
        "Arn 3 1 Auf . 0 .",
        "Arn 3 2 Auf . 0 .",  # no lesson, so no block
    )

    assert blocks(export) == {
        ("7@1.1", "7@1.2"),
        ("7@1.4",),
        ("7@1.5",),
        ("7@2.3",),
        ("8@2.4",),
        ("0@3.1",),
        ("0@3.2",),
    }
    assert export.school.as_is["7@1.2"].period == Period(1, 2)


def test_an_ab_run_is_no_block(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a 36,38", "Arn 1 2 Ma 101 7 9a 37,39")

    assert blocks(export) == {("7@1.1",), ("7@1.2",)}


def test_lines_without_a_teacher_can_be_sorted(read_lesson) -> None:
    export = read_lesson(". 1 1 Ma 101 7 9a", "Arn 1 1 Ma 102 7 9a")

    assert [c.teacher for c in export.school.lectures["7@1.1"].courses] == [None, "Arn"]


def test_several_classes_in_one_field(read_gpu) -> None:
    export = read_gpu('7;"9a~9b";"Arn";"Ma";"101";1;1;;\r\n')

    assert export.school.lectures["7@1.1"].grades == ("9a", "9b")
