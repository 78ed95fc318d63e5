"""The plan as a board: where blocks could stand, and who stands in the way there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import RoomSlot, School
from untisopt.domain.standing import shared, standing
from untisopt.domain.timetable import Placement, Timetable
from untisopt.rules import CLASH_RULES, Rule


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a block could stand: its start, and the rooms that it has in the place of its own, as (own, other)."""

    start: Period
    rooms: tuple[tuple[str, str], ...] = ()


Chain = Mapping[str, Spot]
"""Blocks that move, by id, in the order in which one drives out the next."""


class Board:
    """The plan of today, and what happens if a block of it goes elsewhere.

    Parameters
    ----------
    school : School
    rules : sequence of Rule
        Those that are on and can be judged.
    starts : mapping of str to frozenset of Period
        Per block id: where it may start.
    rooms_change : bool
        Whether rooms of the same kind may stand in for one another.
    """

    def __init__(
        self,
        school: School,
        rules: Sequence[Rule],
        starts: Mapping[str, frozenset[Period]],
        *,
        rooms_change: bool,
    ) -> None:
        self.school = school
        self.blocks = {block.id: block for block in school.blocks}
        self._starts = starts
        self._rooms_change = rooms_change
        on = {rule.id for rule in rules}
        self._kinds = {kind for kind, rule in CLASH_RULES.items() if rule in on}
        self._standing = standing(school, school.as_is)
        self._spots: dict[str, tuple[Spot, ...]] = {}
        self._placements: dict[tuple[str, Spot], dict[str, Placement]] = {}
        self._driven_out: dict[tuple[str, Spot], tuple[str, ...] | None] = {}
        self._clashes: dict[tuple[str, Spot, str, Spot], bool] = {}

    # -- single blocks -----------------------------------------------------------------------------------------------

    def home(self, block: str) -> Period:
        """Where a block starts today."""
        return self.school.as_is[block].period

    def may_move(self, block: str) -> bool:
        """Whether a block may start anywhere else than today, or have another room."""
        return bool(self.spots(block))

    def spots(self, block: str) -> tuple[Spot, ...]:
        """Where a block could stand, whoever is in the way: all but where it stands today."""
        if block not in self._spots:
            self._spots[block] = tuple(self._find_spots(self.blocks[block]))
        return self._spots[block]

    def _find_spots(self, block: Block) -> Iterator[Spot]:
        if not block.lesson or not self._may_start_elsewhere(block):
            return
        home = self.home(block.id)
        # To come to where a twin stands, which then goes elsewhere, is to go there oneself with one move more.
        twins = {
            self.home(other.id) for other in self.school.blocks_of_lesson[block.lesson] if self._is_twin(block, other)
        }
        for start in sorted(self._starts[block.id] - twins):
            if start != home:
                yield Spot(start)
            if self._rooms_change:
                yield from self._with_other_rooms(block, start, is_home=start == home)

    def _is_twin(self, one: Block, other: Block) -> bool:
        """Whether nobody could tell two blocks apart but by their places."""
        if one is other or one.length != other.length:
            return False
        pairs = zip(one.lectures, other.lectures, strict=True)
        return all(
            self.school.lectures[a].courses == self.school.lectures[b].courses
            and self.school.as_is[a].rooms == self.school.as_is[b].rooms
            for a, b in pairs
        )

    def _may_start_elsewhere(self, block: Block) -> bool:
        return self._rooms_change or len(self._starts[block.id]) > 1

    def _with_other_rooms(self, block: Block, start: Period, *, is_home: bool) -> Iterator[Spot]:
        """Other rooms where the own ones are taken; at today's place, where the others come to, one room at a time."""
        slots = self.school.room_slots[block.id]
        if is_home:
            for slot in slots:
                found = self._stand_in(block, start, slot, set())
                if found:
                    yield Spot(start, ((slot.room, found),))
            return
        exchanged: list[tuple[str, str]] = []
        for slot in slots:
            if not self._is_free(slot.room, block, start, slot):
                found = self._stand_in(block, start, slot, {room for _own, room in exchanged})
                if found is None:
                    return
                exchanged.append((slot.room, found))
        if exchanged:
            yield Spot(start, tuple(exchanged))

    def _stand_in(self, block: Block, start: Period, slot: RoomSlot, taken: set[str]) -> str | None:
        own = {slot.room for slot in self.school.room_slots[block.id]} | taken
        others = (room for room in sorted(self.school.rooms[slot.room].group) if room not in own)
        return next((room for room in others if self._is_free(room, block, start, slot)), None)

    def _is_free(self, room: str, block: Block, start: Period, slot: RoomSlot) -> bool:
        """Whether nobody else has a room where a block needs it for one of its own, and it is not blocked there."""
        needed = {lecture for lecture, _course, _i in slot.positions}
        blocked = self.school.blocked.get((Kind.ROOM, room), frozenset())
        for lecture, period in zip(block.lectures, self.school.grid.run(start, block.length), strict=True):
            if lecture not in needed:
                continue
            weeks = self.school.class_mask(self.school.lectures[lecture].weeks)
            others = self._standing.at((Kind.ROOM, room), period)
            if period in blocked or any(o.weeks & weeks and o.lecture not in block.lectures for o in others):
                return False
        return True

    def placements(self, block: str, spot: Spot) -> Mapping[str, Placement]:
        """The places of the lectures of a block that stands somewhere else."""
        key = (block, spot)
        if key not in self._placements:
            lectures = self.blocks[block].lectures
            run = self.school.grid.run(spot.start, len(lectures))
            rooms = dict(spot.rooms)
            found = {}
            for lecture, period in zip(lectures, run, strict=True):
                today = self.school.as_is[lecture]
                by_course = tuple(tuple(rooms.get(room, room) for room in course) for course in today.rooms)
                found[lecture] = Placement(period, by_course) if rooms else today.at(period)
            self._placements[key] = found
        return self._placements[key]

    def timetable(self, chain: Chain) -> Timetable:
        """The plan of today with the blocks of a chain where they go."""
        moved = {id_: place for block, spot in chain.items() for id_, place in self.placements(block, spot).items()}
        return self.school.as_is.replace(moved)

    # -- who is in the way -------------------------------------------------------------------------------------------

    def driven_out(self, block: str, spot: Spot) -> tuple[str, ...] | None:
        """Other blocks that cannot stay where they are today if a block comes there; None if one of them cannot go."""
        key = (block, spot)
        if key not in self._driven_out:
            found = sorted(self._in_the_way(block, spot))
            self._driven_out[key] = tuple(found) if all(map(self.may_move, found)) else None
        return self._driven_out[key]

    def _in_the_way(self, block: str, spot: Spot) -> set[str]:
        found = {
            self.school.block_of[meeting.other].id
            for lecture, place in self.placements(block, spot).items()
            for meeting in self._standing.in_the_way(lecture, place)
            if meeting.resource[0] in self._kinds
        }
        return found - {block}

    def clash(self, one: str, at: Spot, other: str, there: Spot) -> bool:
        """Whether two blocks that both move would be in one another's way."""
        key = (one, at, other, there)
        if key not in self._clashes:
            self._clashes[key] = self._clash(one, at, other, there)
        return self._clashes[key]

    def _clash(self, one: str, at: Spot, other: str, there: Spot) -> bool:
        theirs = {place.period: (id_, place) for id_, place in self.placements(other, there).items()}
        for lecture, place in self.placements(one, at).items():
            if place.period not in theirs:
                continue
            both = shared(self.school, (lecture, place), theirs[place.period])
            if any(resource[0] in self._kinds for resource in both):
                return True
        return False
