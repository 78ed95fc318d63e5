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
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from untisopt.domain.school import Parties, Resource, School
from untisopt.domain.score import Violation
from untisopt.domain.timetable import Timetable
from untisopt.model.cliques import clique_cover
from untisopt.model.decisions import Decisions
from untisopt.model.literals import Literal, Values, negated
from untisopt.model.site_paths import add_site_changes
from untisopt.model.whereabouts import Cover, WeekGroup, Whereabouts

__all__ = ["Cover", "Literal", "TimetableModel", "WeekGroup"]


class TimetableModel(Whereabouts):
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
        decisions = Decisions(school, school.as_is if current is None else current, free, rooms_change)
        super().__init__(decisions, strict=strict, before=before or {})
        self._kept_apart: set[Resource] = set()
        self._site_changes: dict[tuple[Resource, int, int], list[Literal]] = {}
        self._one_site_each: dict[Resource, bool] = {}

    # -- sites -------------------------------------------------------------------------------------------------------

    def site_changes(self, resource: Resource, group: WeekGroup, day: int) -> list[Literal]:
        """One literal per possible site change of a teacher or grade on a day."""
        key = (resource, group.week_class, day)
        if key not in self._site_changes:
            self._site_changes[key] = add_site_changes(self, resource, group, day)
        return self._site_changes[key]

    def is_exclusive(self, resource: Resource) -> bool:
        """Whether a teacher or grade is at one site at a time in every plan that the model allows."""
        if resource not in self._kept_apart:
            return False
        if resource not in self._one_site_each:
            self._one_site_each[resource] = all(
                len(self._sites(resource, lecture, group.week_class)) < 2
                for lecture in self.school.lectures_of[resource]
                for group in self.week_groups(resource, by="sites")
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
        for group in self.week_groups(resource, by="sites"):
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
