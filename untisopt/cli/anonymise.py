"""`untisopt anonymise`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import force_option, path_argument
from untisopt.i18n import _
from untisopt.service.anonymise import anonymise


@click.command(
    "anonymise",
    help=_("Replace the names in all files of an export by consistent pseudonyms, so that the case can be shared."),
)
@path_argument("path", _("PATH"))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar=_("DIR"), help=_("Folder to write into.")
)
@force_option
def command(path: Path, out: Path, force: bool) -> int:
    """Run the command."""
    result = anonymise(path, out, force=force)
    say(_("Written to {folder}: {files}").format(folder=result.folder, files=", ".join(result.files)))
    return 0
