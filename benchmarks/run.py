"""Measure untisopt: `make bench`, or `python benchmarks/run.py --help`."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script
    sys.path.insert(0, str(ROOT))

from benchmarks.cases import CASES, ONLY_WITH_LARGE, Settings  # noqa: E402
from benchmarks.machine import machine  # noqa: E402
from benchmarks.tables import insert, markdown, write_text  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results"
# `--quick` only shows that everything runs; its figures are worth nothing and overwrite nothing.
QUICK_RESULTS = ROOT / "build" / "benchmarks"
README = ROOT / "README.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were asked for and write the figures."""
    options = _parser().parse_args(arguments)
    if options.readme:
        write_text(README, insert(README.read_text(encoding="utf-8"), markdown(_load(RESULTS / "latest.json"))))
        return 0
    folder = QUICK_RESULTS if options.quick else RESULTS
    settings = Settings(
        size="small" if options.quick else "ong",
        seeds=_seeds("1" if options.quick else options.seeds),
        seconds=5.0 if options.quick else options.seconds,
        large_seconds=options.large_seconds,
        times=3 if options.quick else 9,
    )
    on = machine()
    cases = _kept(folder / "latest.json", on)
    results: dict[str, Any] = {"date": datetime.date.today().isoformat(), "machine": on, "cases": cases}
    for name in options.only or [name for name in CASES if options.large or name not in ONLY_WITH_LARGE]:
        print(f"{name} ...", file=sys.stderr, flush=True)
        cases[name] = CASES[name](settings)
        write_text(folder / "latest.json", json.dumps(results, indent=2) + "\n")
    page = markdown(results)
    write_text(folder / "latest.md", page)
    print(page)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure untisopt; benchmarks/README.md says what the figures mean.")
    parser.add_argument("--quick", action="store_true", help="small school and few seconds, to see that it runs")
    parser.add_argument(
        "--only", action="append", choices=list(CASES), metavar="NAME", help=f"one of {', '.join(CASES)}"
    )
    parser.add_argument("--large", action="store_true", help="the school with 13 000 rows as well")
    parser.add_argument("--seeds", default="1-5", help="of the demo schools, such as 1-5 or 2,4 (default: 1-5)")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of a repair (default: 60)")
    parser.add_argument("--large-seconds", type=float, default=300.0, help="that of the large school (default: 300)")
    parser.add_argument("--readme", action="store_true", help="measure nothing, put the latest figures into README.md")
    return parser


def _seeds(text: str) -> tuple[int, ...]:
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return tuple(seeds)


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _kept(path: Path, now: dict[str, str]) -> dict[str, Any]:
    """Earlier figures of other cases, if they come from the same machine and versions."""
    if not path.is_file():
        return {}
    earlier = _load(path)
    cases: dict[str, Any] = earlier["cases"] if earlier["machine"] == now else {}
    return cases


if __name__ == "__main__":
    sys.exit(main())
