"""Results to render."""

from __future__ import annotations

import pytest

from tests.unit.service.exports import solver_that_moves, use_solver, write_export
from untisopt.service.optimise.run import OptimiseResult, optimise

GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


@pytest.fixture
def repaired(tmp_path, monkeypatch) -> OptimiseResult:
    """Arnd changes sites once instead of twice; three lectures move."""
    use_solver(monkeypatch, solver_that_moves(GOOD))
    return optimise(write_export(tmp_path))
