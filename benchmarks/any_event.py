"""Repairs after events of every kind, as a planner writes them: none crashes, each is proved, bounded or explained.

`python benchmarks/any_event.py --size ong --events 200` draws lines such as `away Arnd Mon 3-4` with a seed, repairs
the plan after each, writes the result, verifies it, and prints the figures.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script
    sys.path.insert(0, str(ROOT))

import untisopt  # noqa: E402
from benchmarks.alone import Data, Events, run_alone, told_seconds  # noqa: E402
from benchmarks.event_lines import LINES, drawn  # noqa: E402
from benchmarks.measure import run  # noqa: E402
from untisopt.engines.session import SolveOptions  # noqa: E402
from untisopt.service.events.run import RepairOptions, RepairResult, repair  # noqa: E402
from untisopt.service.reading.plan import Plan  # noqa: E402
from untisopt.service.verify.events import RepairVerifyResult, verify_repair  # noqa: E402

EVENTS = 200
"""Events in all."""
SECONDS = 10.0
"""Time limit of a repair: what a planner waits for without getting up."""
SEED = 2026

PROVED, BOUNDED, IMPOSSIBLE, OPEN = "proved", "bounded", "impossible", "open"
UNCONFIRMED = "impossible, not confirmed"
PARTIAL = "partial plan, bounded"
OUTCOMES = {
    "minimum": PROVED,
    "best-found": BOUNDED,
    "impossible": IMPOSSIBLE,
    "impossible-unconfirmed": UNCONFIRMED,
    "undecided": OPEN,
}


def any_event(settings: Events) -> Data:
    """Draw events of every kind in turn, repair after each, and gather the figures."""
    seconds = min(settings.seconds, SECONDS)
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        plans = list(_plans(Path(folder), settings.size, settings.seeds))
        runs = []
        for number, (kind, texts, plan) in enumerate(_drawn(plans, settings.events)):
            found = measure(plan, texts, seconds, Path(folder) / f"result-{number}")
            runs.append({"kind": kind, "events": texts, **found})
            print(f"  {number + 1} {runs[-1]}", file=sys.stderr, flush=True)
    return {"size": settings.size, "seconds": seconds, "seed": SEED, **summary(runs), "runs": runs}


def _plans(folder: Path, size: str, seeds: Sequence[int]) -> Iterator[Plan]:
    for seed in seeds:
        path = folder / f"{size}-{seed}"
        run("demo", path, "--size", size, "--seed", seed)
        yield untisopt.read(path)


def _drawn(plans: Sequence[Plan], count: int) -> Iterator[tuple[str, tuple[str, ...], Plan]]:
    """Every kind in turn, on every school in turn."""
    rng = Random(SEED)
    kinds = list(LINES)
    for i in range(count):
        plan = plans[(i // len(kinds)) % len(plans)]
        kind = kinds[i % len(kinds)]
        yield kind, drawn(kind, rng, plan.school), plan


def measure(plan: Plan, texts: Sequence[str], seconds: float, folder: Path) -> Data:
    """Repair after events, write the result and verify it; a crash is a figure like any other."""
    began = time.perf_counter()
    try:
        result = repair(plan, list(texts), RepairOptions(solve=SolveOptions(time_limit=seconds)))
        taken = time.perf_counter() - began
        result.write(folder)
        found = verify_repair(plan, folder / _plan_name(result), result.events)
    except Exception:  # noqa: BLE001  what crashes how often is measured here
        return {"outcome": "crash", "seconds": time.perf_counter() - began, "crash": traceback.format_exc()}
    return {
        "outcome": _outcome(result),
        "seconds": taken,
        "moved": result.moved,
        "changed_rooms": result.changed_rooms,
        "points": result.points,
        "bound": result.bound,
        "unplaced": len(result.unplaced),
        "cut": len(result.cut),
        "remaining": len(result.remaining),
        "left": result.left,
        "least_left": result.least_left,
        "least_moved": result.least_moved,
        "best": result.is_best,
        "explained": is_explained(result),
        "wrong": wrong(found),
    }


def _outcome(result: RepairResult) -> str:
    """How a repair ended; where a bound says how much every plan leaves over, that is more than nothing."""
    found = OUTCOMES[result.status]
    return PARTIAL if found in (UNCONFIRMED, OPEN) and result.least_left else found


def _plan_name(result: RepairResult) -> str:
    name = result.plan.export.timetable_file.name
    return name if name in result.files else "GPU001.TXT"


def is_explained(result: RepairResult) -> bool:
    """Whether whoever reads the result learns what is left over, and why; true where nothing is."""
    if result.status.startswith("impossible") and result.is_complete and not result.cut:
        return False
    return all(found.everywhere or any(why for _place, why in found.reasons) for found in result.unplaced)


def wrong(found: RepairVerifyResult) -> list[str]:
    """What is wrong with a result, by the check that knows neither the model nor the solver."""
    several = {"lost": found.lost, "added": found.added, "altered": found.altered}
    told = [f"{name}: {text}" for name, texts in several.items() for text in texts]
    return [*told, *(f"broken: {rule.rule} {rule.after} times, before {rule.before}" for rule in found.broken)]


# -- figures -----------------------------------------------------------------------------------------------------------


def summary(runs: Sequence[Data]) -> Data:
    """The figures of all events and of every kind."""
    kinds = dict.fromkeys(str(found["kind"]) for found in runs)
    return {
        "all": _figures(runs),
        "kinds": {kind: _figures([found for found in runs if found["kind"] == kind]) for kind in kinds},
    }


def _figures(runs: Sequence[Data]) -> Data:
    outcomes = Counter(str(found["outcome"]) for found in runs)
    seconds = sorted(float(found["seconds"]) for found in runs)
    return {
        "count": len(runs),
        "outcomes": dict(sorted(outcomes.items())),
        "crashed": outcomes["crash"],
        "wrong": sum(bool(found.get("wrong")) for found in runs),
        "not_explained": sum(not found.get("explained", True) for found in runs),
        "median_seconds": statistics.median(seconds) if seconds else None,
        "seconds_of_90_percent": seconds[-(-9 * len(seconds) // 10) - 1] if seconds else None,
        "most_seconds": max(seconds, default=None),
        "most_moved": max((found.get("moved", 0) for found in runs), default=None),
    }


COLUMNS = (
    "event",
    "drawn",
    "fewest changes proved",
    "plan and bound",
    "partial plan and bound",
    "impossible, confirmed",
    "impossible, not confirmed",
    "open",
    "crashed",
    "not verified",
    "not explained",
    "median",
    "90 % within",
    "slowest",
)


def table(data: Data) -> str:
    """The figures as a table in Markdown, all events in the last row."""
    rows = [COLUMNS, ("---",) + ("--:",) * (len(COLUMNS) - 1)]
    rows += [_row(kind, found) for kind, found in data["kinds"].items()]
    rows.append(tuple(f"**{cell}**" for cell in _row("all", data["all"])))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(name: str, found: Data) -> tuple[str, ...]:
    outcomes = (PROVED, BOUNDED, PARTIAL, IMPOSSIBLE, UNCONFIRMED, OPEN, "crash")
    return (
        name,
        str(found["count"]),
        *(str(found["outcomes"].get(outcome, 0)) for outcome in outcomes),
        str(found["wrong"]),
        str(found["not_explained"]),
        *(told_seconds(found[key]) for key in ("median_seconds", "seconds_of_90_percent", "most_seconds")),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the data where asked to."""
    return run_alone(
        arguments,
        "Events of every kind; benchmarks/README.md says what they mean.",
        any_event,
        table,
        seconds=(SECONDS, "time limit of a repair, 10 at most"),
        events=(EVENTS, f"how many in all (default: {EVENTS})"),
    )


if __name__ == "__main__":
    sys.exit(main())
