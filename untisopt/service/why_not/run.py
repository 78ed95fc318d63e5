"""Answer whether a wish or an event can be met; if not, why, and what would have to be given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move, changes
from untisopt.domain.events import Requirements, combined
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Violation
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.engines.session import ShouldStop, SolveOptions, never
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.io.events.text import parse_events
from untisopt.io.events.wishes import parse_wish
from untisopt.policy import Policy
from untisopt.results.events import ToldEvent
from untisopt.results.why_not import IMPOSSIBLE, UNDECIDED, PlanFound, Reasons, Stuck, WayOut, WhyNotDocument
from untisopt.rules import judge
from untisopt.service.events.run import RepairOptions, policy_for
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.service.why_not.known import Inquiry, Known

if TYPE_CHECKING:
    from untisopt.solve.why_not.answer import Plan as PlanOfSearch
    from untisopt.solve.why_not.answer import Way as WayOfSearch
    from untisopt.solve.why_not.answer import WhyNot as WhyNotFound

LEAST_SHARE = 0.25
"""Share of the time limit that the search for reasons has, however long the search for a plan took."""

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
        return _answer(read, question, wanted, should_stop or never)
    happenings = parse_events(events, read.school)
    event = combined(read.school, happenings)
    if event.required.cuts:
        raise UsageError(_fewer_periods())
    in_force, notes = policy_for(read.policy, happenings, RepairOptions(rooms_as_stated=rooms_as_stated))
    question = _Question(
        school=event.school, policy=in_force, asked="; ".join(events), required=event.required, notes=notes
    )
    inquiry = Inquiry(
        plan=read,
        told=[ToldEvent(text=text, happening=one) for text, one in zip(events, happenings, strict=True)],
        event=event,
        policy=in_force,
        notes=notes,
        options=wanted,
        should_stop=should_stop or never,
    )
    return _answer_after(inquiry, question)


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


def _answer(plan: Plan, question: _Question, options: SolveOptions, should_stop: ShouldStop) -> WhyNotDocument:
    """The answer to a wish."""
    # Imported late: the solver takes longer to load than a wish takes to read.
    from untisopt.solve.why_not import answer as search

    before = judge(plan.school, plan.school.as_is, question.policy.rules)
    demand = search.Demand(places=question.places)
    found = search.why_not(question.school, question.policy, demand, options, before=before, should_stop=should_stop)
    return _document(plan, question, before, options, found)


def _answer_after(inquiry: Inquiry, question: _Question) -> WhyNotDocument:
    """The answer to events: what the search of a repair finds, and where that is no plan, why there is none."""
    clock = Clock()
    known = inquiry.search()
    found = _of_repair(known) if known.is_plan else _reasons_of(inquiry, question, known, clock.elapsed)
    document = _document(inquiry.plan, question, inquiry.before, inquiry.options, found)
    is_open = document.verdict in (IMPOSSIBLE, UNDECIDED)
    return replace(
        document,
        verdict=IMPOSSIBLE if known.remaining else document.verdict,
        rest=document.verdict,
        remaining=known.remaining,
        repair=known.document if is_open else None,
    )


def _of_repair(known: Known) -> WhyNotFound:
    """The plan of a repair; where nothing changes, today's plan stands."""
    from untisopt.solve.why_not import answer as search

    answer = known.answer
    if not known.document.moves and not known.document.placed:
        return search.WhyNot(verdict=search.Verdict.THERE)
    plan = search.Plan(
        timetable=answer.timetable, moved=known.document.moved, points=answer.points or 0, bound=answer.bound or 0
    )
    return search.WhyNot(verdict=search.Verdict.POSSIBLE, plan=plan)


def _reasons_of(inquiry: Inquiry, question: _Question, known: Known, used: float) -> WhyNotFound:
    """Why there is no plan, in the time that is left."""
    from untisopt.solve.why_not import answer as search

    options = inquiry.options
    left = LEAST_SHARE * options.time_limit
    if not options.deterministic:
        left = max(left, options.time_limit - used)
    return search.why_not(
        question.school,
        question.policy,
        search.Demand(required=question.required),
        replace(options, time_limit=left),
        before=inquiry.allowed,
        should_stop=inquiry.should_stop,
        was_sought=True,
        is_impossible=known.is_impossible,
    )


def _document(
    plan: Plan, question: _Question, before: Score, options: SolveOptions, found: WhyNotFound
) -> WhyNotDocument:
    school, policy, places = question.school, question.policy, question.places

    def told(of: PlanOfSearch, after: Score | None = None) -> PlanFound:
        return PlanFound(
            moves=_since(plan.school, school, of.timetable),
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
                meant=_meant(way, school, before),
            )
            for way in found.ways
        ),
        ways_complete=found.ways_complete,
        suspected=found.suspected,
        nearest=found.nearest,
        stuck=tuple(_stuck(question, block) for block in found.stuck),
        notes=question.notes,
    )


def _since(original: School, school: School, timetable: Timetable) -> tuple[Move, ...]:
    """What differs from the plan that was read: an event may have changed rooms already. Lectures it adds come last."""
    common = [id_ for id_ in timetable if id_ in original.lectures]
    new = (id_ for id_ in timetable if id_ not in original.lectures)
    moves = changes(original.as_is.only(common), timetable.only(common))
    return (*moves, *(Move(id_, school.as_is[id_], timetable[id_]) for id_ in new))


def _meant(way: WayOfSearch, school: School, before: Score) -> frozenset[Violation]:
    """What the plan of a way breaks because it was given up: nobody has to be told of it again."""
    from untisopt.solve.why_not.answer import condition_of

    known = set(before.violations)
    return frozenset(v for v in way.after.violations if v not in known and condition_of(v, school) in way.given_up)


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
