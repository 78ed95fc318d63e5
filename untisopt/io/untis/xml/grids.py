"""The time grids of the XML: which periods exist, and when they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from untisopt.domain.calendar import Period, TimeGrid, Timeslot, clock
from untisopt.i18n import _
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.rows.typed import LAST_PERIOD, whole
from untisopt.io.untis.weeks.grid import minutes
from untisopt.io.untis.xml.document import Element, XmlDocument


@dataclass(frozen=True)
class Grids:
    """All time grids of a school.

    Parameters
    ----------
    slots : mapping of str to mapping of Period to Timeslot
        By the name of the grid; the only one of most schools has an empty name.
    main : str
        Name of the one that most classes use.
    shift : int
        What has to be added to a period of the file to get its label: -1 where the first period is labelled 0.
    texts : mapping of (str, Period) to (str, str)
        Begin and end as the file writes them, by grid and period.
    """

    slots: Mapping[str, Mapping[Period, Timeslot]] = field(default_factory=dict)
    main: str = ""
    shift: int = 0
    texts: Mapping[tuple[str, Period], tuple[str, str]] = field(default_factory=dict)

    def of(self, name: str) -> Mapping[Period, Timeslot]:
        """The periods of a grid; those of the main grid if there is none of that name."""
        return self.slots.get(name, self.slots.get(self.main, {}))

    def times_of(self, name: str, period: Period) -> tuple[str, str]:
        """Begin and end of a period as the file writes them: in this grid, else in any; empty where unknown."""
        names = (name, self.main, *self.slots)
        return next((self.texts[n, period] for n in names if (n, period) in self.texts), ("", ""))

    @cached_property
    def as_one(self) -> TimeGrid:
        """The main grid, with the periods that only others have."""
        found = dict(self.of(self.main))
        for slots in self.slots.values():
            for period, slot in slots.items():
                found.setdefault(period, slot)
        return TimeGrid(found)


def read_grids(document: XmlDocument, findings: Findings) -> Grids:
    """Read ``timeperiods``; a file without any is defective."""
    elements = document.root.below("timeperiods/timeperiod")
    if not elements:
        advice = _("export the timetable again, with the time grid")
        findings.defect(document.name, None, None, _("periods in timeperiods"), _("not a single one"), advice)
        return Grids()
    shift = _shift(elements)
    if shift:
        findings.note(NoteKind.READ, _("the first period of the day is called 0, as its label in the XML says"))
    slots: defaultdict[str, dict[Period, Timeslot]] = defaultdict(dict)
    lines: dict[tuple[str, Period], int] = {}
    texts: dict[tuple[str, Period], tuple[str, str]] = {}
    for element in elements:
        entry = _read(element, document.name, shift, findings)
        if entry is None:
            continue
        name, period = element.text_of("timegrid"), entry[0]
        if period in slots[name]:
            found = _("period {number} of weekday {day} a second time, first in line {line}")
            found = found.format(number=period.number, day=period.day, line=lines[name, period])
            findings.defect(document.name, element.line, None, _("every period once"), found)
        else:
            slots[name][period], lines[name, period] = entry[1], element.line
            texts[name, period] = element.text_of("starttime"), element.text_of("endtime")
    _check_order(document.name, slots, lines, findings)
    return Grids(dict(slots), _main(document, slots, findings), shift, texts)


def _shift(elements: list[Element]) -> int:
    """Labels are names for people, unless all of them are the number of the period less one."""
    pairs = [(whole(element.text_of("label")), whole(element.text_of("period"))) for element in elements]
    return -1 if all(a is not None and b is not None and a == b - 1 for a, b in pairs) else 0


def _read(element: Element, file: str, shift: int, findings: Findings) -> tuple[Period, Timeslot] | None:
    texts = {tag: element.text_of(tag) for tag in ("day", "period", "starttime", "endtime")}
    day, number = whole(texts["day"]), whole(texts["period"])
    start, end = minutes(texts["starttime"]), minutes(texts["endtime"])
    timeless = not texts["starttime"] and not texts["endtime"]
    checks = (
        ("day", day is not None and 1 <= day <= 7, _("a weekday from 1 to 7")),
        (
            "period",
            number is not None and number <= LAST_PERIOD,
            _("a period from 0 to {last}").format(last=LAST_PERIOD),
        ),
        ("starttime", start is not None or timeless, _("a time such as 745 or 0745")),
        ("endtime", end is not None or timeless, _("a time such as 830 or 0830")),
    )
    for tag, fine, expected in checks:
        if not fine:
            line = (element.child(tag) or element).line
            findings.defect(file, line, None, expected, f"{tag} {shown(texts[tag])}")
    if day is None or number is None or not all(fine for _tag, fine, _expected in checks):
        return None
    if start is not None and end is not None and end <= start:
        expected = _("an end after the begin {begin}").format(begin=clock(start))
        findings.defect(file, element.line, None, expected, clock(end))
        return None
    return Period(day, number + shift), Timeslot(start, end)


def _check_order(
    file: str,
    slots: Mapping[str, Mapping[Period, Timeslot]],
    lines: Mapping[tuple[str, Period], int],
    findings: Findings,
) -> None:
    """Report periods that start before the one in front of them has ended."""
    for name, grid in slots.items():
        for before, after in pairwise(sorted(grid)):
            end, start = grid[before].end, grid[after].start
            if before.day == after.day and start is not None and end is not None and start < end:
                expected = _("a begin not before {end}, the end of period {number}")
                expected = expected.format(end=clock(end), number=before.number)
                findings.defect(file, lines[name, after], None, expected, clock(start))


def _main(document: XmlDocument, slots: Mapping[str, object], findings: Findings) -> str:
    """The grid that most classes use, else most lessons, else the first."""
    if not slots:
        return ""
    users = [
        Counter(name for element in document.root.below(path) if (name := element.text_of("timegrid")) in slots)
        for path in ("classes/class", "lessons/lesson")
    ]
    first = next(iter(slots))
    main = max(slots, key=lambda name: (*(count[name] for count in users), name == first))
    if len(slots) > 1:
        others = listed([name or _("(without a name)") for name in slots if name != main])
        text = _(
            "the XML has {count} time grids; breaks and journeys are judged by the one that most classes use, {main}, "
            "and not by {others}"
        )
        findings.note(NoteKind.READ, text.format(count=len(slots), main=main or _("(without a name)"), others=others))
    return main
