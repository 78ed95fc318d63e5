"""Week classes: which weeks of an export share one plan, which ones differ from the pattern.

The flag ``x`` (cancelled, or not valid) says nothing about the regular plan. A week that holds such flags joins a class
that it agrees with in every row it does know, and takes the unknown rows over from there; so a bank holiday or a
cancelled lesson makes no week class of its own.

Rows with lesson number 0 (cover, events, duties) are no regular lessons and decide about no class either; such a row
belongs to a class if it is held in at least half of its weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from untisopt.domain.calendar import WeekClass, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.files.siblings import WEEK_FLAGS
from untisopt.io.untis.rows.typed import TimetableRow


@dataclass(frozen=True)
class WeekPlan:
    """What an export says about weeks, resolved.

    Parameters
    ----------
    classes : tuple of WeekClass
        The classes to plan with.
    weeks : tuple of WeekSet
        Per row (in the order they were given): the weeks of `classes` in which it is held; empty for a row that
        belongs to none of them.
    """

    classes: tuple[WeekClass, ...]
    weeks: tuple[WeekSet, ...]


@dataclass
class _Class:
    """Weeks that agree; `held` and `known` are bit masks over rows, merged over the weeks."""

    weeks: list[int]
    held: int
    known: int

    def agrees(self, held: int, known: int) -> bool:
        return not (self.held ^ held) & self.known & known

    def add(self, week: int, held: int, known: int) -> None:
        self.weeks.append(week)
        self.held |= held
        self.known |= known

    def like(self, week: int) -> tuple[int, int]:
        """How well a week that agrees fits here: weeks of the same parity, weeks at all."""
        return sum(other % 2 == week % 2 for other in self.weeks), len(self.weeks)


def resolve_weeks(
    rows: Sequence[TimetableRow], school_year: Sequence[int], week: int | None, name: str, findings: Findings
) -> WeekPlan | None:
    """Find the week classes of the rows.

    Parameters
    ----------
    rows : sequence of TimetableRow
    school_year : sequence of int
        Calendar weeks in the order of the school year; empty if unknown.
    week : int or None
        The week whose plan is wanted; None for the pattern of all weeks.
    name : str
        Name of the timetable file, for messages.
    findings : Findings
        Takes notes and defects.

    Returns
    -------
    WeekPlan or None
        None if there is a defect.
    """
    held = _masks(rows, [row.weeks.mask for row in rows])
    unknown = _masks(rows, [row.unknown.mask for row in rows])
    irregular = sum(1 << i for i, row in enumerate(rows) if not row.lesson)
    taught = in_school_year([w for w, mask in held.items() if mask & ~irregular], school_year)
    if not taught:
        advice = _("weeks without teaching were exported: choose others in Untis")
        findings.defect(name, None, None, _("weeks with teaching"), _("not a single row that is held"), advice)
        return None
    if week is not None and week not in taught:
        _report_missing_week(rows, week, taught, findings)
        return None
    regular = (1 << len(rows)) - 1 & ~irregular
    classes = _classes(taught, {w: held[w] & regular for w in taught}, unknown, regular)
    for found in classes:
        found.held |= _mostly([held[week] & irregular for week in found.weeks])
    if week is not None:
        return _one_week(rows, week, held[week] & irregular, classes, findings)
    pattern = [c for c in classes if _repeats(c, taught)]
    if not pattern:
        _report_no_pattern(name, classes, taught, findings)
        return None
    _note_odd_weeks(classes, pattern, taught, findings)
    return _plan(rows, pattern)


def in_school_year(weeks: Iterable[int], school_year: Sequence[int] = ()) -> list[int]:
    """Order calendar weeks as the school year runs: as date.txt says, else starting after the longest gap."""
    rest = sorted(set(weeks))
    if rest and set(rest) <= set(school_year):
        return [week for week in school_year if week in set(rest)]
    gaps = [(later - earlier, later) for earlier, later in pairwise(rest)]
    wrap = (rest[0] + WEEK_FLAGS - rest[-1], rest[0]) if rest else (0, 0)
    # The first of the longest gaps counts; the turn of the year comes last, so a tie keeps the order of the calendar.
    start = max([wrap, *gaps], key=lambda gap: gap[0])[1]
    return [week for week in rest if week >= start] + [week for week in rest if week < start]


def _masks(rows: Sequence[TimetableRow], weeks: Sequence[int]) -> dict[int, int]:
    """Per week a bit mask over the rows; rows with equal weeks are handled together, because such sets are few."""
    members: dict[int, bytearray] = {}
    size = len(rows) // 8 + 1
    for index, mask in enumerate(weeks):
        bits = members.get(mask)
        if bits is None:
            bits = members[mask] = bytearray(size)
        bits[index >> 3] |= 1 << (index & 7)
    found: dict[int, int] = {}
    for mask, bits in members.items():
        rows_mask = int.from_bytes(bits, "little")
        for week in WeekSet(mask):
            found[week] = found.get(week, 0) | rows_mask
    return found


def _classes(
    taught: Sequence[int], held: Mapping[int, int], unknown: Mapping[int, int], everything: int
) -> list[_Class]:
    """Join weeks that agree, those without unknown rows first, so that the classes stand before the doubtful weeks."""
    classes: list[_Class] = []
    for week in sorted(taught, key=lambda w: unknown.get(w, 0).bit_count()):
        known = everything & ~unknown.get(week, 0)
        fitting = [c for c in classes if c.agrees(held[week], known)]
        if fitting:
            max(fitting, key=lambda c: c.like(week)).add(week, held[week], known)
        else:
            classes.append(_Class([week], held[week], known))
    order = {week: i for i, week in enumerate(taught)}
    return sorted(classes, key=lambda c: min(order[week] for week in c.weeks))


def _mostly(masks: Sequence[int]) -> int:
    """The bits that are set in at least half of the masks."""
    found, rest = 0, 0
    for mask in masks:
        rest |= mask
    while rest:
        bit = rest & -rest
        rest ^= bit
        if sum(1 for mask in masks if mask & bit) * 2 >= len(masks):
            found |= bit
    return found


def _repeats(found: _Class, taught: Sequence[int]) -> bool:
    """Whether a class belongs to the pattern: two weeks and an eighth of all, or the only week there is."""
    return len(taught) == 1 or (len(found.weeks) >= 2 and len(found.weeks) * 8 >= len(taught))


def _plan(rows: Sequence[TimetableRow], classes: Sequence[_Class]) -> WeekPlan:
    """Number the classes and give every row the weeks of the classes that hold it."""
    names = [""] if len(classes) == 1 else [_letter(i) for i in range(len(classes))]
    sets = [WeekSet.of(c.weeks) for c in classes]
    held = [c.held.to_bytes(len(rows) // 8 + 1, "little") for c in classes]
    cache: dict[tuple[int, ...], WeekSet] = {}
    weeks = []
    for index in range(len(rows)):
        byte, bit = index >> 3, index & 7
        key = tuple(bits[byte] >> bit & 1 for bits in held)
        if key not in cache:
            cache[key] = WeekSet(sum(s.mask for s, present in zip(sets, key, strict=True) if present))
        weeks.append(cache[key])
    return WeekPlan(tuple(WeekClass(n, s) for n, s in zip(names, sets, strict=True)), tuple(weeks))


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else f"A{index}"


def _one_week(
    rows: Sequence[TimetableRow], week: int, irregular: int, classes: Sequence[_Class], findings: Findings
) -> WeekPlan:
    """All weeks, of which only the rows held in one week may move; `irregular` holds its rows with number 0.

    A row that moves does so in all its weeks, so the other weeks must be known: clashes there are clashes.
    """
    own = next(c for c in classes if week in c.weeks)
    own.held |= irregular
    if len(classes) > 1:
        others = in_school_year(w for c in classes if c is not own for w in c.weeks)
        text = _(
            "the lectures of week {week} may move, in all weeks in which they are held; what is held in other weeks "
            "only ({others}) stays and is protected"
        ).format(week=week, others=listed(list(map(str, others)), most=12))
        findings.note(NoteKind.WEEKS, text)
    return _plan(rows, classes)


def note_unknown(rows: Sequence[TimetableRow], findings: Findings) -> None:
    """Say how many rows of lesson.txt are flagged ``x`` and what is made of it."""
    count = sum(1 for row in rows if row.unknown)
    if count:
        text = ngettext(
            "{count} row is flagged x (cancelled) in some weeks; it is taken to be held there as in like weeks",
            "{count} rows are flagged x (cancelled) in some weeks; they are taken to be held there as in like weeks",
            count,
        ).format(count=count)
        findings.note(NoteKind.GUESSED, text)


def _note_odd_weeks(
    classes: Sequence[_Class], pattern: Sequence[_Class], taught: Sequence[int], findings: Findings
) -> None:
    odd = [c for c in classes if c not in pattern]
    for found in odd:
        count = min(((found.held ^ p.held) & found.known & p.known).bit_count() for p in pattern)
        weeks = [week for week in taught if week in found.weeks]
        text = ngettext(
            "week {weeks} differs from the pattern in {count} row and is left out; --week {week} takes its plan",
            "week {weeks} differs from the pattern in {count} rows and is left out; --week {week} takes its plan",
            count,
        ).format(weeks=listed(list(map(str, weeks)), most=12), count=count, week=weeks[0])
        findings.note(NoteKind.WEEKS, text)


def _report_no_pattern(name: str, classes: Sequence[_Class], taught: Sequence[int], findings: Findings) -> None:
    found = _("{count} different weeks ({weeks})").format(
        count=len(classes), weeks=listed(list(map(str, taught)), most=12)
    )
    advice = _("choose one with --week {week}, or export more weeks, so that A and B weeks show at least twice").format(
        week=taught[0]
    )
    findings.defect(name, None, None, _("weeks that repeat"), found, advice)


def _report_missing_week(rows: Sequence[TimetableRow], week: int, taught: Sequence[int], findings: Findings) -> None:
    exported = any(week in row.exported for row in rows)
    found = _("week {week}, in which nothing is held") if exported else _("week {week}, which was not exported")
    weeks = listed(list(map(str, taught)), most=60)
    findings.policy(_("a week with teaching: {weeks}").format(weeks=weeks), found.format(week=week))
