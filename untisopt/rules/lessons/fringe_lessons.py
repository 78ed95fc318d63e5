"""Lessons at the fringe of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import in_weeks, lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


EDGE, INNER = "edge", "inner"
"""What a block must be: at the edge of the day (flag R), or not (flag G)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FringeLessons(Rule):
    """Edges of the day: what belongs there stands there, and what does not belong there does not.

    What it checks
        A block of a lesson or subject with flag R that has lectures of its grade both before and after it on its day; a
        block of a subject with flag G that does not.
    Why it matters
        Voluntary lessons in the middle of the day leave the others waiting; nobody wants the test on Friday at the end.
    How it is counted
        One per block, grade and week class, unless it stands there today and is in the middle, or at the edge, already.
    Example
        Religion carries R. Grade 7 has it in period 6, last of Monday. After a move of another lecture to period 7:
        one.
    Parameters
        ``weight`` (1): points per block; 0 switches the rule off.
    In Untis
        Randstunde: flag R of the lesson (GPU002, field 24) or the subject (GPU006, field 5); G is "keine Randstunde".
    Model
        Per start of such a block: its literal, one for lectures before and one for lectures after do not hold together.
    """

    id: ClassVar[str] = "fringe-lessons"
    called = N_("new lessons on the wrong side of the day")
    promise = N_("Fringe lessons stay at the edge of the day, and lessons that must not be there stay away.")
    group = Group.LESSONS
    source = "GPU002, GPU006"
    kind: ClassVar[Kind] = Kind.GRADE
    tier: Tier = Tier.RULES
    weight: int = 1

    def missing(self, school: School) -> str:
        """Some lesson or subject must carry a flag."""
        if any(lesson.is_fringe for lesson in school.limits.lessons.values()):
            return ""
        if any(subject.is_fringe or subject.not_fringe for subject in school.limits.subjects.values()):
            return ""
        return NotStated(_("no lesson or subject carries the flag R or G (GPU002, GPU006)"))

    def _wanted(self, school: School) -> Mapping[tuple[str, Block], tuple[str, ...]]:
        """By grade and block: what the flags demand."""
        return school.remember((self.id, "wanted"), lambda: _demands(school))

    def _found(self, school: School, timetable: Timetable) -> Iterator[Facts]:
        """Blocks on the wrong side, today's included."""
        for (grade, block), demands in self._wanted(school).items():
            start = timetable[block.lectures[0]].period
            if start.day not in school.grid.days:
                continue  # off the plan
            for week_class in range(len(school.week_classes)):
                own = _own(school, grade, block, week_class)
                if own:
                    numbers = [timetable[id_].period.number for id_ in own]
                    taught = school.occupancy(timetable).day((Kind.GRADE, grade), week_class, start.day)
                    others = [o.number for o in taught if not set(block.lectures).issuperset(o.lectures)]
                    is_inside = any(n < min(numbers) for n in others) and any(n > max(numbers) for n in others)
                    wrong = EDGE if is_inside else INNER
                    if wrong in demands:
                        yield _facts(grade, block, start, week_class, wrong)

    def _today(self, school: School) -> frozenset[Facts]:
        return school.remember(self.id, lambda: frozenset(self._found(school, school.as_is)))

    def infer(self, school: School) -> Iterator[Inference]:
        """How many blocks of every grade are on the wrong side today."""
        found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for facts in self._today(school):
            found[facts.name].add(facts.lectures)
        for grade, blocks in sorted(found.items()):
            text = ngettext(
                "{count} lesson on the wrong side of the day so far",
                "{count} lessons on the wrong side of the day so far",
                len(blocks),
            )
            yield Inference(self.id, grade, text.format(count=len(blocks)))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Blocks that are on the wrong side and are not so today."""
        today = self._today(school)
        for facts in self._found(school, timetable):
            if facts not in today:
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Forbid the starts of a block that have, or lack, lectures on both sides."""
        today = self._today(model.school)
        resources = set(model.resources(Kind.GRADE))
        for (grade, block), demands in self._wanted(model.school).items():
            resource = (Kind.GRADE, grade)
            for group in model.week_groups(resource, by="sites") if resource in resources else ():
                own = _own(model.school, grade, block, group.week_class)
                starts = (start for start in model.decisions.starts(block) if start.day in model.school.grid.days)
                for start in starts if own else ():
                    literal = model.decisions.literal(block, start)
                    first, last = _span(block, start, own)
                    for demand in demands:
                        if _facts(grade, block, start, group.week_class, demand) not in today:
                            inside = self._inside(model, resource, group, start.day, first, last)
                            wrong = inside if demand == EDGE else [_not_all(model, inside, f"{self.id} {block.id}")]
                            name = (
                                f"{self.id} {grade} {block.id} {start.day}.{start.number} {group.week_class} {demand}"
                            )
                            both = model.all_of((literal, *wrong), name)
                            model.price_literal(self.id, both, group.multiplicity)

    def _inside(
        self, model: TimetableModel, resource: Resource, group: WeekGroup, day: int, first: int, last: int
    ) -> list[Literal]:
        """Two literals: the grade has lectures before the first of these periods, and after the last."""
        numbers = model.school.grid.numbers(day)
        name = f"{resource[1]} on {day} in {group.week_class}"
        occupied = partial(model.occupied, resource, group.week_class)
        before = [occupied(Period(day, number)) for number in numbers if number < first]
        after = [occupied(Period(day, number)) for number in numbers if number > last]
        return [model.any_of(before, f"{name} before {first}"), model.any_of(after, f"{name} after {last}")]

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson is on the wrong side of which grade's day."""
        facts = violation.facts
        if facts.detail == (EDGE,):
            text = _(
                "{lecture} at {place}{weeks} belongs at the edge of the day, but {grade} has lectures on both sides"
            )
        else:
            text = _(
                "{lecture} at {place}{weeks} does not belong at the edge of the day, but is first or last of {grade}"
            )
        return text.format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            weeks=in_weeks(school, facts.week_class),
            grade=facts.name,
        )


def _demands(school: School) -> dict[tuple[str, Block], tuple[str, ...]]:
    """By grade and block what it must be; the flag R of a lesson goes before the flag G of its subject."""
    found: defaultdict[tuple[str, Block], set[str]] = defaultdict(set)
    for block in school.blocks:
        of_lesson = school.limits.lesson(block.lesson).is_fringe
        for course in (course for id_ in block.lectures for course in school.lectures[id_].courses):
            subject = school.limits.subject(course.subject)
            demand = EDGE if of_lesson or subject.is_fringe else INNER if subject.not_fringe else ""
            for grade in course.grades if demand else ():
                found[grade, block].add(demand)
    return {key: tuple(sorted(demands)) for key, demands in found.items()}


def _not_all(model: TimetableModel, literals: Sequence[Literal], name: str) -> Literal:
    """A literal equivalent to 'not all of these'."""
    both = model.all_of(literals, f"{name} both sides")
    return not both if isinstance(both, bool) else both.negated()


def _own(school: School, grade: str, block: Block, week_class: int) -> tuple[str, ...]:
    """Lectures of a block in which a grade sits in a week class."""
    resource = (Kind.GRADE, grade)
    return tuple(id_ for id_ in block.lectures if school.people[id_].get(resource, 0) >> week_class & 1)


def _span(block: Block, start: Period, own: Sequence[str]) -> tuple[int, int]:
    """First and last period of some lectures of a block that begins there."""
    return start.number + block.lectures.index(own[0]), start.number + block.lectures.index(own[-1])


def _facts(grade: str, block: Block, start: Period, week_class: int, demand: str) -> Facts:
    return Facts(
        kind=Kind.GRADE,
        name=grade,
        day=start.day,
        periods=(start.number,),
        lectures=(block.lectures[0],),
        week_class=week_class,
        detail=(demand,),
    )
