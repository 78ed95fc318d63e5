"""Lectures of a teacher in a row: no more than the master data allow.

What it checks
    Runs of periods of a day in which a teacher teaches without a free one between them, compared with the most that is
    stated for the teacher.
Why it matters
    Six lectures without a break are more than anybody can give well, and often more than is agreed.
How it is counted
    One per period beyond the limit, run, day and week class. A day that has too many so far may keep them, but gets no
    more.
Example
    Arnd may teach 4 periods in a row and teaches in periods 1 to 6: two.
Parameters
    ``most`` (0): a limit for all teachers for whom none is stated; 0: none. ``long_break_minutes`` (0): a break that
    is at least so long on every day ends a run; 0: none does.
In Untis
    Lehrer, "Max. Std.-Folge" (GPU004, field 14).
Model
    Per stretch that is one period too long a literal that must hold if all of it is taught.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import _, ngettext
from untisopt.rules import _not_stated
from untisopt.rules._midday import breaks_of
from untisopt.rules._runs import InARow
from untisopt.wording import day_name, in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherInARow(InARow):
    """No teacher has more lectures in a row than stated."""

    id: ClassVar[str] = "teacher-in-a-row"
    kind: ClassVar[Kind] = Kind.TEACHER
    most: int = 0
    long_break_minutes: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many lectures of a teacher in a row")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_in_a_row for limits in school.limits.teachers.values()):
            return ""
        return _not_stated.of_teachers()

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
