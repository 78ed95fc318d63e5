"""How much room a plan leaves: what cannot move, what is full, and which absences it would survive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from untisopt.domain.calendar import Period
from untisopt.domain.events import away
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.slack import Absence, Answer, Freedom, FullRooms, Load
from untisopt.engines.objective import objective
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import Rule, judge
from untisopt.rules.days.availability import Availability
from untisopt.rules.days.grade_day import GradeDay
from untisopt.solve.suggest.board import Board, Chain
from untisopt.solve.suggest.chains import Chains
from untisopt.solve.suggest.judge import Judge
from untisopt.solve.suggest.screen import Screen
from untisopt.solve.suggest.starts import allowed_starts

SECONDS_PER_ABSENCE = 4.0
"""How long to look for a plan after an absence, or for a proof that there is none."""


# -- lectures ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Moves:
    """Asks which blocks of a school could stand elsewhere.

    Parameters
    ----------
    school : School
    policy : Policy
        Where it lets rooms change, rooms of the same kind may stand in for one another.
    """

    school: School
    policy: Policy
    _board: Board = field(init=False)

    def __post_init__(self) -> None:
        rules = self.policy.judged(self.school)
        change = self.policy.room_changes is RoomChanges.SAME_KIND
        starts = allowed_starts(self.school, rules, rooms_change=change)
        self._board = Board(self.school, rules, starts, rooms_change=change)
        self._screen = Screen(self._board, rules, objective(self.school, self.policy).factors)
        self._chains = Chains(self._board, rules, self._screen.leaves_gap)
        self._judge = Judge(self._board, rules)

    @cached_property
    def movable(self) -> tuple[str, ...]:
        """Ids of the blocks that may move at all, pinned ones and those without a lesson number left out."""
        pinned = self.school.pinned
        found = [b.id for b in self.school.blocks if b.lesson and pinned.keys().isdisjoint(b.lectures)]
        return tuple(sorted(found, key=lambda id_: (self.school.as_is[id_].period, id_)))

    def freedom(self, block: str) -> Freedom:
        """Whether a block could stand elsewhere, alone or with one other."""
        if self._is_possible(block, 1):
            return Freedom(block, alone=True, swap=True)
        return Freedom(block, alone=False, swap=self._is_possible(block, 2))

    def _is_possible(self, block: str, size: int) -> bool:
        """Whether some chain of so many blocks moves a block to another time without breaking a rule newly."""
        home = self._board.home(block)
        for spot in self._board.spots(block):
            if spot.start != home:
                for chain in self._chains.of(block, spot, size):
                    if self._is_sound(chain):
                        return True
        return False

    def _is_sound(self, chain: Chain) -> bool:
        return not self._screen.estimate(chain).broken and self._judge.is_sound(dict(chain))


# -- loads -------------------------------------------------------------------------------------------------------------


def loads(school: School, policy: Policy) -> tuple[Load, ...]:
    """How full the weeks of teachers, grades and rooms are.

    A teacher could be used on the days on which he teaches today, a grade in the periods that the rule of its day
    allows, a room in all periods; none of them where they are blocked.

    Returns
    -------
    tuple of Load
        Teachers, grades and rooms in this order, the fullest of each kind first.
    """
    rules = policy.judged(school)
    found = [_load(school, resource, _usable(school, rules, resource)) for resource in sorted(_used(school))]
    order = list(Kind)
    return tuple(sorted(found, key=lambda load: (order.index(load.resource[0]), -load.share, load.resource[1])))


def _used(school: School) -> set[Resource]:
    return {resource for resource, _week_class, _day in school.today.days}


def _load(school: School, resource: Resource, usable: Callable[[int, int], set[Period]]) -> Load:
    occupied = possible = 0
    for week_class in range(len(school.week_classes)):
        for day in school.grid.days:
            taken = {Period(day, o.number) for o in school.today.day(resource, week_class, day)}
            occupied += len(taken)
            possible += len(taken | usable(week_class, day))
    return Load(resource, occupied, possible)


def _usable(school: School, rules: tuple[Rule, ...], resource: Resource) -> Callable[[int, int], set[Period]]:
    kind, name = resource
    windows = next((rule.windows(school) for rule in rules if isinstance(rule, GradeDay)), None)
    blocks = any(isinstance(rule, Availability) for rule in rules)
    blocked = school.blocked.get(resource, frozenset()) if blocks else frozenset()

    def usable(week_class: int, day: int) -> set[Period]:
        first, last = min(school.grid.numbers(day), default=0), max(school.grid.numbers(day), default=-1)
        if kind is Kind.TEACHER and not school.today.day(resource, week_class, day):
            return set()
        if kind is Kind.GRADE and windows is not None:
            first, last = windows.get((name, day), (1, 0))
        return {Period(day, n) for n in school.grid.numbers(day) if first <= n <= last} - blocked

    return usable


def full_rooms(school: School) -> tuple[FullRooms, ...]:
    """Kinds of rooms with periods in which none of them is free, the fullest first."""
    kinds = {tuple(sorted({name, *room.group})) for name, room in school.rooms.items() if room.group}
    found = [FullRooms(rooms, tuple(_full(school, rooms))) for rooms in sorted(kinds)]
    return tuple(sorted((kind for kind in found if kind.full), key=lambda kind: (-len(kind.full), kind.rooms)))


def _full(school: School, rooms: tuple[str, ...]) -> Iterator[tuple[Period, int]]:
    for period in school.grid.periods:
        for week_class in range(len(school.week_classes)):
            if all(_is_taken(school, room, week_class, period) for room in rooms):
                yield period, week_class


def _is_taken(school: School, room: str, week_class: int, period: Period) -> bool:
    resource = (Kind.ROOM, room)
    return period in school.blocked.get(resource, ()) or bool(school.today.at(resource, week_class, period))


# -- absences ----------------------------------------------------------------------------------------------------------


def drawn(school: School, count: int, seed: int) -> tuple[tuple[str, int], ...]:
    """Draw teachers and days on which they have regular lectures, each pair once; fewer where there are not so many.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        The same seed draws the same pairs.
    """
    pairs = sorted({(t, place.period.day) for id_, place in school.as_is.items() for t in _teachers(school, id_)})
    return tuple(Random(seed).sample(pairs, min(count, len(pairs))))


def _teachers(school: School, lecture: str) -> tuple[str, ...]:
    found = school.lectures[lecture]
    return found.teachers if found.lesson and school.is_placed(lecture) else ()


def absence(
    school: School,
    policy: Policy,
    teacher: str,
    day: int,
    *,
    changes: int,
    options: SolveOptions,
    should_stop: ShouldStop,
) -> Absence:
    """Find out whether a teacher can be away for a day if at most so many lectures move.

    Parameters
    ----------
    teacher : str
    day : int
    changes : int
        Most lectures that may move, those of the teacher among them.
    options : SolveOptions
        Its time limit is that of this absence.
    should_stop : callable
        Once it says yes, what is undecided stays undecided.
    """
    own = sum(1 for id_, place in school.as_is.items() if place.period.day == day and teacher in _teachers(school, id_))
    if own > changes:
        return Absence(teacher, day, own, Answer.NO, None)
    # Imported late: most of what is asked about the room in a plan needs no solver.
    from untisopt.solve.events.search import ExactProgress, ExactStatus, fewest_changes

    event = away(school, (Kind.TEACHER, teacher), [period for period in school.grid.periods if period.day == day])
    # Where rooms may change, the points of changes do not tell how many lectures move: then the policy sets the limit.
    by_points = policy.room_changes is RoomChanges.NONE
    wanted = policy.with_(max_changes=None if by_points else changes)
    moved = policy.rule("moved-lectures")
    limit = changes * (moved.weight if moved else 1)
    settled = False

    def take(progress: ExactProgress) -> None:
        nonlocal settled
        settled = by_points and (progress.bound > limit or (progress.points is not None and progress.points <= limit))

    found = fewest_changes(
        event.school,
        wanted,
        options,
        before=judge(event.school, event.school.as_is, wanted.rules),
        required=event.required,
        on_progress=take,
        should_stop=lambda: settled or should_stop(),
    )
    if found.timetable is not None and found.moved <= changes:
        return Absence(teacher, day, own, Answer.YES, found.moved)
    none = found.status is ExactStatus.IMPOSSIBLE or (by_points and found.bound > limit)
    return Absence(teacher, day, own, Answer.NO if none else Answer.UNDECIDED, None)
