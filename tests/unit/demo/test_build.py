"""The plan of the made-up school, judged from lesson.txt alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from pathlib import Path

import pytest

import untisopt.demo
from untisopt.demo import build, files

DIGEST = """
import hashlib, sys
from untisopt.demo import build, files
content = files(build("small", 4))
print(hashlib.sha256(b"".join(name.encode() + content[name] for name in sorted(content))).hexdigest())
"""
ROOT = Path(untisopt.demo.__file__).parents[2]
LONG_BREAKS = {2, 4, 6}  # 20, 10 and 30 minutes follow these periods; 8 -> 9 has five minutes


def changes_by_hand(lectures, who, week):
    """Site changes and too short ones; F* is the branch, and only 6 -> 7 (30 min) is long enough between neighbours."""
    days: dict[tuple[str, int], dict[int, set[bool]]] = defaultdict(dict)
    for row in lectures:
        if who(row) and week in row.weeks():
            days[who(row), row.day].setdefault(row.period, set()).update([row.room.startswith("F")] if row.room else [])
    changes = short = 0
    for day in days.values():
        for first, second in pairwise(sorted(day)):
            if day[first] and day[second] and day[first] != day[second]:
                changes += 1
                short += second == first + 1 and first != 6
    return changes, short


def test_same_bytes_whatever_the_hash_seed():
    digests = set()
    for hash_seed in ("0", "1", "77"):
        environment = dict(os.environ, PYTHONHASHSEED=hash_seed)
        command = [sys.executable, "-c", DIGEST]
        run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_two_builds_are_equal_and_seeds_differ(small):
    assert files(build("small", 1)) == small.files
    assert files(build("small", 2))["lesson.txt"] != small.files["lesson.txt"]


def test_numbers_of_the_gymnasium(ong):
    rows = ong.lectures()
    assert 1260 <= len(rows) <= 1300
    assert len({row.grade for row in rows} - {""}) == 21
    assert len({row.teacher for row in rows}) == 72
    assert {row.day for row in rows} == {1, 2, 3, 4, 5}
    assert {row.period for row in rows} == set(range(1, 11))


def test_site_changes_of_the_gymnasium(ong):
    weeks = [changes_by_hand(ong.lectures(), lambda row: row.teacher, week) for week in "AB"]
    assert 66 <= sum(count for count, _ in weeks) / 2 <= 74
    assert 25 <= sum(short for _, short in weeks) / 2 <= 40
    grades = [changes_by_hand(ong.lectures(), lambda row: row.grade, week) for week in "AB"]
    assert 5 <= sum(count for count, _ in grades) / 2 <= 15
    assert sum(short for _, short in grades) == 0


@pytest.mark.parametrize("seed", range(1, 11))
def test_site_changes_of_small_schools(seed):
    from untisopt.demo.sites import teacher_changes

    school = build("small", seed)
    assert 8 <= teacher_changes(school).all <= 15
    assert 3 <= teacher_changes(school).too_short <= 9


def test_counting_agrees_with_the_count_by_hand(either):
    from untisopt.demo.sites import grade_changes, teacher_changes

    for who, count in (("teacher", teacher_changes), ("grade", grade_changes)):
        weeks = [changes_by_hand(either.lectures(), lambda row, who=who: getattr(row, who), week) for week in "AB"]
        found = count(either.school)
        assert (found.all, found.too_short) == tuple(sum(column) / 2 for column in zip(*weeks, strict=True))


def test_a_teacher_or_room_holds_one_lesson_at_a_time(either):
    slots = defaultdict(set)
    for row in either.lectures():
        for week in row.weeks():
            slots["teacher", row.teacher, row.day, row.period, week].add(row.number)
            if row.room:
                slots["room", row.room, row.day, row.period, week].add(row.number)
    crowded = [slot for slot, numbers in slots.items() if len(numbers) > 1]
    assert {slot[:2] for slot in crowded} == {("teacher", "Spo")}


def test_rooms_hold_one_line_at_a_time(either):
    slots = defaultdict(set)
    for row in either.lectures():
        for week in row.weeks() if row.room else "":
            slots[row.room, row.day, row.period, week].add((row.number, row.teacher, row.subject))
    assert max(len(lines) for lines in slots.values()) == 1


def test_grades_clash_in_bands_only(either):
    bands = {lesson.number: lesson.band for lesson in either.school.lessons}
    slots = defaultdict(set)
    for row in either.lectures():
        for week in row.weeks() if row.grade else "":
            slots[row.grade, row.day, row.period, week].add(row.number)
    for (grade, *_), numbers in slots.items():
        assert len({bands[number] for number in numbers}) == 1
        assert len(numbers) == 1 or (bands[min(numbers)] and grade in ("11", "12") and 5 <= len(numbers) <= 7)


def test_lower_grades_have_no_gaps_and_end_in_time(either):
    lower = {grade.name for grade in either.school.grades if grade.year < 11}
    for week in "AB":
        days = defaultdict(set)
        for row in either.lectures():
            if row.grade in lower and week in row.weeks():
                days[row.grade, row.day].add(row.period)
        assert len(days) == 5 * len(lower)
        assert all(min(periods) <= 2 and max(periods) <= 8 for periods in days.values())
        assert all(len(periods) == max(periods) - min(periods) + 1 for periods in days.values())
        weekly: Counter[str] = Counter()
        for (grade, _), periods in days.items():
            weekly[grade] += len(periods)
        assert all(30 <= periods <= 34 for periods in weekly.values())


def test_one_block_a_day_and_none_over_a_long_break(either):
    blocks = defaultdict(set)
    for row in either.lectures():
        if row.number:
            blocks[row.number, row.day].add(row.period)
    for periods in blocks.values():
        assert len(periods) in (1, 2)
        assert max(periods) - min(periods) == len(periods) - 1
        assert len(periods) == 1 or min(periods) not in LONG_BREAKS


def test_about_two_thirds_of_the_lectures_lie_in_doubles(ong):
    blocks = defaultdict(set)
    for row in ong.lectures():
        if row.number:
            blocks[row.number, row.day].add(row.period)
    lectures = sum(map(len, blocks.values()))
    doubles = sum(len(periods) for periods in blocks.values() if len(periods) == 2)
    assert 0.55 <= doubles / lectures <= 0.75


def test_loads_and_days_of_teachers(ong):
    slots = defaultdict(set)
    for row in ong.lectures():
        slots[row.teacher].add((row.day, row.period))
    for teacher in ong.school.teachers:
        own = slots[teacher.short]
        assert max(Counter(day for day, _ in own).values()) <= 8
        assert not {day for day, _ in own} & set(teacher.free_days)
        assert not own & set(teacher.blocked)
        # Duties (lesson number 0) come on top of at most 26 periods.
        assert len(own) <= 27
    part_time = [teacher for teacher in ong.school.teachers if teacher.free_days]
    assert len(part_time) >= 12
    assert all(1 <= len(teacher.free_days) <= 2 for teacher in part_time)


def test_kinds_of_lessons_that_make_real_plans_hard(either):
    rows = either.lectures()
    assert any(row.number == 0 and not row.grade and not row.room for row in rows)
    assert any(row.number and not row.room for row in rows)
    lines = Counter((row.number, row.teacher, row.grade, row.day, row.period) for row in rows)
    assert max(lines.values()) == 2  # a line with two rooms
    dummy = defaultdict(set)
    for row in rows:
        if row.teacher == "Spo":
            dummy[row.day, row.period].add(row.number)
    assert any(len(numbers) == 2 for numbers in dummy.values())
    couplings = defaultdict(set)
    for row in rows:
        couplings[row.number].add((row.teacher, row.subject))
    assert any(len(teachers) >= 2 for number, teachers in couplings.items() if number)
    assert any(set(row.teacher) & set("äöüßÄÖÜ") for row in rows)


def test_couplings_join_up_to_four_grades(ong):
    grades = defaultdict(set)
    for row in ong.lectures():
        grades[row.number].add(row.grade)
    assert max(map(len, grades.values())) == 4


def test_a_and_b_lessons_share_a_slot(either):
    slots = defaultdict(set)
    for row in either.lectures():
        if row.weeks() != "AB" and row.grade:
            slots[row.grade, row.day, row.period].add((row.weeks(), row.subject, row.number))
    assert slots
    for lessons in slots.values():
        assert sorted(weeks for weeks, _, _ in lessons) == ["A", "B"]
        assert {subject for _, subject, _ in lessons} == {"Mu", "Ku"}
        assert all(first[2] != second[2] for first, second in combinations(lessons, 2))


def test_unknown_size_is_refused():
    with pytest.raises(ValueError, match="small, ong, 2x, 5x, 10x"):
        build("tiny", 1)
