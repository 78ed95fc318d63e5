"""Why a demand cannot be met, what would have to be given up for it, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from untisopt.domain.calendar import Period
from untisopt.domain.conditions import Condition
from untisopt.domain.events import Requirements, put_at, twins_of
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.engines.session import ShouldStop, SolveOptions, never
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import PHYSICAL, judge
from untisopt.solve.events.search import ExactProgress, ExactRepair, ExactStatus, fewest_changes
from untisopt.solve.why_not.conditions import Conditions, condition_of, price
from untisopt.solve.why_not.cores import Core, Cores, in_order
from untisopt.solve.why_not.model import Demand, Models
from untisopt.solve.why_not.relaxed import relaxed
from untisopt.solve.why_not.small_solves import cheapest_hitting

__all__ = ["Core", "Demand", "Plan", "Verdict", "Way", "WhyNot", "condition_of", "why_not"]

QUICK = 40
"""So many conditions are looked at before the exact search is asked whether the demand can be met after all."""
MOST_WAYS = 3
PLAN_SHARE = 0.5
"""Share of the time left that a search for the fewest changes may take."""
ROOM_RULES = ("room-clash", "availability")


class Verdict(StrEnum):
    """Whether a demand can be met."""

    THERE = "there"
    """The plan of today meets it."""
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    """Proved, and confirmed by a second solve with different settings."""
    UNDECIDED = "undecided"
    """Not decided in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan that meets the demand.

    Parameters
    ----------
    timetable : Timetable
    moved : int
        Lectures that move; those that had no place before do not count.
    points, bound : int
        What its changes cost, and a proved lower limit for every such plan.
    """

    timetable: Timetable
    moved: int
    points: int
    bound: int

    @property
    def is_minimum(self) -> bool:
        """Whether no plan has fewer changes: proved."""
        return self.bound >= self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What could be given up to meet the demand.

    Parameters
    ----------
    given_up : tuple of Condition
        Empty where only other rooms are needed.
    other_rooms : bool
        Whether lectures get other rooms of the same kind instead.
    price : int
        The higher, the harder it is to give up.
    plan : Plan
        The plan with the fewest changes then.
    after : Score
        How the rules as they are judge it.
    """

    given_up: tuple[Condition, ...]
    other_rooms: bool = False
    price: int
    plan: Plan
    after: Score

    @property
    def is_physical(self) -> bool:
        """Whether somebody would have to be in two places at once."""
        return self.price >= PHYSICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The answer to a demand.

    Parameters
    ----------
    verdict : Verdict
    plan : Plan or None
        Where it is possible: the plan with the fewest changes.
    cores : tuple of Core
        Where it is not: sets of conditions that cannot hold together with it; each one alone is reason enough. Empty if
        the impossibility is proved, but no set was found in time.
    ways : tuple of Way
        What could be given up, the easiest first.
    ways_complete : bool
        Whether the first way is proved to be the cheapest, and more would have been found had there been any.
    suspected : tuple of Condition
        Where it was not decided: what seems to stand against it, without a second solve that confirms it.
    nearest : tuple of Condition
        Where it was not decided: what the best plan found breaks that meets the demand.
    stuck : tuple of Block
        Blocks to which the demand itself leaves no period at all.
    """

    verdict: Verdict
    plan: Plan | None = None
    cores: tuple[Core, ...] = ()
    ways: tuple[Way, ...] = ()
    ways_complete: bool = True
    suspected: tuple[Condition, ...] = ()
    nearest: tuple[Condition, ...] = ()
    stuck: tuple[Block, ...] = ()


def why_not(
    school: School,
    policy: Policy,
    demand: Demand,
    options: SolveOptions,
    *,
    before: Score,
    should_stop: ShouldStop | None = None,
    was_sought: bool = False,
    is_impossible: bool = False,
) -> WhyNot:
    """Say whether a demand can be met; if so, by which plan, if not, why, and what would have to be given up.

    Parameters
    ----------
    school : School
    policy : Policy
    demand : Demand
    options : SolveOptions
    before : Score
        By the rules of the policy: of the plan of today, or, after an event, of the one before it.
    should_stop : callable, optional
        Asked between solves; once it says yes, what is known is returned.
    was_sought : bool
        Whether the search for the fewest changes has looked for a plan already and found none.
    is_impossible : bool
        Whether it has proved that there is none, and something else has confirmed that.
    """
    inquiry = _Inquiry(school, policy, demand, options, before, should_stop or never)
    return inquiry.refused() if is_impossible else inquiry.run(was_sought=was_sought)


class _Inquiry:
    """One demand."""

    def __init__(
        self,
        school: School,
        policy: Policy,
        demand: Demand,
        options: SolveOptions,
        before: Score,
        should_stop: ShouldStop,
    ) -> None:
        self.school, self.policy, self.options, self.before = school, policy, options, before
        places = dict.fromkeys((_alike_at(school, lecture, period), period) for lecture, period in demand.places)
        self.demand = replace(demand, places=tuple(places))
        self.conditions = Conditions(school, policy, before, is_event=not demand.places)
        self.models = Models(self.conditions, self.demand)
        self.clock = Clock.of(options, should_stop)
        self.should_stop = should_stop
        self.cores = Cores(self.conditions, self.models, self.clock, options.seed)

    def run(self, *, was_sought: bool) -> WhyNot:
        """The answer where nothing is known yet."""
        if self._is_met_today():
            return WhyNot(verdict=Verdict.THERE)
        if self.conditions.is_event and not was_sought:
            # What repair finds in seconds must not wait for a core: most events can be met.
            plan, impossible = self._fewest(self.school, self.policy)
            if plan is not None:
                return WhyNot(verdict=Verdict.POSSIBLE, plan=plan)
            if impossible:
                return self.refused()
        found = self.cores.find(most=QUICK)
        if found.core is None:
            plan, impossible = self._fewest(self.school, self.policy)
            if impossible:
                return self.refused()
            if plan is None and found.plan is not None:
                plan = self._found(found.plan)
            if plan is not None:
                return WhyNot(verdict=Verdict.POSSIBLE, plan=plan)
            found = self.cores.find()
            if found.plan is not None:
                return WhyNot(verdict=Verdict.POSSIBLE, plan=self._found(found.plan))
        return self._explained(found.core, Verdict.UNDECIDED)

    def refused(self) -> WhyNot:
        """The answer where it is proved and confirmed already that no plan meets the demand."""
        # Whatever plan this finds cannot be one: the model of a core holds fewer rules than the one that proved it.
        return self._explained(self.cores.find().core, Verdict.IMPOSSIBLE)

    def _explained(self, core: Core | None, otherwise: Verdict) -> WhyNot:
        """Why a core rules the demand out, or what is known where none was confirmed in time."""
        if core is not None and core.confirmed:
            return self._impossible(core)
        return WhyNot(
            verdict=otherwise,
            ways_complete=False,
            suspected=() if core is None else core.conditions,
            nearest=self.cores.nearest(),
            stuck=self.models.stuck(),
        )

    def _is_met_today(self) -> bool:
        as_is = self.school.as_is
        stands = not self.demand.places or any(as_is[id_].period == period for id_, period in self.demand.places)
        settled = self.models.reach.is_settled and not self.conditions.broken(as_is)
        return stands and settled

    # -- plans -------------------------------------------------------------------------------------------------------

    def _found(self, timetable: Timetable) -> Plan:
        """A plan that was found on the way: nothing says that it is the best."""
        moved = self._moved(timetable)
        return Plan(timetable=timetable, moved=moved, points=moved, bound=0)

    def _moved(self, timetable: Timetable) -> int:
        as_is = self.school.as_is
        return sum(timetable[id_].period != as_is[id_].period for id_ in as_is if self.school.is_placed(id_))

    def _fewest(self, school: School, policy: Policy) -> tuple[Plan | None, bool]:
        """The plan with the fewest changes, and whether it is proved that there is none."""
        best: ExactRepair | None = None
        bounds: list[int] = []
        impossible = True
        for required in self._demands(school):
            found = self._search(school, policy, required, None if best is None else best.points)
            if found is None:
                impossible = False
                bounds.append(0)
                continue
            impossible = impossible and found.status is ExactStatus.IMPOSSIBLE
            if found.status in (ExactStatus.IMPOSSIBLE, ExactStatus.IMPOSSIBLE_UNCONFIRMED):
                continue
            bounds.append(found.bound)
            if found.points is not None and (best is None or best.points is None or found.points < best.points):
                best = found
        if best is None or best.timetable is None or best.points is None:
            return None, impossible
        bound = min(bounds, default=0)
        return Plan(timetable=best.timetable, moved=best.moved, points=best.points, bound=bound), False

    def _search(self, school: School, policy: Policy, required: Requirements, known: int | None) -> ExactRepair | None:
        """The fewest changes, unless it turns out that there are no fewer than known."""
        if self.clock.is_over:
            return None
        seen = 0

        def hear(progress: ExactProgress) -> None:
            nonlocal seen
            seen = max(seen, progress.bound)

        def stop() -> bool:
            return self.should_stop() or (known is not None and seen >= known)

        options = SolveOptions(
            time_limit=max(1.0, PLAN_SHARE * self.clock.left),
            workers=self.options.workers,
            seed=self.options.seed,
            deterministic=self.options.deterministic,
        )
        before = self.before if self.conditions.is_event else judge(school, school.as_is, policy.rules)
        return fewest_changes(
            school,
            policy,
            options,
            before=before,
            required=required,
            on_progress=hear,
            should_stop=stop,
            seek_nearest=False,
        )

    def _demands(self, school: School) -> Iterator[Requirements]:
        """What to require, one alternative after the other; those with the least in their way first."""
        if not self.demand.places:
            yield self.demand.required
            return
        for lecture, period in self._by_ease():
            yield put_at(school, lecture, period).required

    def _by_ease(self) -> list[tuple[str, Period]]:
        def effort(place: tuple[str, Period]) -> tuple[int, str]:
            lecture, period = place
            block = self.school.block_of[lecture]
            start = Period(period.day, period.number - block.lectures.index(lecture))
            return self.models.effort(block, start), lecture

        fits = {(block.id, start) for block, start in self.models.starts}
        places = []
        for lecture, period in self.demand.places:
            block = self.school.block_of[lecture]
            if (block.id, Period(period.day, period.number - block.lectures.index(lecture))) in fits:
                places.append((lecture, period))
        return sorted(places, key=effort)

    # -- ways out ----------------------------------------------------------------------------------------------------

    def _impossible(self, core: Core) -> WhyNot:
        """More cores until what is given up is enough; then other ways."""
        cores = [core]
        ways: list[Way] = []
        refused: list[frozenset[Condition]] = []
        rooms, complete = self._other_rooms(cores)
        while len(ways) < MOST_WAYS:
            sets = [found.conditions for found in cores]
            given_up = cheapest_hitting(sets, self._price, _key, refused)
            if given_up is None:
                break
            if ways and self._price_of(given_up) >= PHYSICAL:
                break
            if self.clock.is_over:
                complete = False
                break
            found = self._try(given_up)
            if isinstance(found, Core):
                cores.append(found)
                continue
            if found is None:
                complete = False
                break
            ways.append(found)
            refused.append(given_up)
        return WhyNot(
            verdict=Verdict.IMPOSSIBLE,
            cores=tuple(cores),
            ways=(*rooms, *ways)[:MOST_WAYS],
            ways_complete=complete,
            stuck=self.models.stuck(),
        )

    def _try(self, given_up: frozenset[Condition]) -> Way | Core | None:
        """What happens if some conditions are given up: a way, another core, or nothing in time."""
        found = self.cores.find(given_up, most=QUICK)
        if found.core is not None:
            return found.core if found.core.confirmed and found.core.conditions else None
        school, policy = relaxed(self.conditions, given_up)
        plan, impossible = self._fewest(school, policy)
        if plan is None and found.plan is not None:
            plan = self._found(found.plan)
        if plan is not None:
            return self._way(in_order(given_up), plan)
        if impossible:
            found = self.cores.find(given_up)
            if found.core is not None and found.core.confirmed and found.core.conditions:
                return found.core
        return None

    def _way(self, given_up: Collection[Condition], plan: Plan, *, other_rooms: bool = False) -> Way:
        after = judge(self.school, plan.timetable, self.policy.rules)
        cost = self._price_of(given_up)
        return Way(given_up=tuple(given_up), other_rooms=other_rooms, price=cost, plan=plan, after=after)

    def _other_rooms(self, cores: Collection[Core]) -> tuple[list[Way], bool]:
        """Where rooms stand in the way: whether other rooms of the same kind are enough, and whether that is known."""
        of_rooms = any(c.kind is Kind.ROOM and c.rule in ROOM_RULES for core in cores for c in core.conditions)
        of_rooms = of_rooms or any(kind is Kind.ROOM for kind, _name in self.demand.required.vacated)
        of_rooms = of_rooms or bool(self.demand.required.unfit)
        if not of_rooms or self.conditions.rooms_change:
            return [], True
        plan, impossible = self._fewest(self.school, self.policy.with_(room_changes=RoomChanges.SAME_KIND))
        ways = [] if plan is None else [self._way((), plan, other_rooms=True)]
        return ways, bool(ways) or impossible

    def _price(self, condition: Condition) -> int:
        return price(condition, self.policy)

    def _price_of(self, conditions: Collection[Condition]) -> int:
        return sum(map(self._price, conditions))


def _alike_at(school: School, lecture: str, period: Period) -> str:
    """The lecture that stands in a period already, if nobody can tell it from this one; else this one."""
    own = school.block_of[lecture].lectures
    return next(
        (id_ for id_ in twins_of(school, lecture) if id_ not in own and school.as_is[id_].period == period), lecture
    )


_key: Callable[[Condition], object] = lambda condition: condition.sort_key  # noqa: E731
