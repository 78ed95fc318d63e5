"""Where in a policy file stands what an export does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from untisopt.errors import Defect, PolicyError
from untisopt.io.side_text import read_text


def located(path: Path, defects: Iterable[Defect], anywhere: str) -> list[Defect]:
    """Give the defects of a policy that know neither file nor line the ones of the name that they speak of.

    Parameters
    ----------
    path : Path
        The policy file.
    defects : iterable of Defect
    anywhere : str
        What such a defect has in place of the file.

    Returns
    -------
    list of Defect
        In the order of the lines; the line of a name that stands nowhere or in several lines is None.
    """
    lines = [line.split(" #")[0] for line in read_text(path, error=PolicyError).split("\n")]
    found = [
        replace(defect, file=str(path), line=_line(lines, defect)) if defect.file == anywhere else defect
        for defect in defects
    ]
    return sorted(found, key=lambda defect: defect.line or 0)


def _line(lines: list[str], defect: Defect) -> int | None:
    """The only line that holds a name which the message quotes, or the key that it speaks of."""
    lines = _table(lines, defect.expected)
    for name in (*re.findall(r"'([^']+)'", defect.found), *re.findall(r"\b[a-z]+_[a-z]+\b", defect.expected)):
        hits = [number for number, line in enumerate(lines, start=1) if _holds(line, name)]
        if len(hits) == 1:
            return hits[0]
    keys = [(number, line.partition("=")[0].strip().strip("\"'")) for number, line in enumerate(lines, start=1)]
    for text in (defect.found, defect.expected):
        hits = [number for number, key in keys if key and _holds(text, key)]
        if len(hits) == 1:
            return hits[0]
    return None


def _table(lines: list[str], expected: str) -> list[str]:
    """The lines with those outside the table of a rule emptied, if the message speaks of one that has a heading."""
    named = re.search(r"\[rules\.[\w-]+\]", expected)
    headings = [number for number, line in enumerate(lines) if line.lstrip().startswith("[")]
    start = next((n for n in headings if named and lines[n].strip().startswith(named[0])), None)
    if start is None:
        return lines
    prefix = lines[start].strip()[:-1] + "."
    end = next((n for n in headings if n > start and not lines[n].strip().startswith(prefix)), len(lines))
    return [line if start < number < end else "" for number, line in enumerate(lines)]


def _holds(text: str, name: str) -> bool:
    """Whether a text that is no comment holds a name, not as a part of another one."""
    return re.search(rf"(?<![\w.*-]){re.escape(name)}(?![\w.*-])", text) is not None and not _is_comment(text)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
