"""What a repair after events leaves to people: rooms that a site has not, duties and break supervisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untisopt.domain.events import Away, GradeMoved, Happening, Replaced
from untisopt.domain.limits import Supervision
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.wording import enumerated, lecture_name, place


def left_behind(happenings: Iterable[Happening], school: School, timetable: Timetable) -> tuple[str, ...]:
    """Lectures of a grade that goes to another site which that has no room for.

    Parameters
    ----------
    happenings : iterable of Happening
    school : School
        After the events.
    timetable : Timetable
        The repaired plan.
    """
    found: list[str] = []
    for happening in happenings:
        if isinstance(happening, GradeMoved):
            lectures = list(_elsewhere(happening, school, timetable))
            text = ngettext(
                "{grade}: {lectures} keeps its rooms, because {site} has none of the kind that is free",
                "{grade}: these keep their rooms, because {site} has none of the kind that are free: {lectures}",
                len(lectures),
            )
            if lectures:
                listed = _listed(school, lectures, timetable)
                found.append(text.format(grade=happening.grade, site=happening.site, lectures=listed))
    return tuple(found)


def _elsewhere(event: GradeMoved, school: School, timetable: Timetable) -> Iterator[str]:
    """Lectures with a place that have the grade in a room elsewhere, in the order of the week."""
    own = school.lectures_of.get((Kind.GRADE, event.grade), ())
    for id_ in sorted(own, key=lambda id_: (timetable[id_].period, id_)):
        courses = zip(school.lectures[id_].courses, timetable[id_].rooms, strict=True)
        rooms = (room for course, found in courses if event.grade in course.grades for room in found)
        if timetable[id_].period.day >= 1 and any(school.rooms[room].site != event.site for room in rooms):
            yield id_


def _listed(school: School, lectures: Iterable[str], timetable: Timetable) -> str:
    """Lectures with their places; those of a lesson stand together."""
    places: dict[str, list[str]] = {}
    for id_ in lectures:
        places.setdefault(lecture_name(school, id_), []).append(place(timetable[id_].period))
    return enumerated([f"{name} {', '.join(several)}" for name, several in places.items()])


def supervisions_left(happenings: Iterable[Happening], school: School) -> tuple[str, ...]:
    """Break supervisions (GPU009) of teachers who are away then."""
    away = [event for event in happenings if isinstance(event, Away) and event.kind is Kind.TEACHER]
    text = _("{name} is away, but supervises {corridor} in the break before {place}")
    found = [
        text.format(name=one.teacher, corridor=one.corridor, place=place(one.before))
        for event in away
        for one in _supervisions(school, event.name)
        if one.before in event.periods
    ]
    return tuple(dict.fromkeys(found))


def takeover_notes(happenings: Iterable[Happening], school: School) -> tuple[str, ...]:
    """What somebody who takes over lessons gets besides, and what not.

    Parameters
    ----------
    happenings : iterable of Happening
    school : School
        Before the events.
    """
    found: list[str] = []
    for event in happenings:
        if isinstance(event, Replaced):
            found += [*_duties_taken(event, school), *_supervisions_kept(event, school)]
    return tuple(found)


def _duties_taken(event: Replaced, school: School) -> Iterator[str]:
    own = school.lectures_of.get((Kind.TEACHER, event.old), ())
    duties = [id_ for id_ in own if not school.lectures[id_].lesson]
    if duties:
        text = ngettext(
            "{new} takes over from {old} what has no lesson number as well; it stays in its period: {duties}",
            "{new} takes over from {old} what has no lesson number as well; all of it stays in its periods: {duties}",
            len(duties),
        )
        yield text.format(new=event.new, old=event.old, duties=_listed(school, duties, school.as_is))


def _supervisions_kept(event: Replaced, school: School) -> Iterator[str]:
    places = [f"{one.corridor} {place(one.before)}" for one in _supervisions(school, event.old)]
    if places:
        text = ngettext(
            "{old} still has a break supervision (GPU009), which has to be given to somebody in Untis: before {places}",
            "{old} still has break supervisions (GPU009), which have to be given to somebody in Untis: before {places}",
            len(places),
        )
        yield text.format(old=event.old, places=", ".join(places))


def _supervisions(school: School, teacher: str) -> list[Supervision]:
    own = (one for one in school.limits.supervisions if one.teacher == teacher)
    return sorted(own, key=lambda one: (one.before, one.corridor))
