"""Tables as a workbook (XlsxWriter): every text a text, every file the same bytes for the same tables."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from untisopt.i18n import _
from untisopt.report.blocks import Block, Cell, Command, Heading, Items, Paragraph, Table
from untisopt.report.words.plain_text import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_CHARACTERS = 32_767
"""Of a cell, as Excel has it."""
_A4 = 9
# A workbook states when it was made; the clock would make every file differ.
_CREATED = datetime(2000, 1, 1)
_HEAD = "#1F3864"
_LINES = "#BFBFBF"
_LINE = 15
_MOST_POINTS = 409


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, and whether long texts run over several lines."""

    title: str
    width: float
    wrap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that holds one table.

    Parameters
    ----------
    name : str
        At most 31 characters, none of them a bracket, colon, slash, backslash, asterisk or question mark.
    columns : tuple of Column
    rows : sequence of sequence of Cell
        Numbers stay numbers, None is an empty cell.
    frozen : int
        Columns at the left that stay in sight.
    chapters : frozenset of int
        Rows (0-based) that are headings within the table; a sheet with chapters cannot be filtered.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0
    chapters: frozenset[int] = frozenset()


def summary_sheet(title: str, blocks: Iterable[Block]) -> Sheet:
    """A document as a sheet: sentences stand in the first column, the figures of a table beside their names."""
    columns = (Column(title, 100, wrap=True), *(Column(name, 10) for name in (_("before"), _("after"), _("change"))))
    rows: list[Sequence[Cell]] = []
    chapters: set[int] = set()
    for block in blocks:
        match block:
            case Heading():
                chapters.add(len(rows))
                rows.append([block.text, None, None, None])
            case Paragraph() | Command():
                rows.append([block.text, None, None, None])
            case Items():
                rows += [[line, None, None, None] for line in block.lines]
            case Table():
                rows += block.rows
    return Sheet(name=_("Summary"), columns=columns, rows=rows, chapters=frozenset(chapters))


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    chapter: Format
    plain: Format
    wrapped: Format
    number: Format


def workbook(title: str, page_of: str, sheets: Sequence[Sheet]) -> bytes:
    """A workbook with these sheets, ready to be filtered and printed (A4, landscape, as wide as the page).

    Parameters
    ----------
    title : str
        Stands in the properties of the file and at the foot of every page.
    page_of : str
        How pages are numbered, with `{page}` and `{pages}`.
    sheets : sequence of Sheet
    """
    # Imported late: only what writes a report needs it.
    from xlsxwriter.workbook import Workbook as Book

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Book(file, options) as book:
        book.set_properties({"title": _cut(title), "created": _CREATED})
        formats = _formats(book)
        footer = f"&L{_in_footer(title)}&R{page_of.format(page='&P', pages='&N')}"
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, formats, footer)
    return file.getvalue()


def _formats(book: Workbook) -> _Formats:
    frame = {"border": 1, "border_color": _LINES, "valign": "top"}
    head = {**frame, "bold": True, "font_color": "white", "bg_color": _HEAD, "text_wrap": True}
    return _Formats(
        head=book.add_format(head),
        chapter=book.add_format({**frame, "bold": True, "bg_color": "#D9E2F3", "text_wrap": True}),
        plain=book.add_format(frame),
        number=book.add_format({**frame, "align": "center"}),
        wrapped=book.add_format({**frame, "text_wrap": True}),
    )


def _fill(worksheet: Worksheet, sheet: Sheet, formats: _Formats, footer: str) -> None:
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width)
        worksheet.write_string(0, index, column.title, formats.head)
    worksheet.set_row(0, _height(sheet.columns, [column.title for column in sheet.columns], headings=True))
    for number, row in enumerate(sheet.rows):
        worksheet.set_row(number + 1, _height(sheet.columns, row))
        for index, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            style = formats.chapter if number in sheet.chapters else _style(column, cell, formats)
            _write(worksheet, number + 1, index, cell, style)
    if not sheet.chapters:
        worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    worksheet.freeze_panes(1, sheet.frozen)
    worksheet.repeat_rows(0)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer(footer)


def _height(columns: Sequence[Column], cells: Sequence[Cell], *, headings: bool = False) -> float:
    """The height of a row in points; stated, because not every program works it out when it opens a file."""
    lines = [
        len(textwrap.wrap(cell, max(1, int(column.width * (0.8 if headings else 1.05)))))
        for column, cell in zip(columns, cells, strict=True)
        if isinstance(cell, str) and (column.wrap or headings)
    ]
    return float(min(_LINE * max([1, *lines]), _MOST_POINTS))


def _style(column: Column, cell: Cell, formats: _Formats) -> Format:
    if isinstance(cell, (int, float)):
        return formats.number
    return formats.wrapped if column.wrap else formats.plain


def _write(worksheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if cell is None or cell == "":
        worksheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        worksheet.write_string(row, column, _cut(cell), style)
    else:
        worksheet.write_number(row, column, cell, style)


def _cut(text: str) -> str:
    """What a cell can hold of a text."""
    shown = printable(text)
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[: MOST_CHARACTERS - 1]}\N{HORIZONTAL ELLIPSIS}"


def _in_footer(text: str) -> str:
    """A text in a footer: `&` begins a code there, and all of it may have 255 characters."""
    return printable(text)[:100].replace("&", "&&")
