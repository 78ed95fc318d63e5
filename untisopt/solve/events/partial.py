"""The best plan where not everything can have a place: as few lectures without one as possible, then few changes.

Whatever the event hits may be taken off the plan, at a price that no change is worth; so there always is a plan. What
a lecture leaves behind where it stood is no new gap of its grade: somebody has to find it a place, or cover it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.events import Cut, Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.engines.race import Answer, Verdict, race
from untisopt.engines.session import ShouldStop, SolveOptions, never
from untisopt.errors import InternalError
from untisopt.policy import Policy
from untisopt.rules import CLASH_RULES, Rule, judge
from untisopt.solve.events.cuts import wanted
from untisopt.solve.events.filling import cost, filled
from untisopt.solve.events.partial_model import PartialModels
from untisopt.solve.events.reach import Reach, Starts, tolerant

DROPPING_RULES = frozenset((*CLASH_RULES.values(), "availability"))
"""What is broken of these is mended by taking a lecture off the plan; anything else may remain, as seldom as can be."""
NEVER_BROKEN = frozenset((*DROPPING_RULES, "pinned", "block-kept"))
"""What no plan may break newly, whatever leaves the plan; gaps and short days may be what that leaves behind."""
LEAST_SECONDS, MOST_EXTRA_SECONDS = 5.0, 10.0
"""A search that begins late has as much time as all of the search may have, but not less and not more than this."""
STEP, HALF = 3, 0.5
"""What a plan may cost beyond the event, in lectures, in a first attempt, if that leaves out half of the school."""
NEAR = (15, 7, 3)
"""What a plan may cost beyond the event, in lectures, where a school is too big to let everything move."""
CHOICES_A_SECOND = 10_000
"""Decisions for which a model is built in less than half the time that is left for it."""
FILLING_SECONDS = 2.0
"""How long free places are looked for in the end, for what a search that ran out of time has left without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactPartial:
    """A plan in which some lectures have no place.

    Parameters
    ----------
    timetable : Timetable
        Lectures without a place stand on weekdays below 1.
    unplaced : tuple of str
        Ids of lectures that should have a place and have none.
    cut : tuple of str
        Ids of lectures that lose their place because the event wants fewer periods, and as many as it wants.
    gone : tuple of str
        Those of them that are no longer taught; in every plan as many periods.
    left : int
        Lectures without a place, cut ones included, and how often rules remain broken more than before, together.
    least : int
        No plan leaves less: proved.
    moved, changed_rooms : int
        What changes among the lectures that keep a place.
    least_moved : int
        No plan that leaves as little moves fewer lectures: proved; 0 as long as it is not proved that none leaves less,
        or where changes do not count by lectures alone.
    is_best : bool
        Whether no plan leaves less, and none of those that leave as little has cheaper changes.
    remaining : tuple of Violation
        What the event breaks and the plan does not mend.
    points, bound : int or None
        Where everything has a place and nothing remains broken: what the changes cost, and what they cost at least.
    is_whole_impossible : bool
        Whether it is proved, by one solver, that no plan gives everything a place and mends everything.
    solver : str
        Who found or proved it.
    seconds : float
    """

    timetable: Timetable
    unplaced: tuple[str, ...]
    cut: tuple[str, ...]
    left: int
    least: int
    moved: int
    changed_rooms: int
    least_moved: int
    is_best: bool
    remaining: tuple[Violation, ...] = ()
    points: int | None = None
    bound: int | None = None
    gone: tuple[str, ...] = ()
    is_whole_impossible: bool = False
    solver: str = ""
    seconds: float = 0.0

    @property
    def least_unplaced(self) -> int:
        """No plan leaves fewer lectures without a place; 0 where rules remain broken, which could be instead."""
        return self.least if self.left == len(self.unplaced) + len(self.cut) else 0


def best_partial(
    school: School,
    policy: Policy,
    options: SolveOptions,
    *,
    before: Score,
    required: Requirements,
    by_people: bool = False,
    seconds: float | None = None,
    should_stop: ShouldStop | None = None,
) -> ExactPartial:
    """Find the plan that leaves as few lectures without a place as possible, and then changes as little as possible.

    Parameters
    ----------
    school, policy, options, before, required, by_people, should_stop
        As for :func:`~untisopt.solve.events.search.fewest_changes`; cuts count.
    seconds : float or None
        How long to search; None: the time limit of the options.

    Raises
    ------
    InternalError
        The plan found breaks a rule newly; nothing of it can be used.
    """
    clock = Clock()
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    search = _Search(school, policy, rules, before, required, by_people)
    least = min(max(LEAST_SECONDS, options.time_limit), MOST_EXTRA_SECONDS)
    limit = max(least, options.time_limit if seconds is None else seconds)
    answer = search.solve(limit, options, should_stop or never)
    return search.outcome(answer, clock.elapsed, deterministic=options.deterministic)


class _Search:
    """One search for a partial plan."""

    def __init__(
        self,
        school: School,
        policy: Policy,
        rules: list[Rule],
        before: Score,
        required: Requirements,
        by_people: bool,
    ) -> None:
        self.school = school
        self.rules = rules
        self.before = before
        self.required = required
        self.reach = Reach(school, policy, rules, required, before=before, by_people=by_people)
        tolerated = tuple(v for v in self.reach.broken if v.rule not in DROPPING_RULES and not self._is_unplaced(v))
        after = tolerant(before, tolerated)
        nowhere = self._nowhere()
        self.cut = {id_ for cut in required.cuts for id_ in cut.lectures}
        self.models = PartialModels(
            school=school,
            policy=policy,
            rules=rules,
            before=after,
            reach=self.reach,
            nowhere=nowhere,
            excused=frozenset(b.id for b in school.blocks if b.id in nowhere and not self.cut.intersection(b.lectures))
            - {block.id for block in school.unplaced},
            tolerated=tolerated,
            original=before,
        )
        self.capped: Mapping[str, Collection[Resource]] = {}
        self.penalty = 1 + sum(self._dearest(block) for block in school.blocks)

    def _is_unplaced(self, violation: Violation) -> bool:
        return any(not self.school.is_placed(id_) for id_ in violation.facts.lectures)

    def _dearest(self, block: Block) -> int:
        prices = self.reach.prices
        rooms = sum(prices.of_room(self.school, slot) for slot in self.school.room_slots[block.id])
        return prices.of_move(self.school, block) + rooms

    def _nowhere(self) -> dict[str, Period]:
        """Blocks that may be taken off the plan, each on a weekday of its own."""
        lectures = {id_ for v in self.reach.broken if v.rule in DROPPING_RULES for id_ in v.facts.lectures}
        lectures |= {id_ for cut in self.required.cuts for id_ in cut.lectures}
        paired = {lesson for pair in self.required.together for lesson in pair}
        wanted = {self.school.block_of[id_].id for id_ in lectures} | {block.id for block in self.reach.hits}
        wanted |= {block.id for block in self.school.blocks if block.lesson in paired}
        lowest = min([1, *(self.school.as_is[b.lectures[0]].period.day for b in self.school.unplaced)])
        found: dict[str, Period] = {}
        for block in self.school.blocks:
            if block.id in wanted and block.lesson:
                home = self.school.as_is[block.lectures[0]].period
                if self.school.is_placed(block.lectures[0]):
                    lowest -= 1
                    home = Period(lowest, 1)
                found[block.id] = home
        return found

    # -- searching ---------------------------------------------------------------------------------------------------

    def solve(self, seconds: float, options: SolveOptions, should_stop: ShouldStop) -> Answer:
        """With nothing free but what may leave the plan; then with everything free, or as much as there is time for."""
        clock = Clock(seconds, deterministic=options.deterministic)
        whole = self.reach.within(None)
        blocks = [block for block in self.school.blocks if block.id in self.models.nowhere]
        small = {block.id: whole.get(block.id, self.reach.possible(block)) for block in blocks}
        first = self._race(self.models, small, seconds / 2, options, None, should_stop)
        if first.timetable is not None and self._cannot_be_better(first):
            return replace(first, verdict=Verdict.OPTIMAL)
        left = max(seconds / 4, clock.left)
        near = whole if options.deterministic else self._manageable(whole, left)
        if first.timetable is not None:
            nearer = self.reach.within(STEP * self._scale)
            if self._choices(nearer) < HALF * self._choices(near):
                found = self._race(self.models, {**small, **nearer}, left / 3, options, first.timetable, should_stop)
                first = found if found.timetable is not None else first
                left = max(seconds / 4, clock.left)
        starts = {**small, **near}
        answer = self._race(self.models, starts, left, options, first.timetable, should_stop)
        if len(near) < len(whole) or self._choices(near) < self._choices(whole):
            answer = replace(answer, verdict=Verdict.OPEN, bound=None)
        if answer.timetable is None and answer.verdict is Verdict.INFEASIBLE:
            # Cuts leave gaps that nothing can close: these have to remain.
            models = replace(self.models, excused=frozenset(self.models.nowhere))
            answer = self._race(models, starts, left, options, None, should_stop)
        if first.value is not None and (answer.value is None or first.value < answer.value):
            # What is the best with little free need not be the best of all: its bound is none.
            return replace(first, verdict=Verdict.OPEN, bound=answer.bound)
        return answer

    def _manageable(self, whole: Starts, seconds: float) -> Starts:
        """Of all starts, those that cost little, if there are more than a model can be built for in time."""
        for extra in NEAR:
            if self._choices(whole) <= CHOICES_A_SECOND * seconds:
                break
            whole = self.reach.within(extra * self._scale)
        return whole

    @property
    def _scale(self) -> int:
        return max(self.reach.prices.moved, 1)

    def _choices(self, starts: Starts) -> int:
        """How many decisions a model has: starts, each with the rooms that there are to choose from."""
        school, change = self.school, self.reach.prices.rooms_change
        rooms = {
            block: sum(1 + len(school.rooms[slot.room].group) * change for slot in school.room_slots[block])
            for block in starts
        }
        return sum(len(found) * (1 + rooms[block]) for block, found in starts.items())

    def _race(
        self,
        models: PartialModels,
        starts: Starts,
        seconds: float,
        options: SolveOptions,
        start: Timetable | None,
        should_stop: ShouldStop,
    ) -> Answer:
        model = models.partial(starts, self.penalty)
        self.capped = {rule: {*self.capped.get(rule, ()), *found} for rule, found in model.capped.items()}
        return race(
            model,
            seconds=seconds,
            options=options,
            start=start,
            with_mip=True,
            should_stop=should_stop,
        )

    def _cannot_be_better(self, answer: Answer) -> bool:
        """Whether only as many lectures leave the plan as the cuts want at least, and nothing else changes."""
        if answer.value is None or answer.timetable is None or answer.verdict is not Verdict.OPTIMAL:
            return False
        if self.reach.hits or self.reach.broken or self.required.together or self.school.unplaced:
            return False
        off = [id_ for id_ in self.cut if not _is_on_plan(answer.timetable, id_)]
        moves = changes(self.school.as_is, answer.timetable)
        return len(moves) == len(off) and len(off) <= max(map(self._least_cut, self.required.cuts), default=0)

    def _least_cut(self, cut: Cut) -> int:
        if cut.fewer is not None:
            return cut.fewer
        classes = range(len(self.school.week_classes))
        held = [
            sum(self.school.class_mask(self.school.lectures[id_].weeks) >> c & 1 for id_ in cut.lectures)
            for c in classes
        ]
        return max(0, max(held, default=0) - (cut.most or 0))

    # -- the outcome -------------------------------------------------------------------------------------------------

    def outcome(self, answer: Answer, seconds: float, *, deterministic: bool) -> ExactPartial:
        """What was found; where nothing was found in time, everything that may leave the plan leaves it."""
        timetable = answer.timetable
        if timetable is None:
            timetable = self.models.partial({}, self.penalty).decisions.current
        if answer.verdict is not Verdict.OPTIMAL:
            clock = Clock(FILLING_SECONDS, deterministic=deterministic)
            timetable = filled(self.reach, self.rules, timetable, self._waiting(timetable), lambda: clock.is_late)
        off = [id_ for id_ in timetable if not _is_on_plan(timetable, id_)]
        gone, waiting = wanted(self.school, self.required.cuts, off, {block.id for block in self.reach.hits})
        placed = {id_ for id_ in timetable if self.school.is_placed(id_)} - set(off)
        moves = [move for move in changes(self.school.as_is, timetable) if move.lecture in placed]
        remaining = self._checked(timetable, set(off))
        left = len(off) + self.models.surplus_in(timetable, self.capped)
        least = min(left, (answer.bound or 0) // self.penalty)
        is_whole = not left and not remaining
        return ExactPartial(
            timetable=timetable,
            unplaced=tuple(id_ for id_ in off if id_ not in gone | waiting),
            cut=tuple(id_ for id_ in off if id_ in gone | waiting),
            gone=tuple(id_ for id_ in off if id_ in gone),
            left=left,
            least=least,
            moved=sum(move.changes_period for move in moves),
            changed_rooms=sum(
                one != other
                for move in moves
                for before, after in zip(move.before.rooms, move.after.rooms, strict=True)
                for one, other in zip(before, after, strict=True)
            ),
            least_moved=self._least_moved((answer.bound or 0) - self.penalty * left, off),
            is_best=answer.verdict is Verdict.OPTIMAL,
            remaining=remaining,
            points=cost(self.reach, timetable) if is_whole else None,
            bound=(answer.bound or 0) if is_whole else None,
            # One lecture without a place costs more than all changes together.
            is_whole_impossible=not self.required.cuts and (answer.bound or 0) >= self.penalty,
            solver=answer.solver,
            seconds=seconds,
        )

    def _least_moved(self, points: int, off: list[str]) -> int:
        """How many lectures move at least, if changes cost so much; the model counts those taken off as moved."""
        prices = self.reach.prices
        if points <= 0 or prices.by_people or (prices.rooms_change and prices.room) or not prices.moved:
            return 0
        return max(0, -(-points // prices.moved) - sum(self.school.is_placed(id_) for id_ in off))

    def _waiting(self, timetable: Timetable) -> list[Block]:
        """Blocks that should have a place and have none."""
        blocks = (block for block in self.school.blocks if not self.cut.intersection(block.lectures))
        return [block for block in blocks if not _is_on_plan(timetable, block.lectures[0])]

    def _checked(self, timetable: Timetable, off: set[str]) -> tuple[Violation, ...]:
        """What is newly broken; nothing but what may remain must be."""
        found = judge(self.school, timetable, self.rules)
        known = set(self.before.violations)
        new = [v for v in found.violations if v not in known and not off.intersection(v.facts.lectures)]
        worse = set(found.newly_broken(self.before))
        remaining = tuple(v for v in new if v.rule in worse and found.rules[v.rule].tier is Tier.RULES)
        broken = sorted({v.rule for v in remaining} & NEVER_BROKEN)
        if broken:
            raise InternalError(f"the plan with the fewest lectures left over breaks {', '.join(broken)} newly")
        return remaining


def _is_on_plan(timetable: Timetable, lecture: str) -> bool:
    return timetable[lecture].period.day >= 1
