"""What `untisopt why-not` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.conditions import Condition
from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.report import _counts
from untisopt.report._findings import findings, limited
from untisopt.report._json import dumps
from untisopt.report._layout import heading, items, page, paragraph, title
from untisopt.report._moves import move_line, move_record, moved_runs, people
from untisopt.report.why_not_document import (
    IMPOSSIBLE,
    POSSIBLE,
    THERE,
    PlanFound,
    Reasons,
    WayOut,
    WhyNotDocument,
)
from untisopt.report.why_not_words import by_hand, condition_text, policy_lines
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
    if document.verdict == IMPOSSIBLE:
        return page([*lines, *_impossible(document)])
    text = _(
        "Not decided within {seconds} seconds: neither a plan was found nor a proof that there is none. Give it more "
        "time with --time-limit."
    )
    return page([*lines, *paragraph(text.format(seconds=decimal(document.seconds)), indent="")])


def _meant(document: WhyNotDocument) -> list[str]:
    """Which lectures a wish speaks of, and where they stand today."""
    if not document.places:
        return []
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
    """How many lectures move, and what is proved about that."""
    text = _counts.moving(plan.moved)
    if plan.is_minimum:
        return _("{moves}, and no plan does with fewer changes (proved)").format(moves=text)
    if plan.bound > 0:
        return _("{moves}; whether fewer are enough is open").format(moves=text)
    return _("{moves} in the plan that was found; others may do with fewer").format(moves=text)


def _touched(document: WhyNotDocument, plan: PlanFound) -> list[str]:
    teachers, grades = people(document.school, plan.moves)
    text = _("touched: {teachers}, {grades}")
    told = text.format(teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades)))
    return [capitalised(told)]


def _moves(document: WhyNotDocument, plan: PlanFound, *, indent: str) -> list[str]:
    told = [move_line(document.school, run) for run in moved_runs(document.school, plan.moves)]
    return [f"{indent}{line}" for line in limited(told, show_all=False, most=_MOVES)]


# -- impossible ------------------------------------------------------------------------------------------------------


def _impossible(document: WhyNotDocument) -> list[str]:
    text = (
        _("After this event no plan meets everything: proved, and confirmed by a second, different solve.")
        if document.is_event
        else _("No plan can meet this wish: proved, and confirmed by a second, different solve.")
    )
    lines = paragraph(text, indent="")
    if not document.reasons:
        text = _("Which conditions stand against it was not found in time. Give it more time with --time-limit.")
        lines += [*heading(_("Why not")), *paragraph(text)]
    for number, reasons in enumerate(document.reasons, 1):
        lines += _reasons(document, reasons, number)
    return [*lines, *_ways(document)]


def _reasons(document: WhyNotDocument, reasons: Reasons, number: int) -> list[str]:
    name = _("Why not") if len(document.reasons) == 1 else _("Why not: reason {number}").format(number=number)
    if not reasons.conditions:
        text = _("What is asked for cannot be met as such, whatever is given up: there is no period left for it.")
        if document.is_event:
            text = _(
                "The event alone is enough: for some lectures it leaves no period at all with everybody and everything "
                "they need, whatever is given up. untisopt repair lists these lectures."
            )
        return [*heading(name), *paragraph(text)]
    told = [condition_text(document, condition) for condition in reasons.conditions]
    count = len(told)
    text = ngettext(
        "One condition alone stands against it:",
        "These {count} conditions cannot hold together with it; any {fewer} of them could:",
        count,
    )
    return [*heading(name), *paragraph(text.format(count=count, fewer=count - 1)), *items(told)]


def _ways(document: WhyNotDocument) -> list[str]:
    lines = heading(_("What would make it possible"))
    if not document.ways:
        text = _("Nothing that could be given up for it was found in time.")
        if document.ways_complete:
            text = _("Nothing: another wish, or less of it, is the only way.")
            if document.is_event:
                text = _("Nothing: the event has to be a smaller one (fewer periods, a substitute, another room).")
        return [*lines, *paragraph(text)]
    for number, way in enumerate(document.ways):
        lines += [*([""] if number else []), *_way(document, way, chr(ord("A") + number))]
    if not document.ways_complete:
        lines += ["", *paragraph(_("The time limit ended the search for other ways."))]
    return lines


def _way(document: WhyNotDocument, way: WayOut, letter: str) -> list[str]:
    lines = paragraph(f"{letter}. {_given_up(document, way)}")
    code = policy_lines(document, way)
    if code:
        lines += ["     " + _("In untisopt.toml:"), *(f"       {line}" for line in code)]
    for text in by_hand(document, way):
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
    lines = ["     " + _("What is broken then:")]
    return [*lines, *items(limited(found, show_all=False, most=_FINDINGS), indent="       ")]


def broken(document: WhyNotDocument, way: WayOut) -> Iterator[str]:
    """What the plan of a way breaks and the plan of today does not, in sentences."""
    for rule in document.policy.rules:
        if rule.tier is Tier.RULES:
            known = set(document.before.of(rule.id))
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
        "moves": [move_record(document.school, move) for move in plan.moves],
    }
