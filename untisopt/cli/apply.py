"""`untisopt apply`."""

from __future__ import annotations

from pathlib import Path

import click

from untisopt.cli._console import say
from untisopt.cli._options import force_option, json_option, path_argument, time_limit_option
from untisopt.cli._progress import LiveLine
from untisopt.cli._watch import watch
from untisopt.engines.session import SolveOptions
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.report.packages.apply_text import apply_json, apply_text
from untisopt.results.apply import Choosing
from untisopt.service.apply import Choice, choose, only, reject, result_at, without
from untisopt.service.optimise.run import OptimiseResult
from untisopt.service.reading.result_folder import StoredResult, default_chosen
from untisopt.service.writing import check_target

DEFAULT_SECONDS = 10.0


@click.command(
    "apply",
    help=_(
        "Make only some changes of a result and write a new result. --only and --without name packages (3) or parts "
        "of them (3.2); what a part needs comes along, and what needs it goes with it. --reject keeps a lesson where "
        "it is today and looks for what is better then."
    ),
)
@path_argument("result", _("RESULT"))
@click.option("--only", "only_names", metavar="1,3,7", help=_("Make only these packages or parts."))
@click.option("--without", "without_names", metavar="4", help=_("Make all but these packages or parts."))
@click.option(
    "--reject",
    "rejected",
    multiple=True,
    metavar=_("LESSON"),
    help=_("Keep a lesson (177) or one lecture of it (177@5.5) where it is, and search anew around it. Repeatable."),
)
@time_limit_option(DEFAULT_SECONDS, _("With --reject: how long to search at most."))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder to write into; without it, untisopt-chosen beside RESULT."),
)
@force_option
@json_option
def command(
    *,
    result: Path,
    only_names: str | None,
    without_names: str | None,
    rejected: tuple[str, ...],
    time_limit: float,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Run the command."""
    if sum(bool(given) for given in (only_names, without_names, rejected)) != 1:
        raise UsageError(_("one of --only, --without and --reject is needed"))
    stored = result_at(result)
    folder = default_chosen(stored.path) if out is None else out
    check_target(stored.plan, folder, force=force)
    choice = _choice(stored, only_names, without_names)
    made = _rejected(stored, rejected, time_limit, quiet=as_json) if choice is None else choose(stored, choice)
    made.write(folder, force=force)
    along = () if choice is None else choice.along
    facts = Choosing(before=stored.timetable, along=along, left_out=bool(without_names))
    tell = apply_json if as_json else apply_text
    say(tell(made, facts, folder=str(folder), files=tuple(made.files)))
    return 0


def _choice(stored: StoredResult, only_names: str | None, without_names: str | None) -> Choice | None:
    if only_names:
        return only(stored.packages, _names(only_names))
    return without(stored.packages, _names(without_names)) if without_names else None


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _rejected(stored: StoredResult, lessons: tuple[str, ...], seconds: float, *, quiet: bool) -> OptimiseResult:
    known = stored.data["options"]
    options = SolveOptions(
        time_limit=seconds, workers=known["workers"], seed=known["seed"], deterministic=known["deterministic"]
    )
    line = LiveLine(quiet=quiet, verbose=False)
    return watch(lambda should_stop: reject(stored, lessons, options, should_stop), line, quiet=quiet)
