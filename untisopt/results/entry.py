"""The steps of an entry list, and the files that force a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.domain.entry import Step
from untisopt.domain.school import School


@dataclass(frozen=True, kw_only=True)
class EntryListDocument:
    """The steps in which a plan is entered by hand.

    Parameters
    ----------
    school : School
    steps : tuple of Step
        In an order in which none of them clashes.
    parkings : int
        How many runs of lectures are put away and brought back.
    least_parkings : int
        No order does with fewer.
    set_asides : int
        How many of the parkings take the lecture off the plan, because no place is free for it.
    source : str
        The export that holds the plan of today, as the user gave it; may be empty.
    packages : mapping of str to int
        Lecture id to the number of its package; empty where changes are not told in packages.
    """

    school: School = field(repr=False)
    steps: tuple[Step, ...] = field(repr=False)
    parkings: int
    least_parkings: int
    set_asides: int = 0
    source: str = ""
    packages: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def lectures(self) -> int:
        """How many lectures are touched."""
        return len({lecture for step in self.steps for lecture in step.lectures})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """How a file is written, as the import dialog of Untis asks for it.

    Parameters
    ----------
    delimiter : str
        One character.
    quoted : bool
        Whether texts stand in quotes.
    utf8 : bool
        Whether it is UTF-8, else the Windows code page.
    """

    delimiter: str
    quoted: bool
    utf8: bool


@dataclass(frozen=True, kw_only=True)
class ForcingGuideDocument:
    """What forcing files there are.

    Parameters
    ----------
    dummies : mapping of int to str
        Lesson number to the short name of its dummy teacher; empty where there are no forcing files.
    wanted : mapping of int to tuple of Period
        Lesson number to the periods in which it may stand.
    left_out : tuple of int
        Lessons that move and cannot be forced, because GPU002 has no usable row of them.
    has_lessons : bool
        Whether a GPU002 lay beside the export.
    formats : mapping of str to FileFormat
        By the name of the file to import.
    kind : str
        Of the export: `lesson`, `gpu` or `xml`; empty: not known.
    """

    dummies: Mapping[int, str] = field(default_factory=dict, repr=False)
    wanted: Mapping[int, tuple[Period, ...]] = field(default_factory=dict, repr=False)
    left_out: tuple[int, ...] = ()
    has_lessons: bool = True
    formats: Mapping[str, FileFormat] = field(default_factory=dict)
    kind: str = ""
