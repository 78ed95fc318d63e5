"""From the model's domains and the school to the arrays of the kernel, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Placement, Timetable
from untisopt.engines.kempe.arrays import I32, NO_LIMIT, U8, Data
from untisopt.engines.kempe.cells import Cells, i32, i64
from untisopt.engines.kempe.watches import Watches
from untisopt.engines.objective import Objective
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import CLASH_RULES, SITE_CHANGE_RULES, TRAVEL_RULES, Chains, SiteChangeCap
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.rules.clashes.clash import Overlaps
from untisopt.rules.days.grade_gaps import GradeGaps, gaps_of
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.lesson_sequence import LessonSequences

PERSON = {Kind.TEACHER: 1, Kind.GRADE: 2}
MOST_SITES = 6


class KempeProblem:
    """The arrays for one repair.

    The starts that the rules leave to every block come from the model, so whatever a rule says about single starts is
    respected by construction. Clashes, travel, gaps, site changes, the day's limit of a lesson and the rules that
    measure days (:class:`~untisopt.engines.kempe.watches.Watches`) are carried by the kernel; a plan that breaks any
    other rule is refused by whoever takes it over.

    Parameters
    ----------
    model : TimetableModel
        Strict, with at least the rules encoded that leave out starts.
    policy : Policy
    objective : Objective
    before : Score
        Of the plan of today.
    """

    def __init__(self, model: TimetableModel, policy: Policy, objective: Objective, before: Score) -> None:
        self.school = school = model.school
        self.policy = policy
        self.objective = objective
        self.cells = Cells(school)
        self._starts = {b.id: [self.cells.index(p) for p in model.decisions.starts(b)] for b in school.blocks}
        self._sites = {site: 1 << i for i, site in enumerate(sorted(school.sites))}
        self._uses = [self._uses_of(block) for block in school.blocks]
        self.resources: list[Resource] = sorted({resource for uses in self._uses for resource in uses})
        self._index = {resource: i for i, resource in enumerate(self.resources)}
        self._before = before
        self._judged = {rule.id for rule in policy.judged(school)}
        self._price_of_home = self._prices_of_homes(model)
        self._watches = Watches(school, policy, objective, self.resources, self.cells)
        self.data = self._data()

    @staticmethod
    def can_carry(school: School) -> bool:
        """Whether the kernel can work on a school: something to move, and not more sites than it has masks for."""
        return bool(school.blocks) and len(school.sites) <= MOST_SITES

    @property
    def smallest_step(self) -> float:
        """The smallest step of the objective: what one moved lecture costs, as a rule."""
        return float(min((factor for factor in self.objective.factors.values() if factor > 0), default=1))

    @property
    def hot(self) -> float:
        """A temperature at which site changes come and go, and too-short ones do not."""
        factors = self.objective.factors
        sites = max(factors.get(rule, 0) for rule in SITE_CHANGE_RULES.values())
        # A change in all weeks at once costs as much as in one, times the week classes.
        return max(sites * len(self.school.week_classes) / 2, 5 * self.smallest_step)

    # -- plans -------------------------------------------------------------------------------------------------------

    def starts(self, timetable: Timetable) -> I32:
        """Start cells of all blocks in a timetable."""
        return i32(self.cells.index(timetable[block.lectures[0]].period) for block in self.school.blocks)

    def timetable(self, starts: I32, rooms: Timetable) -> Timetable:
        """The timetable with these start cells and the rooms of another."""
        placements: dict[str, Placement] = {}
        for block, cell in zip(self.school.blocks, starts, strict=True):
            start = self.cells.period(int(cell))
            for i, lecture in enumerate(block.lectures):
                period = Period(start.day, start.number + i)
                if rooms[lecture].period != period:
                    placements[lecture] = rooms[lecture].at(period)
        return rooms.replace(placements)

    # -- arrays ------------------------------------------------------------------------------------------------------

    def _uses_of(self, block: Block) -> dict[Resource, int]:
        """Resources of a block with the week classes; its lesson is one too, so that it never meets itself."""
        school = self.school
        uses: defaultdict[Resource, int] = defaultdict(int)
        for lecture in block.lectures:
            for resource, mask in school.people[lecture].items():
                uses[resource] |= mask
            for room, mask in school.rooms_used(lecture, school.as_is[lecture]).items():
                uses[Kind.ROOM, room] |= mask
        if block.lesson:
            weeks = school.class_mask(school.lectures[block.lectures[0]].weeks)
            uses[Kind.ROOM, f"\0{block.lesson}"] |= weeks
        return dict(uses)

    def _data(self) -> Data:
        school, blocks = self.school, self.school.blocks
        home = self.starts(school.as_is)
        # Blocks whose overlaps of today are priced move in no chain, neither first nor later; nor do those that others
        # have to follow at once.
        moving_together = self._moving_together()
        starts = [
            [int(cell)] if block.lesson in moving_together or self._is_priced(block) else self._starts[block.id]
            for block, cell in zip(blocks, home, strict=True)
        ]
        may_start = np.zeros((len(blocks), len(self.cells)), np.uint8)
        for i, allowed in enumerate(starts):
            may_start[i, allowed] = 1
        exists = np.zeros(len(self.cells), np.uint8)
        exists[[self.cells.index(period) for period in school.grid.periods]] = 1
        use_resource = [self._index[resource] for uses in self._uses for resource in uses]
        groups = [self._groups(resource) for resource in self.resources]
        lessons = sorted(school.blocks_of_lesson)
        of_lesson = {lesson: i for i, lesson in enumerate(lessons)}
        position = {block.id: i for i, block in enumerate(blocks)}
        sites = [
            self._site_masks(block, resource)
            for block, uses in zip(blocks, self._uses, strict=True)
            for resource in uses
        ]
        counts = [
            [self._watches.counts(resource, lecture) for lecture in block.lectures]
            for block, uses in zip(blocks, self._uses, strict=True)
            for resource in uses
        ]
        site_day_cap, site_week_cap = self._site_caps()
        factor = self.objective.factors.get
        watches = self._watches
        return Data(
            width=self.cells.width,
            cells=exists,
            length=i32(block.length for block in blocks),
            home=home,
            movable=i32(i for i, allowed in enumerate(starts) if len(allowed) > 1),
            may_start=may_start,
            start_of=offsets(starts),
            starts=i32(cell for allowed in starts for cell in allowed),
            conflict=self._conflicts(),
            use_of=offsets(self._uses),
            use_block=i32(i for i, uses in enumerate(self._uses) for _ in uses),
            use_resource=i32(use_resource),
            use_weeks=i32(mask for uses in self._uses for mask in uses.values()),
            use_sites=offsets(sites)[:-1].copy(),
            sites=i32(mask for masks in sites for mask in masks),
            is_person=np.array([PERSON[r[0]] if self._matters(r) else 0 for r in self.resources], np.uint8),
            group_of=offsets(groups),
            group_class=i32(week_class for found in groups for week_class, _ in found),
            group_size=i32(size for found in groups for _, size in found),
            too_short=self._too_short(),
            classes=len(school.week_classes),
            travel_cap=self._travel_caps(),
            gap_cap=self._gap_caps(),
            waits=self._waits(),
            site_day_cap=site_day_cap,
            site_week_cap=site_week_cap,
            use_counts=offsets(counts)[:-1].copy(),
            counts=i32(mask for masks in counts for mask in masks),
            is_limited=np.array(
                [
                    watches.has(resource) or bool((caps < NO_LIMIT).any())
                    for resource, caps in zip(self.resources, site_week_cap, strict=True)
                ],
                np.uint8,
            ),
            **watches.arrays(),
            lesson=i32(of_lesson.get(block.lesson, -1) for block in blocks),
            lesson_of=offsets([school.blocks_of_lesson[lesson] for lesson in lessons]),
            lesson_blocks=i32(position[b.id] for lesson in lessons for b in school.blocks_of_lesson[lesson]),
            lesson_cap=self._lesson_caps(lessons),
            move_cost=i64(
                block.length * factor(MovedLectures.id, 0) - self._price_of_home.get(block.id, 0) for block in blocks
            ),
            moved_lectures=i32(block.length for block in blocks),
            budget=-1 if self.policy.max_changes is None else self.policy.max_changes,
            constant=self._constant(),
            site_cost=i64((0, *(factor(SITE_CHANGE_RULES[kind], 0) for kind in PERSON))),
            travel_cost=i64((0, *(factor(TRAVEL_RULES[kind], 0) for kind in PERSON))),
        )

    def _prices_of_homes(self, model: TimetableModel) -> dict[str, int]:
        """Per block id: points that go away if it leaves the start it has today."""
        prices: defaultdict[str, int] = defaultdict(int)
        for rule, block, start, amount in model.start_prices:
            if start == model.decisions.home(block):
                prices[block.id] += amount * self.objective.factors.get(rule, 0)
        return prices

    def _constant(self) -> int:
        """Points of the plan of today beyond those of the rules that the kernel counts."""
        known = (rule.id for rule in self.policy.rules if rule.chains is Chains.COUNTED)
        rules = dict.fromkeys((*known, *(rule.id for rule in self._watches.rules)))
        counted = sum(self.objective.factors.get(rule, 0) * self._before.amount(rule) for rule in rules)
        return self.objective.value(self._before) - counted

    def _site_masks(self, block: Block, resource: Resource) -> list[int]:
        """Per lecture of a block and week class: the sites at which a person is."""
        if resource[0] is Kind.ROOM:
            return []
        school = self.school
        return [
            sum(self._sites[s] for s in school.sites_of(resource, lecture, school.as_is[lecture], week_class))
            for lecture in block.lectures
            for week_class in range(len(school.week_classes))
        ]

    def _users(self) -> dict[Resource, list[tuple[int, int]]]:
        """Blocks of every resource with the week classes."""
        users: defaultdict[Resource, list[tuple[int, int]]] = defaultdict(list)
        for i, uses in enumerate(self._uses):
            for resource, mask in uses.items():
                users[resource].append((i, mask))
        return users

    def _conflicts(self) -> U8:
        """Pairs of blocks that must not overlap: a common resource in a common week, and not declared compatible."""
        blocks = self.school.blocks
        conflict = np.zeros((len(blocks), len(blocks)), np.uint8)
        for resource, users in self._users().items():
            if self.policy.rule(CLASH_RULES[resource[0]]) is None:
                continue
            for (one, weeks), (other, weeks_too) in combinations(users, 2):
                if weeks & weeks_too and not self.school.may_overlap(
                    resource, blocks[one].lectures[0], blocks[other].lectures[0]
                ):
                    conflict[one, other] = conflict[other, one] = 1
        return conflict

    def _moving_together(self) -> frozenset[int]:
        """Lessons that move with others or not at all, as a sequence demands: CP-SAT alone may move them."""
        rule = self.policy.rule(LessonSequences.id)
        if not isinstance(rule, LessonSequences) or rule.id not in self._judged or rule.tier is not Tier.RULES:
            return frozenset()
        return rule.moving_together(self.school)

    def _is_priced(self, block: Block) -> bool:
        """Whether a block takes part in an overlap of today that counts as a clash: CP-SAT alone may move it."""
        for kind, name in self._uses_of(block):
            rule = self.policy.rule(CLASH_RULES[kind])
            if isinstance(rule, Overlaps) and not rule.allow_existing:
                party = self.school.party(block.lectures[0])
                if any(party in pair for pair in self.school.compatible.get((kind, name), ())):
                    return True
        return False

    def _matters(self, resource: Resource) -> bool:
        """Whether the days of a resource can cost points or break a limit: people at several sites, gaps of grades."""
        kind, _name = resource
        if kind is Kind.GRADE and GradeGaps.id in self._judged:
            return True
        if self._watches.has(resource):
            return True
        return kind in PERSON and resource in self.school.travellers

    def _groups(self, resource: Resource) -> list[tuple[int, int]]:
        """Week classes of a person with the same lectures at the same sites: one of them, and how many there are."""
        if not self._matters(resource):
            return []
        school = self.school
        found: dict[tuple[tuple[str, frozenset[str]], ...], list[int]] = {}
        for week_class in range(len(school.week_classes)):
            held = tuple(
                (id_, school.sites_of(resource, id_, school.as_is[id_], week_class))
                for id_ in school.lectures_of[resource]
                if school.people[id_][resource] >> week_class & 1
            )
            if held:
                found.setdefault(held, []).append(week_class)
        return [(classes[0], len(classes)) for classes in found.values()]

    def _too_short(self) -> U8:
        masks = 1 << len(self._sites)
        found = np.zeros((len(self.cells), self.cells.width, masks, masks), np.uint8)
        judged = not self._judged.isdisjoint(TRAVEL_RULES.values())
        for before in self.school.grid.periods if judged else ():
            for number in self.school.grid.numbers(before.day):
                if number > before.number:
                    place = found[self.cells.index(before), number - self.cells.first]
                    self._fill_too_short(place, before, number)
        return found

    def _fill_too_short(self, place: U8, before: Period, after: int) -> None:
        sets = [(mask, [s for s, bit in self._sites.items() if mask & bit]) for mask in range(1, place.shape[0])]
        for (origin, from_sites), (target, to_sites) in product(sets, repeat=2):
            if not origin & target:
                place[origin, target] = not any(
                    self.school.can_travel(before.day, before.number, after, s, t)
                    for s, t in product(from_sites, to_sites)
                )

    def _travel_caps(self) -> I32:
        caps = np.full((len(self.resources), len(self.cells.days)), NO_LIMIT, np.int32)
        for kind, rule in TRAVEL_RULES.items():
            if rule in self._judged:
                caps[[i for i, resource in enumerate(self.resources) if resource[0] is kind], :] = 0
        for violation in self._before.violations:
            if violation.rule in TRAVEL_RULES.values():
                facts = violation.facts
                if facts.kind is not None and facts.day is not None:
                    caps[self._index[facts.kind, facts.name], self.cells.days.index(facts.day)] += violation.amount
        return caps

    def _gap_caps(self) -> I32:
        school = self.school
        caps = np.full((len(self.resources), len(school.week_classes), len(self.cells.days)), -1, np.int32)
        rule = self.policy.rule(GradeGaps.id)
        if not isinstance(rule, GradeGaps) or rule.id not in self._judged:
            return caps
        for i, resource in enumerate(self.resources):
            if resource[0] is Kind.GRADE and not rule.is_exempt(school, resource[1]):
                for week_class in range(len(school.week_classes)):
                    for k, day in enumerate(self.cells.days):
                        today = school.today.day(resource, week_class, day)
                        caps[i, week_class, k] = gaps_of(school, resource, day, today)
        return caps

    def _waits(self) -> U8:
        """Per resource and cell: whether the period exists and is a gap if it is free between lectures."""
        found = np.zeros((len(self.resources), len(self.cells)), np.uint8)
        for i, person in enumerate(self.resources):
            found[i, [self.cells.index(p) for p in self.school.grid.periods if self.school.waits(person, p)]] = 1
        return found

    def _site_caps(self) -> tuple[I32, I32]:
        """Most site changes per resource and week class, on every day and in the week."""
        school, days = self.school, self.cells.days
        shape = (len(self.resources), len(school.week_classes))
        of_day = np.full((*shape, len(days)), NO_LIMIT, np.int32)
        of_week = np.full(shape, NO_LIMIT, np.int32)
        rules = [rule for rule in self.policy.judged(school) if isinstance(rule, SiteChangeCap)]
        for i, (kind, name) in enumerate(self.resources):
            for rule in (rule for rule in rules if rule.kind is kind):
                for week_class in range(len(school.week_classes)):
                    allowed = {
                        day: most for day, most in rule.allowed(school, name, week_class).items() if most is not None
                    }
                    found = [allowed.get(day, NO_LIMIT) for day in days]
                    of_day[i, week_class] = np.minimum(of_day[i, week_class], found)
                    of_week[i, week_class] = min(of_week[i, week_class], allowed.get(None, NO_LIMIT))
        return of_day, of_week

    def _lesson_caps(self, lessons: Sequence[int]) -> I32:
        rule = self.policy.rule(LessonOnceADay.id)
        if not isinstance(rule, LessonOnceADay):
            return np.full(len(lessons), NO_LIMIT, np.int32)
        return i32(rule.allowed(self.school, self.school.blocks_of_lesson[lesson]) for lesson in lessons)


def offsets(lists: Iterable[Sequence[object] | dict[Resource, int]]) -> I32:
    """Where each list begins in their concatenation, and where the last one ends."""
    return np.cumsum([0, *(len(found) for found in lists)]).astype(np.int32)
