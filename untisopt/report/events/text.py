"""A repair after events in plain words: what happens, what changes, what is proved, what remains."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.i18n import _, ngettext
from untisopt.report.events.advice import advice, command_line
from untisopt.report.events.answer import headline
from untisopt.report.events.lists import gone, waiting
from untisopt.report.optimise.text import written_to
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.words.events import event_words
from untisopt.report.words.findings import limited
from untisopt.report.words.moves import moved_runs, place_range, rooms
from untisopt.results.events import EventsDocument
from untisopt.wording import capitalised, lecture_name

_NOTES = 5


def repair_text(document: EventsDocument, folder: str | None, files: Sequence[str], *, show_all: bool = False) -> str:
    """What the command prints; `folder` is None where nothing is written."""
    lines = _body(document, show_all=show_all)
    if folder is None:
        return page([*lines, "", _("Nothing is written (--dry-run).")])
    return page([*lines, "", *written_to(folder, files)])


def repair_txt(document: EventsDocument) -> bytes:
    """The same as a file, with all lists in full; UTF-8 with CRLF."""
    names = ", ".join(document.source.files[:1])
    lines = [*title(_("Repair of {names}").format(names=names)), "", *_body(document, show_all=True)]
    lines += [*heading(_("What lies beside")), *items(_beside(document))]
    return page(lines).replace("\n", "\r\n").encode()


def _body(document: EventsDocument, *, show_all: bool) -> list[str]:
    original = document.original
    happens = [event_words(event.happening, original) + "." for event in document.events]
    lines = [*items(happens, indent=""), ""]
    for sentence in headline(document, tools=True):
        lines += paragraph(sentence, indent="")
    lines += _moves(document, show_all)
    lines += _lists(document, show_all)
    lines += _what_to_do(document)
    notes = (*document.notes, *document.source.notes)
    if notes:
        shown = limited([capitalised(note) for note in notes], show_all, _NOTES)
        lines += ["", _("Noticed:"), *items(shown)]
    return lines


# -- the lists ---------------------------------------------------------------------------------------------------------


def _moves(document: EventsDocument, show_all: bool) -> list[str]:
    rows = [_row(document.school, moves) for moves in _runs(document)]
    if not rows:
        return []
    header = [_("lecture"), _("from"), _("to"), _("teachers"), _("rooms")]
    shown = rows if show_all or len(rows) <= MOST_ROWS + 1 else rows[:MOST_ROWS]
    lines = ["", *table([header, *shown])]
    if len(shown) < len(rows):
        more = len(rows) - len(shown)
        lines.append("  " + ngettext("and {count} more", "and {count} more", more).format(count=more))
    return lines


MOST_ROWS = 30


def _runs(document: EventsDocument) -> list[tuple[Move, ...]]:
    found = [run.moves for run in moved_runs(document.school, document.moves)]
    return [*found, *(run.moves for run in moved_runs(document.school, document.placed))]


def _row(school: School, moves: Sequence[Move]) -> list[str]:
    move, lecture = moves[0], school.lectures[moves[0].lecture]
    before = _("new") if move.before.period.day < 1 else place_range(move.before.period, len(moves))
    after = place_range(move.after.period, len(moves)) if move.changes_period else _("stays")
    return [
        lecture_name(school, move.lecture),
        before,
        after,
        ", ".join(lecture.teachers),
        _room_words(move.before, move.after),
    ]


def _room_words(before: Placement, after: Placement) -> str:
    old, new = rooms(before), rooms(after)
    return ", ".join(new) if old == new else f"{', '.join(old)} -> {', '.join(new)}"


def _lists(document: EventsDocument, show_all: bool) -> list[str]:
    """What has no place and why, what goes, what remains broken."""
    lines: list[str] = []
    if document.unplaced:
        lines += heading(_("Without a place"))
        for sentence in document.shortages:
            lines += [*paragraph(f"{capitalised(sentence)}."), ""]
        for found in waiting(document):
            lines += [*items([found.lecture]), *items((*found.everywhere, *found.places), indent="      ")]
    for name, lectures in gone(document):
        lines += [*heading(name), *items(limited(lectures, show_all))]
    if document.remaining:
        lines += [*heading(_("What remains broken")), *items(limited(document.remaining, show_all))]
    return lines


def _what_to_do(document: EventsDocument) -> list[str]:
    told = advice(document)
    command = ["", f"    {command_line(document.ask)}"] if document.ask else []
    return [*heading(_("What you can do")), *items(told), *command] if told else []


def _beside(document: EventsDocument) -> list[str]:
    name = document.source.files[0]
    lines = [
        _("report.html: to decide, to explain, to hand out; report.xlsx and report.md: the same as tables and as text"),
        _("entry-list.html: the changes in an order in which they can be entered in Untis"),
        _("changes.csv and changes.json: the lectures that move"),
        _("repair.json: all of this for programs; events.toml: the events, to be used again with --events"),
        _("input: copies of what was read"),
    ]
    if document.source.kind == "xml" and _has_other_rows(document):
        return [_("GPU001.TXT: the plan; an XML with other lessons than before is not written"), *lines]
    text = _("{name}: the plan") if document.source.kind == "gpu" else _("{name} and GPU001.TXT: the plan")
    return [text.format(name=name), *lines]


def _has_other_rows(document: EventsDocument) -> bool:
    others = (document.placed, document.unplaced, document.cut, document.removed)
    return any(others) or document.school.lectures_of.keys() != document.original.lectures_of.keys()
