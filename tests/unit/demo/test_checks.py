"""The self-check finds what it promises to find: each test breaks one promise of a good school."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from untisopt.demo.building import House, build_house
from untisopt.demo.checks import broken_promises, outside_windows
from untisopt.demo.model import DemoSchool, Placement
from untisopt.demo.plans import plan_of


def moved(school: DemoSchool, slot: Placement, **changes: Any) -> DemoSchool:
    others = [other for other in school.placements if other is not slot]
    return replace(school, placements=(*others, replace(slot, **changes)))


def first_slot(school: DemoSchool, **wanted: object) -> Placement:
    return next(
        slot for slot in school.placements if all(getattr(slot, name) == value for name, value in wanted.items())
    )


def test_good_school_passes(either):
    assert broken_promises(either.school) == []


def test_finds_room_clash(small):
    at_once = [slot for slot in small.school.placements if (slot.day, slot.period) == (1, 3) and slot.rooms]
    slot, other = at_once[:2]
    problems = broken_promises(moved(small.school, slot, rooms=other.rooms))
    assert any(problem.startswith(f"room {other.rooms[0]} has lessons") for problem in problems)


def test_finds_gap(small):
    slot = first_slot(small.school, day=1, period=3, number=min(_lower_singles(small.school)))
    problems = broken_promises(moved(small.school, slot, period=10))
    assert any("has periods" in problem and problem.startswith("grade") for problem in problems)


def test_finds_torn_double(small):
    lesson = next(lesson for lesson in small.school.lessons if lesson.blocks == (2,))
    slot = first_slot(small.school, number=lesson.number)
    problems = broken_promises(moved(small.school, slot, period=10 if slot.period < 8 else 1))
    assert any(problem.startswith(f"lesson {lesson.number} has periods") for problem in problems)


def test_finds_teaching_on_a_day_off(small):
    school = small.school
    person = next(person for person in school.teachers if person.free_days)
    blocked = replace(person, free_days=(1, 2, 3, 4, 5))
    teachers = tuple(blocked if teacher is person else teacher for teacher in school.teachers)
    problems = broken_promises(replace(school, teachers=teachers))
    assert any(problem.startswith(f"teacher {person.short} is not available") for problem in problems)


def test_finds_lost_line(small):
    lost = small.school.placements[0]
    problems = broken_promises(replace(small.school, placements=small.school.placements[1:]))
    assert f"lesson {lost.number} line {lost.line} is not placed completely" in problems


def test_finds_site_changes_outside_the_window(small):
    plan = replace(plan_of("small"), changes=(0, 1))
    assert outside_windows(small.school, plan)[0].startswith("site changes of teachers: ")


def test_hopeless_plan_names_the_broken_promise(monkeypatch):
    plan = replace(plan_of("small"), changes=(0, 0))
    monkeypatch.setattr("untisopt.demo.building.plan_of", lambda size: plan)
    monkeypatch.setattr("untisopt.demo.building._ATTEMPTS", 2)
    with pytest.raises(RuntimeError, match=r"small with seed 1: site changes of teachers"):
        build_house("small", 1, House())


def _lower_singles(school: DemoSchool) -> list[int]:
    """Lessons of one lower grade that lie on Monday in period 3."""
    lower = {grade.name for grade in school.grades if not grade.upper}
    monday = {slot.number for slot in school.placements if (slot.day, slot.period) == (1, 3)}
    return [
        lesson.number
        for lesson in school.lessons
        if lesson.number in monday and len(lesson.lines) == 1 and set(lesson.lines[0].grades) <= lower
    ]
