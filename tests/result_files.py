"""The names of the files that a result folder holds."""

from __future__ import annotations

from collections.abc import Iterable

REPORTS = {
    "report.html",
    "report.xlsx",
    "report.md",
    "report.txt",
    "entry-list.html",
    "entry-list.csv",
    "entry-list.txt",
    "changes.csv",
    "changes.json",
    "packages.json",
    "result.json",
    "forcing/INSTRUCTIONS.html",
}
"""Where no GPU002 lies beside the input."""
RESULT = {"lesson.txt", "GPU001.TXT", *REPORTS}
"""Of a lesson.txt, without the copies of the input."""


def without_input(names: Iterable[object]) -> set[str]:
    """Names without those of the copies of the input."""
    return {name for name in map(str, names) if "input/" not in name}
