"""Words for the steps and options of a ladder, the same in the table, the text and the picture."""

from __future__ import annotations

from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.results.ladder import BEST, MINIMUM, RECOMMENDED, SITE_CHANGES, TOO_SHORT, LadderDocument, LadderStep
from untisopt.wording import decimal


def option_name(option: str) -> str:
    """A named option in the language in force."""
    return {MINIMUM: _("minimum"), RECOMMENDED: _("recommended"), BEST: _("best")}[option]


def option_names(document: LadderDocument, index: int) -> str:
    """The options that stand for a step, joined by commas; empty where none does."""
    return ", ".join(option_name(option) for option in document.options_at(index))


def budget_name(step: LadderStep) -> str:
    """A budget as a cell of a table: `today`, a number, or `any number`."""
    if step.is_today:
        return _("today")
    return _("any number") if step.budget is None else str(step.budget)


def within(step: LadderStep) -> str:
    """A budget as the end of a sentence on all plans: `with at most 5 moved lectures`, `however many lectures move`."""
    if step.budget is None:
        return _("however many lectures move")
    text = ngettext("with at most {count} moved lecture", "with at most {count} moved lectures", step.budget)
    return text.format(count=step.budget)


def weekly(document: LadderDocument, amount: int) -> str:
    """A count over all kinds of weeks as the mean of a week."""
    return decimal(amount / len(document.school.week_classes))


def judges_site_changes(document: LadderDocument) -> bool:
    """Whether site changes are counted: sites are known and a rule counts them."""
    return any(rule in document.before.rules for rule in SITE_CHANGES)


def judges_travel(document: LadderDocument) -> bool:
    """Whether the time for journeys is judged."""
    return any(rule in document.before.rules for rule in TOO_SHORT)


def has_grade_changes(document: LadderDocument) -> bool:
    """Whether a grade changes sites in any step."""
    return any(step.grade_changes for step in document.steps)


def other_breaches(document: LadderDocument, step: LadderStep) -> int:
    """How often a step breaks rules of the first tier other than those on the time for journeys."""
    rules = document.before.rules.items()
    return sum(step.amounts.get(rule, 0) for rule, found in rules if found.tier is Tier.RULES and rule not in TOO_SHORT)
