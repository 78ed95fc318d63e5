"""`untisopt ladder`."""

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
from untisopt.cli._progress import LadderLine
from untisopt.cli._watch import watch
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.i18n import _
from untisopt.report.ladder.text import ladder_json_text, ladder_text
from untisopt.results.ladder import OPTIONS
from untisopt.service.ladder.run import (
    DEFAULT_LADDER_TIME_LIMIT,
    TRADE_SHARE,
    LadderResult,
    check_ladder_target,
    default_ladder_out,
    ladder,
    ladder_names,
)
from untisopt.service.reading.plan import Plan

_ALL = "all"


@click.command(
    "ladder",
    help=_(
        "Find out what it brings to move few or many lectures: the best plan found for each of a dozen budgets, what "
        "is proved about it, and three named options. Writes a table and a picture into a folder; the export itself is "
        "never touched. Ctrl-C ends the search and keeps what is found; a second Ctrl-C breaks off and writes nothing."
    ),
)
@path_argument("path", _("PATH"))
@reading_options
@goal_options
@time_limit_option(DEFAULT_LADDER_TIME_LIMIT, _("How long to search, for all budgets together."))
@search_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder to write into; without it, untisopt-ladder beside the export."),
)
@click.option(
    "--write",
    "written",
    type=click.Choice([*OPTIONS, _ALL]),
    multiple=True,
    help=_("Also write an option as a complete result, into a folder of its name below the other files. Repeatable."),
)
@force_option
@json_option
@click.option("--quiet", is_flag=True, help=_("Print nothing but errors."))
@click.option("--verbose", is_flag=True, help=_("Print a line for every better plan, with its budget."))
def command(
    *,
    path: Path,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    out: Path | None,
    written: tuple[str, ...],
    force: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> int:
    """Run the command."""
    plan = read_plan(path, options)
    folder = default_ladder_out(path) if out is None else out
    wanted = [option for option in OPTIONS if option in written or _ALL in written]
    # Refused before the search, not after it.
    check_ladder_target(plan, folder, ladder_names(plan, wanted), force=force)
    search = SolveOptions(time_limit=time_limit, workers=workers, seed=seed, deterministic=deterministic)
    found = search_ladder(plan, search, quiet=quiet or as_json, verbose=verbose)
    files = tuple(found.write(folder, options=wanted, force=force))
    if as_json:
        say(ladder_json_text(found, str(folder), files))
    else:
        say(ladder_text(found, str(folder), files), quiet=quiet)
    return 0


def search_ladder(
    plan: Plan, options: SolveOptions, *, quiet: bool, verbose: bool, trade_share: float = TRADE_SHARE
) -> LadderResult:
    """Climb in the background; the progress line and Ctrl-C are served here."""
    line = LadderLine(plan.school, quiet=quiet, verbose=verbose)

    def climb(should_stop: ShouldStop) -> LadderResult:
        return ladder(plan, options=options, on_progress=line.update, should_stop=should_stop, trade_share=trade_share)

    return watch(climb, line, quiet=quiet)
