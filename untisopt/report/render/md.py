"""Markdown whose texts stay texts: nothing that stands in an export is taken for markup.

The tables are those of GitHub's flavour, everything else is CommonMark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from untisopt.report.blocks import Block, Cell, Command, Heading, Items, Paragraph, Signed, Table
from untisopt.report.words.plain_text import one_line
from untisopt.wording import decimal

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


def md_page(blocks: Iterable[Block]) -> str:
    """A document as a file: no two empty lines in a row, a line end at the end."""
    lines = [line for block in blocks for line in (*_lines(block), "")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {text(block.text)}"]
        case Paragraph():
            return [text(block.text)]
        case Items():
            return [f"- {text(line)}" for line in block.lines]
        case Command():
            # Code that is indented shows as it is, but for control characters.
            return [f"    {one_line(block.text)}"]
        case Table():
            rule = ["---:" if column in block.numbers else "---" for column in range(len(block.head))]
            written = [[text(_told(cell)) for cell in row] for row in (block.head, *block.rows)]
            return [f"| {' | '.join(row)} |" for row in (written[0], rule, *written[1:])]


def _told(cell: Cell) -> str:
    """A cell in words."""
    if isinstance(cell, Signed):
        return f"{'+' if cell > 0 else ''}{decimal(cell)}" if cell else ""
    return decimal(cell) if isinstance(cell, float) else "" if cell is None else str(cell)
