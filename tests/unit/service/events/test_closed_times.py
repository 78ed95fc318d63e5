"""A repair does not use the times at which the whole school is free today, unless the policy opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.service.events.repairs import QUICK
from untisopt.domain.calendar import Period
from untisopt.policy import Policy
from untisopt.service.events.run import repair

pytestmark = pytest.mark.usefixtures("closing")

# One class, Ada and Ben, three periods on three days. Wednesday 3 is free. Where it is closed, what leaves Monday 1 has
# to change places with a lecture of Ben, who is there then.
ROWS = "".join(
    f'{number},"5a","{teacher}","F{number}","R1",{day},{period},,\n'
    for number, (teacher, day, period) in enumerate(
        [
            *(("Ada", 1, 1), ("Ben", 1, 2), ("Ben", 1, 3)),
            *(("Ada", 2, 1), ("Ben", 2, 2), ("Ben", 2, 3)),
            *(("Ada", 3, 1), ("Ben", 3, 2)),
        ],
        start=1,
    )
)


@pytest.mark.parametrize(
    ("opened", "moved", "uses"), [((), 2, False), (((3, 3),), 1, True), (((3, None),), 1, True), (((3, 2),), 2, False)]
)
def test_wednesday_stays_free(tmp_path: Path, opened: Any, moved: int, uses: bool) -> None:
    (tmp_path / "GPU001.TXT").write_text(ROWS, encoding="cp1252")
    result = repair(tmp_path / "GPU001.TXT", ["away Ada Mon 1"], QUICK, policy=Policy(opened=opened))
    assert result.is_best
    assert len(result.moves) == moved
    assert any(move.after.period == Period(3, 3) for move in result.moves) is uses


def test_a_class_that_is_away_does_not_wait(tmp_path: Path) -> None:
    # 7a has Monday 1-6, Tuesday 1-5, Wednesday 1-5 and is away on Monday in the third period. That lecture goes to
    # Tuesday 6, behind the others; periods 1 and 2 and 4 to 6 of Monday stay as they are, with no gap between.
    places = [(1, n) for n in range(1, 7)] + [(2, n) for n in range(1, 6)] + [(3, n) for n in range(1, 6)]
    rows = [f'{i},"7a","T{i}","S{i}","R1",{day},{n},,\n' for i, (day, n) in enumerate(places, start=1)]
    (tmp_path / "GPU001.TXT").write_text("".join(rows), encoding="cp1252")
    # Breaks of five minutes: Tuesday 6 is the ragged edge of the day, not another half of it.
    clock = [f"{n} {7 + n}:00-{7 + n}:55\n" for n in range(1, 7)]
    (tmp_path / "breaks.txt").write_text("".join(clock), encoding="utf-8")
    policy = Policy(rules=tuple(rule for rule in Policy().rules if rule.id != "teacher-free-day"))
    result = repair(tmp_path / "GPU001.TXT", ["away 7a Mon 3"], QUICK, policy=policy)
    assert result.is_best
    (move,) = result.moves
    assert (move.before.period, move.after.period) == (Period(1, 3), Period(2, 6))
