"""A ladder of repairs: for more and more moved lectures the best plan, what is proved about it, three named options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import Repair, ShouldStop, SolveOptions, Status
from untisopt.i18n import _, ngettext
from untisopt.io.output.checks import check_folder, check_places
from untisopt.io.output.folder import write_folder
from untisopt.policy import Policy
from untisopt.report.ladder.csv import ladder_csv
from untisopt.report.ladder.json import ladder_json
from untisopt.report.ladder.svg import ladder_svg
from untisopt.report.ladder.text import ladder_txt
from untisopt.report.ladder.words import option_name
from untisopt.results.ladder import BEST, OPTIONS, RECOMMENDED, LadderDocument, LadderRun, LadderStep
from untisopt.rules import judge
from untisopt.service.check import not_judged
from untisopt.service.files import Files, made
from untisopt.service.ladder.bounds import least, price_at_least, scale
from untisopt.service.ladder.steps import name_options, standings_of, step_of
from untisopt.service.optimise.invariants import Outcome
from untisopt.service.optimise.run import OptimiseResult, complete, find_repair, result_names, versions
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan, folder_of
from untisopt.service.sites import suggest_sites

if TYPE_CHECKING:
    from pandas import DataFrame

    from untisopt.solve.ladder.climb import Ladder, Rung

DEFAULT_LADDER_TIME_LIMIT = 300.0
TRADE_SHARE = 0.15
"""Share of the time limit for the plan that the trade-off of the policy likes best: it lies between two budgets."""
LADDER_FOLDER = "untisopt-ladder"
LADDER_FILES = ("ladder.csv", "ladder.svg", "ladder.json", "ladder.txt")

OnRungs = Callable[[float, "tuple[Rung, ...]"], None]
"""Called with the seconds since the search began and the rungs so far."""


@dataclass(frozen=True, kw_only=True)
class LadderResult(LadderDocument):
    """A ladder of repairs; the parameters are those of a LadderDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    options : SolveOptions
        How it was searched.
    timetables : tuple of Timetable
        The plan of every step.
    trade_bound : int
        No plan has fewer points by the trade-off of the policy.
    files : mapping of str to bytes
        The files about the ladder itself.
    """

    plan: Plan = field(repr=False)
    options: SolveOptions
    timetables: tuple[Timetable, ...] = field(repr=False)
    trade_bound: int
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def table(self) -> DataFrame:
        """One row per step; counts are those over all kinds of weeks, `budget` is missing where any number may move."""
        import pandas as pd

        frame = pd.DataFrame.from_records([_record(self, index) for index in range(len(self.steps))])
        # Whole numbers, some of them missing.
        return frame.astype({"budget": "Int64", "site_changes_at_least": "Int64"})

    def option(self, name: str) -> OptimiseResult:
        """A named option as a result that can be written, verified as every result is.

        Parameters
        ----------
        name : str
            `minimum`, `recommended` or `best`.

        Returns
        -------
        OptimiseResult
            Its policy is the one to which the option is the answer: `minimum` has the budget of the step as its
            `max_changes`, `recommended` the policy of the ladder, `best` a worth that no number of moves outweighs.

        Raises
        ------
        ValueError
            There is no option of this name.
        InternalError
            The plan breaks an invariant.
        """
        if name not in self.named:
            raise ValueError(f"option {name!r} is not one of {', '.join(OPTIONS)}")
        step, timetable = self.step(name), self.timetables[self.named[name]]
        after = judge(self.school, timetable, self.policy.rules)
        policy = _option_policy(self, name, after)
        plan = replace(self.plan, policy=policy, notes=(*self.plan.notes, _note(name, step)))
        known = self.trade_bound if name == RECOMMENDED else 0
        repair = _option_repair(self, policy, timetable, after, known)
        return complete(Outcome(plan, self.options, repair, self.before, after), ladder=self)

    def write(self, out: PathLike, *, options: Collection[str] = (), force: bool = False) -> tuple[str, ...]:
        """Write the files about the ladder into a folder, and the named options into folders below it.

        Parameters
        ----------
        out : str or Path
        options : collection of str
            Those of `minimum`, `recommended` and `best` that are written as complete results.
        force : bool
            Whether a folder with content is accepted.

        Returns
        -------
        tuple of str
            Names of the files, those of an option below the name of the option.

        Raises
        ------
        ValueError
            There is no option of such a name.
        OutputError
            The folder is not empty (and `force` is not set), or the system refuses; nothing was written.
        """
        results = {option: self.option(option) for option in options}
        below = (made(result.files, f"{option}/") for option, result in results.items())
        files = Files(made(self.files), *below)
        write_folder(Path(out), files, force=force, protect=self.plan.input_files)
        return tuple(files)

    def recommended(self) -> OptimiseResult:
        """The recommended option, with the files about the ladder among its own."""
        result = self.option(RECOMMENDED)
        return replace(result, files=Files(made(result.files), made(self.files)))


def ladder(
    plan: Plan | PathLike,
    policy: PolicyLike = None,
    options: SolveOptions | None = None,
    *,
    on_progress: OnRungs | None = None,
    should_stop: ShouldStop | None = None,
    trade_share: float = TRADE_SHARE,
) -> LadderResult:
    """Find the best plans for more and more moved lectures; nothing is written until :meth:`LadderResult.write`.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path. Its `worth` decides what is recommended, its
        `max_changes` is the largest budget.
    options : SolveOptions or None
        None: the defaults, with 300 seconds for all steps together.
    on_progress : callable or None
        Called with the seconds since the search began and the rungs so far, possibly from another thread.
    should_stop : callable or None
        Asked now and then; True ends the search with the steps so far.
    trade_share : float
        Share of the time limit, 0..1, for the plan that the trade-off of the policy likes best. The more of it, the
        better is what is recommended, and the less is known of the other steps.

    Returns
    -------
    LadderResult

    Raises
    ------
    InputError
        The export or the policy cannot be read.
    InternalError
        A step breaks an invariant; nothing can be used.
    """
    read = as_plan(plan, policy)
    wanted = SolveOptions(time_limit=DEFAULT_LADDER_TIME_LIMIT) if options is None else options
    before = judge(read.school, read.school.as_is, read.policy.rules)
    found = _climb(read, _with_share(wanted, 1 - trade_share), before, on_progress, should_stop)
    trade = None
    if trade_share and found.points_before and not _is_stopped(should_stop):
        trade = find_repair(read, _with_share(wanted, trade_share), before, should_stop=should_stop)
    return _result(read, wanted, before, found, trade, stopped=_is_stopped(should_stop))


def _with_share(options: SolveOptions, share: float) -> SolveOptions:
    return replace(options, time_limit=options.time_limit * share)


def _is_stopped(should_stop: ShouldStop | None) -> bool:
    return should_stop is not None and should_stop()


def _climb(
    plan: Plan, options: SolveOptions, before: Score, on_progress: OnRungs | None, should_stop: ShouldStop | None
) -> Ladder:
    # Imported late: the solver takes longer to load than a plan takes to read and judge.
    from untisopt.solve.ladder.climb import climb

    return climb(
        plan.school,
        plan.policy,
        options,
        before=before,
        on_progress=on_progress,
        should_stop=should_stop,
        compilation=None,
    )


def default_ladder_out(path: Path) -> Path:
    """Where a ladder goes unless something else is wanted: a folder beside the input."""
    return folder_of(path) / LADDER_FOLDER


def ladder_names(plan: Plan, options: Collection[str]) -> tuple[str, ...]:
    """Names of the files that a ladder writes with these options as complete results."""
    return (*LADDER_FILES, *(f"{option}/{name}" for option in options for name in result_names(plan)))


def check_ladder_target(plan: Plan, out: Path, names: Collection[str], *, force: bool) -> None:
    """Refuse a folder that has content, is no folder, or where a file of the input would be replaced.

    Raises
    ------
    OutputError
        Files of these names could not be written there.
    """
    root = out.resolve()
    check_folder(out, root, force=force)
    check_places(root, names, plan.input_files)


# -- what the ladder itself is written as ----------------------------------------------------------------------------


def _result(
    plan: Plan, options: SolveOptions, before: Score, found: Ladder, trade: Repair | None, *, stopped: bool
) -> LadderResult:
    points = scale(plan.school, plan.policy, found.factors)
    standings = standings_of(plan, options, before, found, trade, points)
    document = LadderDocument(
        source=plan.source,
        school=plan.school,
        policy=plan.policy,
        before=before,
        steps=tuple(step_of(plan, standing, points, before) for standing in standings),
        named=name_options(plan, standings, points),
        not_judged=not_judged(plan.school, plan.policy),
        suggestions=suggest_sites(plan.school),
        run=_run(options, found, stopped=stopped),
    )
    return LadderResult(
        **{name: getattr(document, name) for name in LadderDocument.__dataclass_fields__},
        plan=plan,
        options=options,
        timetables=tuple(standing.timetable for standing in standings),
        trade_bound=0 if trade is None else trade.bound,
        files=_files(document),
    )


def _run(options: SolveOptions, found: Ladder, *, stopped: bool) -> LadderRun:
    return LadderRun(
        time_limit=options.time_limit,
        workers=options.workers,
        seed=options.seed,
        deterministic=options.deterministic,
        stopped=stopped,
        factors=found.factors,
        seconds=found.seconds,
        versions=versions(),
    )


def _files(document: LadderDocument) -> Files:
    forms = (ladder_csv, ladder_svg, ladder_json, ladder_txt)
    return Files({name: partial(form, document) for name, form in zip(LADDER_FILES, forms, strict=True)})


# -- named options as results ----------------------------------------------------------------------------------------


def _option_policy(result: LadderResult, name: str, after: Score) -> Policy:
    """The policy to which an option, whose plan has the score `after`, is the answer."""
    everything = len(result.school.lectures)
    if name == RECOMMENDED:
        return result.policy
    budget = result.step(name).budget
    if name == BEST or budget is None:
        return result.policy.with_(worth=everything)
    # Within the budget, site changes come first: the smallest worth that says so makes the plainest report. A site
    # change in one kind of week costs a move in all of them.
    worth = max(1, min(everything, budget * len(result.school.week_classes)))
    policy = result.policy.with_(max_changes=budget, worth=worth)
    trade = objective(result.school, policy)
    # Changed rooms and the weights of a policy can make the changes dearer than that.
    return policy if trade.value(after) <= trade.value(result.before) else policy.with_(worth=everything)


def _option_repair(result: LadderResult, policy: Policy, timetable: Timetable, after: Score, known: int) -> Repair:
    """An option as if it had been searched for alone, with what the whole ladder proves about its trade-off.

    `known` is a bound on the points of the trade-off from elsewhere.
    """
    school, run = result.school, result.run
    trade = objective(school, policy)
    proved = scale(school, policy, run.factors)
    budgets = [(step.budget, least(step.bound, proved)) for step in result.steps[1:]]
    price = trade.value(after)
    proved_price = price_at_least(budgets, scale(school, policy, trade.factors), policy.max_changes)
    bound = min(price, max(known, proved_price))
    status = Status.STOPPED if run.stopped else Status.FEASIBLE
    return Repair(
        timetable=timetable,
        status=Status.OPTIMAL if bound == price else status,
        objective=price,
        bound=bound,
        objective_before=trade.value(result.before),
        seconds=dict(run.seconds),
    )


def _note(name: str, step: LadderStep) -> str:
    if step.is_today:
        return _("this is the option {name} of a ladder of repairs: the plan of today").format(name=option_name(name))
    if step.budget is None:
        text = _("this is the option {name} of a ladder of repairs: any number of lectures may move")
        return text.format(name=option_name(name))
    text = ngettext(
        "this is the option {name} of a ladder of repairs: at most {count} lecture may move",
        "this is the option {name} of a ladder of repairs: at most {count} lectures may move",
        step.budget,
    )
    return text.format(name=option_name(name), count=step.budget)


def _record(result: LadderResult, index: int) -> dict[str, object]:
    step = result.steps[index]
    return {
        "budget": step.budget,
        "moved": step.moved,
        "teachers": step.teachers,
        "grades": step.grades,
        "teacher_site_changes": step.teacher_changes,
        "grade_site_changes": step.grade_changes,
        "site_changes_at_least": step.site_changes_at_least,
        "too_short": step.too_short,
        "too_short_at_least": step.too_short_at_least,
        "points": step.points,
        "bound": step.bound,
        "gap": step.gap,
        "proved": step.proved,
        "options": result.options_at(index),
    }
