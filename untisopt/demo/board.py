"""The plan under construction: blocks on slots, with the costs of every placement kept up to date."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from untisopt.demo.curriculum import Activity
from untisopt.demo.frames import Frame
from untisopt.demo.grid import DAYS, PERIODS, enough_time
from untisopt.demo.model import BRANCH, Teacher

__all__ = ["Block", "Board", "blocks_of"]

SLOTS = DAYS * PERIODS
EMPTY = -1
OUTSIDE = -2
_ALL_STARTS = tuple(range(PERIODS))
_PAIR_STARTS = tuple(range(0, PERIODS, 2))
_AFTERNOON_STARTS = (6,)
_DAY_MASK = (1 << PERIODS) - 1
_MOST_A_DAY = 8
_WISHED_A_DAY = 6


@dataclass(slots=True)
class Block:
    """A run of periods of one activity, in the indices the search works with.

    Attributes
    ----------
    people
        (teacher, 1 at the branch else 0) of every post that can clash.
    pools
        (pool of rooms, rooms taken) of every kind of scarce room.
    starts
        Periods (from 0) at which the block may begin. Doubles begin at odd periods, so no break falls inside them.
    """

    activity: int
    length: int
    grades: tuple[int, ...]
    people: tuple[tuple[int, int], ...]
    pools: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    slot: int = field(default=-1)


def blocks_of(
    activities: list[Activity], grades: list[str], pools: list[tuple[str, str]], teachers: list[Teacher]
) -> list[Block]:
    """Turn the activities into blocks; `grades` and `pools` give the order of the indices."""
    result = []
    for number, activity in enumerate(activities):
        people = {post.teacher: int(post.site == BRANCH) for post in activity.posts if not teachers[post.teacher].dummy}
        needs: dict[int, int] = {}
        for post in activity.posts:
            for kind in post.kinds:
                if (kind, post.site) in pools:
                    pool = pools.index((kind, post.site))
                    needs[pool] = needs.get(pool, 0) + 1
        members = tuple(grades.index(grade) for grade in activity.grades)
        for length in activity.blocks:
            starts = _AFTERNOON_STARTS if activity.afternoon else _PAIR_STARTS if length == 2 else _ALL_STARTS
            result.append(Block(number, length, members, tuple(people.items()), tuple(needs.items()), starts))
    return result


def _day_figures(main: int, branch: int) -> tuple[int, int, int, int]:
    """Return (broken rules, comfort points, site changes, too short) of a teacher's day from its period masks."""
    both = main | branch
    periods = [period for period in range(PERIODS) if both >> period & 1]
    changes = short = gaps = 0
    for first, second in pairwise(periods):
        gaps += min(second - first - 1, 3)
        if (main >> first & 1) != (main >> second & 1):
            changes += 1
            short += not enough_time(first + 1, second + 1)
    hard = max(0, len(periods) - _MOST_A_DAY)
    comfort = gaps + 3 * max(0, len(periods) - _WISHED_A_DAY) + (1 if len(periods) == 1 else 0)
    return hard, comfort, changes, short


class Board:
    """Blocks on slots.

    `hard` counts broken rules, `comfort` gaps and long days of teachers, `changes` and `short` their site changes;
    blocks in `firm` move to places without trouble only.
    """

    def __init__(
        self, blocks: list[Block], frames: list[Frame], capacities: list[int], teachers: list[Teacher], activities: int
    ) -> None:
        self.blocks = blocks
        self.capacities = capacities
        self.grid = [[EMPTY if slot in frame else OUTSIDE for slot in range(SLOTS)] for frame in frames]
        # One entry for every day of every teacher: masks of the periods at each site, with clashes, and not available.
        self.main = [0] * (len(teachers) * DAYS)
        self.branch = [0] * (len(teachers) * DAYS)
        self.double = [0] * (len(teachers) * DAYS)
        self.blocked = [0] * (len(teachers) * DAYS)
        self.surplus = [0] * (len(teachers) * SLOTS)
        self.rooms = [0] * (len(capacities) * SLOTS)
        self.days = [0] * (activities * DAYS)
        self.figures: dict[int, tuple[int, int, int, int]] = {}
        self.firm: set[int] = set()
        self.hard = self.comfort = self.changes = self.short = 0

    def block_out(self, teachers: list[Teacher]) -> None:
        """Take over when the teachers are not available; nobody may be placed at such a time yet."""
        self.blocked = [mask for teacher in teachers for mask in _blocked_days(teacher)]

    def busy(self) -> dict[int, set[int]]:
        """Return the slots in which each teacher is placed."""
        result: dict[int, set[int]] = {}
        for block in self.blocks:
            if block.slot >= 0:
                for teacher, _ in block.people:
                    result.setdefault(teacher, set()).update(range(block.slot, block.slot + block.length))
        return result

    def place(self, number: int, slot: int) -> None:
        """Put a block on the board; the slots must be empty in all its grades."""
        block = self.blocks[number]
        block.slot = slot
        for grade in block.grades:
            for offset in range(block.length):
                self.grid[grade][slot + offset] = number
        self._count(block, slot, 1)

    def lift(self, number: int) -> None:
        """Take a block off the board."""
        block = self.blocks[number]
        for grade in block.grades:
            for offset in range(block.length):
                self.grid[grade][block.slot + offset] = EMPTY
        self._count(block, block.slot, -1)
        block.slot = -1

    def fits(self, number: int, slot: int) -> bool:
        """Tell whether all grades of the block have all its periods free at `slot`."""
        block = self.blocks[number]
        if slot % PERIODS not in block.starts:
            return False
        return all(self.grid[grade][slot + offset] == EMPTY for grade in block.grades for offset in range(block.length))

    def _count(self, block: Block, slot: int, step: int) -> None:
        day = slot // PERIODS
        entry = block.activity * DAYS + day
        # The second block of an activity on a day is one too many: it counts when it comes and when it goes.
        if self.days[entry] >= (1 if step > 0 else 2):
            self.hard += step
        self.days[entry] += step
        for pool, number in block.pools:
            for place in range(pool * SLOTS + slot, pool * SLOTS + slot + block.length):
                before = self.rooms[place] - self.capacities[pool]
                self.rooms[place] += step * number
                self.hard += max(0, before + step * number) - max(0, before)
        for teacher, away in block.people:
            self._count_teacher(teacher, away, slot, block.length, step)

    def _count_teacher(self, teacher: int, away: int, slot: int, length: int, step: int) -> None:
        day, period = divmod(slot, PERIODS)
        entry = teacher * DAYS + day
        bits = (3 if length == 2 else 1) << period
        before = self.main[entry] << PERIODS | self.branch[entry]
        if self.blocked[entry] & bits:
            self.hard += step * (self.blocked[entry] & bits).bit_count()
        if step > 0:
            taken = (self.main[entry] | self.branch[entry]) & bits
            if taken:
                self._count_clashes(entry, taken, 1)
            masks = self.branch if away else self.main
            masks[entry] |= bits & ~taken
        else:
            shared = self.double[entry] & bits
            if shared:
                self._count_clashes(entry, shared, -1)
            self.main[entry] &= ~bits | shared
            self.branch[entry] &= ~bits | shared
        self._swap_days(before, self.main[entry] << PERIODS | self.branch[entry])

    def _count_clashes(self, entry: int, bits: int, step: int) -> None:
        """Every lecture of a teacher in a slot after the first is a clash; the site masks know the first one only."""
        for period in range(PERIODS):
            if bits >> period & 1:
                self.hard += step
                self.surplus[entry * PERIODS + period] += step
                if self.surplus[entry * PERIODS + period]:
                    self.double[entry] |= 1 << period
                else:
                    self.double[entry] &= ~(1 << period)

    def _swap_days(self, old: int, new: int) -> None:
        """Replace the figures of one teacher's day by others; the keys join the masks of both sites."""
        if old == new:
            return
        for key, sign in ((old, -1), (new, 1)):
            figures = self.figures.get(key)
            if figures is None:
                figures = self.figures[key] = _day_figures(key >> PERIODS, key & _DAY_MASK)
            hard, comfort, changes, short = figures
            self.hard += sign * hard
            self.comfort += sign * comfort
            self.changes += sign * changes
            self.short += sign * short

    def troubles(self) -> list[int]:
        """Return the numbers of the blocks that take part in a broken rule."""
        placed = (number for number, block in enumerate(self.blocks) if block.slot >= 0)
        return [number for number in placed if self.in_trouble(number)]

    def in_trouble(self, number: int) -> bool:
        """Tell whether a placed block takes part in a broken rule."""
        block = self.blocks[number]
        slots = range(block.slot, block.slot + block.length)
        day, period = divmod(block.slot, PERIODS)
        if self.days[block.activity * DAYS + day] > 1:
            return True
        for pool, _ in block.pools:
            if any(self.rooms[pool * SLOTS + slot] > self.capacities[pool] for slot in slots):
                return True
        bits = (3 if block.length == 2 else 1) << period
        for teacher, _ in block.people:
            entry = teacher * DAYS + day
            if (self.double[entry] | self.blocked[entry]) & bits:
                return True
            if (self.main[entry] | self.branch[entry]).bit_count() > _MOST_A_DAY:
                return True
        return False


def _blocked_days(teacher: Teacher) -> list[int]:
    """Return the bit masks of the periods of each day at which a teacher is not available."""
    masks = [_DAY_MASK if day in teacher.free_days else 0 for day in range(1, DAYS + 1)]
    for day, period in teacher.blocked:
        masks[day - 1] |= 1 << period - 1
    return masks
