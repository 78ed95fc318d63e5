"""A plan and how it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Score
from untisopt.policy import Policy
from untisopt.results.source import SiteSuggestion, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """A change of sites within a day, the same week classes taken together.

    Parameters
    ----------
    kind, name : Kind and str
        Who.
    day, before, after : int
        Weekday, the last period at `origin` and the first at `target`.
    origin, target : str
        Sites.
    minutes, needed : int or None
        Time from the end of `before` to the start of `after`, and for the journey; None: unknown.
    too_short : bool
        Whether the time is too short.
    week_classes : tuple of int
        Indices into ``School.week_classes``.
    """

    kind: Kind
    name: str
    day: int
    before: int
    after: int
    origin: str
    target: str
    minutes: int | None
    needed: int | None
    too_short: bool
    week_classes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CheckDocument:
    """A plan and how it is judged.

    Parameters
    ----------
    source : Source
    school : School
    policy : Policy
    judgement : Score
    not_judged : mapping of str to str
        Rule id to what is missing.
    inferences : tuple of Inference
        What is taken as given because the plan of today shows it.
    site_changes : tuple of SiteChange
        Sorted by kind, name, day and period.
    suggestions : tuple of SiteSuggestion
        Best first; empty where sites are known.
    """

    source: Source
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    judgement: Score
    not_judged: Mapping[str, str]
    inferences: tuple[Inference, ...] = field(repr=False)
    site_changes: tuple[SiteChange, ...] = field(repr=False)
    suggestions: tuple[SiteSuggestion, ...]
