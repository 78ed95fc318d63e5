"""Site changes of teachers and grades: consecutive lectures of a day at different sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.site_change_cap import certain_changes
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges(Rule):
    """Base of the site-change rules; a subclass names the kind of people.

    Parameters
    ----------
    weight : int
        Points per site change and week class.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    tier: ClassVar[Tier] = Tier.SITE_CHANGES
    weight: int = 1

    def missing(self, school: School) -> str:
        """A second site is needed."""
        return "" if len(school.sites) > 1 else _("no second site is known (--site NAME=PATTERN)")

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Walk through every day of every person and report each change that nobody could avoid."""
        occupancy = school.occupancy(timetable)
        for resource, week_class, day in occupancy.days:
            if resource[0] is not self.kind:
                continue
            for one, other, origin in certain_changes(occupancy.day(resource, week_class, day)):
                facts = Facts(
                    kind=self.kind,
                    name=resource[1],
                    day=day,
                    periods=(one.number, other.number),
                    lectures=(one.lectures[0], other.lectures[0]),
                    sites=(origin, min(other.sites)),
                    week_class=week_class,
                )
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """A site path per person and day; its changes cost points."""
        for resource in model.resources(self.kind):
            for group in model.week_groups(resource, by="sites"):
                for day in model.school.grid.days:
                    for change in model.site_changes(resource, group, day):
                        model.add_points(self.id, change, group.multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Who changes between which sites in which break."""
        facts = violation.facts
        text = _("{name} changes from {origin} to {target} on {day} between periods {before} and {after}{weeks}")
        return text.format(
            name=facts.name,
            origin=facts.sites[0],
            target=facts.sites[1],
            day=day_name(facts.day or 0),
            before=facts.periods[0],
            after=facts.periods[1],
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSiteChanges(SiteChanges):
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

    id: ClassVar[str] = "teacher-site-changes"
    called = N_("site changes of teachers")
    promise = N_("As few site changes of teachers as possible.")
    group = Group.SITES
    source = "sites"
    chains = Chains.COUNTED
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSiteChanges(SiteChanges):
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

    id: ClassVar[str] = "grade-site-changes"
    called = N_("site changes of grades")
    promise = N_("As few site changes of grades as possible.")
    group = Group.SITES
    source = "sites"
    chains = Chains.COUNTED
    kind: ClassVar[Kind] = Kind.GRADE
