"""Days on which grades are taught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Lecture
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


Windows = dict[tuple[str, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDay(Rule):
    """A grade's day: lectures stay within the grid and within the periods in which the grade is taught so far.

    What it checks
        A lecture outside the time grid, or in a period earlier than the first or later than the last in which the grade
        is taught so far, or on a weekday on which it is not taught so far.
    Why it matters
        Nobody wants to explain to parents that year 5 now stays until half past three.
    How it is counted
        One per grade and lecture outside; a lecture outside the grid counts one for each of its grades, at least one.
    Example
        10.3 is taught in periods 1 to 8 (8 only on Tuesday). A lecture of 10.3 in period 8 on Friday is allowed, in 9
        not.
    Parameters
        ``per_day`` (false): true takes first and last period of each weekday instead of the whole week. ``except``
        (none): grades that may be taught in every period of the grid, by short name or shell pattern.
    In Untis
        The time requests of the class (-3) say it exactly; without them the present plan is the evidence.
    Model
        Candidate starts are left out.
    """

    id: ClassVar[str] = "grade-day"
    called = N_("outside the day of the grade")
    promise = N_("A grade is taught within the periods and on the days on which it is taught today.")
    habit = N_("Times at which grades are taught")
    group = Group.GRADES
    source = "today's plan"
    phase = Phase.STARTS
    firmness = 10
    chains = Chains.STARTS
    kind: ClassVar[Kind] = Kind.GRADE
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    exempts: ClassVar[str] = Kind.GRADE
    weight: int = 1
    per_day: bool = False
    except_: tuple[str, ...] = ()

    def windows(self, school: School) -> Windows:
        """First and last period per grade and weekday on which it is taught today; grades that are exempt have none."""
        taught: dict[str, dict[int, list[int]]] = {}
        for lecture, placement in school.as_is.items():
            for grade in school.lectures[lecture].grades if school.is_placed(lecture) else ():
                taught.setdefault(grade, {}).setdefault(placement.period.day, []).append(placement.period.number)
        found: Windows = {}
        for grade, days in taught.items():
            week = [number for numbers in days.values() for number in numbers]
            for day, numbers in days.items():
                source = numbers if self.per_day else week
                found[grade, day] = (min(source), max(source))
        return {key: window for key, window in found.items() if not is_exempt(key[0], self.except_)}

    def infer(self, school: School) -> Iterator[Inference]:
        """The periods of every grade."""
        by_grade: dict[str, list[tuple[int, int]]] = {}
        for (grade, _day), window in sorted(self.windows(school).items()):
            by_grade.setdefault(grade, []).append(window)
        for grade, windows in by_grade.items():
            first, last = min(w[0] for w in windows), max(w[1] for w in windows)
            text = ngettext(
                "taught on {days} day in periods {first} to {last}",
                "taught on {days} days in periods {first} to {last}",
                len(windows),
            )
            if first == last:
                text = ngettext(
                    "taught on {days} day in period {first}", "taught on {days} days in period {first}", len(windows)
                )
            yield Inference(self.id, grade, text.format(days=len(windows), first=first, last=last))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures outside the grid or outside the window of one of their grades."""
        windows = self.windows(school)
        for id_, placement in timetable.items():
            for grade in self._outside(school.lectures[id_], placement.period, school, windows):
                facts = Facts(
                    kind=Kind.GRADE,
                    name=grade,
                    day=placement.period.day,
                    periods=(placement.period.number,),
                    lectures=(id_,),
                )
                yield Violation(self.id, facts)

    def _outside(self, lecture: Lecture, period: Period, school: School, windows: Windows) -> list[str]:
        if period not in school.grid:
            return list(lecture.grades) or [""]
        outside = []
        for grade in lecture.grades:
            first, last = windows.get((grade, period.day), (1, 0))
            if not first <= period.number <= last and not is_exempt(grade, self.except_):
                outside.append(grade)
        return outside

    def encode(self, model: TimetableModel) -> None:
        """Price every start by the grades for which a lecture of the block would be outside."""
        school = model.school
        windows = self.windows(school)
        # Many lectures have the same grades.
        found: dict[tuple[tuple[str, ...], Period], int] = {}
        for block in school.blocks:
            lectures = [school.lectures[id_] for id_ in block.lectures]
            for start in list(model.decisions.starts(block)):
                amount = 0
                for lecture, period in zip(lectures, school.grid.run(start, block.length), strict=True):
                    key = (lecture.grades, period)
                    if key not in found:
                        found[key] = len(self._outside(lecture, period, school, windows))
                    amount += found[key]
                model.price_start(self.id, block, start, amount)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lecture is outside which grade's day."""
        facts = violation.facts
        return _("{lecture} at {place} is outside the periods in which {grade} is taught").format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            grade=facts.name or _("the school"),
        )
