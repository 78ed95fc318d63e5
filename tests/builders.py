"""Schools for tests: written by hand as a small table of rows, or drawn at random.

A row reads ``LESSON TEACHER GRADES ROOMS PLACE [WEEKS]``, such as ``177 Arnd 10.3 F13 Fri5``; ``-`` stands for nothing,
``,`` joins grades, ``+`` joins rooms, ``Mon1-2`` is a double. Rows of one lesson and period are the courses of one
lecture.
The site of a room is its first letter: ``H3`` stands on site H, ``x1`` nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from tests.drafts import Draft, random_weeks
from tests.rows import A_AND_B, ALIKE, ALL_WEEKS, WEEKS_A, WEEKS_B, Row, chance, runs
from untisopt.domain.calendar import Period, TimeGrid, Timeslot, WeekClass, WeekSet
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.limits import (
    GradeLimits,
    LessonSequence,
    LessonTraits,
    Limits,
    RoomTraits,
    SequenceKind,
    SubjectTraits,
    Supervision,
    TeacherLimits,
)
from untisopt.domain.resources import Grade, Kind, Room, Site, Teacher, Travel
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable

__all__ = ["ALL_WEEKS", "A_AND_B", "WEEKS_A", "WEEKS_B", "Row", "chance", "runs"]  # what tests take from here as well

DAYS = {"Mon": 1, "Tue": 2, "Wed": 3, "Thu": 4, "Fri": 5, "Sat": 6, "Sun": 7}
DAY_START = 480  # 08:00

# Minutes between the periods 1 to 10 of the school that the tool comes from: 6->7 is the long break, 13:00 to 13:30.
SEED_BREAKS = (0, 20, 0, 10, 0, 30, 0, 5, 0)

# -- grids --


def grid(
    days: int = 5,
    breaks: Sequence[int] = SEED_BREAKS,
    *,
    first: int = 1,
    times: bool = True,
    unusable: Iterable[tuple[int, int]] = (),
    short_days: Mapping[int, int] | None = None,
) -> TimeGrid:
    """Days of periods of 45 minutes from 08:00 on, `breaks` apart; `short_days` maps a day to its number of periods."""
    slots: dict[Period, Timeslot] = {}
    for day in range(1, days + 1):
        start = DAY_START
        for i, pause in enumerate([*breaks, 0][: (short_days or {}).get(day)]):
            slots[Period(day, first + i)] = Timeslot(start, start + 45) if times else Timeslot()
            start += 45 + pause
    return TimeGrid(slots, frozenset(unusable))


# -- schools by hand --


def at(place: str) -> Period:
    """`Fri5` as a period."""
    return Period(DAYS[place[:3]], int(place[3:]))


def school(
    table: str,
    *,
    on: TimeGrid | None = None,
    sites: str = "HF",
    travel: int | Mapping[tuple[str, str], int] = 25,
    groups: Iterable[str] = (),
    blocked: Mapping[str, str] | None = None,
    pinned: Iterable[str] = (),
    rooms: Iterable[str] = (),
) -> School:
    """Build a school from a table of rows.

    Parameters
    ----------
    table : str
        See the text of the module.
    on : TimeGrid, optional
        Default: five days like those of the seed's school.
    sites : str
        First letters of rooms that are sites.
    travel : int or mapping
        Minutes between any two sites, or per direction, such as ``{"HF": 25}``.
    groups : iterable of str
        Rooms that may stand in for one another, such as ``"H1 H2"``.
    blocked : mapping of str to str
        Short name of a teacher, grade or room to places, such as ``{"Arnd": "Mon1 Mon2"}``.
    pinned : iterable of str
        Lecture ids.
    rooms : iterable of str
        Further rooms that nobody uses today.
    """
    rows = [row for line in table.strip().splitlines() for row in _rows(line)]
    return build(
        rows,
        on=on or grid(),
        week_classes=A_AND_B if any(row.weeks != ALL_WEEKS for row in rows) else ALIKE,
        sites=sites,
        travel=_minutes(sites, travel),
        groups=[frozenset(group.split()) for group in groups],
        blocked={name: frozenset(map(at, places.split())) for name, places in (blocked or {}).items()},
        pinned=dict.fromkeys(pinned, "flag X"),
        rooms=rooms,
    )


def _rows(line: str) -> list[Row]:
    lesson, teacher, grades, rooms, place, *weeks = line.split()
    numbers = [int(number) for number in place[3:].split("-")]
    return [
        Row(
            int(lesson),
            _names(teacher, ",")[0] if teacher != "-" else None,
            _names(grades, ","),
            _names(rooms, "+"),
            Period(DAYS[place[:3]], number),
            {"A": WEEKS_A, "B": WEEKS_B, "AB": WEEKS_A | WEEKS_B}[weeks[0]] if weeks else ALL_WEEKS,
        )
        for number in range(numbers[0], numbers[-1] + 1)
    ]


def _names(text: str, separator: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split(separator))


def _minutes(sites: str, travel: int | Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    if not isinstance(travel, int):
        return dict(travel)
    return {(one, other): travel for one in sites for other in sites if one != other}


def build(
    rows: Iterable[Row],
    *,
    on: TimeGrid,
    week_classes: tuple[WeekClass, ...],
    sites: str,
    travel: Mapping[tuple[str, str], int],
    groups: Iterable[frozenset[str]] = (),
    blocked: Mapping[str, frozenset[Period]] | None = None,
    pinned: Mapping[str, str] | None = None,
    rooms: Iterable[str] = (),
) -> School:
    """Build a school from rows: lectures of all rows of a lesson and period, blocks of all lectures in a run."""
    lectures: dict[str, Lecture] = {}
    places: dict[str, Placement] = {}
    for period, members in _together(rows):
        id_ = name = f"{members[0].lesson}@{period.day}.{period.number}"
        for suffix in range(2, len(lectures) + 2):
            id_ = id_ if id_ not in lectures else f"{name}/{suffix}"
        lectures[id_] = Lecture(id_, members[0].lesson, tuple(row.course for row in members))
        places[id_] = Placement(period, tuple(row.rooms for row in members))
    names = sorted(
        {room for p in places.values() for by_course in p.rooms for room in by_course} | {*rooms}.union(*groups)
    )
    stand_ins = {room: group - {room} for group in groups for room in group}
    teachers = {t: Teacher(t) for lecture in lectures.values() for t in lecture.teachers}
    grades = {g: Grade(g) for lecture in lectures.values() for g in lecture.grades}
    kinds = {
        **dict.fromkeys(names, Kind.ROOM),
        **dict.fromkeys(grades, Kind.GRADE),
        **dict.fromkeys(teachers, Kind.TEACHER),
    }
    return School(
        grid=on,
        week_classes=week_classes,
        teachers=teachers,
        grades=grades,
        rooms={r: Room(r, r[0] if r[0] in sites else None, group=stand_ins.get(r, frozenset())) for r in names},
        sites={site: Site(site) for site in sites},
        travel=Travel(travel),
        lectures=lectures,
        blocks=_blocks(lectures, places),
        as_is=Timetable(places),
        blocked={(kinds[name], name): periods for name, periods in (blocked or {}).items()},
        pinned=pinned or {},
    )


def _together(rows: Iterable[Row]) -> list[tuple[Period, list[Row]]]:
    """Rows of one lesson and period with overlapping weeks; every row of lesson 0 stands alone."""
    found: dict[object, list[list[Row]]] = {}
    for i, row in enumerate(rows):
        parts = found.setdefault((row.lesson, row.period) if row.lesson else i, [])
        touched = [part for part in parts if any(other.weeks & row.weeks for other in part)]
        parts[:] = [part for part in parts if part not in touched]
        parts.append([*(other for part in touched for other in part), row])
    return [
        (part[0].period, sorted(part, key=lambda r: r.course.sort_key)) for parts in found.values() for part in parts
    ]


def _blocks(lectures: Mapping[str, Lecture], places: Mapping[str, Placement]) -> tuple[Block, ...]:
    runs: list[list[str]] = []
    open_: dict[object, list[str]] = {}
    for id_ in sorted(lectures, key=lambda i: places[i].period):
        lecture, period = lectures[id_], places[id_].period
        who = (lecture.lesson, period.day, lecture.teachers, lecture.grades, lecture.weeks)
        run = open_.get(who)
        if lecture.lesson and run is not None and places[run[-1]].period.number == period.number - 1:
            run.append(id_)
        else:
            open_[who] = [id_]
            runs.append(open_[who])
    return tuple(Block(run[0], lectures[run[0]].lesson, tuple(run)) for run in runs)


def move(of: School, moves: Mapping[str, str], rooms: Mapping[str, str] | None = None) -> Timetable:
    """The plan of today with blocks started elsewhere and rooms exchanged.

    Parameters
    ----------
    of : School
    moves : mapping of str to str
        Block id to the place of its start, such as ``{"177@5.5": "Mon3"}``; the id of a lecture that begins no block
        moves this lecture only.
    rooms : mapping of str to str
        Lecture id to ``OLD>NEW``.
    """
    blocks = {block.id: block for block in of.blocks}
    placements: dict[str, Placement] = {}
    for id_, place in moves.items():
        start = at(place)
        lectures = blocks[id_].lectures if id_ in blocks else (id_,)
        for i, lecture in enumerate(lectures):
            placements[lecture] = of.as_is[lecture].at(Period(start.day, start.number + i))
    for lecture, exchange in (rooms or {}).items():
        old, new = exchange.split(">")
        now = placements.get(lecture, of.as_is[lecture])
        by_course = tuple(tuple(new if room == old else room for room in course) for course in now.rooms)
        placements[lecture] = Placement(now.period, by_course)
    return of.as_is.replace(placements)


# -- schools at random --


def random_grid(rng: Random, *, times: bool = True) -> TimeGrid:
    """2-3 days of 4-6 periods, breaks of 0 to 30 minutes; some days begin later or end sooner, some count from 0."""
    days = rng.randrange(2, 4)
    breaks = [rng.choice([0, 0, 5, 10, 20, 30]) for _ in range(rng.randrange(3, 6))]
    first = 1 - chance(rng, 15)
    unusable = [(first + i, first + i + 1) for i in range(len(breaks)) if chance(rng, 8)]
    short = {day: len(breaks) for day in range(1, days + 1) if chance(rng, 15)}
    whole = grid(days, breaks, first=first, times=times, unusable=unusable, short_days=short)
    late = {Period(day, first) for day in whole.days if chance(rng, 6)}
    return replace(whole, slots={period: slot for period, slot in whole.slots.items() if period not in late})


def random_school(rng: Random, *, travel: bool = False, times: bool | None = None) -> School:
    """Draw a small school with couplings, blocks, kinds of weeks, lesson 0, parallel lessons, pins, blocked times.

    Parameters
    ----------
    rng : Random
    travel : bool
        True: it has two sites or three, travel times and clock times; else it may lack them.
    times : bool, optional
        Whether clock times are known; default: drawn.
    """
    site_count = rng.randrange(2, 4) if travel or chance(rng, 80) else 1
    sites = "HFG"[:site_count]
    known = travel or (chance(rng, 90) if times is None else times)
    on = random_grid(rng, times=known)
    rooms = [f"{sites[i % site_count]}{i}" for i in range(rng.randrange(3, 6))] + (["x9"] if chance(rng, 25) else [])
    draft = Draft(
        rng,
        on,
        [f"T{i}" for i in range(rng.randrange(3, 7))],
        [f"G{i}" for i in range(rng.randrange(2, 5))],
        rooms,
        random_weeks(rng),
    )
    for lesson in range(1, rng.randrange(4, 9)):
        draft.add_lesson(lesson)
    if not draft.rows or chance(rng, 30):
        draft.add_fixed()
    return _equipped(rng, draft, sites)


def _equipped(rng: Random, draft: Draft, sites: str) -> School:
    """The school of a draft, with what master data and policy might say."""
    on, rooms = draft.grid, draft.rooms
    people = sorted({name for row in draft.rows for name in row.names})
    ids = sorted({f"{r.lesson}@{r.period.day}.{r.period.number}" for r in draft.rows})
    drawn = build(
        draft.rows,
        on=on,
        week_classes=draft.week_classes,
        sites=sites,
        travel=_random_travel(rng, sites),
        groups=[frozenset(r for r in rooms if r[0] == site) for site in sites if chance(rng, 50)],
        blocked={
            rng.choice(people): frozenset(rng.choice(on.periods) for _ in range(rng.randrange(1, 4)))
            for _ in range(rng.randrange(3) if people else 0)
        },
        pinned={rng.choice(ids): "flag X" for _ in range(rng.randrange(2))},
        rooms=rooms,
    )
    drawn = replace(
        drawn,
        lectures=random_courses(rng, drawn),
        rooms={
            name: replace(room, capacity=rng.randrange(10, 30) if chance(rng, 60) else None)
            for name, room in drawn.rooms.items()
        },
    )
    drawn = replace(drawn, limits=random_limits(rng, drawn))
    return with_free_times(rng, drawn) if chance(rng, 30) else drawn


def with_free_times(rng: Random, of: School) -> School:
    """A school that closes some of the times at which nobody is taught today, and somebody who is away somewhere."""
    used = {place.period for place in of.as_is.values()}
    free = [period for period in of.grid.periods if period not in used]
    closed = frozenset(period for period in free if chance(rng, 40))
    grades = [*of.grades, ""]
    people = sorted(of.lectures_of)
    away = {rng.choice(people): frozenset(rng.choice(of.grid.periods) for _ in range(3))} if people else {}
    return replace(of, closed=dict.fromkeys(grades, closed), absent=away)


def random_courses(rng: Random, of: School) -> dict[str, Lecture]:
    """The lectures with student groups here and there, and some courses with the subject of another lesson."""
    lessons = sorted({lecture.lesson for lecture in of.lectures.values()})
    groups = {lesson: (rng.choice("EKR"),) if chance(rng, 30) else () for lesson in lessons}
    subjects = {lesson: f"S{rng.choice(lessons) if chance(rng, 40) else lesson}" for lesson in lessons}
    coupled = sorted({(lecture.lesson, t) for lecture in of.lectures.values() for t in lecture.teachers[1:]})
    # Courses of a band, or parts of a grade, may have subjects and pupils of their own.
    own = {key: (f"S{rng.choice(lessons)}", (rng.choice("EKR"),)) for key in coupled if chance(rng, 30)}

    def drawn(course: Course) -> Course:
        subject, pupils = own.get(
            (course.lesson, course.teacher or ""), (subjects[course.lesson], groups[course.lesson])
        )
        return replace(course, subject=subject, groups=pupils)

    return {id_: replace(lecture, courses=tuple(map(drawn, lecture.courses))) for id_, lecture in of.lectures.items()}


def random_limits(rng: Random, of: School) -> Limits:
    """What master data might state about the people of a small school: tight, so that it is broken now and then."""

    def drawn(low: int, high: int, percent: int = 40) -> int | None:
        return rng.randrange(low, high) if chance(rng, percent) else None

    teachers = {
        name: TeacherLimits(
            least_per_day=drawn(1, 4),
            most_per_day=drawn(1, 4),
            most_gaps=drawn(0, 3),
            least_lunch=drawn(1, 3),
            most_in_a_row=drawn(1, 4),
        )
        for name in of.teachers
    }
    grades = {
        name: GradeLimits(
            least_per_day=drawn(1, 4),
            most_per_day=drawn(1, 4),
            least_lunch=drawn(1, 3),
            most_main_in_a_row=drawn(1, 3),
            one_half_day=chance(rng, 15),
            apart=chance(rng, 15),
        )
        for name in of.grades
    }
    subjects = {
        f"S{lesson}": SubjectTraits(
            is_main=chance(rng, 50),
            most_afternoon=drawn(0, 3),
            is_fringe=chance(rng, 15),
            not_fringe=chance(rng, 15),
            several_a_day=chance(rng, 15),
            grade_sequence=rng.choice("1A") if chance(rng, 20) else "",
            teacher_sequence=rng.choice("1A") if chance(rng, 20) else "",
        )
        for lesson in range(1, 6)
    }
    wishes = {who: random_wishes(rng, of) for who in of.lectures_of if chance(rng, 30)}
    wishes |= {(Kind.ROOM, room): random_wishes(rng, of) for room in of.rooms if chance(rng, 20)}
    subject_wishes = {subject: random_wishes(rng, of) for subject in subjects if chance(rng, 30)}
    codes = rng.choice(["", "1", "A", "1A2"])
    return Limits(
        teachers=teachers,
        grades=grades,
        subjects=subjects,
        wishes=wishes,
        subject_wishes=subject_wishes,
        rooms={
            name: RoomTraits(alternative=rng.choice(["", *of.rooms]), weight=rng.choice([None, 1, 4]))
            for name in of.rooms
        },
        lessons={lesson: random_traits(rng, codes) for lesson in of.blocks_of_lesson},
        supervisions=tuple(random_supervisions(rng, of)),
        sequences=tuple(random_sequences(rng, of)),
    )


def random_traits(rng: Random, codes: str = "") -> LessonTraits:
    """What GPU002 might state about a lesson; `codes` are the sequence codes to draw from."""
    return LessonTraits(
        least_doubles=rng.randrange(2) if chance(rng, 40) else None,
        most_doubles=rng.randrange(3) if chance(rng, 40) else None,
        doubles_binding=chance(rng, 40),
        several_a_day=chance(rng, 15),
        is_fringe=chance(rng, 20),
        same_time=chance(rng, 30),
        grade_sequence=rng.choice(codes) if codes and chance(rng, 75) else "",
        teacher_sequence=rng.choice(codes) if codes and chance(rng, 75) else "",
        collision=rng.choice("AB") if chance(rng, 20) else "",
        students=rng.randrange(10, 30) if chance(rng, 60) else None,
    )


def random_supervisions(rng: Random, of: School) -> Iterable[Supervision]:
    """Supervisions of teachers at some site or at none known, in all weeks or in some."""
    for teacher in of.teachers:
        if chance(rng, 30):
            kinds = [ALL_WEEKS if len(of.week_classes) == 1 else WeekSet(sum(c.weeks.mask for c in of.week_classes))]
            weeks = rng.choice(kinds + [c.weeks for c in of.week_classes])
            site = rng.choice([None, *of.sites, *of.sites])
            yield Supervision(
                corridor="yard", teacher=teacher, before=rng.choice(of.grid.periods), minutes=15, weeks=weeks, site=site
            )


def random_sequences(rng: Random, of: School) -> Iterable[LessonSequence]:
    """Sequences of two or three lessons, of any kind; some of two that follow one another in the plan."""
    lessons = sorted(of.blocks_of_lesson)
    ends = {(of.as_is[b.lectures[-1]].period, b.lesson) for b in of.blocks if b.lesson}
    begins = {(of.as_is[b.lectures[0]].period, b.lesson) for b in of.blocks if b.lesson}
    following = [
        (one, other)
        for end, one in sorted(ends)
        for start, other in sorted(begins)
        if one != other and start == Period(end.day, end.number + 1)
    ]
    for i in range(rng.randrange(3) if len(lessons) > 2 else 0):
        if following and chance(rng, 40):
            yield LessonSequence(name=f"Q{i}", kind=SequenceKind.FIXED, lessons=rng.choice(following))
        else:
            chosen = tuple(rng.sample(lessons, rng.randrange(2, 4)))
            yield LessonSequence(name=f"Q{i}", kind=rng.choice(list(SequenceKind)), lessons=chosen)


def random_wishes(rng: Random, of: School) -> dict[Period, int]:
    """Time requests for a few periods."""
    return {rng.choice(of.grid.periods): rng.choice([-2, -1, 1, 3]) for _ in range(rng.randrange(1, 5))}


def _random_travel(rng: Random, sites: str) -> dict[tuple[str, str], int]:
    usual = rng.choice([10, 25, 25, 60])
    found = {
        (one, other): rng.choice([5, 10, 25, 60]) if chance(rng, 25) else usual
        for one in sites
        for other in sites
        if one != other
    }
    if len(sites) > 2 and chance(rng, 20):
        found.popitem()  # a journey of unknown length
    return found


# -- timetables at random --


def random_timetable(rng: Random, of: School, *, rooms_change: bool, most_moves: int | None = None) -> Timetable:
    """Draw a timetable in which blocks are whole, inside the grid, and lesson 0 stays.

    Parameters
    ----------
    rng : Random
    of : School
    rooms_change : bool
        Whether rooms may be exchanged inside their groups.
    most_moves : int, optional
        Most blocks that differ from today; default: drawn, from none at all to every block.
    """
    free = [block for block in of.blocks if block.lesson]
    if most_moves is None:
        most_moves = rng.choice([0, 1, 2, 3, len(free), len(free)])
    rng.shuffle(free)
    placements: dict[str, Placement] = {}
    for block in free[:most_moves]:
        placements |= random_placements(rng, of, block, rooms_change=rooms_change)
    return of.as_is.replace(placements)


def random_placements(rng: Random, of: School, block: Block, *, rooms_change: bool) -> dict[str, Placement]:
    """Draw a start for a block, half of the time today's, and rooms."""
    home = of.as_is[block.lectures[0]].period
    start = home if rooms_change and chance(rng, 30) else rng.choice(runs(of.grid, block.length))
    exchange = random_rooms(rng, of, block) if rooms_change else {}
    placements = {}
    for i, id_ in enumerate(block.lectures):
        rooms = tuple(tuple(exchange.get(room, room) for room in course) for course in of.as_is[id_].rooms)
        placements[id_] = Placement(Period(start.day, start.number + i), rooms)
    return placements


def random_rooms(rng: Random, of: School, block: Block) -> dict[str, str]:
    """Draw stand-ins for the rooms of a block, no two of them the same."""
    chosen: dict[str, str] = {}
    for slot in of.room_slots[block.id]:
        chosen[slot.room] = slot.room
    for room in list(chosen):
        choices = sorted(of.rooms[room].group - set(chosen.values()))
        if choices and chance(rng, 40):
            chosen[room] = rng.choice(choices)
    return chosen


def describe(of: School, timetable: Timetable | None = None) -> str:
    """A school and a timetable as text, for messages of failing tests."""
    lines = [f"grid {dict(of.grid.slots)} unusable {set(of.grid.unusable_breaks)}", f"travel {dict(of.travel.minutes)}"]
    lines += [f"blocked {key}: {sorted(periods)}" for key, periods in of.blocked.items()]
    lines += [
        f"pinned {dict(of.pinned)}",
        f"groups { {r.name: sorted(r.group) for r in of.rooms.values() if r.group} }",
    ]
    for block in of.blocks:
        for id_ in block.lectures:
            now = of.as_is[id_]
            then = timetable[id_] if timetable is not None else now
            courses = [
                (c.teacher, c.grades, rooms, str(c.weeks))
                for c, rooms in zip(of.lectures[id_].courses, now.rooms, strict=True)
            ]
            arrow = "" if then == now else f" -> {tuple(then.period)} {then.rooms}"
            lines.append(f"  block {block.id} lecture {id_} {courses}{arrow}")
    return "\n".join(lines)
