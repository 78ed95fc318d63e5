"""Presets: what they change, and what they leave alone."""

from __future__ import annotations

import pytest

from untisopt.policy import PRESET_GOALS, PRESET_RULES, Policy, Preset, RoomChanges, rules_under
from untisopt.rules import ALL_RULES, NOBODY_WORSE
from untisopt.rules.days.grade_gaps import GradeGaps

INFERRED = ("grade-day", "teacher-free-day", "lesson-once-a-day", "grade-gaps", "block-kept")


def test_draft_lets_nearly_everything_move() -> None:
    draft = Policy().under(Preset.DRAFT)
    assert draft.effective_worth == 100
    assert draft.room_changes is RoomChanges.SAME_KIND
    assert [rule.id for rule in ALL_RULES if rule.weight and draft.rule(rule.id) is None] == [
        "grade-day",
        "teacher-free-day",
    ]


def test_published_keeps_what_people_live_by() -> None:
    published = Policy().under(Preset.PUBLISHED)
    assert published.effective_worth == 3
    assert published.room_changes is RoomChanges.NONE
    assert all(published.rule(rule) is not None for rule in (*INFERRED, *NOBODY_WORSE))


@pytest.mark.parametrize("preset", Preset)
def test_presets_name_goals_and_rules_that_exist(preset: Preset) -> None:
    assert PRESET_GOALS[preset].keys() <= {"worth", "max_changes", "room_changes"}
    known = {rule.id: rule for rule in ALL_RULES}
    for rule, parameters in PRESET_RULES[preset].items():
        assert all(hasattr(known[rule], name) for name in parameters)


def test_one_preset_after_the_other_leaves_nothing_of_the_first() -> None:
    assert Policy().under(Preset.DRAFT).under(Preset.PUBLISHED) == Policy().under(Preset.PUBLISHED)


def test_what_is_stated_stays() -> None:
    base = Policy(
        max_changes=4,
        rules=(GradeGaps(weight=3, except_=("9",)),),
        stated=frozenset({"max_changes", "grade-gaps.except_"}),
    )
    assert base.under(Preset.DRAFT).max_changes == 4
    # The weight was not stated: it is the default again.
    assert base.under(Preset.DRAFT).rules == (GradeGaps(except_=("9",)),)


def test_no_preset_changes_nothing() -> None:
    assert rules_under(None) == ALL_RULES
    assert rules_under(None, nobody_worse=False) == ALL_RULES
    on = {rule.id for rule in rules_under(None, nobody_worse=True) if rule.weight}
    assert on == {rule.id for rule in ALL_RULES if rule.weight} | set(NOBODY_WORSE)
