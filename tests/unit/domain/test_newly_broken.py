"""Which rules of the first tier a plan breaks more often than another."""

from __future__ import annotations

from untisopt.domain.resources import Kind
from untisopt.domain.score import Facts, RuleScore, Score, Tier, Violation


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


def test_nobody_pays_for_another() -> None:
    # Arnd had the one breach, now Beck has it: as many as before, but Beck's is new.
    def with_one(name: str) -> Score:
        facts = Facts(kind=Kind.TEACHER, name=name)
        return Score({"a": RuleScore(Tier.RULES, 1, 1)}, (Violation("a", facts),))

    assert with_one("Beck").newly_broken(with_one("Arnd")) == ("a",)
    assert with_one("Arnd").newly_broken(with_one("Arnd")) == ()
