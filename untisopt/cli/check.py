"""`untisopt check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say
from untisopt.cli._options import all_option, goal_options, json_option, path_argument, read_plan, reading_options
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.check_text import check_json, check_text
from untisopt.service.check import check

RULE_BROKEN = 4


@click.command(
    "check",
    help=_("Judge the plan of an export (lesson.txt, GPU001.TXT, XML or their folder), changing nothing."),
)
@path_argument("path", _("PATH"))
@click.option("--strict", is_flag=True, help=_("Exit code 4 if a rule that must hold is broken."))
@reading_options
@goal_options
@all_option
@json_option
def command(path: Path, strict: bool, show_all: bool, as_json: bool, **options: Any) -> int:
    """Run the command."""
    result = check(read_plan(path, options))
    say(check_json(result) if as_json else check_text(result, show_all=show_all))
    return RULE_BROKEN if strict and result.judgement.points(Tier.RULES) else 0
