"""What must not move and when nobody may be used: pins of the policy, locks of GPU002, time requests of GPU016."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.lessons import Lecture
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource
from untisopt.domain.timetable import Placement
from untisopt.i18n import _, ngettext
from untisopt.io.suggest import you_mean
from untisopt.io.untis.lesson_data import LessonData
from untisopt.io.untis.notes import Findings, NoteKind, shown
from untisopt.io.untis.records import RawFile, Row
from untisopt.io.untis.rows import LAST_PERIOD, whole
from untisopt.policy import Pin, PinKind, Policy

_KINDS = {
    "L": Kind.TEACHER,
    "T": Kind.TEACHER,
    "K": Kind.GRADE,
    "C": Kind.GRADE,
    "R": Kind.ROOM,
}
_SUBJECT_KINDS = frozenset("FS")
_BLOCKED = -3


def pinned(
    lectures: Mapping[str, Lecture],
    placements: Mapping[str, Placement],
    data: LessonData,
    policy: Policy,
    findings: Findings,
) -> dict[str, str]:
    """Lectures that must stay, with the reason; the first reason found is kept."""
    reasons: dict[str, str] = {}
    locked = data.with_flag("X")
    for id_, lecture in lectures.items():
        if not lecture.lesson:
            reasons[id_] = _("lesson number 0 is no regular lesson")
        elif lecture.lesson in locked:
            reasons[id_] = _("locked in Untis (flag X of GPU002)")
        elif policy.week is not None and policy.week not in lecture.weeks:
            reasons[id_] = _("not held in week {week}").format(week=policy.week)
    for pin in policy.pins:
        hit = [id_ for id_, lecture in lectures.items() if _matches(pin, lecture, placements[id_])]
        if not hit:
            _report_pin(pin, lectures, placements, findings)
        for id_ in hit:
            reasons.setdefault(id_, _("pinned by the policy ({pin})").format(pin=pin))
    _note_ignored(data, lectures, findings)
    return reasons


def _names(kind: PinKind, lecture: Lecture, placement: Placement) -> Collection[str]:
    """The names of a lecture that a pin of this kind is compared with."""
    found: dict[PinKind, Callable[[], Collection[str]]] = {
        PinKind.LESSON: lambda: (str(lecture.lesson),),
        PinKind.LECTURE: lambda: (lecture.id,),
        PinKind.TEACHER: lambda: lecture.teachers,
        PinKind.GRADE: lambda: lecture.grades,
        PinKind.ROOM: lambda: [room for rooms in placement.rooms for room in rooms],
        PinKind.SUBJECT: lambda: lecture.subjects,
        PinKind.DAY: lambda: (str(placement.period.day),),
    }
    return found[kind]()


def _matches(pin: Pin, lecture: Lecture, placement: Placement) -> bool:
    return any(name == pin.name or fnmatchcase(name, pin.name) for name in _names(pin.kind, lecture, placement))


def _report_pin(
    pin: Pin, lectures: Mapping[str, Lecture], placements: Mapping[str, Placement], findings: Findings
) -> None:
    known = {name for id_, lecture in lectures.items() for name in _names(pin.kind, lecture, placements[id_])}
    found = _("pin {pin}, which nothing matches").format(pin=shown(str(pin)))
    findings.policy(_("pins that match a lecture of this plan"), found, you_mean(pin.name, sorted(known)))


def _note_ignored(data: LessonData, lectures: Mapping[str, Lecture], findings: Findings) -> None:
    count = len(data.with_flag("i") & {lecture.lesson for lecture in lectures.values()})
    if count:
        text = ngettext(
            "{count} lesson carries the flag i (ignore) in GPU002 and is planned like the others",
            "{count} lessons carry the flag i (ignore) in GPU002 and are planned like the others",
            count,
        ).format(count=count)
        findings.note(NoteKind.READ, text)


def blocked(
    requests: RawFile | None,
    known: Mapping[Kind, Collection[str]],
    grid: TimeGrid,
    policy: Policy,
    findings: Findings,
) -> dict[Resource, frozenset[Period]]:
    """Periods in which a teacher, grade or room must not be used: GPU016 with value -3, and the policy."""
    found: defaultdict[Resource, set[Period]] = defaultdict(set)
    if requests is not None:
        for resource, period in _requests(requests, known, grid, findings):
            found[resource].add(period)
    for times in policy.blocked:
        if times.name not in known[times.kind]:
            found_text = f"{times.kind.value} {shown(times.name)}"
            advice = you_mean(times.name, sorted(known[times.kind]))
            findings.policy(_("blocked times of somebody in this plan"), found_text, advice)
            continue
        for day, number in times.periods:
            found[times.kind, times.name] |= _cells(day, number, grid, findings)
    return {resource: frozenset(periods) for resource, periods in found.items() if periods}


def _cells(day: int, number: int | None, grid: TimeGrid, findings: Findings) -> set[Period]:
    numbers = grid.numbers(day)
    if number is None:
        wanted = {Period(day, each) for each in numbers}
    else:
        wanted = {Period(day, number)} if number in numbers else set()
    if not wanted:
        where = f"{day}.{number}" if number is not None else str(day)
        findings.policy(_("blocked times within the time grid"), _("period {where}").format(where=where))
    return wanted


def _requests(
    raw: RawFile, known: Mapping[Kind, Collection[str]], grid: TimeGrid, findings: Findings
) -> Iterator[tuple[Resource, Period]]:
    """The blocked cells of GPU016.

    GPU016 counts the periods from 1 even where the grid starts at 0. Cells outside the grid forbid nothing.
    """
    shift = 1 if any(period.number == 0 for period in grid.periods) else 0
    subjects, strangers = 0, set()
    for row in raw.rows:
        kind, cell, value = _request(raw, row, findings)
        if cell is None or value != _BLOCKED:
            continue
        period = Period(cell.day, cell.number - shift)
        if kind is None:
            subjects += 1
        elif row.fields[1] not in known[kind]:
            strangers.add(row.fields[1])
        elif period in grid:
            yield (kind, row.fields[1]), period
    _note_requests(raw.name, subjects, sorted(strangers), findings)


def _request(raw: RawFile, row: Row, findings: Findings) -> tuple[Kind | None, Period | None, int | None]:
    """Kind (None for a subject), cell as it stands in the file (None if defective), value."""
    if len(row.fields) < 5:
        expected = _("kind, name, day, period and value")
        findings.defect(
            raw.name,
            row.line,
            None,
            expected,
            ngettext("{count} column", "{count} columns", len(row.fields)).format(count=len(row.fields)),
        )
        return None, None, None
    letter, _name, day_text, number_text, value_text = row.fields[:5]
    day, number, value = whole(day_text), whole(number_text), _signed(value_text)
    checks = (
        (1, letter in _KINDS or letter in _SUBJECT_KINDS, _("L, K, R or F")),
        (3, day is not None and 1 <= day <= 7, _("a weekday from 1 to 7")),
        (4, number is not None and 1 <= number <= LAST_PERIOD + 1, _("a period counted from 1")),
        (5, value is not None and -3 <= value <= 3, _("a value from -3 to 3")),
    )
    for column, fine, expected in checks:
        if not fine:
            findings.defect(raw.name, row.line, column, expected, shown(row.fields[column - 1]))
    if day is None or number is None or not all(fine for _column, fine, _expected in checks):
        return None, None, None
    return _KINDS.get(letter), Period(day, number), value


def _signed(text: str) -> int | None:
    number = whole(text.lstrip("+-")) if text[:1] in ("+", "-") else whole(text)
    return -number if number is not None and text.startswith("-") else number


def _note_requests(name: str, subjects: int, strangers: Iterable[str], findings: Findings) -> None:
    if subjects:
        text = ngettext(
            "{name}: {count} blocked time of a subject is not used",
            "{name}: {count} blocked times of subjects are not used",
            subjects,
        ).format(name=name, count=subjects)
        findings.note(NoteKind.LEFT_OUT, text)
    names = list(strangers)
    if names:
        text = ngettext(
            "{name} blocks times of {count} name that this plan does not know: {first}",
            "{name} blocks times of {count} names that this plan does not know, such as {first}",
            len(names),
        ).format(name=name, count=len(names), first=names[0])
        findings.note(NoteKind.LEFT_OUT, text)
