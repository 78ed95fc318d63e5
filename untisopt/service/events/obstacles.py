"""Why a lecture has no place: what stands in the way at its best places, found without the solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.events import Requirements, with_compatible
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Placement, Timetable
from untisopt.i18n import _
from untisopt.policy import Policy
from untisopt.report.words.findings import findings
from untisopt.rules import CLASH_RULES, Rule, judge
from untisopt.wording import place

SHOWN = 3
"""Places that are told per lecture."""
MOST_OBSTACLES = 3

Obstacles = tuple[tuple[int, int], tuple[str, ...]]


def obstacles(
    school: School, policy: Policy, required: Requirements, timetable: Timetable, block: Block
) -> tuple[Obstacles, ...]:
    """The places at which the least stands in the way of a block that has no place.

    Parameters
    ----------
    school : School
        After the event.
    policy : Policy
    required : Requirements
    timetable : Timetable
        The repaired plan; the block stands on a weekday below 1.
    block : Block

    Returns
    -------
    tuple of ((int, int), tuple of str)
        Weekday and period of the first lecture, and a sentence per obstacle; those with the fewest first, and among
        these those at which nobody would be needed twice: a rule may give way. Places that an event rules out are only
        told where there are no others.
    """
    rules = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
    starts = school.grid.starts(block.length)
    # What the event rules out needs no look at the rules unless nothing else is left.
    open_ = [start for start in starts if not _rules_out(school, required, timetable, block, start)]
    found = []
    for start in open_ or starts:
        clashes, told = _at(school, rules, required, timetable, block, start)
        sentences = tuple(dict.fromkeys(told))
        found.append(((len(sentences), clashes, start), sentences))
    found.sort(key=lambda item: item[0])
    return tuple(((start.day, start.number), why[:MOST_OBSTACLES]) for (_n, _c, start), why in found[:SHOWN])


def _rules_out(school: School, required: Requirements, timetable: Timetable, block: Block, start: Period) -> bool:
    """Whether an event itself says something against a place."""
    return any(True for _sentence in _stated(school, required, placed_at(school, timetable, block, start), block, ()))


def placed_at(school: School, timetable: Timetable, block: Block, start: Period) -> Timetable:
    """The plan with a block at a place."""
    run = school.grid.run(start, block.length)
    return timetable.replace(
        {id_: Placement(period, timetable[id_].rooms) for id_, period in zip(block.lectures, run, strict=True)}
    )


def everywhere(school: School, required: Requirements, block: Block) -> tuple[str, ...]:
    """What stands in the way of a block at every place: somebody or a room without a stand-in is missing all week."""
    week = school.grid.periods
    found = []
    for (kind, name), periods in sorted(required.vacated.items()):
        if not periods.issuperset(week):
            continue
        if any((kind, name) in school.people[lecture] for lecture in block.lectures):
            found.append(_("{name} is away all week").format(name=name))
        elif kind is Kind.ROOM and _uses(school, block, name) and not _stand_ins(school, name):
            found.append(_("{name} is closed all week, and no other room of its kind is known").format(name=name))
    return tuple(found)


def _uses(school: School, block: Block, room: str) -> bool:
    return any(room in rooms for lecture in block.lectures for rooms in school.as_is[lecture].rooms)


def _stand_ins(school: School, room: str) -> list[str]:
    return sorted(school.rooms[room].group - {room})


def _at(
    school: School,
    rules: Sequence[Rule],
    required: Requirements,
    timetable: Timetable,
    block: Block,
    start: Period,
) -> tuple[bool, list[str]]:
    """Whether somebody would be needed twice at a place; what the event itself says against it, and what rules do."""
    tried = placed_at(school, timetable, block, start)
    stated, new = against(school, rules, required, timetable, tried, block)
    by_rule: dict[str, list[Violation]] = {}
    for violation in new:
        by_rule.setdefault(violation.rule, []).append(violation)
    by_id = {rule.id: rule for rule in rules}
    broken = [found.text for id_, several in by_rule.items() for found in findings(school, by_id[id_], several)]
    return not by_rule.keys().isdisjoint(CLASH_RULES.values()), [*stated, *broken]


def against(
    school: School,
    rules: Sequence[Rule],
    required: Requirements,
    timetable: Timetable,
    tried: Timetable,
    block: Block,
    orders: Sequence[str] = (),
) -> tuple[list[str], list[Violation]]:
    """What stands against another place of a block.

    Parameters
    ----------
    school : School
        After the event.
    rules : sequence of Rule
    required : Requirements
    timetable, tried : Timetable
        The plan, and the same plan with the block elsewhere.
    block : Block
    orders : sequence of str
        The events that say where the block has to be or must not be, in words; empty: they are not named.

    Returns
    -------
    tuple of (list of str, list of Violation)
        What the event itself says, in words, and what the rules find about the block that they do not find in the plan.
    """
    stated = list(_stated(school, required, tried, block, orders))
    part = school.part_around(timetable, tried)
    with_compatible(part, school.compatible)
    before = {_key(v) for v in judge(part, timetable.only(part.lectures), rules).violations}
    new = []
    for violation in judge(part, tried.only(part.lectures), rules).violations:
        own = set(block.lectures).intersection(violation.facts.lectures) or not violation.facts.lectures
        if violation.rule == "availability" and stated:
            continue  # the event has said so already
        if own and _key(violation) not in before:
            new.append(violation)
    return stated, new


def _key(violation: Violation) -> object:
    return violation.rule, violation.facts, violation.amount


def _stated(
    school: School, required: Requirements, timetable: Timetable, block: Block, orders: Sequence[str]
) -> Iterator[str]:
    """What the event itself says against a place."""
    periods = [timetable[lecture].period for lecture in block.lectures]
    yield from _told(_("nobody is taught at {place} any more"), [p for p in periods if p in required.dropped])
    kept = [timetable[id_].period for id_ in block.lectures if _is_forbidden(required, timetable, id_)]
    yield from orders if kept and orders else _told(_("an event keeps it from {place}"), kept)
    for kind, name in _used(school, timetable, block):
        text = _("{name} is closed at {place}") if kind is Kind.ROOM else _("{name} is away at {place}")
        away = [period for period in periods if period in required.vacated.get((kind, name), ())]
        yield from _told(text, away, name=name)
    yield from _apart(school, required, timetable, block, periods[0])
    for lecture in block.lectures:
        for i, found in enumerate(timetable[lecture].rooms):
            for room in found:
                if room in required.unfit.get((lecture, i), ()):
                    yield _("room {room} is too small").format(room=room)


def _apart(school: School, required: Requirements, timetable: Timetable, block: Block, start: Period) -> Iterator[str]:
    """Lessons that have to be held at the same time and are not."""
    for one, other in required.together:
        if block.lesson in (one, other):
            blocks = school.blocks_of_lesson.get(other if block.lesson == one else one, ())
            if start not in {timetable[partner.lectures[0]].period for partner in blocks}:
                yield _("lessons {one} and {other} are not held at the same time").format(one=one, other=other)


def _is_forbidden(required: Requirements, timetable: Timetable, lecture: str) -> bool:
    return timetable[lecture].period in required.forbidden.get(lecture, ())


def _used(school: School, timetable: Timetable, block: Block) -> dict[tuple[Kind, str], None]:
    """The people and rooms of a block."""
    return {used: None for id_ in block.lectures for used in school.resources_of(id_, timetable[id_])}


def _told(text: str, periods: Sequence[Period], **names: str) -> Iterator[str]:
    """A sentence about periods of one day, `Mon 3-4`; none where there are none."""
    if periods:
        last = f"-{periods[-1].number}" if len(periods) > 1 else ""
        yield text.format(place=place(periods[0]) + last, **names)
