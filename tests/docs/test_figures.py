"""The figures of the benchmarks: their tables, and their place in the README."""

from __future__ import annotations

import json

import pytest

from benchmarks.cases import PAGES
from benchmarks.run import OWN_README, RESULTS, sections
from benchmarks.run import main as run_benchmarks
from benchmarks.tables import BEGIN, END, insert, markdown
from tests.docs.pages import README, read

RUN = {
    "seed": 2,
    "lectures": 200,
    "moved": 50,
    "site_changes_before": 70.0,
    "site_changes_after": 14.0,
    "teacher_short_before": 20.0,
    "teacher_short_after": 1.5,
    "grade_short_before": 1.0,
    "grade_short_after": 0.0,
    "short_after": 1.5,
    "short_at_least": 1.5,
    "newly_broken": [],
    "sound": True,
    "status": "feasible",
    "cost_before": 700.0,
    "cost_after": 190.0,
    "cost_bound": None,
    "site_changes_at_least": 7.0,
    "build_seconds": 0.5,
    "first_plan_seconds": None,
    "wall_seconds": 61.0,
    "memory_bytes": 300 * 2**20,
}
MACHINE = dict.fromkeys(("cpu", "cores", "system", "python", "untisopt", "ortools", "numba", "numpy"), "x")


def test_tables():
    case = {"size": "ong", "seconds": 60.0, "runs": [RUN]}
    page = markdown({"date": "2025-11-21", "machine": MACHINE, "cases": {"repair": case}})
    # 70 to 14 are 56 fewer, 80 %, and to 7 would be 90 %; 50 of 200 are 25 %.
    assert (
        "| 2 | 70 → 14 | 80 % | 90 % | 20 → 1.5 (of 1.5 left, 1.5 are proved unavoidable) | 1 → 0 | 50 of 200 (25 %) "
        "| none | 700 → 190, at least ? |"
    ) in page
    assert "| building the model (ong) | 0.50 s | < 1 s |" in page
    assert "| most memory (ong) | 300 MB | < 1 GB |" in page


def test_insert_needs_the_markers():
    assert insert(f"a\n{BEGIN}\nold\n{END}\nb\n", "new\n") == f"a\n{BEGIN}\nnew\n{END}\nb\n"
    with pytest.raises(ValueError, match="the page needs the markers"):
        insert("a page", "figures")
    with pytest.raises(ValueError, match="the page needs the markers <!-- peers:begin -->"):
        insert(f"a\n{BEGIN}\nold\n{END}\nb\n", "new", "peers")


def test_readme_shows_the_latest_figures():
    latest = RESULTS / "latest.json"
    shown = read(README).partition(BEGIN)[2].partition(END)[0].strip()
    wanted = markdown(json.loads(read(latest))).strip() if latest.is_file() else ""
    assert shown == wanted or not wanted, "run: python benchmarks/run.py --readme"
    assert shown


@pytest.mark.parametrize("name", PAGES)
def test_own_readme_shows_the_latest_figures(name):
    before, begin, rest = read(OWN_README).partition(f"<!-- {name}:begin -->")
    shown, end, _after = rest.partition(f"<!-- {name}:end -->")
    assert before
    assert begin
    assert end
    wanted = sections(RESULTS).get(name, "").strip()
    assert shown.strip() == wanted or not wanted, "run: python benchmarks/run.py --readme"
    assert shown.strip()


def test_help(capsys):
    with pytest.raises(SystemExit, match="0"):
        run_benchmarks(["--help"])
    assert "--readme" in capsys.readouterr().out
