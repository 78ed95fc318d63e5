"""Names from an export as other programs bear them: no control characters."""

from __future__ import annotations

import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# What neither XML nor a calendar may hold: control characters (a TAB and line ends excepted), half surrogate pairs, and
# the two code points that are no characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with a replacement character in the place of each one that files of text formats must not hold."""
    return _FORBIDDEN.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """The same on one line, blanks and line ends drawn together."""
    return " ".join(printable(text).split())
