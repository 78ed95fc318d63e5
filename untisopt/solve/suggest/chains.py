"""Chains of blocks that a single move sets off.

A block that comes to a place drives out whoever cannot be there together with it; those have to go elsewhere in turn,
until nobody is left without a place. Where a grade is left with a free period in between, a block of it may follow into
the place that was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.rules import Rule
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.solve.suggest.board import Board, Chain, Spot

LeavesGap = Callable[[Chain], bool]


class Chains:
    """Finds the chains that begin with a block.

    Parameters
    ----------
    board : Board
    rules : sequence of Rule
        Those that are on and can be judged.
    leaves_gap : callable
        Whether a chain leaves a grade with a free period in between that it does not have today.
    """

    def __init__(self, board: Board, rules: Sequence[Rule], leaves_gap: LeavesGap) -> None:
        self._board = board
        self._school = board.school
        self._leaves_gap = leaves_gap
        once = (rule for rule in rules if isinstance(rule, LessonOnceADay) and rule.tier is Tier.RULES)
        self._once_a_day = next(once, None)
        self._allowed: dict[int, int] = {}
        self._following: dict[str, tuple[tuple[str, Spot], ...]] = {}

    def of(self, first: str, spot: Spot, size: int) -> Iterator[Chain]:
        """All chains of just so many blocks that begin with a block at a spot and leave nobody in anybody's way.

        Chains that put two blocks of a lesson on a day that may hold one are left out, unless the other one moves, too.

        Parameters
        ----------
        first : str
            Id of a block.
        spot : Spot
        size : int
            At least 1.

        Yields
        ------
        mapping of str to Spot
            Valid until the next one is asked for.
        """
        return self._place({}, first, spot, (), size)

    def _place(
        self,
        placed: dict[str, Spot],
        block: str,
        spot: Spot,
        waiting: tuple[str, ...],
        left: int,
    ) -> Iterator[Chain]:
        """Put a block somewhere, and go on with those who have to go."""
        driven = self._board.driven_out(block, spot)
        if driven is None:
            return
        waiting += tuple(id_ for id_ in driven if id_ not in placed and id_ not in waiting)
        if len(waiting) >= left or any(self._board.clash(block, spot, other, there) for other, there in placed.items()):
            return
        if self._crowds(block, spot, placed, waiting):
            return
        placed[block] = spot
        if waiting:
            for following in self._board.spots(waiting[0]):
                yield from self._place(placed, waiting[0], following, waiting[1:], left - 1)
        elif left == 1:
            yield placed
        elif self._leaves_gap(placed):
            for follower, following in self._followers(placed):
                yield from self._place(placed, follower, following, (), left - 1)
        del placed[block]

    def _followers(self, placed: Chain) -> list[tuple[str, Spot]]:
        """Blocks of the same grades that could come to a place which was left."""
        found = {it for block in placed for it in self._followers_of(block) if it[0] not in placed}
        return sorted(found)

    def _followers_of(self, block: str) -> tuple[tuple[str, Spot], ...]:
        if block not in self._following:
            start = self._board.home(block)
            people = {
                person for lecture in self._board.blocks[block].lectures for person in self._school.people[lecture]
            }
            lectures = (id_ for p in people if p[0] is Kind.GRADE for id_ in self._school.lectures_of[p])
            candidates = {self._school.block_of[id_] for id_ in lectures}
            # Another block of the lesson in the same place brings nothing new.
            followers = sorted(other.id for other in candidates if other.lesson != self._board.blocks[block].lesson)
            self._following[block] = tuple(
                (f, spot) for f in followers for spot in self._board.spots(f) if spot.start == start
            )
        return self._following[block]

    def _crowds(self, block: str, spot: Spot, placed: Chain, waiting: Sequence[str]) -> bool:
        """Whether a block comes to a day that holds as many blocks of its lesson as it may, all of which stay."""
        lesson = self._board.blocks[block].lesson
        day = spot.start.day
        own = self._school.blocks_of_lesson[lesson]
        if self._once_a_day is None or len(own) < 2 or day == self._board.home(block).day:
            return False
        if lesson not in self._allowed:
            self._allowed[lesson] = self._once_a_day.allowed(self._school, own)
        weeks = self._weeks(block)
        there = sum(
            1
            for other in own
            if other.id != block
            and other.id not in waiting
            and (placed[other.id].start.day if other.id in placed else self._board.home(other.id).day) == day
            and self._weeks(other.id) & weeks
        )
        return there >= self._allowed[lesson] and self._all_meet(own, weeks)

    def _weeks(self, block: str) -> int:
        return self._school.class_mask(self._school.lectures[block].weeks)

    def _all_meet(self, blocks: Sequence[Block], weeks: int) -> bool:
        """Whether all blocks are held in the same weeks; else counting them does not tell how many a week has."""
        return all(self._weeks(block.id) == weeks for block in blocks)


def closes(board: Board, chain: Chain) -> bool:
    """Whether every block of a chain goes to where another of them stands today, at least in part: a swap."""
    left = {block: {board.school.as_is[id_].period for id_ in board.blocks[block].lectures} for block in chain}
    for block, spot in chain.items():
        taken = {place.period for place in board.placements(block, spot).values()}
        if not any(taken & periods for other, periods in left.items() if other != block):
            return False
    return len(chain) > 1
