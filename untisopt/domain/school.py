"""The school: everything that stays the same while lectures move, and the plan as it is today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar, cast

from untisopt.domain.calendar import Day, Period, TimeGrid, WeekClass, WeekSet
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.limits import Limits
from untisopt.domain.parallel import stated_pairs
from untisopt.domain.resources import Grade, Kind, Room, Site, Teacher, Travel
from untisopt.domain.timetable import Placement, Timetable


class OccupiedPeriod(NamedTuple):
    """What one person or room has in one period of one day of one week class.

    Parameters
    ----------
    number : int
        Period number.
    lectures : tuple of str
        Lecture ids, sorted; several where lectures run in parallel.
    sites : frozenset of str
        Sites of their rooms, as far as the person is concerned; empty if no lecture has a room with a site.
    """

    number: int
    lectures: tuple[str, ...]
    sites: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoomSlot:
    """A room that a block uses, and where in the placements of its lectures it stands.

    `positions` holds `(lecture id, index of the course, index within the rooms of the course)`.
    """

    room: str
    positions: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """A rule that no file states but the plan of today shows: what is taken as given, and the evidence.

    `rule` is the id of the rule that uses it; `subject` whom or what it concerns; `evidence` the periods or lessons.
    """

    rule: str
    subject: str
    evidence: str


Resource = tuple[Kind, str]
Parties = frozenset[str]
Remembered = TypeVar("Remembered")


@dataclass(frozen=True, eq=False)
class School:
    """A school with its plan of today.

    Parameters
    ----------
    grid : TimeGrid
        Periods and their times.
    week_classes : tuple of WeekClass
        At least one.
    teachers, grades, rooms, sites : mapping of str to resource
        By short name.
    travel : Travel
        Minutes between sites.
    lectures : mapping of str to Lecture
        By id, in the order of the input.
    blocks : tuple of Block
        Every lecture is in exactly one.
    as_is : Timetable
        The plan of today. A block that has no place yet, such as one of a lesson that was added, stands on a weekday
        below 1, a weekday of its own: there it meets nobody.
    blocked : mapping of (Kind, str) to frozenset of Period
        Where a person or room must not be used (GPU016, -3, or policy).
    closed : mapping of str to frozenset of Period
        When nobody of a grade's time grid is taught, by grade; the empty name stands for lectures without a grade.
    absent : mapping of (Kind, str) to frozenset of Period
        When people are not at school, because something happened: a time at which nobody waits for a lecture.
    pinned : mapping of str to str
        Lecture id to the reason why it must stay.
    limits : Limits
        What the master data state beyond names.
    """

    grid: TimeGrid
    week_classes: tuple[WeekClass, ...]
    teachers: Mapping[str, Teacher]
    grades: Mapping[str, Grade]
    rooms: Mapping[str, Room]
    sites: Mapping[str, Site]
    travel: Travel
    lectures: Mapping[str, Lecture]
    blocks: tuple[Block, ...]
    as_is: Timetable
    blocked: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    closed: Mapping[str, frozenset[Period]] = field(default_factory=dict)
    absent: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ValueError("the school does not fit together: " + "; ".join(problems[:20]))

    @cached_property
    def _remembered(self) -> dict[Hashable, object]:
        return {}

    def remember(self, key: Hashable, compute: Callable[[], Remembered]) -> Remembered:
        """What `compute` gives, computed once per school and key: for what rules ask of a school again and again."""
        if key not in self._remembered:
            self._remembered[key] = compute()
        return cast("Remembered", self._remembered[key])

    @cached_property
    def block_of(self) -> Mapping[str, Block]:
        """Block of every lecture."""
        return {lecture: block for block in self.blocks for lecture in block.lectures}

    def class_mask(self, weeks: WeekSet) -> int:
        """Bit mask over the indices of :attr:`week_classes` in which something with these weeks is held."""
        return sum(1 << i for i, c in enumerate(self.week_classes) if c.weeks.mask & weeks.mask)

    def classes(self, weeks: WeekSet) -> tuple[int, ...]:
        """Indices of the week classes in which something with these weeks is held."""
        return tuple(i for i, c in enumerate(self.week_classes) if c.weeks.mask & weeks.mask)

    @cached_property
    def people(self) -> Mapping[str, Mapping[Resource, int]]:
        """Per lecture: each teacher and grade it occupies, with the bit mask of the week classes."""
        return {id_: self._people(lecture) for id_, lecture in self.lectures.items()}

    def _people(self, lecture: Lecture) -> dict[Resource, int]:
        found: dict[Resource, int] = {}
        for course in lecture.courses:
            mask = self.class_mask(course.weeks)
            members = [(Kind.TEACHER, course.teacher)] if course.teacher else []
            for resource in (*members, *((Kind.GRADE, grade) for grade in course.grades)):
                found[resource] = found.get(resource, 0) | mask
        return found

    def rooms_used(self, lecture: str, placement: Placement) -> Mapping[str, int]:
        """Rooms that a lecture occupies at a placement, with the bit mask of the week classes."""
        if placement.rooms is not self.as_is[lecture].rooms:
            return self._rooms_used(lecture, placement)
        if lecture not in self._rooms_today:
            self._rooms_today[lecture] = self._rooms_used(lecture, placement)
        return self._rooms_today[lecture]

    @cached_property
    def _rooms_today(self) -> dict[str, Mapping[str, int]]:
        """Nearly every lecture keeps its rooms, wherever it moves."""
        return {}

    def _rooms_used(self, lecture: str, placement: Placement) -> dict[str, int]:
        found: dict[str, int] = {}
        for course, rooms in zip(self.lectures[lecture].courses, placement.rooms, strict=True):
            for room in rooms:
                found[room] = found.get(room, 0) | self.class_mask(course.weeks)
        return found

    def sites_of(self, resource: Resource, lecture: str, placement: Placement, week_class: int) -> frozenset[str]:
        """Sites at which a teacher or grade is during a lecture in a week class: where their courses have rooms."""
        if placement.rooms is not self.as_is[lecture].rooms:
            return self._sites_of(resource, lecture, placement, week_class)
        key = (resource, lecture, week_class)
        if key not in self._sites_today:
            self._sites_today[key] = self._sites_of(resource, lecture, placement, week_class)
        return self._sites_today[key]

    @cached_property
    def _sites_today(self) -> dict[tuple[Resource, str, int], frozenset[str]]:
        return {}

    def _sites_of(self, resource: Resource, lecture: str, placement: Placement, week_class: int) -> frozenset[str]:
        kind, name = resource
        weeks = self.week_classes[week_class].weeks.mask
        found: set[str | None] = set()
        for course, rooms in zip(self.lectures[lecture].courses, placement.rooms, strict=True):
            concerned = course.teacher == name if kind is Kind.TEACHER else name in course.grades
            if concerned and course.weeks.mask & weeks:
                found.update(self.rooms[room].site for room in rooms)
        return frozenset(site for site in found if site is not None)

    def can_travel(self, day: int, before: int, after: int, origin: str, target: str) -> bool:
        """Whether somebody can get from one site to another between two periods of a day; True where unknown."""
        minutes = self.travel.between(origin, target)
        return minutes is None or self.grid.allows_travel(day, before, after, minutes) is not False

    @cached_property
    def lectures_of(self) -> Mapping[Resource, tuple[str, ...]]:
        """Lectures of every teacher and grade, in the order of the input."""
        found: defaultdict[Resource, list[str]] = defaultdict(list)
        for lecture, people in self.people.items():
            for resource in people:
                found[resource].append(lecture)
        return {resource: tuple(lectures) for resource, lectures in found.items()}

    @cached_property
    def lectures_in(self) -> Mapping[str, tuple[str, ...]]:
        """Lectures that every room has today, in the order of the input."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for lecture, place in self.as_is.items():
            for room in dict.fromkeys(room for rooms in place.rooms for room in rooms):
                found[room].append(lecture)
        return {room: tuple(lectures) for room, lectures in found.items()}

    def alone(self, resource: Resource) -> School:
        """The school as one teacher or grade sees it: their own lectures, with nobody else in them."""
        blocks = dict.fromkeys(self.block_of[id_] for id_ in self.lectures_of.get(resource, ()))
        part = self.part_of([id_ for block in blocks for id_ in block.lectures])
        alone = part._with(
            lectures={id_: self._alone_in(resource, lecture) for id_, lecture in part.lectures.items()},
            as_is=Timetable({id_: self.seen_by(resource, id_, place) for id_, place in part.as_is.items()}),
        )
        alone.__dict__["spanned"] = self.spanned
        alone.__dict__["compatible"] = {r: pairs for r, pairs in self.compatible.items() if r == resource}
        return alone

    def _with(self, **changes: object) -> School:
        """A school with some fields replaced that need no validation: a part of what fits together fits together."""
        part = object.__new__(School)
        part.__dict__.update({each.name: self.__dict__[each.name] for each in fields(self)}, **changes)
        return part

    def seen_by(self, resource: Resource, lecture: str, placement: Placement) -> Placement:
        """A placement in the school as one teacher or grade sees it: with the rooms of their own courses."""
        courses = zip(self.lectures[lecture].courses, placement.rooms, strict=True)
        return Placement(placement.period, tuple(rooms for course, rooms in courses if _concerns(course, resource)))

    @staticmethod
    def _alone_in(resource: Resource, lecture: Lecture) -> Lecture:
        own = tuple(_only(course, resource) for course in lecture.courses if _concerns(course, resource))
        return Lecture(lecture.id, lecture.lesson, own)

    def part_of(self, lectures: Collection[str]) -> School:
        """The school with only some lectures, and the others of their blocks; what is known stays known."""
        wanted = set(lectures)
        kept = tuple(block for block in self.blocks if not wanted.isdisjoint(block.lectures))
        ids = {id_ for block in kept for id_ in block.lectures}
        part = self._with(
            lectures={id_: lecture for id_, lecture in self.lectures.items() if id_ in ids},
            blocks=kept,
            as_is=Timetable({id_: place for id_, place in self.as_is.items() if id_ in ids}),
            pinned={id_: reason for id_, reason in self.pinned.items() if id_ in ids},
        )
        # Where no times are known, all blocks of the school together show which breaks a block may span; and lessons
        # that meet today may do so even if one of the two lectures is not in this part.
        part.__dict__["spanned"] = self.spanned
        part.__dict__["compatible"] = self.compatible
        # The lectures are the same, so what is known of them is the same.
        part.__dict__["people"] = {id_: self.people[id_] for id_ in part.lectures}
        part.__dict__["_rooms_today"] = self._rooms_today
        part.__dict__["_sites_today"] = self._sites_today
        return part

    def part_around(self, *timetables: Timetable) -> School:
        """The part of the school in which timetables can be judged against one another.

        Holds every lecture that stands differently in two of them, and all others of its people, rooms and lesson, and
        of lessons that a sequence ties to it; what a rule finds in one timetable and not in another, it finds in this
        part as well.
        """
        first = timetables[0]
        differing = set().union(*(other.differing(first) for other in timetables[1:]))
        touched = {r for id_ in differing for t in timetables for r in self.resources_of(id_, t[id_])}
        lectures = set(differing)
        for kind, name in touched:
            lectures.update(self.lectures_in.get(name, ()) if kind is Kind.ROOM else self.lectures_of[kind, name])
        moved_lessons = {self.lectures[id_].lesson for id_ in differing}
        for lesson in {tied for one in moved_lessons for tied in self.tied_lessons(one)}:
            lectures.update(id_ for block in self.blocks_of_lesson.get(lesson, ()) for id_ in block.lectures)
        # Lectures that got a room which others of the part have, too.
        as_is = self.as_is
        for timetable in timetables:
            moved = timetable.differing(as_is)
            lectures.update(id_ for id_ in moved if timetable[id_].rooms != as_is[id_].rooms)
        return self.part_of(lectures)

    def resources_of(self, lecture: str, placement: Placement) -> dict[Resource, int]:
        """Teachers, grades and rooms that a lecture occupies at a placement, with the bit mask of the week classes."""
        rooms = {(Kind.ROOM, room): mask for room, mask in self.rooms_used(lecture, placement).items()}
        return {**self.people[lecture], **rooms}

    def is_placed(self, lecture: str) -> bool:
        """Whether a lecture has a place in the plan of today."""
        return self.as_is[lecture].period.day >= min(Day)

    def aside(self, blocks: Iterable[Block], lowest: int = 1) -> dict[str, Placement]:
        """Places off the plan: a weekday below `lowest` for every block, where it meets nobody; today's rooms."""
        return {
            id_: self.as_is[id_].at(period)
            for number, block in enumerate(blocks, start=1)
            for id_, period in zip(block.lectures, self.grid.run(Period(lowest - number, 1), block.length), strict=True)
        }

    @cached_property
    def unplaced(self) -> tuple[Block, ...]:
        """Blocks that have no place in the plan of today."""
        return tuple(block for block in self.blocks if not self.is_placed(block.lectures[0]))

    @cached_property
    def travellers(self) -> frozenset[Resource]:
        """Teachers and grades with lectures at more than one site."""
        return frozenset(person for person in self.lectures_of if len(self._sites_of_all(person)) > 1)

    def _sites_of_all(self, person: Resource) -> set[str]:
        """The sites of all lectures of a teacher or grade."""
        found: set[str] = set()
        for id_ in self.lectures_of[person]:
            for week_class in self.classes(self.lectures[id_].weeks):
                found |= self.sites_of(person, id_, self.as_is[id_], week_class)
        return found

    @cached_property
    def spanned(self) -> frozenset[tuple[int, int]]:
        """Pairs of adjacent period numbers that some block spans in the plan of today."""
        placed = (block for block in self.blocks if self.is_placed(block.lectures[0]))
        runs = ([self.as_is[lecture].period.number for lecture in block.lectures] for block in placed)
        return frozenset(pair for run in runs for pair in pairwise(run))

    @cached_property
    def blocks_of_lesson(self) -> Mapping[int, tuple[Block, ...]]:
        """Blocks of every regular lesson number."""
        found: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self.blocks:
            if block.lesson:
                found[block.lesson].append(block)
        return {lesson: tuple(blocks) for lesson, blocks in found.items()}

    def tied_lessons(self, lesson: int) -> tuple[int, ...]:
        """A lesson and all that sequences tie to it, straight or through others; sorted."""
        return self._tied.get(lesson, (lesson,))

    @cached_property
    def _tied(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, set[int]] = {}
        for sequence in self.limits.sequences:
            together = {lesson for lesson in sequence.lessons if lesson in self.blocks_of_lesson}
            for lesson in tuple(together):
                together |= found.get(lesson, set())
            found.update(dict.fromkeys(together, together))
        return {lesson: tuple(sorted(together)) for lesson, together in found.items()}

    @cached_property
    def room_slots(self) -> Mapping[str, tuple[RoomSlot, ...]]:
        """Per block id: the rooms it uses today."""
        return {block.id: self._room_slots(block) for block in self.blocks}

    def _room_slots(self, block: Block) -> tuple[RoomSlot, ...]:
        found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for lecture in block.lectures:
            for course, rooms in enumerate(self.as_is[lecture].rooms):
                for i, room in enumerate(rooms):
                    found[room].append((lecture, course, i))
        return tuple(RoomSlot(room, tuple(positions)) for room, positions in found.items())

    def party(self, lecture: str) -> str:
        """What a lecture stands for when clashes are declared: its lesson; for lesson number 0 the lecture itself."""
        lesson = self.lectures[lecture].lesson
        return str(lesson) if lesson else lecture

    @cached_property
    def stated_parallel(self) -> Mapping[Resource, frozenset[Parties]]:
        """Pairs of lessons of a grade that share no pupil, as student groups or collision letters say."""
        return stated_pairs(self.lectures.values(), self.limits)

    @cached_property
    def compatible(self) -> Mapping[Resource, frozenset[Parties]]:
        """Pairs of lessons that may overlap on a teacher, grade or room: they do so today, or the input says so."""
        found: defaultdict[Resource, set[Parties]] = defaultdict(set)
        for resource, stated in self.stated_parallel.items():
            found[resource].update(stated)
        for resource, week_class, day in self.today.days:
            for occupied in self.today.day(resource, week_class, day):
                for one, other in combinations(occupied.lectures, 2):
                    parties = frozenset((self.party(one), self.party(other)))
                    if len(parties) == 2:
                        found[resource].add(parties)
        return {resource: frozenset(pairs) for resource, pairs in found.items()}

    def is_blocked(self, block: Block, start: Period) -> bool:
        """Whether a time at which somebody must not be used lies in a block that starts there; rooms do not count."""
        run = zip(block.lectures, self.grid.run(start, block.length), strict=True)
        return any(period in self.blocked.get(person, ()) for id_, period in run for person in self.people[id_])

    def waits(self, person: Resource, period: Period) -> bool:
        """Whether a free period between lectures is a gap of a teacher or grade.

        Not if the person is away, and not if the whole school is free then, as it is in a lunch numbered as a period.
        """
        closed = self.closed.get(person[1] if person[0] is Kind.GRADE else "", ())
        return period not in closed and period not in self.absent.get(person, ())

    def may_overlap(self, resource: Resource, one: str, other: str) -> bool:
        """Whether two lectures are declared compatible on a resource."""
        pairs = self.compatible.get(resource)
        return pairs is not None and frozenset((self.party(one), self.party(other))) in pairs

    @cached_property
    def today(self) -> Occupancy:
        """Occupancy of the plan of today."""
        return Occupancy(self, self.as_is)

    @cached_property
    def _latest(self) -> list[tuple[Timetable, Occupancy]]:
        return []

    def occupancy(self, timetable: Timetable) -> Occupancy:
        """Occupancy of a timetable of this school; the latest one is kept, because every rule asks for it."""
        if timetable is self.as_is:
            return self.today
        if not self._latest or self._latest[0][0] is not timetable:
            self._latest[:] = [(timetable, Occupancy(self, timetable))]
        return self._latest[0][1]


class Occupancy:
    """Who has what when, for one timetable: the question that nearly every rule asks.

    Parameters
    ----------
    school, timetable
        The timetable must hold the lectures of the school.
    """

    def __init__(self, school: School, timetable: Timetable) -> None:
        self._school = school
        self._timetable = timetable
        cells: defaultdict[tuple[Resource, int, int], defaultdict[int, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        classes_of = [
            [c for c in range(len(school.week_classes)) if mask >> c & 1]
            for mask in range(1 << len(school.week_classes))
        ]
        people = school.people
        for lecture, placement in timetable.items():
            day, number = placement.period
            for resource, mask in people[lecture].items():
                for week_class in classes_of[mask]:
                    cells[resource, week_class, day][number].append(lecture)
            for room, mask in school.rooms_used(lecture, placement).items():
                for week_class in classes_of[mask]:
                    cells[(Kind.ROOM, room), week_class, day][number].append(lecture)
        self._cells = cells
        self._days: dict[tuple[Resource, int, int], tuple[OccupiedPeriod, ...]] = {}

    @cached_property
    def days(self) -> tuple[tuple[Resource, int, int], ...]:
        """All `(resource, week class, day)` on which the resource has anything, sorted."""
        return tuple(sorted(self._cells))

    def day(self, resource: Resource, week_class: int, day: int) -> tuple[OccupiedPeriod, ...]:
        """The occupied periods of a resource on a day of a week class, ascending; empty if it is free."""
        key = (resource, week_class, day)
        if key not in self._days:
            numbers: Mapping[int, list[str]] = self._cells.get(key, {})
            self._days[key] = tuple(self._occupied(resource, week_class, n, numbers[n]) for n in sorted(numbers))
        return self._days[key]

    def at(self, resource: Resource, week_class: int, period: Period) -> Sequence[str]:
        """Lectures that a resource has in a period of a week class; empty if it is free."""
        numbers: Mapping[int, list[str]] = self._cells.get((resource, week_class, period.day), {})
        return numbers.get(period.number, ())

    @cached_property
    def shared(self) -> tuple[tuple[Resource, int, int, int, tuple[str, ...]], ...]:
        """All `(resource, week class, day, period, lectures)` in which a resource has several lectures, sorted."""
        return tuple(
            (*key, number, tuple(sorted(lectures)))
            for key, numbers in sorted(self._cells.items(), key=lambda item: item[0])
            for number, lectures in sorted(numbers.items())
            if len(lectures) > 1
        )

    def is_used(self, resource: Resource, week_class: int, day: int) -> bool:
        """Whether a resource has anything on a day of a week class."""
        return (resource, week_class, day) in self._cells

    def _occupied(self, resource: Resource, week_class: int, number: int, lectures: list[str]) -> OccupiedPeriod:
        if resource[0] is Kind.ROOM:
            return OccupiedPeriod(number, tuple(sorted(lectures)), frozenset())
        sites = [self._school.sites_of(resource, id_, self._timetable[id_], week_class) for id_ in lectures]
        together = sites[0] if len(sites) == 1 else frozenset[str]().union(*sites)
        return OccupiedPeriod(number, tuple(sorted(lectures)), together)


def _concerns(course: Course, person: Resource) -> bool:
    """Whether a teacher teaches a course, or a grade sits in it."""
    kind, name = person
    return course.teacher == name if kind is Kind.TEACHER else name in course.grades


def _only(course: Course, resource: Resource) -> Course:
    """A course with only one teacher or grade in it."""
    kind, name = resource
    if kind is Kind.TEACHER:
        return replace(course, grades=())
    return replace(course, teacher=None, grades=(name,))


def _problems(school: School) -> list[str]:
    """Cross-references that do not hold."""
    problems = []
    if not school.week_classes:
        problems.append("there is no week class")
    if school.as_is.keys() != school.lectures.keys():
        problems.append("the plan and the lectures differ")
    in_blocks = [lecture for block in school.blocks for lecture in block.lectures]
    if sorted(in_blocks) != sorted(school.lectures):
        problems.append("not every lecture is in exactly one block")
    for id_, lecture in school.lectures.items():
        missing = [f"teacher {t}" for t in lecture.teachers if t not in school.teachers]
        missing += [f"grade {g}" for g in lecture.grades if g not in school.grades]
        placement = school.as_is.get(id_)
        if placement is not None:
            missing += [f"room {r}" for rooms in placement.rooms for r in rooms if r not in school.rooms]
            if len(placement.rooms) != len(lecture.courses):
                missing.append("rooms for each course")
            if placement.period not in school.grid and school.is_placed(id_):
                missing.append(f"period {placement.period.day}.{placement.period.number}")
        problems += [f"lecture {id_}: unknown {what}" for what in missing]
    missing_sites = {r.site for r in school.rooms.values() if r.site is not None} - school.sites.keys()
    problems += [f"unknown site {site}" for site in sorted(missing_sites)]
    return problems + _block_problems(school) + _room_group_problems(school) + _pin_problems(school)


def _room_group_problems(school: School) -> list[str]:
    """Rooms that stand in for one another must exist and be on one site: models take sites from the rooms of today."""
    problems = []
    for room in school.rooms.values():
        for name in sorted(room.group):
            other = school.rooms.get(name)
            if other is None or other.site != room.site:
                problems.append(f"room {name} cannot stand in for {room.name}")
    return problems


def _pin_problems(school: School) -> list[str]:
    return [f"unknown pinned lecture {lecture}" for lecture in school.pinned if lecture not in school.lectures]


def _block_problems(school: School) -> list[str]:
    problems = []
    for block in school.blocks:
        places = [school.as_is[lecture].period for lecture in block.lectures if lecture in school.as_is]
        first = places[0] if places else Period(0, 0)
        if places != [Period(first.day, first.number + i) for i in range(len(places))]:
            problems.append(f"block {block.id} is not a run of consecutive periods")
    starts = (school.as_is.get(block.lectures[0]) for block in school.blocks)
    unplaced = [start.period.day for start in starts if start is not None and start.period.day < min(Day)]
    shared = sorted({day for day in unplaced if unplaced.count(day) > 1})
    return problems + [f"several blocks without a place share the weekday {day}" for day in shared]
