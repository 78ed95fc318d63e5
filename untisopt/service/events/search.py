"""The search for a plan after events: everything has a place if that is possible, else as much as possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from untisopt.domain.events import Event
from untisopt.domain.school import School
from untisopt.domain.score import Score, Violation
from untisopt.domain.timetable import Timetable
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy
from untisopt.rules import judge

if TYPE_CHECKING:
    from untisopt.solve.events.search import ExactPartial, ExactRepair, OnExactProgress

FIRST_SHARE = 0.7
"""Share of the time limit in which a plan must be found in which everything has a place; the rest is for one that has
not."""

AS_MUCH_AS_POSSIBLE = "search for as much as possible"
"""Who confirms that not everything can have a place, where the search for as much as possible proves it as well."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the search found."""

    timetable: Timetable
    exact: ExactRepair | None
    partial: ExactPartial | None

    @property
    def status(self) -> str:
        """As in an EventsDocument."""
        if self.exact is not None and not self.is_whole_after_all:
            if self.is_impossible_after_all:
                return "impossible-unconfirmed"
            return "impossible" if self.is_confirmed_after_all else self.exact.status.value
        if self.points is not None and self.bound is not None and self.bound >= self.points:
            return "minimum"  # what the first search could not reach is what the second one has found
        return "minimum" if self.partial is not None and self.partial.is_best else "best-found"

    @property
    def is_whole_after_all(self) -> bool:
        """Whether the search for as much as possible found a place for everything; a plan refutes any "no"."""
        found = self.partial is not None and self.partial.points is not None
        return found and self.exact is not None and self.exact.timetable is None

    @property
    def is_impossible_after_all(self) -> bool:
        """Whether that search proved that there is none."""
        found = self.partial is not None and self.partial.is_whole_impossible
        return found and self.exact is not None and self.exact.status.value == "undecided"

    @property
    def is_confirmed_after_all(self) -> bool:
        """Whether that search, which has another model, confirmed what a single solve had said."""
        found = self.partial is not None and self.partial.is_whole_impossible
        return found and self.exact is not None and self.exact.status.value == "impossible-unconfirmed"

    @property
    def points(self) -> int | None:
        """What the changes cost, where everything has a place."""
        if self.partial is not None and self.is_whole_after_all:
            return self.partial.points
        return None if self.exact is None else self.exact.points

    @property
    def bound(self) -> int | None:
        """What they cost at least."""
        if self.exact is None or self.partial is None or not self.is_whole_after_all:
            return None if self.exact is None else self.exact.bound
        own = self.partial.bound or 0
        # The bound of a search that took a plan for impossible says nothing of it.
        return max(self.exact.bound, own) if self.exact.status.value == "undecided" else own

    @property
    def solvers(self) -> tuple[str, ...]:
        """Who proved it, and who confirmed it."""
        if self.partial is not None and (self.is_whole_after_all or self.is_impossible_after_all):
            return (self.partial.solver,)
        if self.exact is None:
            return ()
        return (*self.exact.solvers, AS_MUCH_AS_POSSIBLE) if self.is_confirmed_after_all else self.exact.solvers


@dataclass(frozen=True)
class Work:
    """One search: everything has a place if that is possible, else as much as possible."""

    event: Event
    policy: Policy
    before: Score
    solve: SolveOptions
    by_people: bool
    should_stop: Callable[[], bool]
    on_progress: OnExactProgress | None

    def search(self) -> Answer:
        """Search as long as the options allow."""
        exact = None if self.event.required.cuts else self.fewest_changes()
        return self._answer(exact)

    def search_known(self) -> Answer | None:
        """The same, but where it stays open whether everything can have a place, nothing is looked for any more."""
        exact = None if self.event.required.cuts else self.fewest_changes()
        return None if exact is not None and exact.status.value == "undecided" else self._answer(exact)

    def _answer(self, exact: ExactRepair | None) -> Answer:
        if exact is not None and exact.timetable is not None:
            return Answer(timetable=exact.timetable, exact=exact, partial=None)
        partial = self.best_partial(0.0 if exact is None else exact.seconds["total"])
        return Answer(timetable=partial.timetable, exact=exact, partial=partial)

    def fewest_changes(self) -> ExactRepair:
        """Search for a plan in which everything has a place."""
        # Imported late: the solver takes longer to load than a plan takes to read and judge.
        from untisopt.solve.events.search import fewest_changes

        return fewest_changes(
            self.event.school,
            self.policy,
            self.solve,
            before=self.before,
            required=self.event.required,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
            by_people=self.by_people,
            seek_nearest=False,
            share_without_plan=FIRST_SHARE,
        )

    def best_partial(self, used: float = 0.0) -> ExactPartial:
        """Search for one in which as much as possible has a place; so many seconds of the time are gone."""
        from untisopt.solve.events.search import best_partial

        return best_partial(
            self.event.school,
            self.policy,
            self.solve,
            before=self.before,
            required=self.event.required,
            by_people=self.by_people,
            seconds=self.solve.time_limit - used,
            should_stop=self.should_stop,
        )


def with_duties(school: School, policy: Policy, before: Score) -> Score:
    """The score before, and what lessons of number 0 break by the event: they never move, somebody covers them."""
    from untisopt.solve.events.search import newly_found, tolerant

    now = judge(school, school.as_is, policy.rules)
    duties = [v for v in newly_found(now, before) if v.facts.lectures and not _has_regular(school, v)]
    return tolerant(before, duties)


def _has_regular(school: School, violation: Violation) -> bool:
    return any(school.lectures[id_].lesson for id_ in violation.facts.lectures)
