"""`untisopt policy`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import json_option, path_argument, preset_option
from untisopt.i18n import _
from untisopt.policy import Preset
from untisopt.report.policy.check import policy_check_json, policy_check_text, policy_init_text
from untisopt.service.policy.file import check_policy, init_policy


@click.group(
    "policy", help=_("Write a policy file from an export, or check one."), subcommand_metavar=_("COMMAND [ARGS]...")
)
def command() -> None:
    """Hold the two commands together."""


@command.command(
    "init",
    help=_(
        "Write a policy file to begin with: sites, travel, goals and every rule with what the plan of an export shows, "
        "as comments to confirm. The export itself is never touched."
    ),
    short_help=_("Write a policy file from an export."),
    options_metavar=_("[OPTIONS]"),
)
@path_argument("path", _("PATH"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("File to write; without it, untisopt.toml beside the export, where it is found by itself."),
)
@preset_option
@click.option("--force", is_flag=True, help=_("Replace the file if it exists."))
def init(path: Path, out: Path | None, preset: str | None, force: bool) -> int:
    """Run `init`."""
    made = init_policy(path, out, preset=None if preset is None else Preset(preset), force=force)
    say(policy_init_text(str(made.path), str(path), made.suggestions))
    return 0


@command.command(
    "check",
    help=_(
        "Check a policy file: every key and value, and, with an export, every name, pin and rule. Without FILE, "
        "untisopt.toml beside the export or in this folder."
    ),
    short_help=_("Check a policy file."),
    options_metavar=_("[OPTIONS]"),
)
@click.argument("file", metavar=_("[FILE]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar=_("PATH"),
    help=_("Hold it against this export (lesson.txt, GPU001.TXT, an XML export or their folder)."),
)
@json_option
def check(file: Path | None, export: Path | None, as_json: bool) -> int:
    """Run `check`."""
    review = check_policy(file, export)
    say(policy_check_json(review) if as_json else policy_check_text(review))
    return 0
