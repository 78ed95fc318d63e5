"""Sniffing how a file is written, and giving every byte back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untisopt.errors import InputError
from untisopt.io.untis.files.dialect import BOM, sniff
from untisopt.io.untis.files.records import RawFile


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        (b"a\tb\tc\r\n", b"\t"),
        (b"a;b;c\r\n", b";"),
        (b"a,b,c\r\n", b","),
        (b"a b c\r\n", b" "),
        # The first row alone says comma; the rows together say semicolon.
        (b"a,b,c,d;e\r\nf;g\r\nh;i\r\n", b";"),
        (b'"a;b;c","d"\r\n"e;f;g","h"\r\n', b","),
        (b"Raum 1,5;2\r\nRaum 2;3\r\n", b";"),
        # A comma in one of eight rows is part of a name.
        (b"a b c\n" * 7 + b"a, b c\n", b" "),
        (b"", b" "),
    ],
)
def test_delimiter_is_what_splits_most_rows_alike(data: bytes, delimiter: bytes) -> None:
    assert sniff("x", data).delimiter == delimiter


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (b"abc", "cp1252", False),
        ("Möwe".encode(), "utf-8", False),
        ("Möwe".encode("cp1252"), "cp1252", False),
        (BOM + b"abc", "utf-8", True),
        # Broken UTF-8 is Windows-1252.
        ("Möwe".encode() + b"\xe4", "cp1252", False),
    ],
)
def test_encoding(data: bytes, encoding: str, bom: bool) -> None:
    dialect = sniff("x", data)

    assert (dialect.encoding, dialect.bom) == (encoding, bom)


def test_every_byte_survives_windows_1252() -> None:
    # 0x81 8D 8F 90 9D are undefined in Windows-1252, and 0xff makes sure that it is no UTF-8.
    every = bytes(range(1, 256))
    dialect = sniff("x", every)

    assert dialect.encode(dialect.decode(every)) == every


def test_characters_that_the_encoding_lacks_are_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        sniff("x", b"abc").encode("Ł")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_a_defect(encoding: str) -> None:
    with pytest.raises(InputError, match=r"UTF-16|NUL byte"):
        sniff("x", "a;b".encode(encoding))


@pytest.mark.parametrize(
    ("data", "newline"), [(b"a\r\nb\r\n", b"\r\n"), (b"a\nb\n", b"\n"), (b"a\rb\r", b"\r"), (b"a", b"")]
)
def test_line_ends(data: bytes, newline: bytes) -> None:
    assert sniff("x", data).newline == newline


def test_quotes_and_trailing_delimiter() -> None:
    assert sniff("x", b'1,"a",\r\n2,,\r\n').quoted
    assert sniff("x", b'1,"a",\r\n2,,\r\n').trailing
    assert not sniff("x", b"1,a\r\n2,b\r\n").quoted
    assert not sniff("x", b"1,a\r\n2,b\r\n").trailing


TEXT = st.text(
    st.characters(codec="cp1252", exclude_characters='\t;,"\r\n\x1a ', exclude_categories=["Cc"]), max_size=6
)


@given(
    rows=st.lists(st.lists(TEXT, min_size=4, max_size=4), min_size=1, max_size=6),
    delimiter=st.sampled_from("\t;,"),
    quote=st.booleans(),
    encoding=st.sampled_from(["cp1252", "utf-8", "utf-8-sig"]),
    newline=st.sampled_from(["\r\n", "\n"]),
    trailing=st.booleans(),
    final=st.booleans(),
    blank_lines=st.booleans(),
)
def test_any_dialect_round_trips(
    rows: list[list[str]],
    delimiter: str,
    quote: bool,
    encoding: str,
    newline: str,
    trailing: bool,
    final: bool,
    blank_lines: bool,
) -> None:
    def line(row: list[str]) -> str:
        written = [f'"{text}{delimiter}"' if quote and text else text for text in row]
        return delimiter.join(written) + delimiter * trailing

    text = (newline * (1 + blank_lines)).join(map(line, rows)) + newline * final
    data = text.encode(encoding)

    raw = RawFile.parse("x", data)

    assert raw.dialect.delimiter == delimiter.encode()
    assert raw.written([row.content for row in raw.rows]) == data
    expected = [[f"{text}{delimiter}".strip(" ") if quote and text else text for text in row] for row in rows]
    # Windows-1252 bytes may happen to be UTF-8; then the texts differ, the bytes never.
    if encoding != "cp1252" or text.isascii():
        assert [list(row.fields[:4]) for row in raw.rows] == expected
    changed = [row.with_fields({1: "new"}) for row in raw.rows]
    again = RawFile.parse("x", raw.written(changed))
    assert [row.fields[1] for row in again.rows] == ["new"] * len(rows)
    assert [(row.fields[0], row.fields[2:]) for row in again.rows] == [(r.fields[0], r.fields[2:]) for r in raw.rows]
