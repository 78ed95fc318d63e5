"""What a rule is: one module with parameters, check, CP-SAT encoding, a sentence for people, and documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol

from untisopt.domain.school import Inference, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


class Rule(Protocol):
    """A rule of a good timetable.

    `check` is the specification: plain Python over the domain. `encode` says the same to CP-SAT through the queries of
    :class:`~untisopt.model.timetable_model.TimetableModel`; the two share parameters, never an algorithm.
    """

    id: ClassVar[str]
    # Where a rule knows more of itself it says so, which saves the search for packages from asking:
    #   kind: ClassVar[Kind | None]   whom its findings name; None: nobody, they are about the lectures of one lesson
    #   day_by_day: ClassVar[bool]    whether what it finds on a day depends on that day alone

    @property
    def tier(self) -> Tier:
        """What it counts as: a field, which the policy can set, where a rule may be a rule or a wish; else fixed."""
        ...

    @property
    def weight(self) -> int:
        """Points per unit of amount; 0 means: neither checked nor built."""
        ...

    @property
    def title(self) -> str:
        """Short name in the language in force."""
        ...

    def missing(self, school: School) -> str:
        """What the school would have to know for this rule to be judged; empty if it can be judged."""
        ...

    def infer(self, school: School) -> Iterator[Inference]:
        """What this rule takes as given because the plan of today shows it."""
        ...

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Find what breaks this rule."""
        ...

    def encode(self, model: TimetableModel) -> None:
        """Put this rule into the model."""
        ...

    def explain(self, violation: Violation, school: School) -> str:
        """One sentence a head teacher understands, in the language in force."""
        ...


SETTABLE_TIERS: Mapping[str, Tier] = {"must-hold": Tier.RULES, "comfort": Tier.COMFORT}
"""What a policy can let a rule count as; as few as possible, and the price of a change, are what a repair is about."""


def tier_name(tier: Tier) -> str:
    """How a policy file writes what a rule counts as."""
    return next(name for name, settable in SETTABLE_TIERS.items() if settable is tier)


def encode(rule: Rule, model: TimetableModel) -> None:
    """Put a rule into a model; one that need not hold forbids nothing there."""
    strict = model.strict
    model.strict = strict and rule.tier is Tier.RULES
    try:
        rule.encode(model)
    finally:
        model.strict = strict


class NoInference:
    """Mix-in for rules that need nothing and infer nothing."""

    def missing(self, school: School) -> str:
        """Nothing is needed."""
        return ""

    def infer(self, school: School) -> Iterator[Inference]:
        """Nothing is inferred."""
        return iter(())
