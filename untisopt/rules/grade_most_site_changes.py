"""Site changes of a grade: no more than the school allows.

What it checks
    Site changes of a grade within a day, and summed over the week, compared with the most that the policy states.
Why it matters
    Some journeys can be asked of everybody, but not all of them of the same people.
How it is counted
    One per site change beyond a limit, grade, day or week, and week class. What exceeds a limit so far may remain,
    but gets no more. What a site change is says ``grade-site-changes``.
Example
    One a day is allowed. 10.3 goes to the branch and back on Monday: one.
Parameters
    ``per_day`` (0), ``per_week`` (0): limits for all grades; 0: none. ``persons`` (none): grades and their limits
    in a week, such as ``{ "10.3" = 1 }``; they go before ``per_week``, and 0 means that there may be no change at all.
    Without any of them the rule is off.
In Untis
    Untis has no such rule.
Model
    The changes of the site paths of a day, or of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._site_change_caps import MostSiteChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMostSiteChanges(MostSiteChanges):
    """No grade changes sites more often than the policy allows."""

    id: ClassVar[str] = "grade-most-site-changes"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many site changes of a grade")
