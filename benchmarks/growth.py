"""How the cost of a repair grows with the size of the school."""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Repair, repair, run
from benchmarks.tables import seconds, table

Data = dict[str, Any]
SITE_CHANGES = ("teacher-site-changes",)
TOO_SHORT = ("teacher-travel", "grade-travel")


def growth(sizes: Sequence[str], seed: int, limit: float, long_limit: float) -> Data:
    """Repair a demo school of every size with the default trade-off, the last one again with a longer limit."""
    runs = [_measured(size, seed, limit) for size in sizes]
    if long_limit > limit:
        runs.append(_measured(sizes[-1], seed, long_limit))
    return {"seed": seed, "seconds": limit, "runs": runs}


def _measured(size: str, seed: int, limit: float) -> Data:
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        school = Path(folder) / "school"
        run("demo", school, "--size", size, "--seed", seed)
        rows = len((school / "lesson.txt").read_bytes().splitlines())
        found = {"size": size, "rows": rows, "limit": limit, **_figures(repair(school, "--time-limit", limit))}
    print(f"  {found}", file=sys.stderr, flush=True)
    return found


def _figures(run_: Repair) -> Data:
    result = run_.result
    classes = max(1, len(result["week_classes"]))
    build = result["seconds"].get("build")
    known = run_.read is not None and build is not None
    return {
        "read_seconds": run_.read,
        "build_seconds": build,
        "ready_seconds": run_.read + build if known else None,
        "first_plan_seconds": run_.first_plan,
        "memory_bytes": run_.memory,
        "lectures": result["changes"]["lectures"],
        "moved": result["changes"]["moved_lectures"],
        "site_changes_before": run_.amount(SITE_CHANGES, "before") / classes,
        "site_changes_after": run_.amount(SITE_CHANGES, "after") / classes,
        "short_before": run_.amount(TOO_SHORT, "before") / classes,
        "short_after": run_.amount(TOO_SHORT, "after") / classes,
        "cost_before": _in_moves(result["objective"], "before"),
        "cost_after": _in_moves(result["objective"], "after"),
        "sound": run_.verification["ok"],
    }


def _in_moves(objective: Data, when: str) -> float:
    """Points below the first tier, in units of moved lectures."""
    return float((objective[when] - objective[f"rules_{when}"]) / objective["move_points"])


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The p of the least-squares fit y = c * x**p, on logarithms; None for fewer than two different x.

    Examples
    --------
    >>> round(exponent([(1, 3), (2, 12), (4, 48)]), 6)
    2.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def page(data: Data) -> str:
    """The figures as Markdown, with the exponents in the last lines of the table."""
    heading = (
        "demo",
        "rows",
        "time limit",
        "ready to search",
        "most memory",
        "first better plan",
        "teacher site changes a week",
        "fewer",
        "too short a week",
        "lectures moved",
        "cost in moved lectures",
    )
    return table(heading, [*(_row(run) for run in data["runs"]), *_fits(data)]) + "\n"


def _fits(data: Data) -> Iterator[tuple[str, ...]]:
    """Exponents over all sizes, and without the smallest, for which starting the program is most of the work."""
    runs = [run_ for run_ in data["runs"] if run_["limit"] == data["seconds"]]
    for label, fitted in (("exponent of the rows", runs), (f"the same, without `{runs[0]['size']}`", runs[1:])):
        found = [exponent([(run_["rows"], run_[key]) for run_ in fitted if run_[key]]) for key in _FITTED]
        yield (label, "", "", *("-" if p is None else f"{p:.2f}" for p in found), "", "", "", "", "")


_FITTED = ("ready_seconds", "memory_bytes", "first_plan_seconds")


def _row(run_: Data) -> tuple[str, ...]:
    before, after, memory = run_["site_changes_before"], run_["site_changes_after"], run_["memory_bytes"]
    return (
        f"`{run_['size']}`",
        str(run_["rows"]),
        f"{run_['limit']:g} s",
        seconds(run_["ready_seconds"]),
        "-" if memory is None else f"{memory / 2**20:.0f} MB",
        seconds(run_["first_plan_seconds"]),
        f"{before:g} → {after:g}",
        f"{100 * (before - after) / before:.0f} %" if before else "-",
        f"{run_['short_before']:g} → {run_['short_after']:g}",
        f"{run_['moved']} of {run_['lectures']}" + ("" if run_["sound"] else ", not sound"),
        f"{run_['cost_before']:g} → {run_['cost_after']:g}",
    )
