"""Random draws that come out the same on every machine and every Python version.

Only `random.Random.random` is guaranteed to repeat between Python versions; `shuffle`, `choice` and `sample` are not.
All draws of the demo school therefore go through this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

__all__ = ["below", "chance", "pick", "shuffled"]


def below(rng: Random, limit: int) -> int:
    """Return a whole number from 0 to `limit - 1`."""
    return int(rng.random() * limit)


def pick(rng: Random, items: Sequence[T]) -> T:
    """Return one of `items`, all equally likely."""
    return items[below(rng, len(items))]


def chance(rng: Random, probability: float) -> bool:
    """Return True with the given probability (0 to 1)."""
    return rng.random() < probability


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """Return a new list with `items` in random order (Fisher-Yates)."""
    result = list(items)
    for last in range(len(result) - 1, 0, -1):
        other = below(rng, last + 1)
        result[last], result[other] = result[other], result[last]
    return result
