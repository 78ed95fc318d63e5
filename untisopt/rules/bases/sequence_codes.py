"""Shared by the rules about sequence codes: whom a code concerns, and that nothing gets worse than it is today.

A rule takes every code for itself: `CodeWeek` measures the weeks of everybody whose lessons carry the code, so that the
chains respect it as they do all rules that measure days.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block, Course
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import Measured, MeasuredRule
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


NUMBERS, LETTERS = "123456789", "ABCDEF"
"""Codes of lessons that shall follow one another, and of lessons that shall not."""

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWeek(Measured):
    """What a rule asks of the lectures with one code: a measure of the week that is no larger than today."""

    day_by_day: ClassVar[bool] = False
    counts_all: ClassVar[bool] = False
    code: str

    def shape(self, school: School, name: str) -> Hashable:
        """The code, so that what is remembered of one is not taken for another."""
        return self.code

    def counts(self, school: School, lecture: str, name: str) -> bool:
        """Whether a lecture carries the code for somebody."""
        return school.block_of[lecture] in self._blocks(school, name)

    def _blocks(self, school: School, name: str) -> Mapping[Block, int]:
        return coded_blocks(school, self.kind).get((name, self.code), {})

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What today's plan has, and what blocks without a place may add; None for fewer than two lessons."""
        key = (self.id, self.code, name, week_class)
        return school.remember(key, lambda: self._limit_of(school, name, week_class))

    def _limit_of(self, school: School, name: str, week_class: int) -> int | None:
        blocks = [block for block, weeks in self._blocks(school, name).items() if weeks >> week_class & 1]
        if len({block.lesson for block in blocks}) < 2:
            return None
        waiting = (block for block in blocks if not school.is_placed(block.lectures[0]))
        return self.of_week(school, name, week_class) + sum(self.alone(block) for block in waiting)

    @abstractmethod
    def alone(self, block: Block) -> int:
        """What a block adds to the week if it stands by itself."""

    @abstractmethod
    def to_blame(self, today: Pairs, now: Pairs) -> Pairs:
        """Which pairs of neighbouring lectures are why a week is worse than today."""

    def concerned(self, school: School, timetable: Timetable, name: str, week_class: int) -> tuple[str, ...]:
        """The blocks that are why somebody's week is worse than today, each by its first lecture."""
        today, now = (self._neighbours(school, plan, name, week_class) for plan in (school.as_is, timetable))
        found = sorted(
            {id_ for pair in self.to_blame(today, now) for id_ in pair}, key=lambda id_: timetable[id_].period
        )
        return tuple(dict.fromkeys(school.block_of[id_].lectures[0] for id_ in found))

    def _neighbours(self, school: School, timetable: Timetable, name: str, week_class: int) -> Pairs:
        """Lectures of different blocks in one period or in neighbouring ones."""
        blocks = [block for block, weeks in self._blocks(school, name).items() if weeks >> week_class & 1]
        there: defaultdict[Period, list[str]] = defaultdict(list)
        for block in blocks:
            for id_ in block.lectures:
                there[timetable[id_].period].append(id_)
        return {
            (one, other)
            for period, lectures in there.items()
            for one in lectures
            for number in (period.number, period.number + 1)
            for other in there.get(Period(period.day, number), ())
            if school.block_of[one] is not school.block_of[other]
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded(Rule):
    """A rule about lessons of a teacher or grade with the same code."""

    kind: ClassVar[Kind]
    chains = Chains.MEASURED
    group = Group.LESSONS
    source = "GPU002, GPU006; today's plan"
    codes: ClassVar[str]
    """The codes that the rule is about, one character each."""
    one_code: ClassVar[type[CodeWeek]]
    """What it asks for each of them."""
    tier: Tier = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """Somebody must have two lessons with the same code."""
        return "" if self.parts(school) else not_stated.of_sequences()

    def parts(self, school: School) -> tuple[CodeWeek, ...]:
        """What the rule asks, code by code; codes that concern nobody are left out."""
        codes = school.remember((self.id, "codes"), lambda: self._used(school))
        return tuple(self.one_code(code=code, tier=self.tier, weight=self.weight) for code in codes)

    def _used(self, school: School) -> tuple[str, ...]:
        stated = coded_blocks(school, self.kind)
        shared = {code for (_name, code), blocks in stated.items() if len({b.lesson for b in blocks}) > 1}
        return tuple(code for code in self.codes if code in shared)

    def infer(self, school: School) -> Iterator[Inference]:
        """What today's plan has of everybody, in the worst week."""
        for part in self.parts(school):
            for name in sorted(name for name, code in coded_blocks(school, self.kind) if code == part.code):
                text = self.evidence(part, max(self._today(school, part, name), default=0))
                if text:
                    yield Inference(self.id, name, text)

    def _today(self, school: School, part: CodeWeek, name: str) -> Iterator[int]:
        """By week class in which the rule says anything: the pairs or stretches of today."""
        for week_class in range(len(school.week_classes)):
            if part.limit(school, name, week_class) is not None:
                yield self.so_far(school, part, name, week_class)

    def so_far(self, school: School, part: CodeWeek, name: str, week_class: int) -> int:
        """What of today's plan is worth telling."""
        return part.of_week(school, name, week_class)

    def evidence(self, part: CodeWeek, count: int) -> str:
        """What today's plan has, in words; empty if there is nothing to tell."""
        raise NotImplementedError

    def sentence(self, count: int) -> str:
        """What is said of so many pairs or stretches too many, with the names of what `explain` fills in."""
        raise NotImplementedError

    def explain(self, violation: Violation, school: School) -> str:
        """Which lessons of whom respect a code less than today."""
        facts = violation.facts
        return self.sentence(violation.amount).format(
            name=facts.name,
            code=facts.detail[0],
            count=violation.amount,
            weeks=in_weeks(school, facts.week_class),
            lectures=lecture_names(school, facts.lectures),
        )

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Who has a code respected less than today, per week class."""
        for part in self.parts(school):
            for found in part.check(school, timetable):
                facts = found.facts
                lectures = part.concerned(school, timetable, facts.name, facts.week_class or 0)
                yield replace(found, facts=replace(facts, lectures=lectures, detail=(part.code,)))

    def encode(self, model: TimetableModel) -> None:
        """No week is worse than today."""
        for part in self.parts(model.school):
            part.encode(model)


def measured_parts(rule: Rule, school: School) -> tuple[Measured, ...]:
    """The rule itself if it measures days, or those parts of it that do; together they are all that it says."""
    if isinstance(rule, Coded):
        return rule.parts(school)
    return (rule,) if isinstance(rule, MeasuredRule) else ()


Stated = Mapping[tuple[str, str], Mapping[Block, int]]


def coded_blocks(school: School, kind: Kind) -> Stated:
    """By person and code: the blocks that carry the code for the person, with a bit mask of the week classes."""
    return school.remember(("sequence codes", kind), lambda: _coded_blocks(school, kind))


def _coded_blocks(school: School, kind: Kind) -> Stated:
    found: defaultdict[tuple[str, str], defaultdict[Block, int]] = defaultdict(lambda: defaultdict(int))
    for block in school.blocks:
        for course in (course for id_ in block.lectures for course in school.lectures[id_].courses):
            code = _code(school, kind, course)
            for name in _members(course, kind) if code else ():
                found[name, code][block] |= school.class_mask(course.weeks)
    return {key: dict(blocks) for key, blocks in found.items()}


def _code(school: School, kind: Kind, course: Course) -> str:
    """The code of a course: that of its lesson, else that of its subject; none for lesson number 0."""
    lesson, subject = school.limits.lesson(course.lesson), school.limits.subject(course.subject)
    if not course.lesson:
        return ""
    if kind is Kind.GRADE:
        return lesson.grade_sequence or subject.grade_sequence
    return lesson.teacher_sequence or subject.teacher_sequence


def _members(course: Course, kind: Kind) -> tuple[str, ...]:
    if kind is Kind.GRADE:
        return course.grades
    return (course.teacher,) if course.teacher else ()
