"""The objective of a repair: how the tiers and the planner's trade-off become one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.policy import Policy


@dataclass(frozen=True, slots=True)
class Objective:
    """Points per unit of every rule that is on and can be judged.

    A site change counts once per week class and a moved lecture once, so a moved lecture costs as many points as there
    are week classes and a site change costs `worth`: saving one in all weeks may cost up to `worth` moved lectures.
    Tier 0 is weighted so heavily that no gain below can pay for a breach of a rule.

    Parameters
    ----------
    factors : mapping of str to int
        By rule id.
    """

    factors: Mapping[str, int]

    def value(self, score: Score) -> int:
        """Weighted points of a score."""
        return sum(factor * score.amount(rule) for rule, factor in self.factors.items())


def objective(school: School, policy: Policy) -> Objective:
    """Build the objective of a policy for a school."""
    classes = len(school.week_classes)
    # No site change can cost more than moving everything.
    worth = min(policy.effective_worth, len(school.lectures))
    factors: dict[str, int] = {}
    tiers: dict[str, Tier] = {}
    for rule in policy.judged(school):
        tiers[rule.id] = rule.tier
        factors[rule.id] = rule.weight * (worth if rule.tier is Tier.SITE_CHANGES else classes)
    lower = [factor for rule, factor in factors.items() if tiers[rule] is not Tier.RULES]
    comfort = sum(tier is Tier.COMFORT and factors[rule] > 0 for rule, tier in tiers.items())
    highest = 1 + max(lower, default=0) * _most_findings(school, comfort)
    return Objective({r: f * highest if tiers[r] is Tier.RULES else f for r, f in factors.items()})


def _most_findings(school: School, comfort: int) -> int:
    """An upper limit for what the rules below tier 0 can find: every lecture moved and changing sites for everybody.

    A rule of the comfort tier, of which there are `comfort`, finds 6 per person and lecture at most (a subject that
    leaves a period with a request of 3 for one with -3), and one per pair of lectures of a lesson (an order).
    """
    people = sum(len(people) for people in school.people.values()) * len(school.week_classes)
    rooms = sum(len(slot.positions) for slots in school.room_slots.values() for slot in slots)
    pairs = sum(len(blocks) ** 2 for blocks in school.blocks_of_lesson.values()) if comfort else 0
    return (people + rooms) * (1 + 6 * comfort) + pairs * comfort + len(school.lectures)
