"""Searching a plan anew around a lecture that stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.builders import school
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import SolveOptions
from untisopt.policy import PinKind, Policy, Selector
from untisopt.rules import judge
from untisopt.solve.packages.staying import plan_near, plans_around

# Arnd teaches at H, F, H on Monday 1 to 3: two site changes, both too short. The best plan exchanges 2 and 6 and moves
# 3 to period 2: one change, long enough.
TORN = school("""
1 Arnd 7 H1 Mon1
2 Arnd 8 F1 Mon2
3 Arnd 7 H1 Mon3
4 Beck 8 F2 Mon1
5 Beck 8 F2 Mon3
6 Beck 8 F2 Mon4
""")
POLICY = Policy()
BEFORE = judge(TORN, TORN.as_is, POLICY.rules)
OPTIONS = SolveOptions(time_limit=1, workers=1, deterministic=True)


def _points(timetable: Timetable) -> int:
    return objective(TORN, POLICY).value(judge(TORN, timetable, POLICY.rules))


def _around(blocks: Sequence[str], *, stop: bool = False) -> dict[str, Timetable | None]:
    known = dict.fromkeys(blocks, TORN.as_is)
    return dict(plans_around(TORN, POLICY, BEFORE, known, OPTIONS, 1.0, lambda: stop))


def test_plan_around_a_block_is_better_and_leaves_it():
    found = _around(["1@1.1", "4@1.1", "3@1.3"])
    assert list(found) == ["1@1.1", "4@1.1", "3@1.3"]
    # Lesson 1 stays in the best plan, lesson 4 as well: so there is a better plan than that of today.
    for block in ("1@1.1", "4@1.1"):
        timetable = found[block]
        assert timetable is not None
        assert timetable[block] == TORN.as_is[block]
        assert _points(timetable) < _points(TORN.as_is)


def test_nothing_to_look_at():
    assert _around([]) == {}


def test_stopped_at_once():
    assert _around(["1@1.1"], stop=True) == {}


def test_the_only_block_that_may_move():
    policy = Policy(scope=(Selector(PinKind.LESSON, "2"),))
    alone = replace(TORN, pinned={id_: "out of scope" for id_ in TORN.lectures if not id_.startswith("2@")})
    before = judge(alone, alone.as_is, policy.rules)
    found = dict(plans_around(alone, policy, before, {"2@1.2": alone.as_is}, OPTIONS, 1.0, lambda: False))
    assert found == {"2@1.2": None}


def test_same_plans_every_time():
    assert _around(["1@1.1", "2@1.2"]) == _around(["1@1.1", "2@1.2"])


def test_plan_near_is_no_worse_than_its_start():
    near = plan_near(TORN, POLICY, BEFORE, TORN.as_is, OPTIONS, lambda: False)
    assert _points(near) < _points(TORN.as_is)
    # The start counts as home: from the best plan nothing is gained by going anywhere.
    assert plan_near(TORN, POLICY, BEFORE, near, OPTIONS, lambda: False) == near
