"""Files as records that know every byte they came from: unchanged rows are written as they were read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.untis.files.dialect import BOM, Dialect, sniff

MOST_BYTES = 500_000_000
MOST_ROWS = 2_000_000
_NOTHING = b" \x1a"
_WORD = re.compile(rb"[^ ]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a field stands in the bytes of its row: `start` to `end` without padding, quotes included if `quoted`."""

    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file.

    Parameters
    ----------
    line : int
        1-based line in the file.
    content : bytes
        The row as it stands in the file, without its line end.
    fields : tuple of str
        The fields as text, without quotes and padding.
    dialect : Dialect
        That of the file.
    """

    line: int
    content: bytes
    fields: tuple[str, ...]
    dialect: Dialect

    @property
    def unclosed(self) -> bool:
        """Whether a quote is opened and never closed."""
        spans = _spans(self.content, self.dialect)
        return any(s.quoted and not _closed(self.content[s.start : s.end]) for s in spans)

    def with_fields(self, texts: Mapping[int, str]) -> bytes:
        """The bytes of this row with some fields changed (0-based columns) and everything else as it was.

        Raises
        ------
        IndexError
            The row has no such column.
        """
        content = self.content
        spans = _spans(content, self.dialect)
        for column in sorted(texts, reverse=True):
            if texts[column] != self.fields[column]:
                span = spans[column]
                content = content[: span.start] + self._written(texts[column], span) + content[span.end :]
        return content

    def _written(self, text: str, span: Span) -> bytes:
        delimiter = self.dialect.delimiter.decode()
        new_quotes = self.dialect.quoted and span.start == span.end and not text.isdecimal()
        if text and (span.quoted or new_quotes or (delimiter in text and not self.dialect.blanks)):
            text = '"' + text.replace('"', '""') + '"'
        return self.dialect.encode(text)


@dataclass(frozen=True)
class RawFile:
    """A file with all its bytes and the rows found in them; empty lines are kept and are no rows.

    Parameters
    ----------
    name : str
        Name for messages and for the file that is written, without folders.
    data : bytes
    dialect : Dialect
    rows : tuple of Row
    """

    name: str
    data: bytes
    dialect: Dialect
    rows: tuple[Row, ...]

    @classmethod
    def parse(cls, name: str, data: bytes) -> RawFile:
        """Split the bytes of a file into rows.

        Raises
        ------
        InputError
            No text file, or more rows than a school can have.
        """
        dialect = sniff(name, data)
        lines = data[len(BOM) if dialect.bom else 0 :].splitlines()
        if len(lines) > MOST_ROWS:
            limit = _("at most {count} rows").format(count=MOST_ROWS)
            raise InputError([Defect(file=name, expected=limit, found=str(len(lines)))])
        return cls(name, data, dialect, tuple(_rows(lines, dialect)))

    @cached_property
    def _lines(self) -> list[bytes]:
        start = len(BOM) if self.dialect.bom else 0
        return self.data[start:].splitlines(keepends=True)

    def written(self, contents: Sequence[bytes]) -> bytes:
        """The bytes of the file with other contents of its rows, one per row in the order of the file.

        Line ends and empty lines stay where they are, so a last line without an end stays without one.
        """
        lines = list(self._lines)
        for row, content in zip(self.rows, contents, strict=True):
            old = lines[row.line - 1]
            lines[row.line - 1] = content + old[len(row.content) :]
        return (BOM if self.dialect.bom else b"") + b"".join(lines)


def _rows(lines: Sequence[bytes], dialect: Dialect) -> Iterator[Row]:
    delimiter = dialect.delimiter.decode()
    for number, content in enumerate(lines, 1):
        if not content.strip(_NOTHING):
            continue
        if b'"' in content:
            fields = tuple(_text(content, span, dialect) for span in _spans(content, dialect))
        elif dialect.blanks:
            fields = tuple(dialect.decode(content).split(" "))
            fields = tuple(field for field in fields if field)
        else:
            text = dialect.decode(content)
            fields = tuple(text.split(delimiter))
            if " " in text:
                fields = tuple(field.strip(" ") for field in fields)
        yield Row(number, content, fields, dialect)


def _spans(content: bytes, dialect: Dialect) -> list[Span]:
    if dialect.blanks:
        return [Span(match.start(), match.end(), False) for match in _WORD.finditer(content)]
    spans, position = [], 0
    while True:
        span, after = _next_span(content, position, dialect.delimiter)
        spans.append(span)
        if after is None:
            return spans
        position = after


def _next_span(content: bytes, position: int, delimiter: bytes) -> tuple[Span, int | None]:
    """The field that starts at `position`, and where the next one starts; None after the last."""
    start = position
    while content[start : start + 1] == b" ":
        start += 1
    if content[start : start + 1] == b'"':
        closed = _behind_quotes(content, start)
        end = len(content) if closed is None else closed
        cut = content.find(delimiter, end)
        # Something between the closing quote and the delimiter: the quotes are part of a bare text.
        if not content[end : cut if cut >= 0 else len(content)].strip(b" "):
            return Span(start, end, True), None if cut < 0 else cut + 1
    cut = content.find(delimiter, position)
    stop = len(content) if cut < 0 else cut
    start = min(start, stop)
    length = len(content[start:stop].rstrip(b" "))
    return Span(start, start + length, False), None if cut < 0 else cut + 1


def _behind_quotes(content: bytes, start: int) -> int | None:
    """The position behind the quote that closes the one at `start`; None if nothing closes it."""
    position = start + 1
    while (position := content.find(b'"', position)) >= 0:
        if content[position + 1 : position + 2] != b'"':
            return position + 1
        position += 2
    return None


def _closed(quoted: bytes) -> bool:
    return _behind_quotes(quoted, 0) is not None


def _text(content: bytes, span: Span, dialect: Dialect) -> str:
    raw = content[span.start : span.end]
    if not span.quoted:
        return dialect.decode(raw)
    inner = raw[1:-1] if _closed(raw) else raw[1:]
    return dialect.decode(inner).replace('""', '"').strip(" ")


def load(path: Path) -> RawFile:
    """Read a file whole and split it into rows.

    Raises
    ------
    InputError
        It is missing, no file, unreadable, too large, changes while it is read, or is no text.
    """
    return RawFile.parse(path.name, load_bytes(path))


def load_bytes(path: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    InputError
        It is missing, no file, unreadable, too large, or changes while it is read.
    """

    def defect(expected: str, found: str, advice: str = "") -> InputError:
        return InputError([Defect(file=str(path), expected=expected, found=found, advice=advice)])

    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise defect(_("a file"), _("a folder") if stat.S_ISDIR(before.st_mode) else _("something that is no file"))
        if before.st_size > MOST_BYTES:
            size = _("{size} MB").format(size=before.st_size // 1_000_000)
            raise defect(_("at most {size} MB").format(size=MOST_BYTES // 1_000_000), size)
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        raise defect(_("a file"), _("nothing with this name"), _("the path is misspelt")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise defect(_("a file that can be read"), reason, _("you lack the permission to read it")) from None
    if _state(before) != _state(after) or len(data) != after.st_size:
        advice = _("Untis is still exporting: wait until it has finished and try again")
        raise defect(_("a file that stays as it is"), _("it changed while it was read"), advice)
    return data


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
