"""The rules that measure days, as tables: for every set of periods of a day what the rule measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Tier
from untisopt.engines.kempe.arrays import NO_LIMIT, U8
from untisopt.engines.kempe.cells import Cells
from untisopt.engines.objective import Objective
from untisopt.policy import Policy
from untisopt.rules import Measured, measured_parts

MOST_WIDTH = 14
"""Periods of a day up to which there are tables: they have a place for every set of periods."""


class Watches:
    """Which rules watch whom, and with which limits.

    All of them are left out where days are longer than :data:`MOST_WIDTH`: plans that break them are refused by whoever
    takes plans over.

    Parameters
    ----------
    school : School
    policy : Policy
    objective : Objective
    resources : sequence of Resource
        In the order of the kernel.
    cells : Cells
    """

    def __init__(
        self, school: School, policy: Policy, objective: Objective, resources: Sequence[Resource], cells: Cells
    ) -> None:
        self._school = school
        self._cells = cells
        self._objective = objective
        self._resources = resources
        judged = policy.judged(school) if cells.width <= MOST_WIDTH else ()
        self.rules: tuple[Measured, ...] = tuple(part for r in judged for part in measured_parts(r, school))
        # By kind: what is known of a lecture of somebody is a mask with one bit for each of these.
        self._choosy = {kind: [r for r in self.rules if r.kind is kind and not r.counts_all] for kind in Kind}
        self._of = {resource: self._watching(resource) for resource in resources if resource[0] is not Kind.ROOM}
        self._tables: dict[tuple[object, ...], int] = {}
        self._rows: list[U8] = []

    def _watching(self, resource: Resource) -> list[Measured]:
        kind, name = resource
        classes = range(len(self._school.week_classes))
        return [
            rule
            for rule in self.rules
            if rule.kind is kind and any(rule.limit(self._school, name, c) is not None for c in classes)
        ]

    def has(self, resource: Resource) -> bool:
        """Whether any rule watches somebody."""
        return bool(self._of.get(resource))

    def counts(self, resource: Resource, lecture: str) -> int:
        """Bit mask of the rules that count some lectures of somebody only and count this one."""
        own = self._of.get(resource, ())
        return sum(
            1 << bit
            for bit, rule in enumerate(self._choosy[resource[0]])
            if rule in own and rule.counts(self._school, lecture, resource[1])
        )

    def arrays(self) -> dict[str, Any]:
        """The fields of :class:`~untisopt.engines.kempe.arrays.Data` about watches."""
        own = [self._of.get(resource, []) for resource in self._resources]
        watches = [(rule, resource) for resource, rules in zip(self._resources, own, strict=True) for rule in rules]
        classes, days = len(self._school.week_classes), len(self._cells.days)
        limit = np.full((len(watches), classes), NO_LIMIT, np.int32)
        cap = np.full((len(watches), classes, days), NO_LIMIT, np.int32)
        table = np.zeros((len(watches), days), np.int32)
        for i, (rule, resource) in enumerate(watches):
            table[i] = [self._table(rule, resource[1], day) for day in self._cells.days]
            for week_class in range(classes):
                self._limits(rule, resource, week_class, limit[i], cap[i])
        return {
            "watch_of": np.cumsum([0, *map(len, own)]).astype(np.int32),
            "watch_weekly": np.array([not rule.day_by_day for rule, _ in watches], np.uint8),
            "watch_bit": np.array(
                [-1 if rule.counts_all else self._choosy[rule.kind].index(rule) for rule, _ in watches], np.int32
            ),
            "watch_cost": np.array([self._objective.factors.get(rule.id, 0) for rule, _ in watches], np.int64),
            "watch_limit": limit,
            "watch_cap": cap,
            "watch_table": table,
            "tables": np.stack(self._rows) if self._rows else np.zeros((1, 1), np.uint8),
        }

    def _limits(self, rule: Measured, resource: Resource, week_class: int, limit: Any, cap: Any) -> None:
        """Fill in what costs nothing and what is allowed; what today exceeds may remain."""
        most = rule.limit(self._school, resource[1], week_class)
        if most is None:
            return
        limit[week_class] = most
        if rule.tier is not Tier.RULES:
            return
        today = rule.of_days(self._school, resource[1], week_class)
        for k, day in enumerate(self._cells.days):
            cap[week_class, k] = max(most, today.get(day, 0) if rule.day_by_day else sum(today.values()))

    def _table(self, rule: Measured, name: str, day: int) -> int:
        """The table of a rule for a day of somebody."""
        numbers = tuple(self._school.grid.numbers(day))
        shape = rule.shape_on(self._school, name, day)
        key = (rule.id, shape, numbers)
        if key not in self._tables:
            self._tables[key] = len(self._rows)
            self._rows.append(self._row(rule, shape, numbers))
        return self._tables[key]

    def _row(self, rule: Measured, shape: Any, numbers: tuple[int, ...]) -> U8:
        row = np.zeros(1 << self._cells.width, np.uint8)
        places = [(number, 1 << (number - self._cells.first)) for number in numbers]
        exists = sum(bit for _number, bit in places)
        for mask in range(0 if rule.counts_free_days else 1, len(row)):
            if not mask & ~exists:
                row[mask] = rule.measure(shape, numbers, [number for number, bit in places if mask & bit])
        return row
