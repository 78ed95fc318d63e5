"""The bound by parts, by hand."""

from __future__ import annotations

from tests.builders import school
from tests.unit.solve.optimise.test_search import TORN
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.engines.bounds.parts import Parts, PartsBound
from untisopt.engines.build import build_starts
from untisopt.engines.objective import objective
from untisopt.policy import Policy
from untisopt.rules import judge


def parts_of(of: School) -> Parts:
    policy = Policy()
    before = judge(of, of.as_is, policy.rules)
    return Parts(build_starts(of, policy, before), policy, objective(of, policy), before)


def bound_of(of: School) -> PartsBound:
    return parts_of(of).bound(seed=0, effort=60.0, should_stop=lambda: False)


def test_only_people_at_several_sites_are_parts():
    assert parts_of(school(TORN)).people == [(Kind.TEACHER, "Arnd")]


def test_one_teacher_alone():
    # Arnd has 1 and 3 at the main building (grade 7: periods 1 to 3) and 2 at the branch (grade 8: 1 to 4): one site
    # change at least. The journey takes 25 min; from period 2 to 3 there are 20, from 1 to 3 more than an hour. With 2
    # in period 4 he could stay in periods 1 and 3, but from 3 to 4 there are 0 min. So either 1 or 3 moves as well: 1
    # and 3 in periods 1 and 2, 2 in period 4. Two moves and one site change, which is worth 6 here (there are only six
    # lectures to move).
    found = bound_of(school(TORN))
    assert found.points == 6 + 2
    assert found.site_changes == {"teacher-site-changes": 1, "grade-site-changes": 0}


def test_people_who_share_a_lecture_share_its_price():
    # Both have a pair of lectures at the main building around a shared one at the branch. Each bears half of the move
    # of the shared lecture, so the sum of the parts never counts it twice.
    of = school(
        """
        1 Arnd 7 H1 Mon1
        2 Arnd 8 F1 Mon2
        2 Beck 8 F1 Mon2
        3 Arnd 7 H1 Mon3
        4 Beck 9 H2 Mon1
        5 Beck 9 H2 Mon3
        6 Cohn 8 F2 Mon3
        """
    )
    parts = parts_of(of)
    shared = of.block_of[next(id_ for id_ in of.lectures if id_.startswith("2@"))]
    home = of.as_is[shared.lectures[0]].period
    for person in parts.people:
        prices = parts._shares(person)[shared.id]
        assert prices[home] == 0
        assert {price for start, price in prices.items() if start != home} == {60 // 2}


def test_parts_not_reached_before_a_stop_count_nothing():
    assert parts_of(school(TORN)).bound(seed=0, effort=60.0, should_stop=lambda: True).points == 0
