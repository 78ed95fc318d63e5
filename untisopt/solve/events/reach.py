"""What a plan with few changes can touch: blocks near those that an event hits, and the starts that they can pay for.

A plan with the fewest changes has no changed block that hangs together with none of those hit: every rule concerns one
person, room or lesson, so a group of changed blocks that shares none of these with the others could stay as it is
today, and that would be cheaper. So every changed block is reached from a block that is hit by a path of changed
blocks, each of which shares a person, room or lesson with the one before; the path costs what its blocks cost.

And a block that starts at a place where another one stands today drives that one out, which costs as well.

Where the event does not say which lectures cannot stay (a longer journey, two lessons of a teacher at once), a changed
block may also be one that shares a person, room or lesson with what is broken; the path then costs what it costs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from untisopt.domain.calendar import Period
from untisopt.domain.events import Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, RoomSlot, School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.standing import placed, standing
from untisopt.domain.timetable import Timetable
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import CLASH_RULES, START_RULES, Rule, judge
from untisopt.rules.days.availability import Availability

IMPOSSIBLE = 1 << 30
"""The cost of what no plan can do."""

Starts = Mapping[str, frozenset[Period]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a change costs.

    Parameters
    ----------
    moved : int
        A lecture in another period; with `by_people`, for each of its teachers and grades.
    room : int
        A lecture in another room; nothing where the rule about changed rooms is off.
    rooms_change : bool
        Whether lectures may get other rooms.
    by_people : bool
        Whether a change counts once for every teacher and grade that it touches.
    """

    moved: int
    room: int
    rooms_change: bool
    by_people: bool = False

    @classmethod
    def of(cls, policy: Policy, *, by_people: bool = False) -> Prices:
        """Those of a policy; where it does not price moved lectures, each counts one."""
        moved, room = policy.rule("moved-lectures"), policy.rule("changed-rooms")
        change = policy.room_changes is RoomChanges.SAME_KIND
        return cls(moved.weight if moved else 1, room.weight if room else 0, change, by_people)

    def of_move(self, school: School, block: Block) -> int:
        """What it costs that a block starts elsewhere."""
        if not self.by_people:
            return self.moved * block.length
        return self.moved * sum(max(1, len(school.people[lecture])) for lecture in block.lectures)

    def of_room(self, school: School, slot: RoomSlot) -> int:
        """What it costs that a block has another room in the place of this one."""
        if not self.by_people:
            return self.room * len(slot.positions)
        return self.room * sum(max(1, len(school.people[lecture])) for lecture, _course, _i in slot.positions)


class Reach:
    """Which blocks an event hits, and which others a plan with few changes can touch.

    Parameters
    ----------
    school : School
    policy : Policy
    rules : iterable of Rule
        The rules of the first tier that are on and can be judged.
    required : Requirements
    before : Score or None
        Of the plan of today from before the event; what it does not hold and the plan of today breaks now has to be
        mended. None: nothing has.
    by_people : bool
        Whether a change counts once for every teacher and grade that it touches.
    """

    def __init__(
        self,
        school: School,
        policy: Policy,
        rules: Iterable[Rule],
        required: Requirements,
        *,
        before: Score | None = None,
        by_people: bool = False,
    ) -> None:
        self.school = school
        self.required = required
        self.prices = Prices.of(policy, by_people=by_people)
        self._rules = {rule.id: rule for rule in rules}
        self._unplaced = {block.id for block in school.unplaced}
        self.hits = tuple(block for block in school.blocks if block.lesson and self._is_hit(block))
        self._hit = {block.id for block in self.hits}
        self.base = sum(self._least_change(block) for block in self.hits)
        self.now = judge(school, school.as_is, tuple(self._rules.values()))
        newly = () if before is None else newly_found(self.now, before)
        self.broken = tuple(v for v in newly if not self._concerns_hits_only(v))
        self._apart = tuple(pair for pair in required.together if self._starts_of(pair[0]) != self._starts_of(pair[1]))

    @property
    def is_settled(self) -> bool:
        """Whether the plan of today satisfies everything as it is."""
        return not (self.hits or self.broken or self._apart)

    def _concerns_hits_only(self, violation: Violation) -> bool:
        lectures = violation.facts.lectures
        return bool(lectures) and all(self.school.block_of[id_].id in self._hit for id_ in lectures)

    def _starts_of(self, lesson: int) -> list[tuple[Period, int]]:
        blocks = self.school.blocks_of_lesson.get(lesson, ())
        return sorted((self._home(block), block.length) for block in blocks)

    # -- what is required --------------------------------------------------------------------------------------------

    def allows(self, block: Block, start: Period) -> bool:
        """Whether the requirements let a block start there, other rooms provided where rooms may change."""
        if block.id in self._unplaced and start == self._home(block):
            return False
        for lecture, period in zip(block.lectures, self.school.grid.run(start, block.length), strict=True):
            if period in self.required.dropped or period in self.required.forbidden.get(lecture, ()):
                return False
            if any(period in self.required.vacated.get(person, ()) for person in self.school.people[lecture]):
                return False
        fixed = (slot for slot in self.school.room_slots[block.id] if not self._has_choice(slot))
        return all(self.allows_room(block, start, slot, slot.room) for slot in fixed)

    def allows_room(self, block: Block, start: Period, slot: RoomSlot, room: str) -> bool:
        """Whether the requirements let a block that starts there have this room in the place of its own."""
        unfit = self.required.unfit
        if unfit and any(room in unfit.get((lecture, course), ()) for lecture, course, _i in slot.positions):
            return False
        vacated = self.required.vacated.get((Kind.ROOM, room))
        return not vacated or not any(period in vacated for period in self._periods_of(block, start, slot))

    def _periods_of(self, block: Block, start: Period, slot: RoomSlot) -> Iterator[Period]:
        lectures = {lecture for lecture, _course, _i in slot.positions}
        run = self.school.grid.run(start, block.length)
        return (period for lecture, period in zip(block.lectures, run, strict=True) if lecture in lectures)

    def _has_choice(self, slot: RoomSlot) -> bool:
        return self._has_stand_in((Kind.ROOM, slot.room))

    def _is_hit(self, block: Block) -> bool:
        home = self._home(block)
        slots = self.school.room_slots[block.id]
        return not self.allows(block, home) or not all(self.allows_room(block, home, s, s.room) for s in slots)

    def satisfies(self, block: Block, timetable: Timetable) -> bool:
        """Whether a block satisfies the requirements in a timetable."""
        start = timetable[block.lectures[0]].period
        return self.allows(block, start) and all(
            self.allows_room(block, start, slot, timetable[lecture].rooms[course][i])
            for slot in self.school.room_slots[block.id]
            for lecture, course, i in slot.positions
        )

    def is_unplaced(self, block: Block) -> bool:
        """Whether a block has no place today, so that placing it is no change."""
        return block.id in self._unplaced

    def _home(self, block: Block) -> Period:
        return self.school.as_is[block.lectures[0]].period

    # -- what changes cost -------------------------------------------------------------------------------------------

    def _least_change(self, block: Block) -> int:
        """The least that a block which is hit costs: it moves, or, where that is enough, its rooms change."""
        if block.id in self._unplaced:
            return 0
        home = self._home(block)
        moves = self.prices.of_move(self.school, block)
        if not self.allows(block, home):
            return moves
        slots = self.school.room_slots[block.id]
        lost = [slot for slot in slots if not self.allows_room(block, home, slot, slot.room)]
        return min(moves, sum(self.prices.of_room(self.school, slot) for slot in lost))

    @cached_property
    def _steps(self) -> Mapping[str, int]:
        """Per block that may change though it is not hit: the least that costs."""
        found: dict[str, int] = {}
        for block in self.school.blocks:
            if not block.lesson or block.id in self._hit:
                continue
            slots = [slot for slot in self.school.room_slots[block.id] if self._has_choice(slot)]
            costs = [self.prices.of_room(self.school, slot) for slot in slots]
            if len(self._starts[block.id]) > 1:
                costs.append(self.prices.of_move(self.school, block))
            if costs:
                found[block.id] = min(costs)
        return found

    # -- where blocks may start --------------------------------------------------------------------------------------

    @cached_property
    def _starts(self) -> Mapping[str, list[Period]]:
        """Starts that requirements and rules about single starts leave to every block, today's own if it may stay."""
        model = TimetableModel(self.school)
        for rule in self._rules.values():
            # Availability speaks of rooms as well, and what it forbids today may remain: see `_is_open`.
            if rule.id in START_RULES and rule.id != Availability.id:
                rule.encode(model)
        found: dict[str, list[Period]] = {}
        for block in self.school.blocks:
            starts = model.decisions.starts(block)
            if block.lesson:
                home = self._home(block)
                starts = [s for s in starts if self.allows(block, s) and (s == home or self._is_open(block, s))]
            found[block.id] = list(starts)
        return found

    def possible(self, block: Block) -> frozenset[Period]:
        """Where a block may start at all, whatever that costs."""
        return frozenset(self._starts[block.id])

    def _is_open(self, block: Block, start: Period) -> bool:
        return Availability.id not in self._rules or not self.school.is_blocked(block, start)

    @cached_property
    def _kept_apart(self) -> frozenset[Kind]:
        """Whom a rule keeps apart."""
        return frozenset(kind for kind, rule in CLASH_RULES.items() if rule in self._rules)

    def _has_stand_in(self, resource: Resource) -> bool:
        """Whether it is a room, and one of two lectures that meet in it may have another one."""
        kind, name = resource
        return kind is Kind.ROOM and self.prices.rooms_change and bool(self.school.rooms[name].group)

    def _driven_out(self, block: Block, start: Period) -> set[str]:
        """Ids of the other blocks that cannot stand where they do today if this block starts there."""
        found = {
            self.school.block_of[meeting.other].id
            for lecture, place in placed(self.school, block, start)
            for meeting in standing(self.school, self.school.as_is).in_the_way(lecture, place)
            if meeting.resource[0] in self._kept_apart and not self._has_stand_in(meeting.resource)
        }
        return found - {block.id}

    @cached_property
    def _extras(self) -> Mapping[str, Mapping[Period, int]]:
        """Per block and start: what a plan that has it there costs at least beyond what the event itself costs."""
        found: dict[str, dict[Period, int]] = {}
        for block in self.school.blocks:
            if block.id not in self._hit and block.id not in self._steps:
                continue
            home = self._home(block)
            own = 0 if block.id in self._hit else self.prices.of_move(self.school, block)
            by_start = {}
            for start in self._starts[block.id]:
                cost = 0 if start == home else own + sum(map(self._eviction, self._driven_out(block, start)))
                if cost < IMPOSSIBLE:
                    by_start[start] = cost
            found[block.id] = by_start
        return found

    def _eviction(self, block: str) -> int:
        """What it costs beyond the event if a block does not stand where it does today."""
        if block in self._hit:
            return 0
        starts = self._starts[block]
        return self.prices.of_move(self.school, self.school.block_of[block]) if len(starts) > 1 else IMPOSSIBLE

    # -- the answers -------------------------------------------------------------------------------------------------

    @cached_property
    def least_extra(self) -> int:
        """What every plan costs at least beyond what the event itself costs; IMPOSSIBLE if some block has no start."""
        return max((min(self._extras[block.id].values(), default=IMPOSSIBLE) for block in self.hits), default=0)

    def within(self, extra: int | None) -> Starts:
        """The blocks that may change, and their starts, in the plans that cost at most `extra` more than the event.

        All plans with the fewest changes are among those that these starts leave, if they are that cheap.

        Parameters
        ----------
        extra : int or None
            None: whatever a plan costs.
        """
        limit = IMPOSSIBLE - 1 if extra is None else extra
        distances = self._distances(limit)
        found: dict[str, frozenset[Period]] = {}
        for block, distance in distances.items():
            home = self._home(self.school.block_of[block])
            starts = frozenset(
                s for s, cost in self._extras[block].items() if s == home or max(cost, distance) <= limit
            )
            if block in self._hit or len(starts) > 1 or self.prices.rooms_change:
                found[block] = starts
        return found

    def _distances(self, limit: int) -> Mapping[str, int]:
        """Least cost of a path of changed blocks from a block that is hit, per block that can be reached so."""
        found: dict[str, int] = {}
        queue = [(0, block.id) for block in self.hits]
        for key in self._broken_keys:
            queue += [
                (self._steps[block], block) for block in self._sharing.get(key, ()) if self._steps[block] <= limit
            ]
        heapq.heapify(queue)
        shared: set[Hashable] = set()
        while queue:
            distance, block = heapq.heappop(queue)
            if block in found:
                continue
            found[block] = distance
            for common in self._shares[block]:
                if common not in shared:
                    shared.add(common)
                    for other in self._sharing[common]:
                        if other not in found and distance + self._steps[other] <= limit:
                            heapq.heappush(queue, (distance + self._steps[other], other))
        return found

    @cached_property
    def _shares(self) -> Mapping[str, set[Hashable]]:
        """Per block that may change: its people, its rooms and those that may stand in for them, its lesson.

        Lessons that a sequence ties together are as one.
        """
        found: dict[str, set[Hashable]] = {}
        for block in self.school.blocks:
            if block.id in self._hit or block.id in self._steps:
                rooms = {slot.room for slot in self.school.room_slots[block.id]}
                if self.prices.rooms_change:
                    rooms = rooms.union(*(self.school.rooms[room].group for room in rooms))
                people = {person for lecture in block.lectures for person in self.school.people[lecture]}
                partners = {pair for pair in self.required.together if block.lesson in pair}
                tied = self.school.tied_lessons(block.lesson)[0]
                found[block.id] = {tied, *people, *((Kind.ROOM, room) for room in rooms), *partners}
        return found

    def _tied(self, lecture: str) -> int:
        """The number that stands for the lesson of a lecture and those that a sequence ties to it."""
        return self.school.tied_lessons(self.school.lectures[lecture].lesson)[0]

    @cached_property
    def _broken_keys(self) -> frozenset[Hashable]:
        """Persons, rooms and lessons of what the event breaks without saying which lecture has to leave."""
        found: set[Hashable] = {*self._apart}
        for lecture in {id_ for cut in self.required.cuts for id_ in cut.lectures}:
            found |= {self._tied(lecture), *self.school.people[lecture]}
        for violation in self.broken:
            facts = violation.facts
            if facts.kind is not None:
                found.add((facts.kind, facts.name))
            for lecture in facts.lectures:
                rooms = self.school.rooms_used(lecture, self.school.as_is[lecture])
                found |= {self._tied(lecture), *self.school.people[lecture]}
                found |= {(Kind.ROOM, room) for room in rooms}
        return frozenset(found)

    @cached_property
    def _sharing(self) -> Mapping[Hashable, list[str]]:
        """Blocks that may change though they are not hit, by what they share with others."""
        found: defaultdict[Hashable, list[str]] = defaultdict(list)
        for block, common in self._shares.items():
            if block not in self._hit:
                for one in common:
                    found[one].append(block)
        return found


def newly_found(now: Score, before: Score) -> tuple[Violation, ...]:
    """What a plan breaks of the first tier that another score does not hold."""
    known = set(before.violations)
    return tuple(
        v
        for v in now.violations
        if now.rules[v.rule].tier is Tier.RULES and now.rules[v.rule].weight and v not in known
    )


def tolerant(score: Score, violations: Iterable[Violation]) -> Score:
    """A score that holds these findings as well."""
    rules = dict(score.rules)
    found = tuple(v for v in violations if v.rule in rules)
    for violation in found:
        rules[violation.rule] = replace(rules[violation.rule], amount=rules[violation.rule].amount + violation.amount)
    return replace(score, rules=rules, violations=(*score.violations, *found))
