"""What `untisopt explain` says of a repair after events."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.domain.changes import Move
from untisopt.domain.runs import MovedRun
from untisopt.i18n import _
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import changed, outcome_lines
from untisopt.report.events.changes import fate_name, fated_runs, places, reason_of
from untisopt.report.events.lists import waiting
from untisopt.report.events.reasons import reason_sentences
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, title
from untisopt.report.words.findings import limited
from untisopt.report.words.moves import move_line, move_record, moved_runs, people
from untisopt.report.words.packages import first_few
from untisopt.results.event_report import Fate, RepairReport
from untisopt.results.events import EventsDocument
from untisopt.results.explain_events import ExplainedMove, RepairExplainDocument
from untisopt.wording import capitalised, decimal, enumerated, lecture_name, place

_OTHERS = 6
_FINDINGS = 3


def repair_explain_text(document: RepairExplainDocument) -> str:
    """Render why lectures move after events, what it costs to keep them, and who is touched."""
    lines: list[str] = []
    for one in document.moved:
        name = lecture_name(document.report.school, one.lecture)
        lines += [*([""] if lines else []), *title(name), "", *_told(document, one)]
    for fate, run in _others(document):
        lines += [*([""] if lines else []), *_other(document.report, fate, run)]
    if any(fate is Fate.UNPLACED for _lecture, fate in document.others):
        lines += _what_to_do(document.report.document)
    if document.staying:
        lines += [""] if lines else []
        lines += [_stays(document.report, lecture) for lecture in document.staying]
    return page(lines)


def _stays(report: RepairReport, lecture: str) -> str:
    text = _("{lecture} stays on {place}: the result changes nothing about it.")
    where = place(report.school.as_is[lecture].period)
    return text.format(lecture=lecture_name(report.school, lecture), place=where)


def _others(document: RepairExplainDocument) -> Iterator[tuple[Fate, MovedRun]]:
    """What becomes of the other lectures asked about, those of a block that keep together as one."""
    for fate in Fate:
        asked = {lecture for lecture, what in document.others if what is fate}
        for run in fated_runs(document.report, fate):
            if any(move.lecture in asked for move in run.moves):
                yield fate, run


def _other(report: RepairReport, fate: Fate, run: MovedRun) -> list[str]:
    """What becomes of lectures that do not move, and why."""
    before, after = places(fate, run.first, len(run.moves))
    where = before if not after or run.first.after.period.day < 1 else f"{before} -> {after}"
    head = f"{lecture_name(report.school, run.first.lecture)}, {where}: {fate_name(fate)}"
    why = list(reason_of(report, fate, run))
    if fate is Fate.UNPLACED:
        found = next(one for one in waiting(report.document) if run.first.lecture in one.lectures)
        why = list(found.everywhere) or [*why, *found.places]
    return [head, *items(why)]


def _what_to_do(document: EventsDocument) -> list[str]:
    """What can be done where lectures have no place."""
    command = ["", f"    {command_line(document.ask)}"] if document.ask else []
    return [*heading(_("What you can do")), *items(advice(document)), *command]


def _told(document: RepairExplainDocument, one: ExplainedMove) -> list[str]:
    report = document.report
    runs = [move_line(report.school, run) for run in moved_runs(report.school, one.moves)]
    lines = [*(f"  {run}" for run in runs), "", *items(facts(document, one))]
    if one.chain:
        lines += ["", "  " + _("What it makes room for, and why that moves:")]
        told = [_link(report, moves) for moves in one.chain]
        lines += items(limited(told, show_all=False, most=_OTHERS), indent="    ")
    return lines


def facts(document: RepairExplainDocument, one: ExplainedMove) -> list[str]:
    """Why, what it would cost to keep it, and who is touched: a sentence or two for each."""
    report = document.report
    teachers, grades = people(report.school, one.moves)
    told = [
        _("Why: {reason}").format(reason=" ".join(reason_sentences(report, one.lecture))),
        *_rules(report, one),
        _("To keep it: {cost}").format(cost=keep_line(document, one)),
        _("Touched: {people}").format(people=enumerated([*teachers, *grades]) or _("nobody")),
    ]
    if one.chain:
        all_ = people(report.school, [*one.moves, *(move for moves in one.chain for move in moves)])
        told.append(_("Touched with what it makes room for: {people}").format(people=enumerated([*all_[0], *all_[1]])))
    return told


def _rules(report: RepairReport, one: ExplainedMove) -> list[str]:
    """What other rules would find, where that was not said as the reason already."""
    reason = report.reasons[one.lecture]
    told = 0 if reason.stated or reason.collides or reason.makes_room_for else 1
    found = reason.broken[told : told + _FINDINGS]
    return [_("If it alone stayed: {finding}.").format(finding=text) for text in found]


def keep_line(document: RepairExplainDocument, one: ExplainedMove) -> str:
    """What it costs if it stays, against what the repair costs."""
    if one.ruled_out:
        return _("impossible: {why}.").format(why="; ".join(one.ruled_out))
    if one.kept is None:
        if not document.seconds:
            return _("not searched for (--time-limit)")
        text = _("no plan in which it stays and everything has a place was found in {seconds} s (--time-limit).")
        return text.format(seconds=decimal(document.seconds, places=1))
    now = changed(document.report.document)
    cost = " ".join(_cost(document.report, one.kept))
    return _("{cost} As it is: {now}.").format(cost=cost, now=now)


def _cost(report: RepairReport, kept: EventsDocument) -> list[str]:
    """The answer of the repair in which it stays, what moves as well and what has no place then."""
    told = outcome_lines(kept, tools=True)
    known = {move.lecture for move in report.moves}
    others = [move.lecture for move in kept.moves if move.lecture not in known]
    if others:
        names = dict.fromkeys(lecture_name(kept.school, id_) for id_ in others)
        told.append(_("These move then and do not now: {lectures}.").format(lectures=first_few(list(names))))
    if kept.unplaced:
        names = dict.fromkeys(lecture_name(kept.school, found.lecture) for found in kept.unplaced)
        told.append(_("Without a place then: {lectures}.").format(lectures=enumerated(list(names))))
    if kept.remaining:
        told.append(_("Broken then: {finding}.").format(finding=kept.remaining[0]))
    return told


def _link(report: RepairReport, moves: tuple[Move, ...]) -> str:
    """A link of the chain: what moves or is added, and why."""
    lines = [move_line(report.school, run) for run in moved_runs(report.school, moves)]
    first = moves[0].lecture
    fate = Fate.ADDED if first not in report.reasons else Fate.MOVED
    if fate is Fate.ADDED:
        name = lecture_name(report.school, first)
        text = _("{lecture} is added on {place}")
        lines = [text.format(lecture=name, place=place(move.after.period)) for move in moves[:1]]
    why = " ".join(reason_of(report, fate, MovedRun(moves)))
    return f"{'; '.join(lines)}: {why}" if why else "; ".join(lines)


def repair_explain_json(document: RepairExplainDocument) -> str:
    """The same for machines."""
    report = document.report
    as_is = report.school.as_is
    return dumps(
        {
            "format": 1,
            "asked": document.asked,
            "moved": [_data(document, one) for one in document.moved],
            "others": [
                {
                    "lectures": [move.lecture for move in run.moves],
                    "what": fate.value,
                    "why": reason_of(report, fate, run),
                }
                for fate, run in _others(document)
            ],
            "staying": [
                {"lecture": id_, "day": as_is[id_].period.day, "period": as_is[id_].period.number}
                for id_ in document.staying
            ],
        }
    )


def _data(document: RepairExplainDocument, one: ExplainedMove) -> dict[str, object]:
    report = document.report
    school, reason = report.school, report.reasons[one.lecture]
    teachers, grades = people(school, one.moves)
    return {
        "moves": [move_record(school, move) for move in one.moves],
        "why": " ".join(reason_sentences(report, one.lecture)),
        "stated": reason.stated,
        "collides": reason.collides,
        "makes_room_for": reason.makes_room_for,
        "broken": reason.broken,
        "chain": [[move.lecture for move in moves] for moves in one.chain],
        "keep": {**_kept_data(one), "text": capitalised(keep_line(document, one))},
        "touched": {"teachers": teachers, "grades": grades},
    }


def _kept_data(one: ExplainedMove) -> dict[str, object]:
    if one.kept is None:
        return {"status": "ruled-out" if one.ruled_out else "unknown", "ruled_out": one.ruled_out}
    kept = one.kept
    return {
        "status": kept.status,
        "moved": kept.moved,
        "changed_rooms": kept.changed_rooms,
        "points": kept.points,
        "bound": kept.bound,
        "best": kept.is_best,
        "unplaced": [found.lecture for found in kept.unplaced],
        "cut": kept.cut,
        "remaining": kept.remaining,
        "moves": [move.lecture for move in kept.moves],
    }
