"""What reports are made of: the facts of one run, gathered by the services; nothing here judges or formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from untisopt.domain.changes import Move, apply
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Score
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy
from untisopt.results.packages import Package, PackagePart
from untisopt.results.source import SiteSuggestion, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a repair was made and how it ended.

    Parameters
    ----------
    time_limit, workers, seed, deterministic
        As in SolveOptions.
    status : str
        `optimal`, `feasible`, `stopped` or `chosen`.
    objective_before, objective, bound : int
        Weighted points of the plan that came in, of the plan that goes out, and a proved lower limit for any plan.
    rules_before, rules_after : int
        The part of the points that is due to broken rules of the first tier.
    move_points : int
        Points of one moved lecture.
    seconds : mapping of str to float
        Time per phase.
    versions : mapping of str to str
        Of untisopt, Python and ortools.
    least_site_changes : mapping of str to int
        By rule id: no plan has fewer site changes, however many lectures it moves.
    """

    time_limit: float
    workers: int | None
    seed: int
    deterministic: bool
    status: str
    objective_before: int
    objective: int
    bound: int
    rules_before: int
    rules_after: int
    move_points: int
    seconds: Mapping[str, float]
    versions: Mapping[str, str]
    least_site_changes: Mapping[str, int] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Share of the objective that is not proved to be needed, 0..1."""
        return 0.0 if self.objective <= 0 else max(0.0, (self.objective - self.bound) / self.objective)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The repair that a plan was chosen from.

    Parameters
    ----------
    after : Score
        Of the full repair, under the rules of today.
    version : str
        The version of untisopt that made it, where what it proved does not hold for the rules of today; else empty.
    """

    after: Score = field(repr=False)
    version: str = ""


class Compared(Protocol):
    """A plan before and after, however it came about: all that tables of rules, gaps and site changes need."""

    @property
    def source(self) -> Source:
        """What was read."""

    @property
    def school(self) -> School:
        """Holds every lecture of before and after; its plan of today is the one before."""

    @property
    def policy(self) -> Policy:
        """The rules that judge both."""

    @property
    def before(self) -> Score:
        """Of the plan before."""

    @property
    def after(self) -> Score:
        """Of the plan after."""

    @property
    def moves(self) -> tuple[Move, ...]:
        """Lectures of both that stand elsewhere or in other rooms."""

    @property
    def not_judged(self) -> Mapping[str, str]:
        """Rule id to what is missing."""

    @property
    def planned(self) -> Timetable:
        """The plan after, of all lectures of the school; those without a place are on weekdays below 1."""

    @property
    def plans(self) -> tuple[tuple[School, Timetable], tuple[School, Timetable]]:
        """Before and after: who teaches and learns there, and where."""


@dataclass(frozen=True, kw_only=True)
class RepairDocument:
    """A repaired plan.

    Parameters
    ----------
    source, school, policy
        What was read and wanted.
    before, after : Score
    moves : tuple of Move
        Every lecture that stands elsewhere.
    not_judged : mapping of str to str
        Rule id to what is missing.
    suggestions : tuple of SiteSuggestion
        Empty where sites are known.
    run : Run
    packages : tuple of Package
        Together they hold every move once.
    origin : Origin or None
        What the plan was chosen from; None: it was searched for.
    """

    source: Source
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    before: Score
    after: Score
    moves: tuple[Move, ...] = field(repr=False)
    not_judged: Mapping[str, str]
    suggestions: tuple[SiteSuggestion, ...]
    run: Run
    packages: tuple[Package, ...] = field(default=(), repr=False)
    origin: Origin | None = field(default=None, repr=False)

    @cached_property
    def planned(self) -> Timetable:
        """The repaired plan."""
        return apply(self.moves, self.school.as_is)

    @property
    def plans(self) -> tuple[tuple[School, Timetable], tuple[School, Timetable]]:
        """The school with its plan of today, and with the repaired one."""
        return (self.school, self.school.as_is), (self.school, self.planned)

    @cached_property
    def move_of(self) -> Mapping[str, Move]:
        """The moves by lecture."""
        return {move.lecture: move for move in self.moves}

    @cached_property
    def part_of(self) -> Mapping[str, tuple[Package, PackagePart | None]]:
        """By lecture: the package that moves it, and the part of that; None for a package without parts."""
        found: dict[str, tuple[Package, PackagePart | None]] = {}
        for package in self.packages:
            found.update((move.lecture, (package, None)) for move in package.moves)
            found.update((move.lecture, (package, part)) for part in package.parts for move in part.moves)
        return found

    @cached_property
    def found_before(self) -> frozenset[tuple[str, Facts]]:
        """What the rules find in the plan of today, whichever lectures are to blame."""
        return frozenset((found.rule, replace(found.facts, lectures=())) for found in self.before.violations)
