"""Gaps of a teacher in a week: no more than the master data allow.

What it checks
    Free periods between the first and the last lecture of a day, summed over the week, compared with the most that is
    stated for the teacher.
Why it matters
    The limit is often agreed with the staff council, for part-time teachers above all.
How it is counted
    One per gap beyond the limit, teacher and week class. A week that has too many so far may keep them, but gets no
    more. The least number of gaps, which Untis knows as well, is not judged: no teacher asks for gaps.
Example
    Arnd may have 3 gaps a week and has 5: two.
Parameters
    ``most`` (none): teachers and their limits, such as ``{ Arnd = 3 }``; they go before what the master data state.
In Untis
    Lehrer, "Hohlstunden" (GPU004, field 11).
Model
    The gap literals of all days of a week, summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import _, ngettext
from untisopt.rules import _not_stated
from untisopt.rules._gaps import TeacherGapsOfWeek
from untisopt.rules._refers import References, Refers
from untisopt.wording import in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostGaps(TeacherGapsOfWeek):
    """No teacher's week has more gaps than stated."""

    id: ClassVar[str] = "teacher-most-gaps"
    refers: ClassVar[References] = {"most": Refers(names=Kind.TEACHER)}
    most: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many gaps of a teacher in a week")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_gaps is not None for limits in school.limits.teachers.values()):
            return ""
        return _not_stated.of_teachers()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What the policy or the master data state."""
        return self.most.get(name, school.limits.teacher(name).most_gaps)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many too many."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} gap more than the {limit} allowed in the week{weeks}",
            "{name} has {count} gaps more than the {limit} allowed in the week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.limit(school, facts.name, facts.week_class or 0),
            weeks=in_weeks(school, facts.week_class),
        )
