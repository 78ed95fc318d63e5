"""What it costs if a lecture stays where it is: the plan around it is searched anew, by chains that never move it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.build import build_starts
from untisopt.engines.clock import Clock
from untisopt.engines.kempe.annealer import Annealer, Schedule
from untisopt.engines.kempe.arrays import I32
from untisopt.engines.kempe.chains import Chains
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.policy import Policy

TRIALS_PER_BLOCK = 250
"""Trials per movable block for every lecture that stays: a short, cold search near the plan that is known."""
HOT = 0.25
"""Where it begins, as a share of the temperature at which site changes come and go."""
RATE = 1_000_000
"""Trials per second that deterministic mode reckons with."""


def plans_around(
    school: School,
    policy: Policy,
    before: Score,
    known: Mapping[str, Timetable],
    options: SolveOptions,
    seconds: float,
    should_stop: ShouldStop,
) -> Iterator[tuple[str, Timetable | None]]:
    """Search for better plans in which one block stays where it is today.

    Parameters
    ----------
    school : School
    policy : Policy
    before : Score
        Of the plan of today.
    known : mapping of str to Timetable
        Per block id: a plan in which it stays. The search begins there; blocks come in this order.
    options : SolveOptions
    seconds : float
        For all blocks together. In deterministic mode as many blocks as a usual machine looks at in that time.
    should_stop : callable

    Yields
    ------
    tuple of (str, Timetable or None)
        The id of a block that was looked at, and a better plan if one was found; rules that the kernel does not count
        may be broken in it. Blocks for which there was no time are left out.
    """
    if not known or not KempeProblem.can_carry(school):
        return
    problem = KempeProblem(build_starts(school, policy, before), policy, objective(school, policy), before)
    trials = TRIALS_PER_BLOCK * max(1, len(problem.data.movable))
    index = {block.id: i for i, block in enumerate(school.blocks)}
    most = int(seconds * RATE / trials) * options.threads if options.deterministic else len(known)
    clock = Clock(seconds, deterministic=options.deterministic, should_stop=should_stop)
    with ThreadPoolExecutor(max_workers=options.threads) as pool:

        def search(block: str) -> tuple[str, I32 | None] | None:
            if clock.is_over:
                return None
            return block, _search(problem, index[block], problem.starts(known[block]), trials, options.seed)

        for found in pool.map(search, list(known)[:most]):
            # Whoever takes a plan judges it, which takes time as well.
            if found is not None and not clock.is_late:
                block, starts = found
                yield block, None if starts is None else problem.timetable(starts, known[block])


def plan_near(
    school: School,
    policy: Policy,
    before: Score,
    start: Timetable,
    options: SolveOptions,
    should_stop: ShouldStop,
) -> Timetable:
    """Search near a plan that people know: what moves away from it counts as a moved lecture, as if it were today's.

    Parameters
    ----------
    school : School
    policy : Policy
    before : Score
        Of the plan of today.
    start : Timetable
        A plan that the policy allows.
    options : SolveOptions
        Its time limit ends the search.
    should_stop : callable

    Returns
    -------
    Timetable
        The best plan found; what the kernel does not count may be broken in it, and the limit of moved lectures is
        counted from `start`.
    """
    if not KempeProblem.can_carry(school):
        return start
    problem = KempeProblem(build_starts(school, policy, before), policy, objective(school, policy), before)
    found = problem.starts(start)
    problem.data = problem.data._replace(home=found)

    def take(better: I32) -> None:
        nonlocal found
        found = better

    chains = Chains(problem, found, options, options.time_limit, on_better=take, should_stop=should_stop)
    chains.stay_cold()
    return problem.timetable(found, start)


def _search(problem: KempeProblem, block: int, start: I32, trials: int, seed: int) -> I32 | None:
    """Better starts near a plan in which a block stays; None if none were found."""
    data = problem.data
    may_start = data.may_start.copy()
    may_start[block] = 0
    may_start[block, data.home[block]] = 1
    held = copy.copy(problem)
    held.data = data._replace(may_start=may_start, movable=data.movable[data.movable != block])
    if not held.data.movable.size:
        return None
    annealer = Annealer(held, start, seed)
    known = annealer.best_points
    annealer.run(Schedule(max(HOT * problem.hot, problem.smallest_step), problem.smallest_step / 4, trials), 0, trials)
    return annealer.best if annealer.best_points < known else None
