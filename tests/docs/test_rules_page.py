"""The reference of the rules is complete and up to date."""

from __future__ import annotations

import pytest

from docs.make_rules import PAGE, rules_page
from tests.docs.pages import read
from untisopt.rules import ALL_RULES
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
