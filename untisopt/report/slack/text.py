"""What `untisopt slack` says: lectures without another place, bottlenecks, absences."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.slack import Absence, Answer, Freedom, FullRooms, Load
from untisopt.errors import path_name
from untisopt.i18n import _, ngettext
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.words.findings import limited, weeks_suffix
from untisopt.report.words.moves import place_range
from untisopt.report.words.summary import share
from untisopt.results.slack import SlackDocument
from untisopt.wording import day_name, decimal, enumerated, lecture_name

_SHOWN = 5
"""How many teachers, grades and rooms are shown unless all are asked for."""


def slack_text(document: SlackDocument, *, show_all: bool = False) -> str:
    """Render how much room a plan leaves.

    Parameters
    ----------
    document : SlackDocument
    show_all : bool
        Whether long lists are shown in full.
    """
    lines = [*title(_("Room in the timetable: {path}").format(path=path_name(document.source.path)))]
    lines += _lectures(document, show_all)
    lines += _loads(document, show_all)
    lines += _rooms(document, show_all)
    lines += _absences(document)
    if not document.found.complete:
        lines += ["", *paragraph(_("Stopped: not all lectures or absences were looked at."))]
    return page(lines)


# -- lectures ----------------------------------------------------------------------------------------------------------


def _lectures(document: SlackDocument, show_all: bool) -> list[str]:
    found = document.found
    stuck = [freedom for freedom in found.lectures if not freedom.swap]
    forced = [freedom for freedom in found.lectures if not freedom.alone]
    rows = [
        [_("lectures that may move; a double or a coupling counts once"), str(len(found.lectures)), ""],
        [_("there is another place, nobody else moves"), *_of(len(found.lectures) - len(forced), len(found.lectures))],
        [_("there is one if one other moves, too"), *_of(len(forced) - len(stuck), len(found.lectures))],
        [_("there is none, alone or with one other"), *_of(len(stuck), len(found.lectures))],
        [_("pinned, or without a lesson number"), str(found.fixed), ""],
    ]
    lines = [*heading(_("Lectures")), *table(rows)]
    if stuck:
        lines += ["", *paragraph(_("No other place, alone or with one other:"))]
        lines += items(limited([_block(document, freedom) for freedom in stuck], show_all))
        # A command that is broken over two lines cannot be copied.
        command = f'untisopt suggest "{document.source.path}" --lecture {stuck[0].block}'
        lines += ["", *paragraph(_("What stands in the way of the first one, and whether two or three others help:"))]
        lines.append(f"  {command}")
    alone = [freedom for freedom in forced if freedom.swap]
    if alone:
        lines += ["", *paragraph(_("No other place alone, but one if one other moves:"))]
        lines += items(limited([_block(document, freedom) for freedom in alone], show_all))
    return lines


def _of(count: int, whole: int) -> list[str]:
    return [str(count), share(count, whole) if whole else ""]


def _block(document: SlackDocument, freedom: Freedom) -> str:
    school = document.school
    block = school.block_of[freedom.block]
    lecture = school.lectures[freedom.block]
    text = f"{place_range(school.as_is[block.id].period, block.length)}  {lecture_name(school, block.id)}"
    if lecture.teachers:
        text += " " + _("with {teachers}").format(teachers=", ".join(lecture.teachers))
    return text + weeks_suffix(school, school.classes(lecture.weeks))


# -- loads -------------------------------------------------------------------------------------------------------------


def _loads(document: SlackDocument, show_all: bool) -> list[str]:
    names = {Kind.TEACHER: _("teacher"), Kind.GRADE: _("grade"), Kind.ROOM: _("room")}
    lines = [*heading(_("Bottlenecks")), *paragraph(_usable())]
    for kind, name in names.items():
        own = [load for load in document.found.loads if load.resource[0] is kind]
        if own:
            shown = own if show_all else own[:_SHOWN]
            head = [name, _("occupied a week"), _("usable"), _("share")]
            lines += ["", *table([head, *(_load(document, load) for load in shown)])]
    return lines


def _usable() -> str:
    return _(
        "How full a week is: occupied periods of those that are usable. A teacher can be used on the days with "
        "lectures today, a grade within the periods of its day, a room always; nobody where they are blocked."
    )


def _load(document: SlackDocument, load: Load) -> list[str]:
    classes = len(document.school.week_classes)
    return [
        load.resource[1],
        decimal(load.occupied / classes),
        decimal(load.usable / classes),
        share(load.occupied, load.usable) if load.usable else "",
    ]


def _rooms(document: SlackDocument, show_all: bool) -> list[str]:
    lines = heading(_("Periods in which no room of a kind is free"))
    if not any(room.group for room in document.school.rooms.values()):
        return [*lines, *paragraph(_("It is not known which rooms may stand in for one another."))]
    if not document.found.rooms:
        return [*lines, *paragraph(_("There are none."))]
    return [*lines, *items(limited([_kind(document, kind, show_all) for kind in document.found.rooms], show_all))]


def _kind(document: SlackDocument, kind: FullRooms, show_all: bool) -> str:
    """The rooms, and when none of them is free: `F21, F22: Tue 1-6, Wed 5 (weeks A)`."""
    classes: dict[Period, list[int]] = {}
    for period, week_class in kind.full:
        classes.setdefault(period, []).append(week_class)
    runs: list[list[Period]] = []
    for period in sorted(classes):
        last = runs[-1][-1] if runs else None
        if last is not None and Period(last.day, last.number + 1) == period and classes[last] == classes[period]:
            runs[-1].append(period)
        else:
            runs.append([period])
    places = [place_range(run[0], len(run)) + weeks_suffix(document.school, classes[run[0]]) for run in runs]
    return f"{', '.join(kind.rooms)}: {', '.join(places) if show_all else enumerated(places)}"


# -- absences ----------------------------------------------------------------------------------------------------------


def _absences(document: SlackDocument) -> list[str]:
    absences = document.found.absences
    if not absences:
        return []
    counts = {answer: sum(a.answer is answer for a in absences) for answer in Answer}
    text = ngettext(
        "{count} absence of a teacher for a day, drawn at random (seed {seed}); {changes}.",
        "{count} absences of a teacher for a day, drawn at random (seed {seed}); {changes}.",
        len(absences),
    ).format(count=len(absences), seed=document.seed, changes=_at_most(document.found.changes))
    rows = [
        [_("a plan was found"), *_of(counts[Answer.YES], len(absences))],
        [_("proved: there is none"), *_of(counts[Answer.NO], len(absences))],
        [_("undecided in the time given"), *_of(counts[Answer.UNDECIDED], len(absences))],
    ]
    head = [_("teacher"), _("day"), _("lectures"), _("possible"), _("moved")]
    return [
        *heading(_("Single absences")),
        *paragraph(text),
        "",
        *table(rows),
        "",
        *table([head, *(_absence(absence, document.found.changes) for absence in _sorted(absences))]),
    ]


def _at_most(changes: int) -> str:
    text = ngettext("at most {count} lecture may move", "at most {count} lectures may move", changes)
    return text.format(count=changes)


def _sorted(absences: Sequence[Absence]) -> list[Absence]:
    return sorted(absences, key=lambda absence: (absence.teacher, absence.day))


def _absence(absence: Absence, changes: int) -> list[str]:
    answers = {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.UNDECIDED: _("undecided")}
    answer = answers[absence.answer]
    if absence.lectures > changes:
        answer = _("no: more lectures than may move")
    return [
        absence.teacher,
        day_name(absence.day),
        str(absence.lectures),
        answer,
        "" if absence.moved is None else str(absence.moved),
    ]


# -- for machines ------------------------------------------------------------------------------------------------------


def slack_data(document: SlackDocument) -> dict[str, object]:
    """The same for machines."""
    found = document.found
    return {
        "format": 1,
        "path": document.source.path,
        "complete": found.complete,
        "lectures": [
            {"block": f.block, "lectures": document.school.block_of[f.block].lectures, "alone": f.alone, "swap": f.swap}
            for f in found.lectures
        ],
        "fixed": found.fixed,
        "loads": [
            {"kind": load.resource[0].value, "name": load.resource[1], "occupied": load.occupied, "usable": load.usable}
            for load in found.loads
        ],
        "week_classes": len(document.school.week_classes),
        "full_rooms": [
            {
                "rooms": kind.rooms,
                "full": [
                    {"day": p.day, "period": p.number, "week_class": document.school.week_classes[c].name}
                    for p, c in kind.full
                ],
            }
            for kind in found.rooms
        ],
        "absences": [
            {"teacher": a.teacher, "day": a.day, "lectures": a.lectures, "answer": a.answer.value, "moved": a.moved}
            for a in found.absences
        ],
        "changes": found.changes,
        "seed": document.seed,
    }


def slack_json(document: SlackDocument) -> str:
    """The same for machines, as JSON."""
    return dumps(slack_data(document))
