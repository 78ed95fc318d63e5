"""The plan of another export, judged as a school of its own against the plan before.

Where the two have the same lectures, the plan after is a timetable of the school before. Where lessons were added or
removed, or have other teachers, it is not: its clashes and journeys are those of its own people and rooms. So it is
judged as the school that it is, whose plan of today is the one before as far as that can be told in its lectures: then
free days, pins and moved lectures mean what they mean in the plan before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from untisopt.domain.calendar import Period
from untisopt.domain.events import with_compatible
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import Defect, InputError
from untisopt.i18n import _, ngettext
from untisopt.io.untis.rows.match import Altered, Match, match
from untisopt.results.score import Differences
from untisopt.rules import judge
from untisopt.service.reading.plan import Plan
from untisopt.wording import lecture_name, place

_ALIKE = 0.5
"""Share of the lectures of the smaller plan that two plans of one school have in common at least."""


def fits(school: School, timetable: Timetable) -> bool:
    """Whether a timetable can be judged in a school: its rooms, periods and coupling lines are known there."""
    as_is = school.as_is
    return all(
        found.period in school.grid
        and [len(rooms) for rooms in found.rooms] == [len(rooms) for rooms in as_is[id_].rooms]
        and all(room in school.rooms for rooms in found.rooms for room in rooms)
        for id_, found in timetable.items()
        if found is not as_is[id_]
    )


def refuse_strangers(one: Plan, other: Plan, matched: Match) -> None:
    """Refuse an export of another school.

    Raises
    ------
    InputError
        The two have too few lectures in common.
    """
    mismatch = matched.mismatch
    # Another teacher is an event in one school; lessons that only share their numbers differ in more than that.
    strange = sum(len(pair.fields) > 1 for pair in mismatch.altered)
    ours, theirs = len(one.school.lectures), len(other.school.lectures)
    common = ours - len(mismatch.lost) - strange
    smaller = min(ours, theirs)
    if common >= _ALIKE * smaller:
        return
    text = ngettext(
        "these do not look like exports of one school: of {smaller} lectures, {count} is in both",
        "these do not look like exports of one school: of {smaller} lectures, {count} are in both",
        common,
    )
    raise InputError(
        [
            Defect(
                file=other.source.path,
                expected=_("another plan of the school of {path}").format(path=one.source.path),
                found=text.format(smaller=smaller, count=common),
                advice=_("untisopt score {path} scores this plan alone").format(path=other.source.path),
            )
        ]
    )


def differences(one: School, other: School, matched: Match) -> Differences:
    """What the two plans do not have in common, in words."""
    mismatch = matched.mismatch
    return Differences(
        lost=tuple(_told(one, id_) for id_ in mismatch.lost),
        added=tuple(_told(other, id_) for id_ in mismatch.added),
        altered=tuple(_altered(one, other, pair) for pair in mismatch.altered),
        notes=(*matched.notes, *_other_weeks(one, other)),
    )


def _other_weeks(one: School, other: School) -> list[str]:
    ours, theirs = len(one.week_classes), len(other.week_classes)
    text = _("the plan before has {before} kinds of weeks and the plan after {after}; counts add up over all of them")
    return [] if ours == theirs else [text.format(before=ours, after=theirs)]


def _altered(one: School, other: School, pair: Altered) -> str:
    return f"{_told(one, pair.before)} -> {_told(other, pair.after)}"


def _told(school: School, lecture: str) -> str:
    teachers = ", ".join(school.lectures[lecture].teachers)
    return " ".join([place(school.as_is[lecture].period), lecture_name(school, lecture), teachers]).rstrip()


def judged_alone(one: Plan, other: Plan) -> Score:
    """The score of the second plan with its own lectures, people and rooms, by the policy of the first."""
    school = as_own_school(one, other)
    score = judge(school, other.school.as_is, one.policy.rules)
    # What the plan before does not have gets a place; nobody has to move for that.
    changes = {rule for rule, found in score.rules.items() if found.tier is Tier.CHANGES}
    return score.only(v for v in score.violations if v.rule not in changes or _moves(school, v))


def _moves(school: School, violation: Violation) -> bool:
    return not violation.facts.lectures or any(map(school.is_placed, violation.facts.lectures))


def as_own_school(one: Plan, other: Plan) -> School:
    """The school of the second plan, whose plan of today is the first one in its lectures.

    Lectures that the first plan does not have are without a place in it, as what an event adds is.
    """
    before, after = one.school, other.school
    back = match(other.export, one.export)
    known = {id_: _known(after, id_, found) for id_, found in back.timetable.items()}
    new = {*back.mismatch.lost, *(id_ for id_, found in known.items() if not _is_in(before, after, found))}
    blocks = tuple(part for block in after.blocks for part in _in_one_piece(block, known, new))
    # Every block that is new meets nobody.
    places = {**known, **after.aside(block for block in blocks if block.lectures[0] in new)}
    blocked = {**before.blocked, **{r: p for r, p in after.blocked.items() if not _knows(before, r)}}
    # Of one school there is one set of master data; the second export may hold fewer files than the first.
    known_grid = all(found.period in before.grid for found in after.as_is.values())
    strange_rooms = {name: replace(room, group=frozenset()) for name, room in after.rooms.items()}
    school = replace(
        after,
        grid=before.grid if known_grid else after.grid,
        teachers={**after.teachers, **before.teachers},
        grades={**after.grades, **before.grades},
        rooms={**strange_rooms, **before.rooms},
        sites={**after.sites, **before.sites},
        travel=before.travel,
        limits=before.limits,
        blocks=blocks,
        as_is=after.as_is.replace(places),
        blocked={resource: periods for resource, periods in blocked.items() if _knows(after, resource)},
        pinned=_pins(before, after, known, new),
    )
    # Nobody planned what clashes in the plan after: only the plan before shows what may be held at the same time.
    own = {resource: pairs for resource, pairs in after.compatible.items() if not _knows(before, resource)}
    return with_compatible(school, {**before.compatible, **own})


def _knows(school: School, resource: Resource) -> bool:
    kind, name = resource
    return name in {Kind.TEACHER: school.teachers, Kind.GRADE: school.grades, Kind.ROOM: school.rooms}[kind]


def _known(school: School, lecture: str, found: Placement) -> Placement:
    """The place before; the rooms are those after where the number of rooms has changed."""
    own = school.as_is[lecture]
    same = [len(rooms) for rooms in found.rooms] == [len(rooms) for rooms in own.rooms]
    return found if same else own.at(found.period)


def _is_in(before: School, after: School, found: Placement) -> bool:
    rooms = (room for several in found.rooms for room in several)
    return found.period in after.grid and all(room in before.rooms or room in after.rooms for room in rooms)


def _in_one_piece(block: Block, known: Mapping[str, Placement], new: set[str]) -> list[Block]:
    """The block, or its lectures one by one where they did not stand one behind the other before."""
    periods = [known[id_].period for id_ in block.lectures]
    first = periods[0]
    run = [Period(first.day, first.number + i) for i in range(len(periods))]
    are_new = [id_ in new for id_ in block.lectures]
    if all(are_new) or (periods == run and not any(are_new)):
        return [block]
    return [replace(block, id=id_, lectures=(id_,)) for id_ in block.lectures]


def _pins(before: School, after: School, known: Mapping[str, Placement], new: set[str]) -> dict[str, str]:
    """The pins of the plan before: on lectures of the same lesson at the same time."""
    pinned = {(before.lectures[id_].lesson, before.as_is[id_].period): why for id_, why in before.pinned.items()}
    found = {
        id_: pinned.get((lecture.lesson, known[id_].period))
        for id_, lecture in after.lectures.items()
        if id_ not in new
    }
    return {id_: why for id_, why in found.items() if why is not None}
