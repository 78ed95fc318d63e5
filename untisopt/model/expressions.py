"""Points, prices and derived literals: what rules say about decisions, whoever they concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.score import Violation
from untisopt.domain.timetable import Timetable
from untisopt.model.decisions import Decisions
from untisopt.model.literals import Literal, Values, literal_value, negated, weighted_sum


class Expressions:
    """What follows from the decisions, and what it costs.

    Parameters
    ----------
    decisions : Decisions
    strict : bool
        Whether what is not so today is forbidden rather than priced.
    before : mapping of str to sequence of Violation
        Per rule, what the plan of today breaks.
    """

    def __init__(self, decisions: Decisions, *, strict: bool, before: Mapping[str, Sequence[Violation]]) -> None:
        self.school = decisions.school
        self.decisions = decisions
        self.cp = decisions.cp
        self.strict = strict
        self._before = before
        self._points: defaultdict[str, list[tuple[Literal, int]]] = defaultdict(list)
        self.start_prices: list[tuple[str, Block, Period, int]] = []
        """Rule, block, start and amount of every start that costs points."""
        self._start_prices_added = 0
        self.forgiven: Mapping[tuple[str, Period], int] = {}
        """Amounts by block id and start that are not counted: what a planner would give up."""
        self._definitions: list[tuple[list[int], Callable[[Values], Sequence[int]]]] = []

    # -- points ------------------------------------------------------------------------------------------------------

    def before(self, rule: str) -> Sequence[Violation]:
        """What the plan of today breaks of one rule."""
        return self._before.get(rule, ())

    def add_points(self, rule: str, literal: Literal, amount: int = 1) -> None:
        """Let `amount` of a rule count if the literal holds."""
        if literal is not False and amount:
            self._points[rule].append((literal, amount))

    @property
    def _terms(self) -> Mapping[str, list[tuple[Literal, int]]]:
        for rule, block, start, amount in self.start_prices[self._start_prices_added :]:
            self.add_points(rule, self.decisions.literal(block, start), amount)
        self._start_prices_added = len(self.start_prices)
        return self._points

    def points(self, rule: str) -> cp_model.LinearExprT:
        """The raw amount of a rule as an expression."""
        terms = self._terms.get(rule, [])
        return weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms])

    def price_start(self, rule: str, block: Block, start: Period, amount: int, *, as_today: bool = True) -> None:
        """Say that a block which starts there breaks a rule by `amount`.

        In strict mode the start is forbidden, unless the block stands there today.

        Parameters
        ----------
        as_today : bool
            Whether the block, where it stands today, breaks the rule as it does today; not if its rooms are others.
        """
        amount -= self.forgiven.get((block.id, start), 0)
        if amount <= 0 or start not in self.decisions.starts(block):
            return
        new = (start != self.decisions.home(block) or not as_today) and self.decisions.is_free(block)
        if self.strict and new and start != self.decisions.current[block.lectures[0]].period:
            self.decisions.forbid(block, start)
        else:
            # The literal is asked for later, when no rule leaves out starts of the block any more.
            self.start_prices.append((rule, block, start, amount))

    def price_room(self, rule: str, block: Block, start: Period, room: str, chosen: str, amount: int) -> None:
        """Say that a block which starts there and has `chosen` where it has `room` today breaks a rule by `amount`.

        In strict mode that is forbidden, unless it is so today.
        """
        literal = self.decisions.room_literal(block, start, room, chosen)
        if amount <= 0 or literal is False:
            return
        if start == self.decisions.home(block) and chosen == room:
            self.add_points(rule, literal, amount)
        else:
            self.price_literal(rule, literal, amount)

    def price_literal(self, rule: str, literal: Literal, amount: int = 1) -> None:
        """Say that something which is not so today breaks a rule by `amount` if the literal holds.

        In strict mode it is forbidden, unless the literal is certain.
        """
        if self.strict and not isinstance(literal, bool):
            self.cp.add_bool_and(negated(literal))
        else:
            self.add_points(rule, literal, amount)

    def cap(self, literals: Sequence[Literal], amounts: Sequence[int], limit: int) -> None:
        """In strict mode: what these literals cost together may not exceed what the plan of today costs."""
        if self.strict and literals:
            self.cp.add(weighted_sum(literals, amounts) <= limit)

    # -- derived literals --------------------------------------------------------------------------------------------

    def new_bool(self, name: str, value: Callable[[Values], int]) -> cp_model.IntVar:
        """A Boolean that follows from others; `value` computes it, which completes hints and verifies scores."""
        return self.new_bools([name], lambda v: [value(v)])[0]

    def new_bools(self, names: Sequence[str], values: Callable[[Values], Sequence[int]]) -> list[cp_model.IntVar]:
        """Several Booleans that follow from others together."""
        variables = [self.cp.new_bool_var(name) for name in names]
        self._definitions.append(([variable.index for variable in variables], values))
        return variables

    def any_of(self, literals: Iterable[Literal], name: str) -> Literal:
        """A literal equivalent to 'at least one of these'; True, False or the literal itself where that is enough."""
        found = [literal for literal in literals if literal is not False]
        if any(literal is True for literal in found):
            return True
        if len(found) <= 1:
            return found[0] if found else False
        result = self.new_bool(name, lambda v: int(any(v(literal) for literal in found)))
        self.cp.add_bool_or([*found, result.negated()])
        for literal in found:
            self.cp.add_implication(literal, result)
        return result

    def all_of(self, literals: Iterable[Literal], name: str) -> Literal:
        """A literal equivalent to 'all of these'."""
        return negated(self.any_of((negated(literal) for literal in literals), name))

    def at_least_sum(self, literals: Sequence[Literal], surplus: int, name: str) -> Literal:
        """A literal that must hold if the sum of `literals` exceeds `surplus`; points make the solver keep it low."""
        certain = sum(1 for literal in literals if literal is True)
        open_ = [literal for literal in literals if literal is not True and literal is not False]
        if certain > surplus:
            return True
        if certain + len(open_) <= surplus:
            return False
        room = surplus - certain
        result = self.new_bool(name, lambda v: int(sum(v(literal) for literal in open_) > room))
        if len(open_) == room + 1:
            self.cp.add_bool_or([*(negated(literal) for literal in open_), result])
        else:
            self.cp.add(cp_model.LinearExpr.sum(list(open_)) <= room + (len(open_) - room) * result)
        return result

    def surplus(self, literals: Sequence[Literal], limit: int, name: str) -> Literal:
        """A variable that is at least by how many more than `limit` of the literals hold; points keep it low.

        False where no surplus can arise. Where it can be 1 at most it is a Boolean, else a whole number, which counts
        as often as it says in points and nowhere else.
        """
        certain = sum(1 for literal in literals if literal is True)
        open_ = [literal for literal in literals if not isinstance(literal, bool)]
        most = certain + len(open_) - limit
        if most <= 1:
            return self.at_least_sum(literals, limit, name)
        variable = self.cp.new_int_var(max(0, certain - limit), most, name)
        self._definitions.append(
            ([variable.index], lambda v: [max(0, certain + sum(v(literal) for literal in open_) - limit)])
        )
        self.cp.add(cp_model.LinearExpr.sum(list(open_)) + certain - limit <= variable)
        return variable

    def at_most(self, literals: Sequence[Literal], limit: int) -> None:
        """Let at most `limit` of the literals hold."""
        open_ = [literal for literal in literals if not isinstance(literal, bool)]
        room = limit - sum(1 for literal in literals if literal is True)
        if len(open_) <= room:
            return
        if room == 1:
            self.cp.add_at_most_one(open_)
        else:
            self.cp.add(cp_model.LinearExpr.sum(open_) <= room)

    def moved(self, block: Block) -> Literal:
        """The literal 'this block does not start where it does today'."""
        return negated(self.decisions.literal(block, self.decisions.home(block)))

    def limit_moved_lectures(self, limit: int) -> None:
        """Let at most `limit` lectures start elsewhere than today."""
        blocks = [block for block in self.school.blocks if self.decisions.is_free(block)]
        moved = weighted_sum([self.moved(block) for block in blocks], [block.length for block in blocks])
        if not isinstance(moved, int):
            self.cp.add(moved <= limit)

    def gaps(
        self, taught: Sequence[Literal], name: str, *, forbid: bool, covered: Sequence[Literal] | None = None
    ) -> list[Literal]:
        """Literals that must hold where a period of a day is free although there are lectures before and after it.

        Parameters
        ----------
        taught : sequence of Literal
            One per period of the day, in order.
        forbid : bool
            Let there be no gap at all; an empty list is returned.
        covered : sequence of Literal or None
            One per period: whether it is no gap, whatever stands before and after it; None: where something is taught.
        """
        begun = self._running(taught, f"{name} begun")
        ending = list(reversed(self._running(list(reversed(taught)), f"{name} to come")))
        found: list[Literal] = []
        for i in range(1, len(taught) - 1):
            before, here, after = begun[i - 1], (covered or taught)[i], ending[i + 1]
            if before is False or after is False or here is True:
                continue
            gap: Literal = False if forbid else self.new_bool(f"{name} gap {i}", partial(_is_gap, before, here, after))
            self.cp.add_bool_or([negated(before), negated(after), here, gap])
            found += [gap] if not forbid else []
        return found

    def _running(self, literals: Sequence[Literal], name: str) -> list[Literal]:
        """Per position: a literal that must hold if any literal up to there holds."""
        running: list[Literal] = []
        for i, literal in enumerate(literals):
            previous = running[-1] if running else False
            running.append(self.any_of((previous, literal), f"{name} {i}"))
        return running

    # -- values ------------------------------------------------------------------------------------------------------

    def assignment(self, timetable: Timetable) -> dict[int, int]:
        """The value of every variable of the model in a timetable, by index: a complete hint."""
        values = self.decisions.values_of(timetable)

        def value(literal: Literal) -> int:
            return literal_value(literal, values)

        for indices, definition in self._definitions:
            values.update(zip(indices, definition(value), strict=True))
        return values

    def evaluate(self, timetable: Timetable) -> dict[str, int]:
        """Raw amount per rule that the model gives a timetable."""
        terms = self._terms  # before the assignment: it may ask for the literals of a block for the first time
        values = self.assignment(timetable)
        return {
            rule: sum(amount * literal_value(literal, values) for literal, amount in priced)
            for rule, priced in terms.items()
        }


def _is_gap(before: Literal, here: Literal, after: Literal, value: Values) -> int:
    return int(value(before) and value(after) and not value(here))
