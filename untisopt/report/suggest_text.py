"""What `untisopt suggest` says: the ways to move a lecture, what each brings and whom it hits, or what forbids them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.domain.score import Tier
from untisopt.domain.ways import Effect, Obstacle, Way
from untisopt.i18n import _, ngettext
from untisopt.report import _counts
from untisopt.report._findings import findings, per_week
from untisopt.report._json import dumps
from untisopt.report._layout import heading, items, page, paragraph, table, title
from untisopt.report._moves import move_line, move_record, moved_runs, people, place_range
from untisopt.report.suggest_document import SuggestDocument
from untisopt.rules import CLASH_RULES
from untisopt.wording import decimal, enumerated, lecture_name

_SITE_CHANGES = ("teacher-site-changes", "grade-site-changes")
_MOST_GAINING = 3
_GAPS = "-gaps"


def suggest_text(document: SuggestDocument) -> str:
    """Render the ways to move a lecture, the best first; where there is none, what stands in the way."""
    lines = [*title(_("Ways to move {lecture}").format(lecture=_subject(document))), ""]
    if not document.found.ways:
        return page([*lines, *_nothing(document)])
    lines += paragraph(_found(document))
    lines += ["", *table(_overview(document))]
    lines += ["", *paragraph(_legend(document))]
    for number, way in enumerate(document.found.ways, 1):
        lines += _way(document, number, way)
    return page(lines)


def _subject(document: SuggestDocument) -> str:
    """The block that is to move: `Ma 7.1 (lesson 49) with Aho, Tue 1-2`."""
    school, block = document.school, document.found.block
    lecture = school.lectures[block.id]
    name = lecture_name(school, block.id)
    if lecture.teachers:
        name += " " + _("with {teachers}").format(teachers=", ".join(lecture.teachers))
    return f"{name}, {place_range(school.as_is[block.id].period, block.length)}"


def _found(document: SuggestDocument) -> str:
    count = len(document.found.ways)
    text = ngettext(
        "{count} way, the best one. It breaks no rule newly.",
        "{count} ways, the best first. None of them breaks a rule newly.",
        count,
    ).format(count=count)
    return text if document.found.complete else f"{text} {_cut_off()}"


def _cut_off() -> str:
    return _("Not all ways were examined, there are too many for the time; a longer --time-limit may find better ones.")


def _legend(document: SuggestDocument) -> str:
    """What the points mean."""
    parts = []
    moved = document.policy.rule("moved-lectures")
    if moved is not None:
        text = ngettext("a moved lecture costs {count} point", "a moved lecture costs {count} points", moved.weight)
        parts.append(text.format(count=moved.weight))
    change = document.policy.rule(_SITE_CHANGES[0])
    if change is not None and not change.missing(document.school):
        worth = change.weight * min(document.policy.effective_worth, len(document.school.lectures))
        text = ngettext(
            "a site change of a teacher saved brings {count} point",
            "a site change of a teacher saved brings {count} points",
            worth,
        )
        # A site change counts once a week class, and points are those of a mean week.
        parts.append(text.format(count=decimal(worth)))
    return _("Points: {rules}.").format(rules="; ".join(parts)) if parts else ""


# -- the table ---------------------------------------------------------------------------------------------------------


def _overview(document: SuggestDocument) -> list[list[str]]:
    head = [_("no."), _("to"), _("way"), _("rules mended"), _("site changes"), _("points"), _("lectures"), _("people")]
    rows = [_row(document, number, way) for number, way in enumerate(document.found.ways, 1)]
    shown = [i for i, name in enumerate(head) if i not in (3, 4) or any(row[i] for row in rows)]
    return [[row[i] for i in shown] for row in [head, *rows]]


def _row(document: SuggestDocument, number: int, way: Way) -> list[str]:
    teachers, grades = people(document.school, way.moves)
    return [
        str(number),
        place_range(_target(document, way), document.found.block.length),
        _kind(way),
        _signed(document, way.mended),
        _signed(document, sum(way.more.get(rule, 0) for rule in _SITE_CHANGES)),
        _signed(document, way.gain) or "0",
        str(len(way.moves)),
        str(len(teachers) + len(grades)),
    ]


def _target(document: SuggestDocument, way: Way) -> Period:
    first = document.found.block.lectures[0]
    return next(move.after.period for move in way.moves if move.lecture == first)


def _kind(way: Way) -> str:
    if way.blocks == 1:
        return _("alone")
    text = _("swap of {count}") if way.swap else _("chain of {count}")
    return text.format(count=way.blocks)


def _signed(document: SuggestDocument, amount: int) -> str:
    """A difference in a mean week, with its sign; empty for none."""
    if not amount:
        return ""
    return ("+" if amount > 0 else "-") + per_week(document.school, abs(amount))


# -- one way -----------------------------------------------------------------------------------------------------------


def _way(document: SuggestDocument, number: int, way: Way) -> list[str]:
    target = place_range(_target(document, way), document.found.block.length)
    head = _("{number}. To {place}: {kind}").format(number=number, place=target, kind=_kind(way))
    lines = [*heading(head), *(f"  {move_line(document.school, run)}" for run in _in_order(document, way.moves)), ""]
    return lines + items(way_lines(document, way))


def _in_order(document: SuggestDocument, moves: Sequence[Move]) -> list[MovedRun]:
    """The lecture that was asked for first."""
    own = document.found.block.lectures
    return sorted(moved_runs(document.school, moves), key=lambda run: run.first.lecture not in own)


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
    if way.worst is not None:
        lines.append(worst_line(document, way.worst))
    gaining = [effect for effect in reversed(way.effects) if effect.points < 0][:_MOST_GAINING]
    if gaining:
        names = enumerated(
            [f"{_name(effect)} ({'; '.join(_differences(document, effect.more, -1))})" for effect in gaining]
        )
        lines.append(_("Who gains most: {names}").format(names=names))
    return lines


def _differences(document: SuggestDocument, more: Mapping[str, int], sign: int) -> list[str]:
    """One phrase per rule that finds more (sign 1) or less (-1), but for those of the changes themselves."""
    phrases = []
    for rule in document.policy.rules:
        amount = sign * more.get(rule.id, 0)
        if amount > 0 and rule.tier is not Tier.CHANGES:
            text = _("{what}: {count} more a week") if sign > 0 else _("{what}: {count} fewer a week")
            phrases.append(text.format(what=rule.title, count=per_week(document.school, amount)))
    return phrases


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


# -- nothing is possible -----------------------------------------------------------------------------------------------


def _nothing(document: SuggestDocument) -> list[str]:
    obstacles = document.found.obstacles
    if not obstacles:
        return paragraph(_("There is no place that a lecture of this length could go to."))
    text = _("No way was found, alone or with up to three others. What stands in the way at each place:")
    lines = [
        *paragraph(text),
        "",
        *items(_free_places(document, obstacles)),
        *items(_taken_places(document, obstacles)),
    ]
    if not document.found.complete:
        lines += ["", *paragraph(_cut_off())]
    wish = f"{document.found.block.id} {place_range(obstacles[0].start, 1)}"
    command = f'untisopt why-not "{document.source.path}" --wish "{wish}"'
    text = _("What would have to give way for one of them: {command}")
    return [*lines, "", *paragraph(text.format(command=command))]


def _free_places(document: SuggestDocument, obstacles: Iterable[Obstacle]) -> list[str]:
    """Places at which everybody and every room is free: what forbids them, in sentences."""
    lines = []
    for obstacle in obstacles:
        if not any(rule in CLASH_RULES.values() for rule in obstacle.violations):
            where = place_range(obstacle.start, document.found.block.length)
            sentences = [
                finding.text
                for rule in document.policy.rules
                if rule.id in obstacle.violations
                for finding in findings(document.school, rule, [obstacle.violations[rule.id]])
            ]
            reason = "; ".join(sentences) or _("more lectures would move than the policy allows")
            lines.append(_("{place}: everybody is free, but {reason}").format(place=where, reason=reason))
    return lines


def _taken_places(document: SuggestDocument, obstacles: Iterable[Obstacle]) -> list[str]:
    """The other places by the rules that are in the way."""
    length = document.found.block.length
    places: dict[tuple[str, ...], list[str]] = {}
    for obstacle in obstacles:
        if any(rule in CLASH_RULES.values() for rule in obstacle.violations):
            titles = tuple(rule.title for rule in document.policy.rules if rule.id in obstacle.violations)
            places.setdefault(titles, []).append(place_range(obstacle.start, length))
    return [f"{', '.join(found)}: {', '.join(titles)}" for titles, found in places.items()]


# -- for machines ------------------------------------------------------------------------------------------------------


def suggest_data(document: SuggestDocument) -> dict[str, object]:
    """The same for machines; sentences are in the language in force."""
    found = document.found
    return {
        "format": 1,
        "path": document.source.path,
        "lectures": found.block.lectures,
        "from": {
            "day": document.school.as_is[found.block.id].period.day,
            "period": document.school.as_is[found.block.id].period.number,
        },
        "complete": found.complete,
        "examined": found.examined,
        "judged": found.judged,
        "ways": [_way_data(document, way) for way in found.ways],
        "obstacles": [
            {"day": o.start.day, "period": o.start.number, "rules": list(o.violations)} for o in found.obstacles
        ],
    }


def _way_data(document: SuggestDocument, way: Way) -> dict[str, object]:
    target = _target(document, way)
    teachers, grades = people(document.school, way.moves)
    return {
        "to": {"day": target.day, "period": target.number},
        "blocks": way.blocks,
        "swap": way.swap,
        "points": way.points,
        "mended": way.mended,
        "gain": way.gain,
        "rules": dict(way.more),
        "teachers": teachers,
        "grades": grades,
        "moves": [move_record(document.school, move) for move in way.moves],
        "worst": "" if way.worst is None else worst_line(document, way.worst),
        "effects": [_effect_data(effect) for effect in way.effects],
    }


def _effect_data(effect: Effect) -> dict[str, object]:
    return {
        "kind": effect.person[0].value,
        "name": effect.person[1],
        "points": effect.points,
        "rules": dict(effect.more),
        "gaps": effect.gaps,
        "moved": effect.moved,
        "other_day": effect.other_day,
        "other_rooms": effect.other_rooms,
    }


def suggest_json(document: SuggestDocument) -> str:
    """The same for machines, as JSON."""
    return dumps(suggest_data(document))
