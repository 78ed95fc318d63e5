"""One way to move a lecture, in words: what moves, what it brings, whom it hits worst, and what is like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.ways import Alike, Effect, Way
from untisopt.i18n import _, ngettext
from untisopt.report.score.text import PER_WEEK
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import findings, per_week
from untisopt.report.words.moves import move_line, moved_runs, people, place_range
from untisopt.results.suggest import SuggestDocument
from untisopt.wording import enumerated

_MOST_GAINING = 3
_MOST_PLACES = 8
_GAPS = "-gaps"


def target(document: SuggestDocument, way: Way) -> Period:
    """Where the lecture goes that was asked for."""
    first = document.found.block.lectures[0]
    return next(move.after.period for move in way.moves if move.lecture == first)


def kind(way: Way) -> str:
    """`alone`, `swap of 2`, `chain of 3`."""
    if way.blocks == 1:
        return _("alone")
    text = _("swap of {count}") if way.swap else _("chain of {count}")
    return text.format(count=way.blocks)


def signed(amount: int) -> str:
    """A difference with its sign; `0` for none."""
    return f"+{amount}" if amount > 0 else str(amount)


def move_lines(document: SuggestDocument, way: Way) -> list[str]:
    """One line per block, the one that was asked for first."""
    own = document.found.block.lectures
    runs = sorted(moved_runs(document.school, way.moves), key=lambda run: run.first.lecture not in own)
    return [move_line(document.school, run) for run in runs]


def way_lines(document: SuggestDocument, way: Way) -> list[str]:
    """What a way brings and costs, whom it hits worst, and who gains, one line each."""
    teachers, grades = people(document.school, way.moves)
    moving = sum(move.changes_period for move in way.moves)
    touched = _("{lectures}; {teachers} and {grades} notice it").format(
        lectures=_counts.moving(moving), teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades))
    )
    lines = [touched]
    for text, sign in ((_("Better: {what}"), -1), (_("Worse: {what}"), 1)):
        phrases = _differences(document, way.more, sign)
        if phrases:
            lines.append(text.format(what="; ".join(phrases)))
    if way.mended:
        lines.append(_total(way.points))
    if way.worst is not None:
        lines.append(worst_line(document, way.worst))
    gaining = [effect for effect in reversed(way.effects) if effect.points < 0][:_MOST_GAINING]
    if gaining:
        names = enumerated(
            [f"{_name(effect)} ({'; '.join(_differences(document, effect.more, -1))})" for effect in gaining]
        )
        lines.append(_("Who gains most: {names}").format(names=names))
    if way.alike:
        lines.append(_alike(document, way))
    return lines


def _differences(document: SuggestDocument, more: Mapping[str, int], sign: int) -> list[str]:
    """One phrase per rule that finds more (sign 1) or less (-1), with the counts of `untisopt score`."""
    return [
        _difference(document, rule.id, rule.title, sign * more[rule.id], sign)
        for rule in document.policy.rules
        if more.get(rule.id, 0) * sign > 0
    ]


def _difference(document: SuggestDocument, rule: str, title: str, amount: int, sign: int) -> str:
    if rule in PER_WEEK and len(document.school.week_classes) > 1:
        text = _("{what}: {count} more ({weekly} a week)") if sign > 0 else _("{what}: {count} fewer ({weekly} a week)")
        return text.format(what=title, count=amount, weekly=per_week(document.school, amount))
    text = _("{what}: {count} more") if sign > 0 else _("{what}: {count} fewer")
    return text.format(what=title, count=amount)


def _total(points: int) -> str:
    """How the total changes; a rule that is mended counts more than all that the points of the table say."""
    if points < 0:
        text = ngettext(
            "The total of `untisopt score` falls by {count} point",
            "The total of `untisopt score` falls by {count} points",
            -points,
        )
    else:
        text = ngettext(
            "The total of `untisopt score` rises by {count} point",
            "The total of `untisopt score` rises by {count} points",
            points,
        )
    return text.format(count=abs(points))


def _alike(document: SuggestDocument, way: Way) -> str:
    """How many other ways move the same lectures, and to which places, the best first."""
    text = ngettext(
        "{count} more with the same lectures: to {places}",
        "{count} more with the same lectures: to {places}",
        len(way.alike),
    )
    best: dict[Period, Alike] = {}
    for alike in way.alike:
        best.setdefault(alike.start, alike)
    places = [_place(document, way, alike) for alike in best.values()]
    more = ["..."] if len(places) > _MOST_PLACES else []
    return text.format(count=len(way.alike), places=", ".join([*places[:_MOST_PLACES], *more]))


def _place(document: SuggestDocument, way: Way, alike: Alike) -> str:
    """A place, and what is worse there than in the way that is shown."""
    where = place_range(alike.start, document.found.block.length)
    if alike.mended != way.mended:
        text = _("{place} (rules mended {mended}, points {points})")
    elif alike.gain != way.gain:
        text = _("{place} (points {points})")
    else:
        return where
    return text.format(place=where, mended=signed(alike.mended), points=signed(alike.gain))


def worst_line(document: SuggestDocument, effect: Effect) -> str:
    """One sentence on the one who loses most."""
    phrases = [*_worse(document, effect), *_more_gaps(document, effect), *_elsewhere(effect)]
    return _("Hit worst is {name}: {what}").format(name=_name(effect), what="; ".join(phrases) or _("nothing changes"))


def _more_gaps(document: SuggestDocument, effect: Effect) -> Iterable[str]:
    """Free periods between lectures, unless a rule says so already."""
    if effect.gaps > 0 and not any(rule.endswith(_GAPS) and amount > 0 for rule, amount in effect.more.items()):
        count = per_week(document.school, effect.gaps)
        yield _("{what}: {count} more a week").format(what=_("free periods between lectures"), count=count)


def _elsewhere(effect: Effect) -> Iterable[str]:
    """Lectures on another day, at another time, in another room."""
    other_time = effect.moved - effect.other_day
    counted = (
        (
            effect.other_day,
            ngettext("{count} lecture on another day", "{count} lectures on another day", effect.other_day),
        ),
        (other_time, ngettext("{count} lecture at another time", "{count} lectures at another time", other_time)),
        (
            effect.other_rooms,
            ngettext("{count} lecture in another room", "{count} lectures in another room", effect.other_rooms),
        ),
    )
    return (text.format(count=count) for count, text in counted if count)


def _name(effect: Effect) -> str:
    kind, name = effect.person
    return _("grade {name}").format(name=name) if kind is Kind.GRADE else name


def _worse(document: SuggestDocument, effect: Effect) -> Iterable[str]:
    """What is new about somebody, in sentences, for the rules that find more than today."""
    for rule in document.policy.rules:
        if effect.more.get(rule.id, 0) > 0:
            new = [violation for violation in effect.new if violation.rule == rule.id]
            yield from (finding.text for finding in findings(document.school, rule, new))
