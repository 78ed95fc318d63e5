"""Half-days of teachers and grades: at one site in a morning, and at one in an afternoon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.midday import first_of_afternoon
from untisopt.rules.bases.refers import References, Refers
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSitePerHalfDay(Rule):
    """Base of the half-day rules; a subclass names the kind of people.

    Parameters
    ----------
    weight : int
        Points per site beyond the first of a half-day, per week class; 0: off.
    afternoon : int
        First period of the afternoon; 0: the one after the long midday break.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    tier: Tier = Tier.RULES
    refers: ClassVar[References] = {"afternoon": Refers(periods=True)}
    weight: int = 0
    afternoon: int = 0

    def missing(self, school: School) -> str:
        """A second site is needed."""
        return "" if len(school.sites) > 1 else _("no second site is known (--site NAME=PATTERN)")

    def first_of_afternoon(self, school: School) -> int:
        """First period of the afternoon."""
        return self.afternoon or first_of_afternoon(school)

    def _half(self, numbers: tuple[int, ...], afternoon: int, *, later: bool) -> list[int]:
        return [number for number in numbers if (number >= afternoon) is later]

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Half-days of a person at more than one site."""
        occupancy = school.occupancy(timetable)
        afternoon = self.first_of_afternoon(school)
        for resource, week_class, day in occupancy.days:
            if resource[0] is not self.kind:
                continue
            halves: dict[bool, set[str]] = {False: set(), True: set()}
            for occupied in occupancy.day(resource, week_class, day):
                if Period(day, occupied.number) in school.grid:
                    halves[occupied.number >= afternoon] |= occupied.sites
            for later, sites in halves.items():
                if len(sites) > 1:
                    facts = Facts(
                        kind=self.kind,
                        name=resource[1],
                        day=day,
                        periods=tuple(self._half(school.grid.numbers(day), afternoon, later=later)),
                        week_class=week_class,
                    )
                    yield Violation(self.id, facts, len(sites) - 1)

    def encode(self, model: TimetableModel) -> None:
        """Per half-day and site a literal; the sum of these minus one costs points."""
        before = {
            (v.facts.name, v.facts.week_class, v.facts.day, v.facts.periods): v.amount for v in model.before(self.id)
        }
        afternoon = self.first_of_afternoon(model.school)
        for resource in model.resources(self.kind):
            for group in model.week_groups(resource, by="sites"):
                for day in model.school.grid.days:
                    for later in (False, True):
                        numbers = self._half(model.school.grid.numbers(day), afternoon, later=later)
                        today = before.get((resource[1], group.week_class, day, tuple(numbers)), 0)
                        self._encode(model, resource, group, [Period(day, number) for number in numbers], today)

    def _encode(
        self, model: TimetableModel, resource: Resource, group: WeekGroup, half: list[Period], today: int
    ) -> None:
        by_site: dict[str, list[Literal]] = {}
        for period in half:
            for site, literals in model.at_site(resource, group.week_class, period).items():
                by_site.setdefault(site, []).extend(literals)
        if len(by_site) < 2:
            return
        name = f"{self.id} {resource[1]} {group.week_class} {half[0].day}.{half[0].number}"
        there = [model.any_of(literals, f"{name} {site}") for site, literals in sorted(by_site.items())]
        if model.strict:
            model.at_most(there, 1 + today)
            if not today:
                return
        model.add_points(self.id, model.surplus(there, 1, name), group.multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Who is at how many sites when."""
        facts = violation.facts
        return _("{name} is at {count} sites on {day} between periods {first} and {last}{weeks}").format(
            name=facts.name,
            count=violation.amount + 1,
            day=day_name(facts.day or 0),
            first=facts.periods[0],
            last=facts.periods[-1],
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherHalfDaySite(OneSitePerHalfDay):
    """Half-days of teachers: at one site in a morning, and at one in an afternoon.

    What it checks
        The sites of all lectures of a teacher in a half-day. Where lectures run in parallel at two sites, both count.
    Why it matters
        Whoever stays for half a day loses no break on the road. Untis offers this and nothing finer.
    How it is counted
        One per site beyond the first, per teacher, half-day and week class. What is so today may remain.
    Example
        Arnd has periods 1-2 in the main building and 4-5 at the branch on Monday: one. With 1-2 there and 7-8 at the
        branch: none.
    Parameters
        ``weight`` (0: off). ``afternoon`` (0): first period of the afternoon; 0 takes the one after the longest break
        of 20 minutes or more that begins between 11:00 and 14:00, or 7 where there is none.
    In Untis
        Optimierung, "Außenstellen halbtageweise".
    Model
        Per half-day and site a literal "is there"; at most one of them holds, or as many as today.
    """

    id: ClassVar[str] = "teacher-half-day-site"
    called = N_("teacher at several sites in a half-day")
    promise = N_("A teacher stays at one site in the morning, and at one in the afternoon.")
    group = Group.SITES
    source = "sites"
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeHalfDaySite(OneSitePerHalfDay):
    """Half-days of grades: at one site in a morning, and at one in an afternoon.

    What it checks
        The sites of all lectures of a grade in a half-day. Where lectures run in parallel at two sites, both count.
    Why it matters
        A class on the road is a class that needs somebody to go with it.
    How it is counted
        One per site beyond the first, per grade, half-day and week class. What is so today may remain.
    Example
        7a has sports at the branch in periods 3-4 and the rest of Monday's morning in the main building: one.
    Parameters
        ``weight`` (0: off). ``afternoon`` (0): first period of the afternoon; 0 takes the one after the longest break
        of 20 minutes or more that begins between 11:00 and 14:00, or 7 where there is none.
    In Untis
        Optimierung, "Außenstellen halbtageweise"; it holds for classes as well.
    Model
        Per half-day and site a literal "is there"; at most one of them holds, or as many as today.
    """

    id: ClassVar[str] = "grade-half-day-site"
    called = N_("grade at several sites in a half-day")
    promise = N_("A grade stays at one site in the morning, and at one in the afternoon.")
    group = Group.SITES
    source = "sites"
    kind: ClassVar[Kind] = Kind.GRADE
