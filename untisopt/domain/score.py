"""Violations and scores: how good a timetable is, rule by rule and tier by tier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property

from untisopt.domain.resources import Kind


class Tier(IntEnum):
    """What counts before what; inside a tier weighted points add up."""

    RULES = 0
    SITE_CHANGES = 1
    CHANGES = 2
    COMFORT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a violation is about; what does not apply stays at its default.

    Parameters
    ----------
    kind, name : Kind and str, or None
        The person or room concerned.
    day : int or None
        Weekday.
    periods : tuple of int
        Period numbers of the day, in order.
    lectures : tuple of str
        Lecture ids concerned, in the order of the periods.
    sites : tuple of str
        Sites from and to.
    week_class : int or None
        Index into ``School.week_classes``; None where the finding does not depend on weeks.
    detail : tuple of str
        Further names a rule needs for its sentence, such as the room before and after.
    """

    kind: Kind | None = None
    name: str = ""
    day: int | None = None
    periods: tuple[int, ...] = ()
    lectures: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    week_class: int | None = None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One finding of one rule; equal if rule, amount and facts are equal.

    `amount` is the raw count, at least 1; weights are applied by :class:`Score` only.
    """

    rule: str
    facts: Facts
    amount: int = 1


@dataclass(frozen=True, slots=True)
class RuleScore:
    """What one rule found: raw `amount`, the `weight` of one, its `tier`."""

    tier: Tier
    weight: int
    amount: int

    @property
    def points(self) -> int:
        """Weighted points."""
        return self.weight * self.amount


@dataclass(frozen=True)
class Score:
    """The score of one timetable.

    Parameters
    ----------
    rules : mapping of str to RuleScore
        By rule id, in the order of the rules.
    violations : tuple of Violation
        All findings, in the order of the rules.
    """

    rules: Mapping[str, RuleScore]
    violations: tuple[Violation, ...] = field(default=(), repr=False)

    def amount(self, rule: str) -> int:
        """Raw count of one rule; 0 for a rule that was not judged."""
        found = self.rules.get(rule)
        return 0 if found is None else found.amount

    def points(self, tier: Tier) -> int:
        """Weighted points of one tier."""
        return sum(score.points for score in self.rules.values() if score.tier is tier)

    def only(self, kept: Iterable[Violation]) -> Score:
        """The score of these findings alone; rules that find none of them keep their place with an amount of 0."""
        violations = tuple(kept)
        amounts = Counter[str]()
        for violation in violations:
            amounts[violation.rule] += violation.amount
        return Score({rule: replace(found, amount=amounts[rule]) for rule, found in self.rules.items()}, violations)

    @property
    def tiers(self) -> tuple[int, ...]:
        """Weighted points per tier, first tier first: compares lexicographically."""
        return tuple(self.points(tier) for tier in Tier)

    def newly_broken(self, before: Score) -> tuple[str, ...]:
        """Rules of the first tier that are broken more often than in another score, on the whole or for anybody."""
        now, then = self._by_person(), before._by_person()
        worse = {rule for (rule, kind, name), amount in now.items() if amount > then[rule, kind, name]}
        return tuple(
            rule
            for rule, found in self.rules.items()
            if found.tier is Tier.RULES and (found.amount > before.amount(rule) or rule in worse)
        )

    def _by_person(self) -> Counter[tuple[str, Kind, str]]:
        """Raw amounts by rule and the person or room concerned."""
        found: Counter[tuple[str, Kind, str]] = Counter()
        for violation in self.violations:
            if violation.facts.kind is not None:
                found[violation.rule, violation.facts.kind, violation.facts.name] += violation.amount
        return found

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Violation, ...]]:
        """The findings of every rule that found anything."""
        found: defaultdict[str, list[Violation]] = defaultdict(list)
        for violation in self.violations:
            found[violation.rule].append(violation)
        return {rule: tuple(violations) for rule, violations in found.items()}

    def of(self, rule: str) -> tuple[Violation, ...]:
        """The findings of one rule."""
        return self.by_rule.get(rule, ())


def total(violations: Iterable[Violation]) -> int:
    """Sum of the raw amounts."""
    return sum(violation.amount for violation in violations)
