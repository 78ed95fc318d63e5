"""The sheets of changes and rules that the workbooks of both kinds of repair have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.blocks import Cell
from untisopt.report.compared.facts import Facts
from untisopt.report.render.xlsx import Column, Sheet
from untisopt.report.words.findings import findings
from untisopt.report.words.moves import weeks_held
from untisopt.report.words.run import SITE_CHANGES, rules_a_week, site_changes
from untisopt.results.optimise import Compared
from untisopt.rules import Rule
from untisopt.wording import capitalised, day_name, lecture_name

_Row = list[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A changed lecture in words.

    Parameters
    ----------
    label : str, int or None
        What kind of change it is, or its package.
    move : Move
    before, after : str
        Places, or where it is off the plan.
    rooms : (str or None, str or None)
        Before and after; None off the plan.
    reason : str
    """

    label: Cell
    move: Move
    before: str
    after: str
    rooms: tuple[str | None, str | None]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """What the columns of the two kinds of repair do not have in common.

    Parameters
    ----------
    label : Column
    counted : str
        The heading above how many lectures of a person change.
    counts : callable
        Whether a change counts there.
    teachers, places : float
        Widths in characters.
    """

    label: Column
    counted: str
    counts: Callable[[Told], bool]
    teachers: float
    places: float


def changes_sheet(facts: Facts, told: Sequence[Told], widths: Widths) -> Sheet:
    """One row per changed lecture."""
    columns = (
        widths.label,
        Column(_("lecture"), 26, wrap=True),
        Column(_("lesson"), 11),
        Column(_("subjects"), 10, wrap=True),
        Column(_("grades"), 10, wrap=True),
        Column(_("teachers"), widths.teachers, wrap=True),
        Column(_("day from"), 7),
        Column(_("period from"), 7),
        Column(_("day to"), 7),
        Column(_("period to"), 7),
        *_last_columns(),
    )
    return Sheet(name=_("Changes"), columns=columns, rows=[_change(facts, one) for one in told], frozen=2)


def _last_columns() -> Iterator[Column]:
    yield Column(_("rooms from"), 11, wrap=True)
    yield Column(_("rooms to"), 11, wrap=True)
    yield Column(_("weeks"), 9)
    yield Column(_("reason"), 60, wrap=True)


def _change(facts: Facts, told: Told) -> _Row:
    lecture = facts.school.lectures[told.move.lecture]
    return [
        told.label,
        lecture_name(facts.school, lecture.id),
        lecture.lesson,
        ", ".join(lecture.subjects),
        ", ".join(lecture.grades),
        facts.teachers(lecture.id),
        *_place(*told.move.before.period),
        *_place(*told.move.after.period),
        *_last_cells(facts, told),
    ]


def _place(day: int, number: int) -> _Row:
    """Day and period in two cells, which stay empty off the plan."""
    return [day_name(day), number] if day >= 1 else [None, None]


def _last_cells(facts: Facts, told: Told) -> _Row:
    return [*told.rooms, weeks_held(facts.school, told.move.lecture), told.reason]


def people_sheet(facts: Facts, kind: Kind, told: Sequence[Told], widths: Widths) -> Sheet:
    """One row per person and changed lecture; who changes sites and keeps every lecture has a row without one.

    The figures of a person stand in each of their rows, so that every filter keeps them in sight.
    """
    of_grades = kind is Kind.GRADE
    columns = (
        Column(_("grade") if of_grades else _("teacher"), 10),
        Column(widths.counted, 9),
        Column(_("site changes a week before"), 17),
        Column(_("site changes a week after"), 17),
        widths.label,
        Column(_("lecture"), 26, wrap=True),
        Column(_("teachers") if of_grades else _("grades"), widths.teachers, wrap=True),
        Column(_("from"), widths.places),
        Column(_("to"), widths.places),
        *_last_columns(),
    )
    own: dict[str, list[Told]] = {}
    for one in told:
        for name in facts.people(kind, one.move.lecture):
            own.setdefault(name, []).append(one)
    changes = site_changes(facts.document, kind)
    judged = SITE_CHANGES[kind] in facts.document.before.rules
    rows: list[_Row] = []
    for name in sorted({*own, *changes}):
        before, after = changes.get(name, (0.0, 0.0))
        changed = own.get(name, [])
        figures: _Row = [round(before, 2), round(after, 2)] if judged else [None, None]
        head: _Row = [name, sum(map(widths.counts, changed)), *figures]
        cells = [_for_person(facts, kind, one) for one in changed]
        rows += [[*head, *row] for row in cells or [[None] * (len(columns) - len(head))]]
    return Sheet(name=_("By grade") if of_grades else _("By teacher"), columns=columns, rows=rows, frozen=1)


def _for_person(facts: Facts, kind: Kind, told: Told) -> _Row:
    lecture = facts.school.lectures[told.move.lecture]
    return [
        told.label,
        lecture_name(facts.school, lecture.id),
        facts.teachers(lecture.id) if kind is Kind.GRADE else ", ".join(lecture.grades),
        told.before,
        told.after,
        *_last_cells(facts, told),
    ]


def rules_sheet(document: Compared) -> Sheet:
    """A row for every rule and what remains of it."""
    columns = (
        Column(_("rule"), 38, wrap=True),
        Column(_("what counts"), 18, wrap=True),
        Column(_("a week before"), 10),
        Column(_("a week after"), 10),
        Column(_("change"), 10),
        Column(_("what remains"), 95, wrap=True),
    )
    rows = chain.from_iterable(_rule(document, *found) for found in rules_a_week(document))
    return Sheet(name=_("Rules"), columns=columns, rows=list(rows), frozen=1)


def _rule(document: Compared, rule: Rule, before: float, after: float) -> Iterator[_Row]:
    """A row for every finding that remains, or one without; the moves themselves are no findings here."""
    tiers = {
        Tier.RULES: _("must hold"),
        Tier.SITE_CHANGES: _("site changes"),
        Tier.CHANGES: _("changes to the plan"),
        Tier.COMFORT: _("comfort"),
    }
    head: _Row = [capitalised(rule.title), tiers[rule.tier], before, after, round(after - before, 2)]
    left = () if rule.tier is Tier.CHANGES else document.after.of(rule.id)
    for sentence in [found.text for found in findings(document.school, rule, left)] or [""]:
        yield [*head, sentence]
