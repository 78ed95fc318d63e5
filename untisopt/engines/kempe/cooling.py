"""How the temperature falls: geometrically at first, then slowly where the points of the plans change most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SMALLEST_WEIGHT = 0.25
"""Least time for a step, relative to the step with most: a measurement of few plans may be wrong."""
LARGEST_WEIGHT = 4.0
"""Most time for a step, relative to the median step, for the same reason."""


@dataclass(frozen=True, slots=True)
class Cooling:
    """Temperatures and when each of them is reached.

    Parameters
    ----------
    temperatures : tuple of float
        Descending, in points, at least two.
    reached : tuple of float
        Share of the time, 0..1 and ascending, after which each temperature is reached; the first is 0, the last 1.
    """

    temperatures: tuple[float, ...]
    reached: tuple[float, ...]

    @classmethod
    def geometric(cls, hot: float, cold: float) -> Cooling:
        """From hot to cold by the same factor in the same time."""
        return cls((hot, cold), (0.0, 1.0))

    @classmethod
    def measured(cls, temperatures: Sequence[float], spreads: Sequence[float]) -> Cooling:
        """At constant thermodynamic speed: the time for a step is as long as the points vary at its temperature.

        Parameters
        ----------
        temperatures : sequence of float
            Descending, at least three.
        spreads : sequence of float
            Standard deviation of the points at each of these temperatures.

        References
        ----------
        P. Salamon et al., Simulated annealing with constant thermodynamic speed, Computer Physics Communications 49
        (1988).
        """
        speeds = np.asarray(spreads, float) / np.asarray(temperatures, float)
        smooth = np.convolve(np.pad(speeds, 1, mode="edge"), (0.25, 0.5, 0.25), "valid")
        limited = np.minimum(smooth, LARGEST_WEIGHT * np.median(smooth))
        top = limited.max()
        if not top > 0:
            return cls.geometric(temperatures[0], temperatures[-1])
        weights = np.maximum(limited, SMALLEST_WEIGHT * top)
        falls = [np.log(hot / cold) for hot, cold in pairwise(temperatures)]
        steps = [(one + other) / 2 * fall for (one, other), fall in zip(pairwise(weights), falls, strict=True)]
        reached = np.concatenate(([0.0], np.cumsum(steps)))
        return cls(tuple(map(float, temperatures)), tuple(map(float, reached / reached[-1])))

    def at(self, share: float) -> float:
        """Temperature after a share of the time, 0..1."""
        return float(np.exp(np.interp(share, self.reached, np.log(self.temperatures))))
