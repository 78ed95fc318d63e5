"""Every rule is documented in the chapters that the reference promises."""

from __future__ import annotations

import pytest

from untisopt.errors import UsageError
from untisopt.rules import ALL_RULES
from untisopt.service.rulebook import explain_rule, list_rules

CHAPTERS = [
    "What it checks",
    "Why it matters",
    "How it is counted",
    "Example",
    "Parameters",
    "In Untis",
    "Model",
]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_chapters(rule):
    document = explain_rule(rule.id)
    assert list(document.sections) == CHAPTERS
    assert all(document.sections.values())
    assert document.summary.endswith(".")


def test_order_is_that_of_judging():
    assert [document.id for document in list_rules()] == [rule.id for rule in ALL_RULES]


def test_misspelt_id_gets_advice():
    with pytest.raises(UsageError, match="Maybe you mean teacher-clash"):
        explain_rule("teacher-clsh")
