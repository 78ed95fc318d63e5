"""Text of the small files that people write by hand beside an export: break table, policy."""

from __future__ import annotations

from pathlib import Path

from untisopt.errors import Defect, InputError
from untisopt.i18n import _

# Hand-written files have a few kilobytes; whatever is far larger was named by mistake.
MAX_BYTES = 1_000_000
_MOST_SHOWN = 60


def read_text(path: Path, *, error: type[InputError] = InputError) -> str:
    """Read a whole text file in UTF-8 (a byte order mark is dropped) or, where it is no UTF-8, in Windows-1252.

    Parameters
    ----------
    path : Path
    error : type of InputError
        What is raised.

    Returns
    -------
    str
        The text with the line ends of every system turned into a line feed, so that lines count as in an editor.

    Raises
    ------
    InputError
        If the file cannot be read, is no text or has more than :data:`MAX_BYTES` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as cause:
        raise error([_unreadable(path, cause)]) from cause
    if len(data) > MAX_BYTES:
        expected = _("a text of at most {size} bytes").format(size=MAX_BYTES)
        raise error([_wrong_file(path, expected, _("a larger file"))])
    text = _decode(data)
    if text is None:
        expected = _("text in UTF-8 or Windows-1252")
        raise error([_wrong_file(path, expected, _("bytes that are no text in either"))])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(text: str) -> str:
    """Quote a piece of the input for a message, cut to a length that fits a line."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= _MOST_SHOWN else f"'{flat[: _MOST_SHOWN - 3]}...'"


def _decode(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unreadable(path: Path, cause: OSError) -> Defect:
    expected = _("a file that can be read")
    if path.is_dir():
        return Defect(file=str(path), expected=expected, found=_("a folder"), advice=_("you mean a file in it"))
    if isinstance(cause, FileNotFoundError):
        advice = _("the name is misspelt or the file is in another folder")
        return Defect(file=str(path), expected=expected, found=_("no file of this name"), advice=advice)
    advice = _("another program holds it or you have no right to read it")
    return Defect(file=str(path), expected=expected, found=cause.strerror or str(cause), advice=advice)


def _wrong_file(path: Path, expected: str, found: str) -> Defect:
    advice = _("this is another file than you meant; otherwise save it again as text in UTF-8")
    return Defect(file=str(path), expected=expected, found=found, advice=advice)
