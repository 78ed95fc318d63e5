"""The CP-SAT model of a timetable: the words in which rules speak about it. It knows no rule itself.

Rules ask which literals put somebody somewhere (:meth:`TimetableModel.covering`), forbid or price starts, and add
points. Two modes:

strict
    What the plan of today breaks is elastic and costs points; anything new is forbidden. This is what repairs use.
elastic
    Nothing is forbidden and everything costs points. The contract tests use it to compare with `check`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Parties, Resource, School
from untisopt.domain.score import Violation
from untisopt.domain.timetable import Timetable
from untisopt.model.cliques import clique_cover
from untisopt.model.decisions import Decisions
from untisopt.model.literals import Literal, Values, identity, literal_value, negated, weighted_sum
from untisopt.model.site_paths import add_site_changes

__all__ = ["Cover", "Literal", "TimetableModel", "WeekGroup"]


@dataclass(frozen=True, slots=True)
class Cover:
    """A way in which somebody is occupied in a period: a literal (True where it is certain) and the lecture."""

    literal: Literal
    lecture: str


@dataclass(frozen=True, slots=True)
class WeekGroup:
    """Week classes in which a resource has the same lectures, so that one encoding serves them all.

    Parameters
    ----------
    week_class : int
        Index of the class that stands for the group.
    multiplicity : int
        How many classes the group has: the factor for its points.
    """

    week_class: int
    multiplicity: int


class TimetableModel:
    """Decisions, derived literals, and points per rule.

    Parameters
    ----------
    school : School
        Its plan of today is the yardstick for what is new.
    current : Timetable, optional
        The plan to start from; blocks that are not free stay where they are there. Default: the plan of today.
    free : collection of str, optional
        Ids of the blocks that may move; default: all but lesson number 0.
    strict : bool
        See the text of the module.
    before : mapping of str to sequence of Violation, optional
        Per rule, what the plan of today breaks.
    rooms_change : bool
        Whether a block may move to another room of the same group.
    """

    def __init__(
        self,
        school: School,
        *,
        current: Timetable | None = None,
        free: Collection[str] | None = None,
        strict: bool = True,
        before: Mapping[str, Sequence[Violation]] | None = None,
        rooms_change: bool = False,
    ) -> None:
        self.school = school
        self.strict = strict
        self.decisions = Decisions(school, school.as_is if current is None else current, free, rooms_change)
        self.cp = self.decisions.cp
        self._before = before or {}
        self._points: defaultdict[str, list[tuple[Literal, int]]] = defaultdict(list)
        self.start_prices: list[tuple[str, Block, Period, int]] = []
        """Rule, block, start and amount of every start that costs points."""
        self._start_prices_added = 0
        self._definitions: list[tuple[list[int], Callable[[Values], Sequence[int]]]] = []
        self._covers: dict[tuple[Resource, int], dict[Period, list[Cover]]] = {}
        self._groups: dict[Resource, tuple[WeekGroup, ...]] = {}
        self._occupied: dict[tuple[Resource, int, Period], Literal] = {}
        self._known_sites: dict[tuple[Resource, str, int], frozenset[str]] = {}
        self._at_site: dict[tuple[Resource, int, Period], dict[str, list[Literal]]] = {}
        self._room_users: dict[str, list[tuple[Block, str]]] | None = None
        self._kept_apart: set[Resource] = set()
        self._once_a_day: set[int] = set()
        self._one_site_each: dict[Resource, bool] = {}

    # -- points ------------------------------------------------------------------------------------------------------

    def before(self, rule: str) -> Sequence[Violation]:
        """What the plan of today breaks of one rule."""
        return self._before.get(rule, ())

    def add_points(self, rule: str, literal: Literal, amount: int = 1) -> None:
        """Let `amount` of a rule count if the literal holds."""
        if literal is not False and amount:
            self._points[rule].append((literal, amount))

    @property
    def _terms(self) -> Mapping[str, list[tuple[Literal, int]]]:
        for rule, block, start, amount in self.start_prices[self._start_prices_added :]:
            self.add_points(rule, self.decisions.literal(block, start), amount)
        self._start_prices_added = len(self.start_prices)
        return self._points

    def points(self, rule: str) -> cp_model.LinearExprT:
        """The raw amount of a rule as an expression."""
        terms = self._terms.get(rule, [])
        return weighted_sum([literal for literal, _ in terms], [amount for _, amount in terms])

    def price_start(self, rule: str, block: Block, start: Period, amount: int) -> None:
        """Say that a block which starts there breaks a rule by `amount`.

        In strict mode the start is forbidden, unless the block stands there today.
        """
        if amount <= 0 or start not in self.decisions.starts(block):
            return
        new = start != self.decisions.home(block) and self.decisions.is_free(block)
        if self.strict and new and start != self.decisions.current[block.lectures[0]].period:
            self.decisions.forbid(block, start)
        else:
            # The literal is asked for later, when no rule leaves out starts of the block any more.
            self.start_prices.append((rule, block, start, amount))

    def price_room(self, rule: str, block: Block, start: Period, room: str, chosen: str, amount: int) -> None:
        """Say that a block which starts there and has `chosen` where it has `room` today breaks a rule by `amount`.

        In strict mode that is forbidden, unless it is so today.
        """
        literal = self.decisions.room_literal(block, start, room, chosen)
        if amount <= 0 or literal is False:
            return
        if start == self.decisions.home(block) and chosen == room:
            self.add_points(rule, literal, amount)
        else:
            self.price_literal(rule, literal, amount)

    def price_literal(self, rule: str, literal: Literal, amount: int = 1) -> None:
        """Say that something which is not so today breaks a rule by `amount` if the literal holds.

        In strict mode it is forbidden, unless the literal is certain.
        """
        if self.strict and not isinstance(literal, bool):
            self.cp.add_bool_and(negated(literal))
        else:
            self.add_points(rule, literal, amount)

    def cap(self, literals: Sequence[Literal], amounts: Sequence[int], limit: int) -> None:
        """In strict mode: what these literals cost together may not exceed what the plan of today costs."""
        if self.strict and literals:
            self.cp.add(weighted_sum(literals, amounts) <= limit)

    # -- derived literals --------------------------------------------------------------------------------------------

    def new_bool(self, name: str, value: Callable[[Values], int]) -> cp_model.IntVar:
        """A Boolean that follows from others; `value` computes it, which completes hints and verifies scores."""
        return self.new_bools([name], lambda v: [value(v)])[0]

    def new_bools(self, names: Sequence[str], values: Callable[[Values], Sequence[int]]) -> list[cp_model.IntVar]:
        """Several Booleans that follow from others together."""
        variables = [self.cp.new_bool_var(name) for name in names]
        self._definitions.append(([variable.index for variable in variables], values))
        return variables

    def any_of(self, literals: Iterable[Literal], name: str) -> Literal:
        """A literal equivalent to 'at least one of these'; True, False or the literal itself where that is enough."""
        found = [literal for literal in literals if literal is not False]
        if any(literal is True for literal in found):
            return True
        if len(found) <= 1:
            return found[0] if found else False
        result = self.new_bool(name, lambda v: int(any(v(literal) for literal in found)))
        self.cp.add_bool_or([*found, result.negated()])
        for literal in found:
            self.cp.add_implication(literal, result)
        return result

    def all_of(self, literals: Iterable[Literal], name: str) -> Literal:
        """A literal equivalent to 'all of these'."""
        return negated(self.any_of((negated(literal) for literal in literals), name))

    def at_least_sum(self, literals: Sequence[Literal], surplus: int, name: str) -> Literal:
        """A literal that must hold if the sum of `literals` exceeds `surplus`; points make the solver keep it low."""
        certain = sum(1 for literal in literals if literal is True)
        open_ = [literal for literal in literals if literal is not True and literal is not False]
        if certain > surplus:
            return True
        if certain + len(open_) <= surplus:
            return False
        room = surplus - certain
        result = self.new_bool(name, lambda v: int(sum(v(literal) for literal in open_) > room))
        if len(open_) == room + 1:
            self.cp.add_bool_or([*(negated(literal) for literal in open_), result])
        else:
            self.cp.add(cp_model.LinearExpr.sum(list(open_)) <= room + (len(open_) - room) * result)
        return result

    def at_most(self, literals: Sequence[Literal], limit: int) -> None:
        """Let at most `limit` of the literals hold."""
        open_ = [literal for literal in literals if not isinstance(literal, bool)]
        room = limit - sum(1 for literal in literals if literal is True)
        if len(open_) <= room:
            return
        if room == 1:
            self.cp.add_at_most_one(open_)
        else:
            self.cp.add(cp_model.LinearExpr.sum(open_) <= room)

    def moved(self, block: Block) -> Literal:
        """The literal 'this block does not start where it does today'."""
        return negated(self.decisions.literal(block, self.decisions.home(block)))

    def limit_moved_lectures(self, limit: int) -> None:
        """Let at most `limit` lectures start elsewhere than today."""
        blocks = [block for block in self.school.blocks if self.decisions.is_free(block)]
        moved = weighted_sum([self.moved(block) for block in blocks], [block.length for block in blocks])
        if not isinstance(moved, int):
            self.cp.add(moved <= limit)

    def gaps(self, taught: Sequence[Literal], name: str, *, forbid: bool) -> list[Literal]:
        """Literals that must hold where a period of a day is free although there are lectures before and after it.

        Parameters
        ----------
        taught : sequence of Literal
            One per period of the day, in order.
        forbid : bool
            Let there be no gap at all; an empty list is returned.
        """
        begun = self._running(taught, f"{name} begun")
        ending = list(reversed(self._running(list(reversed(taught)), f"{name} to come")))
        found: list[Literal] = []
        for i in range(1, len(taught) - 1):
            before, here, after = begun[i - 1], taught[i], ending[i + 1]
            if before is False or after is False or here is True:
                continue
            gap: Literal = False if forbid else self.new_bool(f"{name} gap {i}", partial(_is_gap, before, here, after))
            self.cp.add_bool_or([negated(before), negated(after), here, gap])
            found += [gap] if not forbid else []
        return found

    def _running(self, literals: Sequence[Literal], name: str) -> list[Literal]:
        """Per position: a literal that must hold if any literal up to there holds."""
        running: list[Literal] = []
        for i, literal in enumerate(literals):
            previous = running[-1] if running else False
            running.append(self.any_of((previous, literal), f"{name} {i}"))
        return running

    # -- who is where ------------------------------------------------------------------------------------------------

    def resources(self, kind: Kind) -> list[Resource]:
        """All resources of a kind that any lecture can occupy, sorted."""
        if kind is Kind.ROOM:
            return [(kind, room) for room in sorted(self.school.rooms)]
        return sorted(resource for resource in self.school.lectures_of if resource[0] is kind)

    def week_groups(self, resource: Resource) -> tuple[WeekGroup, ...]:
        """The week classes of a resource, those in which it has the same lectures at the same sites together."""
        if resource not in self._groups:
            found: dict[tuple[tuple[str, frozenset[str]], ...], list[int]] = {}
            users = self._users(resource)
            for week_class in range(len(self.school.week_classes)):
                lectures = tuple(
                    (lecture, self._sites(resource, lecture, week_class))
                    for lecture, mask in users
                    if mask >> week_class & 1
                )
                if lectures:
                    found.setdefault(lectures, []).append(week_class)
            self._groups[resource] = tuple(WeekGroup(classes[0], len(classes)) for classes in found.values())
        return self._groups[resource]

    def _sites(self, resource: Resource, lecture: str, week_class: int) -> frozenset[str]:
        """Sites of a teacher or grade during a lecture: rooms change within a site only."""
        if resource[0] is Kind.ROOM:
            return frozenset()
        key = (resource, lecture, week_class)
        if key not in self._known_sites:
            self._known_sites[key] = self.school.sites_of(resource, lecture, self.school.as_is[lecture], week_class)
        return self._known_sites[key]

    def _users(self, resource: Resource) -> list[tuple[str, int]]:
        """Lectures that can occupy a resource, with their masks of week classes."""
        kind, name = resource
        if kind is not Kind.ROOM:
            return [(id_, self.school.people[id_][resource]) for id_ in self.school.lectures_of.get(resource, ())]
        return [(cover, mask) for block, room in self._users_of_room(name) for cover, mask in self._slot(block, room)]

    def _users_of_room(self, name: str) -> list[tuple[Block, str]]:
        if self._room_users is None:
            self._room_users = {}
            for block in self.school.blocks:
                for slot in self.school.room_slots[block.id]:
                    for choice in self.decisions.room_choices(block, slot.room):
                        self._room_users.setdefault(choice, []).append((block, slot.room))
        return self._room_users.get(name, [])

    def _slot(self, block: Block, room: str) -> list[tuple[str, int]]:
        slot = next(slot for slot in self.school.room_slots[block.id] if slot.room == room)
        masks: dict[str, int] = {}
        for lecture, course, _i in slot.positions:
            weeks = self.school.lectures[lecture].courses[course].weeks
            masks[lecture] = masks.get(lecture, 0) | self.school.class_mask(weeks)
        return list(masks.items())

    def covering(self, resource: Resource, week_class: int, period: Period) -> Sequence[Cover]:
        """All ways in which a resource can be occupied in a period of a week class."""
        key = (resource, week_class)
        if key not in self._covers:
            self._covers[key] = self._find_covers(resource, week_class)
        return self._covers[key].get(period, ())

    def _find_covers(self, resource: Resource, week_class: int) -> dict[Period, list[Cover]]:
        found: defaultdict[Period, list[Cover]] = defaultdict(list)
        kind, name = resource
        if kind is Kind.ROOM:
            for block, room in self._users_of_room(name):
                lectures = {lecture for lecture, mask in self._slot(block, room) if mask >> week_class & 1}
                self._cover(found, block, lectures, partial(self._in_room, block, room, name))
            return found
        by_block: defaultdict[str, set[str]] = defaultdict(set)
        for lecture, mask in self._users(resource):
            if mask >> week_class & 1:
                by_block[self.school.block_of[lecture].id].add(lecture)
        for lectures in by_block.values():
            block = self.school.block_of[next(iter(lectures))]
            self._cover(found, block, lectures, partial(self.decisions.literal, block))
        return found

    def _in_room(self, block: Block, room: str, chosen: str, start: Period) -> Literal:
        return self.decisions.room_literal(block, start, room, chosen)

    def _cover(
        self,
        found: dict[Period, list[Cover]],
        block: Block,
        lectures: Collection[str],
        literal: Callable[[Period], Literal],
    ) -> None:
        for start in self.decisions.starts(block):
            placed = literal(start)
            if placed is False:
                continue
            for lecture, period in zip(block.lectures, self.school.grid.run(start, block.length), strict=True):
                if lecture in lectures:
                    found[period].append(Cover(placed, lecture))

    def occupied(self, resource: Resource, week_class: int, period: Period) -> Literal:
        """The literal 'this resource has something in this period of this week class'."""
        key = (resource, week_class, period)
        if key not in self._occupied:
            name = f"{resource[1]} has {period.day}.{period.number} in {week_class}"
            self._occupied[key] = self.any_of((c.literal for c in self.covering(*key)), name)
        return self._occupied[key]

    def at_site(self, resource: Resource, week_class: int, period: Period) -> dict[str, list[Literal]]:
        """Per site: the literals that put a teacher or grade there in a period."""
        key = (resource, week_class, period)
        if key not in self._at_site:
            found: defaultdict[str, list[Literal]] = defaultdict(list)
            for cover in self.covering(resource, week_class, period):
                for site in self._sites(resource, cover.lecture, week_class):
                    found[site].append(cover.literal)
            self._at_site[key] = found
        return self._at_site[key]

    def once_a_day(self, lesson: int) -> None:
        """Take note that no day holds more than one block of a lesson in any plan the model allows."""
        self._once_a_day.add(lesson)

    def at_site_by_lesson(self, resource: Resource, week_class: int, day: int, site: str) -> list[list[Literal]]:
        """Groups of starts on a day that put a teacher or grade at a site; of each group at most one holds.

        A group is a block, or a whole lesson where no day holds more than one of its blocks.
        """
        found: defaultdict[str, dict[int, Literal]] = defaultdict(dict)
        for number in self.school.grid.numbers(day):
            for cover in self.covering(resource, week_class, Period(day, number)):
                if site in self._sites(resource, cover.lecture, week_class):
                    block = self.school.block_of[cover.lecture]
                    group = str(block.lesson) if block.lesson in self._once_a_day else block.id
                    found[group][identity(cover.literal)] = cover.literal
        return [list(literals.values()) for literals in found.values()]

    def site_changes(self, resource: Resource, group: WeekGroup, day: int) -> list[Literal]:
        """One literal per possible site change of a teacher or grade on a day."""
        return add_site_changes(self, resource, group, day)

    def is_exclusive(self, resource: Resource) -> bool:
        """Whether a teacher or grade is at one site at a time in every plan that the model allows."""
        if resource not in self._kept_apart:
            return False
        if resource not in self._one_site_each:
            self._one_site_each[resource] = all(
                len(self._sites(resource, lecture, group.week_class)) < 2
                for lecture in self.school.lectures_of[resource]
                for group in self.week_groups(resource)
            )
        return self._one_site_each[resource]

    def forbid_site_pairs(
        self,
        origin: Mapping[str, Sequence[Literal]],
        target: Mapping[str, Sequence[Literal]],
        pairs: Collection[tuple[str, str]],
        between: Sequence[Literal],
        *,
        hard: bool,
        exclusive: bool,
        name: str,
    ) -> Literal:
        """Forbid, or price by the literal returned, that somebody is first at one and then at the other site of a pair.

        It does not count if a lecture lies between, if both ends share a site, or if some pair of sites of the two ends
        is not in `pairs`: then somebody can make the journey.

        Parameters
        ----------
        origin, target : mapping of str to sequence of Literal
            Literals per site at the two ends.
        pairs : collection of (str, str)
            Journeys that are impossible.
        between : sequence of Literal
            Lectures between the two ends.
        hard : bool
            Forbid; False is returned.
        exclusive : bool
            At either end at most one literal holds in any plan.
        """
        if not pairs:
            return False
        if hard and exclusive and not between:
            for s, t in pairs:
                self.cp.add_at_most_one([*origin[s], *target[t]])
            return False
        before = {site: self.any_of(literals, f"{name} from {site}") for site, literals in origin.items()}
        after = {site: self.any_of(literals, f"{name} to {site}") for site, literals in target.items()}
        escapes: list[Literal] = [literal for literal in between if literal is not False]
        for s, one in before.items():
            for t, other in after.items():
                if (s, t) not in pairs:
                    escapes.append(self.all_of((one, other), f"{name} {s} {t}"))
        if any(literal is True for literal in escapes):
            return False

        def happens(value: Values) -> int:
            return int(
                any(value(before[s]) and value(after[t]) for s, t in pairs) and not any(value(e) for e in escapes)
            )

        result: Literal = False if hard else self.new_bool(name, happens)
        for s, t in pairs:
            self.cp.add_bool_or([negated(before[s]), negated(after[t]), result, *escapes])
        return result

    # -- clashes -----------------------------------------------------------------------------------------------------

    def exclude_overlaps(self, rule: str, resource: Resource, priced: Collection[Parties] = ()) -> None:
        """Keep lectures of a resource apart unless they are declared compatible.

        Parameters
        ----------
        priced : collection of pairs of parties
            Pairs that overlap today and may go on doing so at the price of one point per period and week class, but
            not more often than today.
        """
        for group in self.week_groups(resource):
            if self.strict:
                self._forbid_overlaps(resource, group, priced)
            self._price_overlaps(rule, resource, group, priced)
        if self.strict and not self.school.compatible.get(resource):
            self._kept_apart.add(resource)

    def _forbid_overlaps(self, resource: Resource, group: WeekGroup, priced: Collection[Parties]) -> None:
        cells = {p: self.covering(resource, group.week_class, p) for p in self.school.grid.periods}
        parties = {c.lecture: self.school.party(c.lecture) for covers in cells.values() for c in covers}
        tolerated = {*self.school.compatible.get(resource, ()), *priced}
        for clique in clique_cover(sorted(set(parties.values())), tolerated):
            members = frozenset(clique)
            for covers in cells.values():
                literals = [c.literal for c in covers if parties[c.lecture] in members]
                if len(literals) > 1:
                    self.cp.add_at_most_one(literals)

    def _price_overlaps(self, rule: str, resource: Resource, group: WeekGroup, priced: Collection[Parties]) -> None:
        if self.strict and not priced:
            return
        found: defaultdict[Parties, list[Literal]] = defaultdict(list)
        for period in self.school.grid.periods:
            for one, other in combinations(self.covering(resource, group.week_class, period), 2):
                parties = frozenset((self.school.party(one.lecture), self.school.party(other.lecture)))
                same_block = self.school.block_of[one.lecture] is self.school.block_of[other.lecture]
                concerned = parties in priced if self.strict else not same_block
                if concerned and (
                    parties in priced or not self.school.may_overlap(resource, one.lecture, other.lecture)
                ):
                    both = self.at_least_sum((one.literal, other.literal), 1, f"{resource[1]} clash {period}")
                    self.add_points(rule, both, group.multiplicity)
                    found[parties].append(both)
        today = self._overlaps_today(resource, group.week_class)
        for parties, literals in found.items():
            self.cap(literals, [1] * len(literals), today[parties])

    def _overlaps_today(self, resource: Resource, week_class: int) -> Counter[Parties]:
        """In how many periods two parties overlap in the plan of today."""
        occupied = (o for day in self.school.grid.days for o in self.school.today.day(resource, week_class, day))
        pairs = (pair for o in occupied for pair in combinations(o.lectures, 2))
        return Counter(frozenset(map(self.school.party, pair)) for pair in pairs)

    # -- values ------------------------------------------------------------------------------------------------------

    def assignment(self, timetable: Timetable) -> dict[int, int]:
        """The value of every variable of the model in a timetable, by index: a complete hint."""
        values = self.decisions.values_of(timetable)

        def value(literal: Literal) -> int:
            return literal_value(literal, values)

        for indices, definition in self._definitions:
            values.update(zip(indices, definition(value), strict=True))
        return values

    def evaluate(self, timetable: Timetable) -> dict[str, int]:
        """Raw amount per rule that the model gives a timetable."""
        terms = self._terms  # before the assignment: it may ask for the literals of a block for the first time
        values = self.assignment(timetable)
        return {
            rule: sum(amount * literal_value(literal, values) for literal, amount in priced)
            for rule, priced in terms.items()
        }


def _is_gap(before: Literal, here: Literal, after: Literal, value: Values) -> int:
    return int(value(before) and value(after) and not value(here))
