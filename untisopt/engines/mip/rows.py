"""A CP-SAT model of Booleans as rows of a linear programme in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ortools.math_opt import model_pb2  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from untisopt.errors import InternalError

INFINITY = float("inf")
HUGE = 1 << 62
"""CP-SAT writes 'no limit' as the largest or smallest 64-bit number."""


class Row(NamedTuple):
    """`low <= sum of coefficients times variables <= high`; a variable may occur more than once."""

    variables: Sequence[int]
    coefficients: Sequence[int]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Entries:
    """The coefficients that are not 0, by row and column.

    Parameters
    ----------
    count : int
        Rows of the model.
    rows, columns : list of int
    amounts : list of float
    """

    count: int
    rows: list[int]
    columns: list[int]
    amounts: list[float]


@dataclass(slots=True)
class LinearModel:
    """Rows over variables 0 .. n - 1 and an objective to minimise.

    Parameters
    ----------
    lower, upper : list of float
        Bounds per variable, all of them whole numbers.
    rows : list of Row
    objective : dict of int to int
        Coefficient per variable; those that are not in it cost nothing.
    offset : int
        Constant of the objective.
    continuous : set of int
        Variables that need not be whole numbers.
    """

    lower: list[float]
    upper: list[float]
    rows: list[Row] = field(default_factory=list)
    objective: dict[int, int] = field(default_factory=dict)
    offset: int = 0
    continuous: set[int] = field(default_factory=set)
    _entries: Entries | None = field(default=None, init=False, repr=False)

    def add_continuous(self) -> int:
        """Add a variable from 0 to 1 that need not be whole."""
        self.lower.append(0.0)
        self.upper.append(1.0)
        self.continuous.add(len(self.lower) - 1)
        return len(self.lower) - 1

    def add(self, terms: Sequence[tuple[int, int]], low: float, high: float) -> int:
        """Add a row of variables with their coefficients; its index."""
        self.rows.append(Row([column for column, _ in terms], [amount for _, amount in terms], low, high))
        return len(self.rows) - 1

    def completed(self, values: Mapping[int, int]) -> dict[int, int]:
        """An assignment together with the variables that have no choice.

        Raises
        ------
        InternalError
            It leaves a variable out or breaks a row. A solver would repair it with a search of its own, and what it
            says about bounds meanwhile is not about this model.
        """
        fixed = {i: int(low) for i, (low, high) in enumerate(zip(self.lower, self.upper, strict=True)) if low == high}
        found = {**fixed, **values}
        missing = len(self.lower) - len(found)
        if missing:
            raise InternalError(f"an assignment leaves {missing} variables of a model out")
        for row in self.rows:
            total = sum(a * found[v] for v, a in zip(row.variables, row.coefficients, strict=True))
            if not row.low <= total <= row.high:
                raise InternalError(f"an assignment breaks {row}: {total}")
        return found

    def value(self, values: Mapping[int, int]) -> int:
        """Objective of an assignment of all variables."""
        return self.offset + sum(amount * values[column] for column, amount in self.objective.items())

    def entries(self) -> Entries:
        """All coefficients: computed once and again after rows were added."""
        if self._entries is None or self._entries.count != len(self.rows):
            found = [(i, column, amount) for i, row in enumerate(self.rows) for column, amount in _entries(row)]
            self._entries = Entries(
                len(self.rows), [i for i, _, _ in found], [c for _, c, _ in found], [float(a) for _, _, a in found]
            )
        return self._entries

    def proto(self, *, relaxed: bool = False) -> model_pb2.ModelProto:
        """The model in the form that MathOpt takes; relaxed: no variable need be whole."""
        proto = model_pb2.ModelProto()
        count = len(self.lower)
        proto.variables.ids.extend(range(count))
        proto.variables.lower_bounds.extend(self.lower)
        proto.variables.upper_bounds.extend(self.upper)
        proto.variables.integers.extend(not relaxed and column not in self.continuous for column in range(count))
        proto.objective.offset = self.offset
        columns = sorted(column for column, amount in self.objective.items() if amount)
        proto.objective.linear_coefficients.ids.extend(columns)
        proto.objective.linear_coefficients.values.extend(self.objective[column] for column in columns)
        proto.linear_constraints.ids.extend(range(len(self.rows)))
        proto.linear_constraints.lower_bounds.extend(row.low for row in self.rows)
        proto.linear_constraints.upper_bounds.extend(row.high for row in self.rows)
        entries = self.entries()
        proto.linear_constraint_matrix.row_ids.extend(entries.rows)
        proto.linear_constraint_matrix.column_ids.extend(entries.columns)
        proto.linear_constraint_matrix.coefficients.extend(entries.amounts)
        return proto


def _entries(row: Row) -> list[tuple[int, int]]:
    """Column and coefficient, each column once, ascending."""
    found: dict[int, int] = {}
    for column, amount in zip(row.variables, row.coefficients, strict=True):
        found[column] = found.get(column, 0) + amount
    return sorted((column, amount) for column, amount in found.items() if amount)


def linear_model(cp: cp_model.CpModel) -> LinearModel:
    """Translate a CP-SAT model.

    Raises
    ------
    InternalError
        The model says something that has no translation here.
    """
    proto = cp.proto
    bounds = [_interval(variable.domain) for variable in proto.variables]
    model = LinearModel([low for low, _ in bounds], [high for _, high in bounds])
    for constraint in proto.constraints:
        model.rows += _rows(constraint, bounds)
    if proto.has_objective():
        if proto.objective.scaling_factor not in (0.0, 1.0):
            raise InternalError(f"an objective scaled by {proto.objective.scaling_factor} has no linear form here")
        model.offset = round(proto.objective.offset)
        for literal, amount in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
            column, sign, constant = _term(literal)
            model.objective[column] = model.objective.get(column, 0) + sign * amount
            model.offset += constant * amount
    return model


def _interval(domain: Sequence[int]) -> tuple[float, float]:
    if len(domain) != 2:
        raise InternalError(f"the domain {list(domain)} has no linear form here")
    low, high = domain
    return (-INFINITY if low <= -HUGE else low), (INFINITY if high >= HUGE else high)


def _term(literal: int) -> tuple[int, int, int]:
    """Column, sign and constant of a literal: the negation of variable `x` is written `-x - 1` and worth `1 - x`."""
    return (literal, 1, 0) if literal >= 0 else (-literal - 1, -1, 1)


def _sum(literals: Iterable[int], low: float, high: float) -> Row:
    """So many of the literals hold."""
    terms = [_term(literal) for literal in literals]
    constant = sum(constant for *_, constant in terms)
    return Row([column for column, *_ in terms], [sign for _, sign, _ in terms], low - constant, high - constant)


def _not(literal: int) -> int:
    return -literal - 1


def _rows(constraint: Any, bounds: Sequence[tuple[float, float]]) -> Iterator[Row]:
    conditions = list(constraint.enforcement_literal)
    spared = [_not(literal) for literal in conditions]
    if constraint.has_bool_or():
        yield _sum([*spared, *constraint.bool_or.literals], 1, INFINITY)
    elif constraint.has_bool_and():
        for literal in constraint.bool_and.literals:
            yield _sum([*spared, literal], 1, INFINITY)
    elif constraint.has_linear():
        yield from _linear(constraint.linear, conditions, bounds)
    elif constraint.has_at_most_one() and not conditions:
        yield _sum(constraint.at_most_one.literals, -INFINITY, 1)
    elif constraint.has_exactly_one() and not conditions:
        yield _sum(constraint.exactly_one.literals, 1, 1)
    else:
        raise InternalError(f"a constraint has no linear form here: {constraint}")


def _linear(linear: Any, conditions: Sequence[int], bounds: Sequence[tuple[float, float]]) -> Iterator[Row]:
    low, high = _interval(linear.domain)
    columns, amounts = list(linear.vars), list(linear.coeffs)
    if not conditions:
        yield Row(columns, amounts, low, high)
        return
    # Where a condition does not hold, the row gives way as far as it can ever be needed.
    ends = [sorted((a * bounds[v][0], a * bounds[v][1])) for v, a in zip(columns, amounts, strict=True)]
    least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
    terms = [_term(condition) for condition in conditions]
    spare = sum(1 - constant for *_, constant in terms)  # literals not negated: their conditions fail by 1 - x
    for limit, extreme, upper in ((high, most, True), (low, least, False)):
        slack = extreme - limit
        if (slack <= 0) if upper else (slack >= 0):
            continue
        if abs(slack) == INFINITY:
            raise InternalError("a row with a condition needs limited variables")
        give = int(slack)
        # sum <= high + give * (conditions that fail), and likewise below.
        row = [*columns, *(column for column, *_ in terms)], [*amounts, *(sign * give for _, sign, _ in terms)]
        reach = limit + give * spare
        yield Row(*row, -INFINITY, reach) if upper else Row(*row, reach, INFINITY)
