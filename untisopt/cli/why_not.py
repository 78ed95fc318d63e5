"""`untisopt why-not`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import (
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
from untisopt.engines.session import SolveOptions
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.report.why_not.text import why_not_json, why_not_text
from untisopt.results.why_not import IMPOSSIBLE, UNDECIDED
from untisopt.service.why_not.run import why_not

DEFAULT_SECONDS = 60.0
EXIT_CODES = {IMPOSSIBLE: 4, UNDECIDED: 1}


@click.command(
    "why-not",
    help=_(
        "Say whether a wish can be met, and if not, why: the rules, pins and wishes that stand against it together, "
        "and what would have to be given up. Writes no file. Exit code 4 if it is impossible, 1 if it was not decided "
        "in time."
    ),
)
@path_argument("path", _("PATH"))
@click.option(
    "--wish",
    "wishes",
    multiple=True,
    metavar=_("WISH"),
    help=_('A lesson and where it should stand: "Ma 7.1 Tue 3", "177 Tue 3" or "177@5.5 Tue 3".'),
)
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar=_("EVENT"),
    help=_('Something that happens, such as "away Arnd Mon". Repeatable.'),
)
@reading_options
@goal_options
@time_limit_option(DEFAULT_SECONDS, _("How long to search at most."))
@search_options
@json_option
def command(
    *,
    path: Path,
    wishes: tuple[str, ...],
    events: tuple[str, ...],
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Run the command."""
    if len(wishes) > 1:
        raise UsageError(_("one wish at a time: --wish is given {count} times").format(count=len(wishes)))
    if bool(wishes) == bool(events):
        raise UsageError(_("one of --wish and --event is needed"))
    wish = wishes[0] if wishes else None
    as_stated = options.get("room_changes") is not None
    plan = read_plan(path, options)
    search = SolveOptions(time_limit=time_limit, workers=workers, seed=seed, deterministic=deterministic)
    line = LiveLine(quiet=as_json, verbose=False)
    document = watch(
        lambda should_stop: why_not(
            plan, wish=wish, events=events, rooms_as_stated=as_stated, options=search, should_stop=should_stop
        ),
        line,
        quiet=True,
    )
    say(why_not_json(document) if as_json else why_not_text(document))
    return EXIT_CODES.get(document.verdict, 0)
