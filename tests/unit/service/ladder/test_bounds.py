"""What a bound on points says in counts and in the points of another trade-off."""

from __future__ import annotations

import pytest

from untisopt.domain.score import RuleScore, Score, Tier
from untisopt.service.ladder.bounds import (
    Least,
    Scale,
    is_proved,
    least,
    price_at_least,
    site_changes_at_least,
    too_short_at_least,
)

# A breach has 1000 points, a site change 10; no plan has more than 80 site changes.
SCALE = Scale({"teacher-travel": 1000, "room-clash": 1000}, {"teacher-site-changes": 10}, move=0, most_changes=800)


def score(short: int, clashes: int, site_changes: int) -> Score:
    return Score(
        {
            "teacher-travel": RuleScore(Tier.RULES, 1, short),
            "room-clash": RuleScore(Tier.RULES, 1, clashes),
            "teacher-site-changes": RuleScore(Tier.SITE_CHANGES, 1, site_changes),
        }
    )


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (2050, Least(2, 5)),
        (2041, Least(2, 5)),  # four site changes would be 2040
        (2000, Least(2, 0)),
        (2800, Least(2, 80)),
        (2801, Least(3, 0)),  # with two breaches it would take 81 site changes, which nobody can make
        (0, Least(0, 0)),
        (-3, Least(0, 0)),
    ],
)
def test_bound_taken_apart(bound, expected):
    assert least(bound, SCALE) == expected


def test_no_rules_that_count():
    scale = Scale({}, {"teacher-site-changes": 10}, move=1, most_changes=800)
    assert least(31, scale) == Least(0, 4)
    assert Least(0, 4).points(scale) == 40


def test_no_site_changes_that_count():
    scale = Scale({"teacher-travel": 1000}, {}, move=1, most_changes=0)
    assert least(2001, scale) == Least(3, 0)
    assert Least(3, 0).points(scale) == 3000


def test_nothing_that_counts():
    scale = Scale({}, {}, move=1, most_changes=0)
    assert least(5, scale) == Least(0, 0)


def test_points_on_another_scale():
    # A breach 57, a site change 2: two breaches and five changes.
    other = Scale({"teacher-travel": 57}, {"teacher-site-changes": 2}, move=1, most_changes=160)
    assert Least(2, 5).points(other) == 2 * 57 + 5 * 2
    # 40 changes would be 80 points; a third breach is cheaper.
    assert Least(2, 40).points(other) == 2 * 57 + 57


def test_weights_of_rules():
    # All points of the first tier are multiples of 1000; 5000 are one breach of the dear rule and two of the other.
    scale = Scale({"teacher-travel": 3000, "room-clash": 1000}, {"teacher-site-changes": 10}, 0, 800)
    assert least(5000, scale) == Least(5, 0)
    # 5000 points, none of them due to clashes: more than one journey at 3000.
    assert too_short_at_least(Least(5, 0), scale, score(4, 0, 0)) == 2


def test_other_rules_may_stay_broken():
    # Four breaches at least, three clashes today: one journey at least, and none where four clashes may stay.
    assert too_short_at_least(Least(4, 0), SCALE, score(9, 3, 0)) == 1
    assert too_short_at_least(Least(4, 0), SCALE, score(9, 4, 0)) == 0


def test_site_changes_are_known_only_beside_as_few_breaches():
    assert site_changes_at_least(Least(2, 5), SCALE, score(1, 1, 7)) == 5
    assert site_changes_at_least(Least(2, 5), SCALE, score(3, 0, 7)) is None


def test_proved():
    assert is_proved(Least(2, 5), SCALE, score(2, 0, 5))
    assert not is_proved(Least(2, 5), SCALE, score(2, 0, 6))
    assert not is_proved(Least(2, 5), SCALE, score(3, 0, 0))


def test_price_of_a_trade_off():
    # A site change costs 2, a moved lecture 1. Up to 5 moved lectures: 20 changes at least, 40 points. 6 and more: 6
    # for the moves and 15 changes, 36 points. 11 and more: 11 for the moves and 12 changes, 35 points.
    scale = Scale({"teacher-travel": 161}, {"teacher-site-changes": 2}, move=1, most_changes=160)
    budgets = [(5, Least(0, 20)), (10, Least(0, 15)), (None, Least(0, 12))]
    assert price_at_least(budgets, scale, None) == 35
    assert price_at_least(budgets, scale, 10) == 36
    assert price_at_least(budgets, scale, 5) == 40


def test_price_of_plans_beyond_the_last_budget():
    # Nothing is proved about plans that move eleven lectures and more, but that they move eleven.
    scale = Scale({"teacher-travel": 161}, {"teacher-site-changes": 2}, move=1, most_changes=160)
    assert price_at_least([(5, Least(0, 20)), (10, Least(0, 15))], scale, None) == 11
    assert price_at_least([], scale, None) == 0
