"""File names for people and classes, on Windows as well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_CHARACTERS = 80
"""Longer names are cut: a path on Windows may have 260 characters."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
# Windows takes these for devices, whatever ending follows; the last three digits are superscripts.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?", re.IGNORECASE)


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name without ending for every name, each different whatever the case.

    Names that are fine already stay as they are; where two others become alike, a number tells them apart. The result
    does not depend on the order of `names`.
    """
    wanted = {name: _safe(name) for name in set(names)}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(wanted, key=lambda name: (wanted[name] != name, name)):
        free = wanted[name]
        number = 1
        while _key(free) in taken:
            number += 1
            free = f"{wanted[name]} ({number})"
        taken.add(_key(free))
        found[name] = free
    return found


def _safe(name: str) -> str:
    """The name with an underscore for everything that a file system refuses."""
    text = _UNSAFE.sub("_", name)[:MOST_CHARACTERS].strip(" ")
    # A dot at the end is dropped by Windows, one at the start hides the file elsewhere.
    text = re.sub(r"\.+$|^\.+", lambda dots: "_" * len(dots.group()), text)
    return f"_{text}" if not text or _DEVICE.fullmatch(text) else text


def _key(name: str) -> str:
    """What Windows and macOS compare."""
    return unicodedata.normalize("NFC", name).casefold()
