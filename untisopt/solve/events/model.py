"""The model of a repair with the fewest changes: strict, nothing priced but changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score, Violation
from untisopt.model.literals import Literal, negated, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import CLASH_RULES, Rule, StandIns
from untisopt.solve.events.reach import Reach, Starts
from untisopt.solve.events.rooms import Pool, PooledModel, limit_pools, pooled, pools_of

Terms = list[tuple[Literal, int]]


@dataclass(frozen=True)
class ExactModels:
    """Builds models for one event.

    Parameters
    ----------
    school : School
        After the event, with its plan of today.
    policy : Policy
    rules : sequence of Rule
        The rules of the first tier that are on and can be judged.
    before : Score
        Of the plan of today.
    reach : Reach
    """

    school: School
    policy: Policy
    rules: Sequence[Rule]
    before: Score
    reach: Reach

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """Rooms of one kind, where rooms may change and that can be said by pools."""
        return pools_of(self.school) if self.reach.prices.rooms_change else ()

    @cached_property
    def _pooled_school(self) -> School:
        return pooled(self.school, self.pools)

    def fewest_changes(self, starts: Starts, limit: int | None, *, pooled: bool = False) -> TimetableModel:
        """Minimise what changes cost; what the event hits must not stay as it is.

        Parameters
        ----------
        starts : mapping of str to frozenset of Period
            The blocks that may change, and where they may start.
        limit : int or None
            What the changes may cost.
        pooled : bool
            Leave open which rooms of a kind lectures have: a relaxation, and much smaller.
        """
        model = self._hard(starts, self.rules, pooled=pooled)
        terms = [*self._moves(model), *self._changed_rooms(model)]
        if limit is not None:
            _limit(model, terms, limit)
        model.cp.minimize(_sum(terms))
        return model

    def best_quality(self, starts: Starts, limit: int, factors: Mapping[str, int]) -> TimetableModel:
        """Minimise the points of all rules among the plans whose changes cost no more than `limit`.

        Parameters
        ----------
        factors : mapping of str to int
            Points per unit of every rule that counts, by rule id.
        """
        model = self._hard(starts, [rule for rule in self.policy.rules if rule.id in factors])
        _limit(model, [*self._moves(model), *self._changed_rooms(model)], limit)
        model.cp.minimize(cp_model.LinearExpr.sum([factor * model.points(rule) for rule, factor in factors.items()]))
        return model

    def fewest_unmet(self, starts: Starts, penalty: int, *, pooled: bool = False) -> TimetableModel:
        """Let what the event hits stay as it is, at a price that no change is worth; the plan of today is allowed.

        Parameters
        ----------
        penalty : int
            Price of a lecture that stands where it must not, or has no place.
        pooled : bool
            As for :meth:`fewest_changes`.
        """
        model = self._model(starts, pooled=pooled)
        self._encode(model, self.rules, pooled=pooled)
        unmet: Terms = []
        for block in self.reach.hits:
            stays = self._stays_unmet(model, block)
            unmet.append((stays, penalty * block.length))
        model.cp.minimize(_sum([*unmet, *self._moves(model), *self._changed_rooms(model)]))
        return model

    def _stays_unmet(self, model: TimetableModel, block: Block) -> Literal:
        """Whether a block that is hit starts at home, or has a room that it must not have."""
        home = model.decisions.home(block)
        wrong = [*self._wrong_rooms(model, block)]
        if not self.reach.allows(block, home):
            wrong.append(model.decisions.literal(block, home))
        return model.any_of(wrong, f"{block.id} is not satisfied")

    # -- the parts ---------------------------------------------------------------------------------------------------

    def most(self, rule: str) -> int:
        """How often a rule may be broken: as before, by those who break it still."""
        before, now = (by_whom(score.of(rule), self.school) for score in (self._yardstick, self.reach.now))
        return sum(min(amount, now[who]) for who, amount in before.items())

    @property
    def _yardstick(self) -> Score:
        return self.before

    def _cap(self, model: TimetableModel) -> None:
        """Let no rule be broken more often than before.

        What today's plan breaks because of the event is no yardstick, though rules take it for one; and a block that
        has one start left is no excuse for what it breaks there.
        """
        for rule in self.rules:
            points = model.points(rule.id)
            if not isinstance(points, int):
                model.cp.add(points <= self.most(rule.id))
            elif points > self.most(rule.id):
                model.cp.add_bool_or([])

    def _hard(
        self, starts: Starts, rules: Iterable[Rule], *, pooled: bool = False, capped: bool = True
    ) -> TimetableModel:
        model = self._model(starts, pooled=pooled)
        self._encode(model, rules, pooled=pooled)
        self._leave_home(model, starts)
        if capped:
            self._cap(model)
        # Of all blocks, not of those that are hit alone: nobody else may move into what the event closes.
        for block in self._free(model):
            for literal in self._wrong_rooms(model, block):
                model.cp.add_bool_and(negated(literal))
        if self.policy.max_changes is not None:
            placed = sum(block.length for block in self.school.unplaced)
            model.limit_moved_lectures(self.policy.max_changes + placed)
        return model

    def _encode(self, model: TimetableModel, rules: Iterable[Rule], *, pooled: bool) -> None:
        in_force = list(rules)
        for rule in in_force:
            # Which room of a pool is chosen is left open, so rules about rooms that may not stand in come later.
            if not (pooled and isinstance(rule, StandIns)):
                self._begin(model, rule)
                rule.encode(model)
        model.decisions.complete()
        self._tie_lessons(model)
        on = {rule.id for rule in in_force}
        if pooled and CLASH_RULES[Kind.ROOM] in on:
            limit_pools(model, self.pools, self.school.blocked if "availability" in on else {})

    def _begin(self, model: TimetableModel, rule: Rule) -> None:
        """What a model has to know before a rule is encoded: nothing here."""

    def _tie_lessons(self, model: TimetableModel) -> None:
        """Hold lessons together that have to be: as many blocks of one length start in every period."""
        for pair in self.reach.required.together:
            blocks = [self.school.blocks_of_lesson.get(lesson, ()) for lesson in pair]
            for length in {block.length for found in blocks for block in found}:
                for start in self.school.grid.starts(length):
                    one, other = (
                        [model.decisions.literal(block, start) for block in found if block.length == length]
                        for found in blocks
                    )
                    model.cp.add(cp_model.LinearExpr.sum(one) == cp_model.LinearExpr.sum(other))

    def _model(self, starts: Starts, *, pooled: bool) -> TimetableModel:
        kind, school = (PooledModel, self._pooled_school) if pooled else (TimetableModel, self.school)
        rooms_change = self.reach.prices.rooms_change
        model = kind(school, free=starts.keys(), before=self.before.by_rule, rooms_change=rooms_change)
        for block in self._free(model):
            home = model.decisions.home(block)
            for start in list(model.decisions.starts(block)):
                if start not in starts[block.id] and start != home:
                    model.decisions.exclude(block, start)
        return model

    def _leave_home(self, model: TimetableModel, starts: Starts) -> None:
        """Forbid today's start where it is not wanted.

        It is not left out: a block with one start left would be certain there, and rules forgive what is certain.
        """
        for block in self._free(model):
            home = model.decisions.home(block)
            if home not in starts[block.id]:
                literal = model.decisions.literal(block, home)
                model.cp.add_bool_or([] if literal is True else [negated(literal)])

    @staticmethod
    def _free(model: TimetableModel) -> Iterator[Block]:
        return (block for block in model.school.blocks if model.decisions.is_free(block))

    def _wrong_rooms(self, model: TimetableModel, block: Block) -> Iterator[Literal]:
        """Literals that give a block a room that the event closes."""
        for slot in self.school.room_slots[block.id]:
            # Also where the model leaves one choice: a pin may hold a room that the event closes.
            for chosen in model.decisions.room_choices(block, slot.room):
                for start in model.decisions.starts(block):
                    if not self.reach.allows_room(block, start, slot, chosen):
                        yield model.decisions.room_literal(block, start, slot.room, chosen)

    def _moves(self, model: TimetableModel) -> Iterator[tuple[Literal, int]]:
        for block in self._free(model):
            if not self.reach.is_unplaced(block):
                yield model.moved(block), self.reach.prices.of_move(self.school, block)

    def _changed_rooms(self, model: TimetableModel) -> Iterator[tuple[Literal, int]]:
        for block in self._free(model) if self.reach.prices.room else ():
            for slot in self.school.room_slots[block.id]:
                price = self.reach.prices.of_room(self.school, slot)
                for chosen in model.decisions.room_choices(block, slot.room)[1:]:
                    for start in model.decisions.starts(block):
                        yield model.decisions.room_literal(block, start, slot.room, chosen), price


def by_whom(violations: Iterable[Violation], school: School) -> Counter[Hashable]:
    """The amounts of findings by the person or room concerned, or else by the lessons.

    Not by the lectures: an event that takes one of three away leaves the finding about the other two what it was.
    """
    found: Counter[Hashable] = Counter()
    for violation in violations:
        facts = violation.facts
        lessons = sorted({school.lectures[id_].lesson for id_ in facts.lectures if id_ in school.lectures})
        found[(facts.kind, facts.name) if facts.kind is not None else tuple(lessons)] += violation.amount
    return found


def _sum(terms: Terms) -> cp_model.LinearExprT:
    return weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms])


def _limit(model: TimetableModel, terms: Terms, limit: int) -> None:
    total = _sum(terms)
    if isinstance(total, int):
        if total > limit:
            model.cp.add_bool_or([])
    else:
        model.cp.add(total <= limit)
