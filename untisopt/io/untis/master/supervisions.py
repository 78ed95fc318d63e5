"""Break supervisions (GPU009): who has to be where in which break."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from untisopt.domain.calendar import Period, TimeGrid, WeekSet
from untisopt.domain.limits import Supervision
from untisopt.domain.resources import Room
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import WEEK_FLAGS, Role
from untisopt.io.untis.master.cells import Cells, Sheet
from untisopt.io.untis.rows.placeholders import is_nobody
from untisopt.io.untis.rows.typed import LAST_PERIOD, whole

# 1-based columns of the corridors in GPU005.
_CORRIDORS = (10, 11)
_NEEDED = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """What supervisions refer to.

    Parameters
    ----------
    teachers : collection of str
    grid : TimeGrid
    rooms : mapping of str to Room
    weeks : WeekSet
        All weeks of the plan.
    calendar_weeks : bool
        Whether these are calendar weeks.
    """

    teachers: Collection[str]
    grid: TimeGrid
    rooms: Mapping[str, Room]
    weeks: WeekSet
    calendar_weeks: bool


def read_supervisions(
    texts: Mapping[Role, RawFile], raw: RawFile | None, frame: Frame, findings: Findings
) -> tuple[Supervision, ...]:
    """Read GPU009, in the order of the file.

    No source says whether a row names the break before its period or after it; it is taken as the one before, and
    a note says so. A corridor is at a site if all its rooms (GPU005) are.

    Parameters
    ----------
    texts : mapping of Role to RawFile
        GPU005 tells which rooms lie at which corridor; it may be missing.
    raw : RawFile or None
        GPU009; None: there are no supervisions.
    frame : Frame
    findings : Findings
        Takes a defect per cell that cannot be understood, and notes.
    """
    if raw is None:
        return ()
    sheet = Sheet(raw, findings)
    sites = _corridor_sites(texts.get(Role.GPU005), frame.rooms)
    found: list[Supervision] = []
    lost: Counter[str] = Counter()
    for cells in sheet.cells():
        made = _supervision(cells, frame, sites)
        if isinstance(made, Supervision):
            found.append(made)
        else:
            lost[made] += 1
    _tell(sheet, found, lost, frame)
    return tuple(found)


_DEFECTIVE, _NOBODY, _STRANGER, _OUTSIDE = "defective", "nobody", "stranger", "outside"


def _supervision(cells: Cells, frame: Frame, sites: Mapping[str, str]) -> Supervision | str:
    """One row; or why it is not used."""
    cell, weeks = _cell(cells), _weeks(cells, frame)
    minutes = cells.whole(5)
    if cell is None or weeks is None:
        return _DEFECTIVE
    teacher = cells.text(2)
    if is_nobody(teacher):
        return _NOBODY
    if teacher not in frame.teachers:
        return _STRANGER
    numbers = frame.grid.numbers(cell.day)
    if not numbers or not numbers[0] <= cell.number <= numbers[-1] + 1:
        return _OUTSIDE
    corridor = cells.text(1)
    if minutes is None:
        minutes = frame.grid.break_after(cell.day, cell.number - 1) or 0
    return Supervision(
        corridor=corridor, teacher=teacher, before=cell, minutes=minutes, weeks=weeks, site=sites.get(corridor)
    )


def _cell(cells: Cells) -> Period | None:
    day, number = whole(cells.text(3)), whole(cells.text(4))
    if day is None or not 1 <= day <= 7:
        cells.defect(3, _("a weekday from 1 to 7"))
        day = None
    if number is None or number > LAST_PERIOD + 1:
        cells.defect(4, _("a period from 0 to {last}").format(last=LAST_PERIOD + 1))
        number = None
    return None if day is None or number is None else Period(day, number)


def _weeks(cells: Cells, frame: Frame) -> WeekSet | None:
    """Calendar weeks joined with `~`; all weeks where none is stated or the plan knows no calendar weeks."""
    parts = [part.strip() for part in cells.text(6).split("~") if part.strip()]
    numbers = [whole(part) for part in parts]
    wrong = any(number is None or number > WEEK_FLAGS for number in numbers)
    if wrong:
        cells.defect(6, _("calendar weeks from 1 to 53, joined with ~, or nothing"))
        return None
    weeks = WeekSet.of(number for number in numbers if number)
    return weeks if weeks and frame.calendar_weeks else frame.weeks


def _corridor_sites(rooms: RawFile | None, known: Mapping[str, Room]) -> dict[str, str]:
    """The sites of corridors whose rooms are all at the same one."""
    sites: defaultdict[str, set[str | None]] = defaultdict(set)
    for row in rooms.rows if rooms is not None and not rooms.dialect.blanks else ():
        room = known.get(row.fields[0])
        for column in _CORRIDORS:
            corridor = row.fields[column - 1] if len(row.fields) >= column else ""
            if corridor and room is not None:
                sites[corridor].add(room.site)
    alone = {corridor: next(iter(found)) for corridor, found in sites.items() if len(found) == 1}
    return {corridor: site for corridor, site in alone.items() if site is not None}


def _tell(sheet: Sheet, found: list[Supervision], lost: Mapping[str, int], frame: Frame) -> None:
    name = sheet.raw.name
    if found:
        text = ngettext(
            "{name}: {count} break supervision, taken as the break before its period",
            "{name}: {count} break supervisions, each taken as the break before its period",
            len(found),
        )
        sheet.note(NoteKind.GUESSED, text.format(name=name, count=len(found)))
        if not frame.calendar_weeks and any(len(row.fields) > _NEEDED + 1 and row.fields[5] for row in sheet.raw.rows):
            text = _("{name}: supervisions count in all weeks, because the timetable knows no calendar weeks")
            sheet.note(NoteKind.GUESSED, text.format(name=name))
        away = [one for one in found if one.site is None]
        if away and any(room.site is not None for room in frame.rooms.values()):
            text = ngettext(
                "{name}: the site of {count} supervision is unknown, because no single site has all rooms of its "
                "corridor (GPU005)",
                "{name}: the sites of {count} supervisions are unknown, because no single site has all rooms of their "
                "corridors (GPU005)",
                len(away),
            )
            sheet.note(NoteKind.LEFT_OUT, text.format(name=name, count=len(away)))
    texts = {
        _NOBODY: ngettext(
            "{name}: {count} supervision without a teacher is not used",
            "{name}: {count} supervisions without a teacher are not used",
            lost.get(_NOBODY, 0),
        ),
        _STRANGER: ngettext(
            "{name}: {count} supervision of a teacher whom this plan does not know is not used",
            "{name}: {count} supervisions of teachers whom this plan does not know are not used",
            lost.get(_STRANGER, 0),
        ),
        _OUTSIDE: ngettext(
            "{name}: {count} supervision outside the time grid is not used",
            "{name}: {count} supervisions outside the time grid are not used",
            lost.get(_OUTSIDE, 0),
        ),
    }
    for why, text in texts.items():
        if lost.get(why):
            sheet.note(NoteKind.LEFT_OUT, text.format(name=name, count=lost[why]))
