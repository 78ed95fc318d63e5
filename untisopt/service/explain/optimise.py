"""Explain single lectures of a result: why they move, what it costs to keep them, who is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from untisopt.domain.changes import apply
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import ShouldStop, SolveOptions, never
from untisopt.io.events.lectures import find_lectures
from untisopt.results.explain_optimise import ExplainDocument, Explained
from untisopt.results.packages import Package, Reason, Stay
from untisopt.rules import judge
from untisopt.service.apply import document_of_result, without
from untisopt.service.reading.result_folder import StoredResult, read_result

DEFAULT_SECONDS = 5.0
"""How long to search for plans in which the lecture stays, where the repair itself has not done so."""


def explain(
    path: Path, lecture: str, *, seconds: float = DEFAULT_SECONDS, should_stop: ShouldStop | None = None
) -> ExplainDocument:
    """Explain the lectures of a result that a text names.

    Parameters
    ----------
    path : Path
        The folder that a repair has written.
    lecture : str
        `177@5.5`, `177`, `177 Fri 5` or `Ma 10.3 Fri 5`: where it stood before the repair.
    seconds : float
        How long to search for better plans in which the lectures stay, where the repair has not; 0: not at all.
    should_stop : callable or None
        Asked now and then; True ends the search with what is known.

    Raises
    ------
    InputError
        It is no result, or the text names no lecture of it.
    """
    stored = read_result(path)
    asked = find_lectures(lecture, stored.plan.school)
    document = document_of_result(stored)
    block_of = stored.plan.school.block_of
    wanted = {id_ for asked_one in asked for id_ in block_of[asked_one].lectures}
    found = _found(stored, wanted)
    stays = _searched(stored, found, document.before, document.after, seconds, should_stop or never)
    return ExplainDocument(
        repair=document,
        folder=str(path),
        asked=lecture,
        moved=tuple(_with(one, stays.get(block_of[one.moves[0].lecture].id)) for one in found),
        staying=tuple(id_ for id_ in asked if not any(id_ == m.lecture for one in found for m in one.moves)),
    )


def _found(stored: StoredResult, wanted: set[str]) -> list[Explained]:
    """The blocks that are asked about and move, with their packages."""
    found = []
    for package in stored.packages:
        for part in package.parts:
            blocks = {
                stored.plan.school.block_of[move.lecture].id: None for move in part.moves if move.lecture in wanted
            }
            for block in blocks:
                moves = tuple(m for m in part.moves if stored.plan.school.block_of[m.lecture].id == block)
                found.append(
                    Explained(moves=moves, package=package, part=part, reason=package.reasons[moves[0].lecture])
                )
    return sorted(found, key=lambda one: (one.moves[0].before.period, one.moves[0].lecture))


def _with(found: Explained, stay: Stay | None) -> Explained:
    reason: Reason = found.reason
    better = stay is not None and (not reason.stay.searched or stay.points < reason.stay.points)
    return replace(found, reason=replace(reason, stay=stay)) if stay is not None and better else found


def _searched(
    stored: StoredResult,
    found: list[Explained],
    before: Score,
    after: Score,
    seconds: float,
    should_stop: ShouldStop,
) -> Mapping[str, Stay]:
    """By block: what it costs if it stays, where the repair has not searched for that."""
    school, policy = stored.plan.school, stored.plan.policy
    known = {
        school.block_of[one.moves[0].lecture].id: _without(stored, stored.packages, one)
        for one in found
        if not one.reason.stay.searched
    }
    if not known or not seconds:
        return {}
    # Imported late: the solver takes a while to load.
    from untisopt.solve.packages.staying import plans_around

    options = stored.data["options"]
    search = SolveOptions(
        time_limit=seconds,
        workers=options["workers"],
        seed=options["seed"],
        deterministic=options["deterministic"],
    )
    goal = objective(school, policy)
    stays: dict[str, Stay] = {}
    for block, timetable in plans_around(school, policy, before, known, search, seconds, should_stop):
        scores = [(t, judge(school, t, policy.rules)) for t in (known[block], timetable) if t is not None]
        sound = [score for _timetable, score in scores if not score.newly_broken(before)]
        if sound:
            best = min(sound, key=goal.value)
            amounts = {rule: s.amount - after.amount(rule) for rule, s in best.rules.items()}
            stays[block] = Stay(
                amounts={rule: amount for rule, amount in amounts.items() if amount},
                points=goal.value(best) - goal.value(after),
                searched=True,
            )
    return stays


def _without(stored: StoredResult, packages: tuple[Package, ...], one: Explained) -> Timetable:
    """The result without the part of a block, and without what needs it."""
    return apply(without(packages, [one.part.name]).moves, stored.plan.school.as_is)
