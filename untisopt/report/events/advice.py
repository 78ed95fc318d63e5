"""What can be done where a repair after events does not give everything a place: advice, and commands to type."""

from __future__ import annotations

import json
from collections.abc import Sequence

from untisopt.domain.events import Away
from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.report.events.answer import may_be_better
from untisopt.report.words.opened import CLOSED_TIMES, TABLE, open_line
from untisopt.results.events import EventsDocument
from untisopt.wording import enumerated


def advice(document: EventsDocument) -> list[str]:
    """What can be done where not everything has a place; where the answer asks something, its command comes last."""
    told = []
    if document.unplaced:
        told += _substitutes(document)
        told.append(
            _("Enter the plan as it is: what has no place has to be covered, cancelled or placed by hand in Untis.")
        )
    told += _stand_ins(document)
    told += _exceptions(document)
    if may_be_better(document):
        told.append(_("Give the search more time (--time-limit); it may find a better plan."))
    if document.ask:
        told.append(_("Ask which conditions cannot hold together, and what giving one of them up would bring:"))
    elif document.unplaced and document.cut:
        told.append(
            _("Repair without the events that take periods away: then it can be asked why the rest is impossible.")
        )
    return told


def _stand_ins(document: EventsDocument) -> list[str]:
    """How to say which room may stand in for a closed one, where nothing says so and lectures have no place for it."""
    school, as_is = document.school, document.original.as_is
    places = [as_is[found.lecture] for found in document.unplaced if found.lecture in as_is]
    used = {room for place in places for rooms in place.rooms for room in rooms}
    closed = [
        e.happening.name for e in document.events if isinstance(e.happening, Away) and e.happening.kind is Kind.ROOM
    ]
    alone = [name for name in dict.fromkeys(closed) if name in used and not school.rooms[name].group]
    text = _(
        "Say which room may stand in for {room}: in Untis as its alternative room (GPU005), then export anew. Of one "
        "kind are rooms of a site that stand in for one another there or among which a lesson may choose (GPU002); if "
        "neither is stated, rooms in which every subject of the other is taught as well."
    )
    return [text.format(room=enumerated(alone))] if alone else []


def _exceptions(document: EventsDocument) -> list[str]:
    """What to write into the policy to leave places free that rules alone keep closed."""
    names: dict[str, list[str]] = {}
    for rule, name in dict.fromkeys(pair for found in document.unplaced for pair in found.exceptions):
        names.setdefault(rule, []).append(name)
    if not names:
        return []
    lines = [
        _("under {table} the line {line}").format(
            table=TABLE if id_ == CLOSED_TIMES else f"[rules.{id_}]", line=_line(document, id_, several)
        )
        for id_, several in names.items()
    ]
    text = _(
        "Allow exceptions from rules that alone keep best places closed, in untisopt.toml, and repair again: {lines}."
    )
    return [text.format(lines="; ".join(lines))]


def _line(document: EventsDocument, rule: str, names: Sequence[str]) -> str:
    """The line of the policy: exceptions that it makes already, and those that are new."""
    if rule == CLOSED_TIMES:
        places = (name.split(".") for name in names)
        return open_line(document.policy, ((int(day), int(number)) for day, number in places))
    in_force = document.policy.rule(rule)
    known = (in_force and in_force.exceptions) or ()
    quoted = (json.dumps(name, ensure_ascii=False) for name in dict.fromkeys((*known, *names)))
    return f"except = [{', '.join(quoted)}]"


def _substitutes(document: EventsDocument) -> list[str]:
    """Who is away and has lectures that nobody else can give; somebody else could."""
    school = document.school
    waiting = {t for found in document.unplaced for t in school.lectures[found.lecture].teachers}
    away = [e.happening for e in document.events if isinstance(e.happening, Away) and e.happening.kind is Kind.TEACHER]
    text = _(
        "Let somebody else take over all lessons of {name}; in place of that {name} is away, for instance: {event}"
    )
    names = dict.fromkeys(event.name for event in away if event.name in waiting)
    return [text.format(name=name, event=command_line(("--event", _takeover(name)))) for name in names]


def _takeover(name: str) -> str:
    """The event, in the words of the language in force: those of both are read."""
    return _("replace {name} by new {other}").format(name=name, other="Neumann")


def command_line(words: Sequence[str]) -> str:
    """A command as it is typed into a window, on one line."""
    return " ".join(_typed(word) for word in words)


def _typed(word: str) -> str:
    """In double quotes, which every system understands, unless it needs none; events may have single ones inside."""
    if word and all(sign.isalnum() or sign in r"-_./:\@=+," for sign in word):
        return word
    inside = word.replace('"', "'") if "'" not in word else word.replace('"', r"\"")
    return f'"{inside}"'
