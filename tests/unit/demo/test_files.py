"""The files of the made-up school: columns, order, quoting, encoding, and the same plan in both sets."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import pairwise

COLUMNS = {"001": 9, "002": 47, "003": 33, "004": 46, "005": 18, "006": 22, "009": 7, "016": 5}
TOP = {"lesson.txt", "time.txt", "date.txt", "teacher.txt", "class.txt", "room.txt", "untisopt.toml", "breaks.txt"}


def test_names_of_the_files(small):
    gpu = {f"gpu/GPU{number}.TXT" for number in COLUMNS} | {"gpu/breaks.txt", "gpu/untisopt.toml"}
    xml = {"xml/untis.xml", "xml/untisopt.toml"}
    assert set(small.files) == TOP | gpu | xml | {"LIESMICH.txt", "README.txt"}


def test_lesson_txt_has_ten_columns_and_53_flags(either):
    for line in either.lines("lesson.txt"):
        fields = line.split("\t")
        assert len(fields) == 10
        assert fields[9] == "0"
        assert len(fields[8]) == 53


def test_lesson_txt_follows_master_data_day_and_period(either):
    order = {line.split("\t")[0]: index for index, line in enumerate(either.lines("teacher.txt"))}
    keys = [(order[row.teacher], row.day, row.period) for row in either.lectures()]
    assert keys == sorted(keys)


def test_week_flags_are_exported_weeks_and_alternate(either):
    exported = [int(line.split("\t")[0]) for line in either.lines("date.txt")]
    # Calendar weeks 36 to 51 without the holidays in 43 and 44: 14 weeks.
    assert exported == [36, 37, 38, 39, 40, 41, 42, 45, 46, 47, 48, 49, 50, 51]
    seen = set()
    for row in either.lectures():
        assert [week for week, flag in enumerate(row.flags, start=1) if flag != "-"] == exported
        seen.add("".join(row.flags[week - 1] for week in exported))
    assert seen == {"1" * 14, "10" * 7, "01" * 7}


def test_date_and_time(small):
    # 1 September 2025 is the Monday of calendar week 36.
    assert small.lines("date.txt")[0] == "36\t1.9.\t20250901\t1"
    assert small.lines("date.txt")[7] == "45\t3.11.\t20251103\t10"
    assert len(small.lines("time.txt")) == 50
    assert small.lines("time.txt")[6] == "1\t10\t7\t1330\t1415"


def test_break_table(small):
    assert small.lines("breaks.txt")[:3] == ["1 08:00-08:45", "2 08:45-09:30", "Pause 20 min"]
    assert [line for line in small.lines("breaks.txt") if "Pause" in line] == [
        "Pause 20 min",
        "Pause 10 min",
        "Pause 30 min",
        "Pause 5 min",
    ]


def test_branch_rooms_and_no_others_begin_with_f(either):
    assert all((room.site == "branch") == room.name.startswith("F") for room in either.school.rooms)
    codes = {row[0]: row[5] for row in either.gpu("005")}
    assert all((code == "1") == name.startswith("F") for name, code in codes.items())


def test_policy_is_toml_and_says_that_the_school_is_made_up(small):
    for path in ("untisopt.toml", "gpu/untisopt.toml", "xml/untisopt.toml"):
        text = small.files[path].decode("utf-8")
        assert "Made-up school" in text.splitlines()[0]
        policy = tomllib.loads(text)
        assert policy["sites"] == {"main": "Haupthaus", "Filiale": ["F*"]}
        assert policy["travel"] == {"minutes": 25}
        assert "goal" not in policy  # the demo shows what the defaults give
    assert "FREI ERFUNDEN" in small.files["LIESMICH.txt"].decode("cp1252")
    assert "MADE UP" in small.files["README.txt"].decode("cp1252")


def test_untis_text_files_are_windows_1252_with_crlf(either):
    for path, content in either.files.items():
        if path.endswith(("untisopt.toml", ".xml")):
            continue
        content.decode("cp1252")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert content.endswith(b"\r\n")


def test_columns_of_the_gpu_files(either):
    for number, columns in COLUMNS.items():
        assert {len(row) for row in either.gpu(number)} == {columns}
        trailing = [line.endswith(",") for line in either.lines(f"gpu/GPU{number}.TXT")]
        assert all(trailing) if number != "016" else not any(trailing)


def test_numbers_are_bare_and_texts_quoted(small):
    line = next(line for line in small.lines("gpu/GPU001.TXT") if not line.startswith("0,"))
    fields = line.split(",")
    assert all(field.isdigit() for field in (fields[0], fields[5], fields[6]))
    assert all(not field or field[0] == field[-1] == '"' for field in fields[1:5])
    assert '""' not in "".join(small.lines("gpu/GPU001.TXT"))


def test_gpu001_and_lesson_txt_hold_the_same_plan(either):
    lectures = Counter(
        (row.number, row.grade, row.teacher, row.subject, row.room, row.day, row.period) for row in either.lectures()
    )
    gpu = Counter((int(row[0]), *row[1:5], int(row[5]), int(row[6])) for row in either.gpu("001"))
    assert gpu == lectures


def test_gpu001_order(either):
    """Lesson number ascends; each line of each grade keeps its rows together, by day and period."""
    rows = [row for row in either.gpu("001") if row[0] != "0"]
    numbers = [int(row[0]) for row in rows]
    assert numbers == sorted(numbers)
    lines = [tuple(row[:4]) for row in rows]
    changes = [key for index, key in enumerate(lines) if index == 0 or key != lines[index - 1]]
    assert len(changes) == len(set(lines))
    slots = [(tuple(row[:4]), int(row[5]), int(row[6])) for row in rows]
    assert all(first[1:] <= second[1:] for first, second in pairwise(slots) if first[0] == second[0])


def test_gpu002_joins_and_adds_up(either):
    """Every GPU001 key has its GPU002 row; the weekly periods are those of the plan."""
    plan: Counter[tuple[str, ...]] = Counter()
    for key in {(row[0], row[1], row[2], row[3], row[5], row[6]) for row in either.gpu("001") if row[0] != "0"}:
        plan[key[:4]] += 1
    lessons = {(row[0], row[4], row[5], row[6]): int(row[1]) for row in either.gpu("002")}
    assert lessons == dict(plan)


def test_gpu002_groups_flags_and_doubles(either):
    lectures = either.lectures()
    weeks = {str(row.number): row.weeks() for row in lectures}
    doubles: dict[str, set[tuple[int, int]]] = {}
    slots = {(str(row.number), row.day, row.period) for row in lectures}
    for number, day, period in slots:
        if (number, day, period + 1) in slots:
            doubles.setdefault(number, set()).add((day, period))
    rows = either.gpu("002")
    assert all({"A": "WA", "B": "WB", "AB": ""}[weeks[row[0]]] == row[11] for row in rows)
    assert all(row[27] == row[28] == (str(len(doubles[row[0]])) if row[0] in doubles else "") for row in rows)
    locked = {row[0] for row in rows if row[23] == "X"}
    external = {person.short for person in either.school.teachers if person.external}
    assert 2 <= len(locked) <= 8
    assert {row[0] for row in rows if row[5] in external} <= locked


def test_master_data_holds_every_code(either):
    rows = either.gpu("001")
    names = {number: {row[0] for row in either.gpu(number)} for number in ("003", "004", "005", "006")}
    for column, number in ((1, "003"), (2, "004"), (3, "006"), (4, "005")):
        assert {row[column] for row in rows} - {""} <= names[number]
    assert any("." in name for name in names["003"])


def test_free_days_are_blocked_in_gpu016(either):
    wishes = {(row[0], row[1], int(row[2]), int(row[3])): int(row[4]) for row in either.gpu("016")}
    part_time = [person for person in either.school.teachers if person.free_days]
    assert part_time
    for person in part_time:
        for day in person.free_days:
            assert all(wishes["L", person.short, day, period] == -3 for period in range(1, 11))
    busy = {("L", row.teacher, row.day, row.period) for row in either.lectures()}
    busy |= {("K", row.grade, row.day, row.period) for row in either.lectures()}
    assert not [key for key, value in wishes.items() if value == -3 and key in busy]
