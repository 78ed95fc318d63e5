"""How the lectures of a lesson lie in the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import day_name, in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSpread(Rule):
    """Spread over the week: the blocks of a lesson do not lie on neighbouring days.

    What it checks
        Pairs of days on which a lesson is held with fewer days between them than wanted; only lessons with so few
        blocks that all of them fit into the week in this way.
    Why it matters
        Two hours of a language a week are worth more on Monday and Thursday than on Monday and Tuesday.
    How it is counted
        One per pair of days too near to each other, lesson and week class.
    Example
        Lesson 31 is held on Monday and Tuesday: one. On Monday and Wednesday: none. A lesson with four blocks in a week
        of five days is not looked at.
    Parameters
        ``weight`` (0: off). ``least_days_between`` (1): days between two days with the lesson.
    In Untis
        Optimierung, "Fächer gleichmäßig über die Woche verteilen".
    Model
        A literal per day with the lesson; two of them that are too near cost points.
    """

    id: ClassVar[str] = "lesson-spread"
    called = N_("lessons on neighbouring days")
    promise = N_("Lessons are spread over the week rather than on neighbouring days.")
    group = Group.LESSONS
    source = "the plan itself"
    tier: ClassVar[Tier] = Tier.COMFORT
    weight: int = 0
    least_days_between: int = 1

    def _groups(self, school: School) -> Iterator[tuple[tuple[Block, ...], list[int]]]:
        """Blocks of a lesson that are held together, few enough to be spread, and the week classes."""
        days = school.grid.days
        for _lesson, blocks in sorted(school.blocks_of_lesson.items()):
            found: defaultdict[tuple[Block, ...], list[int]] = defaultdict(list)
            for week_class in range(len(school.week_classes)):
                held = (b for b in blocks if week_class in school.classes(school.lectures[b.lectures[0]].weeks))
                found[tuple(held)].append(week_class)
            for together, classes in found.items():
                needed = 1 + (len(together) - 1) * (self.least_days_between + 1)
                if len(together) > 1 and needed <= days[-1] - days[0] + 1:
                    yield together, classes

    def _are_near(self, one: int, other: int) -> bool:
        return 0 < abs(one - other) <= self.least_days_between

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Pairs of days with a lesson that are too near to each other."""
        for blocks, classes in self._groups(school):
            by_day: dict[int, str] = {}
            for block in blocks:
                by_day.setdefault(timetable[block.lectures[0]].period.day, block.lectures[0])
            for one, other in combinations(sorted(by_day), 2):
                if self._are_near(one, other):
                    for week_class in classes:
                        facts = Facts(
                            day=one,
                            lectures=(by_day[one], by_day[other]),
                            week_class=week_class,
                            detail=(str(other),),
                        )
                        yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price pairs of days that are too near to each other."""
        for blocks, classes in self._groups(model.school):
            starts: defaultdict[int, list[Literal]] = defaultdict(list)
            for block in blocks:
                for start in model.decisions.starts(block):
                    starts[start.day].append(model.decisions.literal(block, start))
            name = f"lesson {blocks[0].lesson} in {classes[0]}"
            held = {day: model.any_of(literals, f"{name} on {day}") for day, literals in sorted(starts.items())}
            for one, other in combinations(held, 2):
                if self._are_near(one, other):
                    both = model.at_least_sum((held[one], held[other]), 1, f"{name} on {one} and {other}")
                    model.add_points(self.id, both, len(classes))

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson is held on which days."""
        facts = violation.facts
        return _("{lecture} is held on {day} and on {other}{weeks}").format(
            lecture=lecture_names(school, facts.lectures[:1]),
            day=day_name(facts.day or 0),
            other=day_name(int(facts.detail[0])),
            weeks=in_weeks(school, facts.week_class),
        )
