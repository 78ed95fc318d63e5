"""Judging by several rules."""

from __future__ import annotations

from tests.builders import grid, move, school
from untisopt.domain.score import Tier
from untisopt.rules import ALL_RULES, judge
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.rules.clashes.clash import TeacherClash


def test_weights_and_tiers() -> None:
    # Two lectures move and meet: one clash of weight 7, two moved lectures of weight 2.
    of = school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon2")
    score = judge(of, move(of, {"1@1.1": "Mon5", "2@1.2": "Mon5"}), [TeacherClash(weight=7), MovedLectures(weight=2)])
    assert score.tiers == (7, 0, 4, 0)
    assert score.amount("moved-lectures") == 2
    assert [v.rule for v in score.violations] == ["teacher-clash", "moved-lectures", "moved-lectures"]


def test_rules_that_are_off_or_cannot_be_judged_are_left_out() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon2", on=grid(times=False))
    rules = [rule for rule in ALL_RULES if rule.id != "moved-lectures"] + [MovedLectures(weight=0)]
    judged = judge(of, of.as_is, rules).rules
    assert "moved-lectures" not in judged
    assert "teacher-travel" not in judged
    assert judged["teacher-site-changes"].amount == 1


def test_ids_are_unique_and_titles_are_there() -> None:
    assert len({rule.id for rule in ALL_RULES}) == len(ALL_RULES)
    # On or off: how much a rule counts is the planner's choice.
    assert all(rule.title and rule.weight in (0, 1) for rule in ALL_RULES)
    assert {rule.tier for rule in ALL_RULES if rule.weight} == {Tier.RULES, Tier.SITE_CHANGES, Tier.CHANGES}
    assert {rule.tier for rule in ALL_RULES} == set(Tier)
