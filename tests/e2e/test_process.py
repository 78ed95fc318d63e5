"""The process itself: start-up, what is loaded, exit codes, Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, environment
from tests.unit.service.exports import write_export

HEAVY = {"ortools", "pandas", "numpy", "numba"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to one process")

# A search that never ends by itself and reports that it has begun.
ENDLESS = """
import sys, time
from types import ModuleType
from tests.unit.service.exports import solver_that_moves
from untisopt.cli import main

def repair(*args, should_stop, **options):
    print("searching", file=sys.stderr, flush=True)
    while not should_stop() or {deaf}:
        time.sleep(0.01)
    return solver_that_moves({{}})(*args, should_stop=should_stop, **options)

sys.modules["untisopt.solve.optimise.search"] = module = ModuleType("untisopt.solve.optimise.search")
module.repair = repair
main()
"""


def _loaded(*arguments: object) -> set[str]:
    """Top-level names of the modules that a command loads."""
    code = f"import sys; sys.argv[1:] = {[str(a) for a in arguments]!r}\nfrom untisopt.cli import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment(), cwd=ROOT
    )
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("command", ["--help", "--version", "rules"])
def test_light_commands(command):
    loaded = _loaded(command)
    assert "click" in loaded
    assert not loaded & HEAVY


def test_reading_commands_load_no_solver_and_no_tables(tmp_path):
    before, after = write_export(tmp_path / "before"), write_export(tmp_path / "after")
    for arguments in (
        ("check", before),
        ("check", before, "--json"),
        ("diff", before, after),
        ("verify", before, after),
    ):
        assert not _loaded(*arguments) & HEAVY


def test_help_starts_at_once(run):
    # The promise is 0.25 s on a quiet machine; a busy one gets the best of three tries and some air.
    times = []
    for _try in range(3):
        begin = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.5


def test_exit_codes(run, tmp_path, small_school):
    assert run("check", small_school).returncode == 0
    assert run("check", small_school, "--strict").returncode == 4
    assert run("nonsense").returncode == 2
    assert run("check", tmp_path / "nothing").returncode == 3
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "full").touch()
    assert run("optimise", small_school, "--out", tmp_path / "out").returncode == 1


def _start(tmp_path: Path, *, deaf: bool = False) -> subprocess.Popen[str]:
    lesson = write_export(tmp_path / "school")
    code = ENDLESS.format(deaf=deaf)
    process = subprocess.Popen(
        [sys.executable, "-c", code, "optimise", str(lesson)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "searching\n"
    return process


@posix
def test_ctrl_c_keeps_the_best_plan(tmp_path):
    process = _start(tmp_path)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Stopping" in errors
    assert "You ended the search" in output
    assert (tmp_path / "school" / "untisopt-result" / "lesson.txt").is_file()


@posix
def test_second_ctrl_c_writes_nothing(tmp_path):
    # The search does not even listen, as a solver deep in its presolve.
    process = _start(tmp_path, deaf=True)
    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    assert "Stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "nothing was written" in errors
    assert output == ""
    assert not (tmp_path / "school" / "untisopt-result").exists()


@posix
@pytest.mark.slow
def test_ctrl_c_in_the_real_solver(small_school, tmp_path):
    """Stop in the first half of the search (chains) and in the second (CP-SAT)."""
    for seconds in (3, 9):
        out = tmp_path / str(seconds)
        command = [sys.executable, "-m", "untisopt", "optimise", str(small_school), "--out", str(out)]
        process = subprocess.Popen(
            [*command, "--time-limit", "15", "--seed", "1"], stdout=subprocess.PIPE, text=True, env=environment()
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        output, _errors = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "You ended the search" in output
        assert (out / "report.txt").is_file()
