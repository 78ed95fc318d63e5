"""The tables and the picture of the rivals, by hand."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from benchmarks.peers.report import all_runs, page, picture_name, pictures

MACHINE = {"cpu": "x", "cores": "2", "system": "s", "python": "3", "untisopt": "1", "ortools": "9"}


def about(seed: int | None = 1, before: int = 10_000, size: str = "ong") -> dict[str, Any]:
    return {"size": size, "seed": seed, "rows": 100, "pinned": {"x": 2, "y": 1}, "before": {"score": before}}


def cell(score: int, *trace: tuple[float, int], bound: float | None = None) -> dict[str, Any]:
    return {"error": "", "score": score, "trace": [*trace], "bound": bound}


DATA: dict[str, Any] = {
    "date": "2025-11-21",
    "machine": MACHINE,
    "skipped": {"highs": "why", "cpsat": "not now"},
    "schools": {"ong-1": about(), "ong-2": about(2, 8_000)},
    "cells": {
        "ong-1/untisopt/60": cell(300, (0.5, 2_000), (4.0, 1_000), (30.0, 300)),
        "ong-2/untisopt/60": cell(500, (0.5, 4_000), (6.0, 500)),
        "ong-1/timefold/60": cell(1_000, (10.0, 1_000)),
        "ong-2/timefold/60": cell(2_000, (2.0, 5_000), (50.0, 2_000)),
        "ong-1/cpsat/60": cell(200, (1.0, 200), bound=60.0),
        "ong-2/cpsat/60": {"error": "the solver says 1, the judge 2", "score": 1},
    },
}


def test_medians_over_the_schools():
    text = page(DATA)
    # At 5 s: 1000 and 4000; the gap of school 1 alone is known: 1 - 60 / 300.
    assert "| untisopt | 3 000 | 2 500 | 750 | 400 | 80 % |" in text
    # Before its first plan, a solver has the plan of today: 10 000 and 8000 after a second.
    assert "| Timefold as it comes | 9 000 | 7 500 | 3 000 | 1 500 | 94 % |" in text
    assert "| plain CP-SAT | 200 | 200 | 200 | 200 | 70 % |" in text


def test_ratios():
    text = page(DATA)
    # 300/1000 and 500/2000; school 1 has a proved minimum of 60; 1000 is reached after 4 s, 2000 after 6 s.
    assert "| Timefold as it comes | 0.28 | 0.25 to 0.30 | 0.06 | 5.0 s | 0.35 at most, after 1 s |" in text
    # 300/200, on the one school that both have.
    assert "| plain CP-SAT | 1.50 | 1.50 to 1.50 | 0.30 | not within 60 s in 1 of 1 |  |" in text


def test_every_school():
    text = page(DATA)
    assert "| ong-1 | 10 000 | 300 | 1 000 | 200 | 60 | 3 |" in text
    assert "| ong-2 | 8 000 | 500 | 2 000 | - | - | 3 |" in text


def test_what_is_missing_is_said():
    text = page(DATA)
    assert "plain HiGHS is not in the tables: why." in text
    assert "not now" not in text  # it was measured before
    assert "`ong-2/cpsat/60` failed and is not counted: the solver says 1, the judge 2" in text


def test_own_schools_and_other_limits_have_tables_of_their_own():
    data = {
        **DATA,
        "schools": {**DATA["schools"], "mine": about(None, 5_000, "own")},
        "cells": {**DATA["cells"], "mine/untisopt/60": cell(1), "ong-1/untisopt/5": cell(900, (1.0, 900))},
    }
    text = page(data)
    assert "### schools of your own, 60 s" in text
    assert "### demo `ong`, seeds 1, 5 s" in text
    assert "| score, median | after 1 s | after 5 s | not proved to be needed |" in text
    assert set(pictures(data)) == {"peers-ong-60s.svg", "peers-ong-5s.svg"}


def test_picture_is_linked_and_holds_every_solver():
    (runs,) = all_runs(DATA)
    assert f"](../docs/images/{picture_name(runs)})" in page(DATA)
    (text,) = pictures(DATA).values()
    labels = [element.text for element in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    assert {"untisopt", "Timefold as it comes", "plain CP-SAT"} <= set(labels)
    assert "Score over time: demo ong, median of 2 schools" in labels
