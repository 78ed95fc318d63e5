"""Schools of several houses like the Gymnasium, on the same two sites, with a few teachers in two houses."""

from __future__ import annotations

from dataclasses import replace

from untisopt.demo.building import House, build_house
from untisopt.demo.checks import broken_promises
from untisopt.demo.model import MAIN, DemoSchool, Lesson, Row, Teacher
from untisopt.demo.subjects import qualification

__all__ = ["HOUSES", "build_houses"]

#: Size -> number of houses.
HOUSES = {"2x": 2, "5x": 5, "10x": 10}

#: No F: rooms of the main building must not look like rooms of the branch.
_PREFIXES = "ABCDEGHJKL"
_NUMBERS_PER_HOUSE = 1_000
_SHARED_PER_HOUSE = 2
_LEAST_PERIODS = 10
_MOST_PERIODS = 22
_MOST_A_DAY = 7

_Slots = dict[str, set[tuple[int, int]]]


def build_houses(size: str, seed: int) -> DemoSchool:
    """Return a school of a size in `HOUSES`: so many times the rows, grades and teachers of size `ong`.

    Equal seeds give equal houses, so a school begins with the houses of the smaller ones; who teaches in two of them
    is drawn from the whole.

    Raises
    ------
    RuntimeError
        If a promise is broken; the message names it.
    """
    taken: set[str] = set()
    houses = []
    for index, prefix in enumerate(_PREFIXES[: HOUSES[size]]):
        house = House(prefix, 1 + index * _NUMBERS_PER_HOUSE, taken)
        houses.append(build_house("ong", (seed + 1) * 100 + index, house))
    school = _shared(_merged(size, seed, houses), houses)
    problems = broken_promises(school)
    if problems:
        raise RuntimeError(f"demo school {size} with seed {seed}: {problems[0]}")
    return school


def _merged(size: str, seed: int, houses: list[DemoSchool]) -> DemoSchool:
    return DemoSchool(
        size,
        seed,
        tuple(teacher for house in houses for teacher in house.teachers),
        tuple(grade for house in houses for grade in house.grades),
        tuple(room for house in houses for room in house.rooms),
        houses[0].subjects,
        tuple(lesson for house in houses for lesson in house.lessons),
        tuple(slot for house in houses for slot in house.placements),
        tuple(duty for house in houses for duty in house.duties),
        tuple(wish for house in houses for wish in house.requests),
    )


def _shared(school: DemoSchool, houses: list[DemoSchool]) -> DemoSchool:
    """Let teachers who stay in the main building take over a lesson in the next house."""
    rows = list(school.rows())
    busy: _Slots = {}
    places: dict[int, set[tuple[int, int]]] = {}
    for row in rows:
        busy.setdefault(row.teacher, set()).add((row.day, row.period))
        places.setdefault(row.number, set()).add((row.day, row.period))
    settled = _settled(school, rows)
    lessons = {lesson.number: lesson for lesson in school.lessons}
    for host, guest in zip(houses[1:], houses, strict=False):
        people = [person for person in guest.teachers if person.short in settled]
        done = 0
        for lesson in host.lessons:
            slots = places[lesson.number]
            if done == _SHARED_PER_HOUSE or not _may_change_hands(lesson, settled, busy):
                continue
            substitute = next((person for person in people if _could_teach(person, lesson, slots, busy)), None)
            if substitute is not None:
                busy[lesson.lines[0].teacher] -= slots
                busy[substitute.short] |= slots
                lessons[lesson.number] = replace(lesson, lines=(replace(lesson.lines[0], teacher=substitute.short),))
                people.remove(substitute)
                done += 1
    return replace(school, lessons=tuple(lessons[lesson.number] for lesson in school.lessons))


def _settled(school: DemoSchool, rows: list[Row]) -> set[str]:
    """Return the full-time teachers who have all their periods in rooms of the main building."""
    sites = school.sites()
    elsewhere = {row.teacher for row in rows if sites.get(row.room) != MAIN}
    return {person.short for person in school.teachers if not person.days_off and not person.dummy} - elsewhere


def _may_change_hands(lesson: Lesson, settled: set[str], busy: _Slots) -> bool:
    """Simple lessons of teachers who have enough others; the site changes of nobody depend on them."""
    line = lesson.lines[0]
    simple = len(lesson.lines) == 1 and lesson.weeks == "AB" and not lesson.band and not lesson.locked
    return simple and line.teacher in settled and len(busy[line.teacher]) >= _LEAST_PERIODS + sum(lesson.blocks)


def _could_teach(person: Teacher, lesson: Lesson, slots: set[tuple[int, int]], busy: _Slots) -> bool:
    own = busy[person.short]
    if qualification(lesson.lines[0].subject) not in person.qualifications or len(own | slots) > _MOST_PERIODS:
        return False
    if own & slots or set(person.blocked) & slots:
        return False
    return all(sum(place[0] == day for place in own | slots) <= _MOST_A_DAY for day, _ in slots)
