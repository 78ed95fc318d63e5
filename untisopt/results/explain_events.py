"""What the explanation of single lectures of a repair after events is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.results.event_report import Fate, RepairReport
from untisopt.results.events import EventsDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMove:
    """A block of lectures that moves.

    Parameters
    ----------
    moves : tuple of Move
        Those of its lectures that move, at least one.
    chain : tuple of tuple of Move
        The blocks that come to where it was or need its people or rooms, then those that come to where these were, and
        so on until an event is the reason.
    ruled_out : tuple of str
        Why no plan can keep it where it was, in words: what the events themselves say; empty where they say nothing.
    kept : EventsDocument or None
        The repair in which it stays where it was; None where that is ruled out, not searched for, or not found in time.
    """

    moves: tuple[Move, ...]
    chain: tuple[tuple[Move, ...], ...] = ()
    ruled_out: tuple[str, ...] = ()
    kept: EventsDocument | None = field(default=None, repr=False)

    @property
    def lecture(self) -> str:
        """The first of its lectures."""
        return self.moves[0].lecture


@dataclass(frozen=True, kw_only=True)
class RepairExplainDocument:
    """Why lectures move after events.

    Parameters
    ----------
    report : RepairReport
    asked : str
        What the user asked about.
    seconds : float
        How long was searched for each plan in which a lecture stays.
    moved : tuple of ExplainedMove
    others : tuple of (str, Fate)
        Lectures asked about that were added, have no place, are gone, or have another teacher only.
    staying : tuple of str
        Those that stay as they are.
    """

    report: RepairReport
    asked: str
    seconds: float
    moved: tuple[ExplainedMove, ...]
    others: tuple[tuple[str, Fate], ...] = ()
    staying: tuple[str, ...] = ()
