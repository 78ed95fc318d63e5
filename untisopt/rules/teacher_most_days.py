"""Days at school of a teacher: no more of them than the school has promised.

What it checks
    The days of a week on which a teacher has lectures, compared with the most that the policy states.
Why it matters
    Part-time teachers are promised a number of days, and no export carries it.
How it is counted
    One per day beyond the limit, teacher and week class. A week that has too many so far may keep them, but gets no
    more.
Example
    Arnd was promised 3 days and comes on 4: one.
Parameters
    ``most`` (none): teachers and their limits, such as ``{ Arnd = 3 }``; without it the rule is off.
In Untis
    Unspecified time requests ("two free days"), which no export carries.
Model
    Per day a literal "has any lecture", summed over the week.
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
from untisopt.rules._refers import References, Refers
from untisopt.rules._school_days import TeacherDaysOfWeek
from untisopt.wording import in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostDays(TeacherDaysOfWeek):
    """No teacher comes to school on more days than the policy states."""

    id: ClassVar[str] = "teacher-most-days"
    refers: ClassVar[References] = {"most": Refers(names=Kind.TEACHER)}
    most: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many days of a teacher at school")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        return "" if self.most else _not_stated.by_policy()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What the policy states."""
        return self.most.get(name)

    def explain(self, violation: Violation, school: School) -> str:
        """Who comes on how many days too many."""
        facts = violation.facts
        text = ngettext(
            "{name} comes to school on {count} day more than the {limit} allowed in the week{weeks}",
            "{name} comes to school on {count} days more than the {limit} allowed in the week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.most.get(facts.name),
            weeks=in_weeks(school, facts.week_class),
        )
