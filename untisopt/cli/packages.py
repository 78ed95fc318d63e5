"""`untisopt packages`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import all_option, json_option, path_argument
from untisopt.i18n import _
from untisopt.report.packages.text import packages_json_text, packages_text
from untisopt.service.apply import document_of_result, result_at


@click.command(
    "packages",
    help=_(
        "List the packages of a result: changes that have to do with one another, what they bring, and which need "
        "which others. RESULT is the folder that untisopt optimise has written."
    ),
)
@path_argument("result", _("RESULT"))
@all_option
@json_option
def command(result: Path, show_all: bool, as_json: bool) -> int:
    """Run the command."""
    document = document_of_result(result_at(result))
    say(packages_json_text(document) if as_json else packages_text(document, str(result), show_all=show_all))
    return 0
