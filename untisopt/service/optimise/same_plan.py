"""The same plan told with fewer moves.

Lectures of one lesson with the same courses are interchangeable: if one moves to where another one stood, and that one
to a third place, people see a single move from the first place to the third. A comparison of the two files tells it
that way, so the result should, too.
"""

from __future__ import annotations

from dataclasses import replace

from untisopt.domain.score import Score
from untisopt.engines.objective import objective
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.match import match
from untisopt.rules import judge
from untisopt.service.optimise.invariants import Outcome, read_back, verify_outcome


def with_fewest_moves(outcome: Outcome) -> Outcome:
    """Tell the result as a comparison of the files tells it, unless that is worse in points.

    Returns
    -------
    Outcome
        Verified; the one that came in where that would cost points, rooms or a rule.
    """
    plan, repair = outcome.plan, outcome.repair
    files = revised(plan.export, repair.timetable)
    found = match(plan.export, read_back(plan, files[plan.export.timetable_file.name]))
    if found.mismatch or found.timetable == repair.timetable:
        return outcome
    after = judge(plan.school, found.timetable, plan.policy.rules)
    points = objective(plan.school, plan.policy).value(after)
    if points > repair.objective or after.newly_broken(outcome.before) or _more_rooms(after, outcome.after):
        return outcome
    told = replace(repair, timetable=found.timetable, objective=points, bound=min(repair.bound, points))
    better = replace(outcome, repair=told, after=after)
    verify_outcome(better)
    return better


def _more_rooms(after: Score, told: Score) -> bool:
    """Fewer moves at the price of changed rooms are no gain: nobody asked for other rooms."""
    return after.amount("changed-rooms") > told.amount("changed-rooms")
