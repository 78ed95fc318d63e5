"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from untisopt.i18n import _
from untisopt.policy import DEFAULT_WORTH, Preset
from untisopt.service.reading.plan import Plan, read_with_options

Command = TypeVar("Command", bound=Callable[..., Any])

_POLICY_VALUES = (
    *("site", "travel", "breaks", "week", "pin", "scope"),
    *("preset", "worth", "max_changes", "room_changes"),
)


class _GivenPath(click.Path):
    """A path; an empty text, as a script leaves it that has found none, does not mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty text."""
        if not str(value):
            self.fail(_("an empty text is no path; name a folder or a file"), param, ctx)
        return super().convert(value, param, ctx)


def path_argument(name: str, metavar: str) -> Callable[[Command], Command]:
    """An export: its existence is checked by the reader, which has better advice."""
    return click.argument(name, metavar=metavar, type=_GivenPath(path_type=Path))


def reading_options(command: Command) -> Command:
    """Options that say what the export means."""
    options = (
        click.option(
            "--policy",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar=_("FILE"),
            help=_("Policy file; without it, untisopt.toml beside the export if it is there."),
        ),
        click.option(
            "--site",
            multiple=True,
            metavar=_("NAME=PATTERN"),
            help=_(
                "Rooms of a site by a shell pattern on their names, such as Branch=F*. Repeatable; all other rooms "
                "belong to the main site."
            ),
        ),
        click.option("--travel", type=int, metavar=_("MINUTES"), help=_("Minutes from any site to any other.")),
        click.option(
            "--breaks",
            type=click.Path(path_type=Path),
            metavar=_("FILE"),
            help=_("Table of the times of the periods; without it, time.txt or breaks.txt beside the export."),
        ),
        click.option("--week", type=int, metavar="N", help=_("Let only the lectures of this calendar week move.")),
        click.option(
            "--pin",
            multiple=True,
            metavar=_("WHAT"),
            help=_(
                "Keep lectures where they are: lesson:177, teacher:Arnd, grade:10.3, room:F13, subject:Ma, day:Fri. "
                "With @time or @room behind it, only the period or only the rooms stay. Repeatable."
            ),
        ),
    )
    return _with(command, options)


def goal_options(command: Command) -> Command:
    """Options that say what a repair may cost."""
    options = (
        preset_option,
        click.option(
            "--scope",
            multiple=True,
            metavar=_("WHAT"),
            help=_(
                "Let only these lectures move, such as grade:10.*. Repeatable: several of one kind add up, several "
                "kinds must all match."
            ),
        ),
        click.option(
            "--worth",
            type=int,
            metavar="N",
            help=_(
                "A site change saved may cost up to N moved lectures; {worth} unless --max-changes is given."
            ).format(worth=DEFAULT_WORTH),
        ),
        click.option(
            "--max-changes", type=int, metavar="K", help=_("Move at most K lectures; a double that moves counts two.")
        ),
        click.option(
            "--room-changes",
            metavar=_("WHICH"),
            help=_("Rooms a lecture may change to: none, or same-kind (the same site and kind of room)."),
        ),
    )
    return _with(command, options)


def json_option(command: Command) -> Command:
    """JSON instead of text."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON to stdout and nothing else."))(command)


def all_option(command: Command) -> Command:
    """Long lists in full."""
    return click.option("--all", "show_all", is_flag=True, help=_("Show long lists in full."))(command)


def force_option(command: Command) -> Command:
    """Write into a folder that has content."""
    return click.option(
        "--force",
        is_flag=True,
        help=_("Also write into a folder that is not empty; files of the same name are replaced."),
    )(command)


def time_limit_option(default: float, text: str, zero: bool = False) -> Callable[[Command], Command]:
    """How long to search; `zero`: not at all is an answer as well."""
    return click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=not zero),
        default=default,
        show_default=True,
        metavar=_("SECONDS"),
        help=text,
    )


def search_options(command: Command) -> Command:
    """Options that say how to search, apart from how long."""
    options = (
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help=_("Threads; without it, all cores.")),
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=0,
            show_default=True,
            metavar="N",
            help=_("Seed of every random choice."),
        ),
        click.option(
            "--deterministic",
            is_flag=True,
            help=_("The same input and options give the same files, byte for byte."),
        ),
    )
    return _with(command, options)


def preset_option(command: Command) -> Command:
    """Goals and rules for one situation."""
    return click.option(
        "--preset",
        type=click.Choice([preset.value for preset in Preset]),
        help=_(
            "Goals and rules for a plan still being made (draft) or one that people live by (published); what the "
            "policy file states goes before it."
        ),
    )(command)


def read_plan(path: Path, options: dict[str, Any]) -> Plan:
    """Read an export with the options of the command line; takes them out of `options`."""
    values = {name: options.pop(name, None) for name in _POLICY_VALUES}
    return read_with_options(
        path,
        options.pop("policy", None),
        sites=values["site"] or (),
        travel_minutes=values["travel"],
        breaks_file=values["breaks"],
        week=values["week"],
        worth=values["worth"],
        max_changes=values["max_changes"],
        pins=values["pin"] or (),
        scope=values["scope"] or (),
        preset=values["preset"],
        room_changes=values["room_changes"],
    )


def _with(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
