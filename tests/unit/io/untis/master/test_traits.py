"""GPU002 to GPU006: what they state beyond names."""

from __future__ import annotations

import pytest

from untisopt.domain.limits import GradeLimits, LessonTraits, Limits, RoomTraits, SubjectTraits, TeacherLimits
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.traits import read_traits


def read(role: Role, *rows: dict[int, str], delimiter: str = ";", width: int = 46) -> tuple[Limits, Findings]:
    """Rows by 1-based column, written without quotes."""
    lines = [delimiter.join(row.get(column, "") for column in range(1, width + 1)) for row in rows]
    findings = Findings()
    raw = RawFile.parse(f"{role.value.upper()}.TXT", "\r\n".join(lines).encode("cp1252"))
    return read_traits({role: raw}, findings), findings


def notes(findings: Findings) -> list[tuple[NoteKind, str]]:
    assert findings.defects == []
    return [(note.kind, note.text) for note in findings.notes]


def test_nothing_is_stated_without_files() -> None:
    findings = Findings()

    assert read_traits({}, findings) == Limits()
    assert findings.notes == []


def test_limits_of_teachers() -> None:
    full = {1: "Ärm", 8: "2", 9: "6", 10: "0", 11: "3", 12: "1", 13: "2", 14: "5"}
    limits, findings = read(Role.GPU004, full, {1: "De W", 2: "De Wulf"}, {1: "=Bau", 9: "8"})

    # A least of 0 asks for nothing; who has nothing stated is left out.
    assert limits.teachers == {
        "Ärm": TeacherLimits(
            least_per_day=2, most_per_day=6, most_gaps=3, least_lunch=1, most_lunch=2, most_in_a_row=5
        ),
        "=Bau": TeacherLimits(most_per_day=8),
    }
    assert notes(findings) == [(NoteKind.READ, "GPU004.TXT: limits of 2 teachers")]


def test_a_most_of_0_means_something_for_gaps_only() -> None:
    limits, _findings = read(Role.GPU004, {1: "A", 8: "0", 9: "0", 10: "0", 11: "0", 12: "0", 13: "0", 14: "0"})

    assert limits.teachers == {"A": TeacherLimits(most_gaps=0)}


@pytest.mark.parametrize("text", ["6", "6.00000", "6,00000", "06"])
def test_numbers_may_be_decimals_of_any_language(text: str) -> None:
    limits, findings = read(Role.GPU004, {1: "A", 9: text})

    assert limits.teacher("A").most_per_day == 6
    assert findings.defects == []


@pytest.mark.parametrize("text", ["6.5", "-1", "1e3", "\u00b2", "6-8", "x", "1234567890"])
def test_what_is_no_number_is_a_defect(text: str) -> None:
    limits, findings = read(Role.GPU004, {1: "A", 9: "8"}, {1: "B", 9: text})

    assert limits.teachers == {"A": TeacherLimits(most_per_day=8)}
    assert [(d.file, d.line, d.column, d.found) for d in findings.defects] == [("GPU004.TXT", 2, 9, f"'{text}'")]


def test_fewer_columns_of_an_older_untis_are_empty() -> None:
    limits, findings = read(Role.GPU004, {1: "A", 8: "2", 9: "6"}, width=9)

    assert limits.teachers == {"A": TeacherLimits(least_per_day=2, most_per_day=6)}
    assert findings.defects == []


def test_the_most_counts_where_the_least_is_more() -> None:
    rows = ({1: "A", 8: "7", 9: "5", 10: "4", 11: "2"}, {1: "B", 8: "3", 9: "3"}, {1: "C", 12: "3", 13: "2"})
    limits, findings = read(Role.GPU004, *rows)

    assert limits.teacher("A") == TeacherLimits(most_per_day=5, most_gaps=2)
    assert limits.teacher("B") == TeacherLimits(least_per_day=3, most_per_day=3)
    assert limits.teacher("C") == TeacherLimits(most_lunch=2)
    text = "GPU004.TXT, lines 1, 3: the least is more than the most, so only the most is used"
    assert (NoteKind.ODD, text) in notes(findings)


def test_the_first_row_of_a_name_counts() -> None:
    limits, findings = read(Role.GPU004, {1: "A", 9: "5"}, {9: "4"}, {1: "A", 9: "7"})

    assert limits.teachers == {"A": TeacherLimits(most_per_day=5)}
    assert (NoteKind.ODD, "GPU004.TXT: A stands there more than once; the first row counts") in notes(findings)


def test_columns_between_blanks_cannot_be_told_apart() -> None:
    findings = Findings()
    limits = read_traits({Role.GPU004: RawFile.parse("GPU004.TXT", b"Arn 2 6\nBau 3 7\n")}, findings)

    assert limits == Limits()
    text = "GPU004.TXT: only the names are used, because blanks separate the columns and hide empty ones"
    assert notes(findings) == [(NoteKind.LEFT_OUT, text)]


def test_limits_and_flags_of_grades() -> None:
    full = {1: "4.11", 5: "PXFH", 7: "4", 8: "8", 9: "1", 10: "2", 11: "3"}
    limits, findings = read(Role.GPU003, full, {1: "9a", 5: "n"})

    assert limits.grades == {
        "4.11": GradeLimits(
            least_per_day=4,
            most_per_day=8,
            least_lunch=1,
            most_lunch=2,
            most_main_in_a_row=3,
            gaps_allowed=True,
            apart=True,
            one_half_day=True,
        )
    }
    assert notes(findings) == [
        (NoteKind.READ, "GPU003.TXT: limits or flags of 1 grade"),
        (NoteKind.LEFT_OUT, "GPU003.TXT: the flags 'X', 'n' are not used"),
    ]


def test_traits_of_subjects() -> None:
    limits, findings = read(
        Role.GPU006,
        {1: "Ma", 5: "H2"},
        {1: "Sp", 5: "RDE", 9: "1", 10: "2"},
        {1: "Re", 5: "G", 10: "0"},
        {1: "Ch", 5: "FP"},
    )

    assert limits.subjects == {
        "Ma": SubjectTraits(is_main=True, several_a_day=True),
        "Sp": SubjectTraits(is_fringe=True, doubles=True, across_breaks=True, least_afternoon=1, most_afternoon=2),
        # 0 says: never in the afternoon.
        "Re": SubjectTraits(not_fringe=True, most_afternoon=0),
        "Ch": SubjectTraits(is_optional=True),
    }
    assert (NoteKind.LEFT_OUT, "GPU006.TXT: the flag 'P' is not used") in notes(findings)


def test_traits_of_rooms() -> None:
    limits, _findings = read(Role.GPU005, {1: "F 11", 3: "F12", 6: "1", 7: "0", 8: "24"}, {1: "101", 8: "30"})

    # A weight of 0 is stated: the lesson may be left without the room.
    assert limits.rooms == {"F 11": RoomTraits(alternative="F12", off_site="1", weight=0)}


def test_traits_of_a_lesson() -> None:
    row = {
        1: "7",
        10: "27",
        15: "20250901",
        16: "20260731",
        24: "XD2REs",
        25: "A",
        26: "1",
        27: "k",
        28: "1",
        29: "2.00000",
        30: "3",
        37: "2",
        38: "0",
    }
    limits, findings = read(Role.GPU002, row)

    assert limits.lessons == {
        7: LessonTraits(
            least_doubles=1,
            most_doubles=2,
            block_sizes=(3, 2),
            doubles_binding=True,
            several_a_day=True,
            is_fringe=True,
            across_breaks=True,
            same_time=True,
            grade_sequence="A",
            teacher_sequence="1",
            collision="k",
            first_day="20250901",
            last_day="20260731",
            students=27,
        )
    }
    text = "GPU002.TXT: doubles, flags, sequence codes, dates or students of 1 lesson"
    assert notes(findings) == [(NoteKind.READ, text)]


def test_the_lines_of_a_coupling_are_one_lesson() -> None:
    limits, findings = read(
        Role.GPU002,
        {1: "7", 10: "12", 15: "20250901", 16: "20260131", 24: "D"},
        {1: "7", 10: "15", 15: "20250815", 16: "20260731", 24: "E", 28: "1", 29: "1"},
        {1: "7", 28: "2", 29: "2"},
        {1: "8", 2: "3"},
        {1: "0", 10: "5"},
        {1: "junk", 10: "5"},
    )

    # The first line that states doubles, flags of all lines, the largest number, the earliest and the latest day;
    # lesson 8 states nothing, 0 is no regular lesson.
    assert limits.lessons == {
        7: LessonTraits(
            least_doubles=1,
            most_doubles=1,
            doubles_binding=True,
            across_breaks=True,
            first_day="20250815",
            last_day="20260731",
            students=15,
        )
    }
    assert notes(findings)[1:] == [
        (NoteKind.ODD, "GPU002.TXT: the lines of lesson 7 state different doubles; the first ones count"),
        (NoteKind.LEFT_OUT, "GPU002.TXT: 1 row without a lesson number is not used"),
    ]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [("3", (3,)), ("3.00000", (3,)), ("3,00000", (3,)), ("3,3", (3, 3)), ("2~4", (2, 4)), ("0", ()), ("", ())],
)
def test_block_sizes(text: str, sizes: tuple[int, ...]) -> None:
    limits, findings = read(Role.GPU002, {1: "7", 10: "20", 30: text})

    assert limits.lesson(7).block_sizes == sizes
    assert findings.defects == []


@pytest.mark.parametrize("text", ["", "0", "00000000"])
def test_no_date(text: str) -> None:
    limits, findings = read(Role.GPU002, {1: "7", 15: text, 16: text})

    assert limits.lessons == {}
    assert findings.defects == []


@pytest.mark.parametrize(("text", "defects"), [("", 0), ("0", 0), ("30.00", 0), ("-5", 1), ("groß", 1)])
def test_capacity_of_a_room_is_a_number_or_unknown(text: str, defects: int) -> None:
    _limits, findings = read(Role.GPU005, {1: "101", 8: text})

    assert [(d.line, d.column, d.found) for d in findings.defects] == [(1, 8, f"'{text}'")] * defects


def test_days_in_the_wrong_order_are_noted_and_not_used() -> None:
    rows = ({1: "7", 15: "20260901", 16: "20260801"}, {1: "8", 15: "20260801", 16: "20260801"})
    limits, findings = read(Role.GPU002, *rows)

    assert limits.lessons == {8: LessonTraits(first_day="20260801", last_day="20260801")}
    assert (
        NoteKind.ODD,
        "GPU002.TXT, line 1: the first day is after the last day, so neither is used",
    ) in notes(findings)
