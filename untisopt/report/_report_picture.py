"""The picture of the first page: what so many moved lectures bring, from a ladder or from the packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from untisopt.domain.changes import Move, apply
from untisopt.i18n import _
from untisopt.report import _counts
from untisopt.report._report_facts import Facts
from untisopt.report.documents import Package
from untisopt.report.ladder_document import SITE_CHANGES, LadderDocument
from untisopt.report.ladder_drawing import Chart, Mark, Panel
from untisopt.report.ladder_svg import ladder_chart
from untisopt.rules import judge
from untisopt.wording import decimal

MOST_POINTS = 40
"""Plans of the picture: more would only hide one another."""


def picture(facts: Facts, ladder: LadderDocument | None) -> Chart | None:
    """The ladder with the chosen plan, else the packages one after another; None where there is nothing to show."""
    if ladder is not None:
        return _of_ladder(facts, ladder)
    if facts.document.packages and any(rule in facts.document.before.rules for rule in SITE_CHANGES):
        return _of_packages(facts)
    return None


def _of_ladder(facts: Facts, ladder: LadderDocument) -> Chart | None:
    """The ladder without its second panel: the first page has to fit on one sheet."""
    chart = ladder_chart(ladder)
    moved = len(facts.moved)
    marks = tuple(
        replace(mark, label=_("{label} (this plan)").format(label=mark.label)) if mark.moved == moved else mark
        for mark in chart.marks
    )
    return replace(chart, panels=chart.panels[:1], marks=marks) if chart.panels else None


def _of_packages(facts: Facts) -> Chart:
    """Site changes a week when more and more parts of the packages are made, those of most value first."""
    classes = len(facts.school.week_classes)
    plans = {moved: amount / classes for moved, amount in _plans(facts)}
    most = max(plans)
    described = _("Today {before} site changes a week; with all changes, {moved} moved lectures, it is {after}.")
    return Chart(
        title=_("What more and more of the changes bring"),
        description=described.format(before=decimal(plans[0]), moved=most, after=decimal(plans[most])),
        panels=(Panel(_("Site changes a week"), tuple(sorted(plans.items())), _bounds(facts)),),
        marks=(Mark("diamond", _("This plan: {lectures}").format(lectures=_counts.lectures(most)), most),),
        axis=_("moved lectures (the scale gets narrower to the right)"),
        today=_("today"),
        plan=_("a valid plan with the first parts"),
        bound=_("proved: no plan is below"),
        unknown=_("between them: not known"),
        none="",
    )


def _bounds(facts: Facts) -> tuple[tuple[int | None, float | None], ...]:
    """No plan, however many lectures it moves, has fewer site changes; rounded down, because more is not proved."""
    least = facts.document.run.least_site_changes
    if not any(rule in least for rule in SITE_CHANGES):
        return ()
    total = sum(least.get(rule, 0) for rule in SITE_CHANGES) / len(facts.school.week_classes)
    return ((None, floor(10 * total + 1e-9) / 10),)


def _plans(facts: Facts) -> Iterator[tuple[int, int]]:
    """Moved lectures and site changes, over all week classes, of today and with more and more parts.

    A part is made with all that it needs, so every one of these plans breaks no rule newly.
    """
    parts = _all_parts(facts.document.packages)
    saved = [saved for _moves, saved in _differences(facts, [part.moves for part in parts])]
    steps = [[move for index in step for move in parts[index].moves] for step in order(parts, saved)]
    limits = chosen(len(steps))
    groups = [[move for step in steps[i:j] for move in step] for i, j in pairwise(limits)]
    moved, amount = 0, facts.site_changes_before
    yield moved, amount
    for moves, less in _differences(facts, groups):
        moved += sum(move.changes_period for move in moves)
        amount -= less
        yield moved, amount


@dataclass(frozen=True, slots=True)
class Part:
    """Changes that are made together, and the indices of the parts that have to be made as well."""

    moves: tuple[Move, ...]
    needs: frozenset[int]


def _all_parts(packages: Iterable[Package]) -> list[Part]:
    """The parts of all packages; a package without parts is one."""
    found: list[Part] = []
    for package in packages:
        first = len(found)
        found += [Part(part.moves, frozenset(first + index for index in part.needs)) for part in package.parts]
        if not package.parts:
            found.append(Part(package.moves, frozenset()))
    return found


def order(parts: Sequence[Part], saved: Sequence[int]) -> list[list[int]]:
    """Steps in which all parts are made: always the part that, with what it still needs, saves most per lecture.

    Parameters
    ----------
    parts : sequence of Part
    saved : sequence of int
        What each of them is about worth.

    Returns
    -------
    list of list of int
        Indices of parts; every part is in one step.
    """
    left = set(range(len(parts)))
    steps = []
    while left:
        choices = [sorted({index, *parts[index].needs} & left) for index in sorted(left)]
        best = max(choices, key=lambda c: (sum(saved[i] for i in c) / sum(len(parts[i].moves) for i in c), -c[0]))
        steps.append(best)
        left -= set(best)
    return steps


def _differences(facts: Facts, groups: Iterable[Sequence[Move]]) -> Iterator[tuple[Sequence[Move], int]]:
    """How many site changes are saved when groups of moves are made one after another.

    Each is judged in the part of the school that it touches: judging the whole school every time takes long.
    """
    rules = [rule for rule in facts.document.policy.rules if rule.id in SITE_CHANGES]
    plan = facts.school.as_is
    for moves in groups:
        now, plan = plan, apply(moves, plan)
        part = facts.school.part_around(now, plan)
        before, after = (judge(part, timetable.only(part.lectures), rules) for timetable in (now, plan))
        yield moves, sum(before.amount(rule.id) - after.amount(rule.id) for rule in rules)


def chosen(steps: int) -> list[int]:
    """How many steps the plans of the picture hold: 0, all, and evenly many between."""
    last = min(steps, MOST_POINTS - 1)
    return sorted({round(steps * i / last) for i in range(last + 1)}) if last else [0]
