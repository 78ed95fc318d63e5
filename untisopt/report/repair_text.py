"""A repair after events in plain words: what happens, what changes, what is proved, what remains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.events import Away
from untisopt.domain.lessons import Lecture
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.i18n import _, ngettext
from untisopt.report import _counts
from untisopt.report._findings import limited
from untisopt.report._layout import heading, items, page, paragraph, table, title
from untisopt.report._moves import moved_runs, people, place_range, rooms
from untisopt.report.optimise_text import written_to
from untisopt.report.repair_document import EventsDocument, Unplaced
from untisopt.report.repair_words import event_words
from untisopt.wording import capitalised, lecture_name, place

MINIMUM, BEST_FOUND, UNDECIDED = "minimum", "best-found", "undecided"
IMPOSSIBLE, UNCONFIRMED = "impossible", "impossible-unconfirmed"
_NOTES = 5


def repair_text(document: EventsDocument, folder: str | None, files: Sequence[str], *, show_all: bool = False) -> str:
    """What the command prints; `folder` is None where nothing is written."""
    lines = _body(document, show_all=show_all)
    if folder is None:
        return page([*lines, "", _("Nothing is written (--dry-run).")])
    return page([*lines, "", *written_to(folder, files)])


def what_to_do(document: EventsDocument) -> list[str]:
    """What can be done where not everything has a place, with the command that says what stands in the way."""
    told = []
    if document.unplaced:
        told += _substitutes(document)
        told.append(
            _("Enter the plan as it is: what has no place has to be covered, cancelled or placed by hand in Untis.")
        )
    if not document.is_best:
        told.append(_("Give the search more time (--time-limit); it may find a better plan."))
    if document.ask:
        told.append(_("Ask which conditions cannot hold together, and what giving one of them up would bring:"))
    elif document.unplaced and document.cut:
        told.append(
            _("Repair without the events that take periods away: then it can be asked why the rest is impossible.")
        )
    if not told:
        return []
    command = ["", f"    {command_line(document.ask)}"] if document.ask else []
    return [*heading(_("What you can do")), *items(told), *command]


def _substitutes(document: EventsDocument) -> list[str]:
    """Who is away and has lectures that nobody else can give; somebody else could."""
    school = document.school
    waiting = {t for found in document.unplaced for t in school.lectures[found.lecture].teachers}
    away = [e.happening for e in document.events if isinstance(e.happening, Away) and e.happening.kind is Kind.TEACHER]
    text = _("Let somebody else take over from {name}, such as: {event}")
    names = dict.fromkeys(event.name for event in away if event.name in waiting)
    return [text.format(name=name, event=command_line(("--event", f"replace {name} by new Neumann"))) for name in names]


def command_line(words: Sequence[str]) -> str:
    """A command as it is typed into a window, on one line."""
    return " ".join(_typed(word) for word in words)


def _typed(word: str) -> str:
    """In double quotes, which every system understands, unless it needs none; events may have single ones inside."""
    if word and all(sign.isalnum() or sign in r"-_./:\@=+," for sign in word):
        return word
    inside = word.replace('"', "'") if "'" not in word else word.replace('"', r"\"")
    return f'"{inside}"'


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
    for sentence in headline(document):
        lines += paragraph(sentence, indent="")
    lines += _moves(document, show_all)
    lines += _lists(document, show_all)
    lines += what_to_do(document)
    notes = (*document.notes, *document.source.notes)
    if notes:
        shown = limited([capitalised(note) for note in notes], show_all, _NOTES)
        lines += ["", _("Noticed:"), *items(shown)]
    return lines


# -- the answer --------------------------------------------------------------------------------------------------------


def headline(document: EventsDocument) -> list[str]:
    """The answer in a few sentences: what moves, what is proved, what remains."""
    if document.points is not None:
        return [_fewest(document), *_touched(document)]
    return [*_partial(document), *_touched(document)]


def _fewest(document: EventsDocument) -> str:
    """What changes where everything has a place, and whether fewer changes are possible."""
    what = changed(document)
    if document.status != MINIMUM:
        return _("{what}; {least}. The time limit ended the search.").format(what=what, least=_at_least(document))
    if not document.points:
        text = _("{what}.") if document.placed else _("Nothing has to change: the plan fits as it is.")
        return text.format(what=what)
    return _("{what}; {less} (proved{by}).").format(what=what, less=_less(document), by=_by(document.solvers))


def changed(document: EventsDocument) -> str:
    """What moves, as the beginning of a sentence."""
    parts = []
    if document.moved or not (document.changed_rooms or document.placed):
        parts.append(_counts.moving(document.moved))
    if document.changed_rooms:
        count = document.changed_rooms
        parts.append(ngettext("{count} gets another room", "{count} get other rooms", count).format(count=count))
    if document.placed:
        count = len(document.placed)
        text = ngettext("{count} added lecture gets a place", "{count} added lectures get a place", count)
        parts.append(text.format(count=count))
    return _and(parts)


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{parts} and {last}").format(parts=", ".join(parts[:-1]), last=parts[-1])


def _less(document: EventsDocument) -> str:
    """What is impossible: one lecture fewer, or fewer changes."""
    if document.by_people:
        return _("no plan touches fewer people, each time counted")
    if document.points != document.moved or document.changed_rooms:
        return _("fewer changes are impossible")
    if document.moved == 1:
        return _("without a move it is impossible")
    return _("{count} is impossible").format(count=document.moved - 1)


def _at_least(document: EventsDocument) -> str:
    bound = document.bound or 0
    if document.by_people or document.points != document.moved or document.changed_rooms:
        text = _("that counts {points}, and no plan counts less than {bound}")
        return text.format(points=document.points, bound=bound)
    return ngettext("at least {count} has to", "at least {count} have to", bound).format(count=bound)


def _by(solvers: Sequence[str]) -> str:
    if not solvers:
        return ""
    return " " + _("by {solver}").format(solver=_solver(solvers[0]))


def _solver(name: str) -> str:
    known = {
        "cp-sat": "CP-SAT",
        "highs": "HiGHS",
        "cp-sat with other settings": _("CP-SAT with other settings"),
    }
    return known.get(name, name)


def _partial(document: EventsDocument) -> Iterator[str]:
    """What can be had where not everything can."""
    if document.status in (IMPOSSIBLE, UNCONFIRMED):
        yield _impossible(document)
    elif document.status == UNDECIDED:
        yield _("No plan in which everything has a place was found in time; it is not proved that there is none.")
    left = len(document.unplaced) + len(document.cut)
    if document.unplaced:
        count = len(document.unplaced)
        text = ngettext("{count} lecture has no place", "{count} lectures have no place", count).format(count=count)
        yield f"{text}{_least_unplaced(document, left)}."
    if document.cut:
        count = len(document.cut)
        text = ngettext(
            "{count} lecture loses its place, as wanted", "{count} lectures lose their place, as wanted", count
        ).format(count=count)
        yield f"{text}{'' if document.unplaced else _least_unplaced(document, left)}."
    if document.remaining:
        count = len(document.remaining)
        text = ngettext("{count} thing remains broken.", "{count} things remain broken.", count)
        yield text.format(count=count)
    if document.moves or document.placed:
        yield _("{what}.").format(what=changed(document))
    else:
        yield _("Nothing else has to change.")
    if not document.is_best:
        yield _("This is the best that was found in the time; nothing says that it is the best of all.")


def _impossible(document: EventsDocument) -> str:
    if document.status == UNCONFIRMED or len(document.solvers) < 2:
        text = _("A plan in which everything has a place is impossible (found{by}, not confirmed).")
        return text.format(by=_by(document.solvers))
    text = _("A plan in which everything has a place is impossible (proved{by}, confirmed by {other}).")
    return text.format(by=_by(document.solvers), other=_solver(document.solvers[1]))


def _least_unplaced(document: EventsDocument, count: int) -> str:
    if document.least_unplaced >= count:
        return _("; fewer is impossible")
    text = ngettext("; at least {count} has none in any plan", "; at least {count} have none in any plan", count)
    return text.format(count=document.least_unplaced) if document.least_unplaced else ""


def _touched(document: EventsDocument) -> Iterator[str]:
    moves = (*document.moves, *document.placed)
    if moves:
        teachers, grades = people(document.school, moves)
        yield _("This touches {teachers} and {grades}.").format(
            teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades))
        )


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
    school, original = document.school, document.original
    lines: list[str] = []
    if document.unplaced:
        lines += heading(_("Without a place"))
        for sentence in document.shortages:
            lines += [*paragraph(f"{capitalised(sentence)}."), ""]
        for found in _by_block(document):
            lines += _unplaced(document, found)
    for name, lectures, of in (
        (_("Without a place, as wanted"), document.cut, school),
        (_("No longer taught"), document.removed, original),
    ):
        if lectures:
            told = [_told(of, id_, original.as_is.get(id_)) for id_ in lectures]
            lines += [*heading(name), *items(limited(told, show_all))]
    if document.remaining:
        lines += [*heading(_("What remains broken")), *items(limited(document.remaining, show_all))]
    return lines


def _by_block(document: EventsDocument) -> Iterator[tuple[Unplaced, ...]]:
    """Lectures of one block have no place for the same reasons."""
    found: dict[str, list[Unplaced]] = {}
    for unplaced in document.unplaced:
        found.setdefault(document.school.block_of[unplaced.lecture].id, []).append(unplaced)
    return (tuple(several) for several in found.values())


def _unplaced(document: EventsDocument, found: Sequence[Unplaced]) -> list[str]:
    first = found[0]
    told = _told(document.school, first.lecture, document.original.as_is.get(first.lecture), len(found))
    lines = [*items([told]), *items(first.everywhere, indent="      ")]
    for (day, number), why in first.reasons:
        where = place_range(Period(day, number), len(found))
        text = "; ".join(why) or _("free, but what stands there now could go nowhere else")
        lines += items([_("{place}: {why}").format(place=where, why=text)], indent="      ")
    return lines


def _told(school: School, lecture: str, before: Placement | None, length: int = 1) -> str:
    found: Lecture = school.lectures[lecture]
    teachers = _("with {teachers}").format(teachers=", ".join(found.teachers)) if found.teachers else ""
    where = ""
    if before is not None and before.period.day >= 1:
        where = _("so far {place}").format(
            place=place(before.period) if length == 1 else place_range(before.period, length)
        )
    name = lecture_name(school, lecture)
    if length > 1 and not where:
        where = ngettext("{count} period", "{count} periods", length).format(count=length)
    return ", ".join(part for part in (f"{name} {teachers}".strip(), where) if part)


def _beside(document: EventsDocument) -> list[str]:
    name = document.source.files[0]
    lines = [
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
