"""A search with its progress line and Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from untisopt.cli._console import tell
from untisopt.cli._search import Background, Interrupts, stop_message
from untisopt.engines.session import ShouldStop
from untisopt.i18n import _

T = TypeVar("T")


class Line(Protocol):
    """What shows the progress of a search."""

    def draw(self) -> None:
        """Show the latest progress."""

    def close(self) -> None:
        """Remove what is shown."""


def watch(search: Callable[[ShouldStop], T], line: Line, *, quiet: bool) -> T:
    """Search in the background; the progress line and Ctrl-C are served here.

    Parameters
    ----------
    search : callable
        Called in another thread with what it has to ask now and then: whether to stop.
    line : Line
        Drawn while the search runs, closed at its end.
    quiet : bool
        Whether to say nothing about a search that was stopped.
    """
    with Interrupts(stop_message) as interrupts:
        work = Background(lambda: search(interrupts.should_stop))
        try:
            result = work.wait(line.draw)
        finally:
            line.close()
    if interrupts.should_stop():
        tell(_("Stopped; the best plan so far is kept."), quiet=quiet)
    return result
