"""What can happen to lessons: other teachers, more or fewer periods, couplings, other sites."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from untisopt.domain._event import Cut, Event, EventError, Requirements, changed, with_compatible
from untisopt.domain._happenings import Since, with_places
from untisopt.domain.calendar import Period, WeekSet
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.resources import Kind, Teacher
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.i18n import _

GENERAL_SUBJECTS = 6
"""A room with so many subjects is a general classroom, and another one of these will do instead."""

Line = tuple[Course, tuple[str, ...]]
Rooms = tuple[tuple[str, ...], ...]
"""The rooms of each course of a lecture."""


@dataclass(frozen=True, kw_only=True)
class Replaced(Since):
    """A teacher takes over all lessons of another one.

    Parameters
    ----------
    old, new : str
    any_day : bool
        Whether the new one may come on days on which he has no lecture today.
    """

    old: str
    new: str
    any_day: bool = False

    def happen(self, school: School) -> Event:
        """The new teacher keeps the own lessons, the blocked times and, if there are lessons, the free days."""
        person = (Kind.TEACHER, self.new)
        taken = school.lectures_of.get((Kind.TEACHER, self.old), ())
        lectures = {**school.lectures, **{id_: self._taken(school.lectures[id_]) for id_ in taken}}
        teachers = {self.new: Teacher(self.new), **school.teachers}
        blocked = school.blocked.get(person, frozenset())
        free = frozenset() if self.any_day else frozenset(_free_days(school, self.new))
        required = Requirements(
            vacated={person: free} if free else {},
            forbidden=dict.fromkeys(taken, blocked) if blocked else {},
        )
        return Event(changed(school, lectures=lectures, teachers=teachers), required)

    def _taken(self, lecture: Lecture) -> Lecture:
        courses = (replace(c, teacher=self.new) if c.teacher == self.old else c for c in lecture.courses)
        return replace(lecture, courses=tuple(courses))


def _free_days(school: School, teacher: str) -> Iterator[Period]:
    """Periods of the days on which a teacher has nothing; none for a teacher who has nothing at all."""
    busy = {day for resource, _class, day in school.today.days if resource == (Kind.TEACHER, teacher)}
    return (period for period in school.grid.periods if busy and period.day not in busy)


@dataclass(frozen=True, kw_only=True)
class HoursLimited(Since):
    """A teacher teaches at most so many periods in any week; what is more waits for a place."""

    teacher: str
    most: int

    def happen(self, school: School) -> Event:
        """The fewest lectures lose their place."""
        own = school.lectures_of.get((Kind.TEACHER, self.teacher), ())
        regular = frozenset(id_ for id_ in own if school.lectures[id_].lesson)
        return Event(school, Requirements(cuts=(Cut(lectures=regular, most=self.most),)))


@dataclass(frozen=True, kw_only=True)
class Added(Since):
    """A lesson is added.

    Parameters
    ----------
    subject : str
    teacher : str or None
    grades : tuple of str
    lengths : tuple of int
        Periods of each of its blocks, at least 1.
    rooms : tuple of str
    any_like : bool
        Whether other rooms of their kind do as well.
    """

    subject: str
    teacher: str | None
    grades: tuple[str, ...]
    lengths: tuple[int, ...]
    rooms: tuple[str, ...] = ()
    any_like: bool = False

    def happen(self, school: School) -> Event:
        """It has the next lesson number and no place yet."""
        weeks = WeekSet(0)
        for week_class in school.week_classes:
            weeks = weeks | week_class.weeks
        number = max(school.blocks_of_lesson, default=0) + 1
        course = Course(number, self.subject, self.teacher, tuple(sorted(self.grades)), weeks)
        return Event(with_blocks(school, [(course, self.rooms)], self.lengths), Requirements())


@dataclass(frozen=True, kw_only=True)
class Removed(Since):
    """A lesson, or some lectures of it, is no longer taught.

    Parameters
    ----------
    lesson : int
    lectures : tuple of str
        Ids; empty: all of the lesson.
    """

    lesson: int
    lectures: tuple[str, ...] = ()

    def happen(self, school: School) -> Event:
        """What is left of a block stays a block, or several."""
        blocks = school.blocks_of_lesson.get(self.lesson, ())
        gone = set(self.lectures) or {id_ for block in blocks for id_ in block.lectures}
        if not blocks or not gone <= school.lectures.keys():
            raise EventError(_("a lesson of the school"), str(self.lesson))
        return Event(without(school, gone), Requirements())


@dataclass(frozen=True, kw_only=True)
class Lengthened(Since):
    """A lesson gets more periods a week, with the people and rooms of its first lecture.

    Parameters
    ----------
    lesson : int
    lengths : tuple of int
        Periods of each of the new blocks.
    """

    lesson: int
    lengths: tuple[int, ...]

    def happen(self, school: School) -> Event:
        """The new blocks have no place yet."""
        blocks = school.blocks_of_lesson.get(self.lesson, ())
        if not blocks:
            raise EventError(_("a lesson of the school"), str(self.lesson))
        # The most usual lecture is the pattern: single ones may have a guest or another room.
        pattern = Counter(_lines(school, id_) for block in blocks for id_ in block.lectures).most_common(1)[0][0]
        return Event(with_blocks(school, pattern, self.lengths), Requirements())


@dataclass(frozen=True, kw_only=True)
class Shortened(Since):
    """A lesson gets fewer periods a week; which ones go is left to the search."""

    lesson: int
    periods: int

    def happen(self, school: School) -> Event:
        """Whole blocks go."""
        blocks = school.blocks_of_lesson.get(self.lesson, ())
        if self.periods not in sums_of(blocks):
            raise EventError(
                _("blocks of lesson {lesson} that have {count} periods together").format(
                    lesson=self.lesson, count=self.periods
                ),
                ", ".join(str(block.length) for block in blocks) or _("none"),
                _("you can name the lecture that goes: remove {lecture}").format(
                    lecture=blocks[-1].lectures[-1] if blocks else f"{self.lesson}@1.1"
                ),
            )
        lectures = frozenset(id_ for block in blocks for id_ in block.lectures)
        return Event(school, Requirements(cuts=(Cut(lectures=lectures, fewer=self.periods, for_good=True),)))


def sums_of(blocks: Iterable[Block]) -> set[int]:
    """How many periods some of these blocks can have together, none and all included."""
    sums = {0}
    for block in blocks:
        sums |= {found + block.length for found in sums}
    return sums


@dataclass(frozen=True, kw_only=True)
class Coupled(Since):
    """Two lessons are held at the same time from now on."""

    one: int
    other: int

    def happen(self, school: School) -> Event:
        """Grades that sit in both may be in both at once."""
        blocks = [school.blocks_of_lesson.get(lesson, ()) for lesson in (self.one, self.other)]
        lengths = [sorted(block.length for block in found) for found in blocks]
        if lengths[0] != lengths[1]:
            raise EventError(
                _("two lessons with the same blocks"),
                _("{one} with blocks of {lengths}, {other} with blocks of {others}").format(
                    one=self.one,
                    other=self.other,
                    lengths=", ".join(map(str, lengths[0])),
                    others=", ".join(map(str, lengths[1])),
                ),
                _("one of them has to be lengthened or shortened first"),
            )
        people = [{p for b in found for id_ in b.lectures for p in school.people[id_]} for found in blocks]
        shared = people[0] & people[1]
        both = sorted(name for kind, name in shared if kind is Kind.TEACHER)
        if both:
            found = _("{name} in both").format(name=both[0])
            raise EventError(_("two lessons with different teachers"), found)
        pair = frozenset((str(self.one), str(self.other)))
        declared = {resource: school.compatible.get(resource, frozenset()) | {pair} for resource in shared}
        limits = school.limits.coupled(self.one, self.other)
        after = with_compatible(replace(school, limits=limits), {**school.compatible, **declared})
        return Event(after, Requirements(together=((self.one, self.other),)))


@dataclass(frozen=True, kw_only=True)
class GradeMoved(Since):
    """A grade is taught at another site; lectures for which that has no room of the kind stay where they are."""

    grade: str
    site: str

    def happen(self, school: School) -> Event:
        """Every room elsewhere is replaced by one of its kind at the site, or by one that stands in for that."""
        chosen: dict[str, str | None] = {}
        rooms: dict[str, Rooms] = {}
        for id_ in school.lectures_of.get((Kind.GRADE, self.grade), ()):
            if school.lectures[id_].lesson:
                rooms[id_] = self._rooms(school, id_, chosen, rooms)
        moved = {id_: found for id_, found in rooms.items() if found != school.as_is[id_].rooms}
        return Event(with_places(school, moved), Requirements())

    def _rooms(self, school: School, lecture: str, chosen: dict[str, str | None], others: Mapping[str, Rooms]) -> Rooms:
        """The rooms of the courses; what are two rooms of a lecture today stay two, and a coupling stays together."""
        today, courses = school.as_is[lecture].rooms, school.lectures[lecture].courses
        mine = [
            room for course, rooms in zip(courses, today, strict=True) if self.grade in course.grades for room in rooms
        ]
        elsewhere = [room for room in dict.fromkeys(mine) if school.rooms[room].site != self.site]
        # The whole coupling needs its rooms at once: none of its halves goes without the others.
        busy = self._busy(school, lecture, others) if len(set(mine)) > 1 else set()
        new: dict[str, str] = {}
        for room in elsewhere:
            found = self._instead(school, room, chosen, {*new.values(), *mine, *busy})
            if found is None:
                return today
            new[room] = found
        return tuple(
            tuple(new.get(room, room) if self.grade in course.grades else room for room in rooms)
            for course, rooms in zip(courses, today, strict=True)
        )

    @staticmethod
    def _busy(school: School, lecture: str, others: Mapping[str, Rooms]) -> set[str]:
        """Rooms that are closed in the period of a lecture, or in use by another one in one of its weeks."""
        period, weeks = school.as_is[lecture].period, school.lectures[lecture].weeks
        found = {name for (kind, name), periods in school.blocked.items() if kind is Kind.ROOM and period in periods}
        for id_, place in school.as_is.items():
            if place.period == period and id_ != lecture and school.lectures[id_].weeks & weeks:
                found |= {room for rooms in others.get(id_, place.rooms) for room in rooms}
        return found

    def _instead(self, school: School, room: str, chosen: dict[str, str | None], used: set[str]) -> str | None:
        """What replaces a room everywhere, unless the lecture cannot have it."""
        if room not in chosen:
            chosen[room] = self._best(school, room, {name for name in chosen.values() if name is not None}, set())
        usual = chosen[room]
        return self._best(school, room, used, used) if usual in used else usual

    def _best(self, school: School, room: str, taken: set[str], used: set[str]) -> str | None:
        """The room at the site that is of the kind and free most often when the grade is in its own."""
        subjects = _subjects(school)
        own = [id_ for id_ in school.lectures_in.get(room, ()) if self.grade in school.lectures[id_].grades]
        wanted = {s for id_ in own for s in self._taught_in(school, id_, room)}
        times = {school.as_is[id_].period for id_ in own}
        fitting = [
            other
            for other in school.rooms.values()
            if other.site == self.site and other.name not in used and _is_of_kind(subjects, room, wanted, other.name)
        ]
        large = [o for o in fitting if (o.capacity or 0) >= (school.rooms[room].capacity or 0)] or fitting

        def burden(name: str) -> tuple[int, bool, str]:
            busy = sum(school.as_is[id_].period in times for id_ in school.lectures_in.get(name, ()))
            return busy, name in taken, name

        return min((other.name for other in large), key=burden, default=None)

    def _taught_in(self, school: School, lecture: str, room: str) -> Iterator[str]:
        """The subjects of the grade that a lecture has in a room: of a coupling not those in its other rooms."""
        for course, rooms in zip(school.lectures[lecture].courses, school.as_is[lecture].rooms, strict=True):
            if room in rooms and self.grade in course.grades:
                yield course.subject


def _subjects(school: School) -> Mapping[str, set[str]]:
    """What is taught in every room today."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id_, lecture in school.lectures.items():
        for course, rooms in zip(lecture.courses, school.as_is[id_].rooms, strict=True):
            for room in rooms:
                found[room].add(course.subject)
    return found


def _is_of_kind(subjects: Mapping[str, set[str]], room: str, wanted: set[str], other: str) -> bool:
    """Whether all these subjects are taught in the other room as well, or both are general classrooms."""
    general = all(len(subjects.get(name, ())) >= GENERAL_SUBJECTS for name in (room, other))
    return general or wanted <= subjects.get(other, set())


# -- lessons that come and go ------------------------------------------------------------------------------------------


def with_blocks(school: School, lines: Sequence[Line], lengths: Sequence[int]) -> School:
    """A school with more blocks of one lesson, without a place so far.

    Parameters
    ----------
    school : School
    lines : sequence of (Course, tuple of str)
        The coupling lines of the lesson and their rooms.
    lengths : sequence of int
        Periods of each of the blocks.
    """
    ordered = sorted(lines, key=lambda line: line[0].sort_key)
    lesson = ordered[0][0].lesson
    lowest = min((school.as_is[block.lectures[0]].period.day for block in school.unplaced), default=1)
    lectures: dict[str, Lecture] = {}
    places: dict[str, Placement] = {}
    blocks: list[Block] = []
    for i, length in enumerate(lengths, start=1):
        run = school.grid.run(Period(lowest - i, 1), length)
        ids = tuple(f"{lesson}@{period.day}.{period.number}" for period in run)
        for id_, period in zip(ids, run, strict=True):
            lectures[id_] = Lecture(id_, lesson, tuple(course for course, _rooms in ordered))
            places[id_] = Placement(period, tuple(rooms for _course, rooms in ordered))
        blocks.append(Block(ids[0], lesson, ids))
    return changed(
        school,
        lectures={**school.lectures, **lectures},
        blocks=(*school.blocks, *blocks),
        as_is=Timetable({**school.as_is, **places}),
    )


def without(school: School, gone: set[str]) -> School:
    """A school without some lectures; what is left of a block stays a block, or several."""
    blocks: list[Block] = []
    for block in school.blocks:
        runs = groupby(block.lectures, key=lambda id_: id_ in gone)
        kept = (tuple(ids) for is_gone, ids in runs if not is_gone)
        blocks += [Block(run[0], block.lesson, run) for run in kept]
    return changed(
        school,
        lectures={id_: lecture for id_, lecture in school.lectures.items() if id_ not in gone},
        blocks=tuple(blocks),
        as_is=Timetable({id_: place for id_, place in school.as_is.items() if id_ not in gone}),
        pinned={id_: reason for id_, reason in school.pinned.items() if id_ not in gone},
    )


def _lines(school: School, lecture: str) -> tuple[Line, ...]:
    return tuple(zip(school.lectures[lecture].courses, school.as_is[lecture].rooms, strict=True))
