"""Site changes of teachers within a day.

What it checks
    Two consecutive lectures of a teacher on a day at different sites.
Why it matters
    Every change costs a journey, in a break or a free period.
How it is counted
    One per change and week class; lectures without a site are passed over. A school with A and B weeks has two week
    classes, and a weekly lecture counts in both; reports give the mean per week.
Example
    Main building in periods 1-2, branch in 4-5, main building in 7: two changes.
Parameters
    ``weight`` (1): points per change.
In Untis
    Shown only as the Dislozierung of rooms; not minimised.
Model
    One state per period and teacher for the site; changes of state cost points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._site_changes import SiteChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSiteChanges(SiteChanges):
    """Teachers change sites as seldom as possible."""

    id: ClassVar[str] = "teacher-site-changes"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("site changes of teachers")
