"""What `untisopt explain` says."""

from __future__ import annotations

from dataclasses import asdict

from untisopt.domain.changes import Move
from untisopt.i18n import _
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import items, page, title
from untisopt.report.words.findings import limited
from untisopt.report.words.moves import move_line, move_record, moved_runs, people
from untisopt.report.words.packages import gain_line, package_title, stay_line, why
from untisopt.results.explain_optimise import ExplainDocument, Explained
from untisopt.wording import enumerated, lecture_name, place

_OTHERS = 6


def explain_text(document: ExplainDocument) -> str:
    """Render why lectures move, what it costs to keep them, and who is touched.

    Parameters
    ----------
    document : ExplainDocument
    """
    school = document.repair.school
    lines: list[str] = []
    for one in document.moved:
        lines += [
            *([""] if lines else []),
            *title(lecture_name(school, one.moves[0].lecture)),
            "",
            *_told(document, one),
        ]
    if document.staying:
        lines += [""] if lines else []
        lines += [_stays(document, lecture) for lecture in document.staying]
    return page(lines)


def _stays(document: ExplainDocument, lecture: str) -> str:
    school = document.repair.school
    text = _("{lecture} stays on {place}: the result changes nothing about it.")
    return text.format(lecture=lecture_name(school, lecture), place=place(school.as_is[lecture].period))


def _told(document: ExplainDocument, one: Explained) -> list[str]:
    repair, school = document.repair, document.repair.school
    runs = [move_line(school, run) for run in moved_runs(school, one.moves)]
    facts = [
        _("Why: {reason}").format(reason=why(repair, one.reason)),
        _("To keep it: {cost}").format(cost=stay_line(repair, one.reason.stay)),
        _touched(document, one),
        f"{package_title(repair, one.package)}: {gain_line(repair, one.package)}",
    ]
    lines = [*(f"  {run}" for run in runs), "", *items(facts)]
    others = others_of(one)
    if others:
        told = [move_line(school, run) for run in moved_runs(school, others)]
        lines += ["", "  " + _("Made with it or not at all:")]
        lines += [f"    {line}" for line in limited(told, show_all=False, most=_OTHERS)]
    return [*lines, "", *items(_commands(document, one))]


def others_of(one: Explained) -> list[Move]:
    """The moves that go with the block or not at all."""
    own = {move.lecture for move in one.moves}
    return [move for move in one.part.moves if move.lecture not in own]


def _touched(document: ExplainDocument, one: Explained) -> str:
    own, all_ = (people(document.repair.school, moves) for moves in (one.moves, one.package.moves))
    text = _("Touched: {people}; by its whole package: {all}")
    nobody = _("nobody")
    return text.format(people=enumerated([*own[0], *own[1]]) or nobody, all=enumerated([*all_[0], *all_[1]]) or nobody)


def _commands(document: ExplainDocument, one: Explained) -> list[str]:
    keep = f'untisopt apply "{document.folder}" --reject {one.moves[0].lecture}'
    leave = f'untisopt apply "{document.folder}" --without {one.part.name}'
    return [
        _("To keep it and search anew around it: {command}").format(command=keep),
        _("To leave it out with what goes along: {command}").format(command=leave),
    ]


def explain_json(document: ExplainDocument) -> str:
    """The same for machines."""
    school = document.repair.school
    return dumps(
        {
            "format": 1,
            "asked": document.asked,
            "moved": [_data(document, one) for one in document.moved],
            "staying": [
                {"lecture": id_, "day": school.as_is[id_].period.day, "period": school.as_is[id_].period.number}
                for id_ in document.staying
            ],
        }
    )


def _data(document: ExplainDocument, one: Explained) -> dict[str, object]:
    repair, school = document.repair, document.repair.school
    teachers, grades = people(school, one.moves)
    all_teachers, all_grades = people(school, one.package.moves)
    return {
        "moves": [move_record(school, move) for move in one.moves],
        "why": why(repair, one.reason),
        "makes_room_for": one.reason.makes_room_for,
        "keep": {**asdict(one.reason.stay), "text": stay_line(repair, one.reason.stay)},
        "touched": {"teachers": teachers, "grades": grades},
        "touched_by_package": {"teachers": all_teachers, "grades": all_grades},
        "package": one.package.number,
        "part": one.part.name,
        "made_together": [move.lecture for move in others_of(one)],
    }
