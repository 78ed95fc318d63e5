"""Site changes per teacher and day, today and in the repaired plan: the rows of a table of heat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from untisopt.domain.score import Score
from untisopt.report.compared.facts import Facts

_SITE_CHANGES, _TOO_SHORT = "teacher-site-changes", "teacher-travel"
_LEVELS = 4
"""Shades beside the blank one."""

Counts = Counter[tuple[str, int]]
"""By teacher and weekday, over all week classes."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One teacher on one day, or on all days.

    Parameters
    ----------
    text : str
        Site changes a week; empty for none.
    level : int
        Shade, 0 to 4.
    too_short : bool
        Whether any of them has too little time.
    """

    text: str
    level: int
    too_short: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One teacher: days and sum before, days and sum after."""

    name: str
    before: tuple[Cell, ...]
    after: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by greatest relief first, the sums of all teachers, and the days of the columns."""

    days: tuple[int, ...]
    rows: tuple[Row, ...]
    total: Row


def travel_table(facts: Facts) -> Table | None:
    """The table; None where site changes of teachers are not judged."""
    document = facts.document
    if _SITE_CHANGES not in document.before.rules:
        return None
    changes = [_count(score, _SITE_CHANGES) for score in (document.before, document.after)]
    short = [_count(score, _TOO_SHORT) for score in (document.before, document.after)]
    days = facts.school.grid.days
    sums = [_by_teacher(found) for found in changes]
    names = sorted(sums[0] | sums[1], key=lambda name: (sums[1][name] - sums[0][name], -sums[0][name], name))
    rows = tuple(
        Row(name, *(_cells(facts, name, found, late) for found, late in zip(changes, short, strict=True)))
        for name in names
    )
    return Table(days, rows, Row("", *(_totals(facts, found, days) for found in changes)))


def weekly_of(facts: Facts) -> dict[str, tuple[str, str]]:
    """Site changes a week before and after of every teacher that has any."""
    sums = [_by_teacher(_count(score, _SITE_CHANGES)) for score in (facts.document.before, facts.document.after)]
    return {name: (facts.weekly(sums[0][name]), facts.weekly(sums[1][name])) for name in sorted(sums[0] | sums[1])}


def _count(score: Score, rule: str) -> Counts:
    found: Counts = Counter()
    for violation in score.of(rule):
        found[violation.facts.name, violation.facts.day or 0] += violation.amount
    return found


def _by_teacher(found: Counts) -> Counter[str]:
    sums: Counter[str] = Counter()
    for (name, _day), amount in found.items():
        sums[name] += amount
    return sums


def _cells(facts: Facts, name: str, found: Counts, late: Counts) -> tuple[Cell, ...]:
    days = facts.school.grid.days
    cells = [_cell(facts, found[name, day], late[name, day] > 0) for day in days]
    whole = sum(found[name, day] for day in days)
    return (*cells, Cell(facts.weekly(whole), 0, any(cell.too_short for cell in cells)))


def _cell(facts: Facts, amount: int, too_short: bool) -> Cell:
    if not amount:
        return Cell("", 0, too_short)
    a_week = amount / len(facts.school.week_classes)
    return Cell(facts.weekly(amount), min(_LEVELS, max(1, round(a_week))), too_short)


def _totals(facts: Facts, found: Counts, days: tuple[int, ...]) -> tuple[Cell, ...]:
    by_day: Counter[int] = Counter()
    for (_name, day), amount in found.items():
        by_day[day] += amount
    cells = [Cell(facts.weekly(by_day[day]), 0, False) for day in days]
    return (*cells, Cell(facts.weekly(sum(by_day[day] for day in days)), 0, False))
