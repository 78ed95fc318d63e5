"""Lessons at random: what couplings, weeks and blocks of real schools look like, drawn small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from tests.rows import A_AND_B, A_AND_B_AND_ONE, ALIKE, ONE_WEEK_OFF, QUARTERS, Row, chance, runs
from untisopt.domain.calendar import Period, TimeGrid, WeekClass, WeekSet


def random_weeks(rng: Random) -> tuple[WeekClass, ...]:
    """All weeks alike, A and B weeks, a single week that differs, both, or quarters of a year."""
    return rng.choice([ALIKE] * 9 + [A_AND_B] * 5 + [ONE_WEEK_OFF] * 2 + [A_AND_B_AND_ONE] * 2 + [QUARTERS] * 2)


@dataclass(frozen=True, slots=True)
class Line:
    """A coupling line: who, where and when in the year, to be put at any period."""

    teacher: str | None
    grades: tuple[str, ...]
    rooms: tuple[str, ...]
    weeks: WeekSet

    def at(self, lesson: int, period: Period) -> Row:
        return Row(lesson, self.teacher, self.grades, self.rooms, period, self.weeks)


@dataclass
class Draft:
    """A random school in the making."""

    rng: Random
    grid: TimeGrid
    teachers: list[str]
    grades: list[str]
    rooms: list[str]
    week_classes: tuple[WeekClass, ...]
    rows: list[Row] = field(default_factory=list)

    # -- weeks -------------------------------------------------------------------------------------------------------

    def weeks(self, percent: int) -> WeekSet:
        """With that probability some kinds of weeks, else all."""
        kinds = list(self.week_classes)
        if len(kinds) > 1 and chance(self.rng, percent):
            kinds = self.rng.sample(kinds, self.rng.randrange(1, len(kinds)))
        return WeekSet(sum(kind.weeks.mask for kind in kinds))

    def _halves(self, weeks: WeekSet) -> tuple[WeekSet, WeekSet]:
        """Two parts of some weeks, the second of them empty if they are of one kind."""
        kinds = [kind.weeks.mask for kind in self.week_classes if kind.weeks.mask & weeks.mask]
        cut = max(1, self.rng.randrange(len(kinds)))
        self.rng.shuffle(kinds)
        return WeekSet(sum(kinds[:cut])), WeekSet(sum(kinds[cut:]))

    # -- coupling lines ----------------------------------------------------------------------------------------------

    def line(self, weeks: WeekSet) -> Line:
        """Anybody, somewhere; now and then without a teacher, a grade or a room."""
        rng = self.rng
        teacher = None if chance(rng, 10) else rng.choice(self.teachers)
        grades = self._some(self.grades, 20) if chance(rng, 90) else ()
        rooms = self._some(self.rooms, 12) if chance(rng, 90) else ()
        return Line(teacher, tuple(sorted(grades)), rooms, weeks)

    def _some(self, names: Sequence[str], percent: int) -> tuple[str, ...]:
        """One of them, with that probability perhaps two."""
        return tuple(dict.fromkeys(self.rng.choice(names) for _ in range(1 + chance(self.rng, percent))))

    def _lines(self) -> list[Line]:
        """The lines of a lesson: one alone, or one of the ways in which lines are coupled."""
        rng = self.rng
        first = self.line(self.weeks(30))
        if chance(rng, 45):
            return [first]
        coupled = rng.choice([self._anyhow, self._band, self._team, self._parts, self._rooms_by_week])
        return list(dict.fromkeys(coupled(first)))

    def _anyhow(self, first: Line) -> list[Line]:
        """A second line that may be held in some of the weeks only: then a lecture differs between the weeks."""
        return [first, self.line(self.weeks(30))]

    def _band(self, first: Line) -> list[Line]:
        """Parallel courses of several grades, not all of them all year."""
        rng = self.rng
        grades = tuple(sorted(rng.sample(self.grades, 2)))
        lines = [
            first,
            *(self.line(first.weeks if chance(rng, 70) else self.weeks(60)) for _ in range(1 + chance(rng, 30))),
        ]
        return [replace(line, grades=grades) for line in lines]

    def _team(self, first: Line) -> list[Line]:
        """A second teacher in the same room, perhaps in some weeks."""
        return [first, replace(first, teacher=self.rng.choice(self.teachers), weeks=self.weeks(40))]

    def _parts(self, first: Line) -> list[Line]:
        """A grade in two parts with a teacher and a room each; one may be free in some weeks, or they take turns."""
        second = replace(self.line(self.weeks(30)), grades=first.grades)
        one, other = self._halves(first.weeks)
        if other and chance(self.rng, 25):
            return [replace(first, weeks=one), replace(second, weeks=other)]
        return [first, second]

    def _rooms_by_week(self, first: Line) -> list[Line]:
        """Other rooms in some of the weeks, on the same site or not; somebody is there all the time."""
        rng = self.rng
        site = first.rooms[0][0] if first.rooms else ""
        near = [room for room in self.rooms if room[0] == site and room not in first.rooms]
        elsewhere = rng.choice(near if near and chance(rng, 60) else self.rooms)
        one, other = self._halves(first.weeks)
        all_year = replace(self.line(first.weeks), grades=self.rng.choice([first.grades, ()]))
        moving = [replace(first, weeks=one), replace(first, weeks=other, rooms=(elsewhere,))]
        return [*(line for line in moving if line.weeks), all_year]

    # -- lessons -----------------------------------------------------------------------------------------------------

    def add_lesson(self, lesson: int) -> None:
        """A lesson of one to three blocks."""
        rng = self.rng
        lines = self._lines()
        for _ in range(rng.randrange(1, 4)):
            self._add_block(lesson, lines, rng.choice([1, 1, 1, 2, 2, 3]), rng.choice(self.grid.days))

    def add_fixed(self) -> None:
        """Something with lesson number 0, which never moves."""
        self.rows.append(self.line(self.weeks(30)).at(0, self.rng.choice(self.grid.periods)))

    def _add_block(self, lesson: int, lines: list[Line], length: int, day: int) -> None:
        """Put a run of periods of a lesson on a day, if there is a place."""
        rng = self.rng
        starts = [p for p in runs(self.grid, length) if p.day == day]
        rng.shuffle(starts)
        meets = chance(rng, 15)
        # The rooms of a double may change at half-time; people and weeks make the block.
        later = [
            replace(line, rooms=self._some(self.rooms, 0)) if line.rooms and chance(rng, 12) else line for line in lines
        ]
        for start in starts:
            cells = self.grid.run(start, length)
            rows = [
                line.at(lesson, period)
                for i, period in enumerate(cells)
                for line in (later if i == length - 1 else lines)
            ]
            same_lesson = any(row.lesson == lesson and row.period == r.period for row in self.rows for r in rows)
            if not same_lesson and (meets or self._is_free(rows)):
                self.rows += rows
                return

    def _is_free(self, rows: Sequence[Row]) -> bool:
        """Whether nobody in these rows, and no room, has anything else there."""
        taken = {
            (row.period, name)
            for row in self.rows
            for name in row.names
            if any(row.weeks & other.weeks for other in rows)
        }
        return not any((row.period, name) in taken for row in rows for name in row.names)
