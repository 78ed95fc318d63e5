"""What the search of a repair knows of an event: a plan, that there is none, what has no place, what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from untisopt.domain.events import Event
from untisopt.domain.score import Score
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.policy import Policy
from untisopt.results.events import EventsDocument, ToldEvent
from untisopt.rules import judge
from untisopt.service.events.outcome import EventsOutcome, RepairOptions, events_document, remaining_of
from untisopt.service.events.search import Answer, Work, with_duties
from untisopt.service.reading.plan import Plan

WHOLE_SHARE = 0.5
"""Share of the time limit in which a plan may be sought in which everything has a place."""
PARTIAL_SHARE = 0.25
"""Share in which, where there is none, one may be sought in which as much as possible has a place."""
MOST_PARTIAL_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the search of a repair found.

    Parameters
    ----------
    answer : Answer
    document : EventsDocument
        What a repair would tell.
    remaining : tuple of str
        What the event breaks in every plan, because nothing that may move would mend it.
    """

    answer: Answer
    document: EventsDocument
    remaining: tuple[str, ...]

    @property
    def is_plan(self) -> bool:
        """Whether everything that may move has a place in the plan."""
        return self.answer.points is not None

    @property
    def is_impossible(self) -> bool:
        """Whether it is proved, and confirmed, that there is no such plan."""
        return self.answer.status == "impossible"


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """An event that is asked about.

    Parameters
    ----------
    plan : Plan
        What was read.
    told : tuple of ToldEvent
    event : Event
        All of them together.
    policy : Policy
        In force.
    notes : tuple of str
    options : SolveOptions
    should_stop : callable
    """

    plan: Plan
    told: Sequence[ToldEvent]
    event: Event
    policy: Policy
    notes: tuple[str, ...]
    options: SolveOptions
    should_stop: ShouldStop

    @cached_property
    def before(self) -> Score:
        """Of the plan that was read."""
        return judge(self.plan.school, self.plan.school.as_is, self.policy.rules)

    @cached_property
    def allowed(self) -> Score:
        """What may be broken: as before, and what the event makes lessons of number 0 break, which never move."""
        return with_duties(self.event.school, self.policy, self.before)

    def search(self) -> Known:
        """Search as a repair does, in a share of the time."""
        limit = self.options.time_limit
        exact = self._work(WHOLE_SHARE * limit).fewest_changes()
        partial = None
        if exact.timetable is None:
            partial = self._work(min(MOST_PARTIAL_SECONDS, PARTIAL_SHARE * limit)).best_partial()
        timetable = exact.timetable if partial is None else partial.timetable
        if timetable is None:
            timetable = self.event.school.as_is
        answer = Answer(timetable=timetable, exact=exact, partial=partial)
        outcome = self._outcome(answer)
        document = events_document(outcome)
        remaining = document.remaining
        if answer.points is None:
            # What remains broken in a plan that leaves something over need not remain in all of them.
            remaining = remaining_of(replace(outcome, answer=replace(answer, partial=None)))
        return Known(answer=answer, document=document, remaining=remaining)

    def _outcome(self, answer: Answer) -> EventsOutcome:
        return EventsOutcome(
            plan=self.plan,
            told=tuple(self.told),
            event=self.event,
            policy=self.policy,
            answer=answer,
            before=self.before,
            notes=self.notes,
            options=RepairOptions(solve=self.options),
        )

    def _work(self, seconds: float) -> Work:
        """The search of a repair, in so much time."""
        return Work(
            event=self.event,
            policy=self.policy,
            before=self.allowed,
            solve=replace(self.options, time_limit=seconds),
            by_people=False,
            should_stop=self.should_stop,
            on_progress=None,
        )
