"""Time requests of teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.measured import held_classes, opposite
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import in_weeks, lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


_MOST_WELCOME = {Kind.TEACHER: 2, Kind.GRADE: 2, Kind.ROOM: 3}
"""The highest request that is a wish; beyond it are core times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes(Rule):
    """Time requests: lectures where people would rather have them, and none where they would rather not.

    What it checks
        Lectures in periods for which the teacher, the grade, the room or the subject has a time request of -1 or -2
        (for subjects -3 as well). Periods with a request of +1 or +2 of a teacher or grade, or of +1 to +3 of a room,
        that are not used. Lectures of a subject with requests above 0 that stand where its request is not the best it
        has.
    Why it matters
        These requests are wishes, not bans: a repair should not fill the ones and leave the others just because it may.
    How it is counted
        Against a request below 0: its size, so 1 to 3, per lecture, week class, and person, room or subject that has
        one there; a lecture that touches three requests counts for all of them. A welcome period that is not used: the
        request, so 1 to 3, per week class (of a person, those in which it has any lecture at all). A subject in a
        period that is less welcome than its best: the difference, of which a request below 0 there counts as 0, per
        lecture and week class. Whatever is so today counts. Requests of -3 of people and rooms are bans, see
        ``availability``; those of +3 of people are core times, see ``grade-core-time`` and ``teacher-core-time``.
    Example
        Arnd has a request of -2 on Monday 1, and the subject Ma one of -1. A lecture of Ma with Arnd in Monday 1:
        three. If Arnd has one of +1 on Monday 2 and no lecture there: one more.
    Parameters
        ``weight`` (0): points per point of a request; 0: off.
    In Untis
        Zeitwünsche (GPU016). The policy file adds to them (``[[wishes]]``).
    Model
        Points on the literals that put a lecture into such a period, and on those that leave a welcome period free.
    """

    id: ClassVar[str] = "wishes"
    called = N_("time requests that are not met")
    promise = N_("Time requests are heeded where that costs little; weight is the price of a point.")
    group = Group.TEACHERS
    source = "GPU016, policy"
    tier: ClassVar[Tier] = Tier.COMFORT
    weight: int = 0

    def missing(self, school: School) -> str:
        """Some request must be stated, and not core times alone."""
        limits = school.limits
        of_people = (
            value <= _MOST_WELCOME[kind] for (kind, _name), own in limits.wishes.items() for value in own.values()
        )
        if any(of_people) or any(limits.subject_wishes.values()):
            return ""
        return NotStated(_("no time request of -2 to +2 is stated (GPU016 or the policy)"))

    # -- what is found -----------------------------------------------------------------------------------------------

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures where they are not welcome, then welcome periods that are free, then subjects."""
        yield from self._against(school, timetable)
        yield from self._unused(school, timetable)
        for lecture, placement in timetable.items():
            for subject, detail, amount in self._of_subjects(school, lecture, placement.period):
                for week_class in school.classes(school.lectures[lecture].weeks):
                    yield self._found((None, subject), placement.period, (lecture,), week_class, amount, detail)

    def _against(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        occupancy = school.occupancy(timetable)
        for resource, week_class, day in occupancy.days:
            wishes = school.limits.wishes.get(resource, {})
            for occupied in occupancy.day(resource, week_class, day) if wishes else ():
                period = Period(day, occupied.number)
                value = wishes.get(period, 0)
                for lecture in occupied.lectures if value < 0 else ():
                    yield self._found(resource, period, (lecture,), week_class, -value)

    def _unused(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        occupancy = school.occupancy(timetable)
        for resource in sorted(school.limits.wishes):
            for week_class in _classes(school, resource):
                for period, value in _welcome(school, resource):
                    used = {occupied.number for occupied in occupancy.day(resource, week_class, period.day)}
                    if period.number not in used:
                        yield self._found(resource, period, (), week_class, value)

    def _found(
        self,
        who: tuple[Kind | None, str],
        period: Period,
        lectures: tuple[str, ...],
        week_class: int,
        amount: int,
        detail: tuple[str, ...] = (),
    ) -> Violation:
        kind, name = who
        facts = Facts(
            kind=kind,
            name=name,
            day=period.day,
            periods=(period.number,),
            lectures=lectures,
            week_class=week_class,
            detail=detail,
        )
        return Violation(self.id, facts, amount)

    @staticmethod
    def _of_subjects(school: School, lecture: str, period: Period) -> Iterator[tuple[str, tuple[str, ...], int]]:
        """Subjects of a lecture that would rather be elsewhere, and by how much; the best request where one is."""
        for subject in sorted({course.subject for course in school.lectures[lecture].courses}):
            wishes = school.limits.subject_wishes.get(subject, {})
            value, best = wishes.get(period, 0), max(0, *wishes.values(), 0)
            if value < 0:
                yield subject, (), -value
            if max(value, 0) < best:
                yield subject, (str(best),), best - max(value, 0)

    # -- the model ---------------------------------------------------------------------------------------------------

    def encode(self, model: TimetableModel) -> None:
        """Price what puts lectures there, and what leaves welcome periods free."""
        for resource in (resource for kind in Kind for resource in model.resources(kind)):
            if resource in model.school.limits.wishes:
                self._encode_against(model, resource)
                self._encode_unused(model, resource)
        if model.school.limits.subject_wishes:
            self._encode_subjects(model)

    def _encode_against(self, model: TimetableModel, resource: Resource) -> None:
        for group in model.week_groups(resource, by="sites"):
            for period, value in model.school.limits.wishes[resource].items():
                for cover in model.covering(resource, group.week_class, period) if value < 0 else ():
                    model.add_points(self.id, cover.literal, -value * group.multiplicity)

    def _encode_unused(self, model: TimetableModel, resource: Resource) -> None:
        """A person has week groups in the classes with lectures; the free periods of a room count in all classes."""
        groups = [(group.week_class, group.multiplicity) for group in model.week_groups(resource, by="sites")]
        if resource[0] is Kind.ROOM:
            groups = [(week_class, 1) for week_class in _classes(model.school, resource)]
        for week_class, multiplicity in groups:
            for period, value in _welcome(model.school, resource):
                used = model.occupied(resource, week_class, period)
                model.add_points(self.id, opposite(used), value * multiplicity)

    def _encode_subjects(self, model: TimetableModel) -> None:
        school = model.school
        for block in school.blocks:
            for start in model.decisions.starts(block):
                run = school.grid.run(start, block.length)
                amount = sum(
                    amount * len(school.classes(school.lectures[lecture].weeks))
                    for lecture, period in zip(block.lectures, run, strict=True)
                    for _subject, _detail, amount in self._of_subjects(school, lecture, period)
                )
                model.add_points(self.id, model.decisions.literal(block, start), amount)

    # -- sentences ---------------------------------------------------------------------------------------------------

    def explain(self, violation: Violation, school: School) -> str:
        """What stands where who would rather have nothing, or does not stand where it would be welcome."""
        facts = violation.facts
        if not facts.lectures:
            text = _("{place}{weeks} is free for {name}, in spite of a time request of +{amount}")
        elif not facts.detail:
            text = _("{lecture} is on {place}{weeks}, where {name} has a time request of {value}")
        elif facts.detail[0] == str(violation.amount):
            text = _("{lecture} is on {place}{weeks}; {name} would rather be where it has a time request of +{best}")
        else:
            text = _(
                "{lecture} is on {place}{weeks}, where {name} has a time request of +{value}; it has some of +{best}"
            )
        best = int(facts.detail[0]) if facts.detail else 0  # so that the value of a request below 0 comes out as such
        return text.format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            weeks=in_weeks(school, facts.week_class),
            name=facts.name,
            amount=violation.amount,
            value=best - violation.amount,
            best=best,
        )


def _welcome(school: School, resource: Resource) -> list[tuple[Period, int]]:
    """Periods that somebody would like to be used, and how much."""
    most = _MOST_WELCOME[resource[0]]
    wishes = school.limits.wishes[resource]
    return sorted((period, value) for period, value in wishes.items() if 0 < value <= most and period in school.grid)


def _classes(school: School, resource: Resource) -> tuple[int, ...]:
    """Week classes in which free periods count; none for people without lectures and for unknown rooms."""
    if resource[0] is Kind.ROOM:
        return tuple(range(len(school.week_classes))) if resource[1] in school.rooms else ()
    return held_classes(school, resource)
