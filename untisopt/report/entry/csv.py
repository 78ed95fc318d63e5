"""The entry list as a table for a spreadsheet, with everything that a script needs to carry it out.

The columns for people hold places and rooms together in words, because a spreadsheet turns a lone `3-4` or `10.3` into
a date. The last two columns are for scripts; their names are the same in every language. `moves_json` holds one object
per lecture: `lecture` (its id), `from` and `to` (weekday and period; below weekday 1: not on the plan), `rooms_from`
and `rooms_to` (a list per coupling line).
"""

from __future__ import annotations

import json

from untisopt.domain.changes import Move
from untisopt.domain.entry import Step, on_plan
from untisopt.domain.timetable import Placement
from untisopt.i18n import _
from untisopt.report.entry.document import no_room, step_words
from untisopt.report.render.csv import csv_table
from untisopt.report.words.moves import rooms
from untisopt.results.entry import EntryListDocument
from untisopt.wording import lecture_name

IDS = "lecture_ids"
MOVES = "moves_json"


def entry_list_csv(document: EntryListDocument) -> bytes:
    """One line per step, semicolons, UTF-8 with a byte order mark; formulas are defused."""
    return csv_table(_header(), (_cells(document, step) for step in document.steps))


def _header() -> list[str]:
    return [
        _("step"),
        _("done"),
        _("lecture"),
        _("teachers"),
        _("from"),
        _("to"),
        _("weeks"),
        _("package"),
        _("note"),
        IDS,
        MOVES,
    ]


def _cells(document: EntryListDocument, step: Step) -> list[str]:
    words = step_words(document, step)
    return [
        words.number,
        "",
        lecture_name(document.school, step.lectures[0]),
        ", ".join(document.school.lectures[step.lectures[0]].teachers),
        _where(words.before, step.before),
        _where(words.after, step.after),
        words.weeks or _("all"),
        words.package,
        words.note,
        " ".join(step.lectures),
        json.dumps([_record(move) for move in step.moves], ensure_ascii=False),
    ]


def _where(place: str, placement: Placement) -> str:
    names = rooms(placement)
    if not on_plan(placement):
        return place
    return f"{place} ({', '.join(names)})" if names else f"{place} {no_room()}"


def _record(move: Move) -> dict[str, object]:
    return {
        "lecture": move.lecture,
        "from": list(move.before.period),
        "rooms_from": move.before.rooms,
        "to": list(move.after.period),
        "rooms_to": move.after.rooms,
    }
