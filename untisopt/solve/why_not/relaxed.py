"""A school and its policy without some conditions: what a planner gives up, and all else as before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, cast

from untisopt.domain.calendar import Period
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, Parties, Resource, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import CLASH_RULES, Phase, Rule
from untisopt.solve.why_not.conditions import Conditions, condition_of


def relaxed(conditions: Conditions, given_up: Collection[Condition]) -> tuple[School, Policy]:
    """The school and the policy without some conditions.

    Where a rule knows exceptions, the person or lesson becomes one, as it would in a policy file.
    """
    school, policy = conditions.school, conditions.policy
    blocked = {
        resource: frozenset(period for period in periods if not _is_open(resource, period, given_up))
        for resource, periods in school.blocked.items()
    }
    blocks = [c.name for c in given_up if c.rule == "pinned" and c.name in school.block_of]
    unpinned = {id_ for block in blocks for id_ in school.block_of[block].lectures}
    after = replace(
        school,
        blocked={resource: periods for resource, periods in blocked.items() if periods},
        pinned={id_: reason for id_, reason in school.pinned.items() if id_ not in unpinned},
    )
    after.__dict__["compatible"] = _compatible(school, given_up)
    changes: dict[str, object] = {"rules": tuple(_without(conditions, rule, given_up) for rule in policy.rules)}
    if Condition(MOST_CHANGES) in given_up:
        changes["max_changes"] = None
    return after, policy.with_(**changes)


def _is_open(resource: Resource, period: Period, given_up: Collection[Condition]) -> bool:
    return Condition("availability", *resource, period.day) in given_up


def _compatible(school: School, given_up: Collection[Condition]) -> dict[Resource, frozenset[Parties]]:
    """Who may overlap: all lessons of people and rooms whose clashes are given up."""
    found = dict(school.compatible)
    for condition in given_up:
        if condition.rule in CLASH_RULES.values() and condition.kind is not None:
            resource = (condition.kind, condition.name)
            of_room = school.lectures_in.get(condition.name, ()) if condition.kind is Kind.ROOM else ()
            own = sorted({school.party(id_) for id_ in (*of_room, *school.lectures_of.get(resource, ()))})
            found[resource] = frozenset(frozenset(pair) for pair in combinations(own, 2))
    return found


def _without(conditions: Conditions, rule: Rule, given_up: Collection[Condition]) -> Rule:
    own = tuple(c for c in given_up if c.rule == rule.id)
    if not own or rule.id in (*CLASH_RULES.values(), "availability", "pinned"):
        return rule
    if rule.exceptions is not None:
        names = dict.fromkeys((*rule.exceptions, *(condition.name for condition in own)))
        return cast("Rule", replace(cast("Any", rule), except_=tuple(names)))
    return cast("Rule", _Excepting(conditions, rule, own))


@dataclass(frozen=True)
class _Excepting:
    """A rule that does not speak of some people, lessons or blocks."""

    conditions: Conditions
    rule: Rule
    given_up: tuple[Condition, ...]

    @property
    def id(self) -> str:
        """That of the rule."""
        return self.rule.id

    @property
    def phase(self) -> Phase:
        """That of the rule."""
        return self.rule.phase

    @property
    def tier(self) -> Tier:
        """That of the rule."""
        return self.rule.tier

    @property
    def weight(self) -> int:
        """That of the rule."""
        return self.rule.weight

    @property
    def title(self) -> str:
        """That of the rule."""
        return self.rule.title

    def missing(self, school: School) -> str:
        """As the rule says."""
        return self.rule.missing(school)

    def infer(self, school: School) -> Iterator[Inference]:
        """As the rule says."""
        return self.rule.infer(school)

    def explain(self, violation: Violation, school: School) -> str:
        """As the rule says."""
        return self.rule.explain(violation, school)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """What breaks the rule for others."""
        return (v for v in self.rule.check(school, timetable) if condition_of(v, school) not in self.given_up)

    def encode(self, model: TimetableModel) -> None:
        """The rule for others."""
        if Condition(self.rule.id) in self.given_up:
            return
        if self.rule.phase is Phase.STARTS:
            model.forgiven = self._forgiven()
            self.rule.encode(model)
            model.forgiven = {}
        elif any(condition.kind is None for condition in self.given_up):
            self._encode_other_lessons(model)
        else:
            model.passed_over = {(c.kind, c.name) for c in self.given_up if c.kind is not None}
            self.rule.encode(model)
            model.passed_over = ()

    def _forgiven(self) -> dict[tuple[str, Period], int]:
        """By block and start: what the rule finds there for those who are given up."""
        found: defaultdict[tuple[str, Period], int] = defaultdict(int)
        for condition in self.given_up:
            own = TimetableModel(self.conditions.school_of(condition), strict=False)
            self.rule.encode(own)
            for _rule, block, start, amount in own.start_prices:
                if condition.day is None or start.day == condition.day:
                    found[block.id, start] += amount
        return found

    def _encode_other_lessons(self, model: TimetableModel) -> None:
        given_up = {id_ for condition in self.given_up for id_ in self.conditions.lectures(condition)}
        whole = model.school
        model.school = whole.part_of([id_ for id_ in whole.lectures if id_ not in given_up])
        self.rule.encode(model)
        model.school = whole
