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

from benchmarks.cases import CASES, ONLY_BY_NAME, PAGES, PEERS_FILE, Settings  # noqa: E402
from benchmarks.machine import machine  # noqa: E402
from benchmarks.peers.solvers import TITLES  # noqa: E402
from benchmarks.peers.timefold import VARIABLE  # noqa: E402
from benchmarks.tables import insert, markdown, write_text  # noqa: E402
from untisopt.demo import SIZES  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results"
# `--quick` only shows that everything runs; its figures are worth nothing and overwrite nothing.
QUICK_RESULTS = ROOT / "build" / "benchmarks"
README = ROOT / "README.md"
OWN_README = ROOT / "benchmarks" / "README.md"
PICTURES = ROOT / "docs" / "images"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were asked for and write the figures."""
    options = _parser().parse_args(arguments)
    if options.readme:
        write_pages(RESULTS)
        return 0
    settings = _settings(options)
    on = machine()
    cases = _kept(settings.folder / "latest.json", on)
    results: dict[str, Any] = {"date": datetime.date.today().isoformat(), "machine": on, "cases": cases}
    for name in options.only or [name for name in CASES if name not in ONLY_BY_NAME]:
        print(f"{name} ...", file=sys.stderr, flush=True)
        found = CASES[name](settings)
        if found is not None:
            cases[name] = found
            write_text(settings.folder / "latest.json", json.dumps(results, indent=2) + "\n")
    page = markdown(results) + "".join(f"\n## {name}\n\n{text}" for name, text in sections(settings.folder).items())
    page = "".join(line for line in page.splitlines(keepends=True) if not line.startswith("!["))
    write_text(settings.folder / "latest.md", page)
    write_pictures(settings.folder, settings.folder if options.quick else PICTURES)
    print(page)
    return 0


def sections(folder: Path) -> dict[str, str]:
    """The figures of the cases that have a section of their own, as Markdown by case."""
    latest = folder / "latest.json"
    cases = _load(latest)["cases"] if latest.is_file() else {}
    found = {name: cases[name] for name in PAGES if name in cases}
    if (folder / PEERS_FILE).is_file():
        found["peers"] = _load(folder / PEERS_FILE)
    return {name: PAGES[name](found[name]) for name in PAGES if name in found}


def write_pages(folder: Path) -> None:
    """Put the latest figures into both README.md, and draw the pictures."""
    if (folder / "latest.json").is_file():
        write_text(README, insert(README.read_text(encoding="utf-8"), markdown(_load(folder / "latest.json"))))
    page = OWN_README.read_text(encoding="utf-8")
    for name, text in sections(folder).items():
        page = insert(page, text, name)
    write_text(OWN_README, page)
    write_pictures(folder, PICTURES)


def write_pictures(folder: Path, pictures: Path) -> None:
    """Draw the scores over time of what was measured."""
    if (folder / PEERS_FILE).is_file():
        from benchmarks.peers.report import pictures as drawn

        for name, text in drawn(_load(folder / PEERS_FILE)).items():
            write_text(pictures / name, text)


def _settings(options: argparse.Namespace) -> Settings:
    quick = options.quick
    return Settings(
        size="small" if quick else "ong",
        sizes=_sizes(options.sizes) if options.sizes else ("small",) if quick else (),
        seeds=_seeds(options.seeds or ("1" if quick else "1-5")),
        seconds=options.seconds or (5.0 if quick else 60.0),
        long_seconds=0.0 if quick else options.long_seconds,
        times=3 if quick else 9,
        folder=QUICK_RESULTS if quick else RESULTS,
        solvers=tuple(options.solvers.split(",")) if options.solvers else (),
        schools=tuple(options.school or ()),
        pairs=options.pairs,
        timefold=options.timefold,
        events=3 if quick else options.events,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure untisopt; benchmarks/README.md says what the figures mean.")
    add = parser.add_argument
    add("--quick", action="store_true", help="small school and few seconds, to see that it runs")
    add("--only", action="append", choices=list(CASES), metavar="NAME", help=f"one of {', '.join(CASES)}; repeatable")
    add("--sizes", help="of the demo schools for growth and peers, such as small,ong")
    add("--seeds", help="of the demo schools, such as 1-5 or 2,4 (default: 1-5)")
    add("--seconds", type=float, help="time limit of a repair (default: 60)")
    add("--long-seconds", type=float, default=300.0, help="that of the biggest school in growth (default: 300)")
    add("--solvers", help=f"for peers, such as untisopt,cpsat; of {', '.join(TITLES)} (default: all)")
    add("--school", type=Path, action="append", metavar="PATH", help="for peers: an export in place of demo schools")
    add("--pairs", action="store_true", help="for peers: two solvers that keep one core busy may run at a time")
    add("--timefold", type=Path, metavar="DIR", help=f"the Timefold programme (default: what {VARIABLE} says)")
    add("--events", type=int, default=50, metavar="N", help="for events: how many of each type (default: 50)")
    add("--readme", action="store_true", help="measure nothing, put the latest figures into the pages")
    return parser


def _sizes(text: str) -> tuple[str, ...]:
    wanted = text.split(",")
    unknown = [size for size in wanted if size not in SIZES]
    if unknown:
        raise SystemExit(f"--sizes: {', '.join(unknown)} is none of {', '.join(SIZES)}")
    return tuple(size for size in SIZES if size in wanted)


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
