"""Gaps of teachers: nobody's week gets more of them than today.

What it checks
    Free periods of a teacher between the first and the last lecture of a day, summed over the week.
Why it matters
    A gap is time at school that nobody pays for. A repair that saves journeys by scattering somebody's lectures over
    the day is no gift.
How it is counted
    One per gap and week class beyond those that the teacher's week has today; fewer gaps earn nothing, because the aim
    is the fewest changes.
Example
    Arnd has 3 gaps in a week today and 5 in the new plan: two.
Parameters
    ``weight`` (0): points per gap; with 1, a gap counts as much as a moved lecture. It is off unless asked for, because
    it leaves the repair less room: the preset ``published`` asks for it.
In Untis
    Hohlstunden (Optimierung); their number per week is the field "Hohlst. min-max", see ``teacher-most-gaps``.
Model
    The gap literals of all days of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.i18n import _, ngettext
from untisopt.rules._gaps import TeacherGapsOfWeek
from untisopt.wording import in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGaps(TeacherGapsOfWeek):
    """No teacher's week gets more gaps than today."""

    id: ClassVar[str] = "teacher-gaps"
    tier: ClassVar[Tier] = Tier.COMFORT
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more gaps of teachers than so far")

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """As many as today."""
        return self.of_week(school, name, week_class)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many gaps more."""
        facts = violation.facts
        text = ngettext(
            "{name} gets {count} more gap in the week{weeks}",
            "{name} gets {count} more gaps in the week{weeks}",
            violation.amount,
        )
        return text.format(name=facts.name, count=violation.amount, weeks=in_weeks(school, facts.week_class))
