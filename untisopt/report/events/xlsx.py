"""The report on a repair after events as a workbook: what a planner filters, sorts and prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import headline, proof_lines
from untisopt.report.events.changes import fate_name, fated_runs, places, reason_of, teachers
from untisopt.report.events.front import happens
from untisopt.report.events.html import repair_title
from untisopt.report.events.lists import waiting
from untisopt.report.events.making import made, noticed
from untisopt.report.optimise.change_sheets import Row, changes_sheet, people_sheet, weeks
from untisopt.report.optimise.xlsx import rules_sheet
from untisopt.report.render.xlsx import Column, Sheet, workbook
from untisopt.report.words.moves import rooms
from untisopt.report.words.run import rules_a_week
from untisopt.report.words.side_effects import costs_besides_gaps, gap_counts
from untisopt.report.words.summary import gaps_in_knowledge
from untisopt.results.event_report import Fate, RepairReport
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised, day_name, lecture_name


def repair_xlsx(report: RepairReport) -> bytes:
    """Render the report as a workbook: summary, changes, by teacher, by grade, rules.

    Returns
    -------
    bytes
        Of an .xlsx file; the same report gives the same bytes.
    """
    sheets = (
        _summary(report),
        _changes(report),
        _by_person(report, Kind.TEACHER),
        _by_person(report, Kind.GRADE),
        rules_sheet(report),
    )
    return workbook(repair_title(report), _("page {page} of {pages}"), sheets)


def _summary(report: RepairReport) -> Sheet:
    """The page for the decision; sentences stand in the first column, figures beside their names."""
    document = report.document
    chapters: tuple[tuple[str, Sequence[Row]], ...] = (
        (_("What happens"), _lines(happens(document))),
        (_("In short"), _lines(headline(document))),
        (_("Why these have no place"), _lines(_unplaced(document))),
        (_("What is proved"), _lines(proof_lines(document))),
        (_("What remains broken"), _lines(document.remaining)),
        (_("Side effects, counted per week"), _figures(report)),
        (_("What you can do"), _lines(_what_to_do(document))),
        (_("What was not judged"), _lines(gaps_in_knowledge(report))),
        (_("What else was noticed"), _lines([capitalised(note) for note in noticed(document)])),
        (_("How it was made"), _lines(list(made(document)))),
    )
    rows: list[Row] = []
    heads: set[int] = set()
    for title, content in chapters:
        if content:
            heads.add(len(rows))
            rows += [[title, None, None, None], *content]
    columns = (
        Column(repair_title(report), 100, wrap=True),
        Column(_("before"), 10),
        Column(_("after"), 10),
        Column(_("change"), 10),
    )
    return Sheet(name=_("Summary"), columns=columns, rows=rows, chapters=frozenset(heads))


def _lines(sentences: Sequence[str]) -> list[Row]:
    return [[line, None, None, None] for line in sentences]


def _unplaced(document: EventsDocument) -> list[str]:
    """A line per block without a place, what stands in the way behind it."""
    found = [f"{capitalised(line)}." for line in document.shortages]
    return found + ["; ".join((one.lecture, *one.everywhere, *one.places)) for one in waiting(document)]


def _figures(report: RepairReport) -> list[Row]:
    """What rules find and how many gaps there are, as numbers; then sentences on longer days and less comfort."""
    classes = len(report.school.week_classes)
    gaps = {name: (round(before / classes, 2), round(after / classes, 2)) for name, before, after in gap_counts(report)}
    found = {
        capitalised(rule.title): (before, after)
        for rule, before, after in rules_a_week(report)
        if rule.tier is not Tier.CHANGES and (before or after)
    }
    rows: list[Row] = [[name, *pair, round(pair[1] - pair[0], 2)] for name, pair in {**found, **gaps}.items()]
    return [*rows, *_lines(costs_besides_gaps(report))]


def _what_to_do(document: EventsDocument) -> list[str]:
    return [*advice(document), *([command_line(document.ask)] if document.ask else [])]


def _all(report: RepairReport) -> Iterator[tuple[Fate, Move, str]]:
    """Every lecture that does not stay as it is: what becomes of it, and why."""
    for fate in Fate:
        for run in fated_runs(report, fate):
            for move in run.moves:
                yield fate, move, " ".join(reason_of(report, fate, MovedRun((move,))))


def _changes(report: RepairReport) -> Sheet:
    rows = [_change(report, *found) for found in _all(report)]
    return changes_sheet(Column(_("what"), 16, wrap=True), rows, teachers=16)


def _change(report: RepairReport, fate: Fate, move: Move, reason: str) -> Row:
    lecture = report.school.lectures[move.lecture]
    return [
        fate_name(fate),
        lecture_name(report.school, move.lecture),
        lecture.lesson,
        ", ".join(lecture.subjects),
        ", ".join(lecture.grades),
        teachers(report, move.lecture),
        *_place(move.before.period.day, move.before.period.number),
        *_place(move.after.period.day, move.after.period.number),
        *_rooms(fate, move),
        weeks(report, move),
        reason,
    ]


def _place(day: int, number: int) -> Row:
    """Day and period in two cells, which stay empty off the plan."""
    return [day_name(day), number] if day >= 1 else [None, None]


def _rooms(fate: Fate, move: Move) -> Row:
    before = None if fate is Fate.ADDED else ", ".join(rooms(move.before))
    gone = fate in (Fate.UNPLACED, Fate.CUT, Fate.REMOVED)
    return [before, None if gone else ", ".join(rooms(move.after))]


def _by_person(report: RepairReport, kind: Kind) -> Sheet:
    rows: dict[str, list[Row]] = {}
    for fate, move, reason in _all(report):
        for name in _people(report, kind, move.lecture):
            rows.setdefault(name, []).append(_for_person(report, kind, fate, move, reason))
    own = {name: (len(found), found) for name, found in rows.items()}
    counted, first = Column(_("lectures changed"), 9), Column(_("what"), 16, wrap=True)
    return people_sheet(report, kind, counted, first, own, others=16, places=16)


def _people(report: RepairReport, kind: Kind, lecture: str) -> list[str]:
    """Grades of a lecture, or its teachers and those that it had before."""
    found = report.school.lectures[lecture]
    if kind is Kind.GRADE:
        return list(found.grades)
    return list(dict.fromkeys((*found.teachers, *report.former_teachers(lecture))))


def _for_person(report: RepairReport, kind: Kind, fate: Fate, move: Move, reason: str) -> Row:
    lecture = report.school.lectures[move.lecture]
    before, after = places(fate, move, 1)
    return [
        fate_name(fate),
        lecture_name(report.school, move.lecture),
        teachers(report, move.lecture) if kind is Kind.GRADE else ", ".join(lecture.grades),
        before,
        after or before,
        *_rooms(fate, move),
        weeks(report, move),
        reason,
    ]
