"""What `untisopt rules` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from untisopt.i18n import _, current_language
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import page, paragraph, title
from untisopt.results.rulebook import RuleDocument


def rules_text(rules: Sequence[RuleDocument]) -> str:
    """All rules, one line each, below the heading of their tier."""
    tiers = (
        _("Must hold (what is broken in the present plan may stay, but not get worse)"),
        _("As few as possible"),
        _("The price: changes to the plan"),
        _("Comfort"),
    )
    off = _(" (off)")
    width = max(len(rule.id) for rule in rules)
    lines: list[str] = []
    for tier, name in enumerate(tiers):
        own = [rule for rule in rules if rule.tier == tier]
        if own:
            lines += [*([""] if lines else []), name]
            lines += [f"  {rule.id.ljust(width)}  {rule.title}{'' if rule.weight else off}" for rule in own]
    return page([*lines, "", _("untisopt rules ID explains one of them.")])


def rule_text(rule: RuleDocument) -> str:
    """One rule with all chapters of its documentation."""
    lines = [*title(f"{rule.id}: {rule.title}"), ""]
    if current_language() != "en":
        lines += [*paragraph(_("The text below is in English."), indent=""), ""]
    lines += paragraph(rule.summary, indent="")
    chapters = _chapters()
    for name, text in rule.sections.items():
        lines += ["", chapters.get(name, name), *paragraph(text)]
    return page(lines)


def _chapters() -> dict[str, str]:
    """Headings of the chapters in the language in force; what stands below them is in English only."""
    return {
        "What it checks": _("What it checks"),
        "Why it matters": _("Why it matters"),
        "How it is counted": _("How it is counted"),
        "Example": _("Example"),
        "Parameters": _("Parameters"),
        "In Untis": _("In Untis"),
        "Model": _("Model"),
    }


def rules_json(rules: Sequence[RuleDocument]) -> str:
    """All rules for machines."""
    return dumps([asdict(rule) for rule in rules])
