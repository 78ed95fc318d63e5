"""What of a lecture stays where it is: its period, its rooms, or both."""

from __future__ import annotations

from enum import StrEnum


class Hold(StrEnum):
    """What a pin keeps."""

    TIME = "time"
    ROOM = "room"
    BOTH = "both"

    @property
    def keeps_time(self) -> bool:
        """Whether the period stays."""
        return self is not Hold.ROOM

    @property
    def keeps_rooms(self) -> bool:
        """Whether the rooms stay."""
        return self is not Hold.TIME

    def __or__(self, other: Hold) -> Hold:
        """What two pins on one lecture keep together."""
        return self if self is other else Hold.BOTH


class PinReason(str):
    """Why a lecture stays, as people read it, and what of it stays; a plain text keeps both.

    Parameters
    ----------
    text : str
    hold : Hold
    """

    hold: Hold

    def __new__(cls, text: str, hold: Hold = Hold.BOTH) -> PinReason:
        """Make the text; pickle calls this without the hold and sets it afterwards."""
        reason = super().__new__(cls, text)
        reason.hold = hold
        return reason


def hold_of(reason: str) -> Hold:
    """What a value of ``School.pinned`` keeps."""
    return reason.hold if isinstance(reason, PinReason) else Hold.BOTH
