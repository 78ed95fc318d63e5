"""A ladder of repairs with the real search."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.conftest import environment
from tests.result_files import RESULT, without_input
from untisopt import verify

LADDER = {"ladder.csv", "ladder.svg", "ladder.json", "ladder.txt"}
OPTIONS = ("minimum", "recommended", "best")
SEARCH = ("--time-limit", "4", "--deterministic", "--workers", "1")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def climbed(small_school, tmp_path_factory) -> Path:
    """The ladder of the small demo school with its three options."""
    out: Path = tmp_path_factory.mktemp("ladder") / "out"
    command = [sys.executable, "-m", "untisopt", "ladder", str(small_school), "--out", str(out), "--write", "all"]
    done = subprocess.run(
        [*command, *SEARCH], capture_output=True, encoding="utf-8", env=environment(), timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def data(climbed):
    return json.loads((climbed / "ladder.json").read_text("utf-8"))


def test_files(climbed):
    assert without_input(_bytes(climbed)) == LADDER | {f"{option}/{name}" for option in OPTIONS for name in RESULT}
    ElementTree.fromstring((climbed / "ladder.svg").read_text("utf-8"))


def test_steps_rise_and_bounds_hold(data):
    steps = data["steps"]
    assert steps[0]["budget"] == steps[0]["moved"] == 0
    budgets = [step["budget"] for step in steps[:-1]]
    assert budgets == sorted(set(budgets))
    assert steps[-1]["budget"] is None
    assert all(step["moved"] <= step["budget"] for step in steps[:-1])
    # The more may move, the better the plan; no bound is above a plan, nor above that of a smaller budget.
    points, bounds = [step["points"] for step in steps], [step["bound"] for step in steps]
    assert points == sorted(points, reverse=True)
    assert bounds == sorted(bounds, reverse=True)
    assert all(bound <= point for bound, point in zip(bounds, points, strict=True))
    assert points[-1] < points[0]


def test_options_are_sound_and_agree_with_the_steps(climbed, data, small_school):
    for option in OPTIONS:
        step = data["steps"][data["named"][option]]
        compared = verify(small_school, climbed / option)
        assert compared.ok
        assert sum(move.changes_period for move in compared.moves) == step["moved"]
        rules = {rule: found.amount for rule, found in compared.score_after.rules.items()}
        assert {rule: rules[rule] for rule in step["rules"]} == step["rules"]


def test_recommended_is_the_step_that_the_trade_off_likes_best(data):
    # Ten moved lectures for a site change, after the broken rules, as the search without a ladder has it by default.
    classes = len(data["week_classes"])

    def price(step: dict[str, dict[str, int]]) -> tuple[int, int]:
        short = sum(step["rules"][rule] for rule in ("teacher-travel", "grade-travel"))
        changes = sum(step["rules"][rule] for rule in ("teacher-site-changes", "grade-site-changes"))
        return short, 10 * changes + classes * step["rules"]["moved-lectures"]

    prices = [price(step) for step in data["steps"]]
    assert data["named"]["recommended"] == prices.index(min(prices))


def test_table_tells_the_same(climbed, data):
    text = (climbed / "ladder.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert [int(row[1]) for row in rows] == [step["moved"] for step in data["steps"]]


def test_same_files_every_time(climbed, small_school, run, tmp_path):
    done = run("ladder", small_school, "--out", tmp_path / "again", "--write", "all", "--quiet", *SEARCH)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert _bytes(tmp_path / "again") == _bytes(climbed)


def test_optimise_with_a_ladder(small_school, run, tmp_path):
    done = run("optimise", small_school, "--ladder", "--out", tmp_path / "out", *SEARCH)
    assert done.returncode == 0, done.stderr
    assert without_input(_bytes(tmp_path / "out")) == LADDER | RESULT
    assert run("verify", small_school, tmp_path / "out").returncode == 0


def test_largest_budget(small_school, run, tmp_path):
    done = run("ladder", small_school, "--out", tmp_path / "out", "--max-changes", "10", "--json", *SEARCH)
    data = json.loads(done.stdout)
    assert data["steps"][-1]["budget"] == 10
    assert all(step["moved"] <= 10 for step in data["steps"])


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to one process")
@pytest.mark.slow
def test_ctrl_c_keeps_what_is_found(small_school, tmp_path):
    command = [sys.executable, "-m", "untisopt", "ladder", str(small_school), "--out", str(tmp_path / "out")]
    process = subprocess.Popen([*command, "--time-limit", "60"], stdout=subprocess.PIPE, text=True, env=environment())
    time.sleep(6)
    process.send_signal(signal.SIGINT)
    output, _errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "You ended the search" in output
    assert without_input(_bytes(tmp_path / "out")) == LADDER
