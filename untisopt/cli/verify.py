"""`untisopt verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import all_option, json_option, path_argument, read_plan, reading_options
from untisopt.i18n import _
from untisopt.report.diff_text import verify_json, verify_text
from untisopt.service.verify import verify

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
@reading_options
@all_option
@json_option
def command(before: Path, after: Path, show_all: bool, as_json: bool, **options: Any) -> int:
    """Run the command."""
    result = verify(read_plan(before, options), after)
    say(verify_json(result) if as_json else verify_text(result, show_all=show_all))
    return 0 if result.ok else NOT_SOUND
