"""Typed rows of a timetable."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import EVERY_WEEK, Period, WeekSet
from untisopt.errors import InputError
from untisopt.io.untis import read_export
from untisopt.io.untis.rows.typed import room_list, whole

FLAGS = "-" * 40 + "1" + "-" * 12


def test_the_row_of_the_description(fixtures: Path) -> None:
    row = read_export(fixtures / "excerpt-tabs").rows[1]

    assert (row.lesson, row.teacher, row.grade, row.subject, row.rooms) == (177, "Arnd", "10.3", "Ma", ("F13",))
    assert (row.index, row.line, row.period, row.weeks) == (1, 2, Period(5, 5), WeekSet.of([41]))


def test_blanks_and_tabs_give_the_same_rows(fixtures: Path) -> None:
    assert read_export(fixtures / "excerpt-blanks").rows == read_export(fixtures / "excerpt-tabs").rows


def test_empty_fields_are_none(fixtures: Path) -> None:
    rows = read_export(fixtures / "gpu-quoted").rows
    by_lesson = {row.lesson: row for row in rows}

    assert by_lesson[4].grade is None
    assert by_lesson[5].teacher is None
    assert by_lesson[2].rooms == ()
    assert by_lesson[3].rooms == ("TH1", "TH2")
    assert by_lesson[10].subject == 'E, "fast"'
    assert by_lesson[1].weeks == EVERY_WEEK


def test_eight_columns_say_nothing_about_weeks(tmp_path: Path) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(b"Arn\t1\t2\tMa\t101\t7\t1\t9a\r\nArn\t1\t3\tMa\t101\t7\t1\t9a\t\r\n")

    export = read_export(path)

    assert [row.weeks for row in export.rows] == [EVERY_WEEK, EVERY_WEEK]
    assert [c.weeks for c in export.school.week_classes] == [EVERY_WEEK]


def test_duplicates_and_lengths_are_noted(tmp_path: Path) -> None:
    path = tmp_path / "GPU001.TXT"
    path.write_bytes(b'1,"9a","Arn","D","101",1,1,,\r\n' * 3 + b'2,"9a","Arn","D","101",1,2,00:40,\r\n')

    texts = [note.text for note in read_export(path).notes]

    assert "GPU001.TXT: 2 rows repeat another one exactly (the first such row is line 1)" in texts
    assert "GPU001.TXT: 1 row states a length (minute mode); it is taken as one period" in texts


def test_markup_and_formulas_are_text(tmp_path: Path) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(f"=1+1\t1\t2\t<b>Ma</b>\t@A1\t7\t1\t-9a\t{FLAGS}\r\n".encode())

    row = read_export(path).rows[0]

    assert (row.teacher, row.subject, row.rooms, row.grade) == ("=1+1", "<b>Ma</b>", ("@A1",), "-9a")


def test_all_defects_of_a_row_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(f"Arn\t9\tx\tMa\t101\t7\t1\t9a\t{FLAGS[1:]}\r\n".encode())

    with pytest.raises(InputError) as caught:
        read_export(path)

    assert [defect.column for defect in caught.value.defects] == [2, 3, 9]


@pytest.mark.parametrize(
    ("text", "rooms"), [("", ()), ("101", ("101",)), ("~172~230", ("172", "230")), ("a~b~a", ("a", "b"))]
)
def test_room_lists(text: str, rooms: tuple[str, ...]) -> None:
    assert room_list(text) == rooms


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("007", 7), ("", None), ("-1", None), ("1.0", None), ("²", None)]
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole(text) == number
