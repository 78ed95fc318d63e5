"""What the report on the room in a plan is made of."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.school import School
from untisopt.domain.slack import Slack
from untisopt.policy import Policy
from untisopt.results.source import Source


@dataclass(frozen=True, kw_only=True)
class SlackDocument:
    """The room that a plan leaves.

    Parameters
    ----------
    source : Source
    school : School
    policy : Policy
    found : Slack
    seed : int
        The one that absences were drawn with.
    """

    source: Source
    school: School
    policy: Policy
    found: Slack
    seed: int
