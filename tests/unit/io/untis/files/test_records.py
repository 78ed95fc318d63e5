"""Rows that know their bytes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from untisopt.errors import InputError
from untisopt.io.untis.files import records
from untisopt.io.untis.files.records import RawFile, load


def changed(line: bytes, texts: dict[int, str], filler: bytes = b"1;2;3\n1;2;3\n1;2;3\n") -> bytes:
    return RawFile.parse("x", line + b"\n" + filler).rows[0].with_fields(texts)


@pytest.mark.parametrize(
    ("line", "texts", "expected"),
    [
        (b"a;b;c", {1: "x"}, b"a;x;c"),
        (b"a; b ;c", {1: "x"}, b"a; x ;c"),
        (b'a;"b";c', {1: "x"}, b'a;"x";c'),
        (b'a; "b" ;c', {1: "x"}, b'a; "x" ;c'),
        (b'a;"b";c', {1: ""}, b"a;;c"),
        (b'"a";;"c"', {1: "x"}, b'"a";"x";"c"'),
        (b'"a";;"c"', {1: "7"}, b'"a";7;"c"'),
        (b'a;"b ""q""";c', {2: "x"}, b'a;"b ""q""";x'),
        (b'a;"b";c', {1: 'x "y"'}, b'a;"x ""y""";c'),
        (b"a;b;c", {1: "x;y"}, b'a;"x;y";c'),
        (b"a;b;c;", {0: "", 2: "longer"}, b";b;longer;"),
        (b"a;b;c", {1: "b"}, b"a;b;c"),
        # Quotes that do not enclose the field are part of the text.
        (b'a;5" b;c', {2: "x"}, b'a;5" b;x'),
        (b'a;"5" b;c', {2: "x"}, b'a;"5" b;x'),
    ],
)
def test_only_the_named_fields_change(line: bytes, texts: dict[int, str], expected: bytes) -> None:
    assert changed(line, texts) == expected


def test_fields_of_rows_separated_by_blanks() -> None:
    raw = RawFile.parse("x", b"a  b   c\nd e f\n")

    assert [row.fields for row in raw.rows] == [("a", "b", "c"), ("d", "e", "f")]
    assert raw.rows[0].with_fields({1: "long"}) == b"a  long   c"


@pytest.mark.parametrize(
    ("line", "unclosed"), [(b'a;"b;c', True), (b'a;"b";c', False), (b'a;"b""";c', False), (b'a;b;"', True)]
)
def test_unclosed_quotes_are_noticed(line: bytes, unclosed: bool) -> None:
    assert RawFile.parse("x", line + b"\n1;2;3\n1;2;3\n").rows[0].unclosed is unclosed


def test_empty_lines_are_kept_and_are_no_rows() -> None:
    data = b"\r\na;b\r\n  \r\nc;d\n\x1a"
    raw = RawFile.parse("x", data)

    assert [row.line for row in raw.rows] == [2, 4]
    assert raw.written([b"c;d", b"a;b"]) == b"\r\nc;d\r\n  \r\na;b\n\x1a"


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        changed(b"a;b;c", {5: "x"})


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing with this name"):
        load(tmp_path / "lesson.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a file, found a folder"):
        load(tmp_path)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(b"a;b")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="found Permission denied"):
        load(path)


@pytest.mark.parametrize("late", [b"a;b;c", b"x;y"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bytes) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(b"a;b")
    read_bytes = Path.read_bytes

    def slow(self: Path) -> bytes:
        data = read_bytes(self)
        self.write_bytes(late)
        os.utime(self, ns=(0, time.time_ns() + 10**9))
        return data

    monkeypatch.setattr(Path, "read_bytes", slow)
    with pytest.raises(InputError, match="changed while it was read"):
        load(path)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesson.txt"
    path.write_bytes(b"a;b\n" * 10)
    monkeypatch.setattr(records, "MOST_ROWS", 9)
    with pytest.raises(InputError, match="at most 9 rows, found 10"):
        load(path)
    monkeypatch.setattr(records, "MOST_BYTES", 30)
    with pytest.raises(InputError, match="at most 0 MB"):
        load(path)
