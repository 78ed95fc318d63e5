"""The best ways to move one lecture: alone, or in a chain of up to four blocks that make room for one another.

Every chain in which nobody is in anybody's way is screened quickly, and the most promising ones are judged by the rules
themselves. No solver is needed, so the answer is there while the planner is still on the telephone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.ways import Alike, Effect, Obstacle, Suggestions, Way
from untisopt.engines.clock import Clock
from untisopt.engines.objective import Objective, objective
from untisopt.errors import InternalError
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import START_RULES, judge
from untisopt.solve.suggest.board import Board, Chain, Spot
from untisopt.solve.suggest.candidates import Candidate, Candidates
from untisopt.solve.suggest.chains import closes
from untisopt.solve.suggest.choice import Found, choose
from untisopt.solve.suggest.judge import Judge, Verdict
from untisopt.solve.suggest.screen import Screen
from untisopt.solve.suggest.starts import allowed_starts

MOST_JUDGED = 150
"""Chains of each size that are judged: those that are best by the screen."""
JUDGING = 0.85
"""Share of the time after which only chains are judged that move the same lectures as those on the list."""
DEFAULT_MOST = 10
DEFAULT_SECONDS = 1.5


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


@dataclass(eq=False)
class _Search:
    """One search: what is known of the school, and how much time is left."""

    school: School
    policy: Policy
    seconds: float
    judged: int = 0
    complete: bool = True
    _known: dict[tuple[tuple[str, Spot], ...], Found | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Clock(self.seconds)
        self.rules = self.policy.judged(self.school)
        self.objective: Objective = objective(self.school, self.policy)
        change = self.policy.room_changes is RoomChanges.SAME_KIND
        starts = allowed_starts(self.school, self.rules, rooms_change=change)
        self.board = Board(self.school, self.rules, starts, rooms_change=change)
        self.screen = Screen(self.board, self.rules, self.objective.factors)
        self.candidates = Candidates(
            self.board, self.screen, self.rules, self.objective.factors, self.policy.max_changes, self.clock
        )
        self.judge = Judge(self.board, self.rules)

    def best(self, block: Block, starts: Collection[Period] | None, most: int) -> Suggestions:
        sizes = self.candidates.by_size(block, starts)
        found: list[Found] = []
        for candidates in sizes:
            found += self._sound(candidates, found, most)
        listed = {one.blocks for one in choose(found, most)}
        found += self._alike(sizes, listed, found)
        ways = tuple(self._way(one) for one in choose((one for one in found if one.blocks in listed), most))
        self._verify(ways)
        return Suggestions(
            block=block,
            ways=ways,
            obstacles=() if any(way.blocks == 1 for way in ways) else tuple(self._obstacles(block, starts)),
            examined=self.candidates.examined,
            judged=self.judged,
            complete=self.complete and self.candidates.complete,
        )

    # -- what is judged ----------------------------------------------------------------------------------------------

    def _sound(self, candidates: Sequence[Candidate], shorter: Sequence[Found], most: int) -> list[Found]:
        """Chains of one size that break no rule newly and may be listed, the best of each that are alike among them."""
        sound: list[Found] = []
        best: dict[frozenset[str], int] = {}
        last = self.judged + MOST_JUDGED
        for candidate in candidates:
            if not self._is_wanted(candidate, sound, best, shorter, most):
                continue
            if self.judged >= last or self._is_too_late(most):
                self.complete = False
                break
            found = self._judged(candidate)
            if found is not None:
                sound.append(found)
                best[found.blocks] = min(found.points, best.get(found.blocks, found.points))
        return sound

    def _is_wanted(
        self,
        candidate: Candidate,
        sound: Iterable[Found],
        best: Mapping[frozenset[str], int],
        shorter: Iterable[Found],
        most: int,
    ) -> bool:
        """Whether a chain may be listed: the best exchange of two, or better than all that are shorter or alike."""
        best_exchange = min((one.points for one in sound if one.is_exchange), default=candidate.at_least + 1)
        if len(candidate.key) == 2 and candidate.at_least < best_exchange and closes(self.board, candidate.chain):
            return True
        if candidate.at_least >= best.get(candidate.blocks, candidate.at_least + 1):
            return False
        if len(best) >= most and candidate.at_least >= sorted(best.values())[most - 1]:
            return False
        lectures = self.candidates.lectures(candidate.chain)
        return all(candidate.at_least < one.points for one in shorter if one.lectures < lectures)

    def _alike(
        self, sizes: Iterable[Sequence[Candidate]], listed: Collection[frozenset[str]], found: Iterable[Found]
    ) -> list[Found]:
        """What else there is that moves the same lectures as a way on the list."""
        more: list[Found] = []
        known = {one.key for one in found}
        for candidate in (it for candidates in sizes for it in candidates):
            if candidate.key not in known and candidate.blocks in listed:
                if self.clock.is_late:
                    self.complete = False
                    break
                one = self._judged(candidate)
                more += [] if one is None else [one]
        return more

    def _is_too_late(self, most: int) -> bool:
        """Whether the time is over; however short it is, what was seen is worth nothing until some of it is judged."""
        return self.judged >= most and self.clock.has_used(JUDGING)

    # -- judging -----------------------------------------------------------------------------------------------------

    def _judged(self, candidate: Candidate) -> Found | None:
        """What a chain brings; None if it breaks a rule newly."""
        if candidate.key not in self._known:
            self.judged += 1
            is_sound = self.judge.is_sound(candidate.chain)
            self._known[candidate.key] = self._found(candidate) if is_sound else None
        return self._known[candidate.key]

    def _found(self, candidate: Candidate) -> Found:
        chain = candidate.chain
        verdict = self.judge.verdict(chain)
        effects = [self._effect(person, chain, verdict) for person in sorted(self.candidates.people(chain))]
        return Found(
            key=candidate.key,
            lectures=self.candidates.lectures(chain),
            people=candidate.people,
            points=self._points(verdict.more),
            swap=closes(self.board, chain),
            effects=tuple(sorted(effects, key=lambda effect: effect.loss, reverse=True)),
            verdict=verdict,
        )

    def _way(self, found: Found) -> Way:
        return Way(
            moves=changes(self.school.as_is, self.board.timetable(found.chain)),
            blocks=len(found.key),
            swap=found.swap,
            more=found.verdict.more,
            points=found.points,
            mended=self._mended(found),
            gain=self._gain(found),
            effects=found.effects,
            alike=tuple(Alike(it.start, it.points, self._mended(it), self._gain(it)) for it in found.alike),
        )

    def _mended(self, found: Found) -> int:
        return -sum(amount for rule, amount in found.verdict.more.items() if rule in self.judge.hard)

    def _gain(self, found: Found) -> int:
        return -self._points({r: amount for r, amount in found.verdict.more.items() if r not in self.judge.hard})

    def _points(self, more: Mapping[str, int]) -> int:
        return sum(self.objective.factors.get(rule, 0) * amount for rule, amount in more.items())

    def _effect(self, person: Resource, chain: Chain, verdict: Verdict) -> Effect:
        more = verdict.more_about(person)
        own = {block: spot for block, spot in chain.items() if self._holds(block, person)}
        moved = {block: spot for block, spot in own.items() if spot.start != self.board.home(block)}
        new, gone = verdict.new_and_gone(person)
        return Effect(
            person=person,
            points=self._points(more),
            more=more,
            gaps=self.screen.more_gaps(person, own),
            moved=self.candidates.lectures(moved),
            other_day=self.candidates.lectures(
                b for b, spot in moved.items() if spot.start.day != self.board.home(b).day
            ),
            other_rooms=self.candidates.lectures(block for block, spot in own.items() if spot.rooms),
            new=new,
            gone=gone,
        )

    def _holds(self, block: str, person: Resource) -> bool:
        return any(person in self.school.people[id_] for id_ in self.board.blocks[block].lectures)

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
                verdict = self.judge.verdict({block.id: Spot(start)})
                broken = verdict.newly_broken(self.judge.hard)
                # A block that stands where it should not may not go where it should not either.
                yield Obstacle(start, broken or verdict.new(self.judge.hard & START_RULES))
