"""Reading the XML: rows, time grid, school year and master data, as the text files give them."""

from __future__ import annotations

from collections import defaultdict

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.resources import Grade, Kind, Teacher
from untisopt.domain.school import Resource
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.content import Content
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.master.names import MasterData, RoomData
from untisopt.io.untis.rows.placeholders import without_placeholders
from untisopt.io.untis.rows.typed import TimetableRow, whole
from untisopt.io.untis.weeks.grid import stated_grid
from untisopt.io.untis.xml.dates import read_dates
from untisopt.io.untis.xml.document import XmlDocument
from untisopt.io.untis.xml.grids import Grids, read_grids
from untisopt.io.untis.xml.lessons import is_pseudo, read_lessons
from untisopt.io.untis.xml.names import Prefix, References
from untisopt.io.untis.xml.timetable import XmlTimetable
from untisopt.policy import Policy


def read_xml(document: XmlDocument, beside: MasterData, policy: Policy, findings: Findings) -> Content:
    """Read an XML export.

    Parameters
    ----------
    document : XmlDocument
    beside : MasterData
        What the text files beside it say: alternative rooms and off-site codes are in GPU005 only.
    policy : Policy
    findings : Findings
        Takes notes and defects.
    """
    references = References(document.root, document.name, findings)
    grids = read_grids(document, findings)
    grid, table = _grid(document, grids, policy, findings)
    dates = read_dates(document, frozenset(grids.as_one.days), findings)
    lessons = read_lessons(document, grids, table, dates, references, findings)
    references.tell()
    rows = without_placeholders(lessons.rows, findings)
    mondays = {} if dates.year is None else dates.year.mondays
    return Content(
        rows=rows,
        grid=grid,
        school_year=tuple(mondays),
        master=_master(references, beside),
        file=XmlTimetable(document, lessons, grids, references.kinds[Prefix.ROOM]),
        calendar_weeks=not is_pseudo(lessons.rows),
        fixed=lessons.fixed,
        blocked=_missing_periods(references, grids, rows, grid, findings),
        grid_of=_grids_of(references, grids),
        mondays=mondays,
    )


def _grid(
    document: XmlDocument, grids: Grids, policy: Policy, findings: Findings
) -> tuple[TimeGrid | None, TimeGrid | None]:
    """The grid to plan with; and the break table, if one was given, which then is that grid."""
    if policy.breaks_file is None:
        return (grids.as_one if grids.slots else None), None
    text = _("the times of {name} are not used, because a break table was given").format(name=document.name)
    findings.note(NoteKind.READ, text)
    table = stated_grid(None, policy, findings)
    return table, table


def _missing_periods(
    references: References, grids: Grids, rows: tuple[TimetableRow, ...], grid: TimeGrid | None, findings: Findings
) -> dict[Resource, frozenset[Period]]:
    """Per class the periods that only the grids of others have, but for those in which it is taught today."""
    every = frozenset(grids.as_one.periods if grid is None else (p for p in grids.as_one.periods if p in grid))
    taught: defaultdict[str | None, set[Period]] = defaultdict(set)
    for row in rows:
        taught[row.grade].add(row.period)
    missing = {
        name: every - frozenset(grids.of(element.text_of("timegrid"))) - taught[name]
        for name, element in references.kinds[Prefix.GRADE].elements.items()
    }
    names = [name for name, periods in missing.items() if periods and taught[name]]
    if names:
        text = ngettext(
            "{names} gets no lecture in periods that its own time grid lacks",
            "{names} get no lectures in periods that their own time grids lack",
            len(names),
        )
        findings.note(NoteKind.READ, text.format(names=listed(names)))
    return {(Kind.GRADE, name): periods for name, periods in missing.items() if periods}


def _grids_of(references: References, grids: Grids) -> dict[str, str]:
    """The time grid of every class; empty where there is but one."""
    if len(grids.slots) < 2:
        return {}
    elements = references.kinds[Prefix.GRADE].elements
    return {name: element.text_of("timegrid") for name, element in elements.items()}


def _master(references: References, beside: MasterData) -> MasterData:
    """What the XML says, with what only the text files know."""
    teachers = {
        name: Teacher(name, element.text_of("surname"), element.text_of("forename"))
        for name, element in references.kinds[Prefix.TEACHER].elements.items()
    }
    grades = {
        name: Grade(name, element.text_of("longname"))
        for name, element in references.kinds[Prefix.GRADE].elements.items()
    }
    rooms = {}
    for name, element in references.kinds[Prefix.ROOM].elements.items():
        other = beside.rooms.get(name, RoomData())
        capacity = whole(element.text_of("capacity")) or other.capacity
        rooms[name] = RoomData(
            element.text_of("longname") or other.long_name, other.alternative, other.off_site, capacity
        )
    return MasterData({**beside.teachers, **teachers}, {**beside.grades, **grades}, {**beside.rooms, **rooms})
