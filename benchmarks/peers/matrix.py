"""Measure solvers on schools, one run after another, and keep every figure as it comes."""

from __future__ import annotations

import datetime
import json
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, run
from benchmarks.peers.answer import Answer, thinned
from benchmarks.peers.export import instance_of
from benchmarks.peers.instance import Instance
from benchmarks.peers.judge import Judged, judge
from benchmarks.peers.problem import read_problem
from benchmarks.peers.solvers import OURS, Solver, Task, solvers, warm_up
from benchmarks.tables import write_text

BUILD = ROOT / "build" / "peers"
Data = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What to measure.

    Parameters
    ----------
    schools : tuple of Path
        Exports of real schools, measured in place of demo schools.
    sizes, seeds
        Of the demo schools.
    names : tuple of str
        Of the solvers.
    seconds : float
        Time limit of each run.
    pairs : bool
        Whether two solvers that keep one core busy may run at a time.
    programme : Path or None
        Folder of the Timefold programme.
    """

    schools: tuple[Path, ...]
    sizes: tuple[str, ...]
    seeds: tuple[int, ...]
    names: tuple[str, ...]
    seconds: float
    pairs: bool
    programme: Path | None


class Store:
    """Figures in a file that is written after every run.

    Parameters
    ----------
    path : Path
    machine : mapping of str to str
        Figures of another machine, or of other versions, are dropped.
    """

    def __init__(self, path: Path, machine: Mapping[str, str]) -> None:
        self._path = path
        self._lock = threading.Lock()
        earlier = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if earlier.get("machine") != dict(machine):
            earlier = {}
        self.data: Data = {
            "date": "",
            "machine": dict(machine),
            "skipped": {},
            "schools": earlier.get("schools", {}),
            "cells": earlier.get("cells", {}),
        }

    def skip(self, skipped: Mapping[str, str]) -> None:
        """Note which solvers cannot run here, and why."""
        self.data["skipped"] = dict(skipped)

    def add_school(self, name: str, about: Data) -> None:
        """Note what a school is like."""
        self.data["schools"][name] = about

    def add(self, school: str, solver: str, seconds: float, cell: Data) -> None:
        """Take in the figures of a run, in place of earlier ones of its kind."""
        with self._lock:
            self.data["date"] = datetime.date.today().isoformat()
            self.data["cells"][f"{school}/{solver}/{seconds:g}"] = cell
            write_text(self._path, json.dumps(self.data, indent=1) + "\n")


def measure(plan: Plan, store: Store) -> Data:
    """Measure every solver on every school, school by school."""
    ready, skipped = solvers(plan.names, plan.programme, BUILD)
    store.skip(skipped)
    for name, why in skipped.items():
        _say(f"{name} is left out: {why}")
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        if OURS in ready:
            warm_up()
        for name, size, seed, school in _schools(plan, Path(folder)):
            instance = instance_of(read_problem(school), name)
            path = Path(folder) / f"{name}.json"
            instance.write(path)
            store.add_school(name, _about(instance, size, seed))
            _measure_school(plan, store, ready, instance, Task(school, path, plan.seconds))
    return store.data


def _schools(plan: Plan, folder: Path) -> Iterator[tuple[str, str, int | None, Path]]:
    """Name, size, seed and export of every school."""
    for path in plan.schools:
        yield path.stem if path.is_file() else path.resolve().name, "own", None, path
    if plan.schools:
        return
    for size in plan.sizes:
        for seed in plan.seeds:
            path = folder / f"{size}-{seed}"
            run("demo", path, "--size", size, "--seed", seed)
            yield f"{size}-{seed}", size, seed, path


def _about(instance: Instance, size: str, seed: int | None) -> Data:
    before = judge(instance, instance.homes)
    return {
        "size": size,
        "seed": seed,
        "rows": instance.rows,
        "units": len(instance.units),
        "movable": instance.movable,
        "lectures": sum(unit.length for unit in instance.units),
        "pinned": dict(instance.pinned),
        "before": asdict(before) | {"score": before.score},
    }


def _measure_school(plan: Plan, store: Store, ready: Mapping[str, Solver], instance: Instance, task: Task) -> None:
    def one(name: str) -> None:
        cell = _cell(ready[name], instance, task)
        store.add(instance.name, name, plan.seconds, cell)
        _say(f"{instance.name}, {name}, {plan.seconds:g} s: {cell.get('error') or cell['score']}")

    for group in _groups(ready, pairs=plan.pairs):
        with ThreadPoolExecutor(len(group)) as pool:
            list(pool.map(one, group))


def _groups(ready: Mapping[str, Solver], *, pairs: bool) -> Iterator[tuple[str, ...]]:
    """Solvers that run at a time: one, or two of those that keep one core busy."""
    single = [name for name, solver in ready.items() if solver.single and pairs]
    yield from ((name,) for name in ready if name not in single)
    for start in range(0, len(single), 2):
        yield tuple(single[start : start + 2])


def _cell(solver: Solver, instance: Instance, task: Task) -> Data:
    """The figures of one run; a solver that fails has an error in place of them."""
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    try:
        answer = solver.run(task)
    except RuntimeError as error:
        return {"started": started, "error": str(error).strip().splitlines()[-1]}
    return {"started": started, **figures(instance, answer, task.seconds)}


def figures(instance: Instance, answer: Answer, seconds: float) -> Data:
    """Judge an answer.

    A plan that breaks a rule, or is worse than its solver says, counts as none. One that is better counts as it is:
    a solver may stop with penalties in its model that the plan does not need.
    """
    judged = judge(instance, answer.plan)
    told = answer.trace[-1][1] if answer.trace else judge(instance, instance.homes).score
    trace = [*answer.trace, (seconds, judged.score)] if judged.score < told else answer.trace
    return {
        "error": _problem(judged, told),
        "score": judged.score,
        "score_of_units": judged.score_of_units,
        "judged": asdict(judged),
        "bound": answer.bound,
        "trace": thinned(trace),
        "seconds": {"limit": seconds, **answer.seconds},
    }


def _problem(judged: Judged, told: int) -> str:
    """What is wrong with an answer; empty if nothing is."""
    if not judged.is_sound:
        return f"the plan breaks rules: {judged}"
    if told < judged.score:
        return f"the solver says {told}, the judge {judged.score}"
    return ""


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
