"""Core time of a grade: the periods with a time request of +3 are occupied.

What it checks
    Periods for which a grade has a time request of +3 and in which it has no lecture. A day without any lecture has
    free core periods as well; weeks in which the grade has no lecture at all have none.
Why it matters
    +3 is the strongest request there is: in these periods the school promises that the class is looked after.
How it is counted
    One per free core period and week class. What is free on a day so far may stay so, but no day gets more.
Example
    7.2 has a request of +3 for the periods 1 to 4 of all days, and begins with period 2 on Monday: one.
Parameters
    None.
In Untis
    Klassen, Zeitwünsche, "+3" (GPU016): Kernzeit. In the policy file a wish (``[[wishes]]``) of value 3.
Model
    The periods that are not occupied, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.rules._core_time import CoreTime
from untisopt.rules._not_stated import NotStated


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCoreTime(CoreTime):
    """No grade is free in its core time."""

    id: ClassVar[str] = "grade-core-time"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("core times in which a grade is free")

    def missing(self, school: School) -> str:
        """Some core time of a grade must be stated."""
        text = _("no time request of +3 of a grade is stated (GPU016 or the policy)")
        return "" if self.is_stated(school) else NotStated(text)
