"""The page that a head teacher decides from: one HTML file that needs nothing but a browser, and prints well."""

from __future__ import annotations

from itertools import pairwise

from untisopt.i18n import _
from untisopt.report.ladder.drawing import Chart, draw
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.optimise.front import fairness, measures, touched
from untisopt.report.optimise.making import entries
from untisopt.report.optimise.package_rows import sections
from untisopt.report.optimise.page import page_context
from untisopt.report.optimise.picture import picture
from untisopt.report.render.html import html_page, safe
from untisopt.report.words.packages import gains_do_not_add_up
from untisopt.report.words.run import asked
from untisopt.report.words.side_effects import side_costs
from untisopt.report.words.summary import quality
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.ladder import LadderDocument
from untisopt.results.optimise import RepairDocument


def report_html(document: RepairDocument, ladder: LadderDocument | None = None) -> bytes:
    """Render the page: a first page to decide from, then every change, week, rule and how it was made.

    Parameters
    ----------
    document : RepairDocument
    ladder : LadderDocument or None
        What it brings to move more or fewer lectures; None: the picture of the first page is made of the packages.

    Returns
    -------
    bytes
        One UTF-8 file without any reference to another.
    """
    return html_page("report", **_context(RepairFacts(document), ladder))


def _context(facts: RepairFacts, ladder: LadderDocument | None) -> dict[str, object]:
    """Everything that the template lays out."""
    document = facts.document
    title = _("Repaired timetable: {file}").format(file=document.source.files[0])
    chart = picture(facts, ladder)
    return {
        **page_context(facts, sections(facts), title, entries(facts)),
        "lead": three_sentences(document),
        "measures": measures(facts),
        "touched": touched(facts),
        "side_costs": side_costs(document),
        "fairness": fairness(facts),
        "chart": safe(draw(chart, "ladder")) if chart else "",
        "from_ladder": ladder is not None,
        "rises": ladder is None and chart is not None and rises(chart),
        "has_bound": chart is not None and any(least is not None for _most, least in chart.panels[0].bounds),
        "quality": quality(document),
        "asked": asked(document),
        "sections_note": gains_do_not_add_up(document),
    }


def rises(chart: Chart) -> bool:
    """Whether more of the changes ever mean more site changes."""
    return any(after > before for panel in chart.panels for (_m, before), (_n, after) in pairwise(panel.plans))
