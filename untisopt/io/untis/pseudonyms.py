"""Consistent pseudonyms for the names of one export."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")


class Category(Enum):
    """What a field of a file holds, and so what happens to it.

    Names get pseudonyms; SUBJECT stays unless it is the name of a person as well; CODE stays as it is; NUMBER stays if
    it is a short number; TEXT goes. LONG_NAME is that of what the first column of the row names.
    """

    TEACHER = auto()
    STUDENT = auto()
    GRADE = auto()
    ROOM = auto()
    SUBJECT = auto()
    GROUP = auto()
    LONG_NAME = auto()
    CODE = auto()
    NUMBER = auto()
    TEXT = auto()


NAMES = (
    Category.TEACHER,
    Category.STUDENT,
    Category.GRADE,
    Category.ROOM,
    Category.SUBJECT,
    Category.GROUP,
)


@dataclass(frozen=True)
class Pseudonyms:
    """Per category the pseudonym of every name."""

    names: Mapping[Category, Mapping[str, str]] = field(default_factory=dict)

    def of(self, category: Category, name: str) -> str:
        """The pseudonym of a name.

        Raises
        ------
        KeyError
            The name was not there when the pseudonyms were made.
        """
        return self.names[category][name]


def make_pseudonyms(found: Mapping[Category, Iterable[str]]) -> Pseudonyms:
    """Invent pseudonyms for the names of every category.

    Teachers become T01, T02, ... and students S001, ... in the order in which they are found. Grades keep their year
    and rooms their first letters, so that sorting and patterns such as ``F*`` still work.
    """
    people = {name for kind in (Category.TEACHER, Category.STUDENT) for name in found.get(kind, ())}
    names: dict[Category, Mapping[str, str]] = {
        Category.TEACHER: _counted("T", found.get(Category.TEACHER, ()), 2),
        Category.STUDENT: _counted("S", found.get(Category.STUDENT, ()), 3),
        Category.GROUP: _counted("G", found.get(Category.GROUP, ()), 3),
        Category.GRADE: _grades(found.get(Category.GRADE, ())),
        Category.ROOM: _rooms(found.get(Category.ROOM, ())),
    }
    subjects = list(found.get(Category.SUBJECT, ()))
    personal = _counted("Sub", [name for name in subjects if name in people], 2)
    names[Category.SUBJECT] = {name: personal.get(name, name) for name in subjects}
    return Pseudonyms(names)


def _counted(letter: str, names: Iterable[str], digits: int) -> dict[str, str]:
    distinct = list(dict.fromkeys(names))
    width = max(digits, len(str(len(distinct))))
    return {name: f"{letter}{number:0{width}d}" for number, name in enumerate(distinct, 1)}


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts `9a` in front of `10a`."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name) if part)


def _grades(names: Iterable[str]) -> dict[str, str]:
    """`10.3` becomes `10.c` if it is the third of its year; names without a year become `x.a`, `x.b`, ..."""
    years: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names), key=natural):
        year = _DIGITS.search(name)
        years[year.group() if year else "x"].append(name)
    return {name: f"{year}.{_letters(i)}" for year, members in years.items() for i, name in enumerate(members)}


def _letters(index: int) -> str:
    """a, b, ..., z, za, zb, ...: sorts as it counts."""
    return "z" * (index // 25) + chr(ord("a") + index % 25)


def _rooms(names: Iterable[str]) -> dict[str, str]:
    """`F13` becomes `F01` if it is the first of the rooms that start with F."""
    prefixes: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names), key=natural):
        prefixes[_room_prefix(name)].append(name)
    width = max((len(str(len(members))) for members in prefixes.values()), default=1)
    return {
        name: f"{prefix}{number:0{max(2, width)}d}"
        for prefix, members in prefixes.items()
        for number, name in enumerate(members, 1)
    }


def _room_prefix(name: str) -> str:
    """Up to three letters in front, or the building in `3.12`, or the first digit of a plain number."""
    letters = _LETTERS.match(name)
    if letters:
        return letters.group()[:3]
    digits = _DIGITS.match(name)
    if not digits:
        return "R"
    follows = name[digits.end() : digits.end() + 1]
    return digits.group() + follows if follows in (".", "-", "_", "/") and follows else name[0]
