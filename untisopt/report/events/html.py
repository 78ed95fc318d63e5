"""The page on a repair after events: for head teachers first, then every change, week and sheet; one HTML file."""

from __future__ import annotations

from untisopt.i18n import _, ngettext
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import headline, proof_lines
from untisopt.report.events.changes import EventsFacts, sections
from untisopt.report.events.front import front_lists, happens, side_effects, touched
from untisopt.report.events.lists import waiting
from untisopt.report.events.making import entries
from untisopt.report.optimise.page import page_context
from untisopt.report.render.html import html_page
from untisopt.report.words.side_effects import costs_besides_gaps
from untisopt.results.event_report import RepairReport
from untisopt.wording import capitalised

MOST_WAITING = 3
"""Lectures without a place that the first page explains."""


def repair_html(report: RepairReport) -> bytes:
    """Render the page: the events, what changes, what is proved and the side effects; then everything else.

    Returns
    -------
    bytes
        One UTF-8 file without any reference to another.
    """
    return html_page("repair", **_context(EventsFacts(report)))


def _context(facts: EventsFacts) -> dict[str, object]:
    """Everything that the template lays out."""
    report, document = facts.document, facts.document.document
    left, lists = waiting(document), front_lists(facts)
    more = len(left) - MOST_WAITING
    return {
        **page_context(facts, sections(report), repair_title(report), entries(report), _words()),
        "happens": happens(document),
        "answer": headline(document),
        "lists": lists,
        "shows_rooms": any(row.rooms for found in lists for row in found.rows),
        "shortages": [f"{capitalised(line)}." for line in document.shortages],
        "waiting": left[:MOST_WAITING],
        "more_waiting": ngettext("and {count} more", "and {count} more", more).format(count=more) if more > 0 else "",
        "touched": touched(facts),
        "proof": proof_lines(document),
        "remaining": document.remaining,
        "measures": side_effects(facts),
        "side_costs": costs_besides_gaps(report),
        "advice": advice(document),
        "command": command_line(document.ask) if document.ask else "",
    }


def repair_title(report: RepairReport) -> str:
    """The heading of every form of the report."""
    return _("Timetable after events: {file}").format(file=report.source.files[0])


def _words() -> dict[str, object]:
    """Lectures may come and go as well: the sheets do not say that all of them stand elsewhere."""
    forms = [ngettext("{count} lecture changes.", "{count} lectures change.", count) for count in (1, 2)]
    return {"sheetChanges": forms}
