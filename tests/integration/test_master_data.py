"""The made-up school states limits, and its plan meets them but for a few: read back from its files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from untisopt.demo import build, files
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.io.untis import read_export

GPU = "gpu/"
TIMETABLE = "gpu/GPU001.TXT"


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    return files(build("small", 1))


@pytest.fixture(scope="module")
def school(small: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> School:
    """The school of the folder `gpu`."""
    folder = tmp_path_factory.mktemp("gpu")
    for path, content in small.items():
        if path.startswith(GPU):
            (folder / path.removeprefix(GPU)).write_bytes(content)
    return read_export(folder).school


def exceeded(school: School) -> Counter[str]:
    """How many teachers have a day too long, a week with too many gaps, too many periods in a row."""
    gaps: Counter[tuple[str, int]] = Counter()
    found: dict[str, set[str]] = {"day": set(), "gaps": set(), "row": set()}
    for (kind, name), week_class, day in school.today.days:
        if kind is not Kind.TEACHER:
            continue
        numbers = [period.number for period in school.today.day((kind, name), week_class, day)]
        limits = school.limits.teacher(name)
        if limits.most_per_day is not None and len(numbers) > limits.most_per_day:
            found["day"].add(name)
        gaps[name, week_class] += numbers[-1] - numbers[0] + 1 - len(numbers)
        if limits.most_gaps is not None and gaps[name, week_class] > limits.most_gaps:
            found["gaps"].add(name)
        length = limits.most_in_a_row or 99
        if any(set(range(n, n + length + 1)) <= set(numbers) for n in numbers):
            found["row"].add(name)
    return Counter({what: len(names) for what, names in found.items()})


def test_limits_of_teachers_are_met_but_for_a_few(school: School) -> None:
    # 13 teachers and the dummy Spo; one exception of each kind for every 15 teachers begun.
    assert len(school.limits.teachers) == 13
    assert "Spo" not in school.limits.teachers
    assert all(4 <= (limits.most_per_day or 0) <= 8 for limits in school.limits.teachers.values())
    assert exceeded(school) == Counter(day=1, gaps=1, row=0)


def test_limits_of_grades_are_met(school: School) -> None:
    assert school.limits.grades.keys() == {"7.1", "7.2", "10.1", "11"}
    assert [name for name, limits in school.limits.grades.items() if limits.gaps_allowed] == ["11"]
    for (kind, name), week_class, day in school.today.days:
        if kind is Kind.GRADE:
            taught = len(school.today.day((kind, name), week_class, day))
            limits = school.limits.grade(name)
            assert (limits.least_per_day or 0) <= taught <= (limits.most_per_day or 0)


def test_traits_of_subjects_lessons_and_rooms(school: School) -> None:
    main = {name for name, traits in school.limits.subjects.items() if traits.is_main}
    assert {"De", "Ma", "En"} <= main
    assert not {"Sp", "Ku"} & main
    numbers = {lecture.lesson for lecture in school.lectures.values()} - {0}
    assert school.limits.lessons.keys() == numbers
    assert all(traits.students for traits in school.limits.lessons.values())
    assert school.limits.rooms.keys() == school.rooms.keys()
    assert all(room.capacity for room in school.rooms.values())


def test_wishes(school: School, small: dict[str, bytes]) -> None:
    lines = small["gpu/GPU016.TXT"].decode("cp1252").splitlines()
    wanted = [line for line in lines if not line.endswith(",-3")]
    assert wanted
    found = [
        f'"L","{name}",{period.day},{period.number},{value}'
        for (_kind, name), cells in school.limits.wishes.items()
        for period, value in cells.items()
    ]
    assert sorted(found) == sorted(wanted)


def test_supervisions(school: School) -> None:
    # One for every 6 of 14 people; the plan of GPU001 knows the pseudo weeks 1 and 2 only.
    assert len(school.limits.supervisions) == 2
    for supervision in school.limits.supervisions:
        assert supervision.teacher in school.teachers
        assert supervision.before in school.grid
        assert list(supervision.weeks) == [1, 2]


def test_the_same_files_beside_lesson_txt_say_the_same(school: School, small: dict[str, bytes], tmp_path: Path) -> None:
    for path, content in small.items():
        name = path.removeprefix(GPU)
        if "/" not in name and path != TIMETABLE:
            (tmp_path / name).write_bytes(content)

    beside = read_export(tmp_path / "lesson.txt").school

    assert beside.limits.teachers == school.limits.teachers
    assert beside.limits.grades == school.limits.grades
    assert beside.limits.subjects == school.limits.subjects
    assert beside.limits.rooms == school.limits.rooms
    assert beside.limits.lessons == school.limits.lessons
    assert beside.limits.wishes == school.limits.wishes
