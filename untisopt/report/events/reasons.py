"""Why a lecture moves after events, in a sentence or two that its teacher understands."""

from __future__ import annotations

from untisopt.domain.changes import Move
from untisopt.domain.runs import moved_runs
from untisopt.i18n import _
from untisopt.report.words.moves import place_range
from untisopt.report.words.packages import first_few
from untisopt.results.event_report import EventReason, RepairReport
from untisopt.wording import capitalised, enumerated, lecture_name


def reason_sentences(report: RepairReport, lecture: str) -> tuple[str, ...]:
    """What the events say against the old place, what comes there instead, else what a rule would find."""
    reason = report.reasons.get(lecture)
    return () if reason is None else sentences_of(report, reason) or (_nothing(report, lecture),)


def sentences_of(report: RepairReport, reason: EventReason) -> tuple[str, ...]:
    """The sentences of a reason; none where nothing stands against the old place."""
    sentences = [_sentence(report, text) for text in (*reason.stated, *reason.collides[:1])]
    if reason.makes_room_for:
        sentences.append(makes_room(report, reason))
    if not sentences:
        sentences = [_("If it alone stayed: {finding}.").format(finding=text) for text in reason.broken[:1]]
    return tuple(sentences)


def _sentence(report: RepairReport, text: str) -> str:
    """With a full stop, and a capital at its beginning unless a name stands there."""
    first = text.split(maxsplit=1)[0].split("/", maxsplit=1)[0]
    return f"{text if first in report.names else capitalised(text)}."


def makes_room(report: RepairReport, reason: EventReason) -> str:
    """Which lectures come to where it leaves, or need its people or rooms then."""
    names = room_takers(report, reason)
    return _("It makes room for {lectures}.").format(lectures=first_few(names))


def room_takers(report: RepairReport, reason: EventReason) -> list[str]:
    """The lectures that a lecture makes room for, each with its new place."""
    school = report.school
    moves = [Move(id_, school.as_is[id_], report.planned[id_]) for id_ in reason.makes_room_for]
    text = _("{lecture} on {place}")
    return [
        text.format(
            lecture=lecture_name(school, run.first.lecture), place=place_range(run.first.after.period, len(run.moves))
        )
        for run in moved_runs(school, moves)
    ]


def _nothing(report: RepairReport, lecture: str) -> str:
    """Nothing stands against its old place: an event has changed its rooms, or it moves together with others."""
    own = report.document.school.as_is[lecture]
    if own.rooms != report.school.as_is[lecture].rooms:
        rooms = [room for course in own.rooms for room in course]
        return _("An event gives it other rooms: {rooms}.").format(rooms=enumerated(list(dict.fromkeys(rooms))))
    return _("It moves together with others: nothing stands against its old place alone.")
