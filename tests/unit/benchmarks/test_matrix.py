"""The measurements side by side: what is kept, what is refused, who runs with whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.peers import matrix
from benchmarks.peers.answer import Answer
from benchmarks.peers.matrix import Plan, Store, figures
from benchmarks.peers.solvers import TITLES, Solver, Task, solvers
from tests.unit.benchmarks.instances import TORN

MACHINE = {"cpu": "x", "untisopt": "1"}
GOOD = [(0, 0), (1, 1), (0, 2)]  # 1 point: a lecture moved


def test_figures_of_an_answer():
    found = figures(TORN, Answer(GOOD, [(0.1, 1200), (0.2, 1)], 0.5, {"build": 0.1}), 5.0)
    assert (found["error"], found["score"], found["bound"]) == ("", 1, 0.5)
    assert found["trace"] == [(0.1, 1200), (0.2, 1)]
    assert found["seconds"] == {"limit": 5.0, "build": 0.1}
    assert found["judged"]["moved_lectures"] == 1


@pytest.mark.parametrize(
    ("plan", "trace", "error"),
    [
        (GOOD, [(0.1, 0)], "the solver says 0, the judge 1"),
        (TORN.homes, [(0.1, 1)], "the solver says 1, the judge 1200"),
        ([(0, 0), (0, 0), (0, 2)], [(0.1, 1)], "the plan breaks rules"),
    ],
)
def test_wrong_answers_do_not_count(plan, trace, error):
    assert error in figures(TORN, Answer(plan, trace), 5.0)["error"]


def test_plan_that_is_better_than_its_solver_says():
    found = figures(TORN, Answer(GOOD, [(0.1, 101)]), 5.0)
    assert (found["error"], found["score"], found["trace"]) == ("", 1, [(0.1, 101), (5.0, 1)])


def test_no_better_plan_is_the_plan_of_today():
    found = figures(TORN, Answer(TORN.homes, []), 5.0)
    assert (found["error"], found["score"]) == ("", 1200)


def test_store_keeps_what_was_measured_before(tmp_path):
    path = tmp_path / "peers.json"
    Store(path, MACHINE).add("ong-1", "cpsat", 60.0, {"score": 7})
    store = Store(path, MACHINE)
    store.add("ong-1", "highs", 60.0, {"score": 8})
    store.add("ong-1", "cpsat", 5.0, {"score": 9})
    store.add("ong-1", "cpsat", 60.0, {"score": 6})
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert cells == {"ong-1/cpsat/60": {"score": 6}, "ong-1/highs/60": {"score": 8}, "ong-1/cpsat/5": {"score": 9}}


def test_store_drops_figures_of_another_version(tmp_path):
    path = tmp_path / "peers.json"
    Store(path, MACHINE).add("ong-1", "cpsat", 60.0, {"score": 7})
    assert Store(path, {**MACHINE, "untisopt": "2"}).data["cells"] == {}


def test_solvers_that_are_not_there_are_named(monkeypatch, tmp_path):
    monkeypatch.delenv("UNTISOPT_TIMEFOLD_PEER", raising=False)
    ready, skipped = solvers(("highs", "timefold", "untisopt"), None, tmp_path)
    assert list(ready) == ["untisopt", "highs"]
    assert list(skipped) == ["timefold"]
    assert "--timefold" in skipped["timefold"]


def test_only_solvers_of_one_core_run_in_pairs():
    single = {"timefold", "timefold-kempe", "highs"}
    ready = {name: Solver(name, lambda task: Answer([], []), name in single) for name in TITLES}
    assert list(matrix._groups(ready, pairs=False)) == [(name,) for name in TITLES]
    assert list(matrix._groups(ready, pairs=True)) == [
        ("untisopt",),
        ("cpsat",),
        ("timefold", "timefold-kempe"),
        ("highs",),
    ]


@pytest.mark.slow
def test_measures_a_demo_school(tmp_path, monkeypatch):
    """CP-SAT and untisopt in processes of their own, a solver that fails, and the figures in the file."""

    def fail(task: Task) -> Answer:
        raise RuntimeError("first line\nthe reason")

    def ready(names: tuple[str, ...], *_: object) -> tuple[dict[str, Solver], dict[str, str]]:
        found, skipped = solvers(names, None, tmp_path)
        return {**found, "highs": Solver("fails", fail, True)}, skipped

    monkeypatch.setattr(matrix, "solvers", ready)
    plan = Plan((), ("small",), (1,), ("untisopt", "cpsat"), 3.0, False, None)
    matrix.measure(plan, Store(tmp_path / "peers.json", MACHINE))
    data = json.loads((tmp_path / "peers.json").read_text(encoding="utf-8"))
    about = data["schools"]["small-1"]
    assert (about["size"], about["seed"]) == ("small", 1)
    assert about["before"]["score"] > 3000
    ours, plain = (data["cells"][f"small-1/{name}/3"] for name in ("untisopt", "cpsat"))
    assert ours["error"] == plain["error"] == ""
    assert ours["score"] < about["before"]["score"]
    assert plain["bound"] <= plain["score"]
    assert data["cells"]["small-1/highs/3"]["error"] == "the reason"


def test_own_export_is_measured_in_place_of_demo_schools(tmp_path):
    plan = Plan((Path("school"), tmp_path / "lesson.txt"), ("ong",), (1, 2), (), 1.0, False, None)
    (tmp_path / "lesson.txt").touch()
    assert [(name, size) for name, size, _, _ in matrix._schools(plan, tmp_path)] == [
        ("school", "own"),
        ("lesson", "own"),
    ]
