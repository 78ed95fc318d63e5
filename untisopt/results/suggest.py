"""What the report on the ways to move a lecture is made of."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.domain.ways import Suggestions
from untisopt.policy import Policy
from untisopt.results.source import Source


@dataclass(frozen=True, kw_only=True)
class SuggestDocument:
    """The ways to move a lecture.

    Parameters
    ----------
    source : Source
    school : School
    policy : Policy
    found : Suggestions
    starts : tuple of Period or None
        The places that were asked for; None: all.
    """

    source: Source
    school: School
    policy: Policy
    found: Suggestions
    starts: tuple[Period, ...] | None = None
