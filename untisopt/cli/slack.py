"""`untisopt slack`."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import click

from untisopt.cli._console import say, tell
from untisopt.cli._options import (
    all_option,
    goal_options,
    json_option,
    path_argument,
    read_plan,
    reading_options,
    time_limit_option,
)
from untisopt.cli._progress import LiveLine
from untisopt.cli._search import Background, Interrupts
from untisopt.engines.session import SolveOptions
from untisopt.i18n import _
from untisopt.report.slack.text import slack_json, slack_text
from untisopt.service.reading.plan import Plan
from untisopt.service.slack import DEFAULT_ABSENCES, DEFAULT_CHANGES, DEFAULT_SEED, SlackResult, slack
from untisopt.solve.slack import SECONDS_PER_ABSENCE


@click.command(
    "slack",
    help=_(
        "Show how much room a plan leaves: lectures that have no other place, how full the weeks of teachers, grades "
        "and rooms are, and which single absences it survives. Nothing is changed. Ctrl-C shows what is known."
    ),
)
@path_argument("path", _("PATH"))
@click.option(
    "--absences",
    type=click.IntRange(min=0),
    default=DEFAULT_ABSENCES,
    show_default=True,
    metavar="N",
    help=_("Draw N absences of a teacher for a day and try to repair the plan after each; 0: none."),
)
@click.option(
    "--changes",
    type=click.IntRange(min=0),
    default=DEFAULT_CHANGES,
    show_default=True,
    metavar="K",
    help=_("At most K lectures may move after an absence, those of the teacher among them."),
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=DEFAULT_SEED,
    show_default=True,
    metavar="N",
    help=_("Seed of the draw."),
)
@time_limit_option(SECONDS_PER_ABSENCE, _("How long to search after each absence."))
@reading_options
@goal_options
@all_option
@json_option
@click.option("--quiet", is_flag=True, help=_("Show no progress."))
def command(
    *,
    path: Path,
    absences: int,
    changes: int,
    seed: int,
    time_limit: float,
    show_all: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Run the command."""
    plan = read_plan(path, options)
    search = SolveOptions(time_limit=time_limit, seed=seed)
    found = _search(plan, absences, changes, seed, search, quiet=quiet or as_json)
    say(slack_json(found) if as_json else slack_text(found, show_all=show_all))
    return 0


def _search(plan: Plan, absences: int, changes: int, seed: int, options: SolveOptions, *, quiet: bool) -> SlackResult:
    """Ask in the background; the progress line and Ctrl-C are served here."""
    line = _Line(quiet=quiet, verbose=False)
    with Interrupts(lambda: tell("\n" + _("Stopping; what is known so far is shown."), quiet=quiet)) as interrupts:
        work = Background(
            lambda: slack(
                plan,
                absences=absences,
                changes=changes,
                seed=seed,
                options=options,
                on_progress=line.update,
                should_stop=interrupts.should_stop,
            )
        )
        try:
            return work.wait(line.draw)
        finally:
            line.close()


class _Line(LiveLine):
    """Shows how many lectures and absences are done."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        super().__init__(quiet=quiet, verbose=verbose)
        self._latest = ("", 0, 0)
        self._latest_lock = threading.Lock()

    def update(self, what: str, done: int, of: int) -> None:
        """Take in how far it is; may be called from any thread."""
        with self._latest_lock:
            self._latest = (what, done, of)

    def _now(self, elapsed: float) -> str:
        with self._latest_lock:
            what, done, of = self._latest
        texts = {
            "lectures": _("{seconds:.0f} s  lectures: {done} of {of}"),
            "absences": _("{seconds:.0f} s  absences: {done} of {of}"),
        }
        if what not in texts:
            return super()._now(elapsed)
        return texts[what].format(seconds=elapsed, done=done, of=of)
