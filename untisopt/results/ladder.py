"""What the reports on a ladder of repairs are made of; nothing here computes or formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.policy import Policy
from untisopt.results.source import SiteSuggestion, Source

MINIMUM = "minimum"
RECOMMENDED = "recommended"
BEST = "best"
OPTIONS = (MINIMUM, RECOMMENDED, BEST)
"""The named options of a ladder, the one with the fewest moved lectures first."""

_TEACHER_CHANGES, _GRADE_CHANGES = SITE_CHANGES = ("teacher-site-changes", "grade-site-changes")
TOO_SHORT = ("teacher-travel", "grade-travel")


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """The best plan found within a budget, and what is proved about all plans within it.

    Parameters
    ----------
    budget : int or None
        Most lectures that may move; None: any number; 0: the plan of today.
    moved : int
        Lectures at another period than today.
    teachers, grades : int
        How many of them a change touches.
    amounts : mapping of str to int
        Raw count per judged rule, over all kinds of weeks.
    points : int
        Weighted points of broken rules and site changes; moved lectures are not in them.
    bound : int
        No plan within the budget has fewer points.
    proved : bool
        Whether no plan within the budget breaks fewer rules or, breaking as few, has fewer site changes.
    too_short_at_least : int
        No plan within the budget has fewer journeys with too little time, over all kinds of weeks.
    site_changes_at_least : int or None
        No plan within the budget that breaks as few rules has fewer site changes of teachers and grades, over all kinds
        of weeks. None: not known, because a plan might break fewer rules.
    """

    budget: int | None
    moved: int
    teachers: int
    grades: int
    amounts: Mapping[str, int]
    points: int
    bound: int
    proved: bool
    too_short_at_least: int
    site_changes_at_least: int | None

    @property
    def is_today(self) -> bool:
        """Whether this is the foot of the ladder: the plan of today."""
        return self.budget == 0

    @property
    def teacher_changes(self) -> int:
        """Site changes of teachers."""
        return self.amounts.get(_TEACHER_CHANGES, 0)

    @property
    def grade_changes(self) -> int:
        """Site changes of grades."""
        return self.amounts.get(_GRADE_CHANGES, 0)

    @property
    def site_changes(self) -> int:
        """Site changes of teachers and grades."""
        return self.teacher_changes + self.grade_changes

    @property
    def too_short(self) -> int:
        """Journeys of teachers and grades with too little time."""
        return sum(self.amounts.get(rule, 0) for rule in TOO_SHORT)

    @property
    def gap(self) -> float:
        """Share of the points that is not proved to be needed, 0..1."""
        return 0.0 if self.points <= 0 else max(0.0, (self.points - self.bound) / self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRun:
    """How a ladder was made.

    Parameters
    ----------
    time_limit, workers, seed, deterministic
        As in SolveOptions.
    stopped : bool
        Whether the user ended the search.
    factors : mapping of str to int
        Points per unit of every rule in the points of the steps.
    seconds : mapping of str to float
        Time per phase.
    versions : mapping of str to str
        Of untisopt, Python and ortools.
    """

    time_limit: float
    workers: int | None
    seed: int
    deterministic: bool
    stopped: bool
    factors: Mapping[str, int]
    seconds: Mapping[str, float]
    versions: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LadderDocument:
    """A ladder of repairs: the more lectures may move, the better the plan.

    Parameters
    ----------
    source, school, policy
        What was read and wanted.
    before : Score
        Of the plan of today.
    steps : tuple of LadderStep
        Ascending budgets; the first is the plan of today.
    named : mapping of str to int
        Index into `steps` of each of :data:`OPTIONS`.
    not_judged : mapping of str to str
        Rule id to what is missing.
    suggestions : tuple of SiteSuggestion
        Empty where sites are known.
    run : LadderRun
    """

    source: Source
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    before: Score = field(repr=False)
    steps: tuple[LadderStep, ...]
    named: Mapping[str, int]
    not_judged: Mapping[str, str]
    suggestions: tuple[SiteSuggestion, ...]
    run: LadderRun

    @property
    def today(self) -> LadderStep:
        """The foot of the ladder."""
        return self.steps[0]

    def step(self, option: str) -> LadderStep:
        """The step that a named option stands for."""
        return self.steps[self.named[option]]

    def options_at(self, index: int) -> tuple[str, ...]:
        """The named options that stand for a step."""
        return tuple(option for option in OPTIONS if self.named.get(option) == index)
