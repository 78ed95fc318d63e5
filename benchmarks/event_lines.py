"""Lines such as `away Arnd Mon 3-4`, drawn for a school: every kind of event that `untisopt repair` knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from untisopt.domain.events import combined
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.errors import InputError
from untisopt.io.events.text import parse_events

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TRIES = 200
"""Some lines cannot be meant, such as a coupling of lessons of different length; then another one is drawn."""

Draw = Callable[[Random, School], str]


def drawn(kind: str, rng: Random, school: School) -> tuple[str, ...]:
    """The lines of an event, or of several at once, that the school understands.

    Raises
    ------
    InputError
        None of many was understood.
    """
    for left in reversed(range(TRIES)):
        texts = tuple(line(rng, school) for line in LINES[kind](rng))
        try:
            combined(school, parse_events(texts, school))
        except InputError:
            if not left:
                raise
        else:
            return texts
    return ()


def _name(text: str) -> str:
    return text if text.isalnum() else f'"{text}"' if '"' not in text else f"'{text}'"


def _day(rng: Random, school: School) -> int:
    return rng.choice(school.grid.days)


def _times(rng: Random, school: School) -> str:
    """A day, some periods of one, or two days."""
    day = _day(rng, school)
    first = rng.choice(school.grid.numbers(day)[:-1])
    return rng.choice(
        (DAYS[day - 1], DAYS[day - 1], f"{DAYS[day - 1]} {first}-{first + 1}", f"{DAYS[day - 1]} {first}")
    )


def _teachers(school: School) -> list[str]:
    """Who has regular lectures."""
    return sorted({t for lecture in school.lectures.values() if lecture.lesson for t in lecture.teachers})


def _teacher(rng: Random, school: School) -> str:
    return rng.choice(_teachers(school))


def _rooms(school: School) -> list[str]:
    return sorted({room for place in school.as_is.values() for rooms in place.rooms for room in rooms})


def _lesson(rng: Random, school: School) -> int:
    return rng.choice(sorted(number for number in school.blocks_of_lesson if number))


def _block(rng: Random, school: School) -> Block:
    return rng.choice(school.blocks_of_lesson[_lesson(rng, school)])


def _teacher_away(rng: Random, school: School) -> str:
    return f"away {_name(_teacher(rng, school))} {_times(rng, school)}"


def _teacher_away_long(rng: Random, school: School) -> str:
    return f"away {_name(_teacher(rng, school))} {rng.choice(('Mon-Wed', 'Thu,Fri', 'Mon-Fri', '1-2'))}"


def _class_away(rng: Random, school: School) -> str:
    return f"away {_name(rng.choice(sorted(school.grades)))} {_times(rng, school)}"


def _replaced(rng: Random, school: School) -> str:
    old, new = rng.sample(_teachers(school), 2)
    return f"replace {_name(old)} by {_name(new)}{rng.choice(('', ' any day'))}"


def _new_teacher(rng: Random, school: School) -> str:
    return f"replace {_name(_teacher(rng, school))} by new Neumann"


def _hours(rng: Random, school: School) -> str:
    name = _teacher(rng, school)
    now = len(school.lectures_of[Kind.TEACHER, name])
    return f"hours {_name(name)} {max(0, min(now, 26) - rng.randint(1, 5))}"


def _closed(rng: Random, school: School) -> str:
    return f"closed {_name(rng.choice(_rooms(school)))} {_times(rng, school)}"


def _closed_for_good(rng: Random, school: School) -> str:
    return f"closed {_name(rng.choice(_rooms(school)))}"


def _not(rng: Random, school: School) -> str:
    block = _block(rng, school)
    what = rng.choice((str(block.lesson), block.lectures[0]))
    return f"not {what} {DAYS[school.as_is[block.lectures[0]].period.day - 1]}"


def _at(rng: Random, school: School) -> str:
    block = _block(rng, school)
    day = _day(rng, school)
    return f"at {block.lectures[0]} {DAYS[day - 1]} {rng.choice(school.grid.numbers(day))}"


def _added(rng: Random, school: School) -> str:
    block = _block(rng, school)
    lecture = school.lectures[block.lectures[0]]
    course, rooms = rng.choice(list(zip(lecture.courses, school.as_is[lecture.id].rooms, strict=True)))
    where = f" {rng.choice(('in', 'like'))} {_name(rooms[0])}" if rooms else ""
    people = f"{_name(course.teacher or '-')} {','.join(course.grades) or '-'}"
    return f"add {_name(course.subject)} {people} {rng.choice(('1', '2', '1x2', '1x2 1x1'))}{where}"


def _removed(rng: Random, school: School) -> str:
    block = _block(rng, school)
    return f"remove {rng.choice((str(block.lesson), block.lectures[0]))}"


def _lengthened(rng: Random, school: School) -> str:
    return f"lengthen {_lesson(rng, school)} by {rng.choice(('1', '1x2', '2'))}"


def _shortened(rng: Random, school: School) -> str:
    block = _block(rng, school)
    return f"shorten {block.lesson} by {block.length}"


def _coupled(rng: Random, school: School) -> str:
    return f"couple {_lesson(rng, school)} {_lesson(rng, school)}"


def _moved(rng: Random, school: School) -> str:
    return f"site {_name(rng.choice(sorted(school.grades)))} {_name(rng.choice(sorted(school.sites)))}"


def _dropped(rng: Random, school: School) -> str:
    day = _day(rng, school)
    return f"drop {DAYS[day - 1]} {rng.choice(school.grid.numbers(day))}"


def _travel(rng: Random, school: School) -> str:
    one, other = rng.sample(sorted(school.sites), 2)
    return f"travel {_name(one)} {_name(other)} {rng.choice((10, 20, 30, 40, 60))}"


def _break(rng: Random, school: School) -> str:
    return f"break {rng.randint(1, 7)} {rng.choice((0, 5, 15, 25))}"


def _students(rng: Random, school: School) -> str:
    return f"students {_lesson(rng, school)} {rng.choice((20, 28, 31, 34, 60))}"


SINGLE: Mapping[str, Draw] = {
    "teacher away, a day or less": _teacher_away,
    "teacher away for long": _teacher_away_long,
    "class away": _class_away,
    "teacher replaced": _replaced,
    "somebody new": _new_teacher,
    "fewer hours": _hours,
    "room closed, a day or less": _closed,
    "room closed for good": _closed_for_good,
    "lesson not then": _not,
    "lecture must be then": _at,
    "lesson added": _added,
    "lesson removed": _removed,
    "lesson lengthened": _lengthened,
    "lesson shortened": _shortened,
    "lessons coupled": _coupled,
    "class to the other site": _moved,
    "period dropped": _dropped,
    "other travel time": _travel,
    "other break": _break,
    "bigger group": _students,
}


def _one(draw: Draw) -> Callable[[Random], Sequence[Draw]]:
    return lambda _rng: (draw,)


def _several(rng: Random) -> Sequence[Draw]:
    """Two or three things of different kinds."""
    return rng.sample(list(SINGLE.values()), rng.randint(2, 3))


LINES: Mapping[str, Callable[[Random], Sequence[Draw]]] = {
    **{kind: _one(draw) for kind, draw in SINGLE.items()},
    "two or three at once": _several,
}
"""By name of the kind: which lines make up an event."""
