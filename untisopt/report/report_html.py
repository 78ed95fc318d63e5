"""The page that a head teacher decides from: one HTML file that needs nothing but a browser, and prints well."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from markupsafe import Markup

from untisopt.domain.resources import Kind
from untisopt.i18n import _, current_language
from untisopt.report._html import data_block, environment
from untisopt.report._report_facts import Facts
from untisopt.report._report_front import fairness, measures, touched
from untisopt.report._report_making import entries
from untisopt.report._report_packages import names, sections
from untisopt.report._report_picture import picture
from untisopt.report._report_rules import rule_rows
from untisopt.report._report_travel import travel_table
from untisopt.report._report_weeks import week_data
from untisopt.report._report_words import full_day_name, script_words
from untisopt.report._run_words import asked, kinds_of_weeks
from untisopt.report._side_effects import side_costs
from untisopt.report.documents import RepairDocument
from untisopt.report.ladder_document import LadderDocument
from untisopt.report.ladder_drawing import Chart, draw
from untisopt.report.package_words import gains_do_not_add_up
from untisopt.report.summary import quality
from untisopt.report.three_sentences import three_sentences
from untisopt.wording import day_name


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
    context = _context(Facts(document), ladder)
    return environment().get_template("report.html.j2").render(context).encode()


def _context(facts: Facts, ladder: LadderDocument | None) -> dict[str, object]:
    """Everything that the template lays out."""
    document = facts.document
    found = sections(facts)
    teachers, grades = names(found, Kind.TEACHER), names(found, Kind.GRADE)
    chart = picture(facts, ladder)
    script = (files("untisopt.report") / "templates" / "report.js").read_text(encoding="utf-8")
    data = {"words": script_words(document.source.files[0]), **week_data(facts, found)}
    return {
        "lang": current_language(),
        "title": _("Repaired timetable: {file}").format(file=document.source.files[0]),
        "lead": three_sentences(document),
        "measures": measures(facts),
        "touched": touched(facts),
        "side_costs": side_costs(document),
        "fairness": fairness(facts),
        "chart": Markup(draw(chart, "ladder")) if chart else "",
        "from_ladder": ladder is not None,
        "rises": ladder is None and chart is not None and rises(chart),
        "has_bound": chart is not None and any(least is not None for _most, least in chart.panels[0].bounds),
        "quality": quality(document),
        "asked": asked(document),
        "weeks_note": kinds_of_weeks(document),
        "sections": found,
        "sections_note": gains_do_not_add_up(document),
        "teachers": teachers,
        "grades": grades,
        "teacher_index": {name: number for number, name in enumerate(teachers)},
        "grade_index": {name: number for number, name in enumerate(grades)},
        "travel": travel_table(facts),
        "day_name": day_name,
        "full_day_name": full_day_name,
        "no_travel": document.not_judged.get("teacher-site-changes", ""),
        "rules": rule_rows(facts),
        "making": entries(facts),
        "data": data_block(data),
        "script": Markup(script),
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
    }


def rises(chart: Chart) -> bool:
    """Whether more of the changes ever mean more site changes."""
    return any(after > before for panel in chart.panels for (_m, before), (_n, after) in pairwise(panel.plans))
