"""Rooms of the made-up school and which lecture sits in which of them."""

from __future__ import annotations

from untisopt.demo.board import Block
from untisopt.demo.curriculum import Activity
from untisopt.demo.model import BRANCH, Grade, Room
from untisopt.demo.plans import SizePlan

__all__ = ["allocate", "build_rooms"]

_LONG_NAMES = {
    "home": "Klassenraum",
    "course": "Kursraum",
    "gym": "Sporthalle",
    "bio": "Biologie",
    "ch": "Chemie",
    "ph": "Physik",
    "ku": "Kunst",
    "mu": "Musik",
    "inf": "Informatik",
}
_CODES = {"course": "K", "gym": "TH", "bio": "Bio", "ch": "Ch", "ph": "Ph", "ku": "Ku", "mu": "Mu", "inf": "Inf"}
_CAPACITIES = {"gym": 60, "course": 26, "inf": 24}


def build_rooms(plan: SizePlan, prefix: str) -> tuple[list[Grade], list[Room]]:
    """Return grades with home rooms, and all rooms; `prefix` keeps the houses of a school apart.

    Rooms of the branch begin with `F`, no other room does; so `prefix` must not begin with `F`.
    """
    grades: list[Grade] = []
    rooms: list[Room] = []
    for year in plan.years:
        for index, name in enumerate(year.grades, start=1):
            room = (
                f"F{prefix}{year.year % 3 + 1}{index}" if year.site == BRANCH else f"{prefix}{year.year - 4}{index:02}"
            )
            grades.append(Grade(prefix + name, year.year, year.site, room, bool(year.bands)))
            rooms.append(Room(room, f"Klassenraum {prefix}{name}", year.site, "home", 32))
    for (kind, site), count in plan.rooms.items():
        for number in range(1, count + 1):
            code = f"{_CODES[kind]}{number:02}" if kind == "course" else f"{_CODES[kind]}{number}"
            name = f"F{prefix}{code}" if site == BRANCH else prefix + code
            place = "Filiale " if site == BRANCH else ""
            rooms.append(Room(name, f"{place}{_LONG_NAMES[kind]} {number}", site, kind, _CAPACITIES.get(kind, 30)))
    return grades, rooms


def allocate(
    activities: list[Activity], blocks: list[Block], grades: list[Grade], rooms: list[Room]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Give every post of every placed block its rooms.

    Doubles choose first: they lie on the fixed pairs of periods, so what is left always suffices for the single periods
    as long as no more rooms of a kind are wanted in a period than there are. A lesson stays in the room it had before
    if that is free.

    Returns
    -------
    dict
        (block number, post number) -> names of the rooms, empty for a post without a room.
    """
    homes = {grade.name: grade.home_room for grade in grades}
    pools: dict[tuple[str, str], list[str]] = {}
    for room in rooms:
        pools.setdefault((room.kind, room.site), []).append(room.name)
    taken: set[tuple[str, int]] = set()
    used: dict[tuple[int, int], tuple[str, ...]] = {}
    result: dict[tuple[int, int], tuple[str, ...]] = {}
    for number in sorted(range(len(blocks)), key=lambda number: (-blocks[number].length, number)):
        block = blocks[number]
        activity = activities[block.activity]
        own = [homes[grade] for grade in activity.grades]
        for index, post in enumerate(activity.posts):
            names: list[str] = []
            for kind in post.kinds:
                if kind == "home":
                    names.append(own.pop(0))
                elif kind != "none":
                    wished = used.get((block.activity, index), ())
                    pool = pools[kind, post.site]
                    names.append(_free_room(block, [*wished, *_turned(pool, block.activity)], names, taken))
            result[number, index] = used[block.activity, index] = tuple(names)
    return result


def _turned(pool: list[str], start: int) -> list[str]:
    """Return the pool beginning at another room for every activity, so that all rooms get used."""
    return pool[start % len(pool) :] + pool[: start % len(pool)]


def _free_room(block: Block, pool: list[str], own: list[str], taken: set[tuple[str, int]]) -> str:
    slots = range(block.slot, block.slot + block.length)
    for room in pool:
        if room not in own and all((room, slot) not in taken for slot in slots):
            taken.update((room, slot) for slot in slots)
            return room
    raise RuntimeError(f"demo school: no free room among {', '.join(pool)}")
