"""Literals of the model: Booleans of CP-SAT, their negations, and the constants True and False."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model, cp_model_helper

Literal: TypeAlias = cp_model_helper.Literal | bool
Values = Callable[[Literal], int]


def identity(literal: Literal) -> int:
    """A key by which equal literals are recognised."""
    return -1 if isinstance(literal, bool) else literal.index


def negated(literal: Literal) -> Literal:
    """The opposite of a literal."""
    return not literal if isinstance(literal, bool) else literal.negated()


def literal_value(literal: Literal, values: Mapping[int, int]) -> int:
    """Value of a literal under an assignment by variable index; a negated literal has a negative index."""
    if isinstance(literal, bool):
        return int(literal)
    index = literal.index
    return values[index] if index >= 0 else 1 - values[-index - 1]


def weighted_sum(literals: Sequence[Literal], amounts: Sequence[int]) -> cp_model.LinearExprT:
    """Sum of literals times amounts, constants folded."""
    pairs = list(zip(literals, amounts, strict=True))
    constant = sum(amount for literal, amount in pairs if literal is True)
    open_ = [(literal, amount) for literal, amount in pairs if not isinstance(literal, bool)]
    if not open_:
        return constant
    return cp_model.LinearExpr.weighted_sum([x for x, _ in open_], [a for _, a in open_]) + constant
