"""How a text export is written: encoding, delimiter, quotes, line ends. Sniffed, because Untis lets the user choose.

lesson.txt is expected TAB separated and unquoted, the GPU files with `,` or `;` and quotes, both in the Windows code
page or UTF-8; none of it is certain, and files get edited.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from untisopt.errors import Defect, InputError
from untisopt.i18n import _

BOM = codecs.BOM_UTF8
UTF8 = "utf-8"
WINDOWS = "cp1252"
PASS_THROUGH = "untisopt-pass-through"
_DELIMITERS = (b"\t", b";", b",")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_SAMPLED = 5000
# A quoted field, seen from any of the three delimiters: what it holds must not count as a delimiter.
_QUOTED_FIELD = re.compile(rb'(?:(?<=[\t;,])|^)"(?:[^"]|"")*"(?=[\t;,]|$)')


def _pass_through(error: UnicodeError) -> tuple[str | bytes, int]:
    """Map the five bytes that cp1252 leaves undefined to the code points of the same number, and back.

    Untis itself writes them; they have to survive byte for byte.
    """
    if isinstance(error, UnicodeDecodeError):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    if isinstance(error, UnicodeEncodeError):
        text = error.object[error.start : error.end]
        if all(ord(char) in (0x81, 0x8D, 0x8F, 0x90, 0x9D) for char in text):
            return bytes(map(ord, text)), error.end
    raise error


codecs.register_error(PASS_THROUGH, _pass_through)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written.

    Parameters
    ----------
    encoding : str
        ``utf-8`` or ``cp1252`` (also for pure ASCII, which is both).
    bom : bool
        Whether the file starts with the UTF-8 byte order mark.
    delimiter : bytes
        TAB, `;` or `,`; a blank for rows whose columns are separated by runs of blanks.
    quoted : bool
        Whether any field stands in quotes.
    newline : bytes
        The most frequent line end; empty if there is none.
    trailing : bool
        Whether most rows end with a delimiter.
    """

    encoding: str
    bom: bool
    delimiter: bytes
    quoted: bool
    newline: bytes
    trailing: bool

    @property
    def blanks(self) -> bool:
        """Whether columns are separated by runs of blanks."""
        return self.delimiter == b" "

    def decode(self, data: bytes) -> str:
        """Turn bytes of the file into text; :meth:`encode` is its inverse."""
        return data.decode(self.encoding, PASS_THROUGH)

    def encode(self, text: str) -> bytes:
        """Turn text into bytes of the file.

        Raises
        ------
        UnicodeEncodeError
            The encoding has no such character.
        """
        return text.encode(self.encoding, PASS_THROUGH)


def sniff(name: str, data: bytes) -> Dialect:
    """Find out how a file is written, from all its rows and not from the first one only.

    Raises
    ------
    InputError
        The bytes are no text in UTF-8 or Windows-1252.
    """
    _require_text(name, data)
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    lines = [line for line in body.splitlines() if line.strip(b" \x1a")]
    step = 1 + len(lines) // _MOST_SAMPLED
    # What stands in quotes must not count, but that a field is there must.
    sample = lines[::step]
    bare = [_QUOTED_FIELD.sub(b"q", line) if b'"' in line else line for line in sample]
    delimiter = _delimiter(bare)
    return Dialect(
        encoding=_encoding(body, bom),
        bom=bom,
        delimiter=delimiter,
        quoted=bare != sample,
        newline=_newline(body),
        trailing=bool(bare) and sum(line.endswith(delimiter) for line in bare) * 2 > len(bare),
    )


def _require_text(name: str, data: bytes) -> None:
    advice = _("choose UTF-8 or the Windows code page in the export dialog, or save the file as UTF-8 in the editor")
    if data.startswith(b"PK\x03\x04"):
        workbook = _("an Excel workbook or another packed file")
        again = _("take the file as Untis exported it; Excel turns grades such as 7.1 into dates")
        raise InputError([Defect(file=name, expected=_("text"), found=workbook, advice=again)])
    if data.startswith(_UTF16):
        raise InputError([Defect(file=name, expected=_("UTF-8 or Windows-1252"), found=_("UTF-16"), advice=advice)])
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise InputError(
            [
                Defect(
                    file=name, line=line, expected=_("text"), found=_("a NUL byte: this is no text file"), advice=advice
                )
            ]
        )


def _encoding(body: bytes, bom: bool) -> str:
    if body.isascii():
        return UTF8 if bom else WINDOWS
    try:
        body.decode(UTF8)
    except UnicodeDecodeError:
        return WINDOWS
    return UTF8


def _newline(body: bytes) -> bytes:
    both = body.count(b"\r\n")
    counts = {b"\r\n": both, b"\n": body.count(b"\n") - both, b"\r": body.count(b"\r") - both}
    newline = max(counts, key=lambda end: counts[end])
    return newline if counts[newline] else b""


def _delimiter(lines: list[bytes]) -> bytes:
    """The candidate that splits most rows into equally many columns; a blank where none splits a quarter of them."""
    best, best_rank = b" ", (0, 0)
    for candidate in _DELIMITERS:
        counts = Counter(count for line in lines if (count := line.count(candidate)))
        if counts:
            modal, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
            rank = (rows, modal)
            if rank > best_rank:
                best, best_rank = candidate, rank
    return best if best_rank[0] * 4 >= len(lines) else b" "
