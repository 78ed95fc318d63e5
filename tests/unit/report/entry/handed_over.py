"""A repaired plan with packages and with names that mean something in every format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.service.exports import solver_that_moves, use_solver, write_export
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, Reason, Stay
from untisopt.service.optimise.run import optimise

# The school of `exports.ROWS` with other names: a formula, a link, markup, a date to be.
ROWS = """
=1+1 1 1 Ma 101 177 10.3
=1+1 1 2 http://x F*1* 178 <b>9
=1+1 1 3 Ma 102 179 10.4
Be|ck 1 1 De F*1* 180 <b>9
Be|ck 1 3 En F*1* 181 <b>9
Be|ck 2 1 De F14 180 <b>9
Cäß 1 1 +Sp 103 182 10.4
Cäß 1 2 Ch 101 183 10.3
"""
GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


def nasty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RepairDocument:
    """Lessons 178, 179 and 181 move; the first two are a package with a reason each, 181 one of its own."""
    use_solver(monkeypatch, solver_that_moves(GOOD))
    return with_packages(optimise(write_export(folder, ROWS)))


def with_packages(document: RepairDocument) -> RepairDocument:
    """The document with the moves of lesson 181 in the second package and all others in the first."""
    reason = Reason(
        relieves=document.before.of("teacher-site-changes")[:1],
        makes_room_for=(),
        stay=Stay(amounts={"teacher-site-changes": 1}, points=10, searched=True),
    )
    last = tuple(move for move in document.moves if move.lecture.startswith("181@"))
    first = tuple(move for move in document.moves if move not in last)
    packages = tuple(
        Package(
            number=number,
            moves=moves,
            gain={"teacher-site-changes": 1},
            alone={"teacher-site-changes": 1},
            points=8,
            reasons={move.lecture: reason for move in moves},
        )
        for number, moves in enumerate((first, last), 1)
    )
    return replace(document, packages=packages)
