"""Afternoons of grades that lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.bases.midday import first_of_afternoon
from untisopt.rules.bases.refers import References, Refers
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeAfternoonsApart(Rule):
    """Afternoons of a grade: not on two days in a row, where the master data ask for it.

    What it checks
        Neighbouring weekdays on both of which a grade has lectures in the afternoon, for grades of which the master
        data or the policy want their afternoons apart.
    Why it matters
        After a long day there should be an afternoon for homework, clubs and doctors.
    How it is counted
        One per grade, pair of neighbouring weekdays and week class. Friday and Monday are not neighbours. Pairs that
        exist so far may remain.
    Example
        10.3 has afternoons on Monday and Wednesday. A lecture moves from Wednesday 8 to Tuesday 8: one.
    Parameters
        ``grades`` (none): further grades that this applies to, by short name or shell pattern. ``afternoon`` (0): first
        period of the afternoon; 0: the period after the longest break of 20 minutes or more that begins between 11:00
        and 14:00, or 7 where there is no such break.
    In Untis
        Klassen, flag F (GPU003, field 5): not on consecutive days.
    Model
        Per day a literal that holds if any period of the afternoon is taught in; of two days in a row one may hold.
    """

    id: ClassVar[str] = "grade-afternoons-apart"
    called = N_("afternoons of a grade on two days in a row")
    promise = N_("Grades that want their afternoons apart have none on two days in a row.")
    group = Group.GRADES
    source = "GPU003, policy"
    kind: ClassVar[Kind] = Kind.GRADE
    refers: ClassVar[References] = {
        "grades": Refers(names=Kind.GRADE, patterns=True),
        "afternoon": Refers(periods=True),
    }
    tier: Tier = Tier.RULES
    weight: int = 1
    grades: tuple[str, ...] = ()
    afternoon: int = 0

    def missing(self, school: School) -> str:
        """Some grade must want them apart."""
        if self.grades or any(limits.apart for limits in school.limits.grades.values()):
            return ""
        return not_stated.of_grades()

    def _applies_to(self, school: School, name: str) -> bool:
        return school.limits.grade(name).apart or is_exempt(name, self.grades)

    def _first(self, school: School) -> int:
        return self.afternoon or first_of_afternoon(school)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Pairs of neighbouring days with afternoons."""
        occupancy = school.occupancy(timetable)
        first = self._first(school)
        late: dict[tuple[str, int], list[int]] = {}
        for resource, week_class, day in occupancy.days:
            kind, name = resource
            held = occupancy.day(resource, week_class, day)
            if kind is self.kind and self._applies_to(school, name) and any(o.number >= first for o in held):
                late.setdefault((name, week_class), []).append(day)
        for (name, week_class), days in sorted(late.items()):
            for day, following in pairwise(sorted(days)):
                if following == day + 1:
                    yield Violation(self.id, Facts(kind=self.kind, name=name, day=day, week_class=week_class))

    def encode(self, model: TimetableModel) -> None:
        """Of two days in a row, one may have an afternoon; pairs of today may remain."""
        today = {(v.facts.name, v.facts.week_class, v.facts.day) for v in model.before(self.id)}
        for resource in model.resources(self.kind):
            if self._applies_to(model.school, resource[1]):
                for group in model.week_groups(resource, by="sites"):
                    late = self._afternoons(model, resource, group)
                    for day, literal in late.items():
                        following = late.get(day + 1, False)
                        is_so = (resource[1], group.week_class, day) in today
                        self._encode_pair(model, [literal, following], group, is_so, f"{resource[1]} {day}")

    def _afternoons(self, model: TimetableModel, resource: Resource, group: WeekGroup) -> Mapping[int, Literal]:
        """Per weekday: there are lectures in the afternoon."""
        first = self._first(model.school)
        return {
            day: model.any_of(
                (
                    model.occupied(resource, group.week_class, Period(day, number))
                    for number in model.school.grid.numbers(day)
                    if number >= first
                ),
                f"{self.id} {resource[1]} {group.week_class} {day}",
            )
            for day in model.school.grid.days
        }

    def _encode_pair(
        self, model: TimetableModel, pair: list[Literal], group: WeekGroup, is_so: bool, name: str
    ) -> None:
        if model.strict and not is_so:
            model.at_most(pair, 1)
            return
        both = model.at_least_sum(pair, 1, f"{self.id} {name} {group.week_class} both")
        model.add_points(self.id, both, group.multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade has which afternoons."""
        facts = violation.facts
        day = facts.day or 0
        return _("{name} has lectures in the afternoon both on {day} and on {following}{weeks}").format(
            name=facts.name,
            day=day_name(day),
            following=day_name(day + 1),
            weeks=in_weeks(school, facts.week_class),
        )
