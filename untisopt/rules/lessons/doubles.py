"""Double periods of lessons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


NO_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles(Rule):
    """Double periods: a lesson keeps between as few and as many of them as the master data state.

    What it checks
        The double periods of a lesson in a week: of every run of consecutive periods on a day each full pair is one. A
        repair moves blocks whole, so a double is never torn; but two blocks that come to lie side by side make a new
        one.
    Why it matters
        A double that nobody planned is a subject that is missing on another day.
    How it is counted
        One per double period too many or too few, per lesson and week class, beyond what is so today.
    Example
        Lesson 12 has three single periods and 0-0 as doubles. Two of them on Monday in periods 3 and 4: one.
    Parameters
        ``binding_only`` (true): only lessons and subjects with flag D, whose doubles Untis has to respect; false takes
        every lesson with stated doubles.
    In Untis
        Doppelstunden min-max (GPU002, fields 28, 29) and flag D of the lesson or the subject.
    Model
        A literal per period that ends a double, and the sum of these over the week.
    """

    id: ClassVar[str] = "doubles"
    called = N_("too many or too few double periods")
    promise = N_("Lessons keep as many double periods as Untis demands for them.")
    group = Group.LESSONS
    source = "GPU002, GPU006"
    tier: Tier = Tier.RULES
    weight: int = 1
    binding_only: bool = True

    def missing(self, school: School) -> str:
        """Some lesson must state its doubles."""
        if self._lessons(school):
            return ""
        if self.binding_only:
            return NotStated(_("no lesson states its double periods together with the flag D (GPU002)"))
        return NotStated(_("no lesson states its double periods (GPU002)"))

    def _lessons(self, school: School) -> Mapping[int, tuple[Block, ...]]:
        """Lessons with several blocks whose doubles count."""

        def found() -> dict[int, tuple[Block, ...]]:
            lessons = sorted(school.blocks_of_lesson.items())
            return {lesson: blocks for lesson, blocks in lessons if len(blocks) > 1 and self._concerns(school, blocks)}

        return school.remember((self.id, self.binding_only), found)

    def _concerns(self, school: School, blocks: tuple[Block, ...]) -> bool:
        traits = school.limits.lesson(blocks[0].lesson)
        if traits.least_doubles is None and traits.most_doubles is None:
            return False
        subjects = {subject for block in blocks for id_ in block.lectures for subject in school.lectures[id_].subjects}
        is_binding = traits.doubles_binding or any(school.limits.subject(subject).doubles for subject in subjects)
        return is_binding or not self.binding_only

    @staticmethod
    def _count(school: School, timetable: Timetable, blocks: tuple[Block, ...], week_class: int) -> int:
        """Full pairs of consecutive periods in the runs of a lesson."""
        held = [id_ for block in blocks for id_ in block.lectures if _is_held(school, id_, week_class)]
        count = length = 0
        previous: Period | None = None
        for period in sorted({timetable[id_].period for id_ in held}):
            follows = previous is not None and (period.day, period.number) == (previous.day, previous.number + 1)
            length = length + 1 if follows else 1
            count += length % 2 == 0
            previous = period
        return count

    def _range(self, school: School, lesson: int, blocks: tuple[Block, ...], week_class: int) -> tuple[int, int]:
        """Fewest and most doubles that are no violation: those stated, or today's where they are outside."""
        traits = school.limits.lesson(lesson)
        today = self._count(school, school.as_is, blocks, week_class)
        most = NO_LIMIT if traits.most_doubles is None else traits.most_doubles
        return min(traits.least_doubles or 0, today), max(most, today)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lessons with more doubles, or fewer, than they may have."""
        for lesson, blocks in self._lessons(school).items():
            for week_class in range(len(school.week_classes)):
                least, most = self._range(school, lesson, blocks, week_class)
                count = self._count(school, timetable, blocks, week_class)
                amount = max(count - most, least - count)
                if amount > 0:
                    facts = Facts(lectures=(blocks[0].lectures[0],), week_class=week_class, detail=(str(count),))
                    yield Violation(self.id, facts, amount)

    def encode(self, model: TimetableModel) -> None:
        """Count the doubles of a lesson and keep them in its range."""
        for lesson, blocks in self._lessons(model.school).items():
            groups: dict[tuple[str, ...], list[int]] = {}
            for week_class in range(len(model.school.week_classes)):
                held = tuple(i for block in blocks for i in block.lectures if _is_held(model.school, i, week_class))
                groups.setdefault(held, []).append(week_class)
            for held, classes in groups.items():
                if held:
                    least, most = self._range(model.school, lesson, blocks, classes[0])
                    found = _doubles(model, blocks, set(held), f"lesson {lesson} in {classes[0]}")
                    self._limit(model, found, least, most, len(classes), f"doubles of lesson {lesson}")

    def _limit(
        self, model: TimetableModel, found: list[Literal], least: int, most: int, multiplicity: int, name: str
    ) -> None:
        absent: list[Literal] = [not literal if isinstance(literal, bool) else literal.negated() for literal in found]
        for literals, limit, side in ((found, most, "many"), (absent, len(found) - least, "few")):
            if model.strict:
                model.at_most(literals, limit)
            else:
                model.add_points(self.id, model.surplus(literals, limit, f"{name} too {side}"), multiplicity)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lesson has how many doubles."""
        facts = violation.facts
        traits = school.limits.lesson(school.lectures[facts.lectures[0]].lesson)
        count = int(facts.detail[0])
        text = ngettext(
            "{lecture} has {count} double period{weeks}, but {range} are stated",
            "{lecture} has {count} double periods{weeks}, but {range} are stated",
            count,
        )
        most = "" if traits.most_doubles is None else str(traits.most_doubles)
        return text.format(
            lecture=lecture_names(school, facts.lectures),
            count=count,
            weeks=in_weeks(school, facts.week_class),
            range=f"{traits.least_doubles or 0}-{most}",
        )


def _is_held(school: School, lecture: str, week_class: int) -> bool:
    return week_class in school.classes(school.lectures[lecture].weeks)


def _doubles(model: TimetableModel, blocks: tuple[Block, ...], held: set[str], name: str) -> list[Literal]:
    """Literals as many of which hold as the lesson has doubles."""
    covers: dict[Period, list[Literal]] = {}
    for block in blocks:
        for start in model.decisions.starts(block):
            for id_, period in zip(block.lectures, model.school.grid.run(start, block.length), strict=True):
                if id_ in held:
                    covers.setdefault(period, []).append(model.decisions.literal(block, start))
    found: list[Literal] = []
    ends: dict[Period, Literal] = {}
    taught: dict[Period, Literal] = {}
    for period in sorted(covers):
        day, number = period
        taught[period] = model.any_of(covers[period], f"{name} {day}.{number}")
        before = Period(day, number - 1)
        if before in taught:
            ended = ends.get(before, False)
            free: Literal = not ended if isinstance(ended, bool) else ended.negated()
            ends[period] = model.all_of((taught[before], taught[period], free), f"{name} double to {day}.{number}")
            found.append(ends[period])
    return found
