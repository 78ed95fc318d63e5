"""What can happen to people, rooms, times and ways; the lessons stay what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from untisopt.domain._event import Event, EventError, Requirements, changed
from untisopt.domain.calendar import Period, TimeGrid, Timeslot
from untisopt.domain.resources import Kind, Travel
from untisopt.domain.school import Resource, School
from untisopt.i18n import _


@dataclass(frozen=True, kw_only=True)
class Since:
    """From when on something holds.

    Parameters
    ----------
    since : date or None
        The first day; None: nobody has said. The plan of a week knows no dates, so it is told and changes nothing.
    """

    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Away(Since):
    """A teacher or grade is away, or a room is closed.

    Parameters
    ----------
    kind : Kind
    name : str
    periods : frozenset of Period
    """

    kind: Kind
    name: str
    periods: frozenset[Period]

    @property
    def resource(self) -> Resource:
        """Who or what."""
        return self.kind, self.name

    def happen(self, school: School) -> Event:
        """Nothing of theirs stands there any more, and nothing is put there."""
        vacated = {self.resource: self.periods}
        away = changed(school, absent=_with(school.absent, self.resource, self.periods))
        return Event(_blocked(away, self.resource, self.periods), Requirements(vacated=vacated))


@dataclass(frozen=True, kw_only=True)
class KeptFrom(Since):
    """Lectures must not stand in these periods.

    Parameters
    ----------
    lectures : tuple of str
        Ids.
    periods : frozenset of Period
    """

    lectures: tuple[str, ...]
    periods: frozenset[Period]

    def happen(self, school: School) -> Event:
        """Forbid the periods; lectures of the lesson that are alike stay there if they are, but do not come there."""
        _check_regular(school, self.lectures)
        # Else two of them would change places, and nobody would see a difference.
        twins = {twin for id_ in self.lectures for twin in twins_of(school, id_)} - set(self.lectures)
        forbidden = {twin: self.periods - {school.as_is[twin].period} for twin in sorted(twins)}
        forbidden = {twin: periods for twin, periods in forbidden.items() if periods}
        return Event(school, Requirements(forbidden={**forbidden, **dict.fromkeys(self.lectures, self.periods)}))


@dataclass(frozen=True, kw_only=True)
class PutAt(Since):
    """A lecture must stand in this period."""

    lecture: str
    period: Period

    def happen(self, school: School) -> Event:
        """Forbid all others."""
        _check_regular(school, (self.lecture,))
        own = school.block_of[self.lecture].lectures if self.lecture in school.lectures else ()
        for twin in twins_of(school, self.lecture):
            if twin not in own and school.as_is[twin].period == self.period:
                raise EventError(
                    _("a period in which lesson {lesson} is not held yet").format(lesson=school.lectures[twin].lesson),
                    _("{lecture}, which stands there").format(lecture=twin),
                    _("there is nothing to do: lectures of one lesson are alike"),
                )
        others = frozenset(school.grid.periods) - {self.period}
        return Event(school, Requirements(forbidden={self.lecture: others}))


def _check_regular(school: School, lectures: tuple[str, ...]) -> None:
    """Raise an error for what has the lesson number 0, which never moves."""
    for lecture in lectures:
        if lecture in school.lectures and not school.lectures[lecture].lesson:
            raise EventError(
                _("a lecture of a lesson with a number"),
                _("{lecture}, which has the lesson number 0").format(lecture=lecture),
                _("it is a duty or the like: it takes its place, and no repair moves it"),
            )


def twins_of(school: School, lecture: str) -> tuple[str, ...]:
    """The other lectures of a lesson that nobody can tell from this one but by their places; none for lesson 0."""
    found = school.lectures.get(lecture)
    blocks = school.blocks_of_lesson.get(found.lesson, ()) if found is not None and found.lesson else ()
    several = [id_ for block in blocks for id_ in block.lectures if id_ != lecture]
    return tuple(id_ for id_ in several if school.lectures[id_].courses == school.lectures[lecture].courses)


@dataclass(frozen=True, kw_only=True)
class PeriodsDropped(Since):
    """Nobody is taught in these periods any more."""

    periods: frozenset[Period]

    def happen(self, school: School) -> Event:
        """Clear the periods."""
        absent = school.absent
        for person in school.lectures_of:
            absent = _with(absent, person, self.periods)
        return Event(changed(school, absent=absent), Requirements(dropped=self.periods))


@dataclass(frozen=True, kw_only=True)
class TravelChanged(Since):
    """A journey between two sites takes another time.

    Parameters
    ----------
    origin, target : str
        Sites.
    minutes : int
    both_ways : bool
    """

    origin: str
    target: str
    minutes: int
    both_ways: bool = True

    def happen(self, school: School) -> Event:
        """The way back as well, unless it is one way only."""
        minutes = {**school.travel.minutes, (self.origin, self.target): self.minutes}
        if self.both_ways:
            minutes[self.target, self.origin] = self.minutes
        return Event(changed(school, travel=Travel(minutes)), Requirements())


@dataclass(frozen=True, kw_only=True)
class BreakChanged(Since):
    """A break gets another length; what comes after it on the day begins earlier or later.

    Parameters
    ----------
    after : int
        Number of the period before the break.
    minutes : int
    days : frozenset of int
        Weekdays; empty: every day that has the two periods.
    """

    after: int
    minutes: int
    days: frozenset[int] = frozenset()

    def happen(self, school: School) -> Event:
        """Shift the rest of the day."""
        grid = school.grid
        concerned = [day for day in self.days or grid.days if grid.break_after(day, self.after) is not None]
        if not concerned:
            raise EventError(
                _("a break whose length is known"),
                _("nothing known between periods {before} and {after}").format(before=self.after, after=self.after + 1),
                _("a break table is missing (--breaks FILE)"),
            )
        slots = {**grid.slots, **{p: slot for day in concerned for p, slot in self._later(grid, day)}}
        return Event(changed(school, grid=TimeGrid(slots, grid.unusable_breaks)), Requirements())

    def _later(self, grid: TimeGrid, day: int) -> Iterator[tuple[Period, Timeslot]]:
        shift = self.minutes - (grid.break_after(day, self.after) or 0)
        for number in grid.numbers(day):
            slot = grid.slots[Period(day, number)]
            if number > self.after and slot.start is not None and slot.end is not None:
                yield Period(day, number), Timeslot(slot.start + shift, slot.end + shift)


@dataclass(frozen=True, kw_only=True)
class GroupGrown(Since):
    """A lesson has so many pupils now and needs rooms that hold them.

    Parameters
    ----------
    lesson : int
    students : int
        In every coupling line that is meant.
    teacher : str or None
        Whose line; None: all of them.
    """

    lesson: int
    students: int
    teacher: str | None = None

    def happen(self, school: School) -> Event:
        """Rooms that are too small, or of unknown size, are unfit; several rooms of a line share the group."""
        unfit: dict[tuple[str, int], frozenset[str]] = {}
        for block in school.blocks_of_lesson.get(self.lesson, ()):
            for id_ in block.lectures:
                for i, course in enumerate(school.lectures[id_].courses):
                    rooms = school.as_is[id_].rooms[i]
                    if rooms and self.teacher in (None, course.teacher):
                        unfit[id_, i] = self._too_small(school, rooms)
        return Event(school, Requirements(unfit={key: rooms for key, rooms in unfit.items() if rooms}))

    def _too_small(self, school: School, rooms: tuple[str, ...]) -> frozenset[str]:
        sizes = {room: school.rooms[room].capacity for room in rooms}
        unknown = [room for room, size in sizes.items() if size is None]
        if unknown:
            raise EventError(
                _("rooms whose size is known"),
                _("room {room} without a capacity").format(room=unknown[0]),
                _("GPU005 with the capacities of the rooms is missing beside the export"),
            )
        if sum(size or 0 for size in sizes.values()) >= self.students:
            return frozenset()
        each = -(-self.students // len(rooms))
        return frozenset(room.name for room in school.rooms.values() if (room.capacity or 0) < each)


Times = Mapping[Resource, frozenset[Period]]


def _blocked(school: School, resource: Resource, periods: frozenset[Period]) -> School:
    return changed(school, blocked=_with(school.blocked, resource, periods))


def _with(times: Times, resource: Resource, periods: frozenset[Period]) -> Times:
    return {**times, resource: times.get(resource, frozenset()) | periods}


def with_places(school: School, rooms: dict[str, tuple[tuple[str, ...], ...]]) -> School:
    """A school whose lectures have other rooms in today's plan."""
    places = {id_: replace(school.as_is[id_], rooms=found) for id_, found in rooms.items()}
    return changed(school, as_is=school.as_is.replace(places))
