"""What benchmarks share that can be started by themselves: settings, command line, figures in words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Data = dict[str, Any]


class Schools(Protocol):
    """What is taken from the settings of the benchmarks."""

    @property
    def size(self) -> str:
        """Of the demo schools."""
        ...

    @property
    def seeds(self) -> tuple[int, ...]:
        """Of the demo schools; what is drawn is drawn from them in turn."""
        ...


class Repairs(Schools, Protocol):
    """The same, with a time limit."""

    @property
    def seconds(self) -> float:
        """Time limit of a repair."""
        ...


class Events(Repairs, Protocol):
    """The same, with a number of events."""

    @property
    def events(self) -> int:
        """How many are drawn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one benchmark that is started by itself.

    Parameters
    ----------
    size, seeds
        Of the demo schools.
    seconds : float
        Time limit of a repair.
    events : int
        How many are drawn.
    times : int
        Repetitions of short measurements.
    """

    size: str
    seeds: tuple[int, ...]
    seconds: float = 0.0
    events: int = 0
    times: int = 0


def told_seconds(seconds: float | None) -> str:
    """Seconds as they stand in a table; a dash where there are none."""
    return "–" if seconds is None else f"{seconds:.1f} s"


def run_alone(
    arguments: Sequence[str] | None,
    description: str,
    measure: Callable[[Settings], Data],
    table: Callable[[Data], str],
    *,
    seconds: tuple[float, str],
    events: tuple[int, str],
) -> int:
    """Measure, print the table, and write the data where asked to.

    Parameters
    ----------
    arguments : sequence of str or None
        None: those of the command line.
    description : str
        What the command is for.
    measure, table : callable
        The benchmark, and its figures in Markdown.
    seconds, events : (number, str)
        The default of an option, and what it means.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--size", default="ong", help="of the demo schools (default: ong)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], help="of the demo schools")
    parser.add_argument("--seconds", type=float, default=seconds[0], help=seconds[1])
    parser.add_argument("--events", type=int, default=events[0], help=events[1])
    parser.add_argument("--json", type=Path, help="file for the data")
    found = parser.parse_args(arguments)
    settings = Settings(size=found.size, seeds=tuple(found.seeds), seconds=found.seconds, events=found.events)
    data = measure(settings)
    if found.json is not None:
        found.json.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(data))
    return 0
