"""The measurements: each function takes the settings and returns plain data for results/latest.json."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measure import Repair, median_seconds, repair, run
from untisopt.demo import SIZES

TEACHER_CHANGES = ("teacher-site-changes",)
TEACHER_SHORT = ("teacher-travel",)
GRADE_SHORT = ("grade-travel",)
ALL_SHORT = TEACHER_SHORT + GRADE_SHORT

# A policy that prices nothing but the rules of the first tier, so that the solver can prove what must remain.
_ONLY_RULES = """
[rules.teacher-site-changes]
weight = 0
[rules.grade-site-changes]
weight = 0
[rules.moved-lectures]
weight = 0
[rules.changed-rooms]
weight = 0
"""


@dataclass(frozen=True)
class Settings:
    """What to measure.

    Parameters
    ----------
    size : str
        Of the demo school that is repaired, where one size is enough.
    sizes : tuple of str
        Of the demo schools, where several may be measured; empty: those that the case thinks right.
    seeds : tuple of int
        Of the demo schools.
    seconds, long_seconds : float
        Time limits; the second one for the biggest school.
    times : int
        Repetitions of short measurements; their median counts.
    folder : Path
        Where results go.
    solvers : tuple of str
        Names of the solvers to compare; empty: all.
    schools : tuple of Path
        Exports to compare them on in place of demo schools.
    pairs : bool
        Whether two solvers that keep one core busy may run at a time.
    timefold : Path or None
        Folder of the Timefold programme.
    events : int
        How many events of each type.
    """

    size: str
    sizes: tuple[str, ...]
    seeds: tuple[int, ...]
    seconds: float
    long_seconds: float
    times: int
    folder: Path
    solvers: tuple[str, ...] = ()
    schools: tuple[Path, ...] = ()
    pairs: bool = False
    timefold: Path | None = None
    events: int = 50


Data = dict[str, Any]


def start(settings: Settings) -> Data:
    """How long the program takes to say what it can do."""
    return {"help_seconds": median_seconds(lambda: run("--help"), settings.times), "times": settings.times}


def reading(settings: Settings) -> Data:
    """Reading and understanding an export: in this process, and as `untisopt check`."""
    return {settings.size: _reading(settings.size, settings.times)}


def _reading(size: str, times: int) -> Data:
    import untisopt

    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        school = _school(Path(folder), size, seed=1)
        return {
            "rows": untisopt.read(school).source.counts.rows,
            "times": times,
            "read_seconds": median_seconds(lambda: untisopt.read(school), times),
            "judge_seconds": median_seconds(lambda: untisopt.check(school), times),
            "check_seconds": median_seconds(lambda: run("check", school), times),
        }


def repairs(settings: Settings) -> Data:
    """Demo schools, repaired with the default trade-off."""
    _warm_up()
    return _repairs(settings.size, settings.seeds, settings.seconds)


def growth(settings: Settings) -> Data:
    """One demo school of every size, the biggest one again with more time."""
    from benchmarks.growth import growth as measure

    _warm_up()
    return measure(settings.sizes or SIZES, settings.seeds[0], settings.seconds, settings.long_seconds)


def peers(settings: Settings) -> None:
    """Other solvers beside untisopt; the figures are kept in a file of their own, run by run."""
    from benchmarks.peers.matrix import Plan, Store, measure
    from benchmarks.peers.solvers import TITLES

    plan = Plan(
        schools=settings.schools,
        sizes=settings.sizes or (settings.size,),
        seeds=settings.seeds,
        names=settings.solvers or tuple(TITLES),
        seconds=settings.seconds,
        pairs=settings.pairs,
        programme=settings.timefold,
    )
    measure(plan, Store(settings.folder / PEERS_FILE, machine()))


def first_run(_settings: Settings) -> Data:
    """The very first run on a machine: the kernel has to be compiled before the first improved plan."""
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        school = _school(Path(folder), "small", seed=1)
        fresh = repair(school, "--time-limit", 5, extra={"NUMBA_CACHE_DIR": str(Path(folder) / "cache")})
        again = repair(school, "--time-limit", 5, extra={"NUMBA_CACHE_DIR": str(Path(folder) / "cache")})
    return {"first_plan_seconds": fresh.first_plan, "again_seconds": again.first_plan}


def _warm_up() -> None:
    """Compile the kernel where this has not happened yet."""
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        repair(_school(Path(folder), "small", seed=1), "--time-limit", 2)


def _school(folder: Path, size: str, seed: int) -> Path:
    path = folder / f"{size}-{seed}"
    run("demo", path, "--size", size, "--seed", seed)
    return path


def _repairs(size: str, seeds: tuple[int, ...], seconds: float) -> Data:
    runs = []
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
            school = _school(Path(folder), size, seed)
            found = _figures(repair(school, "--time-limit", seconds))
            found["seed"] = seed
            if found["short_after"]:
                found["short_at_least"] = _least_short(Path(folder), school, seconds)
            runs.append(found)
            print(f"  {size}, seed {seed}: {found}", file=sys.stderr, flush=True)
    return {"size": size, "seconds": seconds, "runs": runs}


def _figures(run_: Repair) -> Data:
    result = run_.result
    classes = max(1, len(result["week_classes"]))
    broken = run_.verification["broken"]
    return {
        "lectures": result["changes"]["lectures"],
        "moved": result["changes"]["moved_lectures"],
        "site_changes_before": run_.amount(TEACHER_CHANGES, "before") / classes,
        "site_changes_after": run_.amount(TEACHER_CHANGES, "after") / classes,
        "teacher_short_before": run_.amount(TEACHER_SHORT, "before") / classes,
        "teacher_short_after": run_.amount(TEACHER_SHORT, "after") / classes,
        "grade_short_before": run_.amount(GRADE_SHORT, "before") / classes,
        "grade_short_after": run_.amount(GRADE_SHORT, "after") / classes,
        "short_after": run_.amount(ALL_SHORT, "after") / classes,
        # Too-short changes that no plan avoids, as far as it is proved.
        "short_at_least": 0,
        "newly_broken": [rule["rule"] for rule in broken],
        "sound": run_.verification["ok"],
        "status": result["status"],
        "cost_before": _in_moves(result, "before"),
        "cost_after": _in_moves(result, "after"),
        "cost_bound": _in_moves(result, "bound"),
        # Site changes of teachers that no plan avoids, however many lectures it moves.
        "site_changes_at_least": result["objective"]["least_site_changes"].get(TEACHER_CHANGES[0], 0) / classes,
        "build_seconds": result["seconds"]["build"],
        "first_plan_seconds": run_.first_plan,
        "wall_seconds": run_.wall,
        "memory_bytes": run_.memory,
    }


def _in_moves(result: Data, key: str) -> float | None:
    """Points below the first tier in units of moved lectures; None where the bound does not reach that far."""
    objective = result["objective"]
    rules = objective["rules_before" if key == "before" else "rules_after"]
    return None if objective[key] < rules else (objective[key] - rules) / objective["move_points"]


def _least_short(folder: Path, school: Path, seconds: float) -> float:
    """How many too-short changes a week are proved to be unavoidable, by a search that minimises nothing else."""
    policy = folder / "only-rules.toml"
    policy.write_text((school / "untisopt.toml").read_text(encoding="utf-8") + _ONLY_RULES, encoding="utf-8")
    found = repair(school, "--policy", policy, "--time-limit", seconds)
    if found.result["status"] != "optimal":
        return 0
    return found.amount(ALL_SHORT, "after") / max(1, len(found.result["week_classes"]))


def _from(module: str, function: str) -> Callable[[Settings], Data]:
    """A case of another module, imported when it is run."""

    def measure(settings: Settings) -> Data:
        found: Data = getattr(import_module(module), function)(settings)
        return found

    return measure


def _page_of(module: str, function: str) -> Callable[[Data], str]:
    """What shows the figures of a case as Markdown, imported when it is needed."""

    def show(data: Data) -> str:
        text: str = getattr(import_module(module), function)(data)
        return text

    return show


PEERS_FILE = "peers.json"
CASES: dict[str, Callable[[Settings], Data | None]] = {
    "start": start,
    "reading": reading,
    "first-run": first_run,
    "repair": repairs,
    "growth": growth,
    "peers": peers,
    "events": _from("benchmarks.events", "events"),
    "any-event": _from("benchmarks.any_event", "any_event"),
    "ladder": _from("benchmarks.ladder", "ladder"),
    "suggest": _from("benchmarks.suggest", "suggest"),
}
# Minutes to half an hour and more each: they run if they are asked for by name.
ONLY_BY_NAME = ("growth", "peers", "events", "any-event", "ladder", "suggest")
# Cases with a section of their own in benchmarks/README.md.
PAGES: dict[str, Callable[[Data], str]] = {
    "growth": _page_of("benchmarks.growth", "page"),
    "peers": _page_of("benchmarks.peers.report", "page"),
    "events": _page_of("benchmarks.events", "table"),
    "any-event": _page_of("benchmarks.any_event", "table"),
    "ladder": _page_of("benchmarks.ladder", "table"),
    "suggest": _page_of("benchmarks.suggest", "table"),
}
