"""What a repair after events has come to: the lectures by what has become of them, and the document of the reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move, changes
from untisopt.domain.events import Event, Happening
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.session import SolveOptions
from untisopt.i18n import _
from untisopt.policy import Policy
from untisopt.report.words.findings import findings
from untisopt.results.events import EventsDocument, ToldEvent, Unplaced
from untisopt.rules import judge
from untisopt.service.events.exceptions import exceptions
from untisopt.service.events.leftovers import left_behind, supervisions_left, takeover_notes
from untisopt.service.events.notes import date_notes, gap_notes, shortages
from untisopt.service.events.obstacles import everywhere, obstacles
from untisopt.service.events.search import Answer, with_duties
from untisopt.service.optimise.run import versions
from untisopt.service.reading.plan import Plan
from untisopt.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOptions:
    """How to repair after events.

    Parameters
    ----------
    solve : SolveOptions
    by_people : bool
        Whether a change counts once for every teacher and grade that it touches; else once.
    rooms_as_stated : bool
        Whether lectures keep their rooms unless the policy says otherwise, even where an event is about rooms.
    asked_with : tuple of str
        Options of the command line with which the plan was read: whoever asks why something is impossible needs them.
    """

    solve: SolveOptions = field(default_factory=SolveOptions)
    by_people: bool = False
    rooms_as_stated: bool = False
    asked_with: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EventsOutcome:
    """One repair after events.

    Parameters
    ----------
    plan : Plan
        What was read.
    told : tuple of ToldEvent
    event : Event
        All of them together.
    policy : Policy
        In force, which may let rooms change where that of the plan does not.
    answer : Answer
    before : Score
        Of the plan that was read.
    notes : tuple of str
    options : RepairOptions
    """

    plan: Plan
    told: tuple[ToldEvent, ...]
    event: Event
    policy: Policy
    answer: Answer
    before: Score
    notes: tuple[str, ...]
    options: RepairOptions

    @property
    def happenings(self) -> list[Happening]:
        """What happens, in its order."""
        return [one.happening for one in self.told]


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """The lectures of a repaired plan by what has become of them."""

    moves: tuple[Move, ...]
    placed: tuple[Move, ...]
    unplaced: tuple[str, ...]
    cut: tuple[str, ...]
    removed: tuple[str, ...]
    gone_for_good: int
    """How many of the removed are cut by the search: as many in every plan, so none of them is left over."""

    @classmethod
    def of(cls, original: School, event: Event, answer: Answer) -> _Parts:
        """Compare with the plan that was read, whose rooms may differ from those of the event's own plan."""
        school, timetable = event.school, answer.timetable
        partial = answer.partial
        off = _off_plan(timetable)
        cut = () if partial is None else partial.cut
        for_good = () if partial is None else partial.gone
        common = [id_ for id_ in timetable if id_ in original.lectures and id_ not in off]
        gone = [id_ for id_ in original.lectures if id_ not in school.lectures]
        return cls(
            moves=changes(original.as_is.only(common), timetable.only(common)),
            placed=tuple(
                Move(id_, school.as_is[id_], timetable[id_])
                for id_ in timetable
                if id_ not in original.lectures and id_ not in off
            ),
            unplaced=() if partial is None else partial.unplaced,
            cut=tuple(id_ for id_ in cut if id_ not in for_good),
            removed=(*gone, *(id_ for id_ in cut if id_ in for_good)),
            gone_for_good=len(for_good),
        )


def _off_plan(timetable: Timetable) -> set[str]:
    return {id_ for id_, place in timetable.items() if place.period.day < 1}


def events_document(outcome: EventsOutcome) -> EventsDocument:
    """Everything that the reports on a repair say."""
    plan, event, answer = outcome.plan, outcome.event, outcome.answer
    exact, partial = answer.exact, answer.partial
    parts = _Parts.of(plan.school, event, answer)
    remaining = remaining_of(outcome)
    # A plan that stays as it is does not fit if something remains broken all the same.
    fits = bool(answer.points) or not remaining
    search = outcome.options.solve
    return EventsDocument(
        source=plan.source,
        original=plan.school,
        school=event.school,
        policy=outcome.policy,
        events=outcome.told,
        status=answer.status,
        moves=parts.moves,
        placed=parts.placed,
        unplaced=_explained(outcome, parts.unplaced),
        shortages=shortages(event, parts.unplaced),
        cut=parts.cut,
        removed=parts.removed,
        before=outcome.before,
        after=_after(outcome, parts),
        remaining=remaining,
        points=answer.points if fits else None,
        bound=answer.bound if fits else None,
        least_unplaced=0 if partial is None else max(0, partial.least_unplaced - parts.gone_for_good),
        left=0 if partial is None else partial.left - parts.gone_for_good,
        least_left=0 if partial is None else max(0, partial.least - parts.gone_for_good),
        least_moved=0 if partial is None else partial.least_moved,
        is_best=partial.is_best if partial is not None else bool(exact and exact.status == "minimum"),
        by_people=outcome.options.by_people,
        solvers=answer.solvers,
        seconds={
            **({} if exact is None else exact.seconds),
            **({} if partial is None else {"partial": partial.seconds}),
        },
        notes=_notes(outcome, parts),
        ask=_question(outcome),
        options={
            "time_limit": search.time_limit,
            "workers": search.workers,
            "seed": search.seed,
            "deterministic": search.deterministic,
        },
        versions=versions(),
    )


def _notes(outcome: EventsOutcome, parts: _Parts) -> tuple[str, ...]:
    plan, timetable = outcome.plan, outcome.answer.timetable
    return (
        *gap_notes(plan.school, outcome.event, outcome.policy, timetable, (*parts.removed, *parts.cut)),
        *date_notes(outcome.happenings),
        *takeover_notes(outcome.happenings, plan.school),
        *outcome.notes,
    )


def _question(outcome: EventsOutcome) -> tuple[str, ...]:
    """The words of the command that says what stands in the way; none where nothing does, or it cannot be asked."""
    plan, policy = outcome.plan, outcome.policy
    if outcome.answer.status in ("minimum", "best-found") or outcome.event.required.cuts:
        return ()
    rooms = ("--room-changes", policy.room_changes.value) if policy.room_changes is not plan.policy.room_changes else ()
    events = (word for found in outcome.told for word in ("--event", found.text))
    return ("untisopt", "why-not", plan.source.path, *outcome.options.asked_with, *rooms, *events)


def _after(outcome: EventsOutcome, parts: _Parts) -> Score:
    """The score without findings about lectures that have no place, and without added lectures as moved ones."""
    timetable = outcome.answer.timetable
    off = _off_plan(timetable)
    added = {move.lecture for move in parts.placed}
    score = judge(outcome.event.school, timetable, outcome.policy.rules)
    passed_over = {rule: off | added if found.tier is Tier.CHANGES else off for rule, found in score.rules.items()}
    return score.only(v for v in score.violations if passed_over[v.rule].isdisjoint(v.facts.lectures))


def _explained(outcome: EventsOutcome, lectures: tuple[str, ...]) -> tuple[Unplaced, ...]:
    """Why each of the lectures has no place; the lectures of a block have none for the same reasons."""
    school, required, timetable = outcome.event.school, outcome.event.required, outcome.answer.timetable
    found: list[Unplaced] = []
    for block in dict.fromkeys(school.block_of[id_] for id_ in lectures):
        always = everywhere(school, required, block)
        reasons = () if always else obstacles(school, outcome.policy, required, timetable, block)
        starts = [Period(*where) for where, _why in reasons]
        allowed = exceptions(school, outcome.policy, required, timetable, block, starts)
        found += [
            Unplaced(lecture=id_, reasons=reasons, everywhere=always, exceptions=allowed) for id_ in block.lectures
        ]
    by_lecture = {unplaced.lecture: unplaced for unplaced in found}
    return tuple(by_lecture[id_] for id_ in lectures)


def remaining_of(outcome: EventsOutcome) -> tuple[str, ...]:
    """What the events break and no plan mends, in words."""
    return (
        *_still_broken(outcome),
        *left_behind(outcome.happenings, outcome.event.school, outcome.answer.timetable),
        *_duties(outcome),
        *supervisions_left(outcome.happenings, outcome.plan.school),
    )


def _still_broken(outcome: EventsOutcome) -> tuple[str, ...]:
    """The rules that remain broken; the same in several kinds of weeks is one thing."""
    partial, rules = outcome.answer.partial, outcome.policy.rules
    left = () if partial is None else partial.remaining
    by_rule = {rule.id: [v for v in left if v.rule == rule.id] for rule in rules}
    found = (findings(outcome.event.school, rule, by_rule[rule.id]) for rule in rules)
    return tuple(dict.fromkeys(finding.text for several in found for finding in several))


def _duties(outcome: EventsOutcome) -> tuple[str, ...]:
    """What lessons of number 0 break by the event, in words."""
    school = outcome.event.school
    known = set(outcome.before.violations)
    rules = {rule.id: rule for rule in outcome.policy.rules}
    found = [
        rules[v.rule].explain(v, school)
        for v in with_duties(school, outcome.policy, outcome.before).violations
        if v not in known
    ]
    text = _("lessons without a number never move: {finding}")
    return tuple(dict.fromkeys(capitalised(text.format(finding=finding)) for finding in found))
