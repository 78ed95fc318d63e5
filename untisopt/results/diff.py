"""What the comparison of two exports is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.results.source import Source


@dataclass(frozen=True, kw_only=True)
class DiffDocument:
    """What moved between two exports of one school.

    Parameters
    ----------
    before, after : Source
    school : School
        That of the export before.
    moves : tuple of Move
    lost, added : tuple of str
        Lectures, in words, that only one of the exports holds.
    """

    before: Source
    after: Source
    school: School = field(repr=False)
    moves: tuple[Move, ...]
    lost: tuple[str, ...]
    added: tuple[str, ...]
