"""The solvers by name: how each is started, always in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.measure import ROOT, environment
from benchmarks.peers import timefold
from benchmarks.peers.answer import Answer

OURS = "untisopt"
SEED = 0


@dataclass(frozen=True)
class Task:
    """What one solver has to do.

    Parameters
    ----------
    school : Path
        The export; untisopt reads it.
    instance : Path
        The same as a plain instance; the others read it.
    seconds : float
        From when the instance is in memory.
    """

    school: Path
    instance: Path
    seconds: float


@dataclass(frozen=True)
class Solver:
    """A solver.

    Parameters
    ----------
    title : str
        For tables.
    run : callable
    single : bool
        Whether it keeps one core busy only, so that two of its kind may run at a time.
    """

    title: str
    run: Callable[[Task], Answer] = field(repr=False)
    single: bool


def solvers(names: tuple[str, ...], programme: Path | None, build: Path) -> tuple[dict[str, Solver], dict[str, str]]:
    """Get solvers ready.

    Parameters
    ----------
    names : tuple of str
        Of :data:`TITLES`.
    programme : Path or None
        Folder of the Timefold programme; None: what the environment variable says.
    build : Path
        Folder for what has to be installed and compiled.

    Returns
    -------
    tuple
        Those that can run, by name in the order of :data:`TITLES`; and why the others cannot.
    """
    ready: dict[str, Solver] = {}
    skipped: dict[str, str] = {}
    for name in (name for name in TITLES if name in names):
        if name in _TIMEFOLD:
            try:
                peer = timefold.Timefold.built(programme, build)
            except timefold.NotAvailableError as error:
                skipped[name] = str(error)
                continue
            ready[name] = Solver(TITLES[name], partial(_timefold, peer, _TIMEFOLD[name]), single=True)
        else:
            ready[name] = Solver(TITLES[name], partial(_module, _MODULES[name]), single=name == "highs")
    return ready, skipped


TITLES: Mapping[str, str] = {
    OURS: "untisopt",
    "timefold": "Timefold as it comes",
    "timefold-kempe": "Timefold with Kempe chains",
    "cpsat": "plain CP-SAT",
    "highs": "plain HiGHS",
}
_MODULES = {OURS: "ours", "cpsat": "cpsat", "highs": "highs"}
_TIMEFOLD = {"timefold": timefold.AS_IT_COMES, "timefold-kempe": timefold.KEMPE}


def _timefold(peer: timefold.Timefold, how: tuple[str, ...], task: Task) -> Answer:
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        return peer.solve(task.instance, task.seconds, SEED, how, Path(folder))


def warm_up() -> None:
    """Compile untisopt's kernel where this has not happened yet; what that takes is measured elsewhere."""
    _python("ours")


def _module(module: str, task: Task) -> Answer:
    """Run a module of this package.

    Raises
    ------
    RuntimeError
        It failed; its output is in the text.
    """
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        out = Path(folder) / "answer.json"
        school = [task.school.resolve()] if module == "ours" else []
        _python(module, *school, task.instance, task.seconds, SEED, out)
        return Answer.load(out)


def _python(module: str, *arguments: object) -> None:
    command = [sys.executable, "-m", f"benchmarks.peers.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
