"""The model of a demand under some conditions only: small, because nobody else is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from untisopt.domain.calendar import Period
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.events import Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, RoomSlot
from untisopt.domain.standing import placed, standing
from untisopt.model.literals import Literal, negated, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.rules import CLASH_RULES, START_RULES, Rule
from untisopt.solve.events.reach import Reach
from untisopt.solve.why_not.conditions import Conditions

AWAY_PRICE = 6
"""What it costs in the search for a plan near today's if a block starts where something else speaks against it."""

Places = tuple[tuple[str, Period], ...]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What a planner asks for.

    Parameters
    ----------
    places : tuple of (str, Period)
        Lectures and periods: at least one of them must stand there. Empty: nothing of the kind is asked for.
    required : Requirements
        What every plan must satisfy besides.
    """

    places: Places = ()
    required: Requirements = field(default_factory=Requirements)


class _Focused(TimetableModel):
    """A model whose rules speak of some people and days only."""

    only: Collection[Resource] | None = None
    only_day: int | None = None

    def resources(self, kind: Kind) -> list[Resource]:
        """Those that a rule is to speak of."""
        found = super().resources(kind)
        return found if self.only is None else [resource for resource in found if resource in self.only]

    def price_start(self, rule: str, block: Block, start: Period, amount: int, *, as_today: bool = True) -> None:
        """Nothing on other days."""
        if self.only_day is None or start.day == self.only_day:
            super().price_start(rule, block, start, amount, as_today=as_today)


class Models:
    """Builds models of one demand.

    Parameters
    ----------
    conditions : Conditions
    demand : Demand
    """

    def __init__(self, conditions: Conditions, demand: Demand) -> None:
        self.conditions = conditions
        self.demand = demand
        self.school = conditions.school
        self.starts = tuple(self._wished())
        """Blocks and starts of which one must hold, if the demand asks for places."""
        self.reach = Reach(self.school, conditions.policy, conditions.rules, demand.required)

    def _wished(self) -> Iterator[tuple[Block, Period]]:
        for lecture, period in self.demand.places:
            block = self.school.block_of[lecture]
            start = Period(period.day, period.number - block.lectures.index(lecture))
            if block.lesson and start in self.school.grid.starts(block.length):
                yield block, start

    def stuck(self) -> tuple[Block, ...]:
        """Blocks to which the demand leaves no start at all, or no room in any."""
        return tuple(block for block in self.reach.hits if not self._has_start(block))

    def _has_start(self, block: Block) -> bool:
        return any(
            self.reach.allows(block, start) and self._has_rooms(block, start, ())
            for start in self.school.grid.starts(block.length)
        )

    def _has_rooms(self, block: Block, start: Period, taken: tuple[str, ...]) -> bool:
        """Whether the rooms of a block that are not chosen yet can be, none by two that are needed at once."""
        slots = self.school.room_slots[block.id]
        if len(taken) == len(slots):
            return True
        slot = slots[len(taken)]
        return any(
            self.reach.allows_room(block, start, slot, room)
            and not any(room == other and self._need_both(slot, slots[i]) for i, other in enumerate(taken))
            and self._has_rooms(block, start, (*taken, room))
            for room in sorted(self._rooms(slot))
        )

    def _need_both(self, one: RoomSlot, other: RoomSlot) -> bool:
        """Whether two rooms of a block are needed at once, so that one room cannot stand in for both."""
        if not self._keeps_rooms_apart:
            return False
        masks, others = self._needed(one), self._needed(other)
        return any(mask & others.get(lecture, 0) for lecture, mask in masks.items())

    @property
    def _keeps_rooms_apart(self) -> bool:
        return any(rule.id == CLASH_RULES[Kind.ROOM] for rule in self.conditions.rules)

    def _needed(self, slot: RoomSlot) -> dict[str, int]:
        """In which kinds of weeks each lecture of a block needs a room."""
        found: dict[str, int] = {}
        for lecture, course, _i in slot.positions:
            weeks = self.school.lectures[lecture].courses[course].weeks
            found[lecture] = found.get(lecture, 0) | self.school.class_mask(weeks)
        return found

    def _rooms(self, slot: RoomSlot) -> Iterable[str]:
        return {slot.room, *self.school.rooms[slot.room].group} if self.conditions.rooms_change else {slot.room}

    # -- the model ---------------------------------------------------------------------------------------------------

    def build(self, conditions: Collection[Condition], *, near: bool) -> TimetableModel:
        """The demand under some conditions; blocks of which none of them speaks stay where they are.

        Parameters
        ----------
        conditions : collection of Condition
        near : bool
            Whether to look for a plan that moves little and breaks few other conditions; else any plan will do.
        """
        tied = [block for pair in self.demand.required.together for block in self._blocks_of(pair)]
        wanted = [*(block for block, _start in self.starts), *self.reach.hits, *tied]
        lectures = {id_ for block in wanted for id_ in block.lectures}
        lectures.update(id_ for condition in conditions for id_ in self.conditions.lectures(condition))
        part = self.school.part_of(lectures)
        before = self.conditions.before.by_rule
        model = _Focused(part, before=before, rooms_change=self.conditions.rooms_change)
        for block in part.blocks:
            for start in list(model.decisions.starts(block)):
                if model.decisions.is_free(block) and not self.reach.allows(block, start):
                    model.decisions.exclude(block, start)
        for rule in self.conditions.rules:
            own = [condition for condition in conditions if condition.rule == rule.id]
            if own:
                self._encode(model, rule, own)
        self._demand(model)
        if Condition(MOST_CHANGES) in conditions and self.conditions.policy.max_changes is not None:
            model.limit_moved_lectures(self.conditions.policy.max_changes + self.conditions.placed)
        if near:
            self._stay_near(model, conditions)
        return model

    def _encode(self, model: _Focused, rule: Rule, conditions: list[Condition]) -> None:
        whole = model.school
        if Condition(rule.id) in conditions:
            rule.encode(model)
            return
        if rule.id == "availability":
            # At once, because it speaks of rooms at a start, after which no start can be left out any more.
            model.school = self.conditions.blocked_only(conditions)
            rule.encode(model)
        elif rule.id in START_RULES or any(condition.kind is None for condition in conditions):
            for condition in conditions:
                model.school = self.conditions.school_of(condition)
                model.only_day = condition.day
                rule.encode(model)
        else:
            model.only = {(c.kind, c.name) for c in conditions if c.kind is not None}
            rule.encode(model)
        model.school, model.only, model.only_day = whole, None, None

    def _demand(self, model: _Focused) -> None:
        if self.demand.places:
            literals = [model.decisions.literal(block, start) for block, start in self.starts]
            if not any(literal is True for literal in literals):
                model.cp.add_bool_or([literal for literal in literals if literal is not False])
        _make_literals(model)
        for block in model.decisions.school.blocks if self.conditions.rooms_change else ():
            if model.decisions.is_free(block):
                for literal in self._wrong_rooms(model, block):
                    model.cp.add_bool_and(negated(literal))
                self._keep_rooms_apart(model, block)
        for pair in self.demand.required.together:
            self._tie(model, pair)

    def _wrong_rooms(self, model: TimetableModel, block: Block) -> Iterator[Literal]:
        """Literals that give a block a room that the demand closes to it."""
        for slot in self.school.room_slots[block.id]:
            choices = model.decisions.room_choices(block, slot.room)
            for chosen in choices if len(choices) > 1 else ():
                for start in model.decisions.starts(block):
                    if not self.reach.allows_room(block, start, slot, chosen):
                        literal = model.decisions.room_literal(block, start, slot.room, chosen)
                        if literal is not False:
                            yield literal

    def _keep_rooms_apart(self, model: TimetableModel, block: Block) -> None:
        """Let no two rooms of a block become one: no condition says so, because nobody could give it up."""
        pairs = (pair for pair in combinations(self.school.room_slots[block.id], 2) if self._need_both(*pair))
        for one, other in pairs:
            common = {*model.decisions.room_choices(block, one.room)} & {
                *model.decisions.room_choices(block, other.room)
            }
            for room in sorted(common):
                for start in model.decisions.starts(block):
                    both = [model.decisions.room_literal(block, start, slot.room, room) for slot in (one, other)]
                    if not any(literal is False for literal in both):
                        model.cp.add_bool_or([negated(literal) for literal in both])

    def _blocks_of(self, lessons: Iterable[int]) -> list[Block]:
        return [block for lesson in lessons for block in self.school.blocks_of_lesson.get(lesson, ())]

    def _tie(self, model: TimetableModel, pair: tuple[int, int]) -> None:
        """Hold two lessons together: as many blocks of one length start in every period."""
        for length in sorted({block.length for block in self._blocks_of(pair)}):
            for start in self.school.grid.starts(length):
                one, other = (
                    [model.decisions.literal(b, start) for b in self._blocks_of([lesson]) if b.length == length]
                    for lesson in pair
                )
                model.cp.add(weighted_sum(one, [1] * len(one)) == weighted_sum(other, [1] * len(other)))

    # -- near today's plan -------------------------------------------------------------------------------------------

    def _stay_near(self, model: TimetableModel, conditions: Collection[Condition]) -> None:
        """Move little, and not to where something speaks against it that the conditions do not hold already."""
        kept = {(c.kind, c.name) for c in conditions if c.rule in CLASH_RULES.values()}
        terms: list[tuple[Literal, int]] = []
        for block in model.decisions.school.blocks:
            if model.decisions.is_free(block):
                home = model.decisions.home(block)
                for start in model.decisions.starts(block):
                    if start != home:
                        against = self._against[block.id, start] + self._in_the_way(block, start, kept)
                        terms.append((model.decisions.literal(block, start), block.length + AWAY_PRICE * against))
        if terms:
            model.cp.minimize(weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms]))

    def effort(self, block: Block, start: Period) -> int:
        """How much speaks against a start in the plan of today."""
        return self._against[block.id, start] + self._in_the_way(block, start, ())

    @cached_property
    def _against(self) -> Mapping[tuple[str, Period], int]:
        """Per block and start: whether a rule about starts speaks against it."""
        model = TimetableModel(self.school, strict=False)
        for rule in self.conditions.rules:
            if rule.id in START_RULES:
                rule.encode(model)
        found: defaultdict[tuple[str, Period], int] = defaultdict(int)
        for _rule, block, start, _amount in model.start_prices:
            found[block.id, start] += 1
        return found

    def _in_the_way(self, block: Block, start: Period, kept: Collection[tuple[Kind | None, str]]) -> int:
        """How many people and rooms of a block have something else there today that nothing keeps apart from it."""
        found = {
            meeting.resource
            for lecture, place in placed(self.school, block, start)
            for meeting in standing(self.school, self.school.as_is).in_the_way(lecture, place)
            if meeting.other not in block.lectures
        }
        return len(found.difference(kept))


def _make_literals(model: TimetableModel) -> None:
    """Make the decisions of all blocks, of whom no rule may have spoken: they are made when they are first used."""
    for block in model.decisions.school.blocks:
        for start in list(model.decisions.starts(block))[:1]:
            model.decisions.literal(block, start)
            for slot in model.decisions.school.room_slots[block.id]:
                model.decisions.room_literal(block, start, slot.room, slot.room)
