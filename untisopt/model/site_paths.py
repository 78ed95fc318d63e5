"""Where somebody is over a day: one site per period, changing as seldom as the lectures allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from untisopt.domain.calendar import Period
from untisopt.domain.school import Resource
from untisopt.model.literals import Literal, Values, negated

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel, WeekGroup

BySite = Mapping[str, Sequence[Literal]]


def add_site_changes(model: TimetableModel, resource: Resource, group: WeekGroup, day: int) -> list[Literal]:
    """Add the site path of a teacher or grade for one day and return one literal per possible change.

    A state per period says at which site the person is; lectures force it, free periods leave it open, and points on
    the changes make the path as calm as it can be. Where parallel lectures put a grade at two sites at once, either
    will do: only changes that nobody can avoid count.
    """
    cells = {n: model.at_site(resource, group.week_class, Period(day, n)) for n in model.school.grid.numbers(day)}
    cells = {n: by_site for n, by_site in cells.items() if by_site}
    sites = sorted({site for by_site in cells.values() for site in by_site})
    if len(sites) < 2:
        return []
    return _SitePath(model, f"{resource[1]} {day} {group.week_class}", cells, sites).build(resource, group, day)


class _SitePath:
    """States and changes of one person and day."""

    def __init__(self, model: TimetableModel, name: str, cells: Mapping[int, BySite], sites: list[str]) -> None:
        self.model = model
        self.name = name
        self.cells = cells
        self.sites = sites

    def build(self, resource: Resource, group: WeekGroup, day: int) -> list[Literal]:
        names = [f"{self.name} at {site} in {n}" for n in self.cells for site in self.sites]
        flat = self.model.new_bools(names, self._state_values)
        states = [
            dict(zip(self.sites, flat[i : i + len(self.sites)], strict=True))
            for i in range(0, len(flat), len(self.sites))
        ]
        for state, by_site in zip(states, self.cells.values(), strict=True):
            self.model.cp.add_exactly_one(state.values())
            self._force(state, by_site, exclusive=self.model.is_exclusive(resource))
        changes = self._changes(states)
        self._tighten(changes, resource, group, day)
        return list(changes)

    def _force(self, state: Mapping[str, Literal], by_site: BySite, *, exclusive: bool) -> None:
        cp = self.model.cp
        for site, literals in by_site.items():
            if exclusive and not any(literal is True for literal in literals):
                # At most one lecture at a time: the lectures of a site together imply its state.
                cp.add(cp_model.LinearExpr.sum(list(literals)) <= state[site])
                continue
            for other in self.sites:
                if other == site:
                    continue
                company = [] if exclusive else list(by_site.get(other, ()))
                for literal in literals:
                    cp.add_bool_or([negated(literal), negated(state[other]), *company])

    def _changes(self, states: Sequence[Mapping[str, Literal]]) -> list[cp_model.IntVar]:
        names = [f"{self.name} change before {n}" for n in list(self.cells)[1:]]
        changes = self.model.new_bools(names, self._change_values)
        for change, (one, other) in zip(changes, pairwise(states), strict=True):
            for site in self.sites:
                self.model.cp.add_bool_or([negated(other[site]), one[site], change])
        return changes

    def _tighten(self, changes: Sequence[Literal], resource: Resource, group: WeekGroup, day: int) -> None:
        """Whoever is at k sites on a day changes k - 1 times at least: implied, but it is what the relaxation sees."""
        if not self.model.is_exclusive(resource):
            return
        uses = self.model.new_bools([f"{self.name} uses {site}" for site in self.sites], self._use_values)
        for site, use in zip(self.sites, uses, strict=True):
            for literals in self.model.at_site_by_lesson(resource, group.week_class, day, site):
                self.model.cp.add(cp_model.LinearExpr.sum(literals) <= use)
        self.model.cp.add(cp_model.LinearExpr.sum(list(changes)) >= cp_model.LinearExpr.sum(list(uses)) - 1)

    # -- values in a given timetable ---------------------------------------------------------------------------------

    def _path(self, value: Values) -> list[str]:
        """The site per cell: stretches as long as possible, each at a site common to all its lectures."""
        path: list[str] = []
        common: set[str] = set(self.sites)
        length = 0
        for by_site in self.cells.values():
            here = {site for site, literals in by_site.items() if any(value(literal) for literal in literals)}
            if here and not common & here:
                path += [min(common)] * length
                common, length = set(self.sites), 0
            if here:
                common &= here
            length += 1
        return path + [min(common)] * length

    def _state_values(self, value: Values) -> list[int]:
        return [int(site == here) for here in self._path(value) for site in self.sites]

    def _change_values(self, value: Values) -> list[int]:
        path = self._path(value)
        return [int(one != other) for one, other in pairwise(path)]

    def _use_values(self, value: Values) -> list[int]:
        return [
            int(any(value(literal) for by_site in self.cells.values() for literal in by_site.get(site, ())))
            for site in self.sites
        ]
