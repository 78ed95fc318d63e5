"""What a solver hands back, in a file, because every solver runs in a process of its own."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.peers.instance import Slot

Trace = Sequence[tuple[float, int]]
"""Seconds since the instance was in memory, and the score of the best plan then; ascending in time."""


@dataclass(frozen=True)
class Answer:
    """The outcome of one run.

    Parameters
    ----------
    plan : list of Slot
        A start for every unit.
    trace : list of (float, int)
        Scores of plans that break no rule, as the solver counts them.
    bound : float or None
        No plan has a lower score; None if the solver knows nothing of the kind.
    seconds : dict of str to float
        Times worth knowing, such as `build`.
    """

    plan: list[Slot]
    trace: list[tuple[float, int]]
    bound: float | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Answer:
        """Read it from JSON."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            plan=[(day, period) for day, period in data["plan"]],
            trace=[(seconds, score) for seconds, score in data["trace"]],
            bound=data["bound"],
            seconds=data["seconds"],
        )


def score_at(trace: Trace, seconds: float) -> int | None:
    """The best score known at a time; None before the first plan."""
    index = bisect_right([when for when, _ in trace], seconds)
    return trace[index - 1][1] if index else None


def time_of(trace: Trace, score: float) -> float | None:
    """When a score was reached; None if it never was."""
    return next((when for when, found in trace if found <= score), None)


def thinned(trace: Trace, keep: int = 80) -> list[tuple[float, int]]:
    """At most `keep` points, the last of each of so many spans that are equal on a logarithmic axis."""
    if len(trace) <= keep:
        return list(trace)
    latest = max(trace[-1][0], 1e-3)
    ratio = (latest / _EARLIEST) ** (1 / (keep - 2)) if latest > _EARLIEST else 2.0
    kept: list[tuple[float, int]] = [trace[0]]
    limit = _EARLIEST
    for point, following in zip(trace[1:], [*trace[2:], None], strict=True):
        while point[0] > limit:
            limit *= ratio
        if following is None or following[0] > limit:
            kept.append(point)
    return kept


_EARLIEST = 0.01
