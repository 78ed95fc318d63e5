"""A quick look at what a chain brings: in what order thousands of them are to be judged by the rules themselves.

It counts site changes, journeys that are too short, gaps of grades and what the changes themselves cost, day by day and
person by person; nothing that it says reaches anybody without being judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from untisopt.domain.resources import Kind
from untisopt.domain.school import OccupiedPeriod, Resource
from untisopt.domain.score import Tier
from untisopt.rules import SITE_CHANGE_RULES, TRAVEL_RULES, Rule
from untisopt.rules.bases.measured import Measured, MeasuredRule
from untisopt.rules.bases.site_change_cap import certain_changes
from untisopt.rules.days.grade_gaps import GradeGaps, gaps_of
from untisopt.rules.sites.travel import too_short
from untisopt.solve.suggest.board import Board, Chain, Spot

_GAPS, _MOVED, _ROOMS = "grade-gaps", "moved-lectures", "changed-rooms"
_KNOWN = frozenset((_GAPS, _MOVED, _ROOMS, *SITE_CHANGE_RULES.values(), *TRAVEL_RULES.values()))

NOWHERE: frozenset[str] = frozenset()


class Estimate(NamedTuple):
    """What the screen says about a chain, or about somebody: the smaller, the better.

    Parameters
    ----------
    broken : int
        How much more is broken of the rules of the first tier that it knows, for anybody, nothing mended set off.
    points : int
        In points of the objective; negative: it gains.
    """

    broken: int
    points: int


class _Entry(NamedTuple):
    """A lecture on somebody's day."""

    number: int
    block: str
    lecture: str
    weeks: int


class _Facts(NamedTuple):
    """What is counted on a day in one week class: gaps, site changes, those too short, and by measuring rule."""

    gaps: int
    changes: int
    short: int
    amounts: tuple[int, ...]


Changes = tuple[tuple[str, Spot], ...]


class Screen:
    """Estimates what chains bring.

    Parameters
    ----------
    board : Board
    rules : sequence of Rule
        Those that are on and can be judged.
    factors : mapping of str to int
        Points per unit of every rule that counts, by rule id.
    """

    def __init__(self, board: Board, rules: Sequence[Rule], factors: Mapping[str, int]) -> None:
        self._board = board
        self._school = board.school
        self._factors = factors
        self._gap_rule = next((rule for rule in rules if isinstance(rule, GradeGaps)), None)
        self._measured = {
            kind: tuple(r for r in rules if isinstance(r, MeasuredRule) and r.kind is kind) for kind in Kind
        }
        self._hard = frozenset(rule.id for rule in rules if rule.tier is Tier.RULES)
        self._travellers = board.school.travellers
        self._classes = range(len(board.school.week_classes))
        self._every_week = (1 << len(self._classes)) - 1
        self._estimates: dict[tuple[Resource, Changes], Estimate] = {}
        self._facts: dict[tuple[Resource, int, tuple[str, ...], Changes], tuple[_Facts, ...]] = {}
        self._entries: dict[tuple[Resource, int], tuple[_Entry, ...]] = {}
        self._people: dict[str, tuple[Resource, ...]] = {}

    def knows(self, rule: Rule) -> bool:
        """Whether the screen counts what a rule finds."""
        return rule.id in _KNOWN or isinstance(rule, MeasuredRule)

    def estimate(self, chain: Chain) -> Estimate:
        """What a chain breaks and costs, as far as the screen sees."""
        broken = points = 0
        for block, spot in chain.items():
            if spot.start != self._board.home(block):
                points += self._factors.get(_MOVED, 0) * self._board.blocks[block].length
            points += self._factors.get(_ROOMS, 0) * len(spot.rooms)
        for person, changes in self._concerned(chain).items():
            of_person = self._of_person(person, tuple(changes))
            broken += of_person.broken
            points += of_person.points
        return Estimate(broken, points)

    def leaves_gap(self, chain: Chain) -> bool:
        """Whether a chain leaves a grade with a free period in between that it does not have today."""
        concerned = self._concerned(chain)
        return any(self._new_gaps(p, tuple(c)) for p, c in concerned.items() if p[0] is Kind.GRADE)

    def more_gaps(self, person: Resource, chain: Chain) -> int:
        """How many more free periods between lectures somebody has, over all week classes; negative: fewer."""
        changes = tuple(self._concerned(chain).get(person, ()))
        return sum(
            now.gaps - then.gaps for day in self._days(changes) for now, then in self._compared(person, day, changes)
        )

    # -- people ------------------------------------------------------------------------------------------------------

    def _concerned(self, chain: Chain) -> dict[Resource, list[tuple[str, Spot]]]:
        """Whom a chain touches, and by which of its blocks."""
        found: dict[Resource, list[tuple[str, Spot]]] = {}
        for change in chain.items():
            for person in self._people_of(change[0]):
                found.setdefault(person, []).append(change)
        return found

    def _people_of(self, block: str) -> tuple[Resource, ...]:
        if block not in self._people:
            lectures = self._board.blocks[block].lectures
            self._people[block] = tuple(sorted({p for id_ in lectures for p in self._school.people[id_]}))
        return self._people[block]

    def _of_person(self, person: Resource, changes: Changes) -> Estimate:
        key = (person, changes)
        if key not in self._estimates:
            gaps = self._new_gaps(person, changes)
            more, short = self._journeys(person, changes)
            points = self._factors.get(_GAPS, 0) * gaps
            points += (
                self._factors.get(SITE_CHANGE_RULES[person[0]], 0) * more
                + self._factors.get(TRAVEL_RULES[person[0]], 0) * short
            )
            broken = gaps if _GAPS in self._hard else 0
            broken += max(0, short) if TRAVEL_RULES[person[0]] in self._hard else 0
            for i, rule in enumerate(self._measured[person[0]]):
                surplus = self._surplus(rule, i, person, changes)
                points += self._factors.get(rule.id, 0) * surplus
                broken += max(0, surplus) if rule.tier is Tier.RULES else 0
            self._estimates[key] = Estimate(broken, points)
        return self._estimates[key]

    def _days(self, changes: Changes) -> list[int]:
        """The days that changes touch."""
        return sorted({day for block, spot in changes for day in (self._board.home(block).day, spot.start.day)})

    def _new_gaps(self, person: Resource, changes: Changes) -> int:
        """Gaps of a grade beyond those of today that the rule forbids, over all week classes."""
        if self._gap_rule is None or person[0] is not Kind.GRADE or self._gap_rule.is_exempt(self._school, person[1]):
            return 0
        return sum(
            max(0, now.gaps - then.gaps)
            for day in self._days(changes)
            for now, then in self._compared(person, day, changes)
        )

    def _journeys(self, person: Resource, changes: Changes) -> tuple[int, int]:
        """How many more site changes, and how many more that leave too little time."""
        if person not in self._travellers:
            return 0, 0
        pairs = [pair for day in self._days(changes) for pair in self._compared(person, day, changes)]
        return (
            sum(now.changes - then.changes for now, then in pairs),
            sum(now.short - then.short for now, then in pairs),
        )

    def _surplus(self, rule: Measured, index: int, person: Resource, changes: Changes) -> int:
        """How much more a rule finds that measures days and compares them with a limit."""
        days = self._days(changes)
        pairs = {day: self._compared(person, day, changes) for day in days}
        more = 0
        for week_class in self._classes:
            limit = rule.limit(self._school, person[1], week_class)
            if limit is None:
                continue
            amounts = [
                (pairs[day][week_class][0].amounts[index], pairs[day][week_class][1].amounts[index]) for day in days
            ]
            if not rule.day_by_day:
                rest = (
                    self._of_day(person, day, (), ())[week_class] for day in self._school.grid.days if day not in days
                )
                other = sum(facts.amounts[index] for facts in rest)
                amounts = [(other + sum(now for now, _then in amounts), other + sum(then for _now, then in amounts))]
            more += sum(max(0, now - limit) - max(0, then - limit) for now, then in amounts)
        return more

    # -- days --------------------------------------------------------------------------------------------------------

    def _compared(self, person: Resource, day: int, changes: Changes) -> list[tuple[_Facts, _Facts]]:
        """Per week class: somebody's day with changes, and today."""
        gone = tuple(block for block, _spot in changes if self._board.home(block).day == day)
        come = tuple(change for change in changes if change[1].start.day == day)
        return list(zip(self._of_day(person, day, gone, come), self._of_day(person, day, (), ()), strict=True))

    def _of_day(self, person: Resource, day: int, gone: tuple[str, ...], come: Changes) -> tuple[_Facts, ...]:
        """Per week class: what is counted on a day without some blocks and with others."""
        key = (person, day, gone, come)
        if key not in self._facts:
            entries = [entry for entry in self._today(person, day) if entry.block not in gone]
            for block, spot in come:
                for lecture, place in self._board.placements(block, spot).items():
                    weeks = self._school.people[lecture].get(person, 0)
                    entries.append(_Entry(place.period.number, block, lecture, weeks))
            entries.sort()
            chain = dict(come)
            # Where all week classes are alike, one is enough.
            alike = all(entry.weeks == self._every_week for entry in entries)
            looked_at = self._classes[:1] if alike else self._classes
            found = tuple(
                self._count(person, day, self._occupied(person, week_class, entries, chain)) for week_class in looked_at
            )
            self._facts[key] = found * len(self._classes) if alike else found
        return self._facts[key]

    def _today(self, person: Resource, day: int) -> tuple[_Entry, ...]:
        key = (person, day)
        if key not in self._entries:
            lectures = self._school.lectures_of[person]
            self._entries[key] = tuple(
                _Entry(number, self._school.block_of[id_].id, id_, self._school.people[id_][person])
                for id_ in lectures
                for at, number in (self._school.as_is[id_].period,)
                if at == day
            )
        return self._entries[key]

    def _occupied(
        self, person: Resource, week_class: int, entries: Sequence[_Entry], chain: Chain
    ) -> list[OccupiedPeriod]:
        with_sites = person in self._travellers
        lectures: dict[int, tuple[str, ...]] = {}
        sites: dict[int, frozenset[str]] = {}
        for number, block, lecture, weeks in entries:
            if not weeks >> week_class & 1:
                continue
            lectures[number] = (*lectures.get(number, ()), lecture)
            if with_sites:
                spot = chain.get(block)
                place = self._school.as_is[lecture] if spot is None else self._board.placements(block, spot)[lecture]
                found = self._school.sites_of(person, lecture, place, week_class)
                sites[number] = sites[number] | found if number in sites else found
        return [OccupiedPeriod(number, ids, sites.get(number, NOWHERE)) for number, ids in lectures.items()]

    def _count(self, person: Resource, day: int, occupied: Sequence[OccupiedPeriod]) -> _Facts:
        changes = short = 0
        if person in self._travellers:
            if SITE_CHANGE_RULES[person[0]] in self._factors:
                changes = sum(1 for _change in certain_changes(occupied))
            if TRAVEL_RULES[person[0]] in self._factors:
                at_sites = (o for o in occupied if o.sites)
                short = sum(too_short(self._school, day, one, other) for one, other in pairwise(at_sites))
        amounts = tuple(self._amount(rule, person, day, occupied) for rule in self._measured[person[0]])
        return _Facts(gaps_of(self._school, person, day, occupied), changes, short, amounts)

    def _amount(self, rule: Measured, person: Resource, day: int, occupied: Sequence[OccupiedPeriod]) -> int:
        # Only a person with a limit can be measured.
        if all(rule.limit(self._school, person[1], week_class) is None for week_class in self._classes):
            return 0
        taught = [
            o.number
            for o in occupied
            if rule.counts_all or any(rule.counts(self._school, id_, person[1]) for id_ in o.lectures)
        ]
        shape = rule.shape_on(self._school, person[1], day)
        measured = bool(taught) or rule.counts_free_days
        return rule.measure(shape, self._school.grid.numbers(day), taught) if measured else 0
