"""What must not move and when nobody may be used: pins and blocked times of the policy, locks of GPU002."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatchcase

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.lessons import Lecture
from untisopt.domain.pins import Hold, PinReason, hold_of
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource
from untisopt.domain.timetable import Placement
from untisopt.errors import Defect
from untisopt.i18n import _, ngettext
from untisopt.io.spelling import you_mean
from untisopt.io.untis.files.notes import Findings, NoteKind, shown
from untisopt.io.untis.master.lesson_data import LessonData
from untisopt.io.untis.master.rule_names import Vain, unknown_names, unknown_periods
from untisopt.policy import BlockedTimes, Pin, PinKind, Place, Policy, Selector
from untisopt.wording import day_name


def pinned(
    lectures: Mapping[str, Lecture],
    placements: Mapping[str, Placement],
    data: LessonData,
    policy: Policy,
    findings: Findings,
) -> dict[str, str]:
    """Lectures that must stay, with the reason; the first reason found is told, what all of them hold stays."""
    reasons = _fixed(lectures, data, policy)
    for pin in policy.pins:
        hit = [id_ for id_, lecture in lectures.items() if _matches(pin, lecture, placements[id_])]
        if not hit:
            _report(_("pins that match a lecture of this plan"), pin, lectures, placements, findings)
        for id_ in hit:
            _keep(reasons, id_, _("pinned by the policy ({pin})").format(pin=pin.label), pin.hold)
    for id_ in _outside_scope(lectures, placements, policy, findings):
        _keep(reasons, id_, _("outside the scope of the policy"), Hold.BOTH)
    _note_ignored(data, lectures, findings)
    _note_vain(unknown_names(policy, lectures.values()), findings)
    return reasons


def _note_vain(found: Iterable[Vain], findings: Findings) -> None:
    for vain in found:
        findings.note(NoteKind.ODD, f"{vain.note} ({vain.advice})" if vain.advice else vain.note)


def _fixed(lectures: Mapping[str, Lecture], data: LessonData, policy: Policy) -> dict[str, str]:
    """Lectures that stay whatever the policy pins."""
    reasons: dict[str, str] = {}
    locked = data.with_flag("X")
    for id_, lecture in lectures.items():
        if not lecture.lesson:
            reasons[id_] = _("lesson number 0 is no regular lesson")
        elif lecture.lesson in locked:
            reasons[id_] = _("locked in Untis (flag X of GPU002)")
        elif policy.week is not None and policy.week not in lecture.weeks:
            reasons[id_] = _("not held in week {week}").format(week=policy.week)
    return reasons


def _keep(reasons: dict[str, str], id_: str, reason: str, hold: Hold) -> None:
    """Keep a lecture for another reason."""
    if id_ not in reasons:
        reasons[id_] = reason if hold is Hold.BOTH else PinReason(reason, hold)
        return
    before = hold_of(reasons[id_])
    if before | hold is not before:
        reasons[id_] = PinReason(reasons[id_], before | hold)


def _outside_scope(
    lectures: Mapping[str, Lecture], placements: Mapping[str, Placement], policy: Policy, findings: Findings
) -> list[str]:
    """Lectures that the scope of the policy leaves out."""
    wanted: defaultdict[PinKind, list[Selector]] = defaultdict(list)
    for selector in policy.scope:
        wanted[selector.kind].append(selector)
        if not any(_matches(selector, lecture, placements[id_]) for id_, lecture in lectures.items()):
            _report(_("a scope that matches lectures of this plan"), selector, lectures, placements, findings)
    return [
        id_
        for id_, lecture in lectures.items()
        if not all(any(_matches(s, lecture, placements[id_]) for s in of_kind) for of_kind in wanted.values())
    ]


def _names(kind: PinKind, lecture: Lecture, placement: Placement) -> Collection[str]:
    """The names of a lecture that a pin or scope of this kind is compared with."""
    found: dict[PinKind, Callable[[], Collection[str]]] = {
        PinKind.LESSON: lambda: (str(lecture.lesson),),
        PinKind.LECTURE: lambda: (lecture.id,),
        PinKind.COURSE: lambda: [f"{c.lesson}/{c.subject}/{c.teacher or ''}" for c in lecture.courses],
        PinKind.TEACHER: lambda: lecture.teachers,
        PinKind.GRADE: lambda: lecture.grades,
        PinKind.ROOM: lambda: [room for rooms in placement.rooms for room in rooms],
        PinKind.SUBJECT: lambda: lecture.subjects,
        PinKind.DAY: lambda: (str(placement.period.day),),
    }
    return found[kind]()


def _matches(one: Selector, lecture: Lecture, placement: Placement) -> bool:
    return any(name == one.name or fnmatchcase(name, one.name) for name in _names(one.kind, lecture, placement))


def _report(
    expected: str,
    one: Selector,
    lectures: Mapping[str, Lecture],
    placements: Mapping[str, Placement],
    findings: Findings,
) -> None:
    """Report a pin or scope that nothing matches, at its place if that is known."""
    known = {name for id_, lecture in lectures.items() for name in _names(one.kind, lecture, placements[id_])}
    found = _("pin {pin}, which nothing matches") if isinstance(one, Pin) else _("{pin}, which nothing matches")
    _defect(expected, found.format(pin=shown(one.label)), one.place, findings, _instead(one, known))


def _instead(one: Selector, known: Collection[str]) -> str:
    """What a pin or scope could have meant; weekdays by their names."""
    if one.kind is PinKind.DAY:
        # No name of a day is a misspelt one of another day.
        return you_mean("", [day_name(int(day)) for day in sorted(known)])
    return you_mean(one.name, sorted(known))


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
    requests: Mapping[Resource, frozenset[Period]],
    known: Mapping[Kind, Collection[str]],
    grid: TimeGrid,
    policy: Policy,
    findings: Findings,
) -> dict[Resource, frozenset[Period]]:
    """Periods in which a teacher, grade or room must not be used: GPU016 with value -3, and the policy."""
    found = defaultdict(set, {resource: set(periods) for resource, periods in requests.items()})
    for times in policy.blocked:
        if _is_known(times, _("blocked times of somebody in this plan"), known, findings):
            for period in times.periods:
                found[times.kind, times.name] |= _cells(
                    times, period, _("blocked times within the time grid"), grid, findings
                )
    _note_vain(unknown_periods(policy, grid), findings)
    return {resource: frozenset(periods) for resource, periods in found.items() if periods}


def wished(
    requests: Mapping[Resource, Mapping[Period, int]],
    known: Mapping[Kind, Collection[str]],
    grid: TimeGrid,
    policy: Policy,
    findings: Findings,
) -> dict[Resource, Mapping[Period, int]]:
    """Time requests that are no bans: GPU016, and before these the policy."""
    found: defaultdict[Resource, dict[Period, int]] = defaultdict(dict)
    for resource, cells in requests.items():
        found[resource].update(cells)
    for wish in policy.wishes:
        if _is_known(wish, _("a time request of somebody in this plan"), known, findings):
            for period in wish.periods:
                places = _cells(wish, period, _("time requests within the time grid"), grid, findings)
                found[wish.kind, wish.name].update(dict.fromkeys(places, wish.value))
    return dict(found)


def _is_known(times: BlockedTimes, expected: str, known: Mapping[Kind, Collection[str]], findings: Findings) -> bool:
    if times.name in known[times.kind]:
        return True
    advice = you_mean(times.name, sorted(known[times.kind]))
    _defect(expected, f"{times.kind.value} {shown(times.name)}", times.place, findings, advice)
    return False


def _cells(
    times: BlockedTimes, wanted: tuple[int, int | None], expected: str, grid: TimeGrid, findings: Findings
) -> set[Period]:
    """The periods of the grid that one entry is about; none is a defect."""
    day, number = wanted
    found = {Period(day, each) for each in grid.numbers(day) if number is None or each == number}
    if not found:
        usual = f"{day}.{number}" if number is not None else str(day)
        where, place = times.written.get(wanted, (usual, None))
        text = _("period {where}").format(where=where)
        _defect(expected, text, place, findings)
    return found


def _defect(expected: str, found: str, place: Place | None, findings: Findings, advice: str = "") -> None:
    """Report what the policy asks in vain, at its place if that is known."""
    file, line = place or (_("policy file or option"), None)
    findings.policy_defects.append(Defect(file=file, line=line, expected=expected, found=found, advice=advice))
