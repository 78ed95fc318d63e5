"""The report on a repair that planners and head teachers read."""

from __future__ import annotations

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.words.moves import move_line
from untisopt.report.words.run import asked, kinds_of_weeks, made, relief_table, runs_of_people, still_wrong
from untisopt.report.words.summary import costs, gains, gaps_in_knowledge, quality, score_table, suggestion_lines
from untisopt.results.optimise import RepairDocument


def report_txt(document: RepairDocument) -> bytes:
    """Render the report: what was asked, what it brings and costs, how good it is, then every change.

    Returns
    -------
    bytes
        UTF-8.
    """
    lines = [
        *title(_("Repaired timetable: {file}").format(file=document.source.files[0])),
        *heading(_("What it brings")),
        *items(gains(document) or [_("Nothing that was judged gets better.")]),
        *heading(_("What it costs")),
        *items(costs(document)),
        *heading(_("How good it is")),
        *items(quality(document)),
        *heading(_("What was asked")),
        *items(asked(document)),
        *heading(_("The score, rule by rule")),
        *_score(document),
        *_remains(document),
        *_relief(document),
        *_changes(document),
        *_doubts(document),
        *heading(_("How it was made")),
        *items(made(document)),
    ]
    return page(lines).encode()


def _score(document: RepairDocument) -> list[str]:
    titles = {rule.id: rule.title for rule in document.policy.rules}
    lines = table(score_table(titles, document.before, document.after))
    note = kinds_of_weeks(document)
    return [*lines, "", *paragraph(note)] if note else lines


def _remains(document: RepairDocument) -> list[str]:
    """What is still broken, finding by finding."""
    lines = still_wrong(document)
    return [*heading(_("What remains wrong")), *items(lines)] if lines else []


def _relief(document: RepairDocument) -> list[str]:
    rows = relief_table(document)
    return [*heading(_("Site changes a week, by teacher")), *table(rows)] if rows else []


def _changes(document: RepairDocument) -> list[str]:
    if not document.moves:
        return []
    return [
        *heading(_("Changes by grade")),
        *_groups(document, Kind.GRADE),
        *heading(_("Changes by teacher")),
        *_groups(document, Kind.TEACHER),
    ]


def _groups(document: RepairDocument, kind: Kind) -> list[str]:
    lines: list[str] = []
    for name, runs in runs_of_people(document, kind):
        lines += ["", f"  {name}"] if lines else [f"  {name}"]
        lines += [f"    {move_line(document.school, run)}" for run in runs]
    return lines


def _doubts(document: RepairDocument) -> list[str]:
    lines: list[str] = []
    missing = gaps_in_knowledge(document)
    if missing:
        lines += [*heading(_("What was not judged")), *items(missing)]
    if document.suggestions:
        lines += [*heading(_("Sites that the room names suggest")), *items(suggestion_lines(document.suggestions))]
    if document.source.notes:
        lines += [*heading(_("What else was noticed")), *items(document.source.notes)]
    return lines
