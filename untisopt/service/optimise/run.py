"""Repair the plan of an export: read, judge, repair, judge again, verify, and only then write."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from untisopt import __version__
from untisopt.domain.changes import changes
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.engines.objective import objective
from untisopt.engines.session import OnProgress, Progress, Repair, ShouldStop, SolveOptions, never
from untisopt.io.output.folder import write_folder
from untisopt.results.ladder import LadderDocument
from untisopt.results.optimise import Origin, RepairDocument, Run
from untisopt.results.packages import Package
from untisopt.rules import judge
from untisopt.service.check import not_judged
from untisopt.service.optimise.files import result_files, result_names, timetable_files
from untisopt.service.optimise.invariants import Outcome, verify_files, verify_outcome
from untisopt.service.optimise.packages import packages_of, reasons_seconds
from untisopt.service.optimise.same_plan import with_fewest_moves
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan, folder_of
from untisopt.service.sites import suggest_sites

if TYPE_CHECKING:
    from pandas import DataFrame

RESULT_FOLDER = "untisopt-result"
EXPLAINING = "explain"
"""Name of the phase in which the changes are split into packages and explained."""

__all__ = ["OptimiseResult", "complete", "default_out", "document_of", "find_repair", "optimise", "result_names"]


@dataclass(frozen=True, kw_only=True)
class OptimiseResult(RepairDocument):
    """A repaired plan; the parameters are those of a RepairDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    timetable : Timetable
        The repaired plan.
    files : mapping of str to bytes
        Everything that :meth:`write` writes; a report is made when it is asked for or written.
    """

    plan: Plan = field(repr=False)
    timetable: Timetable = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def lectures(self) -> DataFrame:
        """The lectures and where they are in the repaired plan."""
        from untisopt.service import frames

        return frames.lectures(self.school, self.timetable)

    @property
    def changes(self) -> DataFrame:
        """One row per moved lecture."""
        from untisopt.service import frames

        return frames.changes(self.school, self.moves)

    @property
    def score(self) -> DataFrame:
        """One row per judged rule: before and after."""
        from untisopt.service import frames

        return frames.score(self.policy, self.before, self.after)

    @property
    def violations(self) -> DataFrame:
        """One row per finding in the repaired plan, with its sentence."""
        from untisopt.service import frames

        return frames.violations(self.school, self.policy, self.after)

    def write(self, out: PathLike, *, force: bool = False) -> None:
        """Write all files into a folder, or nothing at all.

        Raises
        ------
        OutputError
            The folder is not empty (and `force` is not set), or the system refuses.
        """
        write_folder(Path(out), self.files, force=force, protect=self.plan.input_files)


def optimise(
    plan: Plan | PathLike,
    policy: PolicyLike = None,
    options: SolveOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> OptimiseResult:
    """Repair the plan of an export; nothing is written until :meth:`OptimiseResult.write` is called.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.
    options : SolveOptions or None
        None: the defaults.
    on_progress : callable or None
        Called with a Progress, possibly from another thread.
    should_stop : callable or None
        Asked now and then; True ends the search with the best plan so far.

    Returns
    -------
    OptimiseResult

    Raises
    ------
    InputError
        The export or the policy cannot be read.
    NoPlanError
        No plan satisfies what was asked.
    InternalError
        The result breaks an invariant; nothing of it can be used.
    """
    read = as_plan(plan, policy)
    wanted = SolveOptions() if options is None else options
    school = read.school
    before = judge(school, school.as_is, read.policy.rules)
    clock = Clock()
    repair = find_repair(read, wanted, before, on_progress, should_stop)
    after = judge(school, repair.timetable, read.policy.rules)
    if on_progress is not None:
        amounts = {rule: found.amount for rule, found in after.rules.items()}
        on_progress(Progress(clock.elapsed, EXPLAINING, repair.objective, repair.bound, amounts))
    return complete(Outcome(read, wanted, repair, before, after), should_stop=should_stop)


def complete(
    outcome: Outcome,
    *,
    ladder: LadderDocument | None = None,
    origin: Origin | None = None,
    should_stop: ShouldStop | None = None,
) -> OptimiseResult:
    """Verify a repaired plan and explain its changes.

    Parameters
    ----------
    outcome : Outcome
    ladder : LadderDocument or None
        The ladder that the plan is a step of; the report shows it.
    origin : Origin or None
        What the plan was chosen from.
    should_stop : callable or None
        Asked now and then; True shortens the explanations.

    Raises
    ------
    InternalError
        The result breaks an invariant; nothing of it can be used.
    """
    verify_outcome(outcome)
    outcome = with_fewest_moves(outcome)
    plan, timetable = outcome.plan, outcome.repair.timetable
    verify_files(outcome, timetable_files(plan, timetable))
    document = replace(document_of(outcome, _packages(outcome, should_stop or never)), origin=origin)
    return OptimiseResult(
        **{name: getattr(document, name) for name in RepairDocument.__dataclass_fields__},
        plan=plan,
        timetable=timetable,
        files=result_files(document, plan, timetable, ladder),
    )


def _packages(outcome: Outcome, should_stop: ShouldStop) -> tuple[Package, ...]:
    plan = outcome.plan
    return packages_of(
        plan.school,
        plan.policy,
        outcome.before,
        outcome.after,
        outcome.repair.timetable,
        outcome.options,
        seconds=reasons_seconds(outcome.options),
        should_stop=should_stop,
    )


def find_repair(
    plan: Plan,
    options: SolveOptions,
    before: Score,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Repair:
    """Search for the best plan by the policy of a plan; not verified.

    Raises
    ------
    NoPlanError
        No plan satisfies what was asked.
    """
    # Imported late: the solver takes longer to load than a plan takes to read and judge.
    from untisopt.solve.optimise.search import repair

    return repair(
        plan.school,
        plan.policy,
        options,
        before=before,
        on_progress=on_progress or _ignore,
        should_stop=should_stop or never,
    )


def _ignore(progress: Progress) -> None:
    """Nobody watches."""


def default_out(path: Path) -> Path:
    """Where the result goes unless something else is wanted: a folder beside the input."""
    return folder_of(path) / RESULT_FOLDER


def document_of(outcome: Outcome, packages: tuple[Package, ...]) -> RepairDocument:
    """What the reports on an outcome are made of."""
    plan, repair = outcome.plan, outcome.repair
    return RepairDocument(
        source=plan.source,
        school=plan.school,
        policy=plan.policy,
        before=outcome.before,
        after=outcome.after,
        moves=changes(plan.school.as_is, repair.timetable),
        not_judged=not_judged(plan.school, plan.policy),
        suggestions=suggest_sites(plan.school),
        run=_run(outcome),
        packages=packages,
    )


def _run(outcome: Outcome) -> Run:
    options, repair, plan = outcome.options, outcome.repair, outcome.plan
    points = objective(plan.school, plan.policy)
    rules = [rule.id for rule in plan.policy.rules if rule.tier is Tier.RULES]
    before, after = (
        sum(points.factors.get(rule, 0) * score.amount(rule) for rule in rules)
        for score in (outcome.before, outcome.after)
    )
    return Run(
        time_limit=options.time_limit,
        workers=options.workers,
        seed=options.seed,
        deterministic=options.deterministic,
        status=repair.status.value,
        objective_before=repair.objective_before,
        objective=repair.objective,
        bound=repair.bound,
        rules_before=before,
        rules_after=after,
        move_points=points.factors.get("moved-lectures", 1),
        seconds=repair.seconds,
        versions=versions(),
        least_site_changes=repair.least_site_changes,
    )


def versions() -> dict[str, str]:
    """Of untisopt and what a result depends on."""
    return {"untisopt": __version__, "python": platform.python_version(), "ortools": metadata.version("ortools")}
