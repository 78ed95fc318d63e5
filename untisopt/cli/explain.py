"""`untisopt explain`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import json_option, path_argument, time_limit_option
from untisopt.cli._progress import LiveLine
from untisopt.cli._watch import watch
from untisopt.i18n import _
from untisopt.report.events.explain_text import repair_explain_json, repair_explain_text
from untisopt.report.explain.text import explain_json, explain_text
from untisopt.service.explain.events import explain_repair
from untisopt.service.explain.optimise import DEFAULT_SECONDS, explain
from untisopt.service.reading.repair_folder import is_repair


@click.command(
    "explain",
    help=_(
        "Say why a lecture moves in a result, what it would cost to keep it where it is, and who is touched. RESULT is "
        "the folder that untisopt optimise or untisopt repair has written."
    ),
)
@path_argument("result", _("RESULT"))
@click.option(
    "--lecture",
    required=True,
    metavar=_("LECTURE"),
    help=_('Where it stood before: 177@5.5, "177 Fri 5" or "Ma 10.3 Fri 5"; a lesson alone names all its lectures.'),
)
@time_limit_option(
    DEFAULT_SECONDS,
    _("How long to search for a plan in which it stays, where the result does not say what that costs."),
    zero=True,
)
@json_option
def command(result: Path, lecture: str, time_limit: float, as_json: bool) -> int:
    """Run the command."""
    line = LiveLine(quiet=as_json, verbose=False)
    if is_repair(result):
        found = watch(
            lambda should_stop: explain_repair(result, lecture, seconds=time_limit, should_stop=should_stop),
            line,
            quiet=True,
        )
        say(repair_explain_json(found) if as_json else repair_explain_text(found))
        return 0
    document = watch(
        lambda should_stop: explain(result, lecture, seconds=time_limit, should_stop=should_stop), line, quiet=True
    )
    say(explain_json(document) if as_json else explain_text(document))
    return 0
