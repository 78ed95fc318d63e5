"""Time requests (GPU016): times that are blocked, and wishes of people, rooms and subjects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource
from untisopt.i18n import _, ngettext
from untisopt.io.spelling import nearest
from untisopt.io.untis.files.notes import Findings, NoteKind, shown
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.rows.typed import LAST_PERIOD, whole
from untisopt.wording import place

_KINDS = {
    "L": Kind.TEACHER,
    "T": Kind.TEACHER,
    "K": Kind.GRADE,
    "C": Kind.GRADE,
    "R": Kind.ROOM,
}
_SUBJECT_KINDS = frozenset("FS")
_BLOCKED = -3
_MOST = 3


@dataclass(frozen=True)
class Requests:
    """Time requests of those that the plan knows, within its time grid.

    Parameters
    ----------
    blocked : mapping of (Kind, str) to frozenset of Period
        Value -3.
    wishes : mapping of (Kind, str) to mapping of Period to int
        From -2 to 3 except 0; without periods that are blocked.
    subjects : mapping of str to mapping of Period to int
        Of subjects, from -3 to 3 except 0.
    """

    blocked: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    wishes: Mapping[Resource, Mapping[Period, int]] = field(default_factory=dict)
    subjects: Mapping[str, Mapping[Period, int]] = field(default_factory=dict)


def read_requests(
    raw: RawFile | None,
    known: Mapping[Kind, Collection[str]],
    subjects: Collection[str],
    grid: TimeGrid,
    findings: Findings,
) -> Requests:
    """Read GPU016, which counts the periods from 1 even where the grid starts at 0.

    Parameters
    ----------
    raw : RawFile or None
        None: there are no requests.
    known : mapping of Kind to collection of str
        Names of the plan and of the master data.
    subjects : collection of str
        The same for subjects.
    grid : TimeGrid
        Requests outside of it mean nothing, and are counted in a note.
    findings : Findings
        Takes a defect per cell that cannot be understood, and notes.
    """
    if raw is None:
        return Requests()
    reader = _Reader(known, subjects, grid)
    for row in raw.rows:
        request = _request(raw, row, findings)
        if request is not None:
            reader.take(row.fields[1], *request)
    reader.tell(raw.name, findings)
    return reader.requests()


class _Reader:
    """Sorts the requests by whom they concern."""

    def __init__(self, known: Mapping[Kind, Collection[str]], subjects: Collection[str], grid: TimeGrid) -> None:
        self._known = known
        self._known_subjects = subjects
        self._grid = grid
        self._shift = 1 if any(period.number == 0 for period in grid.periods) else 0
        self._blocked: defaultdict[Resource, set[Period]] = defaultdict(set)
        self._wishes: defaultdict[Resource, dict[Period, int]] = defaultdict(dict)
        self._subjects: defaultdict[str, dict[Period, int]] = defaultdict(dict)
        self._strangers: dict[str, Kind | None] = {}
        self._outside = 0
        self._values: dict[tuple[Kind | None, str, Period], int] = {}
        self._again: dict[tuple[Kind | None, str, Period], None] = {}

    def take(self, name: str, kind: Kind | None, cell: Period, value: int) -> None:
        """Take one request, of a subject where `kind` is None; the last one of a period counts, and 0 is none."""
        period = Period(cell.day, cell.number - self._shift)
        if name not in (self._known_subjects if kind is None else self._known[kind]):
            self._strangers.setdefault(name, kind)
        elif period not in self._grid:
            self._outside += 1
        else:
            before = self._values.setdefault((kind, name, period), value)
            if before != value:
                self._again[kind, name, period] = None
                self._values[kind, name, period] = value
            self._put(name, kind, period, value)

    def _put(self, name: str, kind: Kind | None, period: Period, value: int) -> None:
        if kind is None:
            self._subjects[name][period] = value
        elif value == _BLOCKED:
            self._blocked[kind, name].add(period)
        else:
            self._wishes[kind, name][period] = value

    def requests(self) -> Requests:
        """What was taken."""
        blocked = {resource: frozenset(periods) for resource, periods in self._blocked.items()}
        wishes = {
            resource: {p: value for p, value in cells.items() if value and p not in blocked.get(resource, ())}
            for resource, cells in self._wishes.items()
        }
        subjects = {name: {p: value for p, value in cells.items() if value} for name, cells in self._subjects.items()}
        return Requests(
            blocked,
            {resource: cells for resource, cells in wishes.items() if cells},
            {name: cells for name, cells in subjects.items() if cells},
        )

    def tell(self, name: str, findings: Findings) -> None:
        """Note what was read, and what means nothing."""
        found = self.requests()
        counts = (
            sum(map(len, found.blocked.values())),
            sum(map(len, found.wishes.values())),
            sum(map(len, found.subjects.values())),
        )
        if any(counts):
            text = _("{name}: time requests: blocked {blocked}, wishes {wishes}, of subjects {subjects}")
            blocked, wishes, subjects = counts
            text = text.format(name=name, blocked=blocked, wishes=wishes, subjects=subjects)
            findings.note(NoteKind.READ, text)
        if self._outside:
            text = ngettext(
                "{name}: {count} time request lies outside the time grid and means nothing",
                "{name}: {count} time requests lie outside the time grid and mean nothing",
                self._outside,
            )
            findings.note(NoteKind.LEFT_OUT, text.format(name=name, count=self._outside))
        if self._strangers:
            text = ngettext(
                "{name} holds time requests of {count} name that this plan does not know: {first}",
                "{name} holds time requests of {count} names that this plan does not know, such as {first}",
                len(self._strangers),
            )
            first = min(self._strangers)
            text = text.format(name=name, count=len(self._strangers), first=first)
            findings.note(NoteKind.LEFT_OUT, f"{text}{self._meant(first)}")
        self._tell_again(name, findings)

    def _meant(self, stranger: str) -> str:
        """The nearest name of the plan in brackets; empty if none is near."""
        kind = self._strangers[stranger]
        near = nearest(stranger, sorted(self._known_subjects if kind is None else self._known[kind]))
        return f" ({_('you mean {name}').format(name=near)})" if near is not None else ""

    def _tell_again(self, name: str, findings: Findings) -> None:
        if not self._again:
            return
        _kind, who, period = next(iter(self._again))
        text = ngettext(
            "{name}: {count} period has several time requests with different values, {first}; the last one counts, but "
            "-3 of a teacher, grade or room before all others",
            "{name}: {count} periods have several time requests with different values, such as {first}; the last one "
            "counts, but -3 of a teacher, grade or room before all others",
            len(self._again),
        )
        first = f"{who} {place(period)}"
        findings.note(NoteKind.ODD, text.format(name=name, count=len(self._again), first=first))


def _request(raw: RawFile, row: Row, findings: Findings) -> tuple[Kind | None, Period, int] | None:
    """Kind (None for a subject), cell as it stands in the file, value; None if anything of it is defective."""
    if len(row.fields) < 5:
        found = ngettext("{count} column", "{count} columns", len(row.fields)).format(count=len(row.fields))
        findings.defect(raw.name, row.line, None, _("kind, name, day, period and value"), found)
        return None
    letter, _name, day_text, number_text, value_text = row.fields[:5]
    day, number, value = whole(day_text), whole(number_text), _signed(value_text)
    checks = (
        (1, letter in _KINDS or letter in _SUBJECT_KINDS, _("L, K, R or F")),
        (3, day is not None and 1 <= day <= 7, _("a weekday from 1 to 7")),
        (4, number is not None and 1 <= number <= LAST_PERIOD + 1, _("a period counted from 1")),
        (5, value is not None and _BLOCKED <= value <= _MOST, _("a value from -3 to 3")),
    )
    for column, fine, expected in checks:
        if not fine:
            findings.defect(raw.name, row.line, column, expected, shown(row.fields[column - 1]))
    if day is None or number is None or value is None or not all(fine for _column, fine, _expected in checks):
        return None
    return _KINDS.get(letter), Period(day, number), value


def _signed(text: str) -> int | None:
    number = whole(text.lstrip("+-")) if text[:1] in ("+", "-") else whole(text)
    return -number if number is not None and text.startswith("-") else number
