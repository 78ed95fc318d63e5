"""Where a lecture can stand for a while: places at which it meets nobody as long as it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.entry import on_plan, shifted
from untisopt.domain.runs import MovedRun
from untisopt.domain.school import School
from untisopt.domain.standing import Meeting, Standing
from untisopt.domain.timetable import Placement, Timetable

Span = tuple[int, int]
"""From after one entry on until another one."""
NEVER = 1_000_000_000
"""A time after all entries; negative: before all of them."""
AT_ANY_TIME = (-NEVER, NEVER)


class Board:
    """Who has what when, while a plan is turned into another one.

    Parameters
    ----------
    school : School
    before : Timetable
        The plan at the beginning.
    runs : sequence of MovedRun
        What is moved.
    times : sequence of (int, int)
        Per run: when it leaves its old place and when it enters its new one.
    """

    def __init__(
        self, school: School, before: Timetable, runs: Sequence[MovedRun], times: Sequence[tuple[int, int]]
    ) -> None:
        self._school = school
        self._standing: Standing[Span] = Standing(school)
        moved = {move.lecture for run in runs for move in run.moves}
        for lecture, placement in before.items():
            if lecture not in moved:
                self._standing.add(lecture, placement, AT_ANY_TIME)
        for run, (leaves, enters) in zip(runs, times, strict=True):
            for move in run.moves:
                self._standing.add(move.lecture, move.before, (-NEVER, leaves))
                self._standing.add(move.lecture, move.after, (enters, NEVER))

    def put_away(self, run: MovedRun, span: Span) -> Sequence[Placement]:
        """Put a run into the best place that is free during `span`.

        Nobody of the run has anything else there in that time, unless the lessons are declared compatible. A run that
        only changes rooms stays at its period without a room. Else those places come first at which nobody has anything
        before and after either, that are on the same day, and near; rooms are kept where they are free.

        Returns
        -------
        sequence of Placement
            One per lecture of the run; empty if there is no free place.
        """
        candidates = ((self._rank(run, place, span), place) for place in self._places(run))
        fitting = [(rank, place) for rank, place in candidates if rank is not None]
        if not fitting:
            return ()
        best = min(fitting, key=lambda pair: pair[0])[1]
        places = [shifted(best, i) for i in range(len(run.moves))]
        for move, place in zip(run.moves, places, strict=True):
            self._standing.add(move.lecture, place, span)
        return places

    def has_free_period(self, run: MovedRun) -> bool:
        """Whether at some place the people of a run have nothing else at any time."""
        bare = (place for place in self._places(run) if not any(place.rooms))
        return any(not any(self._others(run, place, AT_ANY_TIME)) for place in bare)

    def _places(self, run: MovedRun) -> Iterator[Placement]:
        """Every place at which the run is within the grid, with its rooms and without."""
        rooms = run.first.before.rooms
        for start in self._school.grid.starts(len(run.moves)):
            yield from (Placement(start, kept) for kept in dict.fromkeys((rooms, without_rooms(run))))

    def _others(self, run: MovedRun, place: Placement, span: Span) -> Iterator[Meeting[Span]]:
        """Where a run at a place would meet another lecture during `span`."""
        own = {move.lecture for move in run.moves}
        for i, move in enumerate(run.moves):
            for meeting in self._standing.meetings(move.lecture, shifted(place, i)):
                since, until = meeting.note
                if meeting.other not in own and since < span[1] and span[0] < until:
                    yield meeting

    def _rank(self, run: MovedRun, place: Placement, span: Span) -> tuple[int, ...] | None:
        """The smaller the better; None if the run would clash there."""
        met = list(self._others(run, place, span))
        if any(not self._school.may_overlap(meeting.resource, meeting.lecture, meeting.other) for meeting in met):
            return None
        before, after = run.first.before.period, run.first.after.period
        bare = Placement(place.period, without_rooms(run))
        return (
            not (place == bare and before == after == place.period),
            bool(met),
            any(self._others(run, bare, AT_ANY_TIME)),
            self._is_blocked(run, place),
            place.period.day != before.day,
            abs(place.period.number - before.number),
            *place.period,
            place == bare,
        )

    def _is_blocked(self, run: MovedRun, place: Placement) -> bool:
        """Whether this time is blocked for somebody of the run."""
        blocked = self._school.blocked
        people = {person for move in run.moves for person in self._school.people[move.lecture]}
        periods = {shifted(place, i).period for i in range(len(run.moves))}
        return any(periods & blocked.get(person, frozenset()) for person in people)


def lowest_day(*timetables: Timetable) -> int:
    """The lowest weekday in use, 1 at most; the weekdays below it are free for what is not on the plan."""
    return min((placement.period.day for timetable in timetables for placement in timetable.values()), default=1)


def off_plan(run: MovedRun, day: int) -> Sequence[Placement]:
    """Where the lectures of a run stand while they are off the plan: a weekday of their own, without rooms."""
    return [Placement(Period(day, 1 + i), without_rooms(run)) for i in range(len(run.moves))]


def without_rooms(run: MovedRun) -> tuple[tuple[str, ...], ...]:
    """No room for any course of the lectures of a run."""
    return tuple(() for _course in run.first.before.rooms)


def is_aside(places: Sequence[Placement]) -> bool:
    """Whether these places are off the plan."""
    return not on_plan(places[0])
