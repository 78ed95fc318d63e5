"""`untisopt verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import all_option, json_option, path_argument, read_plan, reading_options
from untisopt.i18n import _
from untisopt.report.diff.text import verify_json, verify_text
from untisopt.report.events.verify_text import repair_verify_json, repair_verify_text
from untisopt.service.events.files import EVENTS_TOML
from untisopt.service.events.run import read_all
from untisopt.service.reading.plan import folder_of
from untisopt.service.verify.events import verify_repair
from untisopt.service.verify.plans import verify

NOT_SOUND = 4


@click.command(
    "verify",
    help=_(
        "Check independently of the solver that AFTER holds everything that BEFORE holds and breaks no rule that "
        "BEFORE keeps. Exit code 4 if not."
    ),
)
@path_argument("before", _("BEFORE"))
@path_argument("after", _("AFTER"))
@click.option(
    "--event",
    "texts",
    multiple=True,
    metavar=_("TEXT"),
    help=_("What happened in between, as for untisopt repair. Repeatable."),
)
@click.option(
    "--events",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("TOML file with [[event]] tables, such as the events.toml of a repair."),
)
@reading_options
@all_option
@json_option
def command(
    *,
    before: Path,
    after: Path,
    texts: tuple[str, ...],
    file: Path | None,
    show_all: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Run the command."""
    plan = read_plan(before, options)
    if texts or file:
        repaired = verify_repair(plan, after, read_all(plan, texts, file))
        say(repair_verify_json(repaired) if as_json else repair_verify_text(repaired, show_all=show_all))
        return 0 if repaired.ok else NOT_SOUND
    result = verify(plan, after)
    say(verify_json(result) if as_json else verify_text(result, show_all=show_all))
    beside = folder_of(after) / EVENTS_TOML
    if not (result.ok or as_json) and beside.is_file():
        text = _("AFTER is a repair after events. Say --events {file}, and what they ask for counts as wanted.")
        say(text.format(file=beside))
    return 0 if result.ok else NOT_SOUND
