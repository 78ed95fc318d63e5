"""The report on a repair as text, as Markdown and as a workbook: the same chapters, as each of them is read."""

from __future__ import annotations

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.report.blocks import Block, Heading, Items, Paragraph, Table, chapter, items
from untisopt.report.compared.chapters import change_table, figures, people, remains_wrong, rule_chapters
from untisopt.report.compared.rows import Part, Section
from untisopt.report.compared.sheets import Told, Widths, changes_sheet, people_sheet, rules_sheet
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.optimise.packages import sections
from untisopt.report.render.md import md_page
from untisopt.report.render.txt import txt_page
from untisopt.report.render.xlsx import Column, summary_sheet, workbook
from untisopt.report.words.packages import gain_line, gains_do_not_add_up, package_title
from untisopt.report.words.run import asked, brought, kinds_of_weeks, made
from untisopt.report.words.summary import costs, gains, gaps_in_knowledge, quality, score_table, suggestion_lines
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.optimise import RepairDocument
from untisopt.wording import capitalised


def report_txt(document: RepairDocument) -> bytes:
    """The report as text: what it brings and costs, how good it is, what was asked, then every change; UTF-8."""
    head, *rows = score_table({rule.id: rule.title for rule in document.policy.rules}, document.before, document.after)
    blocks = [
        Heading(repair_title(document), 1),
        *chapter(_("What it brings"), Items(gains(document) or [_nothing()])),
        *_answer(document),
        *chapter(_("The score, rule by rule"), Table(head, rows), Paragraph(kinds_of_weeks(document))),
        *remains_wrong(document),
        *people(RepairFacts(document)),
        *_doubts(document),
        *_made(document),
    ]
    return txt_page(blocks).encode()


def report_md(document: RepairDocument) -> bytes:
    """The report as Markdown: the page for the decision, packages, people, rules, how it was made; UTF-8."""
    blocks = [
        Heading(repair_title(document), 1),
        Paragraph(" ".join(three_sentences(document))),
        *chapter(_("What it brings"), _brought(document)),
        *_answer(document),
        *_packages(RepairFacts(document)),
        *people(RepairFacts(document)),
        *rule_chapters(document),
        *_doubts(document),
        *_made(document),
    ]
    return md_page(blocks).encode()


def report_xlsx(document: RepairDocument) -> bytes:
    """The report as a workbook: summary, changes, by teacher, by grade, rules; the same document, the same bytes."""
    facts, title = RepairFacts(document), repair_title(document)
    widths = Widths(
        label=Column(_("package"), 10), counted=_("lectures moved"), counts=_is_moved, teachers=12, places=8
    )
    by_package = sorted(facts.told, key=lambda told: (told.label or 0, told.move.before.period, told.move.lecture))
    sheets = (
        summary_sheet(title, _summary(document)),
        changes_sheet(facts, by_package, widths),
        people_sheet(facts, Kind.TEACHER, facts.told, widths),
        people_sheet(facts, Kind.GRADE, facts.told, widths),
        rules_sheet(document),
    )
    return workbook(title, _("page {page} of {pages}"), sheets)


def repair_title(document: RepairDocument) -> str:
    """The heading of every form of the report."""
    return _("Repaired timetable: {file}").format(file=document.source.files[0])


def _is_moved(told: Told) -> bool:
    return told.move.changes_period


def _summary(document: RepairDocument) -> list[Block]:
    """The page for the decision; a line for every package, below how the numbers are to be read."""
    told = (f"{package_title(document, package)}: {gain_line(document, package)}" for package in document.packages)
    packages = filter(None, [gains_do_not_add_up(document), *told])
    return [
        *chapter(_("In short"), Items(three_sentences(document))),
        *chapter(_("What was asked"), Items(asked(document))),
        *chapter(_("What it brings, counted per week"), _brought(document)),
        *chapter(_("What it costs"), Items(costs(document))),
        *chapter(_("The changes in packages"), items(packages)),
        *chapter(_("How good it is"), Items(quality(document))),
        *chapter(_("What was not judged"), Items(gaps_in_knowledge(document))),
        *chapter(_("What else was noticed"), items(map(capitalised, document.source.notes))),
        *_made(document),
    ]


def _nothing() -> str:
    return _("Nothing that was judged gets better.")


def _brought(document: RepairDocument) -> Block:
    return figures(brought(document)) or Items([_nothing()])


def _answer(document: RepairDocument) -> list[Block]:
    return [
        *chapter(_("What it costs"), Items(costs(document))),
        *chapter(_("How good it is"), Items(quality(document))),
        *chapter(_("What was asked"), Items(asked(document))),
    ]


def _doubts(document: RepairDocument) -> list[Block]:
    return [
        *chapter(_("What was not judged"), Items(gaps_in_knowledge(document))),
        *chapter(_("Sites that the room names suggest"), Items(suggestion_lines(document.suggestions))),
        *chapter(_("What else was noticed"), Items(document.source.notes)),
    ]


def _made(document: RepairDocument) -> list[Block]:
    return chapter(_("How it was made"), items(made(document.run.versions, document.run.options)))


def _packages(facts: RepairFacts) -> list[Block]:
    if not facts.document.packages:
        return []
    intro = _("Packages can be made or left out one by one; the plan stays sound whichever are chosen.")
    told = chapter(_("The changes in packages"), Paragraph(intro), Paragraph(gains_do_not_add_up(facts.document)))
    for section in sections(facts):
        told += _package(facts, section) if section.number else []
    return told


def _package(facts: RepairFacts, section: Section) -> list[Block]:
    """The changes, part by part where there are several; what a part needs is said above the table, once."""
    parts = len(section.parts) > 1
    changes = [(part.name, change) for part in section.parts for change in part.changes]
    needs = items(filter(None, map(_part_facts, section.parts))) if parts else Items(())
    return chapter(section.title, Paragraph(section.gain), needs, change_table(facts, changes, parts=parts), level=3)


def _part_facts(part: Part) -> str:
    """What a part needs and brings; empty where neither is worth a line."""
    told = "; ".join(filter(None, (part.needs, part.gain)))
    return f"{part.name}: {told}" if told else ""
