"""Site changes, day by day, and rooms that look like a site of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Score
from untisopt.i18n import _
from untisopt.results.check import SiteChange
from untisopt.results.source import SiteSuggestion
from untisopt.rules import SITE_CHANGE_RULES, TRAVEL_RULES

_FEWEST_ROOMS = 3
# A branch is the smaller part of a school, and more than a gym or a pair of laboratories.
_SHARE_OF_LECTURES = (0.05, 0.5)
# Rooms of one subject keep people apart as well, but only a site teaches many subjects. A share alone would not do:
# the many course names of upper years stand for few subjects.
_MANY_SUBJECTS = 8
_SHARE_OF_SUBJECTS = 1 / 3
# How often people cross, relative to a plan in which rooms were drawn by lot.
_MOST_CROSSINGS = 0.4
_MOST_SUGGESTIONS = 3


def site_changes(school: School, score: Score) -> tuple[SiteChange, ...]:
    """The site changes that the score holds, those that differ in the week class only taken together."""
    found: defaultdict[tuple[Kind, Facts], list[int]] = defaultdict(list)
    short = {_key(kind, violation.facts) for kind, rule in TRAVEL_RULES.items() for violation in score.of(rule)}
    for kind, rule in SITE_CHANGE_RULES.items():
        for violation in score.of(rule):
            facts = violation.facts
            key = Facts(name=facts.name, day=facts.day, periods=facts.periods, sites=facts.sites)
            if facts.week_class is not None:
                found[kind, key].append(facts.week_class)
    changes = [
        _change(school, kind, facts, classes, any(_key(kind, facts, c) in short for c in classes))
        for (kind, facts), classes in found.items()
    ]
    order = list(SITE_CHANGE_RULES)
    return tuple(sorted(changes, key=lambda c: (order.index(c.kind), c.name, c.day, c.before, c.week_classes)))


def _key(kind: Kind, facts: Facts, week_class: int | None = None) -> tuple[object, ...]:
    return kind, facts.name, facts.day, facts.periods, facts.week_class if week_class is None else week_class


def _change(school: School, kind: Kind, facts: Facts, classes: list[int], too_short: bool) -> SiteChange:
    day, (before, after), (origin, target) = facts.day or 0, facts.periods, facts.sites
    return SiteChange(
        kind=kind,
        name=facts.name,
        day=day,
        before=before,
        after=after,
        origin=origin,
        target=target,
        minutes=school.grid.minutes_between(day, before, after),
        needed=school.travel.between(origin, target),
        too_short=too_short,
        week_classes=tuple(sorted(set(classes))),
    )


def suggest_sites(school: School) -> tuple[SiteSuggestion, ...]:
    """Beginnings of room names that may stand for a site; empty where sites are known.

    A beginning (the first character, or the letters in front of the first digit, blank, point or dash) is suggested if
    the rooms that have it are at least three, hold 5 to 50 % of the lectures in many subjects, and teachers and grades
    cross between them and the other rooms much less often from one period to the next than they would if rooms were
    drawn by lot. This is a guess from names and habits, no more.
    """
    if len(school.sites) > 1:
        return ()
    room_of = {id_: rooms[0] for id_, place in school.as_is.items() for rooms in [sum(place.rooms, ())] if rooms}
    subjects = {id_: school.lectures[id_].subjects for id_ in room_of}
    all_subjects = {subject for names in subjects.values() for subject in names}
    enough = min(_MANY_SUBJECTS, _SHARE_OF_SUBJECTS * len(all_subjects))
    ranked = []
    for prefix in _beginnings(room_of.values()):
        inside = {id_ for id_, room in room_of.items() if room.startswith(prefix)}
        rooms = tuple(sorted({room_of[id_] for id_ in inside}))
        share = len(inside) / len(room_of)
        taught = {subject for id_ in inside for subject in subjects[id_]}
        fits = _SHARE_OF_LECTURES[0] <= share <= _SHARE_OF_LECTURES[1] and len(rooms) >= _FEWEST_ROOMS
        if not fits or len(taught) < enough:
            continue
        crossings = _crossings(school, room_of, inside) / (2 * share * (1 - share))
        if crossings <= _MOST_CROSSINGS:
            name = _common_word(school, rooms) or _("Branch")
            ranked.append((crossings, SiteSuggestion(name=name, pattern=f"{prefix}*", rooms=rooms, lectures=share)))
    ranked.sort(key=lambda pair: (pair[0], pair[1].pattern))
    return _apart(suggestion for _crossed, suggestion in ranked)


def _beginnings(rooms: Iterable[str]) -> list[str]:
    found = set()
    for room in rooms:
        found.add(room[0])
        word = re.match(r"[^\W\d_]+", room)
        if word:
            found.add(word[0])
    # Characters that mean something in a shell pattern cannot be named that way.
    return sorted(prefix for prefix in found if not set(prefix) & set("*?["))


def _crossings(school: School, room_of: dict[str, str], inside: set[str]) -> float:
    """Share of the steps from one occupied period to the next of a day that lead into or out of the rooms."""
    steps = crossed = 0
    for resource, week_class, day in school.today.days:
        if resource[0] is Kind.ROOM or week_class:
            continue
        sides = [
            occupied.lectures[0] in inside
            for occupied in school.today.day(resource, week_class, day)
            if occupied.lectures[0] in room_of
        ]
        steps += max(0, len(sides) - 1)
        crossed += sum(one != other for one, other in pairwise(sides))
    return crossed / steps if steps else 1.0


def _common_word(school: School, rooms: tuple[str, ...]) -> str:
    """A first word that many long names of these rooms share and those of no other room have."""
    words = defaultdict(list)
    for room in school.rooms.values():
        first = room.long_name.split(" ")[0]
        if first:
            words[first].append(room.name)
    for word, named in sorted(words.items()):
        if set(named) <= set(rooms) and len(named) * 3 >= len(rooms):
            return word
    return ""


def _apart(suggestions: Iterator[SiteSuggestion]) -> tuple[SiteSuggestion, ...]:
    """The best suggestions whose rooms do not overlap."""
    taken: set[str] = set()
    chosen: list[SiteSuggestion] = []
    for suggestion in suggestions:
        if taken.isdisjoint(suggestion.rooms) and len(chosen) < _MOST_SUGGESTIONS:
            chosen.append(suggestion)
            taken.update(suggestion.rooms)
    return tuple(chosen)
