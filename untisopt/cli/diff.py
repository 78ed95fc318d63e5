"""`untisopt diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import json_option, path_argument, read_plan, reading_options
from untisopt.i18n import _
from untisopt.report.diff.text import diff_json, diff_text
from untisopt.service.diff import diff


@click.command("diff", help=_("List what moved between two exports of one school."))
@path_argument("before", _("BEFORE"))
@path_argument("after", _("AFTER"))
@reading_options
@json_option
def command(before: Path, after: Path, as_json: bool, **options: Any) -> int:
    """Run the command."""
    result = diff(read_plan(before, options), after)
    say(diff_json(result) if as_json else diff_text(result))
    return 0
