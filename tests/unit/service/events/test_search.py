"""What a search for a whole plan and one for as much as possible have come to together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import school
from untisopt.service.events.search import AS_MUCH_AS_POSSIBLE, Answer
from untisopt.solve.events.search import ExactPartial, ExactRepair, ExactStatus, Level

PLAN = school("1 Arnd 7 H1 Mon1").as_is
PARTIAL = ExactPartial(
    timetable=PLAN,
    unplaced=("1@1.1",),
    cut=(),
    left=1,
    least=0,
    moved=0,
    changed_rooms=0,
    least_moved=0,
    is_best=False,
    solver="cp-sat",
)
PROVED = replace(PARTIAL, least=1, is_whole_impossible=True)


@pytest.mark.parametrize(
    ("exact", "partial", "status", "solvers"),
    [
        (ExactStatus.UNDECIDED, PARTIAL, "undecided", ("highs",)),
        (ExactStatus.UNDECIDED, PROVED, "impossible-unconfirmed", ("cp-sat",)),
        (ExactStatus.IMPOSSIBLE_UNCONFIRMED, PARTIAL, "impossible-unconfirmed", ("highs",)),
        # The second search has another model: it confirms what the first one has found.
        (ExactStatus.IMPOSSIBLE_UNCONFIRMED, PROVED, "impossible", ("highs", AS_MUCH_AS_POSSIBLE)),
        (ExactStatus.IMPOSSIBLE, PROVED, "impossible", ("highs",)),
    ],
)
def test_two_searches_together(exact: ExactStatus, partial: ExactPartial, status: str, solvers: tuple[str, ...]):
    whole = ExactRepair(status=exact, timetable=None, bound=0, hit=(), level=Level.SCHOOL, free=1, solvers=("highs",))
    answer = Answer(timetable=PLAN, exact=whole, partial=partial)
    assert (answer.status, answer.solvers) == (status, solvers)


@pytest.mark.parametrize("exact", [ExactStatus.IMPOSSIBLE, ExactStatus.IMPOSSIBLE_UNCONFIRMED])
def test_a_plan_refutes_what_was_taken_for_impossible(exact: ExactStatus):
    # The bound of 15 is that of a search that says there is no plan: the one found costs 2.
    whole = ExactRepair(status=exact, timetable=None, bound=15, hit=(), level=Level.SCHOOL, free=1, solvers=("highs",))
    found = replace(PARTIAL, unplaced=(), left=0, points=2, bound=2, is_best=True)
    answer = Answer(timetable=PLAN, exact=whole, partial=found)
    assert (answer.status, answer.points, answer.bound, answer.solvers) == ("minimum", 2, 2, ("cp-sat",))
