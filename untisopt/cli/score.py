"""`untisopt score`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import goal_options, json_option, path_argument, read_plan, reading_options
from untisopt.i18n import _
from untisopt.report.score.text import score_json, score_text
from untisopt.service.reading.repair_folder import is_repair
from untisopt.service.reading.result_folder import is_result
from untisopt.service.score.run import score, score_of_result


@click.command(
    "score",
    help=_(
        "Show what every rule contributes to the score of a plan. With a second export of the same school, or the "
        "folder of a result, before and after; for the folder of a result alone, the plan it was made from and its own."
    ),
)
@path_argument("path", _("PATH"))
@click.argument("other", metavar=_("[OTHER]"), type=click.Path(path_type=Path), required=False)
@reading_options
@goal_options
@json_option
def command(path: Path, other: Path | None, as_json: bool, **options: Any) -> int:
    """Run the command."""
    alone = other is None and (is_result(path) or is_repair(path))
    document = score_of_result(path) if alone else score(read_plan(path, options), other)
    say(score_json(document) if as_json else score_text(document))
    return 0
