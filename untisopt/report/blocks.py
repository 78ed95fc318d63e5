"""What reports are built of: headings, sentences, lists, tables. One renderer per format lays them out.

Texts stay plain: whatever escapes a format needs, its renderer adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class Signed(float):
    """A difference: with its sign in texts, and not shown there where it is none."""


Cell = str | int | float | None
"""A cell of a table: numbers stay numbers where the format knows them, None is empty."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the title of the report, 2 a chapter, 3 a part of it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; an empty one is left out."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences; an empty one is left out."""

    lines: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class Lines(Items):
    """A list of lines that are never wrapped, because people compare them column by column."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command to be copied: one line, whatever its length; an empty one is left out."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; one without rows is left out.

    Parameters
    ----------
    head : sequence of str
    rows : sequence of sequence of Cell
        As many cells as `head`.
    numbers : frozenset of int
        Columns (0-based) that are flush right where the format asks for it.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows)


Block = Heading | Paragraph | Items | Command | Table


def chapter(title: str, *blocks: Block, level: int = 2) -> list[Block]:
    """A heading with what stands below it; nothing where there is nothing to stand there."""
    told = [block for block in blocks if block]
    return [Heading(title, level), *told] if told else []


def items(lines: Iterable[str]) -> Items:
    """A list of what is found one by one."""
    return Items(tuple(lines))
