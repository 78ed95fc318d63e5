"""The best plan so far and what is proved."""

from __future__ import annotations

import pytest

from untisopt.engines.incumbent import Incumbent
from untisopt.errors import InternalError


def test_only_better_plans_and_bounds_are_taken():
    found: Incumbent[str] = Incumbent()
    assert found.offer("first", 9)
    assert not found.offer("no better", 9)
    assert found.offer("better", 7)
    assert found.raise_bound(3, "one")
    assert not found.raise_bound(3, "another")
    assert (found.plan, found.value, found.bound, found.known.by) == ("better", 7, 3, "one")
    assert not found.known.is_settled
    found.raise_bound(7)
    assert found.known.is_settled


def test_news_are_told_once():
    found: Incumbent[str] = Incumbent("today", 9, 0)
    assert found.news() is None
    found.offer("better", 7)
    found.raise_bound(2)
    news = found.news()
    assert news is not None
    assert (news.plan, news.value, news.bound) == ("better", 7, 2)
    assert found.news() is None
    found.offer("worse", 8)
    assert found.news() is None


def test_plan_of_the_same_price_may_take_the_place():
    found = Incumbent("one", 5, 5)
    found.exchange("other")
    assert (found.plan, found.value, found.known.is_settled) == ("other", 5, True)


def test_nothing_is_known_before_anything_is_found():
    found: Incumbent[str] = Incumbent()
    for ask in (lambda: found.plan, lambda: found.value, lambda: found.bound):
        with pytest.raises(InternalError, match="does not have yet"):
            ask()
