"""Site changes of teachers, nobody worse: no week may get more of them than today.

What it checks
    Site changes of a teacher within a day, summed over the week.
Why it matters
    A repair that saves ten people a journey by giving one person two more will be asked why.
How it is counted
    One per site change and week class beyond those that the teacher's week has today; a plan with any is not allowed.
    What a site change is says ``teacher-site-changes``.
Example
    Arnd changes sites twice in the week today; a plan in which Arnd changes three times is no plan.
Parameters
    ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
In Untis
    Untis has no such rule.
Model
    The changes of the site paths of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._site_change_caps import SiteChangesKept


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSiteChangesKept(SiteChangesKept):
    """No teacher may change sites more often in a week than today."""

    id: ClassVar[str] = "teacher-site-changes-kept"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more site changes of a teacher (nobody worse)")
