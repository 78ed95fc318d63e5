"""What the reports on a repair after events are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.domain.events import Happening
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.policy import Policy
from untisopt.results.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event as somebody has written it.

    Parameters
    ----------
    text : str
        The words, which can be read again.
    happening : Happening
    """

    text: str
    happening: Happening = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A lecture without a place, and what stands in the way.

    Parameters
    ----------
    lecture : str
    reasons : tuple of (Period, tuple of str)
        Its best places, the one with the fewest obstacles first: the period, and a sentence per obstacle.
    everywhere : tuple of str
        Sentences: what stands in the way at every place; then no place is better than another, and `reasons` is empty.
    exceptions : tuple of (str, str)
        Rule ids and names: exceptions from rules that would leave one of its best places free, if it alone came there;
        empty where none do.
    """

    lecture: str
    reasons: tuple[tuple[tuple[int, int], tuple[str, ...]], ...] = ()
    everywhere: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class EventsDocument:
    """A plan that was repaired after events.

    Parameters
    ----------
    source : Source
        What was read.
    original, school : School
        Before and after the events.
    policy : Policy
    events : tuple of ToldEvent
    status : str
        `minimum`, `best-found`, `impossible`, `impossible-unconfirmed` or `undecided`.
    moves : tuple of Move
        Lectures of before and after that stand elsewhere, or in other rooms, than in the plan that was read.
    placed : tuple of Move
        Lectures that were added, with their place.
    unplaced : tuple of Unplaced
        Lectures that should have a place and have none.
    shortages : tuple of str
        Sentences: who has more periods a week than the events leave.
    cut : tuple of str
        Lectures that lose their place because an event wants fewer periods; those that it wants to go for good are
        among `removed`.
    removed : tuple of str
        Ids of lectures that are no longer taught.
    before, after : Score
        Of the plan that was read and of the repaired one, without the lectures that have no place.
    remaining : tuple of str
        Sentences: what the events break and no plan, or none that was found, mends.
    points, bound : int or None
        What the changes cost, and what they cost at least; None without a plan in which everything has a place.
    least_unplaced : int
        No plan leaves fewer lectures without a place; 0 where that is not known of them alone.
    left, least_left : int
        Lectures without a place and how often rules remain broken more than before, together; no plan leaves less than
        `least_left`.
    least_moved : int
        No plan that leaves as little moves fewer lectures; 0 where nothing is known.
    is_best : bool
        Whether it is proved that no plan leaves less, and that none that leaves as little changes less.
    by_people : bool
        Whether changes count by the people they touch.
    solvers : tuple of str
    seconds : mapping of str to float
    notes : tuple of str
    ask : tuple of str
        The words of the command that says which conditions make it impossible; empty where nothing is to be asked.
    options : mapping of str to object
    versions : mapping of str to str
    """

    source: Source
    original: School = field(repr=False)
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    events: tuple[ToldEvent, ...]
    status: str
    moves: tuple[Move, ...] = field(repr=False)
    placed: tuple[Move, ...] = field(default=(), repr=False)
    unplaced: tuple[Unplaced, ...] = ()
    shortages: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    before: Score
    after: Score
    remaining: tuple[str, ...] = ()
    points: int | None = None
    bound: int | None = None
    least_unplaced: int = 0
    left: int = 0
    least_left: int = 0
    least_moved: int = 0
    is_best: bool = False
    by_people: bool = False
    solvers: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def moved(self) -> int:
        """Lectures that stand in another period."""
        return sum(move.changes_period for move in self.moves)

    @property
    def changed_rooms(self) -> int:
        """Lectures that have another room."""
        return sum(move.changes_rooms for move in self.moves)

    @property
    def is_complete(self) -> bool:
        """Whether everything has a place and nothing that the events break remains broken."""
        return not (self.unplaced or self.remaining)
