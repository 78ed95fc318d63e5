"""The sheets of changes that the workbooks of both kinds of repair have: their columns, and rows person by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.report.render.xlsx import Cell, Column, Sheet
from untisopt.report.words.run import SITE_CHANGES, site_changes
from untisopt.results.optimise import Compared

Row = list[Cell]


def changes_sheet(first: Column, rows: list[Row], *, teachers: float) -> Sheet:
    """One row per changed lecture, whose first column tells what kind of change; `teachers` is the width of theirs."""
    columns = (
        first,
        Column(_("lecture"), 26, wrap=True),
        Column(_("lesson"), 11),
        Column(_("subjects"), 10, wrap=True),
        Column(_("grades"), 10, wrap=True),
        Column(_("teachers"), teachers, wrap=True),
        Column(_("day from"), 7),
        Column(_("period from"), 7),
        Column(_("day to"), 7),
        Column(_("period to"), 7),
        Column(_("rooms from"), 11, wrap=True),
        Column(_("rooms to"), 11, wrap=True),
        Column(_("weeks"), 9),
        Column(_("reason"), 60, wrap=True),
    )
    return Sheet(name=_("Changes"), columns=columns, rows=rows, frozen=2)


def people_sheet(
    document: Compared,
    kind: Kind,
    counted: Column,
    first: Column,
    own: Mapping[str, tuple[int, Sequence[Row]]],
    *,
    others: float,
    places: float,
) -> Sheet:
    """One row per person and changed lecture; who changes sites and keeps every lecture has a row without one.

    The figures of a person stand in each of their rows, so that every filter keeps them in sight.

    Parameters
    ----------
    document : Compared
    kind : Kind
        Teachers or grades.
    counted : Column
        Of the number of changed lectures.
    first : Column
        What kind of change.
    own : mapping of str to (int, sequence of Row)
        By person: that number, and the cells of every changed lecture from `first` on.
    others, places : float
        Widths of the columns of the others in a lecture, and of the two places.
    """
    of_grades = kind is Kind.GRADE
    columns = (
        Column(_("grade") if of_grades else _("teacher"), 10),
        counted,
        Column(_("site changes a week before"), 17),
        Column(_("site changes a week after"), 17),
        first,
        Column(_("lecture"), 26, wrap=True),
        Column(_("teachers") if of_grades else _("grades"), others, wrap=True),
        Column(_("from"), places),
        Column(_("to"), places),
        Column(_("rooms from"), 11, wrap=True),
        Column(_("rooms to"), 11, wrap=True),
        Column(_("weeks"), 9),
        Column(_("reason"), 60, wrap=True),
    )
    changes = site_changes(document, kind)
    judged = SITE_CHANGES[kind] in document.before.rules
    rows: list[Row] = []
    for name in sorted({*own, *changes}):
        before, after = changes.get(name, (0.0, 0.0))
        count, changed = own.get(name, (0, ()))
        figures: Row = [round(before, 2), round(after, 2)] if judged else [None, None]
        head: Row = [name, count, *figures]
        rows += [[*head, *row] for row in changed or [[None] * (len(columns) - len(head))]]
    return Sheet(name=_("By grade") if of_grades else _("By teacher"), columns=columns, rows=rows, frozen=1)


def weeks(document: Compared, move: Move) -> str:
    """The kinds of weeks in which a lecture is held."""
    school = document.school
    classes = school.classes(school.lectures[move.lecture].weeks)
    if len(classes) == len(school.week_classes):
        return _("all")
    return ", ".join(school.week_classes[index].name for index in classes)
