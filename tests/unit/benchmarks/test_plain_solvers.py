"""Plain CP-SAT and plain HiGHS solve what the judge judges: they agree with each other and with trying all plans."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from benchmarks.peers import cpsat, highs
from benchmarks.peers.answer import Answer
from benchmarks.peers.instance import BRANCH, MAIN, NOWHERE, Instance
from benchmarks.peers.judge import judge
from tests.unit.benchmarks.instances import BEST_OF_TORN, TORN, instance, unit


def solved(what: Instance) -> list[Answer]:
    return [cpsat.solve(what, 20.0, seed=0, workers=1), highs.solve(what, 20.0)]


def best(what: Instance) -> int:
    """The least score of all plans that break no rule."""
    plans = product(*(unit.starts for unit in what.units))
    return min(judged.score for plan in plans if (judged := judge(what, plan)).is_sound)


def drawn(seed: int) -> Instance:
    """Six units, one of them a double, of three teachers at two sites on two days, without a clash."""
    rng = Random(seed)
    places = [(day, period) for day in range(2) for period in range(3)]
    units = [unit(1, "A", rng.choice([MAIN, BRANCH]), (0, 1), classes="7", length=2, rooms=rng.choice(["", "r"]))]
    taken = {(0, 1): {"A", "7"}, (0, 2): {"A", "7"}}
    for lesson in (2, 3, 3, 4, 5):
        who = {rng.choice("AABC"), rng.choice("789")}
        free = [
            place
            for place in places
            if not taken.get(place, set()) & who and all((u.lesson, u.home[0]) != (lesson, place[0]) for u in units)
        ]
        if not free:
            continue
        home = rng.choice(free)
        taken.setdefault(home, set()).update(who)
        teachers, classes = (" ".join(name for name in who if name.isalpha()), " ".join(filter(str.isdigit, who)))
        site = rng.choice([MAIN, BRANCH, BRANCH])
        units.append(unit(lesson, teachers, site, home, classes=classes))
    return instance(*units, changes=1)


def test_torn_day():
    assert best(TORN) == BEST_OF_TORN
    for answer in solved(TORN):
        assert judge(TORN, answer.plan).score == BEST_OF_TORN
        assert answer.trace[-1][1] == BEST_OF_TORN
        assert answer.bound == pytest.approx(BEST_OF_TORN)


def test_too_short_way_that_cannot_be_avoided():
    stuck = instance(
        unit(1, "Arnd", MAIN, (0, 0), starts=((0, 0),)), unit(2, "Arnd", BRANCH, (0, 1), starts=((0, 1),)), days=1
    )
    assert [round(answer.bound or 0) for answer in solved(stuck)] == [1100, 1100]


def test_lecture_between_two_sites_hides_no_change():
    # Main, then nowhere, then branch: the change is over the period in between, and long enough.
    day = instance(
        unit(1, "Arnd", MAIN, (0, 0), starts=((0, 0),)),
        unit(2, "", NOWHERE, (0, 1), classes="Arnd", starts=((0, 1),)),
        unit(3, "Arnd", BRANCH, (0, 2), starts=((0, 2),)),
        days=1,
    )
    assert [round(answer.bound or 0) for answer in solved(day)] == [100, 100]


@pytest.mark.parametrize("seed", range(12))
def test_both_agree_with_trying_all_plans(seed):
    what = drawn(seed)
    assert judge(what, what.homes).is_sound
    least = best(what)
    for answer in solved(what):
        judged = judge(what, answer.plan)
        assert judged.is_sound
        assert judged.score == least
        assert answer.bound == pytest.approx(least)


def test_hint_of_cp_sat_is_complete_and_feasible():
    """The plan of today is the first one it finds, so that it starts where the others start."""
    answer = cpsat.solve(TORN, 20.0, seed=0, workers=1)
    assert answer.trace[0][1] == judge(TORN, TORN.homes).score


def test_no_time_gives_the_plan_of_today():
    what = drawn(0)
    for answer in (cpsat.solve(what, 0.0, seed=0, workers=1), highs.solve(what, 0.0)):
        assert judge(what, answer.plan).score <= judge(what, what.homes).score
