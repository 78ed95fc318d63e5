"""Which lessons of a grade may run in parallel because the input says so: student groups and collision letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from untisopt.domain.lessons import Lecture
from untisopt.domain.limits import Limits
from untisopt.domain.resources import Kind

Groups = Mapping[str, frozenset[str] | None]
"""Student groups by lesson number; None: some line of the lesson states none, so that nobody knows who sits in it."""


def stated_pairs(lectures: Iterable[Lecture], limits: Limits) -> dict[tuple[Kind, str], frozenset[frozenset[str]]]:
    """Pairs of lesson numbers, as text, that no pupil of a grade attends both; by grade.

    Two lessons are such a pair if every line of both that the grade sits in states its student groups, has the same
    subject and no group is in both: a group is a part of its class in one subject only, and many schools give every
    lesson a group of its own, with the whole class in it. Or if both carry the same letter of grades' collisions.
    Lesson number 0 is no lesson and in no pair.

    Parameters
    ----------
    lectures : iterable of Lecture
    limits : Limits

    Returns
    -------
    dict
        Grades without any pair are left out.
    """
    found = {}
    known = list(lectures)
    subjects = _subjects_by_grade(known)
    for grade, groups in _groups_by_grade(known).items():
        pairs = frozenset(_apart(groups, subjects[grade], limits))
        if pairs:
            found[Kind.GRADE, grade] = pairs
    return found


def _groups_by_grade(lectures: Iterable[Lecture]) -> dict[str, dict[str, frozenset[str] | None]]:
    found: defaultdict[str, dict[str, frozenset[str] | None]] = defaultdict(dict)
    for lecture in lectures:
        for course in lecture.courses if lecture.lesson else ():
            for grade in course.grades:
                lesson = str(lecture.lesson)
                known = found[grade].get(lesson, frozenset())
                found[grade][lesson] = known | set(course.groups) if course.groups and known is not None else None
    return dict(found)


def _subjects_by_grade(lectures: Iterable[Lecture]) -> dict[str, dict[str, set[str]]]:
    """Per grade and lesson number: the subjects of its lines."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lecture in lectures:
        for course in lecture.courses if lecture.lesson else ():
            for grade in course.grades:
                found[grade][str(lecture.lesson)].add(course.subject)
    return {grade: dict(lessons) for grade, lessons in found.items()}


def _apart(groups: Groups, subjects: Mapping[str, set[str]], limits: Limits) -> Iterator[frozenset[str]]:
    letters = {lesson: limits.lesson(int(lesson)).collision for lesson in groups}
    stating = [lesson for lesson, own in groups.items() if own is not None or letters[lesson]]
    for one, other in combinations(stating, 2):
        mine, theirs = groups[one], groups[other]
        alike = len(subjects[one] | subjects[other]) == 1
        disjoint = alike and mine is not None and theirs is not None and not mine & theirs
        if disjoint or (letters[one] and letters[one] == letters[other]):
            yield frozenset((one, other))
