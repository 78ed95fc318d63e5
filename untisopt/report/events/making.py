"""How a repair after events was made: the events, options, versions, and what to know about them."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.i18n import _
from untisopt.report.events.answer import solver_lines
from untisopt.report.optimise.making import Entry, options_in_force, weeks_of
from untisopt.report.words.summary import gaps_in_knowledge
from untisopt.results.event_report import RepairReport
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised, decimal


def entries(report: RepairReport) -> list[Entry]:
    """Headings with their sentences; what has none is left out."""
    document = report.document
    found = (
        (_("The events, to be used again"), [event.text for event in document.events]),
        (_("Options"), list(options_in_force(document.policy))),
        (_("The run"), list(made(document))),
        (_("Kinds of weeks"), weeks_of(report.school)),
        (_("What was not judged"), gaps_in_knowledge(report)),
        (_("What else was noticed"), list(noticed(document))),
    )
    sentences = [(title, [capitalised(line) for line in lines]) for title, lines in found if lines]
    return [(_("Files that were read"), [", ".join(document.source.files)]), *sentences]


def noticed(document: EventsDocument) -> tuple[str, ...]:
    """Notes on the repair, then on what was read."""
    return (*document.notes, *document.source.notes)


def made(document: EventsDocument) -> Iterator[str]:
    """Versions and options; nothing that differs from run to run."""
    options = document.options
    versions = ", ".join(f"{name} {version}" for name, version in document.versions.items())
    yield _("Made with {versions}.").format(versions=versions)
    workers = _("all cores") if options["workers"] is None else str(options["workers"])
    text = _("Time limit {limit} s, workers: {workers}, seed {seed}.")
    limit = decimal(float(str(options["time_limit"])), places=3)
    yield text.format(limit=limit, workers=workers, seed=options["seed"])
    yield from solver_lines(document)
    if options["deterministic"]:
        yield _("The run was deterministic: the same input, options and version give the same result.")
