"""Two exports of one school: the plan of the second, told in the lectures of the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.io.untis.export import Export

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Altered:
    """A lecture whose counterpart differs in more than its place.

    Parameters
    ----------
    before, after : str
        Lecture ids in the two exports.
    fields : tuple of str
        What differs: ``teachers``, ``grades``, ``subjects``, ``weeks``, ``courses``.
    """

    before: str
    after: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What the two exports do not have in common.

    Parameters
    ----------
    lost : tuple of str
        Lectures of the first export without a counterpart.
    added : tuple of str
        Lectures of the second export without a counterpart.
    altered : tuple of Altered
        Pairs of lectures of one lesson that are not alike.
    """

    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    altered: tuple[Altered, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or self.altered)


@dataclass(frozen=True)
class Match:
    """The plan of the second export in the lectures of the first, and what could not be told that way.

    Lost lectures stand in `timetable` where they were; of altered ones the period is that of the second export, and
    the rooms as well if both have the same number of courses.
    """

    timetable: Timetable
    mismatch: Mismatch


def match(before: Export, after: Export) -> Match:
    """Express the plan of `after` in the lectures of `before`.

    Lectures are paired within a lesson number if their courses and weeks are the same. Whole blocks come first, so
    that a double that moves stays a double: those that start at the same period, then the others in the order of the
    week. Then single lectures the same way. What is left of a lesson is paired as altered. The result depends on the
    two plans only.
    """
    pairs = _Pairs(before.school, after.school)
    pairs.join_blocks()
    pairs.join_lectures()
    altered = pairs.join_altered()
    placements = {}
    for one, other in pairs.found.items():
        placements[one] = _placement(before.school, one, after.school, other)
    lost = tuple(id_ for id_ in before.school.lectures if id_ not in pairs.found)
    paired = set(pairs.found.values())
    added = tuple(id_ for id_ in after.school.lectures if id_ not in paired)
    return Match(before.school.as_is.replace(placements), Mismatch(lost, added, tuple(altered)))


class _Pairs:
    """The pairs found so far, from lectures of one school to lectures of the other."""

    def __init__(self, before: School, after: School) -> None:
        self._before = before
        self._after = after
        self._weeks = _week_keys(before, after)
        self.found: dict[str, str] = {}
        self._taken: set[str] = set()

    def _signature(self, school: School, lecture: Lecture) -> Hashable:
        weeks = self._weeks[0 if school is self._before else 1]
        return tuple(sorted((c.subject, c.teacher or "", c.grades, weeks(c)) for c in lecture.courses))

    def join_blocks(self) -> None:
        """Pair blocks of equal length whose lectures are alike one by one."""
        ours = self._grouped(self._before, self._before.blocks)
        theirs = self._grouped(self._after, self._after.blocks)
        for key, blocks in ours.items():
            mine = [(block, self._before.as_is[block.id]) for block in blocks]
            rest = [(block, self._after.as_is[block.id]) for block in theirs.get(key, [])]
            for one, other in _paired(mine, rest, partial(self._longest_break, blocks[0].length)):
                for pair in zip(one.lectures, other.lectures, strict=True):
                    self._join(*pair)

    def _grouped(self, school: School, blocks: Iterable[Block]) -> dict[Hashable, list[Block]]:
        groups: defaultdict[Hashable, list[Block]] = defaultdict(list)
        for block in blocks:
            signatures = tuple(self._signature(school, school.lectures[id_]) for id_ in block.lectures)
            groups[block.lesson, signatures].append(block)
        return groups

    def join_lectures(self) -> None:
        """Pair the remaining lectures that are alike."""
        ours = self._rest(self._before, self.found)
        theirs = self._rest(self._after, self._taken)
        for key, lectures in ours.items():
            for one, other in self._paired_lectures(lectures, theirs.get(key, [])):
                self._join(one.id, other.id)

    def join_altered(self) -> list[Altered]:
        """Pair what is left of each lesson, and say what differs; lesson number 0 is no lesson to pair within."""
        ours = _by_lesson(lecture for group in self._rest(self._before, self.found).values() for lecture in group)
        theirs = _by_lesson(lecture for group in self._rest(self._after, self._taken).values() for lecture in group)
        altered = []
        for lesson, lectures in ours.items():
            for one, other in self._paired_lectures(lectures, theirs.get(lesson, []) if lesson else []):
                self._join(one.id, other.id)
                altered.append(Altered(one.id, other.id, self._differences(one, other)))
        order = {id_: i for i, id_ in enumerate(self._before.lectures)}
        return sorted(altered, key=lambda pair: order[pair.before])

    def _paired_lectures(self, ours: Sequence[Lecture], theirs: Sequence[Lecture]) -> Iterator[tuple[Lecture, Lecture]]:
        mine = [(lecture, self._before.as_is[lecture.id]) for lecture in ours]
        return _paired(mine, [(lecture, self._after.as_is[lecture.id]) for lecture in theirs])

    def _longest_break(self, length: int, place: Placement) -> int:
        return self._before.grid.longest_break(place.period, length)

    def _rest(self, school: School, joined: Iterable[str]) -> dict[Hashable, list[Lecture]]:
        done = set(joined)
        groups: defaultdict[Hashable, list[Lecture]] = defaultdict(list)
        for lecture in school.lectures.values():
            if lecture.id not in done:
                groups[lecture.lesson, self._signature(school, lecture)].append(lecture)
        return groups

    def _join(self, one: str, other: str) -> None:
        self.found[one] = other
        self._taken.add(other)

    def _differences(self, one: Lecture, other: Lecture) -> tuple[str, ...]:
        ours, theirs = self._weeks
        checks = {
            "teachers": one.teachers != other.teachers,
            "grades": one.grades != other.grades,
            "subjects": one.subjects != other.subjects,
            "weeks": sorted(map(ours, one.courses)) != sorted(map(theirs, other.courses)),
        }
        return tuple(name for name, differs in checks.items() if differs) or ("courses",)


def _week_keys(before: School, after: School) -> tuple[Callable[[Course], int], Callable[[Course], int]]:
    """How the weeks of courses are compared: exactly, by class, or (one export knows no weeks) not at all."""
    ours, theirs = ([c.weeks for c in school.week_classes] for school in (before, after))
    if ours == theirs:
        return (lambda course: course.weeks.mask), (lambda course: course.weeks.mask)
    if len(ours) == len(theirs):
        return (lambda course: before.class_mask(course.weeks)), (lambda course: after.class_mask(course.weeks))
    return (lambda _course: 0), (lambda _course: 0)


def _paired(
    ours: Iterable[tuple[T, Placement]],
    theirs: Iterable[tuple[T, Placement]],
    strain: Callable[[Placement], int] = lambda _place: 0,
) -> Iterator[tuple[T, T]]:
    """Pair what has the same period and rooms, then the same rooms, then the same period, then the rest in order.

    Rooms come before periods, because a repair moves lectures and keeps their rooms. What bears more strain (a block
    across a longer break) is paired with what bears more: if any pairing asks of nobody more than today, this one does.
    """
    mine, rest = ([*sorted(items, key=lambda item: (-strain(item[1]), item[1].period))] for items in (ours, theirs))
    tests: tuple[Callable[[Placement, Placement], bool], ...] = (
        lambda a, b: a == b,
        lambda a, b: a.rooms == b.rooms and strain(a) == strain(b),
        lambda a, b: a.period == b.period,
        lambda _a, _b: True,
    )
    for same in tests:
        left = []
        for item, place in mine:
            fitting = next((pair for pair in rest if same(place, pair[1])), None)
            if fitting is None:
                left.append((item, place))
            else:
                rest.remove(fitting)
                yield item, fitting[0]
        mine = left


def _by_lesson(lectures: Iterable[Lecture]) -> dict[int, list[Lecture]]:
    groups: defaultdict[int, list[Lecture]] = defaultdict(list)
    for lecture in lectures:
        groups[lecture.lesson].append(lecture)
    return groups


def _placement(before: School, one: str, after: School, other: str) -> Placement:
    """Where the counterpart stands, its rooms in the order of our courses and of our rooms."""
    ours, theirs = before.as_is[one], after.as_is[other]
    if len(ours.rooms) != len(theirs.rooms):
        return ours.at(theirs.period)
    # Courses are sorted, so those of equal signature stand at equal positions in both lectures.
    return Placement(theirs.period, tuple(map(_aligned, ours.rooms, theirs.rooms)))


def _aligned(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """The rooms `after` with those that stayed at their position of `before`."""
    if len(before) != len(after):
        return after
    new = iter([room for room in after if room not in before])
    return tuple(room if room in after else next(new) for room in before)
