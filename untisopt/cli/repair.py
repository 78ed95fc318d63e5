"""`untisopt repair`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import (
    all_option,
    force_option,
    goal_options,
    json_option,
    path_argument,
    read_plan,
    reading_options,
    search_options,
    time_limit_option,
)
from untisopt.cli._progress import LiveLine
from untisopt.cli._watch import watch
from untisopt.engines.session import DEFAULT_TIME_LIMIT, SolveOptions
from untisopt.i18n import _
from untisopt.report.events.json import repair_json_text
from untisopt.report.events.text import repair_text
from untisopt.service.events.run import (
    RepairOptions,
    RepairResult,
    ToldEvent,
    check_repair_target,
    default_repair_out,
    read_all,
    repair,
)
from untisopt.service.reading.plan import Plan

if TYPE_CHECKING:
    from untisopt.solve.events.search import ExactProgress

NOT_COMPLETE = 4
_WEIGHTS = ("lectures", "people")


class RepairLine(LiveLine):
    """Shows how many changes the best plan so far has, and how many every plan needs."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        super().__init__(quiet=quiet, verbose=verbose)
        self._latest: ExactProgress | None = None

    def update(self, progress: ExactProgress) -> None:
        """Take in a moment of the search; may be called from any thread."""
        with self._lock:
            known = self._latest
            self._latest = progress
        if known is None or (known.points, known.bound) != (progress.points, progress.bound):
            self._tell(self._text(progress, progress.elapsed))

    def _now(self, elapsed: float) -> str:
        return super()._now(elapsed) if self._latest is None else self._text(self._latest, elapsed)

    def _text(self, progress: ExactProgress, elapsed: float) -> str:
        text = _("{seconds:.0f} s  changes {points}, at least {bound}  blocks that may move {free}")
        points = "?" if progress.points is None else progress.points
        return text.format(seconds=elapsed, points=points, bound=progress.bound, free=progress.free)


@click.command(
    "repair",
    help=_(
        "Repair the plan of an export after something happened (a teacher is away, a room is closed, a lesson is "
        "added), with as few changes as possible, and write the result into a folder. Several events may happen at "
        "once. Exit code 4 if not everything has a place; then the best plan is written, with what is left over."
    ),
)
@path_argument("path", _("PATH"))
@click.option(
    "--event",
    "texts",
    multiple=True,
    metavar=_("TEXT"),
    help=_("What happens, such as 'away Arnd Mon 3-4' or 'fehlt Arnd Mo 3-4'. Repeatable; docs/events.md lists all."),
)
@click.option(
    "--events",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("TOML file with [[event]] tables."),
)
@click.option(
    "--weigh",
    type=click.Choice(_WEIGHTS),
    default=_WEIGHTS[0],
    show_default=True,
    help=_("What a moved lecture counts: one, or one for every teacher and grade in it."),
)
@click.option("--dry-run", is_flag=True, help=_("Write nothing."))
@reading_options
@goal_options
@time_limit_option(DEFAULT_TIME_LIMIT, _("How long to search."))
@search_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder to write into; without it, untisopt-repair beside the export."),
)
@force_option
@all_option
@json_option
@click.option("--quiet", is_flag=True, help=_("Print nothing but errors."))
@click.option("--verbose", is_flag=True, help=_("Print a line for every better plan."))
def command(
    *,
    path: Path,
    texts: tuple[str, ...],
    file: Path | None,
    weigh: str,
    dry_run: bool,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    out: Path | None,
    force: bool,
    show_all: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> int:
    """Run the command."""
    asked_with = tuple(_as_typed(options))
    rooms_as_stated = options.get("room_changes") is not None
    plan = read_plan(path, options)
    events = read_all(plan, texts, file)
    folder = default_repair_out(path) if out is None else out
    if not dry_run:
        # Refused before the search, not after it.
        check_repair_target(plan, folder, force=force)
    wanted = RepairOptions(
        solve=SolveOptions(time_limit=time_limit, workers=workers, seed=seed, deterministic=deterministic),
        by_people=weigh == "people",
        rooms_as_stated=rooms_as_stated,
        asked_with=asked_with,
    )
    result = _search(plan, events, wanted, quiet=quiet or as_json, verbose=verbose)
    if not dry_run:
        result.write(folder, force=force)
    shown = None if dry_run else str(folder)
    files = tuple(result.files)
    text = repair_json_text(result, shown, files) if as_json else repair_text(result, shown, files, show_all=show_all)
    say(text, quiet=quiet and not as_json)
    return 0 if result.is_complete else NOT_COMPLETE


def _as_typed(options: Mapping[str, Any]) -> Iterator[str]:
    """The options that say what the export means and what may change, as they stand on the command line."""
    for name, value in options.items():
        several = value if isinstance(value, tuple) else () if value is None else (value,)
        for one in several:
            yield from ("--" + name.replace("_", "-"), str(one))


def _search(
    plan: Plan, events: tuple[ToldEvent, ...], options: RepairOptions, *, quiet: bool, verbose: bool
) -> RepairResult:
    line = RepairLine(quiet=quiet, verbose=verbose)
    return watch(
        lambda should_stop: repair(plan, events, options, on_progress=line.update, should_stop=should_stop),
        line,
        quiet=quiet,
    )
