"""The answer of a repair after events in a few sentences: what moves, what is proved, what remains, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.events import GradeMoved
from untisopt.domain.resources import Kind
from untisopt.i18n import _, ngettext
from untisopt.report.words import counts as _counts
from untisopt.report.words.moves import people
from untisopt.results.events import EventsDocument

MINIMUM, BEST_FOUND, UNDECIDED = "minimum", "best-found", "undecided"
IMPOSSIBLE, UNCONFIRMED = "impossible", "impossible-unconfirmed"


def headline(document: EventsDocument, *, tools: bool = False) -> list[str]:
    """The answer in a few sentences: what moves, what is proved, what remains.

    Parameters
    ----------
    document : EventsDocument
    tools : bool
        Whether the solvers that prove it are named: in a terminal; not where a head teacher reads.
    """
    return [*_not_at_site(document), *outcome_lines(document, tools=tools), *_touched(document)]


def _not_at_site(document: EventsDocument) -> Iterator[str]:
    """How much of what a grade has elsewhere does not come to the site that it goes to."""
    for event in (one.happening for one in document.events):
        if isinstance(event, GradeMoved):
            total, kept = _elsewhere(document, event, after=False), _elsewhere(document, event, after=True)
            text = ngettext(
                "Of {total} lectures that {grade} has away from {site}, {count} does not come there: no room of its "
                "kind is free at {site}.",
                "Of {total} lectures that {grade} has away from {site}, {count} do not come there: no room of their "
                "kind is free at {site}.",
                kept,
            )
            if kept:
                yield text.format(total=total, count=kept, grade=event.grade, site=event.site)


def _elsewhere(document: EventsDocument, event: GradeMoved, *, after: bool) -> int:
    """How many lectures have the grade in a room that is not at the site, before or after, of those with a place."""
    original, rooms = document.original, document.school.rooms
    planned = {move.lecture: move.after for move in document.moves} if after else {}
    off = {*document.cut, *document.removed, *(found.lecture for found in document.unplaced)}
    count = 0
    for id_ in original.lectures_of.get((Kind.GRADE, event.grade), ()):
        place = planned.get(id_, original.as_is[id_])
        courses = zip(original.lectures[id_].courses, place.rooms, strict=True)
        own = {room for course, found in courses if event.grade in course.grades for room in found}
        count += id_ not in off and any(rooms[room].site != event.site for room in own)
    return count


def outcome_lines(document: EventsDocument, *, tools: bool = False) -> list[str]:
    """What moves, what is proved and what remains, without whom it touches."""
    return list(_partial(document, tools)) if document.points is None else [_fewest(document, tools)]


def proof_lines(document: EventsDocument) -> list[str]:
    """What is proved about the number of changes, by how many calculations, and what was held to be fixed."""
    lines = list(_proved(document)) or [_not_proved(document)]
    if document.by_people:
        lines.append(_("A change counts once for every teacher and grade that it touches."))
    text = _("Whatever was held to be fixed before holds on: the rules, the pins, the limits of the policy.")
    return [*lines, text]


def _proved(document: EventsDocument) -> Iterator[str]:
    """What is proved; nothing where nothing is."""
    if document.points is not None:
        if document.status == MINIMUM and document.points:
            if len(document.solvers) > 1:
                yield _(
                    "No plan that satisfies the events changes less: proved, and confirmed by a second calculation."
                )
            else:
                yield _("No plan that satisfies the events changes less: proved.")
        elif document.status == MINIMUM:
            yield _("The plan satisfies the events without moving anything.")
        return
    if document.status in (IMPOSSIBLE, UNCONFIRMED):
        yield _impossible(document, tools=False)
    missing = len(document.unplaced) + len(document.cut)
    if document.is_best and document.left > missing:
        yield _("No plan leaves less without a place or broken, and none that leaves as little changes less: proved.")
    elif document.is_best and missing:
        yield _("No plan leaves less without a place, and none that leaves as little changes less: proved.")
    elif document.is_best:
        yield _("No plan changes less: proved.")
    else:
        yield from _known_of_all(document)


def _known_of_all(document: EventsDocument) -> Iterator[str]:
    """What is known of every plan where the best was not found, or was not proved to be it."""
    if document.least_unplaced:
        text = ngettext(
            "At least {count} lecture has no place in any plan: proved.",
            "At least {count} lectures have no place in any plan: proved.",
            document.least_unplaced,
        )
        yield text.format(count=document.least_unplaced)
    else:
        yield from _least_left(document)
    count = min(document.least_moved, document.moved)
    if count:
        text = ngettext(
            "At least {count} lecture has to move in any plan that leaves as little: proved.",
            "At least {count} lectures have to move in any plan that leaves as little: proved.",
            count,
        )
        yield text.format(count=count)


def _not_proved(document: EventsDocument) -> str:
    """That the time limit ended the search, and what is known all the same."""
    if document.points is None:
        return _("The time limit ended the search: a plan that leaves less without a place may exist.")
    if document.by_people or document.points != document.moved or document.changed_rooms:
        text = _("The time limit ended the search: {least}. Whether fewer changes are enough is open.")
        return text.format(least=_at_least(document))
    text = ngettext(
        "The time limit ended the search: at least {count} lecture has to move. Whether fewer are enough is open.",
        "The time limit ended the search: at least {count} lectures have to move. Whether fewer are enough is open.",
        document.bound or 0,
    )
    return text.format(count=document.bound or 0)


def solver_lines(document: EventsDocument) -> list[str]:
    """Which solvers prove what is proved; empty where nothing is."""
    if not document.solvers:
        return []
    first, *others = map(_solver, document.solvers)
    if document.status == UNCONFIRMED or not others:
        return [_("Proved by {solver}.").format(solver=first)]
    return [_("Proved by {solver}, confirmed by {other}.").format(solver=first, other=others[0])]


def _fewest(document: EventsDocument, tools: bool) -> str:
    """What changes where everything has a place, and whether fewer changes are possible."""
    what = changed(document)
    if document.status != MINIMUM:
        return _("{what}; {least}. The time limit ended the search.").format(what=what, least=_at_least(document))
    if not document.points:
        text = _("{what}.") if document.placed else _("Nothing has to change: the plan fits as it is.")
        return text.format(what=what)
    return _("{what}; {less} (proved{by}).").format(what=what, less=_less(document), by=_by(document.solvers, tools))


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


def _by(solvers: Sequence[str], tools: bool) -> str:
    if not solvers or not tools:
        return ""
    return " " + _("by {solver}").format(solver=_solver(solvers[0]))


def _solver(name: str) -> str:
    known = {
        "cp-sat": "CP-SAT",
        "highs": "HiGHS",
        "cp-sat with other settings": _("CP-SAT with other settings"),
        "search for as much as possible": _("the search for a plan in which as much as possible has a place"),
    }
    return known.get(name, name)


def _partial(document: EventsDocument, tools: bool) -> Iterator[str]:
    """What can be had where not everything can."""
    if document.status in (IMPOSSIBLE, UNCONFIRMED):
        yield _impossible(document, tools)
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
    yield from _least_left(document)
    if document.moves or document.placed:
        yield _("{what}{bound}.").format(what=changed(document), bound=_least_changes(document))
    else:
        yield _("Nothing else has to change.")
    if may_be_better(document):
        yield _("This is the best that was found in the time; there may be a better one.")


def _least_left(document: EventsDocument) -> Iterator[str]:
    """What every plan leaves over, where broken rules and lectures without a place count together."""
    if document.left <= len(document.unplaced) + len(document.cut):
        return
    if document.least_left >= document.left:
        yield _("No plan leaves less without a place and broken, counted together (proved).")
    elif document.least_left:
        text = _("Counted together, week by week, {left} are left over; no plan leaves fewer than {count} (proved).")
        yield text.format(left=document.left, count=document.least_left)


def _least_changes(document: EventsDocument) -> str:
    """That fewer changes are not enough, or how many there are at least."""
    if document.is_best and document.moves:
        if document.left > len(document.cut):
            return _("; fewer changes would leave more over (proved)")
        return _("; fewer changes are impossible (proved)")
    count = min(document.least_moved, document.moved)
    text = ngettext("; at least {count} has to (proved)", "; at least {count} have to (proved)", count)
    return text.format(count=count) if count else ""


def _impossible(document: EventsDocument, tools: bool) -> str:
    if document.status == UNCONFIRMED or len(document.solvers) < 2:
        text = _(
            "A plan in which everything has a place is impossible, as one calculation{by} found; a second one did not "
            "confirm it in time. More time can (--time-limit)."
        )
        return text.format(by=_by(document.solvers, tools))
    if not tools:
        return _(
            "A plan in which everything has a place is impossible (proved, and confirmed by a second calculation)."
        )
    text = _("A plan in which everything has a place is impossible (proved{by}, confirmed by {other}).")
    return text.format(by=_by(document.solvers, tools), other=_solver(document.solvers[1]))


def _least_unplaced(document: EventsDocument, count: int) -> str:
    if document.least_unplaced >= count:
        return _("; fewer is impossible")
    if document.unplaced and document.cut:
        return ""  # the bound is one for both together
    text = ngettext("; at least {count} has none in any plan", "; at least {count} have none in any plan", count)
    return text.format(count=document.least_unplaced) if document.least_unplaced else ""


def _touched(document: EventsDocument) -> Iterator[str]:
    moves = (*document.moves, *document.placed)
    if moves:
        teachers, grades = people(document.school, moves)
        yield _("This touches {teachers} and {grades}.").format(
            teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades))
        )


def may_be_better(document: EventsDocument) -> bool:
    """Whether a longer search may find a better plan: not where a plan is proved to change least."""
    return not document.is_best and document.status != MINIMUM
