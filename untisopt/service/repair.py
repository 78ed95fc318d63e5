"""Repair the plan of an export after events: the fewest changes, proved where that succeeds, and what remains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from untisopt.domain.changes import Move, changes
from untisopt.domain.events import Added, Away, Event, GradeMoved, GroupGrown, Happening, combined
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.errors import InternalError, UsageError
from untisopt.i18n import _
from untisopt.io._output_checks import check_folder, check_places
from untisopt.io.event_text import parse_events
from untisopt.io.events_file import EventSource, read_events
from untisopt.io.output import write_folder
from untisopt.policy import Policy, RoomChanges
from untisopt.report._findings import findings
from untisopt.report.repair_document import EventsDocument, ToldEvent, Unplaced
from untisopt.rules import judge
from untisopt.service._repair_files import repair_files, repair_names
from untisopt.service._repair_leftovers import left_behind, supervisions_left, takeover_notes
from untisopt.service._repair_notes import date_notes, gap_notes, shortages
from untisopt.service._repair_obstacles import everywhere, obstacles
from untisopt.service.optimise import versions
from untisopt.service.reading import PathLike, Plan, PolicyLike, as_plan, folder_of
from untisopt.solve.session import ShouldStop, SolveOptions
from untisopt.wording import capitalised

if TYPE_CHECKING:
    from untisopt.solve.exact import ExactPartial, ExactRepair, OnExactProgress

REPAIR_FOLDER = "untisopt-repair"
FIRST_SHARE = 0.7
"""Share of the time limit for the plan in which everything has a place; the rest is for the best one that has not."""

__all__ = [
    "RepairOptions",
    "RepairResult",
    "ToldEvent",
    "check_repair_target",
    "default_repair_out",
    "read_all",
    "repair",
    "repair_names",
]


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
class RepairResult(EventsDocument):
    """A plan repaired after events; the parameters are those of an EventsDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    timetable : Timetable
        The repaired plan; lectures without a place stand on weekdays below 1.
    files : mapping of str to bytes
        Everything that :meth:`write` writes.
    """

    plan: Plan = field(repr=False)
    timetable: Timetable = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)

    def write(self, out: PathLike, *, force: bool = False) -> None:
        """Write all files into a folder, or nothing at all.

        Raises
        ------
        OutputError
            The folder is not empty (and `force` is not set), or the system refuses.
        """
        write_folder(Path(out), self.files, force=force, protect=self.plan.input_files)


def read_all(plan: Plan, texts: Iterable[str] = (), file: PathLike | None = None) -> tuple[ToldEvent, ...]:
    """Read events from the command line and from a file; those of the file come first.

    Raises
    ------
    InputError
        With the defects of all of them.
    UsageError
        There is none.
    """
    wanted = list(texts)
    found: tuple[EventSource, ...] = read_events(plan.school, wanted, None if file is None else Path(file))
    if not found:
        raise UsageError(_("no event: say what happens with --event or --events"))
    return tuple(ToldEvent(text=source.text, happening=source.happening) for source in found)


def repair(
    plan: Plan | PathLike,
    events: Sequence[ToldEvent] | Sequence[str],
    options: RepairOptions | None = None,
    *,
    policy: PolicyLike = None,
    on_progress: OnExactProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> RepairResult:
    """Repair a plan after events, with the fewest changes; nothing is written until the result is told to.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    events : sequence of str or ToldEvent
        Such as `away Arnd Mon`; in the order in which they happen.
    options : RepairOptions or None
        None: the defaults.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.
    on_progress : callable or None
        Called with an ExactProgress.
    should_stop : callable or None
        Asked now and then; True ends the search with what is known.

    Returns
    -------
    RepairResult

    Raises
    ------
    InputError
        The export, the policy or an event cannot be read.
    InternalError
        The result breaks an invariant; nothing of it can be used.
    """
    read = as_plan(plan, policy)
    wanted = RepairOptions() if options is None else options
    told = _told(read, events)
    happenings = [event.happening for event in told]
    event = combined(read.school, happenings, [one.text for one in told])
    in_force, notes = policy_for(read.policy, happenings, wanted)
    before = judge(read.school, read.school.as_is, in_force.rules)
    allowed = _with_duties(event.school, in_force, before)
    work = _Work(event, in_force, allowed, wanted, should_stop or _never, on_progress)
    answer = work.search()
    _verify(read, event, answer.timetable)
    return _result(read, told, event, in_force, answer, before, notes, wanted)


def default_repair_out(path: Path) -> Path:
    """Where the result goes unless something else is wanted: a folder beside the input."""
    return folder_of(path) / REPAIR_FOLDER


def check_repair_target(plan: Plan, out: Path, *, force: bool) -> None:
    """Refuse a folder that has content, is no folder, or where a file of the input would be replaced.

    Raises
    ------
    OutputError
        The result could not be written there.
    """
    root = out.resolve()
    check_folder(out, root, force=force)
    check_places(root, repair_names(plan), plan.input_files)


def _told(plan: Plan, events: Sequence[ToldEvent] | Sequence[str]) -> tuple[ToldEvent, ...]:
    texts = [event for event in events if isinstance(event, str)]
    read = iter(parse_events(texts, plan.school))
    return tuple(ToldEvent(text=event, happening=next(read)) if isinstance(event, str) else event for event in events)


def policy_for(
    policy: Policy, happenings: Iterable[Happening], options: RepairOptions
) -> tuple[Policy, tuple[str, ...]]:
    """Let rooms of one kind stand in for one another where an event is about rooms."""
    if policy.room_changes is not RoomChanges.NONE or options.rooms_as_stated:
        return policy, ()
    if not any(_is_about_rooms(happening) for happening in happenings):
        return policy, ()
    note = _("lectures may change to rooms of the same kind, because an event is about rooms (--room-changes none)")
    return policy.with_(room_changes=RoomChanges.SAME_KIND), (note,)


def _is_about_rooms(happening: Happening) -> bool:
    if isinstance(happening, Away):
        return happening.kind is Kind.ROOM
    return isinstance(happening, GradeMoved | GroupGrown) or (isinstance(happening, Added) and happening.any_like)


def _with_duties(school: School, policy: Policy, before: Score) -> Score:
    """The score before, and what lessons of number 0 break by the event: they never move, somebody covers them."""
    from untisopt.solve.exact import newly_found, tolerant

    now = judge(school, school.as_is, policy.rules)
    duties = [v for v in newly_found(now, before) if v.facts.lectures and not _has_regular(school, v)]
    return tolerant(before, duties)


def _has_regular(school: School, violation: Violation) -> bool:
    return any(school.lectures[id_].lesson for id_ in violation.facts.lectures)


# -- searching ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What the search found."""

    timetable: Timetable
    exact: ExactRepair | None
    partial: ExactPartial | None

    @property
    def status(self) -> str:
        """As in an EventsDocument."""
        if self.exact is not None and not self.is_whole_after_all:
            return "impossible-unconfirmed" if self.is_impossible_after_all else self.exact.status.value
        return "minimum" if self.partial is not None and self.partial.is_best else "best-found"

    @property
    def is_whole_after_all(self) -> bool:
        """Whether the search for as much as possible found a place for everything, which was open until then."""
        found = self.partial is not None and self.partial.points is not None
        return found and self.exact is not None and self.exact.status.value == "undecided"

    @property
    def is_impossible_after_all(self) -> bool:
        """Whether that search proved that there is none."""
        found = self.partial is not None and self.partial.is_whole_impossible
        return found and self.exact is not None and self.exact.status.value == "undecided"

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
        return max(self.exact.bound, self.partial.bound or 0)

    @property
    def solvers(self) -> tuple[str, ...]:
        """Who proved it, and who confirmed it."""
        if self.partial is not None and (self.is_whole_after_all or self.is_impossible_after_all):
            return (self.partial.solver,)
        return () if self.exact is None else self.exact.solvers


@dataclass(frozen=True)
class _Work:
    """One search: everything has a place if that is possible, else as much as possible."""

    event: Event
    policy: Policy
    before: Score
    options: RepairOptions
    should_stop: Callable[[], bool]
    on_progress: OnExactProgress | None

    def search(self) -> _Answer:
        """Search as long as the options allow."""
        exact = None
        if not self.event.required.cuts:
            exact = self._fewest_changes()
            if exact.timetable is not None:
                return _Answer(timetable=exact.timetable, exact=exact, partial=None)
        partial = self._best_partial(0.0 if exact is None else exact.seconds["total"])
        return _Answer(timetable=partial.timetable, exact=exact, partial=partial)

    def _fewest_changes(self) -> ExactRepair:
        # Imported late: the solver takes longer to load than a plan takes to read and judge.
        from untisopt.solve.exact import fewest_changes

        solve = self.options.solve
        return fewest_changes(
            self.event.school,
            self.policy,
            replace(solve, time_limit=solve.time_limit * FIRST_SHARE),
            before=self.before,
            required=self.event.required,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
            by_people=self.options.by_people,
            seek_nearest=False,
        )

    def _best_partial(self, used: float) -> ExactPartial:
        from untisopt.solve.exact import best_partial

        return best_partial(
            self.event.school,
            self.policy,
            self.options.solve,
            before=self.before,
            required=self.event.required,
            by_people=self.options.by_people,
            seconds=self.options.solve.time_limit - used,
            should_stop=self.should_stop,
        )


# -- the result --------------------------------------------------------------------------------------------------------


def _verify(plan: Plan, event: Event, timetable: Timetable) -> None:
    """Nothing is lost but what an event removes, and what never moves stays where it was."""
    school = event.school
    if timetable.keys() != school.lectures.keys():
        raise InternalError(_("lectures were lost or added"))
    strange = [id_ for id_, place in timetable.items() if place.period.day >= 1 and place.period not in school.grid]
    if strange:
        raise InternalError(_("lectures outside the time grid: {names}").format(names=", ".join(strange)))
    as_is = plan.school.as_is
    stay = [id_ for id_, lecture in school.lectures.items() if not lecture.lesson]
    touched = [id_ for id_ in stay if timetable[id_].period != as_is[id_].period]
    if touched:
        raise InternalError(_("lectures that must stay were moved: {names}").format(names=", ".join(touched)))


def _result(
    plan: Plan,
    told: tuple[ToldEvent, ...],
    event: Event,
    policy: Policy,
    answer: _Answer,
    before: Score,
    notes: tuple[str, ...],
    options: RepairOptions,
) -> RepairResult:
    parts = _Parts.of(plan.school, event, answer)
    document = _document(plan, told, event, policy, answer, before, notes, options, parts)
    return RepairResult(
        **{name: getattr(document, name) for name in EventsDocument.__dataclass_fields__},
        plan=plan,
        timetable=parts.timetable,
        files=repair_files(document, plan, parts.timetable),
    )


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """The lectures of a repaired plan by what has become of them."""

    timetable: Timetable
    moves: tuple[Move, ...]
    placed: tuple[Move, ...]
    unplaced: tuple[str, ...]
    cut: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def of(cls, original: School, event: Event, answer: _Answer) -> _Parts:
        """Compare with the plan that was read, whose rooms may differ from those of the event's own plan."""
        school, timetable = event.school, answer.timetable
        partial = answer.partial
        off = {id_ for id_, place in timetable.items() if place.period.day < 1}
        cut = () if partial is None else partial.cut
        for_good = {id_ for c in event.required.cuts if c.for_good for id_ in c.lectures} & set(cut)
        common = [id_ for id_ in timetable if id_ in original.lectures and id_ not in off]
        gone = [id_ for id_ in original.lectures if id_ not in school.lectures]
        return cls(
            timetable=timetable,
            moves=changes(original.as_is.only(common), timetable.only(common)),
            placed=tuple(
                Move(id_, school.as_is[id_], timetable[id_])
                for id_ in timetable
                if id_ not in original.lectures and id_ not in off
            ),
            unplaced=() if partial is None else partial.unplaced,
            cut=tuple(id_ for id_ in cut if id_ not in for_good),
            removed=(*gone, *(id_ for id_ in cut if id_ in for_good)),
        )


def _document(  # noqa: PLR0913, PLR0917  the parts of one run
    plan: Plan,
    told: tuple[ToldEvent, ...],
    event: Event,
    policy: Policy,
    answer: _Answer,
    before: Score,
    notes: tuple[str, ...],
    options: RepairOptions,
    parts: _Parts,
) -> EventsDocument:
    school, exact, partial = event.school, answer.exact, answer.partial
    off = {id_ for id_, place in answer.timetable.items() if place.period.day < 1}
    after = _without(judge(school, answer.timetable, policy.rules), {*off, *(m.lecture for m in parts.placed)}, off)
    search = options.solve
    happenings = [one.happening for one in told]
    remaining = (
        *_remaining(event, policy, partial),
        *left_behind(happenings, school, answer.timetable),
        *_duties(event, policy, before),
        *supervisions_left(happenings, plan.school),
    )
    return EventsDocument(
        source=plan.source,
        original=plan.school,
        school=school,
        policy=policy,
        events=told,
        status=answer.status,
        moves=parts.moves,
        placed=parts.placed,
        unplaced=_explained(event, policy, answer, parts.unplaced),
        shortages=shortages(event, parts.unplaced),
        cut=parts.cut,
        removed=parts.removed,
        before=before,
        after=after,
        remaining=remaining,
        # A plan that stays as it is does not fit if something remains broken all the same.
        points=answer.points if answer.points or not remaining else None,
        bound=answer.bound if answer.points or not remaining else None,
        least_unplaced=0 if partial is None else partial.least,
        is_best=partial.is_best if partial is not None else bool(exact and exact.status == "minimum"),
        by_people=options.by_people,
        solvers=answer.solvers,
        seconds={
            **({} if exact is None else exact.seconds),
            **({} if partial is None else {"partial": partial.seconds}),
        },
        notes=(
            *gap_notes(plan.school, event, policy, parts.timetable, (*parts.removed, *parts.cut)),
            *date_notes(happenings),
            *takeover_notes(happenings, plan.school),
            *notes,
        ),
        ask=_question(plan, told, event, policy, answer.status, options),
        options={
            "time_limit": search.time_limit,
            "workers": search.workers,
            "seed": search.seed,
            "deterministic": search.deterministic,
        },
        versions=versions(),
    )


def _question(
    plan: Plan, told: Sequence[ToldEvent], event: Event, policy: Policy, status: str, options: RepairOptions
) -> tuple[str, ...]:
    """The words of the command that says what stands in the way; none where nothing does, or it cannot be asked."""
    if status in ("minimum", "best-found") or event.required.cuts:
        return ()
    rooms = ("--room-changes", policy.room_changes.value) if policy.room_changes is not plan.policy.room_changes else ()
    events = (word for found in told for word in ("--event", found.text))
    return ("untisopt", "why-not", plan.source.path, *options.asked_with, *rooms, *events)


def _without(score: Score, lectures: set[str], off: set[str]) -> Score:
    """A score without findings about lectures that have no place, and without added lectures as moved ones."""
    kept = tuple(
        v
        for v in score.violations
        if not (lectures if score.rules[v.rule].tier is Tier.CHANGES else off).intersection(v.facts.lectures)
    )
    amounts = dict.fromkeys(score.rules, 0)
    for violation in kept:
        amounts[violation.rule] += violation.amount
    return Score({rule: replace(found, amount=amounts[rule]) for rule, found in score.rules.items()}, kept)


def _explained(event: Event, policy: Policy, answer: _Answer, lectures: tuple[str, ...]) -> tuple[Unplaced, ...]:
    """Why each of the lectures has no place; the lectures of a block have none for the same reasons."""
    school = event.school
    found: list[Unplaced] = []
    for block in dict.fromkeys(school.block_of[id_] for id_ in lectures):
        always = everywhere(school, event.required, block)
        reasons = () if always else obstacles(school, policy, event.required, answer.timetable, block)
        found += [Unplaced(lecture=id_, reasons=reasons, everywhere=always) for id_ in block.lectures]
    by_lecture = {unplaced.lecture: unplaced for unplaced in found}
    return tuple(by_lecture[id_] for id_ in lectures)


def _remaining(event: Event, policy: Policy, partial: ExactPartial | None) -> tuple[str, ...]:
    """What remains broken, in words; the same in several kinds of weeks is one thing."""
    left = () if partial is None else partial.remaining
    by_rule = {rule.id: [v for v in left if v.rule == rule.id] for rule in policy.rules}
    found = (findings(event.school, rule, by_rule[rule.id]) for rule in policy.rules)
    return tuple(dict.fromkeys(finding.text for several in found for finding in several))


def _duties(event: Event, policy: Policy, before: Score) -> tuple[str, ...]:
    """What lessons of number 0 break by the event, in words."""
    known = set(before.violations)
    rules = {rule.id: rule for rule in policy.rules}
    found = [
        rules[v.rule].explain(v, event.school)
        for v in _with_duties(event.school, policy, before).violations
        if v not in known
    ]
    text = _("lessons without a number never move: {finding}")
    return tuple(dict.fromkeys(capitalised(text.format(finding=finding)) for finding in found))


def _never() -> bool:
    return False
