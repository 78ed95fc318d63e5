"""Two exports of one school: the plan of the second, told in the lectures of the first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Placement, Timetable
from untisopt.i18n import _
from untisopt.io.untis.export import Export
from untisopt.io.untis.rows.match_views import Unit, View, comparable, expanded, merged, week_keys, whole

T = TypeVar("T")
UnitBlock = tuple[Unit, ...]


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

    Parameters
    ----------
    timetable : Timetable
    mismatch : Mismatch
    notes : tuple of str
        Sentences: what the two formats do not let compare.
    """

    timetable: Timetable
    mismatch: Mismatch
    notes: tuple[str, ...] = ()


def match(before: Export, after: Export) -> Match:
    """Express the plan of `after` in the lectures of `before`.

    Lectures are paired within a lesson number if their courses and weeks are the same. Whole blocks come first, so
    that a double that moves stays a double: those that start at the same period, then the others in the order of the
    week. Then single lectures the same way. What is left of a lesson is paired as altered. The result depends on the
    two plans only.

    Blocks of a lesson that come to stand one after the other look like one long block; it is split as the first export
    has them.

    Where the weeks of the two cannot be compared, because one of them knows none, lectures of a lesson that stand at
    one place in different weeks count as one, as they do in GPU001; those that do not fit that way are then paired
    one by one.
    """
    keys = week_keys(before, after)
    ours, theirs = (whole(before, keys[0]), whole(after, keys[1])) if keys else (merged(before), merged(after))
    theirs = replace(theirs, blocks=_split_like(ours.blocks, theirs.blocks))
    pairs = _Pairs(ours, theirs, before.school.grid.longest_break)
    pairs.join_blocks()
    pairs.join_units()
    if not keys:
        pairs.take_apart(partial(expanded, before), partial(expanded, after))
        pairs.join_units()
    altered = pairs.join_altered()
    placements: dict[str, Placement] = {}
    for one, other in pairs.found:
        placements |= _placements(before, one, other)
    with_irregular = comparable(before, after)
    lost = (id_ for unit in pairs.ours_left() for id_ in unit.members if unit.lesson or with_irregular)
    added = (id_ for unit in pairs.theirs_left() for id_ in unit.members if unit.lesson or with_irregular)
    orders = [{id_: i for i, id_ in enumerate(export.school.lectures)} for export in (before, after)]
    mismatch = Mismatch(
        tuple(sorted(lost, key=lambda id_: orders[0][id_])),
        tuple(sorted(added, key=lambda id_: orders[1][id_])),
        tuple(sorted(altered, key=lambda pair: orders[0][pair.before])),
    )
    notes = _notes(weeks=keys is not None, irregular=with_irregular)
    return Match(before.school.as_is.replace(placements), mismatch, notes)


def _notes(*, weeks: bool, irregular: bool) -> tuple[str, ...]:
    """What is not compared."""
    found = []
    if not weeks:
        found.append(
            _("the weeks of the lectures are not compared, because the two exports do not state the same weeks")
        )
    if not irregular:
        found.append(_("what has no lesson number is not compared, because only one of the two formats exports it"))
    return tuple(found)


class _Pairs:
    """The pairs found so far, from units of one plan to units of the other."""

    def __init__(self, ours: View, theirs: View, longest_break: Callable[[Period, int], int]) -> None:
        self._ours = ours
        self._theirs = theirs
        self._longest_break = longest_break
        self._left = ({unit.id: unit for unit in ours.units}, {unit.id: unit for unit in theirs.units})
        self.found: list[tuple[Unit, Unit]] = []

    def ours_left(self) -> list[Unit]:
        """Units of the first plan without a counterpart."""
        return list(self._left[0].values())

    def theirs_left(self) -> list[Unit]:
        """Units of the second plan without a counterpart."""
        return list(self._left[1].values())

    def join_blocks(self) -> None:
        """Pair blocks of equal length whose units are alike one by one."""
        ours, theirs = _by_key(self._ours.blocks, _block_key), _by_key(self._theirs.blocks, _block_key)
        for key, blocks in ours.items():
            mine = [(block, block[0].place) for block in blocks]
            rest = [(block, block[0].place) for block in theirs.get(key, [])]
            for one, other in _paired(mine, rest, partial(self._strain, len(blocks[0]))):
                for pair in zip(one, other, strict=True):
                    self._join(*pair)

    def join_units(self) -> None:
        """Pair the remaining units that are alike."""
        ours, theirs = (_by_key(left.values(), lambda unit: (unit.lesson, unit.signature)) for left in self._left)
        for key, units in ours.items():
            for pair in _paired_units(units, theirs.get(key, [])):
                self._join(*pair)

    def take_apart(self, ours: Callable[[Unit], list[Unit]], theirs: Callable[[Unit], list[Unit]]) -> None:
        """Replace what is left by the lectures in it."""
        for left, parts in zip(self._left, (ours, theirs), strict=True):
            units = [part for unit in left.values() for part in parts(unit)]
            left.clear()
            left.update((unit.id, unit) for unit in units)

    def join_altered(self) -> list[Altered]:
        """Pair what is left of each lesson, and say what differs; lesson number 0 is no lesson to pair within."""
        ours, theirs = (_by_key(left.values(), lambda unit: unit.lesson) for left in self._left)
        altered = []
        for lesson, units in ours.items():
            for one, other in _paired_units(units, theirs.get(lesson, []) if lesson != 0 else []):
                self._join(one, other)
                altered.append(Altered(one.members[0], other.members[0], _differences(one, other)))
        return altered

    def _strain(self, length: int, place: Placement) -> int:
        return self._longest_break(place.period, length)

    def _join(self, one: Unit, other: Unit) -> None:
        self.found.append((one, other))
        del self._left[0][one.id]
        del self._left[1][other.id]


def _block_key(block: tuple[Unit, ...]) -> Hashable:
    return block[0].lesson, tuple(unit.signature for unit in block)


def _split_like(ours: Sequence[UnitBlock], theirs: Sequence[UnitBlock]) -> tuple[UnitBlock, ...]:
    """Blocks of the second plan; one that the first has not is split into such as the first has beyond the second."""
    counts, others = Counter(map(_block_key, ours)), Counter(map(_block_key, theirs))
    missing, surplus = counts - others, others - counts
    known = {(_block_key(block), block[0].place.period) for block in ours}
    told: list[UnitBlock] = []
    for block in theirs:
        splits = list(_splits(block, missing)) if surplus[_block_key(block)] else []
        parts = max(splits, key=lambda found: _count_known(found, known), default=())
        if parts:
            surplus[_block_key(block)] -= 1
            missing -= Counter(map(_block_key, parts))
        told += parts or (block,)
    return tuple(told)


def _count_known(parts: Iterable[UnitBlock], known: Collection[tuple[Hashable, Period]]) -> int:
    """How many parts stay where they are: the best of several ways to split."""
    return sum((_block_key(part), part[0].place.period) in known for part in parts)


def _splits(block: UnitBlock, available: Counter[Hashable]) -> Iterator[tuple[UnitBlock, ...]]:
    """All ways to split a block into parts that are there."""
    if not block:
        yield ()
    for length in range(len(block), 0, -1):
        part = block[:length]
        if available[_block_key(part)]:
            for rest in _splits(block[length:], available - Counter([_block_key(part)])):
                yield (part, *rest)


def _by_key(items: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    groups: defaultdict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _differences(one: Unit, other: Unit) -> tuple[str, ...]:
    checks = {
        "teachers": one.column(1) != other.column(1),
        "grades": one.column(2) != other.column(2),
        "subjects": one.column(0) != other.column(0),
        "weeks": sorted(line[3] for line in one.lines) != sorted(line[3] for line in other.lines),
    }
    return tuple(name for name, differs in checks.items() if differs) or ("courses",)


def _paired_units(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    return _paired([(unit, unit.place) for unit in ours], [(unit, unit.place) for unit in theirs])


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
        lambda a, b: a.period == b.period and _sorted(a) == _sorted(b),
        lambda a, b: _sorted(a) == _sorted(b) and strain(a) == strain(b),
        lambda a, b: a.period == b.period,
        lambda _one, _other: True,
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


def _sorted(place: Placement) -> tuple[tuple[str, ...], ...]:
    """The rooms of every line in an order that does not depend on the format."""
    return tuple(tuple(sorted(rooms)) for rooms in place.rooms)


def _placements(before: Export, one: Unit, other: Unit) -> dict[str, Placement]:
    """Where the lectures of a unit stand according to its counterpart."""
    ours, theirs = one.place, other.place
    period = theirs.period
    if len(ours.rooms) != len(theirs.rooms):
        return {id_: before.school.as_is[id_].at(period) for id_ in one.members}
    # Lines are sorted, so those of equal signature stand at equal positions in both units.
    rooms = tuple(map(_aligned, ours.rooms, theirs.rooms))
    if one.positions is None:
        return {one.members[0]: Placement(period, rooms)}
    found = {}
    for id_ in one.members:
        own = before.school.as_is[id_].rooms
        lines = (one.positions[id_, course] for course in range(len(own)))
        found[id_] = Placement(
            period, tuple(_part(part, ours.rooms[line], rooms[line]) for part, line in zip(own, lines, strict=True))
        )
    return found


def _aligned(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """The rooms `after` with those that stayed at their position of `before`."""
    if len(before) != len(after):
        return after
    new = iter([room for room in after if room not in before])
    return tuple(room if room in after else next(new) for room in before)


def _part(own: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """What has become of some rooms of a line; where their number changed, those that stayed, else all."""
    if len(before) == len(after):
        replaced: Mapping[str, str] = dict(zip(before, after, strict=True))
        return tuple(replaced[room] for room in own)
    return own if set(own) <= set(after) else after
