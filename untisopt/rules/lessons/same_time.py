"""Lessons held at the same time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SameTime(Rule):
    """Lessons that are always at the same time: in the same period on every day.

    What it checks
        The periods in which the blocks of a lesson with flag s begin. One is allowed, or as many as the lesson has so
        far.
    Why it matters
        An external teacher, a pool or a choir comes at one hour.
    How it is counted
        One per period too many, per lesson and week class.
    Example
        Lesson 40 is held on Monday and Thursday in period 7. On Monday in 6 and on Thursday in 7: one.
    Parameters
        ``weight`` (1): points per period too many; 0 switches the rule off.
    In Untis
        Flag s of the lesson (GPU002, field 24), "immer zur selben Zeit"; since Untis 2018.
    Model
        Per period a literal for "some block of the lesson begins here"; at most so many of them hold.
    """

    id: ClassVar[str] = "same-time"
    called = N_("lessons no longer at the same time")
    promise = N_("Lessons that Untis wants at the same time of the day stay there.")
    group = Group.LESSONS
    source = "GPU002"
    tier: Tier = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """Some lesson must carry the flag."""
        if any(lesson.same_time for lesson in school.limits.lessons.values()):
            return ""
        return NotStated(_("no lesson carries the flag s (GPU002)"))

    @staticmethod
    def _blocks(school: School) -> dict[int, tuple[Block, ...]]:
        return {
            lesson: blocks
            for lesson, blocks in sorted(school.blocks_of_lesson.items())
            if len(blocks) > 1 and school.limits.lesson(lesson).same_time
        }

    @staticmethod
    def _numbers(school: School, timetable: Timetable, blocks: tuple[Block, ...]) -> dict[int, dict[int, Block]]:
        """By week class: the period numbers in which blocks begin, with one that does."""
        found: defaultdict[int, dict[int, Block]] = defaultdict(dict)
        for block in blocks:
            first = block.lectures[0]
            for week_class in school.classes(school.lectures[first].weeks):
                found[week_class].setdefault(timetable[first].period.number, block)
        return dict(found)

    def _allowed(self, school: School, blocks: tuple[Block, ...]) -> int:
        return max(len(numbers) for numbers in self._numbers(school, school.as_is, blocks).values())

    def infer(self, school: School) -> Iterator[Inference]:
        """Lessons that are held at several times today."""
        for blocks in self._blocks(school).values():
            allowed = self._allowed(school, blocks)
            if allowed > 1:
                text = _("begins in {count} different periods so far").format(count=allowed)
                yield Inference(self.id, lecture_names(school, blocks[0].lectures[:1]), text)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lessons that begin in more periods than allowed."""
        for blocks in self._blocks(school).values():
            allowed = self._allowed(school, blocks)
            for week_class, numbers in sorted(self._numbers(school, timetable, blocks).items()):
                if len(numbers) > allowed:
                    facts = Facts(
                        periods=tuple(sorted(numbers)), lectures=(blocks[0].lectures[0],), week_class=week_class
                    )
                    yield Violation(self.id, facts, len(numbers) - allowed)

    def encode(self, model: TimetableModel) -> None:
        """At most the allowed number of periods."""
        school = model.school
        for lesson, blocks in self._blocks(school).items():
            allowed = self._allowed(school, blocks)
            weeks = [set(school.classes(school.lectures[block.lectures[0]].weeks)) for block in blocks]
            groups = Counter(
                tuple(block for block, held in zip(blocks, weeks, strict=True) if week_class in held)
                for week_class in range(len(school.week_classes))
            )
            for together, multiplicity in groups.items():
                if len(together) > allowed:
                    self._encode(model, f"lesson {lesson}", together, allowed, multiplicity)

    def _encode(
        self, model: TimetableModel, name: str, blocks: tuple[Block, ...], allowed: int, multiplicity: int
    ) -> None:
        begins: defaultdict[int, list[Literal]] = defaultdict(list)
        for block in blocks:
            for start in model.decisions.starts(block):
                begins[start.number].append(model.decisions.literal(block, start))
        found = [model.any_of(literals, f"{name} begins in {number}") for number, literals in sorted(begins.items())]
        if model.strict:
            model.at_most(found, allowed)
            return
        model.add_points(self.id, model.surplus(found, allowed, f"{name} in more than {allowed} periods"), multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson is held in which periods."""
        facts = violation.facts
        return _("{lecture} shall always be at the same time, but begins in periods {numbers}{weeks}").format(
            lecture=lecture_names(school, facts.lectures),
            numbers=", ".join(map(str, facts.periods)),
            weeks=in_weeks(school, facts.week_class),
        )
