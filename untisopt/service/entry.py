"""The ways back into Untis that need work by hand: the entry list, and the files that force a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.entry import on_plan
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import InternalError
from untisopt.i18n import _
from untisopt.io.untis import Export
from untisopt.io.untis.files.dialect import UTF8
from untisopt.io.untis.files.forcing import Forcing, forcing
from untisopt.report.entry.forcing_guide import forcing_guide
from untisopt.results.entry import EntryListDocument, FileFormat, ForcingGuideDocument
from untisopt.service.files import Files, made
from untisopt.service.verify.replay import replay

INSTRUCTIONS_NAME = "INSTRUCTIONS.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOptions:
    """How an entry list is made.

    Parameters
    ----------
    source : str
        The export that holds the plan of today, as the user gave it; stands on the list.
    packages : mapping of str to int
        Lecture id to the number of the package of changes that it belongs to.
    """

    source: str = ""
    packages: Mapping[str, int] = field(default_factory=dict)


def entry_list(
    school: School, before: Timetable, after: Timetable, options: EntryOptions | None = None
) -> EntryListDocument:
    """Order the changes that turn one plan into another, so that every single step is free of clashes.

    The list is carried out step by step before it is handed over.

    Parameters
    ----------
    school : School
    before, after : Timetable
        Hold the lectures of the school.
    options : EntryOptions or None
        None: the defaults.

    Raises
    ------
    ValueError
        The two timetables do not hold the same lectures.
    InternalError
        A step clashes, or the list does not lead to `after`; nothing of it can be used.
    """
    # Imported late: the solver takes longer to load than a plan takes to read and judge.
    from untisopt.solve.entry.order import entry_order

    wanted = EntryOptions() if options is None else options
    found = entry_order(school, before, after, packages=wanted.packages)
    _verify(after, replay(school, before, found.steps))
    return EntryListDocument(
        school=school,
        steps=found.steps,
        parkings=found.parkings,
        least_parkings=found.least_parkings,
        set_asides=found.set_asides,
        source=wanted.source,
        packages=wanted.packages,
    )


def _verify(wanted: Timetable, reached: Timetable) -> None:
    wrong = [id_ for id_, place in wanted.items() if not _same(place, reached[id_])]
    if wrong:
        raise InternalError(_("the entry list does not lead to the plan: {names}").format(names=", ".join(wrong)))


def _same(one: Placement, other: Placement) -> bool:
    """Whether two places are the same; it does not matter where something stands that is not on the plan."""
    return one == other or not (on_plan(one) or on_plan(other))


def forcing_folder(export: Export, timetable: Timetable) -> Files:
    """The files that make Untis place the lessons as a plan wants them, and the page that tells how to use them.

    Parameters
    ----------
    export : Export
    timetable : Timetable
        The plan that is wanted; holds the lectures of the school of `export`.

    Returns
    -------
    Files
        By name within a folder of its own; the page alone where no GPU002 lies beside the export, for then it says what
        is missing.

    Raises
    ------
    ValueError
        The timetable holds other lectures.
    """
    found = forcing(export, timetable)
    return Files({INSTRUCTIONS_NAME: lambda: forcing_guide(_guide_document(found, export.kind)), **made(found.files)})


def _guide_document(found: Forcing, kind: str) -> ForcingGuideDocument:
    return ForcingGuideDocument(
        kind=kind,
        dummies=found.dummies,
        wanted=found.wanted,
        left_out=found.left_out,
        has_lessons=found.has_lessons,
        formats={
            name: FileFormat(delimiter=dialect.delimiter.decode(), quoted=dialect.quoted, utf8=dialect.encoding == UTF8)
            for name, dialect in found.dialects.items()
        },
    )
