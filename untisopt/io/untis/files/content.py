"""What a timetable file says, whatever its format, before it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.school import Resource
from untisopt.io.untis.files.timetable_file import TimetableFile
from untisopt.io.untis.master.names import MasterData
from untisopt.io.untis.rows.typed import TimetableRow


@dataclass(frozen=True)
class Content:
    """What was read.

    Parameters
    ----------
    rows : tuple of TimetableRow
    grid : TimeGrid or None
        The stated time grid; None where only the plan shows which periods exist.
    school_year : tuple of int
        Calendar weeks in their order; empty if unknown.
    master : MasterData
    file : TimetableFile
        The file that the rows come from.
    calendar_weeks : bool
        Whether the weeks of the rows are calendar weeks; else they are made up, or nothing is known about weeks.
    fixed : mapping of int to str
        Rows that the file cannot state at another place, with the reason, by their index.
    blocked : mapping of (Kind, str) to frozenset of Period
        Periods that a class does not have, because its time grid lacks them.
    grid_of : mapping of str to str
        The name of the time grid of every grade; empty where all have the same.
    mondays : mapping of int to date
        The Monday of every calendar week; empty where the file itself does not say.
    """

    rows: tuple[TimetableRow, ...]
    grid: TimeGrid | None
    school_year: tuple[int, ...]
    master: MasterData
    file: TimetableFile
    calendar_weeks: bool
    fixed: Mapping[int, str] = field(default_factory=dict)
    blocked: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    grid_of: Mapping[str, str] = field(default_factory=dict)
    mondays: Mapping[int, date] = field(default_factory=dict)
