"""The first page of a repair after events: what happens, what changes, what proves it, what it does besides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.i18n import _, ngettext
from untisopt.report.events.changes import EventsFacts, fate_name, fated_runs, places, teachers
from untisopt.report.optimise.front import Measure, measure, measures
from untisopt.report.words.events import event_words
from untisopt.report.words.side_effects import gap_counts, share
from untisopt.results.event_report import Fate
from untisopt.results.events import EventsDocument
from untisopt.wording import lecture_name

MOST_ROWS = 16
"""Rows of the first page, which should fit on a sheet of paper."""
_FIRST = (Fate.UNPLACED, Fate.CUT, Fate.ADDED, Fate.REMOVED, Fate.TAKEN, Fate.MOVED, Fate.ROOM)
"""What has to be decided on gets the rows before what is only to be known."""


def happens(document: EventsDocument) -> list[str]:
    """The events, a sentence for each."""
    return [f"{event_words(event.happening, document.original)}." for event in document.events]


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A row of the first page: where, where to, what, who, which rooms.

    `after` is empty where the place stays, `rooms` where the rooms do.
    """

    before: str
    after: str
    lecture: str
    teachers: str
    rooms: str


@dataclass(frozen=True, slots=True)
class FrontList:
    """What becomes of lectures: the heading, the first rows, and what is left out of them, in words."""

    title: str
    rows: tuple[FrontRow, ...]
    more: str


def front_lists(facts: EventsFacts) -> list[FrontList]:
    """All that changes, as far as the first page has room for it."""
    left = MOST_ROWS
    found = {}
    for fate in _FIRST:
        rows = _rows(facts, fate)
        shown = rows if len(rows) <= left + 1 else rows[: max(left, 1)]
        left -= len(shown)
        if rows:
            more = len(rows) - len(shown)
            told = ngettext("and {count} more", "and {count} more", more).format(count=more) if more else ""
            found[fate] = FrontList(fate_name(fate), tuple(shown), told)
    return [found[fate] for fate in Fate if fate in found]


def _rows(facts: EventsFacts, fate: Fate) -> list[FrontRow]:
    """One for each run; those that sound the same, such as blocks that are added, are one."""
    report = facts.document
    rows = Counter(
        FrontRow(
            *places(fate, run.first, len(run.moves)),
            lecture_name(report.school, run.first.lecture),
            teachers(report, run.first.lecture),
            _new_rooms(run.first) if fate in (Fate.MOVED, Fate.ROOM) else "",
        )
        for run in fated_runs(report, fate)
    )
    text = _("{count} times {lecture}")
    return [
        row if count == 1 else replace(row, lecture=text.format(count=count, lecture=row.lecture))
        for row, count in rows.items()
    ]


def _new_rooms(move: Move) -> str:
    """The rooms of the courses that get others: `F31 → F34`; empty where all keep theirs."""
    pairs = [(old, new) for old, new in zip(move.before.rooms, move.after.rooms, strict=True) if old != new]
    if not pairs:
        return ""
    old, new = (
        ", ".join(dict.fromkeys(room for course in side for room in course)) for side in zip(*pairs, strict=True)
    )
    return f"{old or _('no room')} \N{RIGHTWARDS ARROW} {new or _('no room')}"


def touched(facts: EventsFacts) -> list[tuple[str, str, str, int]]:
    """What changes, how many of how many, and the share in percent."""
    report, counts = facts.document, facts.document.source.counts
    rows = [(_("Lectures moved"), len(facts.moved), counts.lectures)]
    rooms = report.document.changed_rooms
    rows += [(_rooms_name(rooms - len(report.fates[Fate.ROOM])), rooms, counts.lectures)] if rooms else []
    for fate in (Fate.ADDED, Fate.UNPLACED, Fate.CUT, Fate.REMOVED, Fate.TAKEN):
        if report.fates[fate]:
            rows.append((fate_name(fate), len(report.fates[fate]), counts.lectures))
    people = people_touched(facts)
    rows += [
        (_("Teachers whose week changes"), len(people[Kind.TEACHER]), counts.teachers),
        (_("Grades whose week changes"), len(people[Kind.GRADE]), counts.grades),
    ]
    return [
        (
            name,
            _("{part} of {whole}").format(part=part, whole=whole),
            share(part, whole),
            min(100, round(100 * part / whole)),
        )
        for name, part, whole in rows
        if whole
    ]


def _rooms_name(moved: int) -> str:
    """What counts the lectures with other rooms; those that move as well are in the list of those that move."""
    text = ngettext(
        "Another room ({count} of them moves as well)", "Another room ({count} of them move as well)", moved
    )
    return text.format(count=moved) if moved else _("Only another room")


def people_touched(facts: EventsFacts) -> dict[Kind, set[str]]:
    """Teachers and grades of all lectures that do not stay as they are, those who taught them before among them."""
    report = facts.document
    found: dict[Kind, set[str]] = {Kind.TEACHER: set(), Kind.GRADE: set()}
    for move in (move for moves in report.fates.values() for move in moves):
        for kind, name in report.school.people[move.lecture]:
            found[kind].add(name)
        found[Kind.TEACHER].update(report.former_teachers(move.lecture))
    return found


def side_effects(facts: EventsFacts) -> list[Measure]:
    """Site changes, journeys, gaps and broken rules before and after, those that get worse among them."""
    rows = measures(facts)
    known = {row.name for row in rows}
    worse = [counts for counts in gap_counts(facts.document) if counts[0] not in known]
    return [*rows, *(measure(facts, *counts) for counts in worse)]
