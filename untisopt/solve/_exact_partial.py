"""The best plan where not everything can have a place: as few lectures without one as possible, then few changes.

Whatever the event hits may be taken off the plan, at a price that no change is worth; so there always is a plan. What
a lecture leaves behind where it stood is no new gap of its grade: somebody has to find it a place, or cover it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.events import Cut, Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.errors import InternalError
from untisopt.model.literals import Literal, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import CLASH_RULES, Rule, judge
from untisopt.solve._exact_filling import cost, filled
from untisopt.solve._exact_model import ExactModels
from untisopt.solve._exact_race import Answer, Verdict, race
from untisopt.solve._exact_reach import Reach, Starts, tolerant
from untisopt.solve.session import ShouldStop, SolveOptions

DROPPING_RULES = frozenset((*CLASH_RULES.values(), "availability"))
"""What is broken of these is mended by taking a lecture off the plan; anything else may remain, as seldom as can be."""
NEVER_BROKEN = frozenset((*DROPPING_RULES, "pinned", "block-kept"))
"""What no plan may break newly, whatever leaves the plan; gaps and short days may be what that leaves behind."""
LEAST_SECONDS = 10.0
NONE = Period(0, -1)
"""No block starts there."""


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
        Ids of lectures that lose their place because the event wants fewer periods.
    least : int
        No plan leaves fewer lectures without a place, cut ones included.
    moved, changed_rooms : int
        What changes among the lectures that keep a place.
    is_best : bool
        Whether no plan has fewer lectures without a place, and none of those with as few has fewer changes.
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
    least: int
    moved: int
    changed_rooms: int
    is_best: bool
    remaining: tuple[Violation, ...] = ()
    points: int | None = None
    bound: int | None = None
    is_whole_impossible: bool = False
    solver: str = ""
    seconds: float = 0.0


class _PartialModel(TimetableModel):
    """A model in which lectures that are taken off the plan leave no gap where they stood."""

    excused: Mapping[tuple[Resource, Period], list[tuple[Block, Period]]]

    def occupied(self, resource: Resource, week_class: int, period: Period) -> Literal:
        """Whether a resource has something in a period, or had what is now taken off the plan."""
        key = (resource, week_class, period)
        if key not in self._occupied:
            covers = [cover.literal for cover in self.covering(*key)]
            absent = [self.decisions.literal(block, start) for block, start in self.excused.get((resource, period), ())]
            name = f"{resource[1]} has or had {period.day}.{period.number} in {week_class}"
            self._occupied[key] = self.any_of([*covers, *absent], name)
        return self._occupied[key]


@dataclass(frozen=True)
class _PartialModels(ExactModels):
    """Builds the models.

    Parameters
    ----------
    nowhere : mapping of str to Period
        Blocks that may be without a place, and where they stand then.
    excused : frozenset of str
        Ids of those of them that leave no gap.
    tolerated : tuple of Violation
        What may remain broken.
    """

    nowhere: Mapping[str, Period] = field(default_factory=dict)
    excused: frozenset[str] = frozenset()
    tolerated: tuple[Violation, ...] = ()

    def partial(self, starts: Starts, penalty: int) -> TimetableModel:
        """Minimise the lectures without a place, and what remains broken, then what changes cost."""
        model = self._hard(starts, self.rules, capped=False)
        blocks = [block for block in self._free(model) if block.id in self.nowhere]
        terms = [(self._off(model, block), penalty * block.length) for block in blocks]
        for cut in self.reach.required.cuts:
            self._limit_cut(model, cut)
        remaining = [penalty * self._excess(model, rule) for rule in {v.rule: None for v in self.tolerated}]
        terms += [*self._moves(model), *self._changed_rooms(model)]
        costs = weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms])
        model.cp.minimize(cp_model.LinearExpr.sum([costs, *remaining]))
        return model

    def _leave_home(self, model: TimetableModel, starts: Starts) -> None:
        """Added lectures have no place at home: there they are nowhere, which costs what it costs."""
        super()._leave_home(model, {id_: found | {self.nowhere.get(id_, NONE)} for id_, found in starts.items()})

    def _off(self, model: TimetableModel, block: Block) -> Literal:
        return model.decisions.literal(block, self.nowhere[block.id])

    def _limit_cut(self, model: TimetableModel, cut: Cut) -> None:
        blocks = [(b, sum(id_ in cut.lectures for id_ in b.lectures)) for b in self.school.blocks]
        own = [(block, periods) for block, periods in blocks if periods]
        if cut.fewer is not None:
            off = weighted_sum([self._off(model, block) for block, _ in own], [periods for _, periods in own])
            model.cp.add(off == cut.fewer)
        if cut.most is not None:
            for week_class in range(len(self.school.week_classes)):
                held = [(b, n) for b, n in own if _is_held(self.school, b, week_class)]
                off = weighted_sum([self._off(model, block) for block, _ in held], [periods for _, periods in held])
                model.cp.add(off >= sum(periods for _, periods in held) - cut.most)

    def _excess(self, model: TimetableModel, rule: str) -> cp_model.IntVar:
        """How much more of a rule is broken than before the event."""
        limit = self.before.amount(rule) - sum(v.amount for v in self.tolerated if v.rule == rule)
        excess = model.cp.new_int_var(0, 1 << 20, f"{rule} remains")
        model.cp.add(model.points(rule) <= max(0, limit) + excess)
        return excess

    def _model(self, starts: Starts, *, pooled: bool) -> TimetableModel:
        current = self.school.as_is.replace(
            {
                lecture: self.school.as_is[lecture].at(period)
                for block in self.school.blocks
                if block.id in self.nowhere
                for lecture, period in zip(
                    block.lectures, self.school.grid.run(self.nowhere[block.id], block.length), strict=True
                )
            }
        )
        model = _PartialModel(
            self.school,
            current=current,
            free=starts.keys(),
            before=self.before.by_rule,
            rooms_change=self.reach.prices.rooms_change,
        )
        model.excused = self._holes()
        for block in self._free(model):
            for start in list(model.decisions.starts(block)):
                wanted = start in starts[block.id] or start in (model.decisions.home(block), self.nowhere.get(block.id))
                if not wanted:
                    model.decisions.exclude(block, start)
        return model

    def _holes(self) -> dict[tuple[Resource, Period], list[tuple[Block, Period]]]:
        found: dict[tuple[Resource, Period], list[tuple[Block, Period]]] = {}
        for block in self.school.blocks:
            if block.id in self.excused:
                for lecture in block.lectures:
                    for person in self.school.people[lecture]:
                        cell = (person, self.school.as_is[lecture].period)
                        found.setdefault(cell, []).append((block, self.nowhere[block.id]))
        return found


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
        As for :func:`~untisopt.solve.exact.fewest_changes`; cuts count.
    seconds : float or None
        How long to search; None: the time limit of the options.

    Raises
    ------
    InternalError
        The plan found breaks a rule newly; nothing of it can be used.
    """
    began = time.monotonic()
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    search = _Search(school, policy, rules, before, required, by_people)
    limit = max(LEAST_SECONDS, options.time_limit if seconds is None else seconds)
    answer = search.solve(limit, options, should_stop or _never)
    return search.outcome(answer, time.monotonic() - began)


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
        self.models = _PartialModels(
            school=school,
            policy=policy,
            rules=rules,
            before=after,
            reach=self.reach,
            nowhere=nowhere,
            excused=frozenset(b.id for b in school.blocks if b.id in nowhere and not self.cut.intersection(b.lectures))
            - {block.id for block in school.unplaced},
            tolerated=tolerated,
        )
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
        """With nothing free but what may leave the plan; then with everything free."""
        began = time.monotonic()
        whole = self.reach.within(None)
        blocks = [block for block in self.school.blocks if block.id in self.models.nowhere]
        small = {block.id: whole.get(block.id, self.reach.possible(block)) for block in blocks}
        first = self._race(self.models, small, seconds / 2, options, None, should_stop)
        if first.timetable is not None and self._cannot_be_better(first):
            return replace(first, verdict=Verdict.OPTIMAL)
        starts = {**whole, **{block: found for block, found in small.items() if block not in whole}}
        left = max(LEAST_SECONDS / 2, seconds - (time.monotonic() - began))
        answer = self._race(self.models, starts, left, options, first.timetable, should_stop)
        if answer.timetable is None and answer.verdict is Verdict.INFEASIBLE:
            # Cuts leave gaps that nothing can close: these have to remain.
            models = replace(self.models, excused=frozenset(self.models.nowhere))
            answer = self._race(models, starts, left, options, None, should_stop)
        if first.value is not None and (answer.value is None or first.value < answer.value):
            # What is the best with little free need not be the best of all: its bound is none.
            return replace(first, verdict=Verdict.OPEN, bound=answer.bound)
        return answer

    def _race(
        self,
        models: _PartialModels,
        starts: Starts,
        seconds: float,
        options: SolveOptions,
        start: Timetable | None,
        should_stop: ShouldStop,
    ) -> Answer:
        model = models.partial(starts, self.penalty)
        return race(model, seconds=seconds, options=options, start=start, should_stop=should_stop, on_news=_ignore)

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

    def outcome(self, answer: Answer, seconds: float) -> ExactPartial:
        """What was found; where nothing was found in time, everything that may leave the plan leaves it."""
        timetable = answer.timetable
        if timetable is None:
            timetable = self.models.partial({}, self.penalty).decisions.current
        if answer.verdict is not Verdict.OPTIMAL:
            timetable = filled(self.reach, self.rules, timetable, self._waiting(timetable))
        off = [id_ for id_ in timetable if not _is_on_plan(timetable, id_)]
        placed = {id_ for id_ in timetable if self.school.is_placed(id_)} - set(off)
        moves = [move for move in changes(self.school.as_is, timetable) if move.lecture in placed]
        remaining = self._checked(timetable, set(off))
        is_whole = not off and not remaining
        return ExactPartial(
            timetable=timetable,
            unplaced=tuple(id_ for id_ in off if id_ not in self.cut),
            cut=tuple(id_ for id_ in off if id_ in self.cut),
            least=min(len(off), (answer.bound or 0) // self.penalty),
            moved=sum(move.changes_period for move in moves),
            changed_rooms=sum(
                one != other
                for move in moves
                for before, after in zip(move.before.rooms, move.after.rooms, strict=True)
                for one, other in zip(before, after, strict=True)
            ),
            is_best=answer.verdict is Verdict.OPTIMAL,
            remaining=remaining,
            points=cost(self.reach, timetable) if is_whole else None,
            bound=(answer.bound or 0) if is_whole else None,
            # One lecture without a place costs more than all changes together.
            is_whole_impossible=not self.required.cuts and (answer.bound or 0) >= self.penalty,
            solver=answer.solver,
            seconds=seconds,
        )

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


def _is_held(school: School, block: Block, week_class: int) -> bool:
    return bool(school.class_mask(school.lectures[block.lectures[0]].weeks) >> week_class & 1)


def _is_on_plan(timetable: Timetable, lecture: str) -> bool:
    return timetable[lecture].period.day >= 1


def _never() -> bool:
    return False


def _ignore(answer: Answer) -> None:
    """Nobody need hear of it."""
