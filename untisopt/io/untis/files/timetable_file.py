"""What every file that holds a plan can do, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from untisopt.domain.calendar import Period, WeekSet
from untisopt.io.untis.rows.typed import TimetableRow


@dataclass(frozen=True, slots=True)
class Change:
    """Where a row has to stand now.

    Parameters
    ----------
    period : Period
        The new place, which may be the old one.
    rooms : mapping of str to str
        Rooms of the row that others replace.
    weeks : WeekSet
        The weeks of the plan in which the row is held; they do not change.
    """

    period: Period
    rooms: Mapping[str, str]
    weeks: WeekSet


class TimetableFile(Protocol):
    """The file that holds the plan; all that writing and verifying need of it."""

    @property
    def name(self) -> str:
        """Name without folders."""

    @property
    def data(self) -> bytes:
        """The bytes that were read."""

    def encode(self, text: str) -> bytes:
        """Turn text into bytes as this file has them.

        Raises
        ------
        UnicodeEncodeError
            The encoding has no such character.
        """

    def rewritten(self, rows: Sequence[TimetableRow], changes: Mapping[int, Change]) -> bytes:
        """The file with some rows elsewhere, everything else byte for byte.

        Parameters
        ----------
        rows : sequence of TimetableRow
            All rows that were read from this file.
        changes : mapping of int to Change
            By the index of the row.
        """

    def fixed_fields(self) -> Counter[tuple[str, ...]]:
        """What the rows of the file say beside day, period and room, and how often; the same before and after."""
