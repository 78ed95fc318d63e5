"""What `untisopt why-not` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from untisopt.domain.calendar import Day
from untisopt.domain.changes import Move
from untisopt.domain.conditions import Condition
from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, paragraph, title
from untisopt.report.why_not.left_over import left_over, left_over_data
from untisopt.report.why_not.words import (
    already_there,
    by_hand,
    condition_text,
    counted,
    is_physical,
    policy_lines,
    rooms_advice,
)
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import findings, limited
from untisopt.report.words.moves import MovedRun, move_line, move_record, moved_runs, people, place_range, rooms
from untisopt.results.why_not import IMPOSSIBLE, POSSIBLE, THERE, PlanFound, Reasons, Stuck, WayOut, WhyNotDocument
from untisopt.wording import capitalised, decimal, enumerated, lecture_name, place

_MOVES = 12
_FINDINGS = 5


def why_not_text(document: WhyNotDocument) -> str:
    """Render the answer to a wish or an event.

    Parameters
    ----------
    document : WhyNotDocument
    """
    asked = _("Event: {text}") if document.is_event else _("Wish: {text}")
    lines = [*title(asked.format(text=document.asked)), "", *_meant(document)]
    if document.verdict == THERE:
        return page([*lines, *paragraph(_there(document), indent="")])
    if document.verdict == POSSIBLE and document.plan is not None:
        return page([*lines, *_possible(document, document.plan)])
    if document.remaining:
        lines += [*_remains(document), *heading(_("Everything else"))]
        if document.rest in (THERE, POSSIBLE):
            return page([*lines, *_rest(document)])
    if (document.rest or document.verdict) == IMPOSSIBLE:
        return page([*lines, *_impossible(document)])
    return page([*lines, *_undecided(document)])


def _remains(document: WhyNotDocument) -> list[str]:
    """What an event breaks whatever moves."""
    text = _("No plan meets everything of this event; whatever moves, this remains:")
    told = [f"{capitalised(sentence)}." for sentence in document.remaining]
    return [*paragraph(text, indent=""), *items(limited(told, show_all=False, most=_FINDINGS))]


def _rest(document: WhyNotDocument) -> list[str]:
    """What is to be done besides."""
    if document.plan is None:
        return paragraph(_("Nothing else has to change."))
    return _possible(document, document.plan)


def _undecided(document: WhyNotDocument) -> list[str]:
    """What is known although nothing is proved."""
    text = _(
        "Not decided within {seconds} seconds: neither a plan was found nor a proof that there is none. Give it more "
        "time with --time-limit."
    )
    lines = paragraph(text.format(seconds=decimal(document.seconds)), indent="")
    lines += _suspected(document)
    if document.nearest:
        text = _("The best plan found so far breaks this; whether a plan can do without is open:")
        lines += ["", *paragraph(text, indent=""), *items(_conditions_told(document, document.nearest))]
    return [*lines, *left_over(document)]


def _suspected(document: WhyNotDocument) -> list[str]:
    if not document.suspected:
        return []
    text = _("This seems to stand against it, but no second solve has confirmed that it does:")
    return ["", *paragraph(text, indent=""), *items(_conditions_told(document, document.suspected))]


def _conditions_told(document: WhyNotDocument, conditions: Sequence[Condition]) -> list[str]:
    told = [condition_text(document, condition) for condition in conditions]
    return limited(told, show_all=False, most=_FINDINGS)


def _meant(document: WhyNotDocument) -> list[str]:
    """Which lectures a wish speaks of, and where they stand today."""
    if not document.places:
        notes = [capitalised(note) + "." for note in document.notes]
        return [*items(notes, indent=""), *([""] if notes else [])]
    school = document.school
    lectures = list(dict.fromkeys(lecture for lecture, _period in document.places))
    names = list(dict.fromkeys(lecture_name(school, id_) for id_ in lectures))
    today = [place(period) for period in sorted({school.as_is[id_].period for id_ in lectures})]
    text = _("Meant: {lectures}; today on {places}.").format(lectures=enumerated(names), places=enumerated(today))
    if len(lectures) > 1:
        text += " " + _("It is enough if one of these lectures stands there.")
    return [*paragraph(text, indent=""), ""]


def _there(document: WhyNotDocument) -> str:
    if document.is_event:
        return _("The plan of today stands in spite of that: nothing has to move.")
    return _("It stands there already.")


# -- possible --------------------------------------------------------------------------------------------------------


def _possible(document: WhyNotDocument, plan: PlanFound) -> list[str]:
    text = _("This is possible, and no rule is newly broken: {moves}.").format(moves=moves_text(plan))
    return [*paragraph(text, indent=""), "", *_touched(document, plan), "", *_moves(document, plan, indent="  ")]


def moves_text(plan: PlanFound) -> str:
    """How many lectures move, get another room or a place, and what is proved about that."""
    text = _changes_text(plan)
    if plan.is_minimum:
        return _("{moves}, and no plan does with fewer changes (proved)").format(moves=text)
    if plan.bound > 0:
        return _("{moves}; whether fewer are enough is open").format(moves=text)
    return _("{moves} in the plan that was found; others may do with fewer").format(moves=text)


def _changes_text(plan: PlanFound) -> str:
    rooms = sum(move.changes_rooms and not is_new(move) for move in plan.moves)
    placed = sum(is_new(move) for move in plan.moves)
    parts = [_counts.moving(plan.moved)] if plan.moved else []
    if rooms:
        text = ngettext("{count} lecture gets another room", "{count} lectures get another room", rooms)
        parts.append(text.format(count=rooms))
    if placed:
        text = ngettext("{count} new lecture gets a place", "{count} new lectures get a place", placed)
        parts.append(text.format(count=placed))
    return enumerated(parts) if parts else _counts.moving(0)


def is_new(move: Move) -> bool:
    """Whether the lecture has no place in the plan of today."""
    return move.before.period.day < min(Day)


def _touched(document: WhyNotDocument, plan: PlanFound) -> list[str]:
    teachers, grades = people(document.school, plan.moves)
    text = _("touched: {teachers}, {grades}")
    told = text.format(teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades)))
    return [capitalised(told)]


def _moves(document: WhyNotDocument, plan: PlanFound, *, indent: str) -> list[str]:
    told = [_line(document, run) for run in moved_runs(document.school, plan.moves)]
    return [f"{indent}{line}" for line in limited(told, show_all=False, most=_MOVES)]


def _line(document: WhyNotDocument, run: MovedRun) -> str:
    """The move; a lecture that an event adds comes from nowhere."""
    line = move_line(document.school, run)
    if not is_new(run.first):
        return line
    return _("new") + line.removeprefix(place_range(run.first.before.period, len(run.moves)))


# -- impossible ------------------------------------------------------------------------------------------------------


def _impossible(document: WhyNotDocument) -> list[str]:
    text = (
        _("After this event no plan meets everything: proved, and confirmed by a second, different solve.")
        if document.is_event
        else _("No plan can meet this wish: proved, and confirmed by a second, different solve.")
    )
    if document.remaining:
        text = _("No plan meets the rest of it either: proved, and confirmed by a second, different solve.")
    lines = [*paragraph(text, indent=""), *left_over(document)]
    if not document.reasons:
        text = _("Which conditions stand against it was not found in time. Give it more time with --time-limit.")
        lines += [*heading(_("Why not")), *paragraph(text), *_suspected(document)]
    for number, reasons in enumerate(document.reasons, 1):
        lines += _reasons(document, reasons, number)
    return [*lines, *_ways(document)]


def _reasons(document: WhyNotDocument, reasons: Reasons, number: int) -> list[str]:
    name = _("Why not") if len(document.reasons) == 1 else _("Why not: reason {number}").format(number=number)
    if not reasons.conditions:
        return [*heading(name), *_nothing_left(document)]
    told = [condition_text(document, condition) for condition in reasons.conditions]
    text = _("One condition alone stands against it:") if len(told) == 1 else _together(document, reasons)
    return [*heading(name), *paragraph(text), *items(told)]


def _nothing_left(document: WhyNotDocument) -> list[str]:
    """Where what is asked for leaves no period: which lectures, and what they miss."""
    if not document.is_event:
        text = _("What is asked for cannot be met as such, whatever is given up: there is no period left for it.")
        return paragraph(text)
    text = _(
        "The event alone is enough: for some lectures it leaves no period at all with everybody and everything "
        "they need, whatever is given up."
    )
    if not document.stuck:
        return paragraph(text + " " + _("untisopt repair lists these lectures."))
    told = list(dict.fromkeys(_stuck(document, stuck) for stuck in document.stuck))
    return [*paragraph(text), *items(limited(told, show_all=False, most=_FINDINGS))]


def _stuck(document: WhyNotDocument, stuck: Stuck) -> str:
    name = lecture_name(document.school, stuck.lecture)
    own = rooms(document.school.as_is[stuck.lecture])
    if own:
        name += " " + _("in {rooms}").format(rooms=", ".join(own))
    return f"{name}: {'; '.join(stuck.why)}" if stuck.why else name


def _together(document: WhyNotDocument, reasons: Reasons) -> str:
    """That conditions exclude what is asked for, and what is known about giving up one of them."""
    number = counted(len(reasons.conditions))
    tried = {condition for way in document.ways if len(way.given_up) == 1 for condition in way.given_up}
    open_ = [c for c in reasons.conditions if c not in tried and not is_physical(document, c)]
    is_enough = len(document.reasons) == 1 and not open_
    if document.is_event:
        text = _("These {count} conditions cannot hold together after the event; one of them has to go:")
        if is_enough:
            text = _(
                "These {count} conditions cannot hold together after the event; without one of them it is possible:"
            )
    else:
        text = _("These {count} conditions cannot hold together with the wish; one of them has to go:")
        if is_enough:
            text = _("These {count} conditions cannot hold together with the wish; without one of them it is possible:")
    return text.format(count=number)


def _ways(document: WhyNotDocument) -> list[str]:
    lines = heading(_("What would make it possible"))
    if not document.ways:
        return [*lines, *(_no_way(document) if document.ways_complete else _not_examined(document))]
    for number, way in enumerate(document.ways):
        lines += [*([""] if number else []), *_way(document, way, chr(ord("A") + number))]
    if not document.ways_complete:
        lines += ["", *paragraph(_("The time limit ended the search for other ways."))]
    return lines


def _no_way(document: WhyNotDocument) -> list[str]:
    """Where giving up conditions does not help: what else could."""
    if not document.is_event:
        return paragraph(_("Nothing: another wish, or less of it, is the only way."))
    text = _("Nothing: the event has to be a smaller one (fewer periods, a substitute, another room).")
    return [*paragraph(text), *items(rooms_advice(document))]


def _not_examined(document: WhyNotDocument) -> list[str]:
    """The members of the reasons, where there was no time to look at what giving them up costs."""
    members = list(dict.fromkeys(c for reasons in document.reasons for c in reasons.conditions))
    text = _("Nothing that could be given up for it was found in time.")
    if not members:
        return [*paragraph(text), *items(rooms_advice(document))]
    text = _("Giving up one of these may help; what that costs was not examined in time (--time-limit):")
    if len(document.reasons) > 1:
        text = _(
            "Something of every reason has to be given up; what that costs was not examined in time (--time-limit). "
            "It may be one of these:"
        )
    # What nobody can give up comes last.
    members.sort(key=lambda condition: is_physical(document, condition))
    return [*paragraph(text), *items(condition_text(document, condition) for condition in members)]


def _way(document: WhyNotDocument, way: WayOut, letter: str) -> list[str]:
    lines = paragraph(f"{letter}. {_given_up(document, way)}")
    code = policy_lines(document, way)
    if code:
        where = _("In untisopt.toml (where the line in brackets is there already, put the others below it):")
        lines += [*paragraph(where, indent="     "), *(f"       {line}" for line in code)]
    for text in (*already_there(document, way), *by_hand(document, way)):
        lines += paragraph(text, indent="     ")
    lines += paragraph(_("Then {moves}.").format(moves=moves_text(way.plan)), indent="     ")
    lines += [f"     {line}" for line in _touched(document, way.plan)]
    lines += _costs(document, way)
    return [*lines, *_moves(document, way.plan, indent="       ")]


def _given_up(document: WhyNotDocument, way: WayOut) -> str:
    if way.other_rooms:
        return _("Let lectures have other rooms of the same kind.")
    told = "; ".join(condition_text(document, condition) for condition in way.given_up)
    if way.physical:
        return _("Only if this did not hold, which nobody can give up as it is: {what}").format(what=told)
    return _("Give up: {what}").format(what=told)


def _costs(document: WhyNotDocument, way: WayOut) -> list[str]:
    found = list(dict.fromkeys(broken(document, way)))
    if not found:
        return []
    text = _("What else is broken then:") if way.given_up else _("What is broken then:")
    lines = ["     " + text]
    return [*lines, *items(limited(found, show_all=False, most=_FINDINGS), indent="       ")]


def broken(document: WhyNotDocument, way: WayOut) -> Iterator[str]:
    """What the plan of a way breaks besides what is given up for it, and the plan of today does not, in sentences."""
    for rule in document.policy.rules:
        if rule.tier is Tier.RULES:
            known = {*document.before.of(rule.id), *way.meant}
            new = [violation for violation in way.plan.after.of(rule.id) if violation not in known]
            if new and way.plan.after.amount(rule.id) > document.before.amount(rule.id):
                yield from (finding.text for finding in findings(document.school, rule, new))


# -- for machines ----------------------------------------------------------------------------------------------------


def why_not_json(document: WhyNotDocument) -> str:
    """The same for machines."""
    return dumps(
        {
            "format": 1,
            "asked": document.asked,
            "kind": "event" if document.is_event else "wish",
            "places": [
                {"lecture": lecture, "day": period.day, "period": period.number} for lecture, period in document.places
            ],
            "verdict": document.verdict,
            "plan": None if document.plan is None else _plan_data(document, document.plan),
            "reasons": [
                {"smallest": reasons.smallest, "conditions": _conditions(document, reasons.conditions)}
                for reasons in document.reasons
            ],
            "ways": [
                {
                    "given_up": _conditions(document, way.given_up),
                    "other_rooms": way.other_rooms,
                    "physically_impossible": way.physical,
                    "policy": policy_lines(document, way),
                    "by_hand": by_hand(document, way),
                    "broken": list(broken(document, way)),
                    "plan": _plan_data(document, way.plan),
                }
                for way in document.ways
            ],
            "ways_complete": document.ways_complete,
            "suspected": _conditions(document, document.suspected),
            "nearest": _conditions(document, document.nearest),
            "stuck": [asdict(stuck) for stuck in document.stuck],
            "notes": list(document.notes),
            "remaining": list(document.remaining),
            "rest": document.rest or None,
            "left_over": left_over_data(document),
        }
    )


def _conditions(document: WhyNotDocument, conditions: Sequence[Condition]) -> list[dict[str, object]]:
    return [
        {
            "rule": condition.rule,
            "kind": None if condition.kind is None else condition.kind.value,
            "name": condition.name,
            "day": condition.day,
            "text": condition_text(document, condition),
        }
        for condition in conditions
    ]


def _plan_data(document: WhyNotDocument, plan: PlanFound) -> dict[str, object]:
    teachers, grades = people(document.school, plan.moves)
    return {
        "moved_lectures": plan.moved,
        "proved_minimum": plan.is_minimum,
        "bound": plan.bound,
        "teachers": teachers,
        "grades": grades,
        "changed_rooms_only": sum(not move.changes_period for move in plan.moves),
        "placed_lectures": sum(is_new(move) for move in plan.moves),
        "moves": [_record(document, move) for move in plan.moves],
    }


def _record(document: WhyNotDocument, move: Move) -> dict[str, object]:
    record = move_record(document.school, move)
    return {**record, "from": None} if is_new(move) else record
