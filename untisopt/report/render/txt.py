"""Plain text: headings, tables, indents; ASCII and what the school's own names hold."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence

from untisopt.report.blocks import Block, Command, Heading, Items, Lines, Paragraph, Table

WIDTH = 100
WIDE = 1000
"""No row of a table is ever wrapped."""


def heading(text: str) -> list[str]:
    """A heading with an empty line above and below."""
    return ["", text, "-" * len(text), ""]


def title(text: str) -> list[str]:
    """The first line of a report, underlined."""
    return [text, "=" * len(text)]


def paragraph(text: str, indent: str = "  ") -> list[str]:
    """A paragraph, wrapped; long words such as paths stay whole."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def items(lines: Iterable[str], indent: str = "  ") -> list[str]:
    """A list, one wrapped item per line."""
    result: list[str] = []
    for line in lines:
        result += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=f"{indent}- ",
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return result


def table(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Columns as wide as needed; the first is flush left, the others flush right."""
    # Imported late: most of what the command line does needs no table.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    for column in range(len(rows[0]) if rows else 0):
        grid.add_column(justify="right" if column else "left", no_wrap=True)
    for row in rows:
        grid.add_row(*map(Text, row))
    text = io.StringIO()
    Console(file=text, width=WIDE, color_system=None, force_terminal=False, legacy_windows=False).print(grid)
    return [(indent + line).rstrip() for line in text.getvalue().splitlines()]


def page(lines: Iterable[str]) -> str:
    """The lines as a text that ends with a line end."""
    return "\n".join(lines).rstrip("\n") + "\n"


def txt_page(blocks: Iterable[Block]) -> str:
    """A document as text, its headings underlined."""
    lines: list[str] = []
    for block in blocks:
        told = _lines(block)
        if lines and lines[-1] and (told[0] and not isinstance(block, Items)):
            lines.append("")
        lines += told[1:] if lines and not (lines[-1] or told[0]) else told
    return page(lines)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(level=1):
            return title(block.text)
        case Heading(level=2):
            return heading(block.text)
        case Heading():
            return [f"  {block.text}"]
        case Paragraph():
            return paragraph(block.text)
        case Lines():
            return [f"    {line}" for line in block.lines]
        case Items():
            return items(block.lines)
        case Command():
            return [f"    {block.text}"]
        case Table():
            return table([[str(cell) for cell in row] for row in (block.head, *block.rows)])
