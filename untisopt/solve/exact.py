"""The fewest changes after an event, and the proof that no plan has fewer.

The search goes by what a plan may cost. Plans that cost no more than the event itself can touch few blocks, so a small
model settles whether there is one; if there is none, plans may cost a little more, which lets a few more blocks in,
until the whole school is free. Every level leaves out only what no plan of its cost can do
(:mod:`untisopt.solve._exact_reach`), so the first plan found with the fewest changes of its level is one with the
fewest of all, and a "no" with the whole school free is a "no".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from untisopt.domain.changes import changes
from untisopt.domain.events import Requirements
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.errors import InternalError
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import Rule, judge
from untisopt.solve._exact_model import ExactModels
from untisopt.solve._exact_partial import ExactPartial, best_partial
from untisopt.solve._exact_race import Answer, Outlook, Verdict, confirms_infeasible, race
from untisopt.solve._exact_reach import IMPOSSIBLE, Reach, Starts, newly_found, tolerant
from untisopt.solve.objective import objective as objective_of
from untisopt.solve.session import ShouldStop, SolveOptions

__all__ = [
    "ExactPartial",
    "ExactProgress",
    "ExactRepair",
    "ExactStatus",
    "Level",
    "OnExactProgress",
    "best_partial",
    "fewest_changes",
    "newly_found",
    "tolerant",
]

EXTRAS: tuple[int, ...] = (0, 1, 3, 7, 15)
"""What a plan may cost beyond the event itself, level by level; after that it may cost anything."""
EASY = 3
"""Where a plan must cost more than that beyond the event, a look at the whole school goes on beside the levels."""
PEOPLE_OF_A_LECTURE = 2
"""Whom a usual lecture touches, where changes count by people: a teacher and a grade."""
OUTLOOK_SECONDS = 10.0
"""How long that look lasts: what it does not see early it does not see at all."""
LEVEL_SHARE = 0.6
"""Share of the time left that a level may use, unless it is the last."""
CONFIRMING_SECONDS = 20.0
UNMET_SECONDS = 10.0


class ExactStatus(StrEnum):
    """How a search for the fewest changes ended."""

    MINIMUM = "minimum"
    """No plan has fewer changes: proved."""
    BEST_FOUND = "best-found"
    """The time limit ended the search; the bound says how many changes every plan needs."""
    IMPOSSIBLE = "impossible"
    """No plan satisfies what is required: proved, and confirmed by a second, different solve."""
    IMPOSSIBLE_UNCONFIRMED = "impossible-unconfirmed"
    """One solve found that no plan satisfies what is required; no other confirmed it in time."""
    UNDECIDED = "undecided"
    """No plan was found in time, and it is not proved that there is none."""


class Level(StrEnum):
    """How much of the school was free where the answer was found."""

    HIT = "hit"
    """The lectures that the event hits."""
    NEAR = "near"
    """Those near enough that a plan of its cost can touch them."""
    SCHOOL = "school"
    """Everything that may move at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactRepair:
    """The outcome of a search for the fewest changes.

    Changes are counted in points: a moved lecture costs the weight of the rule moved-lectures, a changed room that of
    the rule changed-rooms. To give a place to a lecture that has none is no change.

    Parameters
    ----------
    status : ExactStatus
    timetable : Timetable or None
        The plan; None if there is none, or none was found.
    moved : int
        Lectures that stand in another period than today.
    changed_rooms : int
        Rooms that lectures have in the place of others.
    placed : int
        Lectures that had no place before.
    points : int or None
        What the changes cost; None without a plan.
    bound : int
        No plan that satisfies what is required has changes that cost less.
    hit : tuple of str
        Ids of the lectures of the blocks that cannot stay as they are.
    unmet : tuple of str
        Where no plan satisfies everything: ids of lectures that stay where they must not be, or without a place, in
        `nearest`.
    nearest : Timetable or None
        Where no plan satisfies everything: one that leaves as few lectures unmet as could be found.
    level : Level
        How much of the school was free where the answer was found.
    free : int
        How many blocks that were.
    solvers : tuple of str
        Who proved it, and who confirmed it.
    seconds : mapping of str to float
        `proof`: until the minimum or the "no" was proved, or the search for it ended; `total`.
    """

    status: ExactStatus
    timetable: Timetable | None
    moved: int = 0
    changed_rooms: int = 0
    placed: int = 0
    points: int | None = None
    bound: int
    hit: tuple[str, ...]
    unmet: tuple[str, ...] = ()
    nearest: Timetable | None = None
    level: Level
    free: int
    solvers: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExactProgress:
    """A moment of the search.

    Parameters
    ----------
    elapsed : float
        Seconds since the search began.
    free : int
        Blocks that may change at this level.
    points : int or None
        What the changes of the best plan so far cost; None if there is none yet.
    bound : int
        No plan costs less.
    """

    elapsed: float
    free: int
    points: int | None
    bound: int


OnExactProgress = Callable[[ExactProgress], None]


def fewest_changes(  # noqa: PLR0913  all that an answer depends on
    school: School,
    policy: Policy,
    options: SolveOptions,
    *,
    before: Score,
    required: Requirements,
    on_progress: OnExactProgress | None = None,
    should_stop: ShouldStop | None = None,
    quality_seconds: float = 0.0,
    by_people: bool = False,
    seek_nearest: bool = True,
) -> ExactRepair:
    """Find the plan with the fewest changes that satisfies what an event requires, and prove it.

    Nothing that was not so before may break a rule of the first tier: neither what the plan breaks in `before`, nor, as
    far as `before` leaves it out, what the event itself breaks, such as a journey that now takes too long. Where the
    policy limits the moved lectures (`max_changes`), only plans within that limit count.

    Parameters
    ----------
    school : School
        After the event; its plan of today is the one from before.
    policy : Policy
    options : SolveOptions
    before : Score
        Of the plan of today, by the rules of the policy: what it breaks may stay broken, but not more often.
    required : Requirements
        What every plan must satisfy; lectures without a place get one in any case. Cuts are none of its business.
    on_progress : callable, optional
        Called in this thread at every level, better plan and better bound.
    should_stop : callable, optional
        Asked often; once it says yes, what is known is returned.
    quality_seconds : float
        How long to look, within the time limit, for the plan that is best by all rules among those whose changes cost
        no more.
    by_people : bool
        Whether a change counts once for every teacher and grade that it touches, and not once.
    seek_nearest : bool
        Whether to look for the nearest plan where no plan satisfies everything.

    Raises
    ------
    InternalError
        The plan found breaks a rule newly; nothing of it can be used.
    """
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    reach = Reach(school, policy, rules, replace(required, cuts=()), before=before, by_people=by_people)
    search = _Search(policy, options, before, rules, reach, on_progress, should_stop)
    return search.run(quality_seconds, seek_nearest=seek_nearest)


@dataclass(frozen=True, slots=True)
class _Step:
    """One level of the search: what a plan may cost beyond the event, and what it can touch then."""

    extra: int | None
    starts: Starts
    level: Level


class _Search:
    """One search: the best plan and the best bound so far."""

    def __init__(
        self,
        policy: Policy,
        options: SolveOptions,
        before: Score,
        rules: Sequence[Rule],
        reach: Reach,
        on_progress: OnExactProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self._began = time.monotonic()
        self.school = reach.school
        self.policy = policy
        self.options = options
        self.before = before
        self.rules = rules
        self.reach = reach
        self.models = ExactModels(self.school, policy, rules, before, reach)
        self.best: Timetable | None = None
        self.points: int | None = None
        self.bound = self.reach.base
        self.solvers: tuple[str, ...] = ()
        self.step = _Step(0, {}, Level.HIT)
        self._on_progress = on_progress
        self._asked_to_stop = should_stop or _never
        self._outlook: Outlook | None = None
        self._is_hopeless = False

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self._began

    @property
    def remaining(self) -> float:
        """Seconds, or deterministic units, that a solve may still take."""
        return self.options.time_limit - (0.0 if self.options.deterministic else self.elapsed)

    def run(self, quality_seconds: float, *, seek_nearest: bool) -> ExactRepair:
        if self.reach.is_settled:
            self.best, self.points = self.school.as_is, 0
            return self._outcome(ExactStatus.MINIMUM, self.elapsed)
        status = self._climb()
        proof = self.elapsed
        if status is ExactStatus.IMPOSSIBLE_UNCONFIRMED:
            return self._impossible(proof, seek_nearest=seek_nearest)
        if quality_seconds > 0 and not self._asked_to_stop():
            self._improve(min(quality_seconds, self.remaining))
        return self._outcome(status, proof)

    # -- level by level ----------------------------------------------------------------------------------------------

    def _climb(self) -> ExactStatus:
        """Let plans cost more and more until one is found and proved to be the best, or none is possible."""
        try:
            for step in self._steps():
                if self._should_stop() or self.remaining <= 0:
                    break
                self._look_ahead(step)
                self.step = step
                answer = self._solve(step)
                self.solvers = (answer.solver,)
                if answer.verdict is Verdict.INFEASIBLE and self.points is None and step.extra is None:
                    self._is_hopeless = True
        finally:
            self._end_outlook()
        if self._is_settled:
            return ExactStatus.MINIMUM
        if self._is_hopeless:
            return ExactStatus.IMPOSSIBLE_UNCONFIRMED
        return ExactStatus.UNDECIDED if self.best is None else ExactStatus.BEST_FOUND

    @property
    def _is_settled(self) -> bool:
        return self.points is not None and self.bound >= self.points

    def _look_ahead(self, step: _Step) -> None:
        """Beside the harder levels, look at the whole school: many an event is impossible, and that shows early.

        In deterministic mode nothing goes on beside, because nobody knows when its news would come.
        """
        if step.extra is None:
            self._end_outlook()
        elif step.extra > EASY * self._scale and self._outlook is None and self._may_do_two_things:
            model = self.models.fewest_changes(self.reach.within(None), None, pooled=bool(self.models.pools))
            seconds = min(OUTLOOK_SECONDS, self.remaining)
            self._outlook = Outlook(model, seconds, self.options, self._asked_to_stop)

    @property
    def _may_do_two_things(self) -> bool:
        return self.options.threads > 1 and not self.options.deterministic

    def _end_outlook(self) -> None:
        if self._outlook is not None:
            self._outlook.stop()
            self._hear_outlook()

    def _hear_outlook(self) -> None:
        """Take over what the look at the whole school has found; plans that know pools only are none."""
        if self._outlook is None:
            return
        answer = self._outlook.answer()
        if answer.verdict is Verdict.INFEASIBLE:
            self._is_hopeless = True
            return
        if not self.models.pools:
            self._take(answer)
        if answer.bound is not None:
            self.bound = max(self.bound, answer.bound if self.points is None else min(answer.bound, self.points))

    def _should_stop(self) -> bool:
        """Whether a level need not go on: the user says so, or it is settled by the look at the whole school."""
        self._hear_outlook()
        return self._is_settled or self._is_hopeless or self._asked_to_stop()

    def _steps(self) -> Iterator[_Step]:
        """The levels, from the smallest that can hold a plan."""
        least = self.reach.least_extra
        if least < IMPOSSIBLE:
            self.bound = self.reach.base + least
        extras = [extra * self._scale for extra in EXTRAS]
        for extra in sorted({least, *extras}):
            if least <= extra <= max(extras, default=-1):
                starts = self.reach.within(extra)
                yield _Step(extra, starts, Level.HIT if len(starts) == len(self.reach.hits) else Level.NEAR)
        yield _Step(None, self.reach.within(None), Level.SCHOOL)

    @property
    def _scale(self) -> int:
        """What a usual lecture costs: the levels are meant in lectures."""
        return max(self.reach.prices.moved, 1) * (PEOPLE_OF_A_LECTURE if self.reach.prices.by_people else 1)

    def _solve(self, step: _Step) -> Answer:
        """Look for the plan with the fewest changes within a level; better than the best so far, if there is one.

        Where rooms of one kind make pools, the smaller model that knows pools only goes first; what it finds is given
        true rooms, and where that costs more, the model with all rooms decides.
        """
        self._tell()
        if self.models.pools:
            limit = self._limit(step)
            answer = self._race(self.models.fewest_changes(step.starts, limit, pooled=True), self._hear_bound)
            self._hear_bound(answer, limit)
            if answer.timetable is None:
                return answer
            self._give_rooms(answer.timetable)
            if self._is_settled:
                return answer
        limit = self._limit(step)
        answer = self._race(self.models.fewest_changes(step.starts, limit), self._hear)
        self._hear(answer, limit)
        return answer

    def _limit(self, step: _Step) -> int | None:
        """What a plan of a level may cost, if it is to be better than the best so far."""
        limits = [] if step.extra is None else [self.reach.base + step.extra]
        limits += [] if self.points is None else [self.points - 1]
        return min(limits, default=None)

    def _race(self, model: TimetableModel, on_news: Callable[[Answer], None]) -> Answer:
        """Solve a model of the level within its share of the time that is left now that the model is built."""
        return race(
            model,
            seconds=self.remaining * (1.0 if self.step.extra is None else LEVEL_SHARE),
            options=self.options,
            with_mip=self.step.extra is None,
            should_stop=self._should_stop,
            on_news=on_news,
        )

    def _give_rooms(self, timetable: Timetable) -> None:
        """Give true rooms to a plan that knows pools only, changing nothing but what it changes."""
        answer = self._race(self.models.fewest_changes(self._changed(timetable), None), _ignore)
        self._take(answer)

    def _changed(self, timetable: Timetable) -> Starts:
        """The start of every block that a plan places elsewhere or in other rooms than today."""
        as_is = self.school.as_is
        changed = (b for b in self.school.blocks if any(timetable[lecture] != as_is[lecture] for lecture in b.lectures))
        return {block.id: frozenset({timetable[block.lectures[0]].period}) for block in changed}

    def _hear(self, answer: Answer, limit: int | None = None) -> None:
        """Take over a better plan or bound of a level in which plans cost at most `limit`."""
        self._take(answer)
        self._hear_bound(answer, limit)

    def _take(self, answer: Answer) -> None:
        value = answer.value
        if answer.timetable is not None and value is not None and (self.points is None or value < self.points):
            self.best, self.points = answer.timetable, value

    def _hear_bound(self, answer: Answer, limit: int | None = None) -> None:
        """Take over a better bound: plans that the level leaves out cost more than its limit."""
        known = answer.bound
        if answer.verdict is Verdict.INFEASIBLE and limit is not None:
            known = limit + 1
        if known is not None:
            if self.step.extra is not None:
                known = min(known, self.reach.base + self.step.extra + 1)
            if self.points is not None:
                known = min(known, self.points)
            self.bound = max(self.bound, known)
        self._tell()

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(ExactProgress(self.elapsed, len(self.step.starts), self.points, self.bound))

    # -- after that --------------------------------------------------------------------------------------------------

    def _improve(self, seconds: float) -> None:
        """Look for a plan that is better by all rules and whose changes cost no more."""
        if self.best is None or self.points is None:
            return
        objective = objective_of(self.school, self.policy)
        starts = self.reach.within(self.points - self.reach.base)
        model = self.models.best_quality(starts, self.points, objective.factors)
        answer = race(
            model,
            seconds=seconds,
            options=self.options,
            start=self.best,
            should_stop=self._asked_to_stop,
            on_news=_ignore,
        )
        if answer.timetable is not None:
            scores = [judge(self.school, timetable, self.policy.rules) for timetable in (self.best, answer.timetable)]
            if objective.value(scores[1]) < objective.value(scores[0]):
                self.best = answer.timetable

    def _impossible(self, proof: float, *, seek_nearest: bool) -> ExactRepair:
        """Confirm a "no", and find the plan that leaves the fewest lectures unmet."""
        self.step = _Step(None, self.reach.within(None), Level.SCHOOL)
        # Where pools leave a way open, the true rooms may close it.
        other = self._confirmed_by(pooled=True) if self.models.pools else ""
        other = other or self._confirmed_by(pooled=False)
        status = ExactStatus.IMPOSSIBLE if other else ExactStatus.IMPOSSIBLE_UNCONFIRMED
        if other:
            self.solvers = (*self.solvers, other)
            proof = self.elapsed
        return self._outcome(status, proof, self._nearest() if seek_nearest else None)

    def _confirmed_by(self, *, pooled: bool) -> str:
        """Who else finds that there is no plan; empty if nobody does in time."""
        return confirms_infeasible(
            self.models.fewest_changes(self.step.starts, None, pooled=pooled),
            seconds=max(1.0, min(CONFIRMING_SECONDS, self.remaining / 2)),
            options=self.options,
            should_stop=self._asked_to_stop,
            but=self.solvers[0],
        )

    def _nearest(self) -> Timetable:
        """The plan that leaves the fewest lectures unmet, and among these moves the fewest, as far as time allows."""
        as_is = self.school.as_is
        starts = {
            block: found | {as_is[self.school.block_of[block].lectures[0]].period}
            for block, found in self.step.starts.items()
        }
        if not self.models.pools:
            return self._fewest_unmet(starts, as_is, pooled=False) or as_is
        found = self._fewest_unmet(starts, as_is, pooled=True)
        return (found and self._fewest_unmet(self._changed(found), None, pooled=False)) or as_is

    def _fewest_unmet(self, starts: Starts, start: Timetable | None, *, pooled: bool) -> Timetable | None:
        prices = self.reach.prices
        penalty = 1 + sum(
            prices.of_move(self.school, block)
            + sum(prices.of_room(self.school, slot) for slot in self.school.room_slots[block.id])
            for block in self.school.blocks
        )
        answer = race(
            self.models.fewest_unmet(starts, penalty, pooled=pooled),
            seconds=max(1.0, min(UNMET_SECONDS, self.remaining)),
            options=self.options,
            start=start,
            should_stop=self._asked_to_stop,
            on_news=_ignore,
        )
        return answer.timetable

    def _outcome(self, status: ExactStatus, proof: float, nearest: Timetable | None = None) -> ExactRepair:
        found = self.best
        hit = tuple(lecture for block in self.reach.hits for lecture in block.lectures)
        for timetable in (found, nearest):
            if timetable is not None:
                self._check(timetable)
        moves = changes(self.school.as_is, found) if found is not None else ()
        placed = {lecture for block in self.school.unplaced for lecture in block.lectures}
        return ExactRepair(
            status=status,
            timetable=found,
            moved=sum(move.changes_period and move.lecture not in placed for move in moves),
            changed_rooms=sum(
                one != other
                for move in moves
                for one_course, other_course in zip(move.before.rooms, move.after.rooms, strict=True)
                for one, other in zip(one_course, other_course, strict=True)
            ),
            placed=len(placed) if found is not None else 0,
            points=self.points,
            bound=self.bound,
            hit=hit,
            unmet=self._unmet(nearest) if nearest is not None else (),
            nearest=nearest,
            level=self.step.level,
            free=len(self.step.starts),
            solvers=self.solvers,
            seconds={"proof": proof, "total": self.elapsed},
        )

    def _unmet(self, timetable: Timetable) -> tuple[str, ...]:
        """Lectures of blocks that do not satisfy what is required of them."""
        return tuple(
            lecture
            for block in self.reach.hits
            if not self.reach.satisfies(block, timetable)
            for lecture in block.lectures
        )

    def _check(self, timetable: Timetable) -> None:
        """Let nothing out that breaks a rule newly, or, as the answer, what is required."""
        # Where somebody breaks less than before, somebody else may break more, up to what the event makes of today's
        # plan; together it is not more.
        allowed = tolerant(self.before, newly_found(self.reach.now, self.before))
        score = judge(self.school, timetable, self.rules)
        broken = list(score.newly_broken(allowed))
        if timetable is self.best:
            mended = {violation.rule for violation in self.reach.broken}
            broken += [rule for rule in sorted(mended) if score.amount(rule) > self.models.most(rule)]
        if broken:
            raise InternalError(f"the plan with the fewest changes breaks {', '.join(broken)} newly")
        if timetable is self.best and self._unmet(timetable):
            raise InternalError("the plan with the fewest changes does not satisfy what is required")


def _never() -> bool:
    return False


def _ignore(answer: Answer) -> None:
    """Nobody need hear of it."""
