"""Shared by the rules that limit how often somebody may change sites on a day or in a week."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import Occupancy, OccupiedPeriod, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.rules.protocol import Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


DayOfClass = tuple[str, int, int]
"""Name, week class and weekday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangeCap(Rule):
    """Base: a subclass says whose, and how many on a day and in a week; None: any number.

    What exceeds a limit today may remain but not grow.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    tier: Tier = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """A second site is needed."""
        return "" if len(school.sites) > 1 else _("no second site is known (--site NAME=PATTERN)")

    def of_day(self, name: str) -> int | None:
        """The most that somebody may have on a day."""
        return None

    @abstractmethod
    def of_week(self, school: School, name: str, week_class: int) -> int | None:
        """The most that somebody may have in a week."""

    def today(self, school: School) -> Mapping[DayOfClass, int]:
        """Site changes of everybody in the plan of today."""
        return school.remember(("site changes of today", self.kind), lambda: self._count(school.today))

    def _count(self, occupancy: Occupancy) -> Counter[DayOfClass]:
        found: Counter[DayOfClass] = Counter()
        for resource, week_class, day in occupancy.days:
            if resource[0] is self.kind:
                changes = certain_changes(occupancy.day(resource, week_class, day))
                found[resource[1], week_class, day] = sum(1 for _change in changes)
        return +found

    def allowed(self, school: School, name: str, week_class: int) -> dict[int | None, int | None]:
        """The most site changes by day, and in the week (key None), that a plan may have; None: any number.

        What exceeds a limit today may remain.
        """
        today = self.today(school)
        found: dict[int | None, int | None] = {}
        of_day, of_week = self.of_day(name), self.of_week(school, name, week_class)
        for day in school.grid.days:
            found[day] = None if of_day is None else max(of_day, today.get((name, week_class, day), 0))
        so_far = sum(today.get((name, week_class, day), 0) for day in school.grid.days)
        return {**found, None: None if of_week is None else max(of_week, so_far)}

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days, and weeks, on which somebody changes sites more often than allowed."""
        weeks: defaultdict[tuple[str, int], int] = defaultdict(int)
        for (name, week_class, day), amount in self._count(school.occupancy(timetable)).items():
            weeks[name, week_class] += amount
            yield from self._surplus(name, week_class, day, amount, self.of_day(name))
        for (name, week_class), amount in sorted(weeks.items()):
            yield from self._surplus(name, week_class, None, amount, self.of_week(school, name, week_class))

    def _surplus(
        self, name: str, week_class: int, day: int | None, amount: int, limit: int | None
    ) -> Iterator[Violation]:
        if limit is not None and amount > limit:
            facts = Facts(kind=self.kind, name=name, day=day, week_class=week_class)
            yield Violation(self.id, facts, amount - limit)

    def encode(self, model: TimetableModel) -> None:
        """Limit the changes of the site paths."""
        for resource in model.resources(self.kind):
            if resource not in model.school.travellers:
                continue
            for group in model.week_groups(resource, by="sites"):
                self._encode(model, resource, group)

    def _encode(self, model: TimetableModel, resource: Resource, group: WeekGroup) -> None:
        name, week_class = resource[1], group.week_class
        of_day, of_week = self.of_day(name), self.of_week(model.school, name, week_class)
        if of_day is None and of_week is None:
            return
        today = self.today(model.school)
        text = f"{self.id} {name} {week_class}"
        together: list[Literal] = []
        so_far = 0
        for day in model.school.grid.days:
            changes = model.site_changes(resource, group, day)
            on_day = today.get((name, week_class, day), 0)
            self._limit(model, changes, of_day, on_day, group, f"{text} {day}")
            together += changes
            so_far += on_day
        self._limit(model, together, of_week, so_far, group, text)

    def _limit(
        self,
        model: TimetableModel,
        changes: list[Literal],
        limit: int | None,
        today: int,
        group: WeekGroup,
        name: str,
    ) -> None:
        if limit is None:
            return
        if model.strict:
            model.at_most(changes, max(limit, today))
            if today <= limit:
                return
        model.add_points(self.id, model.surplus(changes, limit, name), group.multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Who changes sites how often too often."""
        facts = violation.facts
        if facts.day is None:
            text = ngettext(
                "{name} changes sites {count} time more often in the week{weeks} than allowed",
                "{name} changes sites {count} times more often in the week{weeks} than allowed",
                violation.amount,
            )
        else:
            text = ngettext(
                "{name} changes sites {count} time more often on {day}{weeks} than allowed",
                "{name} changes sites {count} times more often on {day}{weeks} than allowed",
                violation.amount,
            )
        return text.format(
            name=facts.name,
            count=violation.amount,
            day=day_name(facts.day or 0),
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
