"""The ladder: for every budget of moved lectures the best plan, the proved bound, and what is left between them."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import run
from benchmarks.tables import table as as_table

if TYPE_CHECKING:
    from benchmarks.cases import Settings
    from untisopt.service.reading.plan import Plan
    from untisopt.solve.ladder.climb import Ladder, Rung

Data = dict[str, Any]
SECONDS = 300.0
SITE_CHANGES = ("teacher-site-changes", "grade-site-changes")
TOO_SHORT = ("teacher-travel", "grade-travel")
PROVABLE = 20
"""Budgets up to which the gap is to be 20 % at most."""


def ladder(settings: Settings) -> Data:
    """One ladder per seed of the demo school."""
    runs = []
    for seed in settings.seeds:
        with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
            school = Path(folder) / "school"
            run("demo", school, "--size", settings.size, "--seed", seed)
            found = {"seed": seed, **_climbed(school)}
        print(f"  ladder, {settings.size}, seed {seed}: {found}", file=sys.stderr, flush=True)
        runs.append(found)
    return {"size": settings.size, "seconds": SECONDS, "runs": runs}


def _climbed(school: Path) -> Data:
    import untisopt
    from untisopt.rules import judge
    from untisopt.solve.ladder.climb import climb

    plan = untisopt.read(school)
    before = judge(plan.school, plan.school.as_is, plan.policy.rules)
    options = untisopt.SolveOptions(time_limit=SECONDS)
    found = climb(plan.school, plan.policy, options, before=before)
    return {"seconds": dict(found.seconds), "rungs": [_rung(plan, found, rung) for rung in found.rungs]}


def _rung(plan: Plan, found: Ladder, rung: Rung) -> Data:
    """One step, judged anew."""
    from untisopt.domain.changes import changes
    from untisopt.rules import judge

    before = judge(plan.school, plan.school.as_is, plan.policy.rules)
    score = judge(plan.school, rung.timetable, plan.policy.rules)
    moved = sum(move.changes_period for move in changes(plan.school.as_is, rung.timetable))
    if score.newly_broken(before) or (rung.budget is not None and moved > rung.budget):
        raise RuntimeError(f"the plan for {rung.budget} moved lectures is none: {score.newly_broken(before)}, {moved}")
    classes = len(plan.school.week_classes)
    unit = max(found.factors.get(rule, 0) for rule in TOO_SHORT) * classes
    return {
        "budget": rung.budget,
        "moved": moved,
        "too_short": sum(score.amount(rule) for rule in TOO_SHORT) / classes,
        "site_changes": sum(score.amount(rule) for rule in SITE_CHANGES) / classes,
        "too_short_at_least": rung.bound // unit if unit else 0,
        "points": rung.points,
        "bound": rung.bound,
        "gap": rung.gap,
        "proved": rung.proved,
    }


def table(data: Data) -> str:
    """The ladders as Markdown: a line that sums up, and a table per seed."""
    return "\n\n".join(part for found in data["runs"] for part in _page(data, found)) + "\n"


def _page(data: Data, found: Data) -> Iterator[str]:
    rungs = found["rungs"]
    small = [rung["gap"] for rung in rungs if rung["budget"] is not None and rung["budget"] <= PROVABLE]
    widest = f"{max(small):.0%}, median {statistics.median(small):.0%}" if small else "-"
    yield (
        f"Demo school `{data['size']}`, seed {found['seed']}, {data['seconds']:g} s for the whole ladder: "
        f"{len(rungs)} budgets, widest gap for budgets up to {PROVABLE}: {widest}."
    )
    heading = ("budget", "moved", "too short", "site changes", "points", "bound", "gap")
    rows = [
        (
            "any" if rung["budget"] is None else str(rung["budget"]),
            str(rung["moved"]),
            f"{rung['too_short']:g}, at least {rung['too_short_at_least']:g}",
            f"{rung['site_changes']:g}",
            str(rung["points"]),
            str(rung["bound"]),
            "proved" if rung["proved"] else f"{rung['gap']:.1%}",
        )
        for rung in rungs
    ]
    yield as_table(heading, rows)
