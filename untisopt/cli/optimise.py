"""`untisopt optimise`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say, tell
from untisopt.cli._options import force_option, goal_options, json_option, path_argument, read_plan, reading_options
from untisopt.cli._progress import ProgressLine
from untisopt.cli._search import Background, Interrupts, stop_message
from untisopt.i18n import _
from untisopt.report.optimise_text import optimise_json, optimise_text
from untisopt.service.optimise import OptimiseResult, default_out, optimise
from untisopt.service.reading import Plan
from untisopt.service.writing import check_target
from untisopt.solve.session import DEFAULT_TIME_LIMIT, SolveOptions


@click.command(
    "optimise",
    help=_(
        "Repair the plan of an export (lesson.txt, GPU001.TXT or their folder) and write the result into a folder. "
        "The export itself is never touched. Ctrl-C ends the search and keeps the best plan; a second Ctrl-C breaks "
        "off and writes nothing."
    ),
)
@path_argument("path", _("PATH"))
@reading_options
@goal_options
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_TIME_LIMIT,
    show_default=True,
    metavar=_("SECONDS"),
    help=_("How long to search."),
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help=_("Threads; without it, all cores."))
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help=_("Seed of every random choice."),
)
@click.option("--deterministic", is_flag=True, help=_("The same input and options give the same files, byte for byte."))
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
    search = SolveOptions(time_limit=time_limit, workers=workers, seed=seed, deterministic=deterministic)
    result = _search(plan, search, quiet=quiet or as_json, verbose=verbose)
    result.write(folder, force=force)
    if as_json:
        say(optimise_json(result, str(folder), tuple(result.files)))
    else:
        say(optimise_text(result, str(folder), tuple(result.files)), quiet=quiet)
    return 0


def _search(plan: Plan, options: SolveOptions, *, quiet: bool, verbose: bool) -> OptimiseResult:
    """Repair in the background; the progress line and Ctrl-C are served here."""
    line = ProgressLine(plan.school, quiet=quiet, verbose=verbose)
    with Interrupts(stop_message) as interrupts:
        work = Background(
            lambda: optimise(plan, options=options, on_progress=line.update, should_stop=interrupts.should_stop)
        )
        try:
            result = work.wait(line.draw)
        finally:
            line.close()
    if interrupts.should_stop():
        tell(_("Stopped; the best plan so far is kept."), quiet=quiet)
    return result
