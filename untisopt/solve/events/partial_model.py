"""The model of a plan in which lectures may be without a place, and rules remain broken, at a price."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.events import Cut
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Violation
from untisopt.domain.timetable import Timetable
from untisopt.errors import InternalError
from untisopt.model.literals import Literal, Values, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.model.whereabouts import Aspect, WeekGroup
from untisopt.rules import Rule, judge
from untisopt.solve.events.model import ExactModels, Terms, by_whom
from untisopt.solve.events.reach import Starts

SHORT_DAYS = frozenset(("grade-least-per-day", "teacher-least-per-day", "grade-core-time", "teacher-core-time"))
"""What these find is what a lecture without a place leaves behind; limits from above do not count it any more."""
NONE = Period(0, -1)
"""No block starts there."""


class PartialModel(TimetableModel):
    """A model in which lectures that are taken off the plan leave no gap where they stood.

    It notes who breaks a rule by what, where the rule allows everybody what they break today and no more.
    """

    excused: Mapping[tuple[Resource, Period], list[tuple[Block, Period]]]
    capped: dict[str, set[Resource]]
    """By rule: whose findings are limited by those of today."""
    terms: dict[tuple[str, Resource], Terms]
    """By rule and person: what counts."""
    _in_force: str = ""
    _asked: Sequence[Literal] = ()
    """Of the periods that were asked for since the last gaps: whether they are no gap."""
    _rule: str = ""
    _whom: Resource | None = None
    _has_asked: bool = False

    def before(self, rule: str) -> Sequence[Violation]:
        """What the plan of today breaks of one rule; rules that limit it by person begin with that."""
        self._whom = None
        return super().before(rule)

    def week_groups(self, resource: Resource, by: Aspect = "courses") -> tuple[WeekGroup, ...]:
        """The kinds of weeks of somebody; rules ask for them before they speak of them."""
        self._whom, self._has_asked = resource, True
        return super().week_groups(resource, by)

    def add_points(self, rule: str, literal: Literal, amount: int = 1) -> None:
        """Let `amount` of a rule count if the literal holds."""
        super().add_points(rule, literal, amount)
        if rule != self._rule and not self._has_asked:
            self._whom = None  # another rule, which does not speak of the same person
        self._rule, self._has_asked = rule, False
        if self._whom is not None and literal is not False and amount:
            self.terms.setdefault((rule, self._whom), []).append((literal, amount))

    def cap(self, literals: Sequence[Literal], amounts: Sequence[int], limit: int) -> None:
        """What these literals cost together may not exceed what the plan of today costs."""
        super().cap(literals, amounts, limit)
        if literals and self._whom is not None:
            self.capped.setdefault(self._rule, set()).add(self._whom)

    def surplus_of(self, rule: str, limits: Mapping[Resource, int], most: int) -> cp_model.LinearExprT:
        """How much more of a rule counts than may: for single people, or for all of them together.

        Parameters
        ----------
        rule : str
        limits : mapping of (Kind, str) to int
            How much may count for whom.
        most : int
            How much may count in all.
        """
        together = self._terms.get(rule, [])
        own = [(self.terms.get((rule, whom), []), limit) for whom, limit in limits.items()]

        def values(value: Values) -> list[int]:
            each = [max(0, _amount(terms, value) - limit) for terms, limit in own]
            return [*each, max(0, _amount(together, value) - most - sum(each))]

        variables = [
            self.cp.new_int_var(0, max(0, sum(amount for _, amount in terms) - limit), f"{rule} remains {i}")
            for i, (terms, limit) in enumerate([*own, (together, most)])
        ]
        self._definitions.append(([variable.index for variable in variables], values))
        for variable, (terms, limit) in zip(variables, own, strict=False):
            self.cp.add(weighted_sum([literal for literal, _ in terms], [a for _, a in terms]) <= limit + variable)
        surplus = cp_model.LinearExpr.sum(variables)
        self.cp.add(self.points(rule) <= most + surplus)
        return surplus

    def begin(self, rule: str) -> None:
        """Note which rule speaks from now on."""
        self._in_force, self._asked = rule, ()

    def occupied(self, resource: Resource, week_class: int, period: Period) -> Literal:
        """Whether a resource has something in a period; where days are too short, also what is now off the plan."""
        taught = super().occupied(resource, week_class, period)
        covered = self._covered(taught, resource, week_class, period)
        self._asked = (*self._asked, covered)
        return covered if self._in_force in SHORT_DAYS else taught

    def _covered(self, taught: Literal, resource: Resource, week_class: int, period: Period) -> Literal:
        """Whether a resource has something in a period, or had there what is now taken off the plan."""
        absent = [self.decisions.literal(block, start) for block, start in self.excused.get((resource, period), ())]
        name = f"{resource[1]} has or had {period.day}.{period.number} in {week_class}"
        return self.any_of([taught, *absent], name) if absent else taught

    def gaps(
        self, taught: Sequence[Literal], name: str, *, forbid: bool, covered: Sequence[Literal] | None = None
    ) -> list[Literal]:
        """Gaps, but none where something has been taken off the plan; nor does that make one at the edge of a day."""
        asked, self._asked = self._asked, ()
        if len(asked) == len(taught):
            covered = [True if known is True else had for known, had in zip(covered or taught, asked, strict=True)]
        return super().gaps(taught, name, forbid=forbid, covered=covered)


@dataclass(frozen=True)
class PartialModels(ExactModels):
    """Builds the models.

    Parameters
    ----------
    original : Score
        What was broken before the event: what is broken more often counts.
    nowhere : mapping of str to Period
        Blocks that may be without a place, and where they stand then.
    excused : frozenset of str
        Ids of those of them that leave no gap.
    tolerated : tuple of Violation
        What may remain broken; `before` holds it as well.
    """

    original: Score
    nowhere: Mapping[str, Period] = field(default_factory=dict)
    excused: frozenset[str] = frozenset()
    tolerated: tuple[Violation, ...] = ()

    @property
    def _yardstick(self) -> Score:
        return self.original

    def partial(self, starts: Starts, penalty: int) -> PartialModel:
        """Minimise the lectures without a place, and what remains broken, then what changes cost."""
        model = self._hard(starts, self.rules, capped=False)
        if not isinstance(model, PartialModel):
            raise InternalError("a model of another kind")
        blocks = [block for block in self._free(model) if block.id in self.nowhere]
        terms = [(self._off(model, block), penalty * block.length) for block in blocks]
        for cut in self.reach.required.cuts:
            self._limit_cut(model, cut)
        remaining = [penalty * self._surplus(model, rule) for rule in {v.rule: None for v in self.tolerated}]
        terms += [*self._moves(model), *self._changed_rooms(model)]
        costs = weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms])
        model.cp.minimize(cp_model.LinearExpr.sum([costs, *remaining]))
        return model

    def _begin(self, model: TimetableModel, rule: Rule) -> None:
        if isinstance(model, PartialModel):
            model.begin(rule.id)

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
            # More than that may have to leave, because somebody is away as well: each of them costs.
            model.cp.add(off >= cut.fewer)
        if cut.most is not None:
            for week_class in range(len(self.school.week_classes)):
                held = [(b, n) for b, n in own if _is_held(self.school, b, week_class)]
                off = weighted_sum([self._off(model, block) for block, _ in held], [periods for _, periods in held])
                model.cp.add(off >= sum(periods for _, periods in held) - cut.most)

    def _surplus(self, model: PartialModel, rule: str) -> cp_model.LinearExprT:
        """How much more of a rule is broken than before the event: by those whom it limits one by one, or by all."""
        before = by_whom(self.original.of(rule), self.school)
        limits = {whom: before[whom] for whom in sorted(model.capped.get(rule, ()))}
        return model.surplus_of(rule, limits, self.most(rule))

    def surplus_in(self, timetable: Timetable, capped: Mapping[str, Collection[Resource]]) -> int:
        """The same of a plan; `capped` is that of the model in which it was found."""
        found = judge(self.school, timetable, self.rules)
        total = 0
        for rule in {v.rule: None for v in self.tolerated}:
            before, now = (by_whom(score.of(rule), self.school) for score in (self.original, found))
            each = sum(max(0, now[whom] - before[whom]) for whom in capped.get(rule, ()))
            total += max(each, found.amount(rule) - self.most(rule))
        return total

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
        model = PartialModel(
            self.school,
            current=current,
            free=starts.keys(),
            before=self.before.by_rule,
            rooms_change=self.reach.prices.rooms_change,
        )
        model.excused, model.capped, model.terms = self._holes(), {}, {}
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


def _amount(terms: Terms, value: Values) -> int:
    return sum(amount * value(literal) for literal, amount in terms)


def _is_held(school: School, block: Block, week_class: int) -> bool:
    return bool(school.class_mask(school.lectures[block.lectures[0]].weeks) >> week_class & 1)
