"""Which exceptions from rules would leave a place free for a lecture that has none, found without the solver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.events import Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy
from untisopt.rules import Rule
from untisopt.rules.days.closed_times import ClosedTimes
from untisopt.service.events.obstacles import against, placed_at
from untisopt.solve.why_not.conditions import condition_of

Exceptions = tuple[tuple[str, str], ...]


def exceptions(
    school: School, policy: Policy, required: Requirements, timetable: Timetable, block: Block, starts: Iterable[Period]
) -> Exceptions:
    """The exceptions that leave the first place free which exceptions alone can free.

    Parameters
    ----------
    school : School
        After the event.
    policy : Policy
    required : Requirements
    timetable : Timetable
        The repaired plan; the block stands on a weekday below 1.
    block : Block
    starts : iterable of Period
        The places to look at, the best one first.

    Returns
    -------
    tuple of (str, str)
        Rule ids and the names to write under `except`, for closed times weekday and period as `3.7`; empty where
        somebody would be in two places, or the event or a rule without exceptions stands in the way, at every place.
    """
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    found = (_at(school, rules, required, timetable, block, start) for start in starts)
    return next((names for names in found if names), ())


def _at(
    school: School, rules: Sequence[Rule], required: Requirements, timetable: Timetable, block: Block, start: Period
) -> Exceptions:
    tried = placed_at(school, timetable, block, start)
    stated, new = against(school, rules, required, timetable, tried, block)
    allows = {rule.id for rule in rules if rule.exceptions is not None} | {ClosedTimes.id}
    if stated or any(violation.rule not in allows for violation in new):
        return ()
    return tuple(dict.fromkeys((violation.rule, _name(violation, school)) for violation in new))


def _name(violation: Violation, school: School) -> str:
    if violation.rule == ClosedTimes.id:
        return f"{violation.facts.day}.{violation.facts.periods[0]}"
    return condition_of(violation, school).name
