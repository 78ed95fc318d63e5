"""What the score analysis is made of: points per rule, that add up to the objective."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.policy import Policy
from untisopt.results.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one rule contributes to the score of one plan.

    Parameters
    ----------
    amount : int
        Raw count.
    points : int
        Amount times factor.
    lectures : int
        How many different lectures its findings name.
    """

    amount: int
    points: int
    lectures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule in the score analysis.

    Parameters
    ----------
    rule : str
        Its id.
    title : str
    tier : Tier
    weight : int
    factor : int
        Points per unit of amount in the objective: the weight, times what the tier and the policy make of it.
    before : Part
    after : Part or None
        None where only one plan is looked at.
    """

    rule: str
    title: str
    tier: Tier
    weight: int
    factor: int
    before: Part
    after: Part | None = None

    @property
    def difference(self) -> int:
        """Points after less points before; 0 where only one plan is looked at."""
        return 0 if self.after is None else self.after.points - self.before.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What two plans do not have in common besides places, in words.

    Parameters
    ----------
    lost, added : tuple of str
        Lectures that only the plan before, or only the plan after has.
    altered : tuple of str
        Lectures of one lesson that have other teachers, grades, subjects or weeks.
    notes : tuple of str
        What the two formats do not let compare.
    """

    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or self.altered)


@dataclass(frozen=True, kw_only=True)
class ScoreDocument:
    """The score of one plan, or of two.

    Parameters
    ----------
    source : Source
    other : str
        What the plan after is, as the user named it; empty where only one plan is looked at.
    school : School
    policy : Policy
    lines : tuple of RuleLine
        One per judged rule, in the order of the rules.
    objective_before : int
        What the search minimises, for the plan before; the sum of all points.
    objective_after : int or None
    differences : Differences
        Where there are any, the plan after was judged as a school of its own.
    not_compared : tuple of str
        Rules that can be judged in the plan before only, and count for neither.
    """

    source: Source
    other: str = ""
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    lines: tuple[RuleLine, ...]
    objective_before: int
    objective_after: int | None = None
    differences: Differences = Differences()
    not_compared: tuple[str, ...] = ()

    def points(self, tier: Tier, *, after: bool = False) -> int:
        """Points of a tier."""
        parts = [line.after if after else line.before for line in self.lines if line.tier is tier]
        return sum(part.points for part in parts if part is not None)
