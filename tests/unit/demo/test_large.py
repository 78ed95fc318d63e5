"""The large school; slow, so it is built once and checked in one go."""

from __future__ import annotations

import pytest

from untisopt.demo import build
from untisopt.demo.large import _PREFIXES
from untisopt.demo.sites import teacher_changes


@pytest.mark.slow
def test_large_school_is_ten_houses_on_two_sites():
    school = build("large", 1)
    assert len(school.grades) == 210
    assert len({teacher.short.lower() for teacher in school.teachers}) == len(school.teachers) == 720
    assert len({lesson.number for lesson in school.lessons}) == len(school.lessons)
    assert 12_600 <= sum(1 for _ in school.rows()) <= 13_000
    # Ten houses of 62 to 78 site changes each.
    assert 620 <= teacher_changes(school).all <= 780
    assert all((room.site == "branch") == room.name.startswith("F") for room in school.rooms)
    houses: dict[str, set[str]] = {}
    for row in school.rows():
        if row.grade:
            houses.setdefault(row.teacher, set()).add(row.grade[0])
    shared = [names for names in houses.values() if len(names) == 2]
    assert len(shared) >= 10
    assert all(abs(_PREFIXES.index(min(names)) - _PREFIXES.index(max(names))) == 1 for names in shared)
