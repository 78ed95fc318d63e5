"""The best ways to move one lecture: alone, or in a chain of up to four blocks that make room for one another.

Every chain in which nobody is in anybody's way is screened quickly, and the most promising ones are judged by the rules
themselves. No solver is needed, so the answer is there while the planner is still on the telephone.
"""

from __future__ import annotations

import heapq
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.ways import Effect, Obstacle, Suggestions, Way
from untisopt.errors import InternalError
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import judge
from untisopt.solve._suggest_board import Board, Chain, Spot, closes
from untisopt.solve._suggest_judge import Judge, Verdict
from untisopt.solve._suggest_screen import Estimate, Screen
from untisopt.solve._suggest_starts import allowed_starts
from untisopt.solve.objective import Objective, objective

LARGEST = 4
"""Most blocks that move together."""
SCREENED_A_SECOND = 4_000
"""Chains of each size that are screened at most, per second of the time limit."""
AT_A_TIME = 20
"""Of them, those with one place for the lecture before it is the next place's turn."""
MOST_JUDGED = 150
"""Chains that are judged: the best ones of the screen."""
DEFAULT_MOST = 10
DEFAULT_SECONDS = 1.5
SCREENING = 0.6
"""Share of the time in which chains are looked for; the rest is for judging them."""


def suggest(
    school: School,
    policy: Policy,
    lecture: str,
    *,
    starts: Collection[Period] | None = None,
    most: int = DEFAULT_MOST,
    seconds: float = DEFAULT_SECONDS,
) -> Suggestions:
    """Find the best ways to move a lecture, and with it its block.

    Parameters
    ----------
    school : School
    policy : Policy
        Where it lets rooms change, rooms of the same kind may stand in for one another.
    lecture : str
        Id of a lecture.
    starts : collection of Period, optional
        Where the block may go; default: anywhere.
    most : int
        How many ways at most.
    seconds : float
        When to stop looking; what was found by then is returned.

    Returns
    -------
    Suggestions
        No way breaks a rule of the first tier newly.

    Raises
    ------
    InternalError
        The rules judge a way otherwise than its parts; nothing of it can be used.
    """
    return _Search(school, policy, seconds).best(school.block_of[lecture], starts, most)


class _Screened(NamedTuple):
    """A chain with what the screen says, in the order in which chains are judged."""

    estimate: Estimate
    people: int
    key: tuple[tuple[str, Spot], ...]

    @property
    def chain(self) -> Chain:
        return dict(self.key)


@dataclass(eq=False)
class _Search:
    """One search: what is known of the school, and how much time is left."""

    school: School
    policy: Policy
    seconds: float
    examined: int = 0
    judged: int = 0
    complete: bool = True
    _began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.rules = self.policy.judged(self.school)
        self.objective: Objective = objective(self.school, self.policy)
        change = self.policy.room_changes is RoomChanges.SAME_KIND
        self.board = Board(
            self.school,
            self.rules,
            allowed_starts(self.school, self.rules, rooms_change=change),
            rooms_change=change,
        )
        self.screen = Screen(self.board, self.rules, self.objective.factors)
        self.judge = Judge(self.board, self.rules)

    def _is_over(self, share: float) -> bool:
        """Whether a share of the time is used up."""
        return time.monotonic() - self._began >= share * self.seconds

    def best(self, block: Block, starts: Collection[Period] | None, most: int) -> Suggestions:
        sound = self._sound(self._screened(block, starts), most)
        chosen = sorted(sound, key=lambda it: it.order)[:most]
        ways = tuple(self._way(it) for it in chosen)
        self._verify(ways)
        return Suggestions(
            block=block,
            ways=ways,
            obstacles=() if ways else tuple(self._obstacles(block, starts)),
            examined=self.examined,
            judged=self.judged,
            complete=self.complete,
        )

    def _sound(self, screened: Sequence[_Screened], most: int) -> list[_Judged]:
        """Chains that break no rule newly, until there are enough and the screen has been right about all of them."""
        sound: list[_Judged] = []
        was_right = True
        for candidate in screened:
            if len(sound) >= most and was_right:
                break
            # However short the time is: what was found is worth nothing until some of it is judged.
            if self.judged >= most and self._is_over(1):
                self.complete = False
                break
            self.judged += 1
            if self.judge.is_sound(candidate.chain):
                sound.append(self._judged(candidate))
                was_right = was_right and sound[-1].order[0] == candidate.estimate.points
        return sound

    # -- screening ---------------------------------------------------------------------------------------------------

    def _screened(self, block: Block, starts: Collection[Period] | None) -> list[_Screened]:
        """The chains that look best; of those of one or two blocks, some in any case."""
        home = self.board.home(block.id)
        spots = [s for s in self.board.spots(block.id) if s.start != home and (starts is None or s.start in starts)]
        found: list[_Screened] = []
        for size in range(1, LARGEST + 1):
            found += heapq.nsmallest(MOST_JUDGED, self._of_size(block, size, spots))
        return sorted(found)

    def _of_size(self, block: Block, size: int, spots: Sequence[Spot]) -> Iterator[_Screened]:
        """Chains of so many blocks, some for every spot in turn: should they be too many, no spot is left out."""
        waiting = deque(self.board.chains(block.id, spot, size, self.screen.leaves_gap) for spot in spots)
        count = 0
        while waiting:
            chains = waiting.popleft()
            found = 0
            for chain in islice(chains, AT_A_TIME):
                found += 1
                if self.policy.max_changes is None or self._moved(chain) <= self.policy.max_changes:
                    yield _Screened(self.screen.estimate(chain), len(self._people(chain)), tuple(chain.items()))
            count += found
            self.examined += found
            if found == AT_A_TIME:
                waiting.append(chains)
            if waiting and (count >= SCREENED_A_SECOND * self.seconds or self._is_over(SCREENING)):
                self.complete = False
                return

    def _moved(self, chain: Chain) -> int:
        return self._count(block for block, spot in chain.items() if spot.start != self.board.home(block))

    def _people(self, chain: Chain) -> set[Resource]:
        lectures = (id_ for block in chain for id_ in self.board.blocks[block].lectures)
        return {person for id_ in lectures for person in self.school.people[id_]}

    # -- judging -----------------------------------------------------------------------------------------------------

    def _judged(self, candidate: _Screened) -> _Judged:
        verdict = self.judge.verdict(candidate.chain)
        points = sum(self.objective.factors.get(rule, 0) * amount for rule, amount in verdict.more.items())
        order = (points, candidate.people, len(candidate.key), tuple(sorted(candidate.key)))
        return _Judged(order, candidate.chain, verdict)

    def _way(self, judged: _Judged) -> Way:
        chain = judged.chain
        effects = [self._effect(person, chain, judged.verdict) for person in sorted(self._people(chain))]
        effects.sort(key=lambda effect: effect.loss, reverse=True)
        more = judged.verdict.more
        return Way(
            moves=changes(self.school.as_is, self.board.timetable(chain)),
            blocks=len(chain),
            swap=closes(self.board, chain),
            more=more,
            points=judged.order[0],
            mended=-sum(amount for rule, amount in more.items() if rule in self.judge.hard),
            gain=-sum(
                self.objective.factors.get(rule, 0) * amount
                for rule, amount in more.items()
                if rule not in self.judge.hard
            ),
            effects=tuple(effects),
        )

    def _effect(self, person: Resource, chain: Chain, verdict: Verdict) -> Effect:
        more = verdict.more_about(person)
        own = {block: spot for block, spot in chain.items() if self._holds(block, person)}
        moved = {block: spot for block, spot in own.items() if spot.start != self.board.home(block)}
        new, gone = verdict.new_and_gone(person)
        return Effect(
            person=person,
            points=sum(self.objective.factors.get(rule, 0) * amount for rule, amount in more.items()),
            more=more,
            gaps=self.screen.more_gaps(person, own),
            moved=self._count(moved),
            other_day=self._count(b for b, spot in moved.items() if spot.start.day != self.board.home(b).day),
            other_rooms=self._count(block for block, spot in own.items() if spot.rooms),
            new=new,
            gone=gone,
        )

    def _holds(self, block: str, person: Resource) -> bool:
        return any(person in self.school.people[id_] for id_ in self.board.blocks[block].lectures)

    def _count(self, blocks: Iterable[str]) -> int:
        """Lectures of some blocks."""
        return sum(self.board.blocks[block].length for block in blocks)

    def _verify(self, ways: Sequence[Way]) -> None:
        """Judge the ways once more, in the part of the school that they touch together."""
        today = self.school.as_is
        plans = [today.replace({move.lecture: move.after for move in way.moves}) for way in ways]
        part = self.school.part_around(today, *plans)
        before = judge(part, part.as_is, self.rules)
        for way, plan in zip(ways, plans, strict=True):
            then = judge(part, plan.only(part.lectures), self.rules)
            difference = self.objective.value(then) - self.objective.value(before)
            if then.newly_broken(before) or difference != way.points:
                moves = ", ".join(f"{move.lecture} to {move.after}" for move in way.moves)
                found = f"{then.newly_broken(before)} newly broken, {difference} points instead of {way.points}"
                raise InternalError("a way to move a lecture is judged otherwise than its parts", f"{moves}\n{found}")

    # -- nothing is possible -----------------------------------------------------------------------------------------

    def _obstacles(self, block: Block, starts: Collection[Period] | None) -> Iterator[Obstacle]:
        home = self.board.home(block.id)
        for start in self.school.grid.starts(block.length):
            if start != home and (starts is None or start in starts):
                chain = {block.id: Spot(start)}
                yield Obstacle(start, self.judge.verdict(chain).newly_broken(self.judge.hard))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sound chain with its place in the order."""

    order: tuple[int, int, int, tuple[tuple[str, Spot], ...]]
    chain: Chain
    verdict: Verdict
