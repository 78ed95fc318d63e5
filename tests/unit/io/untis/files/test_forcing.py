"""The files that make Untis place lessons: byte by byte, in the dialect of the files that were read."""

from __future__ import annotations

import re

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Timetable
from untisopt.io.untis import Export, read_export
from untisopt.io.untis.files.forcing import forcing, forcing_files

# Two days of two periods: lesson 7 of Arn on Monday 1, lesson 8 of Bau on Tuesday 1 and 2.
PLAN = '7,"5a","Arn","D","101",1,1,,\r\n8,"5b","Bau","M","102",2,1,,\r\n8,"5b","Bau","M","102",2,2,,\r\n'
TIMES = "".join(
    f"{day} 2 {number} {700 + 100 * number} {745 + 100 * number}\r\n" for day in (1, 2) for number in (1, 2)
)
LESSONS = '7,1,1,1,"5a","Arn","D","101",,20,,,,,,,,,,"102",,,,"i",,\r\n8,2,2,2,"5b","Bau","M",,\r\n'


def moved(export: Export, lecture: str, day: int, number: int) -> Timetable:
    school = export.school
    return school.as_is.replace({lecture: school.as_is[lecture].at(Period(day, number))})


@pytest.fixture
def read(read_gpu):
    def read(lessons: str | None = LESSONS, requests: str | None = None, **beside: str) -> Export:
        if lessons is not None:
            beside["GPU002"] = lessons
        if requests is not None:
            beside["GPU016"] = requests
        export: Export = read_gpu(PLAN, time=TIMES, **beside)
        return export

    return read


def test_lesson_file_holds_the_rows_and_one_of_the_dummy(read):
    export = read()
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    # Hours of class and teacher (3, 4) are 0, the teacher (6) is the dummy; subject room (8), pupils (10) and home room
    # (20) are empty; everything else, the flag i among it, is as in the row.
    assert files["GPU002.TXT"] == (
        b'7,1,1,1,"5a","Arn","D","101",,20,,,,,,,,,,"102",,,,"i",,\r\n7,1,0,0,"5a","ZZ7","D",,,,,,,,,,,,,,,,,"i",,\r\n'
    )
    assert files["undo/GPU002.TXT"] == b'7,1,1,1,"5a","Arn","D","101",,20,,,,,,,,,,"102",,,,"i",,\r\n'


def test_dummy_is_blocked_everywhere_else(read):
    export = read()
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    # Classic layout where no GPU016 lies beside the export: Monday 1 and 2 and Tuesday 1 are left to block.
    assert files["GPU016.TXT"] == b'"L","ZZ7",1,1,-3\r\n"L","ZZ7",1,2,-3\r\n"L","ZZ7",2,1,-3\r\n'
    assert files["undo/GPU016.TXT"] == b'"L","ZZ7",1,1,0\r\n"L","ZZ7",1,2,0\r\n"L","ZZ7",2,1,0\r\n'


def test_all_periods_of_a_lesson_stay_open(read):
    # Both periods of the double of lesson 8 go to Monday; it may stand there and nowhere else.
    export = read()
    after = export.school.as_is.replace(
        {id_: export.school.as_is[id_].at(Period(1, i)) for i, id_ in ((1, "8@2.1"), (2, "8@2.2"))}
    )
    found = forcing(export, after)
    assert found.wanted == {8: (Period(1, 1), Period(1, 2))}
    assert found.files["GPU016.TXT"] == b'"L","ZZ8",2,1,-3\r\n"L","ZZ8",2,2,-3\r\n'


def test_unmoved_periods_of_a_moved_lesson_stay_open(read):
    export = read()
    found = forcing(export, moved(export, "8@2.2", 1, 2))
    assert found.wanted == {8: (Period(1, 2), Period(2, 1))}


def test_nothing_moves(read):
    export = read()
    assert forcing_files(export, export.school.as_is) == {}


def test_other_room_alone_is_not_forced(read):
    export = read()
    place = export.school.as_is["7@1.1"]
    after = export.school.as_is.replace({"7@1.1": type(place)(place.period, (("102",),))})
    assert forcing_files(export, after) == {}


def test_no_lesson_data(read):
    export = read(lessons=None)
    found = forcing(export, moved(export, "7@1.1", 2, 2))
    assert (found.files, found.has_lessons, found.left_out) == ({}, False, (7,))


def test_lesson_that_the_lesson_data_does_not_know(read):
    export = read(lessons='8,2,2,2,"5b","Bau","M",,\r\n')
    after = moved(export, "7@1.1", 2, 2).replace({"8@2.1": export.school.as_is["8@2.1"].at(Period(1, 2))})
    found = forcing(export, after)
    assert (sorted(found.dummies), found.left_out) == ([8], (7,))
    assert found.files["undo/GPU002.TXT"] == b'8,2,2,2,"5b","Bau","M",,\r\n'


def test_row_without_a_teacher_column_is_of_no_use(read):
    export = read(lessons='7,1,1,1,"5a"\r\n8,2,2,2,"5b","Bau","M",,\r\n')
    found = forcing(export, moved(export, "7@1.1", 2, 2))
    assert (found.files, found.left_out) == ({}, (7,))


def test_coupling_keeps_all_its_rows_and_gets_one_dummy(read):
    lessons = '7,1,1,1,"5a","Arn","D",,\r\n7,1,0,1,"5b","Cyl","E",,\r\n8,2,2,2,"5b","Bau","M",,\r\n'
    export = read(lessons=lessons)
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    assert files["GPU002.TXT"].decode().splitlines() == [
        '7,1,1,1,"5a","Arn","D",,',
        '7,1,0,1,"5b","Cyl","E",,',
        '7,1,0,0,"5a","ZZ7","D",,',
    ]


def test_row_without_class_and_teacher(read):
    export = read(lessons='7,1,,,,,"D",,\r\n8,2,2,2,"5b","Bau","M",,\r\n')
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    assert files["GPU002.TXT"] == b'7,1,,,,,"D",,\r\n7,1,0,0,,"ZZ7","D",,\r\n'


@pytest.mark.parametrize("taken", ["ZZ7", "zz7"])
def test_name_of_a_real_teacher_is_not_taken(read, taken):
    export = read(GPU004=f'"Arn","Arnd",,\r\n"{taken}","Zorn",,\r\n')
    assert forcing(export, moved(export, "7@1.1", 2, 2)).dummies == {7: "ZY7"}


def test_name_in_time_requests_is_not_taken_either(read):
    export = read(requests='"L","ZZ7",1,1,-3\r\n')
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    # Requests that exist are not repeated, changed or deleted.
    assert b"ZZ7" not in files["GPU016.TXT"] + files["undo/GPU016.TXT"]


def test_names_fit_the_rules_of_untis(read):
    export = read()
    (name,) = forcing(export, moved(export, "7@1.1", 2, 2)).dummies.values()
    assert re.fullmatch(r"[A-Z0-9]{1,10}", name)


def test_edited_files_are_written_as_they_are(read):
    # Semicolons, no quotes, LF; requests with a delimiter at the end.
    lessons = "7;1;1;1;5a;Arn;D;101;;\n8;2;2;2;5b;Bau;M;;;\n"
    export = read(lessons=lessons, requests="L;Arn;1;1;-3;\nK;5a;2;2;3;\n")
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    assert files["GPU002.TXT"] == b"7;1;1;1;5a;Arn;D;101;;\n7;1;0;0;5a;ZZ7;D;;;\n"
    assert files["GPU016.TXT"] == b"L;ZZ7;1;1;-3;\nL;ZZ7;1;2;-3;\nL;ZZ7;2;1;-3;\n"


def test_no_byte_order_mark_is_written(read):
    export = read(lessons="\ufeff" + LESSONS, requests='\ufeff"L","Arn",1,1,-3\r\n')
    files = forcing_files(export, moved(export, "7@1.1", 2, 2))
    assert not any(data.startswith(b"\xef\xbb\xbf") for data in files.values())
    assert files["undo/GPU002.TXT"].startswith(b"7,1,1,1,")


def test_english_time_requests(read):
    export = read(requests='"T","Arn",1,1,-3\r\n')
    assert forcing_files(export, moved(export, "7@1.1", 2, 2))["GPU016.TXT"].startswith(b'"T","ZZ7",1,1,-3')


def test_grid_that_starts_with_period_0(read_gpu):
    # The plan knows the periods 0 and 1 of Monday; GPU016 calls them 1 and 2.
    export = read_gpu('7,"5a","Arn","D","101",1,0,,\r\n8,"5b","Bau","M","102",1,1,,\r\n', GPU002=LESSONS)
    files = forcing_files(export, moved(export, "7@1.0", 1, 1))
    assert files["GPU016.TXT"] == b'"L","ZZ7",1,1,-3\r\n'


def test_lessons_of_a_and_b_weeks(fixtures, tmp_path):
    for file in (fixtures / "ab-weeks").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    school = read_export(tmp_path).school
    every_second = next(
        each
        for each in school.lectures.values()
        if each.lesson and len(school.classes(each.weeks)) < len(school.week_classes)
    )
    (tmp_path / "GPU002.TXT").write_bytes(b'%d,1,1,1,"x","y","D",,\r\n' % every_second.lesson)
    export = read_export(tmp_path)
    found = forcing(export, moved(export, every_second.id, 5, 2))
    assert Period(5, 2) in found.wanted[every_second.lesson]


def test_bytes_of_a_real_layout_survive(fixtures):
    # Windows-1252 with a byte that it leaves undefined: undoing gives the rows as they were.
    export = read_export(fixtures / "gpu-quoted")
    block = next(b for b in export.school.blocks if b.lesson == 1)
    free = next(p for p in export.school.grid.periods if p.day == 2)
    after = export.school.as_is.replace({block.lectures[0]: export.school.as_is[block.lectures[0]].at(free)})
    files = forcing_files(export, after)
    original = (fixtures / "gpu-quoted" / "GPU002.TXT").read_bytes().splitlines(keepends=True)
    assert files["undo/GPU002.TXT"] == b"".join(line for line in original if line.startswith(b"1,"))
    assert files["GPU002.TXT"].startswith(files["undo/GPU002.TXT"])
    dummy = files["GPU002.TXT"].removeprefix(files["undo/GPU002.TXT"])
    assert dummy.count(b",") == original[0].count(b",")
    assert b'"ZZ1"' in dummy


def test_other_plan_is_refused(read):
    with pytest.raises(ValueError, match="same lectures"):
        forcing(read(), Timetable({}))
