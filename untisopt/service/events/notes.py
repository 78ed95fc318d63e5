"""What a repair after events has to mention: what an event does not do, and what lessons that go leave behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from untisopt.domain.events import Event, Happening
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.policy import Policy
from untisopt.report.words.findings import findings
from untisopt.rules.days.grade_gaps import GradeGaps, gaps_of


def date_notes(happenings: Iterable[Happening]) -> tuple[str, ...]:
    """That a day from which on something holds changes nothing."""
    days = sorted({happening.since for happening in happenings if happening.since is not None})
    text = _("the plan of a week knows no dates: from {date} on is told, but changes nothing in the plan")
    return tuple(text.format(date=day.isoformat()) for day in days)


def gap_notes(original: School, event: Event, policy: Policy, timetable: Timetable, gone: Collection[str]) -> list[str]:
    """Free periods between lectures that lessons which go leave to their grades.

    Parameters
    ----------
    original : School
        Before the events.
    event : Event
    policy : Policy
    timetable : Timetable
        The repaired plan.
    gone : collection of str
        Ids of the lectures that are no longer held.
    """
    lectures = {**original.lectures, **event.school.lectures}
    grades = sorted({grade for id_ in gone for grade in lectures[id_].grades})
    rule = next((rule for rule in policy.rules if isinstance(rule, GradeGaps)), GradeGaps())
    found = findings(event.school, rule, _more_gaps(rule, original, event.school, timetable, grades))
    if not found:
        return []
    text = ngettext("because a lecture is gone: {finding}", "because lectures are gone: {finding}", len(gone))
    return [text.format(finding=finding.text) for finding in found]


def shortages(event: Event, lectures: Iterable[str]) -> tuple[str, ...]:
    """Who has more periods a week than the events leave: then no plan can do, whatever the rules say.

    Parameters
    ----------
    event : Event
    lectures : iterable of str
        Ids of those without a place; only their people are looked at.
    """
    school, required = event.school, event.required
    people = sorted({person for id_ in lectures for person in school.people[id_]})
    found = []
    for person in people:
        out = {*required.vacated.get(person, ()), *required.dropped, *school.blocked.get(person, ())}
        left = len(set(school.grid.periods) - out)
        needed = _periods_a_week(school, person)
        if needed > left and out & {*required.vacated.get(person, ()), *required.dropped}:
            text = ngettext(
                "{name} has {needed} periods a week, and {count} is left",
                "{name} has {needed} periods a week, and {count} are left",
                left,
            )
            found.append(text.format(name=person[1], needed=needed, count=left))
    return tuple(found)


def _periods_a_week(school: School, person: Resource) -> int:
    """In the fullest kind of week; what is held at the same time today counts once."""

    def regular(index: int) -> int:
        occupied = (p for day in school.grid.days for p in school.today.day(person, index, day))
        return sum(any(school.lectures[id_].lesson for id_ in p.lectures) for p in occupied)

    return max(map(regular, range(len(school.week_classes))), default=0)


def _more_gaps(
    rule: GradeGaps, original: School, school: School, timetable: Timetable, grades: Iterable[str]
) -> Iterator[Violation]:
    occupancy = school.occupancy(timetable)
    for grade in grades:
        resource = (Kind.GRADE, grade)
        for index in range(len(school.week_classes)):
            for day in school.grid.days:
                before = gaps_of(original, resource, day, original.today.day(resource, index, day))
                more = gaps_of(school, resource, day, occupancy.day(resource, index, day)) - before
                if more > 0:
                    yield Violation(rule.id, Facts(kind=Kind.GRADE, name=grade, day=day, week_class=index), more)
