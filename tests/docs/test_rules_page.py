"""The reference of the rules is complete and up to date."""

from __future__ import annotations

import pytest

from docs.make_rules import CHAPTERS, PAGE, rules_page
from tests.docs.pages import read
from untisopt.rules import ALL_RULES
from untisopt.rules.protocol import Group
from untisopt.service.rulebook import explain_rule

SECTIONS = ["What it checks", "Why it matters", "How it is counted", "Example", "Parameters", "In Untis", "Model"]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_sections(rule):
    document = explain_rule(rule.id)
    assert document.summary
    assert list(document.sections) == SECTIONS
    assert all(document.sections.values())


def test_page_is_up_to_date():
    assert read(PAGE) == rules_page(), "run: python docs/make_rules.py"


def test_page_lists_every_rule():
    page = read(PAGE)
    assert [rule.id for rule in ALL_RULES if f"\n### {rule.id}\n" not in page] == []


def test_every_rule_says_its_chapter_and_source():
    assert [rule.id for rule in ALL_RULES if rule.group is Group.OTHER or not rule.source] == []
    assert set(CHAPTERS) == set(Group), "a chapter without title"


@pytest.mark.parametrize(
    "row",
    [
        # Weight 0: off. A limit of GPU004, which lesson.txt lacks: if stated. Clashes: always.
        "| [`teacher-clash`](#teacher-clash) | teacher clash | must hold | yes |",
        "| [`teacher-lunch`](#teacher-lunch) | lunch break of a teacher too short | must hold | if stated |",
        "| [`wishes`](#wishes) | time requests that are not met | comfort | off |",
    ],
)
def test_table(row):
    assert f"\n{row} " in read(PAGE)


def test_what_there_is_no_rule_for_is_said():
    left_out = read(PAGE).partition("## What there is no rule for")[2]
    for what in ("Wish rooms", "Lessons across marked breaks", "Hours a week"):
        assert f"| {what} " in left_out
