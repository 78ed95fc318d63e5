"""From what the search found to the steps of a ladder: verified, told with the fewest moves, judged, named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from untisopt.domain.changes import changes
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import Repair, SolveOptions, Status
from untisopt.report.words.moves import people
from untisopt.results.ladder import BEST, MINIMUM, RECOMMENDED, LadderStep
from untisopt.rules import judge
from untisopt.service.ladder.bounds import Scale, is_proved, least, scale, site_changes_at_least, too_short_at_least
from untisopt.service.optimise.invariants import Outcome, verify_outcome
from untisopt.service.optimise.same_plan import with_fewest_moves
from untisopt.service.reading.plan import Plan

if TYPE_CHECKING:
    from untisopt.solve.ladder.climb import Ladder, Rung


@dataclass(frozen=True, slots=True)
class Standing:
    """The best plan within a budget, verified and told with the fewest moves, with the bound for the budget."""

    budget: int | None
    timetable: Timetable
    score: Score
    moved: int
    bound: int


def standings_of(
    plan: Plan, options: SolveOptions, before: Score, found: Ladder, trade: Repair | None, points: Scale
) -> tuple[Standing, ...]:
    """The plan of today and all steps within the limit of the policy, each with the best of all plans that fit it.

    Parameters
    ----------
    trade : Repair or None
        What a search by the trade-off of the policy found: its plan makes a step of its own, because the budgets lie
        far apart.

    Raises
    ------
    InternalError
        A plan breaks an invariant, or is not what the search states of it.
    """
    limit = plan.policy.max_changes
    rungs = [rung for rung in found.rungs if limit is None or (rung.budget is not None and rung.budget <= limit)]
    foot = max((rung.bound for rung in rungs), default=0)
    today = Standing(0, plan.school.as_is, before, 0, min(foot, found.points_before))
    steps = [today, *(_told(plan, options, before, found, rung) for rung in rungs)]
    plans = steps
    if trade is not None:
        traded = _traded(plan, options, before, trade, steps)
        plans = [*steps, traded]
        if traded.budget not in {step.budget for step in steps}:
            steps = sorted(plans, key=lambda step: inf if step.budget is None else step.budget)
    return tuple(_with_best(step, plans, points) for step in steps)


def _traded(plan: Plan, options: SolveOptions, before: Score, trade: Repair, steps: Sequence[Standing]) -> Standing:
    """Verify what the trade-off found; its moves are its budget, for which the bound of the next larger one holds."""
    after = judge(plan.school, trade.timetable, plan.policy.rules)
    outcome = Outcome(plan, options, trade, before, after)
    verify_outcome(outcome)
    outcome = with_fewest_moves(outcome)
    moved = _count_moved(plan, outcome.repair.timetable)
    bound = next((step.bound for step in steps if step.budget is None or step.budget >= moved), 0)
    return Standing(moved, outcome.repair.timetable, outcome.after, moved, bound)


def _count_moved(plan: Plan, timetable: Timetable) -> int:
    return sum(move.changes_period for move in changes(plan.school.as_is, timetable))


def _told(plan: Plan, options: SolveOptions, before: Score, found: Ladder, rung: Rung) -> Standing:
    """Verify a rung with what the search states of it, and tell its plan with the fewest moves."""
    school = plan.school
    limit = plan.policy.max_changes if rung.budget is None else rung.budget
    policy = plan.policy.with_(max_changes=limit, worth=len(school.lectures))
    after = judge(school, rung.timetable, policy.rules)
    trade = objective(school, policy)
    # Moves and wishes count as well in the points of a repair; the search states the points without them.
    counted = scale(school, policy, trade.factors)
    besides, besides_before = (trade.value(score) - counted.points(score) for score in (after, before))
    repair = Repair(
        timetable=rung.timetable,
        # A step saves site changes, and wishes may pay for them: whoever chooses it is told.
        status=Status.CHOSEN if after.points(Tier.COMFORT) > before.points(Tier.COMFORT) else Status.FEASIBLE,
        objective=rung.points + besides,
        bound=rung.bound + besides,
        objective_before=found.points_before + besides_before,
        seconds={},
    )
    outcome = Outcome(replace(plan, policy=policy), options, repair, before, after)
    verify_outcome(outcome)
    outcome = with_fewest_moves(outcome)
    timetable = outcome.repair.timetable
    return Standing(rung.budget, timetable, outcome.after, _count_moved(plan, timetable), rung.bound)


def _with_best(standing: Standing, plans: Sequence[Standing], points: Scale) -> Standing:
    """The same budget with the best plan that fits it: told with fewer moves, a plan may fit a smaller budget."""
    budget = standing.budget
    if budget == 0:
        return standing
    fitting = [other for other in plans if budget is None or other.moved <= budget]
    best = min(fitting, key=lambda other: (points.points(other.score), other.moved))
    bound = min(standing.bound, points.points(best.score))
    return replace(standing, timetable=best.timetable, score=best.score, moved=best.moved, bound=bound)


def step_of(plan: Plan, standing: Standing, points: Scale, before: Score) -> LadderStep:
    """Put what is proved into counts, and count whom the moves touch."""
    teachers, grades = people(plan.school, changes(plan.school.as_is, standing.timetable))
    found = least(standing.bound, points)
    amounts = {rule: score.amount for rule, score in standing.score.rules.items()}
    return LadderStep(
        budget=standing.budget,
        moved=standing.moved,
        teachers=len(teachers),
        grades=len(grades),
        amounts=amounts,
        points=points.points(standing.score),
        bound=standing.bound,
        proved=is_proved(found, points, standing.score),
        too_short_at_least=too_short_at_least(found, points, before),
        site_changes_at_least=site_changes_at_least(found, points, standing.score),
    )


def name_options(plan: Plan, standings: Sequence[Standing], points: Scale) -> dict[str, int]:
    """Choose the named options among the steps, as indices; where nothing gets better, they are the plan of today.

    Returns
    -------
    dict of str to int
        `minimum`: the smallest budget whose plan breaks as few rules as the best one and brings anything;
        `recommended`: the step that the trade-off of the policy likes best, the first of equals; `best`: the largest.
    """
    trade = objective(plan.school, plan.policy)
    indices = range(len(standings))
    best = indices[-1] if standings[-1].moved else 0
    return {
        MINIMUM: next(_minimal(standings, best, points)),
        RECOMMENDED: min(indices, key=lambda i: trade.value(standings[i].score)),
        BEST: best,
    }


def _minimal(standings: Sequence[Standing], best: int, points: Scale) -> Iterator[int]:
    """The steps that break as few rules as the best one and bring anything, in order; at last the best one."""
    fewest = points.rules_points(standings[best].score)
    today = points.points(standings[0].score)
    for index, standing in enumerate(standings):
        if points.rules_points(standing.score) == fewest and points.points(standing.score) < today:
            yield index
    yield best
