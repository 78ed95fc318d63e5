"""The picture of the first page: what so many moved lectures bring, from a ladder or from the packages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import floor

from untisopt.domain.changes import Move, apply
from untisopt.i18n import _
from untisopt.report.ladder.drawing import Chart, Mark, Panel
from untisopt.report.ladder.svg import ladder_chart
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.words import counts as _counts
from untisopt.results.ladder import SITE_CHANGES, LadderDocument
from untisopt.results.packages import Package
from untisopt.rules import judge
from untisopt.wording import decimal

MOST_POINTS = 25
"""Plans of the picture: more would only hide one another."""


def picture(facts: RepairFacts, ladder: LadderDocument | None) -> Chart | None:
    """The ladder with the chosen plan, else the packages one after another; None where there is nothing to show."""
    if ladder is not None:
        return _of_ladder(facts, ladder)
    if facts.document.packages and any(rule in facts.document.before.rules for rule in SITE_CHANGES):
        return _of_packages(facts)
    return None


def _of_ladder(facts: RepairFacts, ladder: LadderDocument) -> Chart | None:
    """The ladder without its second panel: the first page has to fit on one sheet."""
    chart = ladder_chart(ladder)
    moved = len(facts.moved)
    marks = tuple(
        replace(mark, label=_("{label} (this plan)").format(label=mark.label)) if mark.moved == moved else mark
        for mark in chart.marks
    )
    return replace(chart, panels=chart.panels[:1], marks=marks) if chart.panels else None


def _of_packages(facts: RepairFacts) -> Chart:
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


def _bounds(facts: RepairFacts) -> tuple[tuple[int | None, float | None], ...]:
    """No plan, however many lectures it moves, has fewer site changes; rounded down, because more is not proved."""
    least = facts.document.run.least_site_changes
    if not any(least.get(rule) for rule in SITE_CHANGES):
        return ()
    total = sum(least.get(rule, 0) for rule in SITE_CHANGES) / len(facts.school.week_classes)
    return ((None, floor(10 * total + 1e-9) / 10),)


def _plans(facts: RepairFacts) -> Iterator[tuple[int, int]]:
    """Moved lectures and site changes, over all week classes, of today and with more and more parts.

    A part is made with all that it needs, so every one of these plans breaks no rule newly.
    """
    parts = _all_parts(facts.document.packages)
    steps = [[move for index in step for move in parts[index].moves] for step in order(parts)]
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
    """Changes that are made together.

    Parameters
    ----------
    moves : tuple of Move
    needs : frozenset of int
        Indices of the parts that have to be made as well.
    relieves : int
        How many site changes would be there if one of its lectures stayed: about what it is worth.
    """

    moves: tuple[Move, ...]
    needs: frozenset[int]
    relieves: int


def _all_parts(packages: Iterable[Package]) -> list[Part]:
    """The parts of all packages; a package without parts is one."""
    found: list[Part] = []
    for package in packages:
        first = len(found)
        found += [
            Part(part.moves, frozenset(first + index for index in part.needs), _relieved(package, part.moves))
            for part in package.parts
        ]
        if not package.parts:
            found.append(Part(package.moves, frozenset(), _relieved(package, package.moves)))
    return found


def _relieved(package: Package, moves: Iterable[Move]) -> int:
    reasons = (package.reasons[move.lecture] for move in moves if move.lecture in package.reasons)
    return len({found for reason in reasons for found in reason.relieves if found.rule in SITE_CHANGES})


def order(parts: Sequence[Part]) -> list[list[int]]:
    """Steps in which all parts are made: always the part that, with what it still needs, relieves most per lecture.

    Returns
    -------
    list of list of int
        Indices of parts; every part is in one step, and what it needs in the same step or one before.
    """
    left = set(range(len(parts)))
    needed_by: defaultdict[int, set[int]] = defaultdict(set)
    for index, part in enumerate(parts):
        for needed in part.needs:
            needed_by[needed].add(index)
    queue = [(_dearness(parts, _step(parts, index, left)), index) for index in left]
    heapify(queue)
    steps = []
    while left:
        dearness, index = heappop(queue)
        step = _step(parts, index, left)
        # What stands in the queue may be out of date: the part is made, or some of what it needs.
        if index not in left or dearness != _dearness(parts, step):
            continue
        steps.append(step)
        left -= set(step)
        for other in {other for done in step for other in needed_by[done]} & left:
            heappush(queue, (_dearness(parts, _step(parts, other, left)), other))
    return steps


def _step(parts: Sequence[Part], index: int, left: Collection[int]) -> list[int]:
    """A part and what it needs, as far as it is not made yet."""
    return sorted(one for one in {index, *parts[index].needs} if one in left)


def _dearness(parts: Sequence[Part], step: Sequence[int]) -> float:
    """Less for a step that relieves more per lecture."""
    moves = sum(len(parts[index].moves) for index in step)
    return -sum(parts[index].relieves for index in step) / max(1, moves)


def _differences(facts: RepairFacts, groups: Iterable[Sequence[Move]]) -> Iterator[tuple[Sequence[Move], int]]:
    """How many site changes are saved when groups of moves are made one after another.

    Only those can change sites who teach or are taught at several, so each group is judged in their lectures: judging
    the whole school every time takes long.
    """
    school = facts.school
    rules = [rule for rule in facts.document.policy.rules if rule.id in SITE_CHANGES]
    plan = school.as_is
    for moves in groups:
        now, plan = plan, apply(moves, plan)
        people = {person for move in moves for person in school.people[move.lecture]} & school.travellers
        part = school.part_of({lecture for person in people for lecture in school.lectures_of[person]})
        before, after = (judge(part, timetable.only(part.lectures), rules) for timetable in (now, plan))
        yield moves, sum(before.amount(rule.id) - after.amount(rule.id) for rule in rules)


def chosen(steps: int) -> list[int]:
    """How many steps the plans of the picture hold: 0, all, and evenly many between."""
    last = min(steps, MOST_POINTS - 1)
    return sorted({round(steps * i / last) for i in range(last + 1)}) if last else [0]
