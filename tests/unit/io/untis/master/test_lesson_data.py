"""GPU002: lesson groups, flags, room lists, dates."""

from __future__ import annotations

from datetime import date

import pytest

from untisopt.domain.calendar import Period, WeekSet
from untisopt.io.untis.files.notes import Findings
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.master.lesson_data import LessonData, group_weeks, read_lesson_data, with_student_groups
from untisopt.io.untis.rows.typed import TimetableRow


def gpu002(*rows: dict[int, str]) -> LessonData:
    """Rows by 1-based column."""
    lines = [";".join(row.get(column, "") for column in range(1, 47)) for row in rows]
    return read_lesson_data(RawFile.parse("GPU002.TXT", "\n".join(lines).encode()))


def weeks(**groups: str) -> dict[str, list[int]]:
    """Pseudo weeks by lesson; lesson `n7` has the group that is given."""
    data = gpu002(*({1: name[1:], 12: group} for name, group in groups.items()))
    found = group_weeks(data, [int(name[1:]) for name in groups], Findings())
    return {f"n{lesson}": list(own) for lesson, own in found.items()}


def test_letters_alternate() -> None:
    assert weeks(n1="WA", n2="WB", n3="", n4="WB~WA") == {"n1": [1], "n2": [2], "n3": [1, 2], "n4": [1, 2]}


def test_numbers_alternate() -> None:
    assert weeks(n1="Wo 1", n2="Wo 2", n3="Wo 3") == {"n1": [1], "n2": [2], "n3": [3]}


def test_two_families_share_the_weeks() -> None:
    # Cycles of 2 and 3 meet every 6 weeks.
    found = weeks(n1="A", n2="B", n3="X1", n4="X2", n5="X3")

    assert found == {"n1": [1, 3, 5], "n2": [2, 4, 6], "n3": [1, 4], "n4": [2, 5], "n5": [3, 6]}


@pytest.mark.parametrize("group", ["WA", "2SEM", "WB"])
def test_a_group_alone_does_not_alternate(group: str) -> None:
    assert weeks(n1=group, n2="") == {}


def test_groups_without_their_first_member_do_not_alternate() -> None:
    assert weeks(n1="WB", n2="WC") == {}


def test_a_lesson_is_held_when_any_line_is() -> None:
    data = gpu002({1: "1", 12: "WA"}, {1: "1", 12: ""}, {1: "2", 12: "WB"}, {1: "3", 12: "WA"})

    found = group_weeks(data, [1, 2, 3, 4], Findings())

    # Lesson 1 has a line without a group, lesson 4 no row.
    assert found == {1: WeekSet.of([1, 2]), 2: WeekSet.of([2]), 3: WeekSet.of([1]), 4: WeekSet.of([1, 2])}


def test_guesses_are_noted() -> None:
    data = gpu002({1: "1", 12: "WA"}, {1: "2", 12: "WB"}, {1: "3", 12: "1SEM"})
    findings = Findings()
    group_weeks(data, [1, 2, 3], findings)

    assert [note.text for note in findings.notes] == [
        "the lesson groups WA, WB of GPU002 are taken as weeks that alternate",
        "lesson group 1SEM of GPU002 is taken as held in every week",
    ]


def test_flags_and_room_lists() -> None:
    data = gpu002({1: "1", 8: "~101~102", 24: "nX"}, {1: "2", 8: "103", 20: "104~105", 24: "i"}, {1: "junk", 24: "X"})

    assert data.with_flag("X") == {1}
    assert data.with_flag("i") == {2}
    assert data.room_lists == (("101", "102"), ("104", "105"))


def row(lesson: int, teacher: str | None, subject: str, groups: tuple[str, ...] = ()) -> TimetableRow:
    weeks = WeekSet.of([36])
    return TimetableRow(0, 1, lesson, teacher, "9a", subject, (), Period(1, 1), weeks, groups=groups)


def test_student_groups_come_to_the_rows_of_their_line() -> None:
    data = gpu002(
        {1: "7", 5: "9a", 6: "De W", 7: "KU", 42: "KU_9a"},
        {1: "7", 5: "9b", 6: "De W", 7: "KU", 42: "KU_9b"},
        {1: "8", 5: "9a", 7: "MU", 42: "MU_1~MU_2"},
        # All of 9b sit in lesson 9, so its line is no group.
        {1: "9", 5: "9a", 6: "Arn", 7: "RE", 42: "RE_9a"},
        {1: "9", 5: "9b", 6: "Arn", 7: "RE"},
    )
    findings = Findings()
    rows = (row(7, "De W", "KU"), row(8, None, "MU"), row(9, "Arn", "RE"), row(7, "Arn", "KU"))

    found = with_student_groups(rows, data, findings)

    assert [one.groups for one in found] == [("KU_9a", "KU_9b"), ("MU_1", "MU_2"), (), ()]
    assert [note.text for note in findings.notes] == ["4 student groups are taken from GPU002"]


def test_groups_of_the_xml_stay() -> None:
    rows = (row(7, "De W", "KU"), row(8, "Arn", "MU", ("X",)))

    assert with_student_groups(rows, gpu002({1: "7", 6: "De W", 7: "KU", 42: "KU_9a"}), Findings()) == rows


def test_dates_span_all_lines() -> None:
    data = gpu002(
        {1: "1", 15: "20260907", 16: "20270129"},
        {1: "2", 15: "20260907", 16: "20261001"},
        {1: "2", 15: "20260901", 16: "20270129"},
        # A side that is open in one line is open; one that is open on both sides, or reversed, says nothing.
        {1: "3", 15: "20260907", 16: "20270129"},
        {1: "3", 15: "20260907"},
        {1: "4", 15: "20260907"},
        {1: "4", 16: "20270129"},
        {1: "5", 15: "20270129", 16: "20260907"},
        {1: "6", 15: "20260931", 16: "00000000"},
        {1: "7", 15: "later", 16: "20270129"},
    )

    assert data.dates == {
        1: (date(2026, 9, 7), date(2027, 1, 29)),
        2: (date(2026, 9, 1), date(2027, 1, 29)),
        3: (date(2026, 9, 7), None),
        7: (None, date(2027, 1, 29)),
    }


def test_no_dates_where_blanks_hide_empty_columns() -> None:
    columns = " ".join(["1", "2", "2", "2", "9a", "Arn", "Ma", *"abcdefg", "20260907", "20270129"])

    assert read_lesson_data(RawFile.parse("GPU002.TXT", columns.encode())).dates == {}
