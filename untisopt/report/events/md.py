"""The report on a repair after events as Markdown, for wikis and everything that turns it into other formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.i18n import _
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import headline, proof_lines
from untisopt.report.events.changes import EventsFacts, fate_name, fated_runs, places, reason_of, teachers
from untisopt.report.events.front import happens, side_effects
from untisopt.report.events.html import repair_title
from untisopt.report.events.lists import waiting
from untisopt.report.events.making import made, noticed
from untisopt.report.optimise.md import rule_chapters
from untisopt.report.render.md import heading, items, page, paragraph, table
from untisopt.report.words.moves import rooms
from untisopt.report.words.run import relief_table
from untisopt.report.words.side_effects import costs_besides_gaps
from untisopt.report.words.summary import gaps_in_knowledge
from untisopt.results.event_report import Fate, RepairReport
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised, lecture_name


def repair_md(report: RepairReport) -> bytes:
    """Render the report: the events, what changes, what is proved, the side effects, who is concerned, the rules.

    Returns
    -------
    bytes
        UTF-8.
    """
    document = report.document
    lines = [
        *heading(1, repair_title(report)),
        *heading(2, _("What happens")),
        *items(happens(document)),
        "",
        *paragraph(" ".join(headline(document))),
        *_changes(report),
        *_unplaced(document),
        *heading(2, _("What is proved")),
        *items(proof_lines(document)),
        *_chapter(_("What remains broken"), document.remaining),
        *_side_effects(report),
        *_what_to_do(document),
        *_people(report),
        *rule_chapters(report),
        *_chapter(_("What was not judged"), gaps_in_knowledge(report)),
        *_chapter(_("What else was noticed"), [capitalised(note) for note in noticed(document)]),
        *heading(2, _("How it was made")),
        *items(made(document)),
    ]
    return page(lines).encode()


def _chapter(title: str, sentences: tuple[str, ...] | list[str]) -> list[str]:
    """A list with its heading; nothing where it is empty."""
    return [*heading(2, title), *items(sentences)] if sentences else []


def _changes(report: RepairReport) -> list[str]:
    lines = heading(2, _("What changes"))
    if not any(report.fates.values()):
        return [*lines, *items([_("No lecture moves: the plan stays as it is.")])]
    head = [_("from"), _("to"), _("lecture"), _("teachers"), _("rooms"), _("reason")]
    for fate in Fate:
        rows = [_cells(report, fate, run) for run in fated_runs(report, fate)]
        if rows:
            lines += [*heading(3, fate_name(fate)), *table([head, *rows]), ""]
    return lines


def _cells(report: RepairReport, fate: Fate, run: MovedRun) -> list[str]:
    before, after = places(fate, run.first, len(run.moves))
    return [
        before,
        after or _("stays"),
        lecture_name(report.school, run.first.lecture),
        teachers(report, run.first.lecture),
        _rooms(run),
        " ".join(reason_of(report, fate, run)),
    ]


def _rooms(run: MovedRun) -> str:
    old, new = (", ".join(rooms(place)) for place in (run.first.before, run.first.after))
    return f"{old or '-'} -> {new or '-'}" if old != new else old


def _unplaced(document: EventsDocument) -> list[str]:
    found = waiting(document)
    if not found:
        return []
    lines = [*heading(2, _("Why these have no place")), *items(f"{capitalised(one)}." for one in document.shortages)]
    for one in found:
        lines += [*heading(3, one.lecture), *items((*one.everywhere, *one.places))]
    return lines


def _side_effects(report: RepairReport) -> list[str]:
    rows = [(row.name, row.before, row.after, row.change) for row in side_effects(EventsFacts(report))]
    head = (_("counted per week"), _("before"), _("after"), _("change"))
    costs = costs_besides_gaps(report)
    lines = [*heading(2, _("Side effects")), *table([head, *rows], range(1, 4))]
    return [*lines, "", *items(costs)] if costs else lines


def _what_to_do(document: EventsDocument) -> list[str]:
    lines = _chapter(_("What you can do"), advice(document))
    return [*lines, "", f"    {command_line(document.ask)}"] if document.ask else lines


def _people(report: RepairReport) -> list[str]:
    """Site changes of teachers, and what changes for whom."""
    relief = relief_table(report)
    lines = [*heading(2, _("Site changes a week, by teacher")), *table(relief, (1, 2))] if relief else []
    if not any(report.fates.values()):
        return lines
    for kind, title in ((Kind.GRADE, _("Changes by grade")), (Kind.TEACHER, _("Changes by teacher"))):
        lines += heading(2, title)
        for name, sentences in _by_person(report, kind):
            lines += [*heading(3, name), *items(sentences)]
    return lines


def _by_person(report: RepairReport, kind: Kind) -> Iterator[tuple[str, list[str]]]:
    """A line for every change of a teacher or grade; those of nobody come last."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for fate in Fate:
        for run in fated_runs(report, fate):
            lecture = report.school.lectures[run.first.lecture]
            former = report.former_teachers(run.first.lecture)
            people = lecture.grades if kind is Kind.GRADE else dict.fromkeys((*lecture.teachers, *former))
            for name in people or ("",):
                groups[name].append(_line(report, fate, run))
    nobody = _("without a grade") if kind is Kind.GRADE else _("without a teacher")
    for name in sorted(groups, key=lambda name: (not name, name)):
        yield name or nobody, groups[name]


def _line(report: RepairReport, fate: Fate, run: MovedRun) -> str:
    before, after = places(fate, run.first, len(run.moves))
    name = lecture_name(report.school, run.first.lecture)
    who = teachers(report, run.first.lecture)
    told = f"{name}: {before} -> {after or _('stays')}"
    return ", ".join(filter(None, (told, who, _rooms(run))))
