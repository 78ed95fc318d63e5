"""The decisions of a timetable model: which block starts when, and in which rooms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import InternalError
from untisopt.model.literals import Literal, Values


class Decisions:
    """One Boolean per block and candidate start, and, where rooms may change, one per block, start, room and stand-in.

    Candidates are narrowed by :meth:`forbid` and :meth:`exclude` until a block's literals are asked for the first time.

    Parameters
    ----------
    school : School
    current : Timetable
        Blocks that are not free stay where they are here.
    free : collection of str or None
        Ids of the blocks that may move; None: all. Lesson number 0 never moves.
    rooms_change : bool
        Whether rooms of the same group may stand in for one another.
    """

    def __init__(self, school: School, current: Timetable, free: Collection[str] | None, rooms_change: bool) -> None:
        self.school = school
        self.cp = cp_model.CpModel()
        self.current = current
        self._rooms_change = rooms_change
        self._free = {b.id for b in school.blocks if b.lesson and (free is None or b.id in free)}
        self._starts = {block.id: self._candidates(block) for block in school.blocks}
        self._may_have_none: set[str] = set()
        self._kept_rooms: set[tuple[str, str]] = set()
        self._literals: dict[str, dict[Period, Literal]] = {}
        self._room_literals: dict[tuple[str, str], dict[Period, dict[str, Literal]]] = {}

    def _candidates(self, block: Block) -> list[Period]:
        now = self.current[block.lectures[0]].period
        if block.id not in self._free:
            return [now]
        fits = self.school.grid.starts(block.length)
        return list(fits) if now in fits else sorted([*fits, now])

    def is_free(self, block: Block) -> bool:
        """Whether a block may move."""
        return block.id in self._free

    def home(self, block: Block) -> Period:
        """Where a block starts in the plan of today."""
        return self.school.as_is[block.lectures[0]].period

    def starts(self, block: Block) -> Sequence[Period]:
        """Candidate starts of a block, ascending."""
        return self._starts[block.id]

    @property
    def count(self) -> int:
        """Number of candidate starts of all blocks."""
        return sum(len(starts) for starts in self._starts.values())

    def forbid(self, block: Block, start: Period) -> None:
        """Take away a candidate start.

        Raises
        ------
        InternalError
            The literals of the block are in use already, or no start would be left.
        """
        starts = self._starts[block.id]
        if start not in starts:
            return
        if block.id in self._literals:
            raise InternalError(f"start {start} of block {block.id} is forbidden after it was used")
        if len(starts) == 1 and block.id not in self._may_have_none:
            raise InternalError(f"block {block.id} would have no start left")
        starts.remove(start)
        if not starts:
            self.cp.add_bool_or([])

    def exclude(self, block: Block, start: Period) -> None:
        """Take away a candidate start, today's and the last one included: a block without any has no plan.

        Raises
        ------
        InternalError
            The literals of the block are in use already.
        """
        self._may_have_none.add(block.id)
        self.forbid(block, start)

    def keep_room(self, block: Block, room: str) -> None:
        """Let a block have no other room than it has now where it has `room` today.

        Raises
        ------
        InternalError
            The literals of the room are in use already.
        """
        if (block.id, room) in self._room_literals:
            raise InternalError(f"room {room} of block {block.id} is kept after its literals were used")
        self._kept_rooms.add((block.id, room))

    def literal(self, block: Block, start: Period) -> Literal:
        """The literal 'this block starts there': False where it cannot, True where it must."""
        if block.id not in self._literals:
            self._literals[block.id] = self._new_starts(block)
        return self._literals[block.id].get(start, False)

    def _new_starts(self, block: Block) -> dict[Period, Literal]:
        starts = self._starts[block.id]
        if len(starts) < 2:
            return dict.fromkeys(starts, True)
        literals: dict[Period, Literal] = {
            s: self.cp.new_bool_var(f"{block.id} starts {s.day}.{s.number}") for s in starts
        }
        self.cp.add_exactly_one(literals.values())
        return literals

    def room_choices(self, block: Block, room: str) -> tuple[str, ...]:
        """Rooms that a block may have where it has `room` today; `room` itself first."""
        if not self._rooms_change or not self.is_free(block) or (block.id, room) in self._kept_rooms:
            return (self._room_now(block, room),)
        return (room, *sorted(self.school.rooms[room].group))

    def _room_now(self, block: Block, room: str) -> str:
        slot = next(slot for slot in self.school.room_slots[block.id] if slot.room == room)
        lecture, course, i = slot.positions[0]
        return self.current[lecture].rooms[course][i]

    def room_literal(self, block: Block, start: Period, room: str, chosen: str) -> Literal:
        """The literal 'this block starts there and has `chosen` where it has `room` today'."""
        key = (block.id, room)
        if key not in self._room_literals:
            self._room_literals[key] = self._new_rooms(block, room)
        return self._room_literals[key].get(start, {}).get(chosen, False)

    def _new_rooms(self, block: Block, room: str) -> dict[Period, dict[str, Literal]]:
        choices = self.room_choices(block, room)
        if len(choices) == 1:
            return {start: {choices[0]: self.literal(block, start)} for start in self.starts(block)}
        found: dict[Period, dict[str, Literal]] = {}
        for start in self.starts(block):
            name = f"{block.id} starts {start.day}.{start.number} in"
            found[start] = {choice: self.cp.new_bool_var(f"{name} {choice}") for choice in choices}
            # Joint literals of start and room: separate ones leave a bound of 0 when a room closes.
            self.cp.add(cp_model.LinearExpr.sum(list(found[start].values())) == self.literal(block, start))
        self._tie_rooms(found.values())
        return found

    def _tie_rooms(self, choices: Iterable[dict[str, Literal]]) -> None:
        for by_room in choices:
            self.cp.add_at_most_one(by_room.values())

    def values_of(self, timetable: Timetable) -> dict[int, int]:
        """The value of every decision in a timetable, by index of the variable."""
        values: dict[int, int] = {}
        for block in self.school.blocks:
            start = timetable[block.lectures[0]].period
            for candidate, literal in self._literals.get(block.id, {}).items():
                if not isinstance(literal, bool):
                    values[literal.index] = int(candidate == start)
            for slot in self.school.room_slots[block.id]:
                lecture, course, i = slot.positions[0]
                chosen = timetable[lecture].rooms[course][i]
                for candidate, by_room in self._room_literals.get((block.id, slot.room), {}).items():
                    for room, literal in by_room.items():
                        if not isinstance(literal, bool) and literal.index not in values:
                            values[literal.index] = int(candidate == start and room == chosen)
        return values

    def complete(self) -> None:
        """Make the literals of all decisions, also of those that no rule speaks of.

        Solutions are read while the solver is at work: a literal that was made only then would change the model under
        its hands.
        """
        for block in self.school.blocks:
            if self.is_free(block) and self.starts(block):
                start = self.starts(block)[0]
                self.literal(block, start)
                for slot in self.school.room_slots[block.id] if self._rooms_change else ():
                    self.room_literal(block, start, slot.room, slot.room)

    def timetable(self, value: Values) -> Timetable:
        """Read the timetable off a solution; of a model that is solved, :meth:`complete` must have been called."""
        placements: dict[str, Placement] = {}
        for block in self.school.blocks:
            if not self.is_free(block):
                continue
            start = next(s for s in self.starts(block) if value(self.literal(block, s)))
            rooms = self._chosen_rooms(block, start, value)
            for i, lecture in enumerate(block.lectures):
                period = Period(start.day, start.number + i)
                placements[lecture] = Placement(period, rooms.get(lecture, self.current[lecture].rooms))
        return self.current.replace(placements)

    def _chosen_rooms(self, block: Block, start: Period, value: Values) -> dict[str, tuple[tuple[str, ...], ...]]:
        if not self._rooms_change:
            return {}
        rooms = {lecture: [list(r) for r in self.school.as_is[lecture].rooms] for lecture in block.lectures}
        for slot in self.school.room_slots[block.id]:
            choices = self.room_choices(block, slot.room)
            chosen = next(r for r in choices if value(self.room_literal(block, start, slot.room, r)))
            for lecture, course, i in slot.positions:
                rooms[lecture][course][i] = chosen
        return {lecture: tuple(map(tuple, by_course)) for lecture, by_course in rooms.items()}
