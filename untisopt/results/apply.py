"""What was chosen among the changes of a repair."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.domain.timetable import Timetable
from untisopt.results.packages import PackagePart


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """What was chosen from what.

    Parameters
    ----------
    before : Timetable
        The repair that was chosen from.
    along : tuple of PackagePart
        What was made or left out although nobody named it.
    left_out : bool
        Whether parts were named to be left out; else to be made.
    """

    before: Timetable = field(repr=False)
    along: tuple[PackagePart, ...] = ()
    left_out: bool = False
