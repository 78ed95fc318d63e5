"""Travel times of teachers and grades: the time between two lectures at different sites is too short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import OccupiedPeriod, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class TooShortTravel(Rule):
    """Base of the travel rules; a subclass names the kind of people.

    Parameters
    ----------
    weight : int
        Points per change that is too short, per week class.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """Sites, travel times and clock times are needed."""
        if len(school.sites) < 2:
            return _("no second site is known (--site NAME=PATTERN)")
        if not school.travel.minutes:
            return _("no travel time is known (--travel MINUTES)")
        if not school.grid.has_times:
            return _("no break table is known (time.txt or --breaks FILE)")
        return ""

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Consecutive occupied periods of a day whose sites differ and whose distance in time is too short."""
        occupancy = school.occupancy(timetable)
        for resource, week_class, day in occupancy.days:
            if resource[0] is not self.kind:
                continue
            occupied = [o for o in occupancy.day(resource, week_class, day) if o.sites]
            for one, other in pairwise(occupied):
                if too_short(school, day, one, other):
                    facts = Facts(
                        kind=self.kind,
                        name=resource[1],
                        day=day,
                        periods=(one.number, other.number),
                        lectures=(one.lectures[0], other.lectures[0]),
                        sites=(min(one.sites), min(other.sites)),
                        week_class=week_class,
                    )
                    yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """No two literals that put somebody at two sites too close in time."""
        before = Counter[tuple[str, int]]()
        for violation in model.before(self.id):
            before[violation.facts.name, violation.facts.day or 0] += violation.amount
        for day in model.school.grid.days:
            close = list(close_pairs(model.school, day))
            for resource in model.resources(self.kind):
                self._encode_day(model, resource, day, close, before[resource[1], day])

    def _encode_day(
        self, model: TimetableModel, resource: Resource, day: int, close: list[tuple[int, int]], limit: int
    ) -> None:
        literals: list[Literal] = []
        amounts: list[int] = []
        for group in model.week_groups(resource, by="sites"):
            for before, after in close:
                found = self._encode_pair(model, resource, group, day, before, after, hard=model.strict and not limit)
                if found is not False:
                    model.add_points(self.id, found, group.multiplicity)
                    literals.append(found)
                    amounts.append(group.multiplicity)
        if limit:
            model.cap(literals, amounts, limit)

    def _encode_pair(
        self,
        model: TimetableModel,
        resource: Resource,
        group: WeekGroup,
        day: int,
        before: int,
        after: int,
        *,
        hard: bool,
    ) -> Literal:
        origin, target, between = (
            [model.at_site(resource, group.week_class, Period(day, number)) for number in numbers]
            for numbers in ((before,), (after,), range(before + 1, after))
        )
        pairs = [
            (s, t)
            for s, t in product(origin[0], target[0])
            if s != t and not model.school.can_travel(day, before, after, s, t)
        ]
        return model.forbid_site_pairs(
            origin[0],
            target[0],
            pairs,
            [literal for by_site in between for literals in by_site.values() for literal in literals],
            hard=hard,
            exclusive=model.is_exclusive(resource),
            name=f"{resource[1]} too short {day}.{before}-{after}",
        )

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how little time where."""
        facts = violation.facts
        before, after = facts.periods
        text = _(
            "{name} changes from {origin} to {target} on {day} between periods {before} and {after}{weeks}: "
            "{minutes} min, {needed} min needed"
        )
        if (before, after) in school.grid.unusable_breaks:
            text = _(
                "{name} changes from {origin} to {target} on {day} between periods {before} and {after}{weeks}: "
                "this break may not be used for travel"
            )
        return text.format(
            name=facts.name,
            origin=facts.sites[0],
            target=facts.sites[1],
            day=day_name(facts.day or 0),
            before=before,
            after=after,
            weeks=in_weeks(school, facts.week_class),
            minutes=school.grid.minutes_between(facts.day or 0, before, after),
            needed=school.travel.between(*facts.sites),
        )


def too_short(school: School, day: int, one: OccupiedPeriod, other: OccupiedPeriod) -> bool:
    """Whether nobody can be in both: no common site, and no pair of sites near enough in time."""
    if one.sites & other.sites:
        return False
    return not any(school.can_travel(day, one.number, other.number, s, t) for s, t in product(one.sites, other.sites))


def close_pairs(school: School, day: int) -> Iterator[tuple[int, int]]:
    """Pairs of periods of a day between which at least one journey is impossible."""
    numbers = school.grid.numbers(day)
    journeys = [pair for pair in product(school.sites, repeat=2) if pair[0] != pair[1]]
    for i, before in enumerate(numbers):
        for after in numbers[i + 1 :]:
            if any(not school.can_travel(day, before, after, *journey) for journey in journeys):
                yield before, after


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherTravel(TooShortTravel):
    """Travel time of teachers: enough time between two lectures at different sites.

    What it checks
        Two consecutive lectures of a teacher on a day at different sites, where the time from the end of the first to
        the start of the second is shorter than the journey, or where the break between them is declared unusable.
    Why it matters
        The teacher comes late, every week.
    How it is counted
        One per change that is too short and week class. Lectures without a room, or in a room without a site, are
        passed over.
    Example
        25 minutes of travel; period 5 ends at 12:15 in the main building, period 6 starts at 12:15 at the branch: one.
        From period 6 (13:00) to period 7 (13:30) there are 30 minutes: none.
    Parameters
        None of its own: sites, travel times, breaks and unusable breaks stand in the policy.
    In Untis
        Untis knows off-site codes of rooms but no minutes.
    Model
        For every pair of periods too close in time, at most one of the literals at either end holds.
    """

    id: ClassVar[str] = "teacher-travel"
    called = N_("travel time of teachers too short")
    promise = N_("A teacher has enough time to travel between two sites.")
    group = Group.SITES
    source = "sites, travel times"
    firmness = 200
    chains = Chains.COUNTED
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTravel(TooShortTravel):
    """Travel time of grades: enough time between two lectures at different sites.

    What it checks
        Two consecutive occupied periods of a grade on a day that have no site in common, where the time between them is
        shorter than the journey.
    Why it matters
        A whole class comes late, and somebody has to walk with it.
    How it is counted
        One per change that is too short and week class. In an upper year with parallel courses at two sites nobody
        knows who sits where; such a period counts only if no site is common.
    Example
        10.3 has Ma in the main building in period 2 (until 09:30) and Sp at the branch in period 3 (from 09:50), 25
        minutes of travel: one.
    Parameters
        None of its own: sites, travel times, breaks and unusable breaks stand in the policy.
    In Untis
        Untis knows off-site codes of rooms but no minutes.
    Model
        For every pair of periods too close in time, at most one of the literals at either end holds.
    """

    id: ClassVar[str] = "grade-travel"
    called = N_("travel time of grades too short")
    promise = N_("A grade has enough time to travel between two sites.")
    group = Group.SITES
    source = "sites, travel times"
    firmness = 200
    chains = Chains.COUNTED
    kind: ClassVar[Kind] = Kind.GRADE
