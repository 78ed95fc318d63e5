"""Scores: raw amounts, weights, tiers."""

from __future__ import annotations

from untisopt.domain.score import Facts, RuleScore, Score, Tier, Violation, total

TWO = Violation("a", Facts(name="Arnd"), 2)
ONE = Violation("b", Facts(name="Beck"))
SCORE = Score(
    {"a": RuleScore(Tier.RULES, 3, 2), "b": RuleScore(Tier.CHANGES, 1, 1), "c": RuleScore(Tier.CHANGES, 5, 2)},
    (TWO, ONE),
)


def test_points_are_weighted_and_added_up_by_tier() -> None:
    # 3 * 2 in the first tier; 1 * 1 + 5 * 2 in the third.
    assert SCORE.tiers == (6, 0, 11, 0)
    assert SCORE.points(Tier.CHANGES) == 11


def test_amounts_are_raw() -> None:
    assert SCORE.amount("c") == 2
    assert SCORE.amount("not judged") == 0
    assert total([TWO, ONE]) == 3


def test_violations_by_rule() -> None:
    assert SCORE.of("a") == (TWO,)
    assert SCORE.of("c") == ()


def test_violations_are_equal_if_rule_amount_and_facts_are() -> None:
    assert Violation("a", Facts(name="Arnd"), 2) == TWO
    assert len({TWO, Violation("a", Facts(name="Arnd"), 1), Violation("a", Facts(name="Arnd"), 2)}) == 2
