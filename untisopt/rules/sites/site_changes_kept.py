"""Site changes of teachers and grades, nobody worse: no more of them in a week than today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import N_
from untisopt.rules.bases.site_change_cap import SiteChangeCap
from untisopt.rules.protocol import Chains, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesKept(SiteChangeCap):
    """Base: in a week as many as today."""

    weight: int = 0

    def of_week(self, school: School, name: str, week_class: int) -> int | None:
        """As many as today."""
        today = self.today(school)
        return sum(today.get((name, week_class, day), 0) for day in school.grid.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSiteChangesKept(SiteChangesKept):
    """Site changes of teachers, nobody worse: no week may get more of them than today.

    What it checks
        Site changes of a teacher within a day, summed over the week.
    Why it matters
        A repair that saves ten people a journey by giving one person two more will be asked why.
    How it is counted
        One per site change and week class beyond those that the teacher's week has today; a plan with any is not
        allowed. What a site change is says ``teacher-site-changes``.
    Example
        Arnd changes sites twice in the week today; a plan in which Arnd changes three times is no plan.
    Parameters
        ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
    In Untis
        Untis has no such rule.
    Model
        The changes of the site paths of a week, summed.
    """

    id: ClassVar[str] = "teacher-site-changes-kept"
    called = N_("more site changes of a teacher (nobody worse)")
    promise = N_("Nobody worse: no teacher changes sites more often than today.")
    group = Group.NOBODY_WORSE
    source = "today's plan; sites"
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSiteChangesKept(SiteChangesKept):
    """Site changes of grades, nobody worse: no week may get more of them than today.

    What it checks
        Site changes of a grade within a day, summed over the week.
    Why it matters
        A repair that saves ten people a journey by giving one person two more will be asked why.
    How it is counted
        One per site change and week class beyond those that the grade's week has today; a plan with any is not allowed.
        What a site change is says ``grade-site-changes``.
    Example
        10.3 changes sites twice in the week today; a plan in which 10.3 changes three times is no plan.
    Parameters
        ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
    In Untis
        Untis has no such rule.
    Model
        The changes of the site paths of a week, summed.
    """

    id: ClassVar[str] = "grade-site-changes-kept"
    called = N_("more site changes of a grade (nobody worse)")
    promise = N_("Nobody worse: no grade changes sites more often than today.")
    group = Group.NOBODY_WORSE
    source = "today's plan; sites"
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.GRADE
