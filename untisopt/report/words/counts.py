"""How many there are of something, with the word that fits the number."""

from __future__ import annotations

from untisopt.i18n import ngettext


def rows(count: int) -> str:
    """Rows of a file."""
    return ngettext("{count} row", "{count} rows", count).format(count=count)


def lessons(count: int) -> str:
    """Lessons in the sense of Untis."""
    return ngettext("{count} lesson", "{count} lessons", count).format(count=count)


def lectures(count: int) -> str:
    """Lectures: single hours."""
    return ngettext("{count} lecture", "{count} lectures", count).format(count=count)


def blocks(count: int) -> str:
    """Blocks, as in `97 lectures in 60 blocks`."""
    return ngettext("{count} block", "{count} blocks", count).format(count=count)


def teachers(count: int) -> str:
    """Teachers."""
    return ngettext("{count} teacher", "{count} teachers", count).format(count=count)


def grades(count: int) -> str:
    """Grades."""
    return ngettext("{count} grade", "{count} grades", count).format(count=count)


def rooms(count: int) -> str:
    """Rooms."""
    return ngettext("{count} room", "{count} rooms", count).format(count=count)


def moving(count: int) -> str:
    """Lectures that move."""
    return ngettext("{count} lecture moves", "{count} lectures move", count).format(count=count)
