"""Timefold Solver, as it comes and with Kempe chains: runs a Java programme that is not part of this repository.

The programme's folder holds `build.sh` and `run.sh`; its path comes from an option or from UNTISOPT_TIMEFOLD_PEER. The
solver itself is in the jars of the PyPI package `timefold`, which gets an environment of its own under `build/peers`;
compiling and running needs a JDK 17.

The programme counts moved blocks and notes its score in ever longer steps. A copy of it is changed in three places, so
that it minimises moved lectures as the others do and its score over time is known finely.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.answer import Answer

VARIABLE = "UNTISOPT_TIMEFOLD_PEER"
PACKAGE = "timefold==1.24.0b0"
AS_IT_COMES = ("default", "default")
KEMPE = ("sa:0hard/100soft", "kempe", "-Dkempemax=8", "-Dcalc=inc")
# File, text that must be there, text in its place.
_CHANGES = (
    (
        "Constraints.java",
        "penalize(HardSoftScore.ofSoft(Plan.WC))",
        "penalize(HardSoftScore.ofSoft(Plan.WC), u -> u.len)",
    ),
    ("Incremental.java", "if (s != u.original) changed++;", "if (s != u.original) changed += u.len;"),
    ("Incremental.java", "if (s != u.original) changed--;", "if (s != u.original) changed -= u.len;"),
    ("Main.java", "next[0] = Math.max(t * 1.6, 0.5);", "next[0] = Math.max(t * 1.03, 0.05);"),
)
_POINT = re.compile(r"([\d.]+)s (-?\d+)hard/(-?\d+)soft")


class NotAvailableError(Exception):
    """A peer cannot run on this machine; the text says what it needs."""


@dataclass(frozen=True)
class Timefold:
    """The programme, compiled.

    Parameters
    ----------
    source : Path
        The changed copy of its folder.
    classes : Path
        Where it is compiled to.
    """

    source: Path
    classes: Path

    @classmethod
    def built(cls, source: Path | None, build: Path) -> Timefold:
        """Copy it, change it, compile it; where this has happened already, only check it.

        Parameters
        ----------
        source : Path or None
            Folder of the programme; None: what the environment variable says.
        build : Path
            Folder for the environment with the jars, for the copy and for the classes.

        Raises
        ------
        NotAvailableError
            The programme, Java, or the package is not there.
        """
        named = source or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
        if named is None:
            raise NotAvailableError(f"needs the Timefold programme: name its folder with --timefold or {VARIABLE}")
        if not (named / "build.sh").is_file():
            raise NotAvailableError(f"{named.name} holds no Timefold programme: build.sh is missing")
        if not shutil.which("java") or not shutil.which("javac"):
            raise NotAvailableError("needs a JDK 17: java and javac")
        peer = cls((build / "timefold-source").resolve(), (build / "timefold-classes").resolve())
        _copy_changed(named, peer.source)
        _run("sh", peer.source / "build.sh", peer.classes, _environment(build.resolve() / "venv"))
        return peer

    def solve(self, instance: Path, seconds: float, seed: int, how: tuple[str, ...], scratch: Path) -> Answer:
        """Search for so many seconds, counted from when the instance is in memory.

        Parameters
        ----------
        how : tuple of str
            Algorithm, moves, and Java properties: :data:`AS_IT_COMES` or :data:`KEMPE`.

        Raises
        ------
        RuntimeError
            The programme failed; its output is in the text.
        """
        algorithm, moves, *properties = how
        out = scratch / "timefold.json"
        whole = max(1, round(seconds))
        arguments = (self.classes, instance, whole, algorithm, moves, seed, out, *properties)
        told = _run("sh", self.source / "run.sh", *arguments)
        plan = [(day, period) for day, period in json.loads(out.read_text(encoding="utf-8"))]
        wall = re.search(r"wall=([\d.]+)", told)
        return Answer(plan=plan, trace=trace_of(told), seconds={"total": float(wall.group(1))} if wall else {})


def trace_of(told: str) -> list[tuple[float, int]]:
    """Scores over time from the line `trace` of the programme; plans with clashes are left out."""
    line = next((line for line in told.splitlines() if line.startswith("trace ")), "")
    trace: list[tuple[float, int]] = []
    for when, hard, soft in _POINT.findall(line):
        if int(hard) == 0 and (not trace or -int(soft) < trace[-1][1]):
            trace.append((float(when), -int(soft)))
    return trace


def _copy_changed(source: Path, copy: Path) -> None:
    """Copy the programme and change it.

    Raises
    ------
    NotAvailableError
        A place that is to be changed is not there.
    """
    shutil.rmtree(copy, ignore_errors=True)
    # Contents only: the folder may be read-only.
    for path in (found for found in source.rglob("*") if found.is_file()):
        target = copy / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for name, old, new in _CHANGES:
        path = copy / "src" / "school" / name
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise NotAvailableError(f"{source.name} is another version of the Timefold programme: {name} lacks {old}")
        path.write_text(text.replace(old, new), encoding="utf-8")


def _environment(folder: Path) -> Path:
    """The interpreter of an environment that holds the package; made if need be.

    Raises
    ------
    NotAvailableError
        The package cannot be installed.
    """
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    try:
        if not python.exists():
            _run(sys.executable, "-m", "venv", folder)
        if not any(folder.glob("**/timefold/solver/jars")):
            _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", PACKAGE)
    except RuntimeError as error:
        raise NotAvailableError(f"the package {PACKAGE} cannot be installed: {error}") from error
    return python.absolute()


def _run(*arguments: object) -> str:
    done = subprocess.run(list(map(str, arguments)), capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr}{done.stdout}")
    return done.stdout
