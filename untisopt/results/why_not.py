"""What the report on a demand is made of: whether it can be met, why not, and what would have to be given up."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.conditions import Condition
from untisopt.domain.school import School
from untisopt.domain.score import Score, Violation
from untisopt.policy import Policy, RoomChanges
from untisopt.results.events import EventsDocument
from untisopt.results.source import Source

THERE, POSSIBLE, IMPOSSIBLE, UNDECIDED = "there", "possible", "impossible", "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFound:
    """A plan that meets a demand.

    Parameters
    ----------
    moves : tuple of Move
    moved : int
        Lectures in another period than today.
    is_minimum : bool
        Whether no plan has fewer changes: proved.
    bound : int
        No plan has changes that cost less; 0: nothing is known.
    after : Score
    """

    moves: tuple[Move, ...]
    moved: int
    is_minimum: bool
    bound: int
    after: Score = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Conditions that cannot hold together with the demand, each of them needed for that.

    `smallest` says whether no fewer conditions are enough: proved.
    """

    conditions: tuple[Condition, ...]
    smallest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """What could be given up.

    Parameters
    ----------
    given_up : tuple of Condition
        Empty where other rooms are enough.
    other_rooms : bool
    physical : bool
        Whether somebody would have to be in two places at once.
    plan : PlanFound
        The plan with the fewest changes then.
    meant : frozenset of Violation
        What it breaks of that which is given up.
    """

    given_up: tuple[Condition, ...]
    other_rooms: bool
    physical: bool
    plan: PlanFound
    meant: frozenset[Violation] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A lecture to which an event leaves no period at all.

    Parameters
    ----------
    lecture : str
        The first of its block.
    rooms : tuple of str
        Its rooms that the event takes away.
    why : tuple of str
        What the event takes away, in sentences without a full stop.
    """

    lecture: str
    rooms: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WhyNotDocument:
    """The answer to a demand.

    Parameters
    ----------
    source : Source
    school : School
        After the events, if any were asked about.
    policy : Policy
    asked : str
        The demand as it was written.
    is_event : bool
        Whether it is something that happens rather than a wish.
    places : tuple of (str, Period)
        The lectures and periods of a wish.
    verdict : str
        One of THERE, POSSIBLE, IMPOSSIBLE, UNDECIDED.
    seconds : float
        The time limit.
    before : Score
    plan : PlanFound or None
    reasons : tuple of Reasons
        Each one alone is reason enough.
    ways : tuple of WayOut
        The easiest first.
    ways_complete : bool
        Whether the first way is proved to be the easiest.
    suspected : tuple of Condition
        Where it was not decided: what seems to stand against it, not confirmed.
    nearest : tuple of Condition
        Where it was not decided: what the best plan found breaks that meets the demand.
    stuck : tuple of Stuck
    notes : tuple of str
        Under what the question was asked.
    remaining : tuple of str
        What an event breaks in every plan, because nothing that may move would mend it, in sentences.
    rest : str
        Where something remains: the verdict on everything else.
    repair : EventsDocument or None
        Where no plan was found after an event: what a repair would tell of one that fits in as much as possible.
    """

    source: Source
    school: School = field(repr=False)
    policy: Policy = field(repr=False)
    asked: str
    is_event: bool
    places: tuple[tuple[str, Period], ...]
    verdict: str
    seconds: float
    before: Score = field(repr=False)
    plan: PlanFound | None = None
    reasons: tuple[Reasons, ...] = ()
    ways: tuple[WayOut, ...] = ()
    ways_complete: bool = True
    suspected: tuple[Condition, ...] = ()
    nearest: tuple[Condition, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    notes: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    rest: str = ""
    repair: EventsDocument | None = field(default=None, repr=False)

    @property
    def rooms_change(self) -> bool:
        """Whether lectures may get other rooms of the same kind."""
        return self.policy.room_changes is RoomChanges.SAME_KIND
