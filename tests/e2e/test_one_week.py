"""`--week` moves the lectures of one week and leaves no clash in the others; verify sees what a repair never does."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Untisopt


def test_the_other_weeks_stay_sound(small_school: Path, run: Untisopt, tmp_path: Path) -> None:
    out = tmp_path / "week"
    options = ("--week", "37", "--time-limit", "2", "--deterministic", "--out", out)
    assert run("optimise", small_school, *options).returncode == 0
    # Without --week: the pattern of all weeks is judged.
    found = run("verify", small_school, out)
    assert found.returncode == 0, found.stdout


def test_a_row_that_loses_its_room_is_found(small_school: Path, run: Untisopt, tmp_path: Path) -> None:
    plan = tmp_path / "lesson.txt"
    data = (small_school / "lesson.txt").read_bytes()
    assert b"\tF21\t" in data
    plan.write_bytes(data.replace(b"\tF21\t", b"\t\t", 1))
    found = run("verify", small_school, plan)
    assert found.returncode == 4
    assert "(no room)" in found.stdout
