"""Grade clash: no grade has two lectures at once, unless it does so already.

What it checks
    Two lectures of a grade in the same period of the same week, whose lessons do not run in parallel so far.
Why it matters
    Pupils cannot sit in two lessons. Without the pupils' choices nobody can tell which courses of an upper year share
    pupils; but two that run in parallel already certainly do not.
How it is counted
    One per grade, pair of lectures, period and week class.
Example
    In year 12, lessons 801 and 802 stand in one band so far. Both on Tuesday in period 4 is no clash. Lesson 810 beside
    801 would be one.
Parameters
    ``allow_existing`` (true): pairs of lessons that run in parallel so far may do so in any period.
In Untis
    Kollision Klasse; the collision letters and student groups of the lessons say more than the plan does.
Model
    A cover of the conflicts by cliques; one at-most-one row per clique and period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._overlaps import Overlaps


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeClash(Overlaps):
    """No grade has two lectures at once unless they run in parallel today."""

    id: ClassVar[str] = "grade-clash"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("grade clash")
