"""What a bound on weighted points says in counts, and in the points of another trade-off.

The points of a ladder are those of broken rules and of site changes, rules weighted so heavily that no number of site
changes outweighs one breach. So a bound on the sum is a bound on both, one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.policy import Policy
from untisopt.results.ladder import SITE_CHANGES, TOO_SHORT

_MOVED = "moved-lectures"


@dataclass(frozen=True, slots=True)
class Scale:
    """The points of a trade-off, tier by tier.

    Parameters
    ----------
    rules, changes : mapping of str to int
        Points per unit of every rule of the first tier, and of the second.
    move : int
        Points of a moved lecture.
    most_changes : int
        No plan has more points of the second tier: every lecture is a site change for everybody in it.
    """

    rules: Mapping[str, int]
    changes: Mapping[str, int]
    move: int
    most_changes: int

    @property
    def rules_unit(self) -> int:
        """All points of the first tier are multiples of it; 0 where there are none."""
        return gcd(*self.rules.values())

    @property
    def changes_unit(self) -> int:
        """All points of the second tier are multiples of it; 0 where there are none."""
        return gcd(*self.changes.values())

    def rules_points(self, score: Score) -> int:
        """Points of the first tier."""
        return sum(factor * score.amount(rule) for rule, factor in self.rules.items())

    def points(self, score: Score) -> int:
        """Points of the first two tiers."""
        return self.rules_points(score) + sum(factor * score.amount(rule) for rule, factor in self.changes.items())


def scale(school: School, policy: Policy, factors: Mapping[str, int]) -> Scale:
    """Sort the points per unit of an objective by tier.

    Parameters
    ----------
    factors : mapping of str to int
        By rule id, as in :class:`~untisopt.engines.objective.Objective`.
    """
    tiers = {rule.id: rule.tier for rule in policy.rules}
    changes = {rule: factor for rule, factor in factors.items() if tiers[rule] is Tier.SITE_CHANGES}
    visits = sum(mask.bit_count() for people in school.people.values() for mask in people.values())
    return Scale(
        rules={rule: factor for rule, factor in factors.items() if tiers[rule] is Tier.RULES},
        changes=changes,
        move=factors.get(_MOVED, 0),
        most_changes=max(changes.values(), default=0) * visits,
    )


@dataclass(frozen=True, slots=True)
class Least:
    """What no plan goes below.

    Parameters
    ----------
    rules : int
        Units of the first tier that every plan has.
    changes : int
        Units of the second tier that every plan has that has no more of the first.
    """

    rules: int
    changes: int

    def points(self, scale: Scale) -> int:
        """The fewest points on a scale; on one whose tiers relate as on the scale of the bound."""
        rules, changes = self.rules * scale.rules_unit, self.changes * scale.changes_unit
        # One more breach of a rule is the other way to go on.
        return rules + (min(changes, scale.rules_unit) if scale.rules else changes)


def least(bound: int, scale: Scale) -> Least:
    """Take a bound on the points of the first two tiers apart.

    With 1000 points for a breach and 10 for a site change, 2 050 means: at least two breaches, and with two of them at
    least five site changes. 2 995 means three breaches where no plan has 99 site changes and more.
    """
    bound = max(0, bound)
    if not scale.rules:
        return Least(0, _ceil(bound, scale.changes_unit))
    rules, rest = divmod(bound, scale.rules_unit)
    if rest > scale.most_changes:
        return Least(rules + 1, 0)
    return Least(rules, _ceil(rest, scale.changes_unit))


def too_short_at_least(found: Least, scale: Scale, before: Score) -> int:
    """Fewest journeys with too little time.

    Other rules that are broken today may stay so, and no rule may be broken more often than today: what they cannot
    account for is left to the journeys.
    """
    others = sum(factor * before.amount(rule) for rule, factor in scale.rules.items() if rule not in TOO_SHORT)
    dearest = max((scale.rules.get(rule, 0) for rule in TOO_SHORT), default=0)
    return _ceil(max(0, found.rules * scale.rules_unit - others), dearest)


def site_changes_at_least(found: Least, scale: Scale, score: Score) -> int | None:
    """Fewest site changes of plans that break as few rules as this one; None where a plan might break fewer."""
    if scale.rules_points(score) > found.rules * scale.rules_unit:
        return None
    dearest = max((scale.changes.get(rule, 0) for rule in SITE_CHANGES), default=0)
    return _ceil(found.changes * scale.changes_unit, dearest)


def is_proved(found: Least, scale: Scale, score: Score) -> bool:
    """Whether no plan has fewer points than the one with this score."""
    return found.points(scale) >= scale.points(score)


def price_at_least(budgets: Sequence[tuple[int | None, Least]], scale: Scale, most_moved: int | None) -> int:
    """Fewest points on a scale, moved lectures included, of any plan.

    A plan that moves more than one budget and at most the next pays for the moves beyond the first, and for what is
    proved about the second.

    Parameters
    ----------
    budgets : sequence of (int or None, Least)
        Ascending budgets of moved lectures and what is proved within them; None: any number.
    scale : Scale
        Of the trade-off.
    most_moved : int or None
        Plans that move more do not count; None: all plans count.
    """
    prices: list[int] = []
    fewest = 0
    for budget, found in (*budgets, (None, Least(0, 0))):
        if most_moved is not None and fewest > most_moved:
            break
        prices.append(found.points(scale) + scale.move * fewest)
        if budget is None:
            break
        fewest = budget + 1
    return min(prices)


def _ceil(points: int, unit: int) -> int:
    return -(-points // unit) if unit else 0
