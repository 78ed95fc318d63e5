"""Whether a change of the code changes anything that a user gets: hashes of results and outputs, before and after.

python benchmarks/same_bytes.py --store     # before a change
python benchmarks/same_bytes.py             # after it: lists every file and output that differs

Every case is a command line on a made-up school or a fixture, in deterministic mode, so the same code gives the same
bytes on the same machine. `--only quick` takes the cases that need no long search.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORE = Path(__file__).parent / "results" / "bytes.json"
FAST = ("--deterministic", "--workers", "1", "--out", "out")


@dataclass(frozen=True)
class Case:
    """One school and the commands that are run on it, one after the other, in one folder."""

    name: str
    school: str
    commands: tuple[tuple[str, ...], ...]
    quick: bool = False


def optimised(seconds: int, *options: str) -> tuple[str, ...]:
    return ("optimise", "school", "--time-limit", str(seconds), *FAST, *options)


def repaired(*events: str, seconds: int = 10) -> tuple[str, ...]:
    told = [part for event in events for part in ("--event", event)]
    return ("repair", "school", "--time-limit", str(seconds), *FAST, *told)


READING = (
    ("check", "school"),
    ("check", "school", "--json"),
    ("policy", "init", "school", "--out", "made.toml"),
    ("score", "school"),
    ("anonymise", "school", "--out", "anonymous"),
)
OF_A_RESULT = (
    ("packages", "out"),
    ("packages", "out", "--json"),
    ("score", "out"),
    ("verify", "school", "out"),
    ("diff", "school", "out"),
    ("calendar", "out", "--weeks", "41", "--school-year", "2026/27", "--out", "calendars"),
    ("apply", "out", "--only", "1", "--out", "chosen"),
)
CASES = (
    Case("read-small", "small 1", READING, quick=True),
    Case("read-ong", "ong 2", READING, quick=True),
    *(
        Case(f"read-{name}", name, READING, quick=True)
        for name in ("ab-weeks", "excerpt-blanks", "excerpt-tabs", "gpu-plain", "gpu-quoted", "utf8-bom", "xml-small")
    ),
    Case("rules-en", "small 1", (("rules",), ("--lang", "de", "rules"), ("rules", "teacher-travel")), quick=True),
    Case("optimise-small", "small 1", (optimised(8), *OF_A_RESULT), quick=True),
    Case("optimise-german", "small 2", (("--lang", "de", *optimised(6, "--preset", "published")),), quick=True),
    Case("optimise-few", "small 3", (optimised(8, "--max-changes", "9"), *OF_A_RESULT)),
    Case("optimise-rooms", "small 4", (optimised(8, "--room-changes", "same-kind", "--preset", "draft"),)),
    Case("optimise-fixture", "ab-weeks", (optimised(6), *OF_A_RESULT), quick=True),
    Case("optimise-gpu", "gpu-quoted", (optimised(6, "--site", "Filiale=F*", "--travel", "25"),)),
    Case("optimise-xml", "xml-small", (optimised(6),)),
    Case("optimise-ong", "ong 1", (optimised(40), *OF_A_RESULT)),
    Case(
        "optimise-week",
        "small 1",
        (optimised(6, "--week", "41", "--pin", "day:Fri", "--scope", "grade:*"), ("score", "out")),
    ),
    Case(
        "repair-away",
        "small 1",
        (repaired("away Kra Mon"), ("verify", "school", "out"), ("score", "out"), ("explain", "out", "--lecture", "1")),
        quick=True,
    ),
    Case("repair-two", "small 2", (repaired("close FPh1 Tue", "drop Fri 6"),)),
    Case("repair-german", "small 3", (("--lang", "de", *repaired("fehlt Kra Mo bis Mi")),)),
    Case("repair-ong", "ong 1", (repaired("away Kra Mon", seconds=20),)),
    Case("ladder-small", "small 1", (("ladder", "school", "--time-limit", "20", *FAST, "--write", "minimum"),)),
    Case(
        "ask-small",
        "small 1",
        (
            ("suggest", "school", "--lecture", "12 Mon 1"),
            ("suggest", "school", "--lecture", "12"),
            ("why-not", "school", "--wish", "12 Fri 8", "--time-limit", "10", "--deterministic", "--workers", "1"),
            ("why-not", "school", "--event", "away Kra", "--time-limit", "10", "--deterministic", "--workers", "1"),
            ("slack", "school", "--absences", "0"),
        ),
    ),
)


def run(case: Case) -> dict[str, str]:
    """Hashes per file and per output of the commands of a case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _school(case.school, folder)
        given = _files(folder)
        found = {}
        for number, command in enumerate(case.commands):
            done = _call(command, folder)
            words = f"{number} {' '.join(command)}"
            found[f"{words} | exit"] = str(done.returncode)
            found[f"{words} | stdout"] = _hash(_untimed(done.stdout))
            found[f"{words} | stderr"] = _hash(_untimed(done.stderr))
        written = {path: content for path, content in _files(folder).items() if path not in given}
        return {**found, **{path: _hash(_untimed(content)) for path, content in written.items()}}


def _school(words: str, folder: Path) -> None:
    if " " in words:
        size, seed = words.split()
        _call(("demo", "school", "--size", size, "--seed", seed), folder)
        return
    target = folder / "school"
    target.mkdir()
    for path in (ROOT / "fixtures" / words).iterdir():
        (target / path.name).write_bytes(path.read_bytes())


def _call(command: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "0",
    }
    return subprocess.run(
        [sys.executable, "-m", "untisopt", *command], cwd=folder, capture_output=True, check=False, env=environment
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _untimed(content: bytes) -> bytes:
    """Without what no two runs share: how long something took."""
    return re.sub(rb"\d+([.,]\d+)? ?(s|Sekunden|seconds?)\b", b"N s", content)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="store_true", help="keep the hashes instead of comparing with them")
    parser.add_argument("--only", default="", help="quick, or a part of the names of the cases")
    parser.add_argument("--workers", type=int, default=1, help="cases at a time")
    options = parser.parse_args()
    chosen = [case for case in CASES if (case.quick if options.only == "quick" else options.only in case.name)]
    with ThreadPoolExecutor(options.workers) as pool:
        found = dict(zip([case.name for case in chosen], pool.map(run, chosen), strict=True))
    kept = json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}
    if options.store:
        STORE.write_text(json.dumps({**kept, **found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(found)} cases, {sum(map(len, found.values()))} hashes kept in {STORE.relative_to(ROOT)}")
        return 0
    different = 0
    for name, hashes in found.items():
        before = kept.get(name, {})
        for what in sorted({*hashes, *before}):
            if hashes.get(what) != before.get(what):
                different += 1
                state = "new" if what not in before else "gone" if what not in hashes else "differs"
                print(f"{name}: {what}: {state}")
    print(f"{len(found)} cases, {sum(map(len, found.values()))} hashes, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
