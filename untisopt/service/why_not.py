"""Answer whether a wish or an event can be met; if not, why, and what would have to be given up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from untisopt.domain.changes import changes
from untisopt.domain.events import Requirements, combined
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.io.event_text import parse_events
from untisopt.io.wish_text import parse_wish
from untisopt.report.why_not_document import PlanFound, Reasons, WayOut, WhyNotDocument
from untisopt.rules import judge
from untisopt.service.reading import PathLike, Plan, PolicyLike, as_plan
from untisopt.solve.session import ShouldStop, SolveOptions

if TYPE_CHECKING:
    from untisopt.solve.why_not import Plan as PlanOfSearch

__all__ = ["why_not"]


def why_not(
    plan: Plan | PathLike,
    policy: PolicyLike = None,
    *,
    wish: str | None = None,
    events: Sequence[str] = (),
    options: SolveOptions | None = None,
    should_stop: ShouldStop | None = None,
) -> WhyNotDocument:
    """Say whether a wish can be met, or a plan be found after events; if not, why, and what would make it possible.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.
    wish : str or None
        Such as `Ma 7.1 Di 3`.
    events : sequence of str
        Such as `away Arnd Mon`, in the order in which they happen.
    options : SolveOptions or None
        None: the defaults.
    should_stop : callable or None
        Asked now and then; True ends the search with what is known.

    Raises
    ------
    InputError
        The export, the policy, the wish or an event cannot be read.
    UsageError
        Not exactly one of `wish` and `events` is given.
    """
    if (wish is None) != bool(events):
        raise UsageError(_("one of --wish and --event is needed"))
    read = as_plan(plan, policy)
    wanted = SolveOptions() if options is None else options
    if wish is not None:
        meant = parse_wish(wish, read.school)
        return _answer(read, read.school, meant.text, meant.places, Requirements(), wanted, should_stop)
    event = combined(read.school, parse_events(events, read.school))
    if event.required.cuts:
        raise UsageError(
            _("why-not cannot be asked about lectures that lose their place; untisopt repair says which ones do")
        )
    return _answer(read, event.school, "; ".join(events), (), event.required, wanted, should_stop)


def _answer(
    plan: Plan,
    school: School,
    asked: str,
    places: tuple,  # type: ignore[type-arg]
    required: Requirements,
    options: SolveOptions,
    should_stop: ShouldStop | None,
) -> WhyNotDocument:
    # Imported late: the solver takes longer to load than a wish takes to read.
    from untisopt.solve import why_not as search

    policy = plan.policy
    before = judge(plan.school, plan.school.as_is, policy.rules)
    demand = search.Demand(places=places, required=required)
    found = search.why_not(school, policy, demand, options, before=before, should_stop=should_stop)

    def told(of: PlanOfSearch, after: Score | None = None) -> PlanFound:
        return PlanFound(
            moves=changes(school.as_is, of.timetable),
            moved=of.moved,
            is_minimum=of.is_minimum,
            bound=of.bound,
            after=judge(school, of.timetable, policy.rules) if after is None else after,
        )

    return WhyNotDocument(
        source=plan.source,
        school=school,
        policy=policy,
        asked=asked,
        is_event=not places,
        places=places,
        verdict=found.verdict.value,
        seconds=options.time_limit,
        before=before,
        plan=None if found.plan is None else told(found.plan),
        reasons=tuple(Reasons(conditions=core.conditions, smallest=core.smallest) for core in found.cores),
        ways=tuple(
            WayOut(
                given_up=way.given_up,
                other_rooms=way.other_rooms,
                physical=way.is_physical,
                plan=told(way.plan, way.after),
            )
            for way in found.ways
        ),
        ways_complete=found.ways_complete,
    )
