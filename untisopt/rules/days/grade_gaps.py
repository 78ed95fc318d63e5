"""Gaps of grades on a day: no new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, OccupiedPeriod, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel, WeekGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeGaps(Rule):
    """Gaps of grades: no grade gets a new gap.

    What it checks
        Free periods of a grade between its first and last lecture of a day, compared with the same day so far.
    Why it matters
        Younger pupils need supervision in a gap, and older ones stand in the corridor.
    How it is counted
        One per free period more than on that day so far, per grade and week class. A free period for lunch is a gap
        like any other: what is there already may stay, but nothing comes on top. A period in which the whole school is
        free, or in which the grade is away, is none.
    Example
        10.3 has periods 1-6 on Monday without a gap. After a move it has 1-4 and 6: one.
    Parameters
        ``except`` (none): grades that may get new gaps, by short name or shell pattern.
    In Untis
        Hohlstunden; a class with flag P (GPU003, field 5) may have them and is not judged.
    Model
        Per period a literal each for "has begun", "has not ended" and "is taught".
    """

    id: ClassVar[str] = "grade-gaps"
    called = N_("new gaps of grades")
    promise = N_("No grade gets a gap that it does not have today.")
    habit = N_("Gaps of grades")
    group = Group.GRADES
    source = "today's plan; GPU003 (flag P) lifts it"
    firmness = 12
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.GRADE
    day_by_day: ClassVar[bool] = True
    tier: Tier = Tier.RULES
    exempts: ClassVar[str] = Kind.GRADE
    weight: int = 1
    except_: tuple[str, ...] = ()

    def is_exempt(self, school: School, grade: str) -> bool:
        """Whether a grade may get new gaps: the policy says so, or flag P of GPU003."""
        return school.limits.grade(grade).gaps_allowed or is_exempt(grade, self.except_)

    def infer(self, school: School) -> Iterator[Inference]:
        """How many gaps every grade has today."""
        found: dict[str, int] = {}
        for (kind, name), week_class, day in school.today.days:
            if kind is Kind.GRADE and not self.is_exempt(school, name):
                gaps = gaps_of(school, (kind, name), day, school.today.day((kind, name), week_class, day))
                found[name] = found.get(name, 0) + gaps
        for grade, gaps in sorted(found.items()):
            if gaps:
                text = ngettext("{count} gap so far", "{count} gaps so far", gaps)
                yield Inference(self.id, grade, text.format(count=gaps))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days on which a grade has more gaps than today."""
        occupancy = school.occupancy(timetable)
        for resource, week_class, day in occupancy.days:
            if resource[0] is not Kind.GRADE or self.is_exempt(school, resource[1]):
                continue
            allowed = gaps_of(school, resource, day, school.today.day(resource, week_class, day))
            gaps = gaps_of(school, resource, day, occupancy.day(resource, week_class, day))
            if gaps > allowed:
                facts = Facts(kind=Kind.GRADE, name=resource[1], day=day, week_class=week_class)
                yield Violation(self.id, facts, gaps - allowed)

    def encode(self, model: TimetableModel) -> None:
        """Count the gaps of a day and compare with today."""
        for resource in (grade for grade in model.resources(Kind.GRADE) if not self.is_exempt(model.school, grade[1])):
            for group in model.week_groups(resource, by="sites"):
                for day in model.school.grid.days:
                    self._encode_day(model, resource, group, day)

    def _encode_day(self, model: TimetableModel, resource: Resource, group: WeekGroup, day: int) -> None:
        school = model.school
        allowed = gaps_of(school, resource, day, school.today.day(resource, group.week_class, day))
        periods = [Period(day, number) for number in school.grid.numbers(day)]
        taught = [model.occupied(resource, group.week_class, period) for period in periods]
        covered = [literal if school.waits(resource, p) else True for literal, p in zip(taught, periods, strict=True)]
        name = f"{resource[1]} {day} {group.week_class}"
        gaps = model.gaps(taught, name, forbid=model.strict and allowed == 0, covered=covered)
        if model.strict:
            model.at_most(gaps, allowed)
            return
        for surplus in range(allowed, len(gaps)):
            name = f"{resource[1]} more than {surplus} gaps on {day}"
            model.add_points(self.id, model.at_least_sum(gaps, surplus, name), group.multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many gaps more."""
        facts = violation.facts
        text = ngettext(
            "{grade} gets {count} more free period between lectures on {day}{weeks}",
            "{grade} gets {count} more free periods between lectures on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            grade=facts.name,
            count=violation.amount,
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )


def gaps_of(school: School, person: Resource, day: int, occupied: Sequence[OccupiedPeriod]) -> int:
    """Free periods between the first and the last occupied period of a day in which the person waits."""
    if len(occupied) < 2:
        return 0
    taught = {period.number for period in occupied}
    free = (n for n in school.grid.numbers(day) if occupied[0].number < n < occupied[-1].number and n not in taught)
    return sum(school.waits(person, Period(day, number)) for number in free)
