"""Lesson sequences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from untisopt.domain.lessons import Block
from untisopt.domain.limits import LessonSequence, SequenceKind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.lessons.lesson_orders import (
    AtTheSameTime,
    InTheWeek,
    OneAfterTheOther,
    Order,
    is_followed,
    ordered_pairs,
)
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import enumerated, in_weeks, lecture_name

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


Lessons = Sequence[tuple[Block, ...]]
VARIABLE = "variable"
"""What stands beside the kind of a fixed sequence whose order is not kept today."""


class _Asked(NamedTuple):
    """What a sequence asks in some week classes, and how often today does not respect it."""

    sequence: LessonSequence
    order: Order
    week_classes: tuple[int | None, ...]
    lectures: tuple[str, ...]
    detail: str
    today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSequences(Rule):
    """Lesson sequences: lessons that belong together in time keep their sequence as well as they do today.

    What it checks
        The lesson sequences that Untis exports. In a fixed one, every block of a lesson is directly followed by one of
        the next lesson; if today's plan shows another order anywhere, any order will do, and every block is to be
        followed by one of some other lesson of the sequence. Simultaneous lessons take up few different periods of the
        week; A and B weeks make no difference here. In a weekly one, a block of a lesson begins later in the week than
        every block of the lesson before it in the sequence.
    Why it matters
        Theory comes right before the experiment; the courses of a band share their periods, so that pupils can choose.
    How it is counted
        Beyond the number of today, per sequence. Fixed: one per block that is not followed so, per week class.
        Simultaneous: one per different period. Weekly: one per pair of blocks in the wrong order, per week class.
    Example
        The sequence is theory (lesson 96), then practice (lesson 97). They stand in periods 3 and 4 of Monday. Practice
        moves to period 5: one. Two simultaneous lessons share period 7 of Tuesday; one of them moves to period 6: one.
    Parameters
        ``weight`` (1): points for each of these; 0 switches the rule off.
    In Untis
        Unterrichtsfolgen (GPU019): kind 1 fixed, 2 simultaneous, 3 weekly; one row per lesson, in the order of the
        file.
    Model
        Per block and start, per period, or per pair and start a literal for what is counted; at most as many as today.
        The chains leave the lessons of fixed and simultaneous sequences where they are; the solver moves them together.
    """

    id: ClassVar[str] = "lesson-sequence"
    called = N_("lessons out of their sequence")
    promise = N_("Sequences of lessons that are defined in Untis stay as they are.")
    group = Group.LESSONS
    source = "GPU019; today's plan"
    lesson_by_lesson = True
    demands_ties = True
    chains = Chains.KEPT
    kind: ClassVar[None] = None
    tier: Tier = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """Some sequence must have two lessons of the plan."""
        return "" if self._asked(school) else not_stated.of_sequences()

    def _asked(self, school: School) -> tuple[_Asked, ...]:
        return school.remember(self.id, lambda: tuple(_asked(school)))

    def moving_together(self, school: School) -> frozenset[int]:
        """Lessons that can hardly move alone: those of fixed and of simultaneous sequences."""
        asked = (one.sequence for one in self._asked(school) if one.sequence.kind is not SequenceKind.WEEKLY)
        return frozenset(lesson for sequence in asked for lesson in sequence.lessons)

    def infer(self, school: School) -> Iterator[Inference]:
        """Sequences that the plan of today does not respect."""
        worst: dict[LessonSequence, tuple[str, int]] = {}
        for asked in self._asked(school):
            _detail, count = worst.get(asked.sequence, ("", 0))
            worst[asked.sequence] = (asked.detail, max(count, asked.today))
        for sequence, (detail, count) in worst.items():
            text = _evidence(school, sequence, detail, count)
            if text:
                yield Inference(self.id, sequence.name, text)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Sequences that are respected less than today."""
        for asked in self._asked(school):
            surplus = asked.order.count(timetable) - asked.today
            for week_class in asked.week_classes if surplus > 0 else ():
                detail = (asked.sequence.name, asked.detail)
                yield Violation(self.id, Facts(lectures=asked.lectures, week_class=week_class, detail=detail), surplus)

    def encode(self, model: TimetableModel) -> None:
        """Respect no sequence less than today."""
        for asked in self._asked(model.school):
            name = f"{self.id} {asked.sequence.name} {asked.week_classes[0]}"
            found = asked.order.literals(model, name)
            if model.strict:
                model.at_most(found, asked.today)
            else:
                surplus = model.surplus(found, asked.today, f"{name} surplus")
                model.add_points(self.id, surplus, len(asked.week_classes))

    def explain(self, violation: Violation, school: School) -> str:
        """Which lessons are out of which sequence."""
        facts = violation.facts
        name, kind = facts.detail
        texts = {
            SequenceKind.FIXED: _(
                "lesson sequence {name}: {lectures} shall directly follow one another in this order{weeks}, but do so "
                "less often than today"
            ),
            VARIABLE: _(
                "lesson sequence {name}: {lectures} shall directly follow one another{weeks}, but do so less often "
                "than today"
            ),
            SequenceKind.SIMULTANEOUS: _(
                "lesson sequence {name}: {lectures} shall be at the same time, but are at more different times than "
                "today"
            ),
            SequenceKind.WEEKLY: _(
                "lesson sequence {name}: {lectures} shall come in this order in the week{weeks}, but do so less often "
                "than today"
            ),
        }
        lectures = enumerated([lecture_name(school, id_) for id_ in facts.lectures])
        return texts[kind].format(name=name, lectures=lectures, weeks=in_weeks(school, facts.week_class))


def _asked(school: School) -> Iterator[_Asked]:
    for sequence in school.limits.sequences:
        lessons = [school.blocks_of_lesson[number] for number in sequence.lessons if number in school.blocks_of_lesson]
        if len(lessons) < 2:
            continue
        lectures = tuple(blocks[0].lectures[0] for blocks in lessons)
        if sequence.kind is SequenceKind.SIMULTANEOUS:
            order = AtTheSameTime(tuple(block for blocks in lessons for block in blocks))
            today = order.count(school.as_is, everywhere=True)
            yield _Asked(sequence, order, (None,), lectures, sequence.kind, today)
        else:
            yield from _by_weeks(school, sequence, lessons, lectures)


def _by_weeks(
    school: School, sequence: LessonSequence, lessons: Lessons, lectures: tuple[str, ...]
) -> Iterator[_Asked]:
    """A fixed or weekly sequence, week classes with the same blocks together."""
    variable = sequence.kind is SequenceKind.FIXED and _is_variable(school, lessons)
    together: defaultdict[tuple[tuple[Block, ...], ...], list[int]] = defaultdict(list)
    for week_class in range(len(school.week_classes)):
        held = (tuple(b for b in blocks if _is_held(school, b, week_class)) for blocks in lessons)
        together[tuple(blocks for blocks in held if blocks)].append(week_class)
    for own, classes in together.items():
        if len(own) > 1:
            order: Order = InTheWeek(tuple(ordered_pairs(own)))
            if sequence.kind is SequenceKind.FIXED:
                order = OneAfterTheOther(_any_other(own) if variable else _next(own))
            today = order.count(school.as_is, everywhere=True)
            detail = VARIABLE if variable else str(sequence.kind)
            yield _Asked(sequence, order, tuple(classes), lectures, detail, today)


def _next(lessons: Lessons) -> dict[Block, Sequence[Block]]:
    return {block: lessons[i + 1] for i, blocks in enumerate(lessons[:-1]) for block in blocks}


def _any_other(lessons: Lessons) -> dict[Block, Sequence[Block]]:
    return {
        block: [other for j, others in enumerate(lessons) if i != j for other in others]
        for i, blocks in enumerate(lessons)
        for block in blocks
    }


def _is_variable(school: School, lessons: Lessons) -> bool:
    """Whether a lesson directly follows one that it should not follow, today."""
    return any(
        is_followed(school.as_is, block, other)
        for i, blocks in enumerate(lessons)
        for j, other in enumerate(lessons)
        for block in blocks
        if j not in (i, i + 1)
    )


def _is_held(school: School, block: Block, week_class: int) -> bool:
    return week_class in school.classes(school.lectures[block.lectures[0]].weeks)


def _evidence(school: School, sequence: LessonSequence, detail: str, count: int) -> str:
    """What the plan of today does not respect; empty if it respects the sequence."""
    if detail == VARIABLE:
        return _("the plan has them in another order, so any order will do")
    if sequence.kind is SequenceKind.SIMULTANEOUS:
        longest = max(
            sum(block.length for block in school.blocks_of_lesson.get(number, ())) for number in sequence.lessons
        )
        return _("held in {count} different periods so far").format(count=count) if count > longest else ""
    if not count:
        return ""
    if sequence.kind is SequenceKind.FIXED:
        text = ngettext(
            "{count} block is not followed by the next lesson so far",
            "{count} blocks are not followed by the next lesson so far",
            count,
        )
    else:
        text = ngettext(
            "{count} pair of lectures in another order so far",
            "{count} pairs of lectures in another order so far",
            count,
        )
    return text.format(count=count)
