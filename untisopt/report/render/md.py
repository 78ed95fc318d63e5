"""Markdown whose texts stay texts: nothing that stands in an export is taken for markup.

The tables are those of GitHub's flavour, everything else is CommonMark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from untisopt.report.words.plain_text import one_line

# Characters that may begin or end markup anywhere in a line; `$` and `~` in GitHub's flavour.
_MARKUP = re.compile(r"[\\`*_\[\]<#|~&$]")
# What begins a quotation, a list, a heading or a rule at the start of a line: `> `, `- `, `---`, `===`, `1. `, `2) `.
_OPENING = re.compile(r">|[-+](?= |$)|[-= ]+$")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?= |$)")
# GitHub makes links of these, Markdown or not.
_LINK = re.compile(r"(?<=[a-z])(?=://)|(?<=www)(?=\.)", re.IGNORECASE)


def text(words: str) -> str:
    """A text as Markdown on one line that shows just this text."""
    line = _LINK.sub(r"\\", _MARKUP.sub(r"\\\g<0>", one_line(words)))
    if line and _OPENING.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def heading(level: int, words: str) -> list[str]:
    """A heading; level 1 is the title."""
    return ["", f"{'#' * level} {text(words)}", ""] if level > 1 else [f"# {text(words)}", ""]


def items(lines: Iterable[str]) -> list[str]:
    """A list, one item per text."""
    return [f"- {text(line)}" for line in lines]


def paragraph(words: str) -> list[str]:
    """A paragraph."""
    return [text(words), ""]


def table(rows: Sequence[Sequence[str]], numbers: Iterable[int] = ()) -> list[str]:
    """A table; its first row is the heading, the columns in `numbers` (0-based) are flush right."""
    right = set(numbers)
    line = [("---:" if column in right else "---") for column in range(len(rows[0]))]
    written = [[text(cell) for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (written[0], line, *written[1:])]


def page(lines: Iterable[str]) -> str:
    """The lines as a file: no two empty lines in a row, a line end at the end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
