"""The report on a repair after events as Markdown and as a workbook: the same chapters, as each of them is read."""

from __future__ import annotations

from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.blocks import Block, Command, Heading, Items, Paragraph, Table, chapter, items
from untisopt.report.compared.chapters import change_table, figures_of, people, rule_chapters
from untisopt.report.compared.sheets import Widths, changes_sheet, people_sheet, rules_sheet
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import headline, proof_lines
from untisopt.report.events.changes import EventsFacts, sections
from untisopt.report.events.front import happens, side_effects
from untisopt.report.events.html import repair_title
from untisopt.report.events.lists import waiting
from untisopt.report.events.making import made_lines, noticed
from untisopt.report.render.md import md_page
from untisopt.report.render.xlsx import Column, summary_sheet, workbook
from untisopt.report.words.run import rules_a_week
from untisopt.report.words.side_effects import costs_besides_gaps, gap_counts
from untisopt.report.words.summary import gaps_in_knowledge
from untisopt.results.event_report import RepairReport
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised


def repair_md(report: RepairReport) -> bytes:
    """The report as Markdown: events, changes, proof, side effects, people, rules, how it was made; UTF-8."""
    document, facts = report.document, EventsFacts(report)
    rows = [(row.name, row.before, row.after, row.change) for row in side_effects(facts)]
    blocks = [
        Heading(repair_title(report), 1),
        *chapter(_("What happens"), Items(happens(document)), Paragraph(" ".join(headline(document)))),
        *_changes(facts),
        *_unplaced(document),
        *_proof(document),
        *chapter(_("Side effects"), figures_of(rows), Items(costs_besides_gaps(report))),
        *_what_to_do(document),
        *people(facts),
        *rule_chapters(report),
        *_doubts(report),
    ]
    return md_page(blocks).encode()


def repair_xlsx(report: RepairReport) -> bytes:
    """The report as a workbook: summary, changes, by teacher, by grade, rules; the same report, the same bytes."""
    facts, title = EventsFacts(report), repair_title(report)
    widths = Widths(
        label=Column(_("what"), 16, wrap=True),
        counted=_("lectures changed"),
        counts=bool,
        teachers=16,
        places=16,
    )
    sheets = (
        summary_sheet(title, _summary(report)),
        changes_sheet(facts, facts.told, widths),
        people_sheet(facts, Kind.TEACHER, facts.told, widths),
        people_sheet(facts, Kind.GRADE, facts.told, widths),
        rules_sheet(report),
    )
    return workbook(title, _("page {page} of {pages}"), sheets)


def _summary(report: RepairReport) -> list[Block]:
    """The page for the decision; what has no place is a line per block, what stands in the way behind it."""
    document = report.document
    left = ["; ".join((one.lecture, *one.everywhere, *one.places)) for one in waiting(document)]
    return [
        *chapter(_("What happens"), Items(happens(document))),
        *chapter(_("In short"), Items(headline(document))),
        *chapter(_("Why these have no place"), Items([*_shortages(document), *left])),
        *_proof(document),
        *chapter(_("Side effects, counted per week"), _figures(report), Items(costs_besides_gaps(report))),
        *_what_to_do(document),
        *_doubts(report),
    ]


def _shortages(document: EventsDocument) -> list[str]:
    return [f"{capitalised(line)}." for line in document.shortages]


def _changes(facts: EventsFacts) -> list[Block]:
    told = [
        block
        for section in sections(facts)
        for block in chapter(section.title, change_table(facts, [("", c) for c in section.changes]), level=3)
    ]
    return [Heading(_("What changes")), *(told or [Items([_("No lecture moves: the plan stays as it is.")])])]


def _unplaced(document: EventsDocument) -> list[Block]:
    found = waiting(document)
    if not found:
        return []
    told: list[Block] = [Heading(_("Why these have no place")), Items(_shortages(document))]
    for one in found:
        told += [Heading(one.lecture, 3), Items((*one.everywhere, *one.places))]
    return told


def _proof(document: EventsDocument) -> list[Block]:
    return [
        *chapter(_("What is proved"), Items(proof_lines(document))),
        *chapter(_("What remains broken"), Items(document.remaining)),
    ]


def _figures(report: RepairReport) -> Table:
    """What rules find and how many gaps there are, as numbers."""
    classes = len(report.school.week_classes)
    gaps = {name: (round(before / classes, 2), round(after / classes, 2)) for name, before, after in gap_counts(report)}
    found = {
        capitalised(rule.title): (before, after)
        for rule, before, after in rules_a_week(report)
        if rule.tier is not Tier.CHANGES and (before or after)
    }
    return figures_of([(name, *pair, round(pair[1] - pair[0], 2)) for name, pair in {**found, **gaps}.items()])


def _what_to_do(document: EventsDocument) -> list[Block]:
    command = Command(command_line(document.ask) if document.ask else "")
    return chapter(_("What you can do"), Items(advice(document)), command)


def _doubts(report: RepairReport) -> list[Block]:
    return [
        *chapter(_("What was not judged"), Items(gaps_in_knowledge(report))),
        *chapter(_("What else was noticed"), items(map(capitalised, noticed(report.document)))),
        *chapter(_("How it was made"), Items(made_lines(report.document))),
    ]
