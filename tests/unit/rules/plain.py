"""A rule that finds nothing, for tests of what is done with rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.model.timetable_model import TimetableModel
from untisopt.rules import Rule


class Plain(Rule):
    """A rule that finds nothing."""

    called = "plain"
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        return iter(())

    def encode(self, model: TimetableModel) -> None: ...

    def explain(self, violation: Violation, school: School) -> str:
        return ""
