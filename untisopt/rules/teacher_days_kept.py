"""Days at school of teachers, nobody worse: nobody may come on more of them than today.

What it checks
    The days of a week on which a teacher has lectures.
Why it matters
    What is better for the school should not be worse for anybody: then nobody has to be asked.
How it is counted
    One per teacher, day and week class beyond as many as today; a plan with any is not allowed. Which days they are
    does not matter; ``teacher-free-day`` is stricter, and there is no need for both.
Example
    Arnd comes on 3 days today; a plan in which Arnd comes on 4 is no plan.
Parameters
    ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
In Untis
    Unspecified time requests ("two free days"), which no export carries.
Model
    Per day a literal "has any lecture", summed over the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.i18n import _
from untisopt.rules._school_days import TeacherDaysOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherDaysKept(TeacherDaysOfWeek):
    """No teacher may come to school on more days than today."""

    id: ClassVar[str] = "teacher-days-kept"
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more days of a teacher at school (nobody worse)")
