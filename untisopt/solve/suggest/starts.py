"""Where blocks may start, asked of the rules themselves but without a solver: it would take longer to load than to ask.

The rules that leave out candidate starts say so to a model (`Rule.encode`). Here they say it to a listener that has the
few words they use for it and writes down what they price.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.rules import START_RULES, Rule

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


def allowed_starts(school: School, rules: Iterable[Rule], *, rooms_change: bool) -> Mapping[str, frozenset[Period]]:
    """Per block id: where it may start, today's place included.

    Parameters
    ----------
    school : School
    rules : iterable of Rule
        Those that are on and can be judged; only those that leave out candidate starts matter, and have to hold.
    rooms_change : bool
        Whether another room may stand in where a room is blocked.
    """
    listener = _Listener(school, rooms_change=rooms_change)
    for rule in rules:
        if rule.id in START_RULES and rule.tier is Tier.RULES:
            rule.encode(cast("TimetableModel", listener))
    return {id_: frozenset(starts) for id_, starts in listener.left.items()}


class _Listener:
    """What the rules of starts speak to; it is also its own `decisions`."""

    strict = True

    def __init__(self, school: School, *, rooms_change: bool) -> None:
        self.school = school
        self.decisions = self
        self._rooms_change = rooms_change
        self._homes = {block.id: school.as_is[block.lectures[0]].period for block in school.blocks}
        self._candidates = {block.id: self._all(block) for block in school.blocks}
        self.left = {id_: set(starts) for id_, starts in self._candidates.items()}

    def _all(self, block: Block) -> Sequence[Period]:
        home = self._homes[block.id]
        if not block.lesson:
            return (home,)
        fits = self.school.grid.starts(block.length)
        return fits if home in fits else sorted([*fits, home])

    # -- what rules ask ----------------------------------------------------------------------------------------------

    def home(self, block: Block) -> Period:
        return self._homes[block.id]

    def starts(self, block: Block) -> Sequence[Period]:
        return self._candidates[block.id]

    def is_free(self, block: Block) -> bool:
        return block.lesson != 0

    def room_choices(self, block: Block, room: str) -> tuple[str, ...]:
        if not self._rooms_change or not block.lesson:
            return (room,)
        return (room, *sorted(self.school.rooms[room].group))

    # -- what rules say ----------------------------------------------------------------------------------------------

    def price_start(self, _rule: str, block: Block, start: Period, amount: int, *, as_today: bool = True) -> None:
        if amount > 0 and start != self._homes[block.id]:
            self.left[block.id].discard(start)

    def room_literal(self, *_where: object) -> bool:
        """Rooms are chosen later, and judged then."""
        return False

    def keep_room(self, *_what: object) -> None:
        """Rooms are chosen later, and judged then."""

    def price_room(self, *_what: object) -> None:
        """Rooms are chosen later, and judged then."""

    def price_literal(self, *_what: object) -> None:
        """Rooms are chosen later, and judged then."""

    def any_of(self, *_what: object) -> bool:
        return False
