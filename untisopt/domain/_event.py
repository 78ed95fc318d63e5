"""What an event is: a school afterwards, and what its plan must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from untisopt.domain.calendar import Period
from untisopt.domain.school import Parties, Resource, School

K = TypeVar("K")
V = TypeVar("V")

NOWHERE: frozenset[Period] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Periods that have to go; which of the lectures lose their place is left to the search.

    Parameters
    ----------
    lectures : frozenset of str
        Ids of the lectures that may lose their place.
    most : int or None
        Most periods that may keep a place in any week; None where `fewer` says it.
    fewer : int or None
        Exactly so many periods lose their place; None where `most` says it.
    for_good : bool
        Whether what loses its place is no longer taught, and so is nothing that waits for a place.
    """

    lectures: frozenset[str]
    most: int | None = None
    fewer: int | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What every plan must satisfy, whatever the plan of today does.

    Lectures of lesson number 0 are left out of it: they never move. Lectures without a place must get one in any case,
    unless a cut takes it.

    Parameters
    ----------
    vacated : mapping of (Kind, str) to frozenset of Period
        Periods in which a person or room is not to be used.
    forbidden : mapping of str to frozenset of Period
        Lecture id to the periods in which it must not stand.
    dropped : frozenset of Period
        Periods in which nobody is taught.
    unfit : mapping of (str, int) to frozenset of str
        Lecture id and index of its course to the rooms that the course must not have.
    together : tuple of (int, int)
        Pairs of lesson numbers whose lectures are held at the same time.
    cuts : tuple of Cut
    """

    vacated: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[Period]] = field(default_factory=dict)
    dropped: frozenset[Period] = NOWHERE
    unfit: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    together: tuple[tuple[int, int], ...] = ()
    cuts: tuple[Cut, ...] = ()

    def also(self, other: Requirements) -> Requirements:
        """Both."""
        return Requirements(
            vacated=_united(self.vacated, other.vacated),
            forbidden=_united(self.forbidden, other.forbidden),
            dropped=self.dropped | other.dropped,
            unfit=_united(self.unfit, other.unfit),
            together=tuple(dict.fromkeys((*self.together, *other.together))),
            cuts=(*self.cuts, *other.cuts),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """A school after something happened, and what its plan must satisfy.

    Parameters
    ----------
    school : School
        Its plan of today is the one from before the event; rooms and people may be those from after it.
    required : Requirements
    """

    school: School
    required: Requirements


def with_compatible(school: School, compatible: Mapping[Resource, frozenset[Parties]]) -> School:
    """Let a school declare these pairs of lessons compatible, whatever its plan of today shows.

    After an event today's plan may hold clashes that nobody planned, such as two lessons of one teacher at once; they
    are no evidence.
    """
    school.__dict__["compatible"] = dict(compatible)
    return school


def _united(one: Mapping[K, frozenset[V]], other: Mapping[K, frozenset[V]]) -> dict[K, frozenset[V]]:
    nothing: frozenset[V] = frozenset()
    return {key: one.get(key, nothing) | other.get(key, nothing) for key in dict.fromkeys((*one, *other))}


class EventError(ValueError):
    """An event cannot happen to this school; whoever knows its words turns it into a defect."""

    def __init__(self, expected: str, found: str, advice: str = "") -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found
        self.advice = advice


def changed(school: School, **changes: object) -> School:
    """A school with some fields replaced; what is declared compatible stays so."""
    return with_compatible(replace(school, **changes), school.compatible)  # type: ignore[arg-type]
