"""Lunch breaks of teachers: as many free periods in a row at noon as the master data demand.

What it checks
    Free periods in a row inside a lunch window, on days on which a teacher teaches at or before its first period and at
    or after its last one. On other days lessons begin or end at noon, and lunch is before or after them.
Why it matters
    Somebody who teaches morning and afternoon must eat in between.
How it is counted
    One per free period that the longest run of them in the window lacks, teacher, day and week class. A day whose lunch
    break is too short so far may keep it, but it gets no shorter.
Example
    The window is 5-7 and Arnd shall have one free period. Arnd teaches in periods 3 to 8 on Monday: one.
Parameters
    ``least`` (0): free periods for all teachers for whom none are stated; 0: none. ``window`` (none): first and last
    period of the window, such as ``5-7``; by default the period after the longest break of 20 minutes or more that
    begins between 11:00 and 14:00 and the two before it, or 5-7 where there is no such break.
In Untis
    Lehrer, "Mittagspause" (GPU004, field 12). The most that may be stated there is not judged: a longer break is a gap.
Model
    Per length of a run a literal that must hold if there are lectures on both sides and in every run of that length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.rules import _not_stated
from untisopt.rules._lunch import LunchBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLunch(LunchBreak):
    """No teacher goes without the lunch break that is stated."""

    id: ClassVar[str] = "teacher-lunch"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lunch break of a teacher too short")

    def missing(self, school: School) -> str:
        """Some lunch break must be stated."""
        if self.least or any(limits.least_lunch for limits in school.limits.teachers.values()):
            return ""
        return _not_stated.of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """Field 12 of GPU004."""
        return school.limits.teacher(name).least_lunch
