"""Site changes of teachers and grades: no more of them on a day or in a week than the policy states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import N_, _
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.site_change_cap import SiteChangeCap
from untisopt.rules.protocol import Chains, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class MostSiteChanges(SiteChangeCap):
    """Base: as many as the policy states.

    Parameters
    ----------
    per_day, per_week : int
        Limits for all; 0: none.
    persons : mapping of str to int
        Limits of single people in a week, in place of `per_week`; here 0 means none at all.
    """

    per_day: int = 0
    per_week: int = 0
    persons: Mapping[str, int] = field(default_factory=dict)

    def missing(self, school: School) -> str:
        """Some limit, and a second site, are needed."""
        if not (self.per_day or self.per_week or self.persons):
            return not_stated.by_policy()
        return "" if len(school.sites) > 1 else _("no second site is known (--site NAME=PATTERN)")

    def of_day(self, name: str) -> int | None:
        """What the policy states."""
        return self.per_day or None

    def of_week(self, school: School, name: str, week_class: int) -> int | None:
        """What the policy states."""
        return self.persons.get(name, self.per_week or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostSiteChanges(MostSiteChanges):
    """Site changes of a teacher: no more than the school allows.

    What it checks
        Site changes of a teacher within a day, and summed over the week, compared with the most that the policy states.
    Why it matters
        Some journeys can be asked of everybody, but not all of them of the same people.
    How it is counted
        One per site change beyond a limit, teacher, day or week, and week class. What exceeds a limit so far may
        remain, but gets no more. What a site change is says ``teacher-site-changes``.
    Example
        One a day is allowed. Arnd goes to the branch and back on Monday: one.
    Parameters
        ``per_day`` (0), ``per_week`` (0): limits for all teachers; 0: none. ``persons`` (none): teachers and their
        limits in a week, such as ``{ Arnd = 1 }``; they go before ``per_week``, and 0 means that there may be no change
        at all. Without any of them the rule is off.
    In Untis
        Untis has no such rule.
    Model
        The changes of the site paths of a day, or of a week, summed.
    """

    id: ClassVar[str] = "teacher-most-site-changes"
    called = N_("too many site changes of a teacher")
    promise = N_("Teachers change sites no more often on a day or in a week than you say.")
    group = Group.SITES
    source = "policy; sites"
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMostSiteChanges(MostSiteChanges):
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
        in a week, such as ``{ "10.3" = 1 }``; they go before ``per_week``, and 0 means that there may be no change at
        all. Without any of them the rule is off.
    In Untis
        Untis has no such rule.
    Model
        The changes of the site paths of a day, or of a week, summed.
    """

    id: ClassVar[str] = "grade-most-site-changes"
    called = N_("too many site changes of a grade")
    promise = N_("Grades change sites no more often on a day or in a week than you say.")
    group = Group.SITES
    source = "policy; sites"
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.GRADE
