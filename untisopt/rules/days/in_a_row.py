"""Lectures in a row: of teachers, and of main subjects of grades."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.midday import breaks_of
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.bases.refers import SUBJECT, References, Refers
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


Shape = tuple[int, frozenset[tuple[int, int]]]
"""The longest run allowed, and pairs of adjacent periods between which a run ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InARow(MeasuredRule):
    """Base: runs of periods without a free one between them; a subclass says what is the longest allowed."""

    @abstractmethod
    def longest(self, school: School, name: str) -> int | None:
        """The longest run that somebody may have; None: any."""

    def pauses(self, school: School) -> frozenset[tuple[int, int]]:
        """Pairs of adjacent periods between which a run ends."""
        return frozenset()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """Nothing beyond the longest run allowed."""
        return None if self.longest(school, name) is None else 0

    def shape(self, school: School, name: str) -> Hashable:
        """The longest run allowed, and where runs end."""
        return self.longest(school, name), self.pauses(school)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods beyond the limit, over all runs."""
        longest, pauses = cast("Shape", shape)
        busy, beyond, length = set(taught), 0, 0
        for i, number in enumerate(numbers):
            if number not in busy:
                length = 0
                continue
            length = 1 if i and (numbers[i - 1], number) in pauses else length + 1
            beyond += length > longest
        return beyond

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per stretch that is one period too long: all of it is taught."""
        longest, pauses = cast("Shape", shape)
        found = []
        for first in range(len(numbers) - longest):
            until = first + longest + 1
            if pauses.isdisjoint(pairwise(numbers[first:until])):
                found.append(model.at_least_sum(taught[first:until], longest, f"{name} run from {numbers[first]}"))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherInARow(InARow):
    """Lectures of a teacher in a row: no more than the master data allow.

    What it checks
        Runs of periods of a day in which a teacher teaches without a free one between them, compared with the most that
        is stated for the teacher.
    Why it matters
        Six lectures without a break are more than anybody can give well, and often more than is agreed.
    How it is counted
        One per period beyond the limit, run, day and week class. A day that has too many so far may keep them, but gets
        no more.
    Example
        Arnd may teach 4 periods in a row and teaches in periods 1 to 6: two.
    Parameters
        ``most`` (0): a limit for all teachers for whom none is stated; 0: none. ``long_break_minutes`` (0): a break
        that is at least so long on every day ends a run; 0: none does.
    In Untis
        Lehrer, "Max. Std.-Folge" (GPU004, field 14).
    Model
        Per stretch that is one period too long a literal that must hold if all of it is taught.
    """

    id: ClassVar[str] = "teacher-in-a-row"
    called = N_("too many lectures of a teacher in a row")
    promise = N_("No teacher has more lectures in a row than stated.")
    group = Group.TEACHERS
    source = "GPU004, policy"
    kind: ClassVar[Kind] = Kind.TEACHER
    most: int = 0
    long_break_minutes: int = 0

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_in_a_row for limits in school.limits.teachers.values()):
            return ""
        return not_stated.of_teachers()

    def longest(self, school: School, name: str) -> int | None:
        """What is stated for the teacher, else for all."""
        return school.limits.teacher(name).most_in_a_row or self.most or None

    def pauses(self, school: School) -> frozenset[tuple[int, int]]:
        """Long breaks."""
        if not self.long_break_minutes:
            return frozenset()
        return school.remember((type(self), self.long_break_minutes), lambda: self._long_breaks(school))

    def _long_breaks(self, school: School) -> frozenset[tuple[int, int]]:
        found = breaks_of(school.grid)
        return frozenset(pair for pair, minutes in found.items() if min(minutes) >= self.long_break_minutes)

    def explain(self, violation: Violation, school: School) -> str:
        """Who teaches how many too many without a break, when."""
        facts = violation.facts
        text = ngettext(
            "{name} teaches {count} lecture more than the {limit} allowed in a row on {day}{weeks}",
            "{name} teaches {count} lectures more than the {limit} allowed in a row on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.longest(school, facts.name),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMainInARow(InARow):
    """Main subjects of a grade in a row: no more of them than the master data allow.

    What it checks
        Runs of periods of a day in which a grade is taught main subjects, without a free period or another subject
        between them, compared with the most that is stated for the grade.
    Why it matters
        Three hours of mathematics, German and English on end are too much for most pupils.
    How it is counted
        One per period beyond the limit, run, day and week class. A day that has too many so far may keep them, but gets
        no more. A lecture counts if any of its courses for the grade is one of a main subject.
    Example
        10.3 may have 3 in a row and has Ma, Ma, De, En in periods 1 to 4: one.
    Parameters
        ``most`` (0): a limit for all grades for which none is stated; 0: none. ``subjects`` (none): main subjects
        beside those with flag H, by short name.
    In Untis
        Klassen, "Hauptfächer hintereinander" (GPU003, field 11); Fächer, flag H (GPU006, field 5).
    Model
        Per stretch that is one period too long a literal that must hold if main subjects are taught in all of it.
    """

    id: ClassVar[str] = "grade-main-in-a-row"
    called = N_("too many lectures of main subjects in a row")
    promise = N_("No grade has more lectures of main subjects in a row than stated.")
    group = Group.GRADES
    source = "GPU003 and GPU006, policy"
    kind: ClassVar[Kind] = Kind.GRADE
    counts_all: ClassVar[bool] = False
    refers: ClassVar[References] = {"subjects": Refers(names=SUBJECT)}
    most: int = 0
    subjects: tuple[str, ...] = ()

    def missing(self, school: School) -> str:
        """Some limit and some main subject must be stated."""
        if not (self.most or any(limits.most_main_in_a_row for limits in school.limits.grades.values())):
            return not_stated.of_grades()
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
