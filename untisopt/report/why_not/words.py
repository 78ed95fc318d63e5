"""Conditions in the planner's words: what each demands, and what to write or do to give it up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.resources import Kind
from untisopt.i18n import _, ngettext
from untisopt.report.words.moves import place_range
from untisopt.report.words.opened import CLOSED_TIMES, TABLE, open_line
from untisopt.results.why_not import WayOut, WhyNotDocument
from untisopt.rules import PHYSICAL, Rule
from untisopt.wording import day_name, enumerated, lecture_name, lecture_names, place

_MOST_PLACES = 2
"""So many wished periods are looked at for what stands there today."""


def condition_text(document: WhyNotDocument, condition: Condition) -> str:
    """What a condition demands, as a sentence without a full stop."""
    words = _WORDS.get(condition.rule)
    if words is not None:
        return words(document, condition)
    name = condition.name
    if condition.kind is None and name:
        name = _lesson(document, condition) if name.isdigit() else lecture_name(document.school, name)
    what = _title(document, condition.rule)
    return _("not more than today: {what} ({name})").format(what=what, name=name or _("the school"))


def _title(document: WhyNotDocument, rule_id: str) -> str:
    rule = _rule(document, rule_id)
    return rule_id if rule is None else rule.title


def _rule(document: WhyNotDocument, rule_id: str) -> Rule | None:
    return next((rule for rule in document.policy.rules if rule.id == rule_id), None)


def is_physical(document: WhyNotDocument, condition: Condition) -> bool:
    """Whether nobody can give a condition up: one person is in one place at a time."""
    rule = _rule(document, condition.rule)
    return rule is not None and rule.firmness >= PHYSICAL


def _clash(document: WhyNotDocument, condition: Condition) -> str:
    if condition.kind is Kind.TEACHER:
        text = _("{name} cannot teach two lessons at once")
    elif condition.kind is Kind.GRADE:
        text = _("{name} cannot have two lessons at once")
    else:
        text = _("room {name} cannot hold two lessons at once")
    return text.format(name=condition.name) + _standing(document, condition)


def _standing(document: WhyNotDocument, condition: Condition) -> str:
    """What a person or room has today where the wish would go."""
    school = document.school
    periods = sorted({period for _lecture, period in document.places})
    if condition.kind is None or not 0 < len(periods) <= _MOST_PLACES:
        return ""
    wished = {lecture for lecture, _period in document.places}
    parts = []
    for period in periods:
        names = {
            lecture_name(school, lecture): None
            for week_class in range(len(school.week_classes))
            for lecture in sorted(school.today.at((condition.kind, condition.name), week_class, period))
            if lecture not in wished
        }
        if names:
            text = _("on {place} today: {lectures}")
            parts.append(text.format(place=place(period), lectures=enumerated(list(names))))
    return f" ({'; '.join(parts)})" if parts else ""


def _travel(_document: WhyNotDocument, condition: Condition) -> str:
    return _("{name} needs enough time for every journey between the sites").format(name=condition.name)


def _free_day(_document: WhyNotDocument, condition: Condition) -> str:
    text = _("{name} has no lecture on {day} so far, and that day stays free")
    return text.format(name=condition.name, day=day_name(condition.day or 0))


def _blocked(document: WhyNotDocument, condition: Condition) -> str:
    if condition.kind is None:
        return _title(document, condition.rule)
    periods = document.school.blocked.get((condition.kind, condition.name), frozenset())
    own = [period for period in periods if condition.day in (None, period.day)]
    places = enumerated(ranges(document.school.grid, own))
    return _("{name} is blocked on {places}").format(name=condition.name, places=places)


def ranges(grid: TimeGrid, periods: Iterable[Period]) -> list[str]:
    """Periods in as few words as possible: whole days, runs such as `Mon 3-4`, single ones."""
    found = []
    left = set(periods)
    for day in sorted({period.day for period in left}):
        own = sorted(period.number for period in left if period.day == day)
        if set(grid.numbers(day)) <= set(own):
            found.append(day_name(day))
            continue
        first = own[0]
        for number, following in zip(own, [*own[1:], None], strict=True):
            if following != number + 1:
                found.append(place_range(Period(day, first), number - first + 1))
                first = following or first
    return found


def counted(count: int) -> str:
    """A small number as a word."""
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six"), 7: _("seven")}
    return words.get(count, str(count))


def _grade_day(document: WhyNotDocument, condition: Condition) -> str:
    rule = _rule(document, condition.rule)
    person = (Kind.GRADE, condition.name)
    known = list(rule.infer(document.school.alone(person))) if rule is not None else []
    evidence = next((item.evidence for item in known if item.subject == condition.name), "")
    if not evidence:
        return _("{name} is taught only when it is taught today").format(name=condition.name)
    return _("{name} keeps the times of its day ({evidence})").format(name=condition.name, evidence=evidence)


def _closed(document: WhyNotDocument, condition: Condition) -> str:
    text = _("{lecture} stands at no time at which the whole school is free today")
    return text.format(lecture=lecture_name(document.school, condition.name))


def _pinned(document: WhyNotDocument, condition: Condition) -> str:
    school = document.school
    lectures = school.block_of[condition.name].lectures
    reasons = enumerated(sorted({school.pinned[id_] for id_ in lectures if id_ in school.pinned}))
    where = place_range(school.as_is[lectures[0]].period, len(lectures))
    return _("{lecture} stays on {place}: {reason}").format(
        lecture=lecture_names(school, lectures[:1]), place=where, reason=reasons
    )


def _block(document: WhyNotDocument, condition: Condition) -> str:
    text = _("the periods of {lecture} at {place} stay together and span no longer break than today")
    period: Period = document.school.as_is[condition.name].period
    where = place_range(period, document.school.block_of[condition.name].length)
    return text.format(lecture=lecture_name(document.school, condition.name), place=where)


def _lesson(document: WhyNotDocument, condition: Condition) -> str:
    block = document.school.blocks_of_lesson[int(condition.name)][0]
    return lecture_name(document.school, block.id)


def _once_a_day(document: WhyNotDocument, condition: Condition) -> str:
    text = _("{lecture} stands no more often on one day than today")
    return text.format(lecture=_lesson(document, condition))


def _gaps(_document: WhyNotDocument, condition: Condition) -> str:
    return _("{name} gets no more free periods between its lectures than today").format(name=condition.name)


def _most_changes(document: WhyNotDocument, _condition: Condition) -> str:
    most = document.policy.max_changes or 0
    text = ngettext(
        "at most {count} lecture moves (--max-changes)", "at most {count} lectures move (--max-changes)", most
    )
    return text.format(count=most)


_WORDS: Mapping[str, Callable[[WhyNotDocument, Condition], str]] = {
    "teacher-clash": _clash,
    "grade-clash": _clash,
    "room-clash": _clash,
    "teacher-travel": _travel,
    "grade-travel": _travel,
    "teacher-free-day": _free_day,
    "availability": _blocked,
    "grade-day": _grade_day,
    CLOSED_TIMES: _closed,
    "pinned": _pinned,
    "block-kept": _block,
    "lesson-once-a-day": _once_a_day,
    "grade-gaps": _gaps,
    MOST_CHANGES: _most_changes,
}


# -- giving up -------------------------------------------------------------------------------------------------------


def policy_lines(document: WhyNotDocument, way: WayOut) -> list[str]:
    """What to write into untisopt.toml for a way; empty where no line can say it."""
    if way.other_rooms:
        return ["[rooms]", 'change = "same-kind"']
    lines: list[str] = []
    for rule_id in dict.fromkeys(condition.rule for condition in way.given_up):
        lines += _lines_of(document, way, rule_id)
    return lines


def _lines_of(document: WhyNotDocument, way: WayOut, rule_id: str) -> list[str]:
    if rule_id == MOST_CHANGES:
        return ["[goal]", f"max_changes = {way.plan.moved}"]
    if rule_id == CLOSED_TIMES:
        facts = (violation.facts for violation in way.meant if violation.rule == CLOSED_TIMES)
        times = ((found.day, number) for found in facts for number in found.periods if found.day is not None)
        return [TABLE, open_line(document.policy, times)]
    rule = _rule(document, rule_id)
    if rule is None or rule_id in _BY_HAND:
        return []
    known = rule.exceptions
    if known is None:
        return [f"[rules.{rule_id}]", "enabled = false"]
    names = dict.fromkeys((*known, *(c.name for c in way.given_up if c.rule == rule_id)))
    return [f"[rules.{rule_id}]", f"except = [{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"]


def already_there(document: WhyNotDocument, way: WayOut) -> list[str]:
    """Where the policy file has a table of that name already: TOML allows a table only once."""
    stated = document.policy.stated
    tables = [line for line in policy_lines(document, way) if line.startswith("[")]
    known = []
    for table in tables:
        keys = _GOAL_KEYS.get(table)
        rule = table.removeprefix("[rules.").removesuffix("]")
        has_it = any(name.startswith(f"{rule}.") for name in stated) if keys is None else not stated.isdisjoint(keys)
        if has_it:
            known.append(table)
    text = _("{table} is in the policy file already: replace the line there, or add it to that table.")
    return [text.format(table=table) for table in known]


_GOAL_KEYS: Mapping[str, tuple[str, ...]] = {
    "[goal]": ("worth", "max_changes"),
    "[rooms]": ("room_changes",),
    TABLE: ("opened",),
}


def rooms_advice(document: WhyNotDocument) -> list[str]:
    """What helps where an event leaves lectures without a room."""
    used = sorted({room for stuck in document.stuck for room in stuck.rooms})
    if not used:
        return []
    found = []
    if not document.rooms_change and document.ways_complete:
        found.append(_("Other rooms of the same kind (--room-changes same-kind) do not help either."))
    elif not document.rooms_change:
        found.append(_("Let lectures have other rooms of the same kind: --room-changes same-kind."))
    text = _("Give these lessons another room than {rooms} in Untis, if need be at another site.")
    return [*found, text.format(rooms=enumerated(used))]


def by_hand(document: WhyNotDocument, way: WayOut) -> list[str]:
    """What no line of the policy can say: what the planner has to do, one sentence each."""
    if way.other_rooms:
        return [_("Or on the command line: --room-changes same-kind.")]
    return list(dict.fromkeys(_by_hand(document, way.given_up)))


def _by_hand(document: WhyNotDocument, given_up: Iterable[Condition]) -> Iterator[str]:
    for condition in given_up:
        words, rule = _BY_HAND.get(condition.rule), _rule(document, condition.rule)
        if words is not None:
            yield words(document, condition)
        elif condition.rule == MOST_CHANGES:
            yield _("Or on the command line a larger --max-changes.")
        elif condition.rule != CLOSED_TIMES and (rule is None or rule.exceptions is None):
            yield _("This switches the rule off for everybody; look at the other findings of a repair then.")


def _clash_by_hand(document: WhyNotDocument, condition: Condition) -> str:
    if condition.kind is Kind.ROOM:
        text = _("Give one of the lessons another room than {name}, in Untis or with --room-changes same-kind.")
        if document.rooms_change:
            text = _("Give one of the lessons another room than {name} in Untis, of another kind or at another site.")
    elif condition.kind is Kind.TEACHER:
        text = _("Nobody can be in two places: give one of the lessons of {name} to somebody else.")
    else:
        text = _("Nobody can be in two places: {name} would have to be divided, or its lessons coupled.")
    return text.format(name=condition.name)


def _blocked_by_hand(document: WhyNotDocument, condition: Condition) -> str:
    mine = {(times.kind, times.name) for times in document.policy.blocked}
    text = _("Take the time request of {name} on {day} out of Untis (GPU016), or change it.")
    if (condition.kind, condition.name) in mine:
        text = _("Take the periods of {name} on {day} out of [[blocked]] in untisopt.toml.")
    return text.format(name=condition.name, day=day_name(condition.day or 0))


def _pin_by_hand(document: WhyNotDocument, condition: Condition) -> str:
    text = _(
        "Take the pin of {lecture} away: in untisopt.toml ([pins]), on the command line (--pin) or in Untis. If it is "
        "one of a teacher, class, room, subject or day, pin the other lessons one by one instead."
    )
    return text.format(lecture=lecture_name(document.school, condition.name))


_BY_HAND: Mapping[str, Callable[[WhyNotDocument, Condition], str]] = {
    "teacher-clash": _clash_by_hand,
    "grade-clash": _clash_by_hand,
    "room-clash": _clash_by_hand,
    "availability": _blocked_by_hand,
    "pinned": _pin_by_hand,
}
