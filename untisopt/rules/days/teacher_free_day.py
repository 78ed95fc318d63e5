"""Free days of teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import day_name, in_weeks, lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherFreeDay(Rule):
    """Free days of teachers: no teaching on a day that is free so far.

    What it checks
        A lecture of a teacher on a weekday on which the teacher has none so far, in the same week class.
    Why it matters
        Part-time teachers have planned their lives around these days; the export does not say which days are promised,
        so all that are free so far are protected.
    How it is counted
        One per teacher, lecture and week class.
    Example
        Arnd has nothing on Friday. A lecture of Arnd moved to Friday: one.
    Parameters
        ``except`` (none): teachers whose free days need not stay free, by short name or shell pattern.
    In Untis
        Unspecified time requests ("one free day"), which no export carries.
    Model
        Candidate starts on those days are left out.
    """

    id: ClassVar[str] = "teacher-free-day"
    called = N_("teaching on a teacher's free day")
    promise = N_("A weekday that a teacher has free today stays free.")
    habit = N_("Free days of teachers")
    group = Group.TEACHERS
    source = "today's plan"
    phase = Phase.STARTS
    firmness = 10
    demands_days = True
    chains = Chains.STARTS
    kind: ClassVar[Kind] = Kind.TEACHER
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    exempts: ClassVar[str] = Kind.TEACHER
    weight: int = 1
    except_: tuple[str, ...] = ()

    @staticmethod
    def _is_free(school: School, teacher: str, week_class: int, day: int) -> bool:
        return not school.today.is_used((Kind.TEACHER, teacher), week_class, day)

    def infer(self, school: School) -> Iterator[Inference]:
        """The free days of every teacher who has any."""
        classes = range(len(school.week_classes))
        for teacher in sorted(name for kind, name in school.lectures_of if kind is Kind.TEACHER):
            free = [d for d in school.grid.days if all(self._is_free(school, teacher, c, d) for c in classes)]
            if free and not is_exempt(teacher, self.except_):
                days = ", ".join(day_name(day) for day in free)
                yield Inference(self.id, teacher, _("no lecture on {days}").format(days=days))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures of teachers on days that are free today."""
        occupancy = school.occupancy(timetable)
        for (kind, name), week_class, day in occupancy.days:
            if kind is not Kind.TEACHER or not self._is_free(school, name, week_class, day):
                continue
            if is_exempt(name, self.except_):
                continue
            for occupied in occupancy.day((kind, name), week_class, day):
                for lecture in occupied.lectures:
                    facts = Facts(
                        kind=kind,
                        name=name,
                        day=day,
                        periods=(occupied.number,),
                        lectures=(lecture,),
                        week_class=week_class,
                    )
                    yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price every start by the lectures that would fall on a free day."""
        school = model.school
        exempt = {name for kind, name in school.lectures_of if is_exempt(name, self.except_)}
        busy = {(name, c, day) for (kind, name), c, day in school.today.days if kind is Kind.TEACHER}
        for block in school.blocks:
            teachers = [
                (name, week_class)
                for id_ in block.lectures
                for (kind, name), mask in school.people[id_].items()
                if kind is Kind.TEACHER and name not in exempt
                for week_class in range(len(school.week_classes))
                if mask >> week_class & 1
            ]
            starts = list(model.decisions.starts(block))
            days = {start.day for start in starts}
            amounts = {day: sum((name, c, day) not in busy for name, c in teachers) for day in days}
            for start in starts:
                model.price_start(self.id, block, start, amounts[start.day])

    def explain(self, violation: Violation, school: School) -> str:
        """Who loses which free day."""
        facts = violation.facts
        return _("{name} has no lecture on {day}{weeks} so far, but would have {lecture}").format(
            name=facts.name,
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
            lecture=lecture_names(school, facts.lectures),
        )
