"""Growth: the fit and the table."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.growth import exponent, page


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_exponent_of_a_power(power):
    assert exponent([(x, 3 * x**power) for x in (1, 7, 50, 1300)]) == pytest.approx(power)


def test_exponent_by_least_squares():
    # Logarithms to base 2: (0, 0), (1, 2), (2, 1); the slope is sum(dx dy) / sum(dx^2) = (0 - 0 + 1 * (1 - 0)) / 2.
    assert exponent([(1, 1), (2, 4), (4, 2)]) == pytest.approx(0.5)


def test_no_fit_through_one_size():
    assert exponent([(5, 1), (5, 2)]) is None
    assert exponent([]) is None


def run(size: str, rows: int, limit: float = 60.0, **figures: Any) -> dict[str, Any]:
    found = {
        "size": size,
        "rows": rows,
        "limit": limit,
        "ready_seconds": rows / 100,
        "memory_bytes": 2**20 * 100,
        "first_plan_seconds": None,
        "site_changes_before": 50.0,
        "site_changes_after": 10.0,
        "short_before": 5.0,
        "short_after": 0.0,
        "moved": 7,
        "lectures": 90,
        "cost_before": 500.0,
        "cost_after": 107.0,
        "sound": True,
    }
    return {**found, **figures}


def test_table():
    runs = [run("small", 100, ready_seconds=3.0), run("ong", 1000), run("10x", 10_000), run("10x", 10_000, 300.0)]
    text = page({"seconds": 60.0, "runs": runs})
    assert "| `ong` | 1000 | 60 s | 10 s | 100 MB | - | 50 → 10 | 80 % | 5 → 0 | 7 of 90 | 500 → 107 |" in text
    # 3, 10, 100 s for 100, 1000, 10 000 rows: log10 is 0.477, 1, 2, the slope (2 - 0.477) / 2; the longer run is out.
    assert "| exponent of the rows |  |  | 0.76 | 0.00 | - |" in text
    assert "| the same, without `small` |  |  | 1.00 | 0.00 | - |" in text


def test_a_result_that_is_not_sound_shows():
    assert "7 of 90, not sound" in page({"seconds": 60.0, "runs": [run("ong", 1000, sound=False)]})
