"""Subjects of a grade on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


class _Held(NamedTuple):
    """A block that holds a subject for a grade, with the bit mask of the week classes."""

    block: Block
    mask: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectOnceADay(Rule):
    """A subject once a day: a grade does not get a subject twice on a day under several lesson numbers.

    What it checks
        The blocks of a grade with the same subject on one day, where several lesson numbers hold it. One is allowed, or
        as many as the grade has of the subject on its fullest day so far. Blocks that begin in the same period, such as
        part-classes side by side, are one. Lessons and subjects with flag 2 are not counted.
    Why it matters
        Mathematics twice on a day is mathematics twice, whichever number the lesson has in Untis.
    How it is counted
        One per block too many, per grade, subject, day and week class. A subject of which a grade has one lesson number
        only is left to ``lesson-once-a-day``.
    Example
        Grade 7 has German in lesson 12 on Monday and in lesson 13 on Tuesday. Both on Monday: one.
    Parameters
        ``weight`` (0: off): courses of upper years that carry the same subject have different pupils, and nothing in
        most exports says so; switch it on where grades are taught together. ``except`` (none): subjects that may stand
        on a day as often as they like, by short name or shell pattern.
    In Untis
        Fach nur einmal pro Tag; flag 2 of the subject (GPU006) or the lesson (GPU002) lifts it.
    Model
        Per period a literal for "a block with the subject begins here"; at most so many of them hold on a day.
    """

    id: ClassVar[str] = "subject-once-a-day"
    called = N_("subject of a grade twice on a day")
    promise = N_("A grade has a subject once a day, or as often as today.")
    group = Group.LESSONS
    source = "today's plan; GPU002 and GPU006 lift it"
    kind: ClassVar[Kind] = Kind.GRADE
    tier: Tier = Tier.RULES
    exempts: ClassVar[str] = "subject"
    weight: int = 0
    except_: tuple[str, ...] = ()

    def _held(self, school: School) -> Mapping[tuple[str, str], list[_Held]]:
        """Blocks by grade and subject, where several lesson numbers hold it."""
        masks: defaultdict[tuple[str, str], defaultdict[Block, int]] = defaultdict(lambda: defaultdict(int))
        for block in school.blocks:
            if school.limits.lesson(block.lesson).several_a_day:
                continue
            for course in (course for id_ in block.lectures for course in school.lectures[id_].courses):
                if course.subject and not self._is_exempt(school, course.subject):
                    for grade in course.grades:
                        masks[grade, course.subject][block] |= school.class_mask(course.weeks)
        return {
            key: [_Held(block, mask) for block, mask in by_block.items()]
            for key, by_block in sorted(masks.items())
            if len({block.lesson for block in by_block}) > 1
        }

    def _is_exempt(self, school: School, subject: str) -> bool:
        return school.limits.subject(subject).several_a_day or is_exempt(subject, self.except_)

    @staticmethod
    def _per_day(
        school: School, timetable: Timetable, blocks: list[_Held]
    ) -> dict[tuple[int, int], dict[Period, Block]]:
        """By week class and day: the periods in which the subject begins, with a block that does."""
        found: defaultdict[tuple[int, int], dict[Period, Block]] = defaultdict(dict)
        for block, mask in blocks:
            start = timetable[block.lectures[0]].period
            for week_class in range(len(school.week_classes)):
                if mask >> week_class & 1:
                    found[week_class, start.day].setdefault(start, block)
        return dict(found)

    def _allowed(self, school: School, blocks: list[_Held]) -> int:
        return max([1, *(len(found) for found in self._per_day(school, school.as_is, blocks).values())])

    def infer(self, school: School) -> Iterator[Inference]:
        """Subjects that a grade has several times on a day today."""
        for (grade, subject), blocks in self._held(school).items():
            allowed = self._allowed(school, blocks)
            if allowed > 1:
                text = _("{count} times on one day so far").format(count=allowed)
                yield Inference(self.id, f"{subject} {grade}", text)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days on which a grade has a subject more often than allowed."""
        for (grade, subject), blocks in self._held(school).items():
            allowed = self._allowed(school, blocks)
            for (week_class, day), found in sorted(self._per_day(school, timetable, blocks).items()):
                if len(found) > allowed:
                    facts = Facts(
                        kind=Kind.GRADE,
                        name=grade,
                        day=day,
                        periods=tuple(start.number for start in sorted(found)),
                        lectures=tuple(found[start].lectures[0] for start in sorted(found)),
                        week_class=week_class,
                        detail=(subject,),
                    )
                    yield Violation(self.id, facts, len(found) - allowed)

    def encode(self, model: TimetableModel) -> None:
        """At most the allowed number of beginnings on a day."""
        for (grade, subject), blocks in self._held(model.school).items():
            if (Kind.GRADE, grade) not in model.resources(Kind.GRADE):
                continue
            allowed = self._allowed(model.school, blocks)
            groups: defaultdict[tuple[Block, ...], int] = defaultdict(int)
            for week_class in range(len(model.school.week_classes)):
                groups[tuple(block for block, mask in blocks if mask >> week_class & 1)] += 1
            for together, multiplicity in groups.items():
                if len(together) > allowed:
                    self._encode(model, f"{subject} {grade}", together, allowed, multiplicity)

    def _encode(
        self, model: TimetableModel, name: str, blocks: tuple[Block, ...], allowed: int, multiplicity: int
    ) -> None:
        begins: defaultdict[Period, list[Literal]] = defaultdict(list)
        for block in blocks:
            for start in model.decisions.starts(block):
                begins[start].append(model.decisions.literal(block, start))
        days: defaultdict[int, list[Literal]] = defaultdict(list)
        for start, literals in sorted(begins.items()):
            days[start.day].append(model.any_of(literals, f"{name} begins {start.day}.{start.number}"))
        for day, found in days.items():
            if model.strict:
                model.at_most(found, allowed)
            else:
                surplus = model.surplus(found, allowed, f"{name} more than {allowed} on {day}")
                model.add_points(self.id, surplus, multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade has which subject how often on which day."""
        facts = violation.facts
        return _("{grade} has {subject} {count} times on {day}{weeks}").format(
            grade=facts.name,
            subject=facts.detail[0],
            count=len(facts.periods),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )
