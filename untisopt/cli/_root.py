"""The group of all commands: loads each of them when it is called, and turns exceptions into exit codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from untisopt.cli._click_texts import translate_click
from untisopt.cli._console import report_error, utf8_output
from untisopt.i18n import LANGUAGES, _, language_of_environment, use_language

# Command to the module that holds it, in the order of the help.
_COMMANDS = {
    "check": "check",
    "optimise": "optimise",
    "ladder": "ladder",
    "repair": "repair",
    "packages": "packages",
    "apply": "apply",
    "why-not": "why_not",
    "explain": "explain",
    "score": "score",
    "calendar": "calendar",
    "suggest": "suggest",
    "slack": "slack",
    "diff": "diff",
    "verify": "verify",
    "policy": "policy",
    "rules": "rules",
    "anonymise": "anonymise",
    "demo": "demo",
}
_SPELLINGS = {"optimize": "optimise", "anonymize": "anonymise"}


class Root(click.Group):
    """`untisopt`; its texts are made when they are needed, because the language is known only then."""

    def __init__(self) -> None:
        super().__init__(name="untisopt", context_settings={"help_option_names": ["-h", "--help"]})

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command and leave with its exit code.

        Parameters
        ----------
        args : sequence of str or None
            None: those of the process.
        prog_name : str or None
            Name for the help.
        **extra
            As for click; `standalone_mode=False` returns the exit code instead of leaving.
        """
        arguments = list(_process_arguments() if args is None else args)
        standalone = extra.pop("standalone_mode", True)
        utf8_output()
        use_language(_language(arguments))
        translate_click()
        self.params = _options()
        self.options_metavar = _("[OPTIONS]")
        self.subcommand_metavar = _("COMMAND [ARGS]...")
        code = self._run(
            lambda: super(Root, self).main(arguments, "untisopt", standalone_mode=False, **extra), arguments
        )
        if standalone:
            raise SystemExit(code)
        return code

    def _run(self, command: Callable[[], object], arguments: list[str]) -> int:
        try:
            code = command()
        except Exception as error:  # noqa: BLE001  everything ends in a message and an exit code
            return report_error(error, as_json="--json" in arguments)
        return code if isinstance(code, int) else 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which a planner meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        name = _SPELLINGS.get(cmd_name, cmd_name)
        if name not in _COMMANDS:
            return None
        command = getattr(import_module(f"untisopt.cli.{_COMMANDS[name]}"), "command")  # noqa: B009
        if not isinstance(command, click.Command):
            return None
        command.options_metavar = _("[OPTIONS]")
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What untisopt is, and how to begin."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                _("Repairs a school's existing Untis timetable: fewer site changes, few moved lessons.")
            )
            formatter.write_paragraph()
            formatter.write_text(_("To begin: untisopt check lesson.txt, then untisopt optimise lesson.txt"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line per command, without loading any."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(_summaries().items()))


def _process_arguments() -> list[str]:
    import sys

    return sys.argv[1:]


def _summaries() -> dict[str, str]:
    return {
        "check": _("Judge a plan: rules, site changes, what is known and what is not."),
        "optimise": _("Repair a plan and write the result into a folder."),
        "ladder": _("Show what more and more moved lectures bring, and what is the least that helps."),
        "repair": _("Repair a plan after something happened, with the fewest changes."),
        "packages": _("List the packages of a result: what belongs together and what it brings."),
        "apply": _("Make only some changes of a result, or keep a lesson where it is."),
        "why-not": _("Say why a wish cannot be met, and what would have to be given up for it."),
        "explain": _("Say why a lecture moves, what it would cost to keep it, and who is touched."),
        "score": _("Compare plans rule by rule: counts, points, differences."),
        "calendar": _("Write calendars of teachers and grades, before and after a repair."),
        "suggest": _("List the best ways to move one lecture."),
        "slack": _("Show how much room a plan leaves: forced lectures, bottlenecks, absences it survives."),
        "diff": _("List what moved between two exports of one school."),
        "verify": _("Check independently that one export is a sound repair of another."),
        "policy": _("Write a policy file from an export, or check one."),
        "rules": _("List the rules, or explain one."),
        "anonymise": _("Replace the names in an export, so that it can be shared."),
        "demo": _("Write a made-up school to try untisopt on."),
    }


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_("Language of all texts; without it, the environment decides (LC_ALL, LC_MESSAGES, LANG)."),
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_print_version,
            help=_("Show the version and exit."),
        ),
    ]


def _print_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from untisopt import __version__

        click.echo(f"untisopt {__version__}")
        ctx.exit()


def _language(arguments: Sequence[str]) -> str:
    """The language asked for in front of the command, else that of the environment.

    Looked up before click parses anything, because help texts are translated when commands are loaded.
    """
    for i, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value or (arguments[i + 1] if i + 1 < len(arguments) else "")
            return wanted if wanted in LANGUAGES else language_of_environment()
        if not argument.startswith("-"):
            break
    return language_of_environment()
