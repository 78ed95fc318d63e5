"""Subjects in afternoons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Occupancy, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.midday import first_of_afternoon
from untisopt.rules.bases.refers import SUBJECT, References, Refers
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAfternoons(Rule):
    """Afternoons of a subject: no grade has more afternoon lectures of it than the master data allow.

    What it checks
        The periods of the afternoons of a week in which a grade is taught a subject, compared with the most that is
        stated for the subject.
    Why it matters
        Some subjects are hard to learn in the afternoon, and no class should have all of one of them there.
    How it is counted
        One per period beyond the limit, grade, subject and week class. A week that has too many so far may keep them,
        but gets no more. The least that may be stated is not judged: no repair needs to fill afternoons.
    Example
        At most 1 lecture of Ma may be in the afternoon. 10.3 has Ma in Monday 7 and Thursday 8: one.
    Parameters
        ``most`` (none): subjects and their limits, such as ``{ Ma = 1 }``; they go before what the master data state.
        ``afternoon`` (0): first period of the afternoon; 0: the period after the longest break of 20 minutes or more
        that begins between 11:00 and 14:00, or 7 where there is no such break.
    In Untis
        Fächer, "Stunden am Nachmittag" (GPU006, field 10).
    Model
        Per afternoon period a literal "is taught the subject", summed over the week.
    """

    id: ClassVar[str] = "subject-afternoons"
    called = N_("too many afternoon lectures of a subject")
    promise = N_("Subjects have no more afternoon lectures a week than stated.")
    group = Group.LESSONS
    source = "GPU006, policy"
    tier: Tier = Tier.RULES
    refers: ClassVar[References] = {"most": Refers(names=SUBJECT), "afternoon": Refers(periods=True)}
    weight: int = 1
    most: Mapping[str, int] = field(default_factory=dict)
    afternoon: int = 0

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        return "" if self.limits(school) else not_stated.of_subjects()

    def limits(self, school: School) -> dict[str, int]:
        """The most of every subject for which it is stated."""
        traits = school.limits.subjects.items()
        stated = {name: t.most_afternoon for name, t in traits if t.most_afternoon is not None}
        return {**stated, **self.most}

    def _taught(self, school: School, lecture: str, grade: str, week_class: int) -> set[str]:
        """Subjects that a lecture teaches a grade in a week class."""
        weeks = school.week_classes[week_class].weeks
        courses = school.lectures[lecture].courses
        return {c.subject for c in courses if grade in c.grades and c.weeks & weeks}

    def _first(self, school: School) -> int:
        return self.afternoon or first_of_afternoon(school)

    def _count(self, school: School, occupancy: Occupancy) -> dict[tuple[str, int, str], int]:
        """Afternoon periods by grade, week class and subject."""
        found: defaultdict[tuple[str, int, str], int] = defaultdict(int)
        first = self._first(school)
        for (kind, name), week_class, day in occupancy.days:
            if kind is not Kind.GRADE or day not in school.grid.days:
                continue
            for occupied in occupancy.day((kind, name), week_class, day):
                taught = (self._taught(school, lecture, name, week_class) for lecture in occupied.lectures)
                for subject in set[str]().union(*taught) if occupied.number >= first else ():
                    found[name, week_class, subject] += 1
        return found

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Subjects of which a grade has too much in the afternoons."""
        limits = self.limits(school)
        for (name, week_class, subject), amount in sorted(self._count(school, school.occupancy(timetable)).items()):
            if amount > limits.get(subject, amount):
                facts = Facts(kind=Kind.GRADE, name=name, week_class=week_class, detail=(subject,))
                yield Violation(self.id, facts, amount - limits[subject])

    def encode(self, model: TimetableModel) -> None:
        """Sum up the afternoon periods of every subject with a limit."""
        school = model.school
        today = self._count(school, school.today)
        for resource in model.resources(Kind.GRADE):
            for week_class in range(len(school.week_classes)):
                for subject, limit in self.limits(school).items():
                    literals = self._literals(model, resource, week_class, subject)
                    so_far = today.get((resource[1], week_class, subject), 0)
                    self._limit(model, literals, limit, so_far, f"{resource[1]} {subject} {week_class}")

    def _literals(self, model: TimetableModel, resource: Resource, week_class: int, subject: str) -> list[Literal]:
        """Per afternoon period: the grade is taught the subject."""
        school, first = model.school, self._first(model.school)
        found = []
        for period in (Period(day, n) for day in school.grid.days for n in school.grid.numbers(day) if n >= first):
            covers = model.covering(resource, week_class, period)
            taught = [c.literal for c in covers if subject in self._taught(school, c.lecture, resource[1], week_class)]
            found.append(model.any_of(taught, f"{resource[1]} {subject} {period.day}.{period.number} {week_class}"))
        return found

    def _limit(self, model: TimetableModel, literals: list[Literal], limit: int, today: int, name: str) -> None:
        if model.strict:
            model.at_most(literals, max(limit, today))
            if today <= limit:
                return
        model.add_points(self.id, model.surplus(literals, limit, f"{self.id} {name}"))

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade has how many too many of which subject."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} afternoon lecture of {subject} more than the {limit} allowed in the week{weeks}",
            "{name} has {count} afternoon lectures of {subject} more than the {limit} allowed in the week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            subject=facts.detail[0],
            limit=self.limits(school)[facts.detail[0]],
            weeks=in_weeks(school, facts.week_class),
        )
