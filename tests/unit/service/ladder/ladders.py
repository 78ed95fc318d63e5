"""A small school with a ladder of its own, and a search that finds just the plans that the test names.

Arnd goes from the main building to the branch and back on Monday, both ways in too little time. Beck goes to the branch
once, with time enough. Three site changes, two of them too short; seven lectures; one kind of week.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.service.exports import POLICY, Solver, moved, solver_that_moves, use_solver, write_export
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.ladder.climb import Ladder, Rung

ROWS = """
Arnd 1 1 Ma 101 177 10.3
Arnd 1 2 Ph F13 178 9.1
Arnd 1 3 Ma 102 179 10.4
Beck 1 1 De 103 180 9.2
Beck 1 4 En F14 181 9.3
Beck 1 5 En F14 181 9.3
Carl 1 8 Ch 104 182 10.3
"""
LOOSE = "".join(
    f"[rules.{rule}]\nenabled = false\n" for rule in ("grade-gaps", "grade-day", "teacher-free-day", "grade-travel")
)
Moves = Mapping[str, tuple[int, int]]

# Arnd's hour at the branch goes to the afternoon: two site changes are left, with time enough.
FEW: Moves = {"178@1.2": (1, 7)}
# Beck's hour in the main building goes to Tuesday as well: one site change is left, Arnd's in the afternoon.
MORE: Moves = {**FEW, "180@1.1": (2, 1)}
# Arnd teaches in the main building on Tuesday instead: no site change is left. Carl moves for nothing.
MOST: Moves = {"177@1.1": (2, 1), "179@1.3": (2, 3), "180@1.1": (2, 1), "178@1.2": (1, 7), "182@1.8": (1, 6)}

# Seven lectures, so a site change has 7 points on the ladder. Findings below the first tier: 14 people in lectures, 7
# rooms, 7 lectures, 28 at most, so a broken rule has 1 + 7 * 28 points.
CHANGE = 7
BREACH = 197


@dataclass(frozen=True, slots=True)
class Found:
    """A rung that the search finds: a budget, moves, a bound, and by how much it miscounts its points."""

    budget: int | None
    moves: Moves
    bound: int
    points_off: int = 0


RUNGS = (Found(1, FEW, 7), Found(2, MORE, 7), Found(3, MORE, 0), Found(None, MOST, 0))


def write_school(folder: Path, policy: str = "", rows: str = ROWS) -> Path:
    """Write the export with a worth of two, and rules off that would keep everybody where he is."""
    goal = policy or "[goal]\nworth = 2\n"
    return write_export(folder, rows, policy=POLICY + goal + LOOSE)


Climb = Callable[..., Ladder]


def search_that_finds(*rungs: Found) -> Climb:
    """A search for a ladder that finds these rungs."""

    def climb(
        school: School,
        policy: Policy,
        options: SolveOptions,
        *,
        before: Score,
        on_progress: Callable[[float, tuple[Rung, ...]], None] | None,
        should_stop: ShouldStop | None,
        compilation: object,
    ) -> Ladder:
        factors = objective(school, policy.with_(worth=len(school.lectures), max_changes=None)).factors
        tiers = {rule.id: rule.tier for rule in policy.rules}

        def points(score: Score) -> int:
            counted = (rule for rule in factors if tiers[rule] <= Tier.SITE_CHANGES)
            return sum(factors[rule] * score.amount(rule) for rule in counted)

        def rung(found: Found) -> Rung:
            timetable: Timetable = moved(school.as_is, found.moves)
            score = judge(school, timetable, policy.rules)
            return Rung(
                budget=found.budget,
                timetable=timetable,
                score=score,
                moved=len(found.moves),
                points=points(score) + found.points_off,
                bound=found.bound,
            )

        done = tuple(map(rung, rungs))
        for count in range(1, len(done) + 1):
            if on_progress is not None:
                on_progress(float(count), done[:count])
        return Ladder(rungs=done, points_before=points(before), factors=factors, seconds={"search": 0.25})

    return climb


def use_search(monkeypatch: pytest.MonkeyPatch, climb: Climb, repair: Solver | None = None) -> None:
    """Put `climb` in the place of the real search for a ladder, and `repair` in that of the search by the trade-off.

    Without it, the trade-off finds nothing better than the plan of today.
    """
    use_solver(monkeypatch, repair or solver_that_moves({}))
    module = ModuleType("untisopt.solve.ladder.climb")
    module.climb = climb  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "untisopt.solve.ladder.climb", module)
