"""What stands in the way of a lecture that cannot go anywhere, or nowhere alone: the nearest places first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from untisopt.domain.ways import Obstacle
from untisopt.i18n import _, ngettext
from untisopt.report.render.txt import items, paragraph
from untisopt.report.words.findings import findings
from untisopt.report.words.moves import place_range
from untisopt.results.suggest import SuggestDocument
from untisopt.rules import CLASH_RULES

NEAREST = 5
"""Places of which all is told; of the others, the rules are counted."""
NEAREST_ALONE = 3
"""The same where there are other ways."""
_SENTENCES = 2
"""How many a rule says of a place; where it has more to say, the first is enough."""

_Reasons = dict[str, tuple[str, ...]]
"""What stands in the way, in sentences, by rule."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A place, and what stands in the way of it; `rest` is what does not stand in the way everywhere."""

    obstacle: Obstacle
    reasons: _Reasons
    rest: _Reasons

    @property
    def order(self) -> tuple[int, int]:
        """The smaller, the nearer: rules, then sentences."""
        return len(self.rest), sum(map(len, self.rest.values()))


def nothing(document: SuggestDocument) -> list[str]:
    """Where there is no way: what stands in the way, and whom to ask what would have to give."""
    obstacles = document.found.obstacles
    if not obstacles:
        return paragraph(_("There is no place that a lecture of this length could go to."))
    if not document.found.block.lesson:
        return paragraph(_("It has no lesson number; such lectures stay where they are."))
    text = _("No way was found, alone or with up to three others. What stands in the way of going there alone:")
    nearest = place_range(_nearest(document).start, 1)
    ask = _("What would have to give way:")
    if len(obstacles) > 1:
        ask = _("What would have to give way for the nearest place:")
    command = f'untisopt why-not "{document.source.path}" --wish "{document.found.block.id} {nearest}"'
    return [
        *paragraph(text),
        "",
        *items(obstacle_lines(document, NEAREST)),
        "",
        *paragraph(ask),
        # A command that is broken over two lines cannot be copied.
        f"  {command}",
    ]


def not_alone(document: SuggestDocument) -> list[str]:
    """Where there are ways, but none alone: what stands in the way of it."""
    if not document.found.obstacles:
        return []
    return [
        *paragraph(_("Alone it cannot go anywhere. What stands in the way:")),
        "",
        *items(obstacle_lines(document, NEAREST_ALONE)),
    ]


def obstacle_lines(document: SuggestDocument, nearest: int) -> list[str]:
    """What stands in the way everywhere, at the nearest places, and how often which rule does at the others.

    Parameters
    ----------
    document : SuggestDocument
    nearest : int
        How many places are told of in full.
    """
    everywhere, elsewhere, places = _sorted(document)
    lines = []
    if everywhere:
        lines.append(_("wherever it goes: {reasons}").format(reasons=_told(everywhere)))
    if elsewhere:
        lines.append(_("on any other day: {reasons}").format(reasons=_told(elsewhere)))
    # One place more takes no more room than to say that there is one more.
    shown = places if len(places) <= nearest + 1 else places[:nearest]
    if any(place.rest for place in shown) or not lines:
        lines += [_line(document, place) for place in shown]
        lines += _others(document, places[len(shown) :])
    return lines


def _nearest(document: SuggestDocument) -> Obstacle:
    return _sorted(document)[-1][0].obstacle


def _sorted(document: SuggestDocument) -> tuple[_Reasons, _Reasons, list[_Place]]:
    """What stands in the way everywhere, what on any other day than today's, and the rest by place, nearest first."""
    obstacles = document.found.obstacles
    home = document.school.as_is[document.found.block.id].period.day
    reasons = [(obstacle, _reasons(document, obstacle)) for obstacle in obstacles]
    everywhere = _shared([told for _obstacle, told in reasons])
    elsewhere = _less(_shared([told for obstacle, told in reasons if obstacle.start.day != home]), everywhere)
    places = [_Place(o, told, _less(_less(told, everywhere), elsewhere)) for o, told in reasons]
    return everywhere, elsewhere, sorted(places, key=lambda place: place.order)


def _reasons(document: SuggestDocument, obstacle: Obstacle) -> _Reasons:
    return {
        rule.id: tuple(dict.fromkeys(it.text for it in findings(document.school, rule, obstacle.violations[rule.id])))
        for rule in document.policy.rules
        if rule.id in obstacle.violations
    }


def _shared(reasons: Sequence[_Reasons]) -> _Reasons:
    """What several places have in common; nothing where there is one place only."""
    if len(reasons) < 2:
        return {}
    first, *others = reasons
    common = {
        rule: tuple(text for text in texts if all(text in other.get(rule, ()) for other in others))
        for rule, texts in first.items()
    }
    return {rule: texts for rule, texts in common.items() if texts}


def _less(reasons: _Reasons, known: _Reasons) -> _Reasons:
    """Reasons that are not known yet."""
    left = {rule: tuple(t for t in texts if t not in known.get(rule, ())) for rule, texts in reasons.items()}
    return {rule: texts for rule, texts in left.items() if texts}


def _line(document: SuggestDocument, place: _Place) -> str:
    where = place_range(place.obstacle.start, document.found.block.length)
    if not place.rest:
        nothing_else = _("nothing else") if place.reasons else _("more lectures would move than the policy allows")
        return _("{place}: {reasons}").format(place=where, reasons=nothing_else)
    if any(rule in CLASH_RULES.values() for rule in place.reasons):
        return _("{place}: {reasons}").format(place=where, reasons=_told(place.rest))
    return _("{place}: everybody is free, but {reason}").format(place=where, reason=_told(place.rest))


def _told(reasons: _Reasons) -> str:
    """What the rules say, in their order: a sentence or two each, or one and how many more there are."""
    told: list[str] = []
    for texts in reasons.values():
        if len(texts) > _SENTENCES:
            more = len(texts) - 1
            text = ngettext("{reason} (and {count} more like it)", "{reason} (and {count} more like it)", more)
            told.append(text.format(reason=texts[0], count=more))
        else:
            told += texts
    return "; ".join(told)


def _others(document: SuggestDocument, places: Sequence[_Place]) -> list[str]:
    """One line on the places that are not told of: which rules stand in the way, and at how many."""
    if not places:
        return []
    counts = Counter(rule for place in places for rule in place.rest)
    titles = [(counts[rule.id], rule.title) for rule in document.policy.rules if counts[rule.id]]
    titles.sort(key=lambda it: -it[0])
    text = ngettext("{count} other place: {rules}", "{count} other places: {rules}", len(places))
    return [text.format(count=len(places), rules=", ".join(f"{title} ({count})" for count, title in titles))]
