"""Time requests: as few lectures as possible where somebody would rather have none.

What it checks
    Lectures in periods for which the teacher, the grade, the room or the subject has a time request of -1 or -2 (for
    subjects -3 as well).
Why it matters
    These requests are wishes, not bans: a repair should not fill them with lectures just because it may.
How it is counted
    The size of the request, so 1 to 3, per lecture, week class, and person, room or subject that has one there; a
    lecture that touches three requests counts for all of them. Lectures that are there so far count. Requests above
    0 are not judged: they say that a period is welcome, which the present plan shows better. Requests of -3 of people
    and rooms are bans, see ``availability``.
Example
    Arnd has a request of -2 on Monday 1, and the subject Ma one of -1. A lecture of Ma with Arnd in Monday 1: three.
Parameters
    ``weight`` (0): points per point of a request; 0: off.
In Untis
    Zeitwünsche (GPU016).
Model
    Points on the literals that put a lecture into such a period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.rules._not_stated import NotStated
from untisopt.rules._rule import NoInference
from untisopt.wording import in_weeks, lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes(NoInference):
    """Lectures stay away from periods in which they are not welcome."""

    id: ClassVar[str] = "wishes"
    tier: ClassVar[Tier] = Tier.COMFORT
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lectures against time requests")

    def missing(self, school: School) -> str:
        """Some request below 0 must be stated."""
        stated = (*school.limits.wishes.values(), *school.limits.subject_wishes.values())
        if any(value < 0 for wishes in stated for value in wishes.values()):
            return ""
        return NotStated(_("no time request of -1 or -2 is stated (GPU016)"))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures in periods with a request below 0."""
        occupancy = school.occupancy(timetable)
        for resource, week_class, day in occupancy.days:
            wishes = school.limits.wishes.get(resource, {})
            for occupied in occupancy.day(resource, week_class, day) if wishes else ():
                value = wishes.get(Period(day, occupied.number), 0)
                for lecture in occupied.lectures if value < 0 else ():
                    yield self._found(
                        resource[1], resource[0], Period(day, occupied.number), lecture, week_class, value
                    )
        for lecture, placement in timetable.items():
            for subject, value in self._unwelcome(school, lecture, placement.period):
                for week_class in school.classes(school.lectures[lecture].weeks):
                    yield self._found(subject, None, placement.period, lecture, week_class, value)

    def _found(
        self, name: str, kind: Kind | None, period: Period, lecture: str, week_class: int, value: int
    ) -> Violation:
        facts = Facts(
            kind=kind,
            name=name,
            day=period.day,
            periods=(period.number,),
            lectures=(lecture,),
            week_class=week_class,
        )
        return Violation(self.id, facts, -value)

    @staticmethod
    def _unwelcome(school: School, lecture: str, period: Period) -> Iterator[tuple[str, int]]:
        """Subjects of a lecture that have a request below 0 for a period."""
        for subject in sorted({course.subject for course in school.lectures[lecture].courses}):
            value = school.limits.subject_wishes.get(subject, {}).get(period, 0)
            if value < 0:
                yield subject, value

    def encode(self, model: TimetableModel) -> None:
        """Price what puts lectures there."""
        for resource in (resource for kind in Kind for resource in model.resources(kind)):
            wishes = model.school.limits.wishes.get(resource, {})
            for group in model.week_groups(resource) if wishes else ():
                for period, value in wishes.items():
                    for cover in model.covering(resource, group.week_class, period) if value < 0 else ():
                        model.add_points(self.id, cover.literal, -value * group.multiplicity)
        if model.school.limits.subject_wishes:
            self._encode_subjects(model)

    def _encode_subjects(self, model: TimetableModel) -> None:
        school = model.school
        for block in school.blocks:
            for start in model.decisions.starts(block):
                run = school.grid.run(start, block.length)
                amount = sum(
                    -value * len(school.classes(school.lectures[lecture].weeks))
                    for lecture, period in zip(block.lectures, run, strict=True)
                    for _subject, value in self._unwelcome(school, lecture, period)
                )
                model.add_points(self.id, model.decisions.literal(block, start), amount)

    def explain(self, violation: Violation, school: School) -> str:
        """What stands where who would rather have nothing."""
        facts = violation.facts
        return _("{lecture} is on {place}{weeks}, where {name} has a time request of {value}").format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            weeks=in_weeks(school, facts.week_class),
            name=facts.name,
            value=-violation.amount,
        )
