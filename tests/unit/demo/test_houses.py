"""The schools of several houses; slow to build, so each is built once and checked in one go."""

from __future__ import annotations

import pytest

from untisopt.demo import DemoSchool, build, files
from untisopt.demo.houses import _PREFIXES, HOUSES
from untisopt.demo.sites import teacher_changes


def shared_teachers(school: DemoSchool) -> list[set[str]]:
    """The houses of every teacher who teaches in two of them."""
    houses: dict[str, set[str]] = {}
    for row in school.rows():
        if row.grade:
            houses.setdefault(row.teacher, set()).add(row.grade[0])
    return [names for names in houses.values() if len(names) == 2]


@pytest.mark.slow
@pytest.mark.parametrize("size", HOUSES)
def test_schools_of_several_houses_on_two_sites(size):
    houses = HOUSES[size]
    school = build(size, 1)
    assert (school.size, school.seed) == (size, 1)
    assert len(school.grades) == 21 * houses
    assert len({teacher.short.lower() for teacher in school.teachers}) == len(school.teachers) == 72 * houses
    assert len({lesson.number for lesson in school.lessons}) == len(school.lessons)
    assert 1_260 * houses <= sum(1 for _ in school.rows()) <= 1_300 * houses
    # Every house has 62 to 78 site changes.
    assert 62 * houses <= teacher_changes(school).all <= 78 * houses
    assert all((room.site == "branch") == room.name.startswith("F") for room in school.rooms)
    shared = shared_teachers(school)
    # One teacher at least for each pair of neighbouring houses, two at most.
    assert houses - 1 <= len(shared) <= 2 * (houses - 1)
    assert all(abs(_PREFIXES.index(min(names)) - _PREFIXES.index(max(names))) == 1 for names in shared)


@pytest.mark.slow
def test_two_houses_with_equal_seeds_are_equal():
    first = build("2x", 3)
    assert files(first) == files(build("2x", 3))
    assert files(build("2x", 4))["lesson.txt"] != files(first)["lesson.txt"]


def test_numbers_of_houses():
    assert HOUSES == {"2x": 2, "5x": 5, "10x": 10}
    assert len(_PREFIXES) >= max(HOUSES.values())
