"""What the multipliers of a linear programme prove: a bound for every budget, and moves that no better plan makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from untisopt.engines.bounds.relaxation import Price, Relaxation

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
MARGIN = 1e-5
"""Rounding errors of the sums below stay far under this, in units of points."""


class Matrix:
    """The rows of a relaxation as arrays, without the two that a budget and a cap change.

    Parameters
    ----------
    relaxation : Relaxation
        Complete; its bounds of variables as they are without any fixing.
    """

    def __init__(self, relaxation: Relaxation) -> None:
        linear = relaxation.linear
        entries = linear.entries()
        self.relaxation = relaxation
        self.lower = np.array(linear.lower, np.float64)
        self.upper = np.array(linear.upper, np.float64)
        self._rows: I64 = np.array(entries.rows, np.int64)
        self._columns: I64 = np.array(entries.columns, np.int64)
        self._amounts: F64 = np.array(entries.amounts, np.float64)
        self._low = np.array([row.low for row in linear.rows], np.float64)
        self._high = np.array([row.high for row in linear.rows], np.float64)
        self._low[[relaxation.kept, relaxation.capped]] = -np.inf
        self._high[[relaxation.kept, relaxation.capped]] = np.inf

    def certificate(self, price: Price, multipliers: Sequence[float]) -> Certificate:
        """What some multipliers prove about a price, whatever they are.

        For multipliers y, costs c and rows A x between low and high, every solution costs
        c x = y A x + (c - A' y) x, which is at least what the limits of rows and variables leave of the two terms.
        """
        relaxation = self.relaxation
        y = np.array(multipliers, np.float64)
        # The plan must keep so many lectures at least, and cost the first tier so much at most.
        kept, capped = max(0.0, float(y[relaxation.kept])), min(0.0, float(y[relaxation.capped]))
        y[relaxation.kept], y[relaxation.capped] = kept, capped
        sided = np.zeros(len(y), np.bool_)
        sided[[relaxation.kept, relaxation.capped]] = True
        y[(y > 0) & ~np.isfinite(self._low) & ~sided] = 0.0
        y[(y < 0) & ~np.isfinite(self._high) & ~sided] = 0.0
        costs = np.zeros(len(self.lower), np.float64)
        costs[list(price.amounts)] = list(price.amounts.values())
        weights = self._amounts * y[self._rows]
        reduced = costs - np.bincount(self._columns, weights=weights, minlength=len(costs))
        y[sided] = 0.0
        of_rows = np.sum(y[y > 0] * self._low[y > 0]) + np.sum(y[y < 0] * self._high[y < 0])
        of_variables = np.sum(np.where(reduced > 0, reduced * self.lower, reduced * self.upper))
        constant = price.constant + float(of_rows + of_variables) - capped * relaxation.rules.constant
        return Certificate(constant, kept, capped, relaxation.lectures, reduced)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A bound as a function of the budget and of the cap on the first tier.

    Parameters
    ----------
    constant : float
    kept : float
        By how much it rises with every lecture that must stay, >= 0.
    capped : float
        By how much it changes with every unit that the first tier may cost, <= 0.
    lectures : int
        Lectures that may move.
    reduced : array of float
        Per variable: by how much the bound rises at least, per unit away from the end of its range that suits it best.
    """

    constant: float
    kept: float
    capped: float
    lectures: int
    reduced: F64

    def bound(self, budget: int | None, cap: int | None) -> float:
        """No plan within the budget that costs the first tier no more than the cap costs less than this."""
        if cap is None and self.capped < 0:
            return -np.inf
        stay = 0 if budget is None else max(0, self.lectures - budget)
        return self.constant + self.kept * stay + (0.0 if cap is None else self.capped * cap) - MARGIN

    def fixed(self, budget: int | None, cap: int | None, most: int) -> tuple[npt.NDArray[np.bool_], ...]:
        """Which variables are at the lower, and which at the upper end in every plan that costs so much at most."""
        room = most - self.bound(budget, cap)
        return self.reduced > room, self.reduced < -room
