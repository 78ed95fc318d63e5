"""Site changes of grades within a day.

What it checks
    Consecutive occupied periods of a grade on a day at different sites.
Why it matters
    Pupils on the road need supervision, and lessons start late.
How it is counted
    One per change and week class. In an upper year with parallel courses at two sites a pupil may be at either; the
    changes counted are those that no pupil can avoid.
Example
    10.3 at the main building in periods 1-4, in the gym of the branch in 6-7: one change.
Parameters
    ``weight`` (1): points per change.
In Untis
    Shown only as the Dislozierung of rooms; not minimised.
Model
    One state per period and grade for the site; changes of state cost points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._site_changes import SiteChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSiteChanges(SiteChanges):
    """Grades change sites as seldom as possible."""

    id: ClassVar[str] = "grade-site-changes"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("site changes of grades")
