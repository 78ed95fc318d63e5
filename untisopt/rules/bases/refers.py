"""What the parameters of a rule refer to, so that a name or a period that does not exist can be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT = "subject"
_BREAK = re.compile(r"\s*(\d{1,2})\s*-\s*(\d{1,2})\s*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refers:
    """What one parameter of a rule refers to; a rule says so in its class variable `refers`, by parameter.

    Parameters
    ----------
    names : str
        Whom the elements of a list, or the keys of a table, name: ``teacher``, ``grade``, ``subject`` or ``lesson``;
        empty: nobody.
    patterns : bool
        Whether a shell pattern is a name, too.
    periods : bool
        Whether the numbers are period numbers: the number itself, the values of a table, both ends of ``5-7``.
    breaks : bool
        Whether the elements are breaks such as ``2-3``.
    """

    names: str = ""
    patterns: bool = False
    periods: bool = False
    breaks: bool = False


References = Mapping[str, Refers]


def period_pair(text: str) -> tuple[int, int] | None:
    """Two period numbers such as ``2-3``, blanks allowed; None if it is nothing of the kind."""
    found = _BREAK.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None
