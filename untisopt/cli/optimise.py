"""`untisopt optimise`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import (
    force_option,
    goal_options,
    json_option,
    path_argument,
    read_plan,
    reading_options,
    search_options,
    time_limit_option,
)
from untisopt.cli._progress import ProgressLine
from untisopt.cli._watch import watch
from untisopt.cli.ladder import search_ladder
from untisopt.engines.session import DEFAULT_TIME_LIMIT, SolveOptions
from untisopt.i18n import _
from untisopt.report.ladder.text import recommended_json, recommended_text
from untisopt.report.optimise.text import optimise_json, optimise_text
from untisopt.service.ladder.run import LADDER_FILES, LadderResult, check_ladder_target
from untisopt.service.optimise.run import OptimiseResult, default_out, optimise
from untisopt.service.reading.plan import Plan
from untisopt.service.writing import check_target

RESULT_SHARE = 0.5
"""Share of the time limit for the result itself where a ladder is wanted with it."""


@click.command(
    "optimise",
    help=_(
        "Repair the plan of an export (lesson.txt, GPU001.TXT, XML or their folder) and write the result into a "
        "folder. The export itself is never touched. Ctrl-C ends the search and keeps the best plan; a second Ctrl-C "
        "breaks off and writes nothing."
    ),
)
@path_argument("path", _("PATH"))
@reading_options
@goal_options
@time_limit_option(DEFAULT_TIME_LIMIT, _("How long to search."))
@click.option(
    "--ladder",
    "with_ladder",
    is_flag=True,
    help=_("Search for more and more moved lectures, write the recommended plan and the ladder that it comes from."),
)
@search_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder to write into; without it, untisopt-result beside the export."),
)
@force_option
@json_option
@click.option("--quiet", is_flag=True, help=_("Print nothing but errors."))
@click.option("--verbose", is_flag=True, help=_("Print a line for every better plan."))
def command(
    *,
    path: Path,
    time_limit: float,
    with_ladder: bool,
    workers: int | None,
    seed: int,
    deterministic: bool,
    out: Path | None,
    force: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> int:
    """Run the command."""
    plan = read_plan(path, options)
    folder = default_out(path) if out is None else out
    # Refused before the search, not after it.
    check_target(plan, folder, force=force)
    if with_ladder:
        check_ladder_target(plan, folder, LADDER_FILES, force=force)
    search = SolveOptions(time_limit=time_limit, workers=workers, seed=seed, deterministic=deterministic)
    said = {"quiet": quiet or as_json, "verbose": verbose}
    found = search_ladder(plan, search, **said, trade_share=RESULT_SHARE) if with_ladder else None
    result = _search(plan, search, **said) if found is None else found.recommended()
    result.write(folder, force=force)
    say(_told(result, found, str(folder), as_json=as_json), quiet=quiet and not as_json)
    return 0


def _told(result: OptimiseResult, found: LadderResult | None, folder: str, *, as_json: bool) -> str:
    """What is printed at the end."""
    files = tuple(result.files)
    if found is None:
        return optimise_json(result, folder, files) if as_json else optimise_text(result, folder, files)
    if as_json:
        return recommended_json(found, result, folder, files)
    return recommended_text(found, result, folder, files)


def _search(plan: Plan, options: SolveOptions, *, quiet: bool, verbose: bool) -> OptimiseResult:
    line = ProgressLine(plan.school, quiet=quiet, verbose=verbose)
    return watch(
        lambda should_stop: optimise(plan, options=options, on_progress=line.update, should_stop=should_stop),
        line,
        quiet=quiet,
    )
