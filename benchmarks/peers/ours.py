"""untisopt's own engine on the common problem, through the library.

Run as `python -m benchmarks.peers.ours SCHOOL INSTANCE SECONDS SEED ANSWER`; without arguments it only compiles the
kernel, which is kept for later runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.answer import Answer
from benchmarks.peers.export import plan_of
from benchmarks.peers.instance import Instance
from benchmarks.peers.problem import Problem, read_problem
from untisopt.engines.bounds.parts import Parts
from untisopt.engines.build import build_starts
from untisopt.engines.kempe.annealer import Compilation
from untisopt.engines.session import Progress, SolveOptions
from untisopt.rules.sites.site_changes import TeacherSiteChanges
from untisopt.rules.sites.travel import TeacherTravel
from untisopt.solve.optimise.search import repair


def solve(school: Path, instance: Instance, seconds: float, seed: int) -> Answer:
    """Read the export, repair the plan for so many seconds, building the model included.

    The kernel is loaded before the clock starts, as the Java machine is for the Java solvers.
    """
    began = time.monotonic()
    problem = read_problem(school)
    read = time.monotonic() - began
    compilation = Compilation()
    compilation.wait()
    loaded = time.monotonic() - began - read
    trace: list[tuple[float, int]] = []

    def watch(progress: Progress) -> None:
        if not trace or progress.objective < trace[-1][1]:
            trace.append((progress.elapsed, progress.objective))

    found = repair(
        problem.school,
        problem.policy,
        SolveOptions(time_limit=seconds, seed=seed),
        before=problem.before,
        on_progress=watch,
        compilation=compilation,
        objective=problem.objective,
    )
    return Answer(
        plan=plan_of(problem, instance, found.timetable),
        trace=trace,
        bound=_bound(problem),
        seconds={"read": read, "load": loaded, **found.seconds, "total": time.monotonic() - began - read - loaded},
    )


def _bound(problem: Problem) -> int | None:
    """What the bound by parts proves about the common problem; after the clock has stopped, as it is found anyway.

    untisopt never makes a teacher's day worse than today, the others may, at the price of a change that is too short.
    Where no teacher alone costs as much as one of these, none would pay for a teacher alone either, and the bound
    holds for both problems.
    """
    starts = build_starts(problem.school, problem.policy, problem.before)
    found = Parts(starts, problem.policy, problem.objective, problem.before).bound(
        seed=0, effort=60.0, should_stop=lambda: False
    )
    factors = problem.objective.factors
    return found.points if found.dearest <= factors[TeacherTravel.id] + factors[TeacherSiteChanges.id] else None


def main(arguments: Sequence[str]) -> None:
    """Read, solve, write the answer; or compile the kernel."""
    if not arguments:
        Compilation().wait()
        return
    school, instance, seconds, seed, answer = arguments
    solve(Path(school), Instance.load(Path(instance)), float(seconds), int(seed)).write(Path(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
