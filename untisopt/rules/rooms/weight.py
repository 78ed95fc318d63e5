"""Rooms that may not be given away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.limits import RoomTraits
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, _
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.bases.stand_ins import StandIns
from untisopt.rules.protocol import Group
from untisopt.wording import lecture_names, place

ONLY_ALTERNATIVES = 4
"""Room weight that allows the room or its alternatives and nothing else."""
_NOTHING = RoomTraits()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWeight(StandIns):
    """Rooms that only their alternatives may replace: room weight 4.

    What it checks
        Rooms that stand in for one with room weight 4 and are not in its chain of alternative rooms.
    Why it matters
        The physics lesson needs the physics room.
    How it is counted
        One per lecture and room.
    Example
        Ph1 has weight 4 and the alternative Ph2. A lecture of Ph1 in Ph2 counts nothing, in 104 it counts one.
    Parameters
        ``weight`` (1): points per lecture and room. Rooms only change with ``room_changes = "same-kind"``.
    In Untis
        Raumgewicht 4 and Ausweichraum (GPU005, fields 7 and 3): the room, its alternative, the alternative of that one
        and so on; the chain may be followed in both directions, because the room of today may be a stand-in already.
    Model
        The joint literals of start and stand-in room.
    """

    id: ClassVar[str] = "room-weight"
    called = N_("rooms replaced by others than their alternatives")
    promise = N_("Rooms that Untis holds to be indispensable are replaced by their alternative rooms only.")
    group = Group.ROOMS
    source = "GPU005"

    def missing(self, school: School) -> str:
        """Some room must have this weight."""
        if any(room.weight == ONLY_ALTERNATIVES for room in school.limits.rooms.values()):
            return ""
        return NotStated(_("no room has room weight 4 (GPU005)"))

    def refuses(self, school: School, lesson: int, before: str, after: str) -> bool:
        """Whether the old room has weight 4 and neither room leads to the other."""
        if school.limits.rooms.get(before, _NOTHING).weight != ONLY_ALTERNATIVES:
            return False
        return after not in _chain(school, before) and before not in _chain(school, after)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lecture gets which room."""
        facts = violation.facts
        return _("{lecture} at {place} gets {after}, which is no alternative of {before}").format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, facts.periods[0])),
            after=facts.name,
            before=facts.detail[0],
        )


def _chain(school: School, room: str) -> set[str]:
    """The alternative of a room, the alternative of that one, and so on."""
    found: set[str] = set()
    name = school.limits.rooms.get(room, _NOTHING).alternative
    while name and name not in found:
        found.add(name)
        name = school.limits.rooms.get(name, _NOTHING).alternative
    return found
