"""The export that was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much was read; people and rooms in use."""

    rows: int
    lessons: int
    lectures: int
    blocks: int
    teachers: int
    grades: int
    rooms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The export that was read.

    Parameters
    ----------
    path : str
        As the user gave it.
    kind : str
        `lesson` (Info-Timetable), `gpu` or `xml`.
    files : tuple of str
        Names of the files, the timetable first.
    counts : Counts
    knows_weeks : bool
        Whether the weeks of the plan are calendar weeks.
    notes : tuple of str
        Sentences: what was read, guessed and left out.
    limits : tuple of str
        Those of the notes that say what could not be compared with another export; empty where nothing was compared.
    """

    path: str
    kind: str
    files: tuple[str, ...]
    counts: Counts
    knows_weeks: bool = True
    notes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSuggestion:
    """Rooms that look like a site of their own.

    Parameters
    ----------
    name : str
        A name to call it by.
    pattern : str
        Shell pattern on the names of the rooms, such as `F*`.
    rooms : tuple of str
        The rooms that match, sorted.
    lectures : float
        Share of the lectures that are held there, 0..1.
    """

    name: str
    pattern: str
    rooms: tuple[str, ...]
    lectures: float

    @property
    def option(self) -> str:
        """How the command line names it."""
        return f'--site "{self.name}={self.pattern}"'
