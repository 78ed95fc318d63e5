"""Who and what a lecture occupies: teachers, grades, rooms; and the sites the rooms stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Kind of resource."""

    TEACHER = "teacher"
    GRADE = "grade"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher; `name` is the short name Untis uses as key."""

    name: str
    surname: str = ""
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A class as Untis names it, such as `10.3`."""

    name: str
    long_name: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the school teaches."""

    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room.

    Parameters
    ----------
    name : str
        Short name, the key.
    site : str or None
        Name of its site; None where no sites are known.
    long_name : str
        For people; may be empty.
    capacity : int or None
        Seats; None if unknown.
    group : frozenset of str
        Names of rooms of the same kind that may stand in for it (this one excluded).
    """

    name: str
    site: str | None = None
    long_name: str = ""
    capacity: int | None = None
    group: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Travel:
    """Travel times between sites in whole minutes, possibly different per direction.

    `minutes` maps `(from_site, to_site)`; a pair that is missing is unknown, not zero.
    """

    minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def between(self, origin: str, target: str) -> int | None:
        """Minutes from `origin` to `target`; 0 within a site; None if unknown."""
        return 0 if origin == target else self.minutes.get((origin, target))
