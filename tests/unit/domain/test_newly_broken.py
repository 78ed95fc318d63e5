"""Which rules of the first tier a plan breaks more often than another."""

from __future__ import annotations

from untisopt.domain.score import RuleScore, Score, Tier


def test_only_rules_of_the_first_tier_that_grow() -> None:
    before = Score({"a": RuleScore(Tier.RULES, 1, 2), "b": RuleScore(Tier.RULES, 1, 0)})
    after = Score(
        {
            "a": RuleScore(Tier.RULES, 1, 1),
            "b": RuleScore(Tier.RULES, 1, 1),
            "c": RuleScore(Tier.RULES, 1, 1),
            "d": RuleScore(Tier.CHANGES, 1, 9),
        }
    )
    # a is mended in part, b is new, c was not judged before and counts as 0, d is no rule of the first tier.
    assert after.newly_broken(before) == ("b", "c")
    assert before.newly_broken(after) == ("a",)
