"""Lessons on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import day_name, in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonOnceADay(Rule):
    """A lesson once a day: no lesson twice on a day unless it is so already.

    What it checks
        The blocks of a lesson on one day. One is allowed, or as many as the lesson has so far on its fullest day.
    Why it matters
        Four hours of one subject are spread over the week for a reason.
    How it is counted
        One per block too many, per lesson, day and week class.
    Example
        Lesson 177 has a double on Monday and one on Thursday. Both on Monday: one.
    Parameters
        ``except`` (none): lessons that may stand on a day as often as they like, by lesson number or shell pattern.
    In Untis
        Fach nur einmal pro Tag (flag 2 lifts it).
    Model
        At most one of the starts of a lesson on a day.
    """

    id: ClassVar[str] = "lesson-once-a-day"
    called = N_("lesson twice on a day")
    promise = N_("A lesson stands on a day no more often than it does today.")
    habit = N_("Lessons that stand several times on a day")
    group = Group.LESSONS
    source = "today's plan"
    lesson_by_lesson = True
    firmness = 8
    chains = Chains.KEPT
    kind: ClassVar[None] = None
    day_by_day: ClassVar[bool] = True
    tier: Tier = Tier.RULES
    exempts: ClassVar[str] = "lesson"
    weight: int = 1
    except_: tuple[str, ...] = ()

    @staticmethod
    def _per_day(school: School, timetable: Timetable, blocks: tuple[Block, ...]) -> dict[tuple[int, int], list[Block]]:
        """Blocks by week class and day."""
        found: dict[tuple[int, int], list[Block]] = {}
        for block in blocks:
            first = block.lectures[0]
            for week_class in school.classes(school.lectures[first].weeks):
                found.setdefault((week_class, timetable[first].period.day), []).append(block)
        return found

    def allowed(self, school: School, blocks: tuple[Block, ...]) -> int:
        """How many of the blocks of one lesson a day may hold."""
        if is_exempt(str(blocks[0].lesson), self.except_):
            return max(1, len(blocks))
        return max(1, *(len(found) for found in self._per_day(school, school.as_is, blocks).values()))

    def infer(self, school: School) -> Iterator[Inference]:
        """Lessons that stand several times on a day today."""
        for lesson, blocks in sorted(school.blocks_of_lesson.items()):
            allowed = self.allowed(school, blocks) if len(blocks) > 1 else 1
            if allowed > 1 and not is_exempt(str(lesson), self.except_):
                text = _("{count} times on one day so far").format(count=allowed)
                yield Inference(self.id, lecture_names(school, blocks[0].lectures[:1]) or str(lesson), text)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days on which a lesson has more blocks than allowed."""
        for blocks in school.blocks_of_lesson.values():
            if len(blocks) < 2:
                continue
            allowed = self.allowed(school, blocks)
            for (week_class, day), found in sorted(self._per_day(school, timetable, blocks).items()):
                if len(found) > allowed:
                    facts = Facts(day=day, lectures=tuple(b.lectures[0] for b in found), week_class=week_class)
                    yield Violation(self.id, facts, len(found) - allowed)

    def encode(self, model: TimetableModel) -> None:
        """At most the allowed number of starts of a lesson on a day."""
        for blocks in model.school.blocks_of_lesson.values():
            if len(blocks) < 2:
                continue
            allowed = self.allowed(model.school, blocks)
            if model.strict and allowed == 1:
                model.once_a_day(blocks[0].lesson)
            for together, multiplicity in self._week_groups(model.school, blocks).items():
                if len(together) > allowed:
                    for day in model.school.grid.days:
                        self._encode_day(model, together, day, allowed, multiplicity)

    @staticmethod
    def _week_groups(school: School, blocks: tuple[Block, ...]) -> Counter[tuple[Block, ...]]:
        masks = [(block, school.class_mask(school.lectures[block.lectures[0]].weeks)) for block in blocks]
        return Counter(
            tuple(block for block, mask in masks if mask >> week_class & 1)
            for week_class in range(len(school.week_classes))
        )

    def _encode_day(
        self, model: TimetableModel, blocks: tuple[Block, ...], day: int, allowed: int, multiplicity: int
    ) -> None:
        starts: list[Literal] = [
            model.decisions.literal(block, start)
            for block in blocks
            for start in model.decisions.starts(block)
            if start.day == day
        ]
        if model.strict:
            model.at_most(starts, allowed)
            return
        for surplus in range(allowed, len(blocks)):
            name = f"lesson {blocks[0].lesson} more than {surplus} on {day}"
            model.add_points(self.id, model.at_least_sum(starts, surplus, name), multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson stands how often on which day."""
        facts = violation.facts
        return _("{lecture} stands {count} times on {day}{weeks}").format(
            lecture=lecture_names(school, facts.lectures[:1]),
            count=len(facts.lectures),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )
