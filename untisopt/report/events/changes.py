"""What becomes of the lectures after events, as rows of tables: moved, added, without a place, gone, taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from untisopt.domain.changes import Move
from untisopt.domain.events import Added, Happening, HoursLimited, Lengthened, Removed, Replaced, Shortened
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.i18n import _
from untisopt.report.events.reasons import reason_sentences, sentences_of
from untisopt.report.optimise.facts import Facts
from untisopt.report.optimise.package_rows import Change, Part, Section, change_row
from untisopt.report.words.events import event_words
from untisopt.report.words.moves import place_range
from untisopt.results.event_report import Fate, RepairReport
from untisopt.wording import enumerated


@dataclass(frozen=True)
class EventsFacts(Facts):
    """A repair after events, for the tables of reports.

    Parameters
    ----------
    document : RepairReport
    """

    document: RepairReport

    @cached_property
    def off_plan(self) -> Mapping[str, str]:
        """Lectures that are new, gone or without a place."""
        return {
            move.lecture: off_plan_word(fate)
            for fate, moves in self.document.fates.items()
            for move in moves
            if fate not in (Fate.MOVED, Fate.ROOM, Fate.TAKEN)
        }

    def former_teachers(self, lecture: str) -> tuple[str | None, ...]:
        """The teachers of the courses in the plan that was read."""
        if not self.document.former_teachers(lecture):
            return ()
        courses = self.document.document.original.lectures[lecture].courses
        return tuple(course.teacher for course in courses)


def fate_name(fate: Fate) -> str:
    """What becomes of lectures, as a heading."""
    names = {
        Fate.MOVED: _("Moved"),
        Fate.ROOM: _("Only another room"),
        Fate.ADDED: _("Added"),
        Fate.UNPLACED: _("Without a place"),
        Fate.CUT: _("Without a place, as wanted"),
        Fate.REMOVED: _("No longer taught"),
        Fate.TAKEN: _("With another teacher only"),
    }
    return names[fate]


def off_plan_word(fate: Fate) -> str:
    """Where a lecture is that one of the plans does not hold."""
    if fate is Fate.ADDED:
        return _("new")
    return _("no longer taught") if fate is Fate.REMOVED else _("no place")


def sections(report: RepairReport) -> list[Section]:
    """All that changes, one section for each thing that becomes of lectures; what nothing becomes of is left out."""
    found = ((fate, fated_runs(report, fate)) for fate in Fate)
    return [
        Section(number, fate_name(fate), "", (Part("", "", "", tuple(_row(report, fate, run) for run in runs)),))
        for number, (fate, runs) in enumerate(((fate, runs) for fate, runs in found if runs), 1)
    ]


def fated_runs(report: RepairReport, fate: Fate) -> list[MovedRun]:
    """The lectures of which one thing becomes, those of a block that keep together as one."""
    runs = moved_runs(report.school, report.fates[fate])
    return sorted(runs, key=lambda run: run.first.after.period) if fate is Fate.ADDED else runs


def _row(report: RepairReport, fate: Fate, run: MovedRun) -> Change:
    before, after = places(fate, run.first, len(run.moves))
    reason = reason_of(report, fate, run)
    row = change_row(report.school, run, before=before, after=after, reason=reason, on_sheet=reason)
    former = report.former_teachers(run.first.lecture)
    names = tuple(dict.fromkeys((*row.teacher_names, *former)))
    return replace(row, teachers=teachers(report, run.first.lecture), teacher_names=names)


def teachers(report: RepairReport, lecture: str) -> str:
    """Who teaches a lecture, and who did where that is somebody else."""
    former = report.former_teachers(lecture)
    names = enumerated(report.school.lectures[lecture].teachers)
    if not former:
        return names
    return _("{new} instead of {old}").format(new=names or _("nobody"), old=enumerated(former))


def places(fate: Fate, move: Move, length: int) -> tuple[str, str]:
    """Where lectures were and where they are; the latter is empty where they stay."""
    before = place_range(move.before.period, length) if move.before.period.day >= 1 else _("new")
    if move.after.period.day < 1:
        return before, off_plan_word(fate)
    return before, place_range(move.after.period, length) if move.changes_period else ""


def reason_of(report: RepairReport, fate: Fate, run: MovedRun) -> tuple[str, ...]:
    """Why, in sentences: each once for all lectures of a run."""
    if fate in (Fate.MOVED, Fate.ROOM):
        return tuple(dict.fromkeys(text for one in run.moves for text in reason_sentences(report, one.lecture)))
    if fate is Fate.UNPLACED:
        return _why_unplaced(report, run)
    return _events_of(report, fate, run.first.lecture)


def _events_of(report: RepairReport, fate: Fate, lecture: str) -> tuple[str, ...]:
    """The events that add lectures, end them or give them to somebody else, in words."""
    document = report.document
    found = report.school.lectures[lecture]
    former = report.former_teachers(lecture)

    def is_meant(event: Happening) -> bool:
        match fate, event:
            case Fate.ADDED, Added():
                return (event.subject, event.teacher or "") in {(c.subject, c.teacher or "") for c in found.courses}
            case Fate.ADDED, Lengthened():
                return event.lesson == found.lesson
            case Fate.CUT | Fate.REMOVED, Shortened():
                return event.lesson == found.lesson
            case Fate.REMOVED, Removed():
                return lecture in event.lectures if event.lectures else event.lesson == found.lesson
            case Fate.CUT, HoursLimited():
                return event.teacher in found.teachers
            case Fate.TAKEN, Replaced():
                return event.old in former
        return False

    told = (event_words(one.happening, document.original) for one in document.events if is_meant(one.happening))
    return tuple(f"{words}." for words in dict.fromkeys(told))


def _why_unplaced(report: RepairReport, run: MovedRun) -> tuple[str, ...]:
    """What stands against the place of before, and that there is no other: the best of those stands elsewhere."""
    lecture = run.first.lecture
    found = {unplaced.lecture: unplaced for unplaced in report.document.unplaced}.get(lecture)
    if found is None:
        return ()
    if found.everywhere:
        return tuple(f"{text}." for text in found.everywhere)
    reason = report.reasons.get(lecture)
    if reason is None:
        return (_("No place is free for it."),)
    return (*sentences_of(report, reason), _("No other place is free."))
