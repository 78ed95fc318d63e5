"""Run commands as a user does and measure them from outside: wall time, memory, progress."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PLAN = re.compile(r"^\d+ s .* moved \d+ ")


def command(*arguments: object) -> list[str]:
    """The command line of the environment that runs the benchmarks."""
    script = shutil.which("untisopt", path=str(Path(sys.executable).parent))
    start = [script] if script else [sys.executable, "-m", "untisopt"]
    return [*start, *map(str, arguments)]


def environment(**extra: str) -> dict[str, str]:
    """English texts, because progress lines are parsed."""
    return {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1", **extra}


def run(*arguments: object, allowed: tuple[int, ...] = (0,)) -> str:
    """Run untisopt and return what it prints."""
    done = subprocess.run(command(*arguments), capture_output=True, encoding="utf-8", env=environment(), check=False)
    if done.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command(*arguments))} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def median_seconds(action: Callable[[], object], times: int) -> float:
    """Median wall time of an action after one that does not count: it fills the caches of the system."""
    action()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


@dataclass(frozen=True)
class Repair:
    """One run of `untisopt optimise`, seen from outside.

    Parameters
    ----------
    result : dict
        The content of result.json.
    wall : float
        Seconds from the start of the process to its end.
    read, first_plan : float or None
        Seconds from the start of the process until the plan that came in is understood and judged, and until the first
        better plan; None if there was none.
    memory : int or None
        Most memory in use, in bytes; None where the system does not tell.
    verification : dict
        What `untisopt verify` says, in its machine form.
    """

    result: dict[str, Any]
    wall: float
    read: float | None
    first_plan: float | None
    memory: int | None
    verification: dict[str, Any]

    def amount(self, rules: tuple[str, ...], when: str) -> int:
        """Sum over rules, `before` or `after`; a rule that was not judged counts nothing."""
        return sum(row[when] for row in self.result["rules"] if row["rule"] in rules)


def repair(school: Path, *options: object, extra: Mapping[str, str] | None = None) -> Repair:
    """Repair a school into a temporary folder and verify the result."""
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        out = Path(folder) / "out"
        arguments = command("optimise", school, "--out", out, "--verbose", *options)
        begin = time.monotonic()
        process = subprocess.Popen(
            arguments,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(**(extra or {})),
        )
        plans, told = _watch(process, begin)
        memory = _wait(process)
        wall = time.monotonic() - begin
        if process.returncode:
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{told}")
        result = json.loads((out / "result.json").read_text(encoding="utf-8"))
        verification = json.loads(run("verify", school, out, "--json", allowed=(0, 4)))
    read, first_plan = (*plans, None, None)[:2]
    return Repair(result, wall, read, first_plan, memory, verification)


def _watch(process: subprocess.Popen[str], begin: float) -> tuple[list[float], str]:
    """Read the progress as it comes: when the plan that came in and every better plan were told, and all the text."""
    assert process.stderr is not None
    plans = []
    lines = []
    for line in process.stderr:
        lines.append(line)
        if _PLAN.search(line):
            plans.append(time.monotonic() - begin)
    return plans, "".join(lines)


def _wait(process: subprocess.Popen[str]) -> int | None:
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return int(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024)
