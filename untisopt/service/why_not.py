"""Answer whether a wish or an event can be met; if not, why, and what would have to be given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.events import Requirements, combined
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.io.event_text import parse_events
from untisopt.io.wish_text import parse_wish
from untisopt.policy import Policy
from untisopt.report.why_not_document import PlanFound, Reasons, Stuck, WayOut, WhyNotDocument
from untisopt.rules import judge
from untisopt.service.reading import PathLike, Plan, PolicyLike, as_plan
from untisopt.service.repair import RepairOptions, policy_for
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
    rooms_as_stated: bool = False,
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
    rooms_as_stated : bool
        Whether lectures keep their rooms unless the policy says otherwise, even where an event is about rooms.
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
        question = _Question(school=read.school, policy=read.policy, asked=meant.text, places=meant.places)
        return _answer(read, question, wanted, should_stop)
    happenings = parse_events(events, read.school)
    event = combined(read.school, happenings)
    if event.required.cuts:
        raise UsageError(_fewer_periods())
    in_force, notes = policy_for(read.policy, happenings, RepairOptions(rooms_as_stated=rooms_as_stated))
    question = _Question(
        school=event.school, policy=in_force, asked="; ".join(events), required=event.required, notes=notes
    )
    return _answer(read, question, wanted, should_stop)


def _fewer_periods() -> str:
    return _(
        "why-not cannot be asked about fewer periods: with these some lecture always loses its place, and which one is "
        "for untisopt repair to choose. Ask repair with the same events; or ask why-not with "
        '"remove" about a whole lesson, or with "away" about the periods that are to be free.'
    )


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What is asked: of which school, under which policy."""

    school: School
    policy: Policy
    asked: str
    places: tuple[tuple[str, Period], ...] = ()
    required: Requirements = field(default_factory=Requirements)
    notes: tuple[str, ...] = ()


def _answer(plan: Plan, question: _Question, options: SolveOptions, should_stop: ShouldStop | None) -> WhyNotDocument:
    # Imported late: the solver takes longer to load than a wish takes to read.
    from untisopt.solve import why_not as search

    school, policy, places = question.school, question.policy, question.places
    before = judge(plan.school, plan.school.as_is, policy.rules)
    demand = search.Demand(places=places, required=question.required)
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
        asked=question.asked,
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
        suspected=found.suspected,
        nearest=found.nearest,
        stuck=tuple(_stuck(question, block) for block in found.stuck),
        notes=question.notes,
    )


def _stuck(question: _Question, block: Block) -> Stuck:
    """What of the event leaves no period to a block."""
    school, required = question.school, question.required
    week = set(school.grid.periods)
    slots = school.room_slots[block.id]
    uses = {(Kind.ROOM, slot.room) for slot in slots}
    people = {person for lecture in block.lectures for person in school.people[lecture]}
    out = {resource: week - required.vacated[resource] for resource in uses | people if resource in required.vacated}
    unfit = {
        slot.room: None
        for slot in slots
        if any(slot.room in required.unfit.get((lecture, course), ()) for lecture, course, _i in slot.positions)
    }
    told = [_out(resource, len(out[resource] - required.dropped)) for resource in sorted(out)]
    closed = [name for kind, name in sorted(out) if kind is Kind.ROOM]
    return Stuck(
        lecture=block.lectures[0],
        rooms=tuple(dict.fromkeys([*closed, *unfit])),
        why=(*told, *(_too_small(school, room) for room in unfit)),
    )


def _out(resource: Resource, left: int) -> str:
    kind, name = resource
    if left:
        text = _("{name} is away in all but {count} periods of the week")
        if kind is Kind.ROOM:
            text = _("{name} is closed in all but {count} periods of the week")
        return text.format(name=name, count=left)
    text = _("{name} is closed all week") if kind is Kind.ROOM else _("{name} is away all week")
    return text.format(name=name)


def _too_small(school: School, room: str) -> str:
    size = school.rooms[room].capacity
    if size is None:
        return _("{name} is not suitable any more").format(name=room)
    return _("{name} is too small ({size} seats)").format(name=room, size=size)
