"""The report on a repair as Markdown, for wikis, merge requests and everything that turns it into other formats."""

from __future__ import annotations

from collections.abc import Iterable

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.report.render.md import heading, items, page, paragraph, table
from untisopt.report.words.moves import MovedRun, move_line, moved_runs, place_range, rooms
from untisopt.report.words.packages import gain_line, gains_do_not_add_up, package_title, part_gain
from untisopt.report.words.reasons import reason_line
from untisopt.report.words.run import asked, brought, made, relief_table, rules_a_week, runs_of_people, still_wrong
from untisopt.report.words.summary import costs, gaps_in_knowledge, quality, suggestion_lines
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.optimise import Compared, RepairDocument
from untisopt.results.packages import Package, PackagePart
from untisopt.rules import Rule
from untisopt.wording import capitalised, decimal, lecture_name


def report_md(document: RepairDocument) -> bytes:
    """Render the report: the page for the decision, the packages, who is concerned, the rules, how it was made.

    Returns
    -------
    bytes
        UTF-8.
    """
    lines = [
        *heading(1, _("Repaired timetable: {file}").format(file=document.source.files[0])),
        *paragraph(" ".join(three_sentences(document))),
        *_brings(document),
        *heading(2, _("What it costs")),
        *items(costs(document)),
        *heading(2, _("How good it is")),
        *items(quality(document)),
        *heading(2, _("What was asked")),
        *items(asked(document)),
        *_packages(document),
        *_people(document),
        *rule_chapters(document),
        *_doubts(document),
        *heading(2, _("How it was made")),
        *items(made(document)),
    ]
    return page(lines).encode()


def _brings(document: RepairDocument) -> list[str]:
    found = brought(document)
    lines = figures(found) if found else items([_("Nothing that was judged gets better.")])
    return [*heading(2, _("What it brings")), *lines]


def figures(rules: Iterable[tuple[Rule, float, float]]) -> list[str]:
    """A table of what rules find a week."""
    head = (_("counted per week"), _("before"), _("after"), _("change"))
    rows = (
        (capitalised(rule.title), decimal(before), decimal(after), _signed(after - before))
        for rule, before, after in rules
    )
    return table([head, *rows], range(1, 4))


def _signed(change: float) -> str:
    """A change with its sign; nothing where there is none."""
    return ("+" if change > 0 else "") + decimal(change) if change else ""


def _packages(document: RepairDocument) -> list[str]:
    if not document.packages:
        return []
    intro = _("Packages can be made or left out one by one; the plan stays sound whichever are chosen.")
    lines = [*heading(2, _("The changes in packages")), *paragraph(intro)]
    note = gains_do_not_add_up(document)
    lines += paragraph(note) if note else []
    for package in document.packages:
        lines += heading(3, package_title(document, package))
        lines += paragraph(gain_line(document, package))
        lines += _package_table(document, package)
    return lines


def _package_table(document: RepairDocument, package: Package) -> list[str]:
    """The changes, part by part where there are several; what a part needs is said above the table, once."""
    head = [_("from"), _("to"), _("lecture"), _("teachers"), _("rooms"), _("reason")]
    if len(package.parts) < 2:
        rows = [_cells(document, run) for run in moved_runs(document.school, package.moves)]
        return [*table([head, *rows]), ""]
    rows = [
        [part.name, *_cells(document, run)] for part in package.parts for run in moved_runs(document.school, part.moves)
    ]
    facts = [_part_facts(document, package, part) for part in package.parts]
    return [*items([fact for fact in facts if fact]), "", *table([[_("part"), *head], *rows]), ""]


def _part_facts(document: RepairDocument, package: Package, part: PackagePart) -> str:
    """What a part needs and brings; empty where neither is worth a line."""
    needs = ", ".join(package.needed_names(part))
    facts = [_("needs {others}").format(others=needs) if needs else "", part_gain(document, part)]
    told = "; ".join(filter(None, facts))
    return f"{part.name}: {told}" if told else ""


def _cells(document: RepairDocument, run: MovedRun) -> list[str]:
    move, length = run.first, len(run.moves)
    reasons = dict.fromkeys(reason_line(document, each) for each in run.moves)
    return [
        place_range(move.before.period, length),
        place_range(move.after.period, length) if move.changes_period else _("stays"),
        lecture_name(document.school, move.lecture),
        ", ".join(document.school.lectures[move.lecture].teachers),
        _rooms(move),
        " ".join(filter(None, reasons)),
    ]


def _rooms(move: Move) -> str:
    before, after = ", ".join(rooms(move.before)), ", ".join(rooms(move.after))
    return f"{before or '-'} -> {after or '-'}" if move.changes_rooms else before


def _people(document: RepairDocument) -> list[str]:
    """Site changes of teachers, and what moves for whom."""
    relief = relief_table(document)
    lines = [*heading(2, _("Site changes a week, by teacher")), *table(relief, (1, 2))] if relief else []
    if not document.moves:
        return lines
    for kind, title in ((Kind.GRADE, _("Changes by grade")), (Kind.TEACHER, _("Changes by teacher"))):
        lines += heading(2, title)
        for name, runs in runs_of_people(document, kind):
            lines += heading(3, name)
            lines += items(move_line(document.school, run) for run in runs)
    return lines


def rule_chapters(document: Compared) -> list[str]:
    """Every rule before and after, and what is still broken."""
    lines = [*heading(2, _("The score, rule by rule")), *figures(rules_a_week(document))]
    wrong = still_wrong(document)
    return [*lines, *heading(2, _("What remains wrong")), *items(wrong)] if wrong else lines


def _doubts(document: RepairDocument) -> list[str]:
    chapters = (
        (_("What was not judged"), gaps_in_knowledge(document)),
        (_("Sites that the room names suggest"), suggestion_lines(document.suggestions)),
        (_("What else was noticed"), list(document.source.notes)),
    )
    lines: list[str] = []
    for title, sentences in chapters:
        if sentences:
            lines += [*heading(2, title), *items(sentences)]
    return lines
