"""Shared by the two site-change rules: somebody has consecutive lectures at different sites on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import OccupiedPeriod, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.rules._rule import NoInference
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges(NoInference):
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


def certain_changes(day: Sequence[OccupiedPeriod]) -> Iterator[tuple[OccupiedPeriod, OccupiedPeriod, str]]:
    """Changes of a day: the occupied periods before and after, and the site left.

    Periods without a site are passed over. Where parallel lectures are at several sites, somebody may stay at any of
    them, so the possible sites narrow down until none is left: that is a change.
    """
    possible: frozenset[str] = frozenset()
    previous: OccupiedPeriod | None = None
    for occupied in day:
        if not occupied.sites:
            continue
        if previous is not None and not possible & occupied.sites:
            yield previous, occupied, min(possible)
            possible = occupied.sites
        else:
            possible = possible & occupied.sites if previous is not None else occupied.sites
        previous = occupied
