"""Where and when lectures are: placements, the immutable timetable."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from untisopt.domain.calendar import Period


@dataclass(frozen=True, slots=True)
class Placement:
    """The period of a lecture and the rooms of its courses.

    Parameters
    ----------
    period : Period
        When.
    rooms : tuple of tuple of str
        Per course, aligned with ``Lecture.courses``: the room names; empty where a course has no room. A room that
        replaces another stands at its position.
    """

    period: Period
    rooms: tuple[tuple[str, ...], ...]

    def at(self, period: Period) -> Placement:
        """The same rooms at another period."""
        return Placement(period, self.rooms)


class Timetable(Mapping[str, Placement]):
    """An immutable map from lecture id to placement."""

    __slots__ = ("_placements",)

    def __init__(self, placements: Mapping[str, Placement]) -> None:
        self._placements = MappingProxyType(dict(placements))

    def __getitem__(self, lecture: str) -> Placement:
        return self._placements[lecture]

    def __iter__(self) -> Iterator[str]:
        return iter(self._placements)

    def __len__(self) -> int:
        return len(self._placements)

    def items(self) -> ItemsView[str, Placement]:
        """The placements by lecture; straight from the map, because every rule walks through them."""
        return self._placements.items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timetable) and self._placements == other._placements

    def __hash__(self) -> int:
        return hash(frozenset(self._placements.items()))

    def differing(self, other: Timetable) -> set[str]:
        """Lectures of this timetable that stand elsewhere, or have other rooms, in another one that holds them all."""
        places = other._placements
        return {id_ for id_, place in self._placements.items() if places[id_] is not place and places[id_] != place}

    def only(self, lectures: Iterable[str]) -> Timetable:
        """The timetable of some of the lectures, in the order in which they are given."""
        return Timetable({lecture: self[lecture] for lecture in lectures})

    def replace(self, placements: Mapping[str, Placement]) -> Timetable:
        """Return a timetable in which the given lectures are placed anew.

        Raises
        ------
        KeyError
            A lecture is not in this timetable.
        """
        unknown = placements.keys() - self._placements.keys()
        if unknown:
            raise KeyError(f"lectures not in this timetable: {', '.join(sorted(unknown))}")
        return Timetable({**self._placements, **placements})
