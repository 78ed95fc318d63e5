"""What the rules of a school demand, condition by condition: whom each concerns, and which a timetable breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from untisopt.domain.changes import changes
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import DAY_RULES, START_RULES, TIE_RULES, Rule, judge

_MOST_CHANGES_PRICE = 5
"""A budget of changes is given up sooner than any rule."""


def price(condition: Condition, policy: Policy) -> int:
    """What it costs to give up a condition, by the kind of its rule and its weight."""
    rule = policy.rule(condition.rule)
    return _MOST_CHANGES_PRICE if rule is None else rule.firmness * rule.weight


def condition_of(violation: Violation, school: School) -> Condition:
    """The condition that a finding of a rule breaks."""
    rule, facts = violation.rule, violation.facts
    if facts.kind is not None and facts.name:
        return Condition(rule, facts.kind, facts.name, facts.day if rule in DAY_RULES else None)
    if not facts.lectures:
        return Condition(rule)
    if rule in START_RULES:
        return Condition(rule, None, school.block_of[facts.lectures[0]].id)
    lesson = school.lectures[facts.lectures[0]].lesson
    return Condition(rule, None, str(school.tied_lessons(lesson)[0] if rule in TIE_RULES else lesson))


@dataclass(frozen=True)
class Conditions:
    """The conditions of the first tier of a school.

    Parameters
    ----------
    school : School
    policy : Policy
    before : Score
        Of the plan of today, or of the one before an event.
    is_event : bool
        Whether something has happened to the school, so that its plan of today may break rules that `before` keeps.
    """

    school: School
    policy: Policy
    before: Score
    is_event: bool = False

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the first tier that are on and can be judged."""
        return tuple(rule for rule in self.policy.judged(self.school) if rule.tier is Tier.RULES)

    @property
    def rooms_change(self) -> bool:
        """Whether lectures may get other rooms."""
        return self.policy.room_changes is RoomChanges.SAME_KIND

    @cached_property
    def placed(self) -> int:
        """Lectures that have no place today: giving them one is no change."""
        return sum(block.length for block in self.school.unplaced)

    def broken(self, timetable: Timetable) -> frozenset[Condition]:
        """The conditions that a timetable breaks more than the plan of today."""
        moves = changes(self.school.as_is, timetable)
        if self.is_event:
            then, now = self.before, judge(self.school, timetable, self.rules)
        elif moves:
            part = self.school.part_around(self.school.as_is, timetable)
            then, now = (judge(part, t.only(part.lectures), self.rules) for t in (self.school.as_is, timetable))
        else:
            return frozenset()
        known, found = self._amounts(then), self._amounts(now)
        broken = {condition for (condition, day), amount in found.items() if amount > known[condition, day]}
        most = self.policy.max_changes
        if most is not None and sum(move.changes_period for move in moves) > most + self.placed:
            broken.add(Condition(MOST_CHANGES))
        return frozenset(broken)

    def _amounts(self, score: Score) -> Counter[tuple[Condition, int | None]]:
        found: Counter[tuple[Condition, int | None]] = Counter()
        judged = {rule.id for rule in self.rules}
        for violation in score.violations:
            if violation.rule not in judged:
                continue
            found[condition_of(violation, self.school), violation.facts.day] += violation.amount
        return found

    # -- whom a condition concerns -----------------------------------------------------------------------------------

    def lectures(self, condition: Condition) -> Collection[str]:
        """The lectures that a condition speaks of."""
        school, name = self.school, condition.name
        if condition.kind is Kind.ROOM:
            names = {name, *school.rooms[name].group} if self.rooms_change and name in school.rooms else {name}
            return {id_ for room in names for id_ in school.lectures_in.get(room, ())}
        if condition.kind is not None:
            return school.lectures_of.get((condition.kind, name), ())
        if not name:
            return () if condition.rule == MOST_CHANGES else school.lectures.keys()
        if condition.rule in START_RULES:
            return school.block_of[name].lectures
        lessons = school.tied_lessons(int(name)) if condition.rule in TIE_RULES else (int(name),)
        blocks = (block for lesson in lessons for block in school.blocks_of_lesson.get(lesson, ()))
        return [id_ for block in blocks for id_ in block.lectures]

    def school_of(self, condition: Condition) -> School:
        """The school in which the rule of a condition says nothing but this condition.

        For rules about candidate starts and about lessons; other rules are told of whom they are to speak.
        """
        if condition.rule == "availability":
            return self.blocked_only([condition])
        if condition.rule in START_RULES and condition.kind in (Kind.TEACHER, Kind.GRADE):
            return self.school.alone((condition.kind, condition.name))
        return self.school.part_of(self.lectures(condition))

    def blocked_only(self, conditions: Collection[Condition]) -> School:
        """The school in which nothing is blocked but what these conditions say."""
        lectures = {id_ for condition in conditions for id_ in self.lectures(condition)}
        blocked = {resource: self._blocked(resource, conditions) for resource in self.school.blocked}
        return replace(self.school.part_of(lectures), blocked={r: p for r, p in blocked.items() if p})

    def _blocked(self, resource: Resource, conditions: Collection[Condition]) -> frozenset:  # type: ignore[type-arg]
        days = {c.day for c in conditions if (c.kind, c.name) == resource}
        return frozenset(period for period in self.school.blocked[resource] if period.day in days)


def blocks_of(school: School, lectures: Collection[str]) -> tuple[Block, ...]:
    """The blocks of lectures, each once."""
    return tuple(dict.fromkeys(school.block_of[id_] for id_ in lectures))
