"""Rooms of one kind as a pool: any of them will do, so a model need not say which.

In a school with a pool instead of stand-ins a lecture has its own room or one of the pool, and in every period a pool
serves as many lectures as it has rooms. That leaves out which of them, so it allows at least what the true model
allows: its bounds hold, a "no" of it is a "no", and where its plan can be given true rooms at the same cost, that is a
best one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.events import with_compatible
from untisopt.domain.resources import Kind, Room
from untisopt.domain.school import Resource, School
from untisopt.model.literals import Literal, identity
from untisopt.model.timetable_model import TimetableModel

PREFIX = "any of "

Closed = Mapping[Resource, frozenset[Period]]
Cell = tuple[int, Period]
"""A week class and a period."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Rooms that may all stand in for one another.

    Parameters
    ----------
    name : str
        What stands for any of them.
    rooms : tuple of str
    """

    name: str
    rooms: tuple[str, ...]


class PooledModel(TimetableModel):
    """A model of a school whose rooms are pooled; room clashes concern a lecture's own room only."""

    def resources(self, kind: Kind) -> list[Resource]:
        """All resources of a kind that any lecture can occupy, sorted; pools are none."""
        return [resource for resource in super().resources(kind) if not resource[1].startswith(PREFIX)]


def pools_of(school: School) -> tuple[Pool, ...]:
    """The pools of a school; rooms whose stand-ins are not mutual are in none and keep theirs."""
    found: dict[frozenset[str], Pool] = {}
    for room in school.rooms.values():
        members = room.group | {room.name}
        if room.group and all(school.rooms[name].group | {name} == members for name in room.group):
            names = tuple(sorted(members))
            found.setdefault(members, Pool(PREFIX + names[0], names))
    return tuple(found.values())


def pooled(school: School, pools: tuple[Pool, ...]) -> School:
    """The same school, where a room of a pool has nothing but the pool to stand in for it."""
    rooms = dict(school.rooms)
    for pool in pools:
        for name in pool.rooms:
            rooms[name] = replace(school.rooms[name], group=frozenset({pool.name}))
        rooms[pool.name] = Room(pool.name, school.rooms[pool.rooms[0]].site)
    return with_compatible(replace(school, rooms=rooms), school.compatible)


def limit_pools(model: TimetableModel, pools: tuple[Pool, ...], closed: Closed) -> None:
    """Let no pool serve more lectures in a period than it has rooms that may be used.

    What is held in several week classes, or lies across two periods, needs a room that is free in all of them.

    Parameters
    ----------
    closed : mapping of (Kind, str) to frozenset of Period
        Where a room must not be used, unless it is used there today.
    """
    for pool in pools:
        shared = _sharing(model.school, pool)
        for week_class in range(len(model.school.week_classes)):
            for period in model.school.grid.periods:
                users = list(_users(model, pool, week_class, period))
                _at_most(model, users, _usable(model.school, pool, closed, week_class, period) + shared)
        for cells in _spans(model.school):
            _limit_span(model, pool, closed, cells, shared)


def _spans(school: School) -> Iterator[list[Cell]]:
    """Sets of several cells that one lecture or run may need a room for: two periods, all week classes, or both."""
    single = [[week_class] for week_class in range(len(school.week_classes))]
    every = [list(range(len(school.week_classes)))] if len(school.week_classes) > 1 else []
    for period in school.grid.periods:
        pair = school.grid.run(period, 2)
        for classes in every:
            yield [(week_class, period) for week_class in classes]
        for classes in [*single, *every] if pair[1] in school.grid else ():
            yield [(week_class, p) for week_class in classes for p in pair]


def _limit_span(model: TimetableModel, pool: Pool, closed: Closed, cells: list[Cell], shared: int) -> None:
    """Let no more blocks that need any room of a pool in all these cells have one than are free in all of them."""
    wanting = [_literals(model, pool.name, cell) for cell in cells]
    across = [literal for key, literal in wanting[0].items() if all(key in other for other in wanting[1:])]
    if not across:
        return
    rooms = [r for r in pool.rooms if not any(period in closed.get((Kind.ROOM, r), ()) for _class, period in cells)]
    in_use: list[Literal] = []
    for room in rooms:
        users = {key: literal for cell in cells for key, literal in _literals(model, room, cell).items()}
        in_use.append(model.any_of(users.values(), f"{room} has something in {cells}"))
    _at_most(model, [*across, *in_use], len(rooms) + shared)


def _literals(model: TimetableModel, room: str, cell: Cell) -> dict[int, Literal]:
    """What can put a lecture into a room in a cell, by identity."""
    return {identity(cover.literal): cover.literal for cover in model.covering((Kind.ROOM, room), *cell)}


def _users(model: TimetableModel, pool: Pool, week_class: int, period: Period) -> Iterator[Literal]:
    for name in (*pool.rooms, pool.name):
        for cover in model.covering((Kind.ROOM, name), week_class, period):
            yield cover.literal


def _usable(school: School, pool: Pool, closed: Closed, week_class: int, period: Period) -> int:
    """Rooms that are not closed, or in use today though they are."""
    return sum(
        period not in closed.get(room, ()) or bool(school.today.at(room, week_class, period))
        for room in ((Kind.ROOM, name) for name in pool.rooms)
    )


def _sharing(school: School, pool: Pool) -> int:
    """How many uses of the pool's rooms may stand beside another one: in every room as many as lessons do so today."""
    return sum(len(frozenset().union(*school.compatible.get((Kind.ROOM, room), ()))) for room in pool.rooms)


def _at_most(model: TimetableModel, literals: list[Literal], limit: int) -> None:
    open_ = [literal for literal in literals if not isinstance(literal, bool)]
    room = limit - sum(literal is True for literal in literals)
    if len(open_) > room:
        model.cp.add(cp_model.LinearExpr.sum(open_) <= room)
