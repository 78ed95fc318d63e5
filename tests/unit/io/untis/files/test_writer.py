"""Writing a plan back."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Placement, Timetable
from untisopt.io.untis import Export, as_gpu001, read_export, revised


def moved(export: Export, **places: tuple[int, int]) -> Timetable:
    """The plan with lectures moved; `l7_1_2=(3, 4)` moves `7@1.2` to weekday 3, period 4."""
    plan = export.school.as_is
    changes = {}
    for name, place in places.items():
        lesson, day, number = name[1:].split("_")
        id_ = f"{lesson}@{day}.{number}"
        changes[id_] = plan[id_].at(Period(*place))
    return plan.replace(changes)


def lines(export: Export, timetable: Timetable) -> list[str]:
    raw = export.files[export.timetable]
    return raw.dialect.decode(revised(export, timetable)[raw.name]).split(raw.dialect.newline.decode())[:-1]


def places(export: Export, timetable: Timetable) -> list[str]:
    return [" ".join(line.split("\t")[:3]) for line in lines(export, timetable)]


def test_an_unchanged_plan_is_the_file(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks")

    assert revised(export, export.school.as_is) == {"lesson.txt": (fixtures / "ab-weeks/lesson.txt").read_bytes()}


def test_only_the_fields_of_moved_rows_change(fixtures: Path) -> None:
    export = read_export(fixtures / "excerpt-blanks")
    before = (fixtures / "excerpt-blanks/lesson.txt").read_bytes()

    after = revised(export, moved(export, l178_5_1=(5, 3), l178_5_2=(5, 4)))["lesson.txt"]

    assert len(after) == len(before)
    expected = before.replace(b"Carl 5 1", b"Carl 5 3").replace(b"Carl 5 2", b"Carl 5 4")
    assert after == expected


def test_rows_move_to_their_place_among_those_of_the_teacher(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 2 1 Ma 101 8 9a", "Arn 3 1 Ma 101 9 9a", "Bau 1 1 Ma 102 5 9b")

    assert places(export, moved(export, l7_1_1=(2, 5))) == ["Arn 2 1", "Arn 2 5", "Arn 3 1", "Bau 1 1"]


def test_rows_that_tie_keep_their_order(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 1 1 Ma 101 7 9b", "Arn 2 1 Ge 101 8 9a")

    after = [line.split("\t")[7] + line.split("\t")[3] for line in lines(export, moved(export, l7_1_1=(2, 1)))]

    assert after == ["9aMa", "9bMa", "9aGe"]


def test_in_an_unsorted_file_rows_stay_at_their_line(read_lesson) -> None:
    export = read_lesson(
        "Arn 3 1 Ma 101 7 9a",
        "Arn 2 1 Ma 101 8 9a",
        "Arn 1 1 Ma 101 9 9a",
        "Bau 2 1 Ma 102 5 9b",
        "Bau 1 1 Ma 102 4 9b",
    )

    assert places(export, moved(export, l7_3_1=(1, 5))) == ["Arn 1 5", "Arn 2 1", "Arn 1 1", "Bau 2 1", "Bau 1 1"]


def test_a_last_line_without_an_end_stays_the_last(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-plain")

    after = revised(export, moved(export, l24_2_1=(2, 2)))["gpu001.txt"]

    assert after == (fixtures / "gpu-plain/gpu001.txt").read_bytes().replace(b";2.01;2;1;", b";2.01;2;2;")
    assert not after.endswith(b"\n")


def test_gpu001_sorts_within_the_coupling_line(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")

    after = lines(export, moved(export, l1_1_1=(3, 5), l1_1_2=(3, 6)))

    assert after[:3] == [
        '1,"4.11","Ärm","D","101",3,4,,',
        '1,"4.11","Ärm","D","101",3,5,,',
        '1,"4.11","Ärm","D","101",3,6,,',
    ]


def test_rooms_change_inside_a_list(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")
    plan = export.school.as_is
    timetable = plan.replace({"3@4.5": Placement(Period(4, 5), (("TH1", "101"),))})

    after = lines(export, timetable)

    assert [line for line in after if line.startswith("3,")] == [
        f'3,"{grade}","Ze\x8d","SP","~TH1~{room}",4,{number},,'
        for grade in ("4.11", "09a")
        for number, room in ((5, "101"), (6, "TH2"))
    ]


def test_rooms_can_be_swapped(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Sp TH1 7 9a", "Arn 1 1 Sp TH2 7 9a")
    timetable = export.school.as_is.replace({"7@1.1": Placement(Period(1, 1), (("TH2", "TH1"),))})

    assert [line.split("\t")[4] for line in lines(export, timetable)] == ["TH2", "TH1"]


def test_rows_of_other_weeks_stay(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks")

    after = lines(export, moved(export, l8_2_1=(3, 2)))

    rows = [line.split("\t") for line in after]
    assert sorted((row[1], row[2]) for row in rows if row[5] == "8") == [("1", "1"), ("2", "4"), ("3", "2")]


def test_another_school_is_refused(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a")

    with pytest.raises(ValueError, match="the lectures of the export"):
        revised(export, Timetable({}))
    with pytest.raises(ValueError, match="the lectures of the export"):
        as_gpu001(export, Timetable({}))


def test_gpu001_from_lesson_txt(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks")

    text = as_gpu001(export, moved(export, l1_1_1=(2, 1), l1_1_2=(2, 2))).decode("cp1252")

    rows = text.split("\r\n")
    assert rows[:5] == [
        '0,,"Star","Konf","103",4,5,,',
        '0,,"Star","Aufs",,5,4,,',
        '1,"5a","Amsel","De","101",2,1,,',
        '1,"5a","Amsel","De","101",2,2,,',
        '2,"6a","Amsel","De","B11",2,3,,',
    ]
    # Two grades in two rooms; A and B weeks both appear; no room; no teacher.
    assert [row for row in rows if row.startswith("5,")] == [
        '5,"5a","De W","Sp","TH1",1,3,,',
        '5,"5a","De W","Sp","TH2",1,3,,',
        '5,"5b","De W","Sp","TH1",1,3,,',
        '5,"5b","De W","Sp","TH2",1,3,,',
    ]
    assert [row for row in rows if row.startswith("9,")] == [
        '9,"5b","Möwe","Mu","103",2,2,,',
        '9,"6a","Möwe","Mu","B12",2,2,,',
    ]
    assert '10,"5a","Mittag","Mi",,1,6,,' in rows
    assert '14,"6a",,"Frei",,5,3,,' in rows
    # Week 41 alone holds lesson 8 on Tuesday 4.
    assert [row for row in rows if row.startswith("8,")] == [
        '8,"5b","Möwe","Ma","102",1,1,,',
        '8,"5b","Möwe","Ma","102",2,1,,',
    ]
    assert rows[-1] == ""


def test_what_is_held_in_a_and_b_weeks_appears_once(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a 36,38", "Arn 1 1 Ma 101 7 9a 37,39", "Arn 1 2 Ma 101 8 9a 36,38")

    assert (
        as_gpu001(export, export.school.as_is) == b'7,"9a","Arn","Ma","101",1,1,,\r\n8,"9a","Arn","Ma","101",1,2,,\r\n'
    )


def test_gpu001_from_gpu001_is_the_revised_file(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")

    assert as_gpu001(export, export.school.as_is) == (fixtures / "gpu-quoted/GPU001.TXT").read_bytes()


def test_gpu001_of_a_utf_8_export_is_utf_8(fixtures: Path) -> None:
    export = read_export(fixtures / "utf8-bom")

    assert '"Łuk"'.encode() in as_gpu001(export, export.school.as_is)
