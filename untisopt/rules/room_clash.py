"""Room clash: no room is used by two lectures at once, unless it is so already.

What it checks
    Two lectures in one room in the same period of the same week, whose lessons do not share it so far.
Why it matters
    One of the two would stand in the corridor.
How it is counted
    One per room, pair of lectures, period and week class.
Example
    Lessons 12 and 40 both in F13 on Friday in period 5: one clash.
Parameters
    ``allow_existing`` (true): lessons that share a room so far (a gym, a hall) may go on doing so.
In Untis
    Kollision Raum.
Model
    One at-most-one row per period over the lessons that must not meet; where rooms may change, over the joint choices
    of start and room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._overlaps import Overlaps


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClash(Overlaps):
    """No room is used by two lectures at once unless it is so today."""

    id: ClassVar[str] = "room-clash"
    kind: ClassVar[Kind] = Kind.ROOM

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("room clash")
