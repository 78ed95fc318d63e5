"""The steps of a ladder as a table that a spreadsheet opens with a double click.

Semicolons, CRLF and UTF-8 with a byte order mark, as in the table of the changes. The first column is text, so that no
spreadsheet takes a cell for a date; decimal marks follow the language in force.
"""

from __future__ import annotations

import csv
import io

from untisopt.i18n import _
from untisopt.report.ladder.words import budget_name, option_names, other_breaches, weekly
from untisopt.results.ladder import LadderDocument, LadderStep


def ladder_csv(document: LadderDocument) -> bytes:
    """One line per step, the plan of today first; what is not known stays empty.

    Returns
    -------
    bytes
        The file.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_header())
    writer.writerows([*_cells(document, step), option_names(document, i)] for i, step in enumerate(document.steps))
    return text.getvalue().encode("utf-8-sig")


def _header() -> list[str]:
    return [
        _("lectures that may move at most"),
        _("lectures moved"),
        _("teachers touched"),
        _("grades touched"),
        _("site changes of teachers a week"),
        _("site changes of grades a week"),
        _("site changes a week at least (proved)"),
        _("journeys a week with too little time"),
        _("journeys a week with too little time at least (proved)"),
        _("other breaches of rules"),
        _("proved to be the best"),
        _("option"),
    ]


def _cells(document: LadderDocument, step: LadderStep) -> list[str]:
    least = step.site_changes_at_least
    return [
        budget_name(step),
        str(step.moved),
        str(step.teachers),
        str(step.grades),
        weekly(document, step.teacher_changes),
        weekly(document, step.grade_changes),
        "" if least is None or step.is_today else weekly(document, least),
        weekly(document, step.too_short),
        "" if step.is_today else weekly(document, step.too_short_at_least),
        str(other_breaches(document, step)),
        "" if step.is_today else _("yes") if step.proved else _("no"),
    ]
