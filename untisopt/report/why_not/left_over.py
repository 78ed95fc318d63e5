"""What has no place after an event that no plan meets: how much, who has too many periods, what is in the way."""

from __future__ import annotations

from untisopt.i18n import _, ngettext
from untisopt.report.events.lists import waiting
from untisopt.report.render.txt import heading, items, paragraph
from untisopt.report.words.findings import limited
from untisopt.results.events import EventsDocument
from untisopt.results.why_not import WhyNotDocument
from untisopt.wording import capitalised

_LECTURES = 5
_SENTENCES = 5


def left_over(document: WhyNotDocument) -> list[str]:
    """Lines on what a plan that fits in as much as possible leaves over; none where nothing is known of it.

    Parameters
    ----------
    document : WhyNotDocument
    """
    repair = document.repair
    if repair is None or not (repair.unplaced or _broken(document)):
        return []
    lines = heading(_("What is left over"))
    lines += items(f"{capitalised(sentence)}." for sentence in repair.shortages)
    lines += paragraph(_how_much(repair))
    found = waiting(repair)
    for one in found[:_LECTURES]:
        lines += [*items([one.lecture]), *items((*one.everywhere, *one.places[:1]), indent="      ")]
    if len(found) > _LECTURES:
        more = len(found) - _LECTURES
        lines += items([ngettext("and {count} more", "and {count} more", more).format(count=more)])
    told = _broken(document)
    if told:
        lines += [*paragraph(_("It breaks this newly:")), *items(limited(told, show_all=False, most=_SENTENCES))]
    return lines


def _broken(document: WhyNotDocument) -> list[str]:
    """What remains broken in that plan, and not in every plan."""
    remaining = () if document.repair is None else document.repair.remaining
    return [line for line in remaining if line not in document.remaining]


def _how_much(repair: EventsDocument) -> str:
    count = len(repair.unplaced)
    if not count:
        return _("In the plan that was found everything has a place, but a rule is broken that was not broken before.")
    text = ngettext(
        "The plan that fits in as much as could be found leaves {count} lecture without a place.",
        "The plan that fits in as much as could be found leaves {count} lectures without a place.",
        count,
    )
    told = text.format(count=count)
    if repair.least_unplaced >= count:
        told += " " + _("No plan leaves fewer: proved.")
    elif repair.least_unplaced > 0:
        text = _("At least {count} have none in any plan: proved.")
        told += " " + text.format(count=repair.least_unplaced)
    return told


def left_over_data(document: WhyNotDocument) -> dict[str, object] | None:
    """The same for machines; None where nothing is known of it."""
    repair = document.repair
    if repair is None:
        return None
    return {
        "lectures": [unplaced.lecture for unplaced in repair.unplaced],
        "at_least": repair.least_unplaced,
        "shortages": list(repair.shortages),
        "broken": _broken(document),
    }
