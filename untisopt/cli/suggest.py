"""`untisopt suggest`."""

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
    time_limit_option,
)
from untisopt.i18n import _
from untisopt.report.suggest.json import suggest_json
from untisopt.report.suggest.text import suggest_text
from untisopt.service.suggest import suggest
from untisopt.solve.suggest.ways import DEFAULT_MOST, DEFAULT_SECONDS

NO_WAY = 4


@click.command(
    "suggest",
    help=_(
        "List the best ways to move one lecture: alone, or in a swap or chain of up to four, with what each brings and "
        "whom it hits worst. Nothing is changed. Exit code 4 if there is no way."
    ),
)
@path_argument("path", _("PATH"))
@click.option(
    "--lecture",
    required=True,
    metavar=_("LECTURE"),
    help=_('The lecture: 177@5.5, "177 Fri 5" or "Ma 7.1 Tue 3". A double moves as one.'),
)
@click.option(
    "--to", metavar=_("PLACE"), help=_('Only ways to this day or period: Thu, "Thu 2" (where it begins) or "Thu 2-5".')
)
@click.option("--rooms", is_flag=True, help=_("Let other rooms of the same kind be used."))
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=DEFAULT_MOST,
    show_default=True,
    metavar="N",
    help=_("Show at most N ways."),
)
@time_limit_option(DEFAULT_SECONDS, _("How long to search."))
@reading_options
@goal_options
@json_option
def command(
    *,
    path: Path,
    lecture: str,
    to: str | None,
    rooms: bool,
    most: int,
    time_limit: float,
    as_json: bool,
    **options: Any,
) -> int:
    """Run the command."""
    found = suggest(read_plan(path, options), lecture, to=to, rooms=rooms, most=most, time_limit=time_limit)
    say(suggest_json(found) if as_json else suggest_text(found))
    return 0 if found.found.ways else NO_WAY
