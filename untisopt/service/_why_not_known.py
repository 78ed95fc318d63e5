"""What the search of a repair knows of an event: a plan, that there is none, what has no place, what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from untisopt.domain.events import Event
from untisopt.domain.score import Score
from untisopt.policy import Policy
from untisopt.report.repair_document import EventsDocument, ToldEvent
from untisopt.rules import judge
from untisopt.service._repair_outcome import EventsOutcome, RepairOptions, events_document
from untisopt.service._repair_search import FIRST_SHARE, Answer, with_duties
from untisopt.service.reading import Plan
from untisopt.solve.session import ShouldStop, SolveOptions

if TYPE_CHECKING:
    from untisopt.solve.exact import ExactPartial, ExactRepair

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
        exact = self._fewest_changes()
        partial = None if exact.timetable is not None else self._best_partial()
        timetable = exact.timetable if partial is None else partial.timetable
        if timetable is None:
            timetable = self.event.school.as_is
        answer = Answer(timetable=timetable, exact=exact, partial=partial)
        document = self._document(answer)
        remaining = document.remaining
        if answer.points is None:
            # What remains broken in a plan that leaves something over need not remain in all of them.
            remaining = self._document(Answer(timetable=timetable, exact=exact, partial=None)).remaining
        return Known(answer=answer, document=document, remaining=remaining)

    def _document(self, answer: Answer) -> EventsDocument:
        outcome = EventsOutcome(
            plan=self.plan,
            told=tuple(self.told),
            event=self.event,
            policy=self.policy,
            answer=answer,
            before=self.before,
            notes=self.notes,
            options=RepairOptions(solve=self.options),
        )
        return events_document(outcome)

    def _fewest_changes(self) -> ExactRepair:
        # Imported late: the solver takes longer to load than a plan takes to read and judge.
        from untisopt.solve.exact import fewest_changes

        return fewest_changes(
            self.event.school,
            self.policy,
            replace(self.options, time_limit=WHOLE_SHARE * self.options.time_limit),
            before=self.allowed,
            required=self.event.required,
            should_stop=self.should_stop,
            seek_nearest=False,
            share_without_plan=FIRST_SHARE,
        )

    def _best_partial(self) -> ExactPartial:
        from untisopt.solve.exact import best_partial

        seconds = min(MOST_PARTIAL_SECONDS, PARTIAL_SHARE * self.options.time_limit)
        return best_partial(
            self.event.school,
            self.policy,
            replace(self.options, time_limit=seconds),
            before=self.allowed,
            required=self.event.required,
            should_stop=self.should_stop,
        )
