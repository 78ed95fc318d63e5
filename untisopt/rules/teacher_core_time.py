"""Core time of a teacher: the periods with a time request of +3 are occupied.

What it checks
    Periods for which a teacher has a time request of +3 and in which the teacher has no lecture. A day without any
    lecture has free core periods as well; weeks in which the teacher has no lecture at all have none.
Why it matters
    +3 is the strongest request there is: such a teacher comes for just these periods, or is needed in them.
How it is counted
    One per free core period and week class. What is free on a day so far may stay so, but no day gets more.
Example
    Arnd has a request of +3 for the periods 3 and 4 of Tuesday, and teaches in period 3 only: one.
Parameters
    None.
In Untis
    Lehrer, Zeitwünsche, "+3" (GPU016): Kernzeit. In the policy file a wish (``[[wishes]]``) of value 3.
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
class TeacherCoreTime(CoreTime):
    """No teacher is free in their core time."""

    id: ClassVar[str] = "teacher-core-time"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("core times in which a teacher is free")

    def missing(self, school: School) -> str:
        """Some core time of a teacher must be stated."""
        text = _("no time request of +3 of a teacher is stated (GPU016 or the policy)")
        return "" if self.is_stated(school) else NotStated(text)
