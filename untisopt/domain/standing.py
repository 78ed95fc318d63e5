"""Who stands where: the one index that is asked who and what is in the way at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Placement, Timetable

Note = TypeVar("Note")
"""What is known of a lecture that stands somewhere besides its weeks: the span of time, the run it belongs to."""


class Stands(NamedTuple, Generic[Note]):
    """A lecture that has a person or room in a period.

    Parameters
    ----------
    lecture : str
    weeks : int
        Bit mask of the week classes.
    note : Note
    """

    lecture: str
    weeks: int
    note: Note


class Meeting(NamedTuple, Generic[Note]):
    """A person or room that two lectures have in one period, with the week classes in which they do."""

    resource: Resource
    lecture: str
    other: str
    weeks: int
    note: Note


class Standing(Generic[Note]):
    """Lectures by person or room and period.

    Parameters
    ----------
    school : School
    places : iterable of (str, Placement, Note)
        What stands where; a lecture may stand at several places. What is off the plan meets nobody.
    """

    def __init__(self, school: School, places: Iterable[tuple[str, Placement, Note]] = ()) -> None:
        self._school = school
        self._cells: defaultdict[tuple[Resource, Period], list[Stands[Note]]] = defaultdict(list)
        for lecture, placement, note in places:
            self.add(lecture, placement, note)

    def add(self, lecture: str, placement: Placement, note: Note) -> None:
        """Let a lecture stand at a place as well."""
        for resource, weeks in self._uses(lecture, placement):
            self._cells[resource, placement.period].append(Stands(lecture, weeks, note))

    def at(self, resource: Resource, period: Period) -> Sequence[Stands[Note]]:
        """What a person or room has in a period, in whatever week classes."""
        return self._cells.get((resource, period), ())

    def meetings(self, lecture: str, placement: Placement) -> Iterator[Meeting[Note]]:
        """Whom a lecture would meet at a place in a common week, whether they are declared compatible or not."""
        for resource, weeks in self._uses(lecture, placement):
            for stands in self._cells.get((resource, placement.period), ()):
                if stands.weeks & weeks:
                    yield Meeting(resource, lecture, stands.lecture, stands.weeks & weeks, stands.note)

    def in_the_way(self, lecture: str, placement: Placement) -> Iterator[Meeting[Note]]:
        """Whom a lecture would meet at a place though they are not declared compatible; itself left out."""
        for meeting in self.meetings(lecture, placement):
            if meeting.other != lecture and not self._school.may_overlap(meeting.resource, lecture, meeting.other):
                yield meeting

    def _uses(self, lecture: str, placement: Placement) -> Iterable[tuple[Resource, int]]:
        return self._school.resources_of(lecture, placement).items() if placement.period.day > 0 else ()


def standing(school: School, timetable: Timetable) -> Standing[None]:
    """What stands where in a timetable; for the plan of today it is made once."""

    def made() -> Standing[None]:
        return Standing(school, ((lecture, place, None) for lecture, place in timetable.items()))

    return school.remember(standing, made) if timetable is school.as_is else made()


def placed(school: School, block: Block, start: Period) -> Iterator[tuple[str, Placement]]:
    """The lectures of a block that starts somewhere, each with its place and the rooms of today."""
    for lecture, period in zip(block.lectures, school.grid.run(start, block.length), strict=True):
        yield lecture, school.as_is[lecture].at(period)


def shared(school: School, one: tuple[str, Placement], other: tuple[str, Placement]) -> Iterator[Resource]:
    """People and rooms that two lectures have in a common week and must not have at once, whenever they are."""
    theirs = school.resources_of(*other)
    for resource, weeks in school.resources_of(*one).items():
        if weeks & theirs.get(resource, 0) and not school.may_overlap(resource, one[0], other[0]):
            yield resource
