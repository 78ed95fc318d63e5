"""How a repair after events was made: the events, options, versions, and what to know about them."""

from __future__ import annotations

from untisopt.i18n import _
from untisopt.report.events.answer import solver_lines
from untisopt.report.optimise.making import Entry, options_in_force, weeks_of
from untisopt.report.words.run import made
from untisopt.report.words.summary import gaps_in_knowledge
from untisopt.results.event_report import RepairReport
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised


def entries(report: RepairReport) -> list[Entry]:
    """Headings with their sentences; what has none is left out."""
    document = report.document
    found = (
        (_("The events, to be used again"), [event.text for event in document.events]),
        (_("Options"), list(options_in_force(document.policy))),
        (_("The run"), made_lines(document)),
        (_("Kinds of weeks"), weeks_of(report.school)),
        (_("What was not judged"), gaps_in_knowledge(report)),
        (_("What else was noticed"), list(noticed(document))),
    )
    sentences = [(title, [capitalised(line) for line in lines]) for title, lines in found if lines]
    return [(_("Files that were read"), [", ".join(document.source.files)]), *sentences]


def noticed(document: EventsDocument) -> tuple[str, ...]:
    """Notes on the repair, then on what was read."""
    return (*document.notes, *document.source.notes)


def made_lines(document: EventsDocument) -> list[str]:
    """Versions, options and solvers; nothing that differs from run to run."""
    return list(made(document.versions, document.options, *solver_lines(document)))
