"""`untisopt demo`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import force_option
from untisopt.i18n import _
from untisopt.service.demo import SIZES, demo


@click.command(
    "demo",
    help=_("Write a made-up school into DIR, as Untis would export it. Every name and every lesson is invented."),
)
@click.argument("folder", metavar=_("DIR"), type=click.Path(path_type=Path))
@click.option("--size", type=click.Choice(SIZES), default="ong", show_default=True, help=_("How big the school is."))
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help=_("Another seed, another school."),
)
@force_option
def command(folder: Path, size: str, seed: int, force: bool) -> int:
    """Run the command."""
    result = demo(folder, size=size, seed=seed, force=force)
    say(
        _("A made-up school, not a real one, is written to {folder}: {count} files.").format(
            folder=result.folder, count=len(result.files)
        )
    )
    path = str(result.folder / "lesson.txt")
    say(_("Next: untisopt check {path}").format(path=f'"{path}"' if " " in path else path))
    return 0
