"""What `untisopt rules` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from untisopt.i18n import _
from untisopt.report._json import dumps
from untisopt.report._layout import page, paragraph, title
from untisopt.report.documents import RuleDocument


def rules_text(rules: Sequence[RuleDocument]) -> str:
    """All rules, one line each, below the heading of their tier."""
    tiers = (
        _("Must hold (what is broken today may stay, but not get worse)"),
        _("As few as possible"),
        _("The price: changes to the plan"),
        _("Comfort"),
    )
    width = max(len(rule.id) for rule in rules)
    lines: list[str] = []
    for tier, name in enumerate(tiers):
        own = [rule for rule in rules if rule.tier == tier]
        if own:
            lines += [*([""] if lines else []), name]
            lines += [f"  {rule.id.ljust(width)}  {rule.title}{'' if rule.weight else _(' (off)')}" for rule in own]
    return page([*lines, "", _("untisopt rules ID explains one of them.")])


def rule_text(rule: RuleDocument) -> str:
    """One rule with all chapters of its documentation."""
    lines = [*title(f"{rule.id}: {rule.title}"), "", *paragraph(rule.summary, indent="")]
    for name, text in rule.sections.items():
        lines += ["", name, *paragraph(text)]
    return page(lines)


def rules_json(rules: Sequence[RuleDocument]) -> str:
    """All rules for machines."""
    return dumps([asdict(rule) for rule in rules])
