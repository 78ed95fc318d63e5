"""How long `untisopt suggest` takes, start-up included, for lectures all over a school.

`python benchmarks/suggest.py --size ong --lectures 40` draws lectures with a seed and prints the figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Protocol

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script
    sys.path.insert(0, str(ROOT))

import untisopt  # noqa: E402
from benchmarks.alone import Data, Schools, Settings  # noqa: E402
from benchmarks.measure import run  # noqa: E402

LECTURES = 40
SEED = 2026
WITHIN = 2.0
"""Seconds within which an answer is wanted."""
NO_WAY = 4


class Times(Schools, Protocol):
    """What is taken from the settings of the benchmarks."""

    @property
    def times(self) -> int:
        """Repetitions of short measurements; four times as many lectures are drawn."""
        ...


def suggest(settings: Times) -> Data:
    """Draw lectures, ask for ways to move each, and gather the figures."""
    with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
        school = Path(folder) / "school"
        run("demo", school, "--size", settings.size, "--seed", settings.seeds[0])
        plan = untisopt.read(school)
        movable = sorted(block.id for block in plan.school.blocks if block.lesson)
        drawn = Random(SEED).sample(movable, min(4 * settings.times, len(movable)))
        return {"size": settings.size, "seed": SEED, **summary([measure(school, lecture) for lecture in drawn])}


def measure(school: Path, lecture: str) -> Data:
    """Ask for one lecture."""
    begin = time.perf_counter()
    printed = run("suggest", school, "--lecture", lecture, "--json", allowed=(0, NO_WAY))
    taken = time.perf_counter() - begin
    found = json.loads(printed)
    return {
        "lecture": lecture,
        "seconds": taken,
        "ways": len(found["ways"]),
        "examined": found["examined"],
        "complete": found["complete"],
    }


def summary(runs: Sequence[Data]) -> Data:
    """Median and longest time, and how many searches went through all chains."""
    seconds = [one["seconds"] for one in runs]
    return {
        "lectures": len(runs),
        "median_seconds": statistics.median(seconds),
        "longest_seconds": max(seconds),
        "within": sum(one <= WITHIN for one in seconds),
        "with_ways": sum(one["ways"] > 0 for one in runs),
        "complete": sum(one["complete"] for one in runs),
        "runs": list(runs),
    }


def table(data: Data) -> str:
    """The figures as a Markdown table."""
    return (
        "| lectures | median | longest | within 2 s | with a way | all chains examined |\n"
        "|---:|---:|---:|---:|---:|---:|\n"
        f"| {data['lectures']} | {data['median_seconds']:.2f} s | {data['longest_seconds']:.2f} s "
        f"| {data['within']} | {data['with_ways']} | {data['complete']} |\n"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long it takes to suggest ways to move a lecture.")
    parser.add_argument("--size", default="ong")
    parser.add_argument("--lectures", type=int, default=LECTURES)
    options = parser.parse_args()
    settings = Settings(size=options.size, seeds=(1,), times=max(1, options.lectures // 4))
    print(table(suggest(settings)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
