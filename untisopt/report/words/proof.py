"""How good a repair is in words: how the search ended, what is proved, and what the numbers count."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.report.words.findings import findings
from untisopt.results.optimise import RepairDocument
from untisopt.wording import decimal

_MOVED, _SITE_CHANGES = "moved-lectures", "teacher-site-changes"


def quality(document: RepairDocument) -> list[str]:
    """How the search ended and what is proved about the result."""
    run = document.run
    if run.status == "optimal":
        return [_("This is proved: no plan is better under these rules and this trade-off.")]
    endings = {
        "stopped": _("You ended the search; this is the best plan found until then."),
        "chosen": _("These changes were chosen from a repair; others may be better."),
    }
    ending = endings.get(run.status, _("The time limit ended the search; this is the best plan found until then."))
    return [ending, *origin_lines(document), _bound(document), *_least_site_changes(document)]


def origin_lines(document: RepairDocument) -> list[str]:
    """Why nothing that was proved about the repair is said of a choice among its changes."""
    origin = document.origin
    if origin is None or not origin.version:
        return []
    text = _(
        "The repair was made with untisopt {version} or under other rules than those of today: what was proved about "
        "it then is not said here. To have it proved, optimise the plan anew."
    )
    return [text.format(version=origin.version)]


def _least_site_changes(document: RepairDocument) -> list[str]:
    """How many site changes of teachers no plan avoids: what more moved lectures could bring at most."""
    least = _proved(document.run.least_site_changes.get(_SITE_CHANGES, 0) / len(document.school.week_classes))
    if not least:
        return []
    text = _(
        "However many lectures move: no plan that breaks no rule newly has fewer than {least} site changes of teachers "
        "a week (proved)."
    )
    return [text.format(least=decimal(least))]


def _proved(amount: float) -> float:
    """A lower limit with one decimal: rounded down, because more is not proved."""
    return floor(10 * amount + 1e-9) / 10


def _bound(document: RepairDocument) -> str:
    """What is proved, in moved lectures: points mean nothing to people."""
    run = document.run
    mended = _mended_by_all(document)
    if mended:
        return mended
    if run.bound < run.rules_after:
        return _("Whether the broken rules that remain can be mended is open.")
    price, before, bound = (
        points / run.move_points
        for points in (
            run.objective - run.rules_after,
            run.objective_before - run.rules_before,
            run.bound - run.rules_after,
        )
    )
    prices = list(_prices(document))
    if not prices and len(document.school.sites) < 2:
        return _bound_of_moves(price, bound)
    text = _("Counted in moved lectures, the old plan costs {before} and this one {price}.")
    if prices:
        text = _("Counted in moved lectures, the old plan costs {before} and this one {price} ({prices}).")
    told = text.format(before=decimal(before), price=decimal(price), prices="; ".join(prices))
    if _proved(bound) <= 0:
        return f"{told} " + _("How close that is to the best plan is not known.")
    least = _("No plan that breaks as few rules can cost less than {bound} (proved).")
    return f"{told} " + least.format(bound=decimal(_proved(bound)))


def _mended_by_all(document: RepairDocument) -> str:
    """How many broken rules a choice leaves, and the repair that it was made from; empty where that is no better."""
    if document.origin is None:
        return ""
    rules = [rule for rule in document.policy.rules if rule.tier is Tier.RULES]
    left, of_all = (
        sum(len(findings(document.school, rule, score.of(rule.id))) for rule in rules)
        for score in (document.after, document.origin.after)
    )
    if left <= of_all:
        return ""
    text = ngettext(
        "{count} breach of a rule remains; the full repair leaves {left}.",
        "{count} breaches of rules remain; the full repair leaves {left}.",
        left,
    )
    return text.format(count=left, left=of_all)


def _prices(document: RepairDocument) -> Iterator[str]:
    """What counts beside moved lectures, and how many of them each counts; what has no points explains nothing."""
    worth = min(document.policy.effective_worth, len(document.school.lectures))
    for rule in document.policy.judged(document.school):
        has_points = document.before.amount(rule.id) or document.after.amount(rule.id)
        if rule.tier is Tier.RULES or rule.id == _MOVED or not has_points:
            continue
        weight = rule.weight * (worth if rule.tier is Tier.SITE_CHANGES else 1)
        yield _("{what}: {count} each").format(what=rule.title, count=decimal(weight))


def _bound_of_moves(price: float, bound: float) -> str:
    """What is proved where nothing but moved lectures counts."""
    text = _("It is not proved that any lecture has to move for this; the plan moves {moved}.")
    if bound > 0:
        text = ngettext(
            "At least {bound} lecture has to move for this; the plan moves {moved}.",
            "At least {bound} lectures have to move for this; the plan moves {moved}.",
            1 if bound == 1 else 2,
        )
    return text.format(bound=decimal(_proved(bound)), moved=decimal(price))
