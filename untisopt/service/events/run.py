"""Repair the plan of an export after events: the fewest changes, proved where that succeeds, and what remains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from untisopt.domain.events import Added, Away, Event, GradeMoved, GroupGrown, Happening, combined
from untisopt.domain.resources import Kind
from untisopt.domain.timetable import Timetable
from untisopt.engines.session import ShouldStop, never
from untisopt.errors import InternalError, UsageError
from untisopt.i18n import _
from untisopt.io.events.file import EventSource, read_events
from untisopt.io.events.text import parse_events
from untisopt.io.output.checks import check_folder, check_places
from untisopt.io.output.folder import write_folder
from untisopt.policy import Policy, RoomChanges
from untisopt.results.events import EventsDocument, ToldEvent
from untisopt.rules import judge
from untisopt.service.events.files import repair_files, repair_names
from untisopt.service.events.outcome import EventsOutcome, RepairOptions, events_document
from untisopt.service.events.reasons import reasons_of
from untisopt.service.events.search import Work, with_duties
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan, folder_of

if TYPE_CHECKING:
    from untisopt.solve.events.search import OnExactProgress

REPAIR_FOLDER = "untisopt-repair"

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
        Everything that :meth:`write` writes; a report is made when it is asked for or written.
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
    allowed = with_duties(event.school, in_force, before)
    work = Work(event, in_force, allowed, wanted.solve, wanted.by_people, should_stop or never, on_progress)
    answer = work.search()
    _verify(read, event, answer.timetable)
    return _result(
        EventsOutcome(
            plan=read,
            told=told,
            event=event,
            policy=in_force,
            answer=answer,
            before=before,
            notes=notes,
            options=wanted,
        )
    )


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


def _result(outcome: EventsOutcome) -> RepairResult:
    document, timetable = events_document(outcome), outcome.answer.timetable
    return RepairResult(
        **{name: getattr(document, name) for name in EventsDocument.__dataclass_fields__},
        plan=outcome.plan,
        timetable=timetable,
        files=repair_files(document, outcome.plan, timetable, lambda: reasons_of(outcome, document)),
    )
