"""Main subjects of a grade in a row: no more of them than the master data allow.

What it checks
    Runs of periods of a day in which a grade is taught main subjects, without a free period or another subject between
    them, compared with the most that is stated for the grade.
Why it matters
    Three hours of mathematics, German and English on end are too much for most pupils.
How it is counted
    One per period beyond the limit, run, day and week class. A day that has too many so far may keep them, but gets no
    more. A lecture counts if any of its courses for the grade is one of a main subject.
Example
    10.3 may have 3 in a row and has Ma, Ma, De, En in periods 1 to 4: one.
Parameters
    ``most`` (0): a limit for all grades for which none is stated; 0: none. ``subjects`` (none): main subjects beside
    those with flag H, by short name.
In Untis
    Klassen, "Hauptfächer hintereinander" (GPU003, field 11); Fächer, flag H (GPU006, field 5).
Model
    Per stretch that is one period too long a literal that must hold if main subjects are taught in all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import _, ngettext
from untisopt.rules import _not_stated
from untisopt.rules._not_stated import NotStated
from untisopt.rules._refers import SUBJECT, References, Refers
from untisopt.rules._runs import InARow
from untisopt.wording import day_name, in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMainInARow(InARow):
    """No grade has more lectures of main subjects in a row than stated."""

    id: ClassVar[str] = "grade-main-in-a-row"
    kind: ClassVar[Kind] = Kind.GRADE
    counts_all: ClassVar[bool] = False
    refers: ClassVar[References] = {"subjects": Refers(names=SUBJECT)}
    most: int = 0
    subjects: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many lectures of main subjects in a row")

    def missing(self, school: School) -> str:
        """Some limit and some main subject must be stated."""
        if not (self.most or any(limits.most_main_in_a_row for limits in school.limits.grades.values())):
            return _not_stated.of_grades()
        if self.main_subjects(school):
            return ""
        return NotStated(_("no main subject is stated (GPU006, flag H, or a list subjects)"))

    def main_subjects(self, school: School) -> frozenset[str]:
        """Short names of the main subjects."""

        def find() -> frozenset[str]:
            flagged = (name for name, traits in school.limits.subjects.items() if traits.is_main)
            return frozenset((*flagged, *self.subjects))

        return school.remember(("main subjects", self.subjects), find)

    def counts(self, school: School, lecture: str, name: str) -> bool:
        """Whether a lecture teaches a grade a main subject."""
        main = self.main_subjects(school)
        return any(course.subject in main and name in course.grades for course in school.lectures[lecture].courses)

    def longest(self, school: School, name: str) -> int | None:
        """What is stated for the grade, else for all."""
        return school.limits.grade(name).most_main_in_a_row or self.most or None

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade has how many too many, when."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} lecture of main subjects more than the {limit} allowed in a row on {day}{weeks}",
            "{name} has {count} lectures of main subjects more than the {limit} allowed in a row on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.longest(school, facts.name),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )
