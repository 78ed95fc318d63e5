"""The fewest changes after an event, and the proof that no plan has fewer.

The search goes by what a plan may cost. Plans that cost no more than the event itself can touch few blocks, so a small
model settles whether there is one; if there is none, plans may cost a little more, which lets a few more blocks in,
until the whole school is free. Every level leaves out only what no plan of its cost can do
(:mod:`untisopt.solve.events.reach`), so the first plan found with the fewest changes of its level is one with the
fewest of all, and a "no" with the whole school free is a "no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from untisopt.domain.changes import changes
from untisopt.domain.events import Requirements
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.engines.incumbent import Incumbent
from untisopt.engines.objective import objective as objective_of
from untisopt.engines.race import Answer, Outlook, Verdict, confirms_infeasible, race
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.errors import InternalError
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import Rule, judge
from untisopt.solve.events.answer import ExactProgress, ExactRepair, ExactStatus, Level, OnExactProgress
from untisopt.solve.events.model import ExactModels
from untisopt.solve.events.partial import ExactPartial, best_partial
from untisopt.solve.events.reach import IMPOSSIBLE, Reach, Starts, newly_found, tolerant

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
ROOMS_SECONDS = 1.0
"""What is kept to give true rooms to a plan that knows pools only; without them it is none."""
BUILDING_SHARE = 0.1
"""Where a model takes longer to build than this share of the time that is left, there is no time for more levels."""
LEVEL_SHARE = 0.6
"""Share of the time left that a level may use, unless it is the last."""
CONFIRMING_SECONDS = 20.0
LEAST_CONFIRMING_SECONDS = 1.0
UNMET_SECONDS = 10.0


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
    share_without_plan: float = 1.0,
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
    share_without_plan : float
        After this share of the time limit the search ends if it has found no plan at all.

    Raises
    ------
    InternalError
        The plan found breaks a rule newly; nothing of it can be used.
    """
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    reach = Reach(school, policy, rules, replace(required, cuts=()), before=before, by_people=by_people)
    search = _Search(policy, options, before, rules, reach, on_progress, should_stop)
    search.share_without_plan = share_without_plan
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
        self.school = reach.school
        self.policy = policy
        self.options = options
        self.before = before
        self.rules = rules
        self.reach = reach
        self.models = ExactModels(self.school, policy, rules, before, reach)
        self.found: Incumbent[Timetable] = Incumbent(bound=reach.base)
        self.solvers: tuple[str, ...] = ()
        self.step = _Step(0, {}, Level.HIT)
        self.share_without_plan = 1.0
        self._on_progress = on_progress
        self.clock = Clock.of(options, should_stop)
        self._outlook: Outlook | None = None
        self._seen: Timetable | None = None
        self._building = 0.0
        self._is_hopeless = False

    @property
    def best(self) -> Timetable | None:
        """The best plan so far."""
        return self.found.known.plan

    @property
    def points(self) -> int | None:
        """What its changes cost."""
        return self.found.known.value

    @property
    def remaining(self) -> float:
        """Seconds, or deterministic units, that a solve may still take, unless it finds the first plan."""
        share = 1.0 if self._has_plan else self.share_without_plan
        return self.clock.limit * share - self.clock.spent

    @property
    def _has_plan(self) -> bool:
        """Whether a plan is known, if only one that still needs its rooms."""
        return self.points is not None or self._seen is not None

    def run(self, quality_seconds: float, *, seek_nearest: bool) -> ExactRepair:
        if self.reach.is_settled:
            self.found.offer(self.school.as_is, 0)
            return self._outcome(ExactStatus.MINIMUM, self.clock.elapsed)
        status = self._climb()
        proof = self.clock.elapsed
        if status is ExactStatus.IMPOSSIBLE_UNCONFIRMED:
            return self._impossible(proof, seek_nearest=seek_nearest)
        if quality_seconds > 0 and not self.clock.should_stop():
            self._improve(min(quality_seconds, self.remaining))
        return self._outcome(status, proof)

    # -- level by level ----------------------------------------------------------------------------------------------

    def _climb(self) -> ExactStatus:
        """Let plans cost more and more until one is found and proved to be the best, or none is possible."""
        try:
            for step in self._steps():
                if self._should_stop() or self.remaining <= 0:
                    break
                if self._is_too_cheap(step) or self._is_too_slow(step):
                    continue
                self._look_ahead(step)
                self.step = step
                answer = self._solve(step)
                self.solvers = (answer.solver,)
                if answer.verdict is Verdict.INFEASIBLE and self.points is None and step.extra is None:
                    self._is_hopeless = True
        finally:
            self._end_outlook()
        if self.points is None and self._seen is not None:
            self._give_rooms(self._seen)
        if self._is_settled:
            return ExactStatus.MINIMUM
        if self._is_hopeless:
            return ExactStatus.IMPOSSIBLE_UNCONFIRMED
        return ExactStatus.UNDECIDED if self.best is None else ExactStatus.BEST_FOUND

    @property
    def _is_settled(self) -> bool:
        return self.found.known.is_settled

    def _look_ahead(self, step: _Step) -> None:
        """Beside the harder levels, look at the whole school: many an event is impossible, and that shows early.

        In deterministic mode nothing goes on beside, because nobody knows when its news would come.
        """
        if step.extra is None:
            if self.points is not None:
                self._end_outlook()
        elif step.extra > EASY * self._scale and self._outlook is None and self._may_do_two_things:
            model = self._built(self.reach.within(None), None, pooled=bool(self.models.pools))
            self._outlook = Outlook(model, self._seconds_for_all, self.options, self.clock.should_stop)

    @property
    def _may_do_two_things(self) -> bool:
        return self.options.threads > 1 and not self.options.deterministic

    def _end_outlook(self) -> None:
        if self._outlook is not None:
            self._outlook.stop()
            self._hear_outlook()
            self._outlook = None

    def _hear_outlook(self) -> None:
        """Take over what the look at the whole school has found; plans that know pools only are none yet."""
        if self._outlook is None:
            return
        answer = self._outlook.answer()
        if answer.verdict is Verdict.INFEASIBLE:
            self._is_hopeless = True
            self.solvers = (answer.solver,)
            return
        if self.models.pools:
            self._seen = answer.timetable or self._seen
        else:
            self._take(answer)
        if answer.bound is not None:
            self.found.raise_bound(answer.bound if self.points is None else min(answer.bound, self.points))

    def _should_stop(self) -> bool:
        """Whether the search need not go on: the user says so, or it is settled by the look at the whole school."""
        self._hear_outlook()
        return self._is_settled or self._is_hopeless or self.clock.should_stop() or self._is_late

    @property
    def _is_late(self) -> bool:
        return self.remaining <= 0

    def _is_too_cheap(self, step: _Step) -> bool:
        """Whether it is known by now that no plan costs as little as those of a level."""
        return step.extra is not None and self.found.bound > self.reach.base + step.extra

    def _is_too_slow(self, step: _Step) -> bool:
        """Whether to build the model of a level takes time that the whole school needs, because the school is big."""
        if step.extra is None or self.options.deterministic:
            return False
        return self._building > BUILDING_SHARE * self.remaining

    def _is_level_over(self) -> bool:
        return self._should_stop() or (self._outlook is not None and self._is_too_cheap(self.step))

    def _steps(self) -> Iterator[_Step]:
        """The levels, from the smallest that can hold a plan."""
        least = self.reach.least_extra
        if least < IMPOSSIBLE:
            self.found.raise_bound(self.reach.base + least)
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
            answer = self._race_at(step, limit, self._hear_pooled, pooled=True)
            self._hear_bound(answer, limit)
            if answer.timetable is None:
                return answer
            self._give_rooms(answer.timetable)
            if self._is_settled:
                return answer
        limit = self._limit(step)
        answer = self._race_at(step, limit, self._hear, pooled=False)
        self._hear(answer, limit)
        return answer

    def _race_at(self, step: _Step, limit: int | None, on_news: Callable[[Answer], None], *, pooled: bool) -> Answer:
        """Solve a level; what looks at the whole school already goes on with it."""
        if step.extra is None and self._outlook is not None:
            outlook, self._outlook = self._outlook, None
            return outlook.go_on(self._seconds_for_all, self.options, self._should_stop, on_news)
        return self._race(self._built(step.starts, limit, pooled=pooled), on_news)

    def _built(self, starts: Starts, limit: int | None, *, pooled: bool) -> TimetableModel:
        """A model, and a note how long it took to build."""
        began = self.clock.elapsed
        model = self.models.fewest_changes(starts, limit, pooled=pooled)
        self._building = max(self._building, self.clock.elapsed - began)
        return model

    @property
    def _seconds_for_all(self) -> float:
        """What the last level may use: where its plan knows pools only, something is kept to give it rooms."""
        if self.options.deterministic:
            return self.remaining
        left = self.clock.left
        return max(left - ROOMS_SECONDS, left / 2) if self.models.pools else left

    def _limit(self, step: _Step) -> int | None:
        """What a plan of a level may cost, if it is to be better than the best so far."""
        limits = [] if step.extra is None else [self.reach.base + step.extra]
        limits += [] if self.points is None else [self.points - 1]
        return min(limits, default=None)

    def _race(self, model: TimetableModel, on_news: Callable[[Answer], None]) -> Answer:
        """Solve a model of the level within its share of the time that is left now that the model is built."""
        return race(
            model,
            seconds=self._seconds_for_all if self.step.extra is None else self.remaining * LEVEL_SHARE,
            options=self.options,
            with_mip=self.step.extra is None,
            should_stop=self._is_level_over,
            on_news=on_news,
        )

    def _give_rooms(self, timetable: Timetable) -> None:
        """Give true rooms to a plan that knows pools only, changing nothing but what it changes."""
        answer = race(
            self.models.fewest_changes(self._changed(timetable), None),
            seconds=max(self.remaining, ROOMS_SECONDS),
            options=self.options,
            should_stop=self.clock.should_stop,
        )
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
        if answer.timetable is not None and answer.value is not None:
            self.found.offer(answer.timetable, answer.value)

    def _hear_pooled(self, answer: Answer) -> None:
        """Take over the bound, and note a plan that needs rooms yet."""
        self._seen = answer.timetable or self._seen
        self._hear_bound(answer)

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
            self.found.raise_bound(known)
        self._tell()

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(ExactProgress(self.clock.elapsed, len(self.step.starts), self.points, self.found.bound))

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
            should_stop=self.clock.should_stop,
        )
        if answer.timetable is not None:
            scores = [judge(self.school, timetable, self.policy.rules) for timetable in (self.best, answer.timetable)]
            if objective.value(scores[1]) < objective.value(scores[0]):
                self.found.exchange(answer.timetable)

    def _impossible(self, proof: float, *, seek_nearest: bool) -> ExactRepair:
        """Confirm a "no", and find the plan that leaves the fewest lectures unmet."""
        self.step = _Step(None, self.reach.within(None), Level.SCHOOL)
        # Where pools leave a way open, the true rooms may close it.
        other = self._confirmed_by(pooled=True) if self.models.pools else ""
        other = other or self._confirmed_by(pooled=False)
        status = ExactStatus.IMPOSSIBLE if other else ExactStatus.IMPOSSIBLE_UNCONFIRMED
        if other:
            self.solvers = (*self.solvers, other)
            proof = self.clock.elapsed
        return self._outcome(status, proof, self._nearest() if seek_nearest else None)

    def _confirmed_by(self, *, pooled: bool) -> str:
        """Who else finds that there is no plan; empty if nobody does in time."""
        if self._is_late and self._building > LEAST_CONFIRMING_SECONDS:
            return ""  # to build the model again would take longer than to ask it
        return confirms_infeasible(
            self.models.fewest_changes(self.step.starts, None, pooled=pooled),
            seconds=max(LEAST_CONFIRMING_SECONDS, min(CONFIRMING_SECONDS, self.remaining)),
            options=self.options,
            should_stop=self.clock.should_stop,
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
            should_stop=self.clock.should_stop,
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
            bound=self.found.bound,
            hit=hit,
            unmet=self._unmet(nearest) if nearest is not None else (),
            nearest=nearest,
            level=self.step.level,
            free=len(self.step.starts),
            solvers=self.solvers,
            seconds={"proof": proof, "total": self.clock.elapsed},
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
