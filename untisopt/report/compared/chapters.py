"""Chapters that the reports on both kinds of repair have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.i18n import _
from untisopt.report.blocks import Block, Heading, Items, Lines, Signed, Table, chapter
from untisopt.report.compared.facts import Facts
from untisopt.report.compared.rows import Change
from untisopt.report.words.moves import rooms
from untisopt.report.words.run import rules_a_week, site_changes, still_wrong
from untisopt.results.optimise import Compared
from untisopt.rules import Rule
from untisopt.wording import capitalised, decimal, lecture_name

_FIGURES = frozenset((1, 2, 3))


def figures(rules: Iterable[tuple[Rule, float, float]]) -> Table:
    """A table of what rules find a week."""
    return figures_of(
        [(capitalised(rule.title), before, after, Signed(round(after - before, 2))) for rule, before, after in rules]
    )


def figures_of(rows: Sequence[tuple[str, str | float, str | float, str | float]]) -> Table:
    """A table of figures before and after."""
    return Table((_("counted per week"), _("before"), _("after"), _("change")), rows, _FIGURES)


def change_table(facts: Facts, changes: Iterable[tuple[str, Change]], *, parts: bool = False) -> Table:
    """Changes with their reasons, and the name of their part where there are several."""
    head = [_("from"), _("to"), _("lecture"), _("teachers"), _("rooms"), _("reason")]
    rows = [[*([part] if parts else []), *_cells(facts, change)] for part, change in changes]
    return Table([_("part"), *head] if parts else head, rows)


def _cells(facts: Facts, change: Change) -> list[str]:
    return [
        change.before,
        change.after or _("stays"),
        lecture_name(facts.school, change.run.first.lecture),
        facts.teachers(change.run.first.lecture),
        room_words(change.run),
        " ".join(change.reason),
    ]


def room_words(run: MovedRun) -> str:
    """`F13`, or `F13 -> F14` where the rooms change."""
    old, new = (", ".join(rooms(place)) for place in (run.first.before, run.first.after))
    return f"{old or '-'} -> {new or '-'}" if run.first.changes_rooms else old


def people(facts: Facts) -> list[Block]:
    """Site changes of teachers, and what changes for whom."""
    head = (_("teacher"), _("before"), _("after"))
    changes = site_changes(facts.document, Kind.TEACHER).items()
    relief = [(name, decimal(before), decimal(after)) for name, (before, after) in changes]
    told = chapter(_("Site changes a week, by teacher"), Table(head, relief, frozenset((1, 2))))
    for kind, title in ((Kind.GRADE, _("Changes by grade")), (Kind.TEACHER, _("Changes by teacher"))):
        groups = list(facts.by_person(kind))
        told += [Heading(title)] if groups else []
        for name, lines in groups:
            told += chapter(name, Lines(lines), level=3)
    return told


def remains_wrong(document: Compared) -> list[Block]:
    """What is still broken, finding by finding."""
    return chapter(_("What remains wrong"), Items(still_wrong(document)))


def rule_chapters(document: Compared) -> list[Block]:
    """Every rule before and after, and what is still broken."""
    return [*chapter(_("The score, rule by rule"), figures(rules_a_week(document))), *remains_wrong(document)]
