"""The plans of today and after as compact data: the page draws the week of anybody from it when it is asked for.

Names stand once in a list and are referred to by their index, so that a school with ten thousand lectures is a file of
about a megabyte. `docs` of the format are the comments of the script that reads it, `templates/report.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from untisopt.domain.calendar import Period, clock
from untisopt.domain.lessons import Lecture
from untisopt.domain.school import School
from untisopt.report.compared.facts import Facts
from untisopt.report.compared.rows import Section
from untisopt.report.compared.script_words import full_day_name
from untisopt.report.compared.travel import weekly_of
from untisopt.wording import day_name

Index = Mapping[str, int]


def week_data(facts: Facts, sections: Iterable[Section]) -> dict[str, object]:
    """Everything that the script of the page draws from.

    Keys
    ----
    days : list of [number, short name, long name]
    periods : list of [number, times]
        Rows of a week; the times are empty where they are unknown or differ between days.
    missing : list of [day, number]
        Cells that are not in the grid.
    weeks : list of str
        Names of the week classes.
    subjects, teachers, grades, rooms : list
        Names; `[short, long]` for all but subjects.
    lectures : list of [lesson, day, number, day after, number after, courses]
        A course is `[subject, teacher, grades, rooms, rooms after or 0, mask of week classes]`, by indices; -1 stands
        for nobody. Who taught it before comes last where it was somebody else. A lecture that one of the plans does not
        hold ends with a word for where it is then.
    runs : list of [lectures, package, reasons]
        Lectures that move together.
    travel : mapping of teacher index to [before, after]
        Site changes a week in words.
    """
    school = facts.school
    names = _Names(school)
    return {
        "days": [[day, day_name(day), full_day_name(day)] for day in school.grid.days],
        "periods": _periods(facts),
        "missing": _missing(facts),
        "weeks": [kind.name for kind in school.week_classes],
        **names.lists(),
        "lectures": [names.lecture(facts, id_, lecture) for id_, lecture in names.items()],
        "runs": _runs(facts, sections, names.numbers),
        "travel": {str(names.teachers[name]): counts for name, counts in weekly_of(facts).items()},
    }


class _Names:
    """Indices of everything that has a name."""

    def __init__(self, school: School) -> None:
        self._school = school
        lectures = school.lectures.values()
        self.subjects = _index({course.subject for lecture in lectures for course in lecture.courses})
        self.teachers = _index(school.teachers)
        self.grades = _index(school.grades)
        self.rooms = _index(school.rooms)
        self.numbers: Index = {id_: number for number, id_ in enumerate(school.lectures)}

    def items(self) -> Iterable[tuple[str, Lecture]]:
        return self._school.lectures.items()

    def lists(self) -> dict[str, object]:
        school = self._school
        people = {name: " ".join((one.first_name, one.surname)).strip() for name, one in school.teachers.items()}
        return {
            "subjects": list(self.subjects),
            "teachers": [[name, people[name]] for name in self.teachers],
            "grades": [[name, school.grades[name].long_name] for name in self.grades],
            "rooms": [[name, school.rooms[name].long_name] for name in self.rooms],
        }

    def lecture(self, facts: Facts, id_: str, lecture: Lecture) -> list[object]:
        before, after = self._school.as_is[id_], facts.planned[id_]
        former = facts.former_teachers(id_) or tuple(course.teacher for course in lecture.courses)
        courses = []
        for course, old, new, was in zip(lecture.courses, before.rooms, after.rooms, former, strict=True):
            teacher = self._teacher(course.teacher)
            grades = [self.grades[grade] for grade in course.grades]
            rooms = [self.rooms[room] for room in old]
            rooms_after = [self.rooms[room] for room in new] if new != old else 0
            mask = self._school.class_mask(course.weeks)
            told = [self.subjects[course.subject], teacher, grades, rooms, rooms_after, mask]
            courses.append(told if was == course.teacher else [*told, self._teacher(was)])
        places = [lecture.lesson, *before.period, *after.period, courses]
        return [*places, facts.off_plan[id_]] if id_ in facts.off_plan else places

    def _teacher(self, name: str | None) -> int:
        return self.teachers[name] if name else -1


def _index(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(names))}


def _periods(facts: Facts) -> list[list[object]]:
    """The rows of a week: periods in which anything is taught, and all between them."""
    grid = facts.school.grid
    plans = (facts.school.as_is, facts.planned)
    used = {place.period.number for plan in plans for place in plan.values() if place.period.day >= 1}
    numbers = {number for day in grid.days for number in grid.numbers(day)}
    low, high = min(used & numbers, default=0), max(used & numbers, default=-1)
    return [[number, _times(facts, number)] for number in sorted(numbers) if low <= number <= high]


def _times(facts: Facts, number: int) -> str:
    """The clock times of a period where they are known and the same on all days."""
    slots = facts.school.grid.slots
    found = {slot for period, slot in slots.items() if period.number == number}
    times = [(slot.start, slot.end) for slot in found]
    if len(times) != 1 or times[0][0] is None or times[0][1] is None:
        return ""
    return f"{clock(times[0][0])}\N{EN DASH}{clock(times[0][1])}"


def _missing(facts: Facts) -> list[list[int]]:
    grid = facts.school.grid
    numbers = {number for day in grid.days for number in grid.numbers(day)}
    return [[day, n] for day in grid.days for n in sorted(numbers) if Period(day, n) not in grid]


def _runs(facts: Facts, sections: Iterable[Section], numbers: Index) -> list[list[object]]:
    return [
        [[numbers[lecture] for lecture in change.lectures], section.number, list(change.on_sheet)]
        for section in sections
        for change in section.changes
    ]
